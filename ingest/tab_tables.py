"""Tables that stand one cell a line, each behind a tab."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from ingest.fold import squeeze
from ingest.grid import Cell, Row, Table, is_head_again, is_page
from ingest.heads import (
    cell_kind,
    column_of,
    columns_of,
    kind_of,
    merge_last_years,
    task_column_of,
)
from ingest.lines import Line
from ingest.source import SourceText

_MAX_WIDTH = 16  # columns of a table that stands one cell a line


def read_tab_table(source: SourceText, lines: Sequence[Line], at: int) -> Table | None:
    """The table whose first head is the line at `at`, None when that line is no head."""
    if not (_is_tabbed(lines[at]) and column_of(lines[at].text) == "number"):
        return None
    opening = [cell.text for cell, _ in islice(_tab_cells(source, lines, at), _MAX_WIDTH)]
    printed = _run_of_heads(opening, column_of)
    heads = merge_last_years(printed)
    columns = columns_of(heads)
    if columns is None or kind_of(columns) != "indicators":
        heads = printed = _run_of_heads(opening, task_column_of)
        columns = columns_of(heads)
    if columns is None:
        return None
    cells = list(_tab_cells(source, lines, at))
    rows = _tab_rows(cells[len(printed) :], len(heads))
    rows = tuple(row for row in rows if not is_head_again(row, [printed], columns))
    return Table(columns, heads, rows, cells[0][0].start, cells[-1][0].end, exact=False, sparse=True)


def _run_of_heads(opening: Sequence[str], meaning: Callable[[str], str]) -> tuple[str, ...]:
    """The cells from the first on that are heads."""
    return tuple(opening[: next((n for n, text in enumerate(opening) if n and not meaning(text)), len(opening))])


def _is_tabbed(line: Line) -> bool:
    return line.raw.startswith("\t")


def _tab_cells(source: SourceText, lines: Sequence[Line], at: int) -> Iterator[tuple[Cell, bool]]:
    """Cells in order, each with whether a blank line stood before it; the table ends where flush text begins."""
    start, end, after_blank = lines[at].start, lines[at].end, True
    for here in range(at + 1, len(lines)):
        line = lines[here]
        if _is_tabbed(line):
            yield Cell(start, end, squeeze(source.text[start:end])), after_blank
            start, end, after_blank = line.start, line.end, line.after_blank
        elif line.after_blank and not line.text[0].islower():
            if not (is_page(line) and here + 1 < len(lines) and _is_tabbed(lines[here + 1])):
                break
        else:
            end = line.end  # the cell goes on, flush left
    yield Cell(start, end, squeeze(source.text[start:end])), after_blank


def _tab_rows(cells: Sequence[tuple[Cell, bool]], width: int) -> tuple[Row, ...]:
    """A row begins when the last is full, or behind a blank line with something that numbers rows."""
    rows: list[list[Cell]] = []
    for cell, after_blank in cells:
        if not rows or len(rows[-1]) == width or (after_blank and cell_kind(cell.text) in ("serial", "group")):
            rows.append([])
        rows[-1].append(cell)
    return tuple(Row(tuple(row), row[0].start, row[-1].end) for row in rows)
