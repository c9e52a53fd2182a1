"""Paragraphs that a page cut into lines of its own width, also where the next line begins with a capital."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ingest.lines import Line, is_upper
from ingest.reference import load_phrase

STOPS = (".", ";", ":", "!", "?", "…", ")", "”", '"')
_CLOSED = (":", "/.", "!", "?")  # behind these a paragraph is over; behind a stop it may go on
_FEWEST = 4  # lines that go on in small letters: fewer are chance
_SHARE = 0.12  # of all lines
_HEADED = ("article", "roman", "upper", "number", "letter")  # what one line behind such a mark says is often a heading


def page_width(lines: Sequence[Line]) -> int | None:
    """The letters a line has room for, where a page broke its lines wherever they were full; None where it did not.

    Such a page has many lines that go on in small letters; their lengths tell its width.
    """
    plain = [pair for pair in pairwise(lines) if not any("|" in line.raw for line in pair)]
    broken = sorted(
        len(above.text)
        for above, line in plain
        if not line.mark and not line.after_blank and line.text[0].islower() and not above.text.endswith(STOPS)
    )
    return broken[-1 - len(broken) // 10] if len(broken) >= max(_FEWEST, _SHARE * len(lines)) else None


def goes_on(group: Sequence[Line], line: Line, width: int) -> bool:
    """Whether a line of such a page is the rest of the paragraph before it: "... 2/9/2019 của Bộ" + "Chính trị"."""
    last = group[-1].text
    if line.after_blank or last.endswith(_CLOSED) or load_phrase("whole_line").match(line.text):
        return False
    bracket = line.text[0] == "(" and group[0].mark is not None and not last.endswith(STOPS)
    if line.text[0].islower() or bracket:
        return not is_upper(last)
    if is_upper(line.text) or is_upper(last):
        # "I. MỤC" + "ĐÍCH, YÊU CẦU"; titles without a mark are put together by what stands above them
        return is_upper(line.text) and is_upper(last) and group[0].mark is not None
    recital = load_phrase("recital")
    if recital.match(line.text):
        return False
    headed = len(group) == 1 and group[0].mark is not None and group[0].mark.style in _HEADED
    full = not headed and len(last) + 1 + len(line.text.split()[0]) >= width
    if last.endswith(STOPS):
        return full
    return full or bool(load_phrase("unfinished").search(last) or recital.match(group[0].text))
