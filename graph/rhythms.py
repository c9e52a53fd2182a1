"""Rounds of what recurs: on which days each comes, from when on, and the day on which the last one can be."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from graph.export_rows import Record
from graph.facts import Facts
from graph.history import find_history

LAST_DAY = -1  # of a month
_QUARTERS = {"quarter-last-month-": (3, 6, 9, 12), "quarter-first-month-": (1, 4, 7, 10)}
# A rhythm: how many months lie between two rounds, and the months that end one.
_ROUNDS = {"yearly": (12, (12,)), "half-yearly": (6, (6, 12)), "quarterly": (3, (3, 6, 9, 12)), "monthly": (1, ())}
_PERIOD = re.compile(r"((?:19|20)\d\d)(?:\s*[-–]\s*((?:19|20)\d\d))?")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every so many months on one day: Rhythm(12, (12,), 10) is each 10 December."""

    step: int
    months: tuple[int, ...]  # none: every month
    day: int


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """From when and until when work runs that does not say so itself: by its document, and by the bodies that lead."""

    documents: Mapping[str, Record]
    ended: Callable[[str], str | None] = lambda _: None  # the last day of a body that is no more
    _ends: dict[str, date] = field(default_factory=dict)

    def document(self, record: Record) -> Record:
        """The document of a task or duty; an empty one where it is not known."""
        return self.documents.get(record["document"], {})

    def find_start(self, record: Record) -> date | None:
        """The first day that is stated, else the date of the document: "2025-08" is 1 August 2025."""
        return first_of(record["deadline"]["active_from"] or self.document(record).get("date"))

    def find_end(self, record: Record) -> date:
        """The end that is stated, else that of the plan or of all bodies that lead; date.max where none has any."""
        if stated := record["deadline"]["active_to"]:
            return date.fromisoformat(stated)
        document = self.document(record)
        gone = max((self._end_of_body(each["agency"]) for each in record["lead"]), default=date.max)
        printed = first_of(document.get("date")) or date.min
        # An old name in a newer document means the body of today.
        return min(last_of_period(document.get("period")), gone if gone > printed else date.max)

    def _end_of_body(self, agency: str | None) -> date:
        if not agency:
            return date.max
        if agency not in self._ends:
            ended = self.ended(agency)
            self._ends[agency] = date.fromisoformat(ended) if ended and len(ended) == 10 else date.max
        return self._ends[agency]


def ends_of_bodies(facts: Facts) -> Callable[[str], str | None]:
    """The last day of a body by what the store says: ends_of_bodies(facts)(department) == "2025-06-30"."""

    def find_end(agency: str) -> str | None:
        history = find_history(facts, agency)
        return history.body.ended if history else None

    return find_end


def find_rhythms(deadline: Record) -> tuple[Rhythm, ...]:
    """The rounds of a recurring deadline: {"recurrence": "quarterly", "due": "quarter-last-month-10"} has one.

    Without a day the round's own last day counts: each 31 December, each last day of a quarter.
    """
    if deadline["recurrence"] not in _ROUNDS:
        return ()
    step, months = _ROUNDS[deadline["recurrence"]]
    if not deadline["due"]:
        return (Rhythm(step, months, LAST_DAY),)
    return tuple(_read_due(due, step) for due in deadline["due"].split(","))


def first_day(rhythm: Rhythm, since: date) -> date:
    """The first round that is not over: first_day(Rhythm(12, (12,), 10), date(2025, 12, 11)) is 10 December 2026."""
    year, month = since.year, since.month
    while True:
        if not rhythm.months or month in rhythm.months:
            last = monthrange(year, month)[1]
            day = date(year, month, last if rhythm.day == LAST_DAY else min(rhythm.day, last))
            if day >= since:
                return day
        year, month = year + month // 12, month % 12 + 1


def last_of_period(period: str | None) -> date:
    """The end of the time of a plan, its vision left aside: "2025-2030, tầm nhìn 2045" -> 31 December 2030."""
    found = _PERIOD.search(period or "")
    return date(int(found[2] or found[1]), 12, 31) if found else date.max


def first_of(printed: str | None) -> date | None:
    """The first day of a date as precise as printed: "2025-08" -> 1 August 2025."""
    return date.fromisoformat(f"{printed}-01-01"[:10]) if printed else None


def _read_due(due: str, step: int) -> Rhythm:
    """One due day of a round: "12-10", "11", "quarter-4", "quarter-last-month-10", and "20" of a month."""
    for start, months in _QUARTERS.items():
        if due.startswith(start):
            return Rhythm(3, months, int(due.removeprefix(start)))
    if due.startswith("quarter-"):
        return Rhythm(12, (3 * int(due.removeprefix("quarter-")),), LAST_DAY)
    if step == 1:
        return Rhythm(1, (), int(due))
    month, _, day = due.partition("-")
    return Rhythm(12, (int(month),), int(day) if day else LAST_DAY)
