"""One scanned page: turned upright, its rules found, its cells and the text around them read."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from ingest.readers.lines import Line
from ingest.readers.pdf_pages import turn_box
from ingest.readers.reading import Box
from ingest.readers.ruled_grids import RuledGrid, find_grids
from ingest.readers.scan_dashes import find_dashes
from ingest.readers.scan_images import DARK, POINTS, Gray, PageImage, drop_specks, rotate, whiten, write_tiff
from ingest.readers.scan_lines import mend_numeral, usual_height, write_lines, write_rows
from ingest.readers.scan_rules import erase_rules, find_rules
from ingest.readers.scan_upright import find_skew
from ingest.readers.tesseract import Word, read_words

_CELL, _PAGE = 6, 3  # how pictures are set: one block of text; whatever a page may hold
_MEETING = 0.035  # inches that rules may be apart which meet
_INSIDE = 0.015  # inches of a cell's edge that belong to its rules
_MARGIN = 10  # dots of white around a cell
_LEAST_INK = 12  # dots that may be a letter
_TURNS = (0, 90, 270, 180)
_SURE = 70.0  # of 100: words that make sense
_UPRIGHT = 0.6  # share of such words on a page that stands upright
_FEW = 4  # words that tell nothing


@dataclass(frozen=True, slots=True)
class ScannedTable:
    """A table of a page, in points of the upright page; `lines` are those of each of its slots."""

    grid: RuledGrid
    lines: list[list[Line]]


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """What was read of a page, and how it was turned for that: first by `turned`, then by `skew`, counter-clockwise."""

    size: tuple[float, float]  # of the upright page, in points
    turned: int
    skew: float
    rows: list[list[Line]] = field(default_factory=list)
    tables: list[ScannedTable] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a page that is read by itself: a slot of a table, or all that is outside tables."""

    gray: Gray
    left: int
    top: int
    table: int | None = None
    slot: int = 0


def read_page(image: PageImage) -> ScannedPage:
    """A page whichever way it was laid on the scanner; needs Tesseract."""
    best, most = None, -1.0
    for turn in _TURNS:
        page, words = _read_turned(image, turn)
        share, score = _sense(words)
        if score > most:
            best, most = page, score
        if share >= _UPRIGHT or (turn == 0 and not words):
            break
    assert best is not None
    return best


def _sense(words: Sequence[Word]) -> tuple[float, float]:
    """The share of words that were read for sure, and how many letters they have."""
    long = [word for word in words if len(word.text) > 2]
    sure = [word for word in long if word.sure >= _SURE and _is_level(word)]
    return (len(sure) / len(long) if len(long) >= _FEW else 0.0), float(sum(len(word.text) for word in sure))


def _is_level(word: Word) -> bool:
    """Whether a word runs from left to right: the program reads lines that run upwards as well."""
    left, top, right, bottom = word.box
    return right - left > bottom - top


def _read_turned(image: PageImage, turn: int) -> tuple[ScannedPage, list[Word]]:
    white = whiten(np.ascontiguousarray(np.rot90(image.gray, turn // 90)))
    skew = find_skew(white < DARK)
    white = rotate(white, skew) if skew else white
    dark = white < DARK
    rules = find_rules(dark, image.dots)
    near = _MEETING * image.dots
    level, upright = ([each.rule for each in found] for found in (rules.level, rules.upright))
    gray = drop_specks(white)
    gray[erase_rules(dark, rules)] = 255
    pieces, grids = _cut(gray, find_grids(level, upright, near), image.dots)
    words = _read_pieces(pieces, image.dots)
    scale = POINTS / image.dots
    size = (white.shape[1] * scale, white.shape[0] * scale)
    page = ScannedPage(size, turn, skew, tables=[_table(grid, scale) for grid in grids])
    _fill(page, pieces, words, scale)
    return page, [word for own in words for word in own]


def _cut(gray: Gray, grids: Sequence[RuledGrid], dots: float) -> tuple[list[_Piece], list[RuledGrid]]:
    """The stretches of a page that hold ink; a grid without ink in two of its slots is no table."""
    pieces: list[_Piece] = []
    tables: list[RuledGrid] = []
    inset, rest = round(_INSIDE * dots), gray.copy()
    for grid in grids:
        own = [piece for piece in _cut_slots(gray, grid, inset, len(tables)) if _has_ink(piece.gray)]
        if len(own) > 1:
            tables.append(grid)
            pieces += own
            left, top, right, bottom = (round(each) for each in grid.box)
            rest[max(top - inset, 0) : bottom + inset, max(left - inset, 0) : right + inset] = 255
    if _has_ink(rest):
        pieces.append(_Piece(rest, 0, 0))
    return pieces, tables


def _cut_slots(gray: Gray, grid: RuledGrid, inset: int, table: int) -> Iterator[_Piece]:
    for at, slot in enumerate(grid.slots):
        left, top, right, bottom = (round(each) for each in grid.box_of(slot))
        inside = gray[top + inset : bottom - inset + 1, left + inset : right - inset + 1]
        if inside.size:
            framed = np.pad(inside, _MARGIN, constant_values=255)
            yield _Piece(framed, left + inset - _MARGIN, top + inset - _MARGIN, table, at)


def _has_ink(gray: Gray) -> bool:
    return int((gray < DARK).sum()) >= _LEAST_INK


def _read_pieces(pieces: Sequence[_Piece], dots: float) -> list[list[Word]]:
    """The words of each piece: cells in one call, the rest in another."""
    words: list[list[Word]] = [[] for _ in pieces]
    for layout in (_CELL, _PAGE):
        own = [at for at, piece in enumerate(pieces) if (piece.table is None) == (layout == _PAGE)]
        if own:
            for word in read_words(write_tiff([pieces[at].gray for at in own], dots), layout):
                words[own[word.picture]].append(word)
    return words


def _table(grid: RuledGrid, scale: float) -> ScannedTable:
    scaled = RuledGrid(tuple(x * scale for x in grid.xs), tuple(y * scale for y in grid.ys), grid.slots)
    return ScannedTable(scaled, [[] for _ in grid.slots])


def _fill(page: ScannedPage, pieces: Sequence[_Piece], words: Sequence[Sequence[Word]], scale: float) -> None:
    """Set the lines of each piece into the page."""
    usual = usual_height(word for own in words for word in own)
    for piece, own in zip(pieces, words, strict=True):

        def to_page(box: tuple[int, int, int, int], piece: _Piece = piece) -> Box:
            left, top, right, bottom = box
            x, y = piece.left, piece.top
            return (left + x) * scale, (top + y) * scale, (right + x) * scale, (bottom + y) * scale

        lines = write_lines(find_dashes(piece.gray, own, usual), usual, to_page, apart=piece.table is None)
        if piece.table is None:
            page.rows.extend(write_rows(lines))
        else:
            page.tables[piece.table].lines[piece.slot].extend([mend_numeral(lines[0])] if len(lines) == 1 else lines)


def shown_box(page: ScannedPage, box: Box) -> Box:
    """A box of the upright page on the page as the file shows it."""
    (width, height), angle = page.size, math.radians(page.skew)
    corners = [(x - width / 2, y - height / 2) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs = [x * math.cos(angle) - y * math.sin(angle) + width / 2 for x, y in corners]
    ys = [x * math.sin(angle) + y * math.cos(angle) + height / 2 for x, y in corners]
    found: Box = turn_box((min(xs), min(ys), max(xs), max(ys)), page.turned, page.size)
    return found
