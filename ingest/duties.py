"""Duties: what the sections on organization and reporting ask of named bodies, one record a clause and body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from ingest.bodies import find_bodies, is_verb, names_bodies
from ingest.clauses import split_clauses
from ingest.deadlines import find_deadlines
from ingest.fold import fold, squeeze
from ingest.lines import drop_emphasis
from ingest.outline import Node, unique
from ingest.prose_tasks import section_kind
from ingest.records import Body, Deadline, Duty, Evidence, Origin
from ingest.reference import load_patterns
from ingest.roles import find_role, first_run, kind_at, names_from, partners_from
from ingest.source import SourceText
from ingest.topics import find_topics

_KINDS = ("organization", "reporting")
_MAX_HEAD = 160
_MAX_LEAD_IN = 600  # how far behind an adverbial the one who is asked may stand
_MAX_CLAUSE = 4000  # a longer clause is read from its beginning
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
    counts: Counter[tuple[str, str]] = Counter()
    for clause in _clauses(source, root):
        text = source.text[clause.start : min(clause.end, clause.start + _MAX_CLAUSE)]
        role, partners = _role(source, clause, text)
        carried = role == "execute" and not clause.opens and opening[0] == "lead"
        if clause.opens:
            opening = (role, partners)
        if carried:
            role, partners = opening
        first = _duty(source, clause, role, partners, carried)
        for body in clause.bodies:
            slug = re.sub(r"[^a-z0-9]+", "-", fold(body.name)).strip("-")
            counts[clause.node.address, slug] += 1
            address = f"{clause.node.address}/cau-{counts[clause.node.address, slug]}/{slug}"
            evidence = dict(sorted({**first.evidence, "lead": Evidence(body.source)}.items()))
            yield replace(first, address=unique(address, taken), lead=(body,), evidence=evidence)


# --- clauses and their bodies ---------------------------------------------------------------------------------------


def _clauses(source: SourceText, root: Node) -> Iterator[_Clause]:
    heads: dict[int, tuple[Body, ...]] = {}
    for node in root.walk():
        if node.block is None or node.style == "table":
            continue
        heads[id(node)] = _headed(source, node) if node.children else ()
        if section_kind(node) not in _KINDS or heads[id(node)]:
            continue  # a heading alone: what stands below is asked of it
        yield from _of_paragraph(source, node, _above(node, heads))


def _headed(source: SourceText, node: Node) -> tuple[Body, ...]:
    """The bodies that a heading consists of: "5. Các sở, ban, ngành; UBND huyện, thị xã"."""
    if node.block is None or len(node.text) > 2 * _MAX_HEAD:
        return ()
    start, end = node.block.words, node.block.end
    start += kind_at("opens", source.text[start:end]) or 0
    bodies, stop = names_from(source, start, end)
    if bodies and kind_at("heading_tail", source.text[stop:end]) is not None:
        return bodies
    if ";" in node.text or len(node.text) > _MAX_HEAD or not names_bodies(node.text.rstrip(":"))[0]:
        return ()  # clauses, not a list of names
    return find_bodies(source, start, end)


def _above(node: Node, heads: dict[int, tuple[Body, ...]]) -> tuple[Body, ...]:
    """The bodies of the nearest heading above that consists of bodies; a closing paragraph has none."""
    if not node.marked and kind_at("closing", node.text) is not None:
        return ()
    parent = node.parent
    while parent is not None:
        if heads.get(id(parent)):
            return heads[id(parent)]
        parent = parent.parent
    return ()


def _of_paragraph(source: SourceText, node: Node, above: tuple[Body, ...]) -> Iterator[_Clause]:
    if node.block is None:
        return
    start, end = node.block.words, node.block.end
    base: tuple[Body, ...] = above
    current = base
    opens = True
    begun, named = _colon(source, start, end)
    if begun:
        base = current = begun
        start = named
    for here, stop in _merged(source, start, end):
        sentence = here == start or source.text[max(start, here - 4) : here].rstrip().endswith((".", "./", "!", "?"))
        own = _subject(source, here, stop) if sentence or _turns(source, here, stop) else ()
        if kind_at("statement", source.text[here:stop]) is not None:
            current = base
            continue
        if own:
            current, opens = own, opens or not sentence
            base = base if above or begun else own
        elif sentence:
            current = base
        if current:
            for begin, close in _cut_coordinations(source.text, here, stop):
                yield _Clause(node, begin, close, current, opens)
                opens = False


def _merged(source: SourceText, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Clauses, with what is no clause of its own kept with the one before.

    The last step of a piece of work: "xây dựng ...; báo cáo, trình UBND tỉnh phê duyệt"; one more object; a subject
    of several bodies: "Các sở, ngành; UBND các xã báo cáo ...".
    """
    pending: tuple[int, int] | None = None
    text = source.text[start:end]
    subject = names_from(source, start + (kind_at("assigns", text[:_MAX_HEAD]) or 0), end)[1]
    for first, last in split_clauses(text):
        here, stop = start + first, start + last
        if pending and (here < subject or _goes_on(source, here, stop)):
            pending = pending[0], stop
            continue
        if pending:
            yield pending
        pending = here, stop
    if pending:
        yield pending


