"""Which lines of a plan became facts, and which did not: what nobody reads in the records must be readable here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from graph.records import Corpus
from ingest.fold import key
from ingest.records import Source, read_places
from ingest.source import SourceText

_SHOWN = 120  # characters of a passage
_TITLE = 6  # characters of a heading: a shorter one stands in many lines


@dataclass(frozen=True, slots=True)
class Lines:
    """Some lines in a row, ends included, with the words that they begin with."""

    first: int
    last: int
    text: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of the lines of one plan that are not blank, how many a fact was read from, and the passages left out."""

    lines: int
    read: int
    unread: tuple[Lines, ...]


def find_unread(source: SourceText, places: Iterable[Source], headings: Iterable[str] = ()) -> Coverage:
    """What the sources of all facts, and the headings above them, leave of a plan: find_unread(text, places).unread"""
    spans = sorted((place.start, place.end) for place in places)
    lines = list(_split_lines(source))
    covered = list(_mark(lines, spans))
    titles = sorted({key(title) for title in headings if len(title) >= _TITLE})
    left = [
        line
        for line, is_read in zip(lines, covered, strict=True)
        if not is_read and not any(title in key(source.text[slice(*line)]) for title in titles)
    ]
    return Coverage(len(lines), len(lines) - len(left), tuple(_group(source, left, lines)))


def sources_of(corpus: Corpus, file: str) -> Iterator[Source]:
    """Every place of one plan that any record of the corpus was read from."""
    kinds: tuple[Sequence[Any], ...] = (
        corpus.documents, corpus.tasks, corpus.duties, corpus.targets, corpus.mentions, corpus.links, corpus.parts,
    )  # fmt: skip
    for records in kinds:
        for record in records:
            if getattr(record, "kind", "") == "paragraph":
                continue  # kept as it stands: nothing was read in it
            for place in read_places(record.source, getattr(record, "evidence", {})):
                if place.file == file:
                    yield place


def headings_of(corpus: Corpus, file: str) -> set[str]:
    """The titles that stand above the tasks and duties of one plan: group headings of a table among them."""
    return {heading.title for item in (*corpus.tasks, *corpus.duties) if item.file == file for heading in item.section}


def _split_lines(source: SourceText) -> Iterator[tuple[int, int]]:
    """Start and end of each line that has a letter or digit."""
    for start, after in zip(source.line_starts, (*source.line_starts[1:], len(source.text)), strict=True):
        if any(character.isalnum() for character in source.text[start:after]):
            yield start, after


def _mark(lines: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]]) -> Iterator[bool]:
    """Whether any span touches each line; both are in order."""
    at, reach = 0, -1
    for start, end in lines:
        while at < len(spans) and spans[at][0] < end:
            reach = max(reach, spans[at][1])
            at += 1
        yield reach > start


def _group(source: SourceText, left: Sequence[tuple[int, int]], lines: Sequence[tuple[int, int]]) -> Iterator[Lines]:
    place = {line: at for at, line in enumerate(lines)}
    group: list[tuple[int, int]] = []
    for line in left:
        if group and place[line] != place[group[-1]] + 1:
            yield _describe(source, group)
            group = []
        group.append(line)
    if group:
        yield _describe(source, group)


def _describe(source: SourceText, group: Sequence[tuple[int, int]]) -> Lines:
    text = " ".join(source.text[group[0][0] : group[-1][1]].split())
    shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return Lines(source.line_at(group[0][0]), source.line_at(group[-1][0]), shown)
