"""The rows of a table as a rectangle: each cell under its column, those that a merged cell covers joined to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.grid import Row, Table

Fields = Mapping[str, int]  # field of the task that was read in a row -> where its words begin


@dataclass(frozen=True, slots=True)
class Place:
    """One cell of a row: where it stands in the text, and how many columns it runs over.

    `is_above` where a merged cell further up, which it names, covers this place.
    """

    start: int
    end: int
    columns: int = 1
    is_above: bool = False


_BLANK = Place(0, 0)


def lay_rows(table: Table, fields: Mapping[int, Fields]) -> list[tuple[Place, ...]]:
    """The places of each row, as wide as the table; `fields` are what tasks say of rows, by where a row begins."""
    cells = [cell for row in table.rows for cell in row.cells if cell.text]
    return [_lay(table, row, fields.get(row.start, {}), [(cell.start, cell.end) for cell in cells])
            for row in table.rows]  # fmt: skip


def _lay(table: Table, row: Row, fields: Fields, known: Sequence[tuple[int, int]]) -> tuple[Place, ...]:
    width = len(table.heads)
    places = [Place(cell.start, cell.end) for cell in row.cells]
    if len(places) >= width or not fields:
        return _widen(places, width)
    by_name = dict(zip(reversed(table.columns), range(width - 1, -1, -1), strict=True))
    content = next((by_name[name] for name in ("content", "name", "indicator") if name in by_name), 0)
    wanted = {start: content if name == "text" else by_name.get(name, -1) for name, start in fields.items()}
    found: list[Place] = [_BLANK] * width
    for start, column in wanted.items():
        if start < row.start and column >= 0 and (cell := _covering(known, start)):
            found[column] = Place(*cell, is_above=True)
    column = -1
    for at, place in enumerate(places):
        printed = {wanted[start] for start in wanted if place.start <= start < max(place.end, place.start + 1)} - {-1}
        column = max(printed, default=_next_free(found, column, width - (len(places) - at)))
        if not 0 <= column < width or found[column] != _BLANK:
            return _widen(places, width)  # the records speak of another reading: as it stands, from the left
        found[column] = place
    return tuple(found)


def _covering(known: Sequence[tuple[int, int]], start: int) -> tuple[int, int] | None:
    return next((cell for cell in known if cell[0] <= start < cell[1]), None)


def _next_free(found: Sequence[Place], column: int, last: int) -> int:
    """The next column that nothing covers; as many must stay free behind it as there are cells left."""
    free = (at for at in range(column + 1, len(found)) if found[at] == _BLANK)
    return next(free, last)


def _widen(places: Sequence[Place], width: int) -> tuple[Place, ...]:
    """A row as wide as its table: the last cell of a short one runs over the rest."""
    missing = width - len(places)
    return (*places[:-1], replace(places[-1], columns=1 + missing)) if missing > 0 and places else tuple(places)
