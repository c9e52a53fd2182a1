"""Tables without rules: columns made by white space under heads that name them ("TT | Nhiệm vụ | Cơ quan chủ trì").

Only plain ones: no letter stands between two columns from the head to the last row, and a number begins every row.
Whatever is not plain stays text.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.heads import columns_of
from ingest.readers.lines import Line
from ingest.readers.pdf_pages import Glyph
from ingest.readers.reading import Box
from ingest.readers.ruled_grids import RuledGrid, Slot

_LEAST = 0.6  # of the size: white between two columns; between words is less
_HEAD_LINES = 3  # on which a head may stand
_LEAST_ROWS = 2  # below the head
_SERIAL = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVXLC]+|[A-Zđa-z])[.)]{0,2}")
_LABEL = re.compile(rf"{_SERIAL.pattern}(?=\s|$)")
_MARGIN = 3.0  # points around what is printed

Gap = tuple[float, float]  # white between two columns, from and to


@dataclass(frozen=True, slots=True)
class _Printed:
    """One line of a page: its height and the letters on it."""

    top: float
    bottom: float
    lines: Sequence[Line]
    glyphs: Sequence[Glyph]


def find_unruled(rows: Sequence[Sequence[Line]], glyphs: Sequence[Glyph]) -> list[RuledGrid]:
    """The plain tables without rules among the lines of a page, from the top."""
    found: list[RuledGrid] = []
    printed: list[_Printed] = []
    at = 0
    while at < len(rows):
        height = next((each for each in range(_HEAD_LINES, 0, -1) if _head_gaps(rows[at : at + each])), 0)
        if not height:
            at += 1
            continue
        printed = printed or _printed(rows, glyphs)
        grid, at = _read_table(printed, at, at + height)
        found += [grid] if grid else []
    return found


def _read_table(printed: Sequence[_Printed], top: int, body: int) -> tuple[RuledGrid | None, int]:
    """The table whose head stands on the lines from `top` to `body`, and the line behind it."""
    gaps = _head_gaps([each.lines for each in printed[top:body]])
    starts: list[tuple[int, bool]] = []  # the line that a row begins with, and whether it runs over all columns
    end = body
    while end < len(printed):
        narrower = _narrow(gaps, printed[end])
        over = narrower is None
        if over and not (_LABEL.match(printed[end].lines[0].text) and _goes_on(gaps, printed, end)):
            break
        gaps = narrower or gaps
        if over or _SERIAL.fullmatch(_in_first(printed[end], gaps)):
            starts.append((end, over))
        elif not starts or starts[-1][1]:
            break  # its number stands lower: not plain
        end += 1
    if sum(not over for _, over in starts) < _LEAST_ROWS:
        return None, body
    return _grid(printed[top:end], gaps, [(at - top, over) for at, over in starts]), end


def _grid(printed: Sequence[_Printed], gaps: Sequence[Gap], starts: Sequence[tuple[int, bool]]) -> RuledGrid:
    """Cells by the middle of the white between columns, and between rows."""
    left, right = (
        min(each.lines[0].box[0] for each in printed) - _MARGIN,
        max(each.lines[-1].box[2] for each in printed) + _MARGIN,
    )
    xs = (left, *((low + high) / 2 for low, high in gaps), right)
    ys = (
        printed[0].top - _MARGIN,
        *((printed[place - 1].bottom + printed[place].top) / 2 for place, _ in starts),
        printed[-1].bottom + _MARGIN,
    )
    slots = [Slot(0, column, 1, 1) for column in range(len(xs) - 1)]
    for row, (_, over) in enumerate(starts, start=1):
        last = 2 if over else len(xs) - 1
        slots += [Slot(row, column, 1, 1) for column in range(last)]
        if over:
            slots[-1] = Slot(row, 1, 1, len(xs) - 2)
    return RuledGrid(xs, ys, tuple(slots))


def _head_gaps(head: Sequence[Sequence[Line]]) -> list[Gap]:
    """The white between the columns of a head; none where lines are no head of a table with a number."""
    columns: list[tuple[float, float, str]] = []
    for line in sorted((line for row in head for line in row), key=lambda each: (each.box[0], each.box[1])):
        if columns and line.box[0] < columns[-1][1]:
            low, high, _ = columns[-1]
            columns[-1] = (low, max(high, line.box[2]), "")
        else:
            columns.append((line.box[0], line.box[2], ""))
    texts = [" ".join(_inside(head, low, high)) for low, high, _ in columns]
    meant = columns_of(texts) if len(texts) > 2 else None
    if meant is None or meant[0] != "number":
        return []
    return [(left[1], right[0]) for left, right in itertools.pairwise(columns)]


def _inside(rows: Sequence[Sequence[Line]], low: float, high: float) -> Iterator[str]:
    for row in rows:
        yield from (line.text for line in row if low <= line.box[0] <= high)


def _printed(rows: Sequence[Sequence[Line]], glyphs: Sequence[Glyph]) -> list[_Printed]:
    boxes: list[Box] = [(0.0, min(each.box[1] for each in row), 0.0, max(each.box[3] for each in row)) for row in rows]
    shown = sorted((each for each in glyphs if each.text.strip()), key=lambda each: each.base)
    printed, at = [], 0
    for row, (_, top, _, bottom) in zip(rows, boxes, strict=True):
        own = []
        while at < len(shown) and shown[at].base <= bottom + 1:
            own += [shown[at]] if shown[at].base >= top else []
            at += 1
        printed.append(_Printed(top, bottom, row, own))
    return printed


def _narrow(gaps: Sequence[Gap], printed: _Printed) -> list[Gap] | None:
    """The white that a line leaves between columns; None where it writes over some."""
    left = []
    for low, high in gaps:
        free = sorted((max(low, g.left), min(high, g.right)) for g in printed.glyphs if g.right > low and g.left < high)
        edges = [low, *(x for pair in free for x in pair), high]
        widest = max(zip(edges[::2], edges[1::2], strict=True), key=lambda each: each[1] - each[0])
        if widest[1] - widest[0] < _LEAST * printed.lines[0].size:
            return None
        left.append(widest)
    return left


def _in_first(printed: _Printed, gaps: Sequence[Gap]) -> str:
    """What stands in the first column."""
    return "".join(each.text for each in sorted(printed.glyphs, key=lambda g: g.left) if each.right < gaps[0][1])


def _goes_on(gaps: Sequence[Gap], printed: Sequence[_Printed], place: int) -> bool:
    """Whether the table has a numbered row under a line that runs over its columns."""
    below = _narrow(gaps, printed[place + 1]) if place + 1 < len(printed) else None
    return below is not None and bool(_SERIAL.fullmatch(_in_first(printed[place + 1], below)))
