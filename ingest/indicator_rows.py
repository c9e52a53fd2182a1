"""The rows of an indicator table: which column each cell belongs to, and how rows stand under one another."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from ingest.cell_figures import clean, read_figure
from ingest.grid import Cell, Row, Table
from ingest.heads import cell_kind, plain_words
from ingest.indicator_columns import IndicatorColumns
from ingest.lines import find_mark
from ingest.outline import slug_label
from ingest.records import Evidence

_BULLETS = frozenset({"dash", "plus", "star"})
_NUMBERS = ("serial", "group", "letter")
_LABEL = re.compile(r"[^\W_]{1,5}(?:\.[^\W_]{1,3})*[.)]?")
_EDGES = "() .-–+•*"


@dataclass(slots=True)
class _Open:
    """A row that others may stand under: "2. Tỷ lệ hồ sơ trực tuyến"."""

    style: str
    label: str
    words: str = ""
    unit: tuple[str, Evidence] | None = None


@dataclass(slots=True)
class Numbering:
    """How the rows read so far stand under one another; a style seen before closes back to its level."""

    table: Table
    words: int  # the column of the words
    stack: list[_Open] = field(default_factory=list)
    last: str = ""  # the last numbered row, as an address prints it
    counts: Counter[str] = field(default_factory=Counter)
    restarts: bool = False
    nested: bool = False  # whether the row stands in the stack, not beside it

    def __post_init__(self) -> None:
        labels = Counter(self._label_of(row) for row in self.table.rows)
        self.restarts = any(count > 1 for label, count in labels.items() if label)

    def _label_of(self, row: Row) -> str:
        number = row.cells[0] if self.table.columns[0] == "number" else None
        words = row.cells[self.words].text if self.words < len(row.cells) else ""
        return _numbered(number, words)[1]

    def open(self, number: Cell | None, words: str, heading: bool) -> None:
        """Take up a row: numbered, under a bullet, or a heading that fills its row."""
        style, label = _numbered(number, words)
        self.nested = bool(label or style in _BULLETS or heading)
        if not self.nested:
            return
        style = style or "plain"
        while any(each.style == style for each in self.stack) and self.stack.pop().style != style:
            pass
        self.stack.append(_Open(style, label, clean(words)))
        if label:
            self.last = self._place(label)
        elif style == "plain":
            self.last = ""

    def go_on(self) -> None:
        """Take up a row whose number and words a merged cell gave to the row above."""
        self.nested = False

    def _place(self, label: str) -> str:
        """ "muc/3", with the headings above where the numbers begin anew under each: "nhom/ii/muc/3"."""
        path = "".join(f"/{slug_label(each.label)}" for each in self.stack[:-1] if each.label)
        return f"/nhom{path}/muc/{slug_label(label)}" if self.restarts and path else f"/muc/{slug_label(label)}"

    def give_unit(self, words: str, unit: tuple[str, Evidence] | None) -> None:
        """What the rows under this one may take from it."""
        if self.nested and self.stack:
            self.stack[-1].words, self.stack[-1].unit = words, unit

    def words_above(self, within: bool) -> str:
        """The words of the row that this one is a part of, "" where it stands by itself."""
        above = self._above(within)
        return above.words if above else ""

    def unit_above(self) -> tuple[str, Evidence] | None:
        """The unit of the row that this one is a part of."""
        above = self._above(within=False)
        return above.unit if above else None

    def _above(self, within: bool) -> _Open | None:
        if not self.nested:
            found = self.stack[-1] if within and self.stack else None
        else:
            found = self.stack[-2] if len(self.stack) > 1 and _is_part(self.stack[-1].style) else None
        return found if found and (found.style.startswith("number") or _is_part(found.style)) else None

    def address(self, base: str) -> str:
        """Where a row hangs: by its own number, else among those without one on the last that has one."""
        if self.nested and self.stack[-1].label:
            return base + self.last
        self.counts[self.last] += 1
        return f"{base}{self.last}/them-{self.counts[self.last]}"


def _is_part(style: str) -> bool:
    return style in _BULLETS or style == "letter" or (style.startswith("number") and style != "number0")


def _numbered(number: Cell | None, words: str) -> tuple[str, str]:
    """The style and label of a row: of its number cell, else of the mark before its words."""
    printed = plain_words(number.text) if number else ""
    label = printed.strip(_EDGES)
    if label and _LABEL.fullmatch(label):
        return _style(label), label
    mark = find_mark(words if not printed or label else f"{printed} {words}", 0)
    if mark is None or mark.style in _BULLETS:
        return (mark.style, "") if mark else ("", "")
    return _style(mark.label), mark.label


def _style(label: str) -> str:
    if any(char.isdigit() for char in label):
        return f"number{label.count('.')}"
    if set(label) <= set("IVX"):
        return "roman"
    return "letter" if label.islower() else "upper"


def place_cells(table: Table, columns: IndicatorColumns, row: Row) -> tuple[Cell | None, ...] | None:
    """The cells of a row by column; None when it has more than the head or nobody can tell which are gone."""
    width, cells = len(table.columns), list[Cell | None](row.cells)
    while len(cells) > width and not row.cells[len(cells) - 1].text:
        cells.pop()
    if len(cells) > width:
        return None
    if not table.exact and len(cells) < width:
        cells = _restore(table, columns, row)
        figures = [cells[column.at] if column.at < len(cells) else None for column in columns.figures]
        if table.sparse and len(row.cells) > columns.words + 1 and not all(map(_is_figure, figures)):
            return None
    return (*cells, *(None,) * (width - len(cells)))


def _restore(table: Table, columns: IndicatorColumns, row: Row) -> list[Cell | None]:
    """The cells of a short row, gaps where the number or a merged unit is gone."""
    cells = list[Cell | None](row.cells)
    first = plain_words(row.cells[0].text)
    numbered = not first or cell_kind(first) in _NUMBERS or _LABEL.fullmatch(first)
    if table.columns[0] == "number" and not numbered and len(cells) > 1:
        cells.insert(0, None)
    unit = columns.unit
    cell = cells[unit] if unit is not None and unit < len(cells) < len(table.columns) else None
    if unit is not None and cell and (found := read_figure(cell.text, "", "")) and not found.unit:
        cells.insert(unit, None)
    return cells


def _is_figure(cell: Cell | None) -> bool:
    """Whether a cell holds a figure or shows that there is none: "-"."""
    if cell is None:
        return False
    return not any(map(str.isalnum, cell.text)) or read_figure(cell.text, "", "") is not None
