"""Tables of three kinds, whole and broken, become rows of cells."""

from __future__ import annotations

import pytest

from ingest.lines import split_lines
from ingest.tables import Table, cell_kind, column_of, find_tables
from tests.texts import source_of

HEAD = "TT | Nội dung nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành |\n"
ROW = "1. | Xây dựng nền tảng số | Sở Y tế | Sở Tài chính | 2026 |\n"
CELLS = ["1.", "Xây dựng nền tảng số", "Sở Y tế", "Sở Tài chính", "2026"]
MARKDOWN = "| TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian |\n|---|:---|---|---:|\n"
TABS = (
    "\tSTT\n\tNhiệm vụ thực hiện\n\tCơ quan chủ trì\n\tCơ quan phối hợp\n\tThời gian \n\nthực hiện\n\n"
    "\t1\n\tHoàn thiện chính sách\n\tSở Khoa học và\nCông nghệ\n\tSở Tài chính;\nSở Y tế\n\tHằng năm\n\n"
    "\t2\n\tThành lập Trung tâm ươm tạo\n\tSở Tài chính\n\tCác đơn vị liên quan\n\tĐến 2030\n"
)


def tables_of(text: str) -> tuple[Table, ...]:
    source = source_of(text)
    return find_tables(source, split_lines(source))


def cells_of(text: str) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in tables_of(text)]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param(HEAD + ROW, [CELLS], id="pipes"),
        pytest.param(HEAD, [], id="a-head-without-rows"),
        pytest.param(HEAD + "\nNơi nhận: các sở, ban, ngành", [], id="a-head-and-then-text"),
        pytest.param(
            HEAD + "2. | - Số hóa hồ sơ | |||\n", [["2.", "- Số hóa hồ sơ"]], id="padding-where-cells-were-merged"
        ),
        pytest.param(
            HEAD + "2. | - Số hóa hồ sơ |\n| Sở Tài chính | 2026 |\n",
            [["2.", "- Số hóa hồ sơ", "", "Sở Tài chính", "2026"]],
            id="a-blank-cell-shows-as-a-line-break",
        ),
        pytest.param(
            HEAD + ROW + "2. | Triển khai bệnh án điện tử tại các bệnh viện",
            [CELLS, ["2.", "Triển khai bệnh án điện tử tại các bệnh viện"]],
            id="the-last-row-is-cut-off",
        ),
        pytest.param(HEAD + ROW + HEAD + ROW, [CELLS, CELLS], id="the-head-again-on-a-new-page"),
        pytest.param(
            HEAD + "1. | A | B | C | D | thừa |\n", [["1.", "A", "B", "C", "D", "thừa"]], id="one-cell-too-many"
        ),
        pytest.param(
            MARKDOWN + "| 1 | Số hóa hồ sơ | | 2027 |\n\nSau bảng.", [["1", "Số hóa hồ sơ", "", "2027"]], id="markdown"
        ),
        pytest.param(
            "TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian\n---|---|---|---\n1 | Số hóa hồ sơ | | 2027\n",
            [["1", "Số hóa hồ sơ", "", "2027"]],
            id="markdown-without-outer-pipes",
        ),
        pytest.param(MARKDOWN + "| 1 | Số hóa hồ sơ | Sở Y tế |\n", [["1", "Số hóa hồ sơ", "Sở Y tế"]], id="short-row"),
        pytest.param(
            TABS,
            [
                ["1", "Hoàn thiện chính sách", "Sở Khoa học và Công nghệ", "Sở Tài chính; Sở Y tế", "Hằng năm"],
                ["2", "Thành lập Trung tâm ươm tạo", "Sở Tài chính", "Các đơn vị liên quan", "Đến 2030"],
            ],
            id="one-cell-a-line-and-cells-broken-over-lines",
        ),
        pytest.param(
            TABS + "\nNơi nhận:\n- Sở Y tế;\n",
            [
                ["1", "Hoàn thiện chính sách", "Sở Khoa học và Công nghệ", "Sở Tài chính; Sở Y tế", "Hằng năm"],
                ["2", "Thành lập Trung tâm ươm tạo", "Sở Tài chính", "Các đơn vị liên quan", "Đến 2030"],
            ],
            id="flush-text-ends-a-table-of-tabs",
        ),
    ],
)
def test_rows(text: str, rows: list[list[str]]) -> None:
    assert cells_of(text) == [rows]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Năm | Dân số | GRDP |\n2020 | 1,2 triệu người | 5% |\n", id="a-table-of-figures"),
        pytest.param("ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n", id="letterhead"),
        pytest.param("| TM. ỦY BAN NHÂN DÂN |\n", id="signature"),
        pytest.param("\tNơi nhận:\n- Văn phòng Chính phủ;\n", id="a-tab-before-recipients"),
        pytest.param("TT | Nội dung nhiệm vụ\n", id="two-columns-are-too-few"),
        pytest.param("||||||\n|||\n", id="nothing-but-pipes"),
    ],
)
def test_what_is_no_table_of_tasks(text: str) -> None:
    assert tables_of(text) == ()


