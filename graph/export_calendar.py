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
from graph.rhythms import Lifetimes, Rhythm, find_rhythms, first_day
from graph.trace_text import print_place

_TITLE = 150  # characters of a task's words in the summary
_SHORT = 2001  # a year without 29 February
# Why something is no event -> the same in Vietnamese.
_REASONS = {
    "conditional": "theo điều kiện",
    "of another rhythm": "định kỳ khác",
    "ongoing": "thường xuyên",
    "over": "đã hết thời gian thực hiện",
    "without a date": "không có ngày hạn",
}
Reread = Callable[[], Iterable[Record]]


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar, what was left out of it and why, and its bytes in pieces."""

    events: int
    left_out: Mapping[str, int]
    parts: Iterator[bytes]


def make_calendar(items: Reread, lifetimes: Lifetimes, made: datetime, name: str) -> Feed:
    """The calendar of tasks and duties, which are read twice: first counted, then written."""
    counts = Counter(_reason(record, lifetimes, made) for record in items())
    events = counts.pop("", 0)
    feed = Feed(events, dict(sorted(counts.items())), iter(()))
    return Feed(events, feed.left_out, _stream(items, lifetimes, made, _head(feed, name)))


def describe_left_out(feed: Feed) -> str:
    """What a calendar does not have, in English, as headers of HTTP need it: "2 conditional, 84 without a date"."""
    return ", ".join(f"{count} {why}" for why, count in feed.left_out.items()) or "nothing"


def describe_feed(feed: Feed) -> str:
    """What a calendar has and does not have, in both languages."""
    missing = ", ".join(f"{count} {_REASONS[why]}" for why, count in feed.left_out.items()) or "không"
    return (
        f"{feed.events} sự kiện trong lịch; không đưa vào: {missing} · "
        f"{feed.events} events in the calendar; left out: {describe_left_out(feed)}"
    )


def _reason(record: Record, lifetimes: Lifetimes, made: datetime) -> str:
    """Why a deadline is no event; "" when it is one."""
    deadline = record["deadline"]
    if deadline["kind"] in ("ongoing", "conditional"):
        return str(deadline["kind"])
    if deadline["kind"] == "recurring":
        if not find_rhythms(deadline):
            return "of another rhythm"
        return "" if _first_days(record, lifetimes, made) else "over"
    return "" if deadline["latest"] else "without a date"


def _head(feed: Feed, name: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Can Cu//cancu//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-caldesc", describe_feed(feed))
    return bytes(calendar.to_ical()).removesuffix(b"END:VCALENDAR\r\n")


def _stream(items: Reread, lifetimes: Lifetimes, made: datetime, head: bytes) -> Iterator[bytes]:
    yield head
    for record in items():
        if not _reason(record, lifetimes, made):
            for event in _events(record, lifetimes, made):
                yield bytes(event.to_ical())
    yield b"END:VCALENDAR\r\n"


def _events(record: Record, lifetimes: Lifetimes, made: datetime) -> Iterator[Event]:
    deadline, document = record["deadline"], lifetimes.document(record)
    if deadline["kind"] != "recurring":
        yield _event(record, document, made, date.fromisoformat(deadline["latest"]), record["id"])
        return
    until = lifetimes.find_end(record)
    for number, rhythm, day in _first_days(record, lifetimes, made):
        uid = record["id"] + (f"#{number + 1}" if number else "")  # two days of one duty are two events
        event = _event(record, document, made, day, uid)
        event.add("rrule", _rule(rhythm, until))
        yield event


def _first_days(record: Record, lifetimes: Lifetimes, made: datetime) -> list[tuple[int, Rhythm, date]]:
    """Each rhythm by its place, with its first round; none whose first round would come after its end."""
    since, until = lifetimes.find_start(record) or made.date(), lifetimes.find_end(record)
    rhythms = find_rhythms(record["deadline"])
    days = [(number, rhythm, first_day(rhythm, since)) for number, rhythm in enumerate(rhythms)]
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


def _rule(rhythm: Rhythm, until: date) -> vRecur:
    rule: dict[str, Any] = {"FREQ": "YEARLY"} if rhythm.step == 12 else {"FREQ": "MONTHLY"}
    if rhythm.step in (3, 6):
        rule["INTERVAL"] = rhythm.step
    if until != date.max:
        rule["UNTIL"] = until
    if rhythm.step == 12:
        rule["BYMONTH"] = list(rhythm.months)
    if rhythm.day > min(monthrange(_SHORT, month)[1] for month in rhythm.months or (2,)):
        # a month without this day has its last one
        return vRecur(rule | {"BYMONTHDAY": list(range(28, rhythm.day + 1)), "BYSETPOS": -1})
    return vRecur(rule | {"BYMONTHDAY": [rhythm.day]})
