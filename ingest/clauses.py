"""Sentences and clauses of a paragraph, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A full stop ends a sentence only before a capital; "..." and "TP. Hà Nội" do not.
_END = re.compile(r";\s+|(?<!\.\.)(?<![A-ZĐ]{2})[.!?](?:/\.)?\s+(?=[A-ZĐÀ-Ỹ\"“])")
_EDGES = " \t\n.;,/"


def split_clauses(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Where each clause between ";" and full stops begins and ends, white space and stops left out."""
    at = start
    for stop, following in (*(found.span() for found in _END.finditer(text, start)), (len(text), len(text))):
        begin, end = _trim(text, at, stop)
        if begin < end:
            yield begin, end
        at = following


def split_sentences(text: str) -> Iterator[tuple[int, int]]:
    """The same by full stops alone."""
    at = 0
    for begin, _ in split_clauses(text):
        if not text[:begin].rstrip().endswith(";") and begin > at:
            yield _trim(text, at, begin)
            at = begin
    if text[at:].strip(_EDGES):
        yield _trim(text, at, len(text))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return start, end
