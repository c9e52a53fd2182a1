"""Names of the vocabularies that the graph is written in."""

from __future__ import annotations

from functools import cache

from rdflib import RDF, RDFS, Namespace, URIRef
from rdflib.term import Node

from graph import iri
from ingest.records import Relation
from ontology import load_vocabulary

CC = Namespace(iri.NAMESPACE)
ELI = Namespace("http://data.europa.eu/eli/ontology#")
OA = Namespace("http://www.w3.org/ns/oa#")
VOID = Namespace("http://rdfs.org/ns/void#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
SCHEMA = Namespace("https://schema.org/")

RELATIONS = {
    Relation.LEGAL_BASIS: CC.legalBasis,
    Relation.IMPLEMENTS: CC.implements,
    Relation.AMENDS: CC.amends,
    Relation.APPROVES: CC.approves,
    Relation.GUIDES: CC.guides,
    Relation.PROMULGATED_WITH: CC.promulgatedWith,
    Relation.REPLACES: CC.replaces,
    Relation.CITES: CC.cites,
}
READ_IN_ELI = frozenset({ELI.date_document, ELI.passed_by, ELI.title})  # not ours, and read off a page all the same
# One subject may have several values of these, each read at another place: their evidence names the value too.
MANY_VALUED = frozenset({*RELATIONS.values(), CC.ledBy, CC.supportedBy, CC.reportsTo, ELI.date_document})


@cache
def read_properties() -> frozenset[Node]:
    """Every property whose value is read off a page, and so must lead to a quote: cc:name, cc:ledBy, ..."""
    return READ_IN_ELI | set(load_vocabulary().subjects(RDF.type, CC.ReadProperty))


@cache
def document_classes() -> dict[str, URIRef]:
    """The classes of documents by their Vietnamese name, without case: {"kế hoạch": cc:Plan, ...}."""
    vocabulary = load_vocabulary()
    return {
        str(label).casefold(): each
        for each in vocabulary.transitive_subjects(RDFS.subClassOf, CC.Document)
        for label in vocabulary.objects(each, RDFS.label)
        if isinstance(each, URIRef) and getattr(label, "language", None) == "vi"
    }
