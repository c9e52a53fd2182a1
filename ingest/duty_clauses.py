"""The clauses of the sections on organization and reporting, each with the bodies that it is asked of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.bodies import find_bodies, names_bodies
from ingest.body_words import is_verb
from ingest.clauses import split_clauses
from ingest.headed import MAX_HEAD, headed_by
from ingest.outline import Node
from ingest.prose_tasks import section_kind
from ingest.records import Body
from ingest.roles import find_role, find_roles, first_run, kind_at, names_from
from ingest.source import SourceText

_KINDS = ("organization", "reporting")
_MAX_LEAD_IN = 600  # how far behind an adverbial the one who is asked may stand
_NEXT_COORDINATION = re.compile(r",\s+(?=phối hợp với\s)")
MAX_CLAUSE = 4000  # a longer clause is read from its beginning


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause at `start:end` of the document with the bodies that it is asked of."""

    node: Node
    start: int
    end: int
    bodies: tuple[Body, ...]
    opens: bool  # it opens its paragraph, so that no role can be carried over to it


def find_clauses(source: SourceText, root: Node) -> Iterator[Clause]:
    """The clauses of an outline in order, those that are asked of nobody left out."""
    heads: dict[int, tuple[Body, ...]] = {}
    for node in root.walk():
        if node.block is None or node.style == "table":
            continue
        heads[id(node)] = headed_by(source, node) if any(not _closes(child) for child in node.children) else ()
        if heads[id(node)] or not (section_kind(node) in _KINDS or _assigns(source, node)):
            continue  # a heading alone: what stands below is asked of it
        yield from _of_paragraph(source, node, _above(node, heads))


def _assigns(source: SourceText, node: Node) -> bool:
    """Whether an article without a heading says by itself who leads: "Điều 2. Bộ Nội vụ chủ trì, phối hợp với ..."."""
    if node.block is None or node.style != "article" or section_kind(node):
        return False
    return bool(find_roles(source, node.block.words, node.block.end)[0])


def _closes(node: Node) -> bool:
    """Whether a paragraph closes the whole section and belongs to no item: "Trong quá trình thực hiện, nếu có"."""
    return not node.marked and node.style != "table" and kind_at("closing", node.text) is not None


def _above(node: Node, heads: dict[int, tuple[Body, ...]]) -> tuple[Body, ...]:
    """The bodies of the nearest heading above that consists of bodies; a closing paragraph has none."""
    if _closes(node):
        return ()
    parent = node.parent
    while parent is not None:
        if heads.get(id(parent)):
            return heads[id(parent)]
        parent = parent.parent
    return ()


def _of_paragraph(source: SourceText, node: Node, above: tuple[Body, ...]) -> Iterator[Clause]:
    if node.block is None:
        return
    start, end = node.block.words, node.block.end
    start += kind_at("label", source.text[start : min(end, start + MAX_HEAD)]) or 0
    base: tuple[Body, ...] = above
    current = base
    opens = True
    begun, named = _colon(source, start, end)
    if begun:
        base = current = begun
        start = named
    for here, stop in _merged(source, start, end):
        sentence = here == start or source.text[max(start, here - 4) : here].rstrip().endswith((".", "./", "!", "?"))
        own = _own(source, here, stop, sentence, bool(current))
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
                yield Clause(node, begin, close, current, opens)
                opens = False


def _own(source: SourceText, here: int, stop: int, sentence: bool, asked: bool) -> tuple[Body, ...]:
    """Whom a clause asks by its own words; "Chỉ đạo các đơn vị ..." is what the body asked before is to do."""
    if asked and kind_at("orders", source.text[here:stop]) is not None:
        return ()
    return _subject(source, here, stop) if sentence or _turns(source, here, stop) else ()


def _merged(source: SourceText, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Clauses, with what is no clause of its own kept with the one before.

    The last step of a piece of work: "xây dựng ...; báo cáo, trình UBND tỉnh phê duyệt"; one more object; a subject
    of several bodies: "Các sở, ngành; UBND các xã báo cáo ...".
    """
    pending: tuple[int, int] | None = None
    text = source.text[start:end]
    subject = names_from(source, start + (kind_at("assigns", text[:MAX_HEAD]) or 0), end)[1]
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
    text = source.text[here : min(stop, here + MAX_CLAUSE)]
    if kind_at("last_step", text) is not None:
        return True
    behind = source.text[max(0, here - 3) : here].rstrip().endswith(";")
    return behind and kind_at("object", text) is not None and not _turns(source, here, stop)


def _turns(source: SourceText, here: int, stop: int) -> bool:
    """Whether a clause behind ";" turns to somebody else: "...; đề nghị Mặt trận Tổ quốc tỉnh phối hợp"."""
    if kind_at("assigns", source.text[here:stop]) is not None:
        return True
    bodies, last = names_from(source, here, stop)
    words = source.text[last : min(stop, last + MAX_HEAD)]
    if not bodies or find_role(source.text[last:stop]) is not None:
        return bool(bodies)
    # collectives may be one more object: "hướng dẫn các sở, ngành; UBND các xã thực hiện"
    return not all(body.collective for body in bodies) and words[:1].isspace() and is_verb(words.lstrip())


def _cut_coordinations(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """ "Phối hợp với A ..., phối hợp với B ..." is two duties."""
    if kind_at("coordinate", text[start : start + MAX_HEAD]) is None:
        yield start, end
        return
    for found in _NEXT_COORDINATION.finditer(text, start, end):
        yield start, found.start()
        start = found.end()
    yield start, end


def _colon(source: SourceText, start: int, end: int) -> tuple[tuple[Body, ...], int]:
    """The bodies before a colon, and where the words behind it begin: "Sở Nội vụ: Tham mưu ..."."""
    text = source.text[start : min(end, start + 2 * MAX_HEAD)]
    colon = text.find(":", 0, MAX_HEAD)
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
