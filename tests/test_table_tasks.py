"""Rows become tasks: merged cells hand their values down, groups give the path."""

from __future__ import annotations

import pytest

from ingest.lines import split_lines
from ingest.records import Origin, Task
from ingest.table_tasks import find_table_tasks
from ingest.tables import find_tables
from tests.texts import source_of

HEAD = "TT | Nội dung nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành |\n"
WIDE = (
    "TT | Mã nhiệm vụ | Tên nhiệm vụ | Nội dung nhiệm vụ | Đơn vị chủ trì | Đơn vị phối hợp | Lộ trình "
    "đề xuất | Nguồn vốn |\n"
)
STORE = "1. | Xây dựng kho dữ liệu | Sở Y tế | Sở Tài chính | 2026 |\n"
FILES = "2. | Số hóa hồ sơ | Sở Nội vụ | Sở Tài chính | Quý IV/2026 |\n"
MARKET = "1. | Phát triển sàn thương mại điện tử | Sở Công Thương | Sở Tài chính | 2027 |\n"
CENTRE = (
    "1. | CQS1.1 | Phát triển hạ tầng | - Nâng cấp Trung tâm dữ liệu | Sở Khoa học và Công nghệ | Văn "
    "phòng UBND tỉnh | 2025 -2030 | Ngân sách địa phương |\n"
)
FRAME = "2. | - Rà soát Khung kiến trúc số | ||||||\n"
MARKDOWN = "| TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian |\n|---|---|---|---|\n"


def tasks_of(text: str) -> tuple[tuple[Task, ...], tuple[str, ...]]:
    source = source_of(text)
    [table] = find_tables(source, split_lines(source))
    return find_table_tasks(source, table, "II", "phu-luc/2", set())


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        pytest.param(HEAD + STORE + FILES, ["phu-luc/2/muc/1", "phu-luc/2/muc/2"], id="numbers-of-the-page"),
        pytest.param(
            HEAD + "I | Chính quyền số |\n" + STORE + FILES + "II | Kinh tế số |\n" + MARKET,
            ["phu-luc/2/nhom/i/muc/1", "phu-luc/2/nhom/i/muc/2", "phu-luc/2/nhom/ii/muc/1"],
            id="numbers-restart-under-groups",
        ),
        pytest.param(
            HEAD + "I | Chính quyền số |\n" + STORE + "II | Kinh tế số |\n" + FILES,
            ["phu-luc/2/muc/1", "phu-luc/2/muc/2"],
            id="numbers-run-through-the-groups",
        ),
        pytest.param(
            HEAD + "1 | Hạ tầng |\n1.1 | Xây dựng kho dữ liệu | Sở Y tế | Sở Tài chính | 2026 |\n2 | Kinh tế |\n"
            "2.1 | Số hóa hồ sơ | Sở Y tế | Sở Tài chính | 2026 |\n",
            ["phu-luc/2/muc/1.1", "phu-luc/2/muc/2.1"],
            id="a-number-over-its-subnumbers-is-a-group",
        ),
        pytest.param(
            WIDE + CENTRE + "- Duy trì hệ thống thông tin | |||||||\n- Mở rộng hệ thống | |||||||\n",
            ["phu-luc/2/muc/1", "phu-luc/2/muc/1/them-1", "phu-luc/2/muc/1/them-2"],
            id="rows-without-a-number-hang-on-the-last",
        ),
        pytest.param(HEAD + STORE + MARKET, ["phu-luc/2/muc/1", "phu-luc/2/muc/1-2"], id="one-number-twice"),
        pytest.param(HEAD + STORE + HEAD + FILES, ["phu-luc/2/muc/1", "phu-luc/2/muc/2"], id="head-on-a-new-page"),
        pytest.param(HEAD, [], id="a-head-without-rows"),
        pytest.param(HEAD + "I | Chính quyền số |\nII | Kinh tế số |\n", [], id="only-groups"),
        pytest.param("STT | Chỉ tiêu | ĐVT | Năm 2030 |\n1 | GRDP | tỷ | 5 |\n", [], id="indicators-are-no-tasks"),
    ],
)
def test_addresses_follow_the_page(text: str, addresses: list[str]) -> None:
    tasks, warnings = tasks_of(text)
    assert ([task.address for task in tasks], warnings) == (addresses, ())


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        pytest.param(
            WIDE + "A | CHÍNH QUYỀN SỐ (CQS) | ||||||\nI | CQS1 | Phát triển hạ tầng | |||||\n" + CENTRE,
            [[("A", "CHÍNH QUYỀN SỐ (CQS)", None), ("I", "Phát triển hạ tầng", "CQS1")]],
            id="letter-roman-code",
        ),
        pytest.param(
            MARKDOWN + "| **I** | **NHÓM A** | | |\n| **1** | **Nhận thức số** | | |\n| 1.1 | Kho | Sở Y tế | 2026 |\n",
            [[("I", "NHÓM A", None), ("1", "Nhận thức số", None)]],
            id="bold-groups",
        ),
        pytest.param(
            MARKDOWN + "| 1 | Hạ tầng số | | |\n| a | Kho | Sở Y tế | 2026 |\n| 2 | Tập huấn | Sở Y tế | 2026 |\n"
            "| 3 | Dữ liệu | | |\n| | - Kho | Sở Y tế | 2026 |\n",
            [[("1", "Hạ tầng số", None)], [], [("3", "Dữ liệu", None)]],
            id="a-number-over-letters-and-dashes-until-the-next-number",
        ),
        pytest.param(HEAD + "CHÍNH QUYỀN SỐ |\n" + STORE, [[("", "CHÍNH QUYỀN SỐ", None)]], id="one-cell-in-capitals"),
        pytest.param(
            HEAD + "I | Chính quyền số |\n" + STORE + "II | Kinh tế số |\n" + MARKET,
            [[("I", "Chính quyền số", None)], [("II", "Kinh tế số", None)]],
            id="the-next-group-closes-the-last",
        ),
    ],
)
def test_groups_give_the_path(text: str, paths: list[list[tuple[str, str, str | None]]]) -> None:
    tasks, _ = tasks_of(text)
    assert [[(step.label, step.title, step.code) for step in task.section] for task in tasks] == paths


