"""Pages of documents: the list, the text with its facts marked in place, and what was not understood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from fastapi.testclient import TestClient

from graph import pipeline
from graph.as_docx import plan_blocks
from graph.findings import Finding
from ingest.readers.dispatch import read_source
from ingest.readers.layout import lay_out as lay_out_file
from ingest.readers.reading import Grid, GridCell, Paragraph, Place, Reading
from ingest.source import source_of_layout
from search_api.indexing import SearchIndexer
from search_api.messages import load_messages
from search_api.page_base import Page
from search_api.page_read_facts import Fact
from search_api.page_read_layout import LONGEST_PAGE, Layout, lay_out
from search_api.page_read_marks import Token, write_tokens
from search_api.page_report import _say
from tests.pages import Outline, check_whole, open_pages
from tests.small_kb import plan_text
from tests.word_encoder import WordEncoder

PLANS = Path(__file__).parent.parent / "data" / "plans"
TABLE = """\
PHỤ LỤC
DANH MỤC NHIỆM VỤ
TT | Tên nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành
I | Hạ tầng số
1 | Xây dựng trung tâm dữ liệu | Sở Khoa học và Công nghệ | Sở Tài chính | 2026
2 | Nâng cấp cổng dịch vụ công | Sở Tài chính | 2027
3 | Thực hiện Kế hoạch số 9/KH-UBND ngày 05/02/2024 của UBND tỉnh | Sở Y tế | Sở Tài chính | Hàng năm
"""
PLACE = Place("")
LONG = "ơ" * 5000
HOSTILE = f"""\
{plan_text(77)}
IV. VIỆC KHÁC
1. Sở Tài chính chủ trì <script>alert(1)</script> "xây dựng" '\u202eđảo\u202c' {LONG} kho dữ liệu, hạn 9/2027.
2. Sở Y tế chủ trì triển khai <img src=x onerror=alert(1)> hồ sơ sức khỏe điện tử, hoàn thành trong năm 2028.
"""
FIRST, TABLED, HOSTILE_PATH = (f"vn/hung-yen/kh-ubnd/2025/{number}" for number in (1, 2, 77))
CITED = "vn/trung-uong/nq-tw/2024/57"


def many_tasks(count: int) -> str:
    """A plan too long for one page."""
    rows = "\n".join(
        f"{number}. Sở Khoa học và Công nghệ chủ trì xây dựng kho dữ liệu số {number} của tỉnh để {'dùng chung ' * 20},"
        f" hoàn thành trong tháng 9/2026."
        for number in range(2, count + 2)
    )
    head, tail = plan_text(5).split("III. TỔ CHỨC", 1)
    return f"{head}{rows}\nIII. TỔ CHỨC{tail}"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("documents")
    texts = {"a.txt": plan_text(1), "b.txt": plan_text(2) + TABLE, "c.txt": HOSTILE, "d.txt": many_tasks(120)}
    plans = folder / "plans"
    plans.mkdir()
    for name, text in texts.items():
        (plans / name).write_text(text, encoding="utf-8")
    pipeline.build([plans], folder / "kb", indexer=SearchIndexer(WordEncoder, "words"))
    with open_pages(folder / "kb") as client:
        yield client


def read(client: TestClient, path: str, **parameters: str) -> str:
    answer = client.get(path, params=parameters or None)
    assert answer.status_code == 200, answer.text[:300]
    return answer.text


# --- every page ----------------------------------------------------------------------------------------------------

ALL = [
    "/documents",
    "/documents?text=held&q=kế hoạch",
    f"/read/{FIRST}",
    f"/read/{TABLED}",
    f"/read/{HOSTILE_PATH}",
    "/read/vn/hung-yen/kh-ubnd/2025/5?page=2",
    f"/document/{TABLED}/report",
    f"/document/{HOSTILE_PATH}/report?kind=no-lead",
    f"/document/{TABLED}",
    f"/document/{HOSTILE_PATH}",
]


@pytest.mark.parametrize("path", ALL)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_page_is_whole(client: TestClient, path: str, language: str) -> None:
    assert not check_whole(client, path, language).of("img")


@pytest.mark.parametrize("path", ALL)
def test_links_lead_on_and_keep_the_language(client: TestClient, path: str) -> None:
    page = Outline(read(client, path + ("&" if "?" in path else "?") + "lang=en"))
    switch = [each["href"] for each in page.of("a") if each.get("class") == "language"]
    ours = {each for each in page.links if re.match(r"/(task|document|documents|section|read)\b", each)}
    for link in ours - set(switch):
        assert client.get(link).status_code == 200, link
        assert parse_qs(urlsplit(link).query)["lang"] == ["en"], link


@pytest.mark.parametrize("path", ALL)
def test_headings_leave_out_no_level(client: TestClient, path: str) -> None:
    levels = [int(tag[1]) for tag, _ in Outline(read(client, path)).tags if re.fullmatch("h[1-6]", tag)]
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


# --- the list ------------------------------------------------------------------------------------------------------


def test_what_is_held_comes_before_what_is_cited(client: TestClient) -> None:
    html = read(client, "/documents")
    assert html.index(f"/document/{FIRST}") < html.index('id="cited"') < html.index(f"/document/{CITED}")


def test_what_is_cited_is_folded_by_its_place_until_somebody_looks_for_it(client: TestClient) -> None:
    html = read(client, "/documents")
    folds = re.findall(r'<details class="fold"( open)?>\s*<summary><span id="of-([^"]+)">.*?</table>', html, re.DOTALL)
    assert folds[0] == ("", "trung-uong")  # the centre before the provinces
    assert {is_open for is_open, _ in folds} == {""}
    counted = r'<summary><span id="of-[^"]+">[^<]+</span> <span class="count">(\d+)</span>(.*?)</table>'
    for count, rows in re.findall(counted, html, re.DOTALL):
        assert rows.count('class="of-document"') == int(count)
    assert '<details class="fold" open>' in read(client, "/documents", q="57-nq/tw")


@pytest.mark.parametrize(
    ("parameters", "shown", "hidden"),
    [
        pytest.param({"text": "held"}, FIRST, CITED, id="held"),
        pytest.param({"text": "cited"}, CITED, FIRST, id="cited"),
        pytest.param({"type": "Nghị quyết"}, CITED, FIRST, id="type"),
        pytest.param({"province": "hung-yen"}, FIRST, CITED, id="province"),
        pytest.param({"q": "57-nq/tw"}, CITED, FIRST, id="number"),
        pytest.param({"q": "chuyen doi so cua tinh"}, FIRST, CITED, id="title-without-accents"),
    ],
)
def test_the_list_is_filtered(client: TestClient, parameters: dict[str, str], shown: str, hidden: str) -> None:
    links = Outline(read(client, "/documents", **parameters)).links
    assert f"/document/{shown}" in links
    assert f"/document/{hidden}" not in links


def test_a_list_without_rows_says_so(client: TestClient) -> None:
    html = read(client, "/documents", q="không có văn bản này", lang="en")
    assert load_messages("en")["doc_none"] in html
    assert "/documents?lang=en" in Outline(html).links


@pytest.mark.parametrize(
    "query", ["page=99", "page=x", "type=<b>", "province=../..", "text=all", "q=%00", "q=" + "a" * 3000]
)
def test_odd_parameters_are_no_error(client: TestClient, query: str) -> None:
    for path in ("/documents", f"/read/{FIRST}", f"/document/{FIRST}/report"):
        assert client.get(f"{path}?{query}").status_code == 200


# --- the text ------------------------------------------------------------------------------------------------------


def test_facts_are_marked_in_place(client: TestClient) -> None:
    html = read(client, f"/read/{FIRST}")
    marks = set(re.findall(r'<(?:a|span) class="f f-(\w+)"[^>]*>([^<]+)', html))
    assert ("document", "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị") in marks
    assert {("agency", "Sở Khoa học và Công nghệ"), ("deadline", "hoàn thành trong tháng 9/2026")} <= marks
    assert {"task", "target", "duty"} <= {kind for kind, _ in marks}


def test_marks_lead_to_what_was_read(client: TestClient) -> None:
    html = read(client, f"/read/{FIRST}")
    links = Outline(html).links
    assert f"/document/{CITED}" in links
    assert [link for link in links if link.startswith("/agency/hung-yen/so-khoa-hoc-va-cong-nghe")]
    (task,) = {link for link in links if link.startswith("/task/") and "/ii/" in link and "chi-tieu" not in link}
    back = [link for link in Outline(read(client, task)).links if link.startswith(f"/read/{FIRST}")]
    assert [link for link in back if link.endswith("?line=11#L11")]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_each_quote_of_a_task_leads_to_its_line(client: TestClient, language: str) -> None:
    links = Outline(read(client, f"/read/{FIRST}")).links
    task = next(link for link in links if link.startswith("/task/"))
    html = client.get(task, params={"lang": language}).text
    places = [each for each in Outline(html).links if each.startswith(f"/read/{FIRST}")]
    assert places
    for each in places:
        query, _, anchor = each.partition("#")
        assert f"line={anchor[1:]}" in query
        assert ("lang=en" in query) == (language == "en")


def test_each_line_of_words_has_an_anchor(client: TestClient) -> None:
    ids = {attrs.get("id") for _, attrs in Outline(read(client, f"/read/{TABLED}")).tags}
    lines = (plan_text(2) + TABLE).splitlines()
    head = next(number for number, line in enumerate(lines, 1) if line.startswith("TT |"))
    assert {f"L{number}" for number in range(1, len(lines) + 1) if number != head} <= ids


def test_a_table_is_a_table(client: TestClient) -> None:
    page = Outline(read(client, f"/read/{TABLED}"))
    assert len(page.of("table")) == 1
    html = read(client, f"/read/{TABLED}")
    rows = re.findall(r"<tr class=\"row.*?</tr>", html, re.DOTALL)
    assert [row.count("<td") - 1 for row in rows] == [2, 5, 4, 5]
    assert "colspan" in rows[0]
    assert re.findall(r'rowspan="2"[^>]*><a[^>]*>([^<]+)', rows[1]) == ["Sở Tài chính"]  # of two rows


def test_a_row_that_is_asked_for_has_its_head_and_all_its_cells(client: TestClient) -> None:
    anchors = re.findall(r'<tr class="row" id="L(\d+)"', read(client, f"/read/{TABLED}"))
    html = read(client, f"/read/{TABLED}", line=anchors[-2])
    before, _, behind = html.partition('<tr class="row asked"')
    asked = behind.partition("</tr>")[0]
    assert (asked.count("<td") - 1, "rowspan" in html) == (5, False)  # the merged body stands in both rows
    assert "ô gộp từ phía trên" in asked
    assert "Sở Tài chính" in asked
    again = before.rpartition("<tr")[2]
    assert (again.count("<th"), "<th>TT</th>" in again) == (5, True)
    assert 'class="again"' not in read(client, f"/read/{TABLED}", line=anchors[0])  # it stands below its head


def test_hidden_kinds_are_not_marked(client: TestClient) -> None:
    html = read(client, f"/read/{FIRST}", hide="agency")
    assert 'class="f f-agency"' not in html
    assert 'class="f f-task"' in html
    (again,) = [each["href"] for each in Outline(html).of("a") if each.get("id") == "show-agency"]
    assert 'class="f f-agency"' in read(client, str(again))


@pytest.mark.parametrize("line", [1, 40, 100, 130])
def test_a_line_leads_to_its_page(client: TestClient, line: int) -> None:
    path = "/read/vn/hung-yen/kh-ubnd/2025/5"
    page = Outline(read(client, path, line=str(line)))
    (asked,) = [attrs for _, attrs in page.tags if "asked" in str(attrs.get("class")).split()]
    assert asked["id"] == f"L{line}"
    assert asked["tabindex"] == "-1"


@pytest.mark.parametrize("line", ["0", "-1", "x", "99999", "٣", "9" * 30])
def test_a_line_that_is_none_is_not_looked_at(client: TestClient, line: str) -> None:
    assert not [
        each
        for _, each in Outline(read(client, f"/read/{FIRST}", line=line)).tags
        if "asked" in str(each.get("class")).split()
    ]


def test_a_long_text_is_cut_into_pages(client: TestClient) -> None:
    path = "/read/vn/hung-yen/kh-ubnd/2025/5"
    html = read(client, path)
    assert f"{path}?page=2" in Outline(html).links
    anchors = [re.findall(r'id="(L\d+)"', read(client, path, page=str(page))) for page in (1, 2, 3)]
    assert not set(anchors[0]) & set(anchors[1])


def test_a_plan_is_text(client: TestClient) -> None:
    html = read(client, f"/read/{HOSTILE_PATH}")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert LONG in html


@pytest.mark.parametrize(
    ("path", "to"),
    [
        pytest.param(f"/read/{quote('1/KH-UBND', safe='')}", f"/read/{FIRST}", id="number"),
        pytest.param(f"/document/{quote('1/KH-UBND', safe='')}/report", f"/document/{FIRST}/report", id="report"),
        pytest.param(f"/read/{CITED}", f"/document/{CITED}", id="only-cited"),
        pytest.param(f"/document/{CITED}/report", f"/document/{CITED}", id="report-of-only-cited"),
        pytest.param(f"/read/{FIRST}/phan/ii/1", f"/read/{FIRST}?line=11#L11", id="task"),
    ],
)
def test_other_names_lead_to_the_text(client: TestClient, path: str, to: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers.get("location")) == (303, to)


@pytest.mark.parametrize(
    "path",
    [
        "/read/nope",
        "/read/..%2f..%2fetc%2fpasswd",
        "/read/",
        "/document/nope/report",
        "/read/%00",
    ],
)
def test_what_is_no_document_is_said_so(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert "</html>" in answer.text


# --- layout and marks ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_drawn", [pytest.param(False, id="text"), pytest.param(True, id="word")])
@pytest.mark.parametrize("file", sorted(PLANS.glob("*.[tm][xd][td]*")), ids=lambda file: str(file.stem))
def test_every_word_of_a_plan_stands_on_one_page(file: Path, is_drawn: bool) -> None:
    source = read_source(file, file.name)
    if is_drawn:  # as a Word file has it
        source = source_of_layout(file.name, "", lay_out_file(Reading(plan_blocks(source))), "docx")
    layout = lay_out(source)
    seen = [0] * len(layout.source.text)
    for start, end in stretches(layout):
        seen[start:end] = [each + 1 for each in seen[start:end]]
    assert max(seen) == 1
    missing = "".join(
        char if char.isalnum() and not times else " " for char, times in zip(layout.source.text, seen, strict=True)
    )
    heads = " ".join(cell.text for table in layout.tables for row in table.head for cell in row)
    assert set(missing.split()) <= set(re.findall(r"\w+", heads))
    assert [first for first, _ in layout.pages] == [0, *(last for _, last in layout.pages[:-1])]
    sizes = [sum(unit.end - unit.start for unit in layout.units[first:last]) for first, last in layout.pages]
    assert max(sizes) < 2 * LONGEST_PAGE


def drawn(*rows: tuple[GridCell, ...], width: int = 4) -> Layout:
    """A document with one drawn table, read and laid out."""
    cells = tuple(cell for row in rows for cell in row)
    grid = Grid(max(cell.row + cell.rows for cell in cells), width, cells, PLACE)
    lines = tuple(Paragraph(line, PLACE) for line in plan_text(3).splitlines())
    return lay_out(source_of_layout("a.docx", "", lay_out_file(Reading((*lines, grid))), "docx"))


def cell(row: int, column: int, text: str, rows: int = 1, columns: int = 1) -> GridCell:
    return GridCell(row, column, text, PLACE, rows, columns)


HEAD = (cell(0, 0, "TT", 2), cell(0, 1, "Tên nhiệm vụ", 2), cell(0, 2, "Cơ quan", 1, 2),
        cell(1, 2, "Chủ trì"), cell(1, 3, "Phối hợp"))  # fmt: skip


def test_a_drawn_table_keeps_its_merged_cells() -> None:
    group = (cell(2, 0, "I"), cell(2, 1, "Hạ tầng số", 1, 3))
    first = (cell(3, 0, "1"), cell(3, 1, "Xây dựng kho", 2), cell(3, 2, "Sở Y tế"), cell(3, 3, "Sở Tài chính", 2))
    layout = drawn(HEAD, group, first, (cell(4, 0, "2"), cell(4, 2, "Sở Nội vụ")))
    (table,) = layout.tables
    assert [[(each.text, each.columns, each.rows) for each in row] for row in table.head] == [
        [("TT", 1, 2), ("Tên nhiệm vụ", 1, 2), ("Cơ quan", 2, 1)],
        [("Chủ trì", 1, 1), ("Phối hợp", 1, 1)],
    ]
    shown = [
        [(layout.source.text[each.start : each.end], each.columns, each.is_above) for each in unit.row]
        for unit in layout.units
        if unit.kind == "row"
    ]
    assert shown == [
        [("I", 1, False), ("Hạ tầng số", 3, False)],
        [("1", 1, False), ("Xây dựng kho", 1, False), ("Sở Y tế", 1, False), ("Sở Tài chính", 1, False)],
        [("2", 1, False), ("Xây dựng kho", 1, True), ("Sở Nội vụ", 1, False), ("Sở Tài chính", 1, True)],
    ]


def test_a_drawn_table_of_anything_is_a_table() -> None:
    layout = drawn(
        *[tuple(cell(row, column, f"{row}.{column} năm") for column in range(3)) for row in range(4)], width=3
    )
    assert [(each.head, each.width) for each in layout.tables] == [((), 3)]
    assert [len(unit.row) for unit in layout.units if unit.kind == "row"] == [3] * 4


def test_a_letterhead_is_no_table() -> None:
    layout = drawn((cell(0, 0, "ỦY BAN NHÂN DÂN"), cell(0, 1, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")), width=2)
    assert not layout.tables
    assert {unit.kind for unit in layout.units} <= {"title", "text", "heading"}


def stretches(layout: Layout) -> Iterator[tuple[int, int]]:
    for unit in layout.units:
        if unit.kind == "row":
            yield from ((place.start, place.end) for place in unit.row if not place.is_above)
        else:
            yield unit.start, unit.end


def fact(kind: str, start: int, end: int) -> Fact:
    return Fact(kind, start, end, ("x",), ())


def shown(tokens: Sequence[Token]) -> str:
    """Marks as brackets: "[task a[agency b]]"."""
    names = {"close": "]", "break": "/"}
    return "".join(
        f"[{token.fact.kind[0]}:" if token.kind == "open" and token.fact else names.get(token.kind, token.text)
        for token in tokens
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param([], "0123456789", id="none"),
        pytest.param([fact("task", 0, 10), fact("agency", 2, 4)], "[t:01[a:23]456789]", id="inside"),
        pytest.param([fact("task", 2, 6), fact("document", 4, 8)], "01[t:23[d:45]][d:67]89", id="crossing"),
        pytest.param([fact("task", 2, 6), fact("duty", 2, 6)], "01[t:[d:2345]]6789", id="same-place"),
        pytest.param([fact("task", 0, 3), fact("agency", 3, 5)], "[t:012][a:34]56789", id="side-by-side"),
        pytest.param([fact("task", 0, 8), fact("duty", 2, 9), fact("agency", 6, 10)],
                     "[t:01[d:2345[a:67]]][a:[d:8]9]", id="three"),
    ],
)  # fmt: skip
def test_marks_nest(facts: list[Fact], expected: str) -> None:
    assert shown(write_tokens("0123456789", (0, 10), facts, ())) == expected


def test_markup_of_a_plan_is_a_look_and_no_text() -> None:
    assert shown(write_tokens("**a**<br>b", (0, 10), (), ())) == "a/b"


def test_a_mark_that_was_cut_has_one_name() -> None:
    tokens = write_tokens("0123456789", (0, 10), [fact("task", 2, 6), fact("document", 4, 8)], ())
    assert [token.is_first for token in tokens if token.kind == "open"] == [True, True, False]


# --- what was not understood ---------------------------------------------------------------------------------------


def test_a_report_counts_and_leads_into_the_text(client: TestClient) -> None:
    page = Outline(read(client, f"/document/{TABLED}/report", kind="unread"))
    assert [link for link in page.links if link.startswith(f"/read/{TABLED}?line=")]
    kinds = {parse_qs(urlsplit(link).query).get("kind", [""])[0] for link in page.links}
    assert "unread" in kinds


@pytest.mark.parametrize(
    ("kind", "what", "said"),
    [
        pytest.param("number-gap", "8 is missing between 7 and 9", "Số thứ tự nhảy từ 7 sang 9.", id="one"),
        pytest.param("number-gap", "8 to 10 are missing between 7 and 11", "Số thứ tự nhảy từ 7 sang 11.", id="more"),
        pytest.param("number-repeated", "the number 5 stands twice", "Số 5 xuất hiện hai lần.", id="repeated"),
        pytest.param("code-repeated", "the code CQS7.2 is used twice", "Mã CQS7.2 được dùng hai lần.", id="code"),
        pytest.param("misprint", "“chuyên đổi” is probably “chuyển đổi”", "“chuyên đổi” có lẽ là “chuyển đổi”.",
                     id="misprint"),
        pytest.param("near-duplicate", "87% of the wording stands elsewhere", "87% câu chữ giống chỗ khác.", id="near"),
        pytest.param("date-conflict", "1/QĐ: dated 2022-05-26 here and 2021-05-26 elsewhere",
                     "1/QĐ: ở đây ghi 2022-05-26, nơi khác ghi 2021-05-26.", id="date"),
        pytest.param("assumed", "lead: unknown reason", "Cơ quan chủ trì: unknown reason", id="assumed"),
        pytest.param("number-gap", "something else", "something else", id="not-known"),
    ],
)  # fmt: skip
def test_findings_are_said_in_vietnamese(kind: str, what: str, said: str) -> None:
    finding = Finding(kind, "", what, "", (), None)
    assert _say({"kind": finding.kind, "what": finding.what}, Page("vi", "/", {}))[0] == said
