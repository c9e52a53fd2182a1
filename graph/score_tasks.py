"""Scores table tasks: which rows were found, and whether each column went where it belongs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from graph.gold_rows import DeadlineLabel, TaskLabel
from graph.gold_set import Gold
from graph.score import Bodies, Record, Sheet, Tally, fold_text, match_pairs, read_line, read_original, remaining

ORIGIN_FIELDS = ("code", "name", "lead", "coordinating", "deadline", "funding")


@dataclass(frozen=True, slots=True)
class Column:
    """A field of a task: how the label and the record give it, and what makes the two equal."""

    name: str
    expected: Callable[[TaskLabel], Any]
    found: Callable[[Record], Any]
    fold: Callable[[Any], Any] = fold_text


def fold_code(code: str | None) -> str:
    """A printed number or code without spaces and final dot: "CQS 1.2." is "CQS1.2"."""
    return "".join((code or "").split()).rstrip(".")


def read_deadline(deadline: DeadlineLabel | Record | None) -> tuple[Any, ...]:
    """What labels give of a deadline: kind, start, end, recurrence."""
    if deadline is None:
        return ("none", None, None, None)
    if isinstance(deadline, DeadlineLabel):
        return (deadline.kind, deadline.start, deadline.end, deadline.recurrence)
    return (deadline["kind"], deadline.get("start"), deadline.get("end"), deadline.get("recurrence"))


COLUMNS = (
    Column("number", lambda label: label.number, lambda record: record["number"], fold_code),
    Column("code", lambda label: label.code, lambda record: record["code"], fold_code),
    Column("name", lambda label: label.name, lambda record: record["name"]),
    Column("text", lambda label: label.text, lambda record: record["text"]),
    Column("deadline", lambda label: read_deadline(label.deadline), lambda r: read_deadline(r["deadline"]), tuple),
    Column("deadline_raw", lambda label: label.deadline_raw, lambda record: (record["deadline"] or {}).get("raw")),
    Column("output", lambda label: label.output, lambda record: record["output"]),
    Column("funding", lambda label: label.funding, lambda record: record["funding"]),
)


def score_tasks(records: Sequence[Record], gold: Gold) -> Sheet:
    """Rows in scope first, then columns over the rows that were found."""
    sheet = Sheet("tasks")
    labels = [label for label in gold.tasks if in_scope(label.doc, label.line, gold)]
    inside = [record for record in records if in_scope(read_original(record, gold), read_line(record), gold)]
    pairs = match_tasks(labels, inside, gold)
    sheet.add_rows(Tally(len(pairs), len(inside), len(labels)))
    for label in remaining(labels, (pair[0] for pair in pairs)):
        sheet.note(name_row(label), "row missed")
    for record in remaining(inside, (pair[1] for pair in pairs)):
        sheet.note(f"{read_original(record, gold)[:3]}:{read_line(record)}", f"row invented: {record['text'][:60]}")
    add_columns(sheet, pairs, gold)
    return sheet


def match_tasks(labels: Sequence[TaskLabel], records: Sequence[Record], gold: Gold) -> list[tuple[TaskLabel, Record]]:
    """Rows of one table that begin in the lines of the label, the same number first."""
    lasts = last_lines(labels, gold)

    def cost(label: TaskLabel, record: Record) -> tuple[bool, int] | None:
        line = read_line(record)
        same_table = label.appendix is None or label.appendix == record["annex"]
        if read_original(record, gold) != label.doc or not same_table:
            return None
        if not label.line <= line <= lasts[id(label)]:
            return None
        return fold_code(label.number) != fold_code(record["number"]), line - label.line

    return match_pairs(labels, records, cost)


def add_columns(sheet: Sheet, pairs: Sequence[tuple[TaskLabel, Record]], gold: Gold) -> None:
    for column in COLUMNS:
        cases = []
        # Only the tables of the decision's first annex have an output column; elsewhere a label says null.
        rows = [pair for pair in pairs if pair[0].states(column.name) and (column.name != "output" or pair[0].appendix)]
        for label, record in rows:
            expected, found = column.expected(label), column.found(record)
            cases.append((name_row(label), expected, found, column.fold(expected) == column.fold(found)))
        sheet.add_agreement(column.name, cases)
    for field in ("lead", "coordinating"):
        add_bodies(sheet, field, [(pair, name_row(pair[0])) for pair in pairs if pair[0].states(field)], gold)
    sheet.add_agreement("inherited", [case for pair in pairs for case in compare_origins(*pair)])


def add_bodies(sheet: Sheet, field: str, rows: Sequence[tuple[tuple[Any, Record], str]], gold: Gold) -> None:
    """F1 over all bodies of a field; `n` is the number of rows."""
    bodies, total = Bodies(gold.spellings), Tally()
    for (label, record), where in rows:
        tally = bodies.count(getattr(label, field), record[field] or ())
        total.add(tally.right, tally.found, tally.expected)
        if not tally.right == tally.found == tally.expected:
            found = [body["as_written"] for body in record[field] or ()]
            sheet.note(where, f"{field} is {found}, should be {list(getattr(label, field))}")
    sheet.add(f"{field} F1", total.f1, len(rows))


def compare_origins(label: TaskLabel, record: Record) -> list[tuple[str, object, object, bool]]:
    """Whether the record and the label agree on which fields a merged cell above supplied."""
    if "inherited" not in label.model_fields_set:
        return []
    fields = [field for field in ORIGIN_FIELDS if label.states(field)]
    return [
        (
            f"{name_row(label)} {field}",
            field in label.inherited,
            (record.get("origin") or {}).get(field),
            (field in label.inherited) == ((record.get("origin") or {}).get(field) == "inherited"),
        )
        for field in fields
    ]


def in_scope(doc: str, line: int, gold: Gold) -> bool:
    return any(lines.holds(doc, line) for lines in gold.scope.tasks)


def last_lines(labels: Sequence[TaskLabel], gold: Gold) -> dict[int, int]:
    """Where each row ends: as labelled, else before the next row of its table or at the end of the scope."""
    lasts = {}
    for label in labels:
        below = [other.line for other in labels if other.doc == label.doc and other.line > label.line]
        scope_end = next(lines.last for lines in gold.scope.tasks if lines.holds(label.doc, label.line))
        lasts[id(label)] = label.line_end or min([*(line - 1 for line in below), scope_end])
    return lasts


def name_row(label: TaskLabel) -> str:
    """How a mistake names a row: "001:270 II.1"."""
    return f"{label.doc[:3]}:{label.line} {label.appendix or ''}.{label.number or '-'}"
