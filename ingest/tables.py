"""Tables as they stand in plain text, of three kinds, each read into one rectangular notion of rows and cells.

- pipes: "TT | Tên nhiệm vụ | ... |": cells covered by a merged cell are gone and the row is padded on the right;
  a cell that exists but is blank shows as a line break and a pipe;
- tabs: one cell a line, each behind a tab, rows apart by a blank line;
- markdown: "| a | b |" with a line of dashes under the head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.fold import squeeze
from ingest.lines import Line
from ingest.reference import load_patterns
from ingest.source import SourceText

_RULE = re.compile(r"^\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?$")
_MIN_HEADS = 3  # a table of tasks has at least a number, a text and one more column
# Columns without which a table is no list of tasks or indicators.
_MAIN = frozenset({"content", "name", "indicator"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its place without spaces at the ends; `blank` when the page shows it empty."""

    start: int
    end: int
    text: str
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The cells that a row still has, from the left; those that a merged cell covered may be gone."""

    cells: tuple[Cell, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head; `columns` names the meaning of each, "" where the head is not known."""

    columns: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    start: int
    end: int
    exact: bool  # every row keeps all its cells, so that position decides (markdown)


def column_of(head: str) -> str:
    """The meaning of a column head: "Đơn vị chủ trì" -> lead, "" when unknown."""
    text = squeeze(head.strip(" *_:|"))
    return next((row["column"] for row, pattern in load_patterns("columns") if pattern.search(text)), "")


def find_tables(source: SourceText, lines: Sequence[Line]) -> tuple[Table, ...]:
    """Every table whose head names at least three known columns, one of them what is to be done."""
    tables: list[Table] = []
    at = 0
    while at < len(lines):
        found = _pipe_table(source, lines, at) or _tab_table(source, lines, at)
        if found is None:
            at += 1
            continue
        tables.append(found)
        while at < len(lines) and lines[at].start < found.end:
            at += 1
    return tuple(tables)


def _columns(heads: Sequence[str]) -> tuple[str, ...] | None:
    """The meanings of a row of heads, or None when it is no head of a table of tasks."""
    columns = tuple(column_of(head) for head in heads)
    if len(set(columns) - {""}) < min(_MIN_HEADS, len(heads)) or not _MAIN & set(columns) or len(heads) < 2:
        return None
    return _split_repeats(columns)


def _split_repeats(columns: tuple[str, ...]) -> tuple[str, ...]:
    """A table with a name but no content tells the task in its name; a second column of one meaning is unknown."""
    if "content" not in columns and "name" in columns:
        columns = tuple("content" if column == "name" else column for column in columns)
    return tuple(column if column not in columns[:at] else "" for at, column in enumerate(columns))


# --- pipes and markdown ---------------------------------------------------------------------------------------------


def _pipe_table(source: SourceText, lines: Sequence[Line], at: int) -> Table | None:
    head = lines[at]
    if head.raw.count("|") < _MIN_HEADS - 1:
        return None
    heads = [part.strip() for part in head.raw.strip().strip("|").split("|")]
    columns = _columns(heads)
    if columns is None:
        return None
    markdown = at + 1 < len(lines) and _RULE.match(lines[at + 1].raw.strip()) is not None
    leading = markdown and head.raw.lstrip().startswith("|")
    pipes = head.raw.count("|")
    body = lines[at + 2 if markdown else at + 1 :]
    rows = tuple(
        _pipe_row(source, start, end, leading, markdown) for start, end in _pipe_extents(body, pipes, markdown)
    )
    rows = tuple(row for row in rows if not _repeats_head(row, heads))
    end = rows[-1].end if rows else head.end
    return Table(columns, tuple(heads), rows, head.start, end, exact=markdown)


def _pipe_extents(lines: Sequence[Line], pipes: int, markdown: bool) -> Iterator[tuple[int, int]]:
    """Where each logical row begins and ends: lines are joined until the row has all its pipes."""
    at = 0
    while at < len(lines) and "|" in lines[at].raw:
        first = last = at
        count = lines[at].raw.count("|")
        while not markdown and count < pipes and last + 1 < len(lines) and _continues(lines[last], lines[last + 1]):
            last += 1
            count += lines[last].raw.count("|")
        yield lines[first].at, lines[last].at + len(lines[last].raw)
        at = last + 1


def _continues(line: Line, following: Line) -> bool:
    """A row goes on when the next line opens with a pipe (a blank cell) or the line stopped inside a cell."""
    return following.raw.lstrip().startswith("|") or not line.raw.rstrip().endswith("|")


def _pipe_row(source: SourceText, start: int, end: int, leading: bool, exact: bool) -> Row:
    raw = source.text[start:end]
    if leading:
        skipped = raw.index("|") + 1
        start, raw = start + skipped, raw[skipped:]
    cells, offset = [], start
    for part in raw.split("|"):
        cells.append(_cell(source, offset, offset + len(part)))
        offset += len(part) + 1
    if raw.rstrip().endswith("|"):
        cells.pop()  # what follows the last pipe is no cell
    while not exact and len(cells) > 1 and not cells[-1].text and not cells[-1].blank:
        cells.pop()  # padding: pipes with nothing between
    return Row(tuple(replace(cell, blank=not cell.text) for cell in cells), start, end)


def _cell(source: SourceText, start: int, end: int) -> Cell:
    raw = source.text[start:end]
    text = raw.strip()
    begin = start + len(raw) - len(raw.lstrip()) if text else start
    return Cell(begin, begin + len(text), text, blank=not text and "\n" in raw)


def _repeats_head(row: Row, heads: Sequence[str]) -> bool:
    """A head printed again on a new page is no row."""
    return [squeeze(cell.text).casefold() for cell in row.cells] == [squeeze(head).casefold() for head in heads]


# --- tabs -----------------------------------------------------------------------------------------------------------


def _tab_table(source: SourceText, lines: Sequence[Line], at: int) -> Table | None:
    if not (_is_tabbed(lines[at]) and column_of(lines[at].text) == "number"):
        return None
    cells = list(_tab_cells(source, lines, at))
    width = next((n for n, (cell, _) in enumerate(cells) if n and not column_of(cell.text)), len(cells))
    heads = [cell.text for cell, _ in cells[:width]]
    columns = _columns(heads)
    if columns is None:
        return None
    rows = _tab_rows(cells[width:], width)
    rows = tuple(row for row in rows if not _repeats_head(row, heads))
    return Table(columns, tuple(heads), rows, cells[0][0].start, cells[-1][0].end, exact=False)


def _is_tabbed(line: Line) -> bool:
    return line.raw.startswith("\t")


def _tab_cells(source: SourceText, lines: Sequence[Line], at: int) -> Iterator[tuple[Cell, bool]]:
    """Cells in order, each with whether a blank line stood before it; the table ends where flush text begins."""
    start, end, after_blank = lines[at].start, lines[at].end, True
    for line in lines[at + 1 :]:
        if _is_tabbed(line):
            yield Cell(start, end, squeeze(source.text[start:end])), after_blank
            start, end, after_blank = line.start, line.end, line.after_blank
        elif line.after_blank and not line.text[0].islower():
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


def cell_kind(text: str) -> str:
    """What a cell shows by its form alone: serial "7.", group "IV", code "CQS1.2", funding, or text."""
    flat = squeeze(text)
    return next((row["kind"] for row, pattern in load_patterns("cells") if pattern.search(flat)), "text")
