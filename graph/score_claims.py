"""Scores quantified targets and the duties that a plan gives to named bodies."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from graph.gold_rows import DutyLabel, TargetLabel
from graph.gold_set import Gold
from graph.score import Bodies, Record, Sheet, Tally, fold_text, match_pairs, read_line, read_original, remaining
from graph.score_tasks import add_bodies, read_deadline


def score_targets(records: Sequence[Record], gold: Gold) -> Sheet:
    """Found by document, line, value and year; then comparator, unit, year over what was found."""
    sheet = Sheet("targets")
    labels = [label for label in gold.targets if label.doc in gold.scope.targets]
    inside = [record for record in records if read_original(record, gold) in gold.scope.targets]
    pairs = match_targets(labels, inside, gold)
    add_found(sheet, labels, inside, pairs, gold)
    # Where the label is in doubt, its words do not say which field: only finding it counts.
    sure = [(f"{label.doc[:3]}:{label.line} {label.id}", label, r) for label, r in pairs if not label.uncertain]
    for field in ("comparator", "unit", "year"):
        rows = [(where, getattr(label, field), record[field]) for where, label, record in sure]
        sheet.add_agreement(field, [(w, a, b, squeeze(a) == squeeze(b)) for w, a, b in rows])
    return sheet


def match_targets(
    labels: Sequence[TargetLabel], records: Sequence[Record], gold: Gold
) -> list[tuple[TargetLabel, Record]]:
    """The same value on the same line, the same year first, then the likest words."""

    def cost(label: TargetLabel, record: Record) -> tuple[bool, float] | None:
        on_line = label.line <= read_line(record) <= (label.line_end or label.line)
        if read_original(record, gold) != label.doc or not on_line or read_value(record["value"]) != label.value:
            return None
        return record["year"] != label.year, -likeness(label.quote, record["source"]["quote"])

    return match_pairs(labels, records, cost)


def read_value(value: Any) -> float | tuple[float, float]:
    """A number, or low and high."""
    return (float(value[0]), float(value[1])) if isinstance(value, list | tuple) else float(value)


def squeeze(value: object) -> str:
    """A field without spaces and case: "% GRDP" is "%grdp"."""
    return "".join(str(value).lower().split())


def likeness(a: str, b: str) -> float:
    """How much of two texts is the same words, 0 to 1."""
    return SequenceMatcher(None, fold_text(a).split(), fold_text(b).split(), autojunk=False).ratio()


def score_duties(records: Sequence[Record], gold: Gold) -> Sheet:
    """Found by document, line and body; implied duties are neither required nor wrong."""
    sheet = Sheet("duties")
    ranges = gold.scope.duties
    labels = [label for label in gold.duties if any(lines.holds(label.doc, label.line) for lines in ranges)]
    inside = [r for r in records if any(lines.holds(read_original(r, gold), read_line(r)) for lines in ranges)]
    pairs = match_duties(labels, inside, gold)
    implied = [label for label in labels if label.implied]
    optional = [record for label, record in pairs if label.implied]
    stated = [pair for pair in pairs if not pair[0].implied]
    add_found(sheet, remaining(labels, implied), remaining(inside, optional), stated, gold)
    add_duty_fields(sheet, stated, gold)
    return sheet


def match_duties(labels: Sequence[DutyLabel], records: Sequence[Record], gold: Gold) -> list[tuple[DutyLabel, Record]]:
    """The same body on the same lines, the likest words first, then the same role."""
    bodies = Bodies(gold.spellings)

    def cost(label: DutyLabel, record: Record) -> tuple[float, bool] | None:
        on_line = label.line <= read_line(record) <= label.line_end
        if read_original(record, gold) != label.doc or not on_line:
            return None
        if not bodies.count([label.agency], record["lead"]).right:
            return None
        return -round(likeness(label.text, record["text"]), 2), record["role"] not in roles(label)

    return match_pairs(labels, records, cost)


def roles(label: DutyLabel) -> tuple[str, ...]:
    return (label.role, *label.role_alt)


def add_duty_fields(sheet: Sheet, pairs: Sequence[tuple[DutyLabel, Record]], gold: Gold) -> None:
    named = [(f"{label.doc[:3]}:{label.line} {label.id}", label, record) for label, record in pairs]
    role = [(where, roles(label), r["role"], r["role"] in roles(label)) for where, label, r in named]
    sheet.add_agreement("role", role)
    sure = [(where, label, record) for where, label, record in named if "deadline" not in label.uncertain]
    dates = [(where, read_due(label.deadline.model_dump()), read_due(r["deadline"])) for where, label, r in sure]
    sheet.add_agreement("deadline", [(where, a, b, a == b) for where, a, b in dates])
    for field in ("coordinating", "report_to"):
        rows = [((label, record), where) for where, label, record in named if field not in label.uncertain]
        add_bodies(sheet, field, rows, gold)


def read_due(deadline: Record) -> tuple[Any, ...]:
    """A deadline with its reporting day."""
    return (*read_deadline(deadline), deadline.get("due"))


def add_found(
    sheet: Sheet,
    labels: Sequence[TargetLabel | DutyLabel],
    inside: Sequence[Record],
    pairs: Sequence[tuple[TargetLabel | DutyLabel, Record]],
    gold: Gold,
) -> None:
    """Precision, recall and F1, with what was missed and what was invented."""
    sheet.add_rows(Tally(len(pairs), len(inside), len(labels)))
    for label in remaining(labels, (pair[0] for pair in pairs)):
        words = label.quote if isinstance(label, TargetLabel) else f"{label.agency}: {label.text}"
        sheet.note(f"{label.doc[:3]}:{label.line} {label.id}", f"missed: {words[:90]}")
    for record in remaining(inside, (pair[1] for pair in pairs)):
        where = f"{read_original(record, gold)[:3]}:{read_line(record)}"
        sheet.note(where, f"invented: {record['source']['quote'][:90]}")
