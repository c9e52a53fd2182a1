"""The figures of a sentence: values with a unit, the piece of text that speaks of each, and what it says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.fold import squeeze
from ingest.lines import drop_emphasis
from ingest.reference import load_patterns, load_phrase

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?"
_LOW = re.compile(rf"(?<![\w/.,-])(?:{_NUMBER})")
_HIGH = re.compile(rf"\s{{0,3}}%?\s{{0,3}}(?:-|–|đến)\s{{0,3}}({_NUMBER})")
_SPELLED = re.compile(r"\s{0,9}(?:\((?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\)\s{0,9})?")
_YEAR_LIKE = re.compile(r"(?:19|20)\d\d")
_BEFORE_YEAR = re.compile(r"(?:năm|đến|từ|vào|trước|giai đoạn|[-–])\s*$", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\s*[-–]\s*(?:19|20)\d\d)(?!\d|/)")  # no part of a period or a date
_PERIOD = re.compile(r"(?:giai đoạn\s+)((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)")
_BREAK = re.compile(r",\s|\svà\s|\strong đó\s")
_MAX_INDICATOR = 220
_UNIT_REACH = 80  # no unit is longer


@dataclass(frozen=True, slots=True)
class Value:
    """One number with its unit: "05-07 sáng chế"."""

    start: int
    end: int
    low: float
    high: float | None
    printed: str  # the unit as printed
    row: Mapping[str, Any]  # of units.json

    @property
    def is_share(self) -> bool:
        """Whether it is a percentage."""
        return self.printed.startswith("%")


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of a sentence with the piece of text that speaks of it."""

    value: Value
    start: int  # of its piece, in the sentence
    end: int


def find_values(text: str) -> Iterator[Value]:
    """The numbers of a text that a known unit follows; years, dates and numbers of documents are none."""
    at = 0
    for low in _LOW.finditer(text):
        if low.start() < at:
            continue
        value = _value(text, low)
        if value is not None:
            at = value.end
            yield value


def _value(text: str, low: re.Match[str]) -> Value | None:
    """The value that begins with a number, a range first: "từ 7% đến 10%"; None when no unit follows."""
    high = _HIGH.match(text, low.end())
    for upper, stop in ((high[1], high.end()), (None, low.end())) if high else ((None, low.end()),):
        spelled = _SPELLED.match(text, stop)
        at = spelled.end() if spelled else stop
        ahead = text[at : at + _UNIT_REACH]
        for row, pattern in load_patterns("units"):
            unit = pattern.match(ahead)
            if not unit:
                continue
            if not unit[0].startswith("%") and _is_year(text, low):
                return None  # "Đến năm 2030 doanh nghiệp ..."
            high_number = _number(upper) if upper else None
            return Value(low.start(), at + unit.end(), _number(low[0]), high_number, squeeze(unit[0]), row)
    return None


def _is_year(text: str, low: re.Match[str]) -> bool:
    before = text[max(0, low.start() - 20) : low.start()]
    return _YEAR_LIKE.fullmatch(low[0]) is not None and _BEFORE_YEAR.search(before) is not None


def find_figures(text: str, values: Sequence[Value]) -> Iterator[Figure]:
    """The values of a sentence, each with its piece: from the end of the last value's piece to the next break."""
    start = 0
    for at, value in enumerate(values):
        limit = values[at + 1].start if at + 1 < len(values) else len(text)
        start = max(start, text.rfind(";", start, value.start) + 1)
        end = _end_of_piece(text, start, value, limit, at + 1 < len(values))
        yield Figure(value, start, end)
        start = min(end + 1, limit)


def _end_of_piece(text: str, start: int, value: Value, limit: int, more: bool) -> int:
    """Commas end a piece, unless it goes on about its value: "100% sản phẩm ..., được quản lý bằng quy chuẩn"."""
    whole = text[max(0, value.end - 4) : value.end] == "100%"
    opens = len(_before(text, start, value).split()) <= 2 and value.row["kind"] != "money"
    found = re.search(r";\s|\.\s" if whole or opens else r"[;,]\s|\.\s", text[value.end : limit])
    if found:
        return value.end + found.start()
    breaks = list(_BREAK.finditer(text, value.end, limit)) if more and (whole or opens) else []
    return breaks[-1].start() if breaks else limit


