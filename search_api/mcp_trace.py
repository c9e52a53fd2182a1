"""The trace tool: paths up with every sentence, and downwards what rests on a directive, counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.trace import trace, trace_as_json
from graph.trace_down import describe_directive, sort_items, write_items
from graph.trace_notes import find_notes
from graph.trace_text import list_notes
from search_api.live import Opened
from search_api.mcp_answers import DocumentBelow, StepFound, TraceFound
from search_api.mcp_cite import cite, read_built, read_place, read_quote

_MOST_DOCUMENTS = 100


@dataclass(frozen=True, slots=True)
class TracePage:
    """How far and how much of a trace: TracePage(depth=12, limit=20, offset=0)."""

    depth: int
    limit: int
    offset: int


def trace_up(here: Opened, start: str, page: TracePage) -> TraceFound:
    """Every path from something to what it rests on, the shortest first."""
    found = trace(here.store, start, False, page.depth)
    answer = trace_as_json(found, here.names)
    paths = answer["paths"][page.offset : page.offset + page.limit]
    total = len(answer["paths"])
    note = "" if total else "Nothing that it rests on is known; `down` shows what rests on it."
    if found.cut:
        note = "There are more paths, farther away: raise `depth`, or trace from what these lead to."
    return TraceFound(
        generation=read_built(here.generation),
        found=True,
        start=cite(here, start),
        notes=list(list_notes(answer)),
        paths=[[_write_step(here, step, step["to"]) for step in path] for path in paths],
        total=total,
        counts={},
        documents=[],
        items=[],
        next_offset=page.offset + page.limit if page.offset + page.limit < total else None,
        note=note,
    )


def trace_down(here: Opened, start: str, page: TracePage) -> TraceFound:
    """What rests on something, by document and by task, duty and target."""
    about, below = describe_directive(here.names, start, page.depth, slice(0, _MOST_DOCUMENTS))
    items = sort_items(below.items.values())
    shown = write_items(below, items[page.offset : page.offset + page.limit], here.names)
    hidden = about["more_documents"]
    notes = [f"{hidden} more documents rest on it."] if hidden else []
    notes += [] if items or about["documents"] else ["Nothing held rests on it, as far as the documents held say."]
    notes += ["There is more, farther away: raise `depth`."] if below.cut else []
    return TraceFound(
        generation=read_built(here.generation),
        found=True,
        start=cite(here, start),
        notes=list(list_notes(find_notes(here.names, start))),
        paths=[],
        total=len(items),
        counts=about["counts"],
        documents=[_write_document(here, each) for each in about["documents"]],
        items=[_write_step(here, each, each["id"]) for each in shown],
        next_offset=page.offset + page.limit if page.offset + page.limit < len(items) else None,
        note=" ".join(notes),
    )


def trace_nothing(here: Opened, why: str) -> TraceFound:
    """That nothing, or more than one thing, has the name."""
    return TraceFound(read_built(here.generation), False, None, [], [], 0, {}, [], [], None, why)


def _write_step(here: Opened, step: Mapping[str, Any], end: str) -> StepFound:
    return StepFound(
        relation=("inverse of " if step["inverse"] else "") + step["relation"],
        basis=step["basis"],
        to=cite(here, end),
        quote=read_quote(step["source"]),
        place=read_place(step["source"]),
        notes=list(list_notes(step, {step["from"]})),
    )


def _write_document(here: Opened, each: Mapping[str, Any]) -> DocumentBelow:
    return DocumentBelow(
        source=cite(here, each["id"]),
        relation=each["relation"],
        depth=each["depth"],
        quote=read_quote(each["source"]),
        place=read_place(each["source"]),
        **each["counts"],
    )
