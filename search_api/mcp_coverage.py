"""What the knowledge base holds and what it does not: the answer that a caller needs before it says "there is none"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from graph.generations import Problem
from graph.jurisdictions import CENTRE
from graph.report import read_report
from ontology import load_provinces
from search_api.live import Opened
from search_api.mcp_answers import CoverageFound, HeldDocument
from search_api.mcp_cite import cite, read_built

SCOPE = (
    "Plans and decisions of Vietnamese provincial authorities on science, technology, innovation and digital "
    "transformation: their tasks, duties, targets, agencies, deadlines, and the documents they rest on. Only what "
    "stands in the documents listed under `documents` can be found; `not_held` are known from citations alone."
)
_MOST_LISTED = 200  # documents held
_MOST_MISSING = 20  # documents not held


def describe_coverage(here: Opened) -> CoverageFound:
    """All that is held, counted, and what is not: describe_coverage(here).counts["tasks"]"""
    held = [each for each in here.documents if each["held"]]
    cited = [each for each in here.documents if not each["held"]]
    cited.sort(key=lambda each: (-len(here.records.links_of(each["id"], "to")), each["id"]))
    lines = _read_lines(here)
    documents = [
        HeldDocument(cite(here, each["id"]), **each["counts"], **lines.get(each["id"], _NO_LINES))
        for each in held[:_MOST_LISTED]
    ]
    return CoverageFound(
        generation=read_built(here.generation),
        scope=SCOPE,
        counts=_count(here, len(held), len(cited)),
        documents=documents,
        by_type=dict(Counter(each["type"] or "?" for each in held).most_common()),
        by_province=_count_by_province(held),
        by_year=dict(sorted(Counter((each["date"] or "?")[:4] for each in held).items())),
        due_by_year=_count_due(here),
        not_held=[cite(here, each["id"]) for each in cited[:_MOST_MISSING]],
        not_held_total=len(cited),
        not_covered=list(_say_missing(here, held, cited, lines)),
    )


_NO_LINES: Mapping[str, Any] = {"lines": None, "lines_unread": None}


def _count(here: Opened, held: int, cited: int) -> dict[str, int]:
    records = {f"{kind}s": len(here.records.ids(kind)) for kind in ("task", "target", "mention", "link")}
    further = {"duties": len(here.records.ids("duty")), "agencies": len(here.records.ids("agency"))}
    unresolved = {"unresolved": len(here.records.ids("unresolved"))}
    return {"documents_held": held, "documents_only_cited": cited, **records, **further, **unresolved}


def _count_by_province(held: list[Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    """By the province as it is called now, bodies below it included: {"Hưng Yên": {"documents": 3, ...}}."""
    names = {each.family: each.short for each in load_provinces()}
    counts: dict[str, Counter[str]] = {}
    for document in held:
        family = document["jurisdiction"].partition("/")[0]
        name = "Trung ương" if family == CENTRE else names.get(family, family)
        counts.setdefault(name, Counter()).update({"documents": 1, **document["counts"]})
    return {name: dict(counted) for name, counted in sorted(counts.items())}


def _count_due(here: Opened) -> dict[str, int]:
    years: Counter[str] = Counter()
    for kind in ("task", "duty"):
        for record in here.records.records(kind):
            deadline = record["deadline"]
            years[deadline["latest"][:4] if deadline.get("latest") else deadline["kind"]] += 1
    return dict(sorted(years.items()))


def _read_lines(here: Opened) -> dict[str, dict[str, Any]]:
    """How many lines each plan has and how many gave no fact; nothing where the build wrote no report."""
    try:
        reports = read_report(here.generation)
    except Problem:
        return {}
    coverages = {each["document"]: each["coverage"] for each in reports}
    return {
        iri: {"lines": each["lines"], "lines_unread": each["lines"] - each["read"]} for iri, each in coverages.items()
    }


def _say_missing(
    here: Opened,
    held: list[Mapping[str, Any]],
    cited: list[Mapping[str, Any]],
    lines: Mapping[str, Mapping[str, Any]],
) -> Iterator[str]:
    yield "Any document that is not among `documents`: other provinces, other years, later amendments."
    if cited:
        yield f"The text of {len(cited)} documents that these cite: here it is only known how they are named."
    unread = sum(each["lines_unread"] or 0 for each in lines.values())
    if unread:
        yield f"{unread} lines of the documents held from which no fact was read (`cancu report` shows them)."
    if undated := sum(1 for each in held if not each["date"]):
        yield f"The date of {undated} documents held: they print none."
    if unresolved := len(here.records.ids("unresolved")):
        yield f"{unresolved} places that could not be settled, such as texts that disagree on a date."
    refused = here.generation.manifest.get("refused") or ()
    if refused:
        yield f"{len(refused)} files that the build could not use."
    yield "Whether a task was carried out: plans say what is to be done, not what was."
