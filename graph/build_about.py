"""What the dataset says of itself: which program made it from which bytes, and how much of what it holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Set

from rdflib import DCTERMS, PROV, RDF, RDFS, URIRef

from graph import iri
from graph.build_terms import CC, DCAT, SCHEMA, VOID
from graph.evidence import Triple
from graph.literals import integer, plain, text_literal
from graph.records import Corpus

NAME_VI, NAME_EN = "Căn Cứ: kế hoạch của các tỉnh dưới dạng đồ thị tri thức", "Căn Cứ: provincial plans as a graph"
COUNTED = {
    CC.Document: "documents",
    CC.Task: "tasks",
    CC.Duty: "duties",
    CC.Target: "targets",
    CC.Mention: "mentions",
    CC.Link: "links",
    CC.Unresolved: "unresolved",
}


def provenance_triples(corpus: Corpus, version: str) -> Iterator[Triple]:
    """The build, the program's version, the bytes of every file, and the graph that came of each; no time of day."""
    held = [each for each in corpus.documents if each.held and each.sha256]
    inputs = "\n".join([version, *sorted(each.sha256 or "" for each in held)])
    activity = URIRef(iri.about_iri("build", hashlib.sha256(inputs.encode()).hexdigest()[:16]))
    program = URIRef(iri.about_iri("program", version))
    yield activity, RDF.type, CC.Build
    yield activity, RDF.type, PROV.Activity
    yield activity, PROV.wasAssociatedWith, program
    yield program, RDF.type, PROV.SoftwareAgent
    yield program, DCTERMS.identifier, plain(version)
    for document in held:
        file, graph = URIRef(iri.about_iri("file", document.sha256 or "")), URIRef(iri.graph_iri(document.id))
        yield activity, PROV.used, file
        yield file, RDF.type, PROV.Entity
        yield file, CC.sha256, plain(document.sha256 or "")
        yield graph, RDF.type, PROV.Entity
        yield graph, DCTERMS.subject, URIRef(document.id)
        yield graph, PROV.wasDerivedFrom, file
        yield graph, PROV.wasGeneratedBy, activity


def dataset_triples(corpus: Corpus, graphs: Mapping[str, Set[Triple]]) -> Iterator[Triple]:
    """DCAT and VoID: names, number of triples, instances of each class; and the order of the documents, by IRI."""
    dataset = URIRef(iri.about_iri("dataset", "can-cu"))
    yield dataset, RDF.type, DCAT.Dataset
    yield dataset, RDF.type, VOID.Dataset
    yield dataset, DCTERMS.title, text_literal(NAME_VI)
    yield dataset, DCTERMS.title, text_literal(NAME_EN, "en")
    yield dataset, VOID.triples, integer(sum(len(triples) for triples in graphs.values()))
    yield dataset, VOID.vocabulary, URIRef(iri.NAMESPACE)
    for kind, field in COUNTED.items():
        part = URIRef(iri.about_iri("dataset", f"can-cu/{field}"))
        yield dataset, VOID.classPartition, part
        yield part, RDFS.label, text_literal(field, "en")
        yield part, VOID["class"], kind
        yield part, VOID.entities, integer(len(getattr(corpus, field)))
    for place, document in enumerate(sorted(each.id for each in corpus.documents), start=1):
        yield URIRef(document), SCHEMA.position, integer(place)  # a number sorts faster than an IRI
