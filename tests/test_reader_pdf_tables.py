"""Tables of PDFs: rules to cells, over pages too."""

from __future__ import annotations

import pytest

from ingest.readers.pdf import read_pdf
from ingest.readers.reading import Grid
from ingest.readers.ruled_grids import Rule, Slot, find_grids
from tests.made_pdf import Page, grids, pdf, texts

XS = (50.0, 90.0, 350.0, 550.0)


def table(page: Page, top: float, *rows: tuple[str, ...], height: float = 40) -> Page:
    """A table of three columns; "\\n" ends a line in a cell."""
    ys = [top + height * at for at in range(len(rows) + 1)]
    page.grid(XS, ys)
    for y, row in zip(ys, rows, strict=False):
        for x, text in zip(XS, row, strict=False):
            for at, line in enumerate(text.split("\n")):
                page.text(x + 5, y + 14 + 14 * at, line)
    return page


HEAD = ("TT", "Nhiệm vụ", "Cơ quan chủ trì")


def box(left: float, top: float, right: float, bottom: float) -> tuple[list[Rule], list[Rule]]:
    """The four rules of a box."""
    level = [Rule(top, left, right), Rule(bottom, left, right)]
    return level, [Rule(left, top, bottom), Rule(right, top, bottom)]


@pytest.mark.parametrize(
    ("level", "upright", "slots"),
    [
        pytest.param(*box(0, 0, 100, 50), [], id="one-box-is-a-frame"),
        pytest.param(
            [Rule(0, 0, 100), Rule(20, 0, 50), Rule(40, 0, 100)],
            [Rule(0, 0, 40), Rule(50, 0, 40), Rule(100, 0, 40)],
            [Slot(0, 0, 1, 1), Slot(0, 1, 2, 1), Slot(1, 0, 1, 1)],
            id="merged-downwards",
        ),
        pytest.param(
            [Rule(0, 0, 100), Rule(20, 0, 100), Rule(40, 0, 100)],
            [Rule(0, 0, 40), Rule(50, 20, 40), Rule(100, 0, 40)],
            [Slot(0, 0, 1, 2), Slot(1, 0, 1, 1), Slot(1, 1, 1, 1)],
            id="merged-sideways",
        ),
        pytest.param(
            [Rule(0, 0, 100), Rule(20, 0, 100), Rule(40, 0, 100)],
            [Rule(50, 0, 40)],
            [Slot(0, 0, 1, 1), Slot(0, 1, 1, 1), Slot(1, 0, 1, 1), Slot(1, 1, 1, 1)],
            id="no-rules-at-the-sides",
        ),
        pytest.param(
            [Rule(0, 0, 50), Rule(0.4, 50.5, 100), Rule(20, 0, 100), Rule(10, 60, 90)],
            [Rule(0, 0, 20), Rule(50, 0, 20), Rule(100, 0.5, 19.5)],
            [Slot(0, 0, 1, 1), Slot(0, 1, 1, 1)],
            id="sides-drawn-cell-by-cell-and-an-underline",
        ),
    ],
)
def test_rules_make_cells(level: list[Rule], upright: list[Rule], slots: list[Slot]) -> None:
    """Where no rule is, a cell goes on."""
    found = find_grids(level, upright)
    assert [list(grid.slots) for grid in found] == ([slots] if slots else [])


def test_a_table_says_where_its_cells_stand() -> None:
    """The page and the box of a cell come with it."""
    raw = pdf(Page().text(50, 60, "Phụ lục"), table(Page(), 100, HEAD, ("1", "Số hóa", "Sở Nội vụ")))
    grid = next(block for block in read_pdf(raw).blocks if isinstance(block, Grid))
    cell = grid.cells[4]
    assert (cell.text, cell.place.block, cell.place.page) == ("Số hóa", "table[1]/row[2]/cell[2]", 2)
    assert cell.place.box == pytest.approx((90, 140, 350, 180))


