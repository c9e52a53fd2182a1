"""The overview: its numbers are those of the searches it leads to, and it says what a build left open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from fastapi.testclient import TestClient

from graph.generations import open_current
from graph.records import Corpus
from ingest.records import Deadline
from search_api.messages import load_messages
from search_api.overview import count_overview
from tests.pages import IMAGE, SCRIPT, Outline, hostile_kb, open_pages
from tests.small_corpus import PLAN, RESOLUTION, small_corpus
from tests.small_kb import publish_corpus, small_kb

USED = [{"file": "719-qd-ubnd.txt", "original": "719.txt", "sha256": "b" * 64}]


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with open_pages(small_kb()) as client:
        yield client


def list_rows(html: str) -> list[tuple[str, int]]:
    """The searches of a page, each with the number in its row."""
    rows = []
    for row in re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL):
        for link in re.findall(r'href="(/\?[^"]+)"', row):
            counts = re.findall(r'class="number">(?:<a[^>]*>)?(\d+)', row) or re.findall(r'href="/[^"]+">(\d+)', row)
            rows.append((unescape(link), int(counts[0])))
    return rows


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_is_whole(client: TestClient, language: str) -> None:
    answer = client.get("/overview", params={"lang": language})
    page = Outline(answer.text)
    assert answer.status_code == 200
    assert page.of("html") == [{"lang": language}]
    assert len(page.of("h1")) == 1
    assert not page.programs
    ids = [str(attrs["id"]) for _, attrs in page.tags if "id" in attrs]
    assert sorted(set(ids)) == sorted(ids)
    assert {str(attrs["aria-labelledby"]) for _, attrs in page.tags if "aria-labelledby" in attrs} <= set(ids)
    assert [attrs for _, attrs in page.tags if "style" in attrs] == []


def test_every_number_is_that_of_its_search(client: TestClient) -> None:
    rows = list_rows(client.get("/overview").text)
    assert len(rows) > 10
    for link, count in rows:
        asked = parse_qsl(urlsplit(link).query)
        answer = client.get("/api/search?q=&" + urlencode(asked)).json()
        assert answer["groups"].get("due", answer["total"]) == count, link


def test_a_year_leads_to_as_many_tasks_of_the_calendar(client: TestClient) -> None:
    html = client.get("/overview").text
    years = re.findall(r'href="(/calendar[^"]+)">\d{4}</a>.*?class="number">(\d+)', html, re.DOTALL)
    assert len(years) == 2
    for link, count in years:
        assert f'Đến hạn <span class="count">{count}</span>' in client.get(unescape(link)).text


def test_names_of_many_bodies_do_not_count_the_same_tasks() -> None:
    small = small_corpus()
    task = next(each for each in small.tasks if any(one.collective for one in each.lead))
    names = ("Các sở, ngành", "Các sở, ban, ngành", "Các sở, ngành, đơn vị, địa phương")
    tasks = tuple(
        replace(task, id=f"{task.id}{at}", lead=(replace(task.lead[0], name=name, as_written=name),))
        for at, name in enumerate(names)
    )
    body = next(each for each in small.agencies if each.collective)
    bodies = tuple(replace(body, id=f"{body.id}{at}", name=name, as_written=(name,)) for at, name in enumerate(names))
    agencies = tuple(sorted((*small.agencies, *bodies), key=lambda each: each.id))
    with open_pages(publish_corpus(replace(small, tasks=tasks, agencies=agencies))) as client:
        found = count_overview(client.app.state.live.current()).agencies  # type: ignore[attr-defined]
        rows = [row for row in list_rows(client.get("/overview").text) if "agency=collective" in row[0]]
        totals = [client.get("/api" + link.replace("/?", "/search?q=&")).json()["total"] for link, _ in rows]
    assert sorted((each.label, each.count) for each in found) == sorted((name, 1) for name in names)
    assert [count for _, count in rows] == totals == [1, 1, 1]


def test_what_waits_for_a_condition_has_its_list() -> None:
    small = small_corpus()
    waiting = Deadline("conditional", raw="Khi Trung ương có quy định mới")
    tasks = (replace(small.tasks[0], deadline=waiting), *small.tasks[1:])
    with open_pages(publish_corpus(replace(small, tasks=tasks))) as client:
        html = client.get("/overview").text
        ((link, count),) = [row for row in list_rows(html) if "recurrence=conditional" in row[0]]
        query = link.removeprefix("/?")
        found = client.get(f"/api/search?q=&{query}").json()
        csv = client.get(f"/api/tasks.csv?{query.replace('kind=task', '')}").text
    assert (count, found["total"]) == (1, 1)
    assert [each["id"] for each in found["results"]] == [tasks[0].id]
    assert csv.count("conditional") >= 1


def test_charts_count_tasks(client: TestClient) -> None:
    found = count_overview(client.app.state.live.current())  # type: ignore[attr-defined]
    assert [(each.id, each.count) for each in found.years] == [("2026", 1), ("2030", 1)]
    assert [(each.id, each.count) for each in found.deadlines] == [("dated", 2), ("recurring", 1)]
    assert [(each.id, each.tasks, each.plans) for each in found.directives] == [(RESOLUTION, 3, 2), (PLAN, 2, 1)]
    assert [(each.field, dict(each.origins), each.missing) for each in found.quality][:2] == [
        ("lead", {"stated": 2, "inherited": 0, "assumed": 1}, 0),
        ("coordinating", {"stated": 1, "inherited": 0, "assumed": 0}, 2),
    ]


def test_fields_known_and_missing_are_all_tasks(client: TestClient) -> None:
    found = count_overview(client.app.state.live.current())  # type: ignore[attr-defined]
    assert {sum(each.origins.values()) + each.missing for each in found.quality} == {3}


def test_directives_lead_to_their_pages(client: TestClient) -> None:
    assert "/directive/" + RESOLUTION.split("/id/")[1] in Outline(client.get("/overview").text).links


def test_what_could_not_be_decided_is_quoted(client: TestClient) -> None:
    html = client.get("/overview").text
    assert "Viện dẫn chưa xác định được" in html
    assert "Quyết định số /QĐ-UBND ngày tháng 8 năm 2025 của UBND tỉnh Hưng Yên" in html


def test_a_build_without_report_or_manifest_says_so(client: TestClient) -> None:
    html = client.get("/overview").text
    for key in ("overview_read_none", "overview_changes_unknown"):
        assert load_messages("vi")[key] in html


def test_the_build_is_named_with_its_inputs() -> None:
    versions = {"cancu": "9.9.9"}
    kb = publish_corpus(small_corpus(), used=USED, versions=versions, counts={"tasks_prose": 1, "links": 5})
    with open_pages(kb) as client:
        html = client.get("/overview").text
    for words in ("b" * 64, "719-qd-ubnd.txt", "Căn Cứ 9.9.9", open_current(kb).id, "liên kết giữa các văn bản"):
        assert words in html, words


def test_what_changed_since_the_build_before_is_listed() -> None:
    small = small_corpus()
    kb = publish_corpus(
        replace(small, targets=()), counts={"targets": 0, "links": 5}, used=[{**USED[0], "sha256": "a"}]
    )
    other = {"file": "102-kh-ubnd.txt", "original": "102.txt", "sha256": "c" * 64}
    publish_corpus(small, kb, counts={"targets": 1, "links": 5}, used=[*USED, other])
    with open_pages(kb) as client:
        html = client.get("/overview").text
    changes = " ".join(re.sub(r"<[^>]*>", " ", html[html.index('id="changes"') : html.index('id="inputs"')]).split())
    assert "Trước Nay chỉ tiêu 0 1 Thêm: 102-kh-ubnd.txt Sửa: 719-qd-ubnd.txt" in changes
    assert "liên kết" not in changes  # as many as before


def test_hostile_words_are_shown_as_text() -> None:
    with open_pages(hostile_kb()) as client:
        html = client.get("/overview", params={"lang": "en"}).text
    assert (SCRIPT in html, IMAGE in html) == (False, False)
    assert not Outline(html).programs


def test_a_corpus_without_tasks_has_a_page() -> None:
    small = small_corpus()
    bare: Corpus = replace(small, tasks=(), duties=(), targets=(), unresolved=(), links=())
    with open_pages(publish_corpus(bare)) as client:
        answer = client.get("/overview")
    assert answer.status_code == 200
    assert load_messages("vi")["overview_conflicts_none"] in answer.text
