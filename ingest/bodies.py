"""The bodies that a cell or a phrase names, split where the page separates them and never inside a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from ingest.body_words import body_words, has_head, is_verb
from ingest.collectives import is_generic
from ingest.fold import fold, squeeze
from ingest.inner_units import parent_end, with_parent
from ingest.names import CAPITAL, Name, ends_in_province, find_name, find_shared
from ingest.records import Body
from ingest.short_names import load_short_names
from ingest.source import SourceText

_SEPARATOR = re.compile(r"\s*(?:;|,|\n|\svà\s|&)\s*|\s+", re.IGNORECASE)
_STRONG = re.compile(r"[;,\n&/]|\bvà\b", re.IGNORECASE)
_SLASH = re.compile(r"\s*/\s*")
_EDGES = " \t\n.,;:-–&"
_SKIPPED = re.compile(r"(?:[\s.,;:&–•+*-]|và\s|\d{1,2}[.)](?=\s)|(?<=\s)[a-zđ]\)(?=\s))+", re.IGNORECASE)
_AND = re.compile(r"\s+và\s*$", re.IGNORECASE)
# A word after which a name belongs to the phrase before it: "Văn phòng của Sở Y tế".
_BINDS = re.compile(r"(?:của|thuộc|với|cho|do|tại|từ|và|trực thuộc|giúp|gửi|về)\s*$", re.IGNORECASE)
_GOES_ON = re.compile(r"\s*(?:,|và\b)\s*\w", re.IGNORECASE)
_PROPER = re.compile(rf"{CAPITAL}\w*(?:\s+{CAPITAL}\w*){{0,4}}\s*(?=[,;&\n]|$)")
_UNKNOWN = re.compile(rf"{CAPITAL}[^,;:.()\n]{{2,80}}")
_SPACE = re.compile(r"\s+(?!và\s)")
_LISTED = ":"  # ends a head that opens a list: "Các Cục: Thủy lợi, Lâm nghiệp" are two bodies though none is known
_MEMBERS = re.compile(r"[^()\n;]{0,60}?\((?:(?:bao\s+)?gồm|như|trong\s+đó\s+có)?\s*:?\s*(?P<members>[^()\n]{2,300})\)")
_PLACE_LAST = ("tỉnh", "thành phố", "ủy", "uỷ")
_MAX_TAIL = 70  # a cell that goes on longer than this after a name is a sentence, not a list of bodies
_MAX_ASIDE = 200
_MAX_NAME = 90
_MAX_QUALIFIER = 8  # words

_Piece = tuple[int, int, tuple[Name, ...]]
Short = Callable[[int], Name | None]  # the body whose declared short name stands at a place


def no_short(at: int) -> Name | None:
    """For texts that declare no short names."""
    return None


def find_bodies(source: SourceText, start: int, end: int, short: Short | None = None) -> tuple[Body, ...]:
    """The bodies of a cell in order: "Sở Tài chính; Sở Nội vụ; các sở, ban, ngành" -> three."""
    text = source.text[start:end]
    declared = load_short_names(source.text)
    bodies: list[Body] = []
    for first, last, names in _pieces(text, short or (lambda at: declared.at(text, at, start + at))):
        cited = source.cite(start + first, start + last)
        written = squeeze(cited.quote)
        for name in names:
            called = _with_tail(name, text[name.end : last]) if len(names) == 1 and name.collective else name.name
            bodies.append(Body(called, written, name.type, name.level, name.collective, cited, name.short))
        if not names:
            bodies.append(Body(written, written, None, None, not has_head(written) and is_generic(written), cited))
        elif names[-1].collective:
            bodies += find_members(source, names[-1].name, start + names[-1].end, start + last)
    return tuple(bodies)


def find_members(source: SourceText, collective: str, start: int, end: int) -> Iterator[Body]:
    """The bodies in brackets behind a collective: "các sở, ngành (Y tế, Tài chính)" names two departments as well."""
    found = _MEMBERS.match(source.text, start, end)
    if found is None:
        return
    heads = (word.capitalize() for word in collective.replace(",", " ").split())
    head = next((h for h in heads if any(p.match(f"{h} ") for p in body_words("sharing"))), None)
    begin = found.start("members")
    for number, (first, last, names) in enumerate(_pieces(found["members"], no_short, head)):
        if number == 0 and not names:
            return  # "(trừ Sở Y tế)", "(theo chức năng)"
        cited = source.cite(begin + first, begin + last)
        for name in names:
            yield Body(name.name, squeeze(cited.quote), name.type, name.level, name.collective, cited)


def names_bodies(text: str, document: str = "", place: int = 0) -> tuple[bool, bool]:
    """Whether a cell is a list of bodies, and whether all of them are collectives.

    `document` is the text whose short names hold at `place`.
    """
    declared = load_short_names(document)
    pieces = list(_pieces(text, lambda at: declared.at(text, at, place)))
    if not pieces:
        return False, False
    known = [name for _, _, names in pieces for name in names]
    if not pieces[0][2]:
        return has_head(squeeze(text[:_MAX_NAME])) and len(text) < 2 * _MAX_TAIL, False
    if len(text) - pieces[-1][0] > _MAX_TAIL + max((name.end - name.start for name in known), default=0):
        return False, False
    return True, all(name.collective for name in known)


def body_at(
    text: str, folded: str, at: int, head: str | None, short: Short = no_short
) -> tuple[Name, str | None] | None:
    """The body at one place, and the head that it leaves to the next: "Các Sở: Tài chính, Nội vụ" says "Sở" once."""
    window = text[at : at + _MAX_NAME]
    for pattern in body_words("shared"):
        intro = pattern.match(window)
        listed = intro["head"] + (_LISTED if ":" in intro[0] else "") if intro else ""
        shared = _with_head(text, folded, at + intro.end(), listed) if intro else None
        if intro and shared:
            begins = shared.start if ":" in intro[0] else at + intro.start("head")
            return replace(shared, start=begins), listed
    name = _name_at(text, folded, at, short) or _titled(text, folded, at, short)
    if name is None and head:
        name = _with_head(text, folded, at, head)
        return (name, head) if name else None
    if name is None:
        return None
    said = next((found["head"] for pattern in body_words("sharing") if (found := pattern.match(window))), head)
    return with_parent(text, name), said


def _name_at(text: str, folded: str, at: int, short: Short) -> Name | None:
    """A known name or a short one, whichever is longer: "Sở Y tế" is not the "Sở" that speaks."""
    name, declared = find_name(text, folded, at), short(at)
    if declared is None or name is None or declared.end >= name.end:
        return declared or name
    follows = text[declared.end : declared.end + _MAX_NAME].lstrip()
    if not name.collective and follows[:1].islower() and is_verb(follows):
        return declared  # "Sở xây dựng kế hoạch"
    gap = _SEPARATOR.match(text, declared.end)
    second = find_name(text, folded, gap.end()) if gap else None
    return declared if second and second.end > name.end else name  # "Sở, Sở Y tế": two, not departments in general


def _with_head(text: str, folded: str, at: int, head: str) -> Name | None:
    """A name whose first word was said before; behind "Các Cục:" also one that no list knows, up to the next comma."""
    name = find_shared(text, folded, at, head.removesuffix(_LISTED))
    if name or not head.endswith(_LISTED) or has_head(text[at : at + _MAX_NAME]):
        return name
    found = _UNKNOWN.match(text, at)
    verb = next((w.start() for w in _SPACE.finditer(found[0]) if is_verb(found[0][w.end() :])), None) if found else None
    words = found[0][:verb].rstrip() if found else ""
    called = f"{head.removesuffix(_LISTED)} {squeeze(words)}"
    return Name(at, at + len(words), called, None, None, collective=False) if words else None


def _titled(text: str, folded: str, at: int, short: Short) -> Name | None:
    """A body behind the title of its head: "Giám đốc Sở Y tế" is Sở Y tế, "Chánh Văn phòng UBND tỉnh" that office."""
    for pattern in body_words("title"):
        title = pattern.match(text[at : at + _MAX_NAME])
        name = _name_at(text, folded, at + title.end(), short) if title else None
        if name:
            return replace(name, start=at)
    return None


def _pieces(text: str, short: Short, head: str | None = None) -> Iterator[_Piece]:
    """The parts of a cell, each with the names at its start (two where a slash joins two bodies)."""
    folded = fold(text)
    at = _skip_edges(text, 0)
    while at < len(text):
        names, head = _names_at(text, folded, at, head, short)
        end = names[-1].end if names else at + 1
        cut = _next_cut(text, at, end, bool(names), partial(_opens_body, text, folded, short, head))
        last = _trim(text, at, cut)
        if names and _GOES_ON.match(text, end, last):
            names = ()  # a longer name than any we know: "Trung tâm Xúc tiến đầu tư, Hỗ trợ doanh nghiệp và ..."
        if last > at:
            yield (names[0].start if names else at), last, names
        at = _skip_edges(text, cut)


def _trim(text: str, start: int, end: int) -> int:
    """Leave out edges, and an "và" that stood between this name and the next."""
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    found = _AND.search(text, max(start, end - 8), end)
    return found.start() if found else end


def _skip_edges(text: str, at: int) -> int:
    found = _SKIPPED.match(text, at)
    return found.end() if found else at


def _names_at(text: str, folded: str, at: int, head: str | None, short: Short) -> tuple[tuple[Name, ...], str | None]:
    found = body_at(text, folded, at, head, short)
    if found is None:
        return (), head
    first, head = found
    slash = _SLASH.match(text, first.end)
    second = _name_at(text, folded, slash.end(), short) if slash else None
    return ((first, second) if second else (first,)), head


def _opens_body(text: str, folded: str, short: Short, head: str | None, at: int, strong: bool) -> bool:
    """Whether a body stands at a place; the head said before helps only behind a comma or the like."""
    return body_at(text, folded, at, head if strong else None, short) is not None


def _next_cut(text: str, start: int, at: int, known: bool, opens_body: Callable[[int, bool], bool]) -> int:
    """Where the next body begins: always after ";", else only where a known name or a head of names stands."""
    whole = known or _is_proper(text, start)
    complete = known and _is_complete(text[start:at])
    for found in _SEPARATOR.finditer(text, at):
        here = _skip_edges(text, found.end())
        if here >= len(text):
            break
        if _in_brackets(text, start, found.start()) or parent_end(text, start, found.start()) > here:
            continue  # "Phòng Quản lý công nghệ, Sở Khoa học và Công nghệ": one body
        if ";" in found[0]:
            return found.end()
        strong = bool(_STRONG.search(found[0]))
        binds = _BINDS.search(text, max(0, found.start() - 12), found.start())
        if not strong and not (known and text[here].isupper() and not binds):
            continue
        if opens_body(here, strong):
            return found.end()
        named = complete or has_head(text[here : here + _MAX_NAME]) or (whole and _is_proper(text, here))
        if strong and text[here].isupper() and named:
            return found.end()
    return len(text)


def _in_brackets(text: str, start: int, at: int) -> bool:
    """Whether a place lies in brackets that a name opened: "Công an tỉnh (PC06, PA05)" is one body."""
    start = max(start, at - _MAX_ASIDE)
    return text.rfind("(", start, at) > text.rfind(")", start, at) and text.find(")", at, at + _MAX_ASIDE) >= 0


def _is_complete(name: str) -> bool:
    """Whether only another name can follow: it ends in its place or in capitals, "Ban Nội chính Tỉnh ủy"."""
    words = name.split()
    short = len(words[-1]) > 1 and words[-1].isupper() and not name.isupper()
    in_province = any(ends_in_province(" " + " ".join(words[-n:])) for n in (2, 3))
    return short or name.lower().endswith(_PLACE_LAST) or in_province


def _is_proper(text: str, at: int) -> bool:
    """Whether an item is a name of its own in a list of such: "VNPT, Viettel, MobiFone"."""
    return _PROPER.match(text, at) is not None


def _with_tail(name: Name, tail: str) -> str:
    """A collective with the words that narrow it: "Các doanh nghiệp" + " viễn thông"."""
    words = tail.split()
    narrows = tail[:1].isspace() and 0 < len(words) <= _MAX_QUALIFIER and words[0][0].isalnum()
    if not narrows or is_verb(squeeze(tail)) or ends_in_province(tail):
        return name.name
    return f"{name.name} {squeeze(tail)}"
