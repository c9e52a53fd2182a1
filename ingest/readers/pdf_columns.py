"""Lines that stand side by side without rules: a letterhead, a signature, columns; each side is read by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.lines import Line, around

Sides = tuple[float, float]
_LEAST_GUTTER = 0.5  # of the size
_WIDE_GUTTER = 2.5  # of the size: one row shows it


@dataclass(frozen=True, slots=True)
class Column:
    """Lines one under the other between two sides."""

    lines: list[Line]
    sides: Sides


def split_columns(rows: Sequence[Sequence[Line]], sides: Sides) -> list[Column]:
    """The columns of a stretch of a page in reading order: rows that run over the whole width end a pair of them."""
    columns: list[Column] = []
    plain: list[Line] = []
    at = 0
    while at < len(rows):
        end, gutter = _side_by_side(rows, at)
        if end == at:
            plain.append(_whole(rows[at]))
            at += 1
            continue
        if plain:
            columns.append(Column(plain, sides))
            plain = []
        for behind, between in ((False, (sides[0], gutter)), (True, (gutter, sides[1]))):
            part = [[line for line in row if (_middle(line) >= gutter) == behind] for row in rows[at:end]]
            columns += split_columns([row for row in part if row], between)
        at = end
    return [*columns, Column(plain, sides)] if plain else columns


def _side_by_side(rows: Sequence[Sequence[Line]], at: int) -> tuple[int, float]:
    """Where rows with one gutter end that begin at a row, and the middle of the gutter."""
    if len(rows[at]) < 2:
        return at, 0.0
    best = (at, 0.0)
    for left, right in zip(rows[at], rows[at][1:], strict=False):
        low, high = left.box[2], right.box[0]
        wide = high - low > _WIDE_GUTTER * left.size
        end, both, size = at, 0, left.size
        while end < len(rows):
            before = [line.box[2] for line in rows[end] if line.box[0] < (low + high) / 2]
            behind = [line.box[0] for line in rows[end] if line.box[0] >= (low + high) / 2]
            new = max([low, *before]), min([high, *behind])
            if new[1] - new[0] < _LEAST_GUTTER * size:
                break
            (low, high), end = new, end + 1
            both += bool(before and behind)
        if (both > 1 or (wide and end - at > 1)) and end > best[0]:
            best = (end, (low + high) / 2)
    return best


def _whole(row: Sequence[Line]) -> Line:
    """A row with gaps that are no columns as one line."""
    if len(row) == 1:
        return row[0]
    text, doubts = "", []
    for line in row:
        start = len(text) + bool(text)
        text = f"{text} {line.text}" if text else line.text
        doubts += [(start + first, start + last) for first, last in line.doubts]
    return Line(
        text, around([line.box for line in row]), row[0].size, row[0].first_width, tuple(doubts), row[-1].spaced
    )


def _middle(line: Line) -> float:
    return (line.box[0] + line.box[2]) / 2
