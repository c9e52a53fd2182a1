"""When a question says something is due or going on."""

from __future__ import annotations

from datetime import date

import pytest

from search_api.question import read_question
from tests.asked import brief, span, vocabulary

# fmt: off
DUE = [
    pytest.param("AI tasks due 2026",
                 {"text": "AI", "topics": ["tri-tue-nhan-tao"], "due": "2026-01-01..2026-12-31", "kinds": ["task"]},
                 id="english"),
    pytest.param("ai tasks due in 2026",
                 {"text": "ai", "topics": ["tri-tue-nhan-tao"], "due": "2026-01-01..2026-12-31", "kinds": ["task"]},
                 id="english-in-small-letters"),
    pytest.param("tasks due by the end of 2026", {"due": "..2026-12-31", "kinds": ["task"]}, id="by-the-end"),
    pytest.param("tasks before June 2026",
                 {"due": "..2026-05-31", "kinds": ["task"]}, id="before-a-month-ends-the-day-before-it"),
    pytest.param("before 2026-06-30", {"due": "..2026-06-30"}, id="before-a-day-includes-it"),
    pytest.param("tasks until September 2026", {"due": "..2026-09-30", "kinds": ["task"]}, id="until"),
    pytest.param("due after 2027", {"due": "2028-01-01.."}, id="after"),
    pytest.param("due after 2025 and before 2028", {"due": "2026-01-01..2027-12-31"}, id="two-open-ends"),
    pytest.param("Q3 2026", {"due": "2026-07-01..2026-09-30"}, id="quarter"),
    pytest.param("third quarter of 2026", {"due": "2026-07-01..2026-09-30"}, id="quarter-in-words"),
    pytest.param("H1 2026", {"due": "2026-01-01..2026-06-30"}, id="half"),
    pytest.param("what must be completed by 31 December 2025", {"due": "..2025-12-31"}, id="english-day"),
    pytest.param("share of GRDP invested in science and technology by 2030",
                 {"text": "share of GRDP invested in science and technology",
                  "topics": ["tang-truong-kinh-te", "khoa-hoc-va-cong-nghe"], "due": "..2030-12-31"},
                 id="year-of-a-target"),
    pytest.param("nhiệm vụ đến hạn năm 2026", {"due": "2026-01-01..2026-12-31", "kinds": ["task"]}, id="vietnamese"),
    pytest.param("hạn tháng 9/2025", {"due": "2025-09-01..2025-09-30"}, id="month"),
    pytest.param("hoàn thành trong năm 2026", {"due": "2026-01-01..2026-12-31"}, id="finishing-in"),
    pytest.param("hoàn thành Đề án cơ sở dữ liệu đất đai trong năm 2026",
                 {"text": "hoàn thành Đề án cơ sở dữ liệu đất đai", "topics": ["dat-dai"],
                  "due": "2026-01-01..2026-12-31"},
                 id="finishing-far-from-the-year"),
    pytest.param("trong quý III/2025 phải xong", {"due": "2025-07-01..2025-09-30"}, id="said-behind-the-quarter"),
    pytest.param("trước quý II/2026", {"due": "..2026-03-31"}, id="before-a-quarter"),
    pytest.param("trước 30/6/2026", {"due": "..2026-06-30"}, id="before-a-day"),
    pytest.param("chậm nhất là ngày 15 tháng 11 năm 2025", {"due": "..2025-11-15"}, id="at-the-latest"),
    pytest.param("nhiệm vụ quá hạn năm 2025", {"due": "2025-01-01..2025-12-31", "kinds": ["task"]}, id="overdue"),
    pytest.param("đến năm 2030", {"due": "..2030-12-31"}, id="until-a-year"),
    pytest.param("trước cuối năm 2026", {"due": "..2026-12-31"}, id="before-the-end-of-it"),
    pytest.param("6 tháng đầu năm 2026", {"due": "2026-01-01..2026-06-30"}, id="half-year"),
    pytest.param("năm 2026", {"due": "2026-01-01..2026-12-31"}, id="bare-year"),
    pytest.param("2025 và 2026", {"due": "2025-01-01..2026-12-31"}, id="two-years"),
    pytest.param("with deadlines between January and June 2026", {"due": "2026-01-01..2026-06-30"}, id="between"),
    pytest.param("due between July and September 2026", {"due": "2026-07-01..2026-09-30"}, id="due-between"),
    pytest.param("hạn từ quý I đến quý II năm 2026", {"due": "2026-01-01..2026-06-30"}, id="due-from-to"),
    pytest.param("AI tasks due March 2026 and may be more",
                 {"text": "AI and may be more", "topics": ["tri-tue-nhan-tao"], "due": "2026-03-01..2026-03-31",
                  "kinds": ["task"]},
                 id="may-is-no-month"),
    pytest.param("han thang 9/2025", {"due": "2025-09-01..2025-09-30"}, id="month-without-accents"),
    pytest.param("truoc quy II/2026", {"due": "..2026-03-31"}, id="quarter-without-accents"),
    pytest.param("den nam 2030", {"due": "..2030-12-31"}, id="until-without-accents"),
]

