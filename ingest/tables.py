"""Tables as they stand in plain text, of four kinds, each read into one rectangular notion of rows and cells.

- pipes: "TT | Tên nhiệm vụ | ... |": cells covered by a merged cell are gone and the row is padded on the right;
  a cell that exists but is blank shows as a line break and a pipe;
- markdown: "| a | b |", with or without a line of dashes under the head;
- flat tabs: one row a line, cells apart by a tab, as copied from Word;
- tabs: one cell a line, each behind a tab, rows apart by a blank line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from ingest.fold import squeeze
from ingest.heads import (
    MIN_HEADS,
    cell_kind,
    column_of,
    columns_of,
    counts_columns,
    is_second_head,
    kind_of,
    merge_heads,
    plain_words,
)
from ingest.lines import Line
from ingest.reference import load_patterns
from ingest.source import SourceText

_RULE = re.compile(r"^\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?$")
_PAGE = re.compile(r"(?:trang\s*)?[-–]?\s*\d{1,4}(?:\s*/\s*\d{1,4})?\s*[-–]?", re.IGNORECASE)
_NUMBERED = r"[\s|*_]*(?:\d{1,3}(?:\.\d{1,3})*|[IVX]{1,5}|[A-ZĐ])[.)]?[\s*_]*"
_OPENS_ROW = {mark: re.compile(f"{_NUMBERED}{re.escape(mark)}") for mark in "|\t"}
_PIPE, _TAB = re.compile(r"(?<!\\)\|"), re.compile(r"\t")
_MAX_WIDTH = 16  # columns of a table that stands one cell a line
_LOOK_AHEAD = 8  # lines in which a cell that a page broke must come to its end


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

    @property
    def kind(self) -> str:
        """What its rows are: "tasks", "indicators", or "other" (statistics)."""
        return kind_of(self.columns)


def find_tables(source: SourceText, lines: Sequence[Line]) -> tuple[Table, ...]:
    """Every table whose head names at least three known columns, one of them what is to be done."""
    tables: list[Table] = []
    at = 0
    while at < len(lines):
        found = _flat_table(source, lines, at) or _tab_table(source, lines, at)
        if found is None:
            at += 1
            continue
        tables.append(found)
        while at < len(lines) and lines[at].start < found.end:
            at += 1
    return tuple(tables)


# --- one row a line: pipes, markdown, flat tabs -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Form:
    """How the rows of a table are written."""

    mark: re.Pattern[str]  # what stands between two cells
    leading: bool  # every row opens with a mark
    exact: bool
    marks: int  # in the head
    width: int

    def count(self, line: Line) -> int:
        """The marks of a line."""
        return len(self.mark.findall(line.raw))

    def texts(self, line: Line) -> list[str]:
        """What the cells of a line say."""
        return _texts(line, self.mark, self.leading)

    def opens_row(self, line: Line) -> bool:
        """Whether a line begins with a number of its own: "7. | ..."."""
        return _OPENS_ROW["\t" if self.mark is _TAB else "|"].match(line.raw) is not None


def _flat_table(source: SourceText, lines: Sequence[Line], at: int) -> Table | None:
    head = lines[at]
    mark = _PIPE if head.raw.count("|") >= MIN_HEADS - 1 else _TAB
    marks = len(mark.findall(head.raw))
    if marks < MIN_HEADS - 1:
        return None
    leading = mark is _PIPE and head.raw.lstrip().startswith("|")
    ruled = mark is _PIPE and at + 1 < len(lines) and _RULE.match(lines[at + 1].raw.strip()) is not None
    body = at + 2 if ruled else at + 1
    printed = [_texts(head, mark, leading)]
    heads: Sequence[str] = printed[0]
    if body < len(lines) and mark.search(lines[body].raw):
        below = _texts(lines[body], mark, leading)
        merged = _two_lines(printed[0], below)
        if merged:
            printed, heads, body = [*printed, below], merged, body + 1
    while heads and not heads[-1] and not (ruled or leading):
        heads = heads[:-1]
    columns = columns_of(heads)
    if columns is None:
        return None
    form = _Form(mark, leading, ruled or leading, marks, len(heads))
    rows, end = [], lines[body - 1].at + len(lines[body - 1].raw.rstrip())
    for start, last in _extents(lines, body, form, columns):
        end = last
        row = _flat_row(source, start, last, form)
        if row and any(cell.text for cell in row.cells) and not _is_head_again(row, printed, columns):
            rows.append(row)
    if not rows and "number" not in columns:
        return None  # a line of prose or a letterhead
    return Table(columns, tuple(heads), tuple(rows), head.start, end, form.exact)


def _two_lines(above: Sequence[str], below: Sequence[str]) -> tuple[str, ...] | None:
    """The head that two lines make together, None when the second is no part of it."""
    wide = (*above, *[""] * (len(below) - len(above)))
    merged = merge_heads(wide, below) if is_second_head(wide, below) else wide
    return None if merged == wide else merged


def _texts(line: Line, mark: re.Pattern[str], leading: bool) -> list[str]:
    raw = line.raw.strip() if mark is _PIPE else line.raw
    parts = [part.strip() for part in mark.split(raw)]
    if leading and not parts[0]:
        parts = parts[1:]
    return parts[:-1] if mark is _PIPE and raw.endswith("|") else parts


def _extents(lines: Sequence[Line], at: int, form: _Form, columns: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where each logical row begins and ends: lines are joined until the row has all its marks."""
    while at < len(lines):
        if not form.mark.search(lines[at].raw):
            if not (_is_page(lines[at]) and at + 1 < len(lines) and _goes_on_below(lines[at + 1], form, columns)):
                return
            at += 1  # the number of a page
        if _is_other_head(lines[at], form, columns) or _is_apart(lines, at, form):
            return
        first = last = at
        count = form.count(lines[at])
        while _continues(lines, last, count, form):
            last += 1
            count += form.count(lines[last])
        yield lines[first].at, lines[last].at + len(lines[last].raw.rstrip())
        at = last + 1


