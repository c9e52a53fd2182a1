"""The blocks of a Word document, of a note or of a header, in the order of the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from ingest.readers.docx_grids import DrawnCell, draw_table
from ingest.readers.docx_numbering import Numbering
from ingest.readers.docx_runs import GONE, RunReader, Words, unwrap
from ingest.readers.docx_styles import ListItem, read_item
from ingest.readers.ooxml import Element, attribute, child, name_of
from ingest.readers.reading import Grid, GridCell, Paragraph, Place, Role

Block = Paragraph | Grid
_BETWEEN = " | "  # between the cells of a table inside a cell


@dataclass(slots=True)
class StoryReader:
    """Reads one story, as Word calls what is numbered and laid out by itself: the body, one note, one header."""

    runs: RunReader
    numbering: Numbering
    page: int = 1
    notes: list[tuple[str, int]] = field(default_factory=list)  # named since the last look
    left_out: set[str] = field(default_factory=set)

    def read_blocks(self, container: Element, path: str = "") -> Iterator[Block]:
        """Paragraphs and tables; `path` ends in "/" where the container stands in another block."""
        seen: Counter[str] = Counter()
        carried: Words | None = None
        for each in unwrap(container):
            match name_of(each):
                case "w:p":
                    seen["paragraph"] += 1
                    place = f"{path}paragraph[{seen['paragraph']}]"
                    words, carried = carried or Words(), None
                    style = _style_of(each)
                    self.runs.read_words(each, style, words)
                    if self._runs_on(child(each, "w:pPr"), style):
                        carried = words
                    else:
                        yield from self._write(words, self._number(each, style), place)
                case "w:tbl":
                    seen["table"] += 1
                    yield from self._read_table(each, f"{path}table[{seen['table']}]")
                case "w:altChunk" | "w:subDoc":
                    self.left_out.add("a document embedded as a whole")
        if carried is not None:
            yield from self._write(carried, "", f"{path}paragraph[{seen['paragraph']}]")

    def read_lines(self, container: Element, path: str) -> Iterator[str]:
        """The same as lines of text: a table inside is one line a row."""
        return write_lines(self.read_blocks(container, path))

    def _runs_on(self, properties: Element | None, style: str | None) -> bool:
        """Whether a paragraph's end is deleted, moved or hidden, or it is but a large first letter."""
        mark = child(properties, "w:rPr")
        if mark is not None and any(name_of(each) in GONE for each in mark):
            return True
        frame = child(properties, "w:framePr")
        if frame is not None and attribute(frame, "dropCap") in ("drop", "margin"):
            return True
        return bool(self.runs.styles.run_look(style, mark).hidden)

    def _number(self, paragraph: Element, style: str | None) -> str:
        properties = child(paragraph, "w:pPr")
        styles = self.runs.styles
        name = style or styles.default_paragraph
        own, inherited = read_item(properties), styles.item_of(name)
        if own.list_id is not None:
            item = ListItem(own.list_id, own.level or 0)
        else:
            item = ListItem(inherited.list_id, inherited.level if own.level is None else own.level)
        shown = self.numbering.next_number(item, name)
        return shown.upper() if shown and styles.run_look(style, child(properties, "w:rPr")).capitals else shown

    def _write(self, words: Words, shown: str, place: str) -> Iterator[Block]:
        page = self.page + words.breaks_before
        self.page += words.breaks
        text = words.text().lstrip(" \n").rstrip()
        if text or any(char.isalnum() for char in shown):  # a bullet with no words says nothing
            text = f"{shown}{text.lstrip()}".rstrip() if shown else text
        self.notes += words.notes
        if text:
            role = Role.MARGIN if words.lists_contents else Role.TEXT
            yield Paragraph(text, Place(place, page), role)
        for at, box in enumerate(words.boxes, start=1):
            yield from self.read_blocks(box, f"{place}/box[{at}]/")

    def _read_table(self, table: Element, path: str) -> Iterator[Block]:
        """A table; one that only frames its contents is read as these.

        A table inside a cell is a part of the cell's text, one line a row: its columns are no columns of the outer one.
        """
        drawn = draw_table(table)
        cells = [cell for row in drawn.rows for cell in row]
        if len(cells) == 1 or (drawn.width == 1 and any(_holds_table(cell) for cell in cells)):
            for cell in cells:
                yield from self.read_blocks(cell.element, f"{_place(path, cell)}/")
        elif cells:
            read = tuple(each for row in drawn.rows for each in self._read_row(row, path))
            yield Grid(len(drawn.rows), drawn.width, read, Place(path, read[0].place.page))

    def _read_row(self, row: Iterable[DrawnCell], path: str) -> Iterator[GridCell]:
        """The cells of a row, each of which begins on the page on which the row does."""
        start = end = self.page
        for cell in row:
            self.page = start
            place = _place(path, cell)
            text = "\n".join(self.read_lines(cell.element, f"{place}/"))
            end = max(end, self.page)
            yield GridCell(
                cell.row, cell.left, text, Place(place, start), rows=cell.rows, columns=cell.right - cell.left
            )
        self.page = end


def write_lines(blocks: Iterable[Block]) -> Iterator[str]:
    """Blocks as lines of text."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
            continue
        for _, row in groupby(block.cells, key=lambda cell: cell.row):
            texts = [" ".join(cell.text.split()) for cell in row]
            if any(texts):
                yield _BETWEEN.join(texts)


def _style_of(paragraph: Element) -> str | None:
    named = child(paragraph, "w:pPr", "w:pStyle")
    return None if named is None else attribute(named, "val")


def _place(path: str, cell: DrawnCell) -> str:
    return f"{path}/row[{cell.row + 1}]/cell[{cell.at}]"


def _holds_table(cell: DrawnCell) -> bool:
    return any(name_of(each) == "w:tbl" for each in unwrap(cell.element))
