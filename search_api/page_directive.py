"""All that rests on a document: the documents as a tree, and its tasks, duties and targets, counted and filtered."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from graph.names import Names, natural_key
from graph.trace_down import STATED, Below, below_as_json, find_below
from search_api.catalogue import ITEMS
from search_api.charts import Bar, draw_bars
from search_api.columns import Columns
from search_api.live import Opened
from search_api.page_base import Choice, Page, label_of, name_document, title_below
from search_api.page_rows import ItemRow, show_item
from search_api.page_trace import Node, Note, Said, tell_once
from search_api.present import say_date
from search_api.vectors import Mask

ROWS = 40  # of one page of items
PARAMETERS = ("jurisdiction", "agency", "topic", "due", "basis")
_COLUMNS = {"jurisdiction": "jurisdiction", "agency": "lead", "topic": "topic"}  # parameter -> column
NO_YEAR = "none"  # asked of the years: what ends in none of them
_MOST_BARS = 10
_MOST_DOCUMENTS = 200  # of the tree
_KEPT = 32  # directives of one generation whose answers are kept
_FOUND: WeakKeyDictionary[Names, OrderedDict[str, Below]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with its values, the most frequent first, and the first of them as a chart."""

    name: str
    choices: Sequence[Choice]
    bars: Sequence[Bar]
    left_out: int  # values that the chart has no room for
    chosen: str  # the label of the value that is asked for, or ""


@dataclass(frozen=True, slots=True)
class Items:
    """One page of the items of a kind, by document, with the filters that choose them."""

    kind: str
    tabs: Sequence[tuple[str, int, str, bool]]
    facets: Sequence[Facet]
    groups: Sequence[tuple[str, str, Sequence[ItemRow]]]  # document, its page, rows
    total: int
    pages: int
    number: int


def find_resting(here: Opened, directive: str) -> Below:
    """What rests on a document, kept for as long as the generation is open: a popular one takes a moment to find.

    Tasks, duties and targets stand as their documents number them: row 2 before row 10.
    """
    found = _FOUND.setdefault(here.names, OrderedDict())
    below = found.pop(directive, None)
    if below is None:
        below = find_below(here.names, directive)
        below.items = {iri: below.items[iri] for iri in sorted(below.items, key=natural_key)}
    found[directive] = below
    while len(found) > _KEPT:
        found.popitem(last=False)
    return below


def list_items(here: Opened, below: Below, page: Page) -> Items:
    """The items that pass the filters of a page: list_items(here, below, page).facets[0].name == "jurisdiction"."""
    ids = [iri for iri, each in below.items.items() if page.first("basis") != STATED or each.basis == STATED]
    passed = _filter(here, ids, page)
    counts = {kind: sum(below.items[iri].kind == kind for iri in passed) for kind in ITEMS}
    known = {each.kind for each in below.items.values()}
    asked = page.first("kind")
    kind = asked if asked in known else next((each for each in ITEMS if counts[each]), next(iter(counts)))
    tabs = [
        (page.say[ITEMS[each]], count, page.here(kind=each, page=""), each == kind)
        for each, count in counts.items()
        if each in known
    ]
    facets = _list_facets(here, [iri for iri in ids if below.items[iri].kind == kind], page)
    passed = [iri for iri in passed if below.items[iri].kind == kind]
    shown, number, pages = page.cut(passed, ROWS)
    return Items(kind, tabs, facets, list(_group(here, below, shown, page)), len(passed), pages, number)


def grow_documents(here: Opened, below: Below, page: Page) -> tuple[list[Node], int]:
    """The documents that rest on a directive as a tree with what each asks for, and how many had no room."""
    answer = below_as_json(below, here.names, slice(0, _MOST_DOCUMENTS))
    by_parent: dict[str | None, list[Mapping[str, Any]]] = {}
    known = {each["id"] for each in answer["documents"]}
    for each in answer["documents"]:
        parent = each["rests_on"] if each["rests_on"] in known else None
        by_parent.setdefault(parent, []).append(each)
    return list(_write_documents(by_parent, None, page)), answer["more_documents"]


def _write_documents(
    by_parent: Mapping[str | None, Sequence[Mapping[str, Any]]], parent: str | None, page: Page
) -> Iterator[Node]:
    for each in by_parent.get(parent, ()):
        counted = ((page.say[plural].lower(), each["counts"][plural]) for plural in ITEMS.values())
        counts = [f"{count} {words}" for words, count in counted if count]
        date = say_date(each["date"], page.language) if each["date"] else None
        readings = [each, *each["also"]] if each["relation"] else []
        said = tell_once(Said(_say_relation(one["relation"], each, page), one["source"]) for one in readings)
        yield Node(
            name=name_document(each, page),
            link=page.of_record(each["id"], "document"),
            about=", ".join(filter(None, (date, each["issuer"]))),
            title=title_below(each),
            held=each["held"],
            said=said or [Said(page.say["directive_by_items"], None)],
            further=list(_write_documents(by_parent, each["id"], page)),
            notes=[Note(page.say["directive_asks"], ", ".join(counts), "", ())] if counts else [],
        )


