"""One topic in several plans: their tasks side by side where they are near, and apart where they are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from graph.names import natural_key
from search_api.live import Opened
from search_api.page_base import Choice, Page, call_plan, one_line, tail
from search_api.page_words import shorten
from search_api.per_generation import keep
from search_api.present import describe_deadline, list_names
from search_api.topic_rows import Alignment, align_tasks, is_same
from search_api.vectors import Mask

MOST_PLANS = 4
_AT_FIRST = 2  # plans, where none is chosen
_MOST_APART = 25  # tasks of one plan that no other has
_MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class Task:
    """A task in a cell."""

    text: str
    link: str
    lead: str
    deadline: str


@dataclass(frozen=True, slots=True)
class Column:
    """A plan: how many tasks of the topic, how many with a lead and with a deadline, those that stand apart."""

    name: str
    link: str
    tasks: int
    led: int
    dated: int
    apart: Sequence[Task]
    more: int


@dataclass(frozen=True, slots=True)
class TopicTable:
    """The plans of a topic: rows of tasks side by side, each with whether they have the same words."""

    topic: str
    is_vietnamese: bool
    search: str  # all tasks of the topic
    columns: Sequence[Column]
    rows: Sequence[tuple[bool, Sequence[Task | None]]]
    more: int


@keep
def count_topics(here: Opened) -> Mapping[str, Mapping[str, int]]:
    """How many tasks each plan has of each topic with what is narrower: {"chuyen-doi-so": {plan: 6}}."""
    if here.search is None:
        return {}
    plans = _plans(here)
    masks = {iri: _tasks_of(here, iri) for iri in plans}
    found = {}
    for term in here.search.index.vocabulary.topics:
        of_topic = _having(here, "topic", term.ids)
        counts = {iri: count for iri in plans if (count := int((of_topic & masks[iri]).sum()))}
        if counts:
            found[term.id] = counts
    return found


def list_topics(here: Opened, page: Page, chosen: str) -> list[tuple[str, list[Choice]]]:
    """The topics that plans have, by name: those of several plans, which are worth comparing, before the others."""
    counts = count_topics(here)
    labels = {term.id: _label(term, page) for term in here.search.index.vocabulary.topics} if here.search else {}
    rows = [(len(by) > 1, Choice(id_, labels[id_], sum(by.values()), id_ == chosen)) for id_, by in counts.items()]
    rows.sort(key=lambda pair: pair[1].label.casefold())
    headings = ((True, page.say["compare_topics_several"]), (False, page.say["compare_topics_one"]))
    return [(heading, [each for several, each in rows if several is wanted]) for wanted, heading in headings]


def list_plans(here: Opened, page: Page, topic: str, chosen: Sequence[str]) -> list[Choice]:
    """The plans with their tasks of a topic; of no topic, with all their tasks."""
    counts = count_topics(here).get(topic, {})
    rows = []
    for each in here.documents:
        count = counts.get(each["id"], 0) if topic else each["counts"]["tasks"]
        if each["held"] and each["counts"]["tasks"]:
            rows.append(Choice(tail(each["id"]), call_plan(here, each, page), count, each["id"] in chosen))
    return sorted(rows, key=lambda each: each.label)


def choose_plans(here: Opened, topic: str, named: Sequence[str]) -> list[str]:
    """The plans that are named, else those with most tasks of the topic: choose_plans(here, "y-te", ["vn/…/719"])."""
    by_name = {tail(iri): iri for iri in _plans(here)}
    found = [by_name[each] for each in dict.fromkeys(named) if each in by_name]
    counts = count_topics(here).get(topic, {})
    return found[:MOST_PLANS] if found else sorted(counts, key=lambda iri: (-counts[iri], iri))[:_AT_FIRST]


def compare_topic(here: Opened, page: Page, topic: str, plans: Sequence[str]) -> TopicTable | None:
    """The tasks of a topic in some plans; None for a topic that nothing is known of."""
    if here.search is None:
        return None
    index = here.search.index
    term = next((each for each in index.vocabulary.topics if each.id == topic), None)
    if term is None:
        return None
    of_topic = _having(here, "topic", term.ids)
    tasks = {iri: _list_rows(here, of_topic & _tasks_of(here, iri)) for iri in plans}
    aligned = align_tasks(index, tasks)
    rows = [
        (is_same(index, row), [_show(here, row[iri], page) if iri in row else None for iri in plans])
        for row in aligned.rows[:_MOST_ROWS]
    ]
    return TopicTable(
        _label(term, page),
        page.language == "vi",
        page.link("/", kind="task", topic=topic),
        [_show_plan(here, iri, tasks[iri], aligned, page) for iri in plans],
        rows,
        len(aligned.rows) - len(rows),
    )


def _list_rows(here: Opened, mask: Mask) -> list[int]:
    """Rows of the index in the order in which the plan numbers them; hundreds, so that none is read for it."""
    ids = here.search.index.columns.ids
    return sorted(map(int, np.flatnonzero(mask)), key=lambda row: natural_key(ids[row]))


def _show_plan(here: Opened, iri: str, rows: Sequence[int], aligned: Alignment, page: Page) -> Column:
    apart, states = aligned.apart[iri], here.search.index.columns.sets["states"]
    return Column(
        call_plan(here, here.records.get(iri) or {}, page),
        page.of_record(iri, "document"),
        len(rows),
        len(set(rows).difference(states.rows("no-lead").tolist())),
        len(set(rows).difference(states.rows("no-deadline").tolist())),
        [_show(here, row, page) for row in apart[:_MOST_APART]],
        max(0, len(apart) - _MOST_APART),
    )


def _show(here: Opened, row: int, page: Page) -> Task:
    record = here.records.get(here.search.index.columns.ids[row]) or {}
    said = shorten(record["text"])
    name = one_line(record["name"] or "")
    text = said if not name or name.casefold() in said.casefold() else f"{name}: {said}"
    return Task(
        text, page.of_record(record["id"]), "; ".join(list_names(record, "lead")), describe_deadline(record) or ""
    )


def _plans(here: Opened) -> list[str]:
    return [each["id"] for each in here.documents if each["held"] and each["counts"]["tasks"]]


def _tasks_of(here: Opened, plan: str) -> Mask:
    return _having(here, "document", [plan]) & _having(here, "kind", ["task"])


def _having(here: Opened, column: str, values: Sequence[str]) -> Mask:
    columns = here.search.index.columns
    mask: Mask = columns.sets[column].mask(values, len(columns.ids))
    return mask


def _label(term: Any, page: Page) -> str:
    return str(term.label_en if page.language == "en" else term.label)
