"""One row of the index, as it is built, written and filtered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """One row of the index: its text, and every value that a filter may ask for."""

    id: str
    kind: str
    text: str  # what is encoded and what is looked up word by word
    values: Mapping[str, tuple[str, ...]]  # column -> values, e.g. {"lead": (IRI, ...), "topic": ("du-lieu-so",)}
    due: tuple[str | None, str | None] = (None, None)  # first and last day of the end as printed
    active: tuple[str | None, str | None] = (None, None)  # bounds of the time in which it is worked on
