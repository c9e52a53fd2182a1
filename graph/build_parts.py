"""Sections, annexes and paragraphs as RDF, so that what hangs on them has a title and a place."""

from __future__ import annotations

from rdflib import RDF, URIRef

from graph.build_terms import CC, ELI
from graph.evidence import Page, why
from graph.literals import plain, text_literal
from graph.records import PartRecord

_CLASSES = {"section": CC.Section, "paragraph": CC.Paragraph}


def build_part(record: PartRecord, page: Page) -> None:
    """One part of a document: its class, its number and its title or words, each with its quote."""
    page.add(record.id, RDF.type, _CLASSES.get(record.kind, CC.Annex))
    page.add(record.id, CC.partOf, URIRef(record.document))
    because = why({}, "heading", record.source)
    if record.label:
        page.state(record.id, CC.number, plain(record.label), because)
    if record.title:
        page.state(record.id, ELI.title, text_literal(record.title), because)
    if record.text:
        page.state(record.id, CC.text, text_literal(record.text), because)
