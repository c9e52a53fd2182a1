"""The blocks of a web page in the order of the page, menus and all: what is the document's is told elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from ingest.readers.docx_stories import write_lines
from ingest.readers.html_lists import ListMarker, mark_item
from ingest.readers.html_style import Styles, StyleSheet, font_of, is_hidden
from ingest.readers.html_tables import Slot, place_cells
from ingest.readers.legacy_fonts import LegacyFont, font_named, write_shown
from ingest.readers.ooxml import Element
from ingest.readers.reading import Grid, GridCell, Paragraph, Place, Role

Block = Paragraph | Grid
_UNSEEN = frozenset({
    "script", "style", "head", "title", "template", "noscript", "textarea", "select", "option", "button", "input",
    "iframe", "object", "embed", "applet", "audio", "video", "canvas", "svg", "map", "datalist", "dialog", "del", "rp",
    "rt", "colgroup", "col", "noframes",
})  # fmt: skip
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "nobr", "o:p", "q", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr", "img", "picture", "st1:place", "st1:city", "st1:country-region",
})  # fmt: skip
_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_MANY_SPACES = re.compile(r"[ \t]{2,}")
_AROUND_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_EMPTY_LINES = re.compile(r"\n[ \t]*\n\s*")
_NOTE_BOX = re.compile(r"^(?:sdfootnote|sdendnote)\d+$")  # how one word processor names what it puts at the foot
_OFFICE_BOXES = {
    "footnote": Role.NOTE, "endnote": Role.NOTE, "header": Role.MARGIN, "footer": Role.MARGIN,
    "comment": Role.MARGIN, "comment-list": Role.MARGIN,
}  # fmt: skip
_CONTENTS = "MsoToc"  # classes of a table of contents
_TABLE_PARTS = ("thead", "tbody", "tfoot", "tr")
_LAYOUT_TEXT = 1500  # letters in a cell that is no cell of a table but a part of the page
_WINDOWS = {each: bytes([each]).decode("cp1252", "replace").replace("\ufffd", " ") for each in range(0x80, 0xA0)}


@dataclass(frozen=True, slots=True)
class Shown:
    """A block, the element it began in, and how many of its letters are links."""

    block: Block
    element: Element
    letters: int
    linked: int


@dataclass(slots=True)
class _Frame:
    """An element that stands open."""

    font: LegacyFont | None = None
    kept: bool = False  # line breaks and spaces as they stand in the file
    link: bool = False
    role: Role = Role.TEXT
    element: Element = None
    block: bool = True
    skipped: bool = False


@dataclass(slots=True)
class _Line:
    """A paragraph under way."""

    pieces: list[tuple[str, LegacyFont | None]] = field(default_factory=list)
    linked: int = 0
    letters: int = 0
    kept: bool = False

    def add(self, text: str | None, frame: _Frame) -> None:
        if not text or frame.skipped:
            return
        shown = text.replace("\r\n", "\n") if frame.kept else _SPACE.sub(" ", text)
        self.kept = self.kept or frame.kept
        self.pieces.append((shown.translate(_WINDOWS), frame.font))
        count = len(shown.strip())
        self.letters += count
        self.linked += count if frame.link else 0

    def write(self) -> Iterator[str]:
        """The paragraphs of the line: an empty line parts them, and each line of a text that keeps its own."""
        text = write_shown(self.pieces)
        if self.kept:
            yield from (line.rstrip() for line in text.split("\n") if line.strip())
            return
        text = _AROUND_BREAK.sub("\n", _MANY_SPACES.sub(" ", text))
        yield from (part.strip() for part in _EMPTY_LINES.split(text) if part.strip())


@dataclass(slots=True)
class HtmlFlow:
    """Reads elements into blocks; `left_out` says what of a page was not read."""

    sheet: StyleSheet
    reads_hidden: bool = False  # reads on where the page shows nothing
    left_out: Counter[str] = field(default_factory=Counter)
    counters: dict[str, tuple[int, str]] = field(default_factory=dict)  # of lists that a style sheet counts

    def read_blocks(self, container: Element, above: _Frame | None = None, path: str = "") -> Iterator[Shown]:
        """Paragraphs and tables of an element; `path` ends in "/" where it stands in another block."""
        yield from _Walk(self, ListMarker(self.sheet, counters=self.counters), path).run(container, above or _Frame())

    def shows(self, element: Element) -> bool:
        """Whether a page shows a row or cell."""
        return self.reads_hidden or not is_hidden(element, self.sheet.style_of(element))


@dataclass(slots=True)
class _Walk:
    """One way through an element and all below it, without recursion but into tables."""

    flow: HtmlFlow
    lists: ListMarker
    path: str
    line: _Line = field(default_factory=_Line)
    frames: list[_Frame] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    marker: str = ""  # of the item that has printed nothing yet

    def run(self, container: Element, above: _Frame) -> Iterator[Shown]:
        walk = etree.iterwalk(container, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                style = self.flow.sheet.style_of(element)
                frame = self._enter(element, style, self.frames[-1] if self.frames else above)
                table = element.tag == "table" and element is not container and not frame.skipped
                if frame.block and not frame.skipped:
                    yield from self._flush()
                self.frames.append(frame)
                if table:
                    yield from self._read_table(element, frame)
                if table or frame.skipped:
                    walk.skip_subtree()
                else:
                    self._begin(element, style, frame)
            else:
                frame = self.frames.pop()
                if frame.block and not frame.skipped:
                    yield from self._flush(frame)
                    self._end(element)
                if element is not container:
                    self.line.add(element.tail, self.frames[-1])

    def _enter(self, element: Element, style: Styles, above: _Frame) -> _Frame:
        tag = element.tag
        if tag in _UNSEEN or (not self.flow.reads_hidden and is_hidden(element, style)):
            if tag not in _UNSEEN or tag == "del":
                self.flow.left_out["deleted" if tag == "del" else "hidden"] += 1
            return _Frame(element=element, block=tag not in _INLINE and tag != "del", skipped=True)
        frame = replace(above, element=element, block=tag not in _INLINE and tag != "br")
        if (named := font_of(element, style)) is not None:
            frame.font = font_named(named)
        if tag in ("pre", "xmp", "listing", "plaintext") or style.get("white-space", "").startswith("pre"):
            frame.kept = True
        if tag == "a" and element.get("href") is not None:
            frame.link = True
        frame.role = _role_of(element, style) or above.role
        return frame

    def _begin(self, element: Element, style: Styles, frame: _Frame) -> None:
        match element.tag:
            case "br":
                self.line.pieces.append(("\n", frame.font))
            case "ul" | "ol" | "menu" | "dir":
                self.lists.begin(element, style)
            case "li":
                self.marker = self.lists.next_marker(element, style)
            case "img":
                self.flow.left_out["pictures"] += 1
        self.line.add(element.text, frame)

    def _end(self, element: Element) -> None:
        if element.tag in ("ul", "ol", "menu", "dir"):
            self.lists.end()
        elif element.tag == "li":
            self.marker = ""

    def _flush(self, closed: _Frame | None = None) -> Iterator[Shown]:
        """The paragraph so far; it stands in the innermost block that is open, or was until now."""
        line, self.line = self.line, _Line()
        if not line.letters:
            return
        home = closed or next((each for each in reversed(self.frames) if each.block), None)
        if home is None:
            return
        for text in line.write():
            self.seen["paragraph"] += 1
            text, self.marker = mark_item(self.marker, text), ""
            place = Place(f"{self.path}paragraph[{self.seen['paragraph']}]")
            linked = len(text) * line.linked // line.letters
            yield Shown(Paragraph(text, place, home.role), home.element, len(text), linked)

    def _read_table(self, table: Element, frame: _Frame) -> Iterator[Shown]:
        """A table; one that only lays out the page is read as what it holds."""
        self.seen["table"] += 1
        path = f"{self.path}table[{self.seen['table']}]"
        for each in table:
            if each.tag not in _TABLE_PARTS and self.flow.shows(each):  # a caption, or what strayed between rows
                yield from self.flow.read_blocks(each, frame, f"{path}/")
        slots = place_cells(table, self.flow.shows)
        if _lays_out(table, slots.cells, slots.width):
            for slot in slots.cells:
                yield from self.flow.read_blocks(slot.element, frame, f"{_place(path, slot)}/")
            return
        cells, letters, linked = [], 0, 0
        for slot in slots.cells:
            place = _place(path, slot)
            shown = list(self.flow.read_blocks(slot.element, frame, f"{place}/"))
            letters += sum(each.letters for each in shown)
            linked += sum(each.linked for each in shown)
            text = "\n".join(write_lines(each.block for each in shown))
            cells.append(GridCell(slot.row, slot.column, text, Place(place), slot.rows, slot.columns))
        if letters:
            yield Shown(Grid(slots.height, slots.width, tuple(cells), Place(path)), table, letters, linked)


def _place(path: str, slot: Slot) -> str:
    return f"{path}/row[{slot.row + 1}]/cell[{slot.at}]"


def _lays_out(table: Element, cells: tuple[Slot, ...], width: int) -> bool:
    """Whether a table is a frame of the page: one cell, or one that holds most of the words and blocks of its own."""
    if table.get("role") in ("presentation", "none") or len(cells) == 1:
        return True
    if width == 1 and any(_holds(cell.element, "table") for cell in cells):
        return True
    sizes = [sum(map(len, cell.element.itertext())) for cell in cells]
    largest = max(sizes, default=0)
    if largest < _LAYOUT_TEXT or 2 * largest < sum(sizes):
        return False
    return _holds(cells[sizes.index(largest)].element, "table", "p", "div", "h1", "h2", "br")


def _holds(element: Element, *tags: str) -> bool:
    return next((True for each in element.iterdescendants(*tags)), False)


def _role_of(element: Element, style: Styles) -> Role | None:
    """What word processors write at the foot or in the margin of a page that they save."""
    box = _OFFICE_BOXES.get(style.get("mso-element", "").lower())
    if box is None and element.tag == "div":
        box = _OFFICE_BOXES.get((element.get("title") or "").lower())
        if _NOTE_BOX.match(element.get("id") or ""):
            box = Role.NOTE
    if box is None and (element.get("class") or "").startswith(_CONTENTS):
        box = Role.MARGIN
    return box
