"""The page of a task, duty or target: its fields with their sources, what it rests on, and what stands around it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from search_api.depends import Here
from search_api.linked_schema import schema_of_item
from search_api.lookup import describe_item
from search_api.page_base import read_page, respond, tail
from search_api.page_basis import show_basis
from search_api.page_item import list_fields, list_missing, list_places, list_topics, list_wording
from search_api.page_lead import lead_on
from search_api.page_lives import list_lives
from search_api.page_names import find_record
from search_api.page_nearby import find_around, list_near, list_same
from search_api.page_words import head_text, shorten
from search_api.present import say_short, title_of

router = APIRouter(include_in_schema=False)


@router.get("/task/{path:path}")
def show_item(path: str, request: Request, here: Here) -> Response:
    """A task, duty or target with every field's source, what it rests on, and what says the same."""
    page = read_page(request)
    record = find_record(here, path)
    if record is None or record["record"] in ("document", "part"):
        return lead_on(here, path, request, page)
    item = describe_item(here, record["id"])
    document = here.records.get(item["document"]) or {}
    text = item["indicator"] if item["record"] == "target" else item["text"]
    answer, basis = show_basis(here, item, page)
    return respond(
        page,
        "item.html",
        200,
        item=item,
        short=say_short(item["short"], document, page.language),
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
        around=find_around(here, item, page),
        same=list_same(here, item, page),
        near=list_near(here, item, page),
        lives=list(list_lives(here, item, page)),
        path=tail(item["id"]),
        traced=tail(answer["start"]),
        **basis,
    )
