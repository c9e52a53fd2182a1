"""What describes the whole: dataset, vocabulary, shapes, data in pages; and every IRI of ours answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient
from rdflib import DCTERMS, RDF, RDFS, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from graph.pipeline import build
from graph.prefixes import PREFIXES
from ontology import load_vocabulary
from search_api.linked_dataset import list_files
from search_api.linked_formats import CONTEXT, shorten_iri
from search_api.linked_schema import write_data_block
from tests.conftest import ROOT
from tests.linked import (
    CC,
    DOCUMENT_PATH,
    HOME,
    RDF_TYPES,
    TASK,
    TASK_PATH,
    TOPIC_PATH,
    TURTLE,
    list_our_iris,
    open_linked,
    parse,
)
from tests.small_corpus import RESOLUTION, small_corpus
from tests.small_kb import small_generation, small_kb

DCAT, VOID = Namespace(PREFIXES["dcat"]), Namespace(PREFIXES["void"])


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """The service over the small knowledge base, without search; redirects are looked at."""
    with open_linked(small_kb()) as client:
        yield client


# --- the dataset, the vocabulary, the shapes -------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/dataset", "/ns", "/shapes"])
@pytest.mark.parametrize("format_", RDF_TYPES)
def test_what_describes_the_whole_has_each_format(client: TestClient, path: str, format_: str) -> None:
    answer = client.get(path + "." + format_)
    assert answer.headers["content-type"].partition(";")[0] == RDF_TYPES[format_][0]
    assert isomorphic(parse(answer, format_), parse(client.get(path + ".nt"), "nt"))


def test_the_record_counts_what_is_there(client: TestClient) -> None:
    told, corpus = parse(client.get("/.well-known/void"), "ttl"), small_corpus()
    dataset = URIRef(HOME + "id/dataset/can-cu")
    assert {DCAT.Dataset, VOID.Dataset} <= set(told.objects(dataset, RDF.type))
    counts = {
        str(told.value(each, VOID["class"])): int(str(told.value(each, VOID.entities)))
        for each in told.objects(dataset, VOID.classPartition)
    }
    assert counts[str(CC.Task)] == len(corpus.tasks)
    assert counts[str(CC.Document)] == len(corpus.documents)
    for name in (DCTERMS.title, DCTERMS.description, DCTERMS.rights, DCAT.keyword):
        languages = {each.language for each in told.objects(dataset, name) if isinstance(each, Literal)}
        assert languages == {"vi", "en"}, name
    assert told.value(dataset, DCTERMS.license)
    assert told.value(dataset, DCAT.version) == Literal(small_generation().id)


def test_everything_in_the_record_can_be_fetched(client: TestClient) -> None:
    told = parse(client.get("/dataset.ttl"), "ttl")
    dumps = {str(each) for name in (VOID.dataDump, DCAT.downloadURL) for each in told.objects(None, name)}
    assert len(dumps) >= 6
    for each in (*dumps, *told.objects(None, DCAT.landingPage)):
        assert client.get(str(each)).status_code == 200, each
    for each in (*told.objects(None, VOID.exampleResource), *told.objects(None, VOID.subset)):
        path = str(each).removeprefix(HOME.rstrip("/"))
        assert client.get(path).status_code in (200, 303), each


def test_files_are_those_that_the_server_offers() -> None:
    def describe(*parameters: dict[str, Any]) -> dict[str, Any]:
        return {"get": {"parameters": list(parameters)}}

    choice = {"name": "format", "in": "path", "required": True, "schema": {"enum": ["csv", "nq"]}}
    question = {"name": "q", "in": "query", "required": True, "schema": {"type": "string"}}
    api = {
        "paths": {
            "/api/tasks.{format}": describe(choice),
            "/api/search.{format}": describe(choice, question),
            "/api/duties.jsonl": describe(),
            "/api/deadlines.ics": describe(),
            "/api/tasks": describe(),
        }
    }
    assert [(each.path, each.media_type) for each in list_files(api)] == [
        ("/api/tasks.csv", "text/csv"),
        ("/api/tasks.nq", "application/n-quads"),
        ("/api/duties.jsonl", "application/x-ndjson"),  # as it is sent
        ("/api/deadlines.ics", "text/calendar"),
    ]


@pytest.mark.parametrize("host", ['a"b', "a b", "<x>", "é"])
def test_an_odd_host_is_not_believed(client: TestClient, host: str) -> None:
    told = parse(client.get("/dataset.ttl", headers=[(b"host", host.encode())]), "ttl")
    (page,) = map(str, told.objects(None, DCAT.landingPage))
    assert urlsplit(page).hostname in ("testserver", "w3id.org")


def test_the_page_of_the_vocabulary_explains_every_term_in_both_languages(client: TestClient) -> None:
    page = client.get("/ns.html").text
    vocabulary = load_vocabulary()
    terms = {each for each in vocabulary.subjects(RDF.type) if str(each).startswith(CC)}
    ids = re.findall(r' id="([^"]+)"', page)
    assert {str(each).removeprefix(CC) for each in terms} <= set(ids)
    assert len(ids) == len(set(ids))
    for label in vocabulary.objects(CC.ledBy, RDFS.comment):
        assert str(label) in page


def test_the_vocabulary_is_whole_as_data(client: TestClient) -> None:
    told = parse(client.get("/ns", headers=TURTLE), "ttl")
    expected = {each for each in load_vocabulary() if f"{each[0]}#".startswith(CC)}
    assert set(told) == expected


def test_the_context_is_ours_and_in_every_answer(client: TestClient) -> None:
    served = client.get("/context.jsonld")
    assert served.headers["content-type"] == "application/ld+json"
    assert served.json() == CONTEXT == {"@context": PREFIXES}
    answer = client.get(f"/doc/{TASK_PATH}.jsonld").json()
    assert answer["@context"] == PREFIXES  # written out: no reader has to fetch anything


# --- schema.org ------------------------------------------------------------------------------------------------------


def read_data_block(html: str) -> dict[str, Any]:
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, flags=re.DOTALL)
    found: dict[str, Any] = json.loads(block)
    return found


def test_the_page_of_a_task_is_an_action(client: TestClient) -> None:
    data = read_data_block(client.get(f"/task/{TASK_PATH}").text)
    assert (data["@type"], data["@id"]) == ("PlanAction", TASK)
    assert data["agent"][0]["name"] == "Sở Khoa học và Công nghệ"
    assert (data["startTime"], data["endTime"]) == ("2025-01-01", "2030-12-31")
    assert data["subjectOf"]["legislationIdentifier"] == "719/QĐ-UBND"


def test_the_page_of_a_document_is_legislation(client: TestClient) -> None:
    data = read_data_block(client.get(f"/document/{DOCUMENT_PATH}").text)
    assert (data["@type"], data["legislationDate"]) == ("Legislation", "2025-08-27")
    assert RESOLUTION in {each["@id"] for each in data["isBasedOn"]}


@pytest.mark.parametrize("path", [f"/task/{TASK_PATH}", f"/document/{DOCUMENT_PATH}", "/dataset"])
def test_a_data_block_is_linked_data(client: TestClient, path: str) -> None:
    written = json.dumps(read_data_block(client.get(path).text))
    told = Graph().parse(data=written, format="json-ld")
    ours = {each for each in map(str, told.predicates()) if each.startswith("https://schema.org/")}
    assert set(map(str, told.predicates())) - ours == {str(RDF.type)}
    assert len(told) > 5


@pytest.mark.parametrize("path", [f"/task/{TASK_PATH}", f"/document/{DOCUMENT_PATH}", f"/doc/{TOPIC_PATH}", "/dataset"])
def test_pages_name_their_data(client: TestClient, path: str) -> None:
    found = re.findall(r'<link rel="alternate" type="([^"]+)" href="([^"]+)">', client.get(path).text)
    assert [media_type for media_type, _ in found] == [media_type for media_type, _ in RDF_TYPES.values()]
    assert [client.get(href).status_code for _, href in found] == [200] * 4


def test_no_text_ends_a_data_block() -> None:
    hostile = "</script><script>alert(1)</script><!-- & \u2028"
    written = write_data_block({"name": hostile})
    assert re.findall(r"[<>&\u2028]", written) == []
    assert json.loads(written) == {"name": hostile}


# --- every IRI -------------------------------------------------------------------------------------------------------


def walk(client: TestClient, iris: list[str]) -> list[tuple[str, int]]:
    """Those IRIs that do not lead to a description: /id answers 303, and where that leads answers 200."""
    failed = []
    for iri in iris:
        path = "/" + iri.removeprefix(HOME).partition("#")[0]
        answer = client.get(path, headers=TURTLE)
        if answer.status_code in (301, 303):
            answer = client.get(answer.headers["location"], headers=TURTLE, follow_redirects=True)
        if answer.status_code != 200:
            failed.append((iri, answer.status_code))
    return failed


def test_every_iri_of_ours_answers(client: TestClient) -> None:
    with small_generation().graph.open(encoding="utf-8") as lines:
        iris = [each for each in list_our_iris(lines) if "#" not in each]
    assert len(iris) > 1000
    assert walk(client, iris) == []


@pytest.mark.slow
def test_every_iri_of_the_shipped_plans_answers(tmp_path: Path) -> None:
    generation = build([ROOT / "data" / "plans"], tmp_path).generation
    with open_linked(tmp_path) as client, generation.graph.open(encoding="utf-8") as lines:
        iris = [each for each in list_our_iris(lines) if "#" not in each]
        assert len(iris) > 10_000
        assert walk(client, iris) == []


def test_every_term_in_the_graph_has_its_place_in_the_vocabulary(client: TestClient) -> None:
    with small_generation().graph.open(encoding="utf-8") as lines:
        used = {each.removeprefix(CC) for each in list_our_iris(lines) if each.startswith(CC)} - {""}
    assert used <= set(re.findall(r' id="([^"]+)"', client.get("/ns.html").text))


def test_terms_of_others_have_names_on_pages() -> None:
    rows = json.loads((ROOT / "search_api" / "term_labels.json").read_text(encoding="utf-8"))
    assert list(rows) == sorted(rows)
    assert all(set(row) == {"en", "vi"} and all(row.values()) for row in rows.values())
    used = set()
    for _, predicate, value, _ in Dataset().parse(small_generation().graph, format="nquads").quads():
        used |= {str(predicate)} | ({str(value)} if predicate == RDF.type else set())
    shown = {shorten_iri(each) for each in used if not each.startswith(HOME)}
    about_terms = {each for each in shown if each.startswith(("owl:", "rdfs:", "rdf:", "http"))}  # shown at /ns
    assert shown - about_terms - set(rows) == set()
