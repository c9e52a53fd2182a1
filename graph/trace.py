"""Tracing: every path from a task, duty, target or document up to what it rests on, or down to what rests on it.

Upwards it follows legal_basis, implements, amends, guides, promulgated_with, the inverse of approves, and what a
task itself names; not a plain `cites` between documents. What one task states is followed from that task only,
and from the document where the trace starts.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from pyoxigraph import Store

from graph.facts import CC, RELATIONS, Facts, Statement
from graph.names import Names, natural_key
from graph.trace_notes import find_notes

# Followed upwards; where several join the same two nodes, the first names the step.
FOLLOWED = ("part_of", "legal_basis", "implements", "amends", "guides", "promulgated_with", "approves", "cites")
_BETWEEN_DOCUMENTS = frozenset(FOLLOWED) - {"part_of", "cites", "approves"}
# The properties by which a task itself rests on a document.
STATED = tuple(iri for iri, name in RELATIONS.items() if name in _BETWEEN_DOCUMENTS)
MOST_STEPS = 12
MOST_PATHS = 500
_MOST_TRIED = 20_000  # partial paths: a web of documents that all rest on each other has no end


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence that states a step."""

    relation: str
    source: dict[str, Any] | None
    stated_in: str


Found = tuple[str, str, Reading]  # what rests, on what, and a sentence that says so


@dataclass(frozen=True, slots=True)
class Step:
    """`from_` rests on `to`: each such pair is one step, however many sentences say so."""

    from_: str
    to: str
    readings: tuple[Reading, ...]

    @property
    def relation(self) -> str:
        """The strongest relation that any sentence states: "legal_basis"."""
        return self.readings[0].relation


@dataclass(frozen=True, slots=True)
class Trace:
    """All paths from one node, nearest first; `cut` when there are more than are given."""

    start: str
    down: bool
    paths: tuple[tuple[Step, ...], ...]
    cut: bool


def trace(store: Store, start: str, down: bool = False, depth: int = MOST_STEPS) -> Trace:
    """Every simple path from an IRI, each as far as it leads or `depth` steps: trace(store, task).paths[0][-1].to"""
    tracer = Tracer(Facts(store), start, down)
    paths, cut = tracer.search(min(depth, MOST_STEPS))
    paths.sort(key=lambda path: (len(path), [natural_key(tracer.end(step)) for step in path]))
    return Trace(start, down, tuple(paths), cut)


def leads_on(store: Store, start: str, down: bool = False) -> bool:
    """Whether a trace from here has any step: leads_on(store, resolution, down=True)."""
    return bool(Tracer(Facts(store), start, down).steps(start))


def trace_as_json(found: Trace, names: Names) -> dict[str, Any]:
    """The contract's trace answer, the notes of each document, and of a task's basis whether it says so itself."""
    described: dict[str, dict[str, Any]] = {}
    write = partial(write_step, names=names, down=found.down, described=described)
    is_item = names.facts.is_item(found.start)
    return {
        "start": found.start,
        "name": names.short(found.start),
        "down": found.down,
        "cut": found.cut,
        **find_notes(names, found.start),
        "paths": [
            [
                {**write(step), "basis": basis}
                for step, basis in zip(path, _bases(path, found.down, is_item, names.facts), strict=True)
            ]
            for path in found.paths
        ],
    }


