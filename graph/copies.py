"""Files that hold one and the same document: the graph has one place for it, so the first of them is used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from graph.identities import Index, add_unnumbered
from graph.inputs import Refused
from ingest.records import DocumentFacts, Extraction


def drop_copies(extractions: Sequence[Extraction], live: Set[str]) -> tuple[list[Extraction], list[Refused]]:
    """Each document once: as a file of the live generation holds it, else as the first file by name does."""
    kept = sorted(extractions, key=lambda each: (each.file not in live, each.file))
    refused: list[Refused] = []
    # what a copy cites no longer counts once it is gone, and may have set two documents apart
    while copies := dict(_find_copies(kept)):
        refused += [_refuse(each, copies[each.file], live) for each in kept if each.file in copies]
        kept = [each for each in kept if each.file not in copies]
    return sorted(kept, key=lambda each: each.file), refused


def _find_copies(extractions: Sequence[Extraction]) -> Iterator[tuple[str, str]]:
    """Each file whose document another one before it holds: ("other.txt", "th.txt")."""
    index = Index(extractions)
    add_unnumbered(index, extractions)
    first: dict[str, str] = {}
    for extraction in extractions:
        holder = first.setdefault(index.held[extraction.file].id, extraction.file)
        if holder != extraction.file:
            yield extraction.file, holder


def _refuse(extraction: Extraction, holder: str, live: Set[str]) -> Refused:
    reason = f"is {_call(extraction.document)}, already held as {holder}"
    if holder in live:
        reason += f" (`cancu remove {holder}` first to take this one)"
    return Refused(extraction.file, reason, extraction.sha256)


def _call(document: DocumentFacts) -> str:
    """ "88/KH-UBND of 5/3/2026", or its type and title where the number is blank."""
    name = document.number or " ".join(filter(None, (document.type, document.title))) or "a document"
    parts = (document.date or "").split("-")
    day = "/".join(part.lstrip("0") for part in reversed(parts))
    return f"{' '.join(name.split())} of {day}" if day else " ".join(name.split())
