"""The same answer in other forms: as a SPARQL query, as JSON, as files to keep, and as a link."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from search_api.live import Opened
from search_api.page_filters import PAGE_SIZE, Filters
from search_api.ranking import CANDIDATES
from search_api.sparql_text import write_sparql

_FILES = {"task": "tasks", "duty": "duties", "target": "targets", "document": "documents"}
_DATED = ("task", "duty")  # what a calendar holds


@dataclass(frozen=True, slots=True)
class Format:
    """One form of an answer: Format("XLSX", "/api/search.xlsx?q=AI", "")."""

    name: str
    link: str
    remark: str = ""


def list_formats(here: Opened, filters: Filters, answer: Mapping[str, Any]) -> Iterator[Format]:
    """The forms that an answer has: a table of each kind that it holds, a calendar where something has an end."""
    if not answer["total"]:
        return
    page, kinds = filters.page, [each["id"] for each in answer["facets"]["kind"]]
    limit = {"limit": CANDIDATES} if answer["nearest"] else {}
    yield Format("SPARQL", page.link("/query", query=write_sparql(filters.understood, here.search.index)))
    paged = {"limit": PAGE_SIZE, "offset": (page.number - 1) * PAGE_SIZE}
    sort = {} if filters.ask.sort == "relevance" else {"sort": filters.ask.sort}
    yield Format("JSON", _address("search", filters, {**sort, **paged}))
    yield Format("XLSX", _address("search.xlsx", filters, limit))
    for kind in kinds:
        if kind in _FILES:
            remark = page.say[_FILES[kind] if _FILES[kind] in page.say else kind].lower()
            yield Format("CSV", _address(f"{_FILES[kind]}.csv", filters, limit), remark)
    if set(kinds) & set(_DATED):
        yield Format("ICS", _address("deadlines.ics", filters, {}), page.say["format_calendar"])


def _address(path: str, filters: Filters, further: Mapping[str, object]) -> str:
    """Where the REST API has it: the kind is in the name of a table."""
    demands = {
        name: values for name, values in filters.ask.demands.items() if path.startswith("search") or name != "kind"
    }
    asked = {"q": filters.ask.query, **demands, "ignore": filters.ask.ignore, **further}
    pairs = {name: value for name, value in asked.items() if value not in ("", ()) or name == "q"}
    return f"/api/{path}?{urlencode(pairs, doseq=True)}"
