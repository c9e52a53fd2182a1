"""The SPARQL 1.1 Protocol by the cases that W3C tests it with, and what it leaves to a server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
from fastapi.testclient import TestClient
from rdflib import RDF, RDFS, Graph, Namespace, URIRef

from tests.service import open_client, read_problem
from tests.small_corpus import DECISION, PLAN

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
CC = Namespace("https://w3id.org/cancu/ns#")
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own
FORM, PLAIN = "application/x-www-form-urlencoded", "application/sparql-query"
GRAPHS = {name: iri.replace("/id/", "/graph/") for name, iri in (("plan", PLAN), ("decision", DECISION))}
IN_DEFAULT = "ASK { %s a cc:Task }"
TASK = {"plan": f"<{PLAN}/muc/1>", "decision": f"<{DECISION}/phu-luc/2/muc/1>"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with open_client() as client:
        yield client


def ask(client: TestClient, way: str, query: str, graphs: list[tuple[str, str]]) -> bool:
    """The answer to an ASK that is sent in one of the three ways."""
    if way == "get":
        response = client.get("/sparql?" + urlencode([("query", query), *graphs]))
    elif way == "form":
        body = urlencode([*graphs, ("query", query)])
        response = client.post("/sparql", content=body, headers={"Content-Type": FORM})
    else:
        path = "/sparql?" + urlencode(graphs)
        response = client.post(path, content=query.encode(), headers={"Content-Type": PLAIN})
    assert response.status_code == 200, response.text
    answer: bool = response.json()["boolean"]
    return answer


BOTH_IN_DEFAULT = f"ASK {{ {TASK['plan']} a cc:Task . {TASK['decision']} a cc:Task }}"
BOTH_NAMED = f"ASK {{ GRAPH ?a {{ {TASK['plan']} a cc:Task }} GRAPH ?b {{ {TASK['decision']} a cc:Task }} }}"
DEFAULT, NAMED = "default-graph-uri", "named-graph-uri"
DATASETS = [
    pytest.param(BOTH_IN_DEFAULT, [], True, id="all-graphs-merged"),
    pytest.param(BOTH_NAMED, [], True, id="each-document-is-a-graph"),
    pytest.param(BOTH_IN_DEFAULT, [(DEFAULT, "plan")], False, id="one-default-graph"),
    pytest.param(BOTH_IN_DEFAULT, [(DEFAULT, "plan"), (DEFAULT, "decision")], True, id="two-default-graphs"),
    pytest.param("ASK { GRAPH ?g { ?s ?p ?o } }", [(DEFAULT, "plan")], False, id="no-named-graph-then"),
    pytest.param(BOTH_NAMED, [(NAMED, "plan")], False, id="one-named-graph"),
    pytest.param(BOTH_NAMED, [(NAMED, "plan"), (NAMED, "decision")], True, id="two-named-graphs"),
    pytest.param("ASK { ?s ?p ?o }", [(NAMED, "plan")], False, id="no-default-graph-then"),
    pytest.param(
        f"ASK {{ {TASK['plan']} a cc:Task GRAPH ?g {{ {TASK['decision']} a cc:Task }} }}",
        [(DEFAULT, "plan"), (NAMED, "decision")], True, id="one-of-each",
    ),
    pytest.param(
        f"ASK FROM <{GRAPHS['decision']}> {{ {TASK['decision']} a cc:Task }}", [(DEFAULT, "plan")], False,
        id="the-protocol-before-the-query",
    ),
    pytest.param(
        f"ASK FROM NAMED <{GRAPHS['decision']}> {{ GRAPH ?g {{ {TASK['plan']} a cc:Task }} }}", [(NAMED, "plan")],
        True, id="the-protocol-before-the-query-named",
    ),
]  # fmt: skip


@pytest.mark.parametrize("way", ["get", "form", "body"])
@pytest.mark.parametrize(("query", "graphs", "expected"), DATASETS)
def test_a_dataset_may_be_given_beside_the_query(
    client: TestClient, way: str, query: str, graphs: list[tuple[str, str]], expected: bool
) -> None:
    assert ask(client, way, query, [(name, GRAPHS[graph]) for name, graph in graphs]) is expected


def test_who_says_what_is_asked_by_graph(client: TestClient) -> None:
    query = f"SELECT ?g {{ GRAPH ?g {{ {TASK['decision']} a cc:Task }} }}"
    rows = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    assert [row["g"]["value"] for row in rows] == [GRAPHS["decision"]]


def test_graphs_chosen_together_hold_each_triple_once(client: TestClient) -> None:
    names = client.get("/sparql", params={"query": "SELECT ?g { GRAPH ?g {} }"}).json()["results"]["bindings"]
    count = ("query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    chosen = [(DEFAULT, row["g"]["value"]) for row in names]
    distinct = ("query", "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT * { ?s ?p ?o } }")
    assert len(names) > 4
    for graphs in (chosen, chosen[1:], chosen[:2], chosen[:1]):
        counted, wanted = (client.get("/sparql?" + urlencode([each, *graphs])).json() for each in (count, distinct))
        assert counted == wanted
    assert (
        client.get("/sparql?" + urlencode([count])).json()
        == client.get("/sparql?" + urlencode([count, *chosen])).json()
    )


# The W3C names of the cases are the ids.
REFUSED = [
    pytest.param("PUT", "/sparql?query=ASK%20%7B%7D", {}, b"", 405, id="bad_query_method"),
    pytest.param("GET", "/sparql?query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D", {}, b"", 400,
                 id="bad_multiple_queries"),
    pytest.param("POST", "/sparql", {"Content-Type": "text/plain"}, b"ASK {}", 415, id="bad_query_wrong_media_type"),
    pytest.param("POST", "/sparql", {}, b"query=ASK%20%7B%7D", 415, id="bad_query_missing_form_type"),
    pytest.param("POST", "/sparql", {}, b"ASK {}", 415, id="bad_query_missing_direct_type"),
    pytest.param("POST", "/sparql", {"Content-Type": PLAIN + "; charset=UTF-16"}, "ASK {}".encode("utf-16"), 415,
                 id="bad_query_non_utf8"),
    pytest.param("POST", "/sparql", {"Content-Type": PLAIN}, "ASK {}".encode("utf-16"), 400, id="utf-16-unsaid"),
    pytest.param("POST", "/sparql", {"Content-Type": f'{FORM};x=y;Charset="Latin1"'}, b"query=ASK%7B%7D", 415,
                 id="form-in-latin-1"),
    pytest.param("GET", "/sparql?query=ASK%20%7B", {}, b"", 400, id="bad_query_syntax"),
    pytest.param("GET", "/sparql?update=CLEAR%20ALL", {}, b"", 400, id="bad_update_get"),
    pytest.param("POST", "/sparql", {"Content-Type": FORM}, b"update=CLEAR%20NONE", 400, id="update_post_form"),
    pytest.param("POST", "/sparql", {"Content-Type": "application/sparql-update"}, b"CLEAR NONE", 400,
                 id="update_post_direct"),
    pytest.param("POST", "/sparql?using-graph-uri=a:b", {"Content-Type": "application/sparql-update"},
                 b"INSERT DATA { <a:b> <a:b> 1 }", 400, id="update_dataset_default_graph"),
    pytest.param("DELETE", "/sparql", {}, b"", 405, id="delete"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "headers", "body", "status"), REFUSED)
def test_what_the_protocol_refuses(
    client: TestClient, method: str, path: str, headers: dict[str, str], body: bytes, status: int
) -> None:
    response = client.request(method, path, headers=headers, content=body)
    assert read_problem(response)["status"] == status
    assert response.headers["access-control-allow-origin"] == "*"
    if status == 405:
        assert response.headers["allow"] == "GET, HEAD, POST, OPTIONS"


@pytest.mark.parametrize("charset", ["utf-8", '"UTF-8"', "utf8"])
def test_a_body_may_say_that_it_is_utf_8(client: TestClient, charset: str) -> None:
    headers = {"Content-Type": f"{PLAIN}; charset={charset}"}
    content = 'ASK { FILTER("Hưng Yên" = "H\u01b0ng Yên") }'.encode()
    assert client.post("/sparql", content=content, headers=headers).json()["boolean"] is True


@pytest.mark.parametrize(
    ("query", "media_types"),
    [
        pytest.param("SELECT (1 AS ?x) {}", ("xml", "json", "tab", "csv"), id="query_content_type_select"),
        pytest.param("ASK {}", ("xml", "json"), id="query_content_type_ask"),
        pytest.param(f"DESCRIBE <{PLAN}>", ("turtle", "rdf+xml", "ld+json"), id="query_content_type_describe"),
        pytest.param("CONSTRUCT { <a:b> <a:b> 1 } {}", ("turtle", "n-triples"), id="query_content_type_construct"),
    ],
)  # fmt: skip
def test_the_answer_says_what_it_is(client: TestClient, query: str, media_types: tuple[str, ...]) -> None:
    given = {None: client.get("/sparql", params={"query": query}).headers["content-type"]}
    wanted = {
        "xml": "application/sparql-results+xml", "json": "application/sparql-results+json", "csv": "text/csv",
        "tab": "text/tab-separated-values", "turtle": "text/turtle", "rdf+xml": "application/rdf+xml",
        "n-triples": "application/n-triples", "ld+json": "application/ld+json",
    }  # fmt: skip
    for each in media_types:
        response = client.get("/sparql", params={"query": query}, headers={"Accept": wanted[each]})
        assert response.headers["content-type"].partition(";")[0] == wanted[each]
        assert "Accept" in response.headers["vary"].split(", ")
    assert any(each in str(given[None]) for each in media_types)


def test_every_form_of_triples_says_the_same(client: TestClient) -> None:
    query = f"DESCRIBE <{PLAN}>"
    graphs = [
        Graph().parse(data=client.get("/sparql", params={"query": query, "format": each}).content, format=name)
        for each, name in (("ttl", "turtle"), ("nt", "nt"), ("jsonld", "json-ld"), ("rdfxml", "xml"))
    ]
    assert len(graphs[0]) > 5
    assert all(set(each) == set(graphs[0]) for each in graphs)


def test_a_predicate_that_xml_can_not_name_is_told(client: TestClient) -> None:
    query = "CONSTRUCT { <a:b> <http://example.org/1> 1 } {}"
    problem = read_problem(client.get("/sparql", params={"query": query, "format": "rdfxml"}))
    assert (problem["status"], "<http://example.org/1>" in problem["detail"]) == (400, True)
    refused = client.get("/sparql", params={"query": query}, headers={"Accept": "application/rdf+xml"})
    assert refused.status_code == 406


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/sparql?query=" + quote("SELECT * { ?s a cc:Task }"), id="query"),
        pytest.param("/sparql", id="description"),
        pytest.param("/sparql?query=ASK", id="refused"),
    ],
)
def test_head_is_get_without_a_body(client: TestClient, path: str) -> None:
    got, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (got.status_code, b"")
    same = ("content-type", "content-length", "vary", "access-control-allow-origin")
    assert [head.headers.get(name) for name in same] == [got.headers.get(name) for name in same]


def test_a_page_of_another_site_may_ask(client: TestClient) -> None:
    preflight = {
        "Origin": "https://example.org",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    allowed = client.options("/sparql", headers=preflight)
    assert (allowed.status_code, allowed.content) == (204, b"")
    assert "POST" in allowed.headers["access-control-allow-methods"]
    answered = client.get("/sparql", params={"query": "ASK {}"}, headers={"Origin": "https://example.org"})
    for response in (allowed, answered):
        assert response.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in response.headers
    assert "Retry-After" in answered.headers["access-control-expose-headers"]
    assert "access-control-allow-origin" not in client.get("/health").headers


def test_options_says_what_may_be_sent(client: TestClient) -> None:
    response = client.options("/sparql")
    assert response.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert response.headers["accept-post"] == f"{PLAIN}, {FORM}"


@pytest.mark.parametrize(
    ("accept", "format_", "media_type"),
    [
        pytest.param(None, "turtle", "text/turtle", id="default"),
        pytest.param("text/html,application/xml;q=0.9,*/*;q=0.8", "turtle", "text/turtle", id="a-browser"),
        pytest.param("application/rdf+xml, text/turtle;q=0.5", "xml", "application/rdf+xml", id="rdf-xml"),
        pytest.param("application/ld+json", "json-ld", "application/ld+json", id="json-ld"),
        pytest.param("application/n-triples", "nt", "application/n-triples", id="n-triples"),
    ],
)
def test_without_a_query_the_endpoint_describes_itself(
    client: TestClient, accept: str | None, format_: str, media_type: str
) -> None:
    response = client.get("/sparql", headers={"Accept": accept} if accept else {})
    assert response.headers["content-type"].partition(";")[0] == media_type
    described = Graph().parse(data=response.content, format=format_)
    service = URIRef("http://testserver/sparql")
    assert described.value(service, SD.endpoint) == service
    assert (service, RDF.type, SD.Service) in described
    assert (service, SD.feature, SD.UnionDefaultGraph) in described
    assert set(described.objects(service, SD.resultFormat)) >= {FORMATS.SPARQL_Results_JSON, FORMATS.RDF_XML}
    assert set(described.objects(service, SD.extensionFunction)) == {CC.score, CC.passage}
    assert len(list(described.objects(CC.score, RDFS.label))) == 2
    dataset = described.value(service, SD.defaultDataset)
    named = {
        str(name) for graph in described.objects(dataset, SD.namedGraph) for name in described.objects(graph, SD.name)
    }
    assert named >= set(GRAPHS.values())


def test_the_description_is_the_same_each_time(client: TestClient) -> None:
    assert len({client.get("/sparql").content for _ in range(3)}) == 1
    assert json.loads(client.get("/sparql?format=jsonld").content)
