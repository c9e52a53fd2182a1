"""What this server says of its data as a whole: the dataset, the vocabulary and the shapes, each in every format."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import pyoxigraph as ox
from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from graph.iri import HOME, NAMESPACE
from search_api.depends import Here
from search_api.linked_answer import Resource, answer_resource
from search_api.linked_dataset import (
    DATASET,
    LICENCE,
    WORDS,
    File,
    count_classes,
    dataset_triples,
    label_triples,
    list_files,
    list_graphs,
    schema_of_dataset,
)
from search_api.linked_formats import FORMATS, RDF_FORMATS, choose_format, write_triples
from search_api.linked_node import base_of
from search_api.linked_vocabulary import SHAPES, list_shapes, list_terms, shape_triples, vocabulary_triples
from search_api.page_base import Page, read_page, respond
from search_api.present import say_date

router = APIRouter(include_in_schema=False)
_SITE = re.compile(r"https?://[A-Za-z0-9.\[\]:_-]+")


@router.get("/dataset")
@router.get("/dataset.{extension}")
def describe_dataset(request: Request, here: Here, extension: str | None = None) -> Response:
    """The dataset with its counts, licence, files and services, as DCAT and VoID or as a page."""
    page = read_page(request)
    resource = Resource("/dataset", describes=f"{base_of(here)}id/{DATASET}", language=page.language)
    show = partial(_show_dataset, request, here, page, resource)
    return _answer(request, here, resource, extension, lambda: _describe(request, here), show)


@router.get("/.well-known/void")
def describe_void(request: Request, here: Here) -> Response:
    """The same record where programs look for it first; Turtle, where they leave the format open."""
    resource = Resource("/dataset", RDF_FORMATS, describes=f"{base_of(here)}id/{DATASET}")
    return _answer(request, here, resource, None, lambda: _describe(request, here))


@router.get("/ns")
@router.get("/ns.{extension}")
def describe_vocabulary(request: Request, here: Here, extension: str | None = None) -> Response:
    """Every class and property of ours, in both languages; an IRI such as ns#Task leads to its place here."""
    page = read_page(request)
    resource = Resource("/ns", describes=NAMESPACE.rstrip("#"), language=page.language)
    show = partial(respond, page, "vocabulary.html", terms=list_terms(), namespace=NAMESPACE, resource=resource)
    return _answer(request, here, resource, extension, vocabulary_triples, show)


@router.get("/shapes")
@router.get("/shapes.{extension}")
def describe_shapes(request: Request, here: Here, extension: str | None = None) -> Response:
    """What must hold of the graph, as SHACL, or as a page with the message of each constraint."""
    page = read_page(request)
    resource = Resource("/shapes", describes=SHAPES, language=page.language)
    show = partial(respond, page, "shapes.html", shapes=list_shapes(), resource=resource)
    return _answer(request, here, resource, extension, shape_triples, show)


def _answer(
    request: Request,
    here: Here,
    resource: Resource,
    extension: str | None,
    describe: Callable[[], tuple[ox.Triple, ...]],
    show: Callable[[], Response] | None = None,
) -> Response:
    if extension is not None and extension not in resource.formats:
        raise HTTPException(404, f"there is no format .{extension[:20]}: expected one of {', '.join(FORMATS)}")
    format_ = extension or choose_format(request.headers.get("accept"), resource.formats)
    if format_ == "html" and show is not None:
        return answer_resource(request, here, resource, format_, show)
    return answer_resource(request, here, resource, format_, lambda: write_triples(describe(), format_))


def _describe(request: Request, here: Here) -> tuple[ox.Triple, ...]:
    triples = tuple(dataset_triples(here, _site(request), _served(request)))
    return (*triples, *label_triples(here, triples))


def _show_dataset(request: Request, here: Here, page: Page, resource: Resource) -> Response:
    files, site = _served(request), _site(request)
    graphs = list_graphs(here)
    return respond(
        page,
        "dataset.html",
        resource=resource,
        words={name: each[page.language] for name, each in WORDS.items()},
        licence=LICENCE,
        counts=count_classes(here),
        built=say_date(here.generation.finished.date().isoformat(), page.language),
        generation=here.generation.id,
        files=files,
        graphs=[f"/{each.removeprefix(base_of(here))}" for each in graphs],
        iri=resource.describes,
        schema=schema_of_dataset(here, site, files, page.language),
    )


def _served(request: Request) -> list[File]:
    return list(list_files(request.app.openapi()))


def _site(request: Request) -> str:
    """Where this server answers, as the request reached it; the project's own home where that is no address."""
    site = str(request.base_url).rstrip("/")
    return site if _SITE.fullmatch(site) else HOME.rstrip("/")
