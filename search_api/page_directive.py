"""All that rests on a document: the documents as a tree, and its tasks, duties and targets, counted and filtered."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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
from search_api.page_trace import Node, Note, Said
from search_api.page_words import say_value, shorten
from search_api.present import describe_deadline, list_names, say_date, title_of
from search_api.vectors import Mask

ROWS = 40  # of one page of items
PARAMETERS = ("jurisdiction", "agency", "topic", "due", "basis")
_COLUMNS = {"jurisdiction": "jurisdiction", "agency": "lead", "topic": "topic"}  # parameter -> column
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
class Row:
    """A task, duty or target that rests on the directive."""

    text: str
    link: str
    who: str
    when: str
    is_stated: bool


@dataclass(frozen=True, slots=True)
class Items:
    """One page of the items of a kind, by document, with the filters that choose them."""

    kind: str
    tabs: Sequence[tuple[str, int, str, bool]]
    facets: Sequence[Facet]
    groups: Sequence[tuple[str, str, Sequence[Row]]]  # document, its page, rows
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
    counts = {kind: sum(each.kind == kind for each in below.items.values()) for kind in ITEMS}
    asked = page.first("kind")
    kind = asked if counts.get(asked) else next((each for each in ITEMS if counts[each]), "task")
    tabs = [
        (page.say[ITEMS[each]], count, page.here(kind=each, page=""), each == kind)
        for each, count in counts.items()
        if count
    ]
    ids = [iri for iri, each in below.items.items() if each.kind == kind]
    if page.first("basis") == STATED:
        ids = [iri for iri in ids if below.items[iri].basis == STATED]
    ids, facets = _filter(here, ids, kind, page)
    shown, number, pages = page.cut(ids, ROWS)
    return Items(kind, tabs, facets, list(_group(here, below, shown, page)), len(ids), pages, number)


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
        said = [Said(_say_relation(one["relation"], each, page), one["source"]) for one in readings]
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


def _filter(here: Opened, ids: Sequence[str], kind: str, page: Page) -> tuple[list[str], list[Facet]]:
    """The items that pass every filter, in their order, and the filters with their values."""
    if here.search is None:
        return list(ids), []
    columns: Columns = here.search.index.columns
    base = np.zeros(len(columns.ids), bool)
    base[[row for iri in ids if (row := columns.row(iri)) is not None]] = True
    masks = {name: _mask(columns, name, page.first(name)) for name in (*_COLUMNS, "due")}
    facets = []
    for name in masks:
        among = base.copy()
        for other, mask in masks.items():
            if other != name and mask is not None:
                among &= mask
        counts = columns.years(among) if name == "due" else columns.sets[_COLUMNS[name]].counts(among)
        facets.append(_write_facet(here, name, counts, page))
    for mask in masks.values():
        base &= True if mask is None else mask
    passed = {columns.ids[row] for row in np.flatnonzero(base)}
    return [iri for iri in ids if iri in passed], facets


def _mask(columns: Columns, name: str, value: str) -> Mask | None:
    """The rows that a filter lets through; None where it is not set."""
    if not value:
        return None
    if name != "due":
        return columns.sets[_COLUMNS[name]].mask([value], len(columns.ids))
    return columns.ending_in_year(value)


def _write_facet(here: Opened, name: str, counts: Mapping[str, int], page: Page) -> Facet:
    chosen = page.first(name)
    order = sorted(counts.items()) if name == "due" else sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    labels = {value: value if name == "due" else label_of(here, value, page) for value in {*counts, chosen} if value}
    choices = [Choice(value, labels[value], count, value == chosen) for value, count in order]
    shown = choices[:_MOST_BARS]
    bars = draw_bars(
        ((each.label, each.count, page.here(page="", **{name: each.value}) + "#items") for each in shown),
        is_vietnamese=page.language != "vi" and name == "jurisdiction",
    )
    return Facet(name, choices, bars, len(choices) - len(shown), labels.get(chosen, ""))


def _group(here: Opened, below: Below, ids: Sequence[str], page: Page) -> Iterator[tuple[str, str, list[Row]]]:
    """Rows under the document that they stand in, a document once for each run of its rows."""
    group: list[Row] = []
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
        group.append(_show(record, below, page))


def _show(record: Mapping[str, Any], below: Below, page: Page) -> Row:
    is_target = record["record"] == "target"
    return Row(
        text=shorten(record["indicator"] if is_target else title_of(record)),
        link=page.of_record(record["id"]),
        who=say_value(record, page.language) if is_target else "; ".join(list_names(record, "lead")),
        when=describe_deadline(record) or "",
        is_stated=below.items[record["id"]].basis == STATED,
    )
