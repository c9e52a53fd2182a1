"""The calendar: a year, a quarter or a month of what falls due, what comes round, and what runs on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from search_api.demands import UnknownValue
from search_api.depends import Here
from search_api.live import Opened
from search_api.page_base import Page, label_of, read_page, respond
from search_api.page_bodies import list_bodies
from search_api.page_calendar import (
    VIEWS,
    Times,
    find_chosen,
    link_span,
    list_bands,
    list_bars,
    list_months,
    list_view,
    name_span,
    read_times,
)
from search_api.page_days import Span, read_span
from search_api.routes_lists import find_items
from search_api.search import Ask

router = APIRouter(include_in_schema=False)
_KINDS = ("task", "duty")
_ROLES = ("lead", "coordinating")
_MOST_NAMES = 400  # of bodies, in the list that a browser offers while one types


@dataclass(frozen=True, slots=True)
class Chosen:
    """The filters of a request that mean something."""

    body: Mapping[str, Any] | None  # one body, by its path
    name: str  # of a body as typed
    jurisdiction: str
    kind: str
    role: str  # in which the body has part; "" for any

    @property
    def given(self) -> dict[str, tuple[str, ...]]:
        """As lists and files take them."""
        agency = self.body["id"] if self.body else self.name
        pairs = {"agency": agency, "jurisdiction": self.jurisdiction, "role": self.role}
        return {name: (value,) for name, value in pairs.items() if value}


@router.get("/calendar")
def show_calendar(request: Request, here: Here) -> Response:
    """What falls due in a year, quarter or month: `?year=2026`, `?quarter=2026-Q3&agency=Sở Y tế`, `?show=rounds`."""
    page = read_page(request, "year", "quarter", "month", "agency", "jurisdiction", "role", "show")
    if "" in request.query_params.values():  # of fields that were left empty in the form
        return RedirectResponse(page.here(), 303)
    today = date.today()
    span, is_span = read_span(page.asked, today)
    chosen = _read_chosen(here, page)
    ids, unknown = _select(here, chosen)
    times = read_times(here, span, ids)
    asked = page.first("show")
    view = asked if asked in VIEWS else ""
    shown = _show_list(here, times, view, page) if view else _show_overview(here, times, page, today)
    return respond(
        page,
        "calendar.html",
        200,
        span=span,
        is_span=is_span,
        name=name_span(span, page),
        steps=[each and (name_span(each, page), link_span(each, page, show=view)) for each in map(span.step, (-1, 1))],
        around=_list_around(span, page),
        chosen=chosen,
        unknown=unknown,
        tabs=_list_tabs(times, view, page),
        view=view,
        nothing=not (times.wider or any(times.rows(each) for each in VIEWS)),
        names=_list_names(here),
        places=_list_places(here, page),
        feed="/api/deadlines.ics" + _query(replace(chosen, name="", role="") if unknown else chosen),
        host=request.url.netloc,
        **shown,
    )


def _show_list(here: Opened, times: Times, view: str, page: Page) -> dict[str, object]:
    entries, number, pages = list_view(here, times, view, page)
    year = Span("year", times.span.year)
    has_wider = times.span != year and times.has_wider(view)
    wider = (name_span(year, page), link_span(year, page, show=view)) if has_wider else None
    return {"entries": entries, "number": number, "pages": pages, "wider_list": wider}


def _show_overview(here: Opened, times: Times, page: Page, today: date) -> dict[str, object]:
    return {
        "months": list(list_months(here, times, page, today)),
        "bands": list(list_bands(here, times, page)),
        "chart": list_bars(times, page),
        "ongoing": len(times.ongoing),
    }


def _list_tabs(times: Times, view: str, page: Page) -> list[tuple[str, str, int | None, bool]]:
    """The overview and each list: name, link, how much it has, whether it is the one shown."""
    counts = {"": None, **{each: len(times.rows(each)) for each in VIEWS}}
    return [(each, page.here(show=each, page=""), count, each == view) for each, count in counts.items()]


def _read_chosen(here: Opened, page: Page) -> Chosen:
    first = {name: page.first(name) for name in ("agency", "jurisdiction", "kind")}
    body = find_chosen(here, first["agency"])
    kind = first["kind"] if first["kind"] in _KINDS else ""
    places = {slug for slug, _ in _list_places(here, page)}
    place = first["jurisdiction"] if first["jurisdiction"] in places else ""
    role = page.first("role") if first["agency"] and page.first("role") in _ROLES else ""
    return Chosen(body, "" if body else first["agency"], place, kind, role)


def _select(here: Opened, chosen: Chosen) -> tuple[Sequence[str] | None, str]:
    """The ids that the filters let through, None for all; and the name of a body that nothing answers to."""
    kinds = (chosen.kind,) if chosen.kind else _KINDS
    if not chosen.given and not chosen.kind:
        return None, ""
    try:
        return find_items(here, kinds, Ask("", demands=chosen.given if here.search else {})), ""
    except UnknownValue:
        rest = {name: value for name, value in chosen.given.items() if name not in ("agency", "role")}
        return find_items(here, kinds, Ask("", demands=rest)), chosen.name


def _list_around(span: Span, page: Page) -> list[tuple[str, str, bool]]:
    """The year, its quarters, and of a shorter span its months: name, link, whether it is the one shown."""
    year = Span("year", span.year)
    quarters = [Span("quarter", span.year, each) for each in (1, 2, 3, 4)]
    holding = next((each for each in (span, *span.around()) if each.unit == "quarter"), None)
    spans = [year, *quarters, *(holding.months if holding else ())]
    return [(name_span(each, page), link_span(each, page), each == span) for each in spans]


def _list_names(here: Opened) -> list[str]:
    names = sorted({each.name for each in list_bodies(here) if each.level != "collective"})
    return names[:_MOST_NAMES]


def _list_places(here: Opened, page: Page) -> list[tuple[str, str]]:
    """The provinces whose documents are held, by name."""
    slugs = {each["jurisdiction"].split("/")[0] for each in here.documents if each["held"] and each["jurisdiction"]}
    return sorted(((slug, label_of(here, slug, page)) for slug in slugs), key=lambda pair: pair[1])


def _query(chosen: Chosen) -> str:
    pairs = {**{name: values[0] for name, values in chosen.given.items()}, "kind": chosen.kind}
    query = urlencode({name: value for name, value in pairs.items() if value})
    return f"?{query}" if query else ""
