"""The report of a build, a document at a time: what was read, what was not, and what in the page is worth a look."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from graph.duplicates import find_duplicates
from graph.findings import (
    Finding,
    find_assumed,
    find_oddities,
    find_unknown_agencies,
    find_unresolved,
    sort_findings,
)
from graph.generations import Generation, Problem
from graph.records import Corpus, ItemRecord
from graph.schema import without_absent_places
from graph.unread import Coverage, find_unread, headings_of, sources_of
from ingest.misprints import find_misprints
from ingest.source import SourceText

REPORT = "report.json"


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What is to be said of one plan."""

    document: str
    file: str
    counts: Mapping[str, int]  # records by kind
    coverage: Coverage
    findings: tuple[Finding, ...]


def build_report(corpus: Corpus, sources: Mapping[str, SourceText]) -> list[DocumentReport]:
    """One report for each plan, by file: build_report(corpus, {"plan.txt": text})[0].findings"""
    items: list[ItemRecord] = sorted(
        (*corpus.tasks, *corpus.duties), key=lambda item: (item.file, item.source.start, item.id)
    )
    findings = [
        *find_oddities(corpus.tasks),
        *find_unknown_agencies(items, corpus.agencies),
        *find_assumed(items),
        *find_unresolved(corpus.unresolved),
        *find_duplicates(items),
        *_misprints(items),
    ]
    held = {document.file: document.id for document in corpus.documents if document.file in sources and document.file}
    return [
        DocumentReport(
            iri,
            file,
            _count(corpus, iri),
            find_unread(sources[file], sources_of(corpus, file), headings_of(corpus, file)),
            tuple(sort_findings(each for each in findings if each.document == iri)),
        )
        for file, iri in sorted(held.items())
    ]


def write_report(reports: Sequence[DocumentReport], path: Path) -> None:
    """The reports as JSON."""
    data = [without_absent_places(asdict(report)) for report in reports]
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_report(generation: Generation) -> list[dict[str, Any]]:
    """What `write_report` left in a generation; Problem when it is not there."""
    try:
        reports: list[dict[str, Any]] = json.loads((generation.path / REPORT).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Problem("the report of this build is missing or damaged: build it again with `cancu rebuild`") from error
    return reports


def _misprints(items: Sequence[ItemRecord]) -> Iterator[Finding]:
    """Misprints that hide a topic; the quote stays as printed."""
    for item in items:
        for found in find_misprints(item.text):
            what = f"“{found.printed}” is probably “{found.meant}”"
            yield Finding("misprint", item.document, what, item.id, (found.topic,), item.source)


def _count(corpus: Corpus, document: str) -> dict[str, int]:
    kinds: Mapping[str, Sequence[Any]] = {"tasks": corpus.tasks, "duties": corpus.duties, "targets": corpus.targets}
    counts = {name: sum(each.document == document for each in records) for name, records in kinds.items()}
    return {**counts, "mentions": sum(mention.citing == document for mention in corpus.mentions)}
