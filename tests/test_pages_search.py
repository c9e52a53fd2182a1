"""The search page: facets, filters that are set, changed and taken away, suggestions, and the answer in other forms."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import get_args
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient
from pyoxigraph import NamedNode, Quad, Store

from graph.facts import CC
from graph.iri import topic_iri
from graph.sparql import read_query_text
from graph.store import open_store, select
from search_api.listing import Part
from search_api.messages import load_messages
from search_api.search import Ask, Search, open_search
from search_api.sorting import SORTS
from search_api.sparql_text import write_sparql
from search_api.understood import FILTERS, Excluded, Named
from tests.pages import SCRIPT, Outline, hostile_kb, open_pages
from tests.small_corpus import DECISION, RESOLUTION
from tests.small_kb import small_generation, small_kb
from tests.word_encoder import WordEncoder

AGENCY = "https://w3id.org/cancu/id/agency/hung-yen/so-khoa-hoc-va-cong-nghe"
ITEMS = ("task", "duty", "target")


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with open_pages(small_kb()) as client:
        yield client


@pytest.fixture(scope="module")
def search() -> Search:
    return open_search(small_generation(), WordEncoder)


def links_of(html: str, start: str) -> list[str]:
    return [link for link in Outline(html).links if link.startswith(start)]


def asked(link: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(link).query)


def removals(html: str) -> list[dict[str, list[str]]]:
    """What the links that take a filter away ask for."""
    return [asked(str(each["href"])) for each in Outline(html).of("a") if each.get("class") == "remove"]


# --- filters of the address ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "vi", "en"),
    [
        pytest.param("kind=task", "Nhiệm vụ", "Task", id="kind"),
        pytest.param("agency=Sở Khoa học và Công nghệ&role=lead", "Chủ trì", "Department", id="agency-and-role"),
        pytest.param("jurisdiction=hung-yen", "Hưng Yên", "Hưng Yên", id="province"),
        pytest.param("due=2026", "2026", "2026", id="due"),
        pytest.param(f"document={DECISION}", "719/QĐ-UBND", "719/QĐ-UBND", id="document"),
        pytest.param(f"directive={RESOLUTION}", "57-NQ/TW", "57-NQ/TW", id="directive"),
    ],
)
def test_an_address_sets_filters_without_a_question(client: TestClient, query: str, vi: str, en: str) -> None:
    for language, said in (("vi", vi), ("en", en)):
        html = client.get(f"/?{query}&lang={language}").text
        assert '<ul class="chips">' in html
        assert said in html.split('<ul class="chips">')[1].split("</ul>")[0]
        assert "<article>" in html


@pytest.mark.parametrize(
    ("query", "said"),
    [
        pytest.param("agency=So Khoa hoc va Cong nge", "Sở Khoa học và Công nghệ", id="near"),
        pytest.param("due=abc", "Đến hạn: không có “abc”", id="no-date"),
        pytest.param("role=lead", "Vai trò: không có “lead”", id="role-of-nobody"),
        pytest.param("kind=colour&topic=zzzz", "“colour”", id="two"),
        pytest.param(f"topic={SCRIPT}", "&lt;script&gt;", id="markup"),
        pytest.param("topic=" + "x" * 5000, "điều kiện này đã được bỏ qua", id="long"),
    ],
)
def test_a_filter_that_means_nothing_is_told_and_left_out(client: TestClient, query: str, said: str) -> None:
    answer = client.get(f"/?q=trung tâm dữ liệu&{query}")
    assert answer.status_code == 200
    assert "điều kiện này đã được bỏ qua" in answer.text
    assert said in answer.text
    assert SCRIPT not in answer.text
    assert "<article>" in answer.text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        pytest.param("ignore=nothing", "Bỏ điều kiện: không có “nothing”", id="no-filter-to-leave-out"),
        pytest.param("sort=upside-down", "Sắp xếp: không có “upside-down”", id="no-order"),
        pytest.param("page=0", "Không có trang “0”; đây là trang 1", id="page-before-the-first"),
        pytest.param("page=999", "Không có trang “999”", id="page-behind-the-last"),
        pytest.param("page=one", "Không có trang “one”", id="no-number"),
        pytest.param(f"sort={SCRIPT}", "&lt;script&gt;", id="markup"),
        pytest.param("kind=", "", id="empty-kind"),
        pytest.param("due=&active=", "", id="empty-periods"),
        pytest.param("role=", "", id="empty-role"),
        pytest.param("sort=deadline&sort=agency", "", id="two-orders"),
        pytest.param("page=1", "", id="first-page"),
    ],
)
def test_odd_parameters_change_nothing_and_are_told(client: TestClient, query: str, said: str) -> None:
    plain, odd = (client.get(f"/?q=trung tâm dữ liệu{more}").text for more in ("", f"&{query}"))
    if "deadline" not in query:
        assert plain.count("<article>") == odd.count("<article>") > 0
    assert said in odd if said else 'class="unread"' not in odd


def test_a_chip_takes_away_what_the_address_and_the_question_set(client: TestClient) -> None:
    html = client.get("/?q=trung tâm dữ liệu hạn 2026&due=2027").text
    assert [(each["q"], each["ignore"]) for each in removals(html) if "due" not in each] == [
        (["trung tâm dữ liệu hạn 2026"], ["due"])
    ]
    html = client.get("/?q=trung tâm dữ liệu&due=2027").text  # the question has none: nothing to ignore
    assert {"q": ["trung tâm dữ liệu"]} in removals(html)


def test_a_chip_holds_the_form_that_changes_it(client: TestClient) -> None:
    html = client.get("/?q=trung tâm dữ liệu&due=2026-01/2026-06&sort=deadline").text
    fields = {(each.get("name"), each.get("value")) for each in Outline(html).of("input")}
    assert {("due", "2026-01-01/2026-06-30"), ("sort", "deadline"), ("q", "trung tâm dữ liệu")} <= fields


# --- facets --------------------------------------------------------------------------------------------------------


def test_a_chosen_value_is_marked_and_can_be_taken_back(client: TestClient) -> None:
    page = Outline(client.get("/?q=trung tâm dữ liệu&within=kind=task&within=jurisdiction=hung-yen").text)
    chosen = {str(each["id"]): str(each["href"]) for each in page.of("a") if each.get("class") == "chosen"}
    assert set(chosen) == {"kind-task", "jurisdiction-hung-yen"}
    assert asked(chosen["kind-task"])["within"] == ["jurisdiction=hung-yen"]
    assert [each["within"] for each in removals(client.get("/?kind=task&within=due=2026&lang=en").text)[:1]]


def test_facets_speak_the_language_of_the_page(client: TestClient) -> None:
    vi, en = (client.get(f"/?kind=task&kind=duty&lang={language}").text for language in ("vi", "en"))
    assert "Năm đến hạn" in vi
    assert "Thu hẹp kết quả" in vi
    assert "Year due" in en
    assert "Narrow down" in en


# --- order ---------------------------------------------------------------------------------------------------------


def test_results_are_sorted(search: Search) -> None:
    found = {sort: search.find(Ask("", demands={"kind": ITEMS}, sort=sort))["results"] for sort in SORTS}
    assert len({frozenset(each["id"] for each in results) for results in found.values()}) == 1
    ends = [(each["record"].get("deadline") or {}).get("latest") for each in found["deadline"]]
    ends = [f"{each['record']['year']}-12-31" if each["kind"] == "target" else end
            for each, end in zip(found["deadline"], ends, strict=True)]  # fmt: skip
    stated = [end for end in ends if end]
    assert stated == sorted(stated)
    assert ends[: len(stated)] == stated
    documents = [each["document"]["id"] for each in found["document"]]
    assert len([at for at, each in enumerate(documents) if at == 0 or documents[at - 1] != each]) == len(set(documents))


def test_the_order_stands_in_every_link(client: TestClient) -> None:
    html = client.get("/?kind=task&sort=deadline").text
    facets = [each for each in links_of(html, "/?") if "within=" in each]
    assert facets
    assert all(asked(each)["sort"] == ["deadline"] for each in facets)
    assert asked(links_of(html, "/api/search?")[0])["sort"] == ["deadline"]


# --- the same answer in other forms --------------------------------------------------------------------------------


def test_files_hold_what_the_page_shows(client: TestClient) -> None:
    html = client.get("/?q=nhiệm vụ hạn 2026&jurisdiction=hung-yen").text
    links = links_of(html, "/api/")
    assert {urlsplit(each).path.rpartition("/")[2] for each in links} >= {"search", "search.xlsx", "tasks.csv"}
    for link in links:
        assert client.get(link).status_code == 200, link
        assert asked(link)["jurisdiction"] == ["hung-yen"]


def test_files_ignore_what_the_page_ignores(client: TestClient) -> None:
    html = client.get("/?q=nhiệm vụ hạn 2026&ignore=due").text
    links = links_of(html, "/api/")
    assert links
    assert all(asked(each)["ignore"] == ["due"] for each in links)
    assert all(client.get(each).status_code == 200 for each in links)


def test_nothing_found_has_no_files(client: TestClient) -> None:
    html = client.get("/?q=nhiệm vụ&due=1999").text
    assert not links_of(html, "/api/")
    assert not links_of(html, "/query?")
    assert "Thử bỏ một điều kiện" in html


def test_the_link_of_a_page_gives_the_page(client: TestClient) -> None:
    html = client.get("/?q=trung tâm dữ liệu&kind=task&sort=deadline&ignore=due&lang=en").text
    (link,) = [str(each["href"]) for each in Outline(html).of("a") if each.get("class") == "permalink"]
    assert client.get(link).text == html


@pytest.mark.parametrize(
    ("question", "demands"),
    [
        pytest.param("", {"kind": ("task",)}, id="tasks"),
        pytest.param("", {"kind": ("section",)}, id="sections"),
        pytest.param("", {"kind": ("document",)}, id="documents"),
        pytest.param("", {"agency": (AGENCY,)}, id="agency"),
        pytest.param("", {"agency": ("Sở Khoa học và Công nghệ",), "role": ("lead",)}, id="type-of-agency-leads"),
        pytest.param("", {"agency": ("Sở Khoa học và Công nghệ",), "role": ("coordinating",)}, id="joins"),
        pytest.param("", {"jurisdiction": ("hung-yen",)}, id="province"),
        pytest.param("", {"document": (DECISION,)}, id="document"),
        pytest.param("", {"directive": (RESOLUTION,)}, id="directive"),
        pytest.param("", {"directive": (DECISION,)}, id="own-document"),
        pytest.param("", {"topic": ("chuyen-doi-so",), "kind": ("task", "duty")}, id="topic"),
        pytest.param("", {"due": ("2026",)}, id="due"),
        pytest.param("", {"due": ("/2030",)}, id="due-by"),
        pytest.param("", {"due": ("2026-12-31",)}, id="due-on-a-day"),
        pytest.param("", {"active": ("2026",)}, id="active"),
        pytest.param("", {"recurrence": ("recurring",)}, id="rhythm"),
        pytest.param("", {"states": ("no-deadline",)}, id="no-deadline"),
        pytest.param("", {"states": ("no-lead", "no-output")}, id="two-states"),
        pytest.param("", {"funding": ("ngan-sach-dia-phuong",)}, id="funding"),
        pytest.param("", {"output": ("de-an",)}, id="output"),
        pytest.param("nhiệm vụ không do Sở Khoa học và Công nghệ chủ trì", {}, id="not-led-by"),
        pytest.param("nhiệm vụ không theo Kế hoạch 102/KH-UBND", {}, id="not-below"),
        pytest.param("", {"states": ("no-coordinating",)}, id="no-partner"),
        pytest.param("văn bản của UBND tỉnh", {"kind": ("document",)}, id="passed-by"),
        pytest.param("văn bản không của UBND tỉnh", {"kind": ("document",)}, id="not-passed-by"),
    ],
)
def test_sparql_finds_what_the_filters_find(search: Search, question: str, demands: dict[str, tuple[str, ...]]) -> None:
    ask = Ask(question, demands={"kind": ITEMS, **demands})
    text = write_sparql(search.read(ask), search.index)
    assert read_query_text(text).has_rows
    found = {row["item"].value for row in select(open_store(small_generation().store), text)}
    assert found == set(search.find_ids(ask))


def test_sparql_finds_what_is_due_soon(search: Search) -> None:
    ask = Ask("nhiệm vụ sắp đến hạn", today=date(2026, 9, 10))  # one ends with the month
    text = write_sparql(search.read(ask), search.index)
    found = {row["item"].value for row in select(open_store(small_generation().store), text)}
    assert found == set(search.find_ids(ask)) != set()


def test_a_wanted_topic_does_not_hide_an_unwanted_one(search: Search) -> None:
    named = {
        each.id: Named(each.id, each.label, each.label_en, "", each.ids) for each in search.index.vocabulary.topics
    }
    wanted, other = named["trung-tam-du-lieu"], named["tri-tue-nhan-tao"]
    unwanted = Excluded(other.id, other.label, other.label_en, "", other.ids, ("topic",))
    asked = search.read(Ask("", demands={"kind": ("task",), "topic": (wanted.id,)}))
    store = Store()
    store.extend(open_store(small_generation().store))
    found = [row["item"] for row in select(store, write_sparql(asked, search.index))]
    assert len(found) == 1
    store.add(Quad(found[0], NamedNode(CC + "topic"), NamedNode(topic_iri(other.id))))
    assert list(select(store, write_sparql(replace(asked, excluded=(unwanted,)), search.index))) == []


def test_every_filter_is_tried_or_written(search: Search) -> None:
    tried = {"kinds", "agencies", "role", "jurisdictions", "documents", "directives", "topics", "due", "active",
             "recurrence", "states", "funding", "outputs", "excluded"}  # fmt: skip
    assert tried == set(FILTERS)


@pytest.mark.parametrize(
    "text", ['a "quoted" word', "back\\slash", "} SELECT * {", "two\nlines", "''' x", "dữ liệu # x"]
)
def test_words_of_a_question_stay_one_term(search: Search, text: str) -> None:
    query = read_query_text(write_sparql(search.read(Ask(text)), search.index))
    assert len(query.texts) == 1
    assert query.text.count("SELECT DISTINCT") == 1


# --- suggestions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        pytest.param("so khoa hoc", "Sở Khoa học và Công nghệ", id="without-accents"),
        pytest.param("Sở KH", "Sở Khoa học và Công nghệ", id="short-form"),
        pytest.param("nhiệm vụ của sở khoa h", "nhiệm vụ của Sở Khoa học và Công nghệ", id="end-of-a-question"),
        pytest.param("theo nghi quyet 57", "theo Nghị quyết 57-NQ/TW", id="document"),
        pytest.param("719/q", "Quyết định 719/QĐ-UBND", id="number"),
        pytest.param("tri tue nh", "trí tuệ nhân tạo", id="topic"),
    ],
)
def test_suggestions_complete_what_is_typed(client: TestClient, typed: str, text: str) -> None:
    suggestions = client.get("/suggest", params={"q": typed}).json()["suggestions"]
    assert text in [each["text"] for each in suggestions]


@pytest.mark.parametrize("typed", ["", "x", "zzzzzz", "\x00", "😀", SCRIPT, "s" * 5000, "*" * 30])
def test_nothing_is_suggested_for_what_no_name_begins_with(client: TestClient, typed: str) -> None:
    answer = client.get("/suggest", params={"q": typed})
    assert (answer.status_code, answer.json()) == (200, {"suggestions": []})


def test_suggestions_of_one_kind_and_in_english(client: TestClient) -> None:
    for of, kind in (("agency", "Agency"), ("topic", "Topic"), ("directive", "Document")):
        for typed in ("so", "tri", "nghi"):
            found = client.get("/suggest", params={"q": typed, "of": of, "lang": "en"}).json()["suggestions"]
            assert {each["kind"] for each in found} <= {kind}
    assert client.get("/suggest", params={"q": "so", "of": "nonsense"}).status_code == 200


def test_hostile_names_are_text() -> None:
    with open_pages(hostile_kb()) as client:
        for path in ("/?kind=task", f"/?document={DECISION}", "/?q=trung tâm dữ liệu&lang=en"):
            html = client.get(path).text
            assert SCRIPT not in html
            assert "<img" not in html
            assert "<article>" in html


def test_files_and_queries_hold_what_is_due_or_all(client: TestClient, search: Search) -> None:
    question = "nhiệm vụ năm 2026"
    html = client.get("/", params={"q": question}).text
    listed = search.find(Ask(question))["groups"]
    assert set(listed) == {"due", "active"}
    counts = {"due": listed["due"], "active": listed["active"], "all": sum(listed.values())}
    assert min(counts.values()) > 0
    links = [each for each in links_of(html, "/api/") if "search.xlsx" in each]
    assert [asked(each)["listed"] for each in links] == [["due"], ["all"]]
    for part, count in counts.items():
        lines = client.get("/api/search.jsonl", params={"q": question, "listed": part}).text.splitlines()
        assert len(lines) == count
        rows = client.get("/api/tasks.jsonl", params={"q": question, "listed": part}).text.splitlines()
        assert len(rows) == len([each for each in lines if json.loads(each)["kind"] == "task"])
    for part in get_args(Part):
        found = select(
            open_store(small_generation().store), write_sparql(search.read(Ask(question)), search.index, part)
        )
        assert len({row["item"].value for row in found}) == counts[part]
    assert load_messages("vi")["files_all"].format(count=counts["all"]) in html
    assert "files-1" not in client.get("/", params={"q": "nhiệm vụ của Sở Y tế"}).text


@pytest.mark.parametrize(
    "within",
    [
        pytest.param(("kind=task",), id="kind"),
        pytest.param(("topic=chuyen-doi-so", "topic=tri-tue-nhan-tao"), id="two-of-one-kind"),
        pytest.param((f"agency={AGENCY}", "role=lead"), id="agency-in-a-role"),
        pytest.param(("due=2026", "jurisdiction=hung-yen"), id="year-and-province"),
        pytest.param((f"directive={RESOLUTION}", f"document={DECISION}"), id="documents"),
    ],
)
def test_files_and_queries_are_narrowed_as_the_page(
    client: TestClient, search: Search, within: tuple[str, ...]
) -> None:
    ask = Ask("", demands={"kind": ITEMS}, within=within)
    found = search.find_ids(ask, "all")
    rows = select(open_store(small_generation().store), write_sparql(search.read(ask), search.index))
    assert {row["item"].value for row in rows} == set(found)
    html = client.get("/", params={"kind": ITEMS, "within": within}).text
    assert html.count("<article>") == len(found)
    for link in (each for each in links_of(html, "/api/") if "search.xlsx" in each):
        lines = client.get(link.replace("xlsx", "jsonl")).text.splitlines()
        assert [json.loads(each)["id"] for each in lines] == list(found)


# --- what it says --------------------------------------------------------------------------------------------------


def test_the_first_link_leads_to_the_results(client: TestClient) -> None:
    for path, target in (("/?q=nhiệm vụ", "#total"), ("/?q=nhiệm vụ&due=1999", "#total"), ("/", "#main")):
        html = client.get(path).text
        first = Outline(html).of("a")[0]
        assert (first["class"], first["href"]) == ("skip", target)
        assert f'id="{target[1:]}"' in html


def test_no_title_of_a_result_shouts(client: TestClient) -> None:
    html = client.get("/?kind=task&kind=document").text
    titles = [each.split("</span>")[0] for each in html.split('<span class="title">')[1:]]
    assert not [each for each in titles if each.isupper()]


@pytest.mark.parametrize(
    ("query", "vi", "en"),
    [
        pytest.param("q=nhiệm vụ hạn 2026", "từ “<bdi>nhiệm vụ</bdi>”", "from “<bdi>nhiệm vụ</bdi>”", id="words"),
        pytest.param(
            "due=2025-10/2026-12", "Đến hạn từ 01/10/2025 đến 31/12/2026", "between 1 October 2025 and", id="span"
        ),
        pytest.param("q=nhiệm vụ thực hiện Nghị quyết 57-NQ/TW", ">Căn cứ</span>", ">Under</span>", id="basis"),
        pytest.param("funding=ngan-sach-dia-phuong", "Ngân sách địa phương", "Local budget", id="funding"),
    ],
)
def test_chips_and_headings_say_what_officers_write(client: TestClient, query: str, vi: str, en: str) -> None:
    pages = [client.get(f"/?{query}&lang={language}").text for language in ("vi", "en")]
    assert [said in html for said, html in zip((vi, en), pages, strict=True)] == [True, True]
