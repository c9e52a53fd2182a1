"""Topics that a misprint hides: "trí tuệ nhận tạo" is read as printed, but looked up as "trí tuệ nhân tạo"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.fold import fold, fold_tones
from ontology import load_topics

_WORD = re.compile(r"\w+")
_FEWEST = 3  # syllables: shorter names have too many neighbours that are words of their own
_APART = re.compile(r"[^\w\s-]")  # a name does not reach over a comma


@dataclass(frozen=True, slots=True)
class Misprint:
    """`text[start:end]` is printed where a topic's name was meant, which differs in its accents alone."""

    start: int
    end: int
    printed: str
    meant: str
    topic: str


def find_misprints(text: str) -> Iterator[Misprint]:
    """Names of topics with a wrong accent, longest first at each place."""
    words = [(match.start(), match.end(), match[0]) for match in _WORD.finditer(text)]
    folded = [fold(word) for _, _, word in words]
    at = 0
    while at < len(words):
        for key, spellings in _names().get(folded[at], ()):
            end = at + len(key)
            if tuple(folded[at:end]) != key:
                continue
            printed = text[words[at][0] : words[end - 1][1]]
            spelled = _spelling([word for _, _, word in words[at:end]])
            if spelled not in spellings and _has_accents(printed) and not _APART.search(printed):
                meant, topic = next(iter(spellings.values()))
                yield Misprint(words[at][0], words[end - 1][1], printed, meant, topic)
            at = end - 1
            break
        at += 1


@cache
def _names() -> Mapping[str, Sequence[tuple[tuple[str, ...], Mapping[str, tuple[str, str]]]]]:
    """By first folded syllable: all syllables, and the right spellings with their topic; longest names first."""
    by_key: defaultdict[tuple[str, ...], dict[str, tuple[str, str]]] = defaultdict(dict)
    for topic in load_topics():
        for label in (topic.vi, *topic.alt):
            syllables = _WORD.findall(label)
            if len(syllables) >= _FEWEST and not label.isascii():
                by_key[tuple(map(fold, syllables))][_spelling(syllables)] = (label, topic.id)
    names: defaultdict[str, list[tuple[tuple[str, ...], Mapping[str, tuple[str, str]]]]] = defaultdict(list)
    for key in sorted(by_key, key=lambda key: (-len(key), key)):
        names[key[0]].append((key, by_key[key]))
    return names


def _spelling(words: Sequence[str]) -> str:
    """Lower case, "hoà" and "hòa" as one."""
    return " ".join(fold_tones(word.lower()) for word in words)


def _has_accents(text: str) -> bool:
    """Text without any accent was typed so, and is no misprint."""
    return fold(text) != text.lower()
