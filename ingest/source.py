"""The text of a plan as every later step sees it, in NFC, and where its stretches stand in the file."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from ingest.readers.layout import LaidGrid, LaidPlace, Layout
from ingest.readers.reading import Place
from ingest.records import Source

# Letters that Vietnamese has and its neighbours in a Latin script mostly do not.
_VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
_MIN_VIETNAMESE = 0.02  # plans have 0.15 to 0.20; a text without its accents has none


class Unreadable(Exception):
    """A file that cannot be used, with the reason in one line for a person."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class SourceText:
    """One document's text; `cite` makes the quotes that every fact carries."""

    file: str
    sha256: str
    text: str
    line_starts: tuple[int, ...]
    grids: tuple[LaidGrid, ...] = ()  # tables as the file draws them; plain text has none
    places: tuple[LaidPlace, ...] = ()  # where stretches of the text stand in the file
    doubts: tuple[tuple[int, int], ...] = ()  # stretches that a scan shows badly
    kind: str = "txt"  # of the file: "docx"
    portal: int | None = None  # where the words of a web page around the document begin
    notes: tuple[str, ...] = ()  # what to tell the user of how it was read
    pages: int | None = None  # of a file that is laid out in pages

    @property
    def has_boxes(self) -> bool:
        """Whether places say where on a page they are, as in a PDF or a scan."""
        return bool(self.places) and self.places[0].place.box is not None

    def place_at(self, offset: int) -> Place | None:
        """Where an offset stands in a file that has pages or blocks; None in plain text."""
        at = bisect_right(self.places, offset, key=lambda each: each.start) - 1
        return self.places[at].place if at >= 0 and offset < self.places[at].end else None

    def places_in(self, start: int, end: int) -> tuple[LaidPlace, ...]:
        """The stretches with a place that touch one of the text."""
        first = bisect_right(self.places, start, key=lambda each: each.end)
        last = bisect_left(self.places, end, key=lambda each: each.start)
        return self.places[first:last]

    def is_doubtful(self, start: int, end: int) -> bool:
        """Whether some of a stretch was shown badly by a scan."""
        at = bisect_right(self.doubts, start, key=lambda each: each[1])
        return at < len(self.doubts) and self.doubts[at][0] < end

    def line_at(self, offset: int) -> int:
        """The 1-based line of the raw file in which an offset stands."""
        return bisect_right(self.line_starts, offset)

    def cite(self, start: int, end: int) -> Source:
        """The quote between two offsets, white space at its ends left out."""
        quote = self.text[start:end]
        start += len(quote) - len(quote.lstrip())
        end -= len(quote) - len(quote.rstrip())
        place = self.place_at(start)
        page, block = (place.page, place.block) if place else (None, None)
        return Source(self.file, self.line_at(start), start, end, self.text[start:end], page, block)


def source_of_layout(file: str, sha256: str, layout: Layout, kind: str = "txt") -> SourceText:
    """The text of a file as it was laid out; raises Unreadable when it is empty or not Vietnamese."""
    text = layout.text
    if not text.strip():
        raise Unreadable("the file is empty" if kind == "txt" else "the file holds no text")
    letters = sum(char.isalpha() for char in text)
    if len(_VIETNAMESE.findall(text)) < _MIN_VIETNAMESE * max(letters, 1):
        raise Unreadable("no Vietnamese text found (or its accents were lost)")
    starts = (0, *(found.end() for found in re.finditer("\n", text)))
    return SourceText(
        file, sha256, text, starts, layout.grids, layout.places, layout.doubts, kind, layout.portal, layout.notes,
        layout.pages,
    )  # fmt: skip
