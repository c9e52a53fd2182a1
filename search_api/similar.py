"""What says the same as a task, duty or target, word for word or nearly, and what comes near in meaning.

The vectors of one model lie close together, so that any two plans of provinces have a cosine of 0.9. How near two texts
are is therefore measured from the middle of all texts of the index: 1 is the same text, 0 a text taken at random.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from graph.duplicates import near_pairs, split_words
from search_api.columns import Columns
from search_api.vectors import Rows, VectorIndex

NEAR, VERY_NEAR = 0.5, 0.7  # measured from the middle: what is not near has no place in a list
_TRIED = 200  # rows that are nearest by plain cosine, from which the nearest are chosen


@dataclass(frozen=True, slots=True)
class Near:
    """A record that is near in meaning: Near("https://…/719/phu-luc/2/muc/7", 0.62)."""

    id: str
    nearness: float


def find_same(columns: Columns, record: Mapping[str, Any]) -> list[str]:
    """The other records that say the same or nearly, in the order of the index, whatever document they stand in."""
    row = columns.row(record["id"])
    if row is None:
        return []
    return [columns.ids[each] for each in np.flatnonzero(columns.folds == columns.folds[row]) if each != row]


def find_near(columns: Columns, vectors: VectorIndex, record: Mapping[str, Any], limit: int) -> list[Near]:
    """The records of its kind in other documents that are nearest in meaning, those left out that say the same."""
    row = columns.row(record["id"])
    if row is None:
        return []
    allowed = columns.sets["kind"].mask([record["record"]], len(columns.ids))
    allowed[columns.sets["document"].rows(record["document"])] = False
    allowed[columns.folds == columns.folds[row]] = False
    found, _ = vectors.nearest(vectors.take([row])[0], _TRIED, allowed)
    ranked = sorted(zip(_measure(vectors, row, found), found.tolist(), strict=True), key=lambda each: -each[0])
    near: list[Near] = []
    seen: set[int] = set()
    for nearness, other in ranked:
        fold = int(columns.folds[other])
        if nearness < NEAR or len(near) == limit:
            break
        if fold not in seen:  # of those that say the same one is enough
            near.append(Near(columns.ids[other], nearness))
        seen.add(fold)
    return near


def share_of_words(one: str, other: str) -> float:
    """How much of the wording of two texts is the same, in runs of four words; 1.0 for the same words."""
    words = [split_words(one), split_words(other)]
    return 1.0 if words[0] == words[1] else next(iter(near_pairs(words).values()), 0.0)


def _measure(vectors: VectorIndex, row: int, others: Rows) -> list[float]:
    """How near each of some rows is to one, measured from the middle of all."""
    moved = vectors.take([row, *others.tolist()]) - vectors.mean
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    directions = moved / np.where(lengths > 0, lengths, 1)
    return [round(float(each), 3) for each in directions[1:] @ directions[0]]
