"""The names that a question may use, made once for a knowledge base and read back without an RDF library."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar


@dataclass(frozen=True, slots=True)
class Term:
    """A thing with all its names: `id` stands for it, `ids` are what it means in the records.

    The province "Hưng Yên" means its own documents and those of the province that was merged into it.
    """

    id: str
    ids: tuple[str, ...]
    label: str  # Vietnamese
    label_en: str
    spellings: tuple[str, ...]  # in either language, with their accents: the unaccented forms follow from these


@dataclass(frozen=True, slots=True)
class AgencyTerm(Term):
    """A type of agency, or one agency whose type is unknown: "Sở Y tế", "SYT", "Department of Health"."""

    beside: tuple[str, ...] = ()  # names that mean it only next to a province: "Công an" in "Công an Hưng Yên"
    symbols: tuple[str, ...] = ()  # what it leaves in the numbers of its documents: "TTg"
    level: str = ""
    issues: bool = False  # whether a document of the build is its own


@dataclass(frozen=True, slots=True)
class DocumentTerm(Term):
    """A document that has a number, held or only cited: "57-NQ/TW", a "Nghị quyết" of 2024."""

    type: str = ""
    year: str = ""
    jurisdiction: str = ""


@dataclass(frozen=True, slots=True, eq=False)  # equal only to itself: what is compiled from it is kept by it
class Vocabulary:
    """All names that a question may use. `types` are the kinds of documents: "Nghị quyết", "Resolution", "NQ"."""

    topics: tuple[Term, ...]
    agencies: tuple[AgencyTerm, ...]
    jurisdictions: tuple[Term, ...]
    documents: tuple[DocumentTerm, ...]
    types: tuple[Term, ...]


_Kind = TypeVar("_Kind", bound=Term)


def read_vocabulary(path: Path) -> Vocabulary:
    """What `write_vocabulary` left."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return Vocabulary(
        topics=_read_terms(Term, data["topics"]),
        agencies=_read_terms(AgencyTerm, data["agencies"]),
        jurisdictions=_read_terms(Term, data["jurisdictions"]),
        documents=_read_terms(DocumentTerm, data["documents"]),
        types=_read_terms(Term, data["types"]),
    )


def _read_terms(kind: type[_Kind], rows: list[Mapping[str, Any]]) -> tuple[_Kind, ...]:
    make: Any = kind
    return tuple(
        make(**{name: tuple(value) if isinstance(value, list) else value for name, value in row.items()})
        for row in rows
    )
