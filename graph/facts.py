"""What the store says of one node, read quad by quad: a few microseconds each, whatever the size of the store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

MERGED = DefaultGraph()  # what all documents say, each triple once
CC = "https://w3id.org/cancu/ns#"
ELI = "http://data.europa.eu/eli/ontology#"
OA = "http://www.w3.org/ns/oa#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
PREF_LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
SAME_AS = "http://www.w3.org/2002/07/owl#sameAs"
ITEMS = frozenset({"Task", "Duty", "Target"})
RELATIONS = {
    CC + "legalBasis": "legal_basis",
    CC + "implements": "implements",
    CC + "amends": "amends",
    CC + "guides": "guides",
    CC + "promulgatedWith": "promulgated_with",
    CC + "approves": "approves",
    CC + "replaces": "replaces",
    CC + "cites": "cites",
}


@lru_cache(maxsize=2**16)  # of a server that anybody may ask for anything
def node(iri: str) -> NamedNode:
    """The term for an IRI, made once."""
    return NamedNode(iri)


@dataclass(frozen=True, slots=True)
class Statement:
    """A relation between two documents as one sentence states it; `by` is the task that alone states it."""

    subject: str
    object: str
    relation: str
    stated_in: str
    by: str | None
    source: dict[str, Any] | None


class Facts:
    """The store seen from one node at a time: Facts(store).value(task, CC + "code") == "CQS1.2"."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def values(self, subject: str, predicate: str) -> list[str]:
        """All values of a property, sorted, as IRIs or plain text."""
        quads = self.store.quads_for_pattern(node(subject), node(predicate), None, MERGED)
        return sorted({quad.object.value for quad in quads if isinstance(quad.object, (NamedNode, Literal))})

    def value(self, subject: str, predicate: str) -> str | None:
        """The first value of a property, or None."""
        return next(iter(self.values(subject, predicate)), None)

    def subjects(self, predicate: str, object_: str) -> list[str]:
        """All subjects that have a node as a value, sorted: subjects(CC + "partOf", document)."""
        quads = self.store.quads_for_pattern(None, node(predicate), node(object_), MERGED)
        return sorted({quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)})

    def classes(self, subject: str) -> set[str]:
        """The classes of a node by their short names: {"Document", "Plan"}."""
        return {each.removeprefix(CC) for each in self.values(subject, RDF_TYPE)}

    def is_item(self, subject: str) -> bool:
        """Whether a node is something that a document asks for: a task, a duty or a target."""
        return not ITEMS.isdisjoint(self.classes(subject))

    def wording(self, item: str) -> str:
        """The property that holds the words of a task, duty or target: cc:text, of a target cc:indicator."""
        return CC + ("indicator" if "Target" in self.classes(item) else "text")

    def statements_from(self, document: str) -> Iterator[Statement]:
        """Every relation that starts at a document."""
        return map(self._statement, self.subjects(CC + "linkFrom", document))

    def statements_to(self, document: str) -> Iterator[Statement]:
        """Every relation that ends at a document."""
        return map(self._statement, self.subjects(CC + "linkTo", document))

    def statements_by(self, item: str) -> Iterator[Statement]:
        """Every relation that one task or duty states."""
        return map(self._statement, self.subjects(CC + "statedBy", item))

    def quote(self, subject: str, predicate: str | None = None, object_: str | None = None) -> dict[str, Any] | None:
        """The words that a fact was read in, as the contract's `source`: quote(task, CC + "text")."""
        for annotation in self.subjects(CC + "aboutSubject", subject):
            if predicate and predicate not in self.values(annotation, CC + "aboutProperty"):
                continue
            if object_ and object_ not in self.values(annotation, CC + "aboutValue"):
                continue
            if place := self.value(annotation, OA + "hasTarget"):
                return self.read_place(place)
        return None

    def describe(self, iri: str) -> dict[str, Any]:
        """What a step of a trace says of the node it leads to: type, number, title, date, issuer, held."""
        item = self.is_item(iri)
        return {
            "type": self._type(iri),
            "number": self.value(iri, CC + ("number" if item else "documentNumber")),
            "title": self.value(iri, self.wording(iri) if item else ELI + "title"),
            "date": None if item else self._date(iri),
            "issuer": None if item else self.value(iri, CC + "issuerName"),
            "held": item or self._is_held(iri),
        }

    def assignment(self, item: str) -> dict[str, str | None]:
        """Who leads a task or duty, until when and under which code, as far as its text says."""
        leads = [self.value(each, PREF_LABEL) or each for each in self.values(item, CC + "ledBy")]
        return {
            "lead": "; ".join(leads) or None,
            "deadline": self.value(item, CC + "deadlineRaw"),
            "code": self.value(item, CC + "code"),
        }

    def _is_held(self, subject: str) -> bool:
        """Whether its text is here: a document's own, or that of the document whose annex it is."""
        if (held := self.value(subject, CC + "held")) is not None:
            return held == "true"
        document = self.value(subject, CC + "partOf")
        return document is not None and self.value(document, CC + "held") == "true"

    def _type(self, subject: str) -> str | None:
        """The Vietnamese name of a node's narrowest class: "Kế hoạch"."""
        for name in sorted(self.classes(subject) - {"Document"}):
            for quad in self.store.quads_for_pattern(node(CC + name), node(RDFS_LABEL), None, MERGED):
                if isinstance(quad.object, Literal) and quad.object.language == "vi":
                    return quad.object.value
        return None

    def _date(self, document: str) -> str | None:
        """Where texts disagree: the year that the IRI took, then the more precise."""
        year = document.rsplit("/", 2)[-2][:4]
        dates = self.values(document, ELI + "date_document")
        return min(dates, key=lambda date: (date[:4] != year, -len(date), date), default=None)

    def _statement(self, link: str) -> Statement:
        return Statement(
            self.value(link, CC + "linkFrom") or "",
            self.value(link, CC + "linkTo") or "",
            RELATIONS.get(self.value(link, CC + "relation") or "", "cites"),
            self.value(link, CC + "statedIn") or "",
            self.value(link, CC + "statedBy"),
            self.quote(link),
        )

    def read_place(self, place: str) -> dict[str, Any] | None:
        """The words at a place of a text, as the contract's `source`."""
        document, selector = self.value(place, OA + "hasSource"), self.value(place, OA + "hasSelector")
        if document is None or selector is None:
            return None
        said: dict[str, Any] = {
            "file": self.value(document, CC + "sourceFile"),
            "line": int(self.value(selector, CC + "line") or 0),
            "start": int(self.value(selector, OA + "start") or 0),
            "end": int(self.value(selector, OA + "end") or 0),
            "quote": self.value(selector, OA + "exact"),
        }
        page, block = self.value(selector, CC + "page"), self.value(selector, CC + "block")
        said |= {"page": int(page)} if page else {}
        return said | ({"block": block} if block else {})
