"""The words of a result that a question is about, as places in its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

from ingest.fold import fold

_WORD = re.compile(r"\w+")
_FIELDS = ("name", "text", "indicator", "title")
_PLENTY = 3  # words of a question that say little by themselves


@dataclass(frozen=True, slots=True)
class Highlight:
    """`record[field][start:end]` is `words`, in code points."""

    field: str
    start: int
    end: int
    words: str


def find_highlights(record: Mapping[str, Any], terms: Iterable[str], exact: Iterable[str] = ()) -> list[Highlight]:
    """Runs of at least two of the terms' syllables, one where there are few terms, and words as they are ("AI")."""
    wanted, exact = set(terms), frozenset(exact)
    found = []
    for field in _FIELDS:
        text = record.get(field)
        if isinstance(text, str):
            found += [Highlight(field, start, end, text[start:end]) for start, end in _runs(text, wanted, exact)]
    return found


def _runs(text: str, wanted: set[str], exact: Set[str]) -> Iterator[tuple[int, int]]:
    words = [(match.start(), match.end(), fold(match[0])) for match in _WORD.finditer(text)]
    single = wanted if len(wanted) <= _PLENTY else set()
    run: tuple[int, int] | None = None
    for at, (start, end, word) in enumerate(words):
        joined = at > 0 and f"{words[at - 1][2]} {word}" in wanted
        if joined:
            run = (run[0] if run else words[at - 1][0], end)
            continue
        if run:
            yield run
        run = (start, end) if word in single or text[start:end] in exact else None
    if run:
        yield run
