"""Short names that a text declares for a body: "Sở Khoa học và Công nghệ (sau đây viết tắt là Sở)".

Such a name is good behind its declaration and in that text only: every department calls itself "Sở".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.body_words import has_head, is_act, is_verb
from ingest.fold import fold, squeeze
from ingest.inner_units import with_parent
from ingest.names import Name, find_name
from ingest.numbered_mentions import type_names
from ingest.reference import load_phrase

_WINDOW = 240  # no body has a longer name
_MAX_DECLARED = 60  # of one first word: a text that declares more declares nothing
_WORD = re.compile(r"[^\s,;.:()]+")
_STOPS = re.compile(r"[;:()]|[.!?]\s|\n\s*\n")
_CAPITAL = re.compile(r"(?<!\w)(?=[^\W\d_])")
_LONGER = 40  # how much of what follows tells whether a longer name goes on


@dataclass(frozen=True, slots=True)
class Declared:
    """A short name as it is printed in its declaration, which ends at `end`."""

    short: str
    start: int
    end: int
    of_many: bool  # "gọi chung là các đơn vị": of all that were named before


class ShortNames:
    """The short names of one text; `at` reads one of them at a place."""

    def __init__(self, text: str) -> None:
        self._names: defaultdict[str, dict[str, list[tuple[int, Name]]]] = defaultdict(dict)
        for declared in find_declarations(text):
            body = _body_before(text, declared)
            known = self._names[declared.short.split()[0]]
            if body and (declared.short in known or len(known) < _MAX_DECLARED):
                known.setdefault(declared.short, []).append((declared.end, body))

    def at(self, text: str, at: int, place: int) -> Name | None:
        """The body whose short name stands at `at`, when `place` of the document lies behind its declaration."""
        word = _WORD.match(text, at) if self._names else None
        found: Name | None = None
        for short, bodies in self._names.get(word[0], {}).items() if word else ():
            number = bisect_right(bodies, place, key=lambda pair: pair[0])
            end = end_of_words(text, at, short) if number else None
            if end is not None and (found is None or end > found.end) and is_whole(text, at, end):
                found = replace(bodies[number - 1][1], start=at, end=end, short=True)
        return found


@lru_cache(maxsize=8)
def load_short_names(text: str) -> ShortNames:
    """The short names of a text, found once for the many places that ask for them."""
    return ShortNames(text)


def find_declarations(text: str) -> Iterator[Declared]:
    """Where a text says how it will call something: "(sau đây gọi tắt là Ban Chỉ đạo)"."""
    for found in load_phrase("declares_short").finditer(text):
        short = squeeze(found["bracketed"] or found["plain"])
        if short[:1].isupper():
            of_many = load_phrase("short_of_many").search(found[0]) is not None
            yield Declared(short, found.start(), found.end(), of_many)


def end_of_words(text: str, at: int, words: str) -> int | None:
    """Where words end that stand at a place, however the page breaks them."""
    for word in words.split():
        at += len(text[at : at + 8]) - len(text[at : at + 8].lstrip())
        if not text.startswith(word, at):
            return None
        at += len(word)
    return at


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether a short name stands for itself: not in "các Sở", "Sở hữu" or "Sở Y tế"."""
    if (start and text[start - 1].isalnum()) or load_phrase("one_of_many").search(text[max(0, start - 12) : start]):
        return False
    after = text[end : end + _LONGER]
    last = text[start:end].split()[-1]
    if not after or not (after[0].isalnum() or after[0].isspace() or after[0] in "&/-–"):
        return True
    follows = after.lstrip()
    if "\n" in after[: len(after) - len(follows)] or not follows:
        return True
    if not after[0].isspace():
        return False
    if (last.isupper() and len(last) > 1) or last.isdigit():
        return True  # "Sở KH&CN", "Ban Chỉ đạo 57": such a name cannot go on
    return is_verb(follows) or is_act(follows) or load_phrase("behind_short").match(follows) is not None


def _body_before(text: str, declared: Declared) -> Name | None:
    """The body in front of a declaration: the longest known name that ends there, or one that begins as its short."""
    if declared.of_many or re.match(type_names(), declared.short):
        return None
    base = max(0, declared.start - _WINDOW)
    stop = max((found.end() for found in _STOPS.finditer(text, base, declared.start)), default=base)
    window = text[stop : declared.start].rstrip(" ,\n\t")
    name = _known_at_end(window)
    start = _begins_as(window, declared.short)
    if start is None or (name and name.start <= start):
        return None if name and (name.collective or _is_inside(window, name, declared.short)) else name
    called = squeeze(window[start:])  # "Tổ công tác của UBND tỉnh (gọi tắt là Tổ công tác)" is not that committee
    return Name(0, 0, called, None, None, collective=False) if " " in called else None


def _known_at_end(window: str) -> Name | None:
    folded = fold(window)
    for place in _CAPITAL.finditer(window):
        name = find_name(window, folded, place.start()) if window[place.start()].isupper() else None
        name = with_parent(window, name) if name else None
        if name and name.end == len(window):
            return name
    return None


def _is_inside(window: str, name: Name, short: str) -> bool:
    """Whether a known name closes a longer one: "Ban Chỉ đạo ... của Tỉnh ủy (viết tắt là BCĐ)"."""
    if window[name.start :].startswith(short.split()[0]):
        return False
    return any(has_head(window[place.start() :]) for place in _CAPITAL.finditer(window, 0, name.start))


def _begins_as(window: str, short: str) -> int | None:
    """Where a name begins by the words or letters of its short name: "Ban Chỉ đạo" of "Ban Chỉ đạo 57", of "BCĐ"."""
    words = short.split()
    for place in _CAPITAL.finditer(window) if len(words) == 1 and short.isupper() else ():
        letters = "".join(word[0] for word in window[place.start() :].split()).upper()
        if letters.startswith(short) and has_head(window[place.start() :]):
            return place.start()
    for count in range(len(words), 0, -1):
        prefix = r"\s+".join(map(re.escape, words[:count]))
        starts = [found.start() for found in re.finditer(rf"(?<!\w){prefix}(?=\s)", window)]
        starts = [start for start in starts if count > 1 or has_head(window[start:])]
        if starts:
            return starts[-1]
    return None
