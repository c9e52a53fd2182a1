"""Terms of others: each that the graph, the ontology, the shapes or our own record uses is one that they define."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pytest
import rdflib
from rdflib import RDF, SKOS, Dataset, Graph, URIRef
from rdflib.namespace import DefinedNamespace
from rdflib.term import Literal, Node

from graph.prefixes import PREFIXES
from ontology import FILES
from tests.linked import open_linked
from tests.small_kb import small_generation, small_kb

CC = PREFIXES["cc"]
NAMESPACES = "DCAT DCTERMS FOAF ORG OWL PROV RDF RDFS SDO SH SKOS VANN VOID XSD"
DEFINED: list[type[DefinedNamespace]] = [getattr(rdflib, name) for name in NAMESPACES.split(" ")]
# What no namespace of rdflib lists, read from the vocabularies themselves (DCAT 3; ELI 1.4; Web Annotation, 2017).
LISTED = {
    PREFIXES["dcat"]: {"version"},
    PREFIXES["eli"]: {
        "LegalResource",
        "LegalResourceSubdivision",
        "amends",
        "based_on",
        "cites",
        "date_document",
        "passed_by",
        "title",
    },
    PREFIXES["oa"]: {
        "Annotation",
        "SpecificResource",
        "TextPositionSelector",
        "TextQuoteSelector",
        "end",
        "exact",
        "hasSelector",
        "hasSource",
        "hasTarget",
        "start",
    },
}


@cache
def used_terms() -> frozenset[str]:
    """Every predicate, class, datatype and named term of a vocabulary that stands in what we publish."""
    found: set[str] = set()
    for path in FILES:
        found |= collect(Graph().parse(path, format="turtle"))
    quads = Dataset().parse(small_generation().graph, format="nquads").quads()
    found |= collect((subject, predicate, value) for subject, predicate, value, _ in quads)
    with open_linked(small_kb()) as client:
        for address in ("/dataset.ttl", "/doc/province/hung-yen.ttl"):
            found |= collect(Graph().parse(data=client.get(address).content, format="turtle"))
    return frozenset(found)


def collect(triples: Iterable[tuple[Node, Node, Node]]) -> set[str]:
    nodes = {node for triple in triples for node in triple}
    datatypes = {str(node.datatype) for node in nodes if isinstance(node, Literal) and node.datatype}
    return datatypes | {str(node) for node in nodes if isinstance(node, URIRef)}


def is_defined(term: str) -> bool:
    if any(term.startswith(str(namespace)) and term in namespace for namespace in DEFINED):
        return True
    return any(term.removeprefix(start) in names for start, names in LISTED.items() if term.startswith(start))


def test_terms_of_others_are_theirs() -> None:
    starts = tuple(start for start in (*map(str, DEFINED), *LISTED) if start)
    theirs = {term for term in used_terms() if term.startswith(starts) and term not in starts}
    assert len(theirs) > 60
    assert sorted(term for term in theirs if not is_defined(term)) == []


def test_our_terms_are_declared() -> None:
    declared = {
        str(term)
        for path in FILES
        for term, kind in Graph().parse(path, format="turtle").subject_objects(RDF.type)
        if str(term).startswith(CC)
    }
    assert sorted(term for term in used_terms() if term.startswith(CC) and term not in {CC, *declared}) == []


@pytest.mark.parametrize("term", [str(SKOS) + "prefLabl", PREFIXES["eli"] + "basedOn", PREFIXES["oa"] + "hasBody2"])
def test_a_misspelt_term_would_be_seen(term: str) -> None:
    assert not is_defined(term)
