"""What a page of a PDF draws: letters, straight rules, filled areas and pictures, in the order of the file."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.utils import apply_matrix_pt

from ingest.readers.legacy_fonts import LegacyFont, font_named
from ingest.source import Unreadable

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]

MOST_LETTERS = 60_000  # on a page; the densest tables have some 6,000
_MOST_SEGMENTS = 100_000
_MOST_FILLS = 500  # areas of a page that white letters may stand on
_MOST_FORMS = 5_000  # a form may draw forms that draw forms
_THIN = 3.0  # points: a filled area this thin is a rule
_UNSEEN = (3, 7)  # ways to set text that leave no ink: under the picture of a scan
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_CODE = "\ufffd"  # a letter whose font does not say which it is


@dataclass(slots=True)
class Glyph:
    """One letter, upright once its page is turned; `base` is the line that it stands on."""

    text: str
    left: float
    right: float
    base: float
    size: float
    font: LegacyFont | None
    angle: int | None  # 0, 90, 180, 270, or None for one that stands askew
    white: bool
    unseen: bool
    artifact: bool  # what the file itself calls no part of the text


@dataclass(slots=True)
class Drawn:
    """A page: Rule-like segments as (left, top, right, bottom), everything from the top left corner."""

    number: int
    width: float = 0.0
    height: float = 0.0
    glyphs: list[Glyph] = field(default_factory=list)
    segments: list[tuple[float, float, float, float]] = field(default_factory=list)
    fills: list[tuple[float, float, float, float]] = field(default_factory=list)  # areas that white letters show on
    pictured: float = 0.0  # share of the page that pictures cover
    paths: int = 0  # how many lines, areas and curves there are
    turned: int = 0  # how far the page was turned so that its text stands upright


class PageDevice(PDFTextDevice):
    """Takes down one page after the other as pdfminer draws it; `drawn` is the last one."""

    def __init__(self, resources: Any) -> None:
        super().__init__(resources)
        self.drawn = Drawn(0)
        self._forms = 0
        self._render = 0
        self._tags: list[str | None] = []  # of open marked content: what to read instead
        self._artifacts: list[bool] = []

    def start(self, number: int) -> None:
        """Begin with a new page."""
        self.drawn = Drawn(number)
        self._forms, self._tags, self._artifacts = 0, [], []

    def begin_page(self, page: Any, ctm: Any) -> None:
        """Take the size of the page as shown."""
        x0, y0, x1, y1 = page.mediabox
        first, last = apply_matrix_pt(ctm, (x0, y0)), apply_matrix_pt(ctm, (x1, y1))
        self.drawn.width, self.drawn.height = abs(first[0] - last[0]), abs(first[1] - last[1])

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        """Count what is drawn from elsewhere in the file."""
        self._forms += 1
        if self._forms > _MOST_FORMS:
            raise Unreadable(f"page {self.drawn.number} draws more than {_MOST_FORMS} parts")

    def render_image(self, name: str, stream: Any) -> None:
        """Add up what pictures cover."""
        corners = [apply_matrix_pt(self._matrix(), corner) for corner in ((0, 0), (1, 1), (0, 1), (1, 0))]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        whole = max(self.drawn.width * self.drawn.height, 1.0)
        self.drawn.pictured += (max(xs) - min(xs)) * (max(ys) - min(ys)) / whole

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        """Enter marked content: some is no text (page numbers), some says what to read instead of its letters."""
        said = props.get("ActualText") if isinstance(props, dict) else None
        self._tags.append(_decode(said) if isinstance(said, bytes) else None)
        self._artifacts.append(getattr(tag, "name", "") == "Artifact")

    def end_tag(self) -> None:
        """Leave marked content."""
        if self._tags:
            self._tags.pop()
            self._artifacts.pop()

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        """Note how the letters are set before they are drawn."""
        self._render = textstate.render
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(  # the signature is pdfminer's
        self,
        matrix: Matrix,
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: Any,
    ) -> float:
        """Take down one letter."""
        advance: float = font.char_width(cid) * fontsize * scaling
        a, b, c, d, e, f = matrix
        x, y = e + c * rise, f + d * rise
        size = abs(fontsize) * math.hypot(c, d)
        end_x, end_y = x + a * advance, y + b * advance
        angle = _angle(a * (-1 if fontsize < 0 else 1), b * (-1 if fontsize < 0 else 1))
        left, right, base = _upright(angle, ((x, y), (end_x, end_y)), (self.drawn.width, self.drawn.height))
        white = _is_white(graphicstate.ncolor)
        glyph = Glyph(
            self._letter(font, cid), left, right, base, size, _legacy(font.fontname), angle, white, False, False
        )
        glyph.unseen = self._render in _UNSEEN
        glyph.artifact = any(self._artifacts)
        self.drawn.glyphs.append(glyph)
        if len(self.drawn.glyphs) > MOST_LETTERS:
            raise Unreadable(f"page {self.drawn.number} holds more than {MOST_LETTERS} letters")
        return advance

    def paint_path(self, graphicstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Any]) -> None:
        """Take down straight rules, drawn as lines or as thin areas; curves are pictures."""
        drawn = self.drawn
        drawn.paths += 1
        stroke = stroke and not _is_white(graphicstate.scolor)
        fill = fill and not _is_white(graphicstate.ncolor)
        for points in _subpaths(path) if stroke or fill else ():
            shown = [(x, drawn.height - y) for x, y in (apply_matrix_pt(self._matrix(), point) for point in points)]
            xs, ys = [x for x, _ in shown], [y for _, y in shown]
            left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
            thin = min(right - left, bottom - top) < _THIN
            if thin:
                drawn.segments.append((left, top, right, bottom))
            elif stroke:
                for (x0, y0), (x1, y1) in itertools.pairwise(shown):
                    if min(abs(x1 - x0), abs(y1 - y0)) < 1.0:
                        drawn.segments.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
            if fill and not thin and len(drawn.fills) < _MOST_FILLS:
                drawn.fills.append((left, top, right, bottom))
        if len(drawn.segments) > _MOST_SEGMENTS:
            raise Unreadable(f"page {drawn.number} draws more than {_MOST_SEGMENTS} lines")

    def _matrix(self) -> Matrix:
        assert self.ctm is not None  # pdfminer sets it before anything is drawn
        return self.ctm

    def _letter(self, font: Any, cid: int) -> str:
        for at in range(len(self._tags) - 1, -1, -1):
            said = self._tags[at]
            if said is not None:  # the first letter stands for all, the others for none
                self._tags[at] = ""
                return said
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            return _CODE
        return text if isinstance(text, str) and text != "\0" else _CODE


@cache
def _legacy(name: Any) -> LegacyFont | None:
    text = name if isinstance(name, str) else getattr(name, "name", "")
    return font_named(_SUBSET.sub("", str(text)))


def _angle(a: float, b: float) -> int | None:
    """Where text runs to, counter-clockwise from the right."""
    if abs(b) < 0.05 * abs(a):
        return 0 if a > 0 else 180
    if abs(a) < 0.05 * abs(b):
        return 90 if b > 0 else 270
    return None


def _upright(angle: int | None, ends: tuple[Point, Point], page: tuple[float, float]) -> tuple[float, float, float]:
    """Left, right and base line of a letter on a page that is turned until its text stands upright."""
    (x, y), (end_x, end_y) = ends
    width, height = page
    if angle == 90:
        return min(y, end_y), max(y, end_y), x
    if angle == 180:
        return width - max(x, end_x), width - min(x, end_x), y
    if angle == 270:
        return height - max(y, end_y), height - min(y, end_y), width - x
    return min(x, end_x), max(x, end_x), height - y


def turn_box(box: tuple[float, float, float, float], angle: int, page: tuple[float, float]) -> Any:
    """A box of a page as shown on the page turned until text that runs at an angle stands upright."""
    left, top, right, bottom = box
    width, height = page
    if angle == 90:
        return height - bottom, left, height - top, right
    if angle == 180:
        return width - right, height - bottom, width - left, height - top
    if angle == 270:
        return top, width - right, bottom, width - left
    return box


def _subpaths(path: Sequence[Any]) -> list[list[Point]]:
    """The straight pieces of a path, each as its points; a piece with a curve is left out."""
    pieces: list[list[Point]] = []
    curved = False
    for step in path:
        kind = step[0]
        if kind == "m":
            if curved:
                pieces.pop()
            pieces.append([(float(step[1]), float(step[2]))])
            curved = False
        elif kind == "l" and pieces:
            pieces[-1].append((float(step[1]), float(step[2])))
        elif kind == "h" and pieces:
            pieces[-1].append(pieces[-1][0])
        else:
            curved = bool(pieces)
    if curved:
        pieces.pop()
    return [piece for piece in pieces if len(piece) > 1]


def _is_white(color: Any) -> bool:
    parts = color if isinstance(color, (tuple, list)) else (color,)
    if not all(isinstance(part, (int, float)) for part in parts):
        return False
    return min(parts) > 0.97 if len(parts) in (1, 3) else len(parts) == 4 and max(parts) < 0.03


def _decode(said: bytes) -> str:
    if said.startswith(b"\xfe\xff"):
        return said[2:].decode("utf-16-be", "replace")
    return said.decode("latin-1")
