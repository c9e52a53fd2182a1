"""Web pages, one trap each: what is shown is read, as it is shown."""

from __future__ import annotations

import pytest

from ingest.readers.html import read_html
from ingest.readers.reading import Grid, Paragraph, Role
from ingest.source import Unreadable
from tests.legacy_bytes import write_tcvn3, write_vni, write_windows_1258


def texts(page: str) -> list[str]:
    return [each.text for each in read_html(page.encode()).blocks if isinstance(each, Paragraph)]


TEXTS = [
    pytest.param("<p>Một<p>Hai", ["Một", "Hai"], id="paragraphs-left-open"),
    pytest.param("<div>Một<div>Hai</div>Ba</div>", ["Một", "Hai", "Ba"], id="text-beside-blocks"),
    pytest.param("<p>  Kế\n\t hoạch  <b> số</b> 5</p>", ["Kế hoạch số 5"], id="white-space"),
    pytest.param("<p>Một<br>hai</p>", ["Một\nhai"], id="line-break"),
    pytest.param("<p>Một<br> <br/>hai</p>", ["Một", "hai"], id="empty-line"),
    pytest.param("<pre>1. Một\n  a) Hai\n\n2. Ba</pre>", ["1. Một", "  a) Hai", "2. Ba"], id="preformatted"),
    pytest.param("<p>R&amp;D&nbsp;&lt;5 &#273;&#x1EBF;n&#150;9</p>", ["R&D <5 đến–9"], id="entities"),
    pytest.param("<p>giữ<del>bỏ</del><ins> thêm</ins></p>", ["giữ thêm"], id="deleted-and-inserted"),
    pytest.param('<p>x<span style="DISPLAY: none">ẩn</span><i hidden>ẩn</i></p>', ["x"], id="hidden"),
    pytest.param('<p>x</p><p style="visibility:hidden">ẩn</p>', ["x"], id="invisible"),
    pytest.param("<style>p.h,#k{display:none}</style><p class='a h'>ẩn<p id=k>ẩn<p>x", ["x"], id="hidden-by-a-sheet"),
    pytest.param("<style>@media print{p{display:none}}</style><p>x", ["x"], id="hidden-in-print-only"),
    pytest.param('<p aria-hidden="true">x</p>', ["x"], id="hidden-from-screen-readers-only"),
    pytest.param("<script>'Điều 1.'</script><noscript>y</noscript><template>z</template><p>x", ["x"], id="scripts"),
    pytest.param("<p>x<!-- y --><!--[if mso]>z<![endif]--> w</p>", ["x w"], id="comments"),
    pytest.param("<form><p>x</p><input value=y><select><option>z</select></form>", ["x"], id="form"),
    pytest.param("<p>10 m<sup>2</sup></p>", ["10 m2"], id="raised"),
    pytest.param("<ol><li>x<li>y</ol>", ["1. x", "2. y"], id="list"),
    pytest.param("<ol start=3 type=a><li>x<li value=7>y<li>z</ol>", ["c. x", "g. y", "h. z"], id="list-of-letters"),
    pytest.param("<ol reversed type=I><li>x<li>y</ol>", ["II. x", "I. y"], id="list-reversed"),
    pytest.param("<ol><li>x<ul><li>y</ul><li>z</ol>", ["1. x", "- y", "2. z"], id="list-in-a-list"),
    pytest.param("<ol style='list-style-type:none'><li>1.1. x</ol>", ["1.1. x"], id="list-without-marks"),
    pytest.param("<ul><li>- x<li>a) y<li>z</ul>", ["- x", "a) y", "- z"], id="bullet-before-a-mark"),
    pytest.param("<ol><li></li><li><p>x</p><p>y</p></li></ol>", ["2. x", "y"], id="item-of-two-paragraphs"),
    pytest.param("<ol start=99999999999999><li>x</ol>", ["999999999. x"], id="list-far-away"),
    pytest.param(
        "<p><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span><![endif]>x<o:p></o:p>",
        ["1. x"],
        id="list-of-a-word-processor",
    ),
    pytest.param(
        '<style>.lst-kix_a-0>li:before{content:"" counter(lst-ctn-kix_a-0,upper-roman) ". "}'
        '.lst-kix_a-1>li:before{content:"" counter(lst-ctn-kix_a-0,decimal) "." counter(lst-ctn-kix_a-1,decimal) ") "}'
        '.lst-kix_b-0>li:before{content:"\u25cf  "}</style>'
        '<ol class="lst-kix_a-0 start" start=2><li>x</ol><ol class="lst-kix_a-1 start"><li>y<li>z</ol>'
        '<ol class="lst-kix_a-0" start=3><li>u</ol><ul class=lst-kix_b-0><li>v</ul>',
        ["II. x", "2.1) y", "2.2) z", "III. u", "- v"],
        id="list-that-a-sheet-counts",
    ),
]


