"""What a query from outside may do, and that nothing it does outlives its limits."""

from __future__ import annotations

import json
import threading
import time

import pytest

from graph.generations import Problem
from graph.sparql import Refused, read_query_text
from graph.sparql_answer import Request, answer_request
from graph.sparql_worker import Worker, run_query
from graph.store import open_store
from tests.small_corpus import DECISION, ID, PLAN
from tests.small_kb import small_generation

GRAPH = "<https://w3id.org/cancu/graph/agencies>"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
HERE = "SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }"

REFUSED = [
    pytest.param("DELETE WHERE { ?s ?p ?o }", "the store is read-only", id="update"),
    pytest.param("PREFIX a: <b> INSERT DATA { <a> <b> <c> }", "the store is read-only", id="update-after-a-prefix"),
    pytest.param("LOAD <file:///etc/passwd>", "the store is read-only", id="load"),
    pytest.param("CLEAR ALL", "the store is read-only", id="clear"),
    pytest.param(f"SELECT * {{ {HERE} }}", "SERVICE", id="service"),
    pytest.param(f"SELECT * {{ {HERE.replace('SERVICE', 'service silent')} }}", "SERVICE", id="service-silent"),
    pytest.param(f"SELECT * {{ {{ SELECT * {{ OPTIONAL {{ {HERE} }} }} }} }}", "SERVICE", id="service-in-sub-query"),
    pytest.param(f"ASK {{ FILTER EXISTS {{ {HERE} }} }}", "SERVICE", id="service-in-exists"),
    pytest.param(f"SELECT (EXISTS {{ {HERE} }} AS ?x) {{}}", "SERVICE", id="service-in-a-projection"),
    pytest.param(f"SELECT * {{ ?s ?p ?o MINUS {{ {HERE} }} }}", "SERVICE", id="service-in-minus"),
    pytest.param(f"SELECT * {{ ?s ?p ?o }} ORDER BY (EXISTS {{ {HERE} }})", "SERVICE", id="service-in-order-by"),
    pytest.param(
        f"SELECT ?s {{ ?s ?p ?o }} GROUP BY ?s HAVING (EXISTS {{ {HERE} }})", "SERVICE", id="service-in-having"
    ),
    pytest.param(f"SELECT * {{ {HERE.replace('SERVICE', chr(92) + 'u0053ERVICE')} }}", "SERVICE", id="service-escaped"),
    pytest.param(
        f"ASK {{ FILTER EXISTS {{ ?s ?p ?o FILTER EXISTS {{ {HERE} }} }} }}",
        "SERVICE",
        id="service-in-exists-in-exists",
    ),
    pytest.param(
        f"SELECT * {{ ?s ?p ?o BIND(EXISTS {{ FILTER NOT EXISTS {{ {HERE} }} }} AS ?x) }}",
        "SERVICE",
        id="service-in-a-filter-in-bind",
    ),
    pytest.param(
        f"SELECT * {{ ?s ?p ?o }} ORDER BY IF(1 > 0, EXISTS {{ FILTER EXISTS {{ {HERE} }} }}, 2)",
        "SERVICE",
        id="service-in-a-filter-in-order-by",
    ),
    pytest.param(f"SELECT * {{ GRAPH ?g {{ {{}} UNION {{ {HERE} }} }} }}", "SERVICE", id="service-in-union-in-graph"),
    pytest.param("SELECT * { ?s nope:x ?o }", "nope", id="unknown-prefix"),
    pytest.param("SELECT * {" + "{" * 900 + "}" * 900 + "}", "nested too deeply", id="nested-too-deeply"),
    pytest.param('ASK { ?s ?p "\\UFFFFFFFF" }', "not valid: Invalid unicode", id="no-such-character"),
    pytest.param("SELECT * {\n  ?s ?p ?o\n", "line 3, column 1", id="never-closed"),
    pytest.param("SELECT * { ?s ?p ?o } LIMT 5", "line 1, column", id="misspelled"),
    pytest.param("", "line 1, column 1", id="empty"),
]


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_refused_before_it_runs(text: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason) as caught:
        read_query_text(text)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        pytest.param('SELECT * { ?s cc:text "SERVICE <x> {}" }', "SELECT", id="service-in-a-string"),
        pytest.param("# SERVICE\nASK { ?s a cc:Task }", "ASK", id="service-in-a-comment"),
        pytest.param("PREFIX cc: <http://mine/> SELECT * { ?s a cc:Task }", "SELECT", id="own-prefix-wins"),
        pytest.param(
            "PREFIX my: <https://w3id.org/cancu/ns#> ASK { ?s a my:Task, cc:Task }",
            "ASK",
            id="two-prefixes-of-one-name",
        ),
        pytest.param("DESCRIBE cc:Task", "DESCRIBE", id="describe-a-term"),
        pytest.param("DESCRIBE <http://a>", "DESCRIBE", id="describe"),
        pytest.param("CONSTRUCT WHERE { ?s ?p ?o }", "CONSTRUCT", id="construct"),
    ],
)
def test_what_may_run(text: str, form: str) -> None:
    assert read_query_text(text).form == form


