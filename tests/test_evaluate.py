"""A perfect program scores 1.00, and each mistake costs what it should."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest

from graph.evaluate import COUNTS, evaluate, evaluate_documents, render
from graph.gold import Gold
from graph.score import fold_name, fold_text, match_pairs
from graph.score_documents import read_years
from graph.score_links import read_iri, read_key
from tests.perfect import Dict, make_iri, make_records

Records = dict[str, list[Dict]]


@pytest.fixture(scope="module")
def perfect(gold: Gold) -> Records:
    return make_records(gold)


def test_perfect_records_score_one(gold: Gold, perfect: Records) -> None:
    report = evaluate(perfect, gold)
    assert report.mistakes == ()
    assert {s.value for s in report.scores if s.metric not in COUNTS} == {1.0}
    assert {s.value for s in report.scores if s.metric in COUNTS} == {0}


def test_no_records_score_nothing(gold: Gold) -> None:
    report = evaluate({}, gold)
    rates = [report.value(group, "recall") for group in ("tasks", "links", "targets", "duties")]
    assert rates == [0.0, 0.0, 0.0, 0.0]
    assert report.value("mentions", "missed") == 22
    assert report.value("tasks", "name") is None
    assert "| tasks: name | - | 0 |" in render(report)


def drop_task(records: Records) -> None:
    del records["tasks"][0]


def invent_task(records: Records) -> None:
    records["tasks"].append({**records["tasks"][0], "number": "99"})


def invent_task_out_of_scope(records: Records) -> None:
    source = {**records["tasks"][0]["source"], "line": 400}
    records["tasks"].append({**records["tasks"][0], "source": source})


def misname_annex(records: Records) -> None:
    records["tasks"][0]["annex"] = "I"


def lose_lead(records: Records) -> None:
    records["tasks"][0]["lead"] = []


def double_lead(records: Records) -> None:
    records["tasks"][0]["lead"] *= 2


def respell_lead(records: Records) -> None:
    records["tasks"][0]["lead"] = [{"name": "SỞ KHOA HỌC VÀ  CÔNG NGHỆ", "as_written": "Sở KHCN"}]


def blur_deadline(records: Records) -> None:
    records["tasks"][0]["deadline"]["end"] = "2030-12-31"


def state_inherited(records: Records) -> None:
    records["tasks"][1]["origin"]["lead"] = "stated"


def settle_number(records: Records) -> None:
    records["documents"][0].update(number="196/KH-UBND", number_from="settled by …", date="2022-12-05")


def misread_number(records: Records) -> None:
    records["documents"][2]["number"] = "75/KH-UBND"


def keep_space(records: Records) -> None:
    mention = next(row for row in records["mentions"] if row["number"] == "361/QĐ-UBND")
    mention["number"] = "361/QĐ- UBND"


def misread_mention(records: Records) -> None:
    mention = next(row for row in records["mentions"] if row["number"] == "361/QĐ-UBND")
    mention["number"] = "36/QĐ-UBND"


def shift_quote(records: Records) -> None:
    records["mentions"][0]["source"]["start"] += 1


def state_from_task(records: Records) -> None:
    for link in records["links"]:
        if link["to"].endswith("/tuyen-quang/qd-ubnd/2021/361"):
            link["from"] += "/phu-luc/0/muc/7"


def keep_one_reading(records: Records) -> None:
    records["links"] = [row for row in records["links"] if row["relation"] != "legal_basis"]


def drop_weak(records: Records) -> None:
    records["links"] = [row for row in records["links"] if "/hung-yen/qd-ubnd/" not in row["to"]]


def confuse_provinces(records: Records) -> None:
    for link in records["links"]:
        link["from"] = link["from"].replace("/tuyen-quang/kh-ubnd/2022/102", "/hung-yen/kh-ubnd/2025/102")


def approve_wrongly(records: Records) -> None:
    link = next(row for row in records["links"] if row["relation"] == "approves")
    records["links"].append({**link, "from": make_iri("26/KH-UBND@2021:tuyen-quang")})


def misread_value(records: Records) -> None:
    records["targets"][0]["value"] = 51


def misread_comparator(records: Records) -> None:
    records["targets"][0]["comparator"] = ">="


def imply_duty(records: Records) -> None:
    duty = records["duties"][-1]
    body = {"name": "Sở Khoa học và Công nghệ", "as_written": "Sở Khoa học và Công nghệ"}
    text = "Sở Khoa học và Công nghệ để tổng hợp báo cáo Ủy ban nhân dân tỉnh xem xét, chỉ đạo"
    records["duties"].append({**duty, "lead": [body], "text": text})


def take_other_role(records: Records) -> None:
    records["duties"][1]["role"] = "execute"


def mistake_role(records: Records) -> None:
    records["duties"][0]["role"] = "report"


PERTURBED = [
    pytest.param(drop_task, "tasks", "recall", 64 / 65, id="row-missed"),
    pytest.param(invent_task, "tasks", "precision", 65 / 66, id="row-twice"),
    pytest.param(invent_task, "tasks", "number", 1.0, id="row-twice-takes-the-right-number"),
    pytest.param(invent_task_out_of_scope, "tasks", "precision", 1.0, id="unlabelled-line-is-not-judged"),
    pytest.param(misname_annex, "tasks", "F1", 64 / 65, id="row-of-another-annex"),
    pytest.param(lose_lead, "tasks", "lead F1", 2 * 64 / (64 + 65), id="lead-missed"),
    pytest.param(double_lead, "tasks", "lead F1", 1.0, id="body-counts-once"),
    pytest.param(respell_lead, "tasks", "lead F1", 1.0, id="canonical-name-suffices"),
    pytest.param(blur_deadline, "tasks", "deadline", 64 / 65, id="day-made-up"),
    pytest.param(state_inherited, "tasks", "inherited", 0.996, id="merged-cell-not-said"),
    pytest.param(settle_number, "documents", "number", 1.0, id="number-settled-elsewhere"),
    pytest.param(misread_number, "documents", "number", 2 / 3, id="number-misread"),
    pytest.param(keep_space, "mentions", "missed", 0, id="space-in-number-is-cleaned"),
    pytest.param(misread_mention, "mentions", "missed", 1, id="mention-missed"),
    pytest.param(misread_mention, "mentions", "invented", 1, id="mention-invented"),
    pytest.param(shift_quote, "quotes", "mentions", 22 / 23, id="quote-one-letter-off"),
    pytest.param(state_from_task, "links", "recall", 1.0, id="task-states-for-its-plan"),
    pytest.param(keep_one_reading, "links", "recall", 1.0, id="preamble-counts-once"),
    pytest.param(drop_weak, "links", "recall", 1.0, id="weak-rows-are-optional"),
    pytest.param(confuse_provinces, "links", "wrong", 1, id="numbers-restart-in-each-province"),
    pytest.param(approve_wrongly, "links", "wrong", 1, id="a-plan-approves-nothing"),
    pytest.param(misread_value, "targets", "recall", 22 / 23, id="value-misread"),
    pytest.param(misread_comparator, "targets", "comparator", 14 / 15, id="at-least-is-not-above"),
    pytest.param(imply_duty, "duties", "precision", 1.0, id="implied-duty-is-not-wrong"),
    pytest.param(take_other_role, "duties", "role", 1.0, id="other-reading-of-role"),
    pytest.param(mistake_role, "duties", "role", 33 / 34, id="role-mistaken"),
]


@pytest.mark.parametrize(("perturb", "group", "metric", "value"), PERTURBED)
def test_a_mistake_costs_what_it_should(
    gold: Gold, perfect: Records, perturb: Callable[[Records], None], group: str, metric: str, value: float
) -> None:
    records = copy.deepcopy(perfect)
    perturb(records)
    report = evaluate(records, gold)
    assert report.value(group, metric) == pytest.approx(value, abs=0.0005)


def test_table_is_markdown(gold: Gold, perfect: Records) -> None:
    lines = render(evaluate(perfect, gold)).splitlines()
    assert lines[:5] == [
        "| metric | value | n |",
        "|---|---:|---:|",
        "| tasks: precision | 1.000 | 65 |",
        "| tasks: recall | 1.000 | 65 |",
        "| tasks: F1 | 1.000 | 65 |",
    ]
    assert "| mentions: missed | 0 | 22 |" in lines


def test_each_document_has_a_column(gold: Gold, perfect: Records) -> None:
    records = copy.deepcopy(perfect)
    documents = evaluate_documents(records, gold)
    assert list(documents) == sorted(documents)
    assert len(documents) == 4  # the fifth has no labels of its own
    lines = render(evaluate(records, gold), documents).splitlines()
    assert lines[0] == f"| metric | value | n | {' | '.join(documents)} |"
    assert {line.count("|") for line in lines} == {8}
    assert "| tasks: recall | 1.000 | 65 | - | - | 1.000 | 1.000 |" in lines
    records["tasks"] = [task for task in records["tasks"] if task["annex"] is not None]
    lines = render(evaluate(records, gold), evaluate_documents(records, gold)).splitlines()
    assert "| tasks: recall | 0.908 | 65 | - | - | 1.000 | 0.000 |" in lines


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param("hoà", "hòa", id="tone-placement"),
        pytest.param("2025 -2030", "2025-2030", id="dash-spaces"),
        pytest.param("- Nâng  cấp;", "nâng cấp", id="list-dash-and-end"),
    ],
)
def test_text_folds(a: str, b: str) -> None:
    assert fold_text(a) == fold_text(b)


def test_accents_do_not_fold() -> None:
    assert fold_text("cá nhân") != fold_text("cà nhân")
    assert fold_name("Ủy ban nhân dân tỉnh") == fold_name("UBND tỉnh")


def test_pairs_are_cheapest_first() -> None:
    pairs = match_pairs([1, 5], [4, 6, 100], lambda a, b: abs(a - b) if abs(a - b) < 10 else None)
    assert pairs == [(1, 6), (5, 4)]


@pytest.mark.parametrize(
    "key",
    ["719/QĐ-UBND@2025:hung-yen", "57-NQ/TW@2024", "01/NQ-CP@2024", "193/2025/QH15@2025", "17a/CT-UBND@2020:ha-nam"],
)
def test_key_and_iri_are_one_identity(key: str) -> None:
    assert read_key(key) is not None
    assert read_key(key) == read_iri(make_iri(key))


@pytest.mark.parametrize("key", ["un:de-an-khung:tuyen-quang", "KH-UBND@2022-08:ha-nam", "196/KH-UBND@2022:hung-yen#x"])
def test_no_number_no_identity(key: str) -> None:
    assert read_iri(make_iri(key)) is None


def test_years_of_a_period() -> None:
    assert read_years({"start": 2025, "end": 2030, "text": "giai đoạn 2025-2030"}) == [2025, 2030]
    assert read_years("đến năm 2030") == [2030]
    assert read_years(None) == []
