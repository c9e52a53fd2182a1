"""Who a sentence asks and in which role: the words that duties and tasks in running text have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.bodies import body_at, find_members
from ingest.body_words import has_head, is_act, is_verb
from ingest.collectives import find_collective, find_noun
from ingest.fold import fold, squeeze
from ingest.inner_units import with_parent
from ingest.names import CAPITAL, Name
from ingest.records import Body
from ingest.reference import load_patterns
from ingest.short_names import load_short_names
from ingest.source import SourceText

WINDOW = 400  # no name is longer; a paragraph may be
_CONTEXT = 8
_MAX_BODIES = 40  # a longer list addresses nobody
_MAX_STRANGER = 90
_MAX_ADVERBIAL = 240
_SEPARATORS = re.compile(r"\s*(?:[,;]|và\b)?\s*(?:và\b)?\s*", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_ASIDE = re.compile(r"\s*\((?![^()]*(?:chủ trì|phối hợp))[^()\n]{1,200}\)", re.IGNORECASE)  # "(VUSTA)" behind a name
_PLACE_LAST = re.compile(r"(?:tỉnh|huyện|phường|quận|đặc khu|xã(?!\s+hội)|thành phố(?!\s+thông minh))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Run:
    """Bodies that follow one another in a sentence, and where the last one ends."""

    bodies: tuple[Body, ...]
    start: int
    end: int


def find_roles(source: SourceText, start: int, end: int) -> tuple[tuple[Body, ...], tuple[Body, ...]]:
    """Who leads and who takes part: "Sở Y tế chủ trì, phối hợp với Sở Nội vụ ..." -> (Sở Y tế,), (Sở Nội vụ,).

    Both are empty where no named body leads: "phối hợp với Sở Nội vụ" alone tells nobody in particular to lead.
    """
    lead: list[Body] = []
    others: list[Body] = []
    for run in _runs(source, start, end):
        before = source.text[max(start, run.start - 80) : run.start]
        after = source.text[run.end : min(end, run.end + WINDOW)]
        if ends_with("partners", before):
            others += run.bodies
        elif ends_with("leads_before", before):
            lead += run.bodies
        else:
            role = None if after.lstrip()[:1] in (".", ";", ")") else find_role(after)
            if role == "coordinate":
                others += run.bodies
            elif role == "lead" or (role is None and ends_with("assigns", before)):
                lead += run.bodies
    return (tuple(lead), tuple(others)) if lead else ((), ())


def find_subject(source: SourceText, start: int, end: int) -> tuple[Body, ...]:
    """The bodies that a sentence begins with when a verb follows and no role: "Thanh tra Chính phủ hướng dẫn ..."."""
    bodies, stop = names_from(source, start, end)
    after = source.text[stop : min(end, stop + WINDOW)].lstrip(" ,:")
    acts = after[:1].islower() and (is_verb(after) or is_act(after)) and kind_at("states", after) is None
    return bodies if bodies and acts and find_role(after) != "coordinate" else ()


def find_role(words: str) -> str | None:
    """The role that stands behind a subject: "hằng năm, căn cứ ..., chủ trì, phối hợp với" -> lead."""
    modal = kind_at("modal", words)
    words = words[modal:] if modal else words
    for kind in ("lead", "coordinate"):
        if kind_at(kind, words) is not None:
            return kind
    if kind_at("adverbial", words) is not None:
        for row, pattern in load_patterns("duty_words"):
            found = pattern.search(words[:_MAX_ADVERBIAL]) if row["kind"] == "later_role" else None
            if found:
                return "lead" if kind_at("lead", found[0].lstrip(" ,")) is not None else "coordinate"
    return None


def kind_at(kind: str, text: str) -> int | None:
    """Where a pattern of duty words ends in a text, None when it has none."""
    ends = (found.end() for row, p in load_patterns("duty_words") if row["kind"] == kind and (found := p.search(text)))
    return next(ends, None)


def ends_with(kind: str, text: str) -> bool:
    """Whether a text ends in a pattern of duty words: "..., phối hợp với "."""
    rows = [pattern for row, pattern in load_patterns("duty_words") if row["kind"] == kind]
    return any(found.end() == len(text) for pattern in rows for found in pattern.finditer(text))


def names_from(source: SourceText, at: int, end: int) -> tuple[tuple[Body, ...], int]:
    """Names that follow one another from `at`: "Sở Tài chính, Sở Nội vụ và các cơ quan liên quan" -> three."""
    bodies: list[Body] = []
    stop, head = at, None
    while at < end and len(bodies) < _MAX_BODIES:
        found = _name_at(source.text, at, end, head)
        if found is None:
            break
        name, head = found
        cited = source.cite(name.start, name.end)
        bodies.append(Body(name.name, squeeze(cited.quote), name.type, name.level, name.collective, cited, name.short))
        aside = _ASIDE.match(source.text, name.end, end)
        if aside and name.collective:
            bodies += find_members(source, name.name, aside.start(), aside.end())
        stop = aside.end() if aside else name.end
        gap = _SEPARATORS.match(source.text, stop)
        at = gap.end() if gap else stop
        if not gap or not gap[0].strip():
            break
        head = None if ";" in gap[0] else head
    return tuple(bodies), stop


def partners_from(source: SourceText, at: int, end: int) -> tuple[Body, ...]:
    """Those behind "phối hợp với", where one noun is enough: "doanh nghiệp tổ chức thực tập" -> doanh nghiệp."""
    bodies, _ = names_from(source, at, end)
    window = source.text[at : min(end, at + WINDOW)]
    noun = None if bodies else find_noun(window, 0)
    follows = window[noun[0] :].lstrip(" ") if noun else ""
    if noun and (not follows or follows[0] in ",.;:)" or is_verb(follows)):
        cited = source.cite(at, at + noun[0])
        return (Body(noun[1], squeeze(cited.quote), None, None, True, cited),)
    return bodies


def _name_at(text: str, at: int, end: int, head: str | None) -> tuple[Name, str | None] | None:
    """The body named at one place of a document, its offsets those of the document, and the head it leaves."""
    base = max(0, at - _CONTEXT)
    window = text[base : min(end, at + WINDOW)]
    declared = load_short_names(text)
    found = body_at(window, fold(window), at - base, head, lambda here: declared.at(window, here, base + here))
    stranger = None if found else _stranger(window, at - base)
    name, head = found or (stranger and with_parent(window, stranger), None)
    if name is None:
        return None
    here = replace(name, start=base + name.start, end=base + name.end)
    return None if found and head and _is_verb(text, here) else (here, head)


def _is_verb(text: str, name: Name) -> bool:
    """Whether what could be a name with the head said before opens a clause: "Sở Y tế, Xây dựng kế hoạch"."""
    follows = text[name.end : name.end + 2]
    return is_verb(text[name.start : name.end].lower()) and follows[:1].isspace() and follows[1:].islower()


def _stranger(text: str, at: int) -> Name | None:
    """A body that no list knows, by its head and up to the first verb: "Vụ Pháp chế theo dõi ..." -> Vụ Pháp chế."""
    words = list(_WORD.finditer(text, at, at + _MAX_STRANGER))
    if not words or not text[at].isupper() or not has_head(text[at : at + _MAX_STRANGER]):
        return None
    end = words[0].end()
    for before, word in pairwise(words):
        between = text[before.end() : word.start()].strip(" \t")
        if between not in ("", "-", "–", "&") or _ends_before(text, at, before, word):
            break
        end = word.end()
    else:
        if len(text) > at + _MAX_STRANGER:
            return None  # no end in sight: a sentence
    proper = len(text[at:end].split()) > 1 and text[words[1].start()].isupper()
    if not proper and not text[at:end].isupper() and not any(char.isupper() for char in text[at + 1 : end]):
        return None
    called = squeeze(text[at:end])
    return Name(at, end, called, None, None, collective=False)


def _ends_before(text: str, at: int, before: re.Match[str], word: re.Match[str]) -> bool:
    """Whether a name is over before a word: at a verb, or a small word behind its place ("... HĐND tỉnh lãnh đạo")."""
    if word[0][0].isupper():
        return False
    if word[0] == "và":
        return not _goes_on(text, word.end())
    placed = _PLACE_LAST.fullmatch(before[0]) and before[0].islower() and not _PLACE_LAST.match(text, word.start())
    own_place = len(re.findall(rf"(?:\s{CAPITAL}\w*){{2}}$", text[at : before.end()])) > 0
    return is_verb(text[word.start() :]) or bool(placed) or (own_place and is_act(text[word.start() :]))


def _goes_on(text: str, at: int) -> bool:
    """Whether a name goes on behind "và": "Quan trắc tài nguyên và môi trường", not "và các sở", "và Sở Y tế"."""
    after = text[at:].lstrip()
    if after[:1].isupper():
        return not has_head(after)
    return not is_verb(after) and find_collective(after, 0) is None and find_noun(after, 0) is None


def _runs(source: SourceText, start: int, end: int) -> Iterator[_Run]:
    at = start
    while word := _WORD.search(source.text, at, end):
        bodies, stop = names_from(source, word.start(), end)
        if bodies:
            yield _Run(bodies, word.start(), stop)
        at = stop if bodies else word.end()


def first_run(source: SourceText, start: int, end: int) -> tuple[tuple[Body, ...], int, int]:
    """The first bodies named anywhere in a stretch of text, with where they begin and end."""
    return next(((run.bodies, run.start, run.end) for run in _runs(source, start, end)), ((), end, end))
