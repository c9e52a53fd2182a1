"""What records say, in words for people: dates, deadlines and what they mean, figures, and marked text."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from search_api.messages import load_messages
from search_api.page_base import one_line
from search_api.present import say_date

_COMPARATORS = {
    "<": "value_below",
    "<=": "value_at_most",
    "=": "value_is",
    ">": "value_above",
    ">=": "value_at_least",
    "increase": "value_increase",
    "range": "value_is",
}
_LONGEST_HEADING = 180  # characters; a longer text is cut where a sentence or clause ends
_LONGEST_WHOLE = 240  # a text that is hardly longer is not cut
_SHORTEST_HEADING = 50
_CLAUSE_END, _COMMA = re.compile(r"(?<=[.;:])\s"), re.compile(r"(?<=,)\s")
_EVERY = re.compile(r"(?:(\d\d)-)?(\d\d)|quarter-(first|last)-month-(\d+)|quarter-(\w+)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, marked or not: Piece("trí tuệ nhân tạo", True)."""

    text: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Headed:
    """A text as a heading and what follows it; a short text is all heading."""

    heading: tuple[Piece, ...]
    rest: tuple[Piece, ...]
    is_open: bool  # the heading ends within a clause


def explain_deadline(deadline: Mapping[str, Any], language: str) -> str:
    """What a deadline means: "Đến hạn 2026; chậm nhất ngày 31/12/2026."."""
    say, kind = load_messages(language), str(deadline["kind"])
    if kind == "period" and not (deadline["start"] and deadline["end"]):
        kind = "by" if deadline["end"] else "none"
    said = {name: say_date(deadline[name], language) for name in ("start", "end", "latest") if deadline[name]}
    if kind == "by" and deadline["end"] == deadline["latest"]:
        kind = "day"
    if kind in ("by", "day", "period") and not {"end", "latest"} <= said.keys():
        return ""
    if kind != "recurring":
        return say[f"deadline_{kind}"].format(**said)
    recurrence = say.get(f"recurring_{deadline['recurrence']}", deadline["recurrence"] or "")
    parts = [say["deadline_recurring"].format(recurrence=recurrence)]
    if days := ", ".join(_days(deadline["due"] or "", language)):
        parts.append(say["recurring_due"].format(days=days))
    return " ".join(parts)


def say_value(target: Mapping[str, Any], language: str) -> str:
    """What a target is to reach: "1,2–1,5%", "trên 11%/năm"."""
    value, unit = target["value"], target["unit"] or ""
    numbers = value if isinstance(value, list) else [value]
    said = "–".join(say_number(each, language) for each in numbers if each is not None)
    said += unit if unit.startswith("%") else f" {unit}"
    return load_messages(language)[_COMPARATORS[target["comparator"]]].format(value=said.strip())


def say_number(value: float, language: str) -> str:
    """A number as a reader writes it: 1.5 is "1,5" or "1.5"."""
    said = f"{value:,.6f}".rstrip("0").rstrip(".")
    return said if language == "en" else said.translate(str.maketrans(",.", ".,"))


def mark_text(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[Piece]:
    """A text in pieces, those between the spans unmarked: mark_text("về AI", [(3, 5)])."""
    at = 0
    for start, end in sorted(spans):
        if start < at or end > len(text):
            continue
        if start > at:
            yield Piece(text[at:start], False)
        yield Piece(text[start:end], True)
        at = end
    if at < len(text):
        yield Piece(text[at:], False)


def head_text(text: str, spans: Iterable[tuple[int, int]] = ()) -> Headed:
    """A text with its first clause as the heading: head_text("Triển khai trợ lý ảo").rest == ()."""
    spans, cut = list(spans), _cut(text)
    before = [(start, min(end, cut)) for start, end in spans if start < cut]
    after = [(max(start, cut) - cut, end - cut) for start, end in spans if end > cut]
    is_open = cut < len(text) and text[cut - 1] not in ".;:"
    return Headed(tuple(mark_text(text[:cut], before)), tuple(mark_text(text[cut:], after)), is_open)


def shorten(text: str) -> str:
    """The first clause of a text: what the title of a page says."""
    text = one_line(text)
    cut = _cut(text)
    return text if cut == len(text) else text[:cut].rstrip(" .;:,") + " …"


def _cut(text: str) -> int:
    if len(text) <= _LONGEST_WHOLE:
        return len(text)
    ends = [found.start() for found in _CLAUSE_END.finditer(text, _SHORTEST_HEADING, _LONGEST_HEADING)]
    commas = [found.start() for found in _COMMA.finditer(text, _SHORTEST_HEADING, _LONGEST_HEADING)]
    space = text.rfind(" ", _SHORTEST_HEADING, _LONGEST_HEADING)
    return ends[0] if ends else commas[-1] if commas else space if space > 0 else _LONGEST_HEADING


def _days(due: str, language: str) -> Iterator[str]:
    """The days of a recurring deadline: "12-10" is "10/12", "quarter-last-month-10" is a day of each quarter."""
    say = load_messages(language)
    for each in filter(None, due.split(",")):
        found = _EVERY.fullmatch(each)
        if found is None:
            yield each
        elif found[3]:
            yield say[f"quarter_{found[3]}"].format(day=int(found[4]))
        elif found[5]:
            yield say["quarter_only"].format(quarter=found[5])
        elif found[1]:
            yield f"{int(found[2])} {month_name[int(found[1])]}" if language == "en" else f"{found[2]}/{found[1]}"
        else:
            yield str(int(found[2]))
