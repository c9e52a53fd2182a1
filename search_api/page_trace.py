"""What something rests on, as nested steps: paths that begin alike share their first steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from graph.trace_notes import LATER
from graph.trace_text import UP
from search_api.live import Opened
from search_api.page_base import Page, name_document, title_below
from search_api.page_names import say_name
from search_api.present import say_date

# What a text rests on comes before what it only mentions, and the document around it last.
_STRENGTH = (*(relation for relation in UP if relation != "part_of"), "replaces", "part_of")
_MOST_DOCUMENTS = 60  # that one document is shown to rest on, or that rest on it
_MOST_QUOTES = 5  # of one pair of documents


@dataclass(slots=True)
class _Branch:
    step: Mapping[str, Any]
    further: dict[str, _Branch] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence that states a relation: what it says in words, its source, and who else's words they are."""

    relation: str
    source: Mapping[str, Any] | None
    by: str = ""  # the task that alone states it
    by_link: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What is met on the way and not followed: Note("amended by", "71/NQ-CP", "/document/…", sources)."""

    label: str
    name: str
    link: str
    sources: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Node:
    """A document that is reached, with the sentences that lead to it and what it rests on itself."""

    name: str
    link: str
    about: str
    title: str
    held: bool
    said: Sequence[Said]
    further: Sequence[Node] = ()
    is_repeated: bool = False  # what follows stands above
    notes: Sequence[Note] = ()


def grow_tree(answer: Mapping[str, Any], page: Page) -> list[Node]:
    """A trace answer as a tree: grow_tree(trace_as_json(found, names), page)[0].further."""
    root: dict[str, _Branch] = {}
    for path in answer["paths"]:
        further = root
        for step in path:
            further = further.setdefault(step["to"], _Branch(step)).further
    return list(_write_nodes(root, page, set()))


def list_related(
    here: Opened, links_from: Sequence[Mapping[str, Any]], links_to: Sequence[Mapping[str, Any]], page: Page
) -> tuple[list[Node], list[Node], bool]:
    """What a document rests on or cites, and what rests on it; who approves a scheme stands above it.

    True behind them: there are more than are given.
    """
    up = [(link["to"], link, False) for link in links_from if link["relation"] != "approves"]
    up += [(link["from"], link, True) for link in links_to if link["relation"] == "approves"]
    down = [(link["from"], link, True) for link in links_to if link["relation"] != "approves"]
    down += [(link["to"], link, False) for link in links_from if link["relation"] == "approves"]
    above, below = (list(islice(_join(here, ends, page), _MOST_DOCUMENTS + 1)) for ends in (up, down))
    is_cut = max(len(above), len(below)) > _MOST_DOCUMENTS
    return above[:_MOST_DOCUMENTS], below[:_MOST_DOCUMENTS], is_cut


def _write_nodes(branches: Mapping[str, _Branch], page: Page, told: set[str]) -> Iterator[Node]:
    for iri, branch in sorted(branches.items(), key=lambda pair: _order(pair[1].step)):
        step = branch.step
        is_repeated = bool(branch.further) and iri in told
        told.add(iri)
        yield Node(
            name=name_document(step, page),
            link=page.of_record(iri, "document"),
            about=_about(step, page),
            title=title_below(step),
            held=step["held"],
            said=tell_once(_said(each, step["inverse"], page) for each in (step, *step["also"])),
            further=() if is_repeated else list(_write_nodes(branch.further, page, told)),
            is_repeated=is_repeated,
            notes=list(list_notes(step, page)),
        )


def tell_once(said: Iterable[Said]) -> list[Said]:
    """Sentences without those that say the same in the same line: what a reader counts is what is counted."""
    known: dict[tuple[object, ...], Said] = {}
    for each in said:
        source = each.source or {}
        known.setdefault((each.relation, each.by, *map(source.get, ("file", "line", "quote"))), each)
    return list(known.values())


def list_notes(step: Mapping[str, Any], page: Page) -> Iterator[Note]:
    """What later documents did to the end of a step or the start of a trace, and where texts disagree on its date."""
    for name, relation in LATER.items():
        for each in step[name]:
            if each["id"] != step.get("from"):  # else the step itself says so
                label, link = page.say[f"relation_{relation}_inverse"], page.of_record(each["id"], "document")
                yield Note(label, name_document(each, page), link, [each["source"]] if each["source"] else [])
    if conflicts := step["conflicts"]:
        dates = dict.fromkeys(say_date(each["value"], page.language) for each in conflicts)
        yield Note(page.say["dates_differ"], ", ".join(dates), "", [each["source"] for each in conflicts])


def _order(step: Mapping[str, Any]) -> tuple[int, int]:
    return _STRENGTH.index(step["relation"]), step["source"]["start"] if step["source"] else 0


def _said(reading: Mapping[str, Any], is_inverse: bool, page: Page) -> Said:
    suffix = "_inverse" if is_inverse and reading["relation"] == "approves" else ""
    return Said(page.say[f"relation_{reading['relation']}{suffix}"], reading["source"])


def _join(here: Opened, ends: Sequence[tuple[str, Mapping[str, Any], bool]], page: Page) -> Iterator[Node]:
    """One node for each document at the other end, the strongest relation first."""
    by_end: dict[str, list[tuple[Mapping[str, Any], bool]]] = {}
    for iri, link, is_inverse in sorted(ends, key=lambda each: _order(each[1])):
        by_end.setdefault(iri, []).append((link, is_inverse))
    for iri, links in by_end.items():
        document = here.records.get(iri)
        if document is not None and document["record"] == "document":  # an annex is no other document
            said = tell_once(_said_by(here, link, is_inverse, page) for link, is_inverse in links)[:_MOST_QUOTES]
            about, title = _about(document, page), title_below(document)
            yield Node(name_document(document, page), page.of_record(iri, "document"), about, title,
                       document["held"], said)  # fmt: skip


def _said_by(here: Opened, link: Mapping[str, Any], is_inverse: bool, page: Page) -> Said:
    relation = page.say[f"relation_{link['relation']}{'_inverse' if is_inverse else ''}"]
    if link["stated_by"]:
        return Said(
            relation,
            link["source"],
            say_name(here, link["stated_by"], page.language),
            page.of_record(link["stated_by"]),
        )
    return Said(relation, link["source"])


def _about(document: Mapping[str, Any], page: Page) -> str:
    date = say_date(document["date"], page.language) if document["date"] else None
    return ", ".join(filter(None, (date, document["issuer"])))
