"""Reading of the Turtle files of this folder: each file is parsed once and handed out as plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, SKOS
from rdflib.term import Node

CC = Namespace("https://w3id.org/cancu/ns#")
_HERE = Path(__file__).parent
FILES: tuple[Path, ...] = tuple(
    _HERE / name
    for name in ("cancu.ttl", "schemes.ttl", "topics.ttl", "agency-types.ttl", "provinces.ttl", "shapes.ttl")
)

_Facts: TypeAlias = Mapping[URIRef, Sequence[Node]]  # the properties of one subject


@dataclass(frozen=True, slots=True)
class Concept:
    """A topic: `tri-tue-nhan-tao`, "trí tuệ nhân tạo"; hidden "tri tue nhan tao" and "AI" (capitals: only so)."""

    id: str
    vi: str
    en: str
    alt: tuple[str, ...]
    hidden: tuple[str, ...]
    broader: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgencyType:
    """A kind of body: `so-y-te`, "Sở Y tế"; `alt` holds every other spelling, misprints seen in plans included."""

    id: str
    vi: str
    en: str
    alt: tuple[str, ...]
    level: str  # central | province | district | commune, or the same after "party-"
    symbols: tuple[str, ...]
    valid_from: str | None
    valid_to: str | None
    successors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Province:
    """One life of a province: `hung-yen-truoc-2025` is "Tỉnh Hưng Yên" until 30 June 2025, of the family `hung-yen`."""

    slug: str
    code: str
    name: str  # "Tỉnh Hưng Yên"
    short: str  # "Hưng Yên"
    kind: str  # tỉnh | thành phố
    valid_from: str | None
    valid_to: str | None
    successors: tuple[str, ...]
    family: str
    alt: tuple[str, ...]  # other spellings of the short name: "TP.HCM"


def _local(node: Node) -> str:
    return str(node).rsplit("/", 1)[-1]


def _texts(facts: _Facts, predicate: URIRef, language: str | None = None) -> tuple[str, ...]:
    found = (node for node in facts.get(predicate, ()) if isinstance(node, Literal))
    return tuple(sorted(str(node) for node in found if language is None or node.language == language))


def _text(facts: _Facts, predicate: URIRef, language: str | None = None) -> str:
    (only,) = _texts(facts, predicate, language)
    return only


def _day(facts: _Facts, predicate: URIRef) -> str | None:
    return next(iter(_texts(facts, predicate)), None)


def _ids(facts: _Facts, predicate: URIRef) -> tuple[str, ...]:
    return tuple(sorted(_local(node) for node in facts.get(predicate, ())))


@cache
def _graph(name: str) -> Graph:
    return Graph().parse(_HERE / name, format="turtle")


def _instances(name: str, kind: URIRef) -> list[tuple[str, _Facts]]:
    """The subjects of one class with their facts, sorted: ("so-y-te", {skos:prefLabel: ["Sở Y tế"@vi, ...]})."""
    facts: defaultdict[Node, defaultdict[URIRef, list[Node]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in _graph(name):
        if isinstance(predicate, URIRef):
            facts[subject][predicate].append(value)
    found = {_local(node): of_node for node, of_node in facts.items() if kind in of_node[RDF.type]}
    return [(name, found[name]) for name in sorted(found)]


@cache
def load_topics() -> tuple[Concept, ...]:
    """Every topic, sorted by id: Concept("du-lieu-mo", "dữ liệu mở", "open data", ...)."""
    return tuple(
        Concept(
            id=name,
            vi=_text(facts, SKOS.prefLabel, "vi"),
            en=_text(facts, SKOS.prefLabel, "en"),
            alt=_texts(facts, SKOS.altLabel),
            hidden=_texts(facts, SKOS.hiddenLabel),
            broader=_ids(facts, SKOS.broader),
        )
        for name, facts in _instances("topics.ttl", SKOS.Concept)
    )


@cache
def load_agency_types() -> tuple[AgencyType, ...]:
    """Every type of body, past ones included, sorted by id: AgencyType("so-y-te", "Sở Y tế", ...)."""
    return tuple(
        AgencyType(
            id=name,
            vi=_text(facts, SKOS.prefLabel, "vi"),
            en=_text(facts, SKOS.prefLabel, "en"),
            alt=tuple(sorted({*_texts(facts, SKOS.altLabel), *_texts(facts, SKOS.hiddenLabel)})),
            level=_text(facts, CC.level),
            symbols=_texts(facts, CC.symbol),
            valid_from=_day(facts, CC.validFrom),
            valid_to=_day(facts, CC.validTo),
            successors=_ids(facts, CC.succeededBy),
        )
        for name, facts in _instances("agency-types.ttl", CC.AgencyType)
    )


@cache
def load_provinces() -> tuple[Province, ...]:
    """Every life of every province, sorted by slug: Province("ha-nam", "35", "Tỉnh Hà Nam", ...)."""
    return tuple(
        Province(
            slug=name,
            code=_text(facts, SKOS.notation),
            name=_text(facts, CC.officialName),
            short=_text(facts, CC.shortName),
            kind=_text(facts, CC.kind),
            valid_from=_day(facts, CC.validFrom),
            valid_to=_day(facts, CC.validTo),
            successors=_ids(facts, CC.succeededBy),
            family=_text(facts, CC.family),
            alt=_texts(facts, SKOS.altLabel),
        )
        for name, facts in _instances("provinces.ttl", CC.Province)
    )


@cache
def load_vocabulary() -> Graph:
    """Classes, properties and all concept schemes in one graph; callers must not change it."""
    merged = Graph()
    for path in FILES:
        if path.name != "shapes.ttl":
            merged += _graph(path.name)
    return merged


def load_shapes() -> Graph:
    """The SHACL shapes alone, a new graph each time: pySHACL writes into the one it is given."""
    shapes = Graph()
    shapes += _graph("shapes.ttl")
    return shapes
