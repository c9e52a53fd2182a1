"""Other orders of results than how near they are: by their end, as they are printed, or by who leads."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from ingest.fold import key
from search_api.index import Index
from search_api.ranking import Ranking

Sort = Literal["relevance", "deadline", "document", "agency"]
SORTS: tuple[Sort, ...] = get_args(Sort)
_Places = npt.NDArray[np.int64]


def sort_ranking(ranking: Ranking, sort: Sort, index: Index) -> Ranking:
    """The same rows in another order; what has no such value stands last, and what ties as it is printed."""
    if sort == "relevance" or not len(ranking.rows):
        return ranking
    rows = ranking.rows
    if sort == "deadline":
        first, last = index.columns.days["due_from"][rows], index.columns.days["due_to"][rows]
        keys: tuple[npt.NDArray[Any], ...] = (rows, first, last, last == 0)
    elif sort == "agency":
        leads = _places("lead", index)[rows]
        keys = (rows, leads, leads < 0)
    else:
        keys = (rows, _places("document", index)[rows])
    order = np.lexsort(keys)
    return replace(ranking, rows=rows[order], scores=ranking.scores[order])


def _places(column: str, index: Index) -> _Places:
    """By row the place of its value among all values by their labels, of several the first; -1 where it has none."""
    places = np.full(index.header.count, -1, np.int64)
    values = index.columns.sets[column]
    ordered = sorted(values.values, key=lambda value: (key(index.labels.get(value, (value, ""))[0]), value))
    for place in range(len(ordered) - 1, -1, -1):
        places[values.rows(ordered[place])] = place
    return places
