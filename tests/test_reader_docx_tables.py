"""Tables of a Word document come out as grids, each cell where it is drawn."""

from __future__ import annotations

import pytest

from tests.made_docx import cell, docx, grids, par, row, run, table, texts


def span(count: int) -> str:
    return f'<w:gridSpan w:val="{count}"/>'


TOP, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
DELETED = '<w:del w:id="1"/>'
TABLES = [
    pytest.param(
        table(row("a", "b"), row("c", "d")),
        [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "b"), (1, 0, 1, 1, "c"), (1, 1, 1, 1, "d")],
        id="plain",
    ),
    pytest.param(
        table(row(cell("nhóm", span(3))), row("a", "b", "c")),
        [(0, 0, 1, 3, "nhóm"), (1, 0, 1, 1, "a"), (1, 1, 1, 1, "b"), (1, 2, 1, 1, "c")],
        id="across-columns",
    ),
    pytest.param(
        table(row(cell("a", TOP), "1"), row(cell("", ON), "2"), row(cell("b", TOP), "3"), row(cell("", ON), "4")),
        [
            (0, 0, 2, 1, "a"),
            (0, 1, 1, 1, "1"),
            (1, 1, 1, 1, "2"),
            (2, 0, 2, 1, "b"),
            (2, 1, 1, 1, "3"),
            (3, 1, 1, 1, "4"),
        ],
        id="down-rows-twice",
    ),
    pytest.param(
        table(row(cell("a", span(2) + TOP), "1"), row(cell("", span(2) + ON), "2"), row("x", "y", "z")),
        [
            (0, 0, 2, 2, "a"),
            (0, 2, 1, 1, "1"),
            (1, 2, 1, 1, "2"),
            (2, 0, 1, 1, "x"),
            (2, 1, 1, 1, "y"),
            (2, 2, 1, 1, "z"),
        ],
        id="across-and-down",
    ),
    pytest.param(
        table(row("a", "b"), row("c", properties='<w:gridBefore w:val="1"/>')),
        [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "b"), (1, 1, 1, 1, "c")],
        id="row-that-begins-late",
    ),
    pytest.param(
        table(row("a", "b"), row("c", properties='<w:gridAfter w:val="1"/>')),
        [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "b"), (1, 0, 1, 1, "c")],
        id="row-that-ends-early",
    ),
    pytest.param(
        table(row(cell("a", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), "b"), row("1", "2", "3")),
        [(0, 0, 1, 2, "a"), (0, 2, 1, 1, "b"), (1, 0, 1, 1, "1"), (1, 1, 1, 1, "2"), (1, 2, 1, 1, "3")],
        id="merged-as-older-files-do",
    ),
    pytest.param(
        table(row("a", cell("b", ON)), row("c", "d")),
        [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "b"), (1, 0, 1, 1, "c"), (1, 1, 1, 1, "d")],
        id="goes-on-nothing",
    ),
    pytest.param(
        table(row("a", "b"), row("c", "d", properties=DELETED), row("e", "f", properties='<w:ins w:id="2"/>')),
        [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "b"), (1, 0, 1, 1, "e"), (1, 1, 1, 1, "f")],
        id="deleted-row",
    ),
    pytest.param(
        table(row(cell("a", TOP), "1", properties=DELETED), row(cell("", ON), "2"), row(cell("", ON), "3")),
        [(0, 0, 2, 1, ""), (0, 1, 1, 1, "2"), (1, 1, 1, 1, "3")],
        id="deleted-row-begins-a-merge",
    ),
    pytest.param(
        table(row("a", "b"), row("c", "d", properties="<w:hidden/>")),
        [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "b")],
        id="hidden-row",
    ),
    pytest.param(
        table(row("a", cell("b", "<w:cellDel/>")), row("c")), [(0, 0, 1, 1, "a"), (1, 0, 1, 1, "c")], id="deleted-cell"
    ),
    pytest.param(
        table(row("a", f"<w:sdt><w:sdtContent>{cell('b')}</w:sdtContent></w:sdt>"))
        .replace("<w:tr>", "<w:sdt><w:sdtContent><w:tr>")
        .replace("</w:tr>", "</w:tr></w:sdtContent></w:sdt>"),
        [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "b")],
        id="content-controls-around-row-and-cell",
    ),
    pytest.param(
        table(row("a", cell(par("x") + par("") + par("y")))),
        [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "x\ny")],
        id="lines-in-a-cell",
    ),
    pytest.param(table(row("a", "-")), [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "-")], id="dash-for-nothing"),
    pytest.param(
        table(row("a", cell(table(row("1", "2"), row("3", cell(par("4") + par("5")))) + par("sau")))),
        [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "1 | 2\n3 | 4 5\nsau")],
        id="table-in-a-cell",
    ),
    pytest.param(
        # the edges of the second row are drawn 1 mm beside those of the first
        table(row("a", cell("b", span(2)), "c"), row(cell("1", span(2)), "2", "3"), widths=(2000, 60, 2000, 2000)),
        [
            (0, 0, 1, 1, "a"),
            (0, 1, 1, 1, "b"),
            (0, 2, 1, 1, "c"),
            (1, 0, 1, 1, "1"),
            (1, 1, 1, 1, "2"),
            (1, 2, 1, 1, "3"),
        ],
        id="edges-a-hair-apart",
    ),
    pytest.param(
        table(row("a", "", "c"), row("1", "2", "3"), widths=(2000, 60, 2000)),
        [
            (0, 0, 1, 1, "a"),
            (0, 1, 1, 1, ""),
            (0, 2, 1, 1, "c"),
            (1, 0, 1, 1, "1"),
            (1, 1, 1, 1, "2"),
            (1, 2, 1, 1, "3"),
        ],
        id="column-as-narrow-as-a-hair",
    ),
    pytest.param(
        table(row(cell("a", span(5)), cell("b", span(2)))),
        [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "b")],
        id="columns-that-no-cell-has",
    ),
    pytest.param(
        table(row(cell("a", span(10**9)), "b")), [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "b")], id="hostile-number-of-columns"
    ),
]


@pytest.mark.parametrize(("body", "cells"), TABLES)
def test_table_reads_as_drawn(body: str, cells: list[tuple[int, int, int, int, str]]) -> None:
    assert grids(docx(body)) == [cells]


FRAMES = [
    pytest.param(table(row("Nội dung")), [], ["Nội dung"], id="one-cell-around-words"),
    pytest.param(
        table(row(cell(par("Trước") + table(row("a", "b")) + par("Sau")))),
        [2],
        ["Trước", "Sau"],
        id="one-cell-around-a-table",
    ),
    pytest.param(
        table(row("Một"), row(cell(table(row("a", "b"), row("c", "d")) + par("")))),
        [4],
        ["Một"],
        id="column-around-a-table",
    ),
    pytest.param(table(row("a", "b", properties=DELETED)), [], [], id="deleted-as-a-whole"),
    pytest.param(table(), [], [], id="no-row"),
    pytest.param(
        f'<w:ins w:id="1">{table(row("a", "b"))}</w:ins>' + par(run("x")), [2], ["x"], id="inserted-around-a-table"
    ),
]


@pytest.mark.parametrize(("body", "cells", "lines"), FRAMES)
def test_table_that_only_frames_is_no_table(body: str, cells: list[int], lines: list[str]) -> None:
    raw = docx(body)
    assert ([len(each) for each in grids(raw)], texts(raw)) == (cells, lines)
