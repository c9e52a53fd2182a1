"""The page of a task: the picture of what it rests on, its neighbours, what says the same, and its leading body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from search_api.messages import load_messages
from search_api.page_base import Page
from search_api.page_nearby import find_around
from tests.pages import CITED, DOCUMENT, DUTY, INHERITING, TARGET, TASK, Outline, hostile_kb, open_pages
from tests.small_corpus import DECISION, PLAN
from tests.small_kb import small_kb

READ = "/read/" + DECISION.split("/id/")[1]
SAY = load_messages("vi")


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with open_pages(small_kb()) as client:
        yield client


def drawing(html: str) -> str:
    """The part of a page that is the picture."""
    start = html.index('<figure class="picture">')
    return html[start : html.index("</figure>", start)]


def test_the_picture_leads_from_the_task_to_the_resolution(client: TestClient) -> None:
    picture = drawing(client.get(TASK).text)
    boxes = [each["href"] for each in Outline(picture).of("a") if each["class"] == "node-box"]
    assert boxes[0] == DOCUMENT
    assert CITED in boxes
    assert "Nhiệm vụ II.1" in picture
    assert picture.count('class="box away"') == 2  # the resolution, and the legend


def test_every_arrow_can_be_reached_and_says_its_sentence(client: TestClient) -> None:
    picture = drawing(client.get(TASK).text)
    arrows = [each for each in Outline(picture).of("a") if str(each["class"]).startswith("arrow")]
    assert len(arrows) == picture.count('class="reach"') == picture.count("<title>") - picture.count('class="node-box')
    assert [each for each in arrows if not each["href"]] == []
    assert "719/QĐ-UBND → 57-NQ/TW\ncăn cứ: “Căn cứ Nghị quyết số 57-NQ/TW" in picture


def test_the_keyboard_follows_the_picture(client: TestClient) -> None:
    picture = drawing(client.get(TASK).text)
    parts = [attrs for _, attrs in Outline(picture).tags if str(attrs.get("class")).startswith(("arrow", "node-box"))]
    met: list[str] = []
    for before, each in pairwise(parts):
        if "data-to" in before and "data-to" not in each and each["id"] not in met:
            assert before["data-to"] == each["id"]  # an arrow, then the box to which it leads
        met.append(str(before.get("id")))
    assert str(parts[0]["class"]) == "node-box start"
    assert {each["data-to"] for each in parts if "data-to" in each} <= {each.get("id") for each in parts}


def test_a_box_says_the_words_of_what_has_no_number(client: TestClient) -> None:
    picture = drawing(client.get(DUTY).text)
    start = re.search(r'<g class="node-box start".*?</g>', picture, re.DOTALL)
    assert start is not None
    words = re.findall(r"<text[^>]*>([^<]*)</text>", start[0])
    assert [each for each in words if "/" in each or "doan-" in each] == []
    assert (len(words), words[-1]) == (3, SAY["duty"])
    assert "them-1" not in re.sub(r'href="[^"]*"', "", picture)


@pytest.mark.parametrize(
    ("path", "stated"),
    [pytest.param(TASK, 0, id="through-its-document"), pytest.param(INHERITING, 1, id="in-its-own-words")],
)
def test_what_the_task_says_itself_is_drawn_otherwise(client: TestClient, path: str, stated: int) -> None:
    html = client.get(path).text
    assert drawing(html).count('class="arrow stated"') == stated
    assert (SAY["picture_stated"] in html) == bool(stated)


@pytest.mark.parametrize(
    ("path", "rel", "to"),
    [pytest.param(TASK, "next", INHERITING, id="after"), pytest.param(INHERITING, "prev", TASK, id="before")],
)
def test_neighbours_in_the_text(client: TestClient, path: str, rel: str, to: str) -> None:
    assert [each["href"] for each in Outline(client.get(path).text).of("a") if each.get("rel") == rel] == [to]


def test_row_ten_follows_row_nine() -> None:
    rows = {f"{DECISION}/phu-luc/2/muc/{number}": number for number in range(1, 13)}
    found: dict[str, Any] = {
        iri: {"record": "task", "id": iri, "document": DECISION, "name": None, "text": str(number), "lead": [],
              "source": {"start": number}}
        for iri, number in rows.items()
    }  # fmt: skip
    document = {"record": "document", "jurisdiction": "hung-yen", "type": None, "number": "719/QĐ-UBND", "title": None}
    store = SimpleNamespace(items_of=lambda *_: sorted(found), get={**found, DECISION: document}.get)
    here: Any = SimpleNamespace(records=store, search=None, names=SimpleNamespace(documents=()))
    around = find_around(here, found[f"{DECISION}/phu-luc/2/muc/9"], Page("vi", "/", {}))
    assert around.before is not None
    assert around.after is not None
    assert (around.before.text, around.after.text) == ("8", "10")


def test_the_body_that_leads_has_a_history(client: TestClient) -> None:
    html = client.get(TASK, params={"lang": "en"}).text
    lives = html[html.index('id="lives"') :]
    for words in ("Came of", "Department of Science and Technology, Thái Bình Province", "until 30 June 2025",
                  "Nghị quyết số 202/2025/QH15"):  # fmt: skip
        assert words in lives, words


@pytest.mark.parametrize("language", ["vi", "en"])
def test_each_change_of_a_body_names_its_document_or_says_that_none_is_known(client: TestClient, language: str) -> None:
    html = client.get(TASK, params={"lang": language}).text
    lives = html[html.index('id="lives"') : html.index('id="machine"')]
    say = load_messages(language)
    changes = [each for each in re.findall(r"<li>(.*?)</li>", lives, re.DOTALL) if re.search(r"20\d\d", each)]
    told = [(f"{say['lives_source']} <span" in each, say["lives_no_source"] in each) for each in changes]
    assert set(told) == {(True, False), (False, True)}


def test_a_body_that_did_not_change_has_none(client: TestClient) -> None:
    assert 'id="lives"' not in client.get(TARGET).text


def test_what_is_near_says_how_near_or_that_nothing_is(client: TestClient) -> None:
    html = client.get(TASK).text
    assert (SAY["near_none"] in html) != (SAY["near_note"] in html)


@pytest.mark.parametrize("path", [TASK, INHERITING, DUTY])
def test_the_picture_of_a_hostile_plan_is_text(path: str) -> None:
    with open_pages(hostile_kb()) as client:
        html = client.get(path).text
    page = Outline(drawing(html))
    assert not page.of("script")
    assert not page.of("img")
    assert [attrs for _, attrs in page.tags if "style" in attrs or any(name.startswith("on") for name in attrs)] == []


@pytest.mark.parametrize(
    ("path", "to"),
    [
        pytest.param("/task/719/QĐ-UBND%23II.1", TASK, id="short-form"),
        pytest.param("/task/" + PLAN.split("/id/")[1], "/document/" + PLAN.split("/id/")[1], id="a-document"),
    ],
)
def test_other_names_lead_on(client: TestClient, path: str, to: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, to)
