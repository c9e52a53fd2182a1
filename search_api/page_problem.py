"""An error as a page for a browser: render_problem(404, "nothing is called x", request)."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import HTMLResponse

from search_api.live import Live
from search_api.page_base import Page, one_line, read_page, respond
from search_api.page_suggestions import Suggestion, suggest

_LONGEST_NAME = 100
# Status -> which words; the others are the server's own fault.
_TOLD = {400: "400", 404: "404", 422: "400", 503: "503"}
_DAMAGED = "damaged"  # the kind of problem that a new build mends
_UNKNOWN = ("", "unknown-name")  # kinds of problem of a name that nothing has
# First step of a path -> what is asked for below it; elsewhere a page is.
_ASKED = {
    "agency": "agency",
    "directive": "document",
    "doc": "thing",
    "document": "document",
    "id": "thing",
    "read": "document",
    "section": "section",
    "task": "item",
}


def render_problem(status: int, detail: str, request: Request, kind: str = "", asked: str = "") -> HTMLResponse:
    """The page of an error, in the language that the request asks for.

    `kind` is the name of the problem, `asked` the name that nothing has: ("unknown-name", "719/QĐ-UBND#II.999").
    `detail`, which is English, stands below where it says more than the sentence of the page.
    """
    page = read_page(request)
    told = _DAMAGED if kind == _DAMAGED else _TOLD.get(status, "400" if status < 500 else "500")
    is_unknown = status == 404 and kind in _UNKNOWN
    said = "" if is_unknown else page.say.get(f"problem_is_{kind}", page.say.get(f"problem_note_{told}", ""))
    shown = {
        "told": told,
        "said": _say_unknown(request.scope["path"], asked, page) if is_unknown else _put_name(said, asked),
        "status_shown": status,
        "detail": "" if is_unknown or status >= 500 else detail,
        "suggestions": _suggest(request, page) if status == 404 else [],
    }
    return respond(page, "problem.html", status, **shown)


def is_for_people(request: Request) -> bool:
    """Whether an error of a path is read by people: all but the REST API, SPARQL, and what programs ask for."""
    first = request.url.path.split("/", 2)[1] if "/" in request.url.path else ""
    if first in ("api", "sparql", "openapi.json", "health", "ready"):
        return False
    accept = request.headers.get("accept", "*/*")
    return "text/html" in accept or "*/*" in accept


def _say_unknown(path: str, asked: str, page: Page) -> str:
    """What is not there: _say_unknown("/agency/hung-yen/so-x", "", page) == "Không có cơ quan nào ở …"."""
    first, _, rest = path.strip("/").partition("/")
    name = asked or rest
    what = _ASKED.get(first, "page") if name else "page"
    return _put_name(page.say[f"problem_no_{what}"], path if what == "page" else name)


def _put_name(said: str, name: str) -> str:
    name = one_line("".join(char if char.isprintable() else " " for char in name))
    name = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]} …"
    return said.replace("{name}", name)  # not a format: the name may have braces


def _suggest(request: Request, page: Page) -> list[Suggestion]:
    """Nothing, where the knowledge base itself cannot be read: the page of an error must come all the same."""
    live: Live | None = getattr(getattr(request.scope.get("app"), "state", None), "live", None)
    try:
        return suggest(live.current(), request.url.path, page) if live else []
    except Exception:
        return []
