"""Web pages of documents: the list of all, the text of one with its facts marked, and what was not understood in it."""

from __future__ import annotations

import hashlib

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from graph.generations import Problem
from search_api.depends import Here
from search_api.held_texts import find_input, list_texts, read_text
from search_api.live import Opened
from search_api.page_base import Page, name_document, read_page, respond, tail
from search_api.page_documents import asked, list_documents, list_places, list_types
from search_api.page_lead import lead_on
from search_api.page_names import find_moved, find_named, find_record
from search_api.page_problem import render_problem
from search_api.page_read import ReadPage
from search_api.page_read_leaf import find_picture
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
    """The text of a document as it stands, every fact marked in place: `?line=277`, `?hide=agency`, `?page=2`.

    `?span=120-144` frames these characters on the picture of a scanned page.
    """
    page = read_page(request, "line", "hide", "span")
    document = find_record(here, path)
    if document is None or document["record"] != "document":
        return _lead_on(here, path, request, page)
    reading = read_text(here, document["id"])
    if reading is None:
        return RedirectResponse(page.of_record(document["id"], "document"), 303)  # which says that it is only cited
    text = ReadPage(here, reading, page)
    return respond(page, "read.html", document=document, title=name_document(document, page), text=text, path=path)


@router.get("/page-picture/{path:path}/{number}.webp")
def show_picture(path: str, number: str, request: Request, here: Here) -> Response:
    """The picture of a page of a scan or PDF, as a build drew it."""
    document = find_record(here, path)
    plan = find_input(here, document["id"]) if document else None
    file = find_picture(here, plan.sha256, number) if plan else None
    try:
        content = file.read_bytes() if file else b""
    except OSError:
        content = b""
    if not content:
        return render_problem(404, "nothing has this name", request)
    headers = {"ETag": f'"{hashlib.sha256(content).hexdigest()[:32]}"', "Cache-Control": "no-cache"}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="image/webp", headers=headers)


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
