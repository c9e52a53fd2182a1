"""The values by which results can be narrowed down, each with how many of them it leaves."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import numpy as np

from search_api.cues import load_cues
from search_api.demands import DEMANDS, UnknownValue, read_value
from search_api.filters import rows_beside, rows_with
from search_api.index import Index
from search_api.listing import Listing
from search_api.understood import Named, Narrowed, Understood
from search_api.vectors import Mask

MOST_VALUES = 30  # of one facet
_FACETS = ("kind", "jurisdiction", "document", "agency", "role", "due", "topic", "funding", "directive", "recurrence",
           "states", "output")  # fmt: skip
_WITH_PARTNERS = ("lead", "coordinating")


def list_facets(understood: Understood, listing: Listing, index: Index) -> dict[str, list[dict[str, Any]]]:
    """By what a caller names, "topic", the values that most results have: each with the total of `within=topic=…`."""
    among = np.zeros(index.header.count, bool)
    among[listing.rows] = True
    facets: dict[str, list[dict[str, Any]]] = {}
    for name in _FACETS:
        counted = _count_values(understood, name, among, listing, index)
        named = [(value, name_value(name, value, index), count) for value, count in counted]
        facets[name] = [
            {"id": value, "label": label, "label_en": label_en, "count": count}
            for value, (label, label_en), count in named
        ]
    return facets


def name_value(name: str, value: str, index: Index) -> tuple[str, str]:
    """What a value of a filter is called in both languages: name_value("kind", "task", index)[1] == "task"."""
    if name == "jurisdiction" and value in index.labels:  # "Hưng Yên": the heading says of what kind it is
        return index.labels[value]
    with suppress(UnknownValue):
        meant = read_value(name, value, index.vocabulary, index.labels)
        if isinstance(meant, Named):
            return meant.label, meant.label_en
    return value, value


def list_values(understood: Understood, name: str, index: Index) -> list[str]:
    """The values that may stand in the place of a filter, the most usual first."""
    filter_ = DEMANDS[name]
    return _likely(understood, name, rows_beside(understood, filter_, index.columns), index)


def _count_values(
    understood: Understood, name: str, among: Mask, listing: Listing, index: Index
) -> list[tuple[str, int]]:
    """Each value with as many results as a page has that is narrowed by it, most first, years in their order."""
    counts = []
    for value in _likely(understood, name, among, index):
        with suppress(UnknownValue):  # what no caller can name leads nowhere
            meant = Narrowed(name, read_value(name, value, index.vocabulary, index.labels))
            if count := listing.count(rows_with(understood, meant, index.columns)):
                counts.append((value, count))
    return counts if name == "due" else sorted(counts, key=lambda pair: (-pair[1], pair[0]))


def _likely(understood: Understood, name: str, among: Mask, index: Index) -> list[str]:
    """The values that most of some rows have."""
    if name == "role":  # without an agency there is nothing that it could be of
        has_agency = understood.agencies or any(each.name == "agency" for each in understood.within)
        return list(dict.fromkeys(cue.row["role"] for cue in load_cues()["role"])) if has_agency else []
    if name == "due":
        return sorted(index.columns.years(among))
    direct: dict[str, int] = {}
    for column in _columns(understood, name):
        for value, count in index.columns.sets[column].counts(among).items():
            direct[value] = direct.get(value, 0) + count
    return sorted(direct, key=lambda value: (-direct[value], value))[:MOST_VALUES]


def _columns(understood: Understood, name: str) -> Sequence[str]:
    if name == "agency":
        return (understood.role.id,) if understood.role else _WITH_PARTNERS
    return (name,)
