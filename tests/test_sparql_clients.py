"""Programs that others wrote ask the endpoint over HTTP: SPARQLWrapper, rdflib, Oxigraph's SERVICE and curl."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError

import pyoxigraph as ox
import pytest
import uvicorn
from rdflib import RDF, Graph, Literal, Namespace, URIRef, Variable
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, JSONLD, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, URLENCODED, XML
from SPARQLWrapper import SPARQLWrapper as Wrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from search_api.app import Settings, create_app
from search_api.search import open_search
from search_api.sparql_pool import PoolLimits
from tests.small_corpus import DECISION, PLAN
from tests.small_kb import small_kb
from tests.word_encoder import WordEncoder

CC = Namespace("https://w3id.org/cancu/ns#")
PREFIX = f"PREFIX cc: <{CC}> "
TASKS = PREFIX + "SELECT ?t { ?t a cc:Task } ORDER BY ?t"
FOUND = [PLAN + "/muc/1", DECISION + "/phu-luc/2/muc/1", DECISION + "/phu-luc/2/muc/2"]
NEAREST = PREFIX + 'SELECT ?t { ?t a cc:Task } ORDER BY DESC(cc:score(?t, "trí tuệ nhân tạo")) LIMIT 1'
GRAPH = PLAN.replace("/id/", "/graph/")


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """The address of the endpoint of a server in a thread."""
    app = create_app(
        small_kb(),
        lambda live, records, names: open_search(live, WordEncoder, records, names),
        Settings(PoolLimits(timeout=2, in_flight=2)),
    )
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        until = time.monotonic() + 30
        while not server.started and time.monotonic() < until:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/sparql"
        server.should_exit = True
        thread.join(20)
    assert not thread.is_alive()


def wrap(endpoint: str, query: str, format_: str, method: str = GET, how: str = URLENCODED) -> Wrapper:
    client = Wrapper(endpoint)
    client.setQuery(query)
    client.setReturnFormat(format_)
    client.setMethod(method)
    client.setRequestMethod(how)
    return client


@pytest.mark.parametrize(
    ("method", "how"),
    [
        pytest.param(GET, URLENCODED, id="get"),
        pytest.param(POST, URLENCODED, id="form"),
        pytest.param(POST, POSTDIRECTLY, id="body"),
    ],
)
@pytest.mark.parametrize("format_", [JSON, XML, CSV, TSV])
def test_sparqlwrapper_reads_rows(endpoint: str, format_: str, method: str, how: str) -> None:
    answer: Any = wrap(endpoint, TASKS, format_, method, how).queryAndConvert()
    if format_ == JSON:
        found = [row["t"]["value"] for row in answer["results"]["bindings"]]
    elif format_ == XML:
        found = [each.firstChild.data for each in answer.getElementsByTagName("uri")]
    else:
        found = [line.strip().strip("<>") for line in answer.decode().splitlines()[1:]]
    assert found == FOUND


@pytest.mark.parametrize("format_", [XML, RDFXML, TURTLE, N3, JSONLD])
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_sparqlwrapper_reads_triples(endpoint: str, format_: str) -> None:
    query = PREFIX + "CONSTRUCT { ?t a cc:Task } { ?t a cc:Task }"
    answer: Any = wrap(endpoint, query, format_).queryAndConvert()
    graph = answer if isinstance(answer, Graph) else Graph().parse(data=answer, format="turtle")
    assert {str(task) for task in graph.subjects(RDF.type, CC.Task)} == set(FOUND)


def test_sparqlwrapper_chooses_graphs_and_asks(endpoint: str) -> None:
    client: Any = wrap(endpoint, PREFIX + "ASK { ?t a cc:Task }", JSON)
    assert client.queryAndConvert()["boolean"] is True
    client.addDefaultGraph("https://w3id.org/cancu/graph/agencies")
    assert client.queryAndConvert()["boolean"] is False


def test_sparqlwrapper_is_told_what_is_wrong(endpoint: str) -> None:
    with pytest.raises(QueryBadFormed, match="line 1, column"):
        wrap(endpoint, "SELECT * { ?s ?p ?o } LIMT 5", JSON).query()
    with pytest.raises(HTTPError) as caught:
        wrap(endpoint, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", JSON).query()
    assert (caught.value.code, caught.value.headers["Retry-After"]) == (503, "10")


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("format_", ["xml", "json", "csv", "tsv"])
def test_rdflib_asks_as_of_a_graph(endpoint: str, method: str, format_: str) -> None:
    store = SPARQLStore(endpoint, method=method, returnFormat=format_)
    graph = Graph(store)
    found = sorted(str(row[Variable("t")]) for row in graph.query(TASKS).bindings)
    assert found == sorted(FOUND)
    assert [str(row[Variable("t")]) for row in graph.query(NEAREST).bindings] == [FOUND[0]]
    assert {str(each) for each in graph.subjects(RDF.type, CC.Task)} == set(FOUND)
    if format_ in ("xml", "json"):  # ASK has no other form that is a standard, and rdflib reads none
        assert (URIRef(FOUND[1]), CC.code, Literal("CQS1.1")) in graph


def test_rdflib_asks_one_named_graph(endpoint: str) -> None:
    graph = Graph(SPARQLStore(endpoint, context_aware=True), URIRef(GRAPH))
    assert [str(each) for each in graph.subjects(RDF.type, CC.Task)] == FOUND[:1]


def test_rdflib_constructs(endpoint: str) -> None:
    built = Graph(SPARQLStore(endpoint)).query(PREFIX + "CONSTRUCT WHERE { ?t cc:code ?c }").graph
    assert built is not None
    assert (URIRef(FOUND[1]), CC.code, Literal("CQS1.1")) in built


def test_oxigraph_joins_its_own_data_with_ours(endpoint: str) -> None:
    store = ox.Store()
    noted = ox.NamedNode("http://example.org/noted")
    store.add(ox.Quad(ox.NamedNode(FOUND[0]), noted, ox.Literal("yes")))
    query = PREFIX + (
        f"SELECT ?t ?score {{ ?t <{noted.value}> ?x SERVICE <{endpoint}> "
        '{ ?t a cc:Task BIND(cc:score(?t, "trí tuệ nhân tạo") AS ?score) } }'
    )
    answers = store.query(query)
    assert isinstance(answers, ox.QuerySolutions)
    ((task, score),) = ((row["t"], row["score"]) for row in answers)
    assert task == ox.NamedNode(FOUND[0])
    assert isinstance(score, ox.Literal)
    assert 0 < float(score.value) <= 1


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize(
    ("arguments", "starts"),
    [
        pytest.param(["--data-urlencode", f"query={TASKS}", "-H", "Accept: text/csv"], b"t\r\nhttps://", id="form"),
        pytest.param(["-G", "--data-urlencode", f"query={TASKS}"], b'{"head":{"vars":["t"]}', id="get"),
        pytest.param(
            ["--data-binary", TASKS, "-H", "Content-Type: application/sparql-query", "-H", "Accept: */*;q=0, text/csv"],
            b"t\r\n", id="body",
        ),
        pytest.param(["-d", f"query={NEAREST.replace('?', '%3F')}&format=tsv"], b"?t\n<https://", id="bare-utf-8"),
        pytest.param([], b"@prefix ", id="description"),
        pytest.param(["-I"], b"HTTP/1.1 200 OK", id="head"),
        pytest.param(["-i", "-X", "OPTIONS"], b"HTTP/1.1 204", id="options"),
        pytest.param(["-G", "-d", "query=SELECT"], b'{"type":"/docs#problem-sparql-syntax"', id="problem"),
    ],
)  # fmt: skip
def test_curl(endpoint: str, arguments: list[str], starts: bytes) -> None:
    printed = subprocess.run(["curl", "-sS", *arguments, endpoint], capture_output=True, check=True, timeout=30).stdout
    assert printed.startswith(starts), printed[:300]
    if starts.startswith(b"{"):
        json.loads(printed)
