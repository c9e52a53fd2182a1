"""A trace as a person reads it: a tree with every quote."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterable, Iterator, Mapping
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
# A task's own words and what its document rests on are two things.
STATED = "Căn cứ nêu ngay trong nội dung này:"
INHERITED = "Căn cứ kế thừa từ văn bản:"
LATER = {"amended_by": "được sửa đổi, bổ sung bởi", "replaced_by": "được thay thế bởi"}
CONFLICT = "các văn bản ghi ngày khác nhau"
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
            branch = branch.further.setdefault(end_of(step, answer), _Branch(step))
    lines = _wrap(_head(answer["name"], about), "", width)
    if about.get("title"):
        lines += _wrap(str(about["title"]), "", width)
    lines += [line for said in _assignment(about) for line in _wrap(said, "", width)]
    lines += [
        line
        for said in (*answer.get("remarks", ()), *list_notes(answer, root.further))
        for line in _wrap(said, "", width)
    ]
    if not root.further:
        lines.append(NOTHING)
    labels, told = DOWN if answer["down"] else UP, set[str]()
    groups: Iterable[tuple[list[str], _Branch]] = [([], root)] if answer["down"] else _split_bases(root)
    for heading, group in groups:
        lines += [*heading, *_render_branches(group, "", labels, width, told)]
    return "\n".join(lines)


def list_notes(about: Mapping[str, Any], met: Collection[str | None] = ()) -> Iterator[str]:
    """What later documents did to one, but for those that stand beside it, and where texts disagree on its date."""
    for name, label in LATER.items():
        for each in about.get(name, ()):
            if each["id"] not in met:
                quoted = f" {print_source(each['source'])}" if each["source"] else ""
                yield f"{label}: {_head(each['name'], each)}{quoted}"
    if conflicts := about.get("conflicts"):
        dates = (f"{print_date(each['value'])} {print_source(each['source'])}" for each in conflicts)
        yield f"{CONFLICT}: {'; '.join(dates)}"


def print_date(date: str) -> str:
    """A date as Vietnamese papers write it: "2025-08-27" -> "27/08/2025", "2022-08" -> "08/2022"."""
    return "/".join(reversed(date.split("-")))


def print_source(source: Mapping[str, Any]) -> str:
    """A quote and its place: “Căn cứ Nghị quyết số 57-NQ/TW” (719.txt:14)"""
    return f"“{' '.join(str(source['quote']).split())}” ({print_place(source)})"


def print_place(source: Mapping[str, Any]) -> str:
    """Where a quote stands: "719.txt:14", of a scan "719.pdf, trang 12", of a Word file "719.docx, table[3]/row[7]"."""
    if page := source.get("page"):
        return f"{source['file']}, trang {page}"
    block = source.get("block")
    return f"{source['file']}, {block}" if block else f"{source['file']}:{source['line']}"


def _split_bases(root: _Branch) -> Iterator[tuple[list[str], _Branch]]:
    """Of a task what it says itself and what it has from its document, each under a heading; else all as one."""
    groups: dict[str, _Branch] = {}
    for iri, child in root.further.items():
        heading = {"stated": STATED, "inherited": INHERITED}.get((child.step or {}).get("basis") or "", "")
        groups.setdefault(heading, _Branch()).further[iri] = child
    for heading in sorted(groups, key=(STATED, INHERITED, "").index):
        yield [heading] if heading else [], groups[heading]


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
        for line in _details(step, {step.get("from"), *child.further}):
            yield from _wrap(line, stem, width)
        if child.further and iri in told:
            yield inner + "   " + AS_ABOVE
        elif child.further:
            told.add(iri)
            yield from _render_branches(child, inner, labels, width, told)


def _order(step: Mapping[str, Any], *, up: bool) -> tuple[int, int]:
    """The strongest first; upwards, where one text names all, in the order in which it names them."""
    return _STRENGTH.index(step["relation"]), step["source"]["start"] if up and step["source"] else 0


def _details(step: Mapping[str, Any], met: Collection[str | None]) -> Iterator[str]:
    quote = step["source"] and " ".join(str(step["source"]["quote"]).split())
    if step["title"] and step["title"] != quote:
        yield str(step["title"])
    if step["source"]:
        yield print_source(step["source"])
    yield from step.get("remarks", ())
    yield from list_notes(step, met)


def _assignment(about: Mapping[str, Any]) -> Iterator[str]:
    for name, label in ASSIGNMENT.items():
        if about.get(name):
            yield f"{label}: {' '.join(str(about[name]).split())}"


def _head(name: str, about: Mapping[str, Any]) -> str:
    date = print_date(about["date"]) if about.get("date") else None
    parts = [call_document(name, about), date, about.get("issuer"), None if about.get("held", True) else NOT_HELD]
    return ", ".join(part for part in parts if part)


def call_document(name: str, about: Mapping[str, Any]) -> str:
    """A document that has no number goes by its type: its title follows, and its id would say the same again."""
    numbered = about.get("number") or "#" in name  # a task keeps its short form
    return name if numbered or not about.get("type") else f"{about['type']} ({NO_NUMBER})"


def _wrap(text: str, indent: str, width: int) -> list[str]:
    room = max(width, len(indent) + _NARROWEST)
    return textwrap.wrap(
        text, room, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    ) or [indent]


def end_of(step: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
    """Where a step leads in the direction of the trace."""
    return str(step["from"] if answer["down"] else step["to"])
