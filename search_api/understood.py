"""What a question was understood to ask: filters, each with the words it came from, and the text that ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

# The fields of `Understood` that filter, as a caller names them to take one away.
Filter = Literal[
    "topics",
    "agencies",
    "role",
    "jurisdictions",
    "due",
    "active",
    "recurrence",
    "kinds",
    "states",
    "outputs",
    "funding",
    "directives",
    "documents",
    "excluded",
]
FILTERS: tuple[Filter, ...] = get_args(Filter)


@dataclass(frozen=True, slots=True)
class Named:
    """A value of a closed vocabulary that a question names: `id` stands for it, `ids` are all that it means.

    "Sở Y tế" without a province is the type `so-y-te` and means that agency of every province; a topic means itself
    and what is narrower.
    """

    id: str
    label: str  # Vietnamese
    label_en: str
    words: str  # as the question has them
    ids: tuple[str, ...]  # topic ids, agency IRIs, jurisdictions, document IRIs, kinds of records, values of a column


@dataclass(frozen=True, slots=True)
class Excluded(Named):
    """What a question does not want: "không phải của Sở Y tế", "except Hưng Yên", "not under Resolution 57"."""

    columns: tuple[str, ...]  # where the values are looked for: ("lead",) of "not led by"
    within: tuple[str, ...] = ()  # the jurisdictions that it is confined to: "trừ Sở Y tế Hưng Yên"


@dataclass(frozen=True, slots=True)
class Assigned:
    """One of several agencies, each with a role of its own: "led by Sở Y tế with Sở Tài chính"."""

    agency: str  # the id of the `Named` among the agencies
    role: str
    label: str  # of the role
    label_en: str


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days that a question names: "2026" is 2026-01-01 to 2026-12-31; an open end is None."""

    start: str | None
    end: str | None
    words: str
    status: str | None = None  # "overdue" | "upcoming", where the question puts it so


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A condition that what is found must meet as well, as facets set it: Narrowed("topic", Named("chu-ky-so", …))."""

    name: str  # as a caller names it
    value: Named | Period

    @property
    def id(self) -> str:
        """What stands for the value."""
        return self.value.words if isinstance(self.value, Period) else self.value.id


@dataclass(frozen=True, slots=True)
class Near:
    """A name that may have been meant."""

    label: str
    label_en: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What a question says that filters nothing: Notice("no-such-date", "31/2/2026")."""

    kind: str  # "no-such-date" | "no-such-body" | "no-document-of" | "no-such-words"
    words: str
    near: tuple[Near, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as filters and a rest; filters are exact, `text` is what ranks."""

    query: str
    text: str  # the question without the words of its filters, topics kept
    language: str  # "vi" | "vi-unaccented" | "en"
    topics: Sequence[Named] = ()
    agencies: Sequence[Named] = ()
    role: Named | None = None  # id "lead" | "coordinating" | "report_to"; None is one of the first two
    assigned: Sequence[Assigned] = ()  # where each agency has its own: a row needs all of them
    jurisdictions: Sequence[Named] = ()
    due: Period | None = None
    active: Period | None = None
    kinds: Sequence[Named] = ()  # ids "task" | "duty" | "target" | "section" | "document"
    directives: Sequence[Named] = ()
    documents: Sequence[Named] = ()  # in which it stands; only a caller sets it
    recurrence: Sequence[Named] = ()  # ids "yearly" | ... | "recurring" (any of them) | "ongoing" | "conditional"
    states: Sequence[Named] = ()  # what a record leaves out: "no-deadline", "no-lead", ...; "collective-lead"
    funding: Sequence[Named] = ()  # who pays
    outputs: Sequence[Named] = ()  # what comes of it
    excluded: Sequence[Excluded] = ()
    notices: Sequence[Notice] = ()  # what is no filter although it reads like one
    within: Sequence[Narrowed] = ()  # what else is to be true of the results; only a caller sets it
    demanded: frozenset[str] = frozenset()  # filters that the caller set beside the question
