"""Tables of three kinds, whole and broken, become rows of cells."""

from __future__ import annotations

import pytest

from ingest.grid import Table
from ingest.heads import cell_kind, column_of
from ingest.lines import split_lines
from ingest.tables import find_tables
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
        pytest.param(
            MARKDOWN + "|\n| 1 | Kho | Sở Y tế | 2026 |\n", [["1", "Kho", "Sở Y tế", "2026"]], id="a-lone-pipe"
        ),
        pytest.param(HEAD + "(1) | (2) | (3) | (4) | (5) |\n" + ROW, [CELLS], id="numbers-of-the-columns"),
        pytest.param(HEAD + "1 | 2 | 3 | 4 | 5 |\n" + ROW, [CELLS], id="numbers-of-the-columns-without-brackets"),
        pytest.param(
            HEAD + ROW + "\n12\n\n" + HEAD + ROW + "13\n" + ROW, [CELLS, CELLS, CELLS], id="pages-with-numbers"
        ),
        pytest.param(HEAD + ROW + "\n" + ROW, [CELLS, CELLS], id="a-blank-line-between-rows"),
        pytest.param(
            HEAD + ROW + "\nNơi nhận: | TM. ỦY BAN NHÂN DÂN |\n- Như trên | CHỦ TỊCH |\n",
            [CELLS],
            id="a-signature-below",
        ),
        pytest.param(HEAD + ROW + "Nơi nhận: | TM. ỦY BAN NHÂN DÂN |\n", [CELLS], id="a-signature-right-below"),
        pytest.param(
            "TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian\n1 | Kho | Sở Y tế\nNơi nhận:\n- Sở Y tế;\n",
            [["1", "Kho", "Sở Y tế"]],
            id="a-short-last-row-does-not-swallow-the-text-below",
        ),
        pytest.param(
            MARKDOWN + "| 1 | Kho | Sở Y tế | 2026 | | |\n", [["1", "Kho", "Sở Y tế", "2026"]], id="surplus-blank-cells"
        ),
        pytest.param(
            MARKDOWN + "| 1 | a\\|b | Sở Y tế | 2026 |\n",
            [["1", "a\\|b", "Sở Y tế", "2026"]],
            id="a-pipe-inside-a-cell",
        ),
        pytest.param(
            "| TT | Nhiệm vụ | Cơ quan chủ trì |\n| 1 | Kho | Sở Y tế |\n| 2 | Sàn | |\n",
            [["1", "Kho", "Sở Y tế"], ["2", "Sàn", ""]],
            id="outer-pipes-without-a-rule",
        ),
        pytest.param(
            "TT\tNhiệm vụ\tChủ trì\tPhối hợp\tThời gian\n"
            "I\tNhóm một\n1\tKho\tSở Y tế\t\t2026\n2\tSàn\tSở Nội vụ\n\nNơi nhận:\n",
            [["I", "Nhóm một"], ["1", "Kho", "Sở Y tế", "", "2026"], ["2", "Sàn", "Sở Nội vụ"]],
            id="flat-tabs",
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
        pytest.param(
            "Đề nghị Sở Y tế chủ trì | Sở Nội vụ phối hợp | nội dung |\nSố: 1 | Hưng Yên |\n", id="prose-with-pipes"
        ),
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


@pytest.mark.parametrize(
    ("text", "columns", "heads"),
    [
        pytest.param(
            "TT | Nhiệm vụ | Phân công || Thời gian |\n|| Chủ trì | Phối hợp ||\n",
            ("number", "content", "lead", "coordinating", "deadline"),
            ("TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian"),
            id="a-span-over-two-names",
        ),
        pytest.param(
            "TT | Nhiệm vụ | Phân công | Thời gian ||\nChủ trì | Phối hợp ||||\n",
            ("number", "content", "lead", "coordinating", "deadline"),
            ("TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian"),
            id="the-span-was-lost",
        ),
        pytest.param(
            "| TT | Nhiệm vụ | Phân công | | Thời gian |\n|---|---|---|---|---|\n| | | Chủ trì | Phối hợp | |\n",
            ("number", "content", "lead", "coordinating", "deadline"),
            ("TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian"),
            id="markdown",
        ),
        pytest.param(
            "TT | Chỉ tiêu | ĐVT | Lộ trình thực hiện |||\n||| 2026 | 2027 | 2030 |\n",
            ("number", "indicator", "unit", "", "", ""),
            ("TT", "Chỉ tiêu", "ĐVT", *(f"Lộ trình thực hiện {year}" for year in (2026, 2027, 2030))),
            id="years",
        ),
        pytest.param(
            "TT | Nhóm nhiệm vụ, giải pháp | Nhiệm vụ cụ thể | CQ chủ trì | Thời gian, lộ trình |\n",
            ("number", "name", "content", "lead", "deadline"),
            ("TT", "Nhóm nhiệm vụ, giải pháp", "Nhiệm vụ cụ thể", "CQ chủ trì", "Thời gian, lộ trình"),
            id="the-first-of-two-contents-is-a-name",
        ),
    ],
)
def test_heads_on_two_lines(text: str, columns: tuple[str, ...], heads: tuple[str, ...]) -> None:
    assert [(table.columns, table.heads) for table in tables_of(text)] == [(columns, heads)]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        pytest.param("STT | Chỉ tiêu | ĐVT | Năm 2025 | Năm 2030 |", "indicators", id="indicators"),
        pytest.param(
            "STT | Nội dung chỉ tiêu | Cơ quan chủ trì | Thời gian | Ghi chú |", "indicators", id="who-measures"
        ),
        pytest.param("STT | Nội dung | ĐVT | Số lượng | Ghi chú |", "other", id="statistics"),
        pytest.param("STT | Nội dung | ĐVT | Cơ quan chủ trì | Ghi chú |", "tasks", id="tasks-with-a-unit"),
    ],
)
def test_what_the_rows_of_a_table_are(head: str, kind: str) -> None:
    [table] = tables_of(f"{head}\n1 | Tỷ lệ hồ sơ trực tuyến | % | 50 | 90 |\n")
    assert (table.kind, len(table.rows)) == (kind, 1)


