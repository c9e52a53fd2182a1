"""The SPARQL page: our queries as forms, one's own as a text, answers as a table, and what goes wrong said in place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from graph.prefixes import PREFIXES
from graph.shipped import list_groups, list_shipped, load_shipped
from graph.shipped_values import fill_query
from graph.sparql_answer import Request, answer_request
from graph.store import open_store
from search_api import pages, pages_query
from search_api.messages import load_messages
from search_api.page_query import list_completions, locate
from tests.conftest import ROOT
from tests.pages import Outline
from tests.plans_kb import plans_generation
from tests.service import open_client, open_small_search
from tests.small_corpus import DECISION, PLAN

VI, EN = load_messages("vi"), load_messages("en")
MANY = "SELECT ?s ?p ?o { ?s ?p ?o }"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with open_client([pages_query.router, pages.router], open_small_search) as client:
        yield client


def ask(client: TestClient, **parameters: str) -> str:
    answer = client.get("/query", params=parameters)
    assert answer.status_code == 200
    return answer.text


def test_the_page_lists_all_queries_in_both_languages(client: TestClient) -> None:
    for language in ("vi", "en"):
        page = ask(client, lang=language)
        for each in list_shipped():
            assert unescape(page).count(each.en if language == "en" else each.vi) >= 1, each.name
        links = Outline(page).links
        assert sum("shipped=" in link for link in links) == len(list_shipped())
        assert {"lang=en" in link for link in links if "shipped=" in link} == {language == "en"}


def test_every_query_is_in_one_group_as_in_the_documents() -> None:
    names = [each.name for group in list_groups() for each in group.queries]
    assert sorted(names) == [each.name for each in list_shipped()]
    told = re.findall(r"^(?:## (.+)|\| `(\w+)` \|.*)$", (ROOT / "docs" / "queries.md").read_text("utf-8"), re.MULTILINE)
    titles = {group.en for group in list_groups()}
    order = [heading or name for heading, name in told if heading in titles or name]
    assert order == [word for group in list_groups() for word in (group.en, *(each.name for each in group.queries))]


def test_a_query_of_ours_is_a_form_with_its_answer(client: TestClient) -> None:
    page = ask(client, shipped="tasks_due_in_year", year="2026")
    fields = {each.get("name"): each.get("value") for each in Outline(page).of("input")}
    assert (fields["shipped"], fields["year"]) == ("tasks_due_in_year", "2026")
    assert "VALUES (?year) { (2026) }" in unescape(page)
    assert VI["query_row_one"] in page
    assert f'/id/{PLAN.split("/id/")[1]}/muc/1"' in page
    assert '<th scope="col">year</th>' not in page  # it was asked for


def test_english_keeps_its_links(client: TestClient) -> None:
    page = ask(client, shipped="tasks_due_in_year", year="2026", lang="en")
    links = [link for link in Outline(page).links if link.startswith("/id/")]
    assert links
    assert [link for link in links if not link.endswith("?lang=en")] == []
    (back,) = [str(each["href"]) for each in Outline(page).of("a") if each.get("class") == "language"]
    assert back == "/query?shipped=tasks_due_in_year&year=2026"


def test_the_files_are_of_the_same_query(client: TestClient) -> None:
    page = ask(client, shipped="tasks_due_in_year", year="2026")
    links = {link.rpartition("format=")[2]: unescape(link) for link in Outline(page).links if "/sparql?" in link}
    assert list(links) == ["csv", "tsv", "json", "xml"]
    rows = client.get(links["json"]).json()["results"]["bindings"]
    assert [row["task"]["value"] for row in rows] == [PLAN + "/muc/1"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        pytest.param("ASK { ?t a cc:Task }", [f'<p class="holds">{VI["query_true"]}'], id="ask"),
        pytest.param("ASK { ?t a cc:Taks }", [f'<p class="holds">{VI["query_false"]}'], id="ask-no"),
        pytest.param("SELECT ?t { ?t a cc:Taks }", [VI["query_no_rows"]], id="no-rows"),
        pytest.param("SELECT (COUNT(*) AS ?n) { ?t a cc:Task }", ['class="figure"><bdi>3</bdi>'], id="figures"),
        pytest.param("SELECT ?k { ?t a cc:Task ; a ?k }", ['<a href="/ns#Task">cc:Task</a>'], id="our-words"),
        pytest.param('SELECT ("x"@vi AS ?x) {}', ['lang="vi"><bdi>x</bdi>'], id="language"),
        pytest.param("SELECT (BNODE() AS ?x) ?y {}", ["<bdi>_:"], id="blank-node-and-nothing"),
        pytest.param("# lời\nSELECT ?t # đây\n{ ?t a cc:Task }", ["# lời\nSELECT ?t # đây\n"], id="comments-end"),
        pytest.param(
            f"CONSTRUCT {{ <{DECISION}> a ?k }} {{ <{DECISION}> a ?k }}", ["cc:Document", "Turtle"], id="triples"
        ),
    ],
)
def test_a_query_of_ones_own(client: TestClient, query: str, words: list[str]) -> None:
    page = unescape(ask(client, query=query))
    assert [each for each in words if each not in page] == []


def test_long_answers_are_cut_and_say_so(client: TestClient) -> None:
    page = ask(client, query=MANY)
    assert Outline(page).tags.count(("tr", {"role": "row"})) == 201
    assert re.search(VI["query_cut_rows"].format(most=200, total=r"\d{3,}"), page)


@pytest.mark.parametrize(
    ("parameters", "status", "words"),
    [
        pytest.param({"query": "SELECT *\nWHERE { ?s ?p ?o }\nLIMT 5"}, 400,
                     [EN["query_sparql-syntax"], "Line 3, column 1", "LIMT 5\n^"], id="syntax"),
        pytest.param({"query": "SELECT * { ?s nosuch:p ?o }"}, 400,
                     [EN["query_sparql-syntax"], "nosuch"], id="unknown-prefix"),
        pytest.param({"query": "DELETE WHERE { ?s ?p ?o }"}, 400, [EN["query_query-refused"]], id="update"),
        pytest.param({"query": "SELECT * { SERVICE <http://x.org/> { ?s ?p ?o } }"}, 400, ["SERVICE"], id="service"),
        pytest.param({"shipped": "no_such"}, 400, ["no query is called no_such"], id="no-such-query"),
        pytest.param({"shipped": "../../etc/passwd"}, 400, ["no query is called"], id="a-path"),
        pytest.param({"shipped": "tasks_due_in_year", "year": "soon"}, 400,
                     ["expected a whole number", 'value="soon"'], id="no-year"),
        pytest.param({"shipped": "tasks_due_in_year", "year": "9" * 5000}, 400,
                     ["expected a whole number"], id="more-digits-than-a-number-has"),
        pytest.param({"shipped": "tasks_of_directive", "directive": "1/XX"}, 404, ["1/XX"], id="no-document"),
        pytest.param({"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"}, 503,
                     [EN["query_query-too-slow"]], id="slow"),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_said_in_place(
    client: TestClient, parameters: dict[str, str], status: int, words: list[str]
) -> None:
    answer = client.get("/query", params={**parameters, "lang": "en"})
    assert answer.status_code == status
    page = unescape(answer.text)
    assert [each for each in words if each not in page] == []
    assert unescape(parameters.get("query", "")) in page  # nothing that was typed is lost


def test_a_query_has_its_length(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages_query, "LARGEST", 9)
    assert client.get("/query", params={"query": "ASK {}"}).status_code == 200
    answer = client.get("/query", params={"query": "ASK { }  #"})
    assert (answer.status_code, "a query may have 9 bytes" in answer.text) == (400, True)


@pytest.mark.parametrize("query", ["", "?query=", "?query=+%0a", "?shipped=", "?x=1&year=3", "?lang=fr", "?query=%00"])
def test_odd_parameters_never_break_it(client: TestClient, query: str) -> None:
    assert client.get("/query" + query).status_code in (200, 400)


def test_nothing_becomes_markup(client: TestClient) -> None:
    hostile = "</textarea><script>alert(1)</script>' onfocus='x"
    page = client.get("/query", params={"query": f'SELECT ("{hostile}" AS ?x) {{}}'}).text
    page += client.get("/query", params={"shipped": "tasks_due_in_year", "year": hostile}).text
    page += client.get("/query", params={"shipped": hostile}).text
    outline = Outline(page)
    assert not outline.programs
    assert [attrs for _, attrs in outline.tags if any(name.startswith("on") or name == "style" for name in attrs)] == []


@pytest.mark.parametrize("name", ["path", "self", "changes", "q1"])
def test_a_parameter_of_any_name_does_no_harm(client: TestClient, name: str) -> None:
    ask(client, shipped="tasks_without_deadline", **{name: "1"})


def test_the_editor_completes_our_words() -> None:
    known = json.loads(json.dumps(list_completions()))
    assert known["prefixes"] == PREFIXES
    assert {"cc:Task", "org:Organization", "skos:Concept"} <= set(known["classes"])
    assert {"cc:ledBy", "skos:prefLabel", "cc:score"} <= set(known["properties"])
    assert not set(known["classes"]) & set(known["properties"])


def test_a_name_beside_its_thing_is_not_said_twice(client: TestClient) -> None:
    page = ask(client, shipped="tasks_led_by_agency")
    heads = re.findall(r'<th scope="col"[^>]*>(\w+)</th>', page)
    assert heads == ["agency", "task", "document", "deadline", "text"]  # without `name`
    assert len(Outline(page).of("td")) % len(heads) == 0


@pytest.mark.parametrize(
    ("text", "line", "column", "expected"),
    [
        pytest.param("ASK", 1, 4, ("ASK", "   ^"), id="end"),
        pytest.param("x" * 300, 1, 200, ("x" * 100, " " * 59 + "^"), id="long-line"),
        pytest.param("ASK", 2, 1, None, id="beyond"),
        pytest.param("ASK # \u2028\nLIMT", 2, 1, ("LIMT", "^"), id="only-a-line-feed-ends-a-line"),
    ],
)
def test_a_place_is_shown(text: str, line: int, column: int, expected: tuple[str, str] | None) -> None:
    wrong = locate(text, line, column)
    assert (wrong and (wrong.text, wrong.mark)) == expected


@pytest.mark.parametrize("name", [each.name for each in list_shipped() if each.params])
def test_values_in_the_text_answer_as_values_beside_it(name: str) -> None:
    store, query = open_store(plans_generation().store), load_shipped(name)
    whole = rows_of(answer_request(store, Request(query.text, "json")).content)
    for param in query.params:
        found = next((row[param] for row in whole if param in row), None)
        if found is None:
            continue
        kind = "iri" if found["type"] == "uri" else "integer" if found.get("datatype", "").endswith("r") else "text"
        values = {param: (kind, found["value"])}
        beside = rows_of(answer_request(store, Request(query.text, "json", values)).content, param)
        inside = rows_of(answer_request(store, Request(fill_query(query.body, values), "json")).content, param)
        assert inside == beside != []


def rows_of(content: bytes, left_out: str = "") -> list[dict[str, dict[str, str]]]:
    rows = json.loads(content)["results"]["bindings"]
    return [{name: cell for name, cell in row.items() if name != left_out} for row in rows]


def test_a_store_that_is_gone_is_told_without_its_path(capsys: pytest.CaptureFixture[str]) -> None:
    with open_client([pages_query.router]) as client:
        client.get("/query", params={"query": "ASK {}"})
        client.app.state.pool.use(Path("/nowhere/store"))  # type: ignore[attr-defined]
        answer = client.get("/query", params={"query": "ASK {}"})
    assert (answer.status_code, VI["query_no-query-process"] in answer.text) == (503, True)
    assert "/nowhere" not in answer.text
    assert "/nowhere/store" in capsys.readouterr().err
