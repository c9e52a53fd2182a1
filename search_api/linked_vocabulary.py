"""The vocabulary and the shapes as they are published at their own addresses: for people, and as data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from graph.iri import HOME, NAMESPACE
from ontology import load_shapes, load_vocabulary
from search_api.linked_formats import shorten_iri

SHAPES = HOME + "shapes"
_READ = URIRef(NAMESPACE + "ReadProperty")


@dataclass(frozen=True, slots=True)
class Term:
    """One class, property or concept of ours, as its page shows it: Term("ledBy", "chủ trì", "led by", ...)."""

    name: str
    label: dict[str, str]
    comment: dict[str, str]
    above: Sequence[str]
    domain: Sequence[str]
    range: Sequence[str]
    is_read: bool  # off a page, so that every value leads to a quote


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape: of which class it is, and what it asks for, in both languages."""

    name: str
    targets: Sequence[str]
    messages: Sequence[dict[str, str]]


@cache
def list_terms() -> dict[str, list[Term]]:
    """All terms of the namespace by what they are: list_terms()["classes"]."""
    vocabulary = load_vocabulary()
    kinds: dict[str, list[Term]] = {"classes": [], "properties": [], "others": []}
    for term in sorted({each for each in vocabulary.subjects(RDF.type) if isinstance(each, URIRef)}):
        if not term.startswith(NAMESPACE):
            continue
        types = set(vocabulary.objects(term, RDF.type))
        if OWL.Class in types:
            kind = "classes"
        else:
            kind = "properties" if types & {OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property} else "others"
        kinds[kind].append(_read_term(vocabulary, term, _READ in types))
    return kinds


@cache
def list_shapes() -> list[Shape]:
    """The shapes with the messages that a violation prints."""
    shapes = load_shapes()
    return [
        Shape(
            shorten_iri(str(shape)).removeprefix(SHAPES + "#"),
            _shorten(shapes.objects(shape, SH.targetClass)),
            [
                told
                for constraint in shapes.objects(shape, SH.property)
                if (told := _by_language(shapes, constraint, SH.message))
            ],
        )
        for shape in sorted(each for each in shapes.subjects(RDF.type, SH.NodeShape) if isinstance(each, URIRef))
    ]


@cache
def vocabulary_triples() -> tuple[ox.Triple, ...]:
    """What the vocabulary says of itself and of each of its terms."""
    ours = Graph()
    for triple in load_vocabulary():
        if f"{triple[0]}#".startswith(NAMESPACE):
            ours.add(triple)
    return _convert(ours)


@cache
def shape_triples() -> tuple[ox.Triple, ...]:
    """The SHACL shapes; their blank nodes keep one name while the program runs."""
    return _convert(load_shapes())


def _convert(graph: Graph) -> tuple[ox.Triple, ...]:
    quads = ox.parse(graph.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES)
    return tuple(each.triple for each in quads)


def _read_term(vocabulary: Graph, term: Node, is_read: bool) -> Term:
    above = (*vocabulary.objects(term, RDFS.subClassOf), *vocabulary.objects(term, RDFS.subPropertyOf))
    return Term(
        str(term).removeprefix(NAMESPACE),
        _by_language(vocabulary, term, RDFS.label) or _by_language(vocabulary, term, SKOS.prefLabel),
        _by_language(vocabulary, term, RDFS.comment),
        _shorten(above),
        _shorten(vocabulary.objects(term, RDFS.domain)),
        _shorten(vocabulary.objects(term, RDFS.range)),
        is_read,
    )


def _by_language(graph: Graph, subject: Node, predicate: Node) -> dict[str, str]:
    values = (each for each in graph.objects(subject, predicate) if isinstance(each, Literal))
    return {each.language or "": str(each) for each in values}


def _shorten(nodes: Iterable[Node]) -> list[str]:
    return sorted(shorten_iri(str(each)) for each in nodes)
