"""Which column each cell of a row belongs to, where merged cells were lost.

A row that keeps all its cells is read by position, and so is one whose cells all fit their columns from the left: only
its last columns are missing. Otherwise its cells, in order, are laid on the columns so that the sum of costs is least:
what a cell says decides (a period, a source of money, a body), then what the row lacks. A column that gets no cell was
covered by a merged cell and takes the value above.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ingest.deadlines import parse_deadline
from ingest.grid import Cell, Row, Table
from ingest.heads import cell_kind, plain_words

# What it costs to leave a column to the merged cell above it.
_SKIP = {"number": 2.0, "code": 0.5, "name": 0.5, "content": 9.0, "lead": 1.0, "coordinating": 0.8}
_SKIP |= {"note": 0.3, "": 0.5}
# What it costs that a cell which stands there is blank.
_BLANK = {"number": 1.0, "code": 4.0, "name": 4.0, "content": 8.0, "lead": 3.0, "deadline": 1.5, "funding": 1.0}
_OTHERS = 0.6
_NOTHING_ABOVE = 6.0  # nothing can be inherited in the first row under a heading
_WRONG = 5.0  # the cell says something else than the column asks for
_NO_NAME = 2.0  # a list dash or a whole sentence under a name
_CLOSE = 0.2  # two readings nearer than this cannot be told apart

_BODIES = {"body": 0.0, "collective": 0.0, "level": 0.0, "person": 0.2}
_WORDS = {"text": 0.0, "product": 0.0}
# What a cell may be under a column, and at what cost; the kinds of cells.json, and deadline, body, collective, text.
_MAY_BE = {
    "number": {"serial": 0.0, "group": 0.0, "letter": 0.0},
    "code": {"code": 0.0},
    "lead": _BODIES,
    "coordinating": _BODIES,
    "level": {"level": 0.0, "body": 0.3, "collective": 0.5, "person": 0.5},
    "person": {"person": 0.0, "level": 0.5},
    "deadline": {"deadline": 0.0},
    "funding": {"funding": 0.0},
    "form": {"product": 0.0, "text": 0.5},
    "output": _WORDS,
    "content": _WORDS,
    "name": _WORDS,
    "note": {"text": 0.4, "product": 0.8},
}
_ANYTHING = frozenset({"", "note", "unit", "indicator"})
_IN_WORDS = frozenset({"content", "name", "output", "note"})
# Columns whose cells may say something that we do not know, when they say it briefly: "Trạm Khuyến nông".
_BRIEF = frozenset({"lead", "coordinating", "deadline", "funding", "level", "person", "form"})
_MAX_BRIEF = 60
_MAX_NAME = 120
_DASH = re.compile(r"[-–+•]\s*\w")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """Cells by column index; `rival` is the next best reading when the choice could not be made on the content."""

    cells: tuple[Cell | None, ...]
    rival: tuple[Cell | None, ...] | None


IsBody = Callable[[str], tuple[bool, bool]]  # text -> (names a body, only collectives)


def align_row(table: Table, row: Row, open_columns: frozenset[int], is_body: IsBody) -> Reading | None:
    """Lay the cells of a row on the columns; None when it has more cells than the head. `open_columns` can inherit."""
    width, cells = len(table.columns), row.cells
    if len(cells) > width:
        return None
    if table.exact or len(cells) == width or fits_by_position(table, row, is_body):
        padded = (*cells, *(None,) * (width - len(cells)))
        return Reading(padded, None)
    ranked = _readings(table.columns, cells, open_columns, is_body)
    (cost, best), rivals = ranked[0], ranked[1:]
    close = next((other for other_cost, other in rivals if other_cost - cost < _CLOSE), None)
    return Reading(_place(best, cells), _place(close, cells) if close else None)


def loses_cells(table: Table, is_body: IsBody) -> bool:
    """Whether merged cells were lost somewhere in a table: else what a short row lacks at its end is blank."""
    return not table.exact and any(
        len(row.cells) < len(table.columns) and not _may_be_heading(row) and not fits_by_position(table, row, is_body)
        for row in table.rows
    )


def fits_by_position(table: Table, row: Row, is_body: IsBody) -> bool:
    """Whether every cell of a row may stand in the column that it has counted from the left."""
    if len(row.cells) > len(table.columns):
        return False
    placed = tuple(zip(table.columns, row.cells, strict=False))
    says = any(column in ("content", "indicator") and cell.text for column, cell in placed)
    return says and all(_fits(column, cell, is_body) for column, cell in placed)


def _may_be_heading(row: Row) -> bool:
    """A row that may be a heading over the next ones says nothing of lost cells: "I | CQS1 | Phát triển hạ tầng"."""
    printed = [cell for cell in row.cells if cell.text]
    return not printed or cell_kind(printed[0].text) == "group" or (len(printed) == 1 and not is_item(printed[0].text))


def is_item(text: str) -> bool:
    """Whether a cell opens with a list dash: "- Nâng cấp Cổng thông tin"."""
    return _DASH.match(plain_words(text)) is not None


def _place(columns: tuple[int | None, ...], cells: Sequence[Cell]) -> tuple[Cell | None, ...]:
    return tuple(None if at is None else cells[at] for at in columns)


def _readings(
    columns: tuple[str, ...], cells: Sequence[Cell], open_columns: frozenset[int], is_body: IsBody
) -> list[tuple[float, tuple[int | None, ...]]]:
    """The two cheapest ways to lay the cells on the columns, in order, each column at most one."""
    kinds = [_kind(cell.text, is_body) for cell in cells]

    @cache
    def best(column: int, cell: int) -> tuple[tuple[float, tuple[int | None, ...]], ...]:
        if column == len(columns):
            return ((0.0, ()),) if cell == len(cells) else ()
        options = []
        if len(columns) - column > len(cells) - cell:
            skip = _skip_cost(columns[column], column in open_columns)
            options += [(skip + cost, (None, *rest)) for cost, rest in best(column + 1, cell)]
        if cell < len(cells):
            fit = _fit_cost(columns[column], cells[cell], kinds[cell])
            options += [(fit + cost, (cell, *rest)) for cost, rest in best(column + 1, cell + 1)]
        return tuple(sorted(options, key=lambda option: option[0])[:2])

    return list(best(0, 0))


def _skip_cost(column: str, inherits: bool) -> float:
    cost = _SKIP.get(column, 1.0)
    return cost if inherits or column == "" else cost + _NOTHING_ABOVE


def _fit_cost(column: str, cell: Cell, kind: str) -> float:
    if not cell.text:
        return _BLANK.get(column, _OTHERS)
    if column not in _MAY_BE:
        return 1.0
    cost = _MAY_BE[column].get(kind, _WRONG / 2 if column in _IN_WORDS else _WRONG)
    # a body of its own more likely leads; "the departments concerned" more likely join in
    if (column, kind) in (("lead", "collective"), ("coordinating", "body"), ("coordinating", "level")):
        cost += 0.1
    return cost + (_NO_NAME if column == "name" and _is_no_name(cell.text) else 0.0)


def _is_no_name(text: str) -> bool:
    return len(text) > _MAX_NAME or is_item(text)


def _fits(column: str, cell: Cell, is_body: IsBody) -> bool:
    """Whether a cell does not speak against its column; what we do not know may stand anywhere when it is brief."""
    if not cell.text or column in _ANYTHING:
        return True
    kind = _kind(cell.text, is_body)
    if kind in _MAY_BE[column]:
        return column != "name" or not _is_no_name(cell.text)
    if column == "funding" and kind == "serial":
        return True  # "500", in million dong
    brief = kind == "text" and len(cell.text) <= _MAX_BRIEF and not is_item(cell.text)
    return column in _BRIEF and brief and (column in ("deadline", "funding") or not _YEAR.search(cell.text))


@lru_cache(maxsize=8192)
def _kind(text: str, is_body: IsBody) -> str:
    kind = cell_kind(text)
    if kind != "text":
        return kind
    if parse_deadline(plain_words(text), whole=True).kind != "none":
        return "deadline"
    named, collective = is_body(_BREAK.sub("\n", text).strip("*_ "))
    return ("collective" if collective else "body") if named else "text"
