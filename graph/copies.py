"""Files that hold one and the same document: the graph has one place for it, so the one that reads best is used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from graph.identities import Index, add_unnumbered
from graph.inputs import Refused
from ingest.fold import key
from ingest.readers.dispatch import SCAN
from ingest.readers.kinds import Kind
from ingest.records import DocumentFacts, Extraction

# How much of a page each kind of file tells; plain text has lost merged cells, a scan has to be guessed.
_BEST_FIRST: tuple[tuple[str, ...], ...] = (
    (Kind.DOCX, Kind.DOC, Kind.ODT, Kind.RTF),
    (Kind.HTML, Kind.MHT),
    (Kind.XLSX,),
    (Kind.PDF,),
    (Kind.TEXT,),
    (SCAN,),
)
_WORTH = {kind: at for at, kinds in enumerate(_BEST_FIRST) for kind in kinds}


def drop_copies(extractions: Sequence[Extraction], live: Set[str]) -> tuple[list[Extraction], list[Refused]]:
    """Each document once: in the format that reads best, as the live generation holds it, else by the first name."""
    kept = sorted(extractions, key=lambda each: (_worth(each), each.file not in live, each.file))
    refused: list[Refused] = []
    # what a copy cites no longer counts once it is gone, and may have set two documents apart
    while copies := dict(_find_copies(kept)):
        worth = {each.file: _worth(each) for each in kept}
        for each in kept:
            if holder := copies.get(each.file):
                refused.append(_refuse(each, holder, holder in live, worth[holder] < worth[each.file]))
        kept = [each for each in kept if each.file not in copies]
    return sorted(kept, key=lambda each: each.file), refused


def _find_copies(extractions: Sequence[Extraction]) -> Iterator[tuple[str, str]]:
    """Each file whose document another one before it holds: ("other.txt", "th.txt")."""
    index = Index(extractions)
    add_unnumbered(index, extractions)
    first: dict[str, str] = {}
    unnumbered: dict[tuple[str | None, ...], Extraction] = {}
    for extraction in extractions:
        holder = first.setdefault(index.held[extraction.file].id, extraction.file)
        if holder == extraction.file and (face := _face(extraction.document)):
            like = unnumbered.setdefault(face, extraction)
            holder = like.file if like.kind != extraction.kind else holder
        if holder != extraction.file:
            yield extraction.file, holder


def _face(document: DocumentFacts) -> tuple[str | None, ...] | None:
    """What tells a document whose number is blank, in another format too; None for one that has a number."""
    if document.number or not (document.title and document.date):
        return None
    return document.type, document.symbol, document.province, document.date, key(document.title)


def _worth(extraction: Extraction) -> int:
    return _WORTH.get(extraction.kind, len(_BEST_FIRST))


def _refuse(extraction: Extraction, holder: str, is_live: bool, better: bool) -> Refused:
    reason = f"is {_call(extraction.document)}, already held as {holder}"
    if better:
        reason += ", which reads better"
    if is_live:
        reason += f" (`cancu remove {holder}` first to take this one)"
    return Refused(extraction.file, reason, extraction.sha256)


def _call(document: DocumentFacts) -> str:
    """ "88/KH-UBND of 5/3/2026", or its type and title where the number is blank."""
    name = document.number or " ".join(filter(None, (document.type, document.title))) or "a document"
    parts = (document.date or "").split("-")
    day = "/".join(part.lstrip("0") for part in reversed(parts))
    return f"{' '.join(name.split())} of {day}" if day else " ".join(name.split())
