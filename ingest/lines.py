"""The lines of a text, each with its words set apart from Markdown emphasis, and with its list mark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.reference import load_patterns
from ingest.source import SourceText

_EDGE = re.compile(r"^[\s#>]*(?:[*_]{2,3}|[*_](?=\S))?\s*")
_EMPHASIS = re.compile(r"\*{1,3}|</?(?:sup|sub|b|i|u|br)\s*/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands before an item: "a)" has style letter, label "a"; its words begin at `words`."""

    style: str
    label: str
    words: int  # offset of the first word after the mark


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank: `start:end` leaves out spaces and Markdown at both ends."""

    start: int
    end: int
    at: int  # where the raw line begins
    raw: str  # with its indentation, without the line end
    text: str
    after_blank: bool
    mark: Mark | None


def split_lines(source: SourceText) -> tuple[Line, ...]:
    """All lines that hold words, in order."""
    return tuple(_lines(source))


def _lines(source: SourceText) -> Iterator[Line]:
    offset, after_blank = 0, True
    for raw in source.text.split("\n"):
        start, end = _trim(raw)
        if not any(char.isalnum() or char in "|%" for char in raw[start:end]):
            end = start  # a rule such as "-----" parts like a blank line
        if start < end:
            text = raw[start:end]
            yield Line(offset + start, offset + end, offset, raw, text, after_blank, find_mark(text, offset + start))
        after_blank = start >= end
        offset += len(raw) + 1


def _trim(raw: str) -> tuple[int, int]:
    """Where the words of a line begin and end: '## **I. MỤC TIÊU**' -> those of "I. MỤC TIÊU"."""
    edge = _EDGE.match(raw)
    start = edge.end() if edge else 0
    return start, max(len(raw.rstrip(" \t\u00a0\u3000*_\r\f\v")), start)


def find_mark(text: str, offset: int) -> Mark | None:
    """The list or heading mark at the start of a text, if there is one."""
    for row, pattern in load_patterns("marks"):
        found = pattern.match(text)
        if found:
            words = found.end() + len(text[found.end() :]) - len(text[found.end() :].lstrip(" .:)\t*_"))
            return Mark(row["style"], found["label"], offset + min(words, len(text)))
    return None


def drop_emphasis(text: str) -> str:
    """Words without Markdown emphasis: "**3. Chỉ tiêu:** *(kèm theo)*" -> "3. Chỉ tiêu: (kèm theo)"."""
    return _EMPHASIS.sub("", text)


def is_upper(text: str) -> bool:
    """Whether a line is set in capitals, as titles are: "DANH MỤC NHIỆM VỤ" (a stray "và" does no harm)."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 2 and sum(char.isupper() for char in letters) > 0.8 * len(letters)
