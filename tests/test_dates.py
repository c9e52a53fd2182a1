"""Dates are as precise as the page, and a day that does not exist is no date."""

from __future__ import annotations

import pytest

from ingest.dates import find_date, match_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        pytest.param("ngày 11 tháng 5 năm 2022", "2022-05-11", id="in-words"),
        pytest.param("ngày 27 tháng 03 năm 2023", "2023-03-27", id="leading-zero"),
        pytest.param("11/5/2022", "2022-05-11", id="slashes"),
        pytest.param("ngày 27.8.2025", "2025-08-27", id="dots"),
        pytest.param("ngày 27-8-2025", "2025-08-27", id="hyphens"),
        pytest.param("ngày 29/02/2024", "2024-02-29", id="leap-day"),
        pytest.param("ngày tháng 8 năm 2025", "2025-08", id="blank-day"),
        pytest.param("ngày        /12/2022", "2022-12", id="blank-day-with-slash"),
        pytest.param("ngày / /2025", "2025", id="blank-day-and-month"),
        pytest.param("tháng 8 năm 2025", "2025-08", id="month"),
        pytest.param("tháng 8/2025", "2025-08", id="month-with-slash"),
        pytest.param("năm 2025", "2025", id="year"),
        pytest.param("ngày 31/02/2022", None, id="no-such-day"),
        pytest.param("ngày 30 tháng 02 năm 2024", None, id="no-such-day-in-words"),
        pytest.param("ngày 29/02/2023", None, id="no-leap-year"),
        pytest.param("ngày 1/13/2025", None, id="no-such-month"),
        pytest.param("2025", None, id="a-bare-figure"),
        pytest.param("27/8/25", None, id="two-figures-are-no-year"),
        pytest.param("ngày 5 tháng 6", None, id="no-year"),
    ],
)
def test_dates_keep_their_precision(text: str, date: str | None) -> None:
    assert match_date(text, 0) == ((date, len(text)) if date else None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Hà Nam, ngày tháng 8 năm 2022", ("2022-08", 8, 29), id="letterhead"),
        pytest.param("Hung Yên, ngày tháng 02 năm 2024", ("2024-02", 10, 32), id="letterhead-with-a-misprint"),
        pytest.param("ngày 31/02/2022, sửa ngày 01/3/2022", ("2022-03-01", 21, 35), id="skips-what-cannot-exist"),
        pytest.param("giai đoạn 2025-2030", None, id="a-period-is-no-date"),
    ],
)
def test_the_first_date_is_found(text: str, found: tuple[str, int, int] | None) -> None:
    assert find_date(text) == found
