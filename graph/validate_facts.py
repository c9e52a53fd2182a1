"""A read-only triple store for one pass of SHACL, which asks a million times: rdflib's own names the graphs of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterable, Mapping
from typing import Any

from rdflib import Graph
from rdflib.plugins.stores.memory import Memory
from rdflib.term import Node

Facts = Iterable[tuple[Node, Node, Node]]
NOTHING: Mapping[Node, list[Node]] = {}


class FactStore(Memory):
    """Triples by subject and by value; namespaces are rdflib's: Graph(FactStore(triples))."""

    def __init__(self, facts: Facts) -> None:
        super().__init__()
        self.values: defaultdict[Node, defaultdict[Node, list[Node]]] = defaultdict(lambda: defaultdict(list))
        self.subjects_of: defaultdict[tuple[Node, Node], list[Node]] = defaultdict(list)
        self.having: defaultdict[Node, dict[Node, None]] = defaultdict(dict)
        once = set(facts)
        self.size = len(once)
        for subject, predicate, value in once:
            self.values[subject][predicate].append(value)
            self.subjects_of[predicate, value].append(subject)
            self.having[predicate][subject] = None

    def triples(self, triple_pattern: Any, context: Any = None) -> Generator[Any, None, None]:
        """What rdflib asks of a store: triples((task, CC.code, None)), each with the graphs it is in (none here)."""
        subject, predicate, value = triple_pattern
        if subject is not None:
            found = self.values.get(subject) or NOTHING
            for each in (predicate,) if predicate is not None else tuple(found):
                for one in found.get(each, ()):
                    if value is None or one == value:
                        yield (subject, each, one), ()
        elif predicate is not None and value is not None:
            for each in self.subjects_of.get((predicate, value), ()):
                yield (each, predicate, value), ()
        else:
            for each in tuple(self.having.get(predicate, ()) if predicate is not None else self.values):
                yield from self.triples((each, predicate, value))

    def __len__(self, context: Any = None) -> int:
        return self.size  # asked of at every `if graph`


def facts_graph(facts: Facts) -> Graph:
    """A graph to read from, not to write to: facts_graph(dataset.triples((None, None, None)))."""
    return Graph(FactStore(facts))
