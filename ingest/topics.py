"""The concepts of the ontology that a text names, found by whole words; acronyms only as they are written."""

from __future__ import annotations

import re
from functools import cache

from ontology import load_topics

_WORD = re.compile(r"\w+")
_Labels = dict[str, list[tuple[tuple[str, ...], str]]]  # by first word: all words, concept


def find_topics(text: str) -> tuple[str, ...]:
    """Ids of the topics of a text, sorted: "Triển khai trợ lý ảo (AI)" -> ("tri-tue-nhan-tao", "tro-ly-ao")."""
    labels, acronyms = _labels()
    found: set[str] = set()
    words = _WORD.findall(text)
    lowered = [word.lower() for word in words]
    for row, at_words in ((labels, lowered), (acronyms, words)):
        for at, word in enumerate(at_words):
            found.update(topic for label, topic in row.get(word, ()) if tuple(at_words[at : at + len(label)]) == label)
    return tuple(sorted(found))


@cache
def _labels() -> tuple[_Labels, _Labels]:
    """Labels in lower case, and acronyms: an acronym in lower case is often a plain word (AI and "ai", CA and "ca")."""
    labels: _Labels = {}
    acronyms: _Labels = {}
    for topic in load_topics():
        for label in (topic.vi, *topic.alt, *topic.hidden):
            table, words = (acronyms, label) if _is_acronym(label) else (labels, label.lower())
            key = tuple(_WORD.findall(words))
            # hidden labels without accents are for queries; the text of a plan has its accents
            if key and not (label in topic.hidden and label.isascii() and table is labels):
                table.setdefault(key[0], []).append((key, topic.id))
    return labels, acronyms


def _is_acronym(label: str) -> bool:
    return any(char.isupper() for char in label[1:]) and " " not in label.strip()