def _say_relation(relation: str, step: Mapping[str, Any], page: Page) -> str:
    """What the document above is for the one below: "là căn cứ của"; a scheme it approves."""
    return page.say[f"relation_{relation}{'' if step['inverse'] and relation == 'approves' else '_inverse'}"]


def _filter(here: Opened, ids: Sequence[str], page: Page) -> list[str]:
    """The items that pass every filter, in their order."""
    if here.search is None:
        return list(ids)
    columns: Columns = here.search.index.columns
    among = _rows_of(columns, ids)
    for mask in _masks(columns, page).values():
        among &= True if mask is None else mask
    passed = {columns.ids[row] for row in np.flatnonzero(among)}
    return [iri for iri in ids if iri in passed]


def _list_facets(here: Opened, ids: Sequence[str], page: Page) -> list[Facet]:
    """The filters with the values that some items have, each among what the other filters let through."""
    if here.search is None:
        return []
    columns: Columns = here.search.index.columns
    base, masks = _rows_of(columns, ids), _masks(columns, page)
    facets = []
    for name in masks:
        among = base.copy()
        for other, mask in masks.items():
            if other != name and mask is not None:
                among &= mask
        facets.append(_write_facet(here, name, _count_values(columns, name, among), page))
    return facets


def _rows_of(columns: Columns, ids: Sequence[str]) -> Mask:
    rows = np.zeros(len(columns.ids), bool)
    rows[[row for iri in ids if (row := columns.row(iri)) is not None]] = True
    return rows


def _masks(columns: Columns, page: Page) -> dict[str, Mask | None]:
    return {name: _mask(columns, name, page.first(name)) for name in (*_COLUMNS, "due")}


def _mask(columns: Columns, name: str, value: str) -> Mask | None:
    """The rows that a filter lets through; None where it is not set."""
    if not value:
        return None
    if name != "due":
        return columns.sets[_COLUMNS[name]].mask([value], len(columns.ids))
    return columns.without_end() if value == NO_YEAR else columns.ending_in_year(value)


def _count_values(columns: Columns, name: str, among: Mask) -> dict[str, int]:
    """How many rows have each value, of a column by frequency, of the years in their order and those of none last."""
    if name != "due":
        counts = columns.sets[_COLUMNS[name]].counts(among)
        return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))
    endless = int((among & columns.without_end()).sum())
    return {**dict(sorted(columns.years(among).items())), **({NO_YEAR: endless} if endless else {})}


def _write_facet(here: Opened, name: str, counts: Mapping[str, int], page: Page) -> Facet:
    chosen = page.first(name)
    labels = {value: _label(here, name, value, page) for value in {*counts, chosen} if value}
    choices = [Choice(value, labels[value], count, value == chosen) for value, count in counts.items()]
    shown = [*choices[: _MOST_BARS - 1], *choices[_MOST_BARS - 1 :][-1:]] if name == "due" else choices[:_MOST_BARS]
    bars = draw_bars(
        ((each.label, each.count, page.here(page="", **{name: each.value}) + "#items") for each in shown),
        is_vietnamese=page.language != "vi" and name == "jurisdiction",
    )
    return Facet(name, choices, bars, len(choices) - len(shown), labels.get(chosen, ""))


def _label(here: Opened, name: str, value: str, page: Page) -> str:
    if name != "due":
        return label_of(here, value, page)
    return page.say["directive_no_year"] if value == NO_YEAR else value


def _group(here: Opened, below: Below, ids: Sequence[str], page: Page) -> Iterator[tuple[str, str, list[ItemRow]]]:
    """Rows under the document that they stand in, a document once for each run of its rows."""
    group: list[ItemRow] = []
    before = ""
    for iri in ids:
        record = here.records.get(iri)
        if record is None:
            continue
        if record["document"] != before:
            document = here.records.get(record["document"]) or {}
            group, before = [], record["document"]
            name = ", ".join(filter(None, (name_document(document, page), document["issuer"])))
            yield name, page.of_record(before, "document"), group
        group.append(replace(show_item(record, page), is_stated=below.items[iri].basis == STATED))
