"""What a question asks of rhythm, money, result and of what a text leaves out."""

from __future__ import annotations

from datetime import date

import pytest

from search_api.question import read_question
from search_api.understood import Understood
from tests.asked import span, vocabulary

TODAY = date(2026, 3, 31)


def stated(understood: Understood) -> dict[str, list[str]]:
    """The filters of this test that are not empty, by id."""
    names = ("recurrence", "states", "funding", "outputs")
    return {name: [each.id for each in getattr(understood, name)] for name in names if getattr(understood, name)}


# fmt: off
QUESTIONS = [
    pytest.param("nhiệm vụ hằng năm của Sở Y tế", {"recurrence": ["yearly"]}, id="yearly"),
    pytest.param("nhiem vu hang nam cua So Y te", {"recurrence": ["yearly"]}, id="yearly-without-accents"),
    pytest.param("annual tasks of the Department of Health", {"recurrence": ["yearly"]}, id="yearly-in-english"),
    pytest.param("trách nhiệm báo cáo định kỳ hằng quý", {"recurrence": ["quarterly"]}, id="the-closer-of-two"),
    pytest.param("nhiệm vụ định kỳ", {"recurrence": ["recurring"]}, id="any-rhythm"),
    pytest.param("nhiệm vụ thường xuyên", {"recurrence": ["ongoing"]}, id="no-end"),
    pytest.param("nhiệm vụ theo điều kiện của Sở Y tế", {"recurrence": ["conditional"]}, id="on-a-condition"),
    pytest.param("chi ngân sách hằng năm cho khoa học công nghệ", {}, id="a-yearly-budget-is-no-rhythm"),
    pytest.param("báo cáo hằng năm", {}, id="alone-it-only-ranks"),
    pytest.param("annual growth of the digital economy", {}, id="annual-growth"),
    pytest.param("chi thường xuyên của Sở Y tế", {}, id="current-spending"),
    pytest.param("nhiệm vụ chưa có thời hạn", {"states": ["no-deadline"]}, id="no-deadline"),
    pytest.param("nhiem vu chua co thoi han", {"states": ["no-deadline"]}, id="no-deadline-without-accents"),
    pytest.param("tasks without a deadline", {"states": ["no-deadline"]}, id="no-deadline-in-english"),
    pytest.param("tasks with no lead agency and no funding", {"states": ["no-lead", "no-funding"]}, id="two-of-them"),
    pytest.param("nhiệm vụ không có cơ quan phối hợp", {"states": ["no-coordinating"]}, id="no-partner"),
    pytest.param("nhiệm vụ do tập thể chủ trì", {"states": ["collective-lead"]}, id="collective"),
    pytest.param("thanh toán không dùng tiền mặt", {}, id="cashless-is-no-lack"),
    pytest.param("nhiệm vụ bằng nguồn ngân sách địa phương", {"funding": ["ngan-sach-dia-phuong"]}, id="local-budget"),
    pytest.param("tasks funded by enterprises", {"funding": ["von-doanh-nghiep"]}, id="enterprises-pay"),
    pytest.param("nhiệm vụ do doanh nghiệp chủ trì", {}, id="enterprises-lead"),
    pytest.param("tasks on enterprises", {}, id="about-enterprises"),
    pytest.param("bao nhiêu phần trăm ngân sách tỉnh chi cho khoa học", {}, id="a-budget-that-is-the-topic"),
    pytest.param("nhiệm vụ có sản phẩm là đề án", {"outputs": ["de-an"]}, id="a-scheme"),
    pytest.param("tasks whose output is an approved report", {"outputs": ["bao-cao"]}, id="an-approved-report"),
    pytest.param("sản phẩm nông nghiệp chủ lực", {}, id="farm-products"),
    pytest.param("tasks not funded by the state budget", {}, id="not-funded-by"),
    pytest.param("nhiệm vụ không hằng năm", {}, id="not-yearly"),
    pytest.param("hằng năm", {"recurrence": ["yearly"]}, id="a-rhythm-is-all-that-is-asked"),
    pytest.param("Hàng năm?", {"recurrence": ["yearly"]}, id="a-rhythm-with-a-mark"),
    pytest.param("hang quy", {"recurrence": ["quarterly"]}, id="a-rhythm-without-accents"),
    pytest.param("yearly", {"recurrence": ["yearly"]}, id="a-rhythm-in-english"),
    pytest.param("tốc độ tăng hằng năm", {}, id="a-rhythm-of-a-growth"),
]
# fmt: on