def test_a_whole_row() -> None:
    [task], _ = tasks_of(WIDE + CENTRE)
    assert (task.number, task.code, task.name, task.text) == (
        "1",
        "CQS1.1",
        "Phát triển hạ tầng",
        "Nâng cấp Trung tâm dữ liệu",
    )
    assert [body.name for body in task.lead] == ["Sở Khoa học và Công nghệ"]
    assert [body.name for body in task.coordinating] == ["Văn phòng UBND tỉnh"]
    assert (task.deadline.kind, task.deadline.start, task.deadline.end) == ("period", "2025", "2030")
    assert (task.funding, task.output, task.annex, task.form) == ("Ngân sách địa phương", None, "II", "table")
    assert {evidence.origin for evidence in task.evidence.values()} == {Origin.STATED}


def test_a_merged_cell_is_inherited_with_its_own_place() -> None:
    (above, task), _ = tasks_of(WIDE + CENTRE + FRAME)
    inherited = {name for name, evidence in task.evidence.items() if evidence.origin is Origin.INHERITED}
    assert inherited == {"code", "name", "lead", "coordinating", "deadline", "funding"}
    assert {name: task.evidence[name].source for name in inherited} == {
        name: above.evidence[name].source for name in inherited
    }
    assert (task.number, task.code, task.text) == ("2", "CQS1.1", "Rà soát Khung kiến trúc số")


def test_a_heading_closes_merged_cells() -> None:
    (_, task), _ = tasks_of(WIDE + CENTRE + "II | CQS2 | Số hóa hệ thống | |||||\n" + FRAME)
    assert (task.code, task.lead, task.deadline.kind, task.funding) == (None, (), "none", None)
    assert {evidence.origin for evidence in task.evidence.values()} == {Origin.STATED}


def test_a_number_is_never_inherited() -> None:
    (_, task), _ = tasks_of(WIDE + CENTRE + "- Duy trì hệ thống thông tin | |||||||\n")
    assert (task.number, "number" in task.evidence) == (None, False)


def test_blank_cells_of_markdown_are_not_inherited() -> None:
    (_, task), _ = tasks_of(MARKDOWN + "| 1 | Xây dựng kho | Sở Y tế | 2026 |\n| 2 | **Số hóa** hồ sơ | | |\n")
    assert (task.text, task.lead, task.deadline.kind) == ("Số hóa hồ sơ", (), "none")


def test_what_is_missing_at_the_end_is_blank_where_no_cell_was_lost() -> None:
    (_, task), _ = tasks_of(HEAD + STORE + "2. | Ban hành Quy chế | Sở Nội vụ |||\n")
    assert ([body.name for body in task.lead], task.coordinating, task.deadline.kind) == (["Sở Nội vụ"], (), "none")
    assert {evidence.origin for evidence in task.evidence.values()} == {Origin.STATED}


def test_markdown_inside_cells_is_no_part_of_the_words() -> None:
    row = (
        "| 2 | **Số hóa**<br>hồ sơ a\\|b | "
        "**Sở Khoa học**<br>**và Công nghệ**<br>Sở Y tế<br>các sở, ngành | Quý<br>IV/2026 |\n"
    )
    source = source_of(MARKDOWN + row)
    [table] = find_tables(source, split_lines(source))
    ((task,), _) = find_table_tasks(source, table, "II", "phu-luc/2", set())
    assert (task.text, task.deadline.raw, task.deadline.end) == ("Số hóa hồ sơ a|b", "Quý IV/2026", "2026-12")
    assert [body.name for body in task.lead] == ["Sở Khoa học và Công nghệ", "Sở Y tế", "Các sở, ngành"]
    assert all(source.text[body.source.start : body.source.end] == body.source.quote for body in task.lead)


@pytest.mark.parametrize(
    ("text", "numbers", "warning"),
    [
        pytest.param(
            HEAD + "1. | A | Sở Y tế | Sở Tài chính | 2026 | Ghi chú | thừa |\n" + FILES,
            ["2"],
            "line 2: a row of 7 cells under a head of 5 was left out",
            id="pipes",
        ),
        pytest.param(
            MARKDOWN + "| 1 | A | Sở Y tế | 2026 |\n| 2 | B | Sở Y tế | 2026 | thừa |\n",
            ["1"],
            "line 4: a row of 5 cells under a head of 4 was left out",
            id="markdown",
        ),
    ],
)
def test_a_row_with_more_cells_than_the_head_is_reported(text: str, numbers: list[str], warning: str) -> None:
    tasks, warnings = tasks_of(text)
    assert ([task.number for task in tasks], warnings) == (numbers, (warning,))


def test_a_row_cut_off_at_the_end_is_still_a_task() -> None:
    tasks, warnings = tasks_of(HEAD + STORE + "2. | Triển khai bệnh án điện tử tại các bệnh viện")
    assert [(task.number, task.text) for task in tasks] == [
        ("1", "Xây dựng kho dữ liệu"),
        ("2", "Triển khai bệnh án điện tử tại các bệnh viện"),
    ]
    assert warnings == ()
