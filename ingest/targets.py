"""Targets: figures to be reached, with the year they are for.

A fall is an increase below nought: "Giảm 20% thời gian" is "increase", -20, "%".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.clauses import split_sentences
from ingest.fold import squeeze
from ingest.lines import drop_emphasis
from ingest.outline import Node
from ingest.prose_tasks import section_kind
from ingest.records import Evidence, Origin, Target
from ingest.reference import load_patterns, load_phrase
from ingest.source import SourceText

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
_MAX_HEADING = 160
_UNIT_REACH = 80  # no unit is longer
_BULLETS = ("dash", "plus", "star")
_HEADING_YEAR = "the figure prints no year; the heading above it does"


@dataclass(frozen=True, slots=True)
class _Value:
    """One number with its unit: "05-07 sáng chế"."""

    start: int
    end: int
    low: float
    high: float | None
    printed: str  # the unit as printed
    row: Mapping[str, Any]  # of units.json

    @property
    def is_share(self) -> bool:
        return self.printed.startswith("%")


@dataclass(frozen=True, slots=True)
class _Figure:
    """One value of a sentence with the piece of text that speaks of it."""

    value: _Value
    start: int  # of its piece, in the sentence
    end: int


@dataclass(frozen=True, slots=True)
class _Place:
    """Where sentences stand: the address of their item, whether it tells objectives, and the heading with a year."""

    source: SourceText
    base: str
    objective: bool
    heading: Node | None


def find_targets(source: SourceText, root: Node) -> Iterator[Target]:
    """The targets of an outline: all figures of the objectives, and elsewhere those that a plan undertakes to reach."""
    opened: dict[Node | None, Node | None] = {}  # the paragraph "Đến năm 2030:" that opens the bullets below it
    for node in root.walk():
        if node.block is None or node.style == "table":
            continue
        if node.style == "plain":
            opened[node.parent] = node if node.text.endswith(":") else None
        kind = section_kind(node)
        if kind == "funding":
            continue  # who pays how much is no target
        objective = kind == "objectives"
        above = _with_year(node, opened.get(node.parent)) if objective else None
        place = _Place(source, f"{node.address}/chi-tieu", objective, above)
        start, number = node.block.words, 0
        for first, last in split_sentences(source.text[start : node.block.end]):
            for target in _of_sentence(place, start + first, start + last, number):
                number += 1
                yield target


def _with_year(node: Node, opening: Node | None) -> Node | None:
    """The nearest heading above that states one year: "a) Đến năm 2030"."""
    above = opening if opening is not None and node.style in _BULLETS else node.parent
    while above is not None and above.block is not None:
        if len(above.text) <= _MAX_HEADING:
            years = _heading_years(above)
            if years:
                return above if len(years) == 1 else None
        above = above.parent
    return None


def _heading_years(node: Node) -> set[int]:
    found = load_phrase("target_heading_year").finditer(drop_emphasis(node.text))
    return {int(each[each.lastindex or 0]) for each in found}


def _of_sentence(place: _Place, start: int, end: int, number: int) -> Iterator[Target]:
    text = place.source.text[start:end]
    if load_phrase("target_past").match(text) and not load_phrase("target_wished").search(text):
        return  # what was reached: "Năm 2020, đóng góp của TFP ... đạt 33,9%"
    indicator = ""
    year: int | None = None
    last = 0
    for figure in _figures(text, [value for value in _values(text) if place.objective or value.is_share]):
        piece = text[figure.start : figure.end]
        if not place.objective and not load_phrase("target_undertaken").search(piece):
            continue
        if figure.value.row["kind"] == "money" and load_phrase("target_cost").search(piece):
            continue
        same_clause = figure.start and ";" not in text[last : figure.value.start]
        year = _year(text, figure) or (year if same_clause else None)
        last = figure.value.end
        own = _indicator(text, figure)
        if len(own.split()) > 2 or (own and not (indicator and same_clause)):
            indicator = own
        indicator = indicator or _bare_indicator(figure.value)
        if not indicator:
            continue
        number += 1
        cited = place.source.cite(start + _first_word(text, figure.start), start + figure.end)
        evidence = {"indicator": Evidence(cited), "value": Evidence(cited)}
        due = (year, Evidence(cited)) if year else _inherited_year(place)
        if due:
            evidence["year"] = due[1]
        comparator, value = _compared(text, figure)
        base_found = load_phrase("target_baseline").search(text, figure.value.end, figure.end)
        yield Target(
            address=f"{place.base}-{number}",
            indicator=indicator,
            comparator=comparator,
            value=value,
            unit=_unit(text, figure),
            year=due[0] if due else None,
            baseline=squeeze(base_found[0]) if base_found else None,
            evidence=evidence,
            source=cited,
        )


def _inherited_year(place: _Place) -> tuple[int, Evidence] | None:
    """The year of the heading above, for a figure that prints none."""
    if place.heading is None or place.heading.block is None:
        return None
    [year] = _heading_years(place.heading)
    heading = place.source.cite(place.heading.block.start, place.heading.block.end)
    return year, Evidence(heading, Origin.INHERITED, _HEADING_YEAR)


def _first_word(text: str, at: int) -> int:
    while at < len(text) and text[at] in " ,;.\n\t":
        at += 1
    return at


# --- values and the pieces of text that speak of them ---------------------------------------------------------------


def _values(text: str) -> Iterator[_Value]:
    at = 0
    for low in _LOW.finditer(text):
        if low.start() < at:
            continue
        value = _value(text, low)
        if value is not None:
            at = value.end
            yield value


def _value(text: str, low: re.Match[str]) -> _Value | None:
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
            return _Value(low.start(), at + unit.end(), _number(low[0]), high_number, squeeze(unit[0]), row)
    return None


def _is_year(text: str, low: re.Match[str]) -> bool:
    before = text[max(0, low.start() - 20) : low.start()]
    return _YEAR_LIKE.fullmatch(low[0]) is not None and _BEFORE_YEAR.search(before) is not None


def _figures(text: str, values: Sequence[_Value]) -> Iterator[_Figure]:
    """The values of a sentence, each with its piece: from the end of the last value's piece to the next break."""
    start = 0
    for at, value in enumerate(values):
        limit = values[at + 1].start if at + 1 < len(values) else len(text)
        start = max(start, text.rfind(";", start, value.start) + 1)
        end = _end_of_piece(text, start, value, limit, at + 1 < len(values))
        yield _Figure(value, start, end)
        start = min(end + 1, limit)


