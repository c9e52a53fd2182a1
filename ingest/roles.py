"""Who a sentence asks and in which role: the words that duties and tasks in running text have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.fold import fold, squeeze
from ingest.names import Name, find_name
from ingest.records import Body
from ingest.reference import load_patterns
from ingest.source import SourceText

WINDOW = 400  # no name is longer; a paragraph may be
_MAX_ADVERBIAL = 240
_SEPARATORS = re.compile(r"\s*(?:[,;]|và\b)?\s*(?:và\b)?\s*", re.IGNORECASE)
_WORD = re.compile(r"\w+")


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
        before, after = source.text[max(start, run.start - 80) : run.start], source.text[run.end : end]
        if ends_with("partners", before):
            others += run.bodies
        elif ends_with("leads_before", before):
            lead += run.bodies
        else:
            role = find_role(after[: _MAX_ADVERBIAL + 20])
            if role == "coordinate":
                others += run.bodies
            elif role == "lead" or (role is None and ends_with("assigns", before)):
                lead += run.bodies
    return (tuple(lead), tuple(others)) if lead else ((), ())


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
    stop = at
    while at < end:
        name = name_at(source.text, at, end)
        if name is None:
            break
        cited = source.cite(at, name.end)
        bodies.append(Body(name.name, squeeze(cited.quote), name.type, name.level, name.collective, cited))
        stop = name.end
        gap = _SEPARATORS.match(source.text, stop)
        at = gap.end() if gap else stop
        if not gap or not gap[0].strip():
            break
    return tuple(bodies), stop


def name_at(text: str, at: int, end: int) -> Name | None:
    """The body named at one place of a document, its offsets those of the document."""
    window = text[at : min(end, at + WINDOW)]
    name = find_name(window, fold(window), 0)
    if name is None:
        return None
    return Name(at, at + name.end, name.name, name.type, name.level, name.collective)


def _runs(source: SourceText, start: int, end: int) -> Iterator[_Run]:
    at = start
    while word := _WORD.search(source.text, at, end):
        bodies, stop = names_from(source, word.start(), end)
        if bodies:
            yield _Run(bodies, word.start(), stop)
        at = stop if bodies else word.end()