def test_thin_areas_are_rules() -> None:
    """Word draws its rules as filled areas, each side of a cell by itself."""
    page = Page().lines(55, 112, "Tên")
    page.text(205, 112, "Đơn vị").text(55, 132, "Số hóa").text(205, 132, "Sở Nội vụ")
    for y in (100, 120, 140):
        page.area(50, y, 200, y + 0.5).area(200.5, y, 350, y + 0.5)
    for x in (50, 200, 350):
        page.area(x, 100.5, x + 0.5, 120).area(x, 120.5, x + 0.5, 140)
    assert grids(pdf(page)) == [
        [(0, 0, 1, 1, "Tên"), (0, 1, 1, 1, "Đơn vị"), (1, 0, 1, 1, "Số hóa"), (1, 1, 1, 1, "Sở Nội vụ")]
    ]


FULL = "Xây dựng cơ sở dữ liệu dùng chung cho các"  # as wide as the column
OVER_PAGES = [
    pytest.param(
        [HEAD, ("1", "Số hóa", "Sở Nội vụ")],
        [HEAD, ("2", "Kết nối", "Công an tỉnh")],
        ["TT|Nhiệm vụ|Cơ quan chủ trì", "1|Số hóa|Sở Nội vụ", "2|Kết nối|Công an tỉnh"],
        id="head-again",
    ),
    pytest.param(
        [HEAD, ("1", "Số hóa", "Sở Nội vụ")],
        [("2", "Kết nối", "Công an tỉnh")],
        ["TT|Nhiệm vụ|Cơ quan chủ trì", "1|Số hóa|Sở Nội vụ", "2|Kết nối|Công an tỉnh"],
        id="rows-go-on",
    ),
    pytest.param(
        [HEAD, ("1", f"{FULL}\n{FULL}", "Sở Nội vụ")],
        [HEAD, ("", "xã trong tỉnh", ""), ("2", "Kết nối", "Công an tỉnh")],
        ["TT|Nhiệm vụ|Cơ quan chủ trì", f"1|{FULL} {FULL} xã trong tỉnh|Sở Nội vụ", "2|Kết nối|Công an tỉnh"],
        id="row-cut-by-the-page",
    ),
    pytest.param(
        [HEAD, ("1", "Số hóa", "Sở Tài chính")],
        [HEAD, ("2", "Sở hữu trí tuệ", "Sở Tài chính")],
        ["TT|Nhiệm vụ|Cơ quan chủ trì", "1|Số hóa|Sở Tài chính", "2|Sở hữu trí tuệ|Sở Tài chính"],
        id="the-same-words-in-the-next-row",
    ),
    pytest.param(
        [("1", "Số hóa hồ sơ lưu trữ", "Sở Nội vụ"), ("2", "Kết nối", "Công an tỉnh")],
        [("3", "Số hóa hồ sơ lưu trữ", "Sở Nội vụ")],
        ["1|Số hóa hồ sơ lưu trữ|Sở Nội vụ", "2|Kết nối|Công an tỉnh", "3|Số hóa hồ sơ lưu trữ|Sở Nội vụ"],
        id="rows-alike-but-for-their-number",
    ),
]


@pytest.mark.parametrize(("first", "second", "rows"), OVER_PAGES)
def test_tables_go_on_over_pages(first: list[tuple[str, ...]], second: list[tuple[str, ...]], rows: list[str]) -> None:
    """A table is one, whatever pages it stands on; a page number between is no part of it."""
    pages = [
        table(Page().text(300, 30, "2"), 100, *first),
        table(Page().text(300, 30, "3"), 60, *second),
    ]
    found = grids(pdf(Page().text(50, 100, "Phụ lục"), *pages))
    assert len(found) == 1
    written: dict[int, list[str]] = {}
    for row, _, _, _, text in found[0]:
        written.setdefault(row, []).append(text)
    assert ["|".join(each) for each in written.values()] == rows


