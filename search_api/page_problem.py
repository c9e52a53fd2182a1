"""An error as a page for a browser: render_problem(404, "nothing is called x", request)."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import HTMLResponse

from search_api.live import Live
from search_api.page_base import Page, read_page, respond
from search_api.page_suggestions import Suggestion, suggest

_LONGEST_NAME = 100
# Status -> which words; the others are the server's own fault.
_TOLD = {400: "400", 404: "404", 422: "400", 503: "503"}
_DAMAGED = "damaged"  # the kind of problem that a new build mends


def render_problem(status: int, detail: str, request: Request, kind: str = "", asked: str = "") -> HTMLResponse:
    """The page of an error, in the language that the request asks for; `detail` stands below as it is, in English.

    `kind` is the name of the problem, `asked` the name that nothing has: ("unknown-name", "719/QĐ-UBND#II.999").
    """
    page = read_page(request)
    told = _DAMAGED if kind == _DAMAGED else _TOLD.get(status, "400" if status < 500 else "500")
    said = page.say.get(f"problem_is_{kind}", page.say[f"problem_note_{told}"])
    asked = asked or request.url.path
    asked = asked if len(asked) <= _LONGEST_NAME else f"{asked[:_LONGEST_NAME]} …"
    said = said.replace("{name}", asked)  # not a format: the name may have braces
    suggestions = _suggest(request, page) if status == 404 else []
    shown = {"told": told, "said": said, "status_shown": status, "detail": detail, "suggestions": suggestions}
    return respond(page, "problem.html", status, **shown)


def is_for_people(request: Request) -> bool:
    """Whether an error of a path is read by people: all but the REST API, SPARQL, and what programs ask for."""
    first = request.url.path.split("/", 2)[1] if "/" in request.url.path else ""
    if first in ("api", "sparql", "openapi.json", "health", "ready"):
        return False
    accept = request.headers.get("accept", "*/*")
    return "text/html" in accept or "*/*" in accept


def _suggest(request: Request, page: Page) -> list[Suggestion]:
    """Nothing, where the knowledge base itself cannot be read: the page of an error must come all the same."""
    live: Live | None = getattr(getattr(request.scope.get("app"), "state", None), "live", None)
    try:
        return suggest(live.current(), request.url.path, page) if live else []
    except Exception:
        return []
