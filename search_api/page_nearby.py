"""What stands around a task, duty or target: its neighbours in the text, what says the same, and what comes near."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.names import natural_key
from search_api.live import Opened
from search_api.page_base import Page, label_of, name_document, tail
from search_api.page_names import find_record
from search_api.page_words import shorten
from search_api.present import kind_of, list_names, title_of
from search_api.similar import VERY_NEAR, find_near, find_same, share_of_words

_AROUND = 8  # records on each side from which the neighbours are chosen
_MOST_NEAR = 5
_MOST_SAME = 12


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An item in a few words: where it stands, who leads it, and how near it is to the one of the page."""

    text: str
    link: str
    place: str
    place_link: str = ""
    who: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """The section that an item stands in, and what stands before and after it there."""

    section: str
    section_link: str
    before: Neighbour | None
    after: Neighbour | None


def find_around(here: Opened, item: Mapping[str, Any], page: Page) -> Around:
    """The section of an item and its neighbours in the order of the text, of the same kind and section."""
    part = _find_section(here, item)
    inside = f"{part['id'] if part else item['document']}/"
    ids = here.records.items_of(item["document"], item["record"])
    ids = sorted((each for each in ids if each.startswith(inside)), key=natural_key)
    at = ids.index(item["id"]) if item["id"] in ids else 0
    records = [record for iri in ids[max(0, at - _AROUND) : at + _AROUND + 1] if (record := here.records.get(iri))]
    records.sort(key=lambda each: each["source"]["start"])
    place = next((at for at, each in enumerate(records) if each["id"] == item["id"]), 0)
    before = records[place - 1] if place else None
    after = records[place + 1] if place + 1 < len(records) else None
    return Around(
        _name_section(part, page) if part else "",
        page.of_record(part["id"], "part") if part else "",
        _show(here, before, page) if before else None,
        _show(here, after, page) if after else None,
    )


def list_same(here: Opened, item: Mapping[str, Any], page: Page) -> list[Neighbour]:
    """Items that say the same, in this document or others, each with how much of the wording is the same."""
    if here.search is None:
        return []
    found = find_same(here.search.index.columns, item)[:_MOST_SAME]
    return [_compare(here, item, record, page) for iri in found if (record := here.records.get(iri))]


def list_near(here: Opened, item: Mapping[str, Any], page: Page) -> list[Neighbour]:
    """Items of other documents that are near in meaning, each with how near."""
    if here.search is None:
        return []
    index = here.search.index
    near = find_near(index.columns, index.vectors, item, _MOST_NEAR)
    rows = [(each, record) for each in near if (record := here.records.get(each.id))]
    return [_show(here, record, page, _say_near(each.nearness, page)) for each, record in rows]


def _find_section(here: Opened, item: Mapping[str, Any]) -> dict[str, Any] | None:
    """The innermost heading or annex whose address an item's begins with; a paragraph has no neighbours."""
    path = str(item["id"])
    while len(path) > len(item["document"]):
        path = path.rsplit("/", 1)[0]
        part = find_record(here, tail(path))
        if part and part["record"] == "part" and part["kind"] != "paragraph":
            return part
    return None


def _name_section(part: Mapping[str, Any], page: Page) -> str:
    return shorten(title_of(part)) if part["kind"] == "section" else kind_of(part, page.language)


def _show(here: Opened, record: Mapping[str, Any], page: Page, how: str = "") -> Neighbour:
    document = here.records.get(record["document"]) or {}
    province = label_of(here, document["jurisdiction"], page)
    return Neighbour(
        shorten(title_of(record)),
        page.of_record(record["id"]),
        f"{name_document(document, page)}, {province}",
        page.of_record(record["document"], "document"),
        "; ".join(list_names(record, "lead")) if "lead" in record else "",
        how,
    )


def _compare(here: Opened, item: Mapping[str, Any], record: Mapping[str, Any], page: Page) -> Neighbour:
    texts = [each["indicator"] if each["record"] == "target" else each["text"] for each in (item, record)]
    share = share_of_words(*texts)
    how = page.say["same_words"] if share == 1 else page.say["same_nearly"].format(share=int(100 * share))
    return _show(here, record, page, how)


def _say_near(nearness: float, page: Page) -> str:
    said = f"{nearness:.2f}".replace(".", "," if page.language == "vi" else ".")
    return page.say["near_very" if nearness >= VERY_NEAR else "near_rather"].format(nearness=said)