def test_many_threads_may_parse_at_once() -> None:
    forms: list[str] = []
    threads = [
        threading.Thread(target=lambda: forms.append(read_query_text("ASK { ?s a cc:Task }").form)) for _ in range(8)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert forms == ["ASK"] * 8


@pytest.fixture(scope="module")
def worker() -> Worker:
    return Worker(small_generation().store)


ANSWERS = [
    pytest.param("ASK { ?t a cc:Task }", None, b'{"head":{},"boolean":true}', id="ask"),
    pytest.param("ASK { ?t a <http://mine/Task> }", "csv", b"false", id="ask-csv"),
    pytest.param("SELECT (COUNT(*) AS ?n) { ?t a cc:Task }", "csv", b"n\r\n3\r\n", id="csv"),
    pytest.param("SELECT (COUNT(*) AS ?n) { ?t a cc:Task }", "tsv", b"?n\n3\n", id="tsv"),
    pytest.param(
        f"SELECT (COUNT(*) AS ?n) FROM {GRAPH} {{ ?t a cc:Task }}", "csv", b"n\r\n0\r\n", id="from-one-graph"
    ),
    pytest.param(
        f"SELECT (COUNT(*) AS ?n) FROM NAMED {GRAPH} {{ GRAPH ?g {{ ?t a org:Organization }} }}", "csv", b"n\r\n6\r\n",
        id="from-named",
    ),
    pytest.param(
        f"SELECT (COUNT(*) AS ?n) {{ <{PLAN}> cc:implements ?basis }}", "csv", b"n\r\n1\r\n", id="said-twice"
    ),
    pytest.param(
        "CONSTRUCT { ?t cc:code ?code } { ?t cc:code ?code ; cc:number '1' }", "nt",
        f'<{DECISION}/phu-luc/2/muc/1> <https://w3id.org/cancu/ns#code> "CQS1.1" .\n'.encode(), id="construct",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "format_", "content"), ANSWERS)
def test_what_comes_back(worker: Worker, text: str, format_: str | None, content: bytes) -> None:
    assert worker.run(Request(text, format_)).content == content


def test_other_formats_can_be_read(worker: Worker) -> None:
    assert b"<sparql" in worker.run(Request("ASK {}", "xml")).content
    described = worker.run(Request(f"DESCRIBE <{ID}agency/hung-yen/ubnd-tinh>"))
    assert described.format == "ttl"
    assert '"UBND tỉnh"@vi' in described.content.decode()
    assert json.loads(worker.run(Request("CONSTRUCT WHERE { ?t cc:code ?c }", "jsonld")).content)


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        pytest.param(Request("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"), "not in this store", id="from"),
        pytest.param(Request("SELECT * FROM NAMED <http://no> { ?s ?p ?o }"), "not in this store", id="from-named"),
        pytest.param(Request("ASK {}", "ttl"), "expected one of json, xml, csv, tsv", id="rows-as-turtle"),
        pytest.param(Request("DESCRIBE <a:b>", "csv"), "expected one of ttl, nt, jsonld", id="triples-as-csv"),
        pytest.param(Request("SELECT ?t { ?t a cc:Task }", None, {"no": ("text", "x")}), "no", id="unknown-variable"),
    ],
)
def test_refused_by_the_worker(worker: Worker, request_: Request, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        worker.run(request_)


def test_a_value_can_not_write_a_query() -> None:
    text = 'SELECT ?x { BIND("VALUES ?x { UNDEF }" AS ?y) ?s ?p ?x }'
    with pytest.raises(Refused, match=r"SERVICE|syntax"):
        answer_request(
            open_store(small_generation().store), Request(text, "json", {"x": ("text", f" AS ?y) {HERE} #")})
        )


def test_a_query_is_killed_at_its_time_and_the_next_one_runs(worker: Worker) -> None:
    began = time.perf_counter()
    with pytest.raises(Problem, match=r"stopped after 0\.5 s"):
        worker.run(Request(ENDLESS), 0.5)
    assert time.perf_counter() - began < 3
    assert worker.run(Request("ASK {}", "csv")).content == b"true"


def test_a_query_is_killed_at_its_memory() -> None:
    with pytest.raises(Problem, match="512 MB"):
        run_query(small_generation().store, Request(GREEDY), 60)


def test_a_store_that_is_not_there_is_a_problem() -> None:
    with pytest.raises(Problem, match="cannot be opened"):
        run_query(small_generation().path / "nowhere", Request("ASK {}"))
