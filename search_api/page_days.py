"""When things fall due: years, quarters and months, ends as precise as they are printed, and the rounds of a rhythm."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.rhythms import LAST_DAY, Lifetimes, Rhythm, ends_of_bodies, find_rhythms
from search_api.live import Opened
from search_api.per_generation import keep

_FIRST_YEAR, _LAST_YEAR = 1945, 2145
_YEAR, _QUARTER, _MONTH = re.compile(r"\d{4}"), re.compile(r"(\d{4})-[Qq]([1-4])"), re.compile(r"(\d{4})-(\d\d)")
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Span:
    """A year, quarter or month: Span("quarter", 2026, 3) is July to September 2026."""

    unit: str
    year: int
    number: int = 1  # of the quarter or month

    @property
    def name(self) -> str:
        """As an address has it: "2026", "2026-Q3", "2026-06"."""
        return {"year": f"{self.year}", "quarter": f"{self.year}-Q{self.number}"}.get(
            self.unit, f"{self.year}-{self.number:02d}"
        )

    @property
    def roman(self) -> str:
        """A quarter as papers number it: "III"."""
        return _ROMAN[self.number - 1] if self.unit == "quarter" else str(self.number)

    @property
    def months(self) -> list[Span]:
        """The months in it."""
        start, count = {"year": (1, 12), "quarter": (3 * self.number - 2, 3)}.get(self.unit, (self.number, 1))
        return [Span("month", self.year, start + at) for at in range(count)]

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.months[0].number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        month = self.months[-1].number
        return date(self.year, month, monthrange(self.year, month)[1])

    def step(self, by: int) -> Span | None:
        """The span after it or before it; None beyond the years that a calendar has."""
        size = {"year": 1, "quarter": 4}.get(self.unit, 12)
        year, number = divmod(self.year * size + self.number - 1 + by, size)
        return Span(self.unit, year, number + 1) if _FIRST_YEAR <= year <= _LAST_YEAR else None

    def around(self) -> list[Span]:
        """The wider spans that hold it: the year of a quarter, the year and the quarter of a month."""
        quarter = Span("quarter", self.year, -(-self.number // 3))
        return {"year": [], "quarter": [Span("year", self.year)]}.get(self.unit, [Span("year", self.year), quarter])


@dataclass(frozen=True, slots=True)
class Timed:
    """A task or duty with a deadline, the day from which it runs, and the last day on which it can."""

    id: str
    deadline: Mapping[str, Any]
    since: date
    until: date = date.max


@dataclass(frozen=True, slots=True)
class Due:
    """A time in which something falls due, one day or the whole month, quarter or year that the page gives."""

    first: date
    last: date
    item: Timed
    is_round: bool

    @property
    def unit(self) -> str:
        """How precise it is: "day", "month", "quarter", "year"."""
        if self.first == self.last:
            return "day"
        if self.first.year != self.last.year:
            return "year"
        if self.first.month == self.last.month:
            return "month"
        return "quarter" if (self.first.month - 1) // 3 == (self.last.month - 1) // 3 else "year"


def read_span(asked: Mapping[str, Sequence[str]], today: date) -> tuple[Span, bool]:
    """The span that a request asks for, and whether what it asks for is one; this year where it is not."""
    for unit in ("month", "quarter", "year"):
        text = next(iter(asked.get(unit, ())), "")
        if text:
            found = _parse(unit, text)
            return found or Span("year", today.year), found is not None
    return Span("year", today.year), True


@keep
def list_timed(here: Opened) -> Sequence[Timed]:
    """Every task and duty that has a deadline of any kind, read once for a generation."""
    documents = {each["id"]: each for each in here.records.records("document")}
    lifetimes = Lifetimes(documents, ends_of_bodies(here.names.facts))
    return tuple(
        Timed(each["id"], each["deadline"], lifetimes.find_start(each) or date.min, lifetimes.find_end(each))
        for kind in ("task", "duty")
        for each in here.records.records(kind)
        if each["deadline"]["kind"] != "none"
    )


def list_dues(items: Iterable[Timed], span: Span) -> list[Due]:
    """What falls due in a span or in a wider time that holds it, soonest first; rounds of rhythms among them."""
    dues = [due for item in items for due in _dues_of(item, span)]
    return sorted(dues, key=lambda due: (due.last, due.first, due.is_round, due.item.id))


def is_within(due: Due, span: Span) -> bool:
    """Whether a time lies wholly in a span: "2026" does not lie in a quarter of 2026."""
    return span.first <= due.first and due.last <= span.last


def has_rounds(item: Timed) -> bool:
    """Whether something comes round on days that a calendar can tell: not what is done every five years."""
    return bool(find_rhythms(item.deadline))


def runs_in(item: Timed, span: Span) -> bool:
    """Whether something goes on in a span; without bounds of its own from its document on to the end of the plan."""
    return item.since <= span.last and item.until >= span.first


def _parse(unit: str, text: str) -> Span | None:
    found = {"month": _MONTH, "quarter": _QUARTER, "year": _YEAR}[unit].fullmatch(text)
    if found is None or not text.isascii():
        return None
    year, number = int(text[:4]), 1 if unit == "year" else int(found[2])
    known = _FIRST_YEAR <= year <= _LAST_YEAR and 1 <= number <= 12
    return Span(unit, year, number) if known else None


def _dues_of(item: Timed, span: Span) -> Iterator[Due]:
    deadline = item.deadline
    if deadline["kind"] == "recurring":
        yield from (Due(first, last, item, True) for first, last in _rounds(item, span))
    elif deadline["earliest"] and deadline["latest"]:
        due = Due(date.fromisoformat(deadline["earliest"]), date.fromisoformat(deadline["latest"]), item, False)
        if due.first <= span.last and due.last >= span.first:
            yield due


def _rounds(item: Timed, span: Span) -> Iterator[tuple[date, date]]:
    """The rounds of a rhythm that touch a span; one without a day of its own takes the whole round."""
    days = (item.deadline["due"] or "").split(",")
    for rhythm, due in zip(find_rhythms(item.deadline), days, strict=False):  # of another rhythm it finds none
        width = rhythm.step if not due else 3 if due.startswith("quarter-") else 1
        for at in range(len(span.months) + 11):
            year, month = divmod(span.year * 12 + span.months[0].number - 1 + at, 12)
            first, last = _round_ending(rhythm, year, month + 1, width)
            if rhythm.months and month + 1 not in rhythm.months:
                continue
            if first <= span.last and last >= span.first and last >= item.since and first <= item.until:
                yield first, last


def _round_ending(rhythm: Rhythm, year: int, month: int, width: int) -> tuple[date, date]:
    last = monthrange(year, month)[1]
    if rhythm.day != LAST_DAY:
        day = date(year, month, min(rhythm.day, last))
        return day, day
    before, start = divmod(year * 12 + month - width, 12)
    return date(before, start + 1, 1), date(year, month, last)
