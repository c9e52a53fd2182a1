"""Which column each cell of a row belongs to, where merged cells were lost.

A row that keeps all its cells is read by position. Otherwise its cells, in order, are laid on the columns so that the
sum of costs is least: what a cell says decides (a period, a source of money, a body), then what the row lacks. A column
that gets no cell was covered by a merged cell and takes the value above.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.deadlines import parse_deadline
from ingest.tables import Cell, Row, Table, cell_kind

# What it costs to leave a column to the merged cell above it.
_SKIP = {"number": 2.0, "code": 0.5, "name": 0.5, "content": 9.0, "lead": 1.0, "coordinating": 0.8, "": 0.5}
# What it costs that a cell which stands there is blank.
_BLANK = {"number": 1.0, "code": 4.0, "name": 4.0, "content": 8.0, "lead": 3.0, "deadline": 1.5, "funding": 1.0}
_OTHERS = 0.6
_NOTHING_ABOVE = 6.0  # nothing can be inherited in the first row under a heading
_WRONG = 5.0  # the cell says something else than the column asks for
_CLOSE = 0.2  # two readings nearer than this cannot be told apart


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
    if table.exact or len(cells) == width:
        padded = (*cells, *(None,) * (width - len(cells)))
        return Reading(padded, None)
    ranked = _readings(table.columns, cells, open_columns, is_body)
    (cost, best), rivals = ranked[0], ranked[1:]
    close = next((other for other_cost, other in rivals if other_cost - cost < _CLOSE), None)
    return Reading(_place(best, cells), _place(close, cells) if close else None)


def _place(columns: tuple[int | None, ...], cells: Sequence[Cell]) -> tuple[Cell | None, ...]:
    return tuple(None if at is None else cells[at] for at in columns)


def _readings(
    columns: tuple[str, ...], cells: Sequence[Cell], open_columns: frozenset[int], is_body: IsBody
) -> list[tuple[float, tuple[int | None, ...]]]:
    """The two cheapest ways to lay the cells on the columns, in order, each column at most one."""

    @cache
    def best(column: int, cell: int) -> tuple[tuple[float, tuple[int | None, ...]], ...]:
        if column == len(columns):
            return ((0.0, ()),) if cell == len(cells) else ()
        options = []
        if len(columns) - column > len(cells) - cell:
            skip = _skip_cost(columns[column], column in open_columns)
            options += [(skip + cost, (None, *rest)) for cost, rest in best(column + 1, cell)]
        if cell < len(cells):
            fit = _fit_cost(columns[column], cells[cell], is_body)
            options += [(fit + cost, (cell, *rest)) for cost, rest in best(column + 1, cell + 1)]
        return tuple(sorted(options, key=lambda option: option[0])[:2])

    return list(best(0, 0))


def _skip_cost(column: str, inherits: bool) -> float:
    cost = _SKIP.get(column, 1.0)
    return cost if inherits or column == "" else cost + _NOTHING_ABOVE


def _fit_cost(column: str, cell: Cell, is_body: IsBody) -> float:
    if not cell.text:
        return _BLANK.get(column, _OTHERS)
    kind = _kind(cell.text, is_body)
    match column:
        case "number":
            return 0.0 if kind in ("serial", "group") else _WRONG
        case "code":
            return 0.0 if kind == "code" else _WRONG
        case "lead" | "coordinating":
            # a body of its own more likely leads; "the departments concerned" more likely join in
            unlikely = "collective" if column == "lead" else "body"
            return {"body": 0.0, "collective": 0.0}.get(kind, _WRONG) + (0.1 if kind == unlikely else 0.0)
        case "deadline" | "funding":
            return 0.0 if kind == column else _WRONG
        case "content" | "name" | "output" | "note":
            return 0.0 if kind == "text" else _WRONG / 2
        case _:
            return 1.0


def _kind(text: str, is_body: IsBody) -> str:
    kind = cell_kind(text)
    if kind != "text":
        return kind
    if parse_deadline(text, whole=True).kind != "none":
        return "deadline"
    named, collective = is_body(text)
    return ("collective" if collective else "body") if named else "text"
