"""The SPARQL endpoint described in RDF, as SPARQL 1.1 Service Description asks: what it speaks, which graphs it has."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from graph.prefixes import PREFIXES
from graph.sparql_answer import write_triples
from graph.sparql_functions import PASSAGE, SCORE

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_PREFIXES = {**PREFIXES, "sd": _SD, "formats": _FORMATS}
_WRITTEN = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML"),
)
_TYPE, _LABEL = ox.NamedNode(PREFIXES["rdf"] + "type"), ox.NamedNode(PREFIXES["rdfs"] + "label")
_COMMENT = ox.NamedNode(PREFIXES["rdfs"] + "comment")


def describe_service(endpoint: str, store: ox.Store, format_: str) -> bytes:
    """The description of the endpoint at this address over a store, in one of TRIPLE_FORMATS."""
    return write_triples([*_list_triples(ox.NamedNode(endpoint), store)], format_, prefixes=_PREFIXES)


def _list_triples(service: ox.NamedNode, store: ox.Store) -> Iterator[ox.Triple]:
    dataset, default = (ox.NamedNode(f"{service.value}#{part}") for part in ("dataset", "default-graph"))
    yield ox.Triple(service, _TYPE, _sd("Service"))
    yield ox.Triple(service, _sd("endpoint"), service)
    yield ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    for each in _WRITTEN:
        yield ox.Triple(service, _sd("resultFormat"), ox.NamedNode(_FORMATS + each))
    yield ox.Triple(service, _sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, _TYPE, _sd("Dataset"))
    yield ox.Triple(dataset, _sd("defaultGraph"), default)
    yield ox.Triple(default, _TYPE, _sd("Graph"))
    for graph in store.named_graphs():
        if isinstance(graph, ox.NamedNode):
            yield ox.Triple(dataset, _sd("namedGraph"), graph)
            yield ox.Triple(graph, _TYPE, _sd("NamedGraph"))
            yield ox.Triple(graph, _sd("name"), graph)
    for function in (SCORE, PASSAGE):
        yield ox.Triple(service, _sd("extensionFunction"), function)
        yield ox.Triple(function, _TYPE, _sd("Function"))
        for told in (_LABEL, _COMMENT):
            yield from (quad.triple for quad in store.quads_for_pattern(function, told, None, ox.DefaultGraph()))


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)
