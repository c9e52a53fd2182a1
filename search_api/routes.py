"""REST: one task, duty or target; documents; tracing; whether the server lives and is ready."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from graph.generations import Problem
from graph.names import Unknown
from graph.trace import MOST_STEPS
from graph.trace_down import MOST_DOCUMENTS, describe_directive, sort_items, write_items
from graph.trace_short import FEW
from graph.trace_show import TraceAsked, answer_trace, show_trace
from ingest.fold import fold
from search_api.answers import (
    DirectiveAnswer,
    DocumentAnswer,
    DutyAnswer,
    Ready,
    SomeFields,
    TargetAnswer,
    TaskAnswer,
    TraceAnswer,
)
from search_api.depends import Here
from search_api.list_answers import DOCUMENT_FIELDS, DocumentPage
from search_api.live import Live
from search_api.lookup import describe_document, describe_item
from search_api.paging import MOST_LISTED, BadCursor, FieldsGiven, Page, answer_page, choose_fields, read_fields
from search_api.problems import KINDS, document_problem

MOST_LETTERS = 1000  # of a name; the longest IRI has some 150
NO_NAME = "nothing is called 12/KH-UBND#9; the nearest are 12/KH-UBND#1, 12/KH-UBND#2"
router = APIRouter()
NOT_FOUND: dict[int | str, dict[str, Any]] = {
    400: document_problem(KINDS[Problem], "12/KH-UBND is the name of 2: say which of 12/KH-UBND@2024, 12/KH-UBND@2025"),
    404: document_problem(KINDS[Unknown], NO_NAME),
}
NAMES = {
    "short": {"summary": "number and row", "value": "12/KH-UBND#II.7"},
    "path": {"summary": "path of the IRI", "value": "vn/trung-uong/qd-ttg/2020/12/muc/1"},
    "code": {"summary": "code of a task", "value": "CQS1.2"},
}
ItemName = Annotated[
    str,
    Path(
        max_length=MOST_LETTERS,
        description="A task, duty or target: its IRI or the path of it, its short form (percent-encoded), its code.",
        openapi_examples=NAMES,
    ),
]
DocumentName = Annotated[
    str,
    Path(
        max_length=MOST_LETTERS,
        description="A document: its IRI or the path of it, its number (with @year or @jurisdiction), its file.",
        examples=["12/KH-UBND", "12/KH-UBND@2025", "vn/trung-uong/qd-ttg/2020/12"],
    ),
]
AnyName = Annotated[
    str,
    Query(
        max_length=MOST_LETTERS,
        description="A task, duty, target or document, by any of its names.",
        examples=["12/KH-UBND#II.7", "12/KH-UBND", "CQS1.2"],
    ),
]


Depth = Annotated[int, Query(ge=1, le=MOST_STEPS, description="How many steps at most.", examples=[MOST_STEPS])]
MEDIA_TYPES_OF_TRACES = {"text": "text/plain", "mermaid": "text/vnd.mermaid", "dot": "text/vnd.graphviz"}


@router.get(
    "/api/tasks/{id:path}",
    tags=["records"],
    summary="One task, duty or target",
    response_model=TaskAnswer | DutyAnswer | TargetAnswer | SomeFields,
    responses=NOT_FOUND,
)
def read_task(id: ItemName, here: Here, fields: FieldsGiven = None) -> Response:
    """The record with the sentence of every field, e.g. `/api/tasks/12%2FKH-UBND%23II.7`."""
    return _answer_one(describe_item(here, id), fields)


@router.get(
    "/api/documents",
    tags=["records"],
    summary="Documents · Văn bản",
    response_model=DocumentPage,
    responses={400: document_problem(KINDS[BadCursor], "the cursor is none that a page of this list gave")},
)
def list_documents(
    request: Request,
    here: Here,
    paging: Page,
    held: Annotated[
        bool | None, Query(description="Only those whose text is here, or only cited ones.", examples=[True])
    ] = None,
    jurisdiction: Annotated[
        str | None,
        Query(max_length=100, description="The slug of a province's life, or trung-uong.", examples=["trung-uong"]),
    ] = None,
    type: Annotated[
        str | None,
        Query(max_length=100, description="The type in Vietnamese, with or without accents.", examples=["Kế hoạch"]),
    ] = None,
) -> Response:
    """Documents that are held or only cited, sorted by IRI, e.g. `?held=true&type=ke hoach`."""
    found = {
        each["id"]: each
        for each in here.documents
        if (held is None or each["held"] is held)
        and (jurisdiction is None or each["jurisdiction"] == jurisdiction)
        and (type is None or fold(each["type"] or "") == fold(type))
    }
    return answer_page(request, paging, list(found), found.__getitem__, DOCUMENT_FIELDS)


@router.get(
    "/api/documents/{id:path}",
    tags=["records"],
    summary="One document",
    response_model=DocumentAnswer | SomeFields,
    responses=NOT_FOUND,
)
def read_document(id: DocumentName, here: Here, fields: FieldsGiven = None) -> Response:
    """The record, the relations that start or end at it, and how many tasks, duties and targets it has."""
    return _answer_one(describe_document(here, id), fields)


@router.get(
    "/api/trace",
    tags=["trace"],
    summary="What something rests on",
    response_model=TraceAnswer,
    responses={
        **NOT_FOUND,
        200: {"content": {"text/plain": {}, "text/vnd.mermaid": {}, "text/vnd.graphviz": {}}},
    },
)
def read_trace(
    id: AnyName,
    here: Here,
    down: Annotated[
        bool, Query(description="What rests on it, instead of what it rests on.", examples=[False])
    ] = False,
    depth: Depth = MOST_STEPS,
    limit: Annotated[
        int,
        Query(ge=1, le=MOST_LISTED, description="Of a drawing or text downwards: tasks per document.", examples=[5]),
    ] = FEW,
    format: Annotated[Literal["json", "text", "mermaid", "dot"], Query(description="The form of the answer.")] = "json",
) -> Response:
    """Every path up to the directives that a task, duty, target or document rests on, each step with its quote."""
    asked = TraceAsked(here.names.find(id), down, depth, limit)
    if format == "json":
        return JSONResponse(answer_trace(here.names, asked))
    shown, _ = show_trace(here.names, asked, format)
    return PlainTextResponse(shown, media_type=MEDIA_TYPES_OF_TRACES[format])


@router.get(
    "/api/directives/{id:path}",
    tags=["trace"],
    summary="What rests on a directive",
    response_model=DirectiveAnswer,
    responses=NOT_FOUND,
)
def read_directive(
    id: DocumentName,
    here: Here,
    depth: Depth = MOST_STEPS,
    kind: Annotated[
        Literal["task", "duty", "target"] | None, Query(description="Only these items.", examples=["task"])
    ] = None,
    basis: Annotated[
        Literal["stated", "inherited"] | None,
        Query(description="Only items that name it themselves, or that have it from their document."),
    ] = None,
    limit: Annotated[int, Query(ge=0, le=MOST_LISTED, description="How many items at most.", examples=[50])] = 50,
    offset: Annotated[int, Query(ge=0, le=10**9, description="How many to leave out first.", examples=[0])] = 0,
    documents_offset: Annotated[
        int, Query(ge=0, le=10**9, description="How many documents to leave out first.", examples=[0])
    ] = 0,
) -> Response:
    """Every document, task, duty and target that rests on a document, at any distance, each once and counted."""
    documents = slice(documents_offset, documents_offset + MOST_DOCUMENTS)
    about, below = describe_directive(here.names, here.names.find_document(id).iri, depth, documents)
    found = [
        each for each in sort_items(below.items.values()) if kind in (None, each.kind) and basis in (None, each.basis)
    ]
    results = list(write_items(below, found[offset : offset + limit], here.names))
    page = {"total": len(found), "limit": limit, "offset": offset, "results": results}
    return JSONResponse({**about, "items": page})


@router.get("/health", tags=["server"], summary="The process is alive")
async def check_health() -> dict[str, str]:
    """Always the same, also when all threads are busy."""
    return {"status": "alive"}


@router.get("/ready", tags=["server"], summary="Requests can be answered", response_model=Ready)
async def check_ready(request: Request) -> Response:
    """The live generation, e.g. for a load balancer; `problem` says why a newer one is not served."""
    live: Live = request.app.state.live
    manifest = live.current().generation.manifest
    answer = {
        "status": "ready",
        "generation": live.current().generation.id,
        "counts": manifest.get("counts", {}),
        "model": (manifest.get("index") or {}).get("model"),
        "problem": live.problem,
    }
    return JSONResponse(answer)


def _answer_one(record: Mapping[str, Any], fields: str | None) -> Response:
    return JSONResponse(choose_fields(record, read_fields(fields, list(record))))
