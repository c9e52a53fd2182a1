"""Tables by their rules: straight lines on a page, in any unit, make grids whose merged cells have no rule inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.readers.reading import Box

MOST_RULES = 4000  # joined rules of one direction on a page; more are a drawing
_MOST_SLOTS = 60_000
_MOST_GRIDS = 100  # on a page; more are a drawing too
_COVERED = 0.5  # share of a cell's side along which a rule must run


Walls = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along its axis: Rule(at=120.0, start=50.0, end=300.0)."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell: where it begins and how many rows and columns it covers."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class RuledGrid:
    """A table as ruled: the places of its rules from the left and from the top, and its cells."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    slots: tuple[Slot, ...]

    @property
    def box(self) -> Box:
        """Its outline."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def box_of(self, slot: Slot) -> Box:
        """The outline of one cell."""
        right, bottom = self.xs[slot.column + slot.columns], self.ys[slot.row + slot.rows]
        return self.xs[slot.column], self.ys[slot.row], right, bottom


def find_grids(level: Iterable[Rule], upright: Iterable[Rule], near: float = 2.5) -> list[RuledGrid]:
    """The tables that level and upright rules make, from the top; `near` is how far apart rules may be that meet."""
    levels, uprights = join_rules(level, near), join_rules(upright, near)
    if not levels or not uprights or max(len(levels), len(uprights)) > MOST_RULES:
        return []
    found = (_grid(*each, near) for each in _meeting(levels, uprights, near))
    grids = sorted((grid for grid in found if grid), key=lambda grid: (grid.ys[0], grid.xs[0]))
    if len(grids) > _MOST_GRIDS:
        return []
    return [grid for grid in grids if not any(_inside(grid.box, other) for other in grids if other is not grid)]


def join_rules(rules: Iterable[Rule], near: float) -> list[Rule]:
    """Rules along one line as one: tables draw the side of each cell by itself."""
    ordered = sorted(rules, key=lambda rule: rule.at)
    joined: list[Rule] = []
    group: list[Rule] = []
    for rule in ordered:
        if group and rule.at - group[0].at > near:
            joined += _along(group, near)
            group = []
        group.append(rule)
    return [*joined, *_along(group, near)]


def _along(group: Sequence[Rule], near: float) -> Iterator[Rule]:
    if not group:
        return
    at = sum(rule.at for rule in group) / len(group)
    ordered = sorted(group, key=lambda rule: rule.start)
    start, end = ordered[0].start, ordered[0].end
    for rule in ordered[1:]:
        if rule.start > end + near:
            yield Rule(at, start, end)
            start, end = rule.start, rule.end
        end = max(end, rule.end)
    yield Rule(at, start, end)


def _meeting(levels: Sequence[Rule], uprights: Sequence[Rule], near: float) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Rules that touch one another, directly or through others."""
    h = np.array([(rule.at, rule.start - near, rule.end + near) for rule in levels])
    v = np.array([(rule.at, rule.start - near, rule.end + near) for rule in uprights])
    touch = (h[:, 1, None] <= v[None, :, 0]) & (v[None, :, 0] <= h[:, 2, None])
    touch &= (v[None, :, 1] <= h[:, 0, None]) & (h[:, 0, None] <= v[None, :, 2])
    left = set(range(len(levels)))
    while left:
        columns: set[int] = set()
        rows = {left.pop()}
        todo = [next(iter(rows))]
        while todo:
            fresh = set(np.flatnonzero(touch[todo].any(axis=0)).tolist()) - columns
            columns |= fresh
            reached = np.flatnonzero(touch[:, sorted(fresh)].any(axis=1)).tolist() if fresh else []
            todo = [row for row in reached if row in left]
            left -= set(todo)
            rows |= set(todo)
        if columns:
            yield [levels[row] for row in sorted(rows)], [uprights[column] for column in sorted(columns)]


