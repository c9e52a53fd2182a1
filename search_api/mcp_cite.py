"""Citations: a document, or a row of it, as a Vietnamese paper names it, with the words it was read in."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from typing import Any

from graph.generations import Generation
from graph.trace_text import print_date, print_place
from search_api.live import Opened
from search_api.mcp_answers import Built, Cited
from search_api.messages import load_messages

_SAY = load_messages("vi")
_LONGEST_TITLE = 150
LONGEST_QUOTE = 1500  # a whole row of a table; more is cut and says so
_DATES = {10: "ngày", 7: "tháng", 4: "năm"}


def read_built(generation: Generation) -> Built:
    """Which build it is and when it was published; copying it elsewhere makes it no older."""
    return Built(generation.id, generation.finished.isoformat())


def cite(here: Opened, iri: str) -> Cited:
    """Anything that the knowledge base has an id for: cite(here, task).citation"""
    record = here.records.get(iri)
    if record is None:
        return Cited(iri, here.names.short(iri), "term", here.names.short(iri), False, None, None)
    source = record.get("source")
    held = bool(record["held"]) if record["record"] == "document" else source is not None
    return Cited(
        iri=iri,
        name=here.names.short(iri),
        kind=record["record"],
        citation=write_citation(here, record),
        held=held,
        quote=read_quote(source),
        place=read_place(source),
    )


def write_citation(here: Opened, record: Mapping[str, Any]) -> str:
    """ "Nhiệm vụ II.7, Quyết định số 12/QĐ-UBND ngày 27/08/2025 của UBND tỉnh"."""
    if record["record"] == "document":
        return cite_document(record)
    if not (parent := record.get("document")):
        return str(record.get("name") or record.get("what") or record["id"])
    document = here.records.get(parent)
    place = here.names.short(record["id"]).partition("#")[2]
    kind = _SAY.get(record["record"], _SAY["section"] if record["record"] == "part" else record["record"])
    within = cite_document(document, with_title=not document["number"]) if document else ""
    return ", ".join(filter(None, (f"{kind} {place}".strip(), within)))


def cite_document(document: Mapping[str, Any], *, with_title: bool = True) -> str:
    """A document by type, number, date, issuer and title: "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị"."""
    number = f"số {document['number']}" if document["number"] else f"({_SAY['number_unknown']})"
    date = document["date"]
    named = [document["type"] or _SAY["document"], number]
    named += [f"{_DATES[len(date)]} {print_date(date)}"] if date else []
    named += [f"của {document['issuer']}"] if document["issuer"] else []
    title = " ".join((document["title"] or "").split()) if with_title else ""
    return " ".join(named) + (f", {textwrap.shorten(title, _LONGEST_TITLE, placeholder=' …')}" if title else "")


def read_quote(source: Mapping[str, Any] | None) -> str | None:
    """The words of a source; what is longer than a caller can use ends in a mark."""
    if source is None:
        return None
    words = str(source["quote"])
    return words if len(words) <= LONGEST_QUOTE else re.sub(r"\s+\S*$", "", words[:LONGEST_QUOTE]) + " […]"


def read_place(source: Mapping[str, Any] | None) -> str | None:
    """Where the words stand: "plan.txt:12", "plan.pdf, trang 3"."""
    return print_place(source) if source else None
