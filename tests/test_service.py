"""The service by HTTP: what it answers, and that nothing anybody sends is more than a 4xx."""

from __future__ import annotations

import json
import re
import shutil
import threading
import time
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi import APIRouter
from fastapi.testclient import TestClient

from graph.generations import Problem
from search_api.app import Settings, create_app
from search_api.live import open_generation
from search_api.sparql_pool import PoolLimits
from tests.service import open_client, read_problem
from tests.small_corpus import DECISION, ID, PLAN, RESOLUTION
from tests.small_kb import small_generation, small_kb
from tests.test_live import publish

further = APIRouter()


@further.get("/api/broken")
def fail() -> None:
    """What a mistake of ours looks like from outside."""
    raise RuntimeError("/home/secret")


released = threading.Event()


@further.get("/api/slow")
def wait() -> dict[str, str]:
    """What search is like when many ask."""
    released.wait(30)
    return {}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with open_client([further]) as client:
        yield client


SAME_TASK = [
    pytest.param("719/QĐ-UBND#II.1", id="short-form"),
    pytest.param("719/qd-ubnd#ii.1", id="without-accents"),
    pytest.param(unicodedata.normalize("NFD", "719/QĐ-UBND#II.1"), id="nfd"),
    pytest.param(f"{DECISION}/phu-luc/2/muc/1", id="iri"),
    pytest.param(f"{DECISION}/phu-luc/2/muc/1".removeprefix(ID), id="path-of-the-iri"),
]


@pytest.mark.parametrize("name", SAME_TASK)
def test_one_task_by_any_name(client: TestClient, name: str) -> None:
    answer = client.get("/api/tasks/" + quote(name, safe="")).json()
    stored = open_generation(small_generation()).records.get(f"{DECISION}/phu-luc/2/muc/1")
    assert stored is not None
    assert {field: answer[field] for field in stored} == stored
    assert (answer["short"], answer["document_short"]) == ("719/QĐ-UBND#II.1", "719/QĐ-UBND")
    assert [each["name"] for each in answer["agencies"]] == ["Sở Khoa học và Công nghệ", "Văn phòng UBND tỉnh"]


@pytest.mark.parametrize("name", ["719/QĐ-UBND#II.1", f"{PLAN}/muc/1"])
def test_slashes_need_no_code(client: TestClient, name: str) -> None:
    assert client.get("/api/tasks/" + quote(name, safe="/:")).status_code == 200


def test_duties_and_targets_answer_there_too(client: TestClient) -> None:
    duty = client.get(f"/api/tasks/{DECISION}/muc/iii/1/them-1/so-khoa-hoc-va-cong-nghe").json()
    assert (duty["record"], duty["role"], duty["agencies"][1]["name"]) == ("duty", "report", "UBND tỉnh")
    target = client.get(f"/api/tasks/{PLAN}/phan/0/chi-tieu-1").json()
    assert (target["record"], target["value"], target["agencies"]) == ("target", [1.2, 1.5], [])


NOT_ONE = [
    pytest.param("/api/tasks/CQS1.1", 400, "719/QĐ-UBND#II.1 (Nâng cấp", id="ambiguous"),
    pytest.param("/api/tasks/719%2FQ%C4%90-UBND%23II.9", 404, "the nearest are 719/QĐ-UBND#II", id="unknown-row"),
    pytest.param("/api/tasks/720/QD-UBND", 404, "719/QĐ-UBND", id="unknown-number"),
    pytest.param("/api/tasks/719/QD-UBND", 404, "/api/documents", id="a-document"),
    pytest.param(f"/api/documents/{PLAN}/muc/1", 404, "/api/tasks", id="a-task"),
    pytest.param("/api/documents/1/QD-UBND", 404, "nothing is called", id="unknown-document"),
    pytest.param("/api/trace?id=1/QD-UBND", 404, "nothing is called", id="trace-of-nothing"),
    pytest.param("/api/trace?id=", 400, "got nothing", id="no-name"),
    pytest.param("/api/trace", 422, "id: Field required", id="id-missing"),
    pytest.param("/api/trace?id=x&format=png", 422, "'json', 'text', 'mermaid' or 'dot'", id="unknown-format"),
    pytest.param("/api/documents?limit=0", 422, "limit", id="limit-zero"),
    pytest.param("/api/documents?limit=a", 422, "limit", id="limit-a-word"),
    pytest.param("/api/documents?offset=99999999999999999999", 422, "offset", id="offset-too-long"),
    pytest.param("/api/nothing", 404, "GET /api/nothing", id="unknown-path"),
]


@pytest.mark.parametrize(("path", "status", "detail"), NOT_ONE)
def test_what_is_not_found_says_why(client: TestClient, path: str, status: int, detail: str) -> None:
    problem = read_problem(client.get(path))
    assert problem["status"] == status
    assert detail in problem["detail"]


