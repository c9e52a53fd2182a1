"""Tables of a file that draws them: the grid says which cell stands where, and which cell covers several rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.grid import Cell, Row, Table, is_head_again
from ingest.heads import columns_of, task_column_of
from ingest.readers.layout import LaidCell, LaidGrid
from ingest.source import SourceText

_MOST_ABOVE = 3  # rows over the head that may hold a caption or the unit: "Đơn vị tính: triệu đồng"


def read_grid_tables(source: SourceText) -> tuple[Table, ...]:
    """Every drawn table with a head; one without is the rest of the table right before it."""
    tables: list[Table] = []
    for grid in source.grids:
        found = _read_grid(source, grid)
        if found:
            tables.append(found)
        elif tables and (longer := _go_on(source, tables[-1], grid)):
            tables[-1] = longer
    return tuple(tables)


def _read_grid(source: SourceText, grid: LaidGrid) -> Table | None:
    rows = _expand(source, grid)
    for at in range(min(_MOST_ABOVE + 1, len(rows))):
        body = at + _head_height(source, grid, at)
        above = [cell for cell in grid.cells if at <= cell.row < body]
        heads = tuple(_head(source, above, column) for column in range(grid.width))
        columns = columns_of(heads)
        if columns is not None:
            printed = [heads, *([cell.text for cell in row] for row in rows[at:body])]
            below = tuple(_rows(rows[body:], printed, columns))
            if not below and "number" not in columns:
                return None  # a letterhead
            return Table(columns, heads, below, grid.start, grid.end, exact=True)
    return None


def _head_height(source: SourceText, grid: LaidGrid, at: int) -> int:
    """Over how many rows a head stands: as many as its tallest cell covers, and the row under a cell that spans."""
    own = [cell for cell in grid.cells if cell.row == at]
    tallest = max((cell.rows for cell in own), default=1)
    if tallest > 1 or at + 1 >= grid.height:
        return tallest
    spanned = {column for cell in own if cell.columns > 1 for column in range(cell.column, cell.column + cell.columns)}
    below = {cell.column: source.text[cell.start : cell.end] for cell in grid.cells if cell.row == at + 1}
    parts = {column for column, text in below.items() if text}
    return 2 if len(spanned) < grid.width and len(parts) > 1 and parts <= spanned else 1


def _head(source: SourceText, above: Sequence[LaidCell], column: int) -> str:
    """What stands over a column: the part where it is a head by itself, else behind what it is a part of."""
    over = [cell for cell in above if cell.column <= column < cell.column + cell.columns]
    texts = [text for cell in sorted(over, key=lambda cell: cell.row) if (text := source.text[cell.start : cell.end])]
    if len(texts) > 1 and task_column_of(texts[-1]):
        return texts[-1]
    return " ".join(texts)


def _rows(rows: Sequence[Sequence[Cell]], printed: Sequence[Sequence[str]], columns: tuple[str, ...]) -> Iterator[Row]:
    for cells in rows:
        own = [cell for cell in cells if not cell.merged and cell.text]
        if not own:
            continue
        row = Row(tuple(cells), min(cell.start for cell in own), max(cell.end for cell in own))
        if not is_head_again(row, printed, columns):
            yield row


def _expand(source: SourceText, grid: LaidGrid) -> list[list[Cell]]:
    """The rows, one cell for each column: a cell that covers several rows stands in each of them, marked as merged."""
    blank = Cell(grid.start, grid.start, "", blank=True)
    rows = [[blank] * grid.width for _ in range(grid.height)]
    for each in grid.cells:
        text = source.text[each.start : each.end]
        for row in range(each.row, min(each.row + each.rows, grid.height)):
            cell = Cell(each.start, each.end, text, blank=not text, merged=row > each.row)
            for column in range(each.column, min(each.column + each.columns, grid.width)):
                rows[row][column] = cell if column == each.column else replace(cell, text="", blank=True)
    return rows


def _go_on(source: SourceText, table: Table, grid: LaidGrid) -> Table | None:
    """The table with the rows of a grid that stands right behind it and is as wide."""
    between = source.text[table.end : grid.start]
    if between.strip() or grid.width != len(table.columns):
        return None
    more = tuple(_rows(_expand(source, grid), [table.heads], table.columns))
    return replace(table, rows=(*table.rows, *more), end=grid.end)
