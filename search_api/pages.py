"""Web pages, made on the server: one item, one document, one section, about; they work without JavaScript."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from graph.inputs import program_version
from search_api.assets import list_packages
from search_api.depends import Here
from search_api.held_texts import list_texts
from search_api.linked_schema import schema_of_document
from search_api.lookup import describe_document
from search_api.page_about import list_accuracy, list_held, list_libraries, load_accuracy
from search_api.page_base import name_document, read_page, respond, tail
from search_api.page_contents import count_below, list_contents, list_tabs
from search_api.page_item import list_dates, list_identity, list_places, list_wording
from search_api.page_lead import lead_on
from search_api.page_names import find_record, say_name
from search_api.page_problem import render_problem
from search_api.page_read import link_texts, list_outline
from search_api.page_trace import list_related
from search_api.page_words import head_text, shorten
from search_api.present import kind_of, title_of
from search_api.static_files import STATIC

router = APIRouter(include_in_schema=False)
_FOREVER = "public, max-age=31536000, immutable"
_AN_HOUR = "public, max-age=3600"


@router.get("/document/{path:path}")
def show_document(path: str, request: Request, here: Here) -> Response:
    """A document: its identity, what it rests on, what rests on it, and what it asks for."""
    page = read_page(request)
    record = find_record(here, path)
    if record is None or record["record"] != "document":
        return lead_on(here, path, request, page)
    document = describe_document(here, record["id"])
    above, below, is_cut = list_related(here, document["links_from"], document["links_to"], page)
    contents = list_contents(here, document["id"], page)
    return respond(
        page,
        "document.html",
        document=document,
        schema=schema_of_document(here, document),
        text_of=link_texts(here, page),
        has_text=document["file"] in list_texts(here),
        outline=list_outline(here, document["id"], page),
        title=name_document(document, page),
        wording=list(list_wording(document, page)),
        identity=list(list_identity(here, document, page)),
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
        return lead_on(here, path, request, page)
    contents = list_contents(here, part["document"], page, part["id"])
    return respond(
        page,
        "section.html",
        part=part,
        text_of=link_texts(here, page),
        kind=kind_of(part, page.language),
        short=say_name(here, part["id"], page.language),
        title=shorten(title_of(part)),
        headed=head_text(title_of(part)),
        document=here.records.get(part["document"]) or {},
        places=list(list_places(part, page)),
        contents=contents,
        tabs=list(list_tabs(count_below(here, part["document"], part["id"]), contents.kind, page)),
    )


@router.get("/about")
def show_about(request: Request, here: Here) -> Response:
    """What this is, what it is not, how well it reads, and how to check a fact."""
    page = read_page(request)
    counts: dict[str, Any] = {
        name: sum(each["counts"][name] for each in here.documents) for name in ("tasks", "duties", "targets")
    }
    held = list_held(here, page)
    return respond(
        page,
        "about.html",
        held=held,
        counts=counts,
        cited=len(here.documents) - len(held),
        accuracy=list(list_accuracy(page)),
        scores=load_accuracy(),
        libraries=list_libraries(),
        packages=list_packages(),
        version=program_version(),
    )


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
