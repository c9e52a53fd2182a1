"""Search by meaning inside SPARQL: what cc:score and cc:passage give, and what they refuse."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from rdflib import Graph, Namespace, URIRef

from graph.generations import Problem
from graph.sparql import Refused, read_query_text
from graph.sparql_answer import Request, answer_request
from graph.sparql_functions import Hit, make_functions
from graph.sparql_worker import TooSlow, Worker, rate_in_time, run_query
from graph.store import open_store
from search_api import cli_sparql, routes_search
from search_api.app import create_app
from search_api.relevance import make_rate, rate_of, rate_text
from search_api.search import Ask, Search, open_search
from search_api.sparql_pool import PoolLimits, SparqlPool
from search_api.understood import FILTERS
from tests.service import open_client, read_problem
from tests.small_corpus import PLAN
from tests.small_kb import small_generation, small_kb
from tests.word_encoder import WordEncoder

NEAREST = PLAN + "/muc/1"
CC = Namespace("https://w3id.org/cancu/ns#")
TEXTS = [
    pytest.param("trí tuệ nhân tạo", id="vietnamese"),
    pytest.param("artificial intelligence", id="english"),
    pytest.param("tri tue nhan tao", id="unaccented"),
    pytest.param("AI", id="abbreviation"),
    pytest.param("nhiệm vụ của Sở Khoa học và Công nghệ hạn 2030", id="with-words-that-would-filter"),
]


@pytest.fixture(scope="module")
def search() -> Search:
    return open_search(small_generation(), WordEncoder)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = create_app(
        small_kb(),
        lambda live, records, names: open_search(live, WordEncoder, records, names),
        routers=[routes_search.router],
    )
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def rows(client: TestClient, query: str) -> list[dict[str, str]]:
    """The rows of a SELECT as plain values."""
    response = client.post("/sparql", data={"query": query})
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()["results"]["bindings"]
    return [{name: cell["value"] for name, cell in row.items()} for row in found]


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


@pytest.mark.parametrize("text", TEXTS)
def test_the_score_is_that_of_a_search_without_filters(client: TestClient, text: str) -> None:
    call = f"cc:score(?item, {quoted(text)})"
    scored = rows(
        client, f"SELECT DISTINCT ?item ?score {{ ?item ?p ?o BIND({call} AS ?score) FILTER(BOUND(?score)) }}"
    )
    scores = {row["item"]: float(row["score"]) for row in scored}
    ignored = [name for name in FILTERS if name != "topics"]
    answer = client.get("/api/search", params={"q": text, "limit": 200, "ignore": ignored}).json()
    assert answer["nearest"]
    shown = {each["id"]: each["score"] for each in answer["results"]}
    assert len(shown) > 3
    assert {iri: scores.get(iri) for iri in shown} == shown
    folded = {same["id"] for each in answer["results"] for same in each["same"]}
    assert scores.keys() - shown.keys() == folded


def test_the_passage_is_what_a_search_highlights(client: TestClient) -> None:
    query = "SELECT ?task ?words { ?task a cc:Task BIND(cc:passage(?task, 'trí tuệ nhân tạo') AS ?words) }"
    words = {row["task"]: row.get("words") for row in rows(client, query)}
    answer = client.get("/api/search", params={"q": "trí tuệ nhân tạo", "limit": 200}).json()
    shown = {each["id"]: each for each in answer["results"] if each["kind"] == "task"}
    assert len(shown) > 1
    for iri, result in shown.items():
        marked = list(dict.fromkeys(each["words"] for each in result["highlights"]))
        assert words[iri] == (" … ".join(marked) or None)
    assert "trí tuệ nhân tạo" in words.values()


CALL = 'cc:score(?t, "trí tuệ nhân tạo")'
FORMS = [
    pytest.param(f"SELECT ?t {{ ?t a cc:Task FILTER({CALL} > 0.1) }} ORDER BY DESC({CALL}) LIMIT 1", id="filter"),
    pytest.param(f"SELECT ?t {{ ?t a cc:Task BIND({CALL} AS ?s) }} ORDER BY DESC(?s) LIMIT 1", id="bind"),
    pytest.param(f"SELECT ?t {{ ?t a cc:Task }} ORDER BY DESC({CALL}) LIMIT 1", id="order-by"),
    pytest.param(f"SELECT ?t ({CALL} AS ?s) {{ ?t a cc:Task }} ORDER BY DESC(?s) LIMIT 1", id="projection"),
    pytest.param(
        f"SELECT ?t {{ ?t a cc:Task }} GROUP BY ?t ORDER BY DESC(MAX({CALL})) LIMIT 1", id="aggregate"
    ),
    pytest.param(
        f"SELECT ?t {{ {{ SELECT ?t {{ ?t a cc:Task }} ORDER BY DESC({CALL}) LIMIT 1 }} }}", id="sub-query"
    ),
    pytest.param(
        f"SELECT ?t {{ ?t a cc:Task FILTER EXISTS {{ ?t cc:text ?x FILTER({CALL} > 0.1) }} }} "
        f"ORDER BY DESC({CALL}) LIMIT 1",
        id="exists",
    ),
    pytest.param(
        f"PREFIX own: <{CC}> SELECT ?t {{ ?t a cc:Task }} ORDER BY DESC(own:score(?t, 'trí tuệ nhân tạo'@vi)) LIMIT 1",
        id="own-prefix-and-a-language",
    ),
    pytest.param(
        "SELECT ?t { ?t a cc:Task } ORDER BY DESC(cc:score(?t, '''trí\ttuệ\n  nhân tạo''')) LIMIT 1", id="white-space"
    ),
    pytest.param(
        "SELECT ?t { ?t a cc:Task } ORDER BY DESC(cc:score(?t, 'tr\\u00ed tuệ nhân tạo')) LIMIT 1", id="an-escape"
    ),
]  # fmt: skip


@pytest.mark.parametrize("query", FORMS)
def test_it_stands_wherever_an_expression_may(client: TestClient, query: str) -> None:
    assert [row["t"] for row in rows(client, query)] == [NEAREST]


def test_it_works_in_construct(client: TestClient) -> None:
    query = (
        "CONSTRUCT { ?t cc:score ?s ; cc:ledBy ?who } { ?t a cc:Task ; cc:ledBy ?who "
        'BIND(cc:score(?t, "artificial intelligence") AS ?s) FILTER(?s > 0.1) }'
    )
    built = Graph().parse(data=client.get("/sparql", params={"query": query}).content, format="turtle")
    scores = {str(task): float(str(score)) for task, score in built.subject_objects(CC.score)}
    assert max(scores, key=lambda iri: scores[iri]) == NEAREST
    assert all((URIRef(iri), CC.ledBy, None) in built for iri in scores)


def test_meaning_joins_with_the_graph(client: TestClient) -> None:
    query = (
        "SELECT ?t ?words { ?t a cc:Task ; cc:dueLatest ?due ; cc:ledBy/skos:prefLabel ?lead ; cc:partOf ?plan . "
        'FILTER(?due < "2031-01-01"^^xsd:date && cc:score(?t, "chuyển đổi số") > 0) '
        'BIND(cc:passage(?t, "chuyển đổi số") AS ?words) }'
    )
    assert rows(client, query)


@pytest.mark.parametrize(
    "item", ["?unbound", '"a text"', "<https://w3id.org/cancu/id/nothing>", "1 + 1", "<<( <a:b> <a:b> 1 )>>"]
)
def test_what_is_no_near_item_has_no_score(client: TestClient, item: str) -> None:
    response = client.get("/sparql", params={"query": f'SELECT (cc:score({item}, "AI") AS ?s) {{}}'})
    if "<<" not in item:  # SPARQL 1.2: refused or unbound
        assert response.json()["results"]["bindings"] == [{}]
    assert response.status_code in (200, 400)


@pytest.mark.parametrize("text", ["", "   ", "😀 ?!", "\u0000\u0001", "x" * 400])
def test_a_text_that_says_nothing_has_no_scores_or_harmless_ones(search: Search, text: str) -> None:
    assert all(0 < hit.score <= 1 for hit in rate_text(search, text).values())


def many(count: int) -> str:
    return " ".join(f'FILTER(!BOUND(?t) || cc:score(?t, "text {n}") > 2)' for n in range(count))


REFUSED = [
    pytest.param("SELECT * { ?t cc:text ?x FILTER(cc:score(?t, ?x) > 0) }", "as it stands", id="variable"),
    pytest.param('SELECT (cc:score(?t, CONCAT("a", "b")) AS ?s) { ?t a cc:Task }', "as it stands", id="expression"),
    pytest.param("SELECT (cc:score(?t, 5) AS ?s) { ?t a cc:Task }", "as it stands", id="number"),
    pytest.param('SELECT (cc:passage(?t, "a"^^cc:x) AS ?s) { ?t a cc:Task }', "cc:passage", id="datatype"),
    pytest.param('SELECT (cc:score("a") AS ?s) {}', "as it stands", id="one-argument"),
    pytest.param("SELECT (cc:score() AS ?s) {}", "as it stands", id="no-argument"),
    pytest.param('SELECT (cc:score(?t, "a", "b") AS ?s) {}', "as it stands", id="three-arguments"),
    pytest.param('SELECT (cc:scores(?t, "a") AS ?s) {}', "no function is called cc:scores", id="another-name"),
    pytest.param(f"SELECT * {{ ?t a cc:Task {many(6)} }}", "may search for 5 texts, this one has 6", id="six-texts"),
    pytest.param(f'SELECT (cc:score(?t, "{"x" * 401}") AS ?s) {{}}', "up to 400 characters, got 401", id="long"),
    pytest.param(
        "ASK { ?t a cc:Task FILTER EXISTS { ?t ?p ?x FILTER EXISTS { FILTER(cc:score(?t, ?x) > 0) } } }",
        "as it stands", id="deep-inside",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("query", "detail"), REFUSED)
def test_what_can_not_be_searched_for_is_400(client: TestClient, query: str, detail: str) -> None:
    problem = read_problem(client.get("/sparql", params={"query": query}))
    assert problem["status"] == 400
    assert detail in problem["detail"]


def test_five_texts_are_not_too_many(client: TestClient) -> None:
    assert rows(client, f"SELECT ?t {{ ?t a cc:Task {many(5)} {many(5)} }}") == []


def test_the_texts_of_a_query_are_found_once() -> None:
    query = 'SELECT (cc:score(?t, "a  b") AS ?s) (cc:passage(?t, " a b ") AS ?w) (cc:score(?t, "c") AS ?u) {}'
    assert read_query_text(query).texts == ("a b", "c")
    assert read_query_text("PREFIX cc: <http://mine/> SELECT (cc:score(?t, ?x) AS ?s) {}").texts == ()
    assert read_query_text('SELECT ("cc:score(?t, ?x)" AS ?s) {} # cc:score()').texts == ()


def test_tables_are_looked_up_as_terms() -> None:
    store = open_store(small_generation().store)
    tables = {"a b": {"https://x/1": Hit(0.5, "words"), "https://x/2": Hit(0.25, "")}}
    text = 'SELECT ?i (cc:score(?i, "a\tb") AS ?s) (cc:passage(?i, "a b") AS ?w) { VALUES ?i { <https://x/%d> } }'
    found = [answer_request(store, Request(text % n, "tsv"), None, lambda _: tables).content for n in (1, 2, 3)]
    assert [row.splitlines()[1].split(b"\t")[1:] for row in found] == [
        [b"0.5", b'"words"@vi'], [b"0.25", b""], [b"", b""],
    ]  # fmt: skip
    assert len(make_functions(tables)) == 2


def test_without_search_it_is_told(client: TestClient) -> None:
    query = 'SELECT (cc:score(?t, "AI") AS ?s) { ?t a cc:Task }'
    with open_client() as plain:
        problem = read_problem(plain.get("/sparql", params={"query": query}))
    assert (problem["status"], "search index" in problem["detail"]) == (400, True)
    with pytest.raises(Refused, match="search index"):
        answer_request(open_store(small_generation().store), Request(query))
    assert rate_of(None) is None


def test_a_search_that_fails_leaves_the_process_fit() -> None:
    worker = Worker(small_generation().store)
    query = Request('SELECT (cc:score(?t, "AI") AS ?s) { ?t a cc:Task }', "csv")

    def refuse(text: str) -> dict[str, Hit]:
        raise Problem("the index is damaged")

    def fail(text: str) -> dict[str, Hit]:
        raise OSError("disk")

    try:
        with pytest.raises(Problem, match="damaged"):
            worker.run(query, rate=refuse)
        assert worker.is_alive()
        with pytest.raises(OSError, match="disk"):
            worker.run(query, rate=fail)
        assert worker.run(Request("ASK {}", "csv")).content == b"true"
    finally:
        worker.close()


def test_a_text_is_rated_once(search: Search, monkeypatch: pytest.MonkeyPatch) -> None:
    rated = []

    def count(over: Search, text: str) -> dict[str, Hit]:
        rated.append(text)
        return rate_text(over, text)

    monkeypatch.setattr("search_api.relevance.rate_text", count)
    rate = make_rate(search)
    query = Request('SELECT ?t { ?t a cc:Task FILTER(cc:score(?t, "AI") > 0.1) }', "csv")
    assert len({run_query(small_generation().store, query, rate=rate).content for _ in range(2)}) == 1
    assert rated == ["AI"]


def test_the_command_line_has_it_too(search: Search, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    query = 'SELECT ?t { ?t a cc:Task } ORDER BY DESC(cc:score(?t, "trí tuệ nhân tạo")) LIMIT 1'
    cli_sparql.run_sparql(small_kb(), query, None, "csv", (), 10.0, lambda _: make_rate(search))
    assert capfdbinary.readouterr().out.split() == [b"t", (NEAREST).encode()]
    assert search.find(Ask("trí tuệ nhân tạo"))["results"]


@pytest.mark.parametrize("call", ["cc:score", "cc:passage"])
def test_rating_is_part_of_the_time_of_a_query(call: str) -> None:
    go_on = threading.Event()

    def rate_slowly(text: str) -> dict[str, Hit]:
        go_on.wait(30)
        return {}

    worker = Worker(small_generation().store)
    try:
        worker.start()
        began = time.monotonic()
        with pytest.raises(TooSlow, match=r"after 0\.5 s"):
            worker.run(Request(f'SELECT * {{ ?t a cc:Task BIND({call}(?t, "AI") AS ?x) }}'), 0.5, rate_slowly)
        assert time.monotonic() - began < 3
        assert not worker.is_alive()  # it waits for tables, and would hold its place
        assert worker.run(Request("ASK { ?t a cc:Task }", "csv"), 5).content == b"true"
    finally:
        go_on.set()
        worker.close()


def test_a_busy_encoder_holds_no_process_of_the_pool() -> None:
    go_on = threading.Event()

    def rate_slowly(text: str) -> dict[str, Hit]:
        go_on.wait(30)
        return {}

    pool = SparqlPool(PoolLimits(timeout=0.5, in_flight=1, patience=20), small_generation().store, rate_slowly)
    try:
        pool.run(Request("ASK {}"))
        with pytest.raises(TooSlow):
            pool.run(Request('SELECT * { ?t a cc:Task BIND(cc:score(?t, "AI") AS ?x) }'))
        assert pool.run(Request("ASK { ?t a cc:Task }", "csv")).content == b"true"
    finally:
        go_on.set()
        pool.close()


def test_who_is_late_rates_no_further_text() -> None:
    rated: list[str] = []
    begun, go_on = threading.Event(), threading.Event()

    def rate_slowly(text: str) -> dict[str, Hit]:
        rated.append(text)
        begun.set()
        go_on.wait(30)
        return {}

    with pytest.raises(TimeoutError):
        rate_in_time(("AI", "5G"), rate_slowly, 0.2)
    assert begun.wait(5)
    go_on.set()
    for thread in threading.enumerate():
        if thread.name == "sparql-rate":
            thread.join(5)
    assert rated == ["AI"]
