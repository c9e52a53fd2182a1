"""Agencies and collectives, in the graph that all documents share, and the life of a province that a date chooses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from rdflib import RDF, URIRef
from rdflib.namespace import ORG, SKOS

from graph import iri
from graph.build_terms import CC
from graph.evidence import Triple
from graph.jurisdictions import lives_of
from graph.literals import plain, text_literal
from graph.records import AgencyRecord
from ontology import load_agency_types

Issuers = Mapping[tuple[str, str], str]  # (life, spelling without case) -> agency


def province_of(life: str) -> URIRef | None:
    """The province of an agency or document: None for "trung-uong"."""
    return URIRef(iri.province_iri(life)) if lives_of(life) else None


def issuers_of(agencies: Iterable[AgencyRecord]) -> Issuers:
    """Every spelling under which an agency may sign: ("hung-yen", "ủy ban nhân dân tỉnh") -> .../ubnd-tinh."""
    spellings = {each.id: (each.vi, *each.alt) for each in load_agency_types()}
    return {
        (agency.jurisdiction, spelled.casefold()): agency.id
        for agency in agencies
        if not agency.collective
        for spelled in (*spellings.get(agency.type or "", ()), *agency.as_written, agency.name)
    }


def find_issuer(issuer: str, life: str, issuers: Issuers) -> str | None:
    """The agency that a document names as its issuer: "UBND tỉnh Hưng Yên" is that of the province's life, or none."""
    short = "|".join(re.escape(each.short.casefold()) for each in lives_of(life)) or "$"
    spelled = " ".join(issuer.casefold().split())
    for name in (spelled, re.sub(rf"\s+(?:{short})$", "", spelled)):
        for where in (life, "trung-uong"):
            if found := issuers.get((where, name)):
                return found
    return None


def agency_triples(agency: AgencyRecord) -> Iterable[Triple]:
    """What is known of a body: its name, its spellings, its type and its province."""
    node = URIRef(agency.id)
    yield node, RDF.type, CC.CollectiveBody if agency.collective else ORG.Organization
    yield node, SKOS.prefLabel, text_literal(agency.name)
    for spelled in agency.as_written:
        if spelled != agency.name:
            yield node, SKOS.altLabel, text_literal(spelled)
    yield node, CC.jurisdiction, plain(agency.jurisdiction)
    if agency.type:
        yield node, ORG.classification, URIRef(iri.agency_type_iri(agency.type))
    if agency.level:
        yield node, CC.level, plain(agency.level)
    if province := province_of(agency.jurisdiction):
        yield node, CC.inProvince, province
