"""A page of a scan or a PDF beside its text: its picture, and boxes around the words that are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from graph.pictures import folder_of, load_pictures
from ingest.readers.page_pictures import PagePicture
from ingest.readers.reading import Box
from ingest.source import SourceText
from search_api.live import Opened
from search_api.page_read_layout import Unit
from search_api.per_generation import keep

_SPAN = re.compile(r"(\d{1,8})-(\d{1,8})")
_AROUND = 9.0  # points that are shown around quoted words
_LEAST_WIDTH = 300.0  # points: letters of a narrower stretch would be blown up


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of a file; boxes in points from its top left corner, to frame on the picture or to say in words."""

    number: int
    picture: PagePicture | None
    boxes: Sequence[Box]
    blocks: Sequence[str]  # what the boxes are: "table[3]/row[7]/cell[2]"

    @property
    def close_up(self) -> tuple[float, float, float, float] | None:
        """The part of the picture with all boxes: left, top, width, height."""
        if not self.boxes or self.picture is None:
            return None
        width, height = self.picture.width, self.picture.height
        left, top, right, bottom = _around(self.boxes)
        left, right = left - _AROUND, right + _AROUND
        missing = max(_LEAST_WIDTH - (right - left), 0) / 2
        left, right = max(left - missing, 0), min(right + missing, width)
        top, bottom = max(top - _AROUND, 0), min(bottom + _AROUND, height)
        return (left, top, right - left, bottom - top) if left < right and top < bottom else None


def read_span(text: str, asked: Unit | None) -> tuple[int, int] | None:
    """The stretch that an address asks for, "120-144"; else all of what stands on the asked line."""
    found = _SPAN.fullmatch(text)
    start, end = (int(found[1]), int(found[2])) if found else (0, 0)
    if start < end:
        return start, end
    return (asked.start, asked.end) if asked else None


def show_leaf(here: Opened, source: SourceText, number: int, span: tuple[int, int] | None) -> Leaf:
    """A page with the boxes of a stretch of its text."""
    places = list(_places(source, number, *span)) if span else []
    picture = load_page_pictures(here, source.sha256).get(number)
    return Leaf(number, picture, [box for _, box in places], [block for block, _ in places])


def load_page_pictures(here: Opened, sha256: str) -> MappingProxyType[int, PagePicture]:
    """The pictures of a file by page, looked up once a generation."""
    known = _known(here)
    if sha256 not in known:
        known[sha256] = MappingProxyType(load_pictures(here.generation, sha256))
    return known[sha256]


def find_picture(here: Opened, sha256: str, number: str) -> Path | None:
    """Where the picture of a page is, "12"; what is no page of the file has none, so that no name leads elsewhere."""
    if not (number.isascii() and number.isdigit() and len(number) < 6):
        return None
    picture = load_page_pictures(here, sha256).get(int(number))
    return folder_of(here.generation, sha256) / picture.name if picture else None


@keep
def _known(here: Opened) -> dict[str, MappingProxyType[int, PagePicture]]:
    return {}


def _places(source: SourceText, number: int, start: int, end: int) -> Iterator[tuple[str, Box]]:
    """The blocks of a page that a stretch of the text touches."""
    for each in source.places_in(start, end):
        if each.place.page == number and each.place.box is not None:
            yield each.place.block, each.place.box


def _around(boxes: Iterable[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
