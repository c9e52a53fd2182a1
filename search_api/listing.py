"""Which rows an answer lists: ranked, cut to the nearest where nothing filters, narrowed, each said once, in groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from search_api.filters import Selection
from search_api.index import Index
from search_api.ranking import Ranking, Wording, cut, fold, has_words, keep
from search_api.sorting import Sort, sort_ranking
from search_api.vectors import Mask, Rows

Part = Literal["due", "active", "all"]  # of an answer: what is due, what is only under way, both
Groups = Sequence[tuple[str | None, Ranking]]


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows of an answer in its groups, best first; `others` are what rows stand for that say nearly the same."""

    groups: Groups
    nearest: bool  # ranking decided which rows there are, and no filter
    rows: Rows  # of all groups, with those that another stands for
    folds: Rows | None  # by row the one that stands for it; None: each stands for itself
    others: Mapping[int, Sequence[int]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many results there are in all groups."""
        return sum(len(ranking.rows) for _, ranking in self.groups)

    def count(self, mask: Mask) -> int:
        """How many results there would be if only these rows were listed: what stands beside a value of a facet."""
        found = self.rows[mask[self.rows]]
        return len(found) if self.folds is None else len(np.unique(self.folds[found]))

    def take(self, part: Part) -> list[Ranking]:
        """The rankings of one part; what no deadline was asked for is all one."""
        if part == "active":
            return [ranking for group, ranking in self.groups if group == "active"]
        return [ranking for _, ranking in (self.groups if part == "all" else self.groups[:1])]


def is_nearest(selection: Selection, wording: Wording) -> bool:
    """Whether ranking decides what answers, and no filter: "AI", and "nhiệm vụ về AI", but not all "nhiệm vụ"."""
    return not selection.is_filtered or (selection.by_kind_alone and has_words(wording.expanded))


def list_rows(groups: Groups, index: Index, nearest: bool, within: Mask | None) -> Listing:
    """The rows of ranked groups as they are answered; `within` are those that meet every further condition."""
    if nearest:
        groups = [(group, cut(ranking)) for group, ranking in groups]
    if within is not None:
        groups = [(group, keep(ranking, within)) for group, ranking in groups]
    rows = np.concatenate([ranking.rows for _, ranking in groups])
    if not nearest:
        return Listing(groups, False, rows, None)
    folded = [(group, *fold(ranking, index.columns.folds)) for group, ranking in groups]
    others = {row: same for _, _, each in folded for row, same in each.items()}
    return Listing([(group, ranking) for group, ranking, _ in folded], True, rows, index.columns.folds, others)


def sort_rows(listing: Listing, sort: Sort, index: Index) -> Listing:
    """The same rows with each group in another order."""
    return replace(listing, groups=[(group, sort_ranking(each, sort, index)) for group, each in listing.groups])
