"""Pages of a PDF as blocks of the document: paragraphs and tables that run on over pages put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.readers.lines import Line, around, goes_on, join_lines, split_paragraphs
from ingest.readers.page_tables import PageTable, is_next_part, join_parts, write_grid
from ingest.readers.pdf_columns import Column, Sides, split_columns
from ingest.readers.pdf_pages import turn_box
from ingest.readers.pdf_parts import PageParts
from ingest.readers.reading import Grid, Paragraph, Place, Role

_TOGETHER = 2.0  # points within which lines end at one side
_AGREEING = 6  # lines of a page, and half of them, show where its text ends
_FULL = 0.75  # of a page: how far to the right lines reach at least where some are full


@dataclass(slots=True)
class _Text:
    """A paragraph while it may go on: its lines, its page, and the sides between which it stands."""

    page: PageParts
    lines: list[Line]
    sides: Sides
    own: int  # how many of the lines stand on its page: it may go on over the next


def write_pages(pages: Sequence[PageParts]) -> list[Paragraph | Grid]:
    """The blocks of all pages in reading order, margins and notes behind the text of their page."""
    sides = _body_sides(pages)
    _measure_room(pages)
    writer = _Writer({page.number: page for page in pages})
    for page in pages:
        writer.start_page(page)
        for part in _in_order(page, _own_sides(page.rows, sides[_shape(page)])):
            if isinstance(part, PageTable):
                writer.add_table(part)
            else:
                for lines in split_paragraphs(part.lines, *part.sides):
                    writer.add_lines(_Text(page, lines, part.sides, len(lines)))
        writer.end_page(page)
    writer.flush()
    return writer.blocks


class _Writer:
    """Holds back the last block of a page until the next page shows whether it goes on."""

    def __init__(self, pages: dict[int, PageParts]) -> None:
        self.blocks: list[Paragraph | Grid] = []
        self._pages = pages
        self._last: _Text | PageTable | None = None
        self._number = 0
        self._fresh = True  # nothing of this page yet
        self._behind: list[Paragraph] = []  # notes and margins of the page that the last block began on
        self._count = {"paragraph": 0, "table": 0}

    def start_page(self, page: PageParts) -> None:
        """Begin with a page; nothing goes on over one that is missing because it is a picture."""
        if page.number != self._number + 1:
            self.flush()
        self._number, self._fresh = page.number, True

    def add_table(self, part: PageTable) -> None:
        """Add a table, or the rest of the one that the last page ended with."""
        if self._fresh and isinstance(self._last, PageTable) and is_next_part(self._last, part):
            self._last = join_parts(self._last, part)
        else:
            self.flush()
            self._last = part
        self._fresh = False

    def add_lines(self, text: _Text) -> None:
        """Add a paragraph, or the rest of the one that the last page ended with."""
        last = self._last
        if self._fresh and isinstance(last, _Text) and goes_on(last.lines[-1], text.lines[0], *text.sides):
            last.lines += text.lines
        else:
            self.flush()
            self._last = text
        self._fresh = False

    def end_page(self, page: PageParts) -> None:
        """Set notes and margins behind the text of a page."""
        for role, lines in ((Role.NOTE, page.notes), (Role.MARGIN, page.margins)):
            groups = (
                split_paragraphs(lines, 0.0, page.size[0] - 30) if role is Role.NOTE else [[each] for each in lines]
            )
            self._behind += [self._paragraph(_Text(page, group, (0.0, 0.0), len(group)), role) for group in groups]

    def flush(self) -> None:
        """Write what was held back."""
        if isinstance(self._last, PageTable):
            self._count["table"] += 1
            self.blocks.append(self._shown(write_grid(self._last, f"table[{self._count['table']}]")))
        elif self._last:
            self.blocks.append(self._paragraph(self._last))
        self._last = None
        self.blocks += self._behind
        self._behind = []

    def _paragraph(self, text: _Text, role: Role = Role.TEXT) -> Paragraph:
        self._count["paragraph"] += 1
        joined = join_lines(text.lines)
        page = text.page
        box = turn_box(around([line.box for line in text.lines[: text.own]]), (360 - page.turned) % 360, page.size)
        place = Place(f"paragraph[{self._count['paragraph']}]", page.number, box)
        return Paragraph(joined.text, place, role, joined.doubts)

    def _shown(self, grid: Grid) -> Grid:
        """A table with its boxes on the pages as shown, not as turned to read them."""
        return replace(
            grid,
            place=self._turn_back(grid.place),
            cells=tuple(replace(cell, place=self._turn_back(cell.place)) for cell in grid.cells),
        )

    def _turn_back(self, place: Place) -> Place:
        if place.page is None or place.box is None:
            return place
        page = self._pages[place.page]
        return replace(place, box=turn_box(place.box, (360 - page.turned) % 360, page.size))


def _in_order(page: PageParts, sides: Sides) -> Iterator[PageTable | Column]:
    """Tables and the columns between them from the top."""
    rows, at = page.rows, 0
    for table in sorted(page.tables, key=lambda each: each.box[1]):
        end = at
        while end < len(rows) and rows[end][0].box[3] <= table.box[1] + _TOGETHER:
            end += 1
        yield from split_columns(rows[at:end], sides)
        yield table
        at = end
    yield from split_columns(rows[at:], sides)


def _shape(page: PageParts) -> tuple[int, int]:
    return round(page.size[0]), round(page.size[1])


def _body_sides(pages: Sequence[PageParts]) -> dict[tuple[int, int], Sides]:
    """The left and right side of the text on pages of each shape."""
    shapes: dict[tuple[int, int], list[list[Line]]] = {}
    for page in pages:
        shapes.setdefault(_shape(page), []).extend(page.rows)
    return {shape: _sides(rows, shape[0]) for shape, rows in shapes.items()}


def _sides(rows: Sequence[Sequence[Line]], width: int) -> Sides:
    if not rows:
        return 0.0, float(width)
    lefts, rights = sorted(row[0].box[0] for row in rows), sorted(row[-1].box[2] for row in rows)
    right = next((x for x, y in zip(rights[::-1], rights[-3::-1], strict=False) if x - y < _TOGETHER), rights[-1])
    left = next((x for x, y in zip(lefts, lefts[2:], strict=False) if y - x < _TOGETHER), lefts[0])
    if right < _FULL * width:  # no line is as wide as the text may be
        right = max(right, width - left)
    return left, right


def _own_sides(rows: Sequence[Sequence[Line]], sides: Sides) -> Sides:
    """The sides of one page: its own where its lines agree on them (sections and even pages have other margins)."""
    left = _agreed([row[0].box[0] for row in rows], sides[0])
    right = _agreed([row[-1].box[2] for row in rows], sides[1])
    return (left, right) if right - left > _FULL * (sides[1] - sides[0]) else sides


def _agreed(ends: Sequence[float], else_: float) -> float:
    """Where most lines begin or end, within a point or so."""
    shared = max(ends, key=lambda x: sum(abs(x - each) < _TOGETHER for each in ends), default=else_)
    count = sum(abs(shared - each) < _TOGETHER for each in ends)
    return shared if count >= _AGREEING and 2 * count >= len(ends) else else_


def _measure_room(pages: Sequence[PageParts]) -> None:
    """How much room each table leaves on its page: as much as the one that reaches lowest does not."""
    lowest: dict[tuple[int, int], float] = {}
    for page in pages:
        ends = [table.box[3] for table in page.tables] + [row[-1].box[3] for row in page.rows]
        lowest[_shape(page)] = max([lowest.get(_shape(page), 0.0), *ends])
    for page in pages:
        for table in page.tables:
            table.room = lowest[_shape(page)] - table.box[3]
