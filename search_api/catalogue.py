"""All documents of a generation in the few fields of a list, made once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graph.names import Names
from search_api.record_store import RecordStore

ITEMS = {"task": "tasks", "duty": "duties", "target": "targets"}
_LISTED = ("held", "type", "number", "date", "issuer", "jurisdiction", "title", "signer", "period", "file")


def summarize_documents(names: Names, records: RecordStore) -> Iterator[dict[str, Any]]:
    """Every document, sorted by IRI: next(summarize_documents(names, records))["counts"]["tasks"]."""
    for record in records.records("document"):
        iri = record["id"]
        listed = {field: record[field] for field in _LISTED}
        yield {"id": iri, "short": names.short(iri), **listed, "counts": count_items(records, iri)}


def count_items(records: RecordStore, document: str) -> dict[str, int]:
    """How much a document asks for: {"tasks": 221, "duties": 40, "targets": 12}."""
    return {plural: len(records.items_of(document, kind)) for kind, plural in ITEMS.items()}
