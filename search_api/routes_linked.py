"""Linked data: /id names a thing, /doc describes it in every format, /graph is what one text says, /cite finds it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from graph.facts import RDF_TYPE, Facts, node
from graph.names import Ambiguous, Unknown, is_iri
from graph.prefixes import PREFIXES
from search_api.depends import Here
from search_api.download import begin
from search_api.linked_answer import OPEN, Resource, answer_resource, redirect
from search_api.linked_dataset import DATASET
from search_api.linked_formats import (
    CONTEXT,
    ENGINE_FORMATS,
    RDF_FORMATS,
    choose_format,
    split_extension,
    write_triples,
)
from search_api.linked_node import base_of, describe_node, document_triples, find_node
from search_api.linked_page import list_pointing_rows, list_quotes, list_rows, name_node
from search_api.page_base import Page, read_page, respond, tail
from search_api.page_names import find_moved, find_record

router = APIRouter(include_in_schema=False)

_LONGEST_NAME = 1000
_IN_MEMORY = 4 * 2**20  # bytes of a graph; a longer one waits on disk


@router.get("/id/{path:path}")
def name_thing(path: str, request: Request, here: Here) -> Response:
    """A thing is not a document: 303 to the one that describes it, 301 from the name that a draft once had."""
    page = read_page(request)
    if find_node(here, path):
        return redirect(page.link(f"/doc/{path}"))
    if moved := find_moved(here, path):
        return redirect(page.link(f"/id/{moved}"), 301)
    raise Unknown(f"nothing has the identifier /id/{path[:200]}")


@router.get("/doc/{path:path}")
def describe_thing(path: str, request: Request, here: Here) -> Response:
    """What is known of a thing, as Turtle, JSON-LD, N-Triples, RDF/XML, or as its page."""
    page = read_page(request)
    iri = find_node(here, path)
    path, extension = (path, None) if iri else split_extension(path)
    iri = iri or find_node(here, path)
    if iri is None:
        if moved := find_moved(here, path):
            return redirect(page.link(f"/doc/{moved}" + (f".{extension}" if extension else "")), 301)
        raise Unknown(f"nothing is described at /doc/{path[:200]}")
    resource = Resource(f"/doc/{path}", describes=iri, language=page.language)
    format_ = extension or choose_format(request.headers.get("accept"))
    if format_ != "html":
        description = describe_node(here, iri)
        about = document_triples(description, f"{base_of(here)}id/{DATASET}")
        triples = (*description.facts, *description.evidence, *description.labels, *about)
        return answer_resource(request, here, resource, format_, lambda: write_triples(triples, format_))
    if record := find_record(here, path):
        return redirect(page.of_record(record["id"], record["record"]), resource=resource)
    if (here.records.get(iri) or {}).get("record") == "agency":
        return redirect(page.of_record(iri, "agency"), resource=resource)
    if path == DATASET:
        return redirect(page.link("/dataset"), resource=resource)
    return answer_resource(request, here, resource, "html", lambda: _show_node(here, iri, resource, page))


@router.get("/graph/{path:path}")
def read_graph(path: str, request: Request, here: Here) -> Response:
    """All that one text says, or one part that all texts share, as it stands in its named graph."""
    page = read_page(request)
    graph = _find_graph(here, path)
    path, extension = (path, None) if graph else split_extension(path)
    graph = graph or _find_graph(here, path)
    if graph is None:
        raise Unknown(f"there is no graph /graph/{path[:200]}")
    name = graph  # mypy: what a lambda closes over
    resource = Resource(f"/graph/{path}", language=page.language)
    format_ = extension or choose_format(request.headers.get("accept"))
    if format_ == "html":
        return answer_resource(request, here, resource, "html", lambda: _show_node(here, name, resource, page))
    return answer_resource(request, here, resource, format_, lambda: _stream_graph(here, name, format_))


@router.get("/cite/{name:path}")
def cite(name: str, request: Request, here: Here) -> Response:
    """Where a name as people write it leads, e.g. /cite/569/QĐ-TTg; 300 with the choices where several have it."""
    page = read_page(request)
    if not name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
        raise Unknown("nothing has this name")
    try:
        return redirect(page.link(f"/doc/{tail(here.names.find(name))}"))
    except Ambiguous as ambiguous:
        return _offer(here, name, ambiguous, request, page)


@router.get("/context.jsonld")
def read_context() -> Response:
    """The JSON-LD context that our answers carry in them; nothing ever has to be fetched."""
    headers = {**OPEN, "Cache-Control": "public, max-age=3600"}
    return JSONResponse(CONTEXT, headers=headers, media_type="application/ld+json")


def _show_node(here: Here, iri: str, resource: Resource, page: Page) -> Response:
    description = describe_node(here, iri)
    pointing, is_cut = list_pointing_rows(here, iri, page)
    types = Facts(here.store).values(iri, RDF_TYPE)
    return respond(
        page,
        "node.html",
        iri=iri,
        resource=resource,
        name=name_node(here, iri, page.language),
        kinds=[name_node(here, each, page.language) for each in types],
        facts=list_rows(here, description, page),
        quotes=list_quotes(here, description, page),
        pointing=pointing,
        pointing_is_cut=is_cut,
    )


def _find_graph(here: Here, path: str) -> str | None:
    iri = f"{base_of(here)}graph/{path}"
    return iri if path and is_iri(iri) and here.store.contains_named_graph(node(iri)) else None


def _stream_graph(here: Here, graph: str, format_: str) -> Response:
    media_type = RDF_FORMATS[format_]
    headers = {"Content-Type": media_type + ("; charset=utf-8" if format_ == "ttl" else "")}
    return StreamingResponse(begin(_dump_graph(here, graph, format_)), headers=headers)


def _dump_graph(here: Here, graph: str, format_: str) -> Iterator[bytes]:
    """A graph of any size: written by the engine, sent in parts."""
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
        here.store.dump(spool, ENGINE_FORMATS[format_], from_graph=node(graph), prefixes=PREFIXES)
        spool.seek(0)
        while part := spool.read(2**16):
            yield part


def _offer(here: Here, name: str, ambiguous: Ambiguous, request: Request, page: Page) -> Response:
    """The things that share a name, for people or for programs: who asks chooses."""
    choices = []
    for iri in ambiguous.choices:
        record = here.records.get(iri) or {}
        title = record.get("title") or record.get("text") or record.get("indicator")
        told = {each: record.get(each) for each in ("number", "date", "issuer", "held")}
        choices.append({"id": iri, "short": here.names.short(iri), "title": title, **told, "doc": f"/doc/{tail(iri)}"})
    links = ", ".join(f'<{each["doc"]}>; rel="item"' for each in choices[:50])
    headers = {**OPEN, "Vary": "Accept", "Link": links}
    if choose_format(request.headers.get("accept"), {"html": "text/html", "json": "application/json"}) == "html":
        answer = respond(page, "choices.html", 300, asked=name, choices=choices)
        answer.headers.update(headers)
        return answer
    return JSONResponse({"name": name, "choices": choices}, 300, headers)
