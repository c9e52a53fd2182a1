"""One trace in any of its forms, the same for the command line and the service."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.names import Names
from graph.trace import MOST_STEPS, trace, trace_as_json
from graph.trace_down import below_as_json, find_below
from graph.trace_draw import render_dot, render_mermaid
from graph.trace_short import FEW, shorten_below
from graph.trace_text import render_text

Answer = dict[str, Any]
DRAWN: Mapping[str, Callable[[Answer, Mapping[str, Any]], str]] = {"mermaid": render_mermaid, "dot": render_dot}


@dataclass(frozen=True, slots=True)
class TraceAsked:
    """Where a trace starts and how much of it is wanted: TraceAsked(resolution, down=True, limit=10)."""

    start: str
    down: bool = False
    depth: int = MOST_STEPS  # steps
    limit: int = FEW  # documents and tasks under each document; of a text or drawing


def answer_trace(names: Names, asked: TraceAsked) -> Answer:
    """The trace as data: every path, and downwards what there is in all and by document as well."""
    answer = trace_as_json(trace(names.store, asked.start, asked.down, asked.depth), names)
    if asked.down:
        answer["below"] = below_as_json(find_below(names, asked.start, asked.depth), names)
    return answer


def show_trace(names: Names, asked: TraceAsked, format_: str, width: int = 100) -> tuple[str, bool]:
    """The trace as "text", "json", "mermaid" or "dot", and whether it goes on beyond what was asked for."""
    if format_ == "json":
        answer = answer_trace(names, asked)
        return json.dumps(answer, ensure_ascii=False, indent=1), bool(answer["cut"])
    if asked.down:
        answer = shorten_below(find_below(names, asked.start, asked.depth), names, asked.limit)
    else:
        answer = trace_as_json(trace(names.store, asked.start, False, asked.depth), names)
    about = names.facts.describe(asked.start)
    if format_ in DRAWN:
        return DRAWN[format_](answer, about), bool(answer["cut"])
    return render_text(answer, about | names.facts.assignment(asked.start), width), bool(answer["cut"])
