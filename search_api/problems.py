"""Errors as RFC 9457 problem documents: turned into HTTP here and nowhere else."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from graph.generations import Problem
from graph.names import Unknown
from graph.sparql import Invalid, Malformed, Refused
from graph.sparql_answer import NoSuchFormat, TooLarge
from graph.sparql_worker import NotStarted, TooGreedy, TooSlow
from search_api.demands import UnknownValue
from search_api.exports import TooManyFiles
from search_api.page_problem import is_for_people, render_problem
from search_api.paging import BadCursor
from search_api.record_store import Damaged
from search_api.sparql_pool import Busy

MEDIA_TYPE = "application/problem+json"
TYPES = "/docs#problem-"  # the page of the API lists them
SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",  # /sparql is read across origins by CORS, which this leaves alone
}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a class of errors is on the wire: its status, its name, what it says of all such errors."""

    status: int
    name: str
    title: str
    retry_after: int | None = None  # seconds


# The first class that an error belongs to.
KINDS: Mapping[type[Exception], Kind] = {
    Unknown: Kind(404, "unknown-name", "Nothing has this name"),
    Invalid: Kind(400, "sparql-syntax", "The query is not SPARQL 1.1"),
    NoSuchFormat: Kind(400, "no-such-format", "This form of query has no results of this format"),
    Refused: Kind(400, "query-refused", "The query may not run here"),
    TooLarge: Kind(400, "answer-too-large", "The answer is too large"),
    TooSlow: Kind(503, "query-too-slow", "The query took too much time", 10),
    TooGreedy: Kind(503, "query-too-greedy", "The query took too much memory", 10),
    NotStarted: Kind(503, "no-query-process", "No process can run the query", 10),
    Busy: Kind(503, "busy", "Too many queries are running", 5),
    TooManyFiles: Kind(503, "too-many-files", "Too many files are being made", 5),
    BadCursor: Kind(400, "bad-cursor", "The cursor belongs to no page of this list"),
    UnknownValue: Kind(422, "unknown-value", "A filter has no such value"),
    Damaged: Kind(500, "damaged", "The knowledge base is damaged"),
    Problem: Kind(400, "bad-request", "The request cannot be answered"),
}
INVALID = Kind(422, "invalid-parameter", "A parameter is missing, unknown or has no such value")
INTERNAL = Kind(500, "internal-error", "Something went wrong inside the server")
_UNSAID: Mapping[type[Exception], str] = {
    Damaged: "build the knowledge base again",
    NotStarted: "no query process could be started over the store",
}
_TEXT, _NUMBER = {"type": "string"}, {"type": "integer"}
SCHEMA = {
    "title": "ProblemDocument",
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": _TEXT,
        "title": _TEXT,
        "status": _NUMBER,
        "detail": _TEXT,
        "instance": _TEXT,
        "line": _NUMBER,
        "column": _NUMBER,
        "known": {"type": "array", "items": _TEXT},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
}


def document_problem(kind: Kind, detail: str) -> dict[str, Any]:
    """How an error stands in the OpenAPI document: responses={404: document_problem(kind, "nothing is called x")}."""
    example = {"type": TYPES + kind.name, "title": kind.title, "status": kind.status, "detail": detail, "instance": "/"}
    return {"description": kind.title, "content": {MEDIA_TYPE: {"schema": SCHEMA, "example": example}}}


# What every operation may answer.
DOCUMENTED: dict[int | str, dict[str, Any]] = {
    422: document_problem(INVALID, "no parameter is called limt: known are limit, offset"),
    500: document_problem(INTERNAL, "the error is in the server's log"),
}


class UnknownParameters(Exception):
    """Parameters that an operation does not have, e.g. `?limt=5`, and those that it has."""

    def __init__(self, unknown: tuple[str, ...], known: tuple[str, ...]) -> None:
        super().__init__(unknown, known)
        self.unknown, self.known = unknown, known


def answer_problem(
    request: Request,
    kind: Kind,
    detail: str,
    more: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """One problem document, or its page for a browser: answer_problem(request, INVALID, "expected `q`")."""
    content = {
        "type": "about:blank" if kind.name == "" else TYPES + kind.name,
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
        "instance": request.scope.get("raw_path", b"").decode("ascii", "replace").partition("?")[0],
        **(more or {}),
    }
    retry = {} if kind.retry_after is None else {"Retry-After": str(kind.retry_after)}
    further = {**SECURITY, **retry, **(headers or {})}
    if is_for_people(request):
        page = render_problem(kind.status, detail, request, kind.name)
        page.headers.update(further)
        return page
    return JSONResponse(content, kind.status, further, MEDIA_TYPE)


def add_handlers(app: FastAPI) -> None:
    """Every error that leaves a route becomes a problem document."""
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(UnknownParameters, _on_unknown_parameters)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_anything)


def tell_problem(error: Exception) -> tuple[Kind, str]:
    """What an error is and what may be said of it; what names a path of the server goes to its log instead."""
    kind = next(kind for class_, kind in KINDS.items() if isinstance(error, class_))
    if type(error) not in _UNSAID:
        return kind, str(error)
    print(f"cancu: {error}", file=sys.stderr, flush=True)
    return kind, _UNSAID[type(error)]


def _on_problem(request: Request, error: Exception) -> Response:
    kind, detail = tell_problem(error)
    place = {"line": error.line, "column": error.column} if isinstance(error, Malformed) else {}
    return answer_problem(request, kind, detail, place)


def _on_unknown_parameters(request: Request, error: Exception) -> Response:
    assert isinstance(error, UnknownParameters)
    known = ", ".join(error.known) or "none"
    errors = [{"parameter": name, "detail": "there is no such parameter"} for name in error.unknown]
    detail = f"no parameter is called {', '.join(error.unknown)}: known are {known}"
    return answer_problem(request, INVALID, detail, {"errors": errors, "known": error.known})


def _on_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors = [
        {"parameter": ".".join(map(str, each["loc"][1:])) or str(each["loc"][0]), "detail": each["msg"]}
        for each in error.errors()
    ]
    detail = "; ".join(f"{each['parameter']}: {each['detail']}" for each in errors)
    return answer_problem(request, INVALID, detail, {"errors": errors, "known": known_parameters(request)})


def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    title = HTTPStatus(error.status_code).phrase
    detail = error.detail if error.detail != title else f"{title}: {request.method} {request.url.path}"
    return answer_problem(request, Kind(error.status_code, "", title), detail, headers=error.headers)


def _on_anything(request: Request, error: Exception) -> Response:
    return answer_problem(request, INTERNAL, "the error is in the server's log")


async def refuse_unknown_parameters(request: Request) -> None:
    """A dependency of all routes: what /api/ does not know it refuses, for a misspelt filter filters nothing.

    `async`, as it only looks: /health must not wait for a thread.
    """
    if not request.url.path.startswith("/api/"):
        return
    known = known_parameters(request)
    if unknown := tuple(dict.fromkeys(name for name in request.query_params if name not in known)):
        raise UnknownParameters(unknown, known)


def known_parameters(request: Request) -> tuple[str, ...]:
    """The query parameters of the operation that a request asks for, as the OpenAPI document has them."""
    path = getattr(request.scope.get("route"), "path_format", "")
    operation = request.app.openapi()["paths"].get(path, {}).get(request.method.lower(), {})
    return tuple(each["name"] for each in operation.get("parameters", ()) if each["in"] == "query")
