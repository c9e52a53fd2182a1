"""The question as it is looked at, and the words around dates, agencies and documents that say what is asked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from ingest.fold import fold
from ingest.reference import load_rows
from search_api.words import Word, clean_question, lower, split_words

_BEFORE = 80  # characters in front of a place in which a cue is looked for
# What is looked for in front of a place.
_LEFT = frozenset(
    {
        "compound",
        "date-before",
        "directive-before",
        "filler",
        "filler-end",
        "funding-before",
        "link",
        "negation",
        "negation-role",
        "output-before",
        "place-before",
        "place-kind",
        "role",
        "span-before",
    }
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in the three forms that are looked at; offsets are the same in all."""

    text: str
    lowered: str
    folded: str
    words: tuple[Word, ...]
    accented: bool
    all_capitals: bool
    language: str = "vi"

    def hide(self, spans: list[tuple[int, int]]) -> Asked:
        """The same with some places blacked out: a cue must not reach into a name."""
        lowered, folded = list(self.lowered), list(self.folded)
        for start, end in spans:
            lowered[start:end] = folded[start:end] = HIDDEN * (end - start)
        return replace(self, lowered="".join(lowered), folded="".join(folded))

    def is_english_word(self, word: str) -> bool:
        """Whether a short word is of everyday English: "his", not "iot"."""
        return any(cue.is_whole(word) for cue in load_cues()["english-word"])


HIDDEN = "\ue000"


def read_asked(text: str) -> Asked:
    """A question made ready: in NFC, on one line, whatever it holds."""
    text = clean_question(text)
    lowered = lower(text)
    letters = [char for char in text if char.isalpha()]
    return Asked(
        text=text,
        lowered=lowered,
        folded=fold(lowered),
        words=split_words(text),
        accented=lowered != fold(lowered),
        all_capitals=len(letters) > 8 and not any(char.islower() for char in letters),
    )


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of `question_words.json`, to be found with its accents or, typed without any, without."""

    row: Mapping[str, Any]
    anywhere: tuple[re.Pattern[str], ...]  # with accents, without
    at_end: tuple[re.Pattern[str], ...]

    def find(self, asked: Asked) -> Iterator[re.Match[str]]:
        """Every place where the question has it."""
        yield from self.anywhere[0].finditer(asked.lowered)
        for pattern in self.anywhere[1:] if asked.language != "en" else ():
            for found in pattern.finditer(asked.folded):
                if asked.lowered[found.start() : found.end()].isascii():
                    yield found

    def starts_at(self, asked: Asked, at: int) -> re.Match[str] | None:
        """The cue that begins right at a place (its pattern begins with "^")."""
        found = self.anywhere[0].match(asked.lowered[at : at + _BEFORE])
        for pattern in self.anywhere[1:] if found is None and asked.language != "en" else ():
            found = pattern.match(asked.folded[at : at + _BEFORE])
            if found and not asked.lowered[at : at + found.end()].isascii():
                found = None
        return found

    def ends_at(self, asked: Asked, at: int) -> int | None:
        """Where the cue begins that ends right before a place."""
        start = max(0, at - _BEFORE)
        found = self.at_end[0].search(asked.lowered[start:at])
        for pattern in self.at_end[1:] if found is None and asked.language != "en" else ():
            found = pattern.search(asked.folded[start:at])
            if found and not asked.lowered[start + found.start() : at].isascii():
                found = None
        return start + found.start() if found else None

    def is_whole(self, text: str) -> bool:
        """Whether a text is the cue and nothing else."""
        forms = self.anywhere if text.isascii() else self.anywhere[:1]
        return any(form.fullmatch(lower(text)) for form in forms)


@cache
def load_cues() -> Mapping[str, tuple[Cue, ...]]:
    """The rows by name; only Vietnamese ones have a form without accents."""
    cues: defaultdict[str, list[Cue]] = defaultdict(list)
    for row in load_rows("question_words"):
        pattern = row["pattern"]
        forms = [pattern]
        if row["language"] == "vi" and fold(pattern) != pattern:
            forms.append(fold(pattern).replace("(?p<", "(?P<"))
        ends = [f"(?:{form.removesuffix('$')})[ :]*$" for form in forms] if row["name"] in _LEFT else []
        cues[row["name"]].append(Cue(row, _compile(forms), _compile(ends)))
    return {name: tuple(rows) for name, rows in cues.items()}


def _compile(patterns: list[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)  # the question has single spaces already
