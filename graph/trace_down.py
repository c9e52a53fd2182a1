"""From a directive down: every document that rests on it, and every task, duty and target, each once and counted.

The paths of a trace grow with the number of ways; this grows with the number of things.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.facts import CC, Facts
from graph.names import Names, natural_key
from graph.trace import FOLLOWED, MOST_STEPS, Step, Tracer, basis_of, merge, write_step
from graph.trace_notes import find_notes

KINDS = {"Task": "task", "Duty": "duty", "Target": "target"}
PLURALS = {"task": "tasks", "duty": "duties", "target": "targets"}
STATED, INHERITED = "stated", "inherited"
MOST_DOCUMENTS = 500  # described in one answer; the counts are of all
FIRST = slice(0, MOST_DOCUMENTS)
_NO_STEP = dict.fromkeys(("rests_on", "depth", "relation", "stated_in", "source"))


@dataclass(frozen=True, slots=True)
class Resting:
    """Something that rests on a directive: through which document, at what distance, and by whose words."""

    iri: str
    parent: str  # one step nearer to the directive
    depth: int
    basis: str | None = None  # of a task, duty or target
    kind: str = "document"  # or task, duty, target
    document: str = ""  # where a task, duty or target stands


@dataclass(slots=True)
class Below:
    """All that rests on one node, the nearest first; `cut` where something lies farther than was asked for."""

    start: str
    documents: dict[str, Resting] = field(default_factory=dict)
    annexes: dict[str, Resting] = field(default_factory=dict)
    items: dict[str, Resting] = field(default_factory=dict)
    cut: bool = False

    def count(self, facts: Facts) -> dict[str, int]:
        """How much there is of each kind: {"documents": 9, "held": 3, "tasks": 221, ..., "stated": 12}."""
        kinds = Counter(each.kind for each in self.items.values())
        held = sum(facts.value(iri, CC + "held") == "true" for iri in self.documents)
        stated = sum(each.basis == STATED for each in self.items.values())
        counts = {plural: kinds[kind] for kind, plural in PLURALS.items()}
        return {"documents": len(self.documents), "held": held, **counts, "stated": stated}


def find_below(names: Names, start: str, depth: int = MOST_STEPS) -> Below:
    """All that rests on a document within so many steps: find_below(names, resolution).items[task].basis"""
    tracer, below = Tracer(names.facts, start, down=True), Below(start)
    waiting = deque([(start, 0)])
    while waiting:
        node, distance = waiting.popleft()
        nearer = list(_find_documents(tracer, node))
        if distance == depth:
            below.cut = below.cut or bool(nearer) or any(True for _ in _find_items(tracer, node, distance + 1))
            continue
        for item in _find_items(tracer, node, distance + 1):
            known = below.items.get(item.iri)
            if known is None or (known.basis, item.basis) == (INHERITED, STATED):
                below.items[item.iri] = item
        for iri in nearer:
            if iri == start or iri in below.documents or iri in below.annexes:
                continue
            group = below.documents if "Document" in names.facts.classes(iri) else below.annexes
            group[iri] = Resting(iri, node, distance + 1)
            waiting.append((iri, distance + 1))
    return below


def below_as_json(below: Below, names: Names, page: slice = FIRST) -> dict[str, Any]:
    """The counts in all and by document, each document with the sentence that ties it to what lies nearer.

    Documents of one page, the nearest first; `more_documents` says how many lie behind it.
    """
    facts = names.facts
    counted = count_by_document(below)
    described: dict[str, dict[str, Any]] = {}
    steps = Steps(names, below.start)
    documents = []
    found = [*dict.fromkeys((*below.documents, *(each for each in counted if each != below.start)))]
    for iri in found[page]:
        each = below.documents.get(iri)
        if each:
            step = write_step(steps.find(each), names, True, described)
            written = {"rests_on": each.parent, "depth": each.depth, **step}
        else:  # only tasks of it do
            written = {**_NO_STEP, **facts.describe(iri), "name": names.short(iri)}
        documents.append({"id": iri, **written, "counts": counted[iri]})
    more = len(found[page.stop :])
    return {"counts": below.count(facts), "cut": below.cut, "documents": documents, "more_documents": more}


def describe_directive(
    names: Names, start: str, depth: int = MOST_STEPS, page: slice = FIRST
) -> tuple[dict[str, Any], Below]:
    """A directive with its notes and what rests on it: describe_directive(names, iri)[0]["counts"]["tasks"]."""
    below = find_below(names, start, depth)
    about = {"id": start, "name": names.short(start), **names.facts.describe(start), **find_notes(names, start)}
    return {**about, **below_as_json(below, names, page)}, below


def write_items(below: Below, items: Iterable[Resting], names: Names) -> Iterator[dict[str, Any]]:
    """Tasks, duties and targets as data, each with the sentence that ties it to what it rests on."""
    described: dict[str, dict[str, Any]] = {}
    steps = Steps(names, below.start)
    for item in items:
        step = steps.find(item)
        yield {
            "id": item.iri,
            "kind": item.kind,
            "document": item.document,
            "rests_on": item.parent,
            "depth": item.depth,
            "basis": item.basis,
            **write_step(step, names, True, described),
        }


def sort_items(items: Iterable[Resting]) -> list[Resting]:
    """Those that say it themselves first, then the nearer, then as the documents number them."""
    return sorted(items, key=lambda each: (each.basis != STATED, each.depth, natural_key(each.iri)))


def count_by_document(below: Below) -> Mapping[str, dict[str, int]]:
    """How much of each document rests on the directive: count_by_document(below)[plan]["tasks"] == 12."""
    counts = {iri: {**dict.fromkeys(PLURALS.values(), 0), STATED: 0} for iri in below.documents}
    for item in below.items.values():
        of_document = counts.setdefault(item.document, {**dict.fromkeys(PLURALS.values(), 0), STATED: 0})
        of_document[PLURALS[item.kind]] += 1
        of_document[STATED] += item.basis == STATED
    return counts


class Steps:
    """The step from each thing to what it rests on: Steps(names, resolution).find(resting).relation

    Thousands of documents may rest on one: what they say of it is read once for all of them.
    """

    def __init__(self, names: Names, start: str) -> None:
        self.tracer = Tracer(names.facts, start, down=True)
        self.known: dict[str, dict[str, Step]] = {}  # by what they lead to, then by what rests on it

    def find(self, resting: Resting) -> Step:
        """One step, with every sentence that states it."""
        if resting.kind == "document":
            return self._lead_to(resting.parent)[resting.iri]
        if resting.basis == STATED:
            return next(merge(self.tracer.stated(resting.iri, resting.parent)))
        return next(merge([self.tracer.part(resting.iri, resting.parent)]))

    def _lead_to(self, node: str) -> dict[str, Step]:
        if node not in self.known:
            self.known[node] = {step.from_: step for step in merge(self.tracer.documents_on(node))}
        return self.known[node]


def _find_documents(tracer: Tracer, node: str) -> Sequence[str]:
    """The documents one step farther, those of the strongest relation first."""
    steps = list(merge(tracer.documents_on(node)))
    return [step.from_ for step in sorted(steps, key=lambda step: FOLLOWED.index(step.relation))]


def _find_items(tracer: Tracer, node: str, depth: int) -> Iterator[Resting]:
    """The tasks, duties and targets one step farther: those that name the node, and those that stand in it."""
    facts = tracer.facts
    for item in tracer.naming(node):
        document = facts.value(item, CC + "partOf") or ""
        for step in merge(tracer.stated(item, node)):
            yield Resting(item, step.to, depth, basis_of(step), _kind_of(facts, item) or "", document)
    for item in facts.subjects(CC + "partOf", node):  # thousands under a popular directive: one look at each
        if kind := _kind_of(facts, item):
            yield Resting(item, node, depth, INHERITED, kind, node)


def _kind_of(facts: Facts, item: str) -> str | None:
    """ "task", "duty" or "target"; None for a heading."""
    classes = facts.classes(item)
    return next((kind for name, kind in KINDS.items() if name in classes), None)
