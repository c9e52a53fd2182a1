"""Cells find their columns by what they say, where merged cells were lost."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ingest.align import align_row, loses_cells
from ingest.bodies import names_bodies
from ingest.grid import Cell
from ingest.lines import split_lines
from ingest.tables import find_tables
from tests.texts import source_of

HEAD = (
    "TT | Mã nhiệm vụ | Tên nhiệm vụ | Nội dung nhiệm vụ | Đơn vị chủ trì | Đơn vị phối hợp | Lộ trình "
    "đề xuất | Nguồn vốn |\n"
)
ALL = frozenset(range(8))


def texts(cells: Sequence[Cell | None]) -> list[str | None]:
    """The cells of a row; None for a column that the merged cell above covers."""
    return [cell.text if cell else None for cell in cells]


def align(row: str, open_columns: frozenset[int] = ALL, head: str = HEAD) -> list[str | None] | None:
    source = source_of(head + row)
    [table] = find_tables(source, split_lines(source))
    reading = align_row(table, table.rows[0], open_columns, names_bodies)
    return texts(reading.cells) if reading else None


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        pytest.param(
            "1. | CQS1.1 | Phát triển hạ tầng | - Nâng cấp Trung tâm dữ liệu | Sở Khoa học và Công nghệ | Văn "
            "phòng UBND tỉnh | 2025 -2030 | Ngân sách địa phương |",
            [
                "1.",
                "CQS1.1",
                "Phát triển hạ tầng",
                "- Nâng cấp Trung tâm dữ liệu",
                "Sở Khoa học và Công nghệ",
                "Văn phòng UBND tỉnh",
                "2025 -2030",
                "Ngân sách địa phương",
            ],
            id="whole-row-by-position",
        ),
        pytest.param(
            "2. | - Thực hiện rà soát, điều chỉnh, bổ sung, cập nhật Khung kiến trúc số | ||||||",
            [
                "2.",
                None,
                None,
                "- Thực hiện rà soát, điều chỉnh, bổ sung, cập nhật Khung kiến trúc số",
                None,
                None,
                None,
                None,
            ],
            id="only-the-content",
        ),
        pytest.param(
            "3. | - Nâng cấp, mở rộng Cổng thông tin điện tử | Văn phòng UBND tỉnh | Các cơ quan, đơn vị liên "
            "quan; UBND cấp xã | ||||",
            [
                "3.",
                None,
                None,
                "- Nâng cấp, mở rộng Cổng thông tin điện tử",
                "Văn phòng UBND tỉnh",
                "Các cơ quan, đơn vị liên quan; UBND cấp xã",
                None,
                None,
            ],
            id="bodies-of-its-own",
        ),
        pytest.param(
            "19. | - Duy trì hệ thống phòng họp không giấy tờ | Văn phòng UBND tỉnh | Hàng năm | ||||",
            [
                "19.",
                None,
                None,
                "- Duy trì hệ thống phòng họp không giấy tờ",
                "Văn phòng UBND tỉnh",
                None,
                "Hàng năm",
                None,
            ],
            id="a-body-and-a-period",
        ),
        pytest.param(
            "40. | Hoàn thiện hệ thống camera giám sát thông minh | Công an tỉnh | UBND các xã, phường | 2025- "
            "2027 | Ngân sách địa phương | ||",
            [
                "40.",
                None,
                None,
                "Hoàn thiện hệ thống camera giám sát thông minh",
                "Công an tỉnh",
                "UBND các xã, phường",
                "2025- 2027",
                "Ngân sách địa phương",
            ],
            id="only-code-and-name-are-merged",
        ),
        pytest.param(
            "5. | - Triển khai xây dựng Cổng dữ liệu mở | 2025 - 2030 | |||||",
            ["5.", None, None, "- Triển khai xây dựng Cổng dữ liệu mở", None, None, "2025 - 2030", None],
            id="a-period-alone",
        ),
        pytest.param(
            "- Duy trì, nâng cấp Hệ thống thông tin giải quyết thủ tục hành chính tỉnh | |||||||",
            [
                None,
                None,
                None,
                "- Duy trì, nâng cấp Hệ thống thông tin giải quyết thủ tục hành chính tỉnh",
                None,
                None,
                None,
                None,
            ],
            id="no-number",
        ),
    ],
)
def test_cells_go_where_they_belong(row: str, cells: list[str | None]) -> None:
    assert align(row) == cells


WIDE = "TT | Nhiệm vụ | Chủ trì | Phối hợp | Thời gian | Sản phẩm | Kinh phí | Ghi chú |\n"
NAMED = "TT | Tên nhiệm vụ | Nội dung | Chủ trì | Thời gian |\n"
ISSUED = "TT | Tên văn bản | Hình thức văn bản | Cấp trình | Cơ quan chủ trì | Lãnh đạo phụ trách | Thời gian trình |\n"


@pytest.mark.parametrize(
    ("head", "row", "cells"),
    [
        pytest.param(
            WIDE,
            "9 | Tổng kết | Sở KH&CN | Các sở, ngành | Đã hoàn thành | Báo cáo |||",
            ["9", "Tổng kết", "Sở KH&CN", "Các sở, ngành", "Đã hoàn thành", "Báo cáo", None, None],
            id="an-unknown-deadline-stays-in-its-column",
        ),
        pytest.param(
            WIDE,
            "7 | Lập quy hoạch | Sở Xây dựng | 2026 | Báo cáo ||||",
            ["7", "Lập quy hoạch", "Sở Xây dựng", None, "2026", "Báo cáo", None, None],
            id="a-document-is-an-output-not-a-note",
        ),
        pytest.param(
            NAMED,
            "2 | - Số hóa hồ sơ | Sở Nội vụ | 2027 ||",
            ["2", None, "- Số hóa hồ sơ", "Sở Nội vụ", "2027"],
            id="a-list-dash-is-no-name",
        ),
        pytest.param(
            NAMED,
            f"2 | Số hóa {'hồ sơ, tài liệu ' * 9}| Sở Nội vụ | 2027 ||",
            ["2", None, f"Số hóa {'hồ sơ, tài liệu ' * 9}".strip(), "Sở Nội vụ", "2027"],
            id="a-sentence-is-no-name",
        ),
        pytest.param(
            ISSUED,
            "2 | Đề án y tế | UBND tỉnh | Sở Nội vụ | Đ/c Trần Văn B | 2026 ||",
            ["2", "Đề án y tế", None, "UBND tỉnh", "Sở Nội vụ", "Đ/c Trần Văn B", "2026"],
            id="who-issues-who-leads-who-watches",
        ),
    ],
)
def test_cells_keep_their_columns_under_other_heads(head: str, row: str, cells: list[str | None]) -> None:
    assert align(row, head=head) == cells


@pytest.mark.parametrize(
    ("rows", "loses"),
    [
        pytest.param(
            "1 | Kho | Sở Y tế | Các sở |||||\n2 | Sàn | Sở Nội vụ ||||||\n", False, id="only-the-ends-are-missing"
        ),
        pytest.param(
            "I | Hạ tầng số |||||||\n1 | Kho | Sở Y tế | Các sở |||||\n", False, id="a-heading-proves-nothing"
        ),
        pytest.param("1 | Kho | Sở Y tế | 2026 |||||\n", True, id="a-period-out-of-its-column"),
    ],
)
def test_a_table_shows_whether_it_lost_cells(rows: str, loses: bool) -> None:
    source = source_of(WIDE + rows)
    [table] = find_tables(source, split_lines(source))
    assert loses_cells(table, names_bodies) == loses


def test_a_row_with_more_cells_than_the_head_is_not_read() -> None:
    assert align("1. | A1 | Tên | Nội dung | Sở Y tế | Sở Tài chính | 2026 | Ngân sách | thừa |") is None


def test_markdown_is_read_by_position() -> None:
    head = "| TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian |\n|---|---|---|---|\n"
    assert align("| 1 | 2026 | Số hóa hồ sơ |", head=head) == ["1", "2026", "Số hóa hồ sơ", None]


@pytest.mark.parametrize(
    ("body", "rival"),
    [
        pytest.param("Sở Y tế", None, id="a-body-of-its-own-leads"),
        pytest.param(
            "Các sở, ban, ngành liên quan", [None, "Các sở, ban, ngành liên quan"], id="a-collective-may-join-in"
        ),
    ],
)
def test_one_body_for_two_columns(body: str, rival: list[str | None] | None) -> None:
    """Who leads and who joins in cannot always be told: then the other reading is given too."""
    source = source_of(f"{HEAD}2. | - Số hóa hồ sơ | {body} | Hàng năm |||||\n")
    [table] = find_tables(source, split_lines(source))
    reading = align_row(table, table.rows[0], ALL, names_bodies)
    assert reading is not None
    assert texts(reading.cells)[4:6] == [body, None]
    assert (texts(reading.rival)[4:6] if reading.rival else None) == rival
