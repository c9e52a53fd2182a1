"""Deadlines as precise as the page: "2026" stays a year, "Tháng 9/2026" a month, "Hằng năm" a rhythm."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from ingest.records import Deadline
from ingest.reference import compile_spaced, load_rows

_YEAR = r"(?:19|20)\d\d"
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
# One point of time; {n} keeps the group names of two points in one pattern apart.
_POINT = (
    r"(?:(?:ngày )?(?P<day{n}>\d{{1,2}})(?:/|-| tháng )(?P<daymonth{n}>\d{{1,2}})(?:/|-| năm )(?P<dayyear{n}>YEAR)"
    r"|(?:quý )(?P<quarter{n}>IV|I{{1,3}}|[1-4])(?:/| năm |, ?)(?P<quarteryear{n}>YEAR)"
    r"|(?:0?6 tháng (?P<half{n}>đầu|cuối) năm )(?P<halfyear{n}>YEAR)"
    r"|(?:tháng )?(?P<month{n}>0?[1-9]|1[0-2])(?:/| năm | - |-)(?P<monthyear{n}>YEAR)"
    r"|(?:năm )?(?P<year{n}>YEAR))(?!\d)"
).replace("YEAR", _YEAR)
_TRAILING = " .;,"


def parse_deadline(text: str, whole: bool = False) -> Deadline:
    """Read what a cell says; with `whole`, only when the cell says nothing else.

    "2025 -2030" -> period 2025..2030; "Khi Trung ương có quy định mới" -> conditional; "" -> none.
    """
    raw = text.strip()
    flat = " ".join(raw.split()).strip(_TRAILING)
    if not flat:
        return Deadline()
    for row, pattern in _patterns("cell"):
        found = pattern.fullmatch(flat)
        if found:
            return _deadline(row, found, raw)
    if whole:
        return Deadline()
    return next((deadline for deadline, _, _ in find_deadlines(raw)), _any_point(flat, raw))


def find_deadlines(text: str) -> Iterator[tuple[Deadline, int, int]]:
    """Deadlines that a sentence gives to what it asks for, with where they stand: "trước ngày 10 tháng 12 hằng năm"."""
    for row, pattern in _patterns("prose"):
        for found in pattern.finditer(text):
            yield _deadline(row, found, found[0].strip(_TRAILING)), found.start(), found.end()


def _any_point(flat: str, raw: str) -> Deadline:
    """A date somewhere in a cell of the deadline column: "Trình HĐND kỳ họp tháng 7/2026" is by that month."""
    found = list(_point_pattern().finditer(flat))
    if not found:
        return Deadline(kind="conditional", raw=raw)
    return _bounded("by", None, _point(found[-1], "1"), raw)


@cache
def _point_pattern() -> re.Pattern[str]:
    return re.compile(r"(?<!\d)" + _POINT.format(n="1"), re.IGNORECASE)


@cache
def _patterns(where: str) -> tuple[tuple[Mapping[str, Any], re.Pattern[str]], ...]:
    return tuple((row, compile_deadline(row)) for row in load_rows("deadlines") if row["where"] == where)


def compile_deadline(row: Mapping[str, Any]) -> re.Pattern[str]:
    """The pattern of a row of `deadlines.json`, its {point}, {from} and {to} written out."""
    pattern = row["pattern"]
    for name, n in (("{point}", "1"), ("{from}", "0"), ("{to}", "1")):
        pattern = pattern.replace(name, _POINT.format(n=n))
    return compile_spaced(pattern)


def _deadline(row: Mapping[str, Any], found: re.Match[str], raw: str) -> Deadline:
    start, end = _point(found, "0"), _point(found, "1")
    if end is not None:
        return _bounded(row["kind"], start, end, raw)
    due = None
    if "due" in row:
        parts = {name: f"{int(value):02d}" for name, value in found.groupdict().items() if value and value.isdigit()}
        due = row["due"].format(**parts)
    return Deadline(kind=row["kind"], recurrence=row.get("recurrence"), due=due, raw=raw)


_Point = tuple[str, str, str]  # as printed (2026, 2026-09, 2026-09-30), its first day, its last day


def _point(found: re.Match[str], n: str) -> _Point | None:
    """A point of time with the days that bound it, or None when the pattern has none or the date does not exist."""
    groups = {name[:-1]: value for name, value in found.groupdict().items() if name[-1] == n and value}
    if "day" in groups:
        return _day(int(groups["dayyear"]), int(groups["daymonth"]), int(groups["day"]))
    if "quarter" in groups:
        quarter = _QUARTERS[groups["quarter"].lower()]
        return _months(int(groups["quarteryear"]), quarter * 3 - 2, quarter * 3)
    if "half" in groups:
        first = 1 if groups["half"] == "đầu" else 7
        return _months(int(groups["halfyear"]), first, first + 5)
    if "month" in groups:
        return _months(int(groups["monthyear"]), int(groups["month"]), int(groups["month"]))
    if "year" in groups:
        year = groups["year"]
        return year, f"{year}-01-01", f"{year}-12-31"
    return None


def _day(year: int, month: int, day: int) -> _Point | None:
    try:
        iso = date(year, month, day).isoformat()
    except ValueError:
        return None
    return iso, iso, iso


def _months(year: int, first: int, last: int) -> _Point:
    """A month or a quarter; a quarter is printed as its last month: "Quý IV/2025" ends in 2025-12."""
    days = calendar.monthrange(year, last)[1]
    return f"{year}-{last:02d}", f"{year}-{first:02d}-01", f"{year}-{last:02d}-{days:02d}"


def _bounded(kind: str, start: _Point | None, end: _Point | None, raw: str) -> Deadline:
    if end is None:
        return Deadline(kind="conditional", raw=raw)
    if start is None:
        active = (None, end[2]) if kind == "by" else (None, None)
        return Deadline(kind, None, end[0], raw=raw, earliest=end[1], latest=end[2], active_to=active[1])
    # a quarter is printed as its last month, but a period begins with its first
    began = start[1][: len(start[0])]
    return Deadline(
        kind, began, end[0], raw=raw, earliest=end[1], latest=end[2], active_from=start[1], active_to=end[2]
    )
