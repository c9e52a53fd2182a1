"""Records as JSON in the contract's names, and the JSON Schema of each kind, both from the record classes."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from graph.generations import Problem
from graph.records import (
    AgencyRecord,
    Corpus,
    DocumentRecord,
    DutyRecord,
    LinkRecord,
    MentionRecord,
    PartRecord,
    TargetRecord,
    TaskRecord,
    UnresolvedRecord,
)

# One name for a record, as `records.jsonl` and `cancu schema` know it, in the order in which they are written.
CLASSES: dict[str, type[Any]] = {
    "document": DocumentRecord,
    "task": TaskRecord,
    "duty": DutyRecord,
    "target": TargetRecord,
    "mention": MentionRecord,
    "link": LinkRecord,
    "agency": AgencyRecord,
    "unresolved": UnresolvedRecord,
    "part": PartRecord,
}
PLURALS = {
    "document": "documents", "task": "tasks", "duty": "duties", "target": "targets", "mention": "mentions",
    "link": "links", "agency": "agencies", "unresolved": "unresolved",
    "part": "parts",
}  # fmt: skip
_PLACES = ("page", "block")  # of a quote, where the file has them


def record_as_json(kind: str, record: Any) -> dict[str, Any]:
    """A record in plain JSON values: record_as_json("link", link)["from"] is what Python calls `from_`."""
    values: dict[str, Any] = _adapter(kind).dump_python(record, mode="json")
    return {_contract_name(name): without_absent_places(value) for name, value in values.items()}


def without_absent_places(value: Any) -> Any:
    """JSON values, `page` and `block` left out of quotes from a file that has neither."""
    if isinstance(value, dict):
        absent = [name for name in _PLACES if value.get(name, "") is None] if "quote" in value else []
        return {name: without_absent_places(each) for name, each in value.items() if name not in absent}
    return [without_absent_places(each) for each in value] if isinstance(value, list | tuple) else value


def write_records(corpus: Corpus, path: Path) -> None:
    """Every record of the contract, one a line, each with its kind first: {"record": "task", "id": ...}."""
    with path.open("w", encoding="utf-8") as stream:
        for kind in CLASSES:
            for record in records_of(corpus, kind):
                stream.write(json.dumps({"record": kind} | record_as_json(kind, record), ensure_ascii=False) + "\n")


def records_of(corpus: Corpus, kind: str) -> tuple[Any, ...]:
    """All records of a kind: records_of(corpus, "duty")."""
    records: tuple[Any, ...] = getattr(corpus, PLURALS[kind])
    return records


def singular(kind: str) -> str:
    """The record's name for a kind given either way ("tasks" or "task"); Problem when there is no such kind."""
    for one, many in PLURALS.items():
        if kind in (one, many):
            return one
    raise Problem(f"no record is called {kind}: expected one of {', '.join(CLASSES)}")


def build_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one kind of record: build_schema("task")."""
    schema = _adapter(singular(kind)).json_schema(mode="serialization")
    schema["properties"] = {_contract_name(name): value for name, value in schema["properties"].items()}
    schema["required"] = [_contract_name(name) for name in schema.get("required", ())]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(CLASSES[kind])


def _contract_name(name: str) -> str:
    return name.rstrip("_")  # `from` is a word of Python's own
