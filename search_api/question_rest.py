"""What of a question no filter takes, to rank by: without the little words at its ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from search_api.accents import Accents
from search_api.cues import Asked, Cue, load_cues
from search_api.question_reading import PUNCTUATION, Reading, Span
from search_api.terms import Terms

_MOST_LINKS = 4  # little words in a row that go with what they lead to
_LOOSE = re.compile(r" ([,;:.?!])(?=\s|$)")
_WORD = re.compile(r"\w+")
_LAST_WORD, _FIRST_WORD = re.compile(r"(\w+) *$"), re.compile(r" *(\w+)")


def read_rest(reading: Reading, terms: Terms, accents: Accents | None = None) -> str:
    """The words that are no filter's, topics included, without little words at the ends."""
    hidden = reading.hidden()
    chars = list(reading.asked.text)
    little = _Little(reading.asked, terms, accents, _blank(reading.asked.text, reading.removed))
    for start, end in reading.removed:
        start = _with_links(hidden, start, little)
        chars[start:end] = " " * (end - start)
    for start, end in reading.kept:
        chars[start:end] = reading.asked.text[start:end]
    left = "".join(chars)
    asked = replace(reading.asked, text=left).hide(reading.kept)
    asked = replace(
        asked,
        lowered="".join(" " if char == " " else low for char, low in zip(left, asked.lowered, strict=True)),
        folded="".join(" " if char == " " else low for char, low in zip(left, asked.folded, strict=True)),
    )
    rest = _LOOSE.sub(r"\1", " ".join(_trim(asked, little).split()))
    if rest or reading.removed:
        return rest
    return reading.asked.text


def _blank(text: str, spans: Sequence[Span]) -> str:
    chars = list(text)
    for start, end in spans:
        chars[start:end] = " " * (end - start)
    return "".join(chars)


@dataclass(frozen=True)
class _Little:
    """Tells little words from words that only look like them without accents: "trong" is "trong" or "trồng"."""

    asked: Asked
    terms: Terms
    accents: Accents | None
    left: str  # the question with the words of filters blanked out

    @cached_property
    def _words(self) -> list[tuple[int, str]]:
        """Where each word begins and how it is likeliest meant beside the others."""
        words = list(_WORD.finditer(self.asked.lowered))
        typed = [word[0] for word in words]
        meant = self.accents.spell(typed) if self.accents else typed
        return [(word.start(), form) for word, form in zip(words, meant, strict=True)]

    @cached_property
    def _content(self) -> list[Span]:
        """Where the question has words that only look like little ones: "den duong"."""
        return [found.span() for cue in load_cues()["content-word"] for found in cue.find(self.asked)]

    def is_little(self, cue: Cue, span: Span) -> bool:
        """Whether a span holds the little word of a cue, and not a word of content that is typed like it."""
        if self.asked.language != "vi-unaccented":
            return True
        is_content = any(start <= span[0] and span[1] <= end for start, end in self._content)
        return not is_content and not self._is_other(cue, span)

    def parts_name(self, cut: int) -> bool:
        """Whether a cut would part two syllables of a name: the "can" of "can bo" is not the little word "cần"."""
        if self.asked.language != "vi-unaccented":
            return False
        folded = self.asked.folded
        left, right = _LAST_WORD.search(folded[max(0, cut - 20) : cut]), _FIRST_WORD.match(folded, cut)
        return bool(left and right and (left[1], right[1]) in self.terms.pairs)

    def _is_other(self, cue: Cue, span: Span) -> bool:
        """Whether the corpus has another word there beside the same neighbour: "trồng rừng" for "trong rung"."""
        places = [place for place, (start, _) in enumerate(self._words) if span[0] <= start < span[1]]
        if self.accents is None or len(places) != 1:
            return False
        (place,) = places
        if cue.is_whole(self._words[place][1]):
            return False
        pairs = [self._words[first : first + 2] for first in (place - 1, place) if first >= 0]
        return any(
            len(pair) == 2
            and all(self.left[start] != " " for start, _ in pair)
            and self.accents.has_pair(pair[0][1], pair[1][1])
            for pair in pairs
        )


def _with_links(hidden: Asked, start: int, little: _Little) -> int:
    """Where the little words begin that lead to a filter: the "ở" of "trồng cây ở Hưng Yên"."""
    for _ in range(_MOST_LINKS):
        found = [(at, cue) for cue in _own("link", hidden) if (at := cue.ends_at(hidden, start)) is not None]
        starts = [at for at, cue in found if little.is_little(cue, (at, start))]
        if not starts:
            break
        start = min(starts)
    return start


def _trim(asked: Asked, little: _Little) -> str:
    """Cut at both ends until no little word is there: "các … về trợ lý ảo ?" -> "trợ lý ảo"."""
    first, last = _own("filler", asked), (*_own("filler", asked), *_own("filler-end", asked))
    start, end = 0, len(asked.text)
    while True:
        before = (start, end)
        while start < end and asked.text[start] in PUNCTUATION:
            start += 1
        while start < end and asked.text[end - 1] in PUNCTUATION:
            end -= 1
        starts = [(start + found.end(), cue) for cue in first if (found := cue.starts_at(asked, start))]
        starts = [(at, cue) for at, cue in starts if not little.parts_name(at)]
        start = min(end, max((at for at, cue in starts if little.is_little(cue, (start, at))), default=start))
        ends = [(at, cue) for cue in last if (at := cue.ends_at(asked, end)) is not None]
        ends = [(at, cue) for at, cue in ends if not little.parts_name(at)]
        end = max(start, min((at for at, cue in ends if little.is_little(cue, (at, end))), default=end))
        if (start, end) == before:
            return asked.text[start:end]


def _own(name: str, asked: Asked) -> list[Cue]:
    """The little words of the question's own language: "to" and "in" are words of both."""
    return [cue for cue in load_cues()[name] if cue.row["language"] == asked.language[:2]]