def test_merged_cells_go_on_over_pages() -> None:
    """A cell that covers rows on both pages is one cell."""
    pages = []
    for top, number, text in ((100.0, 1, "Chuyển đổi số"), (60.0, 3, "")):
        page = Page()
        for x in XS:
            page.rule(x, top, x, top + 80)
        for y, left in ((0, XS[0]), (40, XS[0]), (80, XS[0])):
            page.rule(left, top + y, XS[1], top + y).rule(XS[2], top + y, XS[3], top + y)
        page.rule(XS[1], top, XS[2], top).rule(XS[1], top + 80, XS[2], top + 80).text(95, top + 14, text)
        for at in range(2):
            page.text(55, top + 14 + 40 * at, str(number + at)).text(355, top + 14 + 40 * at, "Sở Nội vụ")
        pages.append(page)
    merged = [cell for cell in grids(pdf(*pages))[0] if cell[1] == 1]
    assert merged == [(0, 1, 4, 1, "Chuyển đổi số")]


def test_a_blank_merged_cell_begins_with_its_neighbours() -> None:
    """At the top of a page two filled cells and a blank one cover the same rows: the blank one is new as well."""
    xs, ys = (50, 90, 250, 400, 550), (80, 120, 160)
    pages = []
    for words in (("Số hóa", "Sở Nội vụ", "Sở Y tế"), ("Kết nối", "Công an tỉnh", "")):
        page = Page()
        for x in xs:
            page.rule(x, ys[0], x, ys[-1])
        for y in (ys[0], ys[-1]):
            page.rule(xs[0], y, xs[-1], y)
        page.rule(xs[0], ys[1], xs[1], ys[1]).text(55, 100, "a)").text(55, 140, "b)")
        for x, word in zip(xs[1:], words, strict=False):
            page.text(x + 5, 100, word)
        pages.append(page)
    (grid,) = grids(pdf(*pages))
    assert [(row, rows) for row, column, rows, _, _ in grid if column == 3] == [(0, 2), (2, 2)]


UNRULED = ((50, "TT"), (150, "Nhiệm vụ"), (300, "Cơ quan"), (420, "Thời gian"))
FIRST = ((50, "1"), (80, "Xây dựng trung tâm dữ liệu"), (290, "Sở KH&CN"), (420, "Tháng 9/2026"))
SECOND = ((50, "2"), (80, "Số hóa hồ sơ"), (290, "Sở Nội vụ"), (420, "2026"))
GROUP = ((50, "I"), (80, "Hạ tầng số trên toàn bộ địa bàn các xã, phường thuộc tỉnh"))
READ = [
    "TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian",
    "1 | Xây dựng trung tâm dữ liệu của tỉnh | Sở KH&CN | Tháng 9/2026",
    "2 | Số hóa hồ sơ | Sở Nội vụ | 2026",
]


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        pytest.param([UNRULED, ((302, "chủ trì"),), FIRST, ((80, "của tỉnh"),), SECOND], READ, id="head-on-two-lines"),
        pytest.param(
            [UNRULED, ((302, "chủ trì"),), GROUP, FIRST, ((80, "của tỉnh"),), SECOND],
            [READ[0], "I | Hạ tầng số trên toàn bộ địa bàn các xã, phường thuộc tỉnh", *READ[1:]],
            id="group-over-all-columns",
        ),
        pytest.param([UNRULED, ((302, "chủ trì"),), FIRST, ((80, "của tỉnh"),)], None, id="one-row-is-text"),
        pytest.param([UNRULED, ((302, "chủ trì"),), ((80, "Hạ tầng"),), FIRST, SECOND], None, id="number-lower-down"),
        pytest.param([FIRST, ((80, "của tỉnh"),), SECOND], None, id="no-head"),
    ],
)
def test_tables_without_rules(lines: list[tuple[tuple[int, str], ...]], read: list[str] | None) -> None:
    """White space makes columns under a head that names them; where it is not plain, all the words are text."""
    page = Page().text(50, 90, "Phụ lục kèm theo Kế hoạch")
    for at, placed in enumerate((*lines, ((50, "Các sở, ban, ngành báo cáo kết quả theo quy định về Sở Nội vụ."),))):
        for left, words in placed:
            page.text(left, 120 + 18 * at, words)
    raw = pdf(page)
    rows = [
        " | ".join(" ".join(text.split()) for row, _, _, _, text in grid if row == at)
        for grid in grids(raw)
        for at in range(len(read or ()))
    ]
    assert rows == (read or [])
    found = " ".join([*rows, *texts(raw)]).replace("|", " ").split()
    assert sorted(found) == sorted(page_words(lines))


