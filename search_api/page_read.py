"""The source text of a document with every fact marked in place, a page of it at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from graph.pictures import has_pages
from ingest.lines import drop_emphasis
from ingest.source import SourceText
from search_api.held_texts import Reading, list_texts, read_text
from search_api.live import Opened
from search_api.page_base import Page, one_line, tail
from search_api.page_places import say_block, say_box
from search_api.page_read_drawn import Drawn
from search_api.page_read_facts import ITEMS, KINDS, Fact
from search_api.page_read_layout import Unit
from search_api.page_read_leaf import Leaf, read_span, show_leaf
from search_api.page_read_marks import Token, leads_straight, write_tokens
from search_api.page_read_parts import Cell, Legend, Note, Shown
from search_api.page_words import say_value
from search_api.present import list_names

_DEEPEST = 6  # headings of HTML
_IN_INDEX = 1  # depth of headings that the index has of all pages
_LONGEST_ENTRY = 110  # characters of a heading in the index


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading in the index: Entry(0, "I. MỤC TIÊU", "/read/…?page=2#L40", False)."""

    depth: int
    words: str
    link: str
    is_here: bool


class ReadPage:
    """One page of a text: ReadPage(here, reading, page).groups."""

    def __init__(self, here: Opened, reading: Reading, page: Page) -> None:
        self.here, self.reading, self.page = here, reading, page
        layout = reading.layout
        self.source, self.pages = layout.source, len(layout.pages)
        self.asked_line = _asked_line(page, len(self.source.line_starts))
        self.number = layout.page_at(self.asked_line) if self.asked_line else min(page.number, self.pages)
        self.first, self.last = layout.pages[self.number - 1]
        self._hidden = frozenset(page.asked["hide"]) & frozenset(KINDS)
        self._anchored: set[int] = set()
        self.shown = list(self._show_units())
        self.leaf = self._show_leaf()

    @property
    def lines(self) -> tuple[int, int]:
        """The first and last line of the file that the page has."""
        units = self.reading.layout.units[self.first : self.last]
        return (self.source.line_at(units[0].start), self.source.line_at(units[-1].end - 1)) if units else (1, 1)

    @property
    def has_lines(self) -> bool:
        """Whether the lines of the text are those of the file: of a Word file they are nobody's."""
        return not self.source.places

    def where(self) -> str:
        """What of the file the page has, in words: "719.docx, đoạn 12 – bảng 3, hàng 7"."""
        units = self.reading.layout.units[self.first : self.last]
        say, file = self.page.say, self.source.file
        if self.has_lines:
            first, last = self.lines
            return say["read_lines"].format(file=file, first=first, last=last, all=len(self.source.line_starts))
        ends = [] if self.leaf else [self.source.place_at(unit.start) for unit in (*units[:1], *units[-1:])]
        said = dict.fromkeys(say_block(place.block, say, with_cell=False) for place in ends if place)
        return ", ".join(filter(None, (file, " – ".join(filter(None, said)))))

    def place_of(self, each: Shown) -> str:
        """Where what is asked for stands in a file without lines: "bảng 3, hàng 7"."""
        place = None if self.has_lines else self.source.place_at(each.unit.start)
        return say_block(place.block, self.page.say, with_cell=False) if place else ""

    def framed(self) -> Iterator[str]:
        """Where the words that are asked for stand, for whoever has the paper but no picture."""
        for block, box in zip(self.leaf.blocks, self.leaf.boxes, strict=True) if self.leaf else ():
            yield ", ".join(filter(None, (say_block(block, self.page.say), say_box(box, self.page.say))))

    def _show_leaf(self) -> Leaf | None:
        """The page of the file that the page shows."""
        asked = next((each.unit for each in self.shown if each.is_asked), None)
        span = read_span(self.page.first("span"), asked)
        return show_leaf(self.here, self.source, self.number, span) if has_pages(self.source) else None

    def link(self, number: int, line: int = 0) -> str:
        """A page of this text, with the same marks hidden."""
        page = number if number > 1 else ""
        return self.page.here(page=page, line="", span="") + (f"#L{line}" if line else "")

    def groups(self) -> Iterator[tuple[int, list[Shown]]]:
        """Rows of one table together with its number; -1 and the paragraphs between tables."""
        group: list[Shown] = []
        for each in self.shown:
            if group and each.unit.table != group[-1].unit.table:
                yield group[-1].unit.table, group
                group = []
            group.append(each)
        if group:
            yield group[-1].unit.table, group

    def drawn(self, table: int) -> Drawn:
        """What stands over the rows of a table."""
        return self.reading.layout.tables[table]

    def legend(self) -> Iterator[Legend]:
        """All kinds of marks that the text has."""
        for kind in KINDS:
            count = self.reading.counts[kind]
            if count:
                hidden = self._hidden ^ {kind}
                link = self.page.here(
                    hide=sorted(hidden), page=self.number if self.number > 1 else "", line="", span=""
                )
                yield Legend(kind, count, kind not in self._hidden, link)

    def index(self) -> Iterator[Entry]:
        """The main headings of the whole text, and all of this page."""
        return list_headings(self.reading, self.link, range(self.first, self.last))

    def trail(self) -> list[str]:
        """The headings above the first paragraph of the page, from the outside in."""
        units = self.reading.layout.units
        above: list[Unit] = []
        for unit in units[: self.first]:
            if unit.kind == "heading":
                above = [each for each in above if each.depth < unit.depth] + [unit]
        first = units[self.first] if self.first < len(units) else None
        if first and first.kind == "heading":
            above = [each for each in above if each.depth < first.depth]
        return [_words(self.source, unit) for unit in above]

    def _show_units(self) -> Iterator[Shown]:
        level, asked = 1, self.asked_line
        open_cells: dict[int, tuple[int, Cell]] = {}
        for at in range(self.first, self.last):
            unit, facts = self.reading.layout.units[at], self.reading.facts[at]
            line = self.source.line_at(unit.start)
            is_asked = bool(asked) and asked <= self.source.line_at(max(unit.end - 1, unit.start))
            asked = 0 if is_asked else asked
            anchor = "" if line in self._anchored else f"L{line}"
            self._anchored.add(line)
            if unit.kind == "row":
                if is_asked:
                    open_cells = {}  # the row that is asked for has all its words itself
                yield Shown(unit, line, anchor, is_asked, self._show_row(unit, facts, open_cells))
                open_cells = {} if is_asked else open_cells
                continue
            open_cells = {}
            if unit.kind == "heading":
                level = min(unit.depth + 2, level + 1, _DEEPEST)
            is_heading = unit.kind == "heading"
            notes = self._notes(facts, unit.start, is_heading=is_heading)
            cell = Cell(self._tokens(unit.start, unit.end, facts), notes)
            yield Shown(unit, line, anchor, is_asked, (cell,), level if is_heading else 0)

    def _show_row(self, unit: Unit, facts: Sequence[Fact], open_cells: dict[int, tuple[int, Cell]]) -> list[Cell]:
        """The cells that a row begins; a merged cell that goes on grows by one row instead."""
        cells, column = [], 0
        for place in unit.row:
            at, column = column, column + place.columns
            start, cell = open_cells.get(at, (-1, None))
            if place.is_above and cell is not None and start == place.start:
                cell.rows += 1
                continue
            if place.is_above:
                cell = Cell(self._repeat(place.start, place.end), (), place.columns, is_above=True)
            else:
                inside = [fact for fact in facts if fact.start < place.end and fact.end > place.start]
                tokens = self._tokens(place.start, place.end, inside)
                cell = Cell(tokens, self._notes(inside, place.start), place.columns)
            open_cells[at] = (place.start, cell)
            cells.append(cell)
        return cells

    def _tokens(self, start: int, end: int, facts: Sequence[Fact]) -> list[Token]:
        shown = [fact for fact in facts if fact.kind not in self._hidden]
        return write_tokens(self.source.text, (start, end), shown, list(self._new_lines(start, end)))

    def _repeat(self, start: int, end: int) -> list[Token]:
        return write_tokens(self.source.text, (start, end), (), ())

    def _new_lines(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The lines of a stretch that nothing on the page has an anchor for yet."""
        for line in range(self.source.line_at(start), self.source.line_at(max(end - 1, start)) + 1):
            if start < end and line not in self._anchored:
                self._anchored.add(line)
                yield max(start, self.source.line_starts[line - 1]), line

    def _notes(self, facts: Sequence[Fact], start: int, *, is_heading: bool = False) -> list[Note]:
        """Where facts lead whose words are no link themselves, each once, at the place where they begin."""
        notes: dict[Note, None] = {}
        for fact in facts:
            if fact.kind in self._hidden or fact.start < start:
                continue
            if fact.kind in ITEMS or (fact.kind == "deadline" and not leads_straight(fact)):
                notes |= {self._note_of_item(iri): None for iri in fact.items}
            elif len(fact.things) > 1:
                notes |= {Note(fact.kind, self._name(iri), self.link_of(fact.kind, iri)): None for iri in fact.things}
        if is_heading and (part := self.reading.parts.get(start)):
            notes[Note("section", "", self.page.of_record(part, "part"))] = None
        return list(notes)

    def _note_of_item(self, iri: str) -> Note:
        kind = self.reading.kinds[iri]
        return Note(kind, self._name_of_item(kind, iri), self.page.of_record(iri))

    def _name_of_item(self, kind: str, iri: str) -> str:
        """What tells an item from those beside it: the value of a target, the body of a duty, the number of a task."""
        record = self.here.records.get(iri) if kind != "task" else None
        if record and kind == "target":
            return say_value(record, self.page.language)
        if record and (names := list_names(record, "lead") or list_names(record, "coordinating")):
            return "; ".join(names)
        return self.here.names.short(iri).split("#", 1)[-1]

    def _name(self, iri: str) -> str:
        record = self.here.records.get(iri) or {}
        return str(record.get("name") or self.here.names.short(iri))

    def target_of(self, fact: Fact) -> str:
        """The page that the words of a fact lead to."""
        if fact.kind == "deadline":
            return self.page.of_record(fact.items[0])
        return self.link_of(fact.kind, fact.things[0])

    def link_of(self, kind: str, iri: str) -> str:
        """The page of a thing that a text names."""
        return self.page.link(tail(iri)) if kind == "agency" else self.page.of_record(iri, kind)


def list_headings(reading: Reading, link: Callable[[int, int], str], whole: range = range(0)) -> Iterator[Entry]:
    """The main headings of a text, and all among some of its units; `link` makes that of a page and line."""
    layout = reading.layout
    for at, unit in enumerate(layout.units):
        if unit.kind == "heading" and (unit.depth <= _IN_INDEX or at in whole):
            number = next(number for number, (_, last) in enumerate(layout.pages, 1) if at < last)
            to = link(number, layout.source.line_at(unit.start))
            yield Entry(unit.depth, _words(layout.source, unit), to, at in whole)


def _words(source: SourceText, unit: Unit) -> str:
    words = one_line(drop_emphasis(source.text[unit.start : unit.end]))
    return words if len(words) <= _LONGEST_ENTRY else words[:_LONGEST_ENTRY].rsplit(" ", 1)[0] + " …"


def _asked_line(page: Page, last: int) -> int:
    """The line that a page is asked for, 0 where the parameter is no line of the text."""
    text = page.first("line")
    line = int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
    return line if line <= last else 0


def list_outline(here: Opened, document: str, page: Page) -> list[Entry]:
    """The main headings of a document, each with its place in the text; none where the text is not kept."""
    reading = read_text(here, document)
    path = f"/read/{tail(document)}"
    if reading is None:
        return []
    return list(list_headings(reading, lambda _, line: page.link(path, line=line) + f"#L{line}"))


def link_texts(here: Opened, page: Page) -> Callable[[Mapping[str, Any]], str]:
    """What tells of a source where it stands in its text: link_texts(here, page)(source) == "/read/…?line=277#L277"."""
    return partial(_link_to_text, list_texts(here), page)


def _link_to_text(files: Mapping[str, str], page: Page, source: Mapping[str, Any]) -> str:
    """The line of a quote in the text; "" where the text is not kept."""
    document, line = files.get(source["file"]), source["line"]
    span = f"{source['start']}-{source['end']}" if source.get("page") and "start" in source else ""
    return page.link(f"/read/{tail(document)}", line=line, span=span) + f"#L{line}" if document else ""
