"""Rows and cells: the one notion of a table that all its printed forms are read into."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.heads import (
    columns_of,
    counts_columns,
    kind_of,
    plain_words,
)
from ingest.lines import Line

_PAGE = re.compile(r"(?:trang\s*)?[-–]?\s*\d{1,4}(?:\s*/\s*\d{1,4})?\s*[-–]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its place without spaces at the ends; `blank` when the page shows it empty."""

    start: int
    end: int
    text: str
    blank: bool = False
    merged: bool = False  # a merged cell that began in a row above covers this place


@dataclass(frozen=True, slots=True)
class Row:
    """The cells that a row still has, from the left; those that a merged cell covered may be gone."""

    cells: tuple[Cell, ...]
    start: int
    end: int

    @property
    def own(self) -> tuple[Cell, ...]:
        """The cells that say something and begin in this row."""
        return tuple(cell for cell in self.cells if cell.text and not cell.merged)

    @property
    def first(self) -> Cell:
        """The first cell, blank where a merged cell from above covers its place."""
        cell = self.cells[0]
        return Cell(cell.start, cell.start, "", blank=True) if cell.merged else cell


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head; `columns` names the meaning of each, "" where the head is not known."""

    columns: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    start: int
    end: int
    exact: bool  # every row keeps all its cells, so that position decides (markdown)
    sparse: bool = False  # blank cells leave no trace (one cell a line)

    @property
    def kind(self) -> str:
        """What its rows are: "tasks", "indicators", or "other" (statistics)."""
        return kind_of(self.columns)


def is_page(line: Line) -> bool:
    """Whether a line is the number of a page that broke the table."""
    return _PAGE.fullmatch(line.raw.strip(" \t*_")) is not None


def is_head_again(row: Row, printed: Sequence[Sequence[str]], columns: tuple[str, ...]) -> bool:
    """A head printed again on a new page, or the numbers of the columns under it, is no row."""
    texts = [plain_words(cell.text).casefold() for cell in row.cells if cell.text]
    if any(texts == [plain_words(head).casefold() for head in heads if head] for heads in printed):
        return True
    return counts_columns(texts) or columns_of([cell.text for cell in row.cells]) == columns