def write_step(step: Step, names: Names, down: bool, described: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """One step as data; a step of an inverse relation says so, further sentences stand under `also`."""
    end = step.from_ if down else step.to
    if end not in described:
        described[end] = {**names.facts.describe(end), "name": names.short(end), **find_notes(names, end)}
    first, *others = step.readings
    also = [{"relation": each.relation, "stated_in": each.stated_in, "source": each.source} for each in others]
    return {
        "from": step.from_,
        "to": step.to,
        "relation": step.relation,
        "inverse": step.relation == "approves",
        **described[end],
        "stated_in": first.stated_in,
        "source": first.source,
        "also": also,
    }


def _bases(path: Sequence[Step], down: bool, is_item: bool, facts: Facts) -> Iterator[str | None]:
    """Whether a task says itself what it rests on, or has it from its document: None between documents."""
    for step in path:
        if down:
            yield basis_of(step) if facts.is_item(step.from_) else None
        else:
            yield basis_of(path[0]) if is_item else None


def basis_of(step: Step) -> str:
    """Of a step from a task: "stated" in its own words, or "inherited" from the document it is part of."""
    return "inherited" if step.relation == "part_of" else "stated"


class Tracer:
    """The steps around each node by the rules above: Tracer(facts, task, down=False).steps(task)."""

    def __init__(self, facts: Facts, start: str, down: bool) -> None:
        self.facts, self.start, self.down = facts, start, down
        self.from_item = facts.is_item(start)
        self.known: dict[str, tuple[Step, ...]] = {}

    def search(self, depth: int) -> tuple[list[tuple[Step, ...]], bool]:
        """Breadth first, so that what is cut off is what lies farthest away; True when something was."""
        paths: list[tuple[Step, ...]] = []
        is_cut = False
        waiting: deque[tuple[Step, ...]] = deque([()])
        tried = 0
        while waiting:
            path = waiting.popleft()
            tried += 1
            if len(paths) == MOST_PATHS or tried > _MOST_TRIED:
                return paths, True
            seen = {self.start, *map(self.end, path)}
            here = self.end(path[-1]) if path else self.start
            further = [step for step in self.steps(here) if self.end(step) not in seen]
            if path and (not further or len(path) == depth):
                paths.append(path)
            if len(path) < depth:
                waiting.extend((*path, step) for step in further)
            is_cut = is_cut or (len(path) == depth and bool(further))
        return paths, is_cut

    def end(self, step: Step) -> str:
        """Where a step leads in the direction of the trace."""
        return step.from_ if self.down else step.to

    def steps(self, node: str) -> tuple[Step, ...]:
        """The steps that lead on from a node, by the node they lead to."""
        if node not in self.known:
            self.known[node] = tuple(merge(self._down(node) if self.down else self._up(node)))
        return self.known[node]

    def _up(self, node: str) -> Iterator[Found]:
        facts = self.facts
        if facts.is_item(node):
            for document in facts.values(node, CC + "partOf"):
                yield self.part(node, document)
            yield from self._own(node)
            return
        for said in facts.statements_from(node):
            if said.relation in _BETWEEN_DOCUMENTS and self._counts(said):
                yield node, said.object, _reading(said)
        for said in facts.statements_to(node):
            if said.relation == "approves" and self._counts(said):
                yield node, said.subject, _reading(said)

    def _down(self, node: str) -> Iterator[Found]:
        if self.facts.is_item(node):
            return
        yield from self.documents_on(node)
        for item in self.naming(node):
            yield from self.stated(item, node)
        for item in self.parts(node):
            yield self.part(item, node)

    def documents_on(self, node: str) -> Iterator[Found]:
        """The documents that rest on one, each with a sentence that says so."""
        for said in self.facts.statements_to(node):
            if said.by is None and said.relation in _BETWEEN_DOCUMENTS:
                yield said.subject, node, _reading(said)
        for said in self.facts.statements_from(node):
            if said.relation == "approves" and self._counts(said):
                yield said.object, node, _reading(said)

    def naming(self, node: str) -> list[str]:
        """The tasks and duties that name a document in their own words."""
        items = set(self.facts.subjects(CC + "cites", node))
        items.update(item for relation in STATED for item in self.facts.subjects(relation, node))
        return sorted(filter(self.facts.is_item, items))

    def parts(self, document: str) -> list[str]:
        """The tasks, duties and targets of a document."""
        return [each for each in self.facts.subjects(CC + "partOf", document) if self.facts.is_item(each)]

    def stated(self, item: str, node: str) -> Iterator[Found]:
        """What a task or duty says of a document in its own words."""
        return (each for each in self._own(item) if each[1] == node)

    def part(self, item: str, document: str) -> Found:
        """That a task, duty or target stands in a document, with its own words."""
        return item, document, Reading("part_of", self.facts.quote(item, self.facts.wording(item)), document)

    def _own(self, item: str) -> Iterator[Found]:
        """What a task or duty itself rests on, in its own words."""
        facts = self.facts
        document = facts.value(item, CC + "partOf") or ""
        stated = set()
        for said in facts.statements_by(item):
            if said.relation in _BETWEEN_DOCUMENTS and said.subject == document:
                stated.add(said.object)
                yield item, said.object, _reading(said)
        for cited in facts.values(item, CC + "cites"):
            if cited not in stated and cited != document:
                yield item, cited, Reading("cites", facts.quote(item, CC + "cites", cited), document)

    def _counts(self, said: Statement) -> bool:
        """Whether a statement is followed between documents: what one task states counts for that task alone."""
        if said.by is None:
            return True
        if self.from_item:  # what a task says of its own document is a step of the task, not of the document
            return said.by == self.start and said.subject not in self.facts.values(said.by, CC + "partOf")
        return not self.down and self.start in (said.stated_in, said.subject)


def _reading(said: Statement) -> Reading:
    return Reading(said.relation, said.source, said.stated_in)


def merge(found: Iterable[Found]) -> Iterator[Step]:
    """One step for each pair, its sentences in order: the strongest relation first, then the document's own words."""
    pairs: dict[tuple[str, str], list[Reading]] = {}
    for from_, to, reading in found:
        pairs.setdefault((from_, to), []).append(reading)
    for (from_, to), readings in sorted(pairs.items(), key=lambda pair: [natural_key(iri) for iri in pair[0]]):
        yield Step(from_, to, tuple(sorted(readings, key=lambda each: _rank(each, from_))))


def _rank(reading: Reading, from_: str) -> tuple[int, bool, str, int]:
    source = reading.source or {"file": "", "start": 0}
    return FOLLOWED.index(reading.relation), reading.stated_in != from_, str(source["file"]), int(source["start"])
