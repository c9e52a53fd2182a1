"""The same answer in other forms: as a SPARQL query, as JSON, as files to keep, and as a link."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from search_api.listing import Part
from search_api.live import Opened
from search_api.page_filters import PAGE_SIZE, Filters
from search_api.sparql_text import write_sparql

_FILES = {"task": "tasks", "duty": "duties", "target": "targets", "document": "documents"}
_DATED = ("task", "duty")  # what a calendar holds


@dataclass(frozen=True, slots=True)
class Format:
    """One form of an answer: Format("XLSX", "/api/search.xlsx?q=AI", "")."""

    name: str
    link: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class PartOfAnswer:
    """The forms of one part of an answer, under words that say what is in them."""

    heading: str
    formats: Sequence[Format]


def list_formats(here: Opened, filters: Filters, answer: Mapping[str, Any]) -> Iterator[PartOfAnswer]:
    """The forms that an answer has; where it holds what is due and what is only under way, of the first and of both."""
    if not answer["total"]:
        return
    groups, say = answer["groups"], filters.page.say
    parts: dict[Part, str] = {"all": ""}
    if groups.get("due") and groups.get("active"):
        parts = {
            "due": say["files_due"].format(count=groups["due"]),
            "all": say["files_all"].format(count=answer["total"]),
        }
    for part, heading in parts.items():
        yield PartOfAnswer(heading, list(_list_part(here, filters, answer, part)))


def write_json_link(filters: Filters) -> str:
    """This page of the answer as JSON, which has all its parts."""
    page = filters.page
    paged = {"limit": PAGE_SIZE, "offset": (page.number - 1) * PAGE_SIZE}
    sort = {} if filters.ask.sort == "relevance" else {"sort": filters.ask.sort}
    return _address("search", filters, {**sort, **paged})


def _list_part(here: Opened, filters: Filters, answer: Mapping[str, Any], part: Part) -> Iterator[Format]:
    """A query, a table of each kind, a calendar where something has an end."""
    page, kinds, listed = filters.page, [each["id"] for each in answer["facets"]["kind"]], {"listed": part}
    named = {**listed, "lang": "en"} if page.language == "en" else listed  # heads and names of files
    query = write_sparql(filters.understood, here.search.index, part)
    yield Format("SPARQL", page.link("/query", query=query))
    yield Format("XLSX", _address("search.xlsx", filters, named))
    for kind in kinds:
        if kind in _FILES:
            remark = page.say[_FILES[kind] if _FILES[kind] in page.say else kind].lower()
            yield Format("CSV", _address(f"{_FILES[kind]}.csv", filters, named), remark)
    if set(kinds) & set(_DATED):
        yield Format("ICS", _address("deadlines.ics", filters, listed), page.say["format_calendar"])


def _address(path: str, filters: Filters, further: Mapping[str, object]) -> str:
    """Where the REST API has it: the kind is in the name of a table."""
    ask = filters.ask
    demands = {name: values for name, values in ask.demands.items() if path.startswith("search") or name != "kind"}
    asked = {"q": ask.query, **demands, "ignore": ask.ignore, "within": ask.within, **further}
    pairs = {name: value for name, value in asked.items() if value not in ("", ()) or name == "q"}
    return f"/api/{path}?{urlencode(pairs, doseq=True)}"
