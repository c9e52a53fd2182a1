"""REST: search by meaning."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response
from pydantic import StringConstraints

from search_api.depends import Here
from search_api.search import LONGEST, Ask
from search_api.search_answers import SearchAnswer

router = APIRouter()
MOST = 200
Filter = Literal[
    "topics",
    "agencies",
    "role",
    "jurisdictions",
    "due",
    "active",
    "recurrence",
    "kinds",
    "states",
    "outputs",
    "funding",
    "directives",
    "excluded",
]
Values = list[Annotated[str, StringConstraints(min_length=1, max_length=300)]] | None


def _set(what: str, example: str) -> Any:
    """A filter that may be set beside the question, several times."""
    return Query(max_length=20, description=f"Set by the caller: {what}.", examples=[[example]])


QUESTIONS = {
    "english": {"summary": "English", "value": "AI tasks due 2026"},
    "vietnamese": {"summary": "Vietnamese", "value": "nhiệm vụ về chữ ký số do Sở Nội vụ chủ trì"},
    "unaccented": {"summary": "without accents", "value": "viec cua So Y te han 2026"},
}


@router.get("/api/search", tags=["search"], summary="Search by meaning", response_model=SearchAnswer)
def search(
    here: Here,
    q: Annotated[
        str,
        Query(max_length=LONGEST, description="The question, in Vietnamese or English.", openapi_examples=QUESTIONS),
    ],
    limit: Annotated[int, Query(ge=1, le=MOST, description="How many results at most.", examples=[20])] = 20,
    offset: Annotated[int, Query(ge=0, le=10**6, description="How many to leave out first.", examples=[0])] = 0,
    ignore: Annotated[
        list[Filter] | None, Query(description="Filters that the question has and the answer shall not.")
    ] = None,
    topic: Annotated[Values, _set("a topic by id or name", "tri-tue-nhan-tao")] = None,
    agency: Annotated[Values, _set("an agency by name, type or IRI", "Sở Y tế")] = None,
    role: Annotated[Values, _set("the role of the agencies: lead, coordinating, report_to", "lead")] = None,
    jurisdiction: Annotated[Values, _set("a province by id or name, or trung-uong", "trung-uong")] = None,
    kind: Annotated[Values, _set("task, duty, target, section, document", "task")] = None,
    due: Annotated[Values, _set("the end lies in a year, month, day or span", "2026-01/2026-06")] = None,
    active: Annotated[Values, _set("worked on in such a time", "2026")] = None,
    recurrence: Annotated[Values, _set("yearly, quarterly, monthly, recurring, ongoing, …", "yearly")] = None,
    states: Annotated[
        Values, _set("no-deadline, no-lead, no-output, no-funding, collective-lead, …", "no-lead")
    ] = None,
    output: Annotated[Values, _set("what comes of it", "de-an")] = None,
    funding: Annotated[Values, _set("who pays", "ngan-sach-dia-phuong")] = None,
    directive: Annotated[Values, _set("what it rests on, by number or IRI", "12/KH-UBND")] = None,
) -> Response:
    """Tasks, duties, targets, sections and documents: filters are exact, the rest ranks.

    `?q=AI+tasks+due+2026` and `?q=AI&kind=task&due=2026` ask the same; a filter set by the caller stands in place of
    the question's own.
    """
    given = {"topic": topic, "agency": agency, "role": role, "jurisdiction": jurisdiction, "kind": kind, "due": due,
             "active": active, "recurrence": recurrence, "states": states, "output": output, "funding": funding,
             "directive": directive}  # fmt: skip
    demands = {name: tuple(values) for name, values in given.items() if values}
    return JSONResponse(here.search.find(Ask(q, limit, offset, tuple(ignore or ()), demands)))
