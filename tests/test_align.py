"""Cells find their columns by what they say, where merged cells were lost."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ingest.align import align_row
from ingest.bodies import names_bodies
from ingest.lines import split_lines
from ingest.tables import Cell, find_tables
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