def _goes_on(source: SourceText, here: int, stop: int) -> bool:
    text = source.text[here : min(stop, here + _MAX_CLAUSE)]
    if kind_at("last_step", text) is not None:
        return True
    behind = source.text[max(0, here - 3) : here].rstrip().endswith(";")
    return behind and kind_at("object", text) is not None and not _turns(source, here, stop)


def _turns(source: SourceText, here: int, stop: int) -> bool:
    """Whether a clause behind ";" turns to somebody else: "...; đề nghị Mặt trận Tổ quốc tỉnh phối hợp"."""
    if kind_at("assigns", source.text[here:stop]) is not None:
        return True
    bodies, last = names_from(source, here, stop)
    words = source.text[last : min(stop, last + _MAX_HEAD)]
    if not bodies or find_role(source.text[last:stop]) is not None:
        return bool(bodies)
    # collectives may be one more object: "hướng dẫn các sở, ngành; UBND các xã thực hiện"
    return not all(body.collective for body in bodies) and words[:1].isspace() and is_verb(words.lstrip())


def _cut_coordinations(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """ "Phối hợp với A ..., phối hợp với B ..." is two duties."""
    if kind_at("coordinate", text[start : start + _MAX_HEAD]) is None:
        yield start, end
        return
    for found in _NEXT_COORDINATION.finditer(text, start, end):
        yield start, found.start()
        start = found.end()
    yield start, end


def _colon(source: SourceText, start: int, end: int) -> tuple[tuple[Body, ...], int]:
    """The bodies before a colon, and where the words behind it begin: "Sở Nội vụ: Tham mưu ..."."""
    text = source.text[start : min(end, start + 2 * _MAX_HEAD)]
    colon = text.find(":", 0, _MAX_HEAD)
    skipped = kind_at("opens", text) or 0
    bodies, stop = names_from(source, start + skipped, end)
    if colon <= 0 or (bodies and stop > start + colon):
        return (), start  # "Các tổ chức: Chính trị - xã hội, ...": the colon stands inside a name
    if bodies and not text[stop - start : colon].strip():
        return bodies, start + colon + 1
    if ";" not in text[:colon] and names_bodies(text[skipped:colon])[0]:
        return find_bodies(source, start + skipped, start + colon), start + colon + 1
    return (), start


def _subject(source: SourceText, start: int, end: int) -> tuple[Body, ...]:
    """The bodies that a clause addresses: "Giao Sở Tài chính ...", "Trên cơ sở ..., yêu cầu các sở, ngành ..."."""
    text = source.text[start : min(end, start + _MAX_LEAD_IN)]
    opened = kind_at("assigns", text) or kind_at("opens", text) or 0
    bodies, _ = names_from(source, start + opened, end)
    if bodies or kind_at("adverbial", text) is None:
        return bodies
    at = kind_at("later_assigns", text)
    if at is not None:
        return names_from(source, start + at, end)[0]
    bodies, first, last = first_run(source, start, start + len(text))
    behind = source.text[start:first].rstrip()
    goes_on = source.text[last : min(end, last + 2)].strip(" .")
    return bodies if behind.endswith(",") and goes_on and not _is_object(source, start, first) else ()


def _is_object(source: SourceText, start: int, first: int) -> bool:
    """Whether what was said before already asks for something, so that a body there is one more object of it."""
    return kind_at("asked", source.text[start:first]) is not None


# --- what is asked --------------------------------------------------------------------------------------------------


def _role(source: SourceText, clause: _Clause, text: str) -> tuple[str, tuple[Body, ...]]:
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


def _after_subject(clause: _Clause, text: str) -> str:
    """The words of a clause behind the body it begins with: "Giao Sở Tài chính chủ trì ..." -> "chủ trì ..."."""
    inside = [body.source.end for body in clause.bodies if clause.start <= body.source.start < clause.end]
    return text[max(inside) - clause.start :].lstrip(" ,") if inside else text


def _reports_too(source: SourceText, clause: _Clause, partners: Sequence[Body]) -> bool:
    """Whether partners are named for a report: "phối hợp với Sở Nội vụ báo cáo UBND tỉnh kết quả"."""
    after = source.text[partners[-1].source.end : clause.end] if partners else ""
    return kind_at("also_report", after[:_MAX_HEAD]) is not None


def _deadline(clause: _Clause, quote: str) -> tuple[Deadline, int, int]:
    """The deadline of a clause, which may also open what is said behind its subject: "Giao Sở A hằng năm chủ trì"."""
    words = _after_subject(clause, quote)
    skipped = len(quote) - len(words)
    behind = ((deadline, start + skipped, end + skipped) for deadline, start, end in find_deadlines(words))
    return next(chain(find_deadlines(quote), behind), (Deadline(), 0, 0))


def _recipients(source: SourceText, clause: _Clause, text: str) -> tuple[Body, ...]:
    """Who gets a report: "báo cáo UBND tỉnh (gửi qua Sở Y tế)" both, "về Sở Y tế để báo cáo UBND tỉnh" only Sở Y tế."""
    sent, sent_at = _first_named(source, clause, text, "sent_to")
    reported, reported_at = _first_named(source, clause, text, "reported_to")
    if sent and reported and reported_at < sent_at:
        return (*reported, *(body for body in sent if body.name not in {other.name for other in reported}))
    return sent or reported


def _first_named(source: SourceText, clause: _Clause, text: str, kind: str) -> tuple[tuple[Body, ...], int]:
    patterns = [pattern for row, pattern in load_patterns("duty_words") if row["kind"] == kind]
    for pattern in patterns:
        for found in pattern.finditer(text):
            bodies, _ = names_from(source, clause.start + found.end(), clause.end)
            if bodies:
                return bodies, found.start()
    return (), len(text)


def _duty(source: SourceText, clause: _Clause, role: str, partners: Sequence[Body], carried: bool) -> Duty:
    """What a clause asks, before it is given to each of its bodies."""
    cited = source.cite(clause.start, clause.end)
    evidence = {"text": Evidence(cited)}
    evidence["role"] = Evidence(cited, Origin.ASSUMED, _CARRIED) if carried else Evidence(cited)
    if partners:
        evidence["coordinating"] = Evidence(source.cite(partners[0].source.start, partners[-1].source.end))
    reports = role == "report" or _reports_too(source, clause, partners)
    recipients = _recipients(source, clause, cited.quote[:_MAX_CLAUSE]) if reports else ()
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
