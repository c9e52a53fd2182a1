"""What is searched: one text for each task, duty, target, section and document, and the values that filters ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph.basis import Basis
from ingest.identity import issuer_of_name, issuer_of_symbol
from ingest.misprints import find_misprints
from ingest.slug import slug
from ingest.topics import find_topics
from search_api.passage import Passage, kind_of_record
from search_api.stated import find_named, list_recurrences, list_states

SEARCHED = ("task", "duty", "target", "document", "part")
Record = Mapping[str, Any]
COLLECTIVE = "collective:"  # what begins the id of a name for many bodies


def build_passages(records: Iterable[Record]) -> list[Passage]:
    """The rows of an index, in the order of the records: contract records of all kinds, each with "record"."""
    known = list(records)
    basis = Basis(record for record in known if record["record"] == "link")
    documents = {record["id"]: record for record in known if record["record"] == "document"}
    rows: dict[str, Record] = {}
    for kind in SEARCHED:  # a heading that is a task as well is that task
        rows |= {each["id"]: each for each in known if each["record"] == kind and each["id"] not in rows}
    return [_build(record, documents, basis) for record in rows.values() if searched_text(record)]


def searched_text(record: Record) -> str:
    """The own words of a row: name and text of a task, the sentence of a target, the title of a document or section."""
    if record["record"] == "part":
        return str(record["text"] or record["title"])
    if record["record"] == "target":
        return str(record["source"]["quote"])
    if record["record"] == "document":
        return _join(record["type"], record["number"], record["title"])
    return _join(record["name"], record["text"])


def _names_of(record: Record) -> tuple[str, ...]:
    """("document",) or ("heading",) of what only names that which stands in it or below it."""
    if record["record"] == "part":
        return () if record["text"] else ("heading",)
    return ("document",) if record["record"] == "document" else ()


def _join(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def _build(record: Record, documents: Mapping[str, Record], basis: Basis) -> Passage:
    kind, text = kind_of_record(record), searched_text(record)
    document = documents[record["id"] if kind == "document" else record["document"]]
    jurisdiction = str(document["jurisdiction"])
    topics = record["topics"] if "topics" in record else find_topics(text)
    corrected = sorted({each.topic for each in find_misprints(text)} - set(topics))
    bodies = {role: _agencies(record.get(role) or ()) for role in ("lead", "coordinating", "report_to")}
    values = {
        "kind": (kind,),
        "title": _names_of(record),
        "document": (document["id"],),
        "jurisdiction": (jurisdiction.split("/")[0],),
        "topic": (*topics, *corrected),
        "corrected": tuple(corrected),  # those that only a misprint hid
        **bodies,
        "issuer": issuer_of(record) if kind == "document" else (),
        "directive": basis.above(record),
        "recurrence": list_recurrences(record),
        "states": list_states(record),
        "funding": find_named("funding", record.get("funding")),
        "output": find_named("output", record.get("output")),
    }
    due, (start, end) = _days(record)
    if end and not start:  # "by 2026": nobody works on it before the plan
        start = _first_day(document["date"])
    context = ". ".join(each["title"] for each in record.get("section") or () if each["title"])
    leads = [body["name"] for body in record.get("lead") or ()]
    labels = _join(*leads, (record.get("deadline") or {}).get("raw"))
    return Passage(record["id"], kind, text, values, due, (start, end), context, labels)


def collective_id(name: str) -> str:
    """What stands for a collective wherever it is named: "UBND các xã, phường" -> "collective:ubnd-cac-xa-phuong"."""
    return COLLECTIVE + slug(name)


def issuer_of(document: Record) -> tuple[str, ...]:
    """The type of body that passed a document, by its name, else by its number: "Thủ tướng Chính phủ", "…/QĐ-TTg"."""
    name, number = document.get("issuer"), document.get("number")
    found = issuer_of_name(name) if name else None
    if found is None and number:
        found = issuer_of_symbol(number.rsplit("/", 1)[-1])
    return (found.id,) if found else ()


def _agencies(bodies: Sequence[Record]) -> tuple[str, ...]:
    """The agencies of a role, and its collectives by their names."""
    named = (
        body["agency"] or (collective_id(body["name"]) if body.get("collective") and body["name"] else None)
        for body in bodies
    )
    return tuple(dict.fromkeys(each for each in named if each))


def _first_day(date: str | None) -> str | None:
    """Of a date as precise as printed: "2025-08" -> "2025-08-01"."""
    return f"{date}-01-01"[:10] if date else None


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
