"""Duties: what the sections on organization and reporting ask of named bodies, one record a clause and body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from ingest.deadlines import find_deadlines
from ingest.duty_clauses import MAX_CLAUSE, Clause, find_clauses
from ingest.fold import squeeze
from ingest.lines import drop_emphasis
from ingest.outline import Node, unique
from ingest.records import AROUND, Body, Deadline, Duty, Evidence, Origin
from ingest.reference import load_patterns
from ingest.roles import find_role, kind_at, names_from, partners_from
from ingest.slug import slug
from ingest.source import SourceText
from ingest.topics import find_topics

_ASIDE = re.compile(r"\s*\([^()\n]{1,400}\)")  # behind a name: "Liên hiệp các Hội ... Việt Nam (VUSTA)"
_MAX_REPORT = 400
_CARRIED = "the clause repeats no role: taken from the one that opens the sentence"


def find_duties(source: SourceText, root: Node, taken: set[str]) -> Iterator[Duty]:
    """The duties of an outline in order."""
    opening: tuple[str, tuple[Body, ...]] = ("execute", ())
    counts: Counter[tuple[str, str]] = Counter()
    for clause in find_clauses(source, root):
        text = source.text[clause.start : min(clause.end, clause.start + MAX_CLAUSE)]
        role, partners = _role(source, clause, text)
        carried = role == "execute" and not clause.opens and opening[0] == "lead"
        if clause.opens:
            opening = (role, partners)
        if carried:
            role, partners = opening
        first = _duty(source, clause, role, partners, carried)
        for body in clause.bodies:
            name = slug(body.name)
            counts[clause.node.address, name] += 1
            address = f"{clause.node.address}/cau-{counts[clause.node.address, name]}/{name}"
            evidence = dict(sorted({**first.evidence, "lead": Evidence(body.source)}.items()))
            yield replace(first, address=unique(address, taken), lead=(body,), evidence=evidence)


def _role(source: SourceText, clause: Clause, text: str) -> tuple[str, tuple[Body, ...]]:
    """The role that a clause gives and the partners it names after "phối hợp với"."""
    words = _after_subject(clause, text)
    partners: tuple[Body, ...] = ()
    together = kind_at("partners", words)
    if together is not None:
        partners = partners_from(source, clause.start + len(text) - len(words) + together, clause.end)
    role = find_role(words)
    if role:
        return role, partners
    if kind_at("report", words) is not None:
        return "report", ()
    return "execute", partners


def _after_subject(clause: Clause, text: str) -> str:
    """The words of a clause behind the body it begins with: "Giao Sở Tài chính chủ trì ..." -> "chủ trì ..."."""
    words = text[max(0, _subjects_end(clause) - clause.start) :]
    aside = _ASIDE.match(words) if len(words) < len(text) else None
    return words[aside.end() if aside else 0 :].lstrip(" ,") if len(words) < len(text) else text


def _subjects_end(clause: Clause) -> int:
    """Where the bodies end that a clause begins with."""
    inside = [body.source.end for body in clause.bodies if clause.start <= body.source.start < clause.end]
    return max(inside, default=clause.start)


def _reports_too(source: SourceText, clause: Clause, partners: Sequence[Body]) -> bool:
    """Whether partners are named for a report: "phối hợp với Sở Nội vụ báo cáo UBND tỉnh kết quả"."""
    start = partners[-1].source.end if partners else max(clause.start, min(_subjects_end(clause), clause.end))
    return kind_at("also_report", source.text[start : clause.end][:_MAX_REPORT]) is not None


def _deadline(clause: Clause, quote: str) -> tuple[Deadline, int, int]:
    """The deadline of a clause, which may also open what is said behind its subject: "Giao Sở A hằng năm chủ trì"."""
    words = _after_subject(clause, quote)
    skipped = len(quote) - len(words)
    behind = ((deadline, start + skipped, end + skipped) for deadline, start, end in find_deadlines(words))
    return next(chain(find_deadlines(quote), behind), (Deadline(), 0, 0))


def _recipients(source: SourceText, clause: Clause, text: str) -> tuple[Body, ...]:
    """Who gets a report: "báo cáo UBND tỉnh (gửi qua Sở Y tế)" both, "về Sở Y tế để báo cáo UBND tỉnh" only Sở Y tế."""
    sent, sent_at = _first_named(source, clause, text, "sent_to")
    reported, reported_at = _first_named(source, clause, text, "reported_to")
    if sent and reported and reported_at < sent_at:
        return (*reported, *(body for body in sent if body.name not in {other.name for other in reported}))
    return sent or reported


def _first_named(source: SourceText, clause: Clause, text: str, kind: str) -> tuple[tuple[Body, ...], int]:
    patterns = [pattern for row, pattern in load_patterns("duty_words") if row["kind"] == kind]
    for pattern in patterns:
        for found in pattern.finditer(text):
            bodies, _ = names_from(source, clause.start + found.end(), clause.end)
            if bodies:
                return bodies, found.start()
    return (), len(text)


def _duty(source: SourceText, clause: Clause, role: str, partners: Sequence[Body], carried: bool) -> Duty:
    """What a clause asks, before it is given to each of its bodies."""
    cited = source.cite(clause.start, clause.end)
    evidence = {"text": Evidence(cited)}
    block = clause.node.block
    if block is not None:
        evidence[AROUND] = Evidence(source.cite(block.words, block.end))
    evidence["role"] = Evidence(cited, Origin.ASSUMED, _CARRIED) if carried else Evidence(cited)
    if partners:
        evidence["coordinating"] = Evidence(source.cite(partners[0].source.start, partners[-1].source.end))
    reports = role == "report" or _reports_too(source, clause, partners)
    recipients = _recipients(source, clause, cited.quote[:MAX_CLAUSE]) if reports else ()
    if recipients:
        spans = [body.source for body in recipients]
        evidence["report_to"] = Evidence(source.cite(min(s.start for s in spans), max(s.end for s in spans)))
    deadline, start, end = _deadline(clause, cited.quote)
    if end:
        evidence["deadline"] = Evidence(source.cite(cited.start + start, cited.start + end))
    return Duty(
        address=clause.node.address,
        text=squeeze(drop_emphasis(cited.quote)),
        section=clause.node.parent.path() if clause.node.parent else (),
        role=role,
        lead=(),
        coordinating=tuple(partners),
        report_to=recipients,
        deadline=deadline,
        topics=find_topics(cited.quote),
        evidence=evidence,
        source=cited,
    )
