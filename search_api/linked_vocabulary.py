"""The vocabulary and the shapes as they are published at their own addresses: for people, and as data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox

from graph.facts import PREF_LABEL, RDF_TYPE, RDFS_LABEL
from graph.iri import HOME, NAMESPACE
from graph.prefixes import PREFIXES
from ontology import FILES
from search_api.linked_formats import shorten_iri

SHAPES = HOME + "shapes"
_RDFS, _SH, _OWL = PREFIXES["rdfs"], PREFIXES["sh"], PREFIXES["owl"]
_PROPERTIES = frozenset({_OWL + "ObjectProperty", _OWL + "DatatypeProperty", PREFIXES["rdf"] + "Property"})
_Told: TypeAlias = Mapping[str, Mapping[str, Sequence[ox.NamedNode | ox.BlankNode | ox.Literal]]]


@dataclass(frozen=True, slots=True)
class Term:
    """One class, property or concept of ours, as its page shows it: Term("ledBy", {"en": "led by", ...}, ...)."""

    name: str
    label: Mapping[str, str]
    comment: Mapping[str, str]
    above: Sequence[str]
    domain: Sequence[str]
    range: Sequence[str]
    is_read: bool  # off a page, so that every value leads to a quote


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape: of which class it is, and what it asks for, in both languages."""

    name: str
    targets: Sequence[str]
    messages: Sequence[Mapping[str, str]]


@cache
def list_terms() -> Mapping[str, Sequence[Term]]:
    """All terms of the namespace by what they are: list_terms()["classes"]."""
    kinds: dict[str, list[Term]] = {"classes": [], "properties": [], "others": []}
    told = _tell(vocabulary_triples())
    for iri in sorted(each for each in told if each.startswith(NAMESPACE)):
        types = set(_values(told, iri, RDF_TYPE))
        kind = "classes" if _OWL + "Class" in types else "properties" if types & _PROPERTIES else "others"
        kinds[kind].append(_read_term(told, iri))
    return kinds


@cache
def list_shapes() -> Sequence[Shape]:
    """The shapes with the messages that a violation prints."""
    told = _tell(shape_triples())
    shapes = sorted(each for each in told if _SH + "NodeShape" in _values(told, each, RDF_TYPE))
    return [
        Shape(
            each.removeprefix(SHAPES + "#"),
            _shorten(_values(told, each, _SH + "targetClass")),
            _sorted_messages(told, _values(told, each, _SH + "property")),
        )
        for each in shapes
    ]


@cache
def vocabulary_triples() -> tuple[ox.Triple, ...]:
    """What the vocabulary says of itself and of each of its terms."""
    files = (each for each in FILES if each.name != "shapes.ttl")
    ours = (each for file in files for each in _parse(file) if isinstance(each.subject, ox.NamedNode))
    return tuple(each for each in ours if f"{_id(each.subject)}#".startswith(NAMESPACE))


@cache
def shape_triples() -> tuple[ox.Triple, ...]:
    """The SHACL shapes; their blank nodes keep one name while the program runs."""
    return tuple(each for file in FILES if file.name == "shapes.ttl" for each in _parse(file))


def _parse(file: Path) -> list[ox.Triple]:
    return [each.triple for each in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE)]


def _tell(triples: Iterable[ox.Triple]) -> _Told:
    told: defaultdict[str, defaultdict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]]]
    told = defaultdict(lambda: defaultdict(list))
    for each in triples:
        if not isinstance(each.object, ox.Triple):
            told[_id(each.subject)][each.predicate.value].append(each.object)
    return told


def _id(term: object) -> str:
    return str(getattr(term, "value", term))


def _values(told: _Told, subject: str, predicate: str) -> list[str]:
    return [each.value for each in told.get(subject, {}).get(predicate, ())]


def _read_term(told: _Told, iri: str) -> Term:
    return Term(
        iri.removeprefix(NAMESPACE),
        _by_language(told, iri, RDFS_LABEL) or _by_language(told, iri, PREF_LABEL),
        _by_language(told, iri, _RDFS + "comment"),
        _shorten([*_values(told, iri, _RDFS + "subClassOf"), *_values(told, iri, _RDFS + "subPropertyOf")]),
        _shorten(_values(told, iri, _RDFS + "domain")),
        _shorten(_values(told, iri, _RDFS + "range")),
        PREFIXES["cc"] + "ReadProperty" in _values(told, iri, RDF_TYPE),
    )


def _by_language(told: _Told, subject: str, predicate: str) -> dict[str, str]:
    values = told.get(subject, {}).get(predicate, ())
    return {each.language: each.value for each in values if isinstance(each, ox.Literal) and each.language}


def _sorted_messages(told: _Told, constraints: Iterable[str]) -> list[dict[str, str]]:
    found = (_by_language(told, each, _SH + "message") for each in constraints)
    return sorted((each for each in found if each), key=lambda each: each["en"])


def _shorten(iris: Iterable[str]) -> list[str]:
    return sorted(map(shorten_iri, iris))
