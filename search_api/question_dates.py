"""The periods that a question names, and whether something is due then or going on: "hạn tháng 9/2025"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from search_api.cues import Asked, load_cues
from search_api.terms import keep_apart
from search_api.understood import Period

_QUARTER = frozenset("qrs")
_HALF = frozenset("hi")
_LONGEST_PART = 200  # days: a half is a part of a year
_LONGEST_LINK = 24  # characters of "through the end of"
_DAY = timedelta(days=1)
_SOON = timedelta(days=90)  # a quarter: by then what is upcoming must be under way
_DAYS = {"day": 1, "week": 7}


@dataclass(frozen=True, slots=True)
class Point:
    """A day, month, quarter, half or year, or a span of them: text[start:end] is "quý II/2026"."""

    first: date
    last: date
    start: int
    end: int
    joined: str = ""  # "range" for "2025-2030", "list" for "2025 và 2026"

    @property
    def is_year(self) -> bool:
        """Whether it is a year or longer: what was overdue in 2025 ended in it."""
        return (self.last - self.first).days > _LONGEST_PART


@dataclass(frozen=True, slots=True)
class Dated:
    """A period with what is asked of it: `sense` is "due" or "active"; text[at:to] are its words."""

    sense: str
    start: date | None
    end: date | None
    at: int
    to: int
    status: str | None = None  # "overdue" | "upcoming"


def find_dates(asked: Asked, plain: Asked, today: date | None = None) -> list[Dated]:
    """Every period of a question, in its order; names are hidden in `asked`, so that "công nghiệp 4.0" holds none."""
    points = _join(asked, _with_parts(asked, _find_points(asked, today)))
    finishing = _has(asked, "finishing")
    running = _has(asked, "running")
    found = (_read(asked, plain, point, "due" if finishing else "active" if running else "") for point in points)
    dates = _read_upcoming(asked, _read_overdue(asked, [dated for dated in found if dated], today), today)
    return dates or _read_under_way(asked, today)


def _read_overdue(asked: Asked, dates: list[Dated], today: date | None) -> list[Dated]:
    """What is overdue on the day that is named, wherever the word stands, else today: its end is past."""
    spans = [found.span() for cue in load_cues()["overdue"] for found in cue.find(asked)]
    due = [each for each in dates if each.sense == "due"]
    if not spans:
        return dates
    if any(each.start is None for each in due):
        return [replace(each, status="overdue") if each in due else each for each in dates]
    if not due:
        return [*dates, Dated("due", None, today - _DAY, *spans[0], "overdue")] if today else dates
    first = replace(due[0], status="overdue")
    if first.start and first.end and (first.end - first.start).days <= _LONGEST_PART:
        first = replace(first, start=None, end=first.start - _DAY)  # what was overdue in 2025 ended in it
    said = replace(first, at=spans[0][0], to=spans[0][1])
    return [first, said, *(each for each in dates if each is not due[0])]


def _read_upcoming(asked: Asked, dates: list[Dated], today: date | None) -> list[Dated]:
    """What is due soon, in the time that is named, else in so many days from today: "sắp đến hạn"."""
    spans = [found.span() for cue in load_cues()["upcoming"] for found in cue.find(asked)]
    due = [each for each in dates if each.sense == "due"]
    if not spans or (not due and today is None):
        return dates
    if due:  # the other words for it leave the text
        return [*dates, replace(due[0], at=spans[0][0], to=spans[0][1])]
    assert today is not None
    return [*dates, Dated("due", today, today + _SOON, *spans[0], "upcoming")]


def _read_under_way(asked: Asked, today: date | None) -> list[Dated]:
    """What is under way today, where no time is named: "nhiệm vụ đang thực hiện", "tasks in progress"."""
    spans = [found.span() for cue in load_cues()["under-way"] for found in cue.find(asked)]
    return [Dated("active", today, today, *span) for span in spans] if today else []


def read_periods(asked: Asked, dates: Sequence[Dated]) -> tuple[dict[str, Period], list[tuple[int, int]]]:
    """The one period due and the one active, and the places of their words; two open ends make one period."""
    periods: dict[str, Dated] = {}
    spans: list[tuple[int, int]] = []
    for each in dates:
        one = periods.get(each.sense)
        if one is None:
            periods[each.sense] = each
        elif one.start and not one.end and each.end and not each.start and one.start <= each.end:
            periods[each.sense] = replace(one, end=each.end, to=each.to)
        elif one.end and not one.start and each.start and not each.end and each.start <= one.end:
            periods[each.sense] = replace(one, start=each.start, to=each.to)
        elif (one.start, one.end) != (each.start, each.end):  # else the same is said twice
            continue
        spans.append((each.at, each.to))
    return {
        sense: Period(
            each.start.isoformat() if each.start else None,
            each.end.isoformat() if each.end else None,
            asked.text[each.at : each.to],
            each.status,
        )
        for sense, each in periods.items()
    }, spans


def _has(asked: Asked, name: str) -> bool:
    return any(True for cue in load_cues()[name] for _ in cue.find(asked))


def _find_points(asked: Asked, today: date | None) -> list[Point]:
    found = [point for cue in load_cues()["point"] for match in cue.find(asked) if (point := _point(match))]
    if today:
        for cue in load_cues()["relative"]:
            found += [_relative(match, cue.row["unit"], cue.row["shift"], today) for match in cue.find(asked)]
    order = sorted(found, key=lambda each: (each.start - each.end, each.start))
    spans = keep_apart((each.start, each.end) for each in order)
    chosen = {(each.start, each.end): each for each in reversed(order) if (each.start, each.end) in spans}
    return sorted(chosen.values(), key=lambda each: each.start)


def _relative(found: re.Match[str], unit: str, shift: int, today: date) -> Point:
    """The year, quarter or month as many before or behind today's: "quý tới" is shift 1; "6 tháng tới" begins today."""
    start, end = found.span()
    if unit in _DAYS:
        return Point(*_days(found, unit, shift, today), start, end)
    months = {"year": 12, "quarter": 3, "month": 1}[unit]
    if count := found.groupdict().get("count"):
        last = today.year * 12 + today.month - 1 + int(count) * months
        return Point(today, _last_day(last // 12, last % 12 + 1), start, end)
    first = (today.year * 12 + today.month - 1) // months * months + shift * months
    last = first + months - 1
    return Point(date(first // 12, first % 12 + 1, 1), _last_day(last // 12, last % 12 + 1), start, end)


def _days(found: re.Match[str], unit: str, shift: int, today: date) -> tuple[date, date]:
    """The first and last day of a week, which begins on Monday, or of so many days or weeks from today."""
    if count := found.groupdict().get("count"):
        return today, today + int(count) * _DAYS[unit] * _DAY
    first = today + shift * _DAYS[unit] * _DAY
    first -= (first.weekday() if unit == "week" else 0) * _DAY
    return first, first + (_DAYS[unit] - 1) * _DAY


def _with_parts(asked: Asked, points: Sequence[Point]) -> list[Point]:
    """Points with an end whose year the other end says: "từ tháng 9 đến tháng 12/2026", "between Q1 and Q3 2026"."""
    parts = [match for cue in load_cues()["part"] for match in cue.find(asked)]
    return [_with_end(asked, _with_beginning(asked, point, parts), parts) for point in points]


def _with_beginning(asked: Asked, point: Point, parts: Sequence[re.Match[str]]) -> Point:
    for match in sorted(parts, key=lambda each: each.start()):
        kind = _link(asked, match.end(), point.start)
        part = _point(match, point.last.year) if kind else None
        if part and part.first <= point.last:
            return replace(point, first=part.first, start=match.start(), joined=kind)
    return point


def _with_end(asked: Asked, point: Point, parts: Sequence[re.Match[str]]) -> Point:
    """ "từ tháng 1/2026 đến tháng 6": not after a whole year, and "and" only where a span was opened."""
    if (point.last - point.first).days > _LONGEST_PART:
        return point
    opened = any(cue.ends_at(asked, point.start) is not None for cue in load_cues()["span-before"])
    for match in sorted(parts, key=lambda each: -each.end()):
        kind = _link(asked, point.end, match.start())
        part = _point(match, point.last.year) if kind == "range" or (kind and opened) else None
        if part and point.first <= part.first and not _is_dated(asked, match.end()):
            return replace(point, last=part.last, end=match.end(), joined=kind)
    return point


def _is_dated(asked: Asked, at: int) -> bool:
    """Whether a year follows that is the part's own."""
    return re.match(r"\W{0,3}(?:năm |nam |of )?\d", asked.lowered[at : at + 12]) is not None


def _link(asked: Asked, start: int, end: int) -> str:
    """What ties two ends together: "range" of " đến ", "list" of " and "; "" where nothing does."""
    between = asked.lowered[start:end] if start < end <= start + _LONGEST_LINK else ""
    return next((cue.row["kind"] for cue in load_cues()["date-link"] if between and cue.is_whole(between)), "")


def _point(found: re.Match[str], year: int = 0) -> Point | None:
    """The days of a match by the names of its groups: `q2` is the second quarter, `m9` is September."""
    parts = {name: value for name, value in found.groupdict().items() if value is not None}
    year = year or int(parts["year"])
    first_month, last_month = 1, 12
    for name in parts:
        number = name[1:]
        if number.isdigit():
            step = 3 if name[0] in _QUARTER else 6 if name[0] in _HALF else 1
            last_month = int(number) * step
            first_month = last_month - step + 1
    if "month" in parts:
        first_month = last_month = int(parts["month"])
    last_year = int(parts.get("year2", year))
    try:
        first = date(year, first_month, int(parts.get("day", 1)))
        last = first if "day" in parts else _last_day(last_year, last_month)
    except ValueError:
        return None  # the 31st of June
    start, end = found.span()
    return Point(first, last, start, end, "range" if last_year > year else "") if first <= last else None


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _join(asked: Asked, points: Sequence[Point]) -> list[Point]:
    """Points that a word ties together: "từ tháng 9/2025" "đến" "tháng 12/2026", "2025" "và" "2026"."""
    joined = list(points[:1])
    for one, two in pairwise(points):
        between = asked.lowered[one.end : two.start]
        kind = next((cue.row["kind"] for cue in load_cues()["date-link"] if cue.is_whole(between)), "")
        if kind and joined[-1].first <= two.last:
            joined[-1] = replace(joined[-1], last=two.last, end=two.end, joined=joined[-1].joined or kind)
        else:
            joined.append(two)
    return joined


def _read(asked: Asked, plain: Asked, point: Point, colour: str) -> Dated | None:
    """A point with the words around it."""
    before = [
        (at, cue.row) for cue in load_cues()["date-before"] if (at := cue.ends_at(asked, point.start)) is not None
    ]
    after = [
        (point.end + found.end(), cue.row)
        for cue in load_cues()["date-after"]
        if (found := cue.starts_at(plain, point.end))
    ]
    at, left = min(before, key=lambda pair: pair[0], default=(point.start, {}))
    to, right = max(after, key=lambda pair: pair[0], default=(point.end, {}))
    bare = asked.text[point.start : point.end].isdigit()
    if left.get("bound") == "none" or (right.get("bound") == "none" and bare):
        return None
    if right.get("bound") == "none":
        to, right = point.end, {}
    bounds = {row["bound"] for row in (left, right) if row} - {"within"}
    bound = min(bounds) if bounds else "within"
    spans = point.joined == "range" or (point.joined == "list" and bound == "since")
    if spans and bound == "since":
        bound = "within"
    usual = "active" if spans else left.get("default", "due")
    start, end = _bounds(point, bound)
    sense = left.get("sense") or right.get("sense") or colour or usual
    return Dated(sense, start, end, at, to)


def _bounds(point: Point, bound: str) -> tuple[date | None, date | None]:
    """What a word makes of a point: "trước quý II/2026" ends with March, "trước ngày 30/6/2026" with that day."""
    match bound:
        case "until":
            return None, point.last
        case "before":
            return None, point.last if point.first == point.last else point.first - _DAY
        case "overdue":  # on the first of a month what ended in the month before
            return (point.first, point.last) if point.is_year else (None, point.first - _DAY)
        case "after":
            return point.last + _DAY, None
        case "since":
            return point.first, None
        case _:
            return point.first, point.last
