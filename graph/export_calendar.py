"""Deadlines and reporting days as a calendar: one all-day event on the last day of the end, or one for each rhythm."""

from __future__ import annotations

import textwrap
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event, vDuration, vRecur

from graph.export_rows import Record
from graph.trace_text import print_place

_TITLE = 150  # characters of a task's words in the summary
_QUARTERS = {"quarter-last-month-": (3, 6, 9, 12), "quarter-first-month-": (1, 4, 7, 10)}
# A rhythm: how many months lie between two rounds, and the months that end one.
_ROUNDS = {"yearly": (12, (12,)), "half-yearly": (6, (6, 12)), "quarterly": (3, (3, 6, 9, 12)), "monthly": (1, ())}
_LAST = -1  # day of a month
_SHORT = 2001  # a year without 29 February
Reread = Callable[[], Iterable[Record]]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every so many months on one day: Rhythm(12, (12,), 10) is each 10 December."""

    step: int
    months: tuple[int, ...]  # none: every month
    day: int


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar, what was left out of it and why, and its bytes in pieces."""

    events: int
    left_out: Mapping[str, int]
    parts: Iterator[bytes]


def make_calendar(items: Reread, documents: Mapping[str, Record], made: datetime, name: str) -> Feed:
    """The calendar of tasks and duties, which are read twice: first counted, then written."""
    counts = Counter(_reason(record, documents.get(record["document"], {}), made) for record in items())
    events = counts.pop("", 0)
    feed = Feed(events, dict(sorted(counts.items())), iter(()))
    return Feed(events, feed.left_out, _stream(items, documents, made, _head(feed, name)))


def describe_left_out(feed: Feed) -> str:
    """What a calendar does not have: "left out: 2 conditional, 84 without a date"."""
    return "left out: " + (", ".join(f"{count} {why}" for why, count in feed.left_out.items()) or "nothing")


def find_rhythms(deadline: Record) -> tuple[Rhythm, ...]:
    """The rounds of a recurring deadline: {"recurrence": "quarterly", "due": "quarter-last-month-10"} has one.

    Without a day the round's own last day counts: each 31 December, each last day of a quarter.
    """
    if deadline["recurrence"] not in _ROUNDS:
        return ()
    step, months = _ROUNDS[deadline["recurrence"]]
    if not deadline["due"]:
        return (Rhythm(step, months, _LAST),)
    return tuple(_read_due(due, step) for due in deadline["due"].split(","))


def first_day(rhythm: Rhythm, since: date) -> date:
    """The first round that is not over: first_day(Rhythm(12, (12,), 10), date(2025, 12, 11)) is 10 December 2026."""
    year, month = since.year, since.month
    while True:
        if not rhythm.months or month in rhythm.months:
            last = monthrange(year, month)[1]
            day = date(year, month, last if rhythm.day == _LAST else min(rhythm.day, last))
            if day >= since:
                return day
        year, month = year + month // 12, month % 12 + 1


def _read_due(due: str, step: int) -> Rhythm:
    """One due day of a round: "12-10", "11", "quarter-4", "quarter-last-month-10", and "20" of a month."""
    for start, months in _QUARTERS.items():
        if due.startswith(start):
            return Rhythm(3, months, int(due.removeprefix(start)))
    if due.startswith("quarter-"):
        return Rhythm(12, (3 * int(due.removeprefix("quarter-")),), _LAST)
    if step == 1:
        return Rhythm(1, (), int(due))
    month, _, day = due.partition("-")
    return Rhythm(12, (int(month),), int(day) if day else _LAST)


def _reason(record: Record, document: Record, made: datetime) -> str:
    """Why a deadline is no event; "" when it is one."""
    deadline = record["deadline"]
    if deadline["kind"] in ("ongoing", "conditional"):
        return str(deadline["kind"])
    if deadline["kind"] == "recurring":
        if not find_rhythms(deadline):
            return "of another rhythm"
        return "" if _first_days(deadline, document, made) else "over"
    return "" if deadline["latest"] else "without a date"