@pytest.mark.parametrize(
    ("text", "columns", "exact"),
    [
        pytest.param(HEAD, ("number", "content", "lead", "coordinating", "deadline"), False, id="pipes"),
        pytest.param(MARKDOWN, ("number", "content", "lead", "deadline"), True, id="markdown-keeps-every-cell"),
        pytest.param(
            "| **STT** | **Nhiệm vụ** | **Đơn vị thực hiện** | **Thời gian** |\n| --- | --- | --- | --- |\n",
            ("number", "content", "lead", "deadline"),
            True,
            id="bold-heads",
        ),
        pytest.param(
            TABS, ("number", "content", "lead", "coordinating", "deadline"), False, id="a-head-over-two-lines"
        ),
        pytest.param(
            "TT | Tên nhiệm vụ | Cơ quan chủ trì | Kết quả |\n",
            ("number", "content", "lead", "output"),
            False,
            id="a-name-without-content-is-the-task",
        ),
        pytest.param(
            "TT | Nhiệm vụ | Cơ quan chủ trì | Màu sắc | Thời gian |\n",
            ("number", "content", "lead", "", "deadline"),
            False,
            id="an-unknown-head",
        ),
    ],
)
def test_heads(text: str, columns: tuple[str, ...], exact: bool) -> None:
    assert [(table.columns, table.exact) for table in tables_of(text)] == [(columns, exact)]


def test_cells_stand_where_they_say() -> None:
    source = source_of(HEAD + ROW + TABS)
    for table in find_tables(source, split_lines(source)):
        for cell in (cell for row in table.rows for cell in row.cells):
            assert " ".join(source.text[cell.start : cell.end].split()) == cell.text


@pytest.mark.parametrize(
    ("head", "column"),
    [
        pytest.param("Đơn vị chủ trì", "lead", id="unit-that-leads"),
        pytest.param("Đơn vị tính", "unit", id="unit-of-measure"),
        pytest.param("Thời gian \n\nthực hiện", "deadline", id="broken-over-lines"),
        pytest.param("**Mã nhiệm vụ**", "code", id="bold"),
        pytest.param("Lộ trình đề xuất", "deadline", id="route"),
        pytest.param("Màu sắc", "", id="unknown"),
    ],
)
def test_column_of(head: str, column: str) -> None:
    assert column_of(head) == column


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("128.", "serial", id="serial"),
        pytest.param("VIII", "group", id="roman-group"),
        pytest.param("A", "group", id="letter-group"),
        pytest.param("CQS1.2", "code", id="code"),
        pytest.param("Ngân sách địa phương", "funding", id="money"),
        pytest.param("2026", "text", id="a-year-is-no-serial"),
        pytest.param("Sở Y tế", "text", id="body"),
    ],
)
def test_cell_kind(text: str, kind: str) -> None:
    assert cell_kind(text) == kind
