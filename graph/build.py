"""Records become quads: one named graph for each held document, and a few that all documents share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from rdflib import Dataset, URIRef

from graph import iri
from graph.build_about import dataset_triples, provenance_triples
from graph.build_agencies import agency_triples, issuers_of
from graph.build_documents import build_document
from graph.build_items import body_iri, build_item, build_order, build_target
from graph.build_links import build_link, build_mention, build_unresolved
from graph.build_parts import build_part
from graph.evidence import Page, Pages, Triple
from graph.jurisdictions import province_life
from graph.records import AgencyRecord, Corpus, DutyRecord, TaskRecord
from ontology import load_vocabulary

Graphs = dict[str, Set[Triple]]  # by what the graph is named after: a document's IRI, "agencies", ...


def build_dataset(corpus: Corpus, version: str) -> Dataset:
    """The whole graph of a corpus: build_dataset(corpus, "0.1.0"); the same corpus gives the same quads."""
    pages = build_pages(corpus)
    graphs: Graphs = {document: page.triples for document, page in pages.by_document.items()}
    graphs["agencies"] = {triple for each in all_agencies(corpus) for triple in agency_triples(each)}
    graphs["provenance"] = set(provenance_triples(corpus, version))
    graphs["dataset"] = set(dataset_triples(corpus, graphs))
    graphs["ontology"] = set(vocabulary_triples())
    dataset = Dataset(default_union=True)  # a query without GRAPH sees all
    for name, triples in graphs.items():
        graph = dataset.graph(URIRef(iri.graph_iri(name)))
        graph.addN((*triple, graph) for triple in triples)  # the same of the dataset looks every graph up again
    return dataset


def build_pages(corpus: Corpus) -> Pages:
    """The graphs of the held documents, filled."""
    by_document = {each.id: Page(each.id) for each in corpus.documents if each.held}
    files = {each.file: by_document[each.id] for each in corpus.documents if each.held and each.file}
    pages = Pages(by_document, files)
    lives, issuers = lives_by_document(corpus), issuers_of(corpus.agencies)
    for document in corpus.documents:
        build_document(document, pages, issuers)
    for item in items_of(corpus):
        build_item(item, by_document[item.document], lives[item.document])
    for target in corpus.targets:
        build_target(target, by_document[target.document], lives[target.document])
    build_order((*items_of(corpus), *corpus.targets), by_document)
    for part in corpus.parts:
        build_part(part, by_document[part.document])
    for mention in corpus.mentions:
        build_mention(mention, by_document[mention.citing])
    for link in corpus.links:
        build_link(link, by_document[link.stated_in])
    for question in corpus.unresolved:
        build_unresolved(question, by_document[question.document])
    return pages


def items_of(corpus: Corpus) -> tuple[TaskRecord | DutyRecord, ...]:
    """All that somebody has to do: tasks, then duties."""
    return (*corpus.tasks, *corpus.duties)


def lives_by_document(corpus: Corpus) -> Mapping[str, str]:
    """The life of the province that each document speaks in: {".../kh-ubnd/2025/102": "hung-yen-truoc-2025"}."""
    return {each.id: province_life(each.jurisdiction, each.date) for each in corpus.documents}


def all_agencies(corpus: Corpus) -> Iterator[AgencyRecord]:
    """The bodies of the corpus, and every collective that a task names without a record of its own."""
    known = {each.id for each in corpus.agencies}
    yield from corpus.agencies
    lives = lives_by_document(corpus)
    for item in items_of(corpus):
        life = lives[item.document]
        reports = getattr(item, "report_to", ())
        for body in (*item.lead, *item.coordinating, *reports):
            node = body_iri(body, life)
            if node and node not in known:
                known.add(node)
                yield AgencyRecord(node, body.name, None, None, life, body.collective, (body.as_written,))


def vocabulary_triples() -> Iterator[Triple]:
    """The ontology, so that one file answers what a term means: classes, properties and concepts with their labels."""
    for subject, predicate, value in load_vocabulary():
        if isinstance(subject, URIRef) and isinstance(predicate, URIRef):
            yield subject, predicate, value
