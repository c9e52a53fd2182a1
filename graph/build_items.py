"""Tasks, duties and targets as RDF, each field with its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from rdflib import RDF, URIRef
from rdflib.term import Node

from graph import iri
from graph.build_agencies import province_of
from graph.build_terms import CC, SCHEMA
from graph.evidence import Page, why
from graph.literals import date_literal, decimal, integer, plain, text_literal
from graph.records import AgencyRef, DutyRecord, TargetRecord, TaskRecord
from ingest.records import Heading

Item = TaskRecord | DutyRecord | TargetRecord
Stated = Iterator[tuple[str, URIRef, Node]]  # (field of the record, property, value)


def build_item(record: TaskRecord | DutyRecord, page: Page, life: str) -> None:
    """A task or duty; its province and year bounds stand on itself, so that filters need no join."""
    page.add(record.id, RDF.type, CC.Duty if isinstance(record, DutyRecord) else CC.Task)
    page.add(record.id, CC.partOf, URIRef(record.document))
    if province := province_of(life):
        page.add(record.id, CC.inProvince, province)
    page.add(record.id, CC.form, plain(record.form))
    for topic in record.topics:
        page.add(record.id, CC.topic, URIRef(iri.topic_iri(topic)))
    for field, predicate, value in printed_fields(record):
        page.state(record.id, predicate, value, why(record.evidence, field, record.source))
    for cited in record.cites:
        page.state(record.id, CC.cites, URIRef(cited), why(record.evidence, "cites", record.source))
    build_deadline(record, page)
    build_roles(record, page, life)


def printed_fields(record: TaskRecord | DutyRecord) -> Stated:
    """What the item prints of itself: ("code", cc:code, "CQS1.1")."""
    yield "text", CC.text, text_literal(record.text)
    if isinstance(record, DutyRecord):
        yield "role", CC.role, plain(record.role)
    if record.number:
        yield "number", CC.number, plain(record.number)
    if record.code:
        yield "code", CC.code, plain(record.code)
    if record.annex:
        yield "annex", CC.annex, plain(record.annex)
    for field, predicate, text in (
        ("name", CC.name, record.name),
        ("output", CC.output, record.output),
        ("funding", CC.funding, record.funding),
        ("section", CC.section, section_text(record.section)),
    ):
        if text:
            yield field, predicate, text_literal(text)


def section_text(section: tuple[Heading, ...]) -> str:
    """The headings above an item in one line: "III. TỔ CHỨC THỰC HIỆN > 1. Sở Y tế"."""
    return " > ".join(". ".join(filter(None, (each.label, each.title))) for each in section)


def build_deadline(record: TaskRecord | DutyRecord, page: Page) -> None:
    """The deadline as printed, and flat day bounds for filters: 2030 is also 2030-01-01 and 2030-12-31."""
    deadline, because = record.deadline, why(record.evidence, "deadline", record.source)
    page.state(record.id, CC.deadlineKind, plain(deadline.kind), because)
    if deadline.raw:
        page.state(record.id, CC.deadlineRaw, text_literal(deadline.raw), because)
    for predicate, code in ((CC.recurrence, deadline.recurrence), (CC.dueDay, deadline.due)):
        if code:
            page.state(record.id, predicate, plain(code), because)
    for predicate, date in (
        (CC.deadlineStart, deadline.start),
        (CC.deadlineEnd, deadline.end),
        (CC.dueEarliest, deadline.earliest),
        (CC.dueLatest, deadline.latest),
        (CC.activeFrom, deadline.active_from),
        (CC.activeTo, deadline.active_to),
    ):
        if date:
            page.state_date(record.id, predicate, date, because)


def build_roles(record: TaskRecord | DutyRecord, page: Page, life: str) -> None:
    """Who does what: a short triple for queries, and an assignment that keeps the words."""
    leading = record.role if isinstance(record, DutyRecord) else "lead"
    report_to = record.report_to if isinstance(record, DutyRecord) else ()
    for field, role, predicate, bodies in (
        ("lead", leading, CC.ledBy, record.lead),
        ("coordinating", "coordinate", CC.supportedBy, record.coordinating),
        ("report_to", "report_to", CC.reportsTo, report_to),
    ):
        because = why(record.evidence, field, record.source)
        names = Counter(body.name for body in bodies)
        for body in bodies:
            # "UBND thành phố Hà Nội; UBND thành phố Đà Nẵng" are two of one name
            called = body.name if names[body.name] == 1 else body.as_written
            assignment = iri.assignment_iri(record.id, role, called)
            page.add(record.id, CC.assignment, URIRef(assignment))
            page.add(assignment, RDF.type, CC.Assignment)
            page.state(assignment, CC.assignedRole, plain(role), because)
            page.state(assignment, CC.asWritten, text_literal(body.as_written), because)
            if assignee := body_iri(body, life):
                page.state(assignment, CC.assignee, URIRef(assignee), because)
                page.state(record.id, predicate, URIRef(assignee), because)


def body_iri(body: AgencyRef, life: str) -> str | None:
    """The agency of a reference, or the collective of the province: None where nobody knows which body is meant."""
    return body.agency or (iri.collective_iri(life, body.name) if body.collective else None)


def build_target(record: TargetRecord, page: Page, life: str) -> None:
    """A figure to be reached: a single value, or the two ends of a range."""
    page.add(record.id, RDF.type, CC.Target)
    page.add(record.id, CC.partOf, URIRef(record.document))
    if province := province_of(life):
        page.add(record.id, CC.inProvince, province)
    for field, predicate, value in target_fields(record):
        page.state(record.id, predicate, value, why(record.evidence, field, record.source))


def target_fields(record: TargetRecord) -> Stated:
    """The figure and its unit: ("value", cc:valueLow, 1.2)."""
    yield "indicator", CC.indicator, text_literal(record.indicator)
    yield "value", CC.comparator, plain(record.comparator)
    yield "value", CC.unit, plain(record.unit)
    if isinstance(record.value, (tuple, list)):
        yield "value", CC.valueLow, decimal(record.value[0])
        yield "value", CC.valueHigh, decimal(record.value[1])
    else:
        yield "value", CC.value, decimal(record.value)
    if record.year is not None:
        yield "year", CC.targetYear, date_literal(f"{record.year:04}")
    if record.baseline:
        yield "baseline", CC.baseline, text_literal(record.baseline)


def build_order(items: Iterable[Item], pages: Mapping[str, Page]) -> None:
    """The place of each item among all of its document, 1 for the first: IRIs put row 10 before row 7."""
    counts: Counter[str] = Counter()
    for item in sorted(items, key=lambda item: (item.source.start, item.source.end, item.id)):
        counts[item.document] += 1
        pages[item.document].add(item.id, SCHEMA.position, integer(counts[item.document]))
