"""The shape of data/gold/filter_questions.jsonl: questions whose whole answer is a set of labelled rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from graph.gold_rows import DutyLabel, Row, Strings, TargetLabel, TaskLabel

Among = Literal["tasks", "duties", "targets"]


class FilterQuestion(Row):
    """What a question asks for among the labelled rows of one kind, no more and no less."""

    id: str
    lang: Literal["vi", "vi-unaccented", "en"]
    text: str
    among: Among
    expect: Strings
    active: Strings | None = None  # worked on in a time in which it is not due; None: not asked for
    why: str


def task_key(row: TaskLabel) -> str:
    """The short name of a labelled task, e.g. "001:L277": codes and numbers repeat, lines do not."""
    return f"{row.doc[:3]}:L{row.line}"


def list_keys(
    tasks: tuple[TaskLabel, ...], duties: tuple[DutyLabel, ...], targets: tuple[TargetLabel, ...]
) -> Mapping[Among, frozenset[str]]:
    """The names that an answer may hold, for each kind of row: tasks by line, the others by `id`."""
    return {
        "tasks": frozenset(map(task_key, tasks)),
        "duties": frozenset(row.id for row in duties),
        "targets": frozenset(row.id for row in targets),
    }
