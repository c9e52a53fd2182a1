"""REST: lists of tasks, duties, targets, agencies and topics, page by page, with the filters of search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from graph.store import select
from ingest.fold import fold
from search_api.depends import Here
from search_api.given import Given
from search_api.list_answers import (
    AGENCY_FIELDS,
    DUTY_FIELDS,
    TARGET_FIELDS,
    TASK_FIELDS,
    TOPIC_FIELDS,
    AgencyPage,
    DutyPage,
    TargetPage,
    TaskPage,
    TopicPage,
)
from search_api.listing import Part
from search_api.live import Opened
from search_api.paging import BadCursor, Page, answer_page
from search_api.problems import KINDS, document_problem
from search_api.search import LONGEST, Ask

MOST_LETTERS = 300
router = APIRouter(tags=["lists"])
BAD_CURSOR: dict[int | str, dict[str, Any]] = {
    400: document_problem(KINDS[BadCursor], "the cursor is none that a page of this list gave")
}
Question = Annotated[
    str,
    Query(
        max_length=LONGEST,
        description="A question: its filters choose, its words order. · Câu hỏi: phần lọc chọn, phần lời xếp thứ tự.",
        examples=["chữ ký số"],
    ),
]
NameOfAgency = Annotated[
    str,
    Query(max_length=MOST_LETTERS, description="Letters of its name, accents or none.", examples=["so y te"]),
]
Province = Annotated[
    str | None,
    Query(max_length=100, description="The slug of a province's life, or trung-uong.", examples=["trung-uong"]),
]
_TOPICS = """
SELECT ?topic (STR(?vi) AS ?label) (STR(?en) AS ?label_en) ?broader WHERE {
  ?topic skos:inScheme ?scheme ; skos:prefLabel ?vi, ?en .
  FILTER(STRENDS(STR(?scheme), "/topics") && LANG(?vi) = "vi" && LANG(?en) = "en")
  OPTIONAL { ?topic skos:broader ?broader }
} ORDER BY ?topic ?broader
"""


@router.get("/api/tasks", summary="Tasks · Nhiệm vụ", response_model=TaskPage, responses=BAD_CURSOR)
def list_tasks(request: Request, here: Here, given: Given, paging: Page, q: Question = "") -> Response:
    """Tasks that pass the filters, as printed or with `q` best first: `?due=2026&agency=Sở Y tế&fields=id,text`."""
    return answer_page(request, paging, find_items(here, ("task",), Ask(q, demands=given)), _reader(here), TASK_FIELDS)


@router.get("/api/duties", summary="Duties · Trách nhiệm", response_model=DutyPage, responses=BAD_CURSOR)
def list_duties(request: Request, here: Here, given: Given, paging: Page, q: Question = "") -> Response:
    """What plans give to a named body, reporting included, e.g. `?recurrence=quarterly`."""
    return answer_page(request, paging, find_items(here, ("duty",), Ask(q, demands=given)), _reader(here), DUTY_FIELDS)


@router.get("/api/targets", summary="Targets · Chỉ tiêu", response_model=TargetPage, responses=BAD_CURSOR)
def list_targets(request: Request, here: Here, given: Given, paging: Page, q: Question = "") -> Response:
    """Figures that are to be reached, e.g. `?due=2030`."""
    return answer_page(
        request, paging, find_items(here, ("target",), Ask(q, demands=given)), _reader(here), TARGET_FIELDS
    )


@router.get("/api/agencies", summary="Agencies · Cơ quan", response_model=AgencyPage, responses=BAD_CURSOR)
def list_agencies(
    request: Request, here: Here, paging: Page, q: NameOfAgency = "", jurisdiction: Province = None
) -> Response:
    """Bodies that plans name, sorted by id, e.g. `?q=so y te&jurisdiction=trung-uong`."""
    found = {each["id"]: each for each in find_agencies(here, q, jurisdiction)}
    return answer_page(request, paging, list(found), lambda iri: _choose(found[iri], AGENCY_FIELDS), AGENCY_FIELDS)


@router.get("/api/topics", summary="Topics · Chủ đề", response_model=TopicPage, responses=BAD_CURSOR)
def list_topics(
    request: Request,
    here: Here,
    paging: Page,
    q: Annotated[
        str, Query(max_length=MOST_LETTERS, description="Letters of its name in either language.", examples=["du lieu"])
    ] = "",
) -> Response:
    """Topics of the vocabulary in both languages, sorted by id, with those above them."""
    wanted = fold(q.strip())
    found: dict[str, dict[str, Any]] = {}
    for row in select(here.store, _TOPICS):
        iri = row["topic"].value
        topic = found.setdefault(
            iri,
            {
                "id": _tail(iri),
                "iri": iri,
                "label": row["label"].value,
                "label_en": row["label_en"].value,
                "broader": [],
            },
        )
        if row["broader"] is not None:
            topic["broader"].append(_tail(row["broader"].value))
    ids = [iri for iri, each in found.items() if wanted in fold(f"{each['label']}\n{each['label_en']}")]
    return answer_page(request, paging, ids, found.__getitem__, TOPIC_FIELDS)


def find_items(here: Opened, kinds: tuple[str, ...], ask: Ask, listed: Part | None = None) -> Sequence[str]:
    """The ids of all items of some kinds that pass the filters: find_items(here, ("task",), Ask("AI")).

    With `listed` those of the kinds that a search lists, which gives the nearest only where ranking decides.
    """
    every = [iri for kind in kinds for iri in here.records.ids(kind)]
    if not (ask.query.strip() or ask.demands or ask.within):
        return every
    if listed:
        found, wanted = here.search.find_ids(ask, listed), set(every)
        return [iri for iri in found if iri in wanted]
    ids: Sequence[str] = here.search.find_ids(replace(ask, demands={**ask.demands, "kind": kinds}), every=True)
    return ids


def find_agencies(here: Opened, q: str, jurisdiction: str | None) -> list[dict[str, Any]]:
    """The agencies whose name has some letters: find_agencies(here, "y te", "hung-yen")."""
    wanted = fold(q.strip())
    return [
        each
        for each in here.records.records("agency")
        if wanted in fold("\n".join([each["name"], *each["as_written"]]))
        and (jurisdiction is None or each["jurisdiction"] == jurisdiction)
    ]


def _reader(here: Opened) -> Any:
    def read(iri: str) -> dict[str, Any]:
        record = here.records.get(iri) or {}
        names = {"short": here.names.short(iri), "document_short": here.names.short(record["document"])}
        return {name: value for name, value in record.items() if name != "record"} | names

    return read


def _choose(record: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: record[name] for name in names}


def _tail(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]
