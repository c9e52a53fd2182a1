"""Web pages of documents: the list of all, the text of one with its facts marked, and what was not understood in it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from graph.generations import Problem
from search_api.depends import Here
from search_api.held_texts import list_texts, read_text
from search_api.live import Opened
from search_api.page_base import Page, name_document, read_page, respond, tail
from search_api.page_documents import asked, list_documents, list_places, list_types
from search_api.page_lead import lead_on
from search_api.page_names import find_moved, find_named, find_record
from search_api.page_read import ReadPage
from search_api.page_report import make_report

router = APIRouter(include_in_schema=False)
_FILTERS = ("type", "province", "text")


@router.get("/documents")
def show_documents(request: Request, here: Here) -> Response:
    """All documents, held or only cited: `?q=57-NQ/TW`, `?type=Kế hoạch&province=hung-yen`, `?text=held`."""
    page = read_page(request, *_FILTERS)
    return respond(
        page,
        "documents.html",
        list=list_documents(here, page),
        types=list(list_types(here, page)),
        places=list(list_places(here, page)),
        text=asked(page, "text"),
        texts=list_texts(here),
        is_filtered=any(asked(page, name) for name in ("q", *_FILTERS)),
    )


@router.get("/document/{path:path}/report")
def show_report(path: str, request: Request, here: Here) -> Response:
    """What was not understood of a document, a kind at a time: `?kind=assumed`."""
    page = read_page(request)
    document = find_record(here, path)
    if document is None or document["record"] != "document":
        return _lead_on(here, path, request, page, "/report")
    report = make_report(here, document["id"], page)
    if report is None or document["file"] not in list_texts(here):
        return RedirectResponse(page.of_record(document["id"], "document"), 303)
    title, read = name_document(document, page), f"/read/{tail(document['id'])}"
    return respond(page, "report.html", document=document, title=title, report=report, read=read)


@router.get("/read/{path:path}")
def read_document(path: str, request: Request, here: Here) -> Response:
    """The text of a document as it stands, every fact marked in place: `?line=277`, `?hide=agency`, `?page=2`."""
    page = read_page(request, "line", "hide")
    document = find_record(here, path)
    if document is None or document["record"] != "document":
        return _lead_on(here, path, request, page)
    reading = read_text(here, document["id"])
    if reading is None:
        return RedirectResponse(page.of_record(document["id"], "document"), 303)  # which says that it is only cited
    text = ReadPage(here, reading, page)
    return respond(page, "read.html", document=document, title=name_document(document, page), text=text)


def _lead_on(here: Opened, path: str, request: Request, page: Page, suffix: str = "") -> Response:
    """From another name of a document, or from something in it, to the same view of the document."""
    try:
        moved = find_moved(here, path)
        record = find_record(here, moved or find_named(here, path))
    except Problem:
        record = None
    if record is None:
        return lead_on(here, path, request, page)  # it says why
    if record["record"] == "document":
        first = "/document/" if suffix else "/read/"
        return RedirectResponse(page.link(f"{first}{tail(record['id'])}{suffix}"), 301 if moved else 303)
    line, document = record["source"]["line"], tail(record["document"])
    return RedirectResponse(page.link(f"/read/{document}", line=line) + f"#L{line}", 303)
