"""The SPARQL 1.1 protocol, read-only: a query by GET, as a form, or as it is, each run where it can be killed."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from graph.sparql import Invalid, Refused
from graph.sparql_answer import ROW_FORMATS, TRIPLE_FORMATS, Answer, NoSuchFormat
from graph.sparql_answer import Request as Query
from graph.sparql_worker import TooSlow
from search_api.cross_origin import FORM, PLAIN
from search_api.depends import Here
from search_api.live import Opened
from search_api.negotiate import MEDIA_TYPES, own_media_type, read_accept
from search_api.problems import KINDS, Kind, document_problem
from search_api.service_description import describe_service
from search_api.sparql_pool import SparqlPool

LARGEST = 100_000  # bytes of a request
PATIENCE = 10.0  # seconds for its body to come
# What SPARQLWrapper and others write behind `format=`.
ALSO_CALLED = {"turtle": "ttl", "n3": "ttl", "n-triples": "nt", "ntriples": "nt", "json-ld": "jsonld"}
ALSO_CALLED |= {"rdf": "rdfxml", "rdf+xml": "rdfxml", "rdf/xml": "rdfxml"}
FORMATS = (*ROW_FORMATS, *TRIPLE_FORMATS)
EXAMPLE = "SELECT ?task ?text { ?task a cc:Task ; cc:text ?text } LIMIT 10"
_PARAMETER = re.compile(r"""(?:^|;)\s*charset\s*=\s*["']?([^"';\s]*)""", re.IGNORECASE)
_CHARSET = ("text/csv", "text/tab-separated-values", "text/turtle")
router = APIRouter(tags=["sparql"])


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of the protocol: what to run, and which media type to call each format."""

    query: Query
    media_types: dict[str, str]


_PARAMETERS: list[dict[str, Any]] = [
    {
        "name": "query",
        "in": "query",
        "description": "SPARQL 1.1, read-only; cc:, eli:, org:, skos: and the like need not be declared. Without it "
        "the answer describes the endpoint.",
        "schema": {"type": "string", "maxLength": LARGEST},
        "example": EXAMPLE,
    },
    {
        "name": "format",
        "in": "query",
        "description": "In place of Accept: json, xml, csv or tsv for rows; ttl, nt, jsonld or rdfxml for triples.",
        "schema": {"type": "string", "enum": [*FORMATS, *ALSO_CALLED]},
        "example": "csv",
    },
    *(
        {
            "name": name,
            "in": "query",
            "description": "A graph of this store to ask instead of all; may be repeated.",
            "schema": {"type": "array", "items": {"type": "string"}},
            "example": ["https://w3id.org/cancu/graph/agencies"],
        }
        for name in ("default-graph-uri", "named-graph-uri")
    ),
]
_BODY = {
    "required": True,
    "content": {
        FORM: {
            "schema": {
                "type": "object",
                "required": ["query"],
                "properties": {each["name"]: {**each["schema"]} for each in _PARAMETERS},
            },
            "example": {"query": EXAMPLE, "format": "csv"},
        },
        PLAIN: {"schema": {"type": "string"}, "example": EXAMPLE},
    },
}
_ROWS = {"head": {"vars": ["n"]}, "results": {"bindings": [{"n": {"type": "literal", "value": "608"}}]}}
_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Rows of SELECT and ASK, triples of CONSTRUCT and DESCRIBE and of what the endpoint is.",
        "content": {own_media_type(each): {} for each in FORMATS} | {own_media_type("json"): {"example": _ROWS}},
    },
    400: document_problem(KINDS[Invalid], "syntax error at line 1, column 8, near `LIMT 5`"),
    406: document_problem(Kind(406, "", "Not Acceptable"), "none of the formats in Accept is among application/json"),
    413: document_problem(Kind(413, "", "Content Too Large"), "the query is longer than 100 kB"),
    503: document_problem(KINDS[TooSlow], "the query was stopped after 10 s"),
}
_POSTED: dict[int | str, dict[str, Any]] = {
    **_RESPONSES,
    415: document_problem(Kind(415, "", "Unsupported Media Type"), f"expected {FORM}, got text/html"),
}


@router.get("/sparql", summary="A SPARQL query", responses=_RESPONSES, openapi_extra={"parameters": _PARAMETERS})
async def get_sparql(request: Request, here: Here) -> Response:
    """`?query=`, with `format=` or Accept; updates, SERVICE and graphs outside the store are refused.

    `cc:score(?task, "chữ ký số")` is the score of an item in a search for a text, `cc:passage` the words of it.
    """
    raw = request.scope["query_string"]
    if len(raw) > 3 * LARGEST:  # percent-encoded
        raise _too_long()
    parameters = _read_parameters(raw)
    if parameters.keys() <= {"format"}:
        return _describe(request, parameters, here)
    return await _answer(request, parameters)


@router.post("/sparql", summary="A long SPARQL query", responses=_POSTED, openapi_extra={"requestBody": _BODY})
async def post_sparql(request: Request) -> Response:
    """The same as a form, or the query itself as application/sparql-query."""
    given = _read_content_type(request)
    if given == "application/sparql-update":
        raise Refused("an update is refused: the store is read-only")
    if given not in (FORM, PLAIN):
        raise HTTPException(415, f"expected {FORM} or {PLAIN}, got {given or 'no Content-Type'}")
    body = await _read_body(request)
    parameters = _read_parameters(request.scope["query_string"] if given == PLAIN else body)
    if given == PLAIN:
        parameters["query"] = [_decode(body)]
    return await _answer(request, parameters)


async def _answer(request: Request, parameters: dict[str, list[str]]) -> Response:
    asked = _read_asked(parameters, request.headers.get("accept"))
    pool: SparqlPool = request.app.state.pool
    # Threads of its own: queries that wait must not take those of the other routes.
    threads: CapacityLimiter = request.app.state.sparql_threads
    try:
        answer: Answer = await to_thread.run_sync(pool.run, asked.query, limiter=threads)
    except NoSuchFormat as error:
        if asked.query.format is None:
            raise HTTPException(406, str(error)) from error
        raise
    media_type = asked.media_types.get(answer.format) or own_media_type(answer.format)
    return _respond(answer.content, media_type)


def _describe(request: Request, parameters: dict[str, list[str]], here: Opened) -> Response:
    """The endpoint itself, where nothing is asked of it."""
    media_types = read_accept(request.headers.get("accept"))
    format_ = _read_format(parameters) or next((each for each in media_types if each in TRIPLE_FORMATS), None)
    if format_ not in TRIPLE_FORMATS:
        wanted = ", ".join(own_media_type(each) for each in TRIPLE_FORMATS)
        raise HTTPException(406, f"without `query` the answer describes the endpoint: expected one of {wanted}")
    endpoint = str(request.url.replace(query="", fragment=""))
    return _respond(describe_service(endpoint, here.store, format_), own_media_type(format_))


def _respond(content: bytes, media_type: str) -> Response:
    charset = "; charset=utf-8" if media_type in _CHARSET else ""
    return Response(content, headers={"Content-Type": media_type + charset, "Vary": "Accept"})


def _read_content_type(request: Request) -> str:
    """The media type of a body, which is UTF-8: "application/sparql-query"."""
    given, _, parameters = request.headers.get("content-type", "").partition(";")
    charset = _PARAMETER.search(parameters)
    if charset and charset[1].lower() not in ("utf-8", "utf8"):
        raise HTTPException(415, f"expected a body in UTF-8, got {charset[1][:40]}")
    return given.strip().lower()


def _read_asked(parameters: dict[str, list[str]], accept: str | None) -> Asked:
    if "update" in parameters:
        raise Refused("an update is refused: the store is read-only")
    queries = parameters.get("query", [])
    if len(queries) != 1:
        raise Refused(f"expected one parameter `query`, got {len(queries) or 'none'}")
    if len(queries[0].encode("utf-8", "surrogatepass")) > LARGEST:
        raise _too_long()
    format_, media_types = _read_format(parameters), read_accept(accept)
    if format_ is None and not media_types:
        raise HTTPException(406, f"expected one of {', '.join(MEDIA_TYPES)}")
    query = Query(
        queries[0],
        format_,
        accepted=() if format_ else tuple(media_types),
        default_graphs=tuple(parameters.get("default-graph-uri", ())),
        named_graphs=tuple(parameters.get("named-graph-uri", ())),
    )
    return Asked(query, {} if format_ else media_types)


def _read_format(parameters: dict[str, list[str]]) -> str | None:
    """`format=csv`, or a media type there: "text/turtle" -> "ttl"."""
    given = next(iter(parameters.get("format", ())), "").strip()
    format_ = MEDIA_TYPES.get(given.lower()) or ALSO_CALLED.get(given.lower(), given)
    if format_ and format_ not in FORMATS:
        raise NoSuchFormat(f"no format is called {format_[:40]}: expected one of {', '.join(FORMATS)}")
    return format_ or None


def _read_parameters(raw: bytes) -> dict[str, list[str]]:
    """Parameters, decoded once: b"query=ASK%20%7B%7D" -> {"query": ["ASK {}"]}; bare UTF-8 (curl -d) is taken too."""
    parameters: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(raw.decode(), keep_blank_values=True, errors="strict", max_num_fields=100)
    except UnicodeDecodeError:
        raise Refused("expected percent-encoded UTF-8") from None
    except ValueError:
        raise Refused("there are more than 100 parameters") from None
    for name, value in pairs:
        parameters.setdefault(name, []).append(value)
    return parameters


async def _read_body(request: Request) -> bytes:
    """The body, as long as it is short enough and comes soon enough."""
    limit = 3 * LARGEST  # percent-encoded
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length[:12]) > limit:
        raise _too_long()
    body = bytearray()
    try:
        async with asyncio.timeout(PATIENCE):
            async for part in request.stream():
                body += part
                if len(body) > limit:
                    raise _too_long()
    except TimeoutError:
        raise HTTPException(408, f"the body did not come within {PATIENCE:g} s") from None
    except ClientDisconnect:
        raise HTTPException(400, "the body ended too early") from None
    return bytes(body)


def _decode(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("expected a query in UTF-8") from None


def _too_long() -> HTTPException:
    return HTTPException(413, f"a query may have {LARGEST:,} bytes")
