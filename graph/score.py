"""Folding, matching and counting: what every scorer of `cancu evaluate` shares."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from graph.gold_rows import Spelling
from graph.gold_set import Gold
from ingest.fold import fold_tones

Record = Mapping[str, Any]
Records = Mapping[str, Sequence[Record]]
WORD = re.compile(r"[^\W_]+")
# Labels print "UBND tỉnh" where a plan's header has the words in full, and the other way round.
SHORT_FORMS = (("ủy ban nhân dân", "ubnd"), ("hội đồng nhân dân", "hđnd"))
A = TypeVar("A")
B = TypeVar("B")


def fold_text(text: str | None) -> str:
    """Running text for comparing: "-  Nâng cấp  Cổng TTĐT." is "nâng cấp cổng ttđt", "2025 -2030" is "2025-2030"."""
    words = re.sub(r"\s*[-–]\s*", "-", " ".join((text or "").lower().split()))
    return WORD.sub(lambda word: fold_tones(word[0]), words).strip(" -;.,:")


def fold_name(text: str | None) -> str:
    """A body's name for comparing, its words only: "Các Sở, ban ngành" is "các sở ban ngành"."""
    words = " ".join(WORD.findall((text or "").lower()))
    for long, short in SHORT_FORMS:
        words = words.replace(long, short)
    return " ".join(fold_tones(word) for word in words.split())


@dataclass(frozen=True, slots=True)
class Score:
    """One line of the table: a rate or a count, over `n` cases; a rate over nothing has no value."""

    group: str
    metric: str
    value: float | int | None
    n: int


@dataclass(slots=True)
class Tally:
    """How much was right, of what was found and of what should have been."""

    right: int = 0
    found: int = 0
    expected: int = 0

    def add(self, right: int, found: int, expected: int) -> None:
        self.right += right
        self.found += found
        self.expected += expected

    @property
    def precision(self) -> float | None:
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        return self.right / self.expected if self.expected else None

    @property
    def f1(self) -> float | None:
        """Also where nothing was expected: None if nothing was found either, else 0."""
        return 2 * self.right / (self.found + self.expected) if self.found + self.expected else None


@dataclass(slots=True)
class Sheet:
    """Scores of one group in the order they are taken, and each mistake in one line."""

    group: str
    scores: list[Score] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)

    def add(self, metric: str, value: float | int | None, n: int) -> None:
        self.scores.append(Score(self.group, metric, value, n))

    def add_rows(self, tally: Tally) -> None:
        """Precision, recall and F1 of whole rows."""
        self.add("precision", tally.precision, tally.found)
        self.add("recall", tally.recall, tally.expected)
        self.add("F1", tally.f1, tally.expected)

    def add_agreement(self, metric: str, cases: Sequence[tuple[str, object, object, bool]]) -> None:
        """Share of cases (where, expected, found, equal) that are equal."""
        right = sum(equal for *_, equal in cases)
        self.add(metric, right / len(cases) if cases else None, len(cases))
        for where, expected, found, equal in cases:
            if not equal:
                self.note(where, f"{metric} is {found!r}, should be {expected!r}")

    def note(self, where: str, what: str) -> None:
        self.mistakes.append(f"{self.group} {where}: {what}")


def match_pairs(labels: Sequence[A], found: Sequence[B], cost: Callable[[A, B], Any]) -> list[tuple[A, B]]:
    """Pairs one to one, cheapest first; `cost` is None where two cannot be the same thing."""
    costs = ((cost(a, b), i, j) for i, a in enumerate(labels) for j, b in enumerate(found))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(candidate for candidate in costs if candidate[0] is not None):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return [(labels[i], found[j]) for i, j in sorted(pairs.items())]


def remaining(items: Iterable[A], taken: Iterable[A]) -> list[A]:
    """Items that no pair has, by identity."""
    ids = {id(item) for item in taken}
    return [item for item in items if id(item) not in ids]


@dataclass(frozen=True)
class Bodies:
    """Knows which printed names are one body, from agencies_as_written.json."""

    spellings: Mapping[str, Spelling]

    def read_names(self, names: Iterable[Sequence[str]]) -> list[frozenset[str]]:
        """Each body once, as all the names it goes by; a joint cell counts as its members."""
        bodies: list[frozenset[str]] = []
        for alternatives in names:
            for body in self.split_members(alternatives):
                if body and not any(body & other for other in bodies):
                    bodies.append(body)
        return bodies

    def split_members(self, alternatives: Sequence[str]) -> list[frozenset[str]]:
        known = [self.folded[key] for key in map(fold_name, alternatives) if key in self.folded]
        for spelling in known:
            if spelling.members and not spelling.uncertain:
                return [frozenset([fold_name(member)]) for member in spelling.members]
        also = [name for spelling in known for name in (spelling.canonical, spelling.equivalent_to)]
        return [frozenset(fold_name(name) for name in (*alternatives, *also) if name)]

    @cached_property
    def folded(self) -> dict[str, Spelling]:
        return {fold_name(printed): spelling for printed, spelling in self.spellings.items()}

    def count(self, labels: Sequence[str], found: Sequence[Record]) -> Tally:
        """How many bodies of a cell were found, e.g. ["Công An tỉnh"] against one record named "Công an tỉnh"."""
        expected = self.read_names([[name] for name in labels])
        bodies = self.read_names([[body["as_written"], body["name"]] for body in found])
        pairs = match_pairs(expected, bodies, lambda a, b: 0 if a & b else None)
        return Tally(len(pairs), len(bodies), len(expected))


def read_original(record: Record, gold: Gold) -> str:
    """The name that labels use for the file a record was read from."""
    source = record.get("source") or {}
    file = str(record.get("file") or source.get("file") or "")
    name = file.rpartition("/")[2]  # a folder above the plans may have been given
    return gold.originals.get(name, name)


def read_line(record: Record) -> int:
    """The raw line a record was read from; 0 when it has no source."""
    return int((record.get("source") or {}).get("line") or 0)


def overlaps(record: Record, start: int, end: int) -> bool:
    """Whether a record's quote shares text with a span of the NFC text."""
    source = record.get("source") or {}
    return bool(source) and int(source["start"]) < end and start < int(source["end"])
