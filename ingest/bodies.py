"""The bodies that a cell or a phrase names, split where the page separates them and never inside a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.fold import fold, squeeze
from ingest.names import Name, find_name
from ingest.records import Body
from ingest.reference import load_patterns
from ingest.source import SourceText

_SEPARATOR = re.compile(r"\s*(?:;|,|\n|\svà\s|&)\s*|\s+", re.IGNORECASE)
_STRONG = re.compile(r"[;,\n&/]|\bvà\b", re.IGNORECASE)
_SLASH = re.compile(r"\s*/\s*")
_EDGES = " \t\n.,;:-–&"
# A word after which a name belongs to the phrase before it: "Văn phòng của Sở Y tế".
_BINDS = re.compile(r"(?:của|thuộc|với|cho|do|tại|từ|và|trực thuộc|giúp|gửi|về)\s*$", re.IGNORECASE)
_GOES_ON = re.compile(r"\s*(?:,|và\b)\s*\w", re.IGNORECASE)
_OPENS_COLLECTIVE = re.compile(r"(?:các|những|mọi)\s", re.IGNORECASE)
_MAX_TAIL = 70  # a cell that goes on longer than this after a name is a sentence, not a list of bodies


def find_bodies(source: SourceText, start: int, end: int) -> tuple[Body, ...]:
    """The bodies of a cell in order: "Sở Tài chính; Sở Nội vụ; các sở, ban, ngành" -> three."""
    text = source.text[start:end]
    bodies: list[Body] = []
    for first, last, names in _pieces(text):
        cited = source.cite(start + first, start + last)
        written = squeeze(cited.quote)
        bodies += [Body(n.name, written, n.type, n.level, n.collective, cited) for n in names]
        if not names:
            collective = bool(_OPENS_COLLECTIVE.match(written)) or not _has_head(written)
            bodies.append(Body(written, written, None, None, collective, cited))
    return tuple(bodies)


def names_bodies(text: str) -> tuple[bool, bool]:
    """Whether a cell is a list of bodies, and whether all of them are collectives."""
    pieces = list(_pieces(text))
    if not pieces:
        return False, False
    known = [name for _, _, names in pieces for name in names]
    if not pieces[0][2]:
        return _has_head(squeeze(text)) and len(text) < 2 * _MAX_TAIL, False
    if len(text) - pieces[-1][0] > _MAX_TAIL + max((name.end - name.start for name in known), default=0):
        return False, False
    return True, all(name.collective for name in known)


def _has_head(text: str) -> bool:
    return any(pattern.match(text) for _, pattern in load_patterns("body_heads"))


def _pieces(text: str) -> Iterator[tuple[int, int, tuple[Name, ...]]]:
    """The parts of a cell, each with the names at its start (two where a slash joins two bodies)."""
    folded = fold(text)
    at = _skip_edges(text, 0)
    while at < len(text):
        names = _names_at(text, folded, at)
        end = names[-1].end if names else at + 1
        cut = _next_cut(text, folded, end, bool(names))
        if names and _GOES_ON.match(text[end:cut].rstrip(_EDGES)):
            names = ()  # a longer name than any we know: "Trung tâm Xúc tiến đầu tư, Hỗ trợ doanh nghiệp và ..."
        last = len(text[:cut].rstrip(_EDGES)) if cut < len(text) else len(text.rstrip(_EDGES))
        last = _drop_and(text, at, last)
        if last > at:
            yield at, last, names
        at = _skip_edges(text, cut)


def _drop_and(text: str, start: int, end: int) -> int:
    """Leave out an "và" that stood between this name and the next."""
    found = re.search(r"\s+và\s*$", text[start:end], re.IGNORECASE)
    return start + found.start() if found else end


def _skip_edges(text: str, at: int) -> int:
    while at < len(text):
        found = re.match(r"[\s.,;:&–-]+|và\s", text[at:], re.IGNORECASE)
        if not found:
            break
        at += found.end()
    return at


def _names_at(text: str, folded: str, at: int) -> tuple[Name, ...]:
    first = find_name(text, folded, at)
    if first is None:
        return ()
    slash = _SLASH.match(text, first.end)
    second = find_name(text, folded, slash.end()) if slash else None
    return (first, second) if second else (first,)


def _next_cut(text: str, folded: str, at: int, known: bool) -> int:
    """Where the next body begins: always after ";", else only where a known name or a head of names stands."""
    for found in _SEPARATOR.finditer(text, at):
        here = found.end()
        if here >= len(text):
            break
        if ";" in found[0]:
            return here
        strong = bool(_STRONG.search(found[0]))
        if not strong and not (known and text[here].isupper() and not _BINDS.search(text[: found.start()])):
            continue
        if find_name(text, folded, here) or (strong and text[here].isupper() and _has_head(text[here:])):
            return here
    return len(text)
