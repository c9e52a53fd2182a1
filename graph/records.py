"""Records as they leave the program, field for field as the contract names them.

`cancu schema KIND` prints the JSON Schema of these classes, and every line of `records.jsonl` is one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.records import Deadline, Evidence, Heading, Source, Tag


@dataclass(frozen=True, slots=True)
class AgencyRef:
    """A body in a record: canonical name, as printed, and its IRI unless it is a collective."""

    name: str
    as_written: str
    agency: str | None
    collective: bool


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """What somebody has to do: the fields that tasks and duties share."""

    id: str
    kind: str
    document: str
    file: str
    annex: str | None
    number: str | None
    code: str | None
    name: str | None
    text: str
    section: tuple[Heading, ...]
    form: str
    lead: tuple[AgencyRef, ...]
    coordinating: tuple[AgencyRef, ...]
    deadline: Deadline
    output: str | None
    funding: str | None
    topics: tuple[str, ...]
    cites: tuple[str, ...]
    origin: Mapping[str, str]
    evidence: Mapping[str, Evidence]
    source: Source
    tags: tuple[Tag, ...] = field(default=(), kw_only=True)  # each topic with the words that name it


@dataclass(frozen=True, slots=True)
class TaskRecord(ItemRecord):
    """A row of a task table or a leaf of prose."""


@dataclass(frozen=True, slots=True)
class DutyRecord(ItemRecord):
    """A responsibility that a plan gives to one named body."""

    role: str
    report_to: tuple[AgencyRef, ...]


@dataclass(frozen=True, slots=True)
class TargetRecord:
    id: str
    document: str
    file: str
    indicator: str
    comparator: str
    value: float | tuple[float, float]
    unit: str
    year: int | None
    baseline: str | None
    evidence: Mapping[str, Evidence]
    source: Source


@dataclass(frozen=True, slots=True)
class DateStatement:
    """A date that one document gives for another: where they disagree, each statement stays with its source."""

    date: str
    stated_in: str
    source: Source


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    id: str
    held: bool
    file: str | None
    original: str | None
    type: str | None
    number: str | None
    number_from: str | None  # "printed", the IRI of the document that settled it, or None
    date: str | None
    issuer: str | None
    jurisdiction: str
    title: str | None
    signer: str | None
    period: str | None
    sha256: str | None
    dates: tuple[DateStatement, ...]  # every date that a held text prints for it
    aliases: tuple[str, ...]  # other IRIs of the same document, e.g. that of the unnumbered draft
    evidence: Mapping[str, Evidence]
    source: Source | None  # where it was first read: its own title, or the first mention


@dataclass(frozen=True, slots=True)
class MentionRecord:
    id: str
    citing: str
    file: str
    number: str | None
    type: str | None
    date: str | None
    issuer: str | None
    title: str | None
    target: str | None
    unresolved: str | None
    region: str
    source: Source


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """A relation between two documents, in the contract's names (`from` and `to` are Python keywords or close)."""

    id: str
    from_: str
    to: str
    from_number: str | None
    to_number: str | None
    relation: str
    stated_in: str
    stated_by: str | None
    source: Source


@dataclass(frozen=True, slots=True)
class AgencyRecord:
    id: str
    name: str
    type: str | None  # id of the agency type
    level: str | None
    jurisdiction: str  # slug of the province's life, or trung-uong
    collective: bool
    as_written: tuple[str, ...]  # every spelling met


@dataclass(frozen=True, slots=True)
class PartRecord:
    id: str
    document: str
    file: str
    kind: str  # section | annex | attached | paragraph
    label: str  # "II", "1.1", "a"; "" where the page gives none
    title: str  # of a section or annex
    text: str | None  # of a paragraph: its words
    section: tuple[Heading, ...]  # the headings above it
    source: Source


@dataclass(frozen=True, slots=True)
class UnresolvedRecord:
    id: str
    kind: str  # mention | date-conflict | field ...
    document: str
    file: str
    what: str
    reason: str
    candidates: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Corpus:
    """All records of one build, each kind sorted by id."""

    documents: tuple[DocumentRecord, ...]
    tasks: tuple[TaskRecord, ...]
    duties: tuple[DutyRecord, ...]
    targets: tuple[TargetRecord, ...]
    mentions: tuple[MentionRecord, ...]
    links: tuple[LinkRecord, ...]
    agencies: tuple[AgencyRecord, ...]
    unresolved: tuple[UnresolvedRecord, ...]
    parts: tuple[PartRecord, ...] = ()  # sections, annexes and paragraphs
