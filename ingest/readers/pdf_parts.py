"""One page of a PDF as its parts: tables, rows of lines outside them, and notes at its foot."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from ingest.readers.lines import Line, around
from ingest.readers.page_tables import PageTable, page_table
from ingest.readers.pdf_checks import check_letters, clean_unknown
from ingest.readers.pdf_glyphs import read_lines, read_sideways, seen_glyphs
from ingest.readers.pdf_pages import Drawn, Glyph
from ingest.readers.reading import Box
from ingest.readers.ruled_grids import Rule, RuledGrid, find_grids
from ingest.readers.unruled_grids import find_unruled

_SEPARATOR = (60.0, 230.0)  # points: how long the rule over footnotes is
_LAST_RULES = 20  # one of which may be over footnotes
_RAISED = 0.2  # of the size


@dataclass(slots=True)
class PageParts:
    """What a page holds; rows of lines are outside tables, from the top, apart where wide gaps are."""

    number: int
    size: tuple[float, float]
    turned: int
    rows: list[list[Line]] = field(default_factory=list)
    tables: list[PageTable] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    margins: list[Line] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        """All lines, those in tables and notes too."""
        inside = [line for table in self.tables for cell in table.cells for line in cell.lines]
        return [line for row in self.rows for line in row] + inside + self.notes + self.margins


def read_parts(drawn: Drawn) -> PageParts:
    """The parts of a page; raises Unreadable where its letters are not what it shows."""
    glyphs = seen_glyphs(drawn)
    level, upright = _rules(drawn.segments)
    grids = [grid for grid in find_grids(level, upright) if _has_text(grid, glyphs)]
    parts = PageParts(drawn.number, (drawn.width, drawn.height), drawn.turned)
    margin = [glyph for glyph in glyphs if glyph.artifact and not any(_holds(grid.box, glyph) for grid in grids)]
    parts.margins = [line for row in read_lines(margin) for line in row]
    taken, sideways = set(map(id, margin)), read_sideways(drawn) if grids else []
    for grid in grids:
        slots = _by_slot(grid, [glyph for glyph in glyphs if _holds(grid.box, glyph)])
        lines = [[line for row in read_lines(own) for line in row] for own in slots]
        _fill_sideways(grid, lines, sideways)
        parts.tables.append(page_table(drawn.number, grid, lines))
        taken |= {id(glyph) for own in slots for glyph in own}
    rest = [glyph for glyph in glyphs if id(glyph) not in taken]
    foot = _note_top(level, rest, grids)
    body = [glyph for glyph in rest if glyph.base <= foot]
    notes = [glyph for glyph in rest if glyph.base > foot]
    body = _without_references(body) if notes else body
    parts.rows = read_lines(body, apart=True)
    for unruled in find_unruled(parts.rows, body):
        inside = [glyph for glyph in body if _holds(unruled.box, glyph)]
        lines = [[line for row in read_lines(own) for line in row] for own in _by_slot(unruled, inside)]
        parts.tables.append(page_table(drawn.number, unruled, lines))
        body = [glyph for glyph in body if not _holds(unruled.box, glyph)]
    parts.rows = read_lines(body, apart=True)
    parts.notes = [line for row in read_lines(notes) for line in row]
    check_letters(drawn.number, parts.lines)
    _clean(parts)
    return parts


def _fill_sideways(grid: RuledGrid, lines: Sequence[list[Line]], sideways: Sequence[Line]) -> None:
    """Give cells that hold nothing else the lines that run another way in them, as one."""
    for slot, own in zip(grid.slots, lines, strict=True):
        left, top, right, bottom = grid.box_of(slot) if not own else (0.0, 0.0, 0.0, 0.0)
        inside = [
            line
            for line in sideways
            if left < (line.box[0] + line.box[2]) / 2 < right and top < (line.box[1] + line.box[3]) / 2 < bottom
        ]
        if inside:
            text = " ".join(line.text for line in inside)
            own.append(Line(text, around([line.box for line in inside]), inside[0].size, inside[0].first_width))


def _clean(parts: PageParts) -> None:
    """Take out the few signs that no font names."""
    parts.rows = [_cleaned(row) for row in parts.rows]
    parts.notes = _cleaned(parts.notes)
    for table in parts.tables:
        for cell in table.cells:
            cell.lines = _cleaned(cell.lines)


def _cleaned(lines: Sequence[Line]) -> list[Line]:
    return [replace(line, text=clean_unknown(line.text)) if not line.doubts else line for line in lines]


def _rules(segments: Sequence[Box]) -> tuple[list[Rule], list[Rule]]:
    level, upright = [], []
    for left, top, right, bottom in segments:
        if right - left >= bottom - top:
            level.append(Rule((top + bottom) / 2, left, right))
        if bottom - top >= right - left:
            upright.append(Rule((left + right) / 2, top, bottom))
    return level, upright


def _holds(box: Box, glyph: Glyph) -> bool:
    x, y = (glyph.left + glyph.right) / 2, glyph.base - 0.25 * glyph.size
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _has_text(grid: RuledGrid, glyphs: Sequence[Glyph]) -> bool:
    """Whether a grid is a table: two of its cells hold text."""
    slots = _by_slot(grid, [glyph for glyph in glyphs if glyph.text.strip() and _holds(grid.box, glyph)])
    return sum(bool(own) for own in slots) > 1


def _by_slot(grid: RuledGrid, glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The letters of each cell of a table."""
    at: dict[tuple[int, int], int] = {}
    for index, slot in enumerate(grid.slots):
        for row in range(slot.row, slot.row + slot.rows):
            for column in range(slot.column, slot.column + slot.columns):
                at[row, column] = index
    found: list[list[Glyph]] = [[] for _ in grid.slots]
    for glyph in glyphs:
        x, y = (glyph.left + glyph.right) / 2, glyph.base - 0.25 * glyph.size
        row = min(max(bisect_right(grid.ys, y) - 1, 0), len(grid.ys) - 2)
        column = min(max(bisect_right(grid.xs, x) - 1, 0), len(grid.xs) - 2)
        if (row, column) in at:
            found[at[row, column]].append(glyph)
    return found


def _note_top(level: Sequence[Rule], glyphs: Sequence[Glyph], grids: Sequence[RuledGrid]) -> float:
    """Where footnotes begin: under a short rule at the left with nothing but small letters below it."""
    shown = [glyph for glyph in glyphs if glyph.text.strip()]
    if not shown:
        return float("inf")
    usual, left = median(glyph.size for glyph in shown), min(glyph.left for glyph in shown)
    lowest = max((grid.box[3] for grid in grids), default=0.0)
    short = [rule for rule in level if _SEPARATOR[0] < rule.end - rule.start < _SEPARATOR[1] and rule.at >= lowest]
    for rule in sorted(short, key=lambda each: each.at)[-_LAST_RULES:]:
        if abs(rule.start - left) > 40:
            continue
        below = [glyph.size for glyph in shown if glyph.base > rule.at]
        if below and len(below) * 2 < len(shown) and max(below) < 0.93 * usual:
            return rule.at
    return float("inf")


def _without_references(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Letters without the raised numbers that lead to footnotes: "57-NQ/TW¹" names no document 571."""
    kept: list[Glyph] = []
    big: Glyph | None = None
    for glyph in glyphs:
        if big and glyph.text.isdigit() and glyph.size < 0.8 * big.size:
            step = big.base - glyph.base
            if _RAISED * big.size < step < big.size:
                continue
        if glyph.text.strip():
            big = glyph
        kept.append(glyph)
    return kept
