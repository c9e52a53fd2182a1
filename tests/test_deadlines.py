"""Deadlines keep the precision of the page; the bounds beside them are whole days."""

from __future__ import annotations

import time

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
        pytest.param(by("2026-12-31", "2026-12-31", "2026-12-31", "2026-12-31"), id="as-a-workbook-exports-it"),
        pytest.param(by("Quý II\n/2026", "2026-06", "2026-04-01", "2026-06-30"), id="broken-before-the-slash"),
        pytest.param(by("30/6/26", "2026-06-30", "2026-06-30", "2026-06-30"), id="short-year"),
        pytest.param(by("2030 (tầm nhìn 2045)", "2030", "2030-01-01", "2030-12-31"), id="a-vision-is-no-end"),
        pytest.param(by("Tháng １２/２０２６", "2026-12", "2026-12-01", "2026-12-31"), id="full-width-digits"),
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
        pytest.param(
            period("Tháng 5-6/2026", "2026-05", "2026-06", ("2026-05-01", "2026-06-01", "2026-06-30")),
            id="two-months-are-not-the-fifth-of-june",
        ),
        pytest.param(
            period("Từ tháng 01 đến tháng 12/2026", "2026-01", "2026-12", ("2026-01-01", "2026-12-01", "2026-12-31")),
            id="one-year-for-both-months",
        ),
        pytest.param(
            period("Quý II - III/2026", "2026-04", "2026-09", ("2026-04-01", "2026-07-01", "2026-09-30")),
            id="one-year-for-both-quarters",
        ),
        pytest.param(period("2026, 2027", "2026", "2027", ("2026-01-01", "2027-01-01", "2027-12-31")), id="two-years"),
        pytest.param(
            period("Năm học 2026-2027", "2026", "2027", ("2026-01-01", "2027-01-01", "2027-12-31")), id="school-year"
        ),
        pytest.param(
            period("2025-2026 và định hướng 2030", "2025", "2026", ("2025-01-01", "2026-01-01", "2026-12-31")),
            id="an-orientation-is-no-end",
        ),
        pytest.param(
            period(
                "Giai đoạn 2026 - 2030 và những năm tiếp theo",
                "2026",
                "2030",
                ("2026-01-01", "2030-01-01", "2030-12-31"),
            ),
            id="a-period-and-the-years-after",
        ),
        *(
            pytest.param(Deadline("period", start, raw=raw, active_from=f"{start}-01-01"), id=f"open-end-{at}")
            for at, (raw, start) in enumerate(
                [
                    ("2025 và các năm tiếp theo", "2025"),
                    ("Từ năm 2026", "2026"),
                    ("Đến năm 2026 và những năm tiếp theo", "2026"),
                ]
            )
        ),
        pytest.param(by("Quý II, III/2026", "2026-09", "2026-07-01", "2026-09-30"), id="the-last-of-two-quarters"),
        pytest.param(by("Q2/2026", "2026-06", "2026-04-01", "2026-06-30"), id="quarter-in-short"),
        pytest.param(by("T6/2026", "2026-06", "2026-06-01", "2026-06-30"), id="month-in-short"),
        pytest.param(by("30.6.2026", "2026-06-30", "2026-06-30", "2026-06-30"), id="day-with-dots"),
        pytest.param(by("5-6-2026", "2026-06-05", "2026-06-05", "2026-06-05"), id="day-with-hyphens"),
        pytest.param(
            Deadline("recurring", recurrence="yearly", due="11", raw="Tháng 11 hằng năm"), id="a-month-of-every-year"
        ),
        pytest.param(
            Deadline("recurring", recurrence="yearly", due="quarter-4", raw="Quý IV hằng năm"),
            id="a-quarter-of-every-year",
        ),
        pytest.param(
            Deadline("recurring", recurrence="yearly", due="12-15", raw="Trước 15/12 hằng năm"),
            id="a-day-of-every-year",
        ),
        pytest.param(
            Deadline("recurring", recurrence="monthly", due="20", raw="Ngày 20 hằng tháng"), id="a-day-of-every-month"
        ),
        pytest.param(Deadline("recurring", recurrence="quarterly", raw="Hằng quý, năm"), id="the-shorter-rhythm"),
        *(
            pytest.param(Deadline("conditional", raw=raw), id=f"no-year-{at}")
            for at, raw in enumerate(["Quý III", "Tháng 6", "31/12", "Cả năm"])
        ),
        pytest.param(Deadline("conditional", raw="Đã hoàn thành"), id="done-already"),
        pytest.param(Deadline("conditional", raw="2030-2025"), id="a-period-that-ends-before-it-begins"),
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
    raw = deadline.raw or ""
    assert parse_deadline(raw) == deadline
    if not raw.startswith("Trình"):  # what a column of deadlines may say, the alignment of columns must know
        assert parse_deadline(raw, whole=True) == deadline


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("30/02/2026", id="30-february"),
        pytest.param("29/02/2027", id="no-leap-year"),
        pytest.param("Trước ngày 31/9/2025", id="31-september"),
    ],
)
def test_a_day_that_does_not_exist_bounds_nothing(text: str) -> None:
    deadline = parse_deadline(text, whole=True)
    assert deadline.kind == "conditional"
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
        pytest.param(
            "Ban hành (thời gian hoàn thành: Quý II/2026)",
            [("by", "2026-06", None, None, "thời gian hoàn thành: Quý II/2026")],
            id="time-of-completion",
        ),
        pytest.param(
            "Xây dựng nền tảng số (thời gian: 2025 - 2027)",
            [("period", "2027", None, None, "thời gian: 2025 - 2027")],
            id="time-in-brackets",
        ),
        pytest.param(
            "ban hành trong Quý III/2025", [("by", "2025-09", None, None, "trong Quý III/2025")], id="within-a-quarter"
        ),
        pytest.param(
            "hồ sơ trình Quốc hội năm 2026", [("by", "2026", None, None, "trình Quốc hội năm 2026")], id="submitted-in"
        ),
        pytest.param(
            "nhiệm vụ được thực hiện thường xuyên",
            [("ongoing", None, None, None, "thực hiện thường xuyên")],
            id="all-the-time",
        ),
        pytest.param(
            "thí điểm đến hết ngày 31/12/2025",
            [("by", "2025-12-31", None, None, "đến hết ngày 31/12/2025")],
            id="until",
        ),
        pytest.param(
            "hoàn thành trong giai đoạn 2026-2030",
            [("period", "2030", None, None, "hoàn thành trong giai đoạn 2026-2030")],
            id="done-within-a-period",
        ),
        pytest.param(
            "trong vòng 30 ngày kể từ ngày ban hành",
            [("conditional", None, None, None, "trong vòng 30 ngày kể từ ngày ban hành")],
            id="days-after-something",
        ),
        pytest.param(
            "nếu có vướng mắc phải kịp thời tổng hợp gửi Sở Tài chính",
            [("conditional", None, None, None, "nếu có vướng mắc")],
            id="a-condition-ends-before-what-it-asks",
        ),
        pytest.param(
            "báo cáo trước ngày 15/6 và 15/12 hằng năm",
            [("recurring", None, "yearly", "06-15,12-15", "trước ngày 15/6 và 15/12 hằng năm")],
            id="two-days-of-every-year",
        ),
        pytest.param(
            "định kỳ 6 tháng (trước ngày 15/6), năm (trước ngày 15/12) báo cáo",
            [
                (
                    "recurring",
                    None,
                    "half-yearly",
                    "06-15,12-15",
                    "định kỳ 6 tháng (trước ngày 15/6), năm (trước ngày 15/12)",
                )
            ],
            id="two-days-apart",
        ),
        pytest.param(
            "định kỳ ngày 20 hằng tháng gửi số liệu",
            [("recurring", None, "monthly", "20", "định kỳ ngày 20 hằng tháng")],
            id="on-a-day-of-every-month",
        ),
        pytest.param(
            "hằng tháng (trước ngày 25) báo cáo",
            [("recurring", None, "monthly", "25", "hằng tháng (trước ngày 25)")],
            id="every-month-day-in-brackets",
        ),
        pytest.param(
            "hằng quý, hằng năm báo cáo UBND tỉnh",
            [("recurring", None, "quarterly", None, "hằng quý, hằng năm")],
            id="two-rhythms",
        ),
        pytest.param(
            "gửi báo cáo về Sở Nội vụ trước ngày 20/12",
            [("recurring", None, "yearly", "12-20", "trước ngày 20/12")],
            id="a-report-without-a-year-is-due-every-year",
        ),
        pytest.param("mục tiêu đến năm 2030", [], id="a-goal"),
        pytest.param("trình UBND tỉnh phê duyệt kế hoạch năm 2026", [], id="the-year-of-a-plan"),
        pytest.param("tính đến hết ngày 31/12/2024", [], id="the-day-of-a-count"),
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


@pytest.mark.parametrize("piece", ["định kỳ hằng năm ", "Quý I, ", "hằng quý, ", "nếu có vướng mắc ", "trình ", "1/"])
def test_long_texts_take_time_in_proportion(piece: str) -> None:
    """136 kB in well under a second: a pattern that starts anew at each place would take minutes."""
    text = piece * (136_000 // len(piece))
    began = time.process_time()
    list(find_deadlines(text))
    parse_deadline(text)
    assert time.process_time() - began < 5
