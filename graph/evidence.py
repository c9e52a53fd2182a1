"""Facts and the words they were read in: a fact that is read off a page cannot be stated without its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from rdflib import RDF, URIRef
from rdflib.term import Literal, Node

from graph import iri
from graph.build_terms import CC, MANY_VALUED, OA, read_properties
from graph.literals import date_literal, integer, plain, text_literal
from ingest.records import Evidence, Source

Triple = tuple[URIRef, URIRef, Node]


@dataclass(frozen=True, slots=True)
class Because:
    """The evidence of a fact; `apart` keeps two readings of one property of one subject apart: "lien-ket-3"."""

    evidence: Evidence
    apart: str = ""


def why(evidence: Mapping[str, Evidence], field: str, source: Source) -> Because:
    """The evidence of one field, else the place of the whole record: why(task.evidence, "lead", task.source)."""
    return Because(evidence.get(field) or Evidence(source))


@dataclass(slots=True)
class Page:
    """The named graph of one held document while it is being written."""

    document: str  # IRI
    triples: set[Triple] = field(default_factory=set)

    def add(self, subject: str, predicate: URIRef, value: Node) -> None:
        """A fact that nobody reads off a page, e.g. of which class a node is."""
        self.triples.add((URIRef(subject), predicate, value))

    def state(self, subject: str, predicate: URIRef, value: Node, because: Because) -> None:
        """A fact, and why it is one: state(task, CC.code, plain("CQS1.1"), why(...))."""
        self.add(subject, predicate, value)
        if predicate in read_properties():
            self.explain(subject, predicate, value, because)

    def state_date(self, subject: str, predicate: URIRef, date: str, because: Because) -> None:
        """A date as precise as the page; one that no calendar has ("31/4/2025") stays as an open question."""
        try:
            self.state(subject, predicate, date_literal(date), because)
        except ValueError as problem:
            source = because.evidence.source
            node = iri.impossible_date_iri(self.document, source.start)
            self.add(node, CC.unresolvedKind, plain("date"))
            self.leave_open(node, source.quote, text_literal(str(problem), "en"), because)

    def leave_open(self, node: str, words: str, reason: Literal, because: Because) -> None:
        """Keep words that could not become a value, with the reason: the number of "Quyết định số /QĐ-UBND"."""
        self.add(node, RDF.type, CC.Unresolved)
        self.add(node, CC.statedIn, URIRef(self.document))
        self.add(node, CC.unresolvedText, text_literal(words))
        self.add(node, CC.reason, reason)
        self.explain(node, CC.unresolvedText, text_literal(words), because)

    def explain(self, subject: str, predicate: URIRef, value: Node, because: Because) -> None:
        """The annotation that leads from a fact to the words; it names the value where a property may have several."""
        evidence, name = because.evidence, "-".join(filter(None, (predicate.fragment, because.apart)))
        inside = subject == self.document or subject.startswith(self.document + "/")
        about = iri.annotation_iri if inside else partial(iri.foreign_annotation_iri, self.document)
        annotation = about(subject, name)
        if predicate in MANY_VALUED:
            self.add(annotation, CC.aboutValue, value)
        if (URIRef(annotation), RDF.type, OA.Annotation) in self.triples:
            return  # the first reading stands
        self.add(annotation, RDF.type, OA.Annotation)
        self.add(annotation, CC.aboutSubject, URIRef(subject))
        self.add(annotation, CC.aboutProperty, predicate)
        self.add(annotation, CC.origin, CC[str(evidence.origin)])
        self.add(annotation, OA.hasTarget, URIRef(self.quote(evidence.source)))
        if evidence.reason:
            self.add(annotation, CC.reason, text_literal(evidence.reason))
        for candidate in evidence.candidates:
            self.add(annotation, CC.candidate, candidate_node(candidate))

    def quote(self, source: Source) -> str:
        """The node of a place in the text, shared by all that was read there."""
        quote = iri.quote_iri(self.document, source.start, source.end)
        selector = iri.selector_iri(quote)
        if (URIRef(quote), OA.hasSelector, URIRef(selector)) in self.triples:
            return quote
        self.add(quote, RDF.type, OA.SpecificResource)
        self.add(quote, OA.hasSource, URIRef(self.document))
        self.add(quote, OA.hasSelector, URIRef(selector))
        self.add(selector, RDF.type, OA.TextQuoteSelector)
        self.add(selector, RDF.type, OA.TextPositionSelector)
        self.add(selector, OA.exact, plain(source.quote))
        self.add(selector, OA.start, integer(source.start))
        self.add(selector, OA.end, integer(source.end))
        self.add(selector, CC.line, integer(source.line))
        if source.page is not None:
            self.add(selector, CC.page, integer(source.page))
        if source.block:
            self.add(selector, CC.block, plain(source.block))
        return quote


def candidate_node(candidate: str) -> URIRef | Literal:
    """Something else that the value might have been: an IRI where it is one, else the words."""
    return URIRef(candidate) if candidate.startswith(("https://", "http://")) else text_literal(candidate)


@dataclass(frozen=True, slots=True)
class Pages:
    """The graphs of all held documents, by IRI and by file; a fact goes to the graph of the document that states it."""

    by_document: Mapping[str, Page]
    by_file: Mapping[str, Page]

    def of(self, source: Source) -> Page:
        """The graph of the document in whose file a source lies."""
        return self.by_file[source.file]
