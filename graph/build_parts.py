"""Sections and annexes as RDF, so that what hangs on them has a title and a place."""

from __future__ import annotations

from rdflib import RDF, URIRef

from graph.build_terms import CC, ELI
from graph.evidence import Page, why
from graph.literals import plain, text_literal
from graph.records import PartRecord


def build_part(record: PartRecord, page: Page) -> None:
    """One part of a document: its class, its number and its title, each with the heading as its quote."""
    page.add(record.id, RDF.type, CC.Section if record.kind == "section" else CC.Annex)
    page.add(record.id, CC.partOf, URIRef(record.document))
    because = why({}, "heading", record.source)
    if record.label:
        page.state(record.id, CC.number, plain(record.label), because)
    if record.title:
        page.state(record.id, ELI.title, text_literal(record.title), because)
