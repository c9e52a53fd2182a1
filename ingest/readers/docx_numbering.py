"""Automatic numbers of a Word document, computed as Word shows them: "II.", "1.2.", "a)", "Điều 3."."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ingest.readers.docx_styles import ListItem, Styles
from ingest.readers.legacy_fonts import font_named, write_shown
from ingest.readers.number_formats import format_number
from ingest.readers.ooxml import Element, attribute, child, chosen, is_on, name_of, number

LEVELS = 9
_LONGEST = 100  # letters of a level's text: it is written again with every paragraph
_PART = re.compile(r"%([1-9])")
_KEPT_BULLETS = ("+", "*", "-")  # outlines tell these apart; every other bullet is a picture of a dash


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    start: int = 1
    style: str = "decimal"
    pattern: str = ""  # of a custom format: "001, 002, 003, ..."
    text: str = ""  # "%1.%2."
    behind: str = " "  # what stands between a number and the words
    restart: int | None = None  # the level, from 1 on, whose numbers restart this one; 0 for none; None for any above
    digits: bool = False  # numbers of levels above are shown as digits: "1.1" below "I"
    paragraph_style: str | None = None


@dataclass(frozen=True, slots=True)
class _List:
    counter: int  # lists of one definition count on
    levels: tuple[Level, ...]
    starts: tuple[int, ...]  # levels that start anew where the list begins


@dataclass(slots=True)
class Numbering:
    """The lists of a document; `next_number` counts, so paragraphs are asked for in the order of the page."""

    lists: dict[int, _List] = field(default_factory=dict)
    counts: dict[int, list[int | None]] = field(default_factory=dict)
    begun: set[int] = field(default_factory=set)

    def next_number(self, item: ListItem, style: str | None) -> str:
        """The number of the next paragraph with what stands behind it, "II. "; "" for a paragraph in no list."""
        found = None if item.list_id is None else self.lists.get(item.list_id)
        if item.list_id is None or found is None:
            return ""
        level = item.level
        if level is None:  # named in the list itself: a level belongs to the headings of a style
            named = (at for at, each in enumerate(found.levels) if style and each.paragraph_style == style)
            level = next(named, 0)
        at = min(max(level, 0), LEVELS - 1)
        return _write(found.levels, self._count(item.list_id, found, at), at)

    def _count(self, list_id: int, found: _List, at: int) -> list[int | None]:
        counts = self.counts.setdefault(found.counter, [None] * LEVELS)
        if list_id not in self.begun:
            self.begun.add(list_id)
            for level in found.starts:
                counts[level] = None
        before = counts[at]
        counts[at] = found.levels[at].start if before is None else before + 1
        for below in range(at + 1, LEVELS):
            restart = found.levels[below].restart
            if restart is None or at < restart:
                counts[below] = None
        return counts


def load_numbering(root: Element | None, styles: Styles) -> Numbering:
    """The lists of word/numbering.xml; none where a document has no such part."""
    numbering = Numbering()
    parts = [] if root is None else list(root)
    definitions = {number(each, "abstractNumId"): each for each in parts if name_of(each) == "w:abstractNum"}
    lists = {number(each, "numId"): each for each in parts if name_of(each) == "w:num"}
    for list_id, each in lists.items():
        counter = number(child(each, "w:abstractNumId"))
        definition = definitions.get(counter)
        linked = child(definition, "w:numStyleLink")
        if linked is not None:  # the levels stand where the style of lists does
            other = lists.get(styles.item_of(attribute(linked, "val")).list_id)
            counter = number(child(other, "w:abstractNumId"))
            definition = definitions.get(counter)
        if list_id is not None and counter is not None and definition is not None:
            numbering.lists[list_id] = _read_list(counter, definition, each)
    return numbering


def _read_list(counter: int, definition: Element, own: Element) -> _List:
    levels = [Level(text=f"%{at + 1}.") for at in range(LEVELS)]
    for at, each in _levels(definition, "w:lvl"):
        levels[at] = _read_level(each)
    starts = []
    for at, each in _levels(own, "w:lvlOverride"):
        if (whole := child(each, "w:lvl")) is not None:
            levels[at] = _read_level(whole)
        if (start := number(child(each, "w:startOverride"))) is not None:
            levels[at] = replace(levels[at], start=start)
            starts.append(at)
    return _List(counter, tuple(levels), tuple(starts))


def _levels(parent: Element, name: str) -> Iterator[tuple[int, Element]]:
    for each in parent:
        if name_of(each) == name and 0 <= (at := number(each, "ilvl") or 0) < LEVELS:
            yield at, each


def _read_level(element: Element) -> Level:
    said = {name_of(each): each for alternates in element for each in _either(alternates)}
    style = said.get("w:numFmt")
    pattern = None if style is None else attribute(style, "format")
    text = said.get("w:lvlText")
    fonts = child(element, "w:rPr", "w:rFonts")
    name = "" if fonts is None else attribute(fonts, "hAnsi") or attribute(fonts, "ascii") or ""
    named = said.get("w:pStyle")
    behind = said.get("w:suff")
    start = number(said.get("w:start"))
    return Level(
        start=0 if start is None else start,
        style="decimal" if style is None else attribute(style, "val") or "decimal",
        pattern=(pattern or "")[:_LONGEST],
        text="" if text is None else write_shown([((attribute(text, "val") or "")[:_LONGEST], font_named(name))]),
        behind="" if behind is not None and attribute(behind, "val") == "nothing" else " ",
        restart=number(said.get("w:lvlRestart")),
        digits=bool(is_on(said.get("w:isLgl"))),
        paragraph_style=None if named is None else attribute(named, "val"),
    )


def _either(element: Element) -> Iterator[Element]:
    """An element, or those of the way chosen where there are several (formats that newer Word brings)."""
    if name_of(element) == "mc:AlternateContent":
        yield from chosen(element)
    else:
        yield element


def _write(levels: tuple[Level, ...], counts: list[int | None], at: int) -> str:
    level = levels[at]
    if level.style == "bullet":
        sign = level.text.strip()
        return f"{sign if sign in _KEPT_BULLETS else '-'} "

    def show(found: re.Match[str]) -> str:
        part = int(found[1]) - 1
        shown, count = levels[part], counts[part]
        digits = level.digits and shown.style != "none"
        value = shown.start if count is None else count  # a level passed over counts as begun
        return format_number(value, "decimal" if digits else shown.style, shown.pattern)

    text = _PART.sub(show, level.text).strip()
    return text + level.behind if text else ""
