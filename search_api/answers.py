"""What the service answers beyond the records of the contract: they describe the answers in the OpenAPI document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import RootModel

from graph.records import AgencyRecord, DocumentRecord, DutyRecord, TargetRecord, TaskRecord


@dataclass(frozen=True, slots=True)
class TaskAnswer(TaskRecord):
    """A task as in the contract, its short name, and the agencies it names."""

    record: str
    short: str  # the name that other operations and commands take
    document_short: str
    agencies: tuple[AgencyRecord, ...]


@dataclass(frozen=True, slots=True)
class DutyAnswer(DutyRecord):
    """A duty as in the contract, its short name, and the agencies it names."""

    record: str
    short: str
    document_short: str
    agencies: tuple[AgencyRecord, ...]


@dataclass(frozen=True, slots=True)
class TargetAnswer(TargetRecord):
    """A target as in the contract and its short name."""

    record: str
    short: str
    document_short: str
    agencies: tuple[AgencyRecord, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many things a document asks for."""

    tasks: int
    duties: int
    targets: int


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A document in a list."""

    id: str
    short: str
    held: bool
    type: str | None
    number: str | None
    date: str | None
    issuer: str | None
    jurisdiction: str
    title: str | None
    signer: str | None
    period: str | None
    file: str | None
    counts: Counts


@dataclass(frozen=True, slots=True)
class DocumentAnswer(DocumentRecord):
    """A document as in the contract, what it rests on, what rests on it, and how much it asks for."""

    record: str
    short: str
    links_from: tuple[Mapping[str, Any], ...]  # relations that start here
    links_to: tuple[Mapping[str, Any], ...]  # relations that end here
    counts: Counts


class SomeFields(RootModel[dict[str, Any]]):
    """The fields that `fields` asks for, each as in the whole record."""


@dataclass(frozen=True, slots=True)
class BelowCounts:
    """How much rests on a document."""

    documents: int
    held: int  # of them, with their text
    tasks: int
    duties: int
    targets: int
    stated: int  # tasks and duties that say so in their own words


@dataclass(frozen=True, slots=True)
class Below:
    """What rests on a document, in all and by document."""

    counts: BelowCounts
    cut: bool  # there is more, farther away
    documents: tuple[Mapping[str, Any], ...]
    more_documents: int  # behind these


@dataclass(frozen=True, slots=True)
class TraceAnswer:
    """All paths from one node, nearest first; downwards what there is in all as well."""

    start: str
    name: str
    down: bool
    cut: bool  # there are more paths than are given
    paths: tuple[tuple[Mapping[str, Any], ...], ...]
    amended_by: tuple[Mapping[str, Any], ...]  # of the start; each step has its own
    replaced_by: tuple[Mapping[str, Any], ...]
    conflicts: tuple[Mapping[str, Any], ...]  # statements of its date that cannot all be right
    below: Below | None = None


@dataclass(frozen=True, slots=True)
class ItemsBelow:
    """Some of the tasks, duties and targets that rest on a document: those that say so themselves first."""

    total: int
    limit: int
    offset: int
    results: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class DirectiveAnswer:
    """A document and everything that rests on it, at any distance."""

    id: str
    name: str
    type: str | None
    number: str | None
    title: str | None
    date: str | None
    issuer: str | None
    held: bool
    amended_by: tuple[Mapping[str, Any], ...]
    replaced_by: tuple[Mapping[str, Any], ...]
    conflicts: tuple[Mapping[str, Any], ...]
    counts: BelowCounts
    cut: bool
    documents: tuple[Mapping[str, Any], ...]  # each with how many of its tasks, duties and targets rest on it
    more_documents: int  # behind these: ask with documents_offset
    items: ItemsBelow


@dataclass(frozen=True, slots=True)
class Ready:
    """Whether requests can be answered, and from what."""

    status: str  # "ready"
    generation: str
    counts: Mapping[str, int]
    model: str | None  # the name of the embedding model
    problem: str | None  # why a newer generation is not served