def _end_of_piece(text: str, start: int, value: _Value, limit: int, more: bool) -> int:
    """Commas end a piece, unless it goes on about its value: "100% sản phẩm ..., được quản lý bằng quy chuẩn"."""
    whole = text[max(0, value.end - 4) : value.end] == "100%"
    opens = len(_before(text, start, value).split()) <= 2 and value.row["kind"] != "money"
    found = re.search(r";\s|\.\s" if whole or opens else r"[;,]\s|\.\s", text[value.end : limit])
    if found:
        return value.end + found.start()
    breaks = list(_BREAK.finditer(text, value.end, limit)) if more and (whole or opens) else []
    return breaks[-1].start() if breaks else limit


def _year(text: str, figure: _Figure) -> int | None:
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


def _indicator(text: str, figure: _Figure) -> str:
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
        return behind if _compared(text, figure)[0] == "increase" else f"Tỷ lệ {behind}"
    return before


def _bare_indicator(value: _Value) -> str:
    """What a counted value measures when nothing else says so: "có 100 doanh nghiệp"."""
    return f"Số {value.printed}" if value.row["kind"] == "count" else ""


def _before(text: str, start: int, value: _Value) -> str:
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


def _compared(text: str, figure: _Figure) -> tuple[str, float | tuple[float, float]]:
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


def _unit(text: str, figure: _Figure) -> str:
    """The unit by its own name; a growth told with "hàng năm" is one a year."""
    value = figure.value
    unit = str(value.row.get("unit") or value.printed)
    yearly = load_phrase("target_yearly").search(text[figure.start : value.start])
    return "%/năm" if unit == "%" and yearly else unit
