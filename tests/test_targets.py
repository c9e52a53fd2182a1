"""Targets: figures to be reached, with what is measured and the year they are for."""

from __future__ import annotations

import pytest

from ingest.records import Origin, Target
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
        pytest.param(
            "- Phấn đấu đến 2030 có 05-07 sáng chế/giải pháp hữu ích được đăng ký bảo hộ.",
            [
                (
                    "Số sáng chế/giải pháp hữu ích được đăng ký bảo hộ",
                    "range",
                    (5, 7),
                    "sáng chế/giải pháp hữu ích",
                    2030,
                )
            ],
            id="counted-things",
        ),
        pytest.param(
            "- Đến năm 2030, thành lập ít nhất 2-3 doanh nghiệp khoa học và công nghệ.",
            [
                (
                    "thành lập doanh nghiệp khoa học và công nghệ",
                    "range",
                    (2, 3),
                    "doanh nghiệp khoa học và công nghệ",
                    2030,
                )
            ],
            id="counted-things-behind-a-verb",
        ),
        pytest.param(
            "- Có ít nhất 150.000 doanh nghiệp vào năm 2030.",
            [("Số doanh nghiệp", ">=", 150000, "doanh nghiệp", 2030)],
            id="thousands",
        ),
        pytest.param(
            "- Kim ngạch xuất khẩu đạt 120 tỷ USD.", [("Kim ngạch xuất khẩu", "=", 120, "tỷ USD", None)], id="money"
        ),
        pytest.param(
            "- Nhân lực nghiên cứu đạt 20 người trên một vạn dân.",
            [("Nhân lực nghiên cứu", "=", 20, "người/vạn dân", None)],
            id="per-ten-thousand-in-words",
        ),
        pytest.param(
            "- Tỷ lệ hồ sơ trực tuyến đạt 95% trở lên.",
            [("Tỷ lệ hồ sơ trực tuyến", ">=", 95, "%", None)],
            id="and-above",
        ),
        pytest.param(
            "- Từ 90% trở lên người dân có tài khoản.",
            [("Tỷ lệ người dân có tài khoản", ">=", 90, "%", None)],
            id="and-above-opens-the-sentence",
        ),
        pytest.param(
            "- Giảm 20% thời gian giải quyết thủ tục hành chính.",
            [("thời gian giải quyết thủ tục hành chính", "increase", -20, "%", None)],
            id="a-fall",
        ),
        pytest.param(
            "- Mức đầu tư cho khoa học đạt khoảng 1,5% tổng chi ngân sách tỉnh hàng năm vào năm 2030.",
            [("Mức đầu tư cho khoa học", "=", 1.5, "% tổng chi ngân sách", 2030)],
            id="a-share-of-the-budget",
        ),
        pytest.param(
            "- Phát triển kinh tế số: Phấn đấu đến 2030 kinh tế số chiếm 30% GRDP của tỉnh.",
            [("kinh tế số", "=", 30, "% GRDP", 2030)],
            id="what-stands-before-a-colon-is-not-measured",
        ),
        pytest.param(
            "- Đẩy mạnh nghiên cứu; hàng năm có trên 60% đề tài, dự án nông nghiệp; khoảng 10% cho lĩnh vực xã hội.",
            [
                ("Tỷ lệ đề tài, dự án nông nghiệp", ">", 60, "%", None),
                ("Tỷ lệ cho lĩnh vực xã hội", "=", 10, "%", None),
            ],
            id="a-semicolon-ends-it",
        ),
        pytest.param(
            "- Có thêm 30 doanh nghiệp công nghệ.",
            [("Số doanh nghiệp công nghệ", "increase", 30, "doanh nghiệp công nghệ", None)],
            id="more-of-them",
        ),
        pytest.param(
            "- Tăng năng suất lao động bình quân 8%/năm.",
            [("năng suất lao động", "increase", 8, "%/năm", None)],
            id="a-verb-before-its-noun",
        ),
        pytest.param(
            "- Góp phần tăng năng suất lao động trên 8%/năm.",
            [("năng suất lao động", ">", 8, "%/năm", None)],
            id="growth-above",
        ),
        pytest.param(
            "- Giảm thời gian giải quyết thủ tục ít nhất 20%.",
            [("thời gian giải quyết thủ tục", "increase", -20, "%", None)],
            id="a-fall-before-its-noun",
        ),
        pytest.param("- Giảm tỷ lệ hộ nghèo xuống dưới 2%.", [("tỷ lệ hộ nghèo", "<", 2, "%", None)], id="a-fall-to"),
        pytest.param(
            "- Tăng tỷ lệ lao động qua đào tạo lên 70%.",
            [("tỷ lệ lao động qua đào tạo", "=", 70, "%", None)],
            id="a-rise-to",
        ),
        pytest.param(
            "- Nâng cao chất lượng dịch vụ, phấn đấu đến năm 2030 tỷ lệ hộ nghèo giảm 2%.",
            [("tỷ lệ hộ nghèo", "increase", -2, "%", 2030)],
            id="what-is-done-for-it-is-not-measured",
        ),
        pytest.param(
            "- Mở rộng hạ tầng số, bảo đảm phủ sóng 5G đến 95% dân số.",
            [("phủ sóng 5G", "=", 95, "%", None)],
            id="what-is-assured",
        ),
        pytest.param(
            "- Nâng cao chất lượng, 100% hồ sơ được giải quyết trực tuyến.",
            [("Tỷ lệ hồ sơ được giải quyết trực tuyến", "=", 100, "%", None)],
            id="named-behind-a-lead-in",
        ),
        pytest.param(
            "- Tỷ lệ xã có hạ tầng số, bảo đảm an toàn đạt 95%.",
            [("Tỷ lệ xã có hạ tầng số, bảo đảm an toàn", "=", 95, "%", None)],
            id="a-condition-is-no-aim",
        ),
        pytest.param(
            "- Tăng thêm 20 doanh nghiệp; có thêm 15 hợp tác xã.",
            [
                ("Số doanh nghiệp", "increase", 20, "doanh nghiệp", None),
                ("Số hợp tác xã", "increase", 15, "hợp tác xã", None),
            ],
            id="a-clause-with-a-noun-of-its-own",
        ),
        pytest.param(
            "- Giao dịch điện tử chiếm 70% tổng mức bán lẻ hàng hóa, dịch vụ.",
            [("Giao dịch điện tử", "=", 70, "% tổng mức bán lẻ hàng hóa, dịch vụ", None)],
            id="a-share-of-a-whole",
        ),
        pytest.param(
            "- 100% tổng số hộ được dùng nước sạch.",
            [("Tỷ lệ tổng số hộ được dùng nước sạch", "=", 100, "% tổng số hộ", None)],
            id="a-whole-that-opens-the-sentence",
        ),
        pytest.param(
            "- Mỗi xã có ít nhất 01 tổ công nghệ số cộng đồng.",
            [("Số tổ công nghệ số cộng đồng của mỗi xã", ">=", 1, "tổ", None)],
            id="one-in-each",
        ),
        pytest.param(
            "- Thu hút 500 tỷ đồng vốn đầu tư.",
            [("Thu hút vốn đầu tư", "=", 500, "tỷ đồng", None)],
            id="money-for-what",
        ),
        pytest.param("- PII thuộc nhóm 15 cả nước.", [], id="a-rank-is-not-measured"),
        pytest.param("- Đến năm 2030 doanh nghiệp nhỏ và vừa phát triển.", [], id="a-year-counts-nothing"),
        pytest.param("- Tổng kinh phí là 1.500 tỷ đồng.", [], id="a-cost-is-no-target"),
        pytest.param("- Nâng cao nhận thức của cán bộ.", [], id="no-figure"),
    ],
)
def test_figures(text: str, targets: list[tuple[str, str, float | tuple[float, float], str, int | None]]) -> None:
    found = [(t.indicator, t.comparator, t.value, t.unit, t.year) for t in targets_of(text)]
    assert found == targets


