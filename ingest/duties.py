"""Duties: what the sections on organization and reporting ask of named bodies, one record a clause and body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.bodies import find_bodies, names_bodies
from ingest.clauses import split_clauses
from ingest.deadlines import find_deadlines
from ingest.fold import fold, squeeze
from ingest.lines import drop_emphasis
from ingest.names import find_name
from ingest.outline import Node, unique
from ingest.prose_tasks import section_kind
from ingest.records import Body, Deadline, Duty, Evidence, Origin
from ingest.reference import load_patterns
from ingest.source import SourceText
from ingest.topics import find_topics

_KINDS = ("organization", "reporting")
_MAX_HEAD = 160
_SEPARATORS = re.compile(r"\s*(?:[,;]|và\b)?\s*(?:và\b)?\s*", re.IGNORECASE)
_NEXT_COORDINATION = re.compile(r",\s+(?=phối hợp với\s)")
_CARRIED = "the clause repeats no role: taken from the one that opens the sentence"


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause at `start:end` of the document with the bodies that it is asked of."""

    node: Node
    start: int
    end: int
    bodies: tuple[Body, ...]
    opens: bool  # it opens its paragraph, so that no role can be carried over to it


def find_duties(source: SourceText, root: Node, taken: set[str]) -> Iterator[Duty]:
    """The duties of an outline in order."""
    opening: tuple[str, tuple[Body, ...]] = ("execute", ())
    for clause in _clauses(source, root):
        text = source.text[clause.start : clause.end]
        role, partners = _role(source, clause, text)
        carried = role == "execute" and not clause.opens and opening[0] == "lead"
        if clause.opens:
            opening = (role, partners)
        if carried:
            role, partners = opening
        for body in clause.bodies:
            yield _duty(source, clause, body, role, partners, carried, taken)


# --- clauses and their bodies ---------------------------------------------------------------------------------------


def _clauses(source: SourceText, root: Node) -> Iterator[_Clause]:
    for node in root.walk():
        if node.block is None or node.style == "table" or section_kind(node) not in _KINDS:
            continue
        if node.children and _headed(source, node):
            continue  # only a heading; what stands below is asked of it
        yield from _of_paragraph(source, node)


def _headed(source: SourceText, node: Node) -> tuple[Body, ...]:
    """The bodies that a heading consists of: "5. Các sở, ban, ngành; UBND huyện, thị xã"."""
    if node.block is None or len(node.text) > _MAX_HEAD or not names_bodies(node.text.rstrip(":"))[0]:
        return ()
    start, end = node.block.words, node.block.end
    if ";" in node.text and _names_from(source, start, end)[1] < end - 1:
        return ()  # clauses, not a list of names
    return find_bodies(source, start, end)


def _above(source: SourceText, node: Node) -> tuple[Body, ...]:
    """The bodies of the nearest heading above that consists of bodies."""
    parent = node.parent
    while parent is not None:
        bodies = _headed(source, parent)
        if bodies:
            return bodies
        parent = parent.parent
    return ()


def _of_paragraph(source: SourceText, node: Node) -> Iterator[_Clause]:
    if node.block is None:
        return
    start, end = node.block.words, node.block.end
    bodies, at = _subject(source, start, end)
    if not bodies:
        bodies, at = _above(source, node), start
    opens = True
    for first, last in _merged(source.text[at:end]):
        here, stop = at + first, at + last
        # behind ";" a list goes on, and a name there is one more object: only a new sentence has a subject of its own
        afresh = (opens and at == start) or source.text[:here].rstrip().endswith((".", "./"))
        own = _subject(source, here, stop)[0] if afresh else ()
        subject = own or bodies
        if subject:
            for begin, close in _cut_coordinations(source.text, here, stop):
                yield _Clause(node, begin, close, subject, opens)
                opens = False


def _merged(text: str) -> Iterator[tuple[int, int]]:
    """Clauses, the last step of a piece of work kept with it: "xây dựng ...; báo cáo, trình UBND tỉnh phê duyệt"."""
    pending: tuple[int, int] | None = None
    for first, last in split_clauses(text):
        if pending and _kind_at("last_step", text[first:last]):
            pending = pending[0], last
            continue
        if pending:
            yield pending
        pending = first, last
    if pending:
        yield pending


