"""Scores the records of a build against hand labels, and prints the table that the README shows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.gold_set import Gold
from graph.score import Record, Score, read_original
from graph.score_claims import score_duties, score_targets
from graph.score_documents import score_documents, score_mentions, score_quotes
from graph.score_links import score_links
from graph.score_tasks import score_tasks

COUNTS = {"missed", "invented", "wrong"}
_SHORT = re.compile(r".+?-\d{4}(?!\d)")  # of a file: place and year


@dataclass(frozen=True, slots=True)
class Report:
    """Every score in a fixed order, and every mistake in one line, e.g. "mentions 004:373: missed: ..."."""

    scores: tuple[Score, ...]
    mistakes: tuple[str, ...]

    def value(self, group: str, metric: str) -> float | int | None:
        """One score, e.g. `report.value("tasks", "lead F1")`; KeyError where there is none."""
        for score in self.scores:
            if (score.group, score.metric) == (group, metric):
                return score.value
        raise KeyError(f"{group} {metric}")


def evaluate(records: Mapping[str, Sequence[Mapping[str, Any]]], gold: Gold) -> Report:
    """Contract records by kind ("tasks", "links", ...) against labels; a kind that is missing has no records."""
    documents = [record for record in records.get("documents", ()) if record.get("held", True)]
    sheets = (
        score_tasks(records.get("tasks", ()), gold),
        score_documents(documents, gold),
        score_mentions(records.get("mentions", ()), gold),
        score_links(records.get("links", ()), documents, gold),
        score_targets(records.get("targets", ()), gold),
        score_duties(records.get("duties", ()), gold),
        score_quotes(records, gold),
    )
    scores = tuple(score for sheet in sheets for score in sheet.scores)
    return Report(scores, tuple(mistake for sheet in sheets for mistake in sheet.mistakes))


def evaluate_documents(records: Mapping[str, Sequence[Record]], gold: Gold) -> dict[str, Report]:
    """A report for each plan that has labels, by a short name of its file: evaluate_documents(r, g)["ha-nam-2022"]."""
    reports = {}
    for file, doc in sorted(gold.originals.items()):
        own = {kind: [each for each in every if read_original(each, gold) == doc] for kind, every in records.items()}
        own["documents"] = [each for each in records.get("documents", ()) if each.get("held", True)]
        report = evaluate(own, gold.of_document(doc))
        if any(score.n and score.group != "quotes" for score in report.scores):
            short = _SHORT.match(file)
            reports[short[0] if short else file] = report
    return reports


def render(report: Report, documents: Mapping[str, Report] | None = None) -> str:
    """A Markdown table: `| tasks: lead F1 | 0.987 | 65 |`, a column more for each document; a dash where nothing is."""
    documents = documents or {}
    values = {name: {(s.group, s.metric): s for s in each.scores} for name, each in documents.items()}
    rows = []
    for score in report.scores:
        own = [values[name].get((score.group, score.metric)) for name in documents]
        cells = [print_value(score), str(score.n), *(print_value(each) if each and each.n else "-" for each in own)]
        rows.append(f"| {score.group}: {score.metric} | {' | '.join(cells)} |")
    head = ["metric", "value", "n", *documents]
    return "\n".join([f"| {' | '.join(head)} |", f"|---{'|---:' * (len(head) - 1)}|", *rows]) + "\n"


def print_value(score: Score) -> str:
    """A count as it is, a rate with three digits."""
    if score.value is None:
        return "-"
    return str(score.value) if score.metric in COUNTS else f"{score.value:.3f}"
