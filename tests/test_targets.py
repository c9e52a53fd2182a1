"""Targets: figures to be reached, with what is measured and the year they are for."""

from __future__ import annotations

import pytest

from ingest.records import Target
from ingest.targets import find_targets
from tests.texts import outline_of, source_of


def targets_of(text: str, head: str = "II. MỤC TIÊU\n") -> list[Target]:
    return list(find_targets(source_of(head + text), outline_of(head + text)))


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        pytest.param(
            "- Phấn đấu đến năm 2030, đóng góp của năng suất nhân tố tổng hợp (TFP) vào tăng trưởng kinh tế của "
            "tỉnh đạt 40%.",
            [("đóng góp của năng suất nhân tố tổng hợp (TFP) vào tăng trưởng kinh tế của tỉnh", "=", 40, "%", 2030)],
            id="equal",
        ),
        pytest.param(
            "- Đến năm 2030, đóng góp của TFP vào tăng trưởng GRDP ở mức trên 50%.",
            [("đóng góp của TFP vào tăng trưởng GRDP", ">", 50, "%", 2030)],
            id="more-than",
        ),
        pytest.param(
            "- Đến năm 2030, đầu tư cho khoa học và công nghệ phấn đấu đạt 1,5%-2% GRDP.",
            [("đầu tư cho khoa học và công nghệ", "range", (1.5, 2), "% GRDP", 2030)],
            id="range-of-grdp",
        ),
        pytest.param(
            "- Năng suất lao động tăng bình quân 8%/năm giai đoạn 2025-2030.",
            [("Năng suất lao động", "increase", 8, "%/năm", 2030)],
            id="growth-a-year",
        ),
        pytest.param(
            "- Đến năm 2025, nhân lực nghiên cứu đạt 10 người/một vạn dân; đến năm 2030 đạt 12 người/một vạn dân.",
            [
                ("nhân lực nghiên cứu", "=", 10, "người/vạn dân", 2025),
                ("nhân lực nghiên cứu", "=", 12, "người/vạn dân", 2030),
            ],
            id="two-years-of-one-indicator",
        ),
        pytest.param(
            "- Không quá 5% hồ sơ trễ hạn trong năm 2026.",
            [("Tỷ lệ hồ sơ trễ hạn trong năm 2026", "<=", 5, "%", 2026)],
            id="a-share-that-opens-the-sentence",
        ),
        pytest.param("- Ban hành kế hoạch số 719/QĐ-UBND ngày 27/8/2025.", [], id="numbers-of-documents"),
        pytest.param("- Tổng kinh phí là 1.500 tỷ đồng.", [], id="money-is-not-measured-yet"),
        pytest.param("- Nâng cao nhận thức của cán bộ.", [], id="no-figure"),
    ],
)
def test_figures(text: str, targets: list[tuple[str, str, float | tuple[float, float], str, int]]) -> None:
    found = [(t.indicator, t.comparator, t.value, t.unit, t.year) for t in targets_of(text)]
    assert found == targets


def test_a_baseline_is_no_year_of_the_target() -> None:
    [target] = targets_of("- Số lượng đơn đăng ký sáng chế tăng 2 lần so với giai đoạn 2016-2020.")
    assert (target.value, target.unit, target.year, target.baseline) == (2, "lần", None, "so với giai đoạn 2016-2020")


def test_the_quote_holds_the_figure() -> None:
    [target] = targets_of("- Đến năm 2025, đầu tư cho khoa học và công nghệ đạt 1,2%-1,5% GRDP.")
    assert target.source.quote == "Đến năm 2025, đầu tư cho khoa học và công nghệ đạt 1,2%-1,5% GRDP"
    assert target.address == "phan/ii/gach-1/chi-tieu-1"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("1. Bảo đảm 100% cơ sở y tế triển khai bệnh án điện tử.", 1, id="what-a-plan-undertakes"),
        pytest.param("1. Hỗ trợ doanh nghiệp, hiện chiếm 60% số cơ sở.", 0, id="what-is-so-already"),
    ],
)
def test_outside_the_objectives_a_plan_must_undertake_it(text: str, count: int) -> None:
    assert len(targets_of(text, "III. NHIỆM VỤ\n")) == count