def test_another_head_begins_another_table() -> None:
    [first, second] = tables_of(
        HEAD + ROW + "TT | Nhiệm vụ | Sản phẩm | Cơ quan chủ trì |\n1 | Kho | Báo cáo | Sở Y tế |\n"
    )
    assert (len(first.rows), second.columns) == (1, ("number", "content", "output", "lead"))


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
        pytest.param("Thời gian hoàn thành (dự kiến)", "deadline", id="a-bracket-at-the-end"),
        pytest.param("Tổng mức đầu tư (tỷ đồng)", "funding", id="a-unit-in-brackets"),
        pytest.param("Cơ quan<br>chủ trì", "lead", id="broken-in-markdown"),
        pytest.param("Cấp trình", "level", id="who-is-asked-to-issue"),
        pytest.param("Lãnh đạo phụ trách", "person", id="who-watches"),
        pytest.param("Thời gian bắt đầu", "start", id="a-beginning-is-no-deadline"),
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
        pytest.param("**II**", "group", id="bold"),
        pytest.param("a)", "letter", id="letter"),
        pytest.param("Quyết định của UBND tỉnh", "product", id="document"),
        pytest.param("Đ/c Nguyễn Văn A", "person", id="person"),
        pytest.param("Ban Thường vụ Tỉnh ủy", "level", id="issuing-level"),
        pytest.param("2026", "text", id="a-year-is-no-serial"),
        pytest.param("Sở Y tế", "text", id="body"),
    ],
)
def test_cell_kind(text: str, kind: str) -> None:
    assert cell_kind(text) == kind