def test_a_baseline_is_no_year_of_the_target() -> None:
    [target] = targets_of("- Số lượng đơn đăng ký sáng chế tăng 2 lần so với giai đoạn 2016-2020.")
    assert (target.value, target.unit, target.year, target.baseline) == (2, "lần", None, "so với giai đoạn 2016-2020")


@pytest.mark.parametrize(
    ("text", "head", "year"),
    [
        pytest.param("a) Đến năm 2030\n- Tỷ lệ hộ có cáp quang đạt 80%.", "II. MỤC TIÊU\n", 2030, id="heading"),
        pytest.param("- Tỷ lệ hộ có cáp quang đạt 80%.", "II. MỤC TIÊU ĐẾN NĂM 2030\n", 2030, id="section"),
        pytest.param("Đến năm 2027:\n- Tỷ lệ hộ có cáp quang đạt 80%.", "II. MỤC TIÊU\n", 2027, id="paragraph"),
        pytest.param("- Tỷ lệ hộ đạt 80%.", "II. MỤC TIÊU GIAI ĐOẠN 2021-2025\n", None, id="a-period-is-no-year"),
        pytest.param(
            "a) Đến năm 2030, tầm nhìn đến năm 2045\n- Tỷ lệ hộ có cáp quang đạt 80%.",
            "II. MỤC TIÊU\n",
            2030,
            id="a-vision-is-no-year",
        ),
    ],
)
def test_a_year_may_stand_in_the_heading(text: str, head: str, year: int | None) -> None:
    [target] = targets_of(text, head)
    origin = target.evidence["year"].origin if "year" in target.evidence else None
    assert (target.year, origin) == (year, Origin.INHERITED if year else None)


