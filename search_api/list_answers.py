"""The pages of lists as the OpenAPI document describes them: any field of a record may be left out by `fields`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model

from graph.records import AgencyRecord
from search_api.answers import DocumentSummary, DutyAnswer, TargetAnswer, TaskAnswer

EXAMPLE: Any = {
    "total": 608,
    "limit": 1,
    "offset": 0,
    "next": "WzEsICJodHRwczov…",
    "results": [{"id": "https://w3id.org/…"}],
}


@dataclass(frozen=True, slots=True)
class TopicAnswer:
    """A topic of the vocabulary."""

    id: str
    iri: str
    label: str  # in Vietnamese
    label_en: str
    broader: tuple[str, ...]  # ids of wider topics


def list_fields(record: type[Any], *, without: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The names of a record's fields in the contract's order: list_fields(TopicAnswer)[0] == "id"."""
    return tuple(field.name for field in fields(record) if field.name not in without)


def make_page(name: str, record: type[Any], known: tuple[str, ...], about: str) -> type[BaseModel]:
    """The model of a page whose records have some of the known fields: make_page("TaskPage", TaskAnswer, ...)."""
    hints = get_type_hints(record)
    chosen: Any = {field: (hints[field], Field(default=None)) for field in known}
    row: Any = create_model(f"{name}Row", __config__=ConfigDict(title=f"{name}Row"), __doc__=about, **chosen)
    return create_model(
        name,
        __config__=ConfigDict(json_schema_extra={"examples": [EXAMPLE]}),
        __doc__=f"Some of a list. {about}",
        total=(int, Field(description="How many there are in all.", examples=[608])),
        limit=(int, Field(examples=[50])),
        offset=(int, Field(description="Where this page begins.", examples=[0])),
        next=(str | None, Field(description="The cursor of the next page; null on the last one.")),
        results=(list[row], Field()),
    )


_NOT_LISTED = ("agencies", "record")
TASK_FIELDS = list_fields(TaskAnswer, without=_NOT_LISTED)
DUTY_FIELDS = list_fields(DutyAnswer, without=_NOT_LISTED)
TARGET_FIELDS = list_fields(TargetAnswer, without=_NOT_LISTED)
DOCUMENT_FIELDS = list_fields(DocumentSummary)
AGENCY_FIELDS = list_fields(AgencyRecord)
TOPIC_FIELDS = list_fields(TopicAnswer)
TaskPage = make_page("TaskPage", TaskAnswer, TASK_FIELDS, "Tasks as in the contract, with their short names.")
DutyPage = make_page("DutyPage", DutyAnswer, DUTY_FIELDS, "Duties as in the contract, with their short names.")
TargetPage = make_page("TargetPage", TargetAnswer, TARGET_FIELDS, "Targets as in the contract, with their short names.")
DocumentPage = make_page("DocumentPage", DocumentSummary, DOCUMENT_FIELDS, "Documents in the few fields of a list.")
AgencyPage = make_page("AgencyPage", AgencyRecord, AGENCY_FIELDS, "Agencies as in the contract.")
TopicPage = make_page("TopicPage", TopicAnswer, TOPIC_FIELDS, "Topics with their names in both languages.")