def year_of(text: str, figure: Figure) -> int | None:
    """The year in brackets right behind a value, else the nearest before it, else one behind it in its piece."""
    end = figure.value.end
    bracket = re.match(r"\s*\((?:đến\s+)?năm\s+((?:19|20)\d\d)\)", text[end : end + _UNIT_REACH])
    if bracket:
        return int(bracket[1])
    bases = [found.span() for found in load_phrase("target_baseline").finditer(text, figure.start, figure.end)]
    before = [
        (found.start(), int(found[found.lastindex or 1]))
        for pattern in (_YEAR, _PERIOD)
        for found in pattern.finditer(text, figure.start, figure.value.start)
        if not any(low <= found.start() < high for low, high in bases)
    ]
    if before:
        return max(before)[1]
    after = [
        int(found[1])
        for found in _YEAR.finditer(text, end, figure.end)
        if not any(low <= found.start() < high for low, high in bases)
    ]
    return after[0] if after else None


# --- what is measured -----------------------------------------------------------------------------------------------


def indicator_of(text: str, figure: Figure) -> str:
    """What is measured: the words before the value, or behind one that opens its piece ("100% cơ sở ...")."""
    value = figure.value
    before = _before(text, figure.start, value)
    if len(before.split()) > 2:
        return before[-_MAX_INDICATOR:]
    after = text[value.end : figure.end]
    for row, pattern in load_patterns("comparators"):
        if row["where"] == "after":
            after = pattern.sub("", after)
    behind = _strip(after)[:_MAX_INDICATOR].removeprefix("là ")
    if value.row["kind"] == "count":
        counted = _strip(value.printed + after)[:_MAX_INDICATOR]
        return f"{before} {counted}" if before else f"Số {counted}" if behind else ""
    if value.printed == "%" and len(behind.split()) > 2:
        return behind if compared(text, figure)[0] == "increase" else f"Tỷ lệ {behind}"
    return before


def bare_indicator(value: Value) -> str:
    """What a counted value measures when nothing else says so: "có 100 doanh nghiệp"."""
    return f"Số {value.printed}" if value.row["kind"] == "count" else ""


def _before(text: str, start: int, value: Value) -> str:
    """The words before a value in its piece; a colon parts what is told from what it is told of."""
    opening = load_phrase("indicator_opening")
    head, colon, tail = text[start : value.start].rpartition(":")
    own = opening.sub("", _strip(tail))
    return own if own or not colon else opening.sub("", _strip(head))


def _strip(text: str) -> str:
    stripped = squeeze(drop_emphasis(text)).strip(" ,;:()")
    while (shorter := load_phrase("indicator_closing").sub("", stripped)) != stripped:
        stripped = shorter
    return stripped


# --- numbers, comparators, units ------------------------------------------------------------------------------------


def compared(text: str, figure: Figure) -> tuple[str, float | tuple[float, float]]:
    """The comparator with the number, a pair for a range; a fall is below nought."""
    value = figure.value
    before = text[figure.start : value.start].rstrip()
    sign = -1 if load_phrase("target_decrease").search(before) else 1
    if value.high is not None:
        low, high = sorted((sign * value.low, sign * value.high))
        return "range", (low, high)
    if sign < 0:
        return "increase", -value.low
    for row, pattern in load_patterns("comparators"):
        if row["where"] == "before" and pattern.search(before):
            return row["comparator"], value.low
        if row["where"] == "after" and pattern.match(text[value.end : value.end + _UNIT_REACH]):
            return row["comparator"], value.low
    return ("increase" if value.printed == "lần" else "="), value.low


def _number(printed: str) -> float:
    """ "150.000" -> 150000; "1,5" and "1.5" -> 1.5"""
    thousands = re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", printed)
    value = float((printed.replace(".", "") if thousands else printed).replace(",", "."))
    return int(value) if value.is_integer() else value


def unit_of(text: str, figure: Figure) -> str:
    """The unit by its own name; a growth told with "hàng năm" is one a year."""
    value = figure.value
    unit = str(value.row.get("unit") or value.printed)
    yearly = load_phrase("target_yearly").search(text[figure.start : value.start])
    return "%/năm" if unit == "%" and yearly else unit
