"""Pages: what they say, what they link to, and that nothing in a plan or a question becomes markup."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from fastapi import Request
from fastapi.testclient import TestClient

from search_api import docs_page, routes_dataset, routes_linked, service
from search_api.assets import WEB, list_packages
from search_api.messages import load_messages
from search_api.page_base import Page
from search_api.page_problem import is_for_people, render_problem
from search_api.page_trace import list_related
from search_api.page_words import explain_deadline, head_text, mark_text, say_value
from search_api.pages_search import load_examples
from search_api.present import say_date
from search_api.static_files import STATIC
from tests.conftest import ROOT
from tests.pages import (
    CITED,
    DOCUMENT,
    DUTY,
    IMAGE,
    IN_PROSE,
    INHERITING,
    SCRIPT,
    TARGET,
    TASK,
    Outline,
    hostile_kb,
    open_pages,
)
from tests.small_corpus import PLAN
from tests.small_kb import small_kb

DRAFT = "/id/vn/hung-yen/qd-ubnd/2025-08/chua-ro-so-bbbbbbbb"
ALL = ["/", "/?q=Trung tâm dữ liệu", "/about", TASK, INHERITING, IN_PROSE, DUTY, TARGET, DOCUMENT, CITED]


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with open_pages(small_kb()) as client:
        yield client


# --- every page ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ALL)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_page_is_whole(client: TestClient, path: str, language: str) -> None:
    answer = client.get(path, params={"lang": language} if "?" not in path else None)
    page = Outline(answer.text)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert page.of("html") == [{"lang": language if "?" not in path else "vi"}]
    assert [len(page.of(tag)) for tag in ("h1", "main", "header", "footer", "title", "script", "style")][:2] == [1, 1]
    assert not page.programs
    assert not page.of("style")
    assert [attrs for _, attrs in page.tags if "style" in attrs or any(name.startswith("on") for name in attrs)] == []
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert sorted(set(ids), key=str) == sorted(ids, key=str)
    assert page.links[0] in ("#main", "#total")
    assert len(answer.content) < 60_000


@pytest.mark.parametrize("path", ALL)
def test_all_labels_lead_to_something(client: TestClient, path: str) -> None:
    page = Outline(client.get(path).text)
    ids = {attrs["id"] for _, attrs in page.tags if "id" in attrs}
    assert {attrs["aria-labelledby"] for _, attrs in page.tags if "aria-labelledby" in attrs} <= ids
    assert {each["for"] for each in page.of("label")} <= ids


@pytest.mark.parametrize("path", ALL)
def test_all_links_are_of_this_server_and_lead_on(client: TestClient, path: str) -> None:
    page = Outline(client.get(path).text)
    loaded = [str(each["href"]) for each in page.of("link")]
    ids = {attrs.get("id") for _, attrs in page.tags}
    assert {link for link in page.links if link.startswith("#") and link[1:] not in ids} == set()
    for link in {each for each in (*page.links, *loaded) if not each.startswith("#")}:
        assert link.startswith("/"), link
        if not link.startswith("/sparql"):  # needs its processes
            assert client.get(link).status_code == 200, link


@pytest.mark.parametrize("path", ALL)
def test_english_stays_english(client: TestClient, path: str) -> None:
    page = Outline(client.get(path + ("&" if "?" in path else "?") + "lang=en").text)
    ours = [each for each in page.links if re.match(r"/(task|document|about|\?|$)", each)]
    back = [str(each["href"]) for each in page.of("a") if each.get("class") == "language"]
    assert {tuple(parse_qs(urlsplit(link).query).get("lang", ())) for link in ours if link not in back} == {("en",)}
    assert [parse_qs(urlsplit(link).query).get("lang") for link in back] == [None]


def test_head_is_answered(client: TestClient) -> None:
    assert [client.head(path).status_code for path in ("/", TASK, DOCUMENT, "/about")] == [200, 200, 200, 200]


# --- search --------------------------------------------------------------------------------------------------------


def test_home_shows_examples_and_documents(client: TestClient) -> None:
    home = client.get("/")
    links = Outline(home.text).links
    assert [link for link in links if link.startswith("/?q=")]
    assert DOCUMENT in links
    assert CITED not in links  # its text is not held


def test_results_are_in_two_groups(client: TestClient) -> None:
    html = client.get("/", params={"q": "nhiệm vụ đến hạn 2026"}).text
    due, active = html.index("Đến hạn trong 2026 "), html.index("(không đến hạn trong 2026)")
    assert due < html.index(IN_PROSE) < active < html.index(TASK)


def test_a_chip_can_be_taken_away_and_used_again(client: TestClient) -> None:
    page = Outline(client.get("/", params={"q": "nhiệm vụ đến hạn 2026", "lang": "en"}).text)
    chips = {str(each["aria-label"]): str(each["href"]) for each in page.of("a") if "aria-label" in each}
    assert set(chips) == {"Remove filter: Due, 2026", "Remove filter: Kind, Task"}
    without = client.get(chips["Remove filter: Due, 2026"]).text
    assert "Under way" not in without
    again = {str(each.get("aria-label")): str(each["href"]) for each in Outline(without).of("a")}
    assert parse_qs(urlsplit(again["Restore: Due"]).query) == {"q": ["nhiệm vụ đến hạn 2026"], "lang": ["en"]}


def test_words_are_marked(client: TestClient) -> None:
    assert "<mark>Trung tâm dữ liệu</mark>" in client.get("/", params={"q": "trung tâm dữ liệu"}).text


def test_no_result_says_which_filter_to_take_away(client: TestClient) -> None:
    page = client.get("/", params={"q": "nhiệm vụ đến hạn 2019"}).text
    assert load_messages("vi")["nothing"] in page
    assert "Bỏ điều kiện “Đến hạn: 2019”" in page


def test_the_other_language_keeps_question_and_filters(client: TestClient) -> None:
    page = Outline(client.get("/", params={"q": "AI 2026", "ignore": ["due", "kinds"], "utm": "x"}).text)
    (link,) = [str(each["href"]) for each in page.of("a") if each.get("class") == "language"]
    assert parse_qs(urlsplit(link).query) == {"q": ["AI 2026"], "ignore": ["due", "kinds"], "lang": ["en"]}


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("a" * 5000, id="long"),
        pytest.param("😀👩‍👩‍👧", id="emoji"),
        pytest.param(unicodedata.normalize("NFD", "nhiệm vụ đến hạn 2026"), id="decomposed"),
        pytest.param("a\0b\r\n\t", id="control"),
        pytest.param("؟‮١٢٣", id="right-to-left"),
        pytest.param("%s {0} {{7*7}} ${x}", id="template"),
        pytest.param("'; DROP TABLE x --", id="sql"),
    ],
)
def test_any_question_gets_a_page(client: TestClient, question: str) -> None:
    answer = client.get("/", params={"q": question})
    assert answer.status_code == 200
    assert load_messages("vi")["search_label"] in answer.text


def test_decomposed_and_composed_are_one(client: TestClient) -> None:
    one, other = (
        client.get("/", params={"q": unicodedata.normalize(form, "nhiệm vụ đến hạn 2026")}).text
        for form in ("NFC", "NFD")
    )
    assert one == other


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=x", "page=٣", "page=99999999999", "lang=fr", "ignore=x"])
def test_odd_parameters_are_taken_as_none(client: TestClient, query: str) -> None:
    answer = client.get(f"/?q=d%E1%BB%AF+li%E1%BB%87u&{query}&limt=5")
    assert answer.status_code == 200
    assert "<article>" in answer.text


def test_a_page_beyond_the_last_is_the_last(client: TestClient) -> None:
    assert "<article>" in client.get("/", params={"q": "dữ liệu", "page": "999"}).text


# --- one item ------------------------------------------------------------------------------------------------------


def test_a_task_shows_fields_origins_and_quotes(client: TestClient) -> None:
    html = client.get(INHERITING).text
    for words in ("719/QĐ-UBND#II.2", "CQS1.1", "Hàng năm", "Định kỳ hằng năm.", "Kế thừa từ ô gộp", "Suy ra", "Nêu rõ",
                  "cột chủ trì, ô kế bên trống", "Phụ lục II", "719-qd-ubnd.txt:15",
                  load_messages("vi")["not_stated"]):  # fmt: skip
        assert words in html, words


def test_a_task_leads_up_to_the_resolution(client: TestClient) -> None:
    html = client.get(TASK).text
    tree = html[html.index('class="tree"') :]
    assert tree.index(DOCUMENT) < tree.index(CITED)
    assert "Căn cứ Nghị quyết số 57-NQ/TW" in tree
    assert "chưa có toàn văn" in tree


def test_a_task_links_to_its_data(client: TestClient) -> None:
    links = Outline(client.get(TASK).text).links
    path = TASK.removeprefix("/task/")
    assert f"/api/tasks/{path}" in links
    assert [link for link in links if link.startswith("/api/trace?id=vn/")]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        pytest.param(DUTY, ["Trách nhiệm", "ngày 10 tháng cuối quý", "UBND tỉnh"], id="duty"),
        pytest.param(TARGET, ["Chỉ tiêu", "1,2–1,5%", "2030"], id="target"),
    ],
)
def test_duties_and_targets_have_pages(client: TestClient, path: str, words: list[str]) -> None:
    html = client.get(path).text
    assert [each for each in words if each not in html] == []


def test_english_says_what_a_department_is(client: TestClient) -> None:
    html = client.get(TASK, params={"lang": "en"}).text
    assert "Department of Science and Technology" in html
    assert "as printed: “Sở KH&amp;CN”" in html


# --- one document --------------------------------------------------------------------------------------------------


def test_a_document_shows_both_directions(client: TestClient) -> None:
    html = client.get(DOCUMENT).text
    above, below = html.index('id="above"'), html.index('id="below"')
    assert above < html.index(CITED, above) < below
    assert "Nguyễn Hùng Nam" in html
    assert load_messages("vi")["held"] in html


def test_a_cited_document_says_that_it_is_not_held(client: TestClient) -> None:
    html = client.get(CITED).text
    below = html.index('id="below"')
    assert load_messages("vi")["cited_only"] in html
    assert "/document/" + PLAN.split("/id/")[1] in html[below:]


@pytest.mark.parametrize(("kind", "path"), [("task", TASK), ("duty", DUTY)])
def test_a_document_lists_what_it_asks_for(client: TestClient, kind: str, path: str) -> None:
    assert path in Outline(client.get(DOCUMENT, params={"kind": kind}).text).links


# --- names ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "status", "to"),
    [
        pytest.param("/id" + TASK.removeprefix("/task"), 303, TASK.replace("/task", "/doc"), id="id-of-a-task"),
        pytest.param(TASK.replace("/task", "/doc"), 303, TASK, id="page-of-a-task"),
        pytest.param(DOCUMENT.replace("/document", "/doc"), 303, DOCUMENT, id="page-of-a-document"),
        pytest.param(DRAFT, 301, "/id" + DOCUMENT.removeprefix("/document"), id="name-of-a-draft"),
        pytest.param(DRAFT + "/phu-luc/2/muc/1", 301, "/id" + TASK.removeprefix("/task"), id="task-of-a-draft"),
        pytest.param(DRAFT.replace("/id/", "/document/"), 301, DOCUMENT, id="page-of-a-draft"),
        pytest.param("/document" + TASK.removeprefix("/task"), 303, TASK, id="task-asked-as-document"),
        pytest.param("/task" + DOCUMENT.removeprefix("/document"), 303, DOCUMENT, id="document-asked-as-task"),
        pytest.param("/task/" + quote("719/QĐ-UBND#II.1", safe=""), 303, TASK, id="short-form"),
        pytest.param(TASK.replace("/task", "/doc") + "?lang=en", 303, TASK + "?lang=en", id="language"),
    ],
)
def test_other_names_lead_to_the_page(client: TestClient, path: str, status: int, to: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["location"]) == (status, to)


@pytest.mark.parametrize(
    "path",
    ["/task/nope", "/document/nope", "/id/nope", "/id/vn/a/b/c/d", "/task/", "/task/%00", "/id/%00", "/id/a%0Ab",
     "/id/vn/x/y/z/%3Cscript%3E", "/id/vn/a/b/c/%25zz", "/task/vn/a/b/c/%5B%25",
     "/task/" + "a" * 3000, "/static/nope.css", "/static/..%2Fapp.py",
     DRAFT + "/phu-luc/9/muc/9", "/id/" + quote("719/QĐ-UBND")],
)  # fmt: skip
def test_what_is_not_known_is_a_page_of_its_own(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert not Outline(answer.text).programs


def test_an_error_page_speaks_english_when_asked(client: TestClient) -> None:
    html = client.get("/task/nope", params={"lang": "en"}).text
    assert load_messages("en")["problem_404"] in html
    assert load_messages("en")["problem_no_item"].format(name="nope") in html


# --- markup --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [SCRIPT, IMAGE, "'\"><svg onload=alert(1)>", "</title></textarea><b>"])
def test_a_question_is_text(client: TestClient, text: str) -> None:
    for path in ("/", "/task/" + quote(text), "/document/" + quote(text), "/id/" + quote(text)):
        answer = client.get(path, params={"q": text, "ignore": text, "lang": text, "page": text, "kind": text})
        page = Outline(answer.text)
        assert not page.programs
        assert not page.of("img")
        assert not [tag for tag, attrs in page.tags if any(name.startswith("on") for name in attrs)]


def test_a_plan_is_text() -> None:
    with open_pages(hostile_kb()) as client:
        for path in (*ALL, "/?q=script alert"):
            answer = client.get(path)
            page = Outline(answer.text)
            assert answer.status_code == 200
            assert not page.programs
            assert not page.of("img")
            assert not [tag for tag, attrs in page.tags if any(name.startswith("on") for name in attrs)]
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in client.get(TASK).text


# --- files and words -----------------------------------------------------------------------------------------------


def test_files_are_kept_for_long_under_their_hash(client: TestClient) -> None:
    for name, file in STATIC.items():
        answer = client.get(f"/static/{name}", params={"v": file.version})
        assert (answer.content, answer.headers["content-type"].split(";")[0]) == (file.content, file.media_type)
        assert "immutable" in answer.headers["cache-control"]
        assert "immutable" not in client.get(f"/static/{name}?v=old").headers["cache-control"]


def test_the_first_page_is_light(client: TestClient) -> None:
    page = client.get("/")
    outline = Outline(page.text)
    links = [str(each["href"]) for each in outline.of("link") if each["rel"] != "alternate"]
    fonts = [f"/static/{name}" for name in STATIC if name.endswith(".woff2")]
    loaded = {link.split("?")[0] for link in [*links, *fonts, *(str(each["src"]) for each in outline.of("script"))]}
    assert len(page.content) + sum(len(client.get(each).content) for each in loaded) < 200_000


def test_styles_load_nothing_but_fonts_of_ours() -> None:
    for name, file in STATIC.items():
        if name.endswith(".css") and not name.startswith("vendor/"):
            loaded = re.findall(r"url\(([^)]*)\)|@import", file.content.decode())
            assert set(loaded) <= {each for each in STATIC if each.endswith(".woff2")}, name


def test_what_pages_load_from_others_is_installed() -> None:
    rows = json.loads((WEB / "served.json").read_text(encoding="utf-8"))["files"]
    assert [row["as"] for row in rows if f"vendor/{row['as']}" not in STATIC] == []
    assert {"BSD-0-Clause", "MIT", "OFL-1.1"} <= {each.licence for each in list_packages()}
    assert [each for each in list_packages() if not each.licence] == []


def test_links_leave_out_what_is_empty() -> None:
    page = Page("en", "/", {"q": ("AI",), "ignore": (), "page": (), "kind": ()})
    assert page.here(page=2) == "/?q=AI&page=2&lang=en"
    assert page.in_other_language() == "/?q=AI"


def test_no_path_leads_to_another_server() -> None:
    assert Page("en", "//example.org/x", {}).in_other_language() == "/example.org/x"


@pytest.mark.parametrize(
    ("date", "vi", "en"),
    [
        ("2026-09-30", "30/09/2026", "30 September 2026"),
        ("2026-09", "09/2026", "September 2026"),
        ("2026", "2026", "2026"),
    ],
)
def test_dates(date: str, vi: str, en: str) -> None:
    assert (say_date(date, "vi"), say_date(date, "en")) == (vi, en)


NO_DEADLINE = dict.fromkeys(("start", "end", "recurrence", "due", "raw", "earliest", "latest"))


@pytest.mark.parametrize(
    ("deadline", "said"),
    [
        pytest.param({"kind": "by", "end": "2026", "latest": "2026-12-31"},
                     "Đến hạn trong 2026; chậm nhất ngày 31/12/2026.", id="year"),
        pytest.param({"kind": "by", "end": "2026-09-30", "latest": "2026-09-30"},
                     "Chậm nhất ngày 30/09/2026.", id="day"),
        pytest.param({"kind": "period", "start": "2025", "end": "2030", "latest": "2030-12-31"},
                     "Thực hiện từ 2025 đến hết 2030; kết thúc chậm nhất ngày 31/12/2030.", id="period"),
        pytest.param({"kind": "period", "start": "2025"}, "Văn bản không nêu thời hạn.", id="no-end"),
        pytest.param({"kind": "recurring", "recurrence": "yearly", "due": "06-15,12-15"},
                     "Định kỳ hằng năm. Mốc: 15/06, 15/12.", id="two-days"),
        pytest.param({"kind": "recurring", "recurrence": "monthly", "due": "25"},
                     "Định kỳ hằng tháng. Mốc: 25.", id="monthly"),
        pytest.param({"kind": "recurring", "recurrence": "quarterly", "due": "quarter-first-month-5"},
                     "Định kỳ hằng quý. Mốc: ngày 5 tháng đầu quý.", id="quarter"),
        pytest.param({"kind": "ongoing"}, "Thường xuyên, không có hạn cuối.", id="ongoing"),
    ],
)  # fmt: skip
def test_what_a_deadline_means(deadline: dict[str, str], said: str) -> None:
    assert explain_deadline(NO_DEADLINE | deadline, "vi") == said


@pytest.mark.parametrize(
    ("target", "vi", "en"),
    [
        ({"comparator": "range", "value": [1.2, 1.5], "unit": "%"}, "1,2–1,5%", "1.2–1.5%"),
        ({"comparator": ">", "value": 11.0, "unit": "%/năm"}, "trên 11%/năm", "above 11%/năm"),
        ({"comparator": ">=", "value": 12500, "unit": "người"}, "từ 12.500 người trở lên", "at least 12,500 người"),
        ({"comparator": "=", "value": 3, "unit": None}, "3", "3"),
    ],
)
def test_values(target: dict[str, object], vi: str, en: str) -> None:
    assert (say_value(target, "vi"), say_value(target, "en")) == (vi, en)


def test_marks_and_headings_keep_every_letter() -> None:
    text = "Hoàn thiện hệ thống cơ sở dữ liệu về khoa học; " + "phát triển trung tâm dữ liệu, " * 10
    spans = [(found.start(), found.end()) for found in re.finditer("dữ liệu", text)]
    headed = head_text(text, spans)
    assert "".join(piece.text for piece in (*headed.heading, *headed.rest)) == text
    assert [piece.text for piece in (*headed.heading, *headed.rest) if piece.is_marked] == ["dữ liệu"] * 11
    assert [(piece.text, piece.is_marked) for piece in mark_text("về AI", [(3, 5)])] == [("về ", False), ("AI", True)]


@pytest.mark.parametrize(("count", "shown", "is_cut"), [(60, 60, False), (61, 60, True)])
def test_many_related_documents_are_cut_and_it_is_said(count: int, shown: int, is_cut: bool) -> None:
    document = {"record": "document", "title": None, "number": None, "type": None, "date": None, "issuer": None}
    records = {f"/id/{number}": {**document, "held": True} for number in range(count)}
    part = {"record": "part"}  # no document of its own: it takes no place
    source = {"start": 0}
    links = [
        {"relation": "cites", "from": "/id/x", "to": iri, "stated_by": None, "source": source}
        for iri in ("/id/part", *records)
    ]
    here: Any = SimpleNamespace(records={"/id/part": part, **records})
    above, below, cut = list_related(here, links, [], Page("vi", "/", {}))
    assert (len(above), len(below), cut) == (shown, 0, is_cut)


def test_examples_speak_each_language() -> None:
    rows = load_examples()
    assert {each["language"] for each in rows} == {"vi", "vi-unaccented", "en"}
    assert all(each["question"].isascii() for each in rows if each["language"] != "vi")


@pytest.mark.parametrize(
    ("path", "accept", "is_page"),
    [
        pytest.param("/nothing", "text/html,*/*;q=0.8", True, id="browser"),
        pytest.param("/task/x", "*/*", True, id="anything"),
        pytest.param("/task/x", "application/json", False, id="program"),
        pytest.param("/api/tasks/x", "text/html", False, id="api"),
        pytest.param("/sparql", "text/html", False, id="sparql"),
    ],
)
def test_who_reads_an_error(path: str, accept: str, is_page: bool) -> None:
    headers = [(b"accept", accept.encode())]
    request = Request({"type": "http", "path": path, "query_string": b"lang=en", "headers": headers})
    assert is_for_people(request) is is_page
    answer = render_problem(500, "<b>the error is in the server's log</b>", request)
    assert answer.status_code == 500
    assert load_messages("en")["problem_500"].encode() in answer.body
    assert b"<b>" not in bytes(answer.body)


@pytest.mark.parametrize(
    ("path", "vietnamese", "english"),
    [
        pytest.param("/task/vn/khong-co", "Không có nhiệm vụ, trách nhiệm hay chỉ tiêu nào mang tên “vn/khong-co”",
                     "No task, duty or target is called “vn/khong-co”", id="task"),
        pytest.param("/task/9999%2FQ%C4%90-UBND%23II.999", "mang tên “9999/QĐ-UBND#II.999”",
                     "is called “9999/QĐ-UBND#II.999”", id="short-form"),
        pytest.param("/document/vn/{x}", "Không có văn bản nào mang tên “vn/{x}”",
                     "No document is called “vn/{x}”", id="document-with-braces"),
        pytest.param("/document/nope/report", "Không có văn bản nào mang tên “nope/report”",
                     "No document is called “nope/report”", id="report"),
        pytest.param("/section/nope", "Không có phần văn bản nào", "No part of a document", id="section"),
        pytest.param("/agency/xx/yy", "Không có cơ quan nào ở địa chỉ “xx/yy”", "No agency has the address “xx/yy”",
                     id="agency"),
        pytest.param("/nosuch", "Không có trang nào ở địa chỉ “/nosuch”", "There is no page at “/nosuch”", id="page"),
        pytest.param("/agency/", "Không có trang nào", "There is no page", id="no-name"),
        pytest.param("/nosuch/%E2%80%AEabc", "“/nosuch/ abc”", "“/nosuch/ abc”", id="right-to-left-mark"),
    ],
)  # fmt: skip
def test_a_problem_is_said_in_the_language_of_the_page(
    client: TestClient, path: str, vietnamese: str, english: str
) -> None:
    for language, said in (("vi", vietnamese), ("en", english)):
        answer = client.get(path, params={"lang": language}, headers={"accept": "text/html"})
        assert answer.status_code == 404
        assert said in answer.text
        assert load_messages(language)["detail"] not in answer.text  # it would say the same in English
        assert len(Outline(answer.text).of("form")) == 1  # the search box of every page


def test_docs_list_every_page_once() -> None:
    families = (*(each for each in vars(service).values() if "pages" in getattr(each, "__name__", "")),
                routes_linked, routes_dataset, docs_page)  # fmt: skip
    served = {route.path.split(":")[0].replace("{path", "…").replace("{name", "…").split(".{")[0]
              for each in families for route in each.router.routes}  # fmt: skip
    own = {"/static/…", "/favicon.ico", "/suggest", "/context.jsonld", "/.well-known/void"}  # for programs and browsers
    table = (ROOT / "docs" / "serving.md").read_text(encoding="utf-8").split("For programs:")[0]
    listed = [
        name for row in re.findall(r"^\| (`/.*?) \|", table, re.MULTILINE) for name in re.findall(r"`([^`]+)`", row)
    ]
    reports = {"/document/…/report"}  # below a document
    assert sorted(listed) == sorted((served - own) | reports)
