"""What every reader yields, whatever the kind of file: paragraphs and grids in reading order, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Box = tuple[
    float, float, float, float
]  # left, top, right, bottom in points (1/72 inch) from the page's top left corner


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the file: Place("table[3]/row[4]/cell[2]"), with page and box where there are pages."""

    block: str
    page: int | None = None  # from 1 on
    box: Box | None = None


class Role(StrEnum):
    """What a paragraph is to the document."""

    TEXT = "text"
    NOTE = "note"  # a footnote or endnote, set behind the text
    MARGIN = "margin"  # header, footer, page number: read, but no part of the text
    PORTAL = "portal"  # what a web page says around the document


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, its automatic number included ("II.1.a" as the page shows it); a line break inside it is `\\n`."""

    text: str
    place: Place
    role: Role = Role.TEXT
    doubts: tuple[tuple[int, int], ...] = ()  # stretches of `text` that a scan shows badly


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell where it begins; `rows` and `columns` say how many it covers: a merged cell is one cell."""

    row: int
    column: int
    text: str
    place: Place
    rows: int = 1
    columns: int = 1
    doubts: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as drawn: every position of `height` x `width` is covered by at most one cell."""

    height: int
    width: int
    cells: tuple[GridCell, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as read: its blocks, what a portal says of it ("Số hiệu" -> "719/QĐ-UBND"), and what to tell the user."""

    blocks: tuple[Paragraph | Grid, ...]
    portal: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    pages: int | None = None
