"""The loaded hand labels: what `graph/gold.py` returns and the scorers read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from graph.gold_questions import FilterQuestion
from graph.gold_rows import (
    DocumentLabel,
    DutyLabel,
    JudgementLabel,
    LinkLabel,
    NotLinkLabel,
    PassageLabel,
    QueryLabel,
    ReferenceLabel,
    Spelling,
    TargetLabel,
    TaskLabel,
)


class GoldError(Exception):
    """A label that cannot be right, e.g. "targets.jsonl:3: quote is not on line 12 of 000_511e82507eab59f1.txt"."""


class _OfDocument(Protocol):
    @property
    def doc(self) -> str: ...


_Label = TypeVar("_Label", bound=_OfDocument)


def _of(doc: str, labels: tuple[_Label, ...]) -> tuple[_Label, ...]:
    return tuple(label for label in labels if label.doc == doc)


@dataclass(frozen=True, slots=True)
class PlanText:
    """A plan as offsets count it: the raw text, the NFC text, and where each NFC line starts."""

    raw: str
    text: str
    starts: tuple[int, ...]

    def offset(self, line: int, column: int) -> int:
        """Position in the NFC text of a column of a 1-based line."""
        return self.starts[line - 1] + column

    def line_end(self, line: int) -> int:
        """Position after the last character of a line, its line end included."""
        return self.starts[line] if line < len(self.starts) else len(self.text) + 1

    def lines(self, first: int, last: int) -> str:
        """The text of some 1-based lines, or "" where there are none."""
        return "\n".join(self.text.split("\n")[first - 1 : last]) if 1 <= first <= last <= len(self.starts) else ""


@dataclass(frozen=True, slots=True)
class LineRange:
    """Lines of one document where a kind of label is complete, ends included."""

    doc: str
    first: int
    last: int

    def holds(self, doc: str, line: int) -> bool:
        return doc == self.doc and self.first <= line <= self.last


@dataclass(frozen=True, slots=True)
class Scope:
    """Where precision may be scored, read from scope.json."""

    tasks: tuple[LineRange, ...]
    duties: tuple[LineRange, ...]
    targets: frozenset[str]
    references: frozenset[str]


@dataclass(frozen=True, slots=True)
class Gold:
    """All hand labels, and what is needed to compare records with them."""

    tasks: tuple[TaskLabel, ...]
    documents: tuple[DocumentLabel, ...]
    references: tuple[ReferenceLabel, ...]
    links: tuple[LinkLabel, ...]
    not_links: tuple[NotLinkLabel, ...]
    targets: tuple[TargetLabel, ...]
    duties: tuple[DutyLabel, ...]
    passages: tuple[PassageLabel, ...]
    queries: tuple[QueryLabel, ...]
    judgements: tuple[JudgementLabel, ...]
    filter_questions: tuple[FilterQuestion, ...]
    added_judgements: tuple[JudgementLabel, ...]  # later ones on the same queries, apart from those as given
    held_out_queries: tuple[QueryLabel, ...]  # nobody tunes on these
    held_out_judgements: tuple[JudgementLabel, ...]
    spellings: Mapping[str, Spelling]
    scope: Scope
    texts: Mapping[str, PlanText]  # by original name
    originals: Mapping[str, str]  # name in data/plans -> name that labels use

    def of_document(self, doc: str) -> Gold:
        """The labels of one plan alone, to be scored against its records alone."""
        references = [
            reference.model_copy(update={"mentions": tuple(each for each in reference.mentions if each.doc == doc)})
            for reference in self.references
        ]
        return replace(
            self,
            tasks=_of(doc, self.tasks),
            documents=_of(doc, self.documents),
            references=tuple(each for each in references if each.mentions),
            links=_of(doc, self.links),
            not_links=_of(doc, self.not_links),
            targets=_of(doc, self.targets),
            duties=_of(doc, self.duties),
            scope=Scope(
                _of(doc, self.scope.tasks),
                _of(doc, self.scope.duties),
                self.scope.targets & {doc},
                self.scope.references & {doc},
            ),
        )
