"""The shapes of the hand labels in data/gold, a class for each kind of row; data/gold/README.md explains them."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

DeadlineKind = Literal["by", "period", "recurring", "ongoing", "conditional", "none"]
RelationName = Literal[
    "legal_basis", "implements", "amends", "approves", "guides", "promulgated_with", "replaces", "cites"
]
RoleName = Literal["lead", "coordinate", "execute", "report"]
Strings = tuple[str, ...]


class Row(BaseModel):
    """One label; a key that is not listed here is an error, so a misspelt one cannot go unscored."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class DeadlineLabel(Row):
    kind: DeadlineKind
    start: str | None
    end: str | None
    recurrence: str | None
    due: str | None = None


class TaskLabel(Row):
    doc: str
    line: int
    line_end: int | None = None
    text_line: int | None = None
    appendix: str | None
    number: str | None
    code: str | None = None
    name: str | None = None
    group: Strings
    text: str
    lead: Strings
    coordinating: Strings
    deadline_raw: str
    deadline: DeadlineLabel
    output: str | None = None
    funding: str | None = None
    inherited: Strings = ()
    cites: Strings = ()
    cites_unnumbered: Strings = ()
    uncertain: Strings
    uncertain_why: str | None
    candidates: dict[str, list[str | list[str] | None]]
    note: str | None = None

    def states(self, field: str) -> bool:
        """Whether this row was labelled for a field: Phụ lục I has no `code`, Phụ lục II no `output`."""
        return field in self.model_fields_set and field not in self.uncertain


class Quotation(Row):
    doc: str
    line: int
    quote: str


class InferredNumber(Row):
    number: str
    evidence: tuple[Quotation, ...]
    reasoning: str


class PrintedDate(Row):
    text: str
    line: int
    year: int | None
    month: int | None
    day: int | None

    def iso(self) -> str:
        """As precise as printed: "/12/2022" is 2022-12."""
        parts = [f"{self.year:04d}" if self.year else "", f"{self.month:02d}" if self.month else ""]
        return "-".join(filter(None, [*parts, f"{self.day:02d}" if self.day else ""]))


class SignerLabel(Row):
    name: str
    role: str
    line: int


class PeriodLabel(Row):
    start: int | None
    end: int | None
    vision: int | None
    text: str


class AnnexLabel(Row):
    key: str
    line: int
    title: str
    note: str | None = None


class DocumentLabel(Row):
    doc: str
    key: str
    type: str
    symbol: str
    number: str | None
    number_printed: str
    number_inferred: InferredNumber | None
    number_inferred_note: str | None = None
    issuer: str
    province: str
    date_printed: PrintedDate
    date_inferred: str | None
    title: str
    title_line: int
    signer: SignerLabel
    period: PeriodLabel
    recipients_count: int
    recipients_excluding_luu: int
    recipients_lines: tuple[int, int]
    legal_bases: Strings
    annexes: tuple[AnnexLabel, ...]


class Span(Row):
    """A quote and its place: `start` and `end` count code points of the NFC line."""

    doc: str
    line: int
    quote: str
    start: int
    end: int


class MentionLabel(Span):
    relation: RelationName
    region: str
    number_printed: str | None = None
    date_printed: str | None = None
    self_reference: bool = False
    number_blank: bool = False
    nested_in: Strings = ()
    note: str | None = None
    uncertain: str | None = None


class ReferenceLabel(Row):
    key: str
    type: str
    number: str
    date: str
    date_alternatives: Strings = ()
    issuer: str
    issuer_basis: str
    title: str | None
    mentions: tuple[MentionLabel, ...]
    cited_by: Strings
    mention_count: int
    is_seed: str | None = None
    note: str | None = None
    uncertain: str | None = None


class LinkLabel(Span):
    from_: str = Field(alias="from")
    relation: RelationName
    to: str
    to_resolved: str | None = None
    either_of: str | None = None
    note: str | None = None
    uncertain: str | None = None

    @property
    def optional(self) -> bool:
        """Neither required nor wrong: named after "theo", or approval that is only inferred."""
        return self.uncertain is not None or (self.note or "").startswith("weak")


class NotLinkLabel(Row):
    from_: str = Field(alias="from")
    relation: RelationName
    to: str
    doc: str
    line: int
    kind: str
    why: str


class TargetLabel(Row):
    id: str
    doc: str
    line: int
    line_end: int | None = None
    quote: str
    quote_cont: str | None = None
    indicator: str
    indicator_en: str
    comparator: Literal["=", ">=", ">", "<=", "<", "range", "increase"]
    value: float | tuple[float, float]
    unit: str
    year: int | None
    year_basis: str | None = None
    baseline: dict[str, str | int | float | None] | None
    scope: str
    change: str | None = None
    period: str | None = None
    approx: bool = False
    frequency: str | None = None
    note: str | None = None
    uncertain: str | None = None


class DutyLabel(Row):
    id: str
    doc: str
    section: str
    line: int
    line_end: int
    agency: str
    agency_line: int
    role: RoleName
    role_alt: tuple[RoleName, ...]
    coordinating: Strings
    report_to: Strings
    text: str
    deadline_raw: str | None
    deadline: DeadlineLabel
    implied: bool
    uncertain: Strings
    uncertain_why: str | None


class Spelling(Row):
    """What one printed agency name stands for: "Công An tỉnh" is "Công an tỉnh"."""

    canonical: str
    collective: bool
    english: str
    members: Strings = ()
    equivalent_to: str | None = None
    role_words: str | None = None
    uncertain: bool = False
    note: str | None = None
    rows_as_lead: int
    rows_as_coordinating: int


class ScopeLabel(Row):
    """Where labels are complete, in words: "complete for 000, 002"."""

    tasks: str
    references: str = Field(alias="references and links and not_links")
    documents: Strings
    targets: str
    duties: str
    queries: str


class PassageLabel(Row):
    id: str
    file: str
    line: int
    label: str
    kind: Literal["task", "prose"]
    start: int  # unlike elsewhere in code points of the raw file, before NFC
    end: int
    text: str
    section: Strings
    task_code: str | None = None
    task_name: str | None = None


class QueryLabel(Row):
    id: str
    lang: str
    text: str
    type: str
    intent: str
    twin: str | None = None  # the same question in another form


class JudgementLabel(Row):
    query: str
    passage: str
    grade: Literal[0, 1, 2]
    uncertain: bool | str | None = None
    reason: str | None = None  # a few words why
