"""Targets by year as a picture: one mark for each plan, drawn on the server in places that fit any width.

Places from left to right are percentages, so that letters keep their size on a narrow screen.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST_SERIES = 12  # six shapes, filled and hollow
_HEIGHT, _TOP, _BOTTOM = 300, 34, 34  # pixels
_LEFT, _RIGHT = 13.0, 97.0  # percent
_BAND = 0.68  # of the room of a year that marks may take
_MOST_TICKS = 5
_NARROW = 320  # pixels: labels that are apart on a phone are apart everywhere
_LETTER, _LINE = 7.5, 14  # pixels of a label
_PLACES = (-11, 21, -26, 36)  # pixels from a mark to the foot of its label, the best first
_PATHS = (
    "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
    "M-4.5-4.5h9v9h-9z",
    "M0-6 5.6 4.6h-11.2z",
    "M0-6.2 6.2 0 0 6.2-6.2 0z",
    "M0 6 5.6-4.6h-11.2z",
    "M-2-6h4v4h4v4h-4v4h-4v-4h-4v-4h4z",
)


@dataclass(frozen=True, slots=True)
class Point:
    """One target: Point("Hưng Yên, 12/KH-UBND", 2030, 1.5, 2.0, "", "1,5–2"); without a year it stands apart."""

    series: str
    year: int | None
    low: float
    high: float  # the same, unless it is a range
    bound: str  # "up": this or more; "down": this or less; "" where it is met exactly
    label: str


@dataclass(frozen=True, slots=True)
class Series:
    """What stands for a plan: a path around 0, 0, filled or hollow."""

    name: str
    path: str
    hollow: bool
    color: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A target in the picture: x in percent, y in pixels; a range has two ends."""

    x: float
    y: float
    y_low: float
    bound: str
    label: str  # empty where there is no room for it
    y_label: float
    series: Series


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture ready to be written down; `ticks` and `years` have their place and their words."""

    height: int
    top: int
    foot: float
    left: float
    right: float
    ticks: Sequence[tuple[float, float]]
    years: Sequence[tuple[float, int | None]]
    lines: Sequence[tuple[float, float, float, float, int]]  # x, y, x, y, colour
    marks: Sequence[Mark]
    series: Sequence[Series]
    left_out: int  # series that have no mark of their own any more


def draw_chart(points: Sequence[Point]) -> Chart:
    """A picture of targets in one unit: draw_chart([Point("Hà Nam", 2030, 30, 30, "", "30")]).marks"""
    names = list(dict.fromkeys(each.series for each in points))
    series = {name: _make_series(name, at) for at, name in enumerate(names[:MOST_SERIES])}
    shown = [each for each in points if each.series in series]
    years = sorted({each.year for each in shown}, key=lambda year: (year is None, year or 0))
    ticks = find_ticks(min(each.low for each in shown), max(each.high for each in shown))
    foot = _HEIGHT - _BOTTOM
    room = (_RIGHT - _LEFT) / len(years)
    centres = {year: _LEFT + room * (at + 0.5) for at, year in enumerate(years)}

    def place(value: float) -> float:
        return round(foot - (value - ticks[0]) / (ticks[-1] - ticks[0]) * (foot - _TOP), 1)

    placed = [(each, _spread(each, shown, centres[each.year], room)) for each in shown]
    marks = list(_mark([(each, x, place(each.high), place(each.low)) for each, x in placed], series))
    return Chart(
        _HEIGHT,
        _TOP,
        foot,
        _LEFT,
        _RIGHT,
        [(place(tick), tick) for tick in ticks],
        [(round(centre, 2), year) for year, centre in centres.items()],
        list(_join(shown, marks)),
        marks,
        list(series.values()),
        len(names) - len(series),
    )


def find_ticks(low: float, high: float) -> list[float]:
    """Round numbers from 0 on around what is shown, so that a small difference looks small: find_ticks(20, 50)."""
    low, high = min(low, 0.0), max(high, 0.0)
    wide = high - low or 1.0
    power = 10 ** math.floor(math.log10(wide / _MOST_TICKS))
    step = next(power * each for each in (1, 2, 2.5, 5, 10, 20) if wide / (power * each) <= _MOST_TICKS)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(at * step, 10) for at in range(first, max(last, first + 1) + 1)]


def _make_series(name: str, at: int) -> Series:
    return Series(name, _PATHS[at % len(_PATHS)], at >= len(_PATHS), at % 3)


def _spread(point: Point, points: Sequence[Point], centre: float, room: float) -> float:
    """Marks of one year side by side, in the order of the plans, each plan in its own column."""
    beside = list(dict.fromkeys(each.series for each in points if each.year == point.year))
    step = room * _BAND / len(beside)
    return round(centre + step * (beside.index(point.series) - (len(beside) - 1) / 2), 2)


def _mark(placed: Sequence[tuple[Point, float, float, float]], series: dict[str, Series]) -> Iterator[Mark]:
    """Marks with their labels where nothing else stands."""
    taken = [_box(x, y, 12) for _, x, high, low in placed for y in (high, low)]
    for point, x, high, low in placed:
        foot = next((y for y in _list_places(point, high, low) if _is_free(_label_box(x, y, point.label), taken)), None)
        if foot is not None:
            taken.append(_label_box(x, foot, point.label))
        label = point.label if foot is not None else ""
        yield Mark(x, high, low, point.bound, label, foot or 0.0, series[point.series])


def _list_places(point: Point, high: float, low: float) -> Iterator[float]:
    for each in _PLACES:
        beyond = 9 if (point.bound == "up" and each < 0) or (point.bound == "down" and each > 0) else 0
        yield round(high + each - beyond if each < 0 else low + each + beyond, 1)


def _box(x: float, y: float, wide: float) -> tuple[float, float, float, float]:
    middle = x / 100 * _NARROW
    return middle - wide / 2, y - 6, middle + wide / 2, y + 6


def _label_box(x: float, foot: float, label: str) -> tuple[float, float, float, float]:
    middle, wide = x / 100 * _NARROW, _LETTER * len(label)
    return middle - wide / 2, foot - _LINE + 3, middle + wide / 2, foot + 2


def _is_free(box: tuple[float, float, float, float], taken: Sequence[tuple[float, float, float, float]]) -> bool:
    left, top, right, foot = box
    inside = top >= 0 and foot <= _HEIGHT - _BOTTOM + 2
    return inside and all(right <= a or c <= left or foot <= b or d <= top for a, b, c, d in taken)


def _join(points: Sequence[Point], marks: Sequence[Mark]) -> Iterator[tuple[float, float, float, float, int]]:
    """A line from each year of a plan to its next; none where a plan has several targets in one year."""
    often = Counter((each.series, each.year) for each in points)
    last: dict[str, Mark] = {}
    for point, mark in sorted(zip(points, marks, strict=True), key=lambda pair: pair[0].year or 0):
        if point.year is None or often[point.series, point.year] > 1:
            continue
        if before := last.get(point.series):
            yield before.x, before.y, mark.x, mark.y, mark.series.color
            if (before.y, mark.y) != (before.y_low, mark.y_low):
                yield before.x, before.y_low, mark.x, mark.y_low, mark.series.color
        last[point.series] = mark
