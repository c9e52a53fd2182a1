"""A trace as a person reads it: a tree with every quote, or a drawing in Mermaid or DOT."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

# How a step reads from the node above it, upwards and downwards.
UP = {
    "part_of": "thuộc",
    "legal_basis": "căn cứ",
    "implements": "thực hiện",
    "amends": "sửa đổi, bổ sung",
    "guides": "hướng dẫn",
    "promulgated_with": "ban hành kèm theo",
    "approves": "được phê duyệt tại",
    "cites": "viện dẫn",
}
DOWN = {
    "part_of": "gồm",
    "legal_basis": "là căn cứ của",
    "implements": "được thực hiện tại",
    "amends": "được sửa đổi, bổ sung bởi",
    "guides": "được hướng dẫn bởi",
    "promulgated_with": "kèm theo có",
    "approves": "phê duyệt",
    "cites": "được viện dẫn tại",
}
# What is said of a task before its first step.
ASSIGNMENT = {"lead": "Chủ trì", "deadline": "Thời hạn", "code": "Mã"}
NO_NUMBER = "không số"
NOT_HELD = "chưa có toàn văn"
AS_ABOVE = "(tiếp như đã nêu ở trên)"
NOTHING = "không thấy văn bản nào khác"
_NARROWEST = 30
# What a text rests on comes before what it only mentions, and the document around it last.
_STRENGTH = (*(relation for relation in UP if relation != "part_of"), "part_of")


@dataclass(slots=True)
class _Branch:
    """One step with all that follows it; paths that begin alike share their first branches."""

    step: Mapping[str, Any] | None = None
    further: dict[str, _Branch] = field(default_factory=dict)


def render_text(answer: Mapping[str, Any], about: Mapping[str, Any], width: int = 100) -> str:
    """A trace answer as an indented tree; `about` describes the node where it starts."""
    root = _Branch()
    for path in answer["paths"]:
        branch = root
        for step in path:
            branch = branch.further.setdefault(_end(step, answer), _Branch(step))
    lines = _wrap(_head(answer["name"], about), "", width)
    if about.get("title"):
        lines += _wrap(str(about["title"]), "", width)
    lines += [line for said in _assignment(about) for line in _wrap(said, "", width)]
    if not root.further:
        lines.append(NOTHING)
    labels = DOWN if answer["down"] else UP
    return "\n".join([*lines, *_render_branches(root, "", labels, width, set())])


def render_mermaid(answer: Mapping[str, Any], about: Mapping[str, Any]) -> str:
    """A Mermaid flowchart; arrows point from what rests to what it rests on."""
    names, edges = _drawing(answer, about)
    ids = {iri: f"n{position}" for position, iri in enumerate(names)}
    lines = ["flowchart BT"]
    lines += [f'    {ids[iri]}["{_mermaid(name)}"]' for iri, name in names.items()]
    lines += [f'    {ids[a]} -->|"{_mermaid(label)}"| {ids[b]}' for a, b, label in edges]
    return "\n".join(lines)


def render_dot(answer: Mapping[str, Any], about: Mapping[str, Any]) -> str:
    """A Graphviz digraph; arrows point from what rests to what it rests on."""
    names, edges = _drawing(answer, about)
    ids = {iri: f"n{position}" for position, iri in enumerate(names)}
    lines = ["digraph trace {", "    rankdir=BT;", "    node [shape=box];"]
    lines += [f'    {ids[iri]} [label="{_dot(name)}", URL="{_dot(iri)}"];' for iri, name in names.items()]
    lines += [f'    {ids[a]} -> {ids[b]} [label="{_dot(label)}"];' for a, b, label in edges]
    return "\n".join([*lines, "}"])


def print_date(date: str) -> str:
    """A date as Vietnamese papers write it: "2025-08-27" -> "27/08/2025", "2022-08" -> "08/2022"."""
    return "/".join(reversed(date.split("-")))


def print_source(source: Mapping[str, Any]) -> str:
    """A quote and its place: “Căn cứ Nghị quyết số 57-NQ/TW” (719.txt:14)"""
    return f"“{' '.join(str(source['quote']).split())}” ({source['file']}:{source['line']})"


def _render_branches(
    branch: _Branch, indent: str, labels: Mapping[str, str], width: int, told: set[str]
) -> Iterator[str]:
    children = sorted(branch.further.items(), key=lambda child: _order(child[1].step or {}, up=labels is UP))
    for position, (iri, child) in enumerate(children):
        last = position == len(children) - 1
        inner = indent + ("   " if last else "│  ")
        step = child.step or {}
        head, *more = _wrap(f"{labels[step['relation']]}: {_head(step['name'], step)}", inner, width)
        yield indent + ("└─ " if last else "├─ ") + head[len(inner) :]
        yield from more
        stem = inner + ("│  " if child.further and iri not in told else "   ")
        for line in _details(step):
            yield from _wrap(line, stem, width)
        if child.further and iri in told:
            yield inner + "   " + AS_ABOVE
        elif child.further:
            told.add(iri)
            yield from _render_branches(child, inner, labels, width, told)


def _order(step: Mapping[str, Any], *, up: bool) -> tuple[int, int]:
    """The strongest first; upwards, where one text names all, in the order in which it names them."""
    return _STRENGTH.index(step["relation"]), step["source"]["start"] if up and step["source"] else 0


def _details(step: Mapping[str, Any]) -> Iterator[str]:
    quote = step["source"] and " ".join(str(step["source"]["quote"]).split())
    if step["title"] and step["title"] != quote:
        yield str(step["title"])
    if step["source"]:
        yield print_source(step["source"])


def _assignment(about: Mapping[str, Any]) -> Iterator[str]:
    for name, label in ASSIGNMENT.items():
        if about.get(name):
            yield f"{label}: {' '.join(str(about[name]).split())}"


def _head(name: str, about: Mapping[str, Any]) -> str:
    date = print_date(about["date"]) if about.get("date") else None
    parts = [_call(name, about), date, about.get("issuer"), None if about.get("held", True) else NOT_HELD]
    return ", ".join(part for part in parts if part)


def _call(name: str, about: Mapping[str, Any]) -> str:
    """A document that has no number goes by its type: its title follows, and its id would say the same again."""
    numbered = about.get("number") or "#" in name  # a task keeps its short form
    return name if numbered or not about.get("type") else f"{about['type']} ({NO_NUMBER})"


def _wrap(text: str, indent: str, width: int) -> list[str]:
    room = max(width, len(indent) + _NARROWEST)
    return textwrap.wrap(
        text, room, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    ) or [indent]


def _end(step: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
    return str(step["from"] if answer["down"] else step["to"])


def _drawing(answer: Mapping[str, Any], about: Mapping[str, Any]) -> tuple[dict[str, str], list[tuple[str, str, str]]]:
    """Each node once with its label, each edge once with its relation."""
    names = {answer["start"]: _label(answer["name"], about)}
    edges: dict[tuple[str, str], str] = {}
    for path in answer["paths"]:
        for step in path:
            names.setdefault(_end(step, answer), _label(step["name"], step))
            edges.setdefault((step["from"], step["to"]), UP[step["relation"]])
    return names, [(a, b, label) for (a, b), label in edges.items()]


def _label(name: str, about: Mapping[str, Any]) -> str:
    title = about.get("title")
    name = _call(name, about)
    return f"{name}\n{textwrap.shorten(title, 80, placeholder='…')}" if title else name


def _mermaid(text: str) -> str:
    escaped = "".join(f"#{ord(char)};" if char in '"#&<>`\\;[]{}|()' else char for char in text)
    return escaped.replace("\n", "<br/>")


def _dot(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
