"""From another name of a thing to its page."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from graph.generations import Problem
from graph.names import Ambiguous
from search_api.live import Opened
from search_api.page_base import Page
from search_api.page_names import find_moved, find_named, find_record
from search_api.page_problem import render_problem


def lead_on(here: Opened, path: str, request: Request, page: Page) -> Response:
    """To the page of what a name means: a document under /task, a draft's name, a short form."""
    try:
        moved = find_moved(here, path)
        found = moved or find_named(here, path)
    except Problem as problem:
        kind = "ambiguous-name" if isinstance(problem, Ambiguous) else "unknown-name"
        return render_problem(404, str(problem), request, kind, path)
    record = find_record(here, found)
    if record is None:
        return render_problem(404, "nothing has this name", request, "unknown-name", path)
    return RedirectResponse(page.of_record(record["id"], record["record"]), 301 if moved else 303)
