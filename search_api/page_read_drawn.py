"""Tables as a file draws them, with their merged cells: Word, PDF, HTML and workbooks say where each cell stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.grid import Table
from ingest.lines import drop_emphasis
from ingest.readers.layout import LaidCell, LaidGrid
from ingest.source import SourceText
from search_api.page_read_grid import Place

_LEAST = 2  # rows and columns of a table; what has less frames a text
_LETTERHEAD = (3, 2)  # rows and columns, at most, of what stands at the head and at the foot of a letter


@dataclass(frozen=True, slots=True)
class HeadCell:
    """One cell of a head, and over how many columns and rows it runs."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Drawn:
    """What stands over the rows of a table on every page: its head, row by row; how many columns it has."""

    head: tuple[tuple[HeadCell, ...], ...]
    width: int


class _Rows:
    """The rows of one drawn table."""

    def __init__(self, grid: LaidGrid) -> None:
        self.grid = grid
        self._covering: list[list[LaidCell]] = [[] for _ in range(grid.height)]
        for each in grid.cells:
            for at in range(each.row, min(each.row + each.rows, grid.height)):
                self._covering[at].append(each)
        self._starts = {each.start: each.row for each in grid.cells if each.end > each.start}

    def own(self, at: int) -> list[LaidCell]:
        """The cells that begin in a row, from the left."""
        return [each for each in self._covering[at] if each.row == at]

    def row_at(self, start: int) -> int:
        """The row of which the first words begin at an offset."""
        return self._starts.get(start, 0)

    def places(self, at: int) -> tuple[Place, ...]:
        """The cells that cover a row, from the left, with nothing where none does."""
        places, column = list[Place](), 0
        for each in sorted(self._covering[at], key=lambda cell: cell.column):
            places += [Place(0, 0)] * (each.column - column)
            places.append(Place(each.start, each.end, each.columns, is_above=each.row < at))
            column = each.column + each.columns
        return (*places, *[Place(0, 0)] * (self.grid.width - column))


def draw_head(source: SourceText, table: Table) -> Drawn:
    """The head of a table as the file draws it; of plain text its one row of names."""
    grid = _grid_at(source, table.start)
    if grid is None:
        return Drawn((tuple(HeadCell(drop_emphasis(head)) for head in table.heads),), len(table.heads))
    rows = _Rows(grid)
    body = rows.row_at(table.rows[0].start) if table.rows else grid.height
    head = (
        tuple(
            HeadCell(source.text[each.start : each.end], each.columns, min(each.rows, body - at))
            for each in rows.own(at)
        )
        for at in range(body)
    )
    return Drawn(tuple(row for row in head if any(each.text for each in row)), grid.width)


def draw_rows(source: SourceText, table: Table) -> list[tuple[Place, ...]] | None:
    """The places of each row of a table that the file draws; None of plain text."""
    drawn: dict[int, _Rows] = {}  # a table may go on in the next grid
    found = []
    for row in table.rows:
        grid = _grid_at(source, row.start)
        if grid is None:
            return None
        rows = drawn.setdefault(grid.start, drawn.get(grid.start) or _Rows(grid))
        found.append(rows.places(rows.row_at(row.start)))
    return found


def find_bare_grids(source: SourceText, tables: Sequence[Table]) -> Iterator[LaidGrid]:
    """Drawn tables without a head that says what they hold: statistics, forms."""
    for grid in source.grids:
        is_small = grid.height <= _LETTERHEAD[0] and grid.width <= _LETTERHEAD[1]
        is_read = any(table.start <= grid.start < table.end for table in tables)
        if grid.height >= _LEAST and grid.width >= _LEAST and not is_small and not is_read:
            yield grid


def draw_grid(source: SourceText, grid: LaidGrid) -> Iterator[tuple[int, int, tuple[Place, ...]]]:
    """The rows of a drawn table that have words of their own: where each begins and ends, and its places."""
    rows = _Rows(grid)
    for at in range(grid.height):
        own = [each for each in rows.own(at) if source.text[each.start : each.end].strip()]
        if own:
            yield min(each.start for each in own), max(each.end for each in own), rows.places(at)


def _grid_at(source: SourceText, offset: int) -> LaidGrid | None:
    at = bisect_right(source.grids, offset, key=lambda each: each.start) - 1
    return source.grids[at] if at >= 0 and offset <= source.grids[at].end else None
