"""What a page of the reading view is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search_api.page_read_layout import Unit
from search_api.page_read_marks import Token

_BRIEF = 6  # letters: "II.144"


@dataclass(frozen=True, slots=True)
class Note:
    """What was read in a paragraph or cell: Note("task", "II.7", "/task/…")."""

    kind: str
    name: str
    link: str


@dataclass(slots=True)
class Cell:
    """Text of a table with its marks; over how many rows and columns it runs; `is_above` repeats what stands above."""

    tokens: Sequence[Token]
    notes: Sequence[Note]
    columns: int = 1
    rows: int = 1
    is_above: bool = False

    @property
    def is_brief(self) -> bool:
        """Whether it holds no more than a number, which is not broken over lines."""
        return sum(len(each.text) for each in self.tokens if each.kind == "text") <= _BRIEF


@dataclass(frozen=True, slots=True)
class Shown:
    """A paragraph, heading or row as the page has it."""

    unit: Unit
    line: int
    anchor: str  # "L12", "" where another place of the page has that line
    is_asked: bool
    cells: Sequence[Cell]
    level: int = 0  # of a heading: 2 to 6


@dataclass(frozen=True, slots=True)
class Legend:
    """A kind of marks: how many there are, whether they are shown, and the page with the other choice."""

    kind: str
    count: int
    is_shown: bool
    link: str
