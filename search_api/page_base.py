"""What all pages share: the language of a request, links that keep it, the templates, and the files beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from search_api.linked_answer import Resource
from search_api.linked_schema import write_data_block
from search_api.live import Opened
from search_api.messages import LANGUAGES, load_messages
from search_api.page_places import say_origin, say_place, say_places
from search_api.search import LONGEST
from search_api.sentence_case import write_small
from search_api.static_files import link_static
from search_api.words import clean

T = TypeVar("T")
_HERE = Path(__file__).parent
_MOST_VALUES = 20  # of one parameter
_LAST_PAGE = 100_000
_LONGEST_NAME = 90  # characters of a title that names a document
# The others are shown at /task.
_KINDS = {"agency": "agency", "document": "document", "part": "section", "section": "section"}


@dataclass(frozen=True, slots=True)
class Page:
    """The page that a request asks for: Page("en", "/", {"q": ("AI tasks",)}).link("/about") == "/about?lang=en"."""

    language: str
    path: str
    asked: Mapping[str, Sequence[str]]  # parameters that pages know, without the language
    origin: str = ""  # where the site is: "https://example.org"

    @property
    def say(self) -> Mapping[str, str]:
        """The words of the interface in the language of the page."""
        return load_messages(self.language)

    @property
    def question(self) -> str:
        """What is searched: NFC, on one line, without control characters, at most as long as search reads."""
        return self.first("q")

    @property
    def number(self) -> int:
        """Which page of a list, from 1 on; 1 where the parameter is no such number."""
        text = self.first("page")
        return min(int(text), _LAST_PAGE) or 1 if text.isascii() and text.isdigit() and len(text) < 7 else 1

    def first(self, name: str) -> str:
        """The value of a parameter that takes one, "" where it is not given: page.first("kind") == "duty"."""
        return next(iter(self.asked.get(name, ())), "")

    def cut(self, rows: Sequence[T], size: int) -> tuple[Sequence[T], int, int]:
        """The rows of the page of a list that is asked for, its number, and how many there are: page.cut(rows, 40)."""
        pages = max(1, -(-len(rows) // size))
        number = min(self.number, pages)
        return rows[(number - 1) * size : number * size], number, pages

    @property
    def other_language(self) -> str:
        """The language one click away: "en" on a Vietnamese page."""
        return next(each for each in LANGUAGES if each != self.language)

    def link(self, path: str, /, **parameters: object) -> str:
        """A path of this site in the language of the page; a parameter that is empty is left out."""
        language = {} if self.language == LANGUAGES[0] else {"lang": self.language}
        pairs = {name: value for name, value in parameters.items() if value not in (None, "", ())}
        query = urlencode({**pairs, **language}, doseq=True)
        path = "/" + path.lstrip("/")  # "//" in front would name another server
        return quote(path, safe="/:@") + (f"?{query}" if query else "")

    def here(self, /, **changes: object) -> str:
        """This page with some parameters changed: page.here(page=2)."""
        return self.link(self.path, **{**self.asked, **changes})

    def in_other_language(self) -> str:
        """This page with the same question in the other language."""
        return Page(self.other_language, self.path, self.asked).here()

    def of_record(self, iri: str, kind: str = "task") -> str:
        """The page of a task, duty, target, section, document or agency: page.of_record(task) == "/task/vn/…"."""
        return self.link(f"/{_KINDS.get(kind, 'task')}/{tail(iri).removeprefix('agency/')}")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a field in a form, with how much it would leave: Choice("hung-yen", "Hưng Yên", 322, False)."""

    value: str
    label: str
    count: int
    is_chosen: bool


def read_page(request: Request, *more: str) -> Page:
    """The page of a request, with `more` parameters than all pages know; others are not looked at, odd values none."""
    parameters = request.query_params
    language = parameters.get("lang", "")
    asked = {
        name: tuple(filter(None, map(_tidy, parameters.getlist(name)[:_MOST_VALUES])))
        for name in dict.fromkeys(("q", "ignore", "page", "kind", *more))
    }
    origin = f"{request.url.scheme}://{request.url.netloc}"
    return Page(language if language in LANGUAGES else LANGUAGES[0], request.url.path, asked, origin)


def tail(iri: str) -> str:
    """An IRI without what stands before its path: "vn/hung-yen/qd-ubnd/2025/719"."""
    return iri.split("/id/", 1)[-1]


def doc_of(iri: str) -> Resource:
    """The description of a thing as data, in every format: doc_of(task).in_format("ttl") == "/doc/vn/….ttl"."""
    return Resource(f"/doc/{tail(iri)}", describes=iri)


def name_document(document: Mapping[str, Any], page: Page) -> str:
    """A document as people call it: "Quyết định 719/QĐ-UBND", "Luật Tổ chức chính quyền địa phương"."""
    title = document["title"] if _goes_by_title(document) else None
    number = document["number"] or title or f"({page.say['number_unknown']})"
    return one_line(f"{document['type'] or page.say['document']} {number}")


def call_plan(here: Opened, document: Mapping[str, Any], page: Page) -> str:
    """A plan by its place: "Hưng Yên, 12/KH-UBND", "Hà Nam, Kế hoạch 2022" where it has no number."""
    place = label_of(here, document["jurisdiction"].split("/")[0], page)
    year = f" {document['date'][:4]}" if document["date"] else ""
    name = document["number"] or f"{document['type'] or page.say['document']}{year}"
    return one_line(f"{place}, {name}")


def title_below(document: Mapping[str, Any]) -> str:
    """What stands below the name of a document: its title, in small letters, unless the name says it already."""
    return "" if _goes_by_title(document) else write_small(one_line(document["title"] or ""))


def label_of(here: Opened, value: str, page: Page) -> str:
    """What a topic, province or agency is called in the language of the page; else its id."""
    vietnamese, english = here.search.index.labels.get(value, (value, value)) if here.search else (value, value)
    return str(english if page.language == "en" else vietnamese)


def respond(page: Page, template: str, status: int = 200, **context: object) -> HTMLResponse:
    """A page as HTML: respond(page, "about.html")."""
    html = _TEMPLATES.get_template(template).render(page=page, say=page.say, **context)
    return HTMLResponse(html, status)


def one_line(text: str) -> str:
    """Text with every run of spaces and line ends as one space: one_line("Sở Khoa học và\\nCông nghệ")."""
    return " ".join(text.split())


def _goes_by_title(document: Mapping[str, Any]) -> bool:
    return not document["number"] and 0 < len(document["title"] or "") <= _LONGEST_NAME


def _tidy(text: str) -> str:
    return one_line("".join(char if char.isprintable() else " " for char in clean(text)[:LONGEST]))


def _make_templates() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,  # whatever a plan says is text
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals.update(static=link_static, name_document=name_document, title_below=title_below)
    templates.globals.update(doc_of=doc_of, write_data_block=write_data_block)
    templates.globals.update(say_place=say_place, say_places=say_places, say_origin=say_origin)
    templates.filters["one_line"] = one_line
    return templates


_TEMPLATES = _make_templates()
