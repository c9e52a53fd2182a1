"""The SPARQL page: an editor, our own queries as forms, and answers as a table; all of it works without JavaScript."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from graph.generations import Problem
from graph.prefixes import PREFIXES
from graph.shipped import list_groups
from graph.sparql import Malformed
from graph.sparql_answer import Answer
from search_api.depends import Here
from search_api.live import Opened
from search_api.page_base import Page, read_page, respond
from search_api.page_query import (
    MOST_ROWS,
    Asked,
    Rows,
    fill_in,
    list_completions,
    list_inputs,
    locate,
    read_shipped,
    show_answer,
)
from search_api.problems import tell_problem
from search_api.routes_sparql import EXAMPLE, LARGEST

router = APIRouter(include_in_schema=False)
_LONGEST = 1000  # characters of a value


@router.get("/query")
async def show_query(request: Request, here: Here) -> HTMLResponse:
    """The page, and with `?query=` or `?shipped=` what the query finds."""
    # Threads of its own, as at /sparql: queries that wait must not take those of the other routes.
    return await to_thread.run_sync(_answer, request, here, limiter=request.app.state.sparql_threads)


def _answer(request: Request, here: Opened) -> HTMLResponse:
    page, asked = _read_page(request), Asked()
    try:
        asked = _read_asked(page)
        asked = fill_in(here, asked)
        if not asked.text:
            return _show(page, asked)
        answer: Answer = request.app.state.pool.run(asked.query)
        return _show(page, asked, show_answer(here, answer, page, asked.values))
    except Problem as problem:
        return _show(page, asked, problem=problem)


def _read_page(request: Request) -> Page:
    """The page with the query in its links; line ends stay, for a comment ends with its line."""
    given = {name: value for name, value in request.query_params.items() if name not in ("lang", "q", "page")}
    shipped = given.get("shipped", "")
    known: dict[str, tuple[str, ...]] = {}
    if given.get("query", "").strip():
        known = {"query": (given["query"].replace("\r\n", "\n"),)}
    elif shipped:
        known = {name: (value[:_LONGEST],) for name, value in given.items() if name.isidentifier() and value.strip()}
    return replace(read_page(request), asked=known)


def _read_asked(page: Page) -> Asked:
    given = {name: values[0] for name, values in page.asked.items()}
    if "query" in given:
        if len(given["query"].encode("utf-8", "surrogatepass")) > LARGEST:
            raise Problem(f"a query may have {LARGEST:,} bytes")
        return Asked(given["query"])
    return read_shipped(given["shipped"], given) if "shipped" in given else Asked()


def _show(page: Page, asked: Asked, found: Rows | None = None, problem: Problem | None = None) -> HTMLResponse:
    kind, detail = tell_problem(problem) if problem else (None, "")
    text = asked.text or page.first("query")
    if asked.shipped:
        text = f"# {asked.shipped.en if page.language == 'en' else asked.shipped.vi}\n{text}"
    context: dict[str, Any] = {
        "asked": asked,
        "text": text or EXAMPLE.replace(" LIMIT", "\nLIMIT"),
        "found": found,
        "groups": list_groups(),
        "inputs": list(list_inputs(asked.shipped, page)) if asked.shipped else [],
        "most": MOST_ROWS,
        "prefixes": PREFIXES,
        "completions": list_completions(),
        "problem": detail,
        "told": page.say.get(f"query_{kind.name}", "") if kind else "",
        "wrong": locate(text, problem.line, problem.column) if isinstance(problem, Malformed) else None,
    }
    return respond(page, "query.html", kind.status if kind else 200, **context)
