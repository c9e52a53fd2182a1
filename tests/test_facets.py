"""Facets: the number beside a value is the total of the page that its link opens, and no click widens an answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from fastapi.testclient import TestClient

from graph.generations import open_current
from search_api.cli_search import read_ask, render_answer
from search_api.demands import UnknownValue
from search_api.page_filters import PAGE_SIZE
from search_api.search import Ask, Search, open_search
from tests.conftest import ROOT
from tests.pages import Outline, open_pages
from tests.plans_kb import searched_plans
from tests.word_encoder import WordEncoder

FILE = (ROOT / "data" / "gold" / "queries.jsonl", ROOT / "data" / "gold" / "filter_questions.jsonl")
ASKED = [json.loads(line)["text"] for path in FILE for line in path.read_text(encoding="utf-8").splitlines()]
PAGES = [
    pytest.param("/?q=nhiệm vụ AI hạn 2026", id="due-and-under-way"),
    pytest.param("/?q=trí tuệ nhân tạo", id="nearest"),
    pytest.param("/?q=nhiệm vụ về dữ liệu số&lang=en", id="nearest-of-a-kind"),
    pytest.param("/?q=nhiệm vụ của Sở Y tế", id="agency"),
    pytest.param("/?kind=task&kind=duty&due=2030", id="filters-alone"),
    pytest.param("/?q=trợ lý ảo&within=kind=task", id="narrowed"),
    pytest.param("/?q=văn bản của Thủ tướng Chính phủ", id="documents"),
]


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with open_pages(searched_plans()) as client:
        yield client


@pytest.fixture(scope="module")
def search() -> Search:
    return open_search(open_current(searched_plans()), WordEncoder)


def count_results(client: TestClient, link: str) -> int:
    """All results of a page, by its last page: what is shown, not what is said."""
    html = client.get(f"{link}&page=99999").text
    before = [
        parse_qs(urlsplit(str(each["href"])).query)["page"]
        for each in Outline(html).of("a")
        if each.get("rel") == "prev"
    ]
    return sum(int(number) for (number,) in before) * PAGE_SIZE + html.count("<article>")


@pytest.mark.parametrize("question", ASKED)
def test_a_value_leaves_as_many_results_as_it_says(search: Search, question: str) -> None:
    answer = search.find(Ask(question, limit=0))
    for name, values in answer["facets"].items():
        for value in values[:3] + values[-1:]:
            left = search.find(Ask(question, limit=0, within=(f"{name}={value['id']}",)))
            assert (name, value["id"], value["count"]) == (name, value["id"], left["total"])
            assert left["total"] <= answer["total"]


@pytest.mark.parametrize("page", PAGES)
def test_a_link_leads_to_as_many_results_as_it_says(client: TestClient, page: str) -> None:
    facets = client.get(page).text.split('id="facets"')[1].split("</aside>")[0]
    links = [each.split("</a>")[0] for each in facets.split("<a ")[1:]]
    said = [
        (each.split('href="')[1].split('"')[0].replace("&amp;", "&"), each) for each in links if "chosen" not in each
    ]
    assert len(said) > 3
    every = count_results(client, page)
    for link, shown in said[::4]:
        count = int(shown.rpartition('class="count">')[2].split("<")[0])
        assert (link, count) == (link, count_results(client, link))
        assert count < every


def test_conditions_add_up_and_never_widen(search: Search) -> None:
    within: tuple[str, ...] = ()
    answer = search.find(Ask("nhiệm vụ chuyển đổi số"))
    for _ in range(5):
        open_ = [(name, each) for name, values in answer["facets"].items() for each in values
                 if each["count"] < answer["total"]]  # fmt: skip
        if not open_:
            break
        name, value = open_[0]
        within = (*within, f"{name}={value['id']}")
        before, answer = answer["total"], search.find(Ask("nhiệm vụ chuyển đổi số", within=within))
        assert answer["total"] == value["count"] < before
    assert len(within) > 2
    assert [each["id"] for each in answer["understood"]["within"]] == [each.partition("=")[2] for each in within]


def test_what_all_results_have_leaves_no_choice(client: TestClient) -> None:
    html = client.get("/?q=nhiệm vụ của Sở Y tế&within=kind=task").text
    assert 'id="kind-task"' in html  # to be taken back
    assert 'class="every"' in html
    chips = [each for each in Outline(html).of("a") if each.get("class") == "remove"]
    assert any("within" not in str(each["href"]) for each in chips)


def test_a_value_is_chosen_beside_another_of_its_kind(search: Search) -> None:
    one, two = "topic=chuyen-doi-so", "topic=du-lieu-so"
    both = {each["id"] for each in search.find(Ask("", limit=999, within=(one, two)))["results"]}
    each_ = [{each["id"] for each in search.find(Ask("", limit=999, within=(one_,)))["results"]} for one_ in (one, two)]
    assert both == each_[0] & each_[1] != set()


def test_terminal_page_and_program_narrow_alike(client: TestClient, search: Search) -> None:
    condition = "due=2030"
    found: dict[str, Any] = client.get("/api/search", params={"q": "dữ liệu số", "within": condition}).json()
    page = count_results(client, f"/?q=dữ liệu số&within={quote(condition)}")
    answer = search.find(Ask("dữ liệu số", within=(condition,)))
    assert found["total"] == page == answer["total"] > 0
    assert "Đến hạn 2030" in "\n".join(render_answer(answer, 100))
    assert read_ask("dữ liệu số", [], []).within == ()


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        pytest.param("due", "within is due: expected NAME=VALUE", id="no-value"),
        pytest.param("colour=red", "no filter is called colour", id="no-filter"),
        pytest.param("role=lead", "role says what an agency does", id="role-of-nobody"),
        pytest.param("due=2026-13", "due is 2026-13: expected a year", id="no-month"),
    ],
)
def test_a_condition_that_means_nothing_is_told(search: Search, client: TestClient, condition: str, said: str) -> None:
    with pytest.raises(UnknownValue, match=said):
        search.find(Ask("dữ liệu", within=(condition,)))
    assert client.get("/api/search", params={"q": "dữ liệu", "within": condition}).status_code == 422
    page = client.get("/", params={"q": "dữ liệu", "within": condition})
    assert (page.status_code, "điều kiện này đã được bỏ qua" in page.text) == (200, True)
    assert "<article>" in page.text


def test_a_role_goes_with_the_agency_that_has_it(client: TestClient) -> None:
    page = Outline(client.get("/?q=nhiệm vụ chuyển đổi số&within=agency=Sở Y tế&within=role=lead").text)
    removals = [str(each["href"]) for each in page.of("a") if each.get("class") == "remove" and "Cơ quan" in str(each)]
    assert removals
    assert all("within" not in each for each in removals)
