"""The shipped queries on the shipped plans: answers checked by hand against the pages, and how long they take."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode

from graph.shipped import Param, Shipped, list_shipped, load_shipped
from graph.sparql_answer import Request, answer_request
from graph.store import open_store, select
from search_api.cli_sparql import read_param
from tests.plans_kb import plans_generation
from tests.small_corpus import ID

VN = ID + "vn/"
PROGRAMME = VN + "hung-yen/qd-ubnd/2025/719"  # of Hưng Yên, 2025
STRATEGY = VN + "hung-yen/kh-ubnd/2022/196"  # of Hưng Yên, 2022
TUYEN_QUANG = VN + "tuyen-quang/kh-ubnd/2023/57"
HA_NAM = VN + "ha-nam/kh-ubnd/2022-08/chua-ro-so-a9dc43d6"
OFFICE = VN + "hung-yen/so-khoa-hoc-va-cong-nghe/kh-skhcn/2024-02/chua-ro-so-eedf75be"  # a department's plan of a year
NATIONAL = VN + "trung-uong/qd-ttg/2022/569"
RESOLUTION = VN + "trung-uong/nq-tw/2024/57"
MOST = 0.05  # seconds
# A query that joins and sorts as the shipped ones do, by which machines are compared.
YARDSTICK = "SELECT ?task ?text { ?task a cc:Task ; cc:text ?text ; cc:partOf ?document } ORDER BY ?text"
YARDSTICK_TAKES = 0.022  # seconds

Values = Mapping[str, str | int]


def run(name: str, values: Values) -> list[dict[str, str]]:
    """The rows of a shipped query over the five plans as plain values: parameters bind, any other column is matched."""
    query = load_shipped(name)
    given = {key: _typed(value) for key, value in values.items() if key in query.params}
    request = Request(query.text, "json", given)
    answer = json.loads(answer_request(open_store(plans_generation().store), request).content)
    rows: list[dict[str, Any]] = answer["results"]["bindings"]
    plain = [{key: cell["value"] for key, cell in row.items()} for row in rows]
    return [
        row for row in plain if all(row.get(key) == str(value) for key, value in values.items() if key not in given)
    ]


def _typed(value: str | int) -> tuple[str, str]:
    if isinstance(value, int):
        return "integer", str(value)
    return ("iri" if value.startswith("https://") else "text"), value


def short(value: str | None) -> str | None:
    """ "…/719/phu-luc/2/muc/7" -> "phu-luc/2/muc/7", "…/ns#cites" -> "cites"."""
    for start in (PROGRAMME, STRATEGY, TUYEN_QUANG, HA_NAM, OFFICE):
        if value and value.startswith(start + "/"):
            return value.removeprefix(start + "/")
    return value.rpartition("#")[2].removeprefix(VN) if value and value.startswith("http") else value


# What stands on the page is named where it is not plain from the columns.
ANSWERS = [
    pytest.param("agencies_by_task_count", {"name": "Sở Kế hoạch và Đầu tư"}, ("leads", "supports"), [("2", "1")],
                 id="a-department-of-one-annex"),
    pytest.param("agencies_by_year", {"name": "Sở Giáo dục và Đào tạo", "year": 2026}, ("tasks",), [("3",)],
                 id="rows-I.15-I.19-II.126"),
    pytest.param("agency_changes", {"before": "Sở Lao động - Thương binh và Xã hội"}, ("after", "ended"),
                 [("Sở Giáo dục và Đào tạo", "2025-02-28"), ("Sở Nội vụ", "2025-02-28"), ("Sở Y tế", "2025-02-28")],
                 id="one-body-three-heirs"),
    pytest.param("agency_changes", {"before": "Tỉnh Hà Nam"}, ("after", "source"),
                 [("Tỉnh Ninh Bình", "Nghị quyết số 202/2025/QH15 ngày 12/06/2025 của Quốc hội")], id="a-province"),
    pytest.param("agency_spellings", {"name": "Văn phòng UBND tỉnh"}, ("spelling", "times"),
                 [("Văn phòng UBND tỉnh", "16"), ("Văn phòng Ủy ban nhân dân tỉnh", "2"),
                  ("Văn phòng UBND tỉnh đôn đốc thực hiện", "1")], id="as-written"),
    pytest.param("amended_documents", {}, ("byNumber", "line"), [("71/NQ-CP", "10"), ("71/NQ-CP", "12"),
                 ("71/NQ-CP", "24")], id="each-sentence-that-says-it"),
    pytest.param("assumed_facts", {"document": TUYEN_QUANG}, ("property", "line"), [("role", "213")],
                 id="a-clause-without-a-role"),
    pytest.param("codes_used_twice", {}, ("code", "number"),
                 [("CQS7.2", "26"), ("CQS7.2", "36"), ("XHS6.2", "150"), ("XHS6.2", "151")], id="printed-twice"),
    pytest.param("date_conflicts", {}, ("number", "date"),
                 [("1221/QĐ-UBND", "2021-05-26"), ("1221/QĐ-UBND", "2022-05-26")], id="two-years"),
    pytest.param("documents_by_province_and_year", {"jurisdiction": "hung-yen"},
                 ("year", "number", "tasks", "duties", "targets"),
                 [("2022", "196/KH-UBND", "131", "12", "9"), ("2025", "719/QĐ-UBND", "322", "12", "7")], id="counts"),
    pytest.param("documents_cited_not_held", {"number": "358/QĐ-UBND"}, ("mentions", "plans"), [("1", "1")], id="once"),
    pytest.param("documents_by_reliance", {"number": "569/QĐ-TTg"}, ("documents", "held"), [("3", "false")],
                 id="three-provinces"),
    pytest.param("documents_without_held_basis", {}, ("document",),
                 [("ha-nam/kh-ubnd/2022-08/chua-ro-so-a9dc43d6",), ("hung-yen/kh-ubnd/2022/196",),
                  ("hung-yen/qd-ubnd/2025/719",), ("tuyen-quang/kh-ubnd/2023/57",)], id="all-but-the-plan-of-a-year"),
    pytest.param("facts_without_quote", {}, ("facts",), [("0",)], id="none"),
    pytest.param("funding_of_tasks", {"funding": "Nguồn vốn từ Bộ ngành TW"}, ("tasks",), [("12",)], id="one-source"),
    pytest.param("heirs_of_tasks", {"document": TUYEN_QUANG, "name": "Sở Kế hoạch và Đầu tư"},
                 ("item", "heirName", "heirProvince"),
                 [("phan/vi/2/doan-1/cau-1/so-ke-hoach-va-dau-tu", "Sở Tài chính", "Tỉnh Tuyên Quang"),
                  ("phan/vi/2/doan-2/cau-1/so-ke-hoach-va-dau-tu", "Sở Tài chính", "Tỉnh Tuyên Quang"),
                  ("phan/vi/2/doan-3/cau-1/so-ke-hoach-va-dau-tu", "Sở Tài chính", "Tỉnh Tuyên Quang"),
                  ("phan/vi/2/doan-3/cau-2/so-ke-hoach-va-dau-tu", "Sở Tài chính", "Tỉnh Tuyên Quang"),
                  ("phu-luc/0/muc/3", "Sở Tài chính", "Tỉnh Tuyên Quang"),
                  ("phu-luc/0/muc/4", "Sở Tài chính", "Tỉnh Tuyên Quang")], id="merged"),
    pytest.param("legal_basis_chain", {"basis": NATIONAL}, ("document", "relation"), [
                 ("ha-nam/kh-ubnd/2022-08/chua-ro-so-a9dc43d6", "implements"),
                 ("hung-yen/kh-ubnd/2022/196", "implements"), ("hung-yen/kh-ubnd/2022/196", "implements"),
                 ("tuyen-quang/kh-ubnd/2023/57", "implements"), ("tuyen-quang/kh-ubnd/2023/57", "implements"),
                 ("tuyen-quang/kh-ubnd/2023/57", "implements")], id="who-carries-it-out"),
    pytest.param("mentions_of_document", {"document": NATIONAL}, ("line",),
                 [("11",), ("4",), ("7",), ("3",), ("5",), ("11",), ("213",)], id="as-grep-finds-them"),
    pytest.param("partners_of_agency", {"name": "Sở Kế hoạch và Đầu tư"}, ("partnerName", "tasks"), [
                 ("Các cơ quan, đơn vị liên quan", "2"), ("Sở Khoa học và Công nghệ", "2"), ("Sở Tài chính", "2"),
                 ("UBND các huyện, thành phố", "2")], id="two-rows-of-an-annex"),
    pytest.param("provenance_of_documents", {"document": OFFICE}, ("file", "sha256"),
                 [("hung-yen-2024-skhcn-ke-hoach-chi-tieu-kinh-te-xa-hoi.md",
                   "eedf75bee53058cd70dc9a7a8454f0f086ad8b64d498bf026ec5fb08f5fd5779")], id="bytes"),
    pytest.param("provenance_of_fact", {"task": PROGRAMME + "/phu-luc/2/muc/7"}, ("property", "quote", "line"),
                 [("code", "CQS1.2", "274"),
                  ("name", "Nâng cấp và hoàn thiện các nền tảng hiện có của tỉnh, đầu tư xây dựng các nền tảng mới",
                   "274"),
                  ("ledBy", "Sở Khoa học và Công nghệ", "274"), ("number", "7.", "277"),
                  ("text", "Triển khai ứng dụng trí tuệ nhân tạo (AI) hỗ trợ các hoạt động của các cơ quan nhà nước, "
                   "người dân, doanh nghiệp ở các lĩnh vực; Triển khai trợ lý ảo (AI) cho cán bộ công chức", "277"),
                  ("deadlineEnd", "2026", "278"), ("deadlineKind", "2026", "278"), ("deadlineRaw", "2026", "278")],
                 id="from-three-lines-of-a-table"),
    pytest.param("recurring_work", {"rhythm": "quarterly"}, ("body", "due"),
                 [("Các sở, ban, ngành, đơn vị, địa phương", "quarter-last-month-10")], id="quarterly"),
    pytest.param("reporting_duties", {"receiver": "Bộ Khoa học và Công nghệ"}, ("document", "rhythm", "due"),
                 [("hung-yen/qd-ubnd/2025/719", None, None), ("tuyen-quang/kh-ubnd/2023/57", "yearly", "12-05")],
                 id="before-5-December"),
    pytest.param("same_task_in_several_plans", {"task": STRATEGY + "/phan/ii/1/d"}, ("otherTask",),
                 [("phan/ii/a/2/d",)], id="taken-over-three-years-later"),
    pytest.param("sections_of_document", {"document": OFFICE}, ("section", "tasks"),
                 [("III. ĐỊNH HƯỚNG GIẢI PHÁP, NHIỆM VỤ TRỌNG TÂM", "15")], id="one-list"),
    pytest.param("targets_by_indicator", {"document": PROGRAMME, "unit": "%"}, ("comparator", "value"),
                 [("=", "100"), ("=", "100"), ("=", "100")], id="plain-percentages"),
    pytest.param("targets_with_baseline", {}, ("document", "value", "baseline"), [
                 ("ha-nam/kh-ubnd/2022-08/chua-ro-so-a9dc43d6", "2.5", "so với giai đoạn 2016 - 2020"),
                 ("ha-nam/kh-ubnd/2022-08/chua-ro-so-a9dc43d6", "3", "so với năm 2020")], id="lines-35-and-39"),
    pytest.param("tasks_active_in_year", {"year": 2023}, ("task",),
                 [(f"phu-luc/0/muc/{n}",) for n in (7, 8, 10, 6, 9, 11, 12, 13, 14)], id="before-the-programme"),
    pytest.param("tasks_by_quarter", {"year": 2026}, ("quarter", "tasks"),
                 [(None, "5"), ("1", "4"), ("2", "2"), ("3", "2")], id="annex-I-by-month-annex-II-by-year"),
    pytest.param("tasks_by_topic", {"name": "virtual assistants"}, ("task",), [("phu-luc/2/muc/7",)], id="one-task"),
    pytest.param("tasks_due_in_year", {"year": 2027}, ("task", "lead"), [("phu-luc/2/muc/40", "Công an tỉnh")],
                 id="one-period-ends"),
    pytest.param("tasks_led_by_agency", {"name": "Sở Kế hoạch và Đầu tư"}, ("task", "deadline"),
                 [("phu-luc/0/muc/3", "Hằng năm"), ("phu-luc/0/muc/4", "Đến 2030")], id="lines-348-and-354"),
    pytest.param("tasks_of_directive", {"directive": VN + "hung-yen/kh-ubnd/2022/197"}, ("task",),
                 [("phan/iii/1",), ("phan/iii/2",)], id="what-a-task-itself-says"),
    pytest.param("tasks_stating_a_basis", {"basis": VN + "hung-yen/kh-ubnd/2022/197"}, ("relation", "task"),
                 [("cites", "phan/iii/1"), ("implements", "phan/iii/1"), ("cites", "phan/iii/2")],
                 id="carried-out-by-one-named-by-another"),
    pytest.param("tasks_with_amended_basis", {"task": PROGRAMME + "/phu-luc/2/muc/7"}, ("byNumber", "known"),
                 [("71/NQ-CP", "true")], id="the-plan-rests-on-the-amendment-too"),
    pytest.param("tasks_with_collective_lead", {"document": TUYEN_QUANG}, ("number", "body"),
                 [("2", "Các sở, ngành"), ("2", "UBND các huyện, thành phố")], id="nobody-in-particular"),
    pytest.param("unresolved_mentions", {}, ("words",), [], id="all-settled"),
    pytest.param("work_of_agency", {"name": "Sở Công Thương", "jurisdiction": "tuyen-quang-truoc-2025"},
                 ("role", "item"),
                 [("coordinate", "phan/vi/6/doan-1/cau-2/so-cong-thuong"),
                  ("execute", "phan/vi/6/doan-1/cau-1/so-cong-thuong"), ("lead", "phu-luc/0/muc/17")], id="roles"),
]  # fmt: skip

# Long answers, by their number of rows: what the page has is counted there.
COUNTS = [
    pytest.param("tasks_of_directive", {"directive": RESOLUTION}, PROGRAMME + "/phu-luc/2/muc/7", 322, id="programme"),
    pytest.param("tasks_without_deadline", {"document": TUYEN_QUANG}, TUYEN_QUANG + "/phan/iii/2/2.1/doan-1", 63,
                 id="prose"),
    pytest.param("tasks_without_lead", {"document": OFFICE}, OFFICE + "/phan/iii/15", 15, id="its-author-is-meant"),
    pytest.param("topics_by_task_count", {"document": OFFICE, "name": "metrology"}, "4", 1, id="four-paragraphs"),
    pytest.param("same_task_in_several_plans", {}, STRATEGY + "/phan/ii/1/d", 76, id="thirty-eight-pairs-both-ways"),
]  # fmt: skip

# What is asked about one thing, with the most work that the plans give it; the others are timed without any parameter.
ASKED: dict[str, Values] = {
    "provenance_of_fact": {"task": PROGRAMME + "/phu-luc/2/muc/7"},
    "tasks_by_topic": {"name": "economy"},
    "tasks_of_directive": {"directive": RESOLUTION},
}
# What they take without a parameter: thousands of rows (docs/queries.md says why).
AT_ONCE = {  # seconds
    "facts_without_quote": 0.1,
    "provenance_of_fact": 0.25,
    "tasks_by_topic": 0.2,
    "tasks_of_directive": 0.1,
}


@pytest.mark.parametrize(("name", "values", "columns", "expected"), ANSWERS)
def test_what_the_plans_answer(
    name: str, values: Values, columns: tuple[str, ...], expected: list[tuple[str | None, ...]]
) -> None:
    assert [tuple(short(row.get(column)) for column in columns) for row in run(name, values)] == expected


@pytest.mark.parametrize(("name", "values", "member", "count"), COUNTS)
def test_how_much_the_plans_answer(name: str, values: Values, member: str, count: int) -> None:
    rows = run(name, values)
    assert len(rows) == count
    assert any(member in row.values() for row in rows)


def test_every_query_has_a_hand_checked_answer() -> None:
    names = [str(each.values[0]) for each in (*ANSWERS, *COUNTS)]
    assert {each.name for each in list_shipped()} - set(names) == set()


@pytest.mark.parametrize(
    "name", [each.name for each in list_shipped() if each.name in ASKED or each.name not in AT_ONCE]
)
def test_a_query_is_quick_on_the_plans(name: str) -> None:
    assert time_query(name, ASKED.get(name, {})) < MOST


@pytest.mark.parametrize(("name", "most"), AT_ONCE.items())
def test_everything_at_once_takes_no_longer_than_said(name: str, most: float) -> None:
    assert time_query(name, {}) < most


EXAMPLES = [pytest.param(each, asked, id=f"{each.name}-{asked.name}") for each in list_shipped() for asked in each.asks]


@pytest.mark.parametrize(("query", "asked"), EXAMPLES)
def test_an_example_finds_something(query: Shipped, asked: Param) -> None:
    generation = plans_generation()
    name, value = read_param(f"{asked.name}={asked.example}", query.params, generation)
    answer = answer_request(open_store(generation.store), Request(query.text, "csv", {name: value}))
    everything = answer_request(open_store(generation.store), Request(query.text, "csv"))
    assert answer.content.count(b"\n") > 1 or everything.content.count(b"\n") == 1


def time_query(name: str, values: Values) -> float:
    """Seconds of the processor on the machine of docs/queries.md: a slower one is told by its time over YARDSTICK."""
    given = {
        key: NamedNode(str(value)) if str(value).startswith("https://") else Literal(value)
        for key, value in values.items()
    }
    return least_time(load_shipped(name).text, given) / max(1.0, least_time(YARDSTICK, {}) / YARDSTICK_TAKES)


def least_time(text: str, given: Mapping[str, NamedNode | Literal]) -> float:
    """The processor's time, and the least of five, so that a busy machine does not count."""
    store = open_store(plans_generation().store)
    took = []
    for _ in range(5):
        began = time.process_time()
        list(select(store, text, given))
        took.append(time.process_time() - began)
    return min(took)
