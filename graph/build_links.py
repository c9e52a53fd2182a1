"""Mentions, links and what could not be resolved, as RDF in the graph of the document that prints them."""

from __future__ import annotations

from rdflib import RDF, URIRef

from graph.build_terms import CC, RELATIONS
from graph.evidence import Because, Page, candidate_node
from graph.literals import plain, text_literal
from graph.records import LinkRecord, MentionRecord, UnresolvedRecord
from ingest.records import Evidence, Origin, Relation

_ITSELF = "number left blank in the source: the caption of an own annex speaks of the document itself"
REASONS = "en"  # the language in which the program gives its own reasons


def build_mention(record: MentionRecord, page: Page) -> None:
    """One place where a text names a document, and which one it means, or why nobody can tell."""
    because = Because(Evidence(record.source))
    page.add(record.id, RDF.type, CC.Mention)
    page.add(record.id, CC.citing, URIRef(record.citing))
    page.add(record.id, CC.region, plain(record.region))
    meant = URIRef(record.target) if record.target else text_literal(record.unresolved or "", REASONS)
    predicate = CC.mentionTarget if record.target else CC.unresolvedReason
    page.add(record.id, predicate, meant)
    page.explain(record.id, predicate, meant, _settled(record))  # not read off the page, but it leads to the words
    if record.number:
        page.state(record.id, CC.documentNumber, plain(record.number), because)
    if record.date:
        page.state_date(record.id, CC.dateAsWritten, record.date, because)
    if record.type:
        page.state(record.id, CC.mentionType, plain(record.type), because)
    if record.issuer:
        page.state(record.id, CC.issuerName, plain(record.issuer), because)
    if record.title:
        page.state(record.id, CC.mentionTitle, text_literal(record.title), because)


def _settled(record: MentionRecord) -> Because:
    """Why a mention has its target: the number says so, or, where it is blank, the place."""
    if record.number is None and record.target == record.citing:
        return Because(Evidence(record.source, Origin.ASSUMED, _ITSELF))
    return Because(Evidence(record.source))


def build_link(record: LinkRecord, page: Page) -> None:
    """A relation as one triple for queries, and as a node that says where it is stated, and by which task."""
    relation = RELATIONS[Relation(record.relation)]
    evidence = Evidence(record.source)
    because = Because(evidence, "-".join(record.id.rsplit("/", 2)[1:]))  # several links may say the same
    for subject in filter(None, (record.from_, record.stated_by)):
        page.state(subject, relation, URIRef(record.to), because)
    page.add(record.id, RDF.type, CC.Link)
    page.add(record.id, CC.linkFrom, URIRef(record.from_))
    page.add(record.id, CC.linkTo, URIRef(record.to))
    page.state(record.id, CC.relation, relation, Because(evidence))
    page.add(record.id, CC.statedIn, URIRef(record.stated_in))
    if record.stated_by:
        page.add(record.id, CC.statedBy, URIRef(record.stated_by))


def build_unresolved(record: UnresolvedRecord, page: Page) -> None:
    """Something that a page leaves open, with the reason and what it might be."""
    page.add(record.id, CC.unresolvedKind, plain(record.kind))
    reason = text_literal(record.reason, REASONS)
    page.leave_open(record.id, record.what, reason, Because(Evidence(record.source)))
    for candidate in record.candidates:
        page.add(record.id, CC.candidate, candidate_node(candidate))
