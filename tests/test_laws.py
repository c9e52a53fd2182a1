"""A law has one node, whether a text gives its number, its name and date, or its name alone."""

from __future__ import annotations

import pytest

from graph.resolve import resolve_corpus
from tests.texts import plan_of, short

SCIENCE = "Luật Khoa học và Công nghệ"
NUMBERED = f"{SCIENCE} số 29/2013/QH13 ngày 18/6/2013"
OF_2013 = "trung-uong/qh13/2013/29"
INVESTMENT = "Luật Đầu tư công số 39/2019/QH14 ngày 13/6/2019; Luật Đầu tư công số 58/2024/QH15 ngày 29/11/2024"
UNKNOWN = "trung-uong/luat/khong-ro-nam/dau-tu-cong"


def target(*laws: str) -> str | None:
    """Where the last law leads that a corpus of one plan for each text names."""
    plans = [
        plan_of(f"{n}/KH-UBND", "Nghệ An", "05 tháng 3 năm 2025", f"Kế hoạch {n}", f"Căn cứ {law};", f"{n}.txt")
        for n, law in enumerate(laws, start=1)
    ]
    return short(resolve_corpus(plans, {}).mentions[-1].target)


@pytest.mark.parametrize(
    ("laws", "expected"),
    [
        pytest.param((NUMBERED, f"{SCIENCE} ngày 18/6/2013"), OF_2013, id="name-and-date"),
        pytest.param((NUMBERED, f"{SCIENCE} năm 2013"), OF_2013, id="name-and-year"),
        pytest.param((NUMBERED, SCIENCE), OF_2013, id="name-alone-of-one-known"),
        pytest.param((NUMBERED, f"{SCIENCE} ngày 09/6/2000"), "trung-uong/luat/2000/khoa-hoc-va-cong-nghe", id="older"),
        pytest.param((f"{SCIENCE} (Luật số 29/2013/QH13); {SCIENCE}",), OF_2013, id="the-number-in-brackets"),
        pytest.param(
            ("Luật số 93/2025/QH15 của Quốc hội về Khoa học và đổi mới sáng tạo", "Luật Khoa học và đổi mới sáng tạo"),
            "trung-uong/qh15/2025/93",
            id="the-name-behind-the-number",
        ),
        pytest.param((INVESTMENT, "Luật Đầu tư công ngày 29/11/2024"), "trung-uong/qh15/2024/58", id="the-later"),
        pytest.param((INVESTMENT, "Luật Đầu tư công"), UNKNOWN, id="two-of-one-name-never-guess"),
        pytest.param((SCIENCE,), "trung-uong/luat/khong-ro-nam/khoa-hoc-va-cong-nghe", id="no-number-anywhere"),
        pytest.param(
            ("Luật Đầu tư công số 58/2026/QH16 ngày 29/11/2026", "Luật Đầu tư công"), UNKNOWN, id="a-law-to-come"
        ),
    ],
)
def test_a_name_leads_to_the_numbered_law(laws: tuple[str, ...], expected: str) -> None:
    assert target(*laws) == expected
