"""A source text as it stands on its pages: headings, paragraphs, list items and the rows of tables, in order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from graph.pictures import has_pages
from ingest.blocks import Block, find_blocks
from ingest.grid import Table
from ingest.lines import split_lines
from ingest.outline import Node, build_outline, is_heading
from ingest.source import SourceText
from ingest.structure import Region, split_regions
from ingest.tables import find_tables
from search_api.page_read_drawn import Drawn, draw_grid, draw_head, draw_rows, find_bare_grids
from search_api.page_read_grid import Fields, Place, lay_rows

_WITH_OUTLINE = frozenset({"body", "attached", "annex"})
_ROW_WEIGHT = 300  # what a row of a table takes beside its words, in characters
_UNIT_WEIGHT = 120
_IN_BARE = frozenset({"title", "text"})  # what a drawn table without a head may be taken for
LONGEST_PAGE = 20_000  # characters; a text that is longer is cut before a heading, else where it gets too long
_FULL = 0.6  # of a page, from which on a heading begins the next


@dataclass(frozen=True, slots=True)
class Unit:
    """What stands by itself on the page: Unit("heading", 120, 158, depth=1)."""

    kind: str  # title | heading | text | row | loose: what stands between the rows of a table
    start: int
    end: int
    depth: int = 0  # of a heading below its part, of a text below its heading
    region: str = "body"
    row: tuple[Place, ...] = ()
    table: int = -1  # which table it is a row of


@dataclass(frozen=True, slots=True)
class Layout:
    """A text with its units in order, the tables that they are rows of, and the pages: units from … to.

    The pages are those of the file where it has any.
    """

    source: SourceText
    units: tuple[Unit, ...]
    tables: tuple[Drawn, ...]
    pages: tuple[tuple[int, int], ...]

    def page_at(self, line: int) -> int:
        """The page, from 1 on, on which a line stands; the one before it where the line holds no words."""
        starts = self.source.line_starts
        after = starts[line] if line < len(starts) else len(self.source.text)
        at = max(bisect_left(self.units, after, key=lambda unit: unit.start) - 1, 0)
        return min(bisect_right(self.pages, at, key=lambda page: page[1]) + 1, len(self.pages))


def lay_out(source: SourceText, fields: Sequence[tuple[int, Fields]] = ()) -> Layout:
    """How a text stands on its pages; `fields` are those of the tasks in its tables, each with where it begins."""
    lines = split_lines(source)
    tables = find_tables(source, lines)
    units: list[Unit] = []
    for region in split_regions(find_blocks(source, lines, tables)):
        for block, unit in _of_region(region):
            if block.table is None:
                units.append(unit)
            else:
                units += _of_table(source, block.table, tables.index(block.table), unit.region, fields)
    units.sort(key=lambda unit: unit.start)
    drawn = [draw_head(source, table) for table in tables]
    for grid in find_bare_grids(source, tables):
        inside = slice(*(bisect_left(units, at, key=lambda unit: unit.start) for at in (grid.start, grid.end)))
        if units[inside] and all(unit.kind in _IN_BARE for unit in units[inside]):
            around = units[inside][0].region
            units[inside] = [
                Unit("row", start, end, 0, around, places, len(drawn)) for start, end, places in draw_grid(source, grid)
            ]
            drawn.append(Drawn((), grid.width))
    pages = _follow_pages(source, units) if has_pages(source) else _cut_pages(units)
    return Layout(source, tuple(units), tuple(drawn), tuple(pages))


def _of_region(region: Region) -> Iterator[tuple[Block, Unit]]:
    if region.kind not in _WITH_OUTLINE:
        for block in region.blocks:
            kind = "title" if region.kind == "title" else "text"
            yield block, Unit(kind, block.start, block.end, 0, region.kind)
        return
    for at, block in enumerate(region.blocks[: region.heading]):
        yield block, Unit("title" if at else "heading", block.start, block.end, 0, region.kind)
    root = build_outline(region.blocks[region.heading :], "", set())
    for node in root.walk():
        if node.block:
            yield node.block, _of_node(node, region.kind, int(region.kind != "body" and region.heading > 0))


def _of_node(node: Node, region: str, below: int) -> Unit:
    """The unit of a node: a heading by how many headings stand above it, a text by how many items do."""
    start, end = (node.block.start, node.block.end) if node.block else (0, 0)
    above = list(_above(node))
    headings = sum(each.marked and is_heading(each) for each in above)
    if node.marked and is_heading(node):
        return Unit("heading", start, end, headings + below, region)
    return Unit("text", start, end, sum(each.marked and not is_heading(each) for each in above), region)


def _above(node: Node) -> Iterator[Node]:
    while node.parent is not None:
        node = node.parent
        yield node


def _of_table(
    source: SourceText, table: Table, number: int, region: str, fields: Sequence[tuple[int, Fields]]
) -> Iterator[Unit]:
    at = table.rows[0].start if table.rows else table.end
    laid = draw_rows(source, table) or lay_rows(table, _by_row(table, fields))
    for row, places in zip(table.rows, laid, strict=True):
        yield from _loose(source, at, row.start, region, number)
        yield Unit("row", row.start, row.end, 0, region, places, number)
        at = row.end
    yield from _loose(source, at, table.end, region, number)


def _by_row(table: Table, fields: Sequence[tuple[int, Fields]]) -> Mapping[int, Fields]:
    """What tasks say of the rows of a table, by where each row begins."""
    starts = [row.start for row in table.rows]
    inside = ((start, each) for start, each in fields if starts and starts[0] <= start < table.end)
    return {starts[bisect_right(starts, start) - 1]: each for start, each in inside}


def _loose(source: SourceText, start: int, end: int, region: str, table: int) -> Iterator[Unit]:
    """What stands between two rows and is none: the number of a page, the head printed again."""
    words = source.text[start:end]
    if any(character.isalnum() for character in words):
        begin = start + len(words) - len(words.lstrip())
        yield Unit("loose", begin, start + len(words.rstrip()), 0, region, (), table)


def _follow_pages(source: SourceText, units: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """The units that begin on each page of the file; none on one that is blank or could not be read."""
    places = (source.place_at(unit.start) for unit in units)
    numbers = list(accumulate((place.page or 1 if place else 1 for place in places), max))
    for page in range(1, max(source.pages or 1, *numbers[-1:], 1) + 1):
        yield bisect_left(numbers, page), bisect_right(numbers, page)


def _cut_pages(units: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    first, weight = 0, 0
    for at, unit in enumerate(units):
        opens = unit.kind == "heading" and unit.depth <= 1 and weight > _FULL * LONGEST_PAGE
        after_title = at > 0 and units[at - 1].kind == "heading"  # a heading is not left alone
        if at > first and (opens or (weight >= LONGEST_PAGE and not after_title)):
            yield first, at
            first, weight = at, 0
        weight += unit.end - unit.start + (_ROW_WEIGHT if unit.kind == "row" else _UNIT_WEIGHT)
    yield first, len(units)
