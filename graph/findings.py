"""What is odd in the page itself: gaps and repeats in its numbering, rows that were cut off or hold several tasks.

Nothing is corrected here: a finding says what stands there and why it is worth a look.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.names import natural_key
from graph.records import AgencyRecord, ItemRecord, TaskRecord, UnresolvedRecord
from ingest.records import Origin, Source
from ingest.reference import load_named

_SEVERAL = 2  # marked items in one cell


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing worth a look in one document: Finding("number-gap", plan, "8 is missing between 7 and 9", ...)."""

    kind: str
    document: str
    what: str
    about: str  # IRI of the record in question
    also: tuple[str, ...]  # other records that it concerns
    source: Source | None


def find_oddities(tasks: Sequence[TaskRecord]) -> Iterator[Finding]:
    """Everything that the numbering and the cells of task tables show."""
    tables: defaultdict[tuple[str, str | None], list[TaskRecord]] = defaultdict(list)
    for task in tasks:
        if task.form == "table":
            tables[task.document, task.annex].append(task)
    for rows in tables.values():
        rows.sort(key=lambda task: task.source.start)
        yield from find_number_faults(rows)
        yield from find_repeated_codes(rows)
    for task in tasks:
        yield from find_cut_off(task)
        if task.form == "table":
            yield from find_several(task)


def find_number_faults(rows: Sequence[TaskRecord]) -> Iterator[Finding]:
    """Gaps and repeats in the plain numbers of one table; a number that starts again at 1 is a new list."""
    numbered = [(int(row.number), row) for row in rows if row.number and row.number.isdigit()]
    for (before, earlier), (number, row) in pairwise(numbered):
        if number == before:
            yield _about(row, "number-repeated", f"the number {number} stands twice", earlier.id)
        elif number > before + 1:
            missing = f"{before + 1} is" if number == before + 2 else f"{before + 1} to {number - 1} are"
            yield _about(row, "number-gap", f"{missing} missing between {before} and {number}", earlier.id)
        elif 1 < number < before:
            yield _about(row, "number-order", f"{number} stands behind {before}", earlier.id)
    for row in rows:
        if row.number is None:
            yield _about(row, "number-none", "the row has no number")


def find_repeated_codes(rows: Sequence[TaskRecord]) -> Iterator[Finding]:
    """A code that is printed twice for tasks of different names; rows below a merged cell share one."""
    first: dict[str, TaskRecord] = {}
    for row in rows:
        if row.code is None or row.origin.get("code") != Origin.STATED:
            continue
        earlier = first.setdefault(row.code, row)
        if earlier is not row:
            yield _about(row, "code-repeated", f"the code {row.code} is used twice", earlier.id)


def find_cut_off(item: ItemRecord) -> Iterator[Finding]:
    """A text that ends in the middle of a sentence, or in a table begins in one."""
    if _pattern("cut_end").search(item.text):
        yield _about(item, "cut-off", f"the text ends with “{item.text[-25:]}”")
    elif item.form == "table" and item.text[:1].islower() and not _pattern("list_mark").match(item.text):
        yield _about(item, "cut-off", f"the text begins with “{item.text[:25]}”")


def find_several(task: TaskRecord) -> Iterator[Finding]:
    """A cell with a list in it: several tasks share one number, one lead and one deadline."""
    marks = [found.start() for found in _pattern("list_mark").finditer(task.text)]
    count = len(marks) + (0 not in marks)  # the first mark is dropped from a text
    if marks and count >= _SEVERAL:
        yield _about(task, "several-tasks", f"the cell holds a list of {count} items")


def find_unknown_agencies(items: Iterable[ItemRecord], agencies: Sequence[AgencyRecord]) -> Iterator[Finding]:
    """Bodies of a type that the ontology does not know: they stay as written; said once a document."""
    unknown = {agency.id: agency for agency in agencies if agency.type is None and not agency.collective}
    seen = set()
    for item in items:
        for body in (*item.lead, *item.coordinating):
            if body.agency in unknown and (item.document, body.agency) not in seen:
                seen.add((item.document, body.agency))
                yield _about(item, "unknown-agency", f"“{body.as_written}” is of no known type and stays as written")


def find_assumed(items: Iterable[ItemRecord]) -> Iterator[Finding]:
    """Fields that were concluded and not read, each with its reason."""
    for item in items:
        for name, evidence in sorted(item.evidence.items()):
            if evidence.origin is Origin.ASSUMED:
                reason = evidence.reason or "no reason given"
                yield Finding("assumed", item.document, f"{name}: {reason}", item.id, (), evidence.source)


def find_unresolved(unresolved: Iterable[UnresolvedRecord]) -> Iterator[Finding]:
    """Mentions that lead nowhere and dates that disagree."""
    for record in unresolved:
        what = f"{record.what}: {record.reason}"
        yield Finding(record.kind, record.document, what, record.id, record.candidates, record.source)


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """By kind, then as printed."""
    return sorted(
        findings, key=lambda each: (each.kind, each.source.start if each.source else 0, natural_key(each.about))
    )


def _about(item: ItemRecord, kind: str, what: str, *also: str) -> Finding:
    return Finding(kind, item.document, what, item.id, also, item.source)


def _pattern(name: str) -> re.Pattern[str]:
    return load_named("quality", name)