def _cut_coordinations(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """ "Phối hợp với A ..., phối hợp với B ..." is two duties."""
    if not _kind_at("coordinate", text[start:end]):
        yield start, end
        return
    for found in _NEXT_COORDINATION.finditer(text, start, end):
        yield start, found.start()
        start = found.end()
    yield start, end


def _subject(source: SourceText, start: int, end: int) -> tuple[tuple[Body, ...], int]:
    """The bodies that a clause addresses, and where its words begin: "Sở Nội vụ: Tham mưu ...", "Giao Sở Tài chính"."""
    text = source.text[start:end]
    colon = text.find(":", 0, _MAX_HEAD)
    if colon > 0 and names_bodies(text[:colon])[0]:
        return find_bodies(source, start, start + colon), start + colon + 1
    at = start + (_kind_at("assigns", text) or 0)
    for deadline, _, stop in find_deadlines(text[:_MAX_HEAD]):
        if deadline.kind == "conditional":  # "Trong quá trình thực hiện nếu có vướng mắc, các cơ quan ... kịp thời"
            at = start + stop + len(text[stop:]) - len(text[stop:].lstrip(" ,"))
    bodies, _ = _names_from(source, at, end)
    return bodies, start


def _names_from(source: SourceText, at: int, end: int) -> tuple[tuple[Body, ...], int]:
    """Names that follow one another from `at`: "Sở Tài chính, Sở Nội vụ và các cơ quan liên quan" -> three."""
    offset, text = at, source.text[at:end]
    folded = fold(text)
    bodies: list[Body] = []
    stop = at
    while at < end:
        name = find_name(text, folded, at - offset)
        if name is None:
            break
        cited = source.cite(at, offset + name.end)
        bodies.append(Body(name.name, squeeze(cited.quote), name.type, name.level, name.collective, cited))
        stop = offset + name.end
        gap = _SEPARATORS.match(source.text, stop)
        at = gap.end() if gap else stop
        if at == stop or not gap or not gap[0].strip():
            break
    return tuple(bodies), stop


def _kind_at(kind: str, text: str) -> int | None:
    """Where a pattern of duty words ends in a text, None when it has none."""
    ends = (found.end() for row, p in load_patterns("duty_words") if row["kind"] == kind and (found := p.search(text)))
    return next(ends, None)


# --- what is asked --------------------------------------------------------------------------------------------------


def _role(source: SourceText, clause: _Clause, text: str) -> tuple[str, tuple[Body, ...]]:
    """The role that a clause gives and the partners it names after "phối hợp với"."""
    words = _after_subject(clause, text)
    partners: tuple[Body, ...] = ()
    together = _kind_at("partners", words)
    if together is not None:
        partners, _ = _names_from(source, clause.end - len(words) + together, clause.end)
    if _kind_at("lead", words) is not None:
        return "lead", partners
    if _kind_at("coordinate", words) is not None:
        return "coordinate", partners
    if _kind_at("report", words) is not None:
        return "report", ()
    return "execute", partners


def _after_subject(clause: _Clause, text: str) -> str:
    """The words of a clause behind the body it begins with: "Giao Sở Tài chính chủ trì ..." -> "chủ trì ..."."""
    inside = [body.source.end for body in clause.bodies if clause.start <= body.source.start < clause.end]
    return text[max(inside) - clause.start :].lstrip(" ,") if inside else text


def _recipients(source: SourceText, clause: _Clause, text: str) -> tuple[Body, ...]:
    for row, pattern in load_patterns("duty_words"):
        if row["kind"] != "recipient":
            continue
        for found in pattern.finditer(text):
            bodies, _ = _names_from(source, clause.start + found.end(), clause.end)
            if bodies:
                return bodies
    return ()


def _duty(
    source: SourceText,
    clause: _Clause,
    body: Body,
    role: str,
    partners: Sequence[Body],
    carried: bool,
    taken: set[str],
) -> Duty:
    cited = source.cite(clause.start, clause.end)
    evidence = {"text": Evidence(cited), "lead": Evidence(body.source)}
    evidence["role"] = Evidence(cited, Origin.ASSUMED, _CARRIED) if carried else Evidence(cited)
    if partners:
        evidence["coordinating"] = Evidence(source.cite(partners[0].source.start, partners[-1].source.end))
    recipients = _recipients(source, clause, cited.quote) if role == "report" else ()
    if recipients:
        evidence["report_to"] = Evidence(source.cite(recipients[0].source.start, recipients[-1].source.end))
    deadline, start, end = next(iter(find_deadlines(cited.quote)), (Deadline(), 0, 0))
    if end:
        evidence["deadline"] = Evidence(source.cite(cited.start + start, cited.start + end))
    slug = re.sub(r"[^a-z0-9]+", "-", fold(body.name)).strip("-")
    number = sum(
        1 for address in taken if address.startswith(f"{clause.node.address}/cau-") and address.endswith(f"/{slug}")
    )
    return Duty(
        address=unique(f"{clause.node.address}/cau-{number + 1}/{slug}", taken),
        text=squeeze(drop_emphasis(cited.quote)),
        section=clause.node.parent.path() if clause.node.parent else (),
        role=role,
        lead=(body,),
        coordinating=tuple(partners),
        report_to=recipients,
        deadline=deadline,
        topics=find_topics(cited.quote),
        evidence=dict(sorted(evidence.items())),
        source=cited,
    )
