"""Every shipped query, on the small corpus: what it answers, that its parameters bind, that it is quick."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import pytest

from graph.shipped import list_shipped, load_shipped
from graph.sparql_answer import Request, answer_request
from graph.store import open_store
from tests.conftest import ROOT
from tests.small_corpus import DECISION, ID, PLAN, RESOLUTION
from tests.small_kb import small_generation

TASKS = {1: DECISION + "/phu-luc/2/muc/1", 2: DECISION + "/phu-luc/2/muc/2", 3: PLAN + "/muc/1"}
OFFICE = ID + "agency/hung-yen-truoc-2025/van-phong-ubnd-tinh"
AI = ID + "topic/tri-tue-nhan-tao"


def run(name: str, values: dict[str, tuple[str, str]]) -> list[dict[str, str]]:
    """The rows of a shipped query as plain values."""
    store = open_store(small_generation().store)
    answer = json.loads(answer_request(store, Request(load_shipped(name).text, "json", values)).content)
    rows: list[dict[str, Any]] = answer["results"]["bindings"]
    return [{key: cell["value"] for key, cell in row.items()} for row in rows]


CASES = [
    pytest.param(
        "tasks_of_directive", {"directive": ("iri", RESOLUTION)}, "task", [TASKS[3], TASKS[1], TASKS[2]], id="any-depth"
    ),
    pytest.param("tasks_of_directive", {"directive": ("iri", PLAN)}, "task", [TASKS[1], TASKS[2]], id="one-step"),
    pytest.param("tasks_of_directive", {"directive": ("iri", DECISION)}, "task", [], id="itself-is-not-above"),
    pytest.param("tasks_due_in_year", {"year": ("integer", "2026")}, "task", [TASKS[3]], id="by-month"),
    pytest.param("tasks_due_in_year", {"year": ("integer", "2030")}, "task", [TASKS[1]], id="end-of-a-period"),
    pytest.param("tasks_due_in_year", {"year": ("integer", "2027")}, "task", [], id="inside-a-period-is-not-due"),
    pytest.param("tasks_due_in_year", {}, "due", ["2026-09-30", "2030-12-31"], id="all-years"),
    pytest.param("tasks_led_by_agency", {"agency": ("iri", OFFICE)}, "task", [TASKS[3]], id="one-life-of-an-office"),
    pytest.param(
        "tasks_led_by_agency", {"name": ("text", "Sở Khoa học và Công nghệ")}, "task", [TASKS[1]], id="by-name"
    ),
    pytest.param(
        "work_of_agency", {"name": ("text", "Sở Khoa học và Công nghệ")}, "role", ["lead", "report"], id="work-of-one"
    ),
    pytest.param(
        "work_of_agency", {"year": ("integer", "2031")}, "deadline",
        ["Hàng năm", "trước ngày 10 tháng cuối Quý"], id="what-recurs-has-no-end",
    ),
    pytest.param("agencies_by_task_count", {}, "leads", ["1", "1", "0"], id="no-collectives"),
    pytest.param("agencies_by_task_count", {"jurisdiction": ("text", "hung-yen")}, "supports", ["0", "1"], id="life"),
    pytest.param(
        "legal_basis_chain", {"document": ("iri", PLAN)}, "quote",
        ["Thực hiện Nghị quyết số 57-NQ/TW", "thực hiện Nghị quyết số 57-NQ/TW"], id="each-sentence-that-says-it",
    ),
    pytest.param("legal_basis_chain", {"basis": ("iri", PLAN)}, "line", ["16", "6"], id="by-relation"),
    pytest.param("tasks_without_deadline", {}, "task", [], id="all-have-one"),
    pytest.param("tasks_with_collective_lead", {}, "body", ["Các sở, ban, ngành"], id="nobody-in-particular"),
    pytest.param("unresolved_mentions", {}, "reason", ["number left blank in the source"], id="blank-number"),
    pytest.param("date_conflicts", {}, "date", [], id="all-agree"),
    pytest.param("targets_by_indicator", {"document": ("iri", PLAN)}, "low", ["1.2"], id="a-range"),
    pytest.param("targets_by_indicator", {"document": ("iri", DECISION)}, "low", [], id="another-plan"),
    pytest.param("documents_cited_not_held", {}, "number", ["57-NQ/TW"], id="the-resolution"),
    pytest.param("documents_cited_not_held", {}, "mentions", ["3"], id="counted-once-each"),
    pytest.param("tasks_by_topic", {"topic": ("iri", AI)}, "task", [TASKS[3]], id="one-topic"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "values", "column", "expected"), CASES)
def test_what_a_query_answers(name: str, values: dict[str, tuple[str, str]], column: str, expected: list[str]) -> None:
    assert [row[column] for row in run(name, values)] == expected


def test_every_fact_of_a_task_leads_to_its_words() -> None:
    rows = run("provenance_of_fact", {"task": ("iri", TASKS[1])})
    words = {(row["property"].rpartition("#")[2], row["quote"], row["line"]) for row in rows}
    assert {("code", "CQS1.1", "15"), ("ledBy", "Sở KH&CN", "15"), ("funding", "Ngân sách", "15")} <= words


@pytest.mark.parametrize("query", [pytest.param(each, id=each.name) for each in list_shipped()])
def test_a_query_explains_itself_and_is_quick(query: Any) -> None:
    assert query.vi
    assert query.en
    if query.name != "facts_without_quote":  # a check of the graph rather than a question
        assert set(query.params) <= set(re.findall(r"\?(\w+)", query.text.partition("WHERE")[0]))
    store = open_store(small_generation().store)
    took = []
    for _ in range(3):
        began = time.perf_counter()
        answer_request(store, Request(query.text))
        took.append(time.perf_counter() - began)
    assert min(took) < 0.15  # 50 ms for the query; the rest is rdflib's parser, which judges it first


@pytest.mark.parametrize("query", [pytest.param(each, id=each.name) for each in list_shipped()])
def test_every_comment_of_a_parameter_has_the_one_form(query: Any) -> None:
    assert len(query.asks) == query.text.count("# param ")
    assert all(each.words and each.example for each in query.asks)


def test_there_are_enough_of_them() -> None:
    assert len(list_shipped()) >= 25


@pytest.mark.parametrize("query", [pytest.param(each, id=each.name) for each in list_shipped()])
def test_the_documents_list_a_query_in_its_own_words(query: Any) -> None:
    page = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
    assert f"| `{query.name}` | {query.en} |\n" in page


def test_the_documents_list_no_other_query() -> None:
    page = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == [each.name for each in list_shipped()]