def test_the_quote_holds_the_figure() -> None:
    [target] = targets_of("- Đến năm 2025, đầu tư cho khoa học và công nghệ đạt 1,2%-1,5% GRDP.")
    assert target.source.quote == "Đến năm 2025, đầu tư cho khoa học và công nghệ đạt 1,2%-1,5% GRDP"
    assert target.address == "phan/ii/gach-1/chi-tieu-1"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("1. Bảo đảm 100% cơ sở y tế triển khai bệnh án điện tử.", 1, id="what-a-plan-undertakes"),
        pytest.param("1. Hỗ trợ doanh nghiệp, hiện chiếm 60% số cơ sở.", 0, id="what-is-so-already"),
        pytest.param("1. Cung cấp 100% dữ liệu mở của cơ quan nhà nước.", 1, id="what-it-provides"),
        pytest.param("1. Triển khai mạng 5G đến 100% xã, phường.", 1, id="to-each"),
        pytest.param("1. Đầu tư cho khoa học đạt 2% tổng chi ngân sách.", 1, id="a-share-of-the-budget"),
        pytest.param("1. Năm 2020, đầu tư cho khoa học đạt 0,5% tổng chi ngân sách.", 0, id="a-year-gone-by"),
        pytest.param("1. Đầu tư cho khoa học đã đạt 2% GRDP.", 0, id="reached"),
        pytest.param("1. Hỗ trợ cho 100% kinh phí đào tạo.", 0, id="a-share-of-the-cost"),
        pytest.param("1. Ngân sách tỉnh hỗ trợ cho 100% doanh nghiệp.", 0, id="the-budget-pays"),
    ],
)
def test_outside_the_objectives_a_plan_must_undertake_it(text: str, count: int) -> None:
    assert len(targets_of(text, "III. NHIỆM VỤ\n")) == count


def test_who_pays_is_no_target() -> None:
    assert targets_of("1. Ngân sách tỉnh bảo đảm 100% kinh phí.", "IV. KINH PHÍ THỰC HIỆN\n") == []


def test_parts_that_make_up_a_whole_are_shares_of_the_same() -> None:
    text = "1. Bảo đảm chi cho khoa học là 3% tổng chi ngân sách (với cơ cấu chi 1% cho nghiên cứu và 2% cho chi khác)"
    found = targets_of(text, "III. NHIỆM VỤ\n")
    assert [(t.indicator, t.value, t.unit) for t in found] == [
        ("chi cho khoa học", 3, "% tổng chi ngân sách"),
        ("Tỷ lệ cho nghiên cứu", 1, "% tổng chi ngân sách"),
        ("Tỷ lệ cho chi khác", 2, "% tổng chi ngân sách"),
    ]
    quotes = [t.source.quote for t in found]
    assert [quote.count("(") - quote.count(")") for quote in quotes] == [0, 0, 0]
