"""Filters that a caller sets beside the question: topic=tri-tue-nhan-tao, due=2026-01/2026-06, lead agency by name."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from graph.generations import Problem
from ingest.fold import key
from search_api.cues import load_cues
from search_api.labels import Labels
from search_api.understood import Filter, Named, Narrowed, Period, Understood
from search_api.vocabulary import Term, Vocabulary

# What a caller names -> the filter that it sets.
DEMANDS: Mapping[str, Filter] = {
    "topic": "topics",
    "agency": "agencies",
    "role": "role",
    "jurisdiction": "jurisdictions",
    "kind": "kinds",
    "due": "due",
    "active": "active",
    "recurrence": "recurrence",
    "states": "states",
    "output": "outputs",
    "funding": "funding",
    "directive": "directives",
    "document": "documents",
}
_PERIODS = ("due", "active")
_VOCABULARY = {"topic": "topics", "agency": "agencies", "jurisdiction": "jurisdictions", "directive": "documents",
               "document": "documents"}  # fmt: skip
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_NEAREST = 3
_LIKE = 0.8  # how much of a name must be the same: a slip of the pen keeps more, another word of its length less
_ROLE_OF_NOBODY = "role says what an agency does: name one in the question or as agency="
Demands = Mapping[str, Sequence[str]]


class UnknownValue(Problem):
    """A filter that nothing answers to: "no topic is called roboticss; the nearest are robot"."""

    def __init__(self, message: str, near: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.near = tuple(near)  # what it may have meant


def demand(
    understood: Understood, demands: Demands, vocabulary: Vocabulary, labels: Labels | None = None
) -> Understood:
    """The question with the filters that the caller sets, in place of those that it has itself; UnknownValue.

    `labels` name what has no name that a question could use: documents without a number, collectives.
    """
    changes: dict[str, Any] = {}
    for name, values in demands.items():
        _check_name(name)
        if values:
            changes[DEMANDS[name]] = _read(name, values, vocabulary, labels or {})
    if changes.keys() & {"agencies", "role"}:
        changes["assigned"] = ()
    changed = replace(understood, **changes, demanded=frozenset(changes))
    if "role" in changes and not changed.agencies:
        raise UnknownValue(_ROLE_OF_NOBODY)
    return changed


def narrow(
    understood: Understood, conditions: Sequence[str], vocabulary: Vocabulary, labels: Labels | None = None
) -> Understood:
    """The question, and what its results must meet beside: narrow(asked, ["topic=chu-ky-so"], …); UnknownValue.

    Unlike `demand` it takes nothing from the question, so that each condition leaves as many results or fewer.
    """
    within: dict[tuple[str, str], Narrowed] = {}
    for condition in conditions:
        name, equals, value = (each.strip() for each in condition.partition("="))
        if not (equals and value):
            raise UnknownValue(f"within is {condition[:100]}: expected NAME=VALUE, as in due=2026")
        narrowed = Narrowed(name, read_value(name, value, vocabulary, labels or {}))
        within[name, narrowed.id] = narrowed
    names = {each.name for each in within.values()}
    if "role" in names and not (understood.agencies or "agency" in names):
        raise UnknownValue(_ROLE_OF_NOBODY)
    return replace(understood, within=tuple(within.values()))


def read_value(name: str, value: str, vocabulary: Vocabulary, labels: Labels) -> Named | Period:
    """What one value of a filter means: read_value("due", "2026", …); UnknownValue."""
    _check_name(name)
    read: Any = _read(name, (value,), vocabulary, labels)
    meant: Named | Period = read[0] if isinstance(read, tuple) else read
    return meant


def _check_name(name: str) -> None:
    if name not in DEMANDS:
        raise UnknownValue(f"no filter is called {name[:100]}: expected one of {', '.join(DEMANDS)}")


def _read(name: str, values: Sequence[str], vocabulary: Vocabulary, labels: Labels) -> object:
    if name in _PERIODS or name == "role":
        if len(values) > 1:
            raise UnknownValue(f"{name} takes one value, got {len(values)}")
        return _read_period(name, values[0]) if name in _PERIODS else _find_cue(name, values[0])
    if name in _VOCABULARY:
        kind = _VOCABULARY[name]
        terms: Sequence[Term] = getattr(vocabulary, kind)
        by_id = _list_ids(vocabulary)[kind]
        return tuple(
            _find_labelled(value, labels) or _find_by_id(value, by_id) or _find_term(name, value, terms)
            for value in values
        )
    return tuple(_find_cue(name, value) for value in values)


def _find_labelled(value: str, labels: Labels) -> Named | None:
    """A thing by its IRI, or by what stands for a collective, "collective:cac-so-nganh"."""
    return Named(value, *labels[value], value, (value,)) if ":" in value and value in labels else None


@lru_cache(maxsize=2)
def _list_ids(vocabulary: Vocabulary) -> Mapping[str, Mapping[str, Term]]:
    """The terms of each kind by their ids, once for each vocabulary."""
    kinds = dict.fromkeys(_VOCABULARY.values())
    return {kind: {term.id: term for term in reversed(getattr(vocabulary, kind))} for kind in kinds}


def _find_by_id(value: str, by_id: Mapping[str, Term]) -> Named | None:
    term = by_id.get(value)
    return Named(term.id, term.label, term.label_en, value, term.ids) if term else None


def _find_term(name: str, value: str, terms: Sequence[Term]) -> Named:
    """A term by one of the things it means, or by any of its names."""
    for term in terms:
        if value in term.ids:  # an IRI: that one and no other of its type
            return Named(value, term.label, term.label_en, value, (value,))
    wanted = key(value)
    for term in terms:
        if wanted in {key(each) for each in (term.label, term.label_en, *term.spellings)}:
            return Named(term.id, term.label, term.label_en, value, term.ids)
    raise _unknown(name, value, (each for term in terms for each in (term.label, term.label_en, *term.spellings)))


def _find_cue(name: str, value: str) -> Named:
    """A value of a closed list by its id or label."""
    rows = [cue.row for cue in load_cues()[name]]
    for row in rows:
        id_ = str(row.get("id") or row[name])
        if key(value) in (key(id_), key(row["label"]), key(row["label_en"])):
            return Named(id_, row["label"], row["label_en"], value, tuple(row.get("ids", (id_,))))
    raise _unknown(name, value, dict.fromkeys(str(row.get("id") or row[name]) for row in rows))


def _unknown(name: str, value: str, known: Iterable[str]) -> UnknownValue:
    by_key = {key(each): each for each in known}
    near = [by_key[each] for each in get_close_matches(key(value), by_key, _NEAREST, _LIKE)]
    if not near and len(by_key) <= 2 * len(DEMANDS):
        return UnknownValue(f"no {name} is called {value[:100]}: expected one of {', '.join(by_key.values())}")
    said = f"; the nearest are {', '.join(near)}" if near else ""
    return UnknownValue(f"no {name} is called {value[:100]}{said}", near)


def _read_period(name: str, value: str) -> Period:
    """ "2026", "2026-09", "2026-01/2026-06-15"; either end of a span may be left out: "/2026"."""
    first, slash, last = value.partition("/")
    start = _bound(first, end=False) if first else None
    end = _bound(last if slash else first, end=True) if last or not slash else None
    given = [part for part in (first, last) if part]
    if (
        not given
        or (first and start is None)
        or ((last or not slash) and end is None)
        or (start and end and start > end)
    ):
        raise UnknownValue(
            f"{name} is {value[:40]}: expected a year, month or day (2026-09), or a span (2026-01/2026-06)"
        )
    return Period(start, end, value)


def _bound(text: str, *, end: bool) -> str | None:
    """The first or last day of a year, month or day: _bound("2026-02", end=True) == "2026-02-28"."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    year, month, day = int(found[1]), int(found[2] or (12 if end else 1)), found[3]
    try:
        last = calendar.monthrange(year, month)[1] if end and not day else 1
        return date(year, month, int(day) if day else last).isoformat()
    except ValueError:  # calendar.IllegalMonthError is one
        return None
