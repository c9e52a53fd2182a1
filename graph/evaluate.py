"""Scores the records of a build against hand labels, and prints the table that the README shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.gold_set import Gold
from graph.score import Score
from graph.score_claims import score_duties, score_targets
from graph.score_documents import score_documents, score_mentions, score_quotes
from graph.score_links import score_links
from graph.score_tasks import score_tasks

COUNTS = {"missed", "invented", "wrong"}


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


def render(report: Report) -> str:
    """A Markdown table: `| tasks: lead F1 | 0.987 | 65 |`; a dash where there was nothing to score."""
    rows = [f"| {score.group}: {score.metric} | {print_value(score)} | {score.n} |" for score in report.scores]
    return "\n".join(["| metric | value | n |", "|---|---:|---:|", *rows]) + "\n"


def print_value(score: Score) -> str:
    """A count as it is, a rate with three digits."""
    if score.value is None:
        return "-"
    return str(score.value) if score.metric in COUNTS else f"{score.value:.3f}"
