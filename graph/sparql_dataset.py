"""The graphs that a query is asked over, where it names some with FROM or beside the query."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from graph.sparql import Query

_LINES = ox.RdfFormat.N_TRIPLES


@dataclass(frozen=True, slots=True)
class Chosen:
    """A store and which of its graphs stand for the default graph and which have names; None: as they are in it."""

    store: ox.Store
    default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None = None
    named: list[ox.NamedNode | ox.BlankNode] | None = None


def choose_graphs(store: ox.Store, query: Query, known: frozenset[str]) -> Chosen:
    """What a query sees: everything, the graphs that it names, or, where it joins several into one, a copy of these.

    The default graph is a set of triples; Oxigraph repeats what several of its graphs say, and COUNT shows it.
    """
    defaults = dict.fromkeys(query.default_graphs)
    if not (defaults or query.named_graphs):
        return Chosen(store)
    named: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(each) for each in dict.fromkeys(query.named_graphs)]
    if len(defaults) < 2:
        return Chosen(store, [ox.NamedNode(each) for each in defaults], named)
    if defaults.keys() == known:
        return Chosen(store, [ox.DefaultGraph()], named)  # where all are merged already
    copy = ox.Store()
    for each in defaults:
        copy.load(store.dump(format=_LINES, from_graph=ox.NamedNode(each)) or b"", format=_LINES)
    for graph in named:
        copy.load(store.dump(format=_LINES, from_graph=graph) or b"", format=_LINES, to_graph=graph)
    return Chosen(copy, None, named)