@pytest.mark.parametrize(("question", "expected"), QUESTIONS)
def test_stated(question: str, expected: dict[str, list[str]]) -> None:
    assert stated(read_question(question, vocabulary(), TODAY)) == expected


@pytest.mark.parametrize(
    ("question", "excluded", "columns"),
    [
        pytest.param("tasks not funded by enterprises", "von-doanh-nghiep", ("funding",), id="money"),
        pytest.param("nhiệm vụ không dùng ngân sách tỉnh", "ngan-sach-dia-phuong", ("funding",), id="money-vietnamese"),
        pytest.param("nhiem vu khong hang nam", "yearly", ("recurrence",), id="rhythm-without-accents"),
    ],
)
def test_what_is_not_wanted_is_left_out(question: str, excluded: str, columns: tuple[str, ...]) -> None:
    (found,) = read_question(question, vocabulary(), TODAY).excluded
    assert (found.id, found.columns) == (excluded, columns)


@pytest.mark.parametrize(
    ("question", "assigned"),
    [
        pytest.param("tasks led by the Department of Health with the Department of Science and Technology",
                     [("so-y-te", "lead"), ("so-khoa-hoc-va-cong-nghe", "coordinating")], id="english"),
        pytest.param("Sở Y tế chủ trì, Sở Khoa học và Công nghệ phối hợp",
                     [("so-y-te", "lead"), ("so-khoa-hoc-va-cong-nghe", "coordinating")], id="vietnamese"),
        pytest.param("do Sở Y tế và Sở Khoa học và Công nghệ chủ trì", [], id="one-role-of-both"),
        pytest.param("Sở Y tế phối hợp với Sở Khoa học và Công nghệ", [], id="either-may-lead"),
    ],
)  # fmt: skip
def test_each_agency_may_have_a_role_of_its_own(question: str, assigned: list[tuple[str, str]]) -> None:
    understood = read_question(question, vocabulary(), TODAY)
    assert [(each.agency, each.role) for each in understood.assigned] == assigned


@pytest.mark.parametrize(
    ("question", "due"),
    [
        pytest.param("nhiệm vụ trong 6 tháng tới", "2026-03-31..2026-09-30", id="months"),
        pytest.param("tasks due in the next 2 years", "2026-03-31..2028-03-31", id="years"),
        pytest.param("targets for 2025 on digital economy", "2025-01-01..2025-12-31", id="on-is-no-and-later"),
        pytest.param("nhiệm vụ hạn quý 5/2026", "", id="no-such-quarter"),
    ],
)
def test_spans_from_today_and_what_is_none(question: str, due: str) -> None:
    found = read_question(question, vocabulary(), TODAY).due
    assert (span(found) if found else "") == due


def test_words_of_a_filter_leave_the_text() -> None:
    understood = read_question("chữ ký số, nhiệm vụ chưa có thời hạn, kinh phí từ ngân sách tỉnh", vocabulary())
    assert understood.text == "chữ ký số"
    assert [each.words for each in (*understood.states, *understood.funding)] == [
        "chưa có thời hạn",
        "kinh phí từ ngân sách tỉnh",
    ]


@pytest.mark.parametrize(
    ("question", "due"),
    [
        pytest.param("nhiệm vụ quá hạn tính đến 1/1/2027", "..2026-12-31", id="on-a-day"),
        pytest.param("tasks overdue on 2026-03-01", "..2026-02-28", id="on-an-english-day"),
        pytest.param("overdue tasks on 1/1/2026", "..2025-12-31", id="apart-from-its-day"),
        pytest.param("nhiem vu da qua han", "..2026-03-30", id="today"),
        pytest.param("overdue tasks in 2025", "2025-01-01..2025-12-31", id="in-a-year"),
        pytest.param("quá hạn tháng 9/2025", "..2025-08-31", id="in-a-month"),
    ],
)
def test_overdue_is_what_ended_before(question: str, due: str) -> None:
    understood = read_question(question, vocabulary(), TODAY)
    assert span(understood.due) == due
    assert understood.text == ""


def test_nobody_knows_today() -> None:
    assert read_question("nhiệm vụ đã quá hạn", vocabulary()).due is None
