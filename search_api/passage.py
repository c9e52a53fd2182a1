"""One row of the index, as it is built, written and filtered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Passage:
    """One row of the index: its text, and every value that a filter may ask for."""

    id: str
    kind: str
    text: str  # its own words
    values: Mapping[str, tuple[str, ...]]  # column -> values, e.g. {"lead": (IRI, ...), "topic": ("du-lieu-so",)}
    due: tuple[str | None, str | None] = (None, None)  # first and last day of the end as printed
    active: tuple[str | None, str | None] = (None, None)  # bounds of the time in which it is worked on
    context: str = ""  # the headings above it
    labels: str = ""  # who leads and until when, as printed

    @property
    def words(self) -> str:
        """What is looked up word by word: its own words, and what stands around them."""
        return " ".join(part for part in (self.context, self.text, self.labels) if part)


def kind_of_record(record: Mapping[str, Any]) -> str:
    """What a search calls a record: "section" for headings, annexes and paragraphs, else as the record says."""
    return "section" if record["record"] == "part" else str(record["record"])
