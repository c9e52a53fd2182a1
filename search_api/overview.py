"""The numbers of a generation: each is what a search with the same filters finds, counted in the same way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from graph.generations import Problem, find_earlier
from graph.report import read_report
from search_api.demands import Demands, demand
from search_api.filters import select_rows
from search_api.live import Opened
from search_api.passages import COLLECTIVE
from search_api.per_generation import keep
from search_api.question import read_question
from search_api.vectors import Mask
from search_api.vocabulary import Term

FIELDS = ("lead", "coordinating", "deadline", "output", "funding")  # of a task
ORIGINS = ("stated", "inherited", "assumed")
_MOST = 12  # rows of a chart
_OF_TASKS: Demands = {"kind": ("task",)}


@dataclass(frozen=True, slots=True)
class Count:
    """A value with how many tasks have it, and the filters that find them; none where no filter does."""

    id: str
    label: str
    label_en: str
    count: int
    demands: Demands


@dataclass(frozen=True, slots=True)
class Directive:
    """A document with the tasks of others that rest on it, and in how many plans; no filters where it has own ones."""

    id: str
    tasks: int
    plans: int
    demands: Demands


@dataclass(frozen=True, slots=True)
class Quality:
    """How a field of all tasks is known: Quality("lead", {"stated": 128}, 392, …)."""

    field: str
    origins: Mapping[str, int]
    missing: int
    demands: Demands  # that find those without it


@dataclass(frozen=True, slots=True)
class Overview:
    """All charts of the page, of one generation."""

    years: Sequence[Count]
    agencies: Sequence[Count]
    topics: Sequence[Count]
    places: Sequence[Count]
    deadlines: Sequence[Count]
    directives: Sequence[Directive]
    quality: Sequence[Quality]


@dataclass(frozen=True, slots=True)
class Changes:
    """What another build was before this one: counts as (name, before, now), and the files that differ."""

    id: str
    counts: Sequence[tuple[str, int, int]]
    added: Sequence[str]
    removed: Sequence[str]
    changed: Sequence[str]
    is_other_program: bool


@keep
def count_overview(here: Opened) -> Overview:
    """Everything that is counted, once for a generation: count_overview(here).years[0].count"""
    return Overview(
        list(_count_years(here)),
        _count_terms(here, "agencies", "lead", "agency", {"role": ("lead",)}),
        _count_terms(here, "topics", "topic", "topic", {}),
        _count_terms(here, "jurisdictions", "jurisdiction", "jurisdiction", {}),
        list(_count_deadlines(here)),
        _count_directives(here),
        list(_count_origins(here)),
    )


@keep
def load_report(here: Opened) -> Sequence[Mapping[str, Any]]:
    """The report of the build, a plan at a time; none where the build left none."""
    try:
        return read_report(here.generation)
    except Problem:
        return ()


@keep
def find_changes(here: Opened) -> Changes | None:
    """How the build before this one differs; None where it is no longer kept."""
    earlier = find_earlier(here.generation)
    if earlier is None:
        return None
    now, before = here.generation.manifest, earlier.manifest
    new, old = _files_of(now), _files_of(before)
    counts, counted = now.get("counts", {}), before.get("counts", {})
    return Changes(
        earlier.id,
        [(name, counted.get(name, 0), value) for name, value in counts.items() if counted.get(name, 0) != value],
        sorted(new.keys() - old.keys()),
        sorted(old.keys() - new.keys()),
        sorted(name for name in new.keys() & old.keys() if new[name] != old[name]),
        now.get("program") != before.get("program"),
    )


def count_found(here: Opened, demands: Demands) -> int:
    """How many rows a search with these filters and no words finds: count_found(here, {"due": ("2026",)})."""
    index = here.search.index
    question = read_question("", index.vocabulary, date.today())
    understood = demand(question, demands, index.vocabulary, index.labels)
    return int(select_rows(understood, index.columns).rows.sum())


def _files_of(manifest: Mapping[str, Any]) -> dict[str, str]:
    return {each["file"]: each["sha256"] for each in manifest.get("used", ())}


def _tasks(here: Opened) -> Mask:
    columns = here.search.index.columns
    mask: Mask = columns.sets["kind"].mask(["task"], len(columns.ids))
    return mask


def _count_years(here: Opened) -> Iterator[Count]:
    for year in here.search.index.columns.years(_tasks(here)):
        demands = {**_OF_TASKS, "due": (year,)}
        if count := count_found(here, demands):
            yield Count(year, year, year, count, demands)


def _count_terms(here: Opened, name: str, column: str, filter_: str, beside: Demands) -> list[Count]:
    """The terms of a vocabulary that most tasks have: those of the column decide, the search counts."""
    index, tasks = here.search.index, _tasks(here)
    terms = _name_agencies(here) if name == "agencies" else getattr(index.vocabulary, name)
    masks = {term: index.columns.sets[column].mask(term.ids, len(tasks)) & tasks for term in terms}
    masks = {term: mask for term, mask in masks.items() if mask.any()}
    if name != "topics":  # a wide topic is one of its own
        masks = {term: mask for term, mask in masks.items() if not _is_sum(term, masks)}
    rows = []
    for term in sorted(masks, key=lambda term: (-int(masks[term].sum()), term.label))[:_MOST]:
        demands = {**_OF_TASKS, **beside, filter_: (term.id,)}
        rows.append(Count(term.id, term.label, term.label_en, count_found(here, demands), demands))
    return rows


def _name_agencies(here: Opened) -> list[Term]:
    """The agencies of the vocabulary, and each collective name for itself.

    In a question "Các sở, ngành" means all names like it; here each would bring the tasks of the others again.
    """
    index = here.search.index
    own = [term for term in index.vocabulary.agencies if not term.id.startswith(COLLECTIVE)]
    led = index.columns.sets["lead"].counts(_tasks(here))
    return own + [
        Term(each, (each,), index.labels[each][0], index.labels[each][1], ())
        for each in sorted(led)
        if each.startswith(COLLECTIVE) and each in index.labels
    ]


def _is_sum(term: Term, masks: Mapping[Term, Mask]) -> bool:
    """Whether narrower terms have all that a term has: a short name of two bodies, a province and what it took in.

    Of two names for the same bodies, "Sở Khoa học" and "Sở Khoa học và Công nghệ", the longer one stands.
    """
    own = (len(set(term.ids)), -len(term.label))
    narrower = [
        mask
        for other, mask in masks.items()
        if set(other.ids) <= set(term.ids) and (len(set(other.ids)), -len(other.label)) < own
    ]
    return bool(narrower) and bool((np.logical_or.reduce(narrower) == masks[term]).all())


def _count_deadlines(here: Opened) -> Iterator[Count]:
    """Tasks by what their deadlines are: an end in the calendar, a rhythm, no end, a condition, or none."""
    years = list(here.search.index.columns.years(_tasks(here)))
    filters: dict[str, Demands] = {
        "dated": {"due": (f"{years[0]}/{years[-1]}",)} if years else {},
        "recurring": {"recurrence": ("recurring",)},
        "ongoing": {"recurrence": ("ongoing",)},
        "conditional": {"recurrence": ("conditional",)},
        "none": {"states": ("no-deadline",)},
    }
    for name, filter_ in filters.items():
        if filter_ and (count := count_found(here, {**_OF_TASKS, **filter_})):
            yield Count(name, name, name, count, {**_OF_TASKS, **filter_})


def _count_directives(here: Opened) -> list[Directive]:
    """Documents on which most tasks of other documents rest; a plan is above its own tasks by itself."""
    columns, tasks = here.search.index.columns, _tasks(here)
    documents, rows = columns.sets["document"], columns.sets["directive"]
    known = {iri for term in here.search.index.vocabulary.documents for iri in term.ids}  # those with a number
    found = []
    for iri, count in rows.counts(tasks).items():
        own = int(tasks[documents.rows(iri)].sum())
        if count > own:
            resting = np.zeros(len(columns.ids), bool)
            resting[rows.rows(iri)] = True
            plans = documents.counts(resting & tasks)
            demands: Demands = {**_OF_TASKS, "directive": (iri,)} if iri in known and not own else {}
            found.append(Directive(iri, count - own, len(plans.keys() - {iri}), demands))
    found.sort(key=lambda each: (-each.tasks, -each.plans, each.id))
    return found[:_MOST]


def _count_origins(here: Opened) -> Iterator[Quality]:
    known: Counter[tuple[str, str]] = Counter()
    for record in here.records.records("task"):
        known.update((name, record["evidence"][name]["origin"]) for name in FIELDS if name in record["evidence"])
    for name in FIELDS:
        demands = {**_OF_TASKS, "states": (f"no-{name}",)}
        missing = count_found(here, demands)
        yield Quality(name, {origin: known[name, origin] for origin in ORIGINS}, missing, demands)
