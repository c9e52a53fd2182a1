"""Tables as they stand in plain text, of four kinds, each read into one rectangular notion of rows and cells.

- pipes: "TT | Tên nhiệm vụ | ... |": cells covered by a merged cell are gone and the row is padded on the right;
  a cell that exists but is blank shows as a line break and a pipe;
- markdown: "| a | b |", with or without a line of dashes under the head;
- flat tabs: one row a line, cells apart by a tab, as copied from Word;
- tabs: one cell a line, each behind a tab, rows apart by a blank line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from ingest.fold import squeeze
from ingest.lines import Line, drop_emphasis
from ingest.reference import load_patterns
from ingest.source import SourceText

_RULE = re.compile(r"^\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?$")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BRACKET = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_YEAR = re.compile(r"(?:năm )?(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?", re.IGNORECASE)
_COUNTED = re.compile(r"\(?(\d{1,2}|[A-D])\)?(?:\s*=.*)?")
_PAGE = re.compile(r"(?:trang\s*)?[-–]?\s*\d{1,4}(?:\s*/\s*\d{1,4})?\s*[-–]?", re.IGNORECASE)
_OPENS_ROW = {mark: re.compile(rf"[\s|*_]*(?:\d{{1,3}}(?:\.\d{{1,3}})*|[IVX]{{1,5}}|[A-ZĐ])[.)]?[\s*_]*{mark}") for mark in ("[|]", "\t")}  # fmt: skip
_PIPE, _TAB = re.compile(r"(?<!\\)\|"), re.compile(r"\t")
_MIN_HEADS = 3  # a table of tasks has at least a number, a text and one more column
_MAX_HEAD = 90  # a cell that goes on longer is no head
_LOOK_AHEAD = 8  # lines in which a cell that a page broke must come to its end
# Columns without which a table is no list of tasks or indicators.
_MAIN = frozenset({"content", "name", "indicator"})
_OF_TASKS = frozenset({"lead", "coordinating", "output", "deadline"})


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
    rows: tuple[Row, ...]  # of tasks
    start: int
    end: int
    exact: bool  # every row keeps all its cells, so that position decides (markdown)
    figures: tuple[Row, ...] = ()  # the rows of a table that lists no tasks

    @property
    def kind(self) -> str:
        """What its rows are: "tasks", "indicators", or "other" (statistics)."""
        return kind_of(self.columns)


def kind_of(columns: Sequence[str]) -> str:
    """What a table with these columns lists: "STT | Chỉ tiêu | ĐVT | Năm 2025" -> indicators."""
    named = set(columns)
    if "indicator" in named and not ("content" in named and named & _OF_TASKS):
        return "indicators"
    return "other" if "unit" in named and not named & _OF_TASKS else "tasks"


@lru_cache(maxsize=4096)
def column_of(head: str) -> str:
    """The meaning of a column head: "Đơn vị chủ trì" -> lead, "" when unknown."""
    text = plain_words(head).strip(" *_:|.")
    if len(text) > _MAX_HEAD:
        return ""
    for words in (text, _BRACKET.sub("", text)):
        for row, pattern in load_patterns("columns"):
            if words and pattern.search(words):
                return str(row["column"])
    return ""


def cell_kind(text: str) -> str:
    """What a cell shows by its form alone: serial "7.", group "IV", code "CQS1.2", funding, or text."""
    flat = plain_words(text)
    return next((row["kind"] for row, pattern in load_patterns("cells") if pattern.search(flat)), "text")


def plain_words(text: str) -> str:
    """The words of a cell on one line, without Markdown: "**Số hóa**<br>hồ sơ" -> "Số hóa hồ sơ"."""
    return squeeze(drop_emphasis(_BREAK.sub(" ", text)).replace("\\|", "|"))


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


# --- heads ----------------------------------------------------------------------------------------------------------


def _columns(heads: Sequence[str]) -> tuple[str, ...] | None:
    """The meanings of a row of heads, or None when it is no head of a table of tasks."""
    columns = tuple(column_of(head) for head in heads)
    if len(set(columns) - {""}) < min(_MIN_HEADS, len(heads)) or not _MAIN & set(columns) or len(heads) < 2:
        return None
    return _split_repeats(columns)


def _split_repeats(columns: tuple[str, ...]) -> tuple[str, ...]:
    """One column for each meaning; what stands in for a missing one takes its place.

    A name without content is the task itself, the first of two contents is a name ("Nhiệm vụ | Nội dung thực hiện"),
    and the form of a document is the output where no other is asked for. A second column of one meaning is unknown.
    """
    if "content" not in columns and "name" in columns:
        columns = tuple("content" if column == "name" else column for column in columns)
    if columns.count("content") > 1 and "name" not in columns:
        first = columns.index("content")
        columns = (*columns[:first], "name", *columns[first + 1 :])
    if "form" in columns and "output" not in columns:
        columns = tuple("output" if column == "form" else column for column in columns)
    return tuple(column if column not in columns[:at] else "" for at, column in enumerate(columns))


def _is_second_head(heads: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a row goes on with the head: it has no number, and all it says are heads or years."""
    names = [text for text in below if text]
    first = column_of(heads[0]) == "number" and below[0]
    known = all(column_of(name) or _YEAR.fullmatch(plain_words(name)) for name in names)
    return len(names) > 1 and not first and "" in heads[1:] and known


