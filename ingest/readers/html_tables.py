"""Where the cells of a web page's table stand: rows by their groups, cells over several rows and columns as one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from ingest.readers.ooxml import Element

_WIDEST = 1000  # columns; what stands beyond is left out, as in browsers
_TALLEST = 65_534  # rows that a cell may ask for
_GROUPS = ("thead", "tbody", "tfoot")


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell, where it begins and how much it covers."""

    element: Element
    row: int
    column: int
    rows: int
    columns: int
    at: int  # which cell of its row, from 1 on


@dataclass(frozen=True, slots=True)
class Slots:
    """The cells of a table by row, then column."""

    height: int
    width: int
    cells: tuple[Slot, ...]


def place_cells(table: Element, shows: Callable[[Element], bool]) -> Slots:
    """Each cell at the first free position of its row; where two would overlap, the one begun first keeps its place.

    A cell ends with its group of rows (`rowspan=0` means just that); columns in which no cell begins are no columns.
    """
    cells: list[Slot] = []
    height = 0
    for group in _groups(table, shows):
        cells += _place_group(group, height)
        height += len(group)
    starts = sorted({cell.column for cell in cells})
    squeezed = (
        replace(
            cell,
            column=bisect_left(starts, cell.column),
            columns=bisect_left(starts, cell.column + cell.columns) - bisect_left(starts, cell.column),
        )
        for cell in cells
    )
    return Slots(height, len(starts), tuple(squeezed))


def _place_group(group: list[list[Element]], top: int) -> Iterator[Slot]:
    until: list[int] = []  # for each column, the row from which on it is free
    for at, row in enumerate(group):
        column = 0
        for nth, cell in enumerate(row, start=1):
            while column < len(until) and until[column] > at:
                column += 1
            if column >= _WIDEST:
                break
            rows = _span(cell, "rowspan", _TALLEST) or len(group)
            columns = min(_span(cell, "colspan", _WIDEST) or 1, _WIDEST - column)
            end = column + 1
            while end < column + columns and (end >= len(until) or until[end] <= at):
                end += 1
            until += [0] * (end - len(until))
            until[column:end] = [min(at + rows, len(group))] * (end - column)
            yield Slot(cell, top + at, column, min(rows, len(group) - at), end - column, nth)
            column = end


def _groups(table: Element, shows: Callable[[Element], bool]) -> list[list[list[Element]]]:
    """The rows of each group: the head at the head, feet at the foot wherever the file has them; loose rows are one."""
    heads: list[list[list[Element]]] = []
    bodies: list[list[list[Element]]] = []
    feet: list[list[list[Element]]] = []
    goes_on = False
    for each in table:
        if not isinstance(each.tag, str) or not shows(each):
            continue
        if each.tag == "tr":
            if not goes_on:
                bodies.append([])
            bodies[-1].append(_cells(each, shows))
        elif each.tag in _GROUPS:
            rows = [_cells(row, shows) for row in each if row.tag == "tr" and shows(row)]
            place = feet if each.tag == "tfoot" else bodies if heads or each.tag == "tbody" else heads
            place.append(rows)
        goes_on = each.tag == "tr"
    return [*heads, *bodies, *feet]


def _cells(row: Element, shows: Callable[[Element], bool]) -> list[Element]:
    return [each for each in row if each.tag in ("td", "th") and shows(each)]


def _span(cell: Element, name: str, most: int) -> int:
    """What a cell says of its span: as many digits as stand at its head, 1 where it says nothing."""
    said = (cell.get(name) or "").strip()
    digits = said[: len(said) - len(said.lstrip("0123456789"))]
    return min(int(digits[:6]), most) if digits and digits.isascii() else 1