def test_an_unknown_parameter_names_the_known_ones(client: TestClient) -> None:
    problem = read_problem(client.get("/api/documents?limt=5&held=true"))
    assert problem["status"] == 422
    assert problem["known"] == ["held", "jurisdiction", "type", "limit", "offset", "cursor", "fields"]
    assert [each["parameter"] for each in problem["errors"]] == ["limt"]
    assert "limt" in problem["detail"]
    assert "jurisdiction" in problem["detail"]
    assert read_problem(client.get("/api/tasks/x?a=1"))["detail"].endswith("known are fields")


def test_another_method_is_405(client: TestClient) -> None:
    response = client.post("/api/documents")
    assert read_problem(response)["status"] == 405
    assert response.headers["allow"] == "GET"


def test_our_mistakes_tell_nothing(client: TestClient) -> None:
    response = client.get("/api/broken")
    assert read_problem(response)["status"] == 500
    assert "secret" not in response.text
    assert "RuntimeError" not in response.text


HOSTILE = [
    pytest.param("😀" * 50, id="emoji"),
    pytest.param("x" * 60_000, id="very-long"),
    pytest.param("Sở" * 400, id="long"),
    pytest.param("a\x00b", id="nul"),
    pytest.param("719/QĐ-UBND\x00#II.1", id="nul-in-a-number"),
    pytest.param("../../../../etc/passwd", id="traversal"),
    pytest.param("..%2f..%2fetc%2fpasswd", id="traversal-coded-twice"),
    pytest.param("/etc/passwd", id="absolute"),
    pytest.param("https://w3id.org/cancu/id/vn/<script>", id="no-iri"),
    pytest.param("https://[::/vn/x", id="broken-host"),
    pytest.param("vn/" + "a/" * 400, id="many-steps"),
    pytest.param("vn/a b{}|^`\\", id="what-no-iri-has"),
    pytest.param("'; DROP TABLE tasks; --", id="sql"),
    pytest.param("} INSERT DATA { <a:b> <a:b> <a:b> } #", id="sparql"),
    pytest.param("#", id="hash"),
    pytest.param("719/QĐ-UBND#" + "I" * 900, id="long-row"),
    pytest.param("\u202e\u200b\ufeff", id="marks"),
    pytest.param("719/QĐ-UBND@" + ":" * 300, id="many-places"),
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_no_500(client: TestClient, name: str) -> None:
    coded = quote(name, safe="")
    for path in (f"/api/tasks/{coded}", f"/api/documents/{coded}", f"/api/trace?id={coded}"):
        response = client.get(path)
        assert response.status_code < 500, (path, response.text)
        if response.status_code != 200:  # a few are names once their marks are gone
            read_problem(response)


def test_bytes_that_are_no_utf_8_are_4xx(client: TestClient) -> None:
    for path in ("/api/tasks/%ff%fe", "/api/trace?id=%ff%fe", "/sparql?query=%ff%fe"):
        assert 400 <= read_problem(client.get(path))["status"] < 500


def test_markup_stays_text(client: TestClient) -> None:
    response = client.get(f"/api/documents/{quote('a<script>alert(1)</script>b', safe='')}")
    assert response.headers["content-type"] == "application/problem+json"
    assert "<script>" in response.json()["detail"]


def test_documents_are_listed_and_filtered(client: TestClient) -> None:
    everything = client.get("/api/documents").json()
    assert [each["id"] for each in everything["results"]] == sorted([PLAN, DECISION, RESOLUTION])
    assert {each["short"]: each["counts"]["tasks"] for each in everything["results"]} == {
        "102/KH-UBND": 1,
        "719/QĐ-UBND": 2,
        "57-NQ/TW": 0,
    }
    for filters, numbers in (
        ("held=false", ["57-NQ/TW"]),
        ("held=true&type=quyet dinh", ["719/QĐ-UBND"]),
        ("jurisdiction=trung-uong", ["57-NQ/TW"]),
        ("limit=1&offset=1", ["719/QĐ-UBND"]),
        ("type=Luật", []),
    ):
        page = client.get(f"/api/documents?{filters}").json()
        assert [each["number"] for each in page["results"]] == numbers
    assert client.get("/api/documents?limit=1&offset=1").json()["total"] == 3


def test_one_document_with_its_relations(client: TestClient) -> None:
    plan = client.get("/api/documents/" + quote("102/KH-UBND", safe="")).json()
    assert plan["counts"] == {"tasks": 1, "duties": 0, "targets": 1}
    assert {(each["from"], each["to"]) for each in plan["links_from"]} == {(PLAN, RESOLUTION)}
    assert {(each["from"], each["to"]) for each in plan["links_to"]} == {(DECISION, PLAN)}
    assert plan["short"] == "102/KH-UBND"


def test_a_trace_in_four_forms(client: TestClient) -> None:
    traced = client.get("/api/trace", params={"id": "719/QĐ-UBND#II.2"}).json()
    assert traced["start"] == f"{DECISION}/phu-luc/2/muc/2"
    assert {path[-1]["to"] for path in traced["paths"]} == {RESOLUTION}
    assert client.get("/api/trace?id=57-NQ/TW&down=true").json()["down"] is True
    for form, media_type in (("text", "text/plain"), ("mermaid", "text/vnd.mermaid"), ("dot", "text/vnd.graphviz")):
        response = client.get("/api/trace", params={"id": "719/QĐ-UBND#II.2", "format": form})
        assert response.headers["content-type"] == f"{media_type}; charset=utf-8"
        assert "57-NQ/TW" in response.text


def test_it_lives_and_is_ready(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "alive"}
    ready = client.get("/ready").json()
    assert (ready["status"], ready["generation"], ready["problem"]) == ("ready", small_generation().id, None)


def test_every_parameter_is_described_with_an_example(client: TestClient) -> None:
    api = client.get("/openapi.json").json()
    for path, operations in api["paths"].items():
        for operation in operations.values():
            if path == "/api/broken":
                continue
            assert operation["summary"]
            assert operation["description"]
            for each in operation.get("parameters", ()):
                assert each["description"], (path, each)
                schema = [each, each["schema"], *each["schema"].get("anyOf", ())]
                assert {"example", "examples", "enum"} & {key for part in schema for key in part}, (path, each["name"])
    assert api["paths"]["/api/tasks/{id}"]["get"]["responses"]["422"]["content"].keys() == {"application/problem+json"}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_of_the_api_tells_of_every_operation(client: TestClient, language: str) -> None:
    page = client.get("/docs", params={"lang": language})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert f'<html lang="{language}">' in page.text
    loaded = re.findall(r'<(?:script|link|img)[^>]*(?:src|href)="([^"]*)"', page.text)
    assert [each for each in loaded if not each.startswith(("/static/", "/docs"))] == []
    for path, methods in client.get("/openapi.json").json()["paths"].items():
        if path != "/api/broken":
            assert [f"{method.upper()} {path}" in page.text for method in methods] == [True] * len(methods)
    anchors = re.findall(r'href="#([^"]+)"', page.text)
    assert [each for each in anchors if f'id="{each}"' not in page.text] == []
    assert "curl -G http://testserver/api/tasks --data-urlencode" in page.text
    assert 'id="problem-query-too-slow"' in page.text
    assert client.get("/redoc").status_code == 404


def test_a_new_generation_is_served(tmp_path: Path) -> None:
    kb = Path(shutil.copytree(small_kb(), tmp_path / "kb"))
    app = create_app(kb, lambda generation, *_: generation.id, Settings(PoolLimits(in_flight=1), look_every=3600))
    with TestClient(app) as client:
        before = client.get("/ready").json()["generation"]
        newer = publish(kb)
        app.state.live.refresh()
        assert client.get("/ready").json()["generation"] == newer.id != before
        assert app.state.live.current().search == newer.id
        assert client.get("/sparql", params={"query": "ASK { ?t a cc:Task }", "format": "csv"}).text == "true"
        assert app.state.pool.store == newer.store
        publish(kb, lambda draft: (draft / "records.jsonl").write_text("{"))
        app.state.live.refresh()
        ready = client.get("/ready").json()
        assert (ready["generation"], "damaged" in ready["problem"]) == (newer.id, True)


def test_a_damaged_knowledge_base_is_not_served(tmp_path: Path) -> None:
    kb = Path(shutil.copytree(small_kb(), tmp_path / "kb"))
    publish(kb, lambda draft: (draft / "manifest.json").write_text(json.dumps({"format": 0})))
    with pytest.raises(Problem, match="damaged or of another version"):
        create_app(kb)


def test_who_asks_for_health_waits_for_no_thread(client: TestClient) -> None:
    with ThreadPoolExecutor(60) as threads:
        waiting = [threads.submit(client.get, "/api/slow") for _ in range(50)]  # more than there are threads
        time.sleep(1)
        alive = [threads.submit(client.get, path) for path in ("/health", "/ready", "/sparql?query=ASK{}")]
        try:
            assert [each.result(10).status_code for each in alive] == [200, 200, 200]
            assert not any(each.done() for each in waiting)
        finally:
            released.set()
    assert {each.result().status_code for each in waiting} == {200}


@pytest.mark.parametrize("path", ["/health", "/ready", "/api/documents", "/api/tasks/102%2FKH-UBND%231", "/docs"])
def test_head_is_answered_where_get_is(client: TestClient, path: str) -> None:
    head, get = client.head(path), client.get(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == get.headers["content-type"]
