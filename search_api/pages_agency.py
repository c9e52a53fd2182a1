"""Pages of bodies: their index, and for each what it leads, joins, reports, and the list to print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from graph.export_docx import stream_docx
from search_api.agency_list import list_for_print
from search_api.depends import Here
from search_api.download import name_file, send_file
from search_api.exports import MAKES_A_FILE
from search_api.page_agency import (
    ROWS,
    chart_years,
    find_agency,
    list_rows,
    list_spellings,
    list_tabs,
    read_work,
)
from search_api.page_base import Page, read_page, respond
from search_api.page_bodies import (
    MOST_SHOWN,
    group_bodies,
    list_bodies,
    list_places,
    name_kind,
    name_place,
    select_bodies,
)
from search_api.page_lives import read_lives
from search_api.page_problem import render_problem
from search_api.page_rows import ItemRow, show_item
from search_api.passages import collective_id

router = APIRouter(include_in_schema=False)


@router.get("/agencies")
def show_agencies(request: Request, here: Here) -> Response:
    """Every body by jurisdiction and level, or those that a name finds: `?q=so khcn`, `?jurisdiction=trung-uong`."""
    page = read_page(request, "jurisdiction")
    places = list_places(here, page)
    asked = page.first("jurisdiction")
    chosen = next((each for each in places if each.slug == asked), None)
    found = select_bodies(list_bodies(here), page.question, chosen.slug if chosen else "")
    is_cut = len(found) > MOST_SHOWN and not (chosen and not page.question)
    shown = [] if is_cut and not page.question else found[:MOST_SHOWN] if is_cut else found
    return respond(
        page,
        "agencies.html",
        places=places,
        chosen=chosen,
        kinds={each.type: name_kind(here, each.type, page) for each in shown},
        groups=[(name_place(here, slug, page), levels) for slug, levels in group_bodies(shown)],
        found=len(found),
        shown=len(shown),
    )


@router.get("/agency/{path:path}.docx", dependencies=[MAKES_A_FILE])
def print_agency(path: str, request: Request, here: Here) -> Response:
    """What a body leads, as a Word document."""
    agency = find_agency(here, path)
    if agency is None:
        return render_problem(404, "no agency has this address", request)
    place = name_place(here, agency["jurisdiction"], Page("vi", "/", {})).name
    tasks = list_for_print(here, agency, place, read_work(here, agency["id"]))
    return send_file(stream_docx(tasks), name_file("Nhiệm vụ chủ trì", [agency["name"], place]), "docx")


@router.get("/agency/{path:path}")
def show_agency(path: str, request: Request, here: Here) -> Response:
    """One body: what it leads, joins and is asked to do, by year; its reports; what came before and after it."""
    page = read_page(request)
    agency = find_agency(here, path)
    if agency is None:
        return render_problem(404, "no agency has this address", request)
    work = read_work(here, agency["id"])
    tabs = list_tabs(work, page)
    chosen = next(each for each in tabs if each.is_chosen)
    items = getattr(work, chosen.name)
    shown, number, pages = page.cut(items, ROWS)
    return respond(
        page,
        "agency.html",
        agency=agency,
        searched=collective_id(agency["name"]) if agency["collective"] else agency["id"],
        kind=name_kind(here, agency["type"], page),
        path=path,
        place=name_place(here, agency["jurisdiction"], page),
        work=work,
        tabs=tabs,
        chosen=chosen,
        sections=list_rows(here, shown, page, chosen.name),
        pages=pages,
        number=number,
        years=chart_years(work.led, path, page),
        owed=_number(show_item(each, page, "report_to") for each in work.reports),
        received=_number(show_item(each, page) for each in work.received),
        lives=read_lives(here, agency["id"], page),
        spellings=list_spellings(here.names.facts, agency),
    )


def _number(rows: Iterable[ItemRow]) -> list[ItemRow]:
    """Rows with their place in the list: duties have no number of their own."""
    return [replace(row, number=str(number)) for number, row in enumerate(rows, 1)]
