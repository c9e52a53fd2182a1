"""The values that filters and facets need, beside the index: exact, and without SPARQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from search_api.folds import find_folds
from search_api.passage import Passage
from search_api.vectors import Mask, Rows

Days = npt.NDArray[np.int32]  # days as ordinals; 0 where the page gives none
SETS = (
    "kind",
    "title",
    "document",
    "jurisdiction",
    "topic",
    "corrected",
    "lead",
    "coordinating",
    "report_to",
    "issuer",
    "directive",
    "recurrence",
    "states",
    "funding",
    "output",
)
_SPANS = ("due", "active")


class ValueSet:
    """One column in which a row may have several values: which rows has a value?"""

    def __init__(self, values: Sequence[str], starts: npt.NDArray[np.int64], rows: npt.NDArray[np.int64]) -> None:
        self.values, self._starts, self._rows = list(values), starts, rows
        self._at = {value: at for at, value in enumerate(self.values)}

    @classmethod
    def of(cls, by_row: Sequence[Iterable[str]]) -> ValueSet:
        """From the values of each row."""
        rows: defaultdict[str, list[int]] = defaultdict(list)
        for row, values in enumerate(by_row):
            for value in values:
                rows[value].append(row)
        order = sorted(rows)
        starts = np.cumsum([0, *(len(rows[value]) for value in order)])
        return cls(order, starts.astype(np.int64), np.array([row for v in order for row in rows[v]], np.int64))

    def rows(self, value: str) -> npt.NDArray[np.int64]:
        """The rows that have a value, in order."""
        at = self._at.get(value)
        return self._rows[:0] if at is None else self._rows[self._starts[at] : self._starts[at + 1]]

    def mask(self, wanted: Iterable[str], count: int) -> Mask:
        """True for each row that has one of the values."""
        mask = np.zeros(count, bool)
        for value in wanted:
            mask[self.rows(value)] = True
        return mask

    def counts(self, among: Mask) -> dict[str, int]:
        """How many of some rows have each value, values without any left out."""
        owner = np.repeat(np.arange(len(self.values)), np.diff(self._starts))
        found = np.bincount(owner[among[self._rows]], minlength=len(self.values))
        return {self.values[at]: int(found[at]) for at in np.flatnonzero(found)}

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """What is written to disk."""
        return {"values": np.array(self.values, np.str_), "starts": self._starts, "rows": self._rows}


class Columns:
    """All columns of an index: Columns.of(passages).sets["lead"].rows(agency)."""

    def __init__(self, ids: Sequence[str], sets: Mapping[str, ValueSet], days: Mapping[str, Days], folds: Rows) -> None:
        self.ids, self.sets, self.days = list(ids), sets, days
        self.folds = folds  # by row: the row that says nearly the same first, itself where none does
        self._row = {iri: row for row, iri in enumerate(self.ids)}

    @classmethod
    def of(cls, passages: Sequence[Passage]) -> Columns:
        """The columns of the rows in their order."""
        sets = {name: ValueSet.of([passage.values[name] for passage in passages]) for name in SETS}
        days = {}
        for name in _SPANS:
            for end, side in enumerate(("from", "to")):
                values = [_ordinal(getattr(passage, name)[end]) for passage in passages]
                days[f"{name}_{side}"] = np.array(values, np.int32)
        return cls([passage.id for passage in passages], sets, days, find_folds(passages))

    @classmethod
    def read(cls, path: Path) -> Columns:
        """What `write` left; ValueError, KeyError or OSError when it is damaged."""
        with np.load(path, allow_pickle=False) as data:
            sets = {
                name: ValueSet(data[f"{name}.values"].tolist(), data[f"{name}.starts"], data[f"{name}.rows"])
                for name in SETS
            }
            days = {f"{name}_{side}": data[f"{name}_{side}"] for name in _SPANS for side in ("from", "to")}
            return cls(data["ids"].tolist(), sets, days, data["folds"])

    def write(self, path: Path) -> None:
        """All columns as one file of plain arrays."""
        arrays = {f"{name}.{part}": array for name, each in self.sets.items() for part, array in each.arrays().items()}
        with path.open("wb") as out:
            ids = np.array(self.ids, np.str_)
            np.savez(out, allow_pickle=False, ids=ids, folds=self.folds, **arrays, **self.days)

    def row(self, iri: str) -> int | None:
        """The row of a record; None where it is not searched."""
        return self._row.get(iri)

    def ending(self, start: str | None, end: str | None) -> Mask:
        """Rows whose end, as printed, falls between two days: "2026" does not fall in September 2026."""
        first, last = self.days["due_from"], self.days["due_to"]
        if start is not None and start == end:
            return np.equal(last, _ordinal(end))  # what ends with this day, a month or a year among them
        return (first > 0) & (first >= _ordinal(start)) & (last <= (_ordinal(end) or np.iinfo(np.int32).max))

    def expiring(self, start: str, end: str) -> Mask:
        """Rows the last day of whose end falls between two days: "2026" does in December 2026, as it then runs out."""
        last = self.days["due_to"]
        return (last >= _ordinal(start)) & (last <= _ordinal(end))

    def active(self, start: str | None, end: str | None) -> Mask:
        """Rows with a stated period that touches the time between two days."""
        first, last = self.days["active_from"], self.days["active_to"]
        return (last > 0) & (last >= _ordinal(start)) & (first <= (_ordinal(end) or np.iinfo(np.int32).max))

    def ending_in_year(self, year: str) -> Mask:
        """Rows that `years` counts for a year: ending_in_year("2026"); none for what is no year."""
        if not (year.isascii() and year.isdigit() and len(year) == 4 and year > "0000"):
            return np.zeros(len(self.ids), bool)
        ends = self.days["due_to"]
        return (ends >= date(int(year), 1, 1).toordinal()) & (ends <= date(int(year), 12, 31).toordinal())

    def without_end(self) -> Mask:
        """Rows that `years` counts for no year: what recurs or goes on, and what has no deadline that is a time."""
        endless: Mask = self.days["due_to"] == 0
        return endless

    def years(self, among: Mask) -> dict[str, int]:
        """How many of some rows end in each year."""
        ends = self.days["due_to"][among]
        years, counts = np.unique([date.fromordinal(int(day)).year for day in ends[ends > 0]], return_counts=True)
        return {str(int(year)): int(count) for year, count in zip(years, counts, strict=True)}


def _ordinal(day: str | None) -> int:
    return date.fromisoformat(day).toordinal() if day else 0