def _head(feed: Feed, name: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Can Cu//cancu//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-caldesc", f"{feed.events} events; {describe_left_out(feed)}")
    return bytes(calendar.to_ical()).removesuffix(b"END:VCALENDAR\r\n")


def _stream(items: Reread, documents: Mapping[str, Record], made: datetime, head: bytes) -> Iterator[bytes]:
    yield head
    for record in items():
        document = documents.get(record["document"], {})
        if not _reason(record, document, made):
            for event in _events(record, document, made):
                yield bytes(event.to_ical())
    yield b"END:VCALENDAR\r\n"


def _events(record: Record, document: Record, made: datetime) -> Iterator[Event]:
    deadline = record["deadline"]
    if deadline["kind"] != "recurring":
        yield _event(record, document, made, date.fromisoformat(deadline["latest"]), record["id"])
        return
    for number, rhythm, day in _first_days(deadline, document, made):
        uid = record["id"] + (f"#{number + 1}" if number else "")  # two days of one duty are two events
        event = _event(record, document, made, day, uid)
        event.add("rrule", _rule(rhythm, deadline["active_to"]))
        yield event


def _first_days(deadline: Record, document: Record, made: datetime) -> list[tuple[int, Rhythm, date]]:
    """Each rhythm by its place, with its first round; none whose first round would come after its end."""
    since = _first_bound(deadline["active_from"] or document.get("date")) or made.date()
    until = date.fromisoformat(deadline["active_to"]) if deadline["active_to"] else date.max
    days = [(number, rhythm, first_day(rhythm, since)) for number, rhythm in enumerate(find_rhythms(deadline))]
    return [each for each in days if each[2] <= until]


def _event(record: Record, document: Record, made: datetime, day: date, uid: str) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", made)
    event.add("dtstart", day)
    event.add("duration", vDuration(timedelta(days=1)))
    event.add("transp", "TRANSPARENT")  # it makes nobody busy
    words = textwrap.shorten(record["name"] or record["text"], _TITLE, placeholder=" …")
    event.add("summary", f"{words} (thời hạn: {record['deadline']['raw'] or day})")
    event.add("description", _describe(record, document))
    event.add("categories", [record["kind"]])
    event.add("url", record["id"])
    return event


def _describe(record: Record, document: Record) -> str:
    source = record["source"]
    facts = {
        "Chủ trì": _names(record["lead"]),
        "Phối hợp": _names(record["coordinating"]),
        "Báo cáo": _names(record.get("report_to", ())),
        "Thời hạn": record["deadline"]["raw"],
        "Sản phẩm": record["output"],
        "Văn bản": document.get("number") or document.get("title"),
        "Nguồn": print_place(source),
    }
    return "\n".join([record["text"], *(f"{name}: {value}" for name, value in facts.items() if value)])


def _names(bodies: Iterable[Mapping[str, Any]]) -> str:
    return "; ".join(each["name"] for each in bodies)


def _rule(rhythm: Rhythm, until: str | None) -> vRecur:
    rule: dict[str, Any] = {"FREQ": "YEARLY"} if rhythm.step == 12 else {"FREQ": "MONTHLY"}
    if rhythm.step in (3, 6):
        rule["INTERVAL"] = rhythm.step
    if until:
        rule["UNTIL"] = date.fromisoformat(until)
    if rhythm.step == 12:
        rule["BYMONTH"] = list(rhythm.months)
    if rhythm.day > min(monthrange(_SHORT, month)[1] for month in rhythm.months or (2,)):
        # a month without this day has its last one
        return vRecur(rule | {"BYMONTHDAY": list(range(28, rhythm.day + 1)), "BYSETPOS": -1})
    return vRecur(rule | {"BYMONTHDAY": [rhythm.day]})


def _first_bound(printed: str | None) -> date | None:
    """The first day of a date as printed: "2022-08" is 1 August 2022."""
    if not printed:
        return None
    year, month, day = (*map(int, printed.split("-")), 1, 1)[:3]
    return date(year, month, day)
