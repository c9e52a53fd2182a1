"""Rows that say nearly the same, so that an answer shows one of them and names the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from graph.duplicates import near_pairs, split_words
from search_api.passage import Passage
from search_api.vectors import Rows

_FOLDED = frozenset({"task", "duty", "section"})  # figures and documents are each their own, however alike their words


def find_folds(passages: Sequence[Passage]) -> Rows:
    """By row the first row of its kind that says the same, or nearly; itself where none does: shape (rows,).

    A row joins one that stands for itself: what is near to something near is not folded with it.
    """
    folds = np.arange(len(passages))
    words = [split_words(each.text) if each.kind in _FOLDED else [] for each in passages]
    near: defaultdict[int, list[int]] = defaultdict(list)
    for first, at in sorted(near_pairs(words)):
        near[at].append(first)
    same: dict[tuple[str, ...], int] = {}
    for at, passage in enumerate(passages):
        if passage.kind in _FOLDED:
            first = same.setdefault((passage.kind, *words[at]), at)
            alike = [row for row in near[at] if passages[row].kind == passage.kind and folds[row] == row]
            folds[at] = folds[first] if first != at else next(iter(alike), at)
    return folds