def page_words(lines: list[tuple[tuple[int, str], ...]]) -> list[str]:
    """All words of a page that those lines are on."""
    around = "Phụ lục kèm theo Kế hoạch Các sở, ban, ngành báo cáo kết quả theo quy định về Sở Nội vụ."
    return [*around.split(), *(word for line in lines for _, words in line for word in words.split())]


def test_two_tables_stay_apart() -> None:
    """A line of text between tables says that the second one is another."""
    second = table(Page().text(50, 60, "Phụ lục II"), 100, HEAD, ("1", "Kết nối", "Công an tỉnh"))
    assert len(grids(pdf(table(Page(), 100, HEAD, ("1", "Số hóa", "Sở Nội vụ")), second))) == 2


@pytest.mark.parametrize(("rotate", "size"), [(90, (800.0, 600.0)), (270, (800.0, 600.0))])
def test_pages_that_are_shown_turned(rotate: int, size: tuple[float, float]) -> None:
    """A wide table on a page that the file turns is read as shown, its boxes too."""
    matrix = (0, 1, -1, 0) if rotate == 90 else (0, -1, 1, 0)
    page = Page(rotate=rotate, size=size[::-1])
    for x, y, text in ((100, 100, "Tên"), (300, 100, "Đơn vị"), (100, 150, "Số hóa"), (300, 150, "Sở Nội vụ")):
        at = (y, size[0] - x) if rotate == 90 else (size[1] - y, x)
        page.turned(matrix, at, text)
    for x in (90, 290, 500):
        page.rule(*_unturn(x, 80, rotate, size), *_unturn(x, 180, rotate, size))
    for y in (80, 130, 180):
        page.rule(*_unturn(90, y, rotate, size), *_unturn(500, y, rotate, size))
    grid = next(block for block in read_pdf(pdf(page)).blocks if isinstance(block, Grid))
    assert [cell.text for cell in grid.cells] == ["Tên", "Đơn vị", "Số hóa", "Sở Nội vụ"]
    assert grid.cells[3].place.box == pytest.approx((290, 130, 500, 180))


def test_a_table_that_stands_on_its_side() -> None:
    """A page that is not turned itself: the text runs upwards, the boxes are those of the page as shown."""
    size = (800.0, 600.0)
    page = Page(size=size[::-1])
    for x, y, text in ((100, 100, "Tên"), (300, 100, "Đơn vị"), (100, 150, "Số hóa"), (300, 150, "Sở Nội vụ")):
        page.turned((0, 1, -1, 0), (y, size[0] - x), text)
    for x in (90, 290, 500):
        page.rule(*_unturn(x, 80, 90, size), *_unturn(x, 180, 90, size))
    for y in (80, 130, 180):
        page.rule(*_unturn(90, y, 90, size), *_unturn(500, y, 90, size))
    grid = next(block for block in read_pdf(pdf(page)).blocks if isinstance(block, Grid))
    assert [cell.text for cell in grid.cells] == ["Tên", "Đơn vị", "Số hóa", "Sở Nội vụ"]
    assert grid.cells[3].place.box == pytest.approx((130, 300, 180, 510))


def test_the_head_of_a_narrow_column_runs_upwards() -> None:
    """Letters that run another way than the page are read where their cell holds nothing else."""
    page = table(Page(), 100, ("", "Nhiệm vụ", "Cơ quan chủ trì"), ("1", "Số hóa", "Sở Nội vụ"), height=80)
    page.turned((0, 1, -1, 0), (68, 175), "Thứ tự").turned((0, 1, -1, 0), (82, 175), "ưu tiên")
    page.turned((0, 1, -1, 0), (590, 500), "Lưu hành")
    assert grids(pdf(page))[0][0] == (0, 0, 1, 1, "Thứ tự ưu tiên")


def _unturn(x: float, y: float, rotate: int, size: tuple[float, float]) -> tuple[float, float]:
    return (y, size[0] - x) if rotate == 90 else (size[1] - y, x)
