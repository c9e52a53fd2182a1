"""The page of a directive: counts, charts, filters and lists that agree with each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from search_api.messages import load_messages
from search_api.page_trace import Said, tell_once
from tests.pages import CITED, DOCUMENT, IN_PROSE, INHERITING, SCRIPT, TASK, Outline, hostile_kb, open_pages
from tests.small_corpus import DECISION, PLAN, RESOLUTION
from tests.small_kb import small_kb

DIRECTIVE = "/directive/" + RESOLUTION.split("/id/")[1]
SAY = load_messages("vi")


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with open_pages(small_kb()) as client:
        yield client


def rows(html: str) -> list[str]:
    """The tasks that a page lists."""
    table = html[html.index('<table class="items"') :] if '<table class="items"' in html else ""
    return [link for link in Outline(table[: table.find("</table>")]).links if link.startswith("/task/")]


def bars(html: str, heading: str) -> dict[str, tuple[int, str]]:
    """The rows of a chart: label -> number and link."""
    chart = re.search(rf"<caption>{heading}</caption>(.*?)</table>", html, re.DOTALL)
    found = re.findall(r'<a href="([^"]+)">([^<]+)</a>.*?class="number">(\d+)<', chart[1] if chart else "", re.DOTALL)
    return {label: (int(count), link.replace("&amp;", "&")) for link, label, count in found}


def test_it_says_what_rests_on_it_and_that_it_is_only_cited(client: TestClient) -> None:
    html = client.get(DIRECTIVE).text
    assert SAY["cited_only"] in html
    assert sorted(rows(html)) == sorted([IN_PROSE, INHERITING, TASK])
    tree = html[html.index('id="documents"') : html.index('id="items"')]
    assert {DOCUMENT, "/document/" + PLAN.split("/id/")[1]} <= set(Outline(tree).links)
    assert "Căn cứ Nghị quyết số 57-NQ/TW" in tree


@pytest.mark.parametrize(
    "heading", ["directive_by_agency", "directive_by_topic", "directive_by_jurisdiction", "directive_by_due"]
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_each_bar_leads_to_as_many_rows_as_it_says(client: TestClient, heading: str, language: str) -> None:
    html = client.get(DIRECTIVE, params={"lang": language}).text
    found = bars(html, load_messages(language)[heading])
    assert found
    for count, link in found.values():
        assert len(rows(client.get(link).text)) == count, link


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_years_hold_every_row_once(client: TestClient, language: str) -> None:
    say = load_messages(language)
    found = bars(client.get(DIRECTIVE, params={"lang": language}).text, say["directive_by_due"])
    assert list(found)[-1] == say["directive_no_year"]
    assert sum(count for count, _ in found.values()) == len(rows(client.get(DIRECTIVE).text))


def test_each_tab_counts_what_its_link_leads_to(client: TestClient) -> None:
    for query in ({}, {"basis": "stated"}, {"due": "2026"}, {"jurisdiction": "hung-yen", "due": "none"}):
        html = client.get("/directive/" + PLAN.split("/id/")[1], params=query).text
        tabs = re.findall(r'<a href="([^"]+)#items"[^>]*>[^<]+<span class="count">(\d+)</span>', html)
        assert tabs
        for link, count in tabs:
            assert len(rows(client.get(link.replace("&amp;", "&")).text)) == int(count), link


def test_the_same_sentence_is_counted_once() -> None:
    same, other = ({"file": "a.txt", "line": line, "quote": "Căn cứ"} for line in (8, 9))
    said = [Said("căn cứ", source) for source in (same, {**same, "start": 5}, other)] + [Said("căn cứ", same, "II.1")]
    assert [(each.source or {}).get("line") for each in tell_once(said)] == [8, 9, 8]


def test_filters_are_named_and_can_be_taken_back(client: TestClient) -> None:
    html = client.get(DIRECTIVE, params={"due": "2026"}).text
    assert rows(html) == [IN_PROSE]
    assert "<strong>2026</strong>" in html
    assert f"{DIRECTIVE}#items" in Outline(html).links
    assert '<option value="2026" selected>' in html


def test_those_that_name_it_themselves(client: TestClient) -> None:
    html = client.get("/directive/" + PLAN.split("/id/")[1], params={"basis": "stated"}).text
    assert rows(html) == [INHERITING]
    assert SAY["directive_names_it"] in html


@pytest.mark.parametrize(
    "query",
    ["due=x", "due=0000", "due=99999", "due=२०२६", "agency=<script>", "jurisdiction=khong-co", "topic=%00", "page=9",
     "kind=x", "basis=x", "due=2026&due=2030", "agency=" + "a" * 3000],
)  # fmt: skip
def test_odd_parameters_get_a_page(client: TestClient, query: str) -> None:
    answer = client.get(f"{DIRECTIVE}?{query}")
    assert answer.status_code == 200
    assert not Outline(answer.text).programs


def test_nothing_that_passes_says_so(client: TestClient) -> None:
    html = client.get(DIRECTIVE, params={"due": "2019"}).text
    assert SAY["directive_none"] in html
    assert rows(html) == []


def test_a_document_with_nothing_below_says_so(client: TestClient) -> None:
    html = client.get("/directive/" + DECISION.split("/id/")[1]).text
    assert CITED in Outline(html[html.index('id="above"') :]).links


@pytest.mark.parametrize(
    ("path", "status", "to"),
    [
        pytest.param("/directive/57-NQ/TW", 303, DIRECTIVE, id="number"),
        pytest.param("/directive/57-NQ/TW?lang=en", 303, DIRECTIVE + "?lang=en", id="number-in-english"),
        pytest.param("/directive" + TASK.removeprefix("/task"), 303, TASK, id="a-task"),
        pytest.param("/directive/khong/co", 404, "", id="unknown"),
    ],
)
def test_other_names_lead_to_the_page(client: TestClient, path: str, status: int, to: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers.get("location", "")) == (status, to)


def test_a_hostile_plan_is_text() -> None:
    with open_pages(hostile_kb()) as client:
        html = client.get(DIRECTIVE).text
    page = Outline(html)
    assert not page.programs
    assert not page.of("img")
    assert SCRIPT not in html


@pytest.mark.parametrize("path", [DIRECTIVE, DOCUMENT.replace("/document/", "/directive/")])
def test_the_page_is_whole(client: TestClient, path: str) -> None:
    page = Outline(client.get(path).text)
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {each["for"] for each in page.of("label")} <= set(ids)
    assert {attrs["aria-labelledby"] for _, attrs in page.tags if "aria-labelledby" in attrs} <= set(ids)
    assert [attrs for _, attrs in page.tags if "style" in attrs or any(name.startswith("on") for name in attrs)] == []


def test_a_document_leads_to_all_that_rests_on_it(client: TestClient) -> None:
    assert DIRECTIVE in Outline(client.get(CITED).text).links
