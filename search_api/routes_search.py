"""REST: search by meaning."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response

from search_api.depends import Here
from search_api.given import Given, Ignored, Values, Within, describe
from search_api.search import LONGEST, Ask
from search_api.search_answers import SearchAnswer
from search_api.sorting import Sort

router = APIRouter()
MOST = 200
QUESTIONS = {
    "english": {"summary": "English", "value": "AI tasks due 2026"},
    "vietnamese": {"summary": "Vietnamese", "value": "nhiệm vụ về chữ ký số do Sở Nội vụ chủ trì"},
    "unaccented": {"summary": "without accents", "value": "viec cua So Y te han 2026"},
}


@router.get("/api/search", tags=["search"], summary="Search by meaning", response_model=SearchAnswer)
def search(
    here: Here,
    given: Given,
    q: Annotated[
        str,
        Query(max_length=LONGEST, description="The question, in Vietnamese or English.", openapi_examples=QUESTIONS),
    ],
    limit: Annotated[int, Query(ge=1, le=MOST, description="How many results at most.", examples=[20])] = 20,
    offset: Annotated[int, Query(ge=0, le=10**6, description="How many to leave out first.", examples=[0])] = 0,
    ignore: Ignored = None,
    kind: Annotated[Values, describe("task, duty, target, section, document", "task")] = None,
    sort: Annotated[Sort, Query(description="The order of the results within each group.")] = "relevance",
    within: Within = None,
) -> Response:
    """Tasks, duties, targets, sections and documents: filters are exact, the rest ranks.

    `?q=AI+tasks+due+2026` and `?q=AI&kind=task&due=2026` ask the same; a filter set by the caller stands in place of
    the question's own. `within=topic=tri-tue-nhan-tao` narrows the results down, as the facets of the pages do.
    """
    demands = {**given, "kind": tuple(kind)} if kind else given
    ask = Ask(q, limit, offset, tuple(ignore or ()), demands, tuple(within or ()), sort=sort)
    return JSONResponse(here.search.find(ask))