def _is_page(line: Line) -> bool:
    return _PAGE.fullmatch(line.raw.strip(" \t*_")) is not None


def _goes_on_below(line: Line, form: _Form, columns: tuple[str, ...]) -> bool:
    """Whether a table goes on under the number of a page: with a numbered row, a whole one, or its head again."""
    if not form.mark.search(line.raw):
        return False
    return form.opens_row(line) or form.count(line) == form.marks or columns_of(form.texts(line)) == columns


def _is_other_head(line: Line, form: _Form, columns: tuple[str, ...]) -> bool:
    """Whether the head of another table follows at once."""
    other = columns_of(form.texts(line)) if form.count(line) >= MIN_HEADS - 1 else None
    return other is not None and other != columns and other[0] == "number"


def _is_apart(lines: Sequence[Line], at: int, form: _Form) -> bool:
    """Whether a line is no row but what follows a table: "Nơi nhận: | TM. ỦY BAN NHÂN DÂN |"."""
    if form.opens_row(lines[at]) or form.count(lines[at]) == form.marks:
        return False
    if any(_closes_document(text) for text in form.texts(lines[at])):
        return True
    if not lines[at].after_blank:
        return False
    for line in lines[at + 1 : at + 1 + _LOOK_AHEAD]:
        if not form.mark.search(line.raw):
            return True
        if form.opens_row(line) or form.count(line) == form.marks:
            return False
    return True


def _closes_document(text: str) -> bool:
    found = (row["kind"] for row, pattern in load_patterns("signature") if pattern.search(text))
    return next(found, "") in ("capacity", "recipients")


def _continues(lines: Sequence[Line], last: int, count: int, form: _Form) -> bool:
    """A row goes on when the next line opens with a pipe (a blank cell) or the line stopped inside a cell."""
    if count >= form.marks or last + 1 >= len(lines):
        return False
    following = lines[last + 1]
    closed = form.mark is _PIPE and lines[last].raw.rstrip().endswith("|")
    if form.leading or (form.mark is _PIPE and form.exact):
        return form.leading and not closed and not following.raw.lstrip().startswith("|") and not following.after_blank
    if form.opens_row(following) or count + form.count(following) > form.marks:
        return False
    if form.mark is _PIPE and following.raw.lstrip().startswith("|"):
        return True
    return not closed and _comes_to_end(lines, last + 1, form)


def _comes_to_end(lines: Sequence[Line], at: int, form: _Form) -> bool:
    """Whether a cell that goes on at this line is closed soon; else the last row was cut off and text follows."""
    for line in lines[at : at + _LOOK_AHEAD]:
        if form.mark.search(line.raw):
            return not form.opens_row(line)
        if line.after_blank and not line.text[0].islower():
            return False
    return False


def _flat_row(source: SourceText, start: int, end: int, form: _Form) -> Row | None:
    """The cells of a row; None for a line of dashes."""
    raw = source.text[start:end]
    if _RULE.match(raw.strip()):
        return None
    if form.leading and raw.lstrip().startswith("|"):
        skipped = raw.index("|") + 1
        start, raw = start + skipped, raw[skipped:]
    cells, offset = [], start
    for found in [*form.mark.finditer(raw), None]:
        last = start + found.start() if found else start + len(raw)
        cells.append(_cell(source, offset, last))
        offset = start + found.end() if found else last
    if form.mark is _PIPE and raw.rstrip().endswith("|"):
        cells.pop()  # what follows the last pipe is no cell
    padded = form.mark is _PIPE and not form.exact
    while len(cells) > 1 and not cells[-1].text and (len(cells) > form.width or (padded and not cells[-1].blank)):
        cells.pop()  # padding: pipes with nothing between
    return Row(tuple(replace(cell, blank=not cell.text) for cell in cells), start, end)


def _cell(source: SourceText, start: int, end: int) -> Cell:
    raw = source.text[start:end]
    text = raw.strip()
    begin = start + len(raw) - len(raw.lstrip()) if text else start
    return Cell(begin, begin + len(text), text, blank=not text and "\n" in raw)


def _is_head_again(row: Row, printed: Sequence[Sequence[str]], columns: tuple[str, ...]) -> bool:
    """A head printed again on a new page, or the numbers of the columns under it, is no row."""
    texts = [plain_words(cell.text).casefold() for cell in row.cells if cell.text]
    if any(texts == [plain_words(head).casefold() for head in heads if head] for heads in printed):
        return True
    return counts_columns(texts) or columns_of([cell.text for cell in row.cells]) == columns


# --- one cell a line --------------------------------------------------------------------------------------------------


def _tab_table(source: SourceText, lines: Sequence[Line], at: int) -> Table | None:
    if not (_is_tabbed(lines[at]) and column_of(lines[at].text) == "number"):
        return None
    opening = [cell.text for cell, _ in islice(_tab_cells(source, lines, at), _MAX_WIDTH)]
    heads = opening[: next((n for n, text in enumerate(opening) if n and not column_of(text)), len(opening))]
    columns = columns_of(heads)
    if columns is None:
        return None
    cells = list(_tab_cells(source, lines, at))
    rows = _tab_rows(cells[len(heads) :], len(heads))
    rows = tuple(row for row in rows if not _is_head_again(row, [heads], columns))
    return Table(columns, tuple(heads), rows, cells[0][0].start, cells[-1][0].end, exact=False)


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
            if not (_is_page(line) and here + 1 < len(lines) and _is_tabbed(lines[here + 1])):
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
