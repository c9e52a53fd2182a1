"""Deadlines keep the precision of the page; the bounds beside them are whole days."""

from __future__ import annotations

import pytest

from ingest.deadlines import find_deadlines, parse_deadline
from ingest.records import Deadline


def by(raw: str, end: str, first: str, last: str) -> Deadline:
    return Deadline("by", None, end, raw=raw, earliest=first, latest=last, active_to=last)


def period(raw: str, start: str, end: str, days: tuple[str, str, str]) -> Deadline:
    """`days`: the first day of all, then the first and the last day of the printed end."""
    return Deadline("period", start, end, None, None, raw, days[1], days[2], days[0], days[2])


@pytest.mark.parametrize(
    "deadline",
    [
        pytest.param(Deadline(), id="empty-cell"),
        pytest.param(by("2026", "2026", "2026-01-01", "2026-12-31"), id="year"),
        pytest.param(by("Năm 2025", "2025", "2025-01-01", "2025-12-31"), id="year-in-words"),
        pytest.param(by("2026.", "2026", "2026-01-01", "2026-12-31"), id="full-stop"),
        pytest.param(by("Đến 2030", "2030", "2030-01-01", "2030-12-31"), id="until-a-year"),
        pytest.param(by("cuối năm 2026", "2026", "2026-01-01", "2026-12-31"), id="end-of-a-year"),
        pytest.param(by("Tháng 9/2026", "2026-09", "2026-09-01", "2026-09-30"), id="month"),
        pytest.param(by("Tháng\n9/2026", "2026-09", "2026-09-01", "2026-09-30"), id="cell-broken-over-lines"),
        pytest.param(by("06/2026", "2026-06", "2026-06-01", "2026-06-30"), id="month-in-figures"),
        pytest.param(by("Tháng 2 năm 2028", "2028-02", "2028-02-01", "2028-02-29"), id="leap-month"),
        pytest.param(by("Quý IV/2025", "2025-12", "2025-10-01", "2025-12-31"), id="quarter-is-its-last-month"),
        pytest.param(by("Quý 1 năm 2026", "2026-03", "2026-01-01", "2026-03-31"), id="quarter-in-arabic-figures"),
        pytest.param(by("quý III, 2026", "2026-09", "2026-07-01", "2026-09-30"), id="quarter-with-a-comma"),
        pytest.param(by("6 tháng đầu năm 2026", "2026-06", "2026-01-01", "2026-06-30"), id="first-half-year"),
        pytest.param(by("6 tháng cuối năm 2026", "2026-12", "2026-07-01", "2026-12-31"), id="second-half-year"),
        pytest.param(by("Trước 31/12/2025", "2025-12-31", "2025-12-31", "2025-12-31"), id="day"),
        pytest.param(by("29/02/2028", "2028-02-29", "2028-02-29", "2028-02-29"), id="leap-day"),
        pytest.param(by("Ngày 15 tháng 6 năm 2026", "2026-06-15", "2026-06-15", "2026-06-15"), id="day-in-words"),
        pytest.param(
            by("Trình HĐND kỳ họp tháng 7/2026", "2026-07", "2026-07-01", "2026-07-31"), id="a-month-inside-words"
        ),
        pytest.param(period("2025 -2030", "2025", "2030", ("2025-01-01", "2030-01-01", "2030-12-31")), id="years"),
        pytest.param(
            period("2025- 2027", "2025", "2027", ("2025-01-01", "2027-01-01", "2027-12-31")), id="stray-space"
        ),
        pytest.param(period("2025 – 2030", "2025", "2030", ("2025-01-01", "2030-01-01", "2030-12-31")), id="en-dash"),
        pytest.param(
            period(
                "Từ tháng 9/2025 đến tháng 12/2026", "2025-09", "2026-12", ("2025-09-01", "2026-12-01", "2026-12-31")
            ),
            id="months",
        ),
        pytest.param(
            period("Quý III/2025 - Quý I/2026", "2025-07", "2026-03", ("2025-07-01", "2026-01-01", "2026-03-31")),
            id="a-period-begins-with-the-first-month-of-its-quarter",
        ),
        pytest.param(Deadline("recurring", recurrence="yearly", raw="Hằng năm"), id="yearly"),
        pytest.param(Deadline("recurring", recurrence="yearly", raw="Hàng năm"), id="yearly-other-spelling"),
        pytest.param(Deadline("recurring", recurrence="quarterly", raw="Hằng quý"), id="quarterly"),
        pytest.param(Deadline("recurring", recurrence="monthly", raw="Hằng tháng"), id="monthly"),
        pytest.param(Deadline("recurring", recurrence="half-yearly", raw="06 tháng/lần"), id="half-yearly"),
        pytest.param(Deadline("ongoing", raw="Thường xuyên"), id="ongoing"),
        pytest.param(Deadline("ongoing", raw="Thường xuyên, liên tục"), id="ongoing-twice-said"),
        pytest.param(Deadline("conditional", raw="Khi Trung ương có quy định mới"), id="conditional"),
        pytest.param(Deadline("conditional", raw="Theo lộ trình của Bộ Công an"), id="somebody-elses-timetable"),
        pytest.param(Deadline("conditional", raw="Sau năm 2030"), id="after-a-year-is-no-deadline"),
    ],
)
def test_cells_keep_their_precision(deadline: Deadline) -> None:
    assert parse_deadline(deadline.raw or "") == deadline


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("30/02/2026", id="30-february"),
        pytest.param("29/02/2027", id="no-leap-year"),
        pytest.param("Trước ngày 31/9/2025", id="31-september"),
    ],
)
def test_a_day_that_does_not_exist_bounds_nothing(text: str) -> None:
    deadline = parse_deadline(text)
    bounds = (deadline.end, deadline.earliest, deadline.latest, deadline.active_to)
    assert (deadline.raw, bounds) == (text, (None, None, None, None))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Sở Khoa học và Công nghệ", id="body"),
        pytest.param("Ngân sách địa phương", id="money"),
        pytest.param("Xây dựng trung tâm dữ liệu giai đoạn 2025-2030", id="a-task-that-names-a-period"),
        pytest.param("Kế hoạch số 102/KH-UBND ngày 19/5/2025", id="a-document-with-its-date"),
    ],
)
def test_a_cell_that_says_something_else_is_no_deadline(text: str) -> None:
    assert parse_deadline(text, whole=True) == Deadline()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "trước ngày 10 tháng 12 hằng năm (định kỳ) hoặc đột xuất báo cáo tình hình",
            [("recurring", None, "yearly", "12-10", "trước ngày 10 tháng 12 hằng năm (định kỳ) hoặc đột xuất")],
            id="every-year-on-a-day",
        ),
        pytest.param(
            "Định kỳ trước ngày 10 tháng cuối Quý gửi báo cáo",
            [("recurring", None, "quarterly", "quarter-last-month-10", "Định kỳ trước ngày 10 tháng cuối Quý")],
            id="every-quarter-on-a-day",
        ),
        pytest.param(
            "báo cáo kết quả trước ngày 25 hằng tháng",
            [("recurring", None, "monthly", "25", "trước ngày 25 hằng tháng")],
            id="every-month-on-a-day",
        ),
        pytest.param(
            "Định kỳ 6 tháng, hằng năm báo cáo UBND tỉnh",
            [("recurring", None, "half-yearly", None, "Định kỳ 6 tháng, hằng năm")],
            id="twice-a-year",
        ),
        pytest.param(
            "Chậm nhất trong quý II/2026 hoàn thành kết nối",
            [("by", "2026-06", None, None, "Chậm nhất trong quý II/2026")],
            id="at-the-latest",
        ),
        pytest.param(
            "Đến hết năm 2026, hoàn thành số hóa hồ sơ", [("by", "2026", None, None, "Đến hết năm 2026")], id="opens-it"
        ),
        pytest.param("giai đoạn 2021-2025, tầm nhìn đến năm 2030", [], id="a-period-in-a-title-binds-nobody"),
        pytest.param("tăng 20% so với năm 2020", [], id="a-baseline"),
        pytest.param("cân đối ngân sách hằng năm cho khoa học", [], id="the-budget-is-yearly-not-the-duty"),
        pytest.param("Kế hoạch số 102/KH-UBND ngày 19/5/2025", [], id="the-date-of-a-document"),
        pytest.param("xử lý trước ngày 20/12", [], id="no-year"),
    ],
)
def test_sentences_give_deadlines_with_their_place(
    text: str, found: list[tuple[str, str | None, str | None, str | None, str]]
) -> None:
    got = [(d.kind, d.end, d.recurrence, d.due, text[start:end]) for d, start, end in find_deadlines(text)]
    assert got == found