def _merge_heads(heads: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    """One head from two lines: names, left to right, over the columns that a head above spans.

    "TT | Nhiệm vụ | Phân công || Thời gian" over "|| Chủ trì | Phối hợp ||" -> "TT, Nhiệm vụ, Chủ trì, Phối hợp, ...".
    """
    names = [text for text in below if text]
    spans = [at for at, head in enumerate(heads) if not head or (at + 1 < len(heads) and not heads[at + 1])]
    printed = [head for head in heads if head]
    whose = {column_of(name) for name in names}
    wanted = {"lead", ""} if whose <= {"lead", "coordinating"} else {"deadline", "", "indicator", "funding", "output"}
    if len(spans) == len(names) and {column_of(heads[at]) for at in spans if heads[at]} <= wanted:
        over = dict(zip(spans, _under(heads, spans, names), strict=True))
        return tuple(over.get(at, head) for at, head in enumerate(heads))
    # the span was lost and the head is padded on the right: "TT | Nhiệm vụ | Phân công | Thời gian |"
    parents = [at for at, head in enumerate(printed) if at and column_of(head) in wanted]
    if len(printed) + len(names) - 1 != len(heads) or not parents:
        return tuple(heads)
    parent = parents[0]
    below_parent = [name if column_of(name) else f"{printed[parent]} {name}" for name in names]
    return (*printed[:parent], *below_parent, *printed[parent + 1 :])


def _under(heads: Sequence[str], spans: Sequence[int], names: Sequence[str]) -> Iterator[str]:
    parent = ""
    for at, name in zip(spans, names, strict=True):
        parent = heads[at] or parent
        yield name if column_of(name) else f"{parent} {name}"


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

    def opens_row(self, line: Line) -> bool:
        """Whether a line begins with a number of its own: "7. | ..."."""
        return _OPENS_ROW["\t" if self.mark is _TAB else "[|]"].match(line.raw) is not None


def _flat_table(source: SourceText, lines: Sequence[Line], at: int) -> Table | None:
    head = lines[at]
    mark = _PIPE if head.raw.count("|") >= _MIN_HEADS - 1 else _TAB
    marks = len(mark.findall(head.raw))
    if marks < _MIN_HEADS - 1:
        return None
    first = _texts(head, mark)
    ruled = mark is _PIPE and at + 1 < len(lines) and _RULE.match(lines[at + 1].raw.strip()) is not None
    body = at + 2 if ruled else at + 1
    printed, heads = [first], first
    if body < len(lines) and mark.search(lines[body].raw):
        below = _texts(lines[body], mark)
        wide = [*first, *[""] * (max(len(below), marks) - len(first))]
        merged = _merge_heads(wide, below) if _is_second_head(wide, below) else tuple(wide)
        if merged != tuple(wide):
            printed, heads, body = [first, below], list(merged), body + 1
    while heads and not heads[-1]:
        heads = heads[:-1]
    columns = _columns(heads)
    if columns is None:
        return None
    leading = mark is _PIPE and head.raw.lstrip().startswith("|")
    form = _Form(mark, leading, ruled or leading, marks, len(heads))
    rows, end = [], lines[body - 1].at + len(lines[body - 1].raw.rstrip())
    for start, last in _extents(lines, body, form, columns):
        end = last
        row = _flat_row(source, start, last, form)
        if row and not _is_head_again(row, printed, columns):
            rows.append(row)
    return _table(columns, heads, tuple(rows), head.start, end, form.exact)


def _table(
    columns: tuple[str, ...], heads: Sequence[str], rows: tuple[Row, ...], start: int, end: int, exact: bool
) -> Table:
    rows, figures = (rows, ()) if kind_of(columns) == "tasks" else ((), rows)
    return Table(columns, tuple(heads), rows, start, end, exact, figures)


def _texts(line: Line, mark: re.Pattern[str]) -> list[str]:
    raw = line.raw.strip() if mark is _PIPE else line.raw.rstrip("\n")
    parts = [part.strip() for part in mark.split(raw)]
    if mark is _PIPE and raw.startswith("|") and column_of(parts[1]) == "number":
        parts = parts[1:]
    if mark is _PIPE and raw.endswith("|"):
        parts = parts[:-1]
    return parts


def _extents(
    lines: Sequence[Line], at: int, form: _Form, columns: tuple[str, ...]
) -> Iterator[tuple[int, int]]:
    """Where each logical row begins and ends: lines are joined until the row has all its marks."""
    while at < len(lines):
        if not form.mark.search(lines[at].raw):
            if not (_is_page(lines[at]) and at + 1 < len(lines) and _goes_on_below(lines[at + 1], form, columns)):
                return
            at += 1  # the number of a page
        if _is_other_head(lines[at], form, columns):
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
    return form.opens_row(line) or form.count(line) == form.marks or _columns(_texts(line, form.mark)) == columns


def _is_other_head(line: Line, form: _Form, columns: tuple[str, ...]) -> bool:
    """Whether the head of another table follows at once."""
    other = _columns(_texts(line, form.mark)) if form.count(line) >= _MIN_HEADS - 1 else None
    return other is not None and other != columns and other[0] == "number"


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
    return _counts_columns(texts) or _columns([cell.text for cell in row.cells]) == columns


def _counts_columns(texts: Sequence[str]) -> bool:
    """A row of column numbers: "(1) | (2) | (3)", "A | B | 1 | 2"."""
    found = [_COUNTED.fullmatch(text.upper()) for text in texts]
    labels = [one[1] for one in found if one]
    numbers = [int(label) for label in labels if label.isdigit()]
    return len(labels) == len(texts) >= _MIN_HEADS and numbers == list(range(1, len(numbers) + 1)) and len(numbers) > 1


# --- one cell a line --------------------------------------------------------------------------------------------------


def _tab_table(source: SourceText, lines: Sequence[Line], at: int) -> Table | None:
    if not (_is_tabbed(lines[at]) and column_of(lines[at].text) == "number"):
        return None
    width_of: Callable[[Sequence[tuple[Cell, bool]]], int] = lambda cells: next(
        (n for n, (cell, _) in enumerate(cells) if n and not column_of(cell.text)), len(cells)
    )
    opening = list(islice(_tab_cells(source, lines, at), 16))
    heads = [cell.text for cell, _ in opening[: width_of(opening)]]
    columns = _columns(heads)
    if columns is None:
        return None
    cells = list(_tab_cells(source, lines, at))
    rows = _tab_rows(cells[len(heads) :], len(heads))
    rows = tuple(row for row in rows if not _is_head_again(row, [heads], columns))
    return _table(columns, heads, rows, cells[0][0].start, cells[-1][0].end, False)


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
