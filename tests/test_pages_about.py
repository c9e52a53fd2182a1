"""What the site says of itself: "About" with its figures, pages of errors with near names, headers for browsers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import unescape

import pytest
from fastapi import APIRouter
from fastapi.testclient import TestClient

from search_api import pages, pages_query
from search_api.assets import list_packages
from search_api.live import Opened
from search_api.messages import load_messages
from search_api.page_about import list_libraries, load_accuracy
from search_api.page_base import Page
from search_api.page_suggestions import MENU, suggest
from search_api.record_store import Damaged
from search_api.sparql_pool import Busy
from tests.conftest import ROOT
from tests.pages import Outline
from tests.readme import ACCURACY, read_accuracy
from tests.service import open_client, open_small_search
from tests.small_corpus import DECISION
from tests.test_lock import fold

DOCUMENT = "/document/" + DECISION.split("/id/")[1]
failing = APIRouter()


@failing.get("/fail/{kind}")
def fail(kind: str) -> None:
    """Raise what a page may run into."""
    raise {"damaged": Damaged("x"), "busy": Busy("4 queries are running"), "bug": KeyError("x")}[kind]


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with open_client([pages_query.router, pages.router, failing], open_small_search) as client:
        yield client


# --- about ------------------------------------------------------------------------------------------------------------


def test_the_figures_are_those_of_the_readme() -> None:
    assert json.loads(ACCURACY.read_text(encoding="utf-8")) == read_accuracy()
    assert [len(rows) > 20 for rows in read_accuracy().values()] == [True, True]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_about_shows_the_figures(client: TestClient, language: str) -> None:
    page = unescape(client.get("/about", params={"lang": language}).text)
    say = load_messages(language)
    measured = {score.metric: score for rows in load_accuracy().values() for score in rows}
    for metric in (key.removeprefix("accuracy_") for key in say if key.startswith("accuracy_")):
        score = measured[metric]
        value = score.value if language == "en" else score.value.replace(".", ",")
        row = f'{say["accuracy_" + metric]}</th><td class="number">{value}</td><td class="number">{score.n}</td>'
        assert row in page


def test_about_names_licences_and_documents(client: TestClient) -> None:
    page = client.get("/about").text
    for each in (*list_packages(), *list_libraries()):
        assert f'<th scope="row">{each.name}</th><td>{each.version}</td><td>' in page, each.name
    assert DOCUMENT in Outline(page).links
    assert "Apache 2.0" in page


def test_libraries_are_those_that_are_asked_for() -> None:
    names = {each.name for each in list_libraries()}
    told = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert [name for name in names if f"| {fold(name)} |" not in told] == []
    assert {"fastapi", "rdflib", "pyoxigraph"} <= names
    assert not {"pytest", "ruff"} & names
    assert [each.name for each in list_libraries() if not each.licence] == []


# --- errors -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "words", "link"),
    [
        pytest.param("/agencys", "Agencies", "/agencies?lang=en", id="page"),
        pytest.param("/tong-quan", "Overview", "/overview?lang=en", id="page-by-its-other-name"),
        pytest.param(DOCUMENT + "/phu-luc/9", "719/QĐ-UBND", DOCUMENT + "?lang=en", id="inside-a-document"),
        pytest.param(DOCUMENT[:-1] + "8", "719/QĐ-UBND", DOCUMENT + "?lang=en", id="near-a-document"),
        pytest.param("/document/791-qd-ubnd", "719/QĐ-UBND", DOCUMENT + "?lang=en", id="near-a-number"),
        pytest.param("/agency/so-khoa-hoc-cong-nghe", "Sở Khoa học và Công nghệ", "", id="agency"),
    ],
)
def test_a_missing_page_says_what_may_be_meant(client: TestClient, path: str, words: str, link: str) -> None:
    answer = client.get(path, params={"lang": "en"}, headers={"accept": "text/html"})
    assert answer.status_code == 404
    page = answer.text[answer.text.index('id="suggestions"') :]
    assert words in page
    assert link in Outline(page).links if link else '<a href="/agency/' in page


@pytest.mark.parametrize(
    "path", ["/x" * 4000, "/%3Cscript%3E", "/%E2%80%AEabc", "/document/", "/zzzzqqqq", "/%F0%9F%98%80"]
)
def test_any_path_gets_its_page(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert "<script>" not in answer.text


def test_every_page_of_the_menu_can_be_suggested(client: TestClient) -> None:
    here: Opened = client.app.state.live.current()  # type: ignore[attr-defined]
    for path in MENU[1:]:
        assert suggest(here, path + "s", Page("vi", "/", {}))[0].link == path


@pytest.mark.parametrize(
    ("kind", "status", "told"),
    [("damaged", 500, "note_damaged"), ("busy", 503, "is_busy"), ("bug", 500, "note_500")],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_errors_have_pages_in_both_languages(
    client: TestClient, kind: str, status: int, told: str, language: str
) -> None:
    answer = client.get(f"/fail/{kind}", params={"lang": language}, headers={"accept": "text/html"})
    assert answer.status_code == status
    assert load_messages(language)[f"problem_{told}"] in answer.text
    assert ("<code>cancu build</code>" in answer.text) is (kind == "damaged")
    assert ("retry-after" in answer.headers) is (kind == "busy")


# --- headers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/", "/about", "/query", "/docs", "/nowhere", "/fail/bug", "/api/tasks", "/static/style.css"]
)
def test_browsers_may_load_only_what_is_ours(client: TestClient, path: str) -> None:
    headers = client.get(path, headers={"accept": "text/html"}).headers
    rules = dict(each.strip().split(" ", 1) for each in headers["content-security-policy"].split(";"))
    assert rules["default-src"] == "'none'"
    assert {rules[each] for each in ("script-src", "style-src", "img-src", "font-src", "connect-src")} == {"'self'"}
    assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]


def test_sparql_stays_open_to_pages_of_other_sites(client: TestClient) -> None:
    answer = client.get("/sparql", params={"query": "ASK {}"}, headers={"origin": "https://example.org"})
    assert answer.headers["access-control-allow-origin"] == "*"
