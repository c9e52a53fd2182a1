"""The search answer as the OpenAPI document describes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from search_api.highlights import Highlight
from search_api.understood import Assigned, Excluded, Named, Notice, Period


@dataclass(frozen=True, slots=True)
class NarrowedAnswer:
    """One condition that the caller set on the results: due=2026 is {"filter": "due", "id": "2026", …}."""

    filter: str
    id: str
    label: str
    label_en: str


@dataclass(frozen=True, slots=True)
class UnderstoodAnswer:
    """How the question was understood; every filter has the words it came from."""

    text: str  # what ranks, with its accents
    language: str  # vi | vi-unaccented | en
    topics: tuple[Named, ...]
    topics_are_hard: bool  # a result carries at least one of them; otherwise they only rank
    agencies: tuple[Named, ...]
    role: Named | None
    assigned: tuple[Assigned, ...]  # where each agency is asked for in a role of its own
    jurisdictions: tuple[Named, ...]
    due: Period | None
    active: Period | None
    recurrence: tuple[Named, ...]  # in which rhythm it is done
    kinds: tuple[Named, ...]
    states: tuple[Named, ...]  # what the text leaves out: no deadline, no lead, ...
    outputs: tuple[Named, ...]
    funding: tuple[Named, ...]
    directives: tuple[Named, ...]
    documents: tuple[Named, ...]  # in which it stands
    within: tuple[NarrowedAnswer, ...]  # what the results meet beside all this
    excluded: tuple[Excluded, ...]  # what is left out
    notices: tuple[Notice, ...]  # what reads like a filter and is none: no such date, no such body
    emptied_by: tuple[str, ...]  # filters to take away when there is no result


@dataclass(frozen=True, slots=True)
class DocumentOfResult:
    """The document in which a result stands."""

    id: str | None
    number: str | None
    type: str | None
    title: str | None
    date: str | None
    issuer: str | None
    file: str | None


@dataclass(frozen=True, slots=True)
class Why:
    """Its place in each list that was fused, from 1 on, and what it shares with the question."""

    meaning: int | None
    words: int | None
    topic: int | None
    cosine: float | None
    topics: tuple[str, ...]
    corrected: tuple[str, ...]  # those of `topics` that a misprint in the page hides


@dataclass(frozen=True, slots=True)
class Same:
    """What says nearly the same as a result and is not shown again."""

    id: str
    short: str


@dataclass(frozen=True, slots=True)
class Result:
    """One row of the index; `group` says whether it is due in the period that was asked for, or only active."""

    id: str
    short: str
    score: float  # 1: first in every list
    kind: str
    group: str | None
    record: Mapping[str, Any]  # as `cancu schema` describes it
    document: DocumentOfResult
    highlights: tuple[Highlight, ...]
    why: Why
    same: tuple[Same, ...]  # only where `nearest`: a filter lists every row


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value and how many results are left with it as a further condition, `within=topic=…`."""

    id: str
    label: str
    label_en: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """What a question is answered with."""

    query: str
    understood: UnderstoodAnswer
    total: int
    nearest: bool  # nothing filters, or the kind alone: the total is the limit of the nearest that are given
    groups: Mapping[str, int]  # how many are due and how many only active
    results: tuple[Result, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]  # by the name that `within` takes
    took_ms: float
