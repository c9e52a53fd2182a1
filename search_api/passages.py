"""What is searched: one short text for each task, duty, target and document, and the values that filters ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.basis import Basis
from ingest.topics import find_topics

SEARCHED = ("task", "duty", "target", "document")
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Passage:
    """One row of the index: its text, and every value that a filter may ask for."""

    id: str
    kind: str
    text: str  # what is encoded and what is looked up word by word
    values: Mapping[str, tuple[str, ...]]  # column -> values, e.g. {"lead": (IRI, ...), "topic": ("du-lieu-so",)}
    due: tuple[str | None, str | None] = (None, None)  # first and last day of the end as printed
    active: tuple[str | None, str | None] = (None, None)  # bounds of the whole period


def build_passages(records: Iterable[Record]) -> list[Passage]:
    """The rows of an index, in the order of the records: contract records of all kinds, each with "record"."""
    known = list(records)
    basis = Basis(record for record in known if record["record"] == "link")
    documents = {record["id"]: record for record in known if record["record"] == "document"}
    return [
        _build(record, documents, basis) for record in known if record["record"] in SEARCHED and searched_text(record)
    ]


def searched_text(record: Record) -> str:
    """The words that a row is found by: name and text of a task, the sentence of a target, a document's title."""
    if record["record"] == "target":
        return str(record["source"]["quote"])
    if record["record"] == "document":
        return _join(record["type"], record["number"], record["title"])
    return _join(record["name"], record["text"])


def _join(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def _build(record: Record, documents: Mapping[str, Record], basis: Basis) -> Passage:
    kind, text = record["record"], searched_text(record)
    document = record["id"] if kind == "document" else record["document"]
    jurisdiction = str(documents[document]["jurisdiction"])
    topics = record["topics"] if "topics" in record else find_topics(text)
    lead, coordinating = (_agencies(record.get(role, ())) for role in ("lead", "coordinating"))
    values = {
        "kind": (kind,),
        "document": (document,),
        "jurisdiction": (jurisdiction.split("/")[0],),
        "topic": tuple(topics),
        "lead": lead,
        "coordinating": coordinating,
        "directive": basis.above(record),
    }
    due, active = _days(record)
    return Passage(record["id"], kind, text, values, due, active)


def _agencies(bodies: Sequence[Record]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(body["agency"] for body in bodies if body["agency"]))


def _days(record: Record) -> tuple[tuple[str | None, str | None], tuple[str | None, str | None]]:
    """A deadline's bounds; a target ends with its year."""
    if record["record"] == "target" and record["year"]:
        year = f"{record['year']:04d}"
        return (f"{year}-01-01", f"{year}-12-31"), (None, f"{year}-12-31")
    deadline = record.get("deadline") or {}
    return (
        (deadline.get("earliest"), deadline.get("latest")),
        (deadline.get("active_from"), deadline.get("active_to")),
    )
