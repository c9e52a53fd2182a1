"""How many results each value of a filter would leave beside the other filters: what facets show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from search_api.columns import Columns
from search_api.cues import load_cues
from search_api.demands import DEMANDS
from search_api.filters import Filter, rows_beside, select_rows
from search_api.index import Index
from search_api.understood import Named, Understood
from search_api.vectors import Mask
from search_api.vocabulary import Term

MOST_COUNTED = 60  # values of one facet
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "kind": ("kind",),
    "jurisdiction": ("jurisdiction",),
    "document": ("document",),
    "topic": ("topic",),
    "recurrence": ("recurrence",),
    "states": ("states",),
    "output": ("output",),
    "funding": ("funding",),
    "directive": ("directive",),
}
Counts = Mapping[str, int]
_Count = Callable[[str], int]


def count_facets(understood: Understood, index: Index) -> dict[str, Counts]:
    """By what a caller names, "topic", the values that are left and how many rows each one chooses, most first."""
    found = {name: _count_values(understood, name, columns, index) for name, columns in _COLUMNS.items()}
    role = (understood.role.id,) if understood.role else ("lead", "coordinating")
    found["agency"] = _count_values(understood, "agency", role, index)
    found["role"] = dict(_count_roles(understood, index.columns))
    found["due"] = dict(_count_years(understood, index.columns))
    return found


def _count_values(understood: Understood, name: str, columns: Sequence[str], index: Index) -> Counts:
    filter_: Filter = DEMANDS[name]  # type: ignore[assignment]
    among = rows_beside(understood, filter_, index.columns)
    direct: dict[str, int] = {}
    for column in columns:
        for value, count in index.columns.sets[column].counts(among).items():
            direct[value] = direct.get(value, 0) + count
    likely = sorted(direct, key=lambda value: (-direct[value], value))[:MOST_COUNTED]
    likely += [each.id for each in getattr(understood, filter_) if each.id not in likely]
    count_of: _Count = partial(
        _count, columns=columns, wanted=_meanings(name, index), among=among, all_columns=index.columns
    )
    return _most_first((value, count_of(value)) for value in likely)


def _count(
    value: str, columns: Sequence[str], wanted: Mapping[str, Sequence[str]], among: Mask, all_columns: Columns
) -> int:
    """The rows that have a value, or one that it means, in one of the columns."""
    mask = np.zeros_like(among)
    for column in columns:
        mask |= all_columns.sets[column].mask(wanted.get(value, (value,)), len(among))
    return int((mask & among).sum())


def _meanings(name: str, index: Index) -> Mapping[str, Sequence[str]]:
    """What the values of a filter mean: a topic itself and what is narrower, a province those merged into it."""
    terms: Mapping[str, Sequence[Term]] = {
        "topic": index.vocabulary.topics,
        "jurisdiction": index.vocabulary.jurisdictions,
    }
    return {term.id: term.ids for term in terms.get(name, ())}


def _count_roles(understood: Understood, columns: Columns) -> Iterator[tuple[str, int]]:
    """What the agencies that are asked for do; without any there is nothing to count."""
    rows = {cue.row["role"]: cue.row for cue in load_cues()["role"]}
    for row in rows.values() if understood.agencies else ():
        role = Named(row["role"], row["label"], row["label_en"], "", (row["role"],))
        chosen = select_rows(replace(understood, role=role, assigned=()), columns)
        passing = chosen.rows if chosen.active is None else chosen.rows | chosen.active
        if passing.any():
            yield role.id, int(passing.sum())


def _count_years(understood: Understood, columns: Columns) -> Iterator[tuple[str, int]]:
    """The years in which the ends fall, in their order."""
    among = rows_beside(understood, "due", columns)
    for year in sorted(columns.years(among)):
        if count := int((columns.ending(f"{year}-01-01", f"{year}-12-31") & among).sum()):
            yield year, count


def _most_first(counts: Iterable[tuple[str, int]]) -> Counts:
    return dict(sorted(((value, count) for value, count in counts if count), key=lambda pair: (-pair[1], pair[0])))
