"""What a web page prints before the items of its lists: "1. ", "b. ", "- "."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.readers.html_style import Styles, StyleSheet
from ingest.readers.number_formats import format_number
from ingest.readers.ooxml import Element

_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_FORMATS = {
    "decimal": "decimal",
    "decimal-leading-zero": "decimalZero",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "lower-roman": "lowerRoman",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "upper-roman": "upperRoman",
}
_STYLE = re.compile(
    r"\b(?:none|disc|circle|square|decimal-leading-zero|decimal|(?:lower|upper)-(?:alpha|latin|roman))\b"
)
_BULLETS = ("disc", "circle", "square", "")
_BULLET = "- "
_CONTENT = re.compile(
    r"\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|counter\(\s*(?P<name>[\w-]+)\s*(?:,\s*(?P<style>[\w-]+)\s*)?\)"
)
_COUNTER_OF = "lst-ctn-kix_"  # a word processor on the web counts by style, a counter for each level of a list
_CLASS_OF = re.compile(r"\blst-kix_(\w+-\d+)\b")
_OWN_MARK = re.compile(r"(?:[-–—+*•▪●◦✓·]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zđ]|[ivxIVX]{1,4})[.)])\s*\S")
_MOST = 10**9


@dataclass(slots=True)
class _List:
    ordered: bool
    style: str
    number: int
    step: int
    content: str | None = None  # what a style sheet writes before items
    counter: str = ""


@dataclass(slots=True)
class ListMarker:
    """Counts the items of the lists that stand open."""

    sheet: StyleSheet
    open: list[_List] = field(default_factory=list)
    counters: dict[str, tuple[int, str]] = field(default_factory=dict)

    def begin(self, element: Element, style: Styles) -> None:
        """A list begins."""
        ordered = element.tag == "ol"
        named = _STYLE.search(f"{style.get('list-style-type', '')} {style.get('list-style', '')}".lower())
        kind = named[0] if named else _TYPES.get((element.get("type") or "").strip(), "decimal" if ordered else "")
        start, step = _whole(element.get("start")), 1
        if ordered and element.get("reversed") is not None:
            step = -1
            start = sum(1 for each in element if each.tag == "li") if start is None else start
        counted = _CLASS_OF.search(element.get("class") or "")
        counter = _COUNTER_OF + counted[1] if counted else ""
        first = 1 if start is None else start
        self.open.append(_List(ordered, kind, first, step, self.sheet.marker_of(element), counter))

    def end(self) -> None:
        """The innermost list ends."""
        if self.open:
            self.open.pop()

    def next_marker(self, element: Element, style: Styles) -> str:
        """What stands before an item; an item outside any list has a bullet."""
        if not self.open:
            return _BULLET
        here = self.open[-1]
        if here.ordered and (value := _whole(element.get("value"))) is not None:
            here.number = value
        number, here.number = here.number, here.number + here.step
        named = _STYLE.search(f"{style.get('list-style-type', '')} {style.get('list-style', '')}".lower())
        kind = named[0] if named else _TYPES.get((element.get("type") or "").strip(), here.style)
        if here.counter:
            self.counters[here.counter] = number, kind
        if here.content is not None:
            return self._write_content(here.content)
        if kind == "none":
            return ""
        return _BULLET if kind in _BULLETS else f"{format_number(number, _FORMATS[kind])}. "

    def _write_content(self, content: str) -> str:
        """ "" counter(a-0,decimal) "." counter(a-1,decimal) ". " -> "2.1. "."""
        parts = []
        for found in _CONTENT.finditer(content):
            if found["name"] is None:
                parts.append(found["double"] or found["single"] or "")
            else:
                number, _ = self.counters.get(found["name"], (1, ""))
                parts.append(format_number(number, _FORMATS.get(found["style"] or "decimal", "decimal")))
        text = "".join(parts).strip()
        if not text:
            return ""
        return f"{text} " if any(char.isalnum() for char in text) else _BULLET


def mark_item(marker: str, text: str) -> str:
    """An item as printed; a bullet is not set before an item that has a mark of its own."""
    return text if marker == _BULLET and _OWN_MARK.match(text) else marker + text


def _whole(said: str | None) -> int | None:
    found = re.match(r"\s*([+-]?\d{1,9})", said or "")
    return max(-_MOST, min(int(found[1]), _MOST)) if found else None
