"""What reading one plan yields: frozen records under local addresses, each fact with the place it was read.

An address is the document's own numbering (`phu-luc/2/muc/7`); IRIs are made later, in `graph/iri.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Origin(StrEnum):
    """How a value came to be: printed here, printed in a merged cell, or concluded."""

    STATED = "stated"
    INHERITED = "inherited"
    ASSUMED = "assumed"


class Region(StrEnum):
    """The part of a document in which a mention stands."""

    RECITAL = "recital"
    BODY = "body"
    ANNEX = "annex"
    TABLE = "table"
    PORTAL = "portal"


class Relation(StrEnum):
    """How one document stands to another, in the names of the contract."""

    LEGAL_BASIS = "legal_basis"
    IMPLEMENTS = "implements"
    AMENDS = "amends"
    APPROVES = "approves"
    GUIDES = "guides"
    PROMULGATED_WITH = "promulgated_with"
    REPLACES = "replaces"
    CITES = "cites"


@dataclass(frozen=True, slots=True)
class Source:
    """A place in a document: `text[start:end] == quote`, in code points of the NFC text; `line` is of that text.

    `page` and `block` ("table[3]/row[4]/cell[2]") are given where the file has them; plain text has neither.
    """

    file: str
    line: int
    start: int
    end: int
    quote: str
    page: int | None = None
    block: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a field has its value; `reason` and `candidates` are given where the value is assumed."""

    source: Source
    origin: Origin = Origin.STATED
    reason: str | None = None
    candidates: tuple[str, ...] = ()


AROUND = "paragraph"  # evidence that no field is read from: the paragraph in which a clause or figure stands


def read_places(source: Source, evidence: Mapping[str, Evidence]) -> list[Source]:
    """Every place that an item was read from, what only stands around it left out."""
    return [source, *(found.source for name, found in evidence.items() if name != AROUND)]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date or rhythm as precise as the page: `2030` stays a year; `earliest`/`latest` bound the printed end."""

    kind: str = "none"  # by | period | recurring | ongoing | conditional | none
    start: str | None = None
    end: str | None = None
    recurrence: str | None = None  # monthly | quarterly | half-yearly | yearly | ...
    # when in each round: a day of the year "12-10", a month of it "11", a quarter of it "quarter-4", a day of the month
    # "20" (when monthly), of a quarter "quarter-last-month-10"; several in order, joined by commas: "06-15,12-15"
    due: str | None = None
    raw: str | None = None
    earliest: str | None = None
    latest: str | None = None
    active_from: str | None = None
    active_to: str | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """Somebody named in a plan: one agency, or a collective ("Các sở, ban, ngành") that is nobody in particular."""

    name: str  # canonical: "Sở Khoa học và Công nghệ"
    as_written: str
    type: str | None  # id of an agency type of the ontology, when the name is known
    level: str | None  # province | central | district | commune | ...
    collective: bool
    source: Source
    short: bool = False  # by a short name that this text alone declares: "Sở"


@dataclass(frozen=True, slots=True)
class Heading:
    """One step of a section path: label "II", title "NHIỆM VỤ VÀ GIẢI PHÁP CHỦ YẾU"."""

    label: str
    title: str
    code: str | None = None  # of a group of rows: "CQS1"


@dataclass(frozen=True, slots=True)
class Tag:
    """A topic and the words that name it: Tag("tro-ly-ao", source of "trợ lý ảo")."""

    topic: str
    source: Source


@dataclass(frozen=True, slots=True)
class Task:
    """A row of a task table or a leaf of prose, with one evidence for each field that has a value."""

    address: str
    annex: str | None
    number: str | None
    code: str | None
    name: str | None
    text: str
    section: tuple[Heading, ...]
    form: str  # table | prose
    lead: tuple[Body, ...]
    coordinating: tuple[Body, ...]
    deadline: Deadline
    output: str | None
    funding: str | None
    topics: tuple[str, ...]
    evidence: Mapping[str, Evidence]
    source: Source
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """A responsibility that the plan's own text gives to one named body: one record a clause and body."""

    address: str
    text: str
    section: tuple[Heading, ...]
    role: str  # lead | coordinate | execute | report
    lead: tuple[Body, ...]
    coordinating: tuple[Body, ...]
    report_to: tuple[Body, ...]
    deadline: Deadline
    topics: tuple[str, ...]
    evidence: Mapping[str, Evidence]
    source: Source
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A figure to be reached: "TFP trên 50% vào năm 2030" is indicator, ">", 50, "%", 2030."""

    address: str
    indicator: str
    comparator: str  # = >= > <= < range increase
    value: float | tuple[float, float]
    unit: str
    year: int | None
    baseline: str | None
    evidence: Mapping[str, Evidence]
    source: Source


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a text names a document: "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị"."""

    number: str | None  # "433-KH/TU", spaces cleaned; None when the text gives none
    blank: bool  # a number was meant to stand here: "Quyết định số /QĐ-UBND"
    symbol: str | None  # "QĐ-UBND", also when the number is blank
    type: str | None  # "Kế hoạch"
    date: str | None  # ISO, as precise as printed
    issuer: str | None  # as printed: "Bộ Chính trị", "UBND tỉnh"
    title: str | None
    region: Region
    itself: bool  # the document speaks of itself: "(Kèm theo Kế hoạch số 57/KH-UBND ...)"
    task: str | None  # address of the task in whose text it stands
    source: Source


@dataclass(frozen=True, slots=True)
class StatedRelation:
    """A relation read between two mentions, by their position in `Extraction.mentions`; -1 is the document itself."""

    subject: int
    object: int
    relation: Relation
    task: str | None  # address of the one task that states it
    source: Source
    reason: str | None = None  # where the wording only suggests the relation


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """The identity of a plan as its own pages give it; what they leave out is None."""

    type: str | None
    number: str | None
    symbol: str | None  # "KH-UBND", also when the number is blank
    date: str | None
    issuer: str | None  # "UBND tỉnh Hà Nam"
    province: str | None  # short name: "Hà Nam"
    title: str | None
    signer: str | None
    period: str | None
    evidence: Mapping[str, Evidence]
    source: Source  # the title, or the first line


@dataclass(frozen=True, slots=True)
class Part:
    """A section, annex or paragraph of a document: its address, heading and extent."""

    address: str
    kind: str  # annex | section | paragraph | recitals | signature | recipients | portal ...
    label: str
    title: str  # of a paragraph its words
    path: tuple[Heading, ...]
    source: Source  # the heading, the whole of a paragraph
    caption: Source | None  # "(Kèm theo Quyết định số ...)", which ties an annex to its document
    end: int  # where the part ends, as an offset


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one plan yields."""

    file: str
    sha256: str
    document: DocumentFacts
    parts: tuple[Part, ...] = ()
    mentions: tuple[Mention, ...] = ()
    relations: tuple[StatedRelation, ...] = ()
    tasks: tuple[Task, ...] = ()
    duties: tuple[Duty, ...] = ()
    targets: tuple[Target, ...] = ()
    warnings: tuple[str, ...] = field(default=())  # rows that were not read
    notes: tuple[str, ...] = field(default=())  # what to tell the user of how the file was read
    kind: str = "txt"  # of the file: "docx"
