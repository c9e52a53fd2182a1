"""What a document asks for, as a table of one of its kinds in the order of the text, under its own headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile
from typing import Any

from search_api.catalogue import ITEMS
from search_api.live import Opened
from search_api.page_base import Page
from search_api.page_item import list_places
from search_api.page_rows import ItemRow, show_item
from search_api.page_words import shorten
from search_api.per_generation import keep

ROWS = 40  # of one page


@dataclass(frozen=True, slots=True)
class Contents:
    """One page of the items of a kind: sections with their rows, and how many pages there are."""

    kind: str
    sections: Sequence[tuple[Sequence[tuple[int, str]], Sequence[ItemRow]]]  # headings with their depth, rows
    pages: int
    number: int


def list_contents(here: Opened, document: str, page: Page, below: str = "") -> Contents:
    """The items of the kind that a page asks for, else of the first that the document has, or a part of it."""
    asked = page.first("kind")
    kinds = [kind for kind in ITEMS if _list_items(here, document, kind, below)] or list(ITEMS)
    kind = asked if asked in ITEMS else kinds[0]
    items = _list_items(here, document, kind, below)
    cut, number, pages = page.cut(items, ROWS)
    shown = [record for iri in cut if (record := here.records.get(iri))]
    return Contents(kind, list(_split_sections(shown, page)), pages, number)


def count_below(here: Opened, document: str, below: str) -> dict[str, int]:
    """How much a part of a document asks for: count_below(here, plan, section) == {"tasks": 4, ...}."""
    return {plural: len(_list_items(here, document, kind, below)) for kind, plural in ITEMS.items()}


def _list_items(here: Opened, document: str, kind: str, below: str) -> list[str]:
    """The items of a kind whose address begins with that of a part; all where none is given."""
    orders = _orders(here)
    if (document, kind) not in orders:
        orders[document, kind] = _as_printed(here, here.records.items_of(document, kind))
    return [iri for iri in orders[document, kind] if not below or iri.startswith(f"{below}/")]


@keep
def _orders(here: Opened) -> dict[tuple[str, str], list[str]]:
    """The items of each document and kind that somebody asked for, as printed."""
    return {}


def _as_printed(here: Opened, items: Sequence[str]) -> list[str]:
    starts = {iri: record["source"]["start"] for iri in items if (record := here.records.get(iri))}
    return sorted(starts, key=starts.__getitem__)


def list_tabs(counts: Mapping[str, int], chosen: str, page: Page) -> Iterator[tuple[str, int, str, bool]]:
    """The kinds that a document or section has: words, number, link, whether it is the one shown."""
    for kind, plural in ITEMS.items():
        if counts[plural]:
            yield page.say[plural], counts[plural], page.here(kind=kind, page=""), kind == chosen


def _split_sections(
    items: Sequence[Mapping[str, Any]], page: Page
) -> Iterator[tuple[list[tuple[int, str]], list[ItemRow]]]:
    """Rows under the headings that are new with them: a heading is not repeated for each of its parts."""
    before: tuple[str, ...] = ()
    for places, group in groupby(items, key=lambda record: tuple(list_places(record, page))):
        same = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(before, places, strict=False))))
        headings = [(depth, shorten(place)) for depth, place in enumerate(places) if depth >= same]
        # The annex stands among the headings.
        yield headings, [replace(show_item(record, page), number=record.get("number") or "") for record in group]
        before = places
