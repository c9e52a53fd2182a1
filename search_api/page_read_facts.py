"""Every place of a text that a fact was read from: who reads what in it, for the marks of the reading view."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search_api.live import Opened

KINDS = ("task", "duty", "target", "document", "agency", "deadline", "doubt")
ITEMS = ("task", "duty", "target")
_ROLES = ("lead", "coordinating", "report_to")
Record = Mapping[str, Any]
_Span = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Fact:
    """A run of the text and what it became: Fact("agency", 120, 144, ("https://…/agency/…",), (task,)).

    `things` are what it names: the item itself, a cited document, an agency; `items` those that say it.
    """

    kind: str
    start: int
    end: int
    things: tuple[str, ...]
    items: tuple[str, ...]


def read_items(here: Opened, document: str) -> list[dict[str, Any]]:
    """The tasks, duties and targets of a document."""
    return [
        record for kind in ITEMS for iri in here.records.items_of(document, kind) if (record := here.records.get(iri))
    ]


def list_facts(here: Opened, document: str, items: Iterable[Record]) -> list[Fact]:
    """What was read in a document, one fact for each kind and place, however many say it."""
    said: dict[_Span, tuple[dict[str, None], dict[str, None]]] = {}
    for span, thing, item in (*_of_mentions(here, document), *_of_items(items)):
        things, sayers = said.setdefault(span, ({}, {}))
        things |= {thing: None} if thing else {}
        sayers |= {item: None} if item else {}
    return [Fact(*span, tuple(things), tuple(sayers)) for span, (things, sayers) in said.items()]


def list_doubts(stretches: Iterable[tuple[int, int]]) -> list[Fact]:
    """Words that a scan shows badly."""
    return [Fact("doubt", start, end, (), ()) for start, end in stretches]


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    """Facts in the order of the text, the longer first."""
    return sorted(facts, key=lambda fact: (fact.start, -fact.end, KINDS.index(fact.kind)))


def list_table_fields(items: Iterable[Record]) -> list[tuple[int, dict[str, int]]]:
    """Of each task in a table where it begins, and where the words of each field begin."""
    return [
        (item["source"]["start"], {name: each["source"]["start"] for name, each in item["evidence"].items()})
        for item in items
        if item.get("form") == "table"
    ]


def _of_mentions(here: Opened, document: str) -> Iterator[tuple[_Span, str, str]]:
    for iri in here.records.items_of(document, "mention"):
        if mention := here.records.get(iri):
            yield _span("document", mention["source"]), mention["target"] or "", ""


def _of_items(items: Iterable[Record]) -> Iterator[tuple[_Span, str, str]]:
    for item in items:
        iri, evidence = item["id"], item["evidence"]
        whole = evidence.get("text", item)["source"] if item["record"] != "target" else item["source"]
        yield _span(item["record"], whole), iri, iri
        for role in _ROLES:
            for span, agency in _bodies(item.get(role, ()), evidence.get(role)):
                yield span, agency, iri
        if deadline := evidence.get("deadline"):
            yield _span("deadline", deadline["source"]), "", iri


def _bodies(bodies: Sequence[Record], evidence: Record | None) -> Iterator[tuple[_Span, str]]:
    """Each body of a cell at the words that name it; where those do not stand there, at the whole."""
    if evidence is None:
        return
    source, after = evidence["source"], 0
    for body in bodies:
        words = body["as_written"]
        at = source["quote"].find(words, after) if words else -1
        if at < 0:
            yield _span("agency", source), body["agency"] or ""
            continue
        after = at + len(words)
        yield ("agency", source["start"] + at, source["start"] + after), body["agency"] or ""


def _span(kind: str, source: Record) -> _Span:
    return kind, source["start"], source["end"]
