"""The figures of a cell, most without a unit: "≥ 80", "1,2% - 1,5%", "Top 20", "Giảm 10%"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

from ingest.deadlines import parse_deadline
from ingest.figures import HIGH_NUMBER, LOW_NUMBER, Figure, Value, compared, is_year, read_number
from ingest.fold import squeeze
from ingest.heads import plain_words
from ingest.reference import load_patterns, load_phrase

_FOOTNOTE = re.compile(r"<sup>[^<]*</sup>|\[\d{1,2}\]$", re.IGNORECASE)
_ESCAPED = re.compile(r"\\(?=[<>~+*=.%-])")
_SPACED = re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0]\d{3})+(?![\d.,]*\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NEGATIVE = re.compile(r"[-–−](?=\d)")
_PIECES = re.compile(r";|\n|<br\s*/?>", re.IGNORECASE)
_GOES_ON = re.compile(r"\s*(?:/\s*\d|[.,]?\d|[^\W\d_])")  # "12/2026", "5G": no figure of its own
_NOUN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?")
_TOLD = re.compile(r"[\w-]+")
_MAX_DIGITS = 24  # no figure is longer
_MAX_BEFORE = 4  # words before a number that has no unit of its own; a sentence is no figure


@dataclass(frozen=True, slots=True)
class CellFigure:
    """One figure of a cell; `unit` is what the cell prints, `words` what it says besides: "Cấp tỉnh", or a year."""

    comparator: str
    value: float | tuple[float, float]
    unit: str
    words: str
    year: int | None


def read_figures(cell: str, measured: str, unit: str) -> tuple[CellFigure, ...]:
    """The figures of a cell that stands behind the words of its row; none in "Có", "x", "-" and in dates.

    "Cấp tỉnh: 80%; cấp xã: 60%" holds two, a cell whose parts name nothing only its first.
    """
    pieces = [read_figure(piece, measured, unit) for piece in _PIECES.split(cell)]
    found = tuple(figure for figure in pieces if figure)
    if len(found) > 1 and all(figure.words or figure.year for figure in found):
        return found
    whole = read_figure(cell, measured, unit)
    return (replace(whole, words=""),) if whole else ()


def read_figure(cell: str, measured: str, unit: str) -> CellFigure | None:
    """The first figure of a cell: "trên 80%" -> ">", 80, "%"."""
    words = clean(cell)
    dated = parse_deadline(words, whole=True).kind != "none"
    if dated and not (_YEAR.fullmatch(words) and unit and not _is_time(unit)):
        return None
    sign = -1 if _NEGATIVE.match(words) else 1
    words = words[1:] if sign < 0 else words
    for low in LOW_NUMBER.finditer(words):
        value = _value(words, low, unit)
        if value:
            return _figure(words, measured, value, sign)
    return None


def clean(cell: str) -> str:
    """The words of a cell without footnotes, escapes and spaces inside a number: "10 000\\\\>" -> "10000>"."""
    words = plain_words(unescape(_ESCAPED.sub("", _FOOTNOTE.sub("", cell))))
    return _SPACED.sub(lambda found: re.sub(r"\s", "", found[0]), words)


def known_unit(text: str) -> str:
    """A text that is a unit and no more: "%" -> "%", "(doanh nghiệp)" -> "doanh nghiệp", else ""."""
    words = plain_words(text).strip("() ")
    return words if any(found and found.end() == len(words) for _, found in _unit_matches(words)) else ""


def _is_time(unit: str) -> bool:
    """Whether a unit counts no things but names a year: "Năm"."""
    return parse_deadline(f"{unit} 2000", whole=True).kind != "none"


def _unit_matches(text: str) -> Iterator[tuple[Mapping[str, Any], re.Match[str] | None]]:
    return ((row, pattern.match(text)) for row, pattern in load_patterns("units"))


def _value(words: str, low: re.Match[str], unit: str) -> Value | None:
    """The value that begins with a number, with its own unit or that of its column; None when it is no figure."""
    if is_year(words, low) and not words[low.end() :].lstrip().startswith("%"):
        return None
    before = words[: low.start()].rstrip()
    if load_phrase("figure_label").search(before):
        return None
    high = HIGH_NUMBER.match(words, low.end())
    if max(len(low[0]), len(high[1]) if high else 0) > _MAX_DIGITS:
        return None
    end = high.end() if high else low.end()
    ahead = words[end:]
    spaces = len(ahead) - len(ahead.lstrip())
    row, own = next(((row, found) for row, found in _unit_matches(ahead.lstrip()) if found), ({}, None))
    if own is None and (_GOES_ON.match(ahead) and not (spaces and ahead.lstrip()[0].isalpha())):
        return None
    if own is None and len(_TOLD.findall(before)) > _MAX_BEFORE:
        return None
    printed = squeeze(own[0]) if own else "" if unit else _counted(ahead)
    owned = row.get("unit") or printed
    named = {"kind": "count", "unit": owned or unit, "own": owned}
    top = read_number(high[1]) if high else None
    stop = end + spaces + own.end() if own else end
    return Value(low.start(), stop, read_number(low[0]), top, printed or unit, named)


def _counted(ahead: str) -> str:
    """A unit that nobody listed, when a cell ends with it: "75 điểm" -> "điểm"."""
    words = ahead.strip(" .")
    told = load_phrase("indicator_no_noun").match(words)
    return words if _NOUN.fullmatch(words) and not told else ""


def _figure(words: str, measured: str, value: Value, sign: int) -> CellFigure:
    told = f"{measured} {words}"
    moved = len(measured) + 1
    placed = replace(value, start=value.start + moved, end=value.end + moved)
    comparator, number = compared(told, Figure(placed, 0, len(told)))
    if sign < 0 and not isinstance(number, tuple):
        number = -number
    year = load_phrase("table_year").search(words[: value.start])
    besides = "" if year else _besides(words[: value.start])
    return CellFigure(comparator, number, value.row["own"], besides, int(year[year.lastindex or 0]) if year else None)


def _besides(before: str) -> str:
    """What words before a value say that does not compare: "Cấp tỉnh: tối thiểu" -> "Cấp tỉnh"."""
    words = before.strip()
    for row, pattern in load_patterns("comparators"):
        if row["where"] == "before":
            words = pattern.sub("", words).strip()
    return load_phrase("indicator_closing").sub("", words).strip(" :,.-–+•()")
