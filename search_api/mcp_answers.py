"""What each tool of the MCP server answers: a caller can cite every one of them, and check it in the source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Built:
    """The build that an answer comes from."""

    id: str  # "0003-1f2e3d4c"
    date: str  # when it was built: "2026-05-01T08:00:00+00:00"


@dataclass(frozen=True, slots=True)
class Cited:
    """A thing with all that a reader needs to find it: what it is called, the words it was read in, and their place."""

    iri: str
    name: str  # short, for the other tools: "12/KH-UBND#II.7"
    kind: str  # task, duty, target, part, document, agency ...
    citation: str  # in Vietnamese, as a paper cites it
    held: bool  # whether the text is here; otherwise it is only cited by others
    quote: str | None  # exactly as printed
    place: str | None  # "file.txt:12"


@dataclass(frozen=True, slots=True)
class ItemFound:
    """One result of a search."""

    source: Cited
    score: float
    group: str | None  # "due" or "active" where a time was asked for
    text: str
    lead: list[str]
    coordinating: list[str]
    deadline: str | None  # as printed
    due: list[str | None] | None  # first and last day on which it ends
    topics: list[str]
    document: Cited | None


@dataclass(frozen=True)  # no slots: the SDK reads defaults off the class
class SearchFound:
    """The answer to a question; with no results `note` says which filter left none."""

    generation: Built
    query: str
    understood: list[str]  # every filter, with the words of the question that it came from
    ranked_by: str  # the words that rank what passes the filters
    total: int
    exact: bool  # every item that passes the filters is counted; otherwise only the nearest in meaning are
    results: list[ItemFound]
    next_offset: int | None
    note: str


@dataclass(frozen=True)  # no slots: the SDK reads defaults off the class
class ThingFound:
    """One thing by its name; `found` is false, and `note` says what comes near, when nothing or several have it."""

    generation: Built
    found: bool
    source: Cited | None
    record: dict[str, Any] | None  # every field, and under `evidence` the quote of each
    contains: list[Cited]  # of a document: its tasks, duties and targets, some of them
    total: int  # how many there are
    next_offset: int | None
    note: str


@dataclass(frozen=True, slots=True)
class StepFound:
    """One step of a path: `source` is what it leads to, `quote` the sentence that states the step."""

    relation: str
    basis: str | None  # of a task: "stated" by itself, or "inherited" from its document
    to: Cited
    quote: str | None
    place: str | None
    notes: list[str]  # amended by, replaced by, dates that disagree


@dataclass(frozen=True, slots=True)
class DocumentBelow:
    """A document that rests on the directive, and how much of it does."""

    source: Cited
    relation: str | None
    depth: int | None
    quote: str | None
    place: str | None
    tasks: int
    duties: int
    targets: int
    stated: int


@dataclass(frozen=True)  # no slots: the SDK reads defaults off the class
class TraceFound:
    """What something rests on, as paths, the shortest first; downwards what rests on it, by document and by task."""

    generation: Built
    found: bool
    start: Cited | None
    notes: list[str]
    paths: list[list[StepFound]]  # upwards
    total: int  # of paths, or of tasks, duties and targets downwards
    counts: dict[str, int]  # downwards
    documents: list[DocumentBelow]  # downwards
    items: list[StepFound]  # downwards; those that say so themselves first
    next_offset: int | None
    note: str


@dataclass(frozen=True)  # no slots: the SDK reads defaults off the class
class RowsFound:
    """The answer of a SPARQL query: rows, or for CONSTRUCT and DESCRIBE Turtle."""

    generation: Built
    form: str
    columns: list[str]
    rows: list[dict[str, str]]
    total: int
    boolean: bool | None  # of ASK
    turtle: str | None
    sources: list[Cited]  # of what the rows name
    note: str


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """A document whose text is here: how much was read out of it, and how many of its lines gave no fact."""

    source: Cited
    tasks: int
    duties: int
    targets: int
    lines: int | None
    lines_unread: int | None


@dataclass(frozen=True)  # no slots: the SDK reads defaults off the class
class CoverageFound:
    """What can be asked here, and what cannot: never empty."""

    generation: Built
    scope: str
    counts: dict[str, int]
    documents: list[HeldDocument]
    by_type: dict[str, int]  # documents held
    by_province: dict[str, dict[str, int]]
    by_year: dict[str, int]  # documents held, by the year of their date
    due_by_year: dict[str, int]  # tasks and duties, by the year in which they end
    not_held: list[Cited]  # documents that these rest on or cite, the most cited first
    not_held_total: int
    not_covered: list[str]