@pytest.mark.parametrize(("page", "expected"), TEXTS)
def test_text_is_read_as_the_page_shows_it(page: str, expected: list[str]) -> None:
    assert texts(page) == expected


TABLES = [
    pytest.param("<tr><td>a<td>b<tr><td>c", (2, 2), ["0 0 a", "0 1 b", "1 0 c"], id="missing-cell"),
    pytest.param(
        "<tr><td rowspan=2>a<td>b<tr><td>c<tr><td>d<td>e",
        (3, 2),
        ["0 0 a 2x1", "0 1 b", "1 1 c", "2 0 d", "2 1 e"],
        id="over-two-rows",
    ),
    pytest.param(
        "<tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e",
        (2, 3),
        ["0 0 a 1x2", "0 2 b", "1 0 c", "1 1 d", "1 2 e"],
        id="over-two-columns",
    ),
    pytest.param("<tr><td rowspan=9>a<td>b", (1, 2), ["0 0 a", "0 1 b"], id="span-beyond-the-table"),
    pytest.param(
        "<tbody><tr><td rowspan=0>a<td>b<tr><td>c<tbody><tr><td>d<td>e",
        (3, 2),
        ["0 0 a 2x1", "0 1 b", "1 1 c", "2 0 d", "2 1 e"],
        id="to-the-end-of-the-group",
    ),
    pytest.param(
        "<tr><td>a<td rowspan=2>b<tr><td colspan=2>c", (2, 2), ["0 0 a", "0 1 b 2x1", "1 0 c"], id="overlap-is-cut"
    ),
    pytest.param(
        "<tfoot><tr><td>c</tfoot><tr><td>b</td></tr><thead><tr><th>a</thead>",
        (3, 1),
        ["0 0 a", "1 0 b", "2 0 c"],
        id="head-and-foot-out-of-order",
    ),
    pytest.param("<tr><td colspan=1000>a<tr><td>b<td>c", (2, 2), ["0 0 a 1x2", "1 0 b", "1 1 c"], id="huge-span"),
    pytest.param("<tr><td colspan='x' rowspan=-2>a<td colspan=0>b", (1, 2), ["0 0 a", "0 1 b"], id="no-number"),
    pytest.param("<tr><td>a<td>b<tr hidden><td>x<td>y<tr><td>c", (2, 2), ["0 0 a", "0 1 b", "1 0 c"], id="hidden-row"),
    pytest.param("<tr><td>a<br>b<p>c<td>- d<ul><li>e</ul>", (1, 2), ["0 0 a/b/c", "0 1 - d/- e"], id="lines-in-a-cell"),
    pytest.param(
        "<tr><td>a<table><tr><td>b<td>c</table>d<td>e", (1, 2), ["0 0 a/b | c/d", "0 1 e"], id="table-in-a-cell"
    ),
]


@pytest.mark.parametrize(("rows", "size", "expected"), TABLES)
def test_cells_stand_where_the_page_draws_them(rows: str, size: tuple[int, int], expected: list[str]) -> None:
    (grid,) = read_html(f"<table>{rows}</table>".encode()).blocks
    assert isinstance(grid, Grid)
    cells = [
        f"{each.row} {each.column} {each.text}".replace("\n", "/")
        + (f" {each.rows}x{each.columns}" if each.rows * each.columns > 1 else "")
        for each in grid.cells
    ]
    assert ((grid.height, grid.width), cells) == (size, expected)


def test_a_caption_stands_above_and_a_frame_is_no_table() -> None:
    blocks = read_html(b"<table><tr><td><table><caption>x</caption><tr><td>a<td>b</table></table>").blocks
    assert [type(each).__name__ for each in blocks] == ["Paragraph", "Grid"]
    assert [each.place.block for each in blocks] == [
        "table[1]/row[1]/cell[1]/table[1]/paragraph[1]",
        "table[1]/row[1]/cell[1]/table[1]",
    ]


