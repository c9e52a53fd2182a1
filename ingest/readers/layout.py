"""From a reading to the text that every later step sees, and where each paragraph and cell stands in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from ingest.readers.reading import Grid, GridCell, Place, Reading, Role

_LETTERHEAD_ROWS = 3  # a grid this low and two wide is a letterhead or a signature: its cells are read one by one
_LETTERHEAD_WIDTH = 2
_BETWEEN = " | "
_PORTAL_LINE = "- {}: {}"  # as a portal's box looks in a text that was copied from it
_KEPT = "\n\t\u200e\u200f"  # line ends, tabs, marks of direction


@dataclass(frozen=True, slots=True)
class LaidCell:
    """A cell of a grid with its offsets in the text."""

    row: int
    column: int
    rows: int
    columns: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LaidGrid:
    """A grid with its offsets in the text; cells by row, then column."""

    height: int
    width: int
    cells: tuple[LaidCell, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LaidPlace:
    """A stretch of the text and where it stands in the file."""

    start: int
    end: int
    place: Place


@dataclass(frozen=True, slots=True)
class Layout:
    """The text of a reading and what is known of its stretches, each tuple in the order of the text."""

    text: str
    grids: tuple[LaidGrid, ...] = ()
    places: tuple[LaidPlace, ...] = ()
    doubts: tuple[tuple[int, int], ...] = ()
    portal: int | None = None  # where the words of a web page around the document begin, to the end of the text
    notes: tuple[str, ...] = ()  # what to tell the user
    pages: int | None = None


@dataclass(slots=True)
class _Writer:
    parts: list[str] = field(default_factory=list)
    length: int = 0
    places: list[LaidPlace] = field(default_factory=list)
    doubts: list[tuple[int, int]] = field(default_factory=list)

    def write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def write_placed(self, text: str, place: Place, doubts: tuple[tuple[int, int], ...]) -> tuple[int, int]:
        start = self.length
        self.write(text)
        if text:
            self.places.append(LaidPlace(start, self.length, place))
        self.doubts += ((start + first, start + last) for first, last in doubts)
        return start, self.length


def lay_out(reading: Reading) -> Layout:
    """The text in NFC: margins and a portal left out, notes behind the block that they were read after.

    What a portal says of the document itself stands last.
    """
    writer, grids = _Writer(), []
    for block in reading.blocks:
        if isinstance(block, Grid):
            grids.append(_write_grid(writer, block))
        elif block.role in (Role.TEXT, Role.NOTE) and block.text.strip():
            text, doubts = _compose(block.text, block.doubts)
            writer.write_placed(text, block.place, doubts)
            writer.write("\n")
    portal = _write_portal(writer, reading)
    text, places, doubts = "".join(writer.parts), tuple(writer.places), tuple(writer.doubts)
    return Layout(text, tuple(grids), places, doubts, portal, reading.warnings, reading.pages)


def _write_portal(writer: _Writer, reading: Reading) -> int | None:
    """What a web page says of the document itself; its menus and lists of other documents are nobody's evidence."""
    rows = [_compose(_PORTAL_LINE.format(label, value), ())[0] for label, value in reading.portal]
    if not rows:
        return None
    writer.write("\n")
    start = writer.length
    writer.write("".join(f"{row}\n\n" for row in rows))
    return start


def _write_grid(writer: _Writer, grid: Grid) -> LaidGrid:
    start, cells = writer.length, []
    apart = "\n" if grid.height <= _LETTERHEAD_ROWS and grid.width <= _LETTERHEAD_WIDTH else _BETWEEN
    for row in _rows(grid):
        for at, cell in enumerate(row):
            if at:
                writer.write(apart)
            text, doubts = _compose(cell.text.strip(), cell.doubts if cell.text == cell.text.strip() else ())
            first, last = writer.write_placed(text, cell.place, doubts)
            cells.append(LaidCell(cell.row, cell.column, cell.rows, cell.columns, first, last))
        writer.write("\n")
    end = max(writer.length - 1, start)
    writer.write("\n")
    return LaidGrid(grid.height, grid.width, tuple(cells), start, end)


def _rows(grid: Grid) -> Iterator[list[GridCell]]:
    """The cells that begin in each row, from the left; a row that merged cells cover wholly has none."""
    ordered = sorted(grid.cells, key=lambda cell: (cell.row, cell.column))
    for _, row in groupby(ordered, key=lambda cell: cell.row):
        yield list(row)


def _compose(text: str, doubts: tuple[tuple[int, int], ...]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Text in NFC without control characters; where that moves letters, all of a doubtful text is in doubt."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    composed = "".join(char if char in _KEPT or char.isprintable() else " " for char in composed)
    if doubts and len(composed) != len(text):
        doubts = ((0, len(composed)),)
    return composed, doubts
