"""Tables of pages (PDF, scan) as tables of the document: put together where a page ends inside one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from ingest.readers.lines import Line, ends_sentence, goes_on, has_mark, join_paragraphs, split_paragraphs, would_fit
from ingest.readers.reading import Box, Grid, GridCell, Place
from ingest.readers.ruled_grids import RuledGrid, Slot

_SAME = 4.0  # points by which the sides of one table may differ from page to page
_PADDING = 5.4  # from a rule to the text, as offices set it, where no cell tells
_SERIAL = re.compile(r"(?:[IVXLC]+|\d{1,3}(?:\.\d{1,3}){0,3}|[a-zđA-Z])[.)]?")
_FIGURES = re.compile(r"\d+")
_HEAD_ROWS = 4  # rows that a page may repeat
_ALIKE = 0.85  # how much of a head's letters must be read the same on two pages of a scan
_TELLING = 12  # letters of a head that tell it from rows
_NEXT_LINE = 1.5  # of the size: what the next line of a cell takes
_JUDGED = 1500  # cells that tell what a column holds: all would make long tables slow
_SHORT = 2.5  # lines of room below a table: then its last row was not cut


@dataclass(slots=True)
class PageCell:
    """A cell on a page and the lines in it; once tables are put together, on the page where it begins."""

    slot: Slot
    page: int
    box: Box
    lines: list[Line]
    ends: tuple[float, float]  # bottom of the cell, and of its last line, where it ends

    @property
    def text(self) -> str:
        """Its words in one line."""
        return " ".join(line.text for line in self.lines)


@dataclass(slots=True)
class PageTable:
    """A table, or what one page shows of it."""

    page: int
    xs: tuple[float, ...]
    height: int
    cells: list[PageCell]
    box: Box
    tail: dict[int, PageCell] = field(default_factory=dict)  # by column, the cells that reach its bottom
    room: float = 0.0  # from its bottom to the lowest place that a table reaches on such pages


def page_table(page: int, ruled: RuledGrid, lines: Sequence[Sequence[Line]]) -> PageTable:
    """What a page shows of a table: `lines` are those of each of its slots."""
    cells = []
    for slot, own in zip(ruled.slots, lines, strict=True):
        box = ruled.box_of(slot)
        cells.append(PageCell(slot, page, box, list(own), (box[3], own[-1].box[3] if own else box[1])))
    return PageTable(page, ruled.xs, len(ruled.ys) - 1, cells, ruled.box)


def is_next_part(table: PageTable, part: PageTable) -> bool:
    """Whether a table at the top of a page goes on with the one at the end of the page before."""
    sides = ((table.xs[0], part.xs[0]), (table.xs[-1], part.xs[-1]))
    if any(abs(one - other) > _SAME for one, other in sides):
        return False
    few, many = sorted((table.xs, part.xs), key=len)
    return all(min(abs(x - each) for each in many) <= _SAME for x in few)


def join_parts(table: PageTable, part: PageTable) -> PageTable:
    """A table with what the next page shows of it: a head shown again left out, a row cut by the page whole again."""
    table, part = _share_columns(table, part)
    part = _without_head(table, part)
    if not part.cells:
        return table
    last, first = table.tail or _standing_in(table, table.height - 1), _standing_in(part, 0)
    padding = _padding(table.cells[-_JUDGED:])
    same = {
        column: below
        for column, below in first.items()
        if column in last and last[column].slot.columns == below.slot.columns and last[column].slot.column == column
    }
    cut = len(same) == len(first) == len(last) and _is_cut(table, part, last, padding)
    merged = set(same) if cut else {each for each in same if _runs_on(table, last[each], same[each], padding)}
    merged -= set() if cut else _begin_blank(first)
    down = table.height - 1 if cut else table.height
    tail: dict[int, PageCell] = {}
    for cell in part.cells:
        above = last[cell.slot.column] if cell.slot.row == 0 and cell.slot.column in merged else None
        ends_here = cell.slot.row + cell.slot.rows == part.height
        if ends_here:
            tail[cell.slot.column] = above or cell
        if above is None:
            cell.slot = replace(cell.slot, row=cell.slot.row + down)
            table.cells.append(cell)
            continue
        above.slot = replace(above.slot, rows=down + cell.slot.rows - above.slot.row)
        above.lines = above.lines + cell.lines
        above.ends = cell.ends if cell.lines else (cell.ends[0], above.ends[1])
    table.height, table.room, table.tail = down + part.height, part.room, tail
    return table


def write_grid(table: PageTable, block: str) -> Grid:
    """A table as the later steps see it."""
    padding = _padding(table.cells)
    cells = []
    for cell in sorted(table.cells, key=lambda each: (each.slot.row, each.slot.column)):
        left, right = cell.box[0] + padding, cell.box[2] - padding
        said = join_paragraphs(split_paragraphs(cell.lines, left, right)) if cell.lines else None
        slot = cell.slot
        place = Place(f"{block}/row[{slot.row + 1}]/cell[{slot.column + 1}]", cell.page, cell.box)
        text, doubts = (said.text, said.doubts) if said else ("", ())
        cells.append(GridCell(slot.row, slot.column, text, place, slot.rows, slot.columns, doubts))
    return Grid(table.height, len(table.xs) - 1, tuple(cells), Place(block, table.page, table.box))


def _share_columns(table: PageTable, part: PageTable) -> tuple[PageTable, PageTable]:
    """Both with the columns of the one that has more: a page of wide rows alone shows few of them."""
    if len(table.xs) == len(part.xs):
        return table, part
    if len(table.xs) > len(part.xs):
        return table, _on_columns(part, table.xs)
    return _on_columns(table, part.xs), part


def _on_columns(table: PageTable, xs: tuple[float, ...]) -> PageTable:
    at = [min(range(len(xs)), key=lambda place: abs(xs[place] - x)) for x in table.xs]
    cells = []
    for cell in table.cells:
        slot = cell.slot
        first, last = at[slot.column], at[slot.column + slot.columns]
        cells.append(replace(cell, slot=replace(slot, column=first, columns=last - first)))
    return replace(table, xs=xs, cells=cells, tail={})


def _without_head(table: PageTable, part: PageTable) -> PageTable:
    """A part without the rows at its top that repeat the first ones of the table."""
    again = 0
    while again < min(_HEAD_ROWS, table.height, part.height) and _same_row(table, part, again):
        again += 1
    while again and any(cell.slot.row < again < cell.slot.row + cell.slot.rows for cell in part.cells):
        again -= 1  # never cut a cell
    if not again:
        return part
    cells = [replace(cell, slot=replace(cell.slot, row=cell.slot.row - again)) for cell in part.cells]
    return replace(part, cells=[cell for cell in cells if cell.slot.row >= 0], height=part.height - again)


def _same_row(table: PageTable, part: PageTable, row: int) -> bool:
    one, other = _shown(table, row), _shown(part, row)
    if one == other or row:
        return one == other and any(text for _, _, text in one)
    if [each[:2] for each in one] != [each[:2] for each in other]:
        return False
    mine, theirs = (" ".join(text for _, _, text in each) for each in (one, other))
    if _FIGURES.findall(mine) != _FIGURES.findall(theirs):
        return False  # rows that are alike but for their numbers are no head
    return len(mine) > _TELLING and SequenceMatcher(None, mine, theirs, autojunk=False).ratio() >= _ALIKE


def _shown(table: PageTable, row: int) -> list[tuple[int, int, str]]:
    own = [cell for cell in table.cells[:_JUDGED] if cell.slot.row == row]
    return sorted((cell.slot.column, cell.slot.columns, cell.text.casefold()) for cell in own)


def _standing_in(table: PageTable, row: int) -> dict[int, PageCell]:
    cells = [cell for cell in table.cells if cell.slot.row <= row < cell.slot.row + cell.slot.rows]
    return {cell.slot.column: cell for cell in cells}


def _is_cut(table: PageTable, part: PageTable, last: dict[int, PageCell], padding: float) -> bool:
    """Whether the first row of a part is the rest of the last one above."""
    first = _standing_in(part, 0)
    filled = {column for column, cell in first.items() if cell.lines}
    if not filled or table.room > _SHORT * max(line.size for column in filled for line in first[column].lines):
        return not filled and part.height == 1
    serial = _serial_column(table)
    if serial in filled and _SERIAL.fullmatch(first[serial].text) and last[serial].lines:
        return False
    pairs = [(last[column], first[column]) for column in filled]
    sure = [pair for pair in pairs if pair[0].lines and _continues(*pair, padding)]
    if serial is not None and serial not in filled and last[serial].slot.rows == 1 and last[serial].lines:
        return bool(sure) or not _merges(table, serial)
    return bool(sure) and all(pair in sure or pair[0].slot.rows == 1 for pair in pairs)


def _runs_on(table: PageTable, above: PageCell, below: PageCell, padding: float) -> bool:
    """Whether a merged cell runs on over the end of a page beside rows that end there."""
    if below.lines:  # next to a row that ends, only a word in the middle of a sentence tells
        return bool(above.lines) and below.lines[0].text[:1].islower() and _continues(above, below, padding)
    if not above.lines:
        return above.slot.rows > 1 and below.slot.rows > 1
    return above.slot.rows > 1 or below.slot.rows > 1 or _merges(table, above.slot.column)


def _begin_blank(first: dict[int, PageCell]) -> set[int]:
    """Blank cells of a first row that begin with their neighbours: most that are as tall hold text of their own."""
    tall = [cell for cell in first.values() if cell.slot.rows > 1]
    filled = [cell.slot.rows for cell in tall if cell.lines]
    return {cell.slot.column for cell in tall if not cell.lines and 2 * filled.count(cell.slot.rows) > len(tall)}


def _continues(above: PageCell, below: PageCell, padding: float) -> bool:
    """Whether the text of one cell goes on in the other: in the middle of a sentence."""
    before, after = above.lines[-1], below.lines[0]
    if above.ends[0] - above.ends[1] > _NEXT_LINE * before.size:
        return False  # there was room for another line
    if has_mark(after):
        return False
    if after.text[:1].islower():
        return True
    left, right = below.box[0] + padding, below.box[2] - padding
    if ends_sentence(before):
        return False
    full = not would_fit(before, after, left, right)
    return full and goes_on(before, after, left, right) and before.width > 0.5 * (right - left)


def _serial_column(table: PageTable) -> int | None:
    """The column that counts the rows, if the first one does."""
    own = [cell for cell in table.cells[-_JUDGED:] if cell.slot.column == 0 and cell.slot.columns == 1 and cell.lines]
    counting = sum(_SERIAL.fullmatch(cell.text) is not None for cell in own)
    return 0 if own and counting * 2 > len(own) else None


def _merges(table: PageTable, column: int) -> bool:
    """Whether a column rather holds cells that cover several rows than empty ones, below the head."""
    own = [cell for cell in table.cells[-_JUDGED:] if cell.slot.column == column and cell.slot.row]
    return sum(cell.slot.rows > 1 for cell in own) > sum(not cell.lines for cell in own)


def _padding(cells: Sequence[PageCell]) -> float:
    """From the rules to the text; a few lines may hang over."""
    found = sorted(line.box[0] - cell.box[0] for cell in cells for line in cell.lines)
    return min(max(found[len(found) // 20], 0.5), 8.0) if found else _PADDING
