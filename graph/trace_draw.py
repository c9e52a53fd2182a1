"""A trace as a drawing, in Mermaid or DOT: arrows point from what rests to what it rests on.

What is not held has a dashed frame; what amends or replaces a document hangs on it by a dotted arrow.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.trace_text import CONFLICT, UP, call_document, end_of, print_date

_LATER = {"amended_by": "amends", "replaced_by": "replaces"}
_NAMED = {**UP, "replaces": "thay thế"}


@dataclass(slots=True)
class _Drawing:
    """Each node once with its label, each edge once with its relation."""

    labels: dict[str, str] = field(default_factory=dict)
    not_held: set[str] = field(default_factory=set)
    edges: dict[tuple[str, str], str] = field(default_factory=dict)
    dotted: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, iri: str, name: str, about: Mapping[str, Any]) -> None:
        """One node; the first label stays."""
        self.labels.setdefault(iri, _label(name, about))
        if not about.get("held", True):
            self.not_held.add(iri)

    def ids(self) -> dict[str, str]:
        """A short id for each node, in the order in which they were met."""
        return {iri: f"n{position}" for position, iri in enumerate(self.labels)}


def render_mermaid(answer: Mapping[str, Any], about: Mapping[str, Any]) -> str:
    """A Mermaid flowchart of a trace answer; `about` describes the node where it starts."""
    drawing = _draw(answer, about)
    ids = drawing.ids()
    lines = ["flowchart BT"]
    lines += [f'    {ids[iri]}["{_mermaid(label)}"]' for iri, label in drawing.labels.items()]
    for arrow, edges in (("-->", drawing.edges), ("-.->", drawing.dotted)):
        lines += [f'    {ids[a]} {arrow}|"{_mermaid(label)}"| {ids[b]}' for (a, b), label in edges.items()]
    if drawing.not_held:
        lines.append("    classDef notHeld stroke-dasharray: 5 5")
        lines.append(f"    class {','.join(ids[iri] for iri in ids if iri in drawing.not_held)} notHeld")
    return "\n".join(lines)


def render_dot(answer: Mapping[str, Any], about: Mapping[str, Any]) -> str:
    """A Graphviz digraph of a trace answer; `about` describes the node where it starts."""
    drawing = _draw(answer, about)
    ids = drawing.ids()
    lines = ["digraph trace {", "    rankdir=BT;", "    node [shape=box];"]
    for iri, label in drawing.labels.items():
        dashed = ", style=dashed" if iri in drawing.not_held else ""
        lines.append(f'    {ids[iri]} [label="{_dot(label)}", URL="{_dot(iri)}"{dashed}];')
    for style, edges in (("", drawing.edges), (", style=dotted", drawing.dotted)):
        lines += [f'    {ids[a]} -> {ids[b]} [label="{_dot(label)}"{style}];' for (a, b), label in edges.items()]
    return "\n".join([*lines, "}"])


def _draw(answer: Mapping[str, Any], about: Mapping[str, Any]) -> _Drawing:
    drawing = _Drawing()
    drawing.add(answer["start"], answer["name"], {**about, **answer})
    met: dict[str, Mapping[str, Any]] = {answer["start"]: answer}
    for path in answer["paths"]:
        for step in path:
            end = end_of(step, answer)
            drawing.add(end, step["name"], step)
            drawing.edges.setdefault((step["from"], step["to"]), UP[step["relation"]])
            met.setdefault(end, step)
    for iri, notes in met.items():
        for name, relation in _LATER.items():
            _add_later(drawing, iri, notes.get(name, ()), _NAMED[relation])
    return drawing


def _add_later(drawing: _Drawing, iri: str, later: Iterable[Mapping[str, Any]], label: str) -> None:
    for each in later:
        drawing.add(each["id"], each["name"], each)
        if (each["id"], iri) not in drawing.edges:
            drawing.dotted.setdefault((each["id"], iri), label)


def _label(name: str, about: Mapping[str, Any]) -> str:
    title = about.get("title")
    lines = [call_document(name, about), textwrap.shorten(title, 80, placeholder="…") if title else ""]
    lines += about.get("remarks", ())
    if conflicts := about.get("conflicts"):
        dates = dict.fromkeys(print_date(each["value"]) for each in conflicts)
        lines.append(f"{CONFLICT}: {', '.join(dates)}")
    return "\n".join(filter(None, lines))


def _mermaid(text: str) -> str:
    escaped = "".join(f"#{ord(char)};" if char in '"#&<>`\\;[]{}|()' else char for char in text)
    return escaped.replace("\n", "<br/>")


def _dot(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
