"""The search page: the box, what a question was understood to ask, facets, results, and the same answer as data."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from search_api.depends import Here
from search_api.page_base import Page, read_page, respond
from search_api.page_facets import Facets, edit_chips
from search_api.page_filters import PAGE_SIZE, PARAMETERS, list_ignored, list_sorts, read_filters
from search_api.page_formats import list_formats, write_json_link
from search_api.page_problem import render_problem
from search_api.page_read import link_texts
from search_api.page_results import list_emptied, list_filters, list_groups, list_within, say_nothing_due, say_total
from search_api.present import list_notices
from search_api.search import Ask
from search_api.suggestions import suggest

router = APIRouter(include_in_schema=False)
_EXAMPLES = Path(__file__).with_name("examples.json")


@cache
def load_examples() -> list[dict[str, str]]:
    """Questions to begin with: {"language": "vi", "question": "…"}."""
    rows: list[dict[str, str]] = json.loads(_EXAMPLES.read_text(encoding="utf-8"))
    return rows


@router.get("/")
def show_search(request: Request, here: Here) -> Response:
    """The search box, and with a question or a filter what it finds."""
    page = read_page(request, *PARAMETERS)
    if not page.question and not any(page.asked[name] for name in PARAMETERS):
        held = sorted(
            (each for each in here.documents if each["held"]), key=lambda each: each["date"] or "", reverse=True
        )
        return respond(page, "home.html", examples=load_examples(), documents=held)
    if here.search is None:
        return render_problem(503, "this server was started without search", request, "no-search")
    filters, unread = read_filters(here.search, page)
    page, answer, pages = _find(here, filters.page, filters.ask)
    asked_page = filters.page.first("page")
    filters = replace(filters, page=page)
    facets = Facets(here, filters, answer)
    return respond(
        page,
        "results.html",
        filters=list(list_filters(answer, filters, edit_chips(facets, filters))),
        ignored=list(list_ignored(filters)),
        unread=unread,
        no_page="" if asked_page in ("", str(page.number)) else asked_page[:20],
        notices=list(list_notices(answer, page.language)),
        text_of=link_texts(here, page),
        added=facets.add(),
        others=filters.others,
        within=list(list_within(answer, filters)),
        emptied=list(list_emptied(answer, filters)),
        total=say_total(answer, page) if answer["total"] else page.say["nothing"],
        groups=list(list_groups(here, answer, page)),
        nothing_due=say_nothing_due(answer, page),
        facets=list(facets.list_facets()),
        sorts=list(list_sorts(filters)),
        formats=list(list_formats(here, filters, answer)),
        json_link=write_json_link(filters),
        examples=load_examples(),
        pages=pages,
        number=page.number,
    )


@router.get("/suggest")
def list_suggestions(request: Request, here: Here) -> Response:
    """Agencies, documents and topics whose names begin as the end of what was typed: `/suggest?q=nhiem+vu+so+y`."""
    page = read_page(request, "of")
    found = suggest(page.question, here, page, page.first("of")) if here.search else []
    return JSONResponse({"suggestions": found}, headers={"Cache-Control": "private, max-age=60"})


def _find(here: Here, page: Page, ask: Ask) -> tuple[Page, dict[str, Any], int]:
    """One page of an answer, the last where the address asks for one beyond it, and how many there are."""
    ask = replace(ask, limit=PAGE_SIZE)
    answer = here.search.find(replace(ask, offset=(page.number - 1) * PAGE_SIZE))
    pages = max(1, -(-answer["total"] // PAGE_SIZE))
    if page.number > pages:
        page = replace(page, asked={**page.asked, "page": (str(pages),)})
        answer = here.search.find(replace(ask, offset=(pages - 1) * PAGE_SIZE))
    return page, answer, pages
