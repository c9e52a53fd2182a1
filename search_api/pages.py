"""Web pages, made on the server: one item, one document, one section, about; they work without JavaScript."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from graph.generations import Problem
from graph.trace import trace, trace_as_json
from search_api.depends import Here
from search_api.linked_schema import schema_of_document, schema_of_item
from search_api.lookup import describe_document, describe_item
from search_api.page_base import Page, name_document, read_page, respond, tail
from search_api.page_contents import count_below, list_contents, list_tabs
from search_api.page_item import (
    list_dates,
    list_fields,
    list_identity,
    list_missing,
    list_places,
    list_topics,
    list_wording,
)
from search_api.page_names import find_moved, find_named, find_record
from search_api.page_problem import render_problem
from search_api.page_trace import grow_tree, list_related
from search_api.page_words import head_text, shorten
from search_api.present import kind_of, title_of
from search_api.static_files import STATIC

router = APIRouter(include_in_schema=False)
_FOREVER = "public, max-age=31536000, immutable"
_AN_HOUR = "public, max-age=3600"


@router.get("/task/{path:path}")
def show_item(path: str, request: Request, here: Here) -> Response:
    """A task, duty or target with every field's source and what it rests on."""
    page = read_page(request)
    record = find_record(here, path)
    if record is None or record["record"] in ("document", "part"):
        return _lead_on(here, path, request, page)
    item = describe_item(here, record["id"])
    document = here.records.get(item["document"]) or {}
    text = item["indicator"] if item["record"] == "target" else item["text"]
    found = trace(here.store, item["id"])
    return respond(
        page,
        "item.html",
        item=item,
        schema=schema_of_item(here, item, document),
        title=shorten(title_of(item)),
        headed=head_text(item.get("name") or text),
        text=text if item.get("name") else "",
        document=document,
        places=list(list_places(item, page)),
        wording=list(list_wording(item, page)),
        fields=list(list_fields(here, item, page)),
        missing=list_missing(item, page),
        topics=list(list_topics(here, item, page)),
        tree=grow_tree(trace_as_json(found, here.names), page),
        is_cut=found.cut,
        path=tail(item["id"]),
        traced=tail(found.start),
    )


@router.get("/document/{path:path}")
def show_document(path: str, request: Request, here: Here) -> Response:
    """A document: its identity, what it rests on, what rests on it, and what it asks for."""
    page = read_page(request)
    record = find_record(here, path)
    if record is None or record["record"] != "document":
        return _lead_on(here, path, request, page)
    document = describe_document(here, record["id"])
    above, below, is_cut = list_related(here, document["links_from"], document["links_to"], page)
    contents = list_contents(here, document["id"], page)
    return respond(
        page,
        "document.html",
        document=document,
        schema=schema_of_document(here, document),
        title=name_document(document, page),
        wording=list(list_wording(document, page)),
        identity=list(list_identity(document, page)),
        dates=list_dates(here, document, page),
        above=above,
        below=below,
        is_cut=is_cut,
        contents=contents,
        tabs=list(list_tabs(document["counts"], contents.kind, page)),
        path=tail(document["id"]),
    )


@router.get("/section/{path:path}")
def show_section(path: str, request: Request, here: Here) -> Response:
    """A heading, annex or paragraph: its words, where it stands, and what is asked for below it."""
    page = read_page(request)
    part = find_record(here, path)
    if part is None or part["record"] != "part":
        return _lead_on(here, path, request, page)
    contents = list_contents(here, part["document"], page, part["id"])
    return respond(
        page,
        "section.html",
        part=part,
        kind=kind_of(part, page.language),
        short=here.names.short(part["id"]),
        title=shorten(title_of(part)),
        headed=head_text(title_of(part)),
        document=here.records.get(part["document"]) or {},
        places=list(list_places(part, page)),
        contents=contents,
        tabs=list(list_tabs(count_below(here, part["document"], part["id"]), contents.kind, page)),
    )


@router.get("/about")
def show_about(request: Request, here: Here) -> Response:
    """What this is, what it is not, and how to check a fact."""
    held = [each for each in here.documents if each["held"]]
    counts: dict[str, Any] = {
        name: sum(each["counts"][name] for each in here.documents) for name in ("tasks", "duties", "targets")
    }
    return respond(read_page(request), "about.html", held=held, counts=counts, cited=len(here.documents) - len(held))


@router.get("/static/{name:path}")
def read_static(name: str, request: Request) -> Response:
    """A file that pages load; under the hash of what it holds it never changes."""
    file = STATIC.get(name)
    if file is None:
        return render_problem(404, "there is no such file", request)
    is_this = request.query_params.get("v") == file.version
    return Response(
        file.content, media_type=file.media_type, headers={"Cache-Control": _FOREVER if is_this else _AN_HOUR}
    )


@router.get("/favicon.ico")
def read_icon(request: Request) -> Response:
    """What browsers ask for unasked."""
    return read_static("favicon.svg", request)


def _lead_on(here: Here, path: str, request: Request, page: Page) -> Response:
    """From another name of a thing to its page: a document under /task, a draft's name, a short form."""
    try:
        moved = find_moved(here, path)
        found = moved or find_named(here, path)
    except Problem as problem:
        return render_problem(404, str(problem), request)
    record = find_record(here, found)
    if record is None:
        return render_problem(404, "nothing has this name", request)
    return RedirectResponse(page.of_record(record["id"], record["record"]), 301 if moved else 303)
