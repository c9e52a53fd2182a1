"""Where the cells of a Word table stand: columns by the edges that cells have in common, merged cells as one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ingest.readers.docx_runs import GONE, unwrap
from ingest.readers.ooxml import Element, attribute, child, is_on, name_of, number

_WIDEST = 63  # columns, the most that Word draws
_HAIR = 115  # twentieths of a point, 2 mm: edges nearer than that are one edge, drawn by an unsteady hand
_FAR = 1000  # the width of a column for which the file gives none


@dataclass(slots=True)
class DrawnCell:
    """A cell with the columns between whose edges it stands, and how many rows it covers."""

    element: Element
    row: int
    at: int  # which cell of its row, from 1 on
    left: int
    right: int
    rows: int = 1
    joins: bool = False  # goes on a cell of the row above


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """The cells of a table by row; a cell that goes on one above is left out, the one above covers its row."""

    width: int
    rows: tuple[tuple[DrawnCell, ...], ...]


def draw_table(table: Element) -> DrawnTable:
    """The cells of a table with deleted rows and cells left out."""
    rows = [row for each in unwrap(table) if name_of(each) == "w:tr" and (row := _draw_row(each)) is not None]
    for at, row in enumerate(rows):
        for cell in row:
            cell.row = at
    columns = _columns(table, rows)
    for row in rows:
        for cell in row:
            cell.left, cell.right = columns[cell.left], columns[cell.right]
    return DrawnTable(len(set(columns.values())) - 1 if columns else 0, tuple(_join(rows)))


def _draw_row(row: Element) -> list[DrawnCell] | None:
    properties = child(row, "w:trPr")
    if properties is not None and any(name_of(each) in GONE for each in properties):
        return None
    if is_on(child(properties, "w:hidden")):
        return None
    left = min(max(number(child(properties, "w:gridBefore")) or 0, 0), _WIDEST)
    cells: list[DrawnCell] = []
    for each in unwrap(row):
        if name_of(each) != "w:tc":
            continue
        own = child(each, "w:tcPr")
        right = left + min(max(number(child(own, "w:gridSpan")) or 1, 1), _WIDEST)
        if child(own, "w:cellDel") is not None:
            continue
        if cells and _says(own, "w:hMerge") == "continue":  # how older files merge a cell with the one on its left
            cells[-1].right = right
        else:
            joins = _says(own, "w:vMerge") == "continue"
            cells.append(DrawnCell(each, 0, len(cells) + 1, left, right, joins=joins))
        left = right
    return cells


def _says(properties: Element | None, name: str) -> str | None:
    """What a merge says: <w:vMerge/> alone goes on the cell above."""
    found = child(properties, name)
    if found is not None:
        return attribute(found, "val") or "continue"
    tracked = child(properties, "w:cellMerge") if name == "w:vMerge" else None
    return None if tracked is None else {"cont": "continue"}.get(attribute(tracked, "vMerge") or "", "restart")


def _columns(table: Element, rows: Sequence[Sequence[DrawnCell]]) -> dict[int, int]:
    """The column that begins at each edge that a cell has; edges a hair apart are one, unless a cell is that narrow."""
    edges = sorted({edge for row in rows for cell in row for edge in (cell.left, cell.right)})
    grid = child(table, "w:tblGrid")
    widths = [number(each, "w") or 0 for each in (() if grid is None else grid) if name_of(each) == "w:gridCol"]
    places = [0, *accumulate(max(width, 0) for width in widths)]

    def place(edge: int) -> int:
        return places[edge] if edge < len(places) else places[-1] + _FAR * (edge - len(places) + 1)

    starts = {edges[0]} if edges else set()
    known = sum(widths) > 0
    last = edges[0] if edges else 0
    ends = _nearest_ends(rows)
    for edge in edges[1:]:
        if not known or place(edge) - place(last) >= _HAIR or ends.get(edge, -1) >= last:
            starts.add(edge)
            last = edge
    begins = sorted(starts)
    return {edge: bisect_right(begins, edge) - 1 for edge in edges}


def _nearest_ends(rows: Sequence[Sequence[DrawnCell]]) -> dict[int, int]:
    """For each edge at which a cell ends, where the narrowest of those begins."""
    ends: dict[int, int] = {}
    for row in rows:
        for cell in row:
            ends[cell.right] = max(ends.get(cell.right, -1), cell.left)
    return ends


def _join(rows: Sequence[Sequence[DrawnCell]]) -> Iterator[tuple[DrawnCell, ...]]:
    above: dict[tuple[int, int], DrawnCell] = {}
    for row in rows:
        now: dict[tuple[int, int], DrawnCell] = {}
        kept = []
        for cell in row:
            place = (cell.left, cell.right)
            over = above.get(place) if cell.joins else None
            if over is None:
                kept.append(cell)
            else:
                over.rows += 1
            now[place] = over or cell
        above = now
        yield tuple(kept)
