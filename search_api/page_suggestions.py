"""What somebody may have meant by an address that leads nowhere: pages, documents and agencies with names like it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from urllib.parse import unquote

from ingest.fold import fold
from search_api.live import Opened
from search_api.messages import LANGUAGES, load_messages
from search_api.page_base import Page, name_document, tail
from search_api.page_bodies import list_bodies, name_place, select_bodies

MENU = ("/", "/documents", "/agencies", "/calendar", "/compare", "/overview", "/query", "/about", "/docs", "/dataset")
_MOST = 5
_LONGEST = 200  # characters that are compared
_SHORTEST = 3  # characters of a name that others may have in them
_NEAR_PAGE, _NEAR_NUMBER, _NEAR_PATH, _NEAR_AGENCY = 0.7, 0.75, 0.93, 0.6  # long paths share most letters


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One place to go to instead: Suggestion("Quyết định 12/QĐ-UBND", "/document/vn/…", True)."""

    text: str
    link: str
    is_vietnamese: bool = False


def suggest(here: Opened, path: str, page: Page) -> list[Suggestion]:
    """The nearest names, best first, none twice: suggest(here, "/agencys", page)[0].link == "/agencies"."""
    first, _, rest = unquote(path).strip("/").partition("/")
    found = [] if rest else [*_pages(first, page)]
    wanted = (rest or first)[:_LONGEST]
    if first in ("agency", "agencies"):
        found += _agencies(here, wanted, page)
    else:
        found += _documents(here, wanted, page)
    if not rest:
        found += _agencies(here, wanted, page)
    found += _pages(first, page)  # below a list, what is near in it comes first
    return list(islice({each.link: each for each in found}.values(), _MOST))


def _pages(name: str, page: Page) -> Iterator[Suggestion]:
    known = {_key(path[1:]): path for path in MENU if path[1:]}
    known |= {_key(_title(path, language)): path for language in LANGUAGES for path in MENU}
    for key in get_close_matches(_key(name), known, 2, _NEAR_PAGE):
        yield Suggestion(_title(known[key], page.language), page.link(known[key]))


def _title(path: str, language: str) -> str:
    say = load_messages(language)
    return {"/docs": "API", "/dataset": say["data"]}.get(path) or say[f"menu_{path[1:] or 'search'}"]


def _documents(here: Opened, wanted: str, page: Page) -> Iterator[Suggestion]:
    """The document that a path leads into, and those with a number or a path like what was asked."""
    inside = [each for each in here.documents if f"{wanted}/".startswith(f"{tail(each['id'])}/")]
    paths = {_key(tail(each["id"])): each for each in here.documents}
    numbers = {_key(each["short"]): each for each in here.documents}
    near = [numbers[key] for key in get_close_matches(_key(wanted), numbers, _MOST, _NEAR_NUMBER)]
    near += [paths[key] for key in get_close_matches(_key(wanted), paths, _MOST, _NEAR_PATH)]
    for each in (*inside, *near):
        yield Suggestion(name_document(each, page), page.of_record(each["id"], "document"), True)


def _agencies(here: Opened, wanted: str, page: Page) -> Iterator[Suggestion]:
    """Bodies that are called as the end of a path, those of the jurisdiction before it first; then names like it."""
    jurisdiction, _, slug = wanted.rpartition("/")
    bodies, name = list_bodies(here), slug.replace("-", " ")
    called = select_bodies(bodies, name, "") if len(_key(name)) >= _SHORTEST else []
    called.sort(key=lambda each: each.jurisdiction != jurisdiction)
    known = {_key(name): each for each in bodies for name in (tail(each.iri).rpartition("/")[2], each.name)}
    near = [known[key] for key in get_close_matches(_key(slug), known, _MOST, _NEAR_AGENCY)]
    for each in (*called, *near):
        name = f"{each.name}, {name_place(here, each.jurisdiction, page).name}"
        yield Suggestion(name, page.of_record(each.iri, "agency"), True)


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text))
