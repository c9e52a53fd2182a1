"""Indicator tables: each figure of a plan column becomes a target, in all the forms in which plans print them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.cell_figures import CellFigure, read_figures
from ingest.heads import column_of, figure_of
from ingest.records import Origin, Target
from tests.texts import find_sources, read

HEAD = "KẾ HOẠCH\nChuyển đổi số\n\nII. CHỈ TIÊU\n"
DATED = "Số: 12/KH-UBND\nHà Tĩnh, ngày 05 tháng 3 năm 2025\n\n" + HEAD
RULE = "|---|---|---|---|---|---|\n"
Row = tuple[str, str, str, float | tuple[float, float], str, int | None, str | None]


def targets_of(text: str, head: str = HEAD) -> tuple[Target, ...]:
    got = read(head + text)
    assert got.tasks == (), "rows of an indicator table are no tasks"
    return got.targets


def rows_of(text: str, head: str = HEAD) -> list[Row]:
    return [
        (
            target.address.removeprefix("phan/ii/"),
            target.indicator,
            target.comparator,
            target.value,
            target.unit,
            target.year,
            target.baseline,
        )
        for target in targets_of(text, head)
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param(
            "TT | Chỉ tiêu | Đơn vị tính | Hiện trạng năm 2024 | Mục tiêu đến năm 2030 | Cơ quan chủ trì |\n"
            "1. | Tỷ lệ hồ sơ giải quyết trực tuyến: | % | 45,5 | ≥ 80 | Văn phòng UBND tỉnh |\n"
            "2. | Số doanh nghiệp công nghệ số | Doanh nghiệp | 120 | 1.000 | Sở Khoa học và Công nghệ |\n"
            "3. | Có trung tâm dữ liệu của tỉnh | | - | Có | Công an tỉnh |\n",
            [
                (
                    "muc/1/chi-tieu-1",
                    "Tỷ lệ hồ sơ giải quyết trực tuyến",
                    ">=",
                    80,
                    "%",
                    2030,
                    "Hiện trạng năm 2024: 45,5%",
                ),
                (
                    "muc/2/chi-tieu-1",
                    "Số doanh nghiệp công nghệ số",
                    "=",
                    1000,
                    "Doanh nghiệp",
                    2030,
                    "Hiện trạng năm 2024: 120 Doanh nghiệp",
                ),
            ],
            id="one-goal-with-a-baseline-and-who-watches",
        ),
        pytest.param(
            "STT | Chỉ tiêu | ĐVT | 2026 | 2027 | 2030 |\n"
            "I | CHÍNH QUYỀN SỐ |\n"
            "1 | Tỷ lệ số hóa hồ sơ | % | 60 | 70 | 80-90 |\n"
            "II | KINH TẾ SỐ |\n"
            "1 | Tỷ trọng kinh tế số trong GRDP | % | 12 | 14,5 | >20 |\n",
            [
                ("nhom/i/muc/1/chi-tieu-1", "Tỷ lệ số hóa hồ sơ", "=", 60, "%", 2026, None),
                ("nhom/i/muc/1/chi-tieu-2", "Tỷ lệ số hóa hồ sơ", "=", 70, "%", 2027, None),
                ("nhom/i/muc/1/chi-tieu-3", "Tỷ lệ số hóa hồ sơ", "range", (80, 90), "%", 2030, None),
                ("nhom/ii/muc/1/chi-tieu-1", "Tỷ trọng kinh tế số trong GRDP", "=", 12, "%", 2026, None),
                ("nhom/ii/muc/1/chi-tieu-2", "Tỷ trọng kinh tế số trong GRDP", "=", 14.5, "%", 2027, None),
                ("nhom/ii/muc/1/chi-tieu-3", "Tỷ trọng kinh tế số trong GRDP", ">", 20, "%", 2030, None),
            ],
            id="a-column-a-year-and-numbers-that-begin-anew",
        ),
        pytest.param(
            "| STT | Chỉ tiêu | ĐVT | Thực hiện 2024 | Mục tiêu | |\n" + RULE + "| | | | | 2025 | 2030 |\n"
            "| **I** | **Hạ tầng số** | | | | |\n"
            "| 1 | Tỷ lệ hộ có cáp quang | % | 70 | 80 | 100 |\n"
            "| 1.1 | Khu vực thành thị | % | 80 | 90 | 100 |\n",
            [
                ("muc/1/chi-tieu-1", "Tỷ lệ hộ có cáp quang", "=", 80, "%", 2025, "Thực hiện 2024: 70%"),
                ("muc/1/chi-tieu-2", "Tỷ lệ hộ có cáp quang", "=", 100, "%", 2030, "Thực hiện 2024: 70%"),
                (
                    "muc/1.1/chi-tieu-1",
                    "Tỷ lệ hộ có cáp quang: Khu vực thành thị",
                    "=",
                    90,
                    "%",
                    2025,
                    "Thực hiện 2024: 80%",
                ),
                (
                    "muc/1.1/chi-tieu-2",
                    "Tỷ lệ hộ có cáp quang: Khu vực thành thị",
                    "=",
                    100,
                    "%",
                    2030,
                    "Thực hiện 2024: 80%",
                ),
            ],
            id="markdown-years-under-a-goal-and-a-part-of-a-row",
        ),
        pytest.param(
            "| STT | Chỉ tiêu | ĐVT | Mục tiêu | Mục tiêu |\n|---|---|---|---|---|\n"
            "| STT | Chỉ tiêu | ĐVT | Năm 2026 | Năm 2030 |\n| 1 | Đơn đăng ký sáng chế | Đơn | 10 | 20 |\n",
            [
                ("muc/1/chi-tieu-1", "Đơn đăng ký sáng chế", "=", 10, "Đơn", 2026, None),
                ("muc/1/chi-tieu-2", "Đơn đăng ký sáng chế", "=", 20, "Đơn", 2030, None),
            ],
            id="markdown-that-repeats-merged-heads",
        ),
        pytest.param(
            "TT | Chỉ tiêu | ĐVT | Hiện trạng 2024 | Mục tiêu | Cơ quan chịu trách nhiệm |||\n2025 | 2030 ||||||\n"
            "1. | Nền tảng số dùng chung | Nền tảng | 5 | 10 | 20 | Sở Khoa học và Công nghệ |||\n",
            [
                (
                    "muc/1/chi-tieu-1",
                    "Nền tảng số dùng chung",
                    "=",
                    10,
                    "Nền tảng",
                    2025,
                    "Hiện trạng 2024: 5 Nền tảng",
                ),
                (
                    "muc/1/chi-tieu-2",
                    "Nền tảng số dùng chung",
                    "=",
                    20,
                    "Nền tảng",
                    2030,
                    "Hiện trạng 2024: 5 Nền tảng",
                ),
            ],
            id="pipes-that-lost-the-span-of-the-goal",
        ),
        pytest.param(
            "TT | Chỉ tiêu | ĐVT | Lộ trình | Cơ quan chủ trì |\n2026 | 2027 | 2030 |\n"
            "1 | Tỷ lệ xã có mạng 5G | % | 10 | 20 | 99,5 | Sở Khoa học và Công nghệ |\n"
            "2 | Vận hành trung tâm giám sát | | x | | | Công an tỉnh |\n",
            [
                ("muc/1/chi-tieu-1", "Tỷ lệ xã có mạng 5G", "=", 10, "%", 2026, None),
                ("muc/1/chi-tieu-2", "Tỷ lệ xã có mạng 5G", "=", 20, "%", 2027, None),
                ("muc/1/chi-tieu-3", "Tỷ lệ xã có mạng 5G", "=", 99.5, "%", 2030, None),
            ],
            id="a-route-whose-marks-are-no-figures",
        ),
        pytest.param(
            "\tSTT\n\tChỉ tiêu\n\tĐơn vị tính\n\tNăm 2026\n\tNăm\n2030\n\tGhi chú\n\n"
            "\t1\n\tTỷ lệ hồ sơ\n\t%\n\t80\n\t100\n\n"
            "\t2\n\tSố xã có\nđài thông minh\n\tXã\n\t5\n\t10\n\tĐợt 1\n\nNơi nhận:\n",
            [
                ("muc/1/chi-tieu-1", "Tỷ lệ hồ sơ", "=", 80, "%", 2026, None),
                ("muc/1/chi-tieu-2", "Tỷ lệ hồ sơ", "=", 100, "%", 2030, None),
                ("muc/2/chi-tieu-1", "Số xã có đài thông minh", "=", 5, "Xã", 2026, None),
                ("muc/2/chi-tieu-2", "Số xã có đài thông minh", "=", 10, "Xã", 2030, None),
            ],
            id="one-cell-a-line",
        ),
        pytest.param(
            "\tTT\n\tChỉ tiêu\n\tĐVT\n\tHiện trạng\n\tMục tiêu\n\tCơ quan chủ trì\n\t2025\n\t2030\n\n"
            "\tI\n\tHạ tầng số\n\n\t1\n\tCáp quang\n\t%\n\t70\n\t80\n\t100\n\tSở Khoa học và Công nghệ\n\nNơi nhận:\n",
            [
                ("muc/1/chi-tieu-1", "Cáp quang", "=", 80, "%", 2025, "Hiện trạng: 70%"),
                ("muc/1/chi-tieu-2", "Cáp quang", "=", 100, "%", 2030, "Hiện trạng: 70%"),
            ],
            id="one-cell-a-line-with-years-under-the-goal",
        ),
        pytest.param(
            "STT\tChỉ tiêu\tĐVT\tThực hiện năm 2025\tKế hoạch năm 2026\tGhi chú\n"
            "I\tTiềm lực khoa học và công nghệ\n"
            "1\tTổng chi cho R&D/GRDP\t%\t0,45\t0,8 - 1,0\t\n"
            "2\tNhân lực nghiên cứu\tNgười/vạn dân\t\t≥ 7\t\n"
            "\t- Trong đó: nữ\t%\t30\t40\t\n\nNơi nhận:\n",
            [
                (
                    "muc/1/chi-tieu-1",
                    "Tổng chi cho R&D/GRDP",
                    "range",
                    (0.8, 1),
                    "%",
                    2026,
                    "Thực hiện năm 2025: 0,45%",
                ),
                ("muc/2/chi-tieu-1", "Nhân lực nghiên cứu", ">=", 7, "Người/vạn dân", 2026, None),
                ("muc/2/them-1/chi-tieu-1", "Nhân lực nghiên cứu: nữ", "=", 40, "%", 2026, "Thực hiện năm 2025: 30%"),
            ],
            id="flat-tabs-and-a-row-without-a-number",
        ),
        pytest.param(
            "TT | Nội dung | ĐVT | Chỉ tiêu giao năm 2026 | Cơ quan theo dõi, đôn đốc |\n"
            "1 | Tỷ lệ cán bộ được tập huấn | % | Tối thiểu 80 | Sở Nội vụ |\n",
            [("muc/1/chi-tieu-1", "Tỷ lệ cán bộ được tập huấn", ">=", 80, "%", 2026, None)],
            id="a-head-that-says-only-content",
        ),
        pytest.param(
            "Biểu 1. Chỉ tiêu năm 2026\nTT | Mục tiêu | ĐVT | Kế hoạch | Ghi chú |\n"
            "1 | Số mô hình thử nghiệm | Mô hình | 05 - 07 | |\n",
            [("muc/1/chi-tieu-1", "Số mô hình thử nghiệm", "range", (5, 7), "Mô hình", 2026, None)],
            id="the-caption-gives-the-year",
        ),
        pytest.param(
            "STT | Nội dung chỉ tiêu | Mục tiêu cần đạt | Thời gian hoàn thành | Cơ quan chủ trì |\n"
            "1 | Tỷ lệ sinh viên ngành công nghệ | 30% | Tháng 12/2026 | Sở Giáo dục và Đào tạo |\n"
            "2 | Xây dựng kho dữ liệu dùng chung | 01 kho | Quý IV/2027 | Sở Khoa học và Công nghệ |\n",
            [
                ("muc/1/chi-tieu-1", "Tỷ lệ sinh viên ngành công nghệ", "=", 30, "%", 2026, None),
                ("muc/2/chi-tieu-1", "Xây dựng kho dữ liệu dùng chung", "=", 1, "kho", 2027, None),
            ],
            id="units-in-the-cells-and-years-in-a-column",
        ),
        pytest.param(
            "STT | Nội dung chỉ tiêu | Cơ quan chủ trì | Thời gian | Ghi chú |\n"
            "1 | 100% hồ sơ thủ tục hành chính được số hóa | Sở Tư pháp | 2026 | |\n"
            "2 | Tỷ lệ dịch vụ công trực tuyến đạt trên 80% vào năm 2027 | Sở Tư pháp | 2026 | |\n",
            [
                ("muc/1/chi-tieu-1", "Tỷ lệ hồ sơ thủ tục hành chính được số hóa", "=", 100, "%", 2026, None),
                ("muc/2/chi-tieu-1", "Tỷ lệ dịch vụ công trực tuyến", ">", 80, "%", 2027, None),
            ],
            id="figures-in-the-words-of-the-row",
        ),
        pytest.param(
            "TT | Chỉ tiêu | ĐVT | Năm 2026 | Năm 2030 |\n1 | Tỷ lệ hồ sơ trực tuyến |\n| 60 | 80 |\n"
            "2 | Tỷ lệ\nngười dân dùng VNeID | % | 50\n| 70 |\n",
            [
                ("muc/1/chi-tieu-1", "Tỷ lệ hồ sơ trực tuyến", "=", 60, "", 2026, None),
                ("muc/1/chi-tieu-2", "Tỷ lệ hồ sơ trực tuyến", "=", 80, "", 2030, None),
                ("muc/2/chi-tieu-1", "Tỷ lệ người dân dùng VNeID", "=", 50, "%", 2026, None),
                ("muc/2/chi-tieu-2", "Tỷ lệ người dân dùng VNeID", "=", 70, "%", 2030, None),
            ],
            id="pipes-with-cells-on-several-lines",
        ),
        pytest.param(
            "| TT | Chỉ tiêu | ĐVT | Năm 2026 |\n|---|---|---|---|\n| 1 | Tỷ lệ hồ sơ trực tuyến | % | |\n"
            '| - | Cấp tỉnh | | 60 |\n| - | Cấp xã | " | 50 |\n| 2 | Tổ công nghệ số | Tổ | 100 |\n| | | % | 95 |\n',
            [
                ("muc/1/them-1/chi-tieu-1", "Tỷ lệ hồ sơ trực tuyến: Cấp tỉnh", "=", 60, "%", 2026, None),
                ("muc/1/them-2/chi-tieu-1", "Tỷ lệ hồ sơ trực tuyến: Cấp xã", "=", 50, "%", 2026, None),
                ("muc/2/chi-tieu-1", "Tổ công nghệ số", "=", 100, "Tổ", 2026, None),
                ("muc/2/them-1/chi-tieu-1", "Tổ công nghệ số", "=", 95, "%", 2026, None),
            ],
            id="parts-take-words-and-unit-from-above",
        ),
        pytest.param(
            "TT | Chỉ tiêu | ĐVT | Năm 2026 |\n1 | Sản phẩm số | Sản phẩm | 10 |\n\n12\n\n"
            "TT | Chỉ tiêu | ĐVT | Năm 2026 |\n(1) | (2) | (3) | (4) |\n2 | Chợ số | Chợ | 20 |\n",
            [
                ("muc/1/chi-tieu-1", "Sản phẩm số", "=", 10, "Sản phẩm", 2026, None),
                ("muc/2/chi-tieu-1", "Chợ số", "=", 20, "Chợ", 2026, None),
            ],
            id="the-head-again-on-a-new-page",
        ),
        pytest.param(
            "STT | Chỉ tiêu | Đơn vị | Năm 2025 || Kế hoạch năm 2026 | So với năm 2025 (%) |\n"
            "||| Kế hoạch | Ước thực hiện |||\n1 | Năng suất lao động | Triệu đồng | 100 | 105,5 | 115 | 109 |\n",
            [
                (
                    "muc/1/chi-tieu-1",
                    "Năng suất lao động",
                    "=",
                    100,
                    "Triệu đồng",
                    2025,
                    "Năm 2025 Ước thực hiện: 105,5 Triệu đồng",
                ),
                (
                    "muc/1/chi-tieu-2",
                    "Năng suất lao động",
                    "=",
                    115,
                    "Triệu đồng",
                    2026,
                    "Năm 2025 Ước thực hiện: 105,5 Triệu đồng",
                ),
            ],
            id="plan-and-estimate-under-one-year-and-a-comparison",
        ),
        pytest.param(
            "TT | Lĩnh vực | Chỉ tiêu | ĐVT | Năm 2026 | Đơn vị chủ trì |\n"
            "1 | Xã hội số | Tỷ lệ người dân có chữ ký số | % | 50% trở lên | Công an tỉnh |\n",
            [("muc/1/chi-tieu-1", "Tỷ lệ người dân có chữ ký số", ">=", 50, "%", 2026, None)],
            id="a-field-before-the-indicator-and-who-leads",
        ),
        pytest.param(
            "| Chỉ tiêu | Năm 2026 | Năm 2030 |\n|---|---|---|\n| Tỷ lệ hộ có cáp quang (%) | 80 | 100 |\n"
            "| Cơ sở dữ liệu | Cấp tỉnh: 5; cấp xã: 10 | |\n",
            [
                ("them-1/chi-tieu-1", "Tỷ lệ hộ có cáp quang (%)", "=", 80, "%", 2026, None),
                ("them-1/chi-tieu-2", "Tỷ lệ hộ có cáp quang (%)", "=", 100, "%", 2030, None),
                ("them-2/chi-tieu-1", "Cơ sở dữ liệu: Cấp tỉnh", "=", 5, "", 2026, None),
                ("them-2/chi-tieu-2", "Cơ sở dữ liệu: cấp xã", "=", 10, "", 2026, None),
            ],
            id="no-numbers-no-units-and-two-figures-in-a-cell",
        ),
        pytest.param(
            "TT | Chỉ tiêu | ĐVT | Năm 2030 | Ghi chú |\n1 | Tỷ lệ hồ sơ | % | 80 | |\n2 | Tỷ lệ chữ ký số | 50 |\n",
            [
                ("muc/1/chi-tieu-1", "Tỷ lệ hồ sơ", "=", 80, "%", 2030, None),
                ("muc/2/chi-tieu-1", "Tỷ lệ chữ ký số", "=", 50, "%", 2030, None),
            ],
            id="a-merged-unit-is-gone",
        ),
        pytest.param(
            "TT | Chỉ tiêu | ĐVT | Năm 2030 |\n1 | Tỷ lệ hồ sơ | % | 80 |\n2 | Số xã\n2.1 | Có Wi-Fi | | 50 |\n",
            [
                ("muc/1/chi-tieu-1", "Tỷ lệ hồ sơ", "=", 80, "%", 2030, None),
                ("muc/2.1/chi-tieu-1", "Số xã: Có Wi-Fi", "=", 50, "", 2030, None),
            ],
            id="a-heading-that-ends-before-its-unit-has-none",
        ),
        pytest.param(
            "TT | Chỉ tiêu | ĐVT | Năm 2024 | Năm 2025 | Năm 2030 |\n1 | Tỷ lệ giảm chi phí | % | 5 | Giảm 10% | - |\n",
            [
                ("muc/1/chi-tieu-1", "Tỷ lệ giảm chi phí", "=", 5, "%", 2024, None),
                ("muc/1/chi-tieu-2", "Tỷ lệ giảm chi phí", "increase", -10, "%", 2025, None),
            ],
            id="a-plan-without-a-date-knows-no-past-years",
        ),
    ],
)
def test_rows(text: str, rows: list[Row]) -> None:
    assert rows_of(text) == rows


def test_a_year_before_that_of_the_document_is_a_baseline() -> None:
    text = "TT | Chỉ tiêu | ĐVT | Năm 2024 | Năm 2025 | Năm 2030 |\n1 | Hộ nghèo | % | 5 | 4 | 2 |\n"
    assert [row[5:] for row in rows_of(text, DATED)] == [(2025, "Năm 2024: 5%"), (2030, "Năm 2024: 5%")]


@pytest.mark.parametrize(
    ("text", "head"),
    [
        pytest.param(
            "TT | Chỉ tiêu | ĐVT | Năm 2030 |\n1 | Đài số | | Có |\n2 | Kho | | Đạt |\n", HEAD, id="no-figures"
        ),
        pytest.param("STT | Nội dung | ĐVT | Số lượng | Ghi chú |\n1 | Máy chủ | Bộ | 5 | |\n", HEAD, id="statistics"),
        pytest.param(
            "TT | Chỉ tiêu | ĐVT | Kế hoạch 2026 |\n1 | Vốn | tỷ đồng | 50 |\n",
            "KẾ HOẠCH\nSố hóa\n\nIV. KINH PHÍ THỰC HIỆN\n",
            id="who-pays-how-much",
        ),
        pytest.param(
            "TT | Chỉ tiêu | ĐVT | Kế hoạch 2025 | Thực hiện 2025 |\n1 | Hộ nghèo | % | 5 | 4 |\n",
            "KẾ HOẠCH\nSố hóa\n\nI. ĐÁNH GIÁ THỰC TRẠNG\n",
            id="what-was-reached",
        ),
        pytest.param("TT | Chỉ tiêu | ĐVT | Năm 2026 |\n1 | Ban hành quy chế | | Quý IV/2026 |\n", HEAD, id="a-date"),
        pytest.param("STT | Đơn vị | Chỉ tiêu giao năm 2026 |\n1 | Xã An Bình | 5 |\n", HEAD, id="shares-of-communes"),
    ],
)
def test_what_gives_no_target(text: str, head: str) -> None:
    assert rows_of(text, head) == []


def test_tasks_with_a_column_of_indicators_stay_tasks() -> None:
    got = read(
        f"{HEAD}TT | Nhiệm vụ | Chỉ tiêu | Cơ quan chủ trì | Thời gian |\n1 | Số hóa hồ sơ | 100% | Sở Y tế | 2026 |\n"
    )
    assert ([task.address for task in got.tasks], got.targets) == (["phan/ii/muc/1"], ())


def test_each_field_leads_to_its_own_cell() -> None:
    [target] = targets_of(
        "(Đơn vị tính: %)\nTT | Chỉ tiêu | Kết quả năm 2024 | Chỉ tiêu giao | Ghi chú |\n"
        "1 | Tỷ lệ hồ sơ | 5 | > 6 | |\n",
        "KẾ HOẠCH\nChuyển đổi số năm 2025\n\nII. CHỈ TIÊU NĂM 2025\n",
    )
    assert {name: (why.source.quote, why.origin) for name, why in target.evidence.items()} == {
        "indicator": ("Tỷ lệ hồ sơ", Origin.STATED),
        "value": ("> 6", Origin.STATED),
        "unit": ("(Đơn vị tính: %)", Origin.INHERITED),
        "year": ("II. CHỈ TIÊU NĂM 2025", Origin.INHERITED),
        "baseline": ("5", Origin.STATED),
    }
    assert target.source.quote == "1 | Tỷ lệ hồ sơ | 5 | > 6"


def test_a_year_of_two_heads_is_cited_where_it_is_printed() -> None:
    targets = targets_of("TT | Chỉ tiêu | ĐVT | Mục tiêu ||\n||| 2026 | Năm 2030 |\n1 | Hộ nghèo | % | 5 | 4 |\n")
    assert [target.evidence["year"].source.quote for target in targets] == ["2026", "Năm 2030"]


def test_the_title_of_the_plan_gives_the_year_at_last() -> None:
    [target] = targets_of(
        "TT | Chỉ tiêu | ĐVT | Kế hoạch |\n1 | Hộ nghèo | % | 5 |\n", "KẾ HOẠCH\nSố hóa năm 2026\n\nII. CHỈ TIÊU\n"
    )
    assert (target.year, target.evidence["year"].origin) == (2026, Origin.ASSUMED)


def test_two_tables_of_an_annex_share_no_address() -> None:
    table = "TT | Chỉ tiêu | ĐVT | Năm 2026 |\n1 | Hộ nghèo | % | 5 |\n"
    tasks = "TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian |\n1 | Số hóa hồ sơ | Sở Y tế | 2026 |\n"
    got = read(f"{HEAD}1. Giảm nghèo.\n\nPHỤ LỤC I\nCHỈ TIÊU\n{table}\nBảng 2\n{table}\nBảng 3\n{tasks}")
    assert [target.address for target in got.targets] == ["phu-luc/1/muc/1/chi-tieu-1", "phu-luc/1/muc/1-2/chi-tieu-1"]
    assert [task.address for task in got.tasks] == ["phu-luc/1/muc/1"]


def test_a_row_that_cannot_be_placed_is_named() -> None:
    got = read(
        f"{HEAD}\tTT\n\tChỉ tiêu\n\tĐVT\n\tHiện trạng\n\tNăm 2026\n\n\t1\n\tCáp quang\n\t%\n\t80\n\n"
        "\t2\n\tChữ ký số\n\t%\n\t5\n\t9\n\nNơi nhận:\n"
    )
    assert [target.indicator for target in got.targets] == ["Chữ ký số"]
    assert [" ".join(warning.split()[2:]) for warning in got.warnings] == [
        "a row of 4 cells under a head of 5 was left out"
    ]


@pytest.mark.parametrize(
    ("cell", "figures"),
    [
        pytest.param("≥ 80", [(">=", 80, "")], id="sign-at-least"),
        pytest.param("\\>= 95%", [(">=", 95, "%")], id="sign-of-two-characters-escaped"),
        pytest.param("&lt; 15", [("<", 15, "")], id="sign-as-an-entity"),
        pytest.param("trên 80", [(">", 80, "")], id="word"),
        pytest.param("Đạt tối thiểu 80%", [(">=", 80, "%")], id="two-words"),
        pytest.param("1,2%-1,5%", [("range", (1.2, 1.5), "%")], id="range"),
        pytest.param("Top 20", [("<=", 20, "")], id="among-the-first"),
        pytest.param("Giảm 10%", [("increase", -10, "%")], id="fall"),
        pytest.param("-0,5", [("=", -0.5, "")], id="below-nought"),
        pytest.param("10.000", [("=", 10000, "")], id="thousands-with-a-dot"),
        pytest.param("10 000", [("=", 10000, "")], id="thousands-with-a-space"),
        pytest.param("0.750", [("=", 0.75, "")], id="a-decimal-dot-behind-nought"),
        pytest.param("**80**<sup>1</sup>", [("=", 80, "")], id="a-footnote-is-no-digit"),
        pytest.param("75 điểm", [("=", 75, "điểm")], id="a-unit-that-nobody-listed"),
        pytest.param("80% trở lên", [(">=", 80, "%")], id="and-above"),
        pytest.param("Đến năm 2030 đạt 80%", [("=", 80, "%")], id="a-year-before-the-figure"),
        pytest.param("Năm 2026: 80%; năm 2030: 100%", [("=", 80, "%"), ("=", 100, "%")], id="two-years"),
        pytest.param("Công nghệ 5G", [], id="a-digit-in-a-name"),
        pytest.param("Theo Quyết định số 06/QĐ-TTg", [], id="a-document"),
        pytest.param("12/2026", [], id="month"),
        pytest.param("2026", [], id="a-year-without-a-unit"),
        pytest.param("9" * 400, [], id="no-figure-is-so-long"),
        pytest.param("", [], id="blank"),
    ],
)
def test_figures_of_a_cell(cell: str, figures: list[tuple[str, float | tuple[float, float], str]]) -> None:
    got = read_figures(cell, "Tỷ lệ hồ sơ", "")
    assert [(figure.comparator, figure.value, figure.unit) for figure in got] == figures


def test_words_of_a_row_tell_a_fall_and_a_unit_tells_a_count() -> None:
    assert read_figures("20", "Giảm thời gian giải quyết thủ tục", "%") == (CellFigure("increase", -20, "", "", None),)
    assert read_figures("2026", "Số doanh nghiệp", "Doanh nghiệp") == (CellFigure("=", 2026, "", "", None),)


@pytest.mark.parametrize(
    ("head", "column", "figures"),
    [
        pytest.param("Kết quả thực hiện", "output", "baseline", id="an-output-of-tasks-a-baseline-of-indicators"),
        pytest.param("Nội dung", "content", "goal", id="content-beside-a-unit-is-an-indicator"),
        pytest.param("Năm 2025 (ước thực hiện)", "baseline", "baseline", id="what-a-bracket-says-counts"),
        pytest.param("Năm 2026 (%)", "value", "value", id="a-unit-in-a-bracket"),
        pytest.param("Tăng/giảm so với 2025", "", "", id="a-comparison-is-neither"),
        pytest.param("Thời gian thực hiện", "deadline", "", id="a-deadline-is-no-figure"),
    ],
)
def test_meanings_of_heads(head: str, column: str, figures: str) -> None:
    assert (column_of(head), figure_of(head)) == (column, figures)


CELLS = st.text('0123456789 ,.-–%/|\n\t*<>≥()[]"abxIVđTỷlệnămĐếtừ:;&\\', max_size=24)
HEADS = (
    "TT | Chỉ tiêu | ĐVT | Hiện trạng | Năm 2026 | 2030 |\n",
    "| STT | Chỉ tiêu | ĐVT | Mục tiêu | | Ghi chú |\n|---|---|---|---|---|---|\n| | | | 2026 | 2030 | |\n",
    "STT\tNội dung chỉ tiêu\tCơ quan chủ trì\tThời gian\n",
    "\tTT\n\tChỉ tiêu\n\tĐVT\n\tNăm 2026\n\tNăm 2030\n\n",
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(HEADS), st.lists(st.lists(CELLS, min_size=1, max_size=8), max_size=5), st.sampled_from("|\t"))
def test_any_text_in_cells_is_read_and_cited_as_printed(head: str, rows: list[list[str]], mark: str) -> None:
    text = HEAD + head + "".join(f" {mark} ".join(row) + "\n" for row in rows)
    got = read(text)
    cited = list(find_sources(got.targets))
    assert [place for place in cited if text[place.start : place.end] != place.quote] == []
    assert [place for place in cited if not place.quote] == []
    addresses = [target.address for target in got.targets]
    assert len(set(addresses)) == len(addresses)


@pytest.mark.parametrize("first", ["Mục tiêu", "Kế hoạch"])
@pytest.mark.parametrize("second", ["2026 | 2030", "Năm 2026 | Năm 2030"])
def test_years_under_any_head_that_spans_them(first: str, second: str) -> None:
    rows = rows_of(f"TT | Chỉ tiêu | ĐVT | {first} | Ghi chú |\n{second} |\n1 | Hộ nghèo | % | 5 | 4 | |\n")
    assert [row[3:6] for row in rows] == [(5, "%", 2026), (4, "%", 2030)]
