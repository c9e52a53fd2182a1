"""The page of a node that has none of its own: a topic, a province, a quote, a link, a class of the vocabulary."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from graph.facts import CC, OA, Facts, node
from graph.iri import HOME, NAMESPACE
from graph.names import natural_key
from search_api.linked_formats import shorten_iri
from search_api.linked_node import Description, base_of, list_labels, list_pointing
from search_api.live import Opened
from search_api.page_base import Page
from search_api.page_places import say_place

_LABELS = Path(__file__).with_name("term_labels.json")
_LONGEST_LABEL = 160


@dataclass(frozen=True, slots=True)
class Shown:
    """One value: its words, their language, and where it leads: Shown("dữ liệu số", "vi", "/id/topic/du-lieu-so")."""

    text: str
    language: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One property of a node, as its label and its IRI with a prefix, and its values."""

    label: str
    name: str
    values: list[Shown]


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words that one property was read in: Quoted("Đơn vị chủ trì", "Sở Y tế", 274, "dòng 274")."""

    label: str
    words: str
    line: int
    place: str  # of the line, or of the page of a scan


def list_rows(here: Opened, description: Description, page: Page) -> list[Row]:
    """What a node says, by property, in the order of the vocabulary's names."""
    return _group(here, ((each.predicate.value, each.object) for each in description.facts), page)


def list_pointing_rows(here: Opened, iri: str, page: Page) -> tuple[list[Row], bool]:
    """What says something of a node, by property, and whether there is more than is shown."""
    found, is_cut = list_pointing(here.store, iri)
    return _group(here, ((name, node(subject)) for name, subject in found), page), is_cut


def list_quotes(here: Opened, description: Description, page: Page) -> list[Quoted]:
    """The words that each property was read in, with the place where they stand."""
    said: dict[str, dict[str, list[str]]] = {}
    for each in (*description.facts, *description.evidence):
        values = said.setdefault(each.subject.value if isinstance(each.subject, ox.NamedNode) else "", {})
        values.setdefault(each.predicate.value, []).append(getattr(each.object, "value", ""))
    found = []
    for annotation in said.values():
        for place in annotation.get(OA + "hasTarget", ()):
            for selector in said.get(place, {}).get(OA + "hasSelector", ()):
                about = next(iter(annotation.get(CC + "aboutProperty", ())), "")
                words, line, number, block = (
                    next(iter(said.get(selector, {}).get(each, ())), "")
                    for each in (OA + "exact", CC + "line", CC + "page", CC + "block")
                )
                place = say_place({"line": line, "page": number, "block": block}, page.say)
                found.append(Quoted(name_node(here, about, page.language).text, words, int(line or 0), place))
    return sorted(found, key=lambda each: (each.line, each.label))


def name_node(here: Opened, iri: str, language: str) -> Shown:
    """What a node is called, in the language of the page where it has a name there: name_node(here, topic, "en")."""
    link = link_of(here, iri)
    if (short := here.names.short(iri)) != iri:  # a document or a part of one
        return Shown(short, "vi", link)
    labels = [each.object for each in list_labels(here.store, iri)] if iri else []
    texts = [each for each in labels if isinstance(each, ox.Literal) and each.value.strip()]
    best = next((each for each in texts if each.language == language), next(iter(texts), None))
    if best is None and (known := labels_of_others().get(shorten_iri(iri))):
        return Shown(known[language], "", link)
    if best is None and iri and (words := _words_at(here, iri)):
        return Shown(f"“{_shorten(words)}”", "vi", link)
    if best is None:
        return Shown(shorten_iri(iri.removeprefix(base_of(here) + "id/")), "", link)
    return Shown(_shorten(best.value), best.language or "", link)


def _words_at(here: Opened, iri: str) -> str | None:
    """The words that a place in a text holds, or the quote itself."""
    facts = Facts(here.store)
    selector = facts.value(iri, OA + "hasSelector") or iri
    return facts.value(selector, OA + "exact")


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_LABEL else text[:_LONGEST_LABEL].rsplit(" ", 1)[0] + " …"


@cache
def labels_of_others() -> Mapping[str, Mapping[str, str]]:
    """What terms of other vocabularies are called on our pages, for the graph holds only our own labels."""
    rows: dict[str, dict[str, str]] = json.loads(_LABELS.read_text(encoding="utf-8"))
    return rows


def link_of(here: Opened, iri: str) -> str:
    """Where an IRI leads on this site; one of others leads to its own place: link_of(here, topic) == "/id/topic/…"."""
    if iri.startswith(NAMESPACE):
        return "/ns#" + quote(iri.removeprefix(NAMESPACE))
    for base in (base_of(here), HOME):
        if iri.startswith((base + "id/", base + "graph/")):
            return "/" + quote(iri.removeprefix(base), safe="/:@")
    return iri if iri.startswith(("http://", "https://")) else ""


def _group(here: Opened, facts: Iterable[tuple[str, object]], page: Page) -> list[Row]:
    grouped: dict[str, list[object]] = {}
    for name, value in facts:
        grouped.setdefault(name, []).append(value)
    rows = (
        Row(_label(here, name, page), shorten_iri(name), list(_show(here, each, page)))
        for name, each in grouped.items()
    )
    return sorted(rows, key=lambda row: row.name)


def _label(here: Opened, iri: str, page: Page) -> str:
    return name_node(here, iri, page.language).text


def _show(here: Opened, values: Iterable[object], page: Page) -> Iterator[Shown]:
    for value in sorted(values, key=lambda each: natural_key(str(getattr(each, "value", each)))):
        if isinstance(value, ox.NamedNode):
            named = name_node(here, value.value, page.language)
            yield Shown(named.text, named.language, _in_language(named.link, page))
        elif isinstance(value, ox.Literal):
            yield Shown(value.value, value.language or "")


def _in_language(link: str, page: Page) -> str:
    ours = link.startswith("/") and "#" not in link and page.language != "vi"
    return f"{link}?lang={page.language}" if ours else link
