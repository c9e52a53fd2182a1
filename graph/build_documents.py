"""Documents as RDF: what their own pages print, and what other documents say of those that are only cited."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import RDF, URIRef
from rdflib.namespace import OWL
from rdflib.term import Node

from graph import iri
from graph.build_agencies import Issuers, find_issuer, province_of
from graph.build_terms import CC, ELI, document_classes
from graph.evidence import Because, Page, Pages, why
from graph.jurisdictions import province_life
from graph.literals import boolean, plain, text_literal
from graph.records import DateStatement, DocumentRecord
from ingest.records import Evidence, Source


def build_document(record: DocumentRecord, pages: Pages, issuers: Issuers) -> None:
    """One document, each fact in the graph of the text that states it: a title that only one plan prints goes there."""
    source = record.source or next(iter(first_sources(record)), None)
    if source is None:
        return
    add_nature(record, pages, source)
    for field, predicate, value in stated_fields(record, issuers):
        because = why(record.evidence, field, source)
        pages.of(because.evidence.source).state(record.id, predicate, value, because)
    build_dates(record, pages, source)


def first_sources(record: DocumentRecord) -> Iterator[Source]:
    """Places where a document is described, for one that has no first place of its own."""
    yield from (each.source for each in record.dates)
    yield from (record.evidence[field].source for field in sorted(record.evidence))


def add_nature(record: DocumentRecord, pages: Pages, source: Source) -> None:
    """What follows from the record itself: class, whether its text is held, file, jurisdiction and province."""
    page = pages.by_document.get(record.id) or pages.of(source)
    page.add(record.id, RDF.type, CC.Document)
    page.add(record.id, RDF.type, document_classes().get((record.type or "").casefold(), CC.Document))
    page.add(record.id, CC.held, boolean(record.held))
    page.add(record.id, CC.jurisdiction, plain(record.jurisdiction))
    if province := province_of(province_life(record.jurisdiction, record.date)):
        page.add(record.id, CC.inProvince, province)
    if record.sha256:
        page.add(record.id, CC.sha256, plain(record.sha256))
    if record.file:
        page.add(record.id, CC.sourceFile, plain(record.file))
    if record.original:
        page.add(record.id, CC.originalName, plain(record.original))
    if record.number_from:
        settled = record.number_from.startswith("http")
        page.add(record.id, CC.numberFrom, URIRef(record.number_from) if settled else plain(record.number_from))
    for alias in record.aliases:
        page.add(record.id, OWL.sameAs, URIRef(alias))


def stated_fields(record: DocumentRecord, issuers: Issuers) -> Iterator[tuple[str, URIRef, Node]]:
    """The fields that a page prints, as (field, property, value): ("number", cc:documentNumber, "719/QĐ-UBND")."""
    if record.number:
        yield "number", CC.documentNumber, plain(record.number)
    if record.title:
        yield "title", ELI.title, text_literal(record.title)
    if record.signer:
        yield "signer", CC.signer, plain(record.signer)
    if record.period:
        yield "period", CC.period, plain(record.period)
    if record.issuer:
        yield "issuer", CC.issuerName, plain(record.issuer)
        life = province_life(record.jurisdiction, record.date)
        if agency := find_issuer(record.issuer, life, issuers):
            yield "issuer", ELI.passed_by, URIRef(agency)


def build_dates(record: DocumentRecord, pages: Pages, source: Source) -> None:
    """Every date that a text gives for the document, each in the graph of that text: disagreement is data."""
    statements = list(record.dates)
    if record.date and record.date not in {each.date for each in statements}:
        place = record.evidence["date"].source if "date" in record.evidence else source
        statements.append(DateStatement(record.date, record.id, place))
    for each in sorted(statements, key=lambda one: (one.source.file, one.source.start)):
        pages.of(each.source).state_date(
            record.id, ELI.date_document, each.date, Because(Evidence(each.source), each.date)
        )
    if len({each.date for each in statements}) > 1:
        for each in statements:
            build_statement(record.id, each, pages.of(each.source))


def build_statement(document: str, statement: DateStatement, page: Page) -> None:
    """Who gives which date, where the sources differ: one decision is of 2021 in one plan and of 2022 in another."""
    node = iri.date_statement_iri(page.document, document, statement.date)
    page.add(node, RDF.type, CC.DateStatement)
    page.add(node, CC.dateOf, URIRef(document))
    page.add(node, CC.statedIn, URIRef(page.document))
    page.state_date(node, CC.statedDate, statement.date, Because(Evidence(statement.source)))
