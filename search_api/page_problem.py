"""An error as a page for a browser: render_problem(404, "nothing is called x", request)."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import HTMLResponse

from search_api.page_base import read_page, respond

_LONGEST_NAME = 100
_TOLD = {400: "400", 404: "404", 422: "400"}  # status -> which words; the others are the server's own fault


def render_problem(status: int, detail: str, request: Request, kind: str = "", asked: str = "") -> HTMLResponse:
    """The page of an error, in the language that the request asks for; `detail` stands below as it is, in English.

    `kind` is the name of the problem, `asked` the name that nothing has: ("unknown-name", "719/QĐ-UBND#II.999").
    """
    page, told = read_page(request), _TOLD.get(status, "400" if status < 500 else "500")
    said = page.say.get(f"problem_is_{kind}", page.say[f"problem_note_{told}"])
    asked = asked or request.url.path
    asked = asked if len(asked) <= _LONGEST_NAME else f"{asked[:_LONGEST_NAME]} …"
    said = said.replace("{name}", asked)  # not a format: the name may have braces
    return respond(page, "problem.html", status, told=told, said=said, status_shown=status, detail=detail)


def is_for_people(request: Request) -> bool:
    """Whether an error of a path is read by people: all but the REST API, SPARQL, and what programs ask for."""
    first = request.url.path.split("/", 2)[1] if "/" in request.url.path else ""
    if first in ("api", "sparql", "openapi.json", "health", "ready"):
        return False
    accept = request.headers.get("accept", "*/*")
    return "text/html" in accept or "*/*" in accept
