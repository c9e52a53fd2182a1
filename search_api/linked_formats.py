"""The formats of linked data: which one a request asks for, and triples written in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyoxigraph as ox
from starlette.exceptions import HTTPException

from graph import sparql_answer
from graph.prefixes import PREFIXES
from search_api.negotiate import read_accept

# Extension -> media type, in the order in which they are preferred where a request leaves it open.
FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "html": "text/html",
        "ttl": "text/turtle",
        "jsonld": "application/ld+json",
        "nt": "application/n-triples",
        "rdf": "application/rdf+xml",
    }
)
RDF_FORMATS: Mapping[str, str] = MappingProxyType({name: each for name, each in FORMATS.items() if name != "html"})
ENGINE_FORMATS: Mapping[str, ox.RdfFormat] = MappingProxyType(
    {
        "ttl": ox.RdfFormat.TURTLE,
        "jsonld": ox.RdfFormat.JSON_LD,
        "nt": ox.RdfFormat.N_TRIPLES,
        "rdf": ox.RdfFormat.RDF_XML,
    }
)
_OTHER_NAMES = {
    "application/xhtml+xml": "html",
    "application/x-turtle": "ttl",
    "application/json": "jsonld",
    "application/xml": "rdf",
}
CONTEXT: Mapping[str, Any] = json.loads(Path(__file__).with_name("context.jsonld").read_text(encoding="utf-8"))


def split_extension(path: str) -> tuple[str, str | None]:
    """A path without the extension that names a format: split_extension("vn/a/kh/2025/1.ttl")[1] == "ttl"."""
    stem, _, extension = path.rpartition(".")
    return (stem, extension) if stem and extension in FORMATS else (path, None)


def choose_format(accept: str | None, formats: Mapping[str, str] = FORMATS) -> str:
    """The format that an Accept header wants most: choose_format("text/turtle") == "ttl"; 406 when it takes none."""
    known = {media_type: name for name, media_type in formats.items()}
    known |= {media_type: name for media_type, name in _OTHER_NAMES.items() if name in formats}
    wanted = read_accept(accept, known)
    if not wanted:
        raise HTTPException(406, f"expected one of {', '.join(formats.values())}")
    return next(iter(wanted))


def write_triples(triples: Iterable[ox.Triple], format_: str) -> bytes:
    """Triples in one of RDF_FORMATS, each once and always in one order: write_triples(triples, "nt")."""
    if format_ == "jsonld":
        return json.dumps(compact(sorted(set(triples), key=str)), ensure_ascii=False, indent=1).encode()
    return sparql_answer.write_triples(triples, "rdfxml" if format_ == "rdf" else format_)


def compact(triples: Iterable[ox.Triple]) -> dict[str, Any]:
    """Triples as JSON-LD with our prefixes written out in it, so that a reader has nothing to fetch."""
    nodes: dict[str, dict[str, Any]] = {}
    for each in triples:
        subject = _name(each.subject)
        node = nodes.setdefault(subject, {"@id": subject})
        if each.predicate.value == PREFIXES["rdf"] + "type":
            node.setdefault("@type", []).append(_name(each.object))
        else:
            node.setdefault(shorten_iri(each.predicate.value), []).append(_value(each.object))
    return {**CONTEXT, "@graph": list(nodes.values())}


def shorten_iri(iri: str) -> str:
    """An IRI with a prefix where one fits: shorten_iri("https://w3id.org/cancu/ns#Task") == "cc:Task"."""
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and re.fullmatch(r"\w[\w-]*", local):
            return f"{prefix}:{local}"
    return iri


def _name(term: Any) -> str:
    return shorten_iri(term.value) if isinstance(term, ox.NamedNode) else str(term)


def _value(term: Any) -> Any:
    if not isinstance(term, ox.Literal):
        return {"@id": _name(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    datatype = shorten_iri(term.datatype.value)
    return term.value if datatype == "xsd:string" else {"@value": term.value, "@type": datatype}
