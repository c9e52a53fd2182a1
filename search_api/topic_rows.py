"""Tasks of one topic from several plans in rows: those of a row say nearly the same, at most one of each plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from search_api.index import Index
from search_api.vectors import Rows

_NEAR = 0.97  # cosine; below it tasks share a field and not what is to be done


@dataclass(frozen=True, slots=True)
class Alignment:
    """Rows of the index by plan: `rows` hold those that stand side by side, `apart` what no other plan has."""

    rows: Sequence[Mapping[str, int]]
    apart: Mapping[str, Sequence[int]]


def align_tasks(index: Index, by_plan: Mapping[str, Sequence[int]]) -> Alignment:
    """Tasks of plans side by side where each is the nearest of the other plan: align_tasks(index, {plan: [3, 7]})."""
    pairs = sorted(
        (pair for one, two in combinations(by_plan, 2) for pair in _find_pairs(index, by_plan[one], by_plan[two])),
        key=lambda pair: (-pair[0], pair[1:]),
    )
    plan_of = {row: plan for plan, rows in by_plan.items() for row in rows}
    beside: dict[int, dict[str, int]] = {row: {plan: row} for row, plan in plan_of.items()}
    for _, one, two in pairs:
        first, second = beside[one], beside[two]
        if first is not second and not first.keys() & second.keys():
            first.update(second)
            beside.update(dict.fromkeys(second.values(), first))
    groups = {id(group): group for group in beside.values()}.values()
    order = {plan: at for at, plan in enumerate(by_plan)}
    rows = [dict(sorted(group.items(), key=lambda pair: order[pair[0]])) for group in groups if len(group) > 1]
    rows.sort(key=lambda row: (-len(row), *next((order[plan], at) for plan, at in row.items())))
    apart = {plan: [row for row in some if len(beside[row]) == 1] for plan, some in by_plan.items()}
    return Alignment(rows, apart)


def is_same(index: Index, row: Mapping[str, int]) -> bool:
    """Whether the tasks of a row have nearly the same words, and not only the same meaning."""
    return len({int(index.columns.folds[at]) for at in row.values()}) == 1


def _find_pairs(index: Index, one: Sequence[int], two: Sequence[int]) -> Iterator[tuple[float, int, int]]:
    """Each task with the nearest of the other plan, where that is so from both sides."""
    if not one or not two:
        return
    scores = index.vectors.take(one) @ index.vectors.take(two).T
    best: Rows = scores.argmax(axis=1)
    back: Rows = scores.argmax(axis=0)
    for at in map(int, np.flatnonzero(back[best] == np.arange(len(one)))):
        score = float(scores[at, best[at]])
        if score >= _NEAR:
            yield score, one[at], two[best[at]]
