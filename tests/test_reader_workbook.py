"""Workbooks as they show themselves: merged cells, hidden parts, dates and numbers by their formats."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from openpyxl import Workbook

from ingest.extract import extract
from ingest.readers.cell_formats import show_value
from ingest.readers.reading import Grid, Paragraph, Reading
from ingest.readers.workbook import read_workbook
from ingest.source import Unreadable
from tests.plan_as_docx import laid_source

HEAD = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian hoàn thành"]
ROWS: list[list[object]] = [
    [1, "Xây dựng nền tảng dữ liệu dùng chung", "Sở Khoa học và Công nghệ", "Quý IV/2025"],
    [2, "Đào tạo kỹ năng số", "Sở Nội vụ", "2026"],
]


def workbook(fill: Callable[[Any], None], title: str = "Nhiệm vụ") -> bytes:
    book = Workbook()
    book.active.title = title
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_of(*rows: Sequence[object]) -> bytes:
    def fill(book: Any) -> None:
        for row in rows:
            book.active.append(row)

    return workbook(fill)


def shown(reading: Reading) -> list[object]:
    """Paragraphs as their texts, grids as their cells: (row, column, text), and what they cover where it is more."""
    return [
        each.text
        if isinstance(each, Paragraph)
        else [
            (cell.row, cell.column, cell.text, *((cell.rows, cell.columns) if cell.rows * cell.columns > 1 else ()))
            for cell in each.cells
        ]
        for each in reading.blocks
    ]


def test_a_list_of_tasks_gives_its_tasks() -> None:
    found = extract(laid_source(read_workbook(sheet_of(["DANH MỤC NHIỆM VỤ"], HEAD, *ROWS)), "list.xlsx"))
    assert [(each.text, each.lead[0].as_written, each.deadline.raw) for each in found.tasks] == [
        ("Xây dựng nền tảng dữ liệu dùng chung", "Sở Khoa học và Công nghệ", "Quý IV/2025"),
        ("Đào tạo kỹ năng số", "Sở Nội vụ", "2026"),
    ]


def test_titles_stand_above_and_blank_rows_part() -> None:
    reading = read_workbook(sheet_of(["DANH MỤC"], [], ["A", "B"], ["x", "y"], [], ["Mã", "Tên"], ["z", "t"]))
    assert shown(reading) == [
        "Nhiệm vụ",
        "DANH MỤC",
        [(0, 0, "A"), (0, 1, "B"), (1, 0, "x"), (1, 1, "y")],
        [(0, 0, "Mã"), (0, 1, "Tên"), (1, 0, "z"), (1, 1, "t")],
    ]


def test_a_list_goes_on_below_a_blank_row() -> None:
    reading = read_workbook(sheet_of(HEAD, ROWS[0], [], [None, "Nhóm II"], ROWS[1]))
    assert [each.height for each in reading.blocks if isinstance(each, Grid)] == [4]


def merge(book: Any) -> None:
    for row in (["A", "B", "C"], [1, "x", "y"], [2, None, "z"], [3, "u", None]):
        book.active.append(row)
    book.active.merge_cells("B2:B3")
    book.active.merge_cells("B4:C4")


def hide(book: Any) -> None:
    merge(book)
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["A"].hidden = True
    book.create_sheet("Nháp").sheet_state = "hidden"
    book["Nháp"]["A1"] = "không đọc"


def test_merged_cells_are_one() -> None:
    cells = [(0, 0, "A"), (0, 1, "B"), (0, 2, "C"), (1, 0, "1"), (1, 1, "x", 2, 1), (1, 2, "y"), (2, 0, "2")]
    assert shown(read_workbook(workbook(merge)))[1:] == [[*cells, (2, 2, "z"), (3, 0, "3"), (3, 1, "u", 1, 2)]]


def test_what_is_hidden_is_left_out_and_said() -> None:
    reading = read_workbook(workbook(hide))
    assert shown(reading)[1:] == [[(0, 0, "B"), (0, 1, "C"), (1, 0, "x"), (1, 1, "z"), (2, 0, "u", 1, 2)]]
    assert reading.warnings == (
        "hidden rows and columns of the sheet 'Nhiệm vụ' were left out: 2",
        "the hidden sheet 'Nháp' was left out",
    )


def test_a_cell_far_away_costs_nothing() -> None:
    def fill(book: Any) -> None:
        merge(book)
        book.active["IV1048576"] = "xa"
        book.active["XFD1"] = "ngoài"

    assert shown(read_workbook(workbook(fill)))[-1] == "xa"


def test_a_sheet_without_a_name_of_its_own_has_no_heading() -> None:
    assert shown(read_workbook(workbook(merge, "Sheet1")))[0] != "Sheet1"


def test_places_are_cells() -> None:
    reading = read_workbook(sheet_of(["DANH MỤC"], ["A", "B"]))
    places = [each.place.block for each in reading.blocks]
    assert places == ["sheet[Nhiệm vụ]", "sheet[Nhiệm vụ]/A1", "sheet[Nhiệm vụ]/A2:B2"]


def with_entities(raw: bytes) -> bytes:
    """A workbook whose texts are entities of entities."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            part = given.read(name)
            if name.endswith("sheet1.xml"):
                part = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + part[part.index(b"<worksheet") :]
            made.writestr(name, part)
    return out.getvalue()


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(with_entities(sheet_of(HEAD, *ROWS)), id="entities"),
        pytest.param(b"", id="empty"),
        pytest.param(b"PK\x03\x04 cut", id="cut"),
        pytest.param(sheet_of(HEAD, *ROWS)[:2000], id="truncated"),
        pytest.param(workbook(lambda book: None), id="no-cell"),
    ],
)
def test_what_is_no_workbook_is_refused(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        read_workbook(raw)


SHOWN = [
    pytest.param(1234.5, "General", "1234,5", id="general"),
    pytest.param(0.1 + 0.2, "General", "0,3", id="ten-digits"),
    pytest.param(12, "00", "12", id="zeros"),
    pytest.param(5, "000", "005", id="leading-zeros"),
    pytest.param(1234567.891, "#,##0.0", "1.234.567,9", id="thousands"),
    pytest.param(12_500_000, '#,##0.0,,"triệu"', "12,5triệu", id="in-millions"),
    pytest.param(0.125, "0.0%", "12,5%", id="percent"),
    pytest.param(-5, "0;(0)", "(5)", id="negative"),
    pytest.param(0, '0;-0;"-"', "-", id="zero"),
    pytest.param(1.5, "0.##", "1,5", id="optional-places"),
    pytest.param(3, '0 "sản phẩm"', "3 sản phẩm", id="unit"),
    pytest.param(True, "General", "TRUE", id="truth"),
    pytest.param(float("nan"), "0", "", id="not-a-number"),
    pytest.param(1e30, "0.0", f"1{'0' * 30},0", id="more-digits-than-sheets-know"),
    pytest.param("Quý IV/2025", "@", "Quý IV/2025", id="text"),
    pytest.param(datetime(2025, 8, 7), "mm-dd-yy", "07/08/2025", id="date-of-the-country"),
    pytest.param(date(2025, 8, 7), "d/m/yyyy", "7/8/2025", id="date"),
    pytest.param(datetime(2025, 8, 7), "mm/yyyy", "08/2025", id="month"),
    pytest.param(datetime(2025, 8, 7), "yyyy", "2025", id="year"),
    pytest.param(datetime(2025, 8, 7), '[$-42A]"ngày" dd "tháng" mm', "ngày 07 tháng 08", id="words"),
    pytest.param(datetime(2025, 8, 7, 14, 5), "dd/mm/yyyy h:mm", "07/08/2025 14:05", id="minutes-are-no-months"),
    pytest.param(time(7, 30), "h:mm", "7:30", id="time"),
    pytest.param(timedelta(hours=30), "[h]:mm:ss", "30:00:00", id="hours"),
]


@pytest.mark.parametrize(("value", "number_format", "expected"), SHOWN)
def test_values_are_shown_by_their_format(value: object, number_format: str, expected: str) -> None:
    assert show_value(value, number_format) == expected


def test_a_number_in_the_first_column_counts() -> None:
    reading = read_workbook(sheet_of(["TT", "Chỉ tiêu"], [1.2, 12.5]))
    assert shown(reading)[1] == [(0, 0, "TT"), (0, 1, "Chỉ tiêu"), (1, 0, "1.2"), (1, 1, "12,5")]
