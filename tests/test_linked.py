"""Linked data: every IRI of ours answers, in every format, to browsers and to programs alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from rdflib import FOAF, SKOS, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from graph.names import Ambiguous
from graph.prefixes import PREFIXES
from search_api.linked_formats import FORMATS, choose_format, split_extension
from tests.linked import (
    CC,
    DOCUMENT_PATH,
    DRAFT_PATH,
    HOME,
    HTML,
    RDF_TYPES,
    TASK,
    TASK_PATH,
    TOPIC_PATH,
    TURTLE,
    open_linked,
    parse,
)
from tests.small_corpus import DECISION, PLAN, RESOLUTION
from tests.small_kb import small_generation, small_kb

OA = Namespace(PREFIXES["oa"])


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """The service over the small knowledge base, without search; redirects are looked at."""
    with open_linked(small_kb()) as client:
        yield client


# --- /id names, /doc describes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [TASK_PATH, DOCUMENT_PATH, TOPIC_PATH, "province/hung-yen"])
@pytest.mark.parametrize("headers", [HTML, TURTLE, {"accept": "*/*"}], ids=["browser", "turtle", "anything"])
def test_an_identifier_is_no_document(client: TestClient, path: str, headers: dict[str, str]) -> None:
    answer = client.get(f"/id/{path}", headers=headers)
    assert (answer.status_code, answer.headers["location"], answer.content) == (303, f"/doc/{path}", b"")


@pytest.mark.parametrize(
    ("path", "ends"),
    [
        pytest.param(f"/id/{TASK_PATH}", f"/task/{TASK_PATH}", id="task"),
        pytest.param(f"/id/{TASK_PATH}?lang=en", f"/task/{TASK_PATH}?lang=en", id="language-stays"),
        pytest.param(f"/doc/{TASK_PATH}.html", f"/task/{TASK_PATH}", id="extension"),
        pytest.param(f"/id/{DOCUMENT_PATH}", f"/document/{DOCUMENT_PATH}", id="document"),
        pytest.param(f"/id/{DRAFT_PATH}", f"/document/{DOCUMENT_PATH}", id="draft"),
        pytest.param(f"/doc/{DRAFT_PATH}.html", f"/document/{DOCUMENT_PATH}", id="description-of-a-draft"),
        pytest.param(f"/id/{TOPIC_PATH}", f"/doc/{TOPIC_PATH}", id="topic"),
        pytest.param("/id/dataset/can-cu", "/dataset", id="dataset"),
        pytest.param(f"/cite/{quote('719/QĐ-UBND')}", f"/document/{DOCUMENT_PATH}", id="cite"),
        pytest.param(f"/cite/{quote('719/qd-ubnd')}", f"/document/{DOCUMENT_PATH}", id="cite-without-accents"),
        pytest.param(f"/cite/{quote('719/QĐ-UBND#II.1')}", f"/task/{TASK_PATH}", id="cite-a-row"),
    ],
)
def test_a_browser_ends_on_the_page(client: TestClient, path: str, ends: str) -> None:
    answer = client.get(path, headers=HTML, follow_redirects=True)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert str(answer.url).removeprefix("http://testserver") == ends


@pytest.mark.parametrize("path", [TASK_PATH, DOCUMENT_PATH, TOPIC_PATH, f"{TASK_PATH}/chung-cu/ledBy"])
@pytest.mark.parametrize("format_", RDF_TYPES)
def test_each_format_has_the_same_triples(client: TestClient, path: str, format_: str) -> None:
    media_type = RDF_TYPES[format_][0]
    asked = client.get(f"/doc/{path}", headers={"accept": media_type})
    named = client.get(f"/doc/{path}.{format_}", headers=HTML)
    assert asked.content == named.content
    for answer in (asked, named):
        assert answer.headers["content-type"].partition(";")[0] == media_type
        assert answer.headers["content-location"] == f"/doc/{path}.{format_}"
        assert answer.headers["access-control-allow-origin"] == "*"
    assert "Accept" in asked.headers["vary"]
    assert isomorphic(parse(asked, format_), parse(client.get(f"/doc/{path}.nt"), "nt"))


def test_a_description_has_facts_quotes_and_labels(client: TestClient) -> None:
    told = parse(client.get(f"/doc/{TASK_PATH}.ttl"), "ttl")
    task, store = URIRef(TASK), Dataset().parse(small_generation().graph, format="nquads")
    own = {(task, each[1], each[2]) for each in store.quads((task, None, None, None))}
    assert own <= set(told)
    quotes = {str(words) for words in told.objects(None, OA.exact)}
    assert "Nâng cấp Trung tâm dữ liệu" in quotes
    leads = list(told.objects(task, CC.ledBy))
    assert leads
    assert all(told.value(each, SKOS.prefLabel) for each in leads)
    assert (URIRef(HOME + "doc/" + TASK_PATH), FOAF.primaryTopic, task) in told
    assert len(told) < 400


def test_a_document_shows_its_number_where_it_is_pointed_to(client: TestClient) -> None:
    told = parse(client.get(f"/doc/{TASK_PATH}.ttl"), "ttl")
    assert told.value(URIRef(DECISION), CC.documentNumber) == Literal("719/QĐ-UBND")


def test_the_page_of_a_quote_shows_its_words(client: TestClient) -> None:
    page = client.get(f"/doc/{TASK_PATH}/chung-cu/ledBy.html?lang=en").text
    assert "Sở KH&amp;CN" in page
    assert "Read in these words" in page
    assert f'href="/id/{TASK_PATH}?lang=en"' in page


def test_links_name_every_format_and_the_thing(client: TestClient) -> None:
    link = client.get(f"/doc/{TASK_PATH}.ttl").headers["link"]
    for name, media_type in FORMATS.items():
        assert f'</doc/{TASK_PATH}.{name}>; rel="alternate"; type="{media_type}"' in link
    assert f'<{TASK}>; rel="describes"' in link


@pytest.mark.parametrize(
    ("path", "status"),
    [
        pytest.param("/id/no/such/thing", 404, id="id"),
        pytest.param("/doc/no/such/thing", 404, id="doc"),
        pytest.param("/doc/no/such/thing.ttl", 404, id="extension"),
        pytest.param(f"/doc/{TASK_PATH}.xlsx", 404, id="no-such-extension"),
        pytest.param("/doc/", 404, id="empty"),
        pytest.param("/doc/.ttl", 404, id="extension-alone"),
        pytest.param("/id/%00", 404, id="control-character"),
        pytest.param("/id/a%3Eb", 404, id="no-iri"),
        pytest.param("/id/" + "a/" * 3000, 404, id="long"),
        pytest.param("/graph/nope", 404, id="graph"),
        pytest.param("/graph/", 404, id="graph-empty"),
        pytest.param("/cite/9999/KH-XX", 404, id="cite"),
        pytest.param("/cite/%0A", 404, id="cite-control-character"),
        pytest.param("/dataset.pdf", 404, id="dataset-extension"),
    ],
)
def test_what_has_no_name_is_told_so(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path, headers=TURTLE)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    page = client.get(path, headers=HTML)
    assert (page.status_code, page.headers["content-type"]) == (status, "text/html; charset=utf-8")


# --- who wants which format ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "format_"),
    [
        pytest.param(None, "html", id="nothing-said"),
        pytest.param("*/*", "html", id="anything"),
        pytest.param(HTML["accept"], "html", id="browser"),
        pytest.param("text/turtle;q=0.9, application/ld+json", "jsonld", id="weights"),
        pytest.param("text/html;q=0.1, application/rdf+xml;q=0.5", "rdf", id="data-before-page"),
        pytest.param("application/json", "jsonld", id="plain-json"),
        pytest.param("application/n-triples, */*;q=0.1", "nt", id="exact-before-any"),
        pytest.param("text/*;q=0.5, text/html;q=0", "ttl", id="refused"),
    ],
)
def test_accept_chooses(accept: str | None, format_: str) -> None:
    assert choose_format(accept) == format_


@pytest.mark.parametrize("path", [f"/doc/{TASK_PATH}", f"/doc/{TOPIC_PATH}", "/dataset", "/ns", "/graph/agencies"])
def test_none_of_our_formats_is_406(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"accept": "image/png"})
    assert (answer.status_code, "text/turtle" in answer.json()["detail"]) == (406, True)


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("vn/a/kh/2025/1.ttl", ("vn/a/kh/2025/1", "ttl")),
        ("vn/a/kh/2025/1/muc/1.1", ("vn/a/kh/2025/1/muc/1.1", None)),
        (".ttl", (".ttl", None)),
    ],
)
def test_an_extension_is_one_of_ours(path: str, parts: tuple[str, str | None]) -> None:
    assert split_extension(path) == parts


# --- what a client has already ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [f"/doc/{TASK_PATH}.ttl", f"/doc/{TOPIC_PATH}.html", "/dataset.jsonld", "/ns.html"])
def test_unchanged_is_304(client: TestClient, path: str) -> None:
    first = client.get(path)
    tag, built = first.headers["etag"], first.headers["last-modified"]
    later = format_datetime(parsedate_to_datetime(built) + timedelta(days=1), usegmt=True)
    earlier = format_datetime(parsedate_to_datetime(built) - timedelta(days=1), usegmt=True)
    asked: list[tuple[dict[str, str], int]] = [
        ({"if-none-match": tag}, 304),
        ({"if-none-match": f'"other", {tag}'}, 304),
        ({"if-none-match": "*"}, 304),
        ({"if-none-match": '"other"'}, 200),
        ({"if-modified-since": built}, 304),
        ({"if-modified-since": later}, 304),
        ({"if-modified-since": earlier}, 200),
        ({"if-modified-since": "yesterday"}, 200),
        ({"if-none-match": '"other"', "if-modified-since": later}, 200),  # the tag decides
    ]
    for headers, status in asked:
        answer = client.get(path, headers=headers)
        assert answer.status_code == status, headers
        assert (answer.content == b"") == (status == 304)
        assert answer.headers["etag"] == tag


def test_formats_and_languages_have_tags_of_their_own(client: TestClient) -> None:
    paths = [f"/doc/{TOPIC_PATH}.{each}" for each in FORMATS] + [f"/doc/{TOPIC_PATH}.html?lang=en"]
    assert len({client.get(path).headers["etag"] for path in paths}) == len(paths)


# --- graphs and citations --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", RDF_TYPES)
def test_a_named_graph_is_what_its_text_says(client: TestClient, format_: str) -> None:
    answer = client.get(f"/graph/{DOCUMENT_PATH}", headers={"accept": RDF_TYPES[format_][0]})
    expected = Graph()
    for *triple, graph in Dataset().parse(small_generation().graph, format="nquads").quads():
        if str(graph) == f"{HOME}graph/{DOCUMENT_PATH}":
            expected.add((triple[0], triple[1], triple[2]))
    assert set(parse(answer, format_)) == set(expected) != set()


def test_a_name_of_several_offers_them(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def find(self: object, name: str) -> str:
        raise Ambiguous(f"{name} is the name of 2", [PLAN, RESOLUTION])

    monkeypatch.setattr("graph.names.Names.find", find)
    answer = client.get("/cite/102/KH-UBND", headers={"accept": "application/json"})
    assert (answer.status_code, [each["id"] for each in answer.json()["choices"]]) == (300, [PLAN, RESOLUTION])
    assert answer.headers["link"].count('rel="item"') == 2
    page = client.get("/cite/102/KH-UBND", headers=HTML)
    assert (page.status_code, page.headers["content-type"]) == (300, "text/html; charset=utf-8")
    assert [f"/doc/{each.removeprefix(HOME + 'id/')}" in page.text for each in (PLAN, RESOLUTION)] == [True, True]
