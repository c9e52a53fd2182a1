"""The overview: how much there is, how well it is known, and when and from what it was built."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from search_api.depends import Here
from search_api.page_base import read_page, respond
from search_api.page_overview import (
    describe_changes,
    list_charts,
    list_conflicts,
    list_directives,
    list_findings,
    list_quality,
    list_read,
    list_totals,
)
from search_api.page_problem import render_problem

router = APIRouter(include_in_schema=False)


@router.get("/overview")
def show_overview(request: Request, here: Here) -> Response:
    """Counts, charts, quality of the sources and the last build of the generation that serves."""
    if here.search is None:
        return render_problem(503, "this server was started without search", request, "no-search")
    page = read_page(request)
    changes, counts = describe_changes(here, page)
    return respond(
        page,
        "overview.html",
        totals=list_totals(here, page),
        charts=list_charts(here, page),
        directives=list_directives(here, page),
        quality=list_quality(here, page),
        read=list_read(here, page),
        findings=list_findings(here, page),
        conflicts=list_conflicts(here, page),
        generation=here.generation,
        manifest=here.generation.manifest,
        model=here.search.index.header.model,
        model_version=here.search.index.header.version,
        changes=changes,
        counts=counts,
    )
