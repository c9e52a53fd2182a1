"""Indicators of all plans: targets under the wording that names them, and wordings that say the same brought together.

Grouping is careful: figures side by side are read as comparable. What a plan words in two ways it means as two things.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

import numpy as np

from graph.duplicates import split_words
from ingest.fold import fold
from ingest.slug import title_slug
from search_api.live import Opened
from search_api.per_generation import keep

_SHARED = 0.7  # of the words of both wordings; below it their order is not looked at
_SAME_ORDER = 0.85  # share of the words of both that stand in the same order
_SAME_SENSE = 0.9  # cosine of the sentences; figures aside, sentences of one indicator are nearer
_MOST_RELATED = 5
_RELATED = 0.25  # of the words of both wordings
_AT_ONCE = 512  # wordings that are compared with all others in one step
_FIGURE = re.compile(r"\d")
_FINAL_Y = re.compile(r"\b([hklmst])y\b")  # both "tỷ lệ" and "tỉ lệ", "kỹ" and "kĩ" are right


@dataclass(frozen=True, slots=True)
class Wording:
    """One way in which plans name an indicator: Wording("nang-suat-lao-dong", "năng suất lao động", ...)."""

    slug: str
    text: str  # as the first plan prints it
    targets: tuple[str, ...]
    documents: frozenset[str]


@dataclass(frozen=True, slots=True)
class Indicator:
    """Wordings that say the same, the one of most plans first."""

    wordings: tuple[Wording, ...]

    @property
    def documents(self) -> frozenset[str]:
        """The plans that set it."""
        return frozenset().union(*(each.documents for each in self.wordings))

    @property
    def count(self) -> int:
        """How many targets it has."""
        return sum(len(each.targets) for each in self.wordings)


@keep
def list_indicators(here: Opened) -> Sequence[Indicator]:
    """Every indicator, those of several plans first, then by wording: list_indicators(here)[0].wordings[0].text."""
    wordings = list(_list_wordings(here))
    groups = [Indicator(tuple(sorted(group, key=_rank))) for group in _join(wordings, _find_near(here, wordings))]
    return sorted(groups, key=lambda each: (-len(each.documents), each.wordings[0].slug))


def find_indicators(here: Opened, names: Sequence[str], exact: bool = False) -> list[Indicator]:
    """What names stand for, in their order; each with the wordings that say the same, unless exact ones are wanted."""
    by_slug = {each.slug: group for group in list_indicators(here) for each in group.wordings}
    found: dict[int, list[Wording]] = {}
    # a slug that was cut is its own name: cut again, it would be another
    for slug in dict.fromkeys(each if each in by_slug else title_slug(each) for each in names):
        if group := by_slug.get(slug):
            found.setdefault(id(group), []).extend(each for each in group.wordings if not exact or each.slug == slug)
    return [Indicator(tuple(dict.fromkeys(wordings))) for wordings in found.values()]


def list_related(here: Opened, shown: Sequence[Wording]) -> list[Wording]:
    """Other indicators whose sentences are nearest in meaning, which a reader may want to put beside."""
    if here.search is None or not shown:
        return []
    index, known = here.search.index, {each.slug for each in shown}
    words = [set(_words(each.text)) for each in shown]
    others = [
        each
        for group in list_indicators(here)
        for each in group.wordings[:1]
        if each.slug not in known and _share(set(_words(each.text)), words) >= _RELATED
    ]
    rows = [(each, row) for each in others if (row := index.columns.row(each.targets[0])) is not None]
    own = [row for each in shown if (row := index.columns.row(each.targets[0])) is not None]
    if not rows or not own:
        return []
    scores = (index.vectors.take([row for _, row in rows]) @ index.vectors.take(own).T).max(axis=1)
    best = np.argsort(-scores, kind="stable")[:_MOST_RELATED]
    return [rows[at][0] for at in best if scores[at] >= _SAME_SENSE]


def list_differences(wording: str, other: str) -> list[tuple[int, int]]:
    """The places of a wording that another one has not: list_differences("cấp tỉnh", "cấp xã") == [(4, 8)]."""
    words = list(re.finditer(r"\w+", fold(wording)))  # a fold keeps every place
    matcher = SequenceMatcher(None, _words(wording), _words(other), autojunk=False)
    return [
        (words[start].start(), words[end - 1].end())
        for kind, start, end, _, _ in matcher.get_opcodes()
        if kind in ("delete", "replace")
    ]


def _list_wordings(here: Opened) -> Iterator[Wording]:
    by_slug: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for target in here.records.records("target"):
        by_slug[title_slug(target["indicator"])].append(target)
    for slug, targets in sorted(by_slug.items()):
        ids = tuple(each["id"] for each in targets)
        yield Wording(slug, targets[0]["indicator"], ids, frozenset(each["document"] for each in targets))


def _find_near(here: Opened, wordings: Sequence[Wording]) -> dict[tuple[int, int], float]:
    """Pairs of wordings of different plans that say the same, with how alike they are."""
    words = [_words(each.text) for each in wordings]
    figures = [sorted(word for word in each if _FIGURE.search(word)) for each in words]
    near = {}
    for one, two in _share_words(words):
        if wordings[one].documents & wordings[two].documents or figures[one] != figures[two]:
            continue
        alike = SequenceMatcher(None, words[one], words[two], autojunk=False).ratio()
        if alike >= _SAME_ORDER and _is_near(here, wordings[one], wordings[two]):
            near[one, two] = alike
    return near


def _share_words(words: Sequence[Sequence[str]]) -> Iterator[tuple[int, int]]:
    """Pairs that have most of their words in common, whatever their order."""
    known = {word: at for at, word in enumerate(sorted({word for each in words for word in each}))}
    has = np.zeros((len(words), len(known)), np.float32)
    for row, each in enumerate(words):
        has[row, [known[word] for word in each]] = 1
    sizes = has.sum(axis=1)
    for start in range(0, len(words), _AT_ONCE):
        common = has[start : start + _AT_ONCE] @ has.T
        either = sizes[start : start + _AT_ONCE, None] + sizes[None, :] - common
        for row, column in zip(*np.nonzero(common >= _SHARED * np.maximum(either, 1)), strict=True):
            if start + row < column:
                yield int(start + row), int(column)


def _is_near(here: Opened, one: Wording, two: Wording) -> bool:
    """Whether the sentences mean nearly the same; a service without search has only the words."""
    if here.search is None:
        return True
    index = here.search.index
    rows = [index.columns.row(each.targets[0]) for each in (one, two)]
    if None in rows:
        return True
    first, second = index.vectors.take(rows)
    return float(first @ second) >= _SAME_SENSE


def _join(wordings: Sequence[Wording], near: Mapping[tuple[int, int], float]) -> list[list[Wording]]:
    """Groups in which every two wordings are near: a chain of small differences leads far away."""
    groups = {at: [at] for at in range(len(wordings))}
    group_of = {at: at for at in groups}
    for (one, two), _ in sorted(near.items(), key=lambda pair: (-pair[1], pair[0])):
        first, second = groups[group_of[one]], groups[group_of[two]]
        if first is second or any((min(a, b), max(a, b)) not in near for a in first for b in second):
            continue
        gone = group_of[two]
        first.extend(second)
        group_of.update(dict.fromkeys(second, group_of[one]))
        del groups[gone]
    return [[wordings[at] for at in group] for group in groups.values()]


def _share(words: set[str], others: Sequence[set[str]]) -> float:
    """The largest share of words that a wording has in common with one of others."""
    return max((len(words & each) / len(words | each) for each in others if each), default=0.0)


def _words(text: str) -> list[str]:
    return [_FINAL_Y.sub(r"\1i", word) for word in split_words(text)]


def _rank(wording: Wording) -> tuple[int, str]:
    return -len(wording.documents), wording.slug
