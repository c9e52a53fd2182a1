"""What the tests of pages share: a client, what a page is made of, paths of the small corpus, and hostile plans."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient

from graph.records import Corpus
from search_api.app import create_app
from search_api.service import ROUTERS
from search_api.static_files import STATIC, link_static
from tests.service import open_small_search
from tests.small_corpus import DECISION, PLAN, RESOLUTION, small_corpus
from tests.small_kb import publish_corpus

TASK = "/task/" + DECISION.split("/id/")[1] + "/phu-luc/2/muc/1"
INHERITING = "/task/" + DECISION.split("/id/")[1] + "/phu-luc/2/muc/2"
IN_PROSE = "/task/" + PLAN.split("/id/")[1] + "/muc/1"
DUTY = "/task/" + DECISION.split("/id/")[1] + "/muc/iii/1/them-1/so-khoa-hoc-va-cong-nghe"
TARGET = "/task/" + PLAN.split("/id/")[1] + "/phan/0/chi-tieu-1"
DOCUMENT = "/document/" + DECISION.split("/id/")[1]
CITED = "/document/" + RESOLUTION.split("/id/")[1]
SCRIPT, IMAGE = "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'


class Outline(HTMLParser):
    """What a page is made of: its tags with their attributes, ids, and links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]

    @property
    def programs(self) -> list[dict[str, str | None]]:
        """Scripts, but for our files and for blocks of data, which no browser runs."""
        data = {"type": "application/ld+json"}
        ours = {link_static(name) for name in STATIC if name.endswith(".js")}
        return [each for each in self.of("script") if each != data and each.get("src") not in ours]

    @property
    def ids(self) -> list[str]:
        return [str(attrs["id"]) for _, attrs in self.tags if "id" in attrs]

    @property
    def named(self) -> set[str]:
        """The ids that labels, fields and descriptions point to."""
        pointing = ("aria-labelledby", "aria-describedby", "for", "list")
        values = (str(attrs[name]) for _, attrs in self.tags for name in pointing if attrs.get(name))
        return {each for value in values for each in value.split()}

    @property
    def links(self) -> list[str]:
        return [str(each["href"]) for each in self.of("a")]


def app_over(kb: Path) -> FastAPI:
    """The service over a knowledge base whose vectors count words."""
    return create_app(kb, open_small_search, routers=ROUTERS)


def open_pages(kb: Path) -> TestClient:
    """A client of all pages that follows no redirect and is shown every error."""
    return TestClient(app_over(kb), follow_redirects=False, raise_server_exceptions=False)


def check_whole(client: TestClient, path: str, language: str, status: int = 200) -> Outline:
    """What holds for every page: its language, one h1, ids that are there once, and no program or style of its own."""
    answer = client.get(path + ("&" if "?" in path else "?") + f"lang={language}")
    page = Outline(answer.text)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert page.of("html") == [{"lang": language}]
    assert [len(page.of(tag)) for tag in ("h1", "main", "style")] == [1, 1, 0]
    assert not page.programs
    assert [attrs for _, attrs in page.tags if "style" in attrs or any(name.startswith("on") for name in attrs)] == []
    assert len(page.ids) == len(set(page.ids))
    assert page.named <= set(page.ids)
    assert page.links[0] in ("#main", "#total")  # behind a form with results to these
    assert len(answer.content) < 200_000
    return page


@cache
def hostile_kb() -> Path:
    """The small corpus with markup in the words of its plans."""
    small = small_corpus()
    corpus: Corpus = replace(
        small,
        documents=tuple(replace(each, title=IMAGE, issuer=SCRIPT) for each in small.documents),
        tasks=tuple(replace(each, text=f"{SCRIPT} {each.text}", name=IMAGE, output=SCRIPT) for each in small.tasks),
    )
    return publish_corpus(corpus)
