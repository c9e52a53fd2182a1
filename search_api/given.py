"""The filters that a caller may set in a request: the same for search, for lists and for files."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Query
from pydantic import StringConstraints

from search_api.demands import Demands
from search_api.listing import Part
from search_api.understood import Filter

Values = list[Annotated[str, StringConstraints(min_length=1, max_length=300)]] | None


def describe(what: str, example: str) -> Any:
    """A filter that may be set beside the question, several times."""
    return Query(max_length=20, description=f"Set by the caller: {what}.", examples=[[example]])


async def read_given(
    topic: Annotated[Values, describe("a topic by id or name", "tri-tue-nhan-tao")] = None,
    agency: Annotated[Values, describe("an agency by name, type or IRI", "Sở Y tế")] = None,
    role: Annotated[Values, describe("the role of the agencies: lead, coordinating, report_to", "lead")] = None,
    jurisdiction: Annotated[Values, describe("a province by id or name, or trung-uong", "trung-uong")] = None,
    due: Annotated[Values, describe("the end lies in a year, month, day or span", "2026-01/2026-06")] = None,
    active: Annotated[Values, describe("worked on in such a time", "2026")] = None,
    recurrence: Annotated[Values, describe("yearly, quarterly, monthly, recurring, ongoing, …", "yearly")] = None,
    states: Annotated[
        Values, describe("no-deadline, no-lead, no-output, no-funding, collective-lead, …", "no-lead")
    ] = None,
    output: Annotated[Values, describe("what comes of it", "de-an")] = None,
    funding: Annotated[Values, describe("who pays", "ngan-sach-dia-phuong")] = None,
    directive: Annotated[Values, describe("what it rests on, by number or IRI", "12/KH-UBND")] = None,
    document: Annotated[Values, describe("the document in which it stands, by number or IRI", "12/KH-UBND")] = None,
) -> Demands:
    """The filters of a request that have a value: {"due": ("2026",)}; no work, so it takes no thread."""
    given = {"topic": topic, "agency": agency, "role": role, "jurisdiction": jurisdiction, "due": due,
             "active": active, "recurrence": recurrence, "states": states, "output": output, "funding": funding,
             "directive": directive, "document": document}  # fmt: skip
    return {name: tuple(values) for name, values in given.items() if values}


Within = Annotated[
    Values,
    Query(
        max_length=20,
        description="What the results must meet beside all this, NAME=VALUE by the names of the other filters: it "
        "takes nothing from the question, and several are all met. Facets say how many each would leave.",
        examples=[["topic=tri-tue-nhan-tao"]],
    ),
]
Listed = Annotated[
    Part | None,
    Query(
        description="As the search lists it, and which part: what is due, what is only under way then, or all. "
        "Without it every row that passes, of a deadline what is due.",
        examples=["all"],
    ),
]
Ignored = Annotated[
    list[Filter] | None,
    Query(description="Filters that the question has and the answer shall not.", examples=[["due"]]),
]
Given = Annotated[Demands, Depends(read_given)]
