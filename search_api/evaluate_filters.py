"""Scores filters on questions whose answer is an exact set of labelled rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean

from graph.gold_questions import FilterQuestion, task_key
from graph.gold_set import Gold
from graph.score import Sheet
from graph.score_claims import match_duties, match_targets
from graph.score_tasks import match_tasks
from search_api.search import Ask, Search

_ALL = 10**6  # results


def score_filters(search: Search, gold: Gold) -> Sheet:
    """The share of questions that are answered with exactly the labelled rows that they ask for."""
    names = name_rows(search, gold)
    sheet = Sheet("search")
    right: dict[str, list[bool]] = {}
    for question in gold.filter_questions:
        wrong = list(compare(search, question, names[question.among]))
        right.setdefault(question.lang, []).append(not wrong)
        for each in wrong:
            sheet.note(question.id, f"{each}: {question.text}")
    every = [each for values in right.values() for each in values]
    sheet.add("exact sets", fmean(every) if every else None, len(every))
    for language, values in sorted(right.items()):
        sheet.add(f"exact sets, {language}", fmean(values), len(values))
    return sheet


def name_rows(search: Search, gold: Gold) -> Mapping[str, Mapping[str, str]]:
    """The records that labels stand for, by kind: {"tasks": {IRI: "001:L277"}, ...}."""
    records = {kind: list(search.records.records(kind)) for kind in ("task", "duty", "target")}
    return {
        "tasks": {record["id"]: task_key(row) for row, record in match_tasks(gold.tasks, records["task"], gold)},
        "duties": {record["id"]: row.id for row, record in match_duties(gold.duties, records["duty"], gold)},
        "targets": {record["id"]: row.id for row, record in match_targets(gold.targets, records["target"], gold)},
    }


def compare(search: Search, question: FilterQuestion, names: Mapping[str, str]) -> Sequence[str]:
    """What the answer has too much or too little: ["missing 001:L277"]; what is active counts where it was asked."""
    answer = search.find(Ask(question.text, _ALL))
    found = [(names[each["id"]], each["group"]) for each in answer["results"] if each["id"] in names]
    if question.active is None:
        return _differences(
            "", {name for name, group in found if group != "active" or not answer["understood"]["due"]}, question.expect
        )
    due = {name for name, group in found if group == "due"}
    active = {name for name, group in found if group == "active"}
    return [*_differences("", due, question.expect), *_differences("active: ", active, question.active)]


def _differences(where: str, found: set[str], expected: Sequence[str]) -> list[str]:
    missing, extra = sorted(set(expected) - found), sorted(found - set(expected))
    said = [("missing", missing), ("not asked for", extra)]
    return [f"{where}{what} {', '.join(names)}" for what, names in said if names]
