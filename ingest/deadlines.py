"""Deadlines as precise as the page: "2026" stays a year, "Tháng 9/2026" a month, "Hằng năm" a rhythm."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from ingest.fold import fold_alike
from ingest.records import Deadline
from ingest.reference import compile_row, compile_spaced, load_rows

_YEAR = r"(?:19|20)\d\d"
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_QUARTER = r"(?:IV|I{1,3}|[1-4])"
_MONTH = r"(?:0?[1-9]|1[0-2])(?!\d)"
# One point of time; ~ stands for the number that keeps the group names of two points in one pattern apart.
# "5-6/2026" is two months, not the fifth of June; of "Quý II, III/2026" the last quarter counts.
_POINT = (
    rf"(?:(?P<isoyear~>{_YEAR})-(?P<isomonth~>[01]\d)-(?P<isoday~>[0-3]\d)"
    rf"|(?:ngày )?(?!\d{{1,2}}[-.]\d{{1,2}}/)(?P<day~>\d{{1,2}})(?:[/.-]| tháng )(?P<daymonth~>\d{{1,2}})"
    rf"(?:[/.-]| năm )(?P<dayyear~>{_YEAR})"
    rf"|(?:quý |q\.? ?)(?:{_QUARTER}(?:,| và) ?(?:quý )?){{0,3}}(?P<quarter~>{_QUARTER})"
    rf"(?:/|-| năm |, ?)(?P<quarteryear~>{_YEAR})"
    rf"|\b(?P<roman~>IV|I{{1,3}})/(?P<romanyear~>{_YEAR})"
    rf"|(?:(?:0?6 tháng|nửa) (?P<half~>đầu|cuối) năm )(?P<halfyear~>{_YEAR})"
    rf"|(?:tháng |\bt\.? ?)?(?P<month~>{_MONTH})(?:/| năm | - |-|, ?)(?P<monthyear~>{_YEAR})"
    rf"|(?:năm )?(?P<year~>{_YEAR}))(?!\d)"
)
# The same without its year, which the end of the period prints: "Từ tháng 01 đến tháng 12/2026".
_YEARLESS = (
    rf"(?:(?:ngày )?(?P<day~>\d{{1,2}})(?:/| tháng )(?P<daymonth~>{_MONTH})"
    rf"|(?:quý |q\.? ?)(?P<quarter~>{_QUARTER})|(?:tháng )?(?P<month~>{_MONTH}))"
)
_PIECES = {
    "{point}": _POINT.replace("~", "1"),
    "{from}": _POINT.replace("~", "0"),
    "{to}": _POINT.replace("~", "1"),
    "{yearless}": _YEARLESS.replace("~", "0"),
    "{every}": "(?:hằng|hàng|mỗi|từng)",
    "{before}": "(?:(?:trước|chậm nhất(?: là)?(?: vào)?|vào|xong trước)(?: ngày)?|ngày)",
    "{day}": r"(?P<day>\d{1,2})(?!\d)",
    "{daymonth}": rf"(?P<day>\d{{1,2}})(?:/|-| tháng )(?P<month>{_MONTH})",
    "{daymonth2}": rf"(?P<day2>\d{{1,2}})(?:/|-| tháng )(?P<month2>{_MONTH})",
}
_SLASH = re.compile(r"(?<=[\dIVX]) ?/ ?(?=\d)")  # a cell breaks its lines anywhere: "Quý II\n/2026"
_SHORT_YEAR = re.compile(r"(?<![\d/])(?P<date>\d{1,2}([/.])\d{1,2}\2)(?P<year>[2-4]\d)(?![\d/.])")  # "30/6/26"
_TRAILING = " .;,"
_CLAUSE = 400  # no further than this from a date does the clause reach that says what the date is for


def parse_deadline(text: str, whole: bool = False) -> Deadline:
    """Read what a cell says; with `whole`, only when the cell says nothing else.

    "2025 -2030" -> period 2025..2030; "Khi Trung ương có quy định mới" -> conditional; "" -> none.
    """
    raw = text.strip()
    flat = " ".join(fold_alike(raw).split()).strip(_TRAILING)
    flat = _SLASH.sub("/", flat)
    flat = _SHORT_YEAR.sub(r"\g<date>20\g<year>", flat)
    if not any(map(str.isalnum, flat)):
        return Deadline()
    for row, pattern in (*_patterns("cell"), *_patterns("prose")):
        found = pattern.fullmatch(flat)
        if found and "clause" not in row:
            return _deadline(row, found, raw)
    if whole:
        return Deadline()
    return next((replace(deadline, raw=raw) for deadline, _, _ in find_deadlines(raw)), _any_point(flat, raw))


def find_deadlines(text: str) -> Iterator[tuple[Deadline, int, int]]:
    """Deadlines that a sentence gives to what it asks for, with where they stand: "trước ngày 10 tháng 12 hằng năm".

    The rows are in order of trust: what a row has read, no later row reads again.
    """
    read = bytearray(len(text))
    printed, text = text, fold_alike(text)
    for row, pattern in _patterns("prose"):
        for found in pattern.finditer(text):
            start, end = found.span()
            if read.find(1, start, end) >= 0 or not _in_its_clause(row, text, start, end):
                continue
            read[start:end] = b"\1" * (end - start)
            yield _deadline(row, found, printed[start:end].strip(_TRAILING)), start, end


def _in_its_clause(row: Mapping[str, Any], text: str, start: int, end: int) -> bool:
    """Whether the words around a date are what its row asks for: "báo cáo ... trước ngày 20/12"."""
    if "clause" not in row:
        return True
    before, after = text[max(0, start - _CLAUSE) : start], text[end : end + _CLAUSE]
    clause = re.split(r"[;.]", before)[-1] + re.split(r"[;.]", after)[0]
    return compile_row({"pattern": row["clause"]}).search(clause) is not None


def _any_point(flat: str, raw: str) -> Deadline:
    """A date somewhere in a cell of the deadline column: "Trình HĐND kỳ họp tháng 7/2026" is by that month."""
    found = list(_point_pattern().finditer(flat))
    if not found:
        return Deadline(kind="conditional", raw=raw)
    return _bounded("by", None, _point(found[-1], "1"), raw)


@cache
def _point_pattern() -> re.Pattern[str]:
    return re.compile(r"(?<!\d)" + _PIECES["{point}"], re.IGNORECASE)


@cache
def _patterns(where: str) -> tuple[tuple[Mapping[str, Any], re.Pattern[str]], ...]:
    return tuple((row, compile_deadline(row)) for row in load_rows("deadlines") if row["where"] == where)


def compile_deadline(row: Mapping[str, Any]) -> re.Pattern[str]:
    """The pattern of a row of `deadlines.json`, its {point}, {from}, {to}, {before} ... written out."""
    pattern = row["pattern"]
    for name, piece in _PIECES.items():
        pattern = pattern.replace(name, piece)
    return compile_spaced(pattern)


def _deadline(row: Mapping[str, Any], found: re.Match[str], raw: str) -> Deadline:
    kind, end = row["kind"], _point(found, "1")
    start = _point(found, "0", end[0][:4] if end else None)
    bounded = Deadline(kind, raw=raw)
    if end is not None or start is not None or kind in ("by", "period"):
        bounded = _bounded(kind, start, end, raw)
    return replace(bounded, recurrence=row.get("recurrence"), due=_due(row, found))


def _due(row: Mapping[str, Any], found: re.Match[str]) -> str | None:
    """The reporting days of a row, None where one does not exist: "trước ngày 15/6 và 15/12" -> "06-15,12-15"."""
    if "due" not in row:
        return None
    groups = {name: value for name, value in found.groupdict().items() if value}
    parts = {name: f"{int(value):02d}" for name, value in groups.items() if value.isdigit()}
    if "quarter" in groups:
        parts["quarter"] = str(_QUARTERS[groups["quarter"].lower()])
    for n in ("", "2"):
        if _day(2024, int(parts.get(f"month{n}", 1)), int(parts.get(f"day{n}", 1))) is None:
            return None
    return str(row["due"].format(**parts))


_Point = tuple[str, str, str]  # as printed (2026, 2026-09, 2026-09-30), its first day, its last day


def _point(found: re.Match[str], n: str, year: str | None = None) -> _Point | None:
    """A point of time with the days that bound it, or None when the pattern has none or the date does not exist.

    `year` is for a point that prints none.
    """
    groups = {name[:-1]: value for name, value in found.groupdict().items() if name[-1] == n and value}
    stated = next((value for name, value in groups.items() if name.endswith("year")), year)
    if not groups or stated is None:
        return None
    if "isoday" in groups:
        return _day(int(stated), int(groups["isomonth"]), int(groups["isoday"]))
    if "day" in groups:
        return _day(int(stated), int(groups["daymonth"]), int(groups["day"]))
    if "quarter" in groups or "roman" in groups:
        quarter = _QUARTERS[(groups.get("quarter") or groups["roman"]).lower()]
        return _months(int(stated), quarter * 3 - 2, quarter * 3)
    if "half" in groups:
        first = 1 if groups["half"].lower() == "đầu" else 7
        return _months(int(stated), first, first + 5)
    if "month" in groups:
        return _months(int(stated), int(groups["month"]), int(groups["month"]))
    return stated, f"{stated}-01-01", f"{stated}-12-31"


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
    """A deadline with its days; what bounds nothing, such as 30 February or 2030-2025, is only kept as printed."""
    if start is None and (end is None or kind == "period"):
        return Deadline(kind="conditional", raw=raw)
    if start is None and end is not None:
        return Deadline(kind, None, end[0], raw=raw, earliest=end[1], latest=end[2], active_to=end[2])
    if start is None or (end is not None and start[1] > end[2]):
        return Deadline(kind="conditional", raw=raw)
    # a quarter is printed as its last month, but a period begins with its first
    began = start[1][: len(start[0])]
    if end is None:  # "2025 và các năm tiếp theo"
        return Deadline(kind, began, raw=raw, active_from=start[1])
    return Deadline(
        kind, began, end[0], raw=raw, earliest=end[1], latest=end[2], active_from=start[1], active_to=end[2]
    )