def _grid(levels: Sequence[Rule], uprights: Sequence[Rule], near: float) -> RuledGrid | None:
    xs = _places([rule.at for rule in uprights], [end for rule in levels for end in (rule.start, rule.end)], near)
    ys = _places([rule.at for rule in levels], [end for rule in uprights for end in (rule.start, rule.end)], near)
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > _MOST_SLOTS:
        return None
    beside = _walls(uprights, xs, ys, near)  # beside[c, r]: a rule at xs[c] along row r
    above = _walls(levels, ys, xs, near)
    keep_x = [at for at in range(len(xs)) if at in (0, len(xs) - 1) or beside[at].any()]
    keep_y = [at for at in range(len(ys)) if at in (0, len(ys) - 1) or above[at].any()]
    xs, ys = [xs[at] for at in keep_x], [ys[at] for at in keep_y]
    beside, above = _walls(uprights, xs, ys, near), _walls(levels, ys, xs, near)
    slots = tuple(sorted(_slots(beside, above), key=lambda slot: (slot.row, slot.column)))
    return RuledGrid(tuple(xs), tuple(ys), slots) if len(slots) > 1 else None


def _places(rules: Sequence[float], ends: Sequence[float], near: float) -> list[float]:
    """Where rules stand, and the outer ends of those that cross them: some tables have no rule at their sides."""
    places: list[list[float]] = []
    for at in sorted(rules):
        if places and at - places[-1][0] <= near:
            places[-1].append(at)
        else:
            places.append([at])
    found = [sum(each) / len(each) for each in places]
    if min(ends) < found[0] - 2 * near:
        found.insert(0, min(ends))
    if max(ends) > found[-1] + 2 * near:
        found.append(max(ends))
    return found


def _walls(rules: Sequence[Rule], across: Sequence[float], along: Sequence[float], near: float) -> Walls:
    """Which stretches between the places `along` a rule at each of the places `across` runs along."""
    places, starts, ends = np.array(across), np.array(along[:-1]), np.array(along[1:])
    walls = np.zeros((len(across), len(along) - 1), dtype=np.bool_)
    for rule in rules:
        place = int(np.abs(places - rule.at).argmin())
        if abs(places[place] - rule.at) <= near:
            covered = np.minimum(ends, rule.end) - np.maximum(starts, rule.start)
            walls[place] |= covered >= _COVERED * (ends - starts)
    return walls


def _slots(beside: Walls, above: Walls) -> Iterator[Slot]:
    height, width = above.shape[0] - 1, beside.shape[0] - 1
    seen = np.zeros((height, width), dtype=np.bool_)
    for row in range(height):
        for column in range(width):
            if not seen[row, column]:
                yield from _rectangles(_open(row, column, (beside, above), seen))


def _open(
    row: int,
    column: int,
    walls: tuple[Walls, Walls],
    seen: Walls,
) -> set[tuple[int, int]]:
    """All that can be reached from a place without crossing a rule."""
    beside, above = walls
    height, width = seen.shape
    region, todo = {(row, column)}, [(row, column)]
    seen[row, column] = True
    while todo:
        r, c = todo.pop()
        ways = (
            (r, c - 1, not beside[c, r]),
            (r, c + 1, not beside[c + 1, r]),
            (r - 1, c, not above[r, c]),
            (r + 1, c, not above[r + 1, c]),
        )
        for to_row, to_column, free in ways:
            if free and 0 <= to_row < height and 0 <= to_column < width and not seen[to_row, to_column]:
                seen[to_row, to_column] = True
                region.add((to_row, to_column))
                todo.append((to_row, to_column))
    return region


def _rectangles(region: set[tuple[int, int]]) -> Iterator[Slot]:
    """A region as rectangles: one, but where a rule is missing."""
    runs: dict[tuple[int, int], list[int]] = {}
    by_row: dict[int, list[int]] = {}
    for row, column in sorted(region):
        by_row.setdefault(row, []).append(column)
    for row, columns in by_row.items():
        for first, last in _runs(columns):
            rows = runs.setdefault((first, last), [])
            if rows and rows[-1] != row - 1:
                yield Slot(rows[0], first, len(rows), last - first + 1)
                rows.clear()
            rows.append(row)
    for (first, last), rows in runs.items():
        yield Slot(rows[0], first, len(rows), last - first + 1)


def _runs(columns: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = None
    for at, column in enumerate(columns):
        start = column if start is None else start
        if at + 1 == len(columns) or columns[at + 1] != column + 1:
            yield start, column
            start = None


def _inside(box: Box, other: RuledGrid) -> bool:
    """Whether a table stands in a cell of another: then it is part of that cell's text."""
    outer = other.box
    return outer[0] < box[0] and outer[1] < box[1] and box[2] < outer[2] and box[3] < outer[3]
