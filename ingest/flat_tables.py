"""Tables that stand one row a line: pipes, markdown, cells apart by tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.grid import Cell, Row, Table, is_head_again, is_page
from ingest.heads import (
    MIN_HEADS,
    columns_of,
    is_second_head,
    kind_of,
    merge_heads,
    merge_years,
)
from ingest.lines import Line
from ingest.reference import load_patterns
from ingest.source import SourceText

_RULE = re.compile(r"^\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?$")
_NUMBERED = r"[\s|*_]*(?:\d{1,3}(?:\.\d{1,3})*|[IVX]{1,5}|[A-ZĐ])[.)]?[\s*_]*"
_OPENS_ROW = {mark: re.compile(f"{_NUMBERED}{re.escape(mark)}") for mark in "|\t"}
_PIPE, _TAB = re.compile(r"(?<!\\)\|"), re.compile(r"\t")
_LOOK_AHEAD = 8  # lines in which a cell that a page broke must come to its end


@dataclass(frozen=True, slots=True)
class _Form:
    """How the rows of a table are written."""

    mark: re.Pattern[str]  # what stands between two cells
    leading: bool  # every row opens with a mark
    exact: bool
    marks: int  # in the head
    width: int
    of_figures: bool  # a number behind a pipe is more likely a figure than the number of a row

    def count(self, line: Line) -> int:
        """The marks of a line."""
        return len(self.mark.findall(line.raw))

    def texts(self, line: Line) -> list[str]:
        """What the cells of a line say."""
        return _texts(line, self.mark, self.leading)

    def opens_row(self, line: Line) -> bool:
        """Whether a line begins with a number of its own: "7. | ..."."""
        return _OPENS_ROW["\t" if self.mark is _TAB else "|"].match(line.raw) is not None


def read_flat_table(source: SourceText, lines: Sequence[Line], at: int) -> Table | None:
    """The table whose head is the line at `at`, None when that line is no head."""
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
    form = _Form(mark, leading, ruled or leading, marks, len(heads), kind_of(columns) == "indicators")
    rows, end = [], lines[body - 1].at + len(lines[body - 1].raw.rstrip())
    for start, last in _extents(lines, body, form, columns):
        end = last
        row = _flat_row(source, start, last, form)
        if row and any(cell.text for cell in row.cells) and not is_head_again(row, printed, columns):
            rows.append(row)
    if not rows and "number" not in columns:
        return None  # a line of prose or a letterhead
    return Table(columns, tuple(heads), tuple(rows), head.start, end, form.exact)


def _two_lines(above: Sequence[str], below: Sequence[str]) -> tuple[str, ...] | None:
    """The head that two lines make together, None when the second is no part of it."""
    years = merge_years(above, below)
    if years:
        return years
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
            if not (is_page(lines[at]) and at + 1 < len(lines) and _goes_on_below(lines[at + 1], form, columns)):
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
    blank = form.mark is _PIPE and following.raw.lstrip().startswith("|")  # a blank cell stands before
    if blank and form.of_figures and count + form.count(following) <= form.marks:
        return True
    if form.opens_row(following) or count + form.count(following) > form.marks:
        return False
    if blank:
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
