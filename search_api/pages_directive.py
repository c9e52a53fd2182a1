"""The page of a directive: all that rests on it, by province, agency, topic and year, and what it rests on itself."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from search_api.depends import Here
from search_api.page_base import name_document, read_page, respond, tail
from search_api.page_basis import show_basis
from search_api.page_directive import PARAMETERS, find_resting, grow_documents, list_items
from search_api.page_lead import lead_on
from search_api.page_names import find_record
from search_api.page_trace import list_notes

router = APIRouter(include_in_schema=False)


@router.get("/directive/{path:path}")
def show_directive(path: str, request: Request, here: Here) -> Response:
    """Everything below a document, held or only cited: `/directive/57-NQ/TW` leads to the page of its full name."""
    page = read_page(request, *PARAMETERS)
    document = find_record(here, path)
    if document is None or document["record"] != "document":
        found = lead_on(here, path, request, page)
        to = found.headers.get("location", "")
        return RedirectResponse(to.replace("/document/", "/directive/", 1), found.status_code) if to else found
    below = find_resting(here, document["id"])
    documents, left_out = grow_documents(here, below, page)
    above, basis = show_basis(here, document, page)
    return respond(
        page,
        "directive.html",
        200,
        document=document,
        title=name_document(document, page),
        notes=list(list_notes(above, page)),
        counts=below.count(here.names.facts),
        listed=list_items(here, below, page),
        documents=documents,
        left_out=left_out,
        path=tail(document["id"]),
        **basis,
    )
