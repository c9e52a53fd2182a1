"""Lists by HTTP, page by page; what is known is not sent again, and what is large comes compressed."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from search_api import routes_search
from search_api.app import Settings, create_app
from search_api.conditional import Conditional
from search_api.sparql_pool import PoolLimits
from tests.service import open_client, open_small_search, read_problem
from tests.small_corpus import DECISION, PLAN, RESOLUTION
from tests.small_kb import small_kb
from tests.test_live import publish

TASKS = [f"{PLAN}/muc/1", f"{DECISION}/phu-luc/2/muc/1", f"{DECISION}/phu-luc/2/muc/2"]


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with open_client([routes_search.router], open_small_search) as client:
        yield client


def walk(client: TestClient, path: str, **asked: str) -> Iterator[list[str]]:
    """The ids of each page, from cursor to cursor."""
    page = client.get(path, params=asked).json()
    while True:
        yield [each["id"] for each in page["results"]]
        if page["next"] is None:
            return
        page = client.get(path, params={**asked, "cursor": page["next"]}).json()


LISTS = ["/api/tasks", "/api/duties", "/api/targets", "/api/documents", "/api/agencies", "/api/topics"]


@pytest.mark.parametrize("path", LISTS)
def test_cursors_lead_through_the_whole_list_once(client: TestClient, path: str) -> None:
    whole = client.get(path, params={"limit": 500}).json()
    assert whole["next"] is None
    ids = [each["id"] for each in whole["results"]]
    assert len(ids) == len(set(ids)) == whole["total"] > 0
    pages = list(walk(client, path, limit="2"))
    assert [each for page in pages for each in page] == ids
    assert {len(page) for page in pages[:-1]} <= {2}


def test_a_page_names_the_next_one(client: TestClient) -> None:
    first = client.get("/api/tasks?limit=2&fields=id")
    assert [each["id"] for each in first.json()["results"]] == TASKS[:2]
    address = first.headers["link"].removeprefix("<").removesuffix('>; rel="next"')
    second = client.get(address)
    assert (second.json()["results"], second.json()["offset"], second.json()["next"]) == ([{"id": TASKS[2]}], 2, None)
    assert "link" not in second.headers


def test_pages_of_a_question(client: TestClient) -> None:
    whole = client.get("/api/tasks", params={"q": "trung tâm dữ liệu"}).json()["results"]
    pages = list(walk(client, "/api/tasks", q="trung tâm dữ liệu", limit="1"))
    assert [page[0] for page in pages] == [each["id"] for each in whole]


def test_a_cursor_outlives_a_row_before_it(client: TestClient) -> None:
    cursor = client.get("/api/documents?limit=1").json()["next"]
    offset, last, asked = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    for moved in (0, 2, 700):  # as if rows had gone or come since
        told = base64.urlsafe_b64encode(json.dumps([moved, last, asked]).encode()).decode()
        page = client.get("/api/documents", params={"limit": 1, "cursor": told}).json()
        assert page["offset"] == offset


BAD = [
    pytest.param({"cursor": "abc"}, id="no-code"),
    pytest.param({"cursor": "ố"}, id="no-ascii"),
    pytest.param({"cursor": base64.urlsafe_b64encode(b"[1,2]").decode()}, id="too-few"),
    pytest.param({"cursor": base64.urlsafe_b64encode(b'[true,"a","b"]').decode()}, id="no-number"),
    pytest.param({"cursor": base64.urlsafe_b64encode(b'{"a":1,"b":2,"c":3}').decode()}, id="an-object"),
    pytest.param({"cursor": base64.urlsafe_b64encode(b'[1,"a","b"]').decode()}, id="of-another-list"),
    pytest.param({"cursor": base64.urlsafe_b64encode(b"[" * 2000).decode()}, id="deep"),
]


@pytest.mark.parametrize("asked", BAD)
def test_a_cursor_that_is_none(client: TestClient, asked: dict[str, str]) -> None:
    problem = read_problem(client.get("/api/tasks", params=asked))
    assert (problem["status"], problem["type"]) == (400, "/docs#problem-bad-cursor")


def test_a_cursor_belongs_to_its_filters(client: TestClient) -> None:
    cursor = client.get("/api/tasks?limit=1").json()["next"]
    assert client.get(f"/api/tasks?limit=2&fields=id&cursor={cursor}").status_code == 200
    for path in (f"/api/tasks?due=2026&cursor={cursor}", f"/api/duties?cursor={cursor}"):
        assert read_problem(client.get(path))["status"] == 400
    assert "not at both" in read_problem(client.get(f"/api/tasks?offset=1&cursor={cursor}"))["detail"]


FIELDS = [
    pytest.param("/api/tasks?fields=id,text,lead", ["id", "text", "lead"], id="tasks"),
    pytest.param("/api/duties?fields=short, role", ["short", "role"], id="spaces"),
    pytest.param("/api/targets?fields=value,value,unit", ["value", "unit"], id="twice"),
    pytest.param("/api/documents?fields=number,counts", ["number", "counts"], id="documents"),
    pytest.param("/api/agencies?fields=name", ["name"], id="agencies"),
    pytest.param("/api/topics?fields=label_en,label", ["label_en", "label"], id="topics"),
]


@pytest.mark.parametrize(("path", "names"), FIELDS)
def test_only_the_fields_that_are_asked_for(client: TestClient, path: str, names: list[str]) -> None:
    results = client.get(path).json()["results"]
    assert results
    assert {tuple(each) for each in results} == {tuple(names)}


@pytest.mark.parametrize("path", ["/api/tasks/719%2FQ%C4%90-UBND%23II.1", "/api/documents/57-NQ%2FTW"])
def test_fields_of_one_thing(client: TestClient, path: str) -> None:
    whole = client.get(path).json()
    assert client.get(f"{path}?fields=short,id").json() == {"short": whole["short"], "id": whole["id"]}


@pytest.mark.parametrize("fields", ["nothing", "id,nothing", ",", " "])
def test_a_field_that_is_none(client: TestClient, fields: str) -> None:
    for path in (*LISTS, "/api/tasks/719%2FQ%C4%90-UBND%23II.1"):
        problem = read_problem(client.get(path, params={"fields": fields}))
        assert problem["status"] == 422
        assert "expected some of " in problem["detail"]


def test_records_are_those_of_the_contract(client: TestClient) -> None:
    for each in client.get("/api/tasks").json()["results"]:
        one = client.get(f"/api/tasks/{each['id']}").json()
        assert each == {name: value for name, value in one.items() if name not in ("record", "agencies")}


def test_agencies_and_topics_by_their_letters(client: TestClient) -> None:
    agencies = client.get("/api/agencies?q=khoa hoc va cong nghe&jurisdiction=hung-yen").json()["results"]
    assert [each["name"] for each in agencies] == ["Sở Khoa học và Công nghệ"]
    (topic, *_) = client.get("/api/topics?q=artificial intelligence").json()["results"]
    assert (topic["id"], topic["label"]) == ("tri-tue-nhan-tao", "trí tuệ nhân tạo")
    narrower = client.get("/api/topics?limit=500").json()["results"]
    assert {above for each in narrower for above in each["broader"]} <= {each["id"] for each in narrower}


KNOWN = ["/api/tasks", "/api/documents?held=true", "/api/search?q=AI", "/api/tasks.csv", f"/api/trace?id={PLAN}"]


@pytest.mark.parametrize("path", KNOWN)
def test_what_is_known_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(path)
    tag = first.headers["etag"]
    assert tag.startswith('W/"')
    assert first.headers["cache-control"] == "no-cache"
    for sent in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = client.get(path, headers={"If-None-Match": sent})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.head(path, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_each_address_has_its_own_mark(client: TestClient) -> None:
    paths = [*KNOWN, "/api/tasks?limit=1", "/api/tasks?limit=2"]
    assert len({client.get(path).headers["etag"] for path in paths}) == len(paths)


@pytest.mark.parametrize("path", ["/api/tasks/nothing", "/api/tasks?limit=0", "/api/nothing"])
def test_an_error_is_never_unchanged(client: TestClient, path: str) -> None:
    response = client.get(path, headers={"If-None-Match": "*"})
    assert response.status_code >= 400
    assert "etag" not in response.headers


def test_a_new_generation_and_a_new_day_have_other_marks(tmp_path: Path) -> None:
    kb = Path(shutil.copytree(small_kb(), tmp_path / "kb"))
    app = create_app(kb, None, Settings(PoolLimits(in_flight=1), look_every=3600))
    with TestClient(app) as client:
        before = client.get("/api/tasks").headers["etag"]
        publish(kb)
        app.state.live.refresh()
        after = client.get("/api/tasks", headers={"If-None-Match": before})
        assert (after.status_code, after.headers["etag"] != before) == (200, True)
    tomorrow = Conditional(app, app.state.live, lambda: date(2999, 1, 1))
    with TestClient(tomorrow) as client:
        assert client.get("/api/tasks").headers["etag"] != after.headers["etag"]


COMPRESSED = [
    pytest.param("/api/graph.nq", "gzip", id="a-large-file"),
    pytest.param("/api/tasks", "gzip", id="a-list"),
    pytest.param("/health", None, id="too-short"),
    pytest.param("/api/tasks.xlsx", None, id="compressed-already"),
]


@pytest.mark.parametrize(("path", "coding"), COMPRESSED)
def test_large_answers_are_compressed(client: TestClient, path: str, coding: str | None) -> None:
    plain: Any = client.get(path, headers={"Accept-Encoding": "identity"})
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers.get("content-encoding") == coding
    assert packed.content == plain.content
    if coding:
        assert "accept-encoding" in packed.headers["vary"].lower()


def test_documents_of_an_issuer_only_cited(client: TestClient) -> None:
    page = client.get("/api/documents?held=false").json()
    assert [each["id"] for each in page["results"]] == [RESOLUTION]
