"""Tracing: every path from a task, duty or document up to what it rests on, or down to what rests on it.

Upwards it follows legal_basis, implements, amends, guides, promulgated_with, the inverse of approves, and what a
task itself names; not a plain `cites` between documents. What one task states is followed from that task only,
and from the document where the trace starts.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Store

from graph.facts import CC, Facts, Statement
from graph.names import Names, natural_key

# Followed upwards; where several join the same two nodes, the first names the step.
FOLLOWED = ("part_of", "legal_basis", "implements", "amends", "guides", "promulgated_with", "approves", "cites")
_BETWEEN_DOCUMENTS = frozenset(FOLLOWED) - {"part_of", "cites", "approves"}
MOST_STEPS = 12
MOST_PATHS = 500
_MOST_TRIED = 20_000  # partial paths: a web of documents that all rest on each other has no end


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence that states a step."""

    relation: str
    source: dict[str, Any] | None
    stated_in: str


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


def trace(store: Store, start: str, down: bool = False) -> Trace:
    """Every simple path from an IRI, each as far as it leads: trace(store, task).paths[0][-1].to"""
    tracer = _Tracer(Facts(store), start, down)
    paths, cut = tracer.search()
    paths.sort(key=lambda path: (len(path), [natural_key(tracer.end(step)) for step in path]))
    return Trace(start, down, tuple(paths), cut)


def leads_on(store: Store, start: str, down: bool = False) -> bool:
    """Whether a trace from here has any step: leads_on(store, resolution, down=True)."""
    return bool(_Tracer(Facts(store), start, down).steps(start))


def trace_as_json(found: Trace, names: Names) -> dict[str, Any]:
    """The contract's trace answer; a step of an inverse relation says so, further sentences stand under `also`."""
    described: dict[str, dict[str, Any]] = {}

    def write(step: Step) -> dict[str, Any]:
        end = step.from_ if found.down else step.to
        if end not in described:
            described[end] = {**names.facts.describe(end), "name": names.short(end)}
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

    return {
        "start": found.start,
        "name": names.short(found.start),
        "down": found.down,
        "cut": found.cut,
        "paths": [[write(step) for step in path] for path in found.paths],
    }


class _Tracer:
    def __init__(self, facts: Facts, start: str, down: bool) -> None:
        self.facts, self.start, self.down = facts, start, down
        self.from_item = facts.is_item(start)
        self.known: dict[str, tuple[Step, ...]] = {}

    def search(self) -> tuple[list[tuple[Step, ...]], bool]:
        """Breadth first, so that what is cut off is what lies farthest away."""
        paths: list[tuple[Step, ...]] = []
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
            if path and (not further or len(path) == MOST_STEPS):
                paths.append(path)
            if len(path) < MOST_STEPS:
                waiting.extend((*path, step) for step in further)
        return paths, any(len(path) == MOST_STEPS for path in paths)

    def end(self, step: Step) -> str:
        """Where a step leads in the direction of the trace."""
        return step.from_ if self.down else step.to

    def steps(self, node: str) -> tuple[Step, ...]:
        """The steps that lead on from a node, by the node they lead to."""
        if node not in self.known:
            self.known[node] = tuple(_merge(self._down(node) if self.down else self._up(node)))
        return self.known[node]

    def _up(self, node: str) -> Iterator[tuple[str, str, Reading]]:
        facts = self.facts
        if facts.is_item(node):
            for document in facts.values(node, CC + "partOf"):
                yield node, document, Reading("part_of", facts.quote(node, CC + "text"), document)
            yield from self._own(node)
            return
        for said in facts.statements_from(node):
            if said.relation in _BETWEEN_DOCUMENTS and self._counts(said):
                yield node, said.object, _reading(said)
        for said in facts.statements_to(node):
            if said.relation == "approves" and self._counts(said):
                yield node, said.subject, _reading(said)

    def _down(self, node: str) -> Iterator[tuple[str, str, Reading]]:
        facts = self.facts
        if facts.is_item(node):
            return
        items = set(facts.subjects(CC + "cites", node))
        for said in facts.statements_to(node):
            if said.by:
                items.add(said.by)
            elif said.relation in _BETWEEN_DOCUMENTS:
                yield said.subject, node, _reading(said)
        for said in facts.statements_from(node):
            if said.relation == "approves" and self._counts(said):
                yield said.object, node, _reading(said)
        for item in filter(facts.is_item, items):
            yield from (each for each in self._own(item) if each[1] == node)
        for item in filter(facts.is_item, facts.subjects(CC + "partOf", node)):
            yield item, node, Reading("part_of", facts.quote(item, CC + "text"), node)

    def _own(self, item: str) -> Iterator[tuple[str, str, Reading]]:
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


def _merge(found: Iterable[tuple[str, str, Reading]]) -> Iterator[Step]:
    """One step for each pair, its sentences in order: the strongest relation first, then the document's own words."""
    pairs: dict[tuple[str, str], list[Reading]] = {}
    for from_, to, reading in found:
        pairs.setdefault((from_, to), []).append(reading)
    for (from_, to), readings in sorted(pairs.items(), key=lambda pair: [natural_key(iri) for iri in pair[0]]):
        yield Step(from_, to, tuple(sorted(readings, key=lambda each: _rank(each, from_))))


def _rank(reading: Reading, from_: str) -> tuple[int, bool, str, int]:
    source = reading.source or {"file": "", "start": 0}
    return FOLLOWED.index(reading.relation), reading.stated_in != from_, str(source["file"]), int(source["start"])
