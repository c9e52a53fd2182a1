"""The labels are right, and wrong ones are refused by file and line."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from graph.gold import Gold, GoldError, load_gold
from tests.conftest import ROOT

PLANS = ROOT / "data" / "plans"

# (id, file, line, text that stands there, text put in its place, what the error must say)
BROKEN = [
    pytest.param("tasks.jsonl", 2, '"appendix"', '"apendix"', "appendix: Field required", id="misspelt-key"),
    pytest.param("tasks.jsonl", 2, '"note"', '"notes"', "notes: Extra inputs", id="unknown-key"),
    pytest.param("tasks.jsonl", 1, '"kind": "period"', '"kind": "until"', "deadline.kind:", id="unknown-kind"),
    pytest.param("tasks.jsonl", 3, '"line": 272', '"line": 99272', "has no line 99272", id="line-out-of-range"),
    pytest.param("targets.jsonl", 1, "000_511e82507eab59f1.txt", "000.txt", "no plan was called 000.txt", id="plan"),
    pytest.param("targets.jsonl", 2, '"T02"', '"T01"', "the same row stands on line 1", id="same-id-twice"),
    pytest.param("targets.jsonl", 2, "1,2%-1,5%", "1,3%-1,5%", "not on line 12", id="target-not-quoted"),
    pytest.param("links.jsonl", 2, '"end": 49', '"end": 48', "not what stands at 4:0-48", id="quote-too-long"),
    pytest.param("references.jsonl", 2, '"start": 89', '"start": 88', "not what stands at 14:88-130", id="span-off"),
    pytest.param("duties.jsonl", 1, "cụ thể hóa", "cụ thể hoá", "quoted words are not on line 328", id="tone-mark"),
    pytest.param("qrels.jsonl", 1, '"001:L208:I.3"', '"001:L208"', "no such query and passage", id="no-passage"),
    pytest.param("passages.jsonl", 1, '"start": 51529', '"start": 51530', "not what stands at 51530", id="passage"),
    pytest.param("queries.jsonl", 1, "{", "", "Invalid JSON", id="not-json"),
    pytest.param("filter_questions.jsonl", 1, "001:L216", "001:L21", "no labelled row is called 001:L21", id="no-row"),
    pytest.param("filter_questions.jsonl", 1, "001:L270", "001:L216", "named twice", id="due-and-active"),
    pytest.param("added_qrels.jsonl", 1, '"v01"', '"hv01"', "no such query and passage", id="added-query"),
    pytest.param("added_qrels.jsonl", 1, '"001:L385:II.78"', '"001:L208:I.3"', "judged in qrels", id="added-twice"),
    pytest.param("held_out/qrels.jsonl", 1, '"hv01"', '"v01"', "no such query and passage", id="public-query"),
    pytest.param("held_out/qrels.jsonl", 2, '"grade": 0', '"grade": 3', "grade: Input should be", id="unknown-grade"),
    pytest.param("held_out/queries.jsonl", 1, '"hv01"', '"v01"', "a public question has this id", id="public-id"),
    pytest.param("held_out/queries.jsonl", 2, '"twin": "he02"', '"twin": "he03"', "not a twin of hv02", id="twin"),
    pytest.param("held_out/queries.jsonl", 2, '"lang": "vi"', '"lang": "en"', "in two languages", id="twin-language"),
    pytest.param("scope.json", 1, "complete for 000, 002,", "all of 000, 002,", "does not say", id="scope-words"),
    pytest.param("scope.json", 1, "001 lines", "009 lines", "no plan is called 009", id="scope-plan"),
    pytest.param("scope.json", 1, "004 table rows 1-6", "004 table", "names no rows or lines", id="scope-rows"),
]


@pytest.mark.parametrize(("file", "line", "old", "new", "says"), BROKEN)
def test_a_wrong_label_is_named(tmp_path: Path, file: str, line: int, old: str, new: str, says: str) -> None:
    copy = tmp_path / "gold"
    shutil.copytree(ROOT / "data" / "gold", copy)
    rows = (copy / file).read_text(encoding="utf-8").splitlines(keepends=True)
    spot = next(n for n in range(line - 1, len(rows)) if old in rows[n])
    assert file.endswith(".json") or spot == line - 1
    rows[spot] = rows[spot].replace(old, new, 1)
    (copy / file).write_text("".join(rows), encoding="utf-8")
    with pytest.raises(GoldError) as refused:
        load_gold(copy, PLANS)
    assert str(refused.value).startswith(f"{file}:{line}: ")
    assert says in str(refused.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data" / "gold", tmp_path / "gold")
    (tmp_path / "gold" / "links.jsonl").unlink()
    with pytest.raises(GoldError, match=r"links\.jsonl:1: cannot be read"):
        load_gold(tmp_path / "gold", PLANS)


def test_a_folder_without_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"manifest\.json: not a readable manifest"):
        load_gold(ROOT / "data" / "gold", tmp_path)


def test_scope_is_read_as_lines(gold: Gold) -> None:
    ranges = [(lines.doc[:3], lines.first, lines.last) for lines in gold.scope.tasks]
    assert ranges == [("001", 268, 328), ("001", 205, 221), ("004", 332, 370)]
    assert [(lines.doc[:3], lines.first, lines.last) for lines in gold.scope.duties] == [
        ("000", 327, 340),
        ("002", 225, 259),
    ]
    assert sorted(doc[:3] for doc in gold.scope.references) == ["000", "002", "004"]


def test_every_held_out_question_can_be_answered(gold: Gold) -> None:
    """Enough questions in each form, each with something to find, none that the public set asks too."""
    languages = Counter(query.lang for query in gold.held_out_queries)
    assert sum(languages.values()) >= 40
    assert set(languages) == {query.lang for query in gold.queries}
    assert min(languages.values()) >= 13
    answered = {row.query for row in gold.held_out_judgements if row.grade == 2}
    assert [query.id for query in gold.held_out_queries if query.id not in answered] == []
    assert {query.intent for query in gold.held_out_queries}.isdisjoint(query.intent for query in gold.queries)


def test_twins_are_judged_alike(gold: Gold) -> None:
    """The same question in two forms has the same answers."""
    grades: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for row in gold.held_out_judgements:
        grades[row.query][row.passage] = row.grade
    twins = [(query.id, query.twin) for query in gold.held_out_queries if query.twin]
    assert len(twins) == 12
    assert [(one, other) for one, other in twins if grades[one] != grades[other]] == []


def test_added_grades_say_why(gold: Gold) -> None:
    added = (*gold.added_judgements, *gold.held_out_judgements)
    assert [(row.query, row.passage) for row in added if not row.reason] == []


def test_manifest_names_every_plan() -> None:
    rows = json.loads((PLANS / "manifest.json").read_text(encoding="utf-8"))
    files = sorted(path.name for path in PLANS.iterdir() if path.name != "manifest.json")
    assert [row["file"] for row in rows] == files
    for row in rows:
        assert row["sha256"] == hashlib.sha256((PLANS / row["file"]).read_bytes()).hexdigest()
        assert set(row) == {"file", "original", "title", "sha256", "format", "language", "origin", "license"}
        assert row["file"].isascii()
