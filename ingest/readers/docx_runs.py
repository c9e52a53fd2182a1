"""The words of a Word paragraph as the page shows them once all changes are accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ingest.readers.docx_math import write_formula
from ingest.readers.docx_styles import Look, Styles
from ingest.readers.legacy_fonts import LegacyFont, font_named, write_shown
from ingest.readers.ooxml import Element, attribute, child, chosen, is_on, name_of, number

GONE = frozenset({"w:del", "w:moveFrom"})  # deleted, or standing elsewhere by now
_AROUND = {  # elements that only stand around what they hold, and where in them that is
    "w:bdo": (),
    "w:customXml": (),
    "w:dir": (),
    "w:fldSimple": (),
    "w:hyperlink": (),
    "w:ins": (),
    "w:moveTo": (),
    "w:ruby": ("w:rubyBase",),  # what is set above it says how to speak it
    "w:smartTag": (),
}
_NO_LOOK = Look()
_DEEPEST = 20  # fields inside one another, as many as Word allows


@dataclass(slots=True)
class Field:
    """A field that has begun: its instruction up to where the result begins."""

    instruction: str = ""
    shown: bool = False

    @property
    def lists_contents(self) -> bool:
        """Whether the result is a table of contents."""
        return self.instruction.split()[:1] == ["TOC"]


@dataclass(slots=True)
class Words:
    """What one paragraph holds: its pieces of text with their fonts, and what hangs on it."""

    pieces: list[tuple[str, LegacyFont | None]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, int]] = field(default_factory=list)  # ("footnote", 2)
    breaks_before: int = 0  # pages that Word last began before the first word,
    breaks: int = 0  # and in all
    lists_contents: bool = False
    empty: bool = True  # no word yet

    def text(self) -> str:
        """The words, tabs and line breaks."""
        return write_shown(self.pieces)

    def write(self, text: str, font: LegacyFont | None = None) -> None:
        """Add what stands next."""
        self.pieces.append((text, font))
        self.empty = self.empty and not text.strip()


def unwrap(container: Element) -> Iterator[Element]:
    """What a body, cell, row or table holds, out of content controls, insertions and moves, without what is deleted."""
    for each in container:
        name = name_of(each)
        if name in GONE:
            continue
        if name == "w:sdt":
            yield from () if _is_prompt(each) else unwrap(_inside(each, "w:sdtContent"))
        elif name in _AROUND:
            yield from unwrap(_inside(each, *_AROUND[name]))
        elif name == "mc:AlternateContent":
            yield from unwrap(chosen(each))
        else:
            yield each


def find_boxes(element: Element) -> Iterator[Element]:
    """The text boxes in a drawing, each once: its older copy for older programs is left aside."""
    for each in chosen(element) if name_of(element) == "mc:AlternateContent" else element:
        if name_of(each) == "w:txbxContent":
            yield each
        else:
            yield from find_boxes(each)


@dataclass(slots=True)
class RunReader:
    """Reads paragraph after paragraph; fields may begin in one and end in another."""

    styles: Styles
    fields: list[Field] = field(default_factory=list)
    style: str | None = None
    look: Look = _NO_LOOK

    def read_words(self, paragraph: Element, style: str | None, words: Words) -> None:
        """All of a paragraph of a style, behind the words that it goes on."""
        self.style = style
        words.lists_contents |= any(each.lists_contents for each in self.fields)
        self._read(paragraph, words)
        while self.fields and not self.fields[-1].shown:
            self.fields.pop()  # a field that shows nothing to its paragraph's end is broken: it must not hide the rest

    def _read(self, container: Element, words: Words) -> None:
        for each in unwrap(container):
            match name_of(each):
                case "w:r":
                    self._read_run(each, words)
                case "m:oMath" | "m:oMathPara" if self._is_shown():
                    words.write(write_formula(each))

    def _read_run(self, run: Element, words: Words) -> None:
        self.look = self.styles.run_look(self.style, child(run, "w:rPr"))
        for each in unwrap(run):
            name = name_of(each)
            if name == "w:fldChar":
                self._read_field(each, words)
            elif name == "w:instrText":
                if self.fields and not self.fields[-1].shown:
                    self.fields[-1].instruction += each.text or ""
            elif name == "w:lastRenderedPageBreak":
                words.breaks += 1
                words.breaks_before += words.empty
            elif name == "w:r":  # the base of a reading aid
                self._read_run(each, words)
            elif self._is_shown() and not self.look.hidden:
                self._read_shown(name, each, words)

    def _read_shown(self, name: str, element: Element, words: Words) -> None:
        font = font_named(self.look.font) if self.look.font else None
        if write := _WRITTEN.get(name):
            text = write(element)
            words.write(text.upper() if self.look.capitals and font is None else text, font)
        elif name == "w:sym":
            words.write(_symbol(element), font_named(attribute(element, "font") or ""))
        elif name in ("w:footnoteReference", "w:endnoteReference"):
            if (note := number(element, "id")) is not None:
                words.notes.append((name[2:].removesuffix("Reference"), note))
        elif name in ("w:drawing", "w:pict", "w:object"):
            words.boxes += find_boxes(element)

    def _read_field(self, element: Element, words: Words) -> None:
        match attribute(element, "fldCharType"):
            case "begin":
                if self._is_shown() and not self.look.hidden:
                    words.write(_entry(element))
                self.fields = [*self.fields[-_DEEPEST:], Field()]
            case "separate" if self.fields:
                self.fields[-1].shown = True
                words.lists_contents |= self.fields[-1].lists_contents
            case "end" if self.fields:
                self.fields.pop()

    def _is_shown(self) -> bool:
        return all(each.shown for each in self.fields)


def _text(element: Element) -> str:
    """Letters as they stand; a line end in the XML is shown as a space."""
    return (element.text or "").translate(_SPACES)


def _break(element: Element) -> str:
    return "\n"


def _tab(element: Element) -> str:
    return "\t"


_SPACES = str.maketrans("\n\r\t", "   ")
_WRITTEN: dict[str, Callable[[Element], str]] = {
    "w:br": _break,
    "w:cr": _break,
    "w:noBreakHyphen": lambda element: "-",
    "w:ptab": _tab,
    "w:softHyphen": lambda element: "\u00ad",  # a letter in some legacy fonts, else dropped later
    "w:t": _text,
    "w:tab": _tab,
}


def _symbol(element: Element) -> str:
    try:
        code = int(attribute(element, "char") or "", 16)
    except ValueError:
        return ""
    return chr(code) if 0x20 <= code <= 0xFFFD and not 0xD800 <= code <= 0xDFFF else ""


def _entry(begin: Element) -> str:
    """What a list of choices or a box to tick in an older form shows, which has no result of its own."""
    form = child(begin, "w:ffData")
    if (choices := child(form, "w:ddList")) is not None:
        at = number(child(choices, "w:result")) or 0
        entries = [attribute(each, "val") or "" for each in choices if name_of(each) == "w:listEntry"]
        return entries[at] if 0 <= at < len(entries) else ""
    if (box := child(form, "w:checkBox")) is not None:
        ticked = child(box, "w:checked")
        return "☒" if is_on(ticked if ticked is not None else child(box, "w:default")) else "☐"
    return ""


def _is_prompt(control: Element) -> bool:
    """Whether a content control still shows what it asks for ("Click here to enter text")."""
    return bool(is_on(child(control, "w:sdtPr", "w:showingPlcHdr")))


def _inside(element: Element, *path: str) -> Element:
    found = child(element, *path)
    return () if found is None else found
