"""Pages of bodies: the index, one body, its list as a Word document, and where identifiers lead."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from fastapi.testclient import TestClient

from graph.export_docx import COLUMNS, TaskList, stream_docx
from search_api.messages import load_messages
from search_api.page_base import Page
from search_api.sentence_case import write_small
from tests.pages import DOCUMENT, DUTY, IMAGE, INHERITING, SCRIPT, TASK, Outline, check_whole, hostile_kb, open_pages
from tests.small_corpus import ID, small_corpus
from tests.small_kb import publish_corpus, small_generation, small_kb

SCIENCE = "/agency/hung-yen/so-khoa-hoc-va-cong-nghe"
OFFICE_BEFORE = "/agency/hung-yen-truoc-2025/van-phong-ubnd-tinh"
COMMITTEE = "/agency/hung-yen/ubnd-tinh"
ALL = ["/agencies", "/agencies?q=syt", "/agencies?jurisdiction=hung-yen", SCIENCE, OFFICE_BEFORE, COMMITTEE]


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with open_pages(small_kb()) as client:
        yield client


@pytest.mark.parametrize("path", ALL)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_page_is_whole(client: TestClient, path: str, language: str) -> None:
    check_whole(client, path, language)


@pytest.mark.parametrize("path", ALL)
def test_links_lead_on(client: TestClient, path: str) -> None:
    links = {link for link in Outline(client.get(path).text).links if re.match("/(agency|task|document)/", link)}
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


# --- the index -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("Sở Khoa học và Công nghệ", SCIENCE, id="whole-name"),
        pytest.param("so khoa hoc", SCIENCE, id="no-accents"),
        pytest.param("Sở KH&CN", SCIENCE, id="as-printed"),
        pytest.param("so khcn", SCIENCE, id="short-and-plain"),
        pytest.param("SKHCN", SCIENCE, id="symbol"),
        pytest.param("skhvcn", SCIENCE, id="initials"),
        pytest.param("khoa học hưng yên", SCIENCE, id="with-its-province"),
        pytest.param("department of science", SCIENCE, id="english"),
        pytest.param("vp ubnd", OFFICE_BEFORE, id="another"),
    ],
)
def test_a_body_is_found_by_any_of_its_names(client: TestClient, query: str, found: str) -> None:
    links = [link for link in Outline(client.get("/agencies", params={"q": query}).text).links if "/agency/" in link]
    assert found in links
    assert COMMITTEE not in links


def test_the_index_has_numbers_by_place_and_level(client: TestClient) -> None:
    html = client.get("/agencies").text
    places = [html.index(f'<h2 id="{slug}"') for slug in ("hung-yen", "hung-yen-truoc-2025")]
    assert sorted(places) == places
    row = html[html.index(f'href="{SCIENCE}"') :].split("</tr>")[0]
    assert [each.split("<")[0] for each in row.split('class="number">')[1:]] == ["1", "–", "1"]
    assert "Cơ quan cấp tỉnh" in html


def test_nothing_found_says_so_and_offers_search(client: TestClient) -> None:
    html = client.get("/agencies", params={"q": "Bộ Phép thuật", "lang": "en"}).text
    assert "No agency of this name" in html
    assert "/?q=B%E1%BB%99+Ph%C3%A9p+thu%E1%BA%ADt&amp;lang=en" in html


# --- one body ------------------------------------------------------------------------------------------------------


def test_a_body_shows_what_it_leads_with_partners_and_deadline(client: TestClient) -> None:
    html = client.get(SCIENCE).text
    links = Outline(html).links
    assert TASK in links
    assert "/agency/hung-yen/van-phong-ubnd-tinh" in links  # the partner
    assert DOCUMENT in links
    assert "2025 -2030" in html
    assert INHERITING not in links  # "Các sở, ban, ngành" leads it
    assert "Sở KH&amp;CN" in html[html.index('id="names"') :]


def test_a_body_shows_its_reports_and_their_days(client: TestClient) -> None:
    html = client.get(SCIENCE).text
    owed = html[html.index('id="owed"') :]
    assert DUTY in owed
    assert "trước ngày 10 tháng cuối Quý" in owed
    assert COMMITTEE in owed
    received = client.get(COMMITTEE).text
    assert DUTY in received[received.index('id="received"') :]


@pytest.mark.parametrize(
    ("kind", "path"), [("led", TASK), ("duties", DUTY), ("nonsense", TASK), ("", TASK)]
)  # fmt: skip
def test_lists_of_a_body(client: TestClient, kind: str, path: str) -> None:
    html = client.get(SCIENCE, params={"kind": kind, "page": "99"}).text
    assert path in Outline(html[html.index('id="work"') : html.index('id="reports"')]).links


def test_a_year_of_a_body_leads_to_as_many_tasks_that_it_leads() -> None:
    small = small_corpus()
    lead = next(each.lead for each in small.tasks if each.deadline.latest == "2030-12-31")
    other = next(each for each in small.tasks if each.deadline.latest and each.lead != lead)
    first = next(each for each in small.tasks if each.lead == lead)
    joined = replace(other, id=other.id + "9", lead=other.lead, coordinating=lead, deadline=first.deadline)
    with open_pages(publish_corpus(replace(small, tasks=(*small.tasks, joined)))) as client:
        html = client.get(SCIENCE).text
        (found,) = re.findall(r'href="([^"]+)">2030</a>.*?class="number">(\d+)', html, re.DOTALL)
        calendar = client.get(unescape(found[0])).text
        both = client.get("/calendar", params={"year": "2030", "agency": SCIENCE.removeprefix("/agency/")}).text
    assert found[1] == "1"
    assert ('Đến hạn <span class="count">1</span>' in calendar, "Vai trò" in calendar) == (True, True)
    assert 'Đến hạn <span class="count">2</span>' in both


def test_a_name_of_many_bodies_has_no_calendar(client: TestClient) -> None:
    links = Outline(client.get("/agency/collective/hung-yen/cac-so-ban-nganh").text).links
    assert [each for each in links if each.startswith("/calendar?")] == []


def test_a_place_counts_a_task_of_two_bodies_once() -> None:
    small = small_corpus()
    first = next(each for each in small.tasks if TASK.endswith(each.id.split("/id/")[1]))
    tasks = tuple(
        replace(each, lead=(*first.lead, *first.coordinating)) if each is first else each for each in small.tasks
    )
    with open_pages(publish_corpus(replace(small, tasks=tasks))) as client:
        html = client.get("/agencies").text
    row = next(each for each in html.split("<tr>") if 'href="#hung-yen"' in each)
    bodies = [each for each in html.split("<tr>") if "/agency/hung-yen/" in each]
    assert sum('class="number">1</td>' in each.split("<td")[1] + "<td" for each in bodies) == 2
    assert [each.split("<")[0] for each in row.split('class="number">')[1:]][
        -1
    ] == "2"  # and that of the collective name


@pytest.mark.parametrize("path", [SCIENCE, "/agency/collective/hung-yen/cac-so-ban-nganh"])
def test_a_body_leads_to_the_search_for_it_alone(client: TestClient, path: str) -> None:
    (link,) = [each for each in Outline(client.get(path).text).links if each.startswith("/?agency=")]
    found = client.get("/api/search?q=&" + link.removeprefix("/?")).json()
    assert len(found["understood"]["agencies"][0]["ids"]) == 1
    assert client.get(link).status_code == 200
    assert found["total"] == (2 if path == SCIENCE else 1)


def test_a_body_leads_to_files_and_calendar(client: TestClient) -> None:
    links = {link.split("?")[0]: parse_qs(urlsplit(link).query) for link in Outline(client.get(SCIENCE).text).links}
    iri = ID + SCIENCE[1:]
    for path in ("/api/tasks.xlsx", "/api/tasks.csv", "/api/deadlines.ics"):
        assert links[path] == {"role": ["lead"], "agency": [iri]}
        assert client.get(path, params=links[path]).status_code == 200
    assert links["/calendar"]["agency"] == ["hung-yen/so-khoa-hoc-va-cong-nghe"]
    assert f"{SCIENCE}.docx" in links
    assert f"/doc{SCIENCE}.ttl" in links


def test_before_and_after_have_their_legal_source(client: TestClient) -> None:
    html = client.get(SCIENCE, params={"lang": "en"}).text
    history = html[html.index('id="history"') :]
    assert "1 July 2025" in history
    assert "202/2025/QH15" in history
    before = client.get(OFFICE_BEFORE).text
    assert "Hoạt động đến 30/06/2025" in before
    assert "/agency/hung-yen/van-phong-ubnd-tinh" in Outline(before[before.index('id="history"') :]).links


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_printed_page_says_what_it_leaves_out_and_where_the_whole_is(client: TestClient, language: str) -> None:
    say = load_messages(language)
    html = client.get(f"{SCIENCE}?lang={language}").text
    assert html.count(f"({say['print_not_here']})") == html.count('id="tab-') - 1
    (address,) = re.findall(rf"{say['print_address']} (\S+)</p>", html)
    assert address == "http://testserver" + SCIENCE + ("?lang=en" if language == "en" else "")


# --- the Word list -------------------------------------------------------------------------------------------------


def read_docx(client: TestClient, path: str) -> tuple[Any, Any]:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].endswith("wordprocessingml.document")
    return answer, Document(io.BytesIO(answer.content))


def test_the_word_list_opens_and_cites_its_sources(client: TestClient) -> None:
    answer, document = read_docx(client, f"{SCIENCE}.docx")
    (table,) = document.tables
    head, row = ([cell.text for cell in each.cells] for each in table.rows)
    assert head == ["TT", "Nội dung nhiệm vụ", "Cơ quan phối hợp", "Thời hạn", "Căn cứ"]  # no task has an output
    assert row == ["1", "Phát triển hạ tầng: Nâng cấp Trung tâm dữ liệu", "Văn phòng UBND tỉnh", "2025 -2030",
                   "Quyết định 719/QĐ-UBND ngày 27/08/2025, Phụ lục II, mục 1"]  # fmt: skip
    lines = [each.text for each in document.paragraphs if each.text]
    assert lines[:2] == ["DANH MỤC NHIỆM VỤ CHỦ TRÌ", "Sở Khoa học và Công nghệ – Tỉnh Hưng Yên"]
    made = small_generation().finished
    assert lines[2] == f"(Tổng hợp 1 nhiệm vụ từ 1 văn bản; dữ liệu ngày {made:%d/%m/%Y})"
    assert lines[-1].startswith("1. Quyết định 719/QĐ-UBND ngày 27/08/2025. Ban hành Chương trình")
    assert "Căn cứ: Nghị quyết 57-NQ/TW ngày 22/12/2024" in lines[-1]
    name = unquote(answer.headers["content-disposition"].split("filename*=UTF-8''")[1])
    assert name == "Nhiệm vụ chủ trì - Sở Khoa học và Công nghệ Tỉnh Hưng Yên.docx"


def test_the_word_list_is_set_as_papers_of_offices_are(client: TestClient) -> None:
    _, document = read_docx(client, f"{SCIENCE}.docx")
    section, style = document.sections[0], document.styles["Normal"]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert (style.font.name, style.font.size.pt) == ("Times New Roman", 13)
    assert document.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr is None for row in document.tables[0].rows[1:])  # a long row may go over to the next page
    assert [each.tag for each in document.tables[0]._tbl.tblPr.find(qn("w:tblCellMar"))] == [
        qn("w:top"),
        qn("w:bottom"),
    ]
    assert "PAGE" in section.header.paragraphs[0]._p.xml
    assert section.different_first_page_header_footer


@pytest.mark.parametrize(
    ("rows", "heads"),
    [
        pytest.param([["a", "b", "c", "d", "e"]], 6, id="all"),
        pytest.param([["a", "", "", "", "e"], ["a", "", "c", "", "e"]], 4, id="what-one-row-has"),
        pytest.param([["a", "", "", "", ""]], 2, id="only-words"),
        pytest.param([], 6, id="no-rows"),
    ],
)
def test_columns_that_nobody_fills_are_left_out(rows: list[list[str]], heads: int) -> None:
    made = TaskList("Danh mục", ["Sở Y tế"], rows, [], small_generation().finished)
    (table,) = Document(io.BytesIO(b"".join(stream_docx(made)))).tables
    cells = [[cell.text for cell in each.cells] for each in table.rows]
    assert len(cells[0]) == heads
    assert sum(column.width.mm for column in table.columns) == pytest.approx(sum(width for _, width in COLUMNS), abs=1)
    assert [each for row in cells[1:] for each in row if not each] == []
    assert any("–" in row for row in cells) == (heads == 4)


@pytest.mark.parametrize(
    ("title", "small"),
    [
        pytest.param("KẾ HOẠCH CHUYỂN ĐỔI SỐ CỦA TỈNH HƯNG YÊN GIAI ĐOẠN 2025-2030",
                     "Kế hoạch chuyển đổi số của tỉnh Hưng Yên giai đoạn 2025-2030", id="province"),
        pytest.param("THỰC HIỆN NGHỊ QUYẾT SỐ 57-NQ/TW CỦA BỘ CHÍNH TRỊ",
                     "Thực hiện nghị quyết số 57-NQ/TW của Bộ Chính trị", id="number-and-body"),
        pytest.param("ỨNG DỤNG KHCN TẠI UBND XÃ", "Ứng dụng KHCN tại UBND xã", id="abbreviations"),
        pytest.param("Ứng dụng KHCN", "Ứng dụng KHCN", id="small-already"),
        pytest.param("", "", id="nothing"),
    ],
)  # fmt: skip
def test_titles_in_capitals_are_written_small(title: str, small: str) -> None:
    assert write_small(title) == small


def test_the_same_list_is_the_same_bytes(client: TestClient) -> None:
    assert client.get(f"{SCIENCE}.docx").content == client.get(f"{SCIENCE}.docx").content


def test_a_body_that_leads_nothing_has_an_empty_list(client: TestClient) -> None:
    _, document = read_docx(client, f"{COMMITTEE}.docx")
    assert "Chưa có nhiệm vụ nào do cơ quan này chủ trì" in document.paragraphs[2].text
    assert document.tables[0].rows[1].cells[0].text == "Không có nhiệm vụ nào."
    assert f"{COMMITTEE}.docx" not in Outline(client.get(COMMITTEE).text).links


# --- names, odd requests, markup -----------------------------------------------------------------------------------


def test_identifiers_lead_browsers_to_the_page(client: TestClient) -> None:
    html = {"accept": "text/html,*/*;q=0.8"}
    assert client.get("/id" + SCIENCE + "?lang=en", headers=html).headers["location"] == f"/doc{SCIENCE}?lang=en"
    answer = client.get("/doc" + SCIENCE + "?lang=en", headers=html)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{SCIENCE}?lang=en")
    assert client.get("/doc" + SCIENCE, headers={"accept": "text/turtle"}).status_code == 200
    assert Page("en", "/", {}).of_record(ID + SCIENCE[1:], "agency") == f"{SCIENCE}?lang=en"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/agency/", 404),
        ("/agency/nope", 404),
        ("/agency/nope.docx", 404),
        ("/agency/ha-noi/so-khoa-hoc-va-cong-nghe", 404),
        ("/agency/" + "a" * 3000, 404),
        ("/agency/%00", 404),
        ("/agency/%3Cscript%3E", 404),
        ("/agency" + TASK.removeprefix("/task"), 404),
        ("/agencies?jurisdiction=%3Cscript%3E&q=%00&page=-1", 200),
        ("/agencies?q=" + "a" * 5000, 200),
    ],
)
def test_odd_requests(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path, headers={"accept": "text/html"})
    assert answer.status_code == status
    assert not Outline(answer.text).programs


@pytest.mark.parametrize(
    ("path", "first"),
    [
        pytest.param("/agency/ha-noi/so-khoa-hoc-va-cong-nghe", SCIENCE, id="other-province"),
        pytest.param("/agency/hung-yen/so-khoa-hoc", SCIENCE, id="part-of-a-name"),
        pytest.param("/agency/so-khcn", SCIENCE, id="short-form"),
        pytest.param("/agency/hung-yen-truoc-2025/ubnd", "/agency/hung-yen-truoc-2025/ubnd-tinh", id="its-province"),
        pytest.param("/agency/hung-yen/ubnd", COMMITTEE, id="the-other-province"),
    ],
)
def test_a_missing_body_says_who_may_be_meant(client: TestClient, path: str, first: str) -> None:
    answer = client.get(path, headers={"accept": "text/html"})
    assert answer.status_code == 404
    links = Outline(answer.text[answer.text.index('id="suggestions"') :]).links
    assert links[0] == first


@pytest.mark.parametrize("text", [SCRIPT, IMAGE])
def test_a_question_is_text(client: TestClient, text: str) -> None:
    page = Outline(client.get("/agencies", params={"q": text, "jurisdiction": text}).text)
    assert not page.programs
    assert not page.of("img")


def test_a_plan_is_text() -> None:
    with open_pages(hostile_kb()) as client:
        for path in (SCIENCE, COMMITTEE, OFFICE_BEFORE, "/agencies"):
            answer = client.get(path)
            page = Outline(answer.text)
            assert answer.status_code == 200
            assert not page.programs
            assert not page.of("img")
        _, document = read_docx(client, f"{SCIENCE}.docx")
        assert SCRIPT in document.tables[0].rows[1].cells[1].text
