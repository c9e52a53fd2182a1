"""Tables as they stand in plain text, of four kinds, each read into one rectangular notion of rows and cells.

- pipes: "TT | Tên nhiệm vụ | ... |": cells covered by a merged cell are gone and the row is padded on the right;
  a cell that exists but is blank shows as a line break and a pipe;
- markdown: "| a | b |", with or without a line of dashes under the head;
- flat tabs: one row a line, cells apart by a tab, as copied from Word;
- tabs: one cell a line, each behind a tab, rows apart by a blank line.

A file that draws its tables (Word, PDF, HTML, a workbook) needs none of this: its grids say where each cell stands.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.flat_tables import read_flat_table
from ingest.grid import Table
from ingest.grid_tables import read_grid_tables
from ingest.lines import Line
from ingest.source import SourceText
from ingest.tab_tables import read_tab_table


def find_tables(source: SourceText, lines: Sequence[Line]) -> tuple[Table, ...]:
    """Every table whose head names at least three known columns, one of them what is to be done."""
    if source.grids:
        return read_grid_tables(source)
    tables: list[Table] = []
    at = 0
    while at < len(lines):
        found = read_flat_table(source, lines, at) or read_tab_table(source, lines, at)
        if found is None:
            at += 1
            continue
        tables.append(found)
        while at < len(lines) and lines[at].start < found.end:
            at += 1
    return tuple(tables)
