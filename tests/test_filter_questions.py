"""Questions with an exact answer: the file alone; graph/gold_checks.py has looked up every row that an answer names."""

from __future__ import annotations

from collections import Counter

from graph.gold import Gold
from graph.gold_questions import list_keys, task_key


def test_every_language_has_its_share(gold: Gold) -> None:
    shares = Counter(row.lang for row in gold.filter_questions)
    assert len(gold.filter_questions) >= 66
    assert min(shares[lang] for lang in ("vi", "vi-unaccented", "en")) >= 22


def test_accents_are_those_of_the_language(gold: Gold) -> None:
    assert [row.id for row in gold.filter_questions if row.text.isascii() is (row.lang == "vi")] == []


def test_no_question_is_asked_twice(gold: Gold) -> None:
    ids = Counter(row.id for row in gold.filter_questions)
    texts = Counter(" ".join(row.text.casefold().split()) for row in gold.filter_questions)
    assert [name for name, times in (*ids.items(), *texts.items()) if times > 1] == []


def test_a_key_is_one_row(gold: Gold) -> None:
    keys = list_keys(gold.tasks, gold.duties, gold.targets)
    assert {kind: len(keys[kind]) for kind in keys} == {
        "tasks": len(gold.tasks),
        "duties": len(gold.duties),
        "targets": len(gold.targets),
    }


def test_answers_name_labelled_rows_once(gold: Gold) -> None:
    keys = list_keys(gold.tasks, gold.duties, gold.targets)
    for row in gold.filter_questions:
        assert set(row.expect) <= keys[row.among], row.id
        assert set(row.active or ()) <= keys[row.among] - set(row.expect), row.id


def test_what_is_active_prints_both_bounds(gold: Gold) -> None:
    bounded = {task_key(task) for task in gold.tasks if task.deadline.start and task.deadline.end}
    assert [row.id for row in gold.filter_questions if not set(row.active or ()) <= bounded] == []


def test_most_answers_are_not_empty(gold: Gold) -> None:
    empty = [row.id for row in gold.filter_questions if not row.expect]
    assert 4 * len(empty) < len(gold.filter_questions)
