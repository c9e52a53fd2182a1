"""The concepts of the ontology that a text names, found by whole words; acronyms only as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ingest.records import Evidence, Tag
from ingest.source import SourceText
from ontology import load_topics

_WORD = re.compile(r"\w+")
_APART = re.compile(r"[,;:.!?()\[\]]\s|[;()\[\]]|\n\s*\n")  # not the dot of "4.0"


@dataclass(frozen=True, slots=True)
class _Label:
    words: tuple[str, ...]
    apart: tuple[bool, ...]  # whether a comma or the like stands in front of each word but the first
    topic: str


_Labels = dict[str, list[_Label]]  # by first word


def find_topics(text: str) -> tuple[str, ...]:
    """Ids of the topics of a text, sorted: "Triển khai trợ lý ảo (AI)" -> ("tri-tue-nhan-tao", "tro-ly-ao")."""
    return tuple(sorted({topic for topic, _, _ in place_topics(text)}))


def place_topics(text: str) -> Iterator[tuple[str, int, int]]:
    """Each label that a text carries with its place: ("tro-ly-ao", 11, 20) of "Triển khai trợ lý ảo"."""
    labels, acronyms = _labels()
    places, words, apart = _split(text)
    lowered = [word.lower() for word in words]
    for table, at_words in ((labels, lowered), (acronyms, words)):
        for at, word in enumerate(at_words):
            for label in table.get(word, ()):
                if _stands_at(label, at, at_words, apart):
                    yield label.topic, places[at][0], places[at + len(label.words) - 1][1]


def tag_topics(source: SourceText, evidence: Mapping[str, Evidence], topics: Sequence[str]) -> tuple[Tag, ...]:
    """The topics of an item, each with the words of its name or text that say so, the longest of them first met."""
    best: dict[str, tuple[int, int, int]] = {}  # topic -> (minus length, start, end)
    for field in ("name", "text"):
        if field in evidence:
            start = evidence[field].source.start
            for topic, first, last in place_topics(evidence[field].source.quote):
                found = (first - last, start + first, start + last)
                best[topic] = min(best.get(topic, found), found)
    return tuple(Tag(topic, source.cite(*best[topic][1:])) for topic in topics if topic in best)


def _stands_at(label: _Label, at: int, words: Sequence[str], apart: Sequence[bool]) -> bool:
    """Whether a text has the label at a place; "nghiên cứu, ứng dụng" is no "nghiên cứu ứng dụng"."""
    end = at + len(label.words)
    if tuple(words[at:end]) != label.words:
        return False
    return all(ours or not theirs for ours, theirs in zip(label.apart, apart[at : end - 1], strict=True))


def _split(text: str) -> tuple[list[tuple[int, int]], list[str], list[bool]]:
    """The places and words of a text and, of each two neighbours, whether a sign keeps them apart."""
    found = list(_WORD.finditer(text))
    apart = [_APART.search(text, one.end(), two.start()) is not None for one, two in pairwise(found)]
    return [match.span() for match in found], [match[0] for match in found], apart


@cache
def _labels() -> tuple[_Labels, _Labels]:
    """Labels in lower case, and acronyms: an acronym in lower case is often a plain word (AI and "ai", CA and "ca")."""
    labels: _Labels = {}
    acronyms: _Labels = {}
    for topic in load_topics():
        for label in (topic.vi, *topic.alt, *topic.hidden):
            table, written = (acronyms, label) if _is_acronym(label) else (labels, label.lower())
            _, words, apart = _split(written)
            # hidden labels without accents are for queries; the text of a plan has its accents
            if words and not (label in topic.hidden and label.isascii() and table is labels):
                table.setdefault(words[0], []).append(_Label(tuple(words), tuple(apart), topic.id))
    return labels, acronyms


def _is_acronym(label: str) -> bool:
    return any(char.isupper() for char in label[1:]) and " " not in label.strip()
