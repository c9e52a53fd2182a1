"""SPARQL by HTTP: every way of asking, every form of answer, and what may not run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from search_api.negotiate import read_accept
from tests.service import open_client, read_problem
from tests.small_corpus import PLAN

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with open_client() as client:
        yield client


def test_a_store_that_is_gone_is_told_without_its_path(capsys: pytest.CaptureFixture[str]) -> None:
    with open_client() as client:
        client.get("/sparql", params={"query": "ASK {}"})
        client.app.state.pool.use(Path("/nowhere/store"))  # type: ignore[attr-defined]
        response = client.get("/sparql", params={"query": "ASK {}"})
    assert response.status_code == 503
    assert read_problem(response)["type"] == "/docs#problem-no-query-process"
    assert "/nowhere" not in response.text
    assert "/nowhere/store" in capsys.readouterr().err


COUNT = "SELECT (COUNT(*) AS ?n) { ?t a cc:Task }"
ROWS = [
    pytest.param(COUNT, {}, {}, "application/sparql-results+json", id="default"),
    pytest.param(COUNT, {}, {"Accept": "text/csv"}, "text/csv; charset=utf-8", id="csv"),
    pytest.param(COUNT, {"format": "csv"}, {"Accept": "text/turtle"}, "text/csv; charset=utf-8", id="format-wins"),
    pytest.param(COUNT, {}, {"Accept": "text/csv;q=0.3, application/json;q=0.9"}, "application/json", id="weights"),
    pytest.param(
        COUNT, {}, {"Accept": "text/turtle, text/csv;q=0.1"}, "text/csv; charset=utf-8", id="what-the-form-has"
    ),
    pytest.param("ASK { ?t a cc:Task }", {}, {"Accept": "*/*"}, "application/sparql-results+json", id="ask"),
    pytest.param("CONSTRUCT WHERE { ?t cc:code ?c }", {}, {}, "text/turtle; charset=utf-8", id="construct"),
    pytest.param(
        "CONSTRUCT WHERE { ?t cc:code ?c }", {}, {"Accept": "application/rdf+xml"}, "application/rdf+xml", id="rdf-xml"
    ),
    pytest.param(
        "CONSTRUCT WHERE { ?t cc:code ?c }", {"format": "xml"}, {}, "application/rdf+xml", id="triples-as-some-xml"
    ),
    pytest.param(
        "CONSTRUCT WHERE { ?t cc:code ?c }", {"format": "json"}, {}, "application/ld+json", id="triples-as-some-json"
    ),
    pytest.param(f"DESCRIBE <{PLAN}>", {"format": "turtle"}, {}, "text/turtle; charset=utf-8", id="another-name"),
    pytest.param(
        f"DESCRIBE <{PLAN}>", {"format": "nt", "nonsense": "1"}, {}, "application/n-triples", id="describe-and-unknown"
    ),
]


@pytest.mark.parametrize(("query", "more", "headers", "media_type"), ROWS)
@pytest.mark.parametrize("way", ["get", "form", "body"])
def test_a_query_by_every_way(
    client: TestClient, way: str, query: str, more: dict[str, str], headers: dict[str, str], media_type: str
) -> None:
    if way == "get":
        response = client.get("/sparql", params={"query": query, **more}, headers=headers)
    elif way == "form":
        response = client.post("/sparql", content=urlencode({"query": query, **more}), headers={**headers, **FORM})
    else:
        headers = {**headers, "Content-Type": "application/sparql-query; charset=utf-8"}
        response = client.post("/sparql", params=more, content=query.encode(), headers=headers)
    assert (response.status_code, response.headers["content-type"]) == (200, media_type)
    assert response.content


@pytest.mark.parametrize(
    ("body", "value"),
    [
        pytest.param(
            urlencode({"query": 'ASK { FILTER("a+b%20c&d" = "a+b%20c&d") }'}).encode(), True, id="decoded-once"
        ),
        pytest.param('query=ASK { FILTER("Hưng Yên" = "Hưng Yên") }'.encode(), True, id="bare-utf-8"),
        pytest.param(b"query=ASK+%7B+FILTER(STRLEN(%22%25+41%22)+%3D+4)+%7D", True, id="percent-stays"),
    ],
)
def test_a_form_is_decoded_once(client: TestClient, body: bytes, value: bool) -> None:
    assert client.post("/sparql", content=body, headers=FORM).json()["boolean"] is value


def test_a_graph_may_be_named_beside_the_query(client: TestClient) -> None:
    graph = "https://w3id.org/cancu/graph/agencies"
    answer = client.get("/sparql", params={"query": COUNT, "default-graph-uri": graph, "format": "csv"})
    assert answer.text == "n\r\n0\r\n"
    refused = client.get("/sparql", params={"query": COUNT, "default-graph-uri": "file:///etc/passwd"})
    assert "not in this store" in read_problem(refused)["detail"]


REFUSED = [
    pytest.param("DELETE WHERE { ?s ?p ?o }", "read-only", id="update"),
    pytest.param("LOAD <file:///etc/passwd>", "read-only", id="load"),
    pytest.param("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE", id="service"),
    pytest.param("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "not in this store", id="from-a-file"),
    pytest.param("SELECT * FROM NAMED <http://example.org/> { ?s ?p ?o }", "not in this store", id="from-named"),
    pytest.param("SELECT * { ?s nope:x ?o }", "nope", id="unknown-prefix"),
    pytest.param("", "syntax error at line 1, column 1", id="empty"),
    pytest.param("ASK { ?s ?p \x00 }", "syntax error at line 1", id="nul"),
    pytest.param("😀", "syntax error at line 1, column 1", id="emoji"),
    pytest.param("SELECT * {" + "{" * 3000 + "}" * 3000 + "}", "nested too deeply", id="deep"),
]


@pytest.mark.parametrize(("query", "detail"), REFUSED)
def test_what_may_not_run_is_400(client: TestClient, query: str, detail: str) -> None:
    problem = read_problem(client.post("/sparql", content=urlencode({"query": query}), headers=FORM))
    assert problem["status"] == 400
    assert detail in problem["detail"]


def test_a_syntax_error_has_its_place(client: TestClient) -> None:
    problem = read_problem(client.get("/sparql", params={"query": "SELECT *\n{ ?s ?p ?o } LIMT 5"}))
    assert (problem["type"], problem["line"], problem["column"]) == ("/docs#problem-sparql-syntax", 2, 14)


OTHERWISE = [
    pytest.param("GET", "/sparql?default-graph-uri=x:y", {}, b"", 400, "one parameter `query`", id="no-query"),
    pytest.param("POST", "/sparql", FORM, b"", 400, "one parameter `query`", id="no-query-posted"),
    pytest.param("GET", "/sparql", {"Accept": "text/csv"}, b"", 406, "text/turtle", id="description-as-csv"),
    pytest.param("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", {}, b"", 400, "got 2", id="two-queries"),
    pytest.param("GET", "/sparql?query=ASK%7B%7D&format=pdf", {}, b"", 400, "no format is called pdf", id="format"),
    pytest.param("GET", "/sparql?query=ASK%7B%7D&format=ttl", {}, b"", 400, "json, xml, csv, tsv", id="ask-as-turtle"),
    pytest.param("GET", "/sparql?query=ASK%7B%7D", {"Accept": "image/png"}, b"", 406, "text/csv", id="accept-image"),
    pytest.param("GET", "/sparql?query=ASK%7B%7D", {"Accept": "text/turtle"}, b"", 406, "ASK has no", id="accept"),
    pytest.param("GET", "/sparql?" + "a=1&" * 200, {}, b"", 400, "more than 100", id="many-parameters"),
    pytest.param("POST", "/sparql", {"Content-Type": "text/plain"}, b"ASK {}", 415, "text/plain", id="plain-text"),
    pytest.param("POST", "/sparql", {}, b"ASK {}", 415, "no Content-Type", id="no-type"),
    pytest.param("POST", "/sparql", FORM, b"update=CLEAR+ALL", 400, "read-only", id="update-parameter"),
    pytest.param(
        "POST", "/sparql", {"Content-Type": "application/sparql-update"}, b"CLEAR ALL", 400, "read-only", id="update"
    ),
    pytest.param("POST", "/sparql", FORM, b"query=" + b"x" * 100_001, 413, "100,000 bytes", id="too-long"),
    pytest.param("POST", "/sparql", FORM, b"query=" + b"x" * 400_000, 413, "100,000 bytes", id="much-too-long"),
    pytest.param("PUT", "/sparql", {}, b"", 405, "Method Not Allowed", id="put"),
]


@pytest.mark.parametrize(("method", "path", "headers", "body", "status", "detail"), OTHERWISE)
def test_the_protocol_has_its_limits(
    client: TestClient, method: str, path: str, headers: dict[str, str], body: bytes, status: int, detail: str
) -> None:
    problem = read_problem(client.request(method, path, headers=headers, content=body))
    assert problem["status"] == status
    assert detail in problem["detail"]


def test_a_query_that_takes_too_long_is_503_and_the_next_one_runs(client: TestClient) -> None:
    response = client.get("/sparql", params={"query": ENDLESS})
    assert read_problem(response)["type"] == "/docs#problem-query-too-slow"
    assert (response.status_code, response.headers["retry-after"]) == (503, "10")
    assert client.get("/sparql", params={"query": COUNT, "format": "csv"}).text == "n\r\n3\r\n"


@pytest.mark.parametrize(
    ("header", "formats"),
    [
        pytest.param(None, "json xml csv tsv ttl nt jsonld rdfxml", id="no-header"),
        pytest.param("text/csv;q=0.5, text/turtle", "ttl csv", id="weights"),
        pytest.param("text/*;q=0.5, text/csv;q=0", "tsv ttl", id="zero-is-never"),
        pytest.param("TEXT/CSV ; Q=0.8", "csv", id="case-and-spaces"),
        pytest.param(
            "application/sparql-results+json, */*;q=0.1", "json xml csv tsv ttl nt jsonld rdfxml", id="rest-behind"
        ),
        pytest.param("text/html, nonsense, ;q=1, a/b/c", "", id="nothing-of-ours"),
    ],
)
def test_what_accept_asks_for(header: str | None, formats: str) -> None:
    assert " ".join(read_accept(header)) == formats
