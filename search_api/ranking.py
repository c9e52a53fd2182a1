"""Ranking: three lists of the rows that may answer (by meaning, by words, by topic), fused by rank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from search_api.encoder import Vectors
from search_api.index import Index
from search_api.lexical import Scores, split_terms
from search_api.understood import Named, Understood
from search_api.vectors import Mask, Rows

_K = 10  # of reciprocal rank fusion: small, for the best few of each list are what counts in so small a corpus
_NARROWER = 0.5  # of a topic that is below the one asked for
_OVER = 10  # topics come before words and meaning, which only part rows that carry the same
_DEEPEST = 1000  # rows of a list that take part
_NAMES = {"document": 0.6, "heading": 0.4}  # a title names what its tasks do: between equals the task is the answer
CANDIDATES = 200  # rows that a question is answered with where ranking decides
Ranks = npt.NDArray[np.int64]  # by row: its place in a list from 1 on, 0 where it is not in it


@dataclass(frozen=True, slots=True)
class Wording:
    """A question as each list needs it."""

    text: str  # with its accents back
    expanded: str  # with the Vietnamese names of its topics
    topics: tuple[Named, ...]
    acronyms: tuple[str, ...]  # of the topics, as typed: "AI"


@dataclass(frozen=True, slots=True)
class Ranking:
    """The rows that answer, best first, and how each came to its place."""

    rows: Rows
    scores: Scores  # by place: 1 is first in every list
    cosines: Scores  # by row
    by_meaning: Ranks
    by_words: Ranks
    by_topic: Ranks


def word_question(understood: Understood, index: Index) -> Wording:
    """The question with its accents restored, and the names of its topics for the words of the other language."""
    text = understood.text if has_words(understood.text) else ""  # signs alone mean nothing
    if understood.language == "vi-unaccented":
        text = index.accents.restore(text)
    names = (index.labels.get(topic.id, (topic.label, ""))[0] for topic in understood.topics)
    acronyms = tuple(topic.words for topic in understood.topics if topic.words.isupper())
    return Wording(text, " ".join([text, *names]), tuple(understood.topics), acronyms)


def rank(wording: Wording, vector: Vectors | None, index: Index, allowed: Mask | None) -> Ranking:
    """The allowed rows by fused rank (None: any row); with nothing to rank by, by their end, then as printed."""
    count = index.header.count
    cosines = np.zeros(count, np.float32)
    by_meaning, by_words, by_topic = (np.zeros(count, np.int64) for _ in range(3))
    if vector is not None:
        near, cosine = index.vectors.nearest(vector, _DEEPEST, allowed)
        cosines[near] = cosine
        by_meaning[near] = np.arange(1, len(near) + 1)
    _place(by_words, index.lexical.scores(split_terms(wording.expanded)), allowed)
    fused = _fuse(by_meaning, by_words)
    if wording.topics:
        carried = _weigh_topics(wording.topics, index)
        _place(by_topic, np.where(carried > 0, carried * _OVER + fused, 0), allowed)
        fused = fused + _fuse(by_topic)
    for kind, share in _NAMES.items():
        fused[index.columns.sets["title"].rows(kind)] *= share
    rows = _order(fused, index, allowed)
    best = sum(1 / (_K + 1) for ranks in (by_meaning, by_words, by_topic) if ranks.any()) or 1
    return Ranking(rows, (fused[rows] / best).astype(np.float32), cosines, by_meaning, by_words, by_topic)


def _weigh_topics(topics: Sequence[Named], index: Index) -> Scores:
    """By row the topics that it carries: a rare one tells more than one that a third of all rows have."""
    column, count = index.columns.sets["topic"], index.header.count
    weights = np.zeros(count, np.float32)
    for topic in topics:
        own, below = column.mask([topic.id], count), column.mask(topic.ids, count)
        weights += np.log((count + 1) / (below.sum() + 1)) * np.maximum(own, _NARROWER * below)
    return weights


def _order(fused: Scores, index: Index, allowed: Mask | None) -> Rows:
    """Best first; what ties stands in the order of its end, and what has none last, as printed."""
    rows = np.flatnonzero(fused > 0) if allowed is None else np.flatnonzero(allowed)
    ends = index.columns.days["due_to"][rows]
    order = np.lexsort((rows, ends, ends == 0, -fused[rows]))
    rows = rows[order]
    return rows[:CANDIDATES] if allowed is None else rows


def _place(ranks: Ranks, scores: Scores, allowed: Mask | None) -> None:
    """Write the places of the rows with a score into `ranks`; equal scores stand as printed."""
    rows = np.flatnonzero((scores > 0) if allowed is None else (scores > 0) & allowed)
    rows = rows[np.argsort(-scores[rows], kind="stable")][:_DEEPEST]
    ranks[rows] = np.arange(1, len(rows) + 1)


def _fuse(*lists: Ranks) -> Scores:
    """The sum of 1 / (k + place) over the lists in which a row stands."""
    return np.asarray(sum(np.where(ranks > 0, 1 / (_K + ranks), 0) for ranks in lists), np.float32)


def cut(ranking: Ranking) -> Ranking:
    """The ranking without what is far from the question."""
    return replace(ranking, rows=ranking.rows[:CANDIDATES], scores=ranking.scores[:CANDIDATES])


def keep(ranking: Ranking, mask: Mask) -> Ranking:
    """The ranking with some of its rows, in their order."""
    kept = mask[ranking.rows]
    return replace(ranking, rows=ranking.rows[kept], scores=ranking.scores[kept])


def fold(ranking: Ranking, folds: Rows) -> tuple[Ranking, dict[int, list[int]]]:
    """The ranking with one row of those that say nearly the same, and which rows each one stands for."""
    best: dict[int, int] = {}
    others: dict[int, list[int]] = {}
    kept = []
    for at, row in enumerate(map(int, ranking.rows)):
        first = best.setdefault(int(folds[row]), row)
        if first == row:
            kept.append(at)
        else:
            others.setdefault(first, []).append(row)
    return replace(ranking, rows=ranking.rows[kept], scores=ranking.scores[kept]), others


def has_words(text: str) -> bool:
    """Whether a text has anything to look up: "😀 ?" has not."""
    return any(character.isalnum() for character in text)


def matched_words(wording: Wording) -> Sequence[str]:
    """The folded terms that a text is highlighted by: syllables and pairs of the question and its topics."""
    return split_terms(wording.expanded)
