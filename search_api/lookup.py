"""Records as the service answers them: with their short names, the agencies they name, and what is linked to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graph.names import Unknown
from search_api.catalogue import ITEMS, count_items
from search_api.live import Opened


def describe_item(here: Opened, name: str) -> dict[str, Any]:
    """The task, duty or target of a name: describe_item(here, "719/QĐ-UBND#II.7")["short"]."""
    iri = here.names.find(name)
    record = here.records.get(iri)
    if record is None or record["record"] not in ITEMS:
        raise Unknown(f"{here.names.short(iri)} is not a task, duty or target: ask for it at /api/documents")
    return {
        **record,
        "short": here.names.short(iri),
        "document_short": here.names.short(record["document"]),
        "agencies": list(_agencies(here, record)),
    }


def describe_document(here: Opened, name: str) -> dict[str, Any]:
    """The document of a name, with its relations: describe_document(here, "719/QĐ-UBND")["counts"]["tasks"]."""
    iri = here.names.find(name)
    record = here.records.get(iri)
    if record is None or record["record"] != "document":
        raise Unknown(f"{here.names.short(iri)} is not a document: ask for it at /api/tasks")
    links = here.records.links_of
    return {
        **record,
        "short": here.names.short(iri),
        "links_from": _read_all(here, links(iri, "from")),
        "links_to": _read_all(here, links(iri, "to")),
        "counts": count_items(here.records, iri),
    }


def _read_all(here: Opened, ids: Sequence[str]) -> list[dict[str, Any]]:
    return [record for iri in ids if (record := here.records.get(iri)) is not None]


def _agencies(here: Opened, record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Each body that an item names, once, as the contract's agency."""
    named = [*record.get("lead", ()), *record.get("coordinating", ()), *record.get("report_to", ())]
    for iri in dict.fromkeys(each["agency"] for each in named if each["agency"]):
        if (agency := here.records.get(iri)) is not None:
            yield agency
