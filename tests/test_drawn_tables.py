"""Drawn tables as offices fill them in: titles among the rows, ditto marks, two parts in one cell, totals."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ingest.cell_bodies import split_parts
from ingest.readers.layout import lay_out
from ingest.readers.reading import Grid, GridCell, Paragraph, Place, Reading
from ingest.records import Origin, Task
from ingest.source import source_of_layout
from ingest.table_tasks import find_table_tasks
from ingest.tables import find_tables

HEAD = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian")
STORE = ("1", "Xây dựng kho dữ liệu", "Sở Y tế", "9/2026")
FILES = ("2", "Số hóa hồ sơ", "Sở Nội vụ", "2027")
UP = "^"
NOWHERE = Place("table[1]")


def tasks_of(*rows: Sequence[str], head: Sequence[str] = HEAD) -> tuple[Task, ...]:
    """The tasks of a table as `read` draws it."""
    return read(*rows, head=head)[0]


def read(*rows: Sequence[str], head: Sequence[str] = HEAD) -> tuple[tuple[Task, ...], tuple[str, ...]]:
    """The tasks and what was left out; one text alone is a cell over all columns, UP goes on with the cell above."""
    cells = [
        GridCell(at, column, text, NOWHERE, 1 + covered(rows[at:], column), len(head) if len(row) == 1 else 1)
        for at, row in enumerate((head, *rows))
        for column, text in enumerate(row)
        if text != UP
    ]
    grid = Grid(len(rows) + 1, len(head), tuple(cells), NOWHERE)
    source = source_of_layout("a.docx", "", lay_out(Reading((Paragraph("PHỤ LỤC", NOWHERE), grid))), "docx")
    [table] = find_tables(source, ())
    return find_table_tasks(source, table, None, "phu-luc/0", set())


def covered(below: Sequence[Sequence[str]], column: int) -> int:
    """How many of the rows below go on with the cell above them."""
    return next((at for at, row in enumerate(below) if row[column : column + 1] != (UP,)), len(below))


def test_each_row_of_a_merged_task_says_who_does_its_part() -> None:
    first, second, last = tasks_of(STORE, (UP, UP, "Sở Nội vụ", "2027"), FILES)
    assert second.text == first.text
    assert [body.name for body in second.lead] == ["Sở Nội vụ"]
    assert (second.deadline.end, second.number, second.address) == ("2027", None, "phu-luc/0/muc/1/them-1")
    assert [each.evidence["text"].origin for each in (first, second)] == [Origin.STATED, Origin.INHERITED]
    assert second.evidence["text"].source == first.evidence["text"].source
    assert last.number == "2"


def test_a_row_of_a_merged_task_that_says_nothing_new_is_told() -> None:
    head = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp")
    tasks, warnings = read(
        ("1", "Xây dựng kho dữ liệu", "Sở Y tế", "Sở Tài chính"), (UP, UP, UP, "Sở Nội vụ"), head=head
    )
    assert [body.name for task in tasks for body in task.coordinating] == ["Sở Tài chính"]
    assert [line.partition(": ")[2] for line in warnings] == [
        "a row beside a task merged over several rows was left out"
    ]


@pytest.mark.parametrize(
    ("rows", "sections"),
    [
        pytest.param([("Lĩnh vực hạ tầng số",), STORE], [("", "Lĩnh vực hạ tầng số")], id="over-all-columns"),
        pytest.param([("A. Chuyển đổi số",), STORE], [("A", "Chuyển đổi số")], id="with-its-letter"),
        pytest.param([("Phần II: Nhân lực số",), STORE], [("Phần II", "Nhân lực số")], id="part"),
        pytest.param(
            [("A. Hạ tầng",), ("Phần II. Nhân lực",), ("I. Đào tạo",), STORE],
            [("Phần II", "Nhân lực"), ("I", "Đào tạo")],
            id="nothing-stands-over-a-part",
        ),
        pytest.param([("", "Lĩnh vực y tế", "", ""), STORE], [("", "Lĩnh vực y tế")], id="in-the-column-of-tasks"),
    ],
)
def test_titles_among_the_rows_are_sections(rows: list[Sequence[str]], sections: list[tuple[str, str]]) -> None:
    (task,) = tasks_of(*rows)
    assert [(step.label, step.title) for step in task.section] == sections
    assert task.address.endswith("muc/1")


@pytest.mark.parametrize(
    ("row", "count"),
    [
        pytest.param(("", "Rà soát các quy định;", "", ""), 3, id="a-clause"),
        pytest.param(("", "- Rà soát các quy định", "", ""), 3, id="an-item"),
        pytest.param(("", "Rà soát các quy định", "Sở Y tế", ""), 3, id="somebody-does-it"),
        pytest.param(("", "Tổng cộng", "", ""), 2, id="a-total"),
        pytest.param(("Tổng số: 2 nhiệm vụ",), 2, id="a-total-over-all-columns"),
    ],
)
def test_what_is_a_task_and_what_is_not(row: Sequence[str], count: int) -> None:
    assert len(tasks_of(STORE, row, FILES)) == count


@pytest.mark.parametrize("mark", ["nt", "-nt-", '"', "''", "”", "//", "Như trên"])
def test_ditto_marks_say_what_stands_above(mark: str) -> None:
    first, _, last = tasks_of(STORE, ("2", "Mở dữ liệu", mark, mark), ("3", "Kết nối", mark, "2028"))
    assert [body.name for body in last.lead] == ["Sở Y tế"]
    assert (last.deadline.end, last.evidence["lead"].origin) == ("2028", Origin.INHERITED)
    assert last.evidence["lead"].source == first.evidence["lead"].source


@pytest.mark.parametrize(
    ("cell", "lead", "joins"),
    [
        ("Chủ trì: Sở Y tế\nPhối hợp: Sở Tài chính, Công an tỉnh", ["Sở Y tế"], ["Sở Tài chính", "Công an tỉnh"]),
        ("Sở Y tế; phối hợp: các sở, ban, ngành", ["Sở Y tế"], ["Các sở, ban, ngành"]),
        ("Sở Y tế chủ trì, phối hợp với Sở Tài chính", ["Sở Y tế"], ["Sở Tài chính"]),
        ("Sở Y tế (chủ trì); Sở Tài chính (phối hợp)", ["Sở Y tế"], ["Sở Tài chính"]),
        ("- Cơ quan chủ trì: Sở Y tế\n- Cơ quan phối hợp: Sở Tài chính", ["Sở Y tế"], ["Sở Tài chính"]),
        ("Sở Y tế, Sở Tài chính", ["Sở Y tế", "Sở Tài chính"], []),
    ],
)
def test_one_cell_says_who_leads_and_who_joins_in(cell: str, lead: list[str], joins: list[str]) -> None:
    (task,) = tasks_of(("1", "Số hóa", cell, "2026"))
    assert ([body.name for body in task.lead], [body.name for body in task.coordinating]) == (lead, joins)
    assert all(evidence.origin is Origin.STATED for evidence in task.evidence.values())


@pytest.mark.parametrize("cell", ["Sở Y tế\nSở Tài chính", "Sở Y tế; Sở Tài chính", "Sở Y tế/ Sở Tài chính"])
def test_the_head_asks_for_both_and_the_cell_does_not_tell(cell: str) -> None:
    """The first is taken to lead, and the record says that this was assumed."""
    (task,) = tasks_of(("1", "Số hóa", cell, "2026"), head=("TT", "Nhiệm vụ", "Đơn vị chủ trì/phối hợp", "Thời gian"))
    assert ([body.name for body in task.lead], [body.name for body in task.coordinating]) == (
        ["Sở Y tế"],
        ["Sở Tài chính"],
    )
    assert {task.evidence[name].origin for name in ("lead", "coordinating")} == {Origin.ASSUMED}
    assert task.evidence["coordinating"].source.quote.strip() == "Sở Tài chính"


def test_one_body_leads_alone() -> None:
    assert [part.role for part in split_parts("Sở Y tế", "Đơn vị chủ trì/phối hợp")] == ["lead"]


@pytest.mark.parametrize(
    ("begin", "end", "period"),
    [
        ("01/2026", "9/2026", ("period", "2026-01", "2026-09", "2026-01-01")),
        ("Quý II/2026", "Quý IV/2026", ("period", "2026-04", "2026-12", "2026-04-01")),
        ("", "9/2026", ("by", None, "2026-09", None)),
        ("2027", "9/2026", ("by", None, "2026-09", None)),
    ],
)
def test_begin_and_end_in_columns_of_their_own(begin: str, end: str, period: tuple[str | None, ...]) -> None:
    (task,) = tasks_of(("1", "Số hóa", "Sở Y tế", begin, end), head=(*HEAD[:3], "Bắt đầu", "Kết thúc"))
    found = task.deadline
    assert (found.kind, found.start, found.end, found.active_from) == period


@pytest.mark.parametrize("blank", ["-", "–", "…", "..."])
def test_a_dash_is_a_blank_cell(blank: str) -> None:
    (task,) = tasks_of(("1", "Số hóa", blank, blank, blank), head=(*HEAD, "Sản phẩm"))
    assert (task.lead, task.deadline.kind, task.deadline.raw, task.output) == ((), "none", None, None)
    assert set(task.evidence) == {"number", "text"}


@pytest.mark.parametrize(
    ("head", "lead"),
    [
        pytest.param(("TT", "Nhiệm vụ", "Đơn vị", "Thời gian"), ["Sở Y tế"], id="who-does-it"),
        pytest.param(("TT", "Nhiệm vụ/Hoạt động", "Cơ quan", "Mốc hoàn thành"), ["Sở Y tế"], id="short-heads"),
    ],
)
def test_heads_of_few_words(head: Sequence[str], lead: list[str]) -> None:
    (task,) = tasks_of(("1", "Số hóa", "Sở Y tế", "2026"), head=head)
    assert ([body.name for body in task.lead], task.deadline.end) == (lead, "2026")


@pytest.mark.parametrize("number", ["3.", "3)", "3/", "(3)"])
def test_a_number_is_read_without_what_closes_it(number: str) -> None:
    (task,) = tasks_of((number, "Số hóa", "Sở Y tế", "2026"))
    assert (task.number, task.address) == ("3", "phu-luc/0/muc/3")