def test_notes_and_margins_of_word_processors() -> None:
    page = (
        "<p class=MsoToc1>Mục lục 1</p><p>x<a href=#n>[1]</a></p><div title=header><p>đầu trang</p></div>"
        "<div style='mso-element:footnote'><p>[1] y</p></div><div id=sdfootnote2><p>[2] z</p></div>"
    )
    roles = [each.role for each in read_html(page.encode()).blocks if isinstance(each, Paragraph)]
    assert roles == [Role.MARGIN, Role.TEXT, Role.MARGIN, Role.NOTE, Role.NOTE]


SAID = "Căn cứ Nghị quyết số 57-NQ/TW về đột phá phát triển khoa học"
META = "<meta charset={}>"
ENCODED = [
    pytest.param(SAID.encode(), id="utf-8-undeclared"),
    pytest.param(META.format("windows-1252").encode() + SAID.encode(), id="utf-8-declared-as-another"),
    pytest.param(SAID.encode("utf-16"), id="utf-16"),
    pytest.param(META.format("utf-8").encode() + write_windows_1258(SAID), id="windows-1258-declared-as-utf-8"),
    pytest.param(META.format("windows-1258").encode() + write_windows_1258(SAID), id="windows-1258"),
    pytest.param(SAID.encode("ascii", "xmlcharrefreplace"), id="all-references"),
    pytest.param(b"<font face='.VnTime'>" + write_tcvn3(SAID).encode("latin-1"), id="tcvn3-by-face"),
    pytest.param(
        b'<style>p{font-family:"VNI-Times",serif}</style><p>' + write_vni(SAID).encode("cp1252"), id="vni-by-sheet"
    ),
    pytest.param(write_tcvn3(SAID).encode("latin-1"), id="tcvn3-without-a-face"),
    pytest.param(b'<span style="font-family:.VnTime">' + write_tcvn3(SAID).encode(), id="tcvn3-saved-as-utf-8"),
    pytest.param(SAID.encode() + b"<p>" + b"x" * 2000 + b"\xe1", id="utf-8-cut-in-a-letter"),
]


@pytest.mark.parametrize("raw", ENCODED)
def test_every_encoding_gives_the_same_text(raw: bytes) -> None:
    (first, *_) = read_html(b"<html><body>" + raw if b"\xff\xfe" not in raw[:2] else raw).blocks
    assert isinstance(first, Paragraph)
    assert first.text == SAID


def test_small_letters_of_a_typeface_of_capitals() -> None:
    page = f"<p style=\"font-family:'.VnTimeH'\">{write_tcvn3('Kế hoạch')}</p>"
    assert texts(page) == ["KẾ HOẠCH"]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        pytest.param(b"", "no element", id="empty"),
        pytest.param(b"<html><body><script>document.write(1)</script>", "no text", id="written-by-a-script"),
        pytest.param(b"<div>" * 100_000, "nested too deeply", id="blocks-too-deep"),
        pytest.param(b"<table><tr><td>" * 500 + b"x", "nested too deeply", id="tables-too-deep"),
    ],
)
def test_what_is_no_page_is_refused(raw: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read_html(raw)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"<b>" * 1900 + b"x", id="deep"),
        pytest.param(b"<table>" + b"<tr><td rowspan=65534 colspan=1000>x" * 3000, id="spans-all-over"),
        pytest.param(b"<style>" + b"/*" * 100_000 + b"</style>x", id="comments-left-open"),
        pytest.param(b"<style>" + b"a{" * 100_000 + b"</style>x", id="rules-left-open"),
        pytest.param(b"<p>" + b"\n<br>" * 50_000 + b"x", id="empty-lines"),
        pytest.param(b"<!DOCTYPE html [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]><p>x&b;", id="entities-of-its-own"),
        pytest.param(
            b"<img src='http://example.invalid/x.png'><link rel=stylesheet href=//example.invalid/x>x", id="links"
        ),
    ],
)
def test_hostile_pages_end_soon(raw: bytes) -> None:
    """Each within a second or two; the limit of the process is for what nobody thought of."""
    assert read_html(raw).blocks
