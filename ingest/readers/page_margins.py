"""Headers, footers and page numbers: lines at the edge of pages that come again, or count them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.lines import Line

_NUMBER = re.compile(
    r"\W*(?:(?:Trang|Page)\s*(?:số\s*)?)?(?P<page>\d{1,4})(?:\s*(?:/|trên|of)\s*\d{1,4})?\W*", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_EDGE = 0.12  # of the height
_AGAIN = 3  # pages that show a line before it is no part of the text
_NEAREST = 3  # lines from the top or bottom


@dataclass(frozen=True, slots=True)
class EdgeLine:
    """A line near the top or bottom of a page; `after` counts those between it and the edge."""

    page: int
    line: Line
    height: float
    top: bool

    @property
    def key(self) -> tuple[str, bool, int]:
        """What lines on several pages share: their words but for numbers, and their height."""
        at = self.line.box[1] if self.top else self.height - self.line.box[3]
        return _DIGITS.sub("#", self.line.text), self.top, round(at / 6)


def find_margins(pages: Sequence[tuple[int, float, Sequence[Line]]]) -> set[int]:
    """The ids of lines that are no part of the text; each page is its number, its height and its lines."""
    edges = [edge for number, height, lines in pages for edge in _edges(number, height, lines)]
    again = Counter(key for _, key in {(edge.page, edge.key) for edge in edges})
    near = {key: again[key] + again[_moved(key, 1)] + again[_moved(key, -1)] for key in again}
    offsets = Counter(offset for _, offset in {(edge.page, _offset(edge)) for edge in edges} if offset is not None)
    found = set()
    for edge in edges:
        offset = _offset(edge)
        if offset is not None:
            if offset == 0 or offsets[offset] > 1:
                found.add(id(edge.line))
        elif near[edge.key] >= _AGAIN:
            found.add(id(edge.line))
    return found


def _edges(number: int, height: float, lines: Sequence[Line]) -> list[EdgeLine]:
    ordered = sorted(lines, key=lambda line: line.box[1])
    tops = [line for line in ordered[:_NEAREST] if line.box[3] < _EDGE * height]
    bottoms = [line for line in ordered[-_NEAREST:] if line.box[1] > (1 - _EDGE) * height]
    return [EdgeLine(number, line, height, True) for line in tops] + [
        EdgeLine(number, line, height, False) for line in bottoms if line not in tops
    ]


def _offset(edge: EdgeLine) -> int | None:
    """How far a page number is from the page's own; None for what is no page number."""
    found = _NUMBER.fullmatch(edge.line.text)
    return int(found["page"]) - edge.page if found else None


def _moved(key: tuple[str, bool, int], by: int) -> tuple[str, bool, int]:
    return key[0], key[1], key[2] + by