ACTIVE = [
    pytest.param("during 2026", {"active": "2026-01-01..2026-12-31"}, id="during"),
    pytest.param("active in 2026", {"active": "2026-01-01..2026-12-31"}, id="active-in"),
    pytest.param("from 2025 to 2027", {"active": "2025-01-01..2027-12-31"}, id="from-to"),
    pytest.param("between January and June 2026", {"active": "2026-01-01..2026-06-30"}, id="between-months"),
    pytest.param("tasks between 1/2026 and 6/2026",
                 {"active": "2026-01-01..2026-06-30", "kinds": ["task"]}, id="between-figures"),
    pytest.param("between the first and third quarter of 2026", {"active": "2026-01-01..2026-09-30"}, id="quarters"),
    pytest.param("from January 2026 to June", {"active": "2026-01-01..2026-06-30"}, id="year-said-first"),
    pytest.param("từ tháng 1 đến tháng 6 năm 2026", {"active": "2026-01-01..2026-06-30"}, id="từ-đến"),
    pytest.param("tu thang 1 den thang 6 nam 2026", {"active": "2026-01-01..2026-06-30"}, id="tu-den"),
    pytest.param("từ tháng 1/2026 đến tháng 6", {"active": "2026-01-01..2026-06-30"}, id="từ-đến-year-first"),
    pytest.param("từ quý I đến quý III năm 2026", {"active": "2026-01-01..2026-09-30"}, id="quý-đến-quý"),
    pytest.param("from March to June 2026", {"active": "2026-03-01..2026-06-30"}, id="year-said-once"),
    pytest.param("trong năm 2026", {"active": "2026-01-01..2026-12-31"}, id="in-the-course-of"),
    pytest.param("đang thực hiện năm 2026", {"active": "2026-01-01..2026-12-31"}, id="being-done"),
    pytest.param("năm 2026 làm gì", {"active": "2026-01-01..2026-12-31", "kinds": ["task"]}, id="what-is-done"),
    pytest.param("giai đoạn 2025-2030", {"active": "2025-01-01..2030-12-31"}, id="period"),
    pytest.param("2025-2030", {"active": "2025-01-01..2030-12-31"}, id="bare-span"),
    pytest.param("từ tháng 9 đến tháng 12/2026", {"active": "2026-09-01..2026-12-31"}, id="months-of-one-year"),
    pytest.param("từ năm 2027 trở đi", {"active": "2027-01-01.."}, id="from-then-on"),
    pytest.param("trong nam 2026", {"active": "2026-01-01..2026-12-31"}, id="without-accents"),
    pytest.param("nhiệm vụ đến hạn trong giai đoạn 2026-2030",
                 {"due": "2026-01-01..2030-12-31", "kinds": ["task"]}, id="a-span-can-be-due"),
]
# fmt: on


@pytest.mark.parametrize(("question", "expected"), DUE + ACTIVE)
def test_periods(question: str, expected: dict[str, object]) -> None:
    assert brief(read_question(question, vocabulary())) == expected


@pytest.mark.parametrize(
    ("question", "due"),
    [
        pytest.param("việc phải xong trong năm nay", "2026-01-01..2026-12-31", id="this-year"),
        pytest.param("due next quarter", "2027-01-01..2027-03-31", id="over-new-year"),
        pytest.param("den han thang nay", "2026-11-01..2026-11-30", id="this-month-without-accents"),
        pytest.param("đến hạn tháng trước", "2026-10-01..2026-10-31", id="last-month"),
        pytest.param("đến hạn tuần này", "2026-11-16..2026-11-22", id="a-week-begins-on-monday"),
        pytest.param("due next week", "2026-11-23..2026-11-29", id="next-week"),
        pytest.param("due today", "2026-11-22..2026-11-22", id="today"),
        pytest.param("đến hạn trong 30 ngày tới", "2026-11-22..2026-12-22", id="days"),
        pytest.param("due in the next 2 weeks", "2026-11-22..2026-12-06", id="weeks"),
        pytest.param("nhiệm vụ sắp đến hạn", "2026-11-22..2027-02-20", id="soon-is-ninety-days"),
        pytest.param("nhiem vu sap den han", "2026-11-22..2027-02-20", id="soon-without-accents"),
        pytest.param("upcoming deadlines", "2026-11-22..2027-02-20", id="upcoming"),
        pytest.param("tasks due soon", "2026-11-22..2027-02-20", id="due-soon"),
        pytest.param("sắp quá hạn", "2026-11-22..2027-02-20", id="not-overdue-yet"),
    ],
)
def test_words_that_need_a_calendar(question: str, due: str) -> None:
    assert span(read_question(question, vocabulary(), date(2026, 11, 22)).due) == due
    assert read_question(question, vocabulary()).due is None


@pytest.mark.parametrize(
    ("question", "active"),
    [
        pytest.param("đang thực hiện", "2026-11-22..2026-11-22", id="alone"),
        pytest.param("nhiệm vụ nào đang được triển khai?", "2026-11-22..2026-11-22", id="question"),
        pytest.param("nhiệm vụ đang thực hiện của Sở Y tế", "2026-11-22..2026-11-22", id="of-a-body"),
        pytest.param("nhiem vu dang thuc hien", "2026-11-22..2026-11-22", id="without-accents"),
        pytest.param("tasks in progress", "2026-11-22..2026-11-22", id="english"),
        pytest.param("nhiệm vụ đang thực hiện năm 2027", "2027-01-01..2027-12-31", id="a-time-that-is-named"),
        pytest.param("doanh nghiệp đang thực hiện chuyển đổi số", "none", id="somebody-does-something"),
        pytest.param("nhiệm vụ không đang thực hiện", "none", id="not-under-way"),
    ],
)
def test_under_way_is_active_today(question: str, active: str) -> None:
    found = read_question(question, vocabulary(), date(2026, 11, 22))
    assert (span(found.active) if found.active else "none") == active
    if active.startswith("2026"):
        assert "thực hiện" not in found.text
        assert read_question(question, vocabulary()).active is None
