"""Short names that a text declares for a document: "Chiến lược ... (sau đây gọi tắt là Chiến lược)"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ingest.fold import squeeze
from ingest.numbered_mentions import MAX_TITLE, Found, type_names
from ingest.reference import load_phrase, load_rows
from ingest.short_names import Declared, end_of_words, find_declarations

_MAX_DECLARED = 60  # a text that declares more declares nothing
_MAX_GAP = MAX_TITLE + 100  # between a document and the bracket behind its title
_NEW_SENTENCE = re.compile(r";|\.\s+(?=[A-ZĐÀ-Ỹ])|\n\s*\n")
_AFTER = 20


@dataclass(frozen=True, slots=True)
class ShortTitle:
    """What a text calls a document from `end` on."""

    short: str
    end: int
    means: Found


def find_short_titles(text: str, mentions: Sequence[Found], own_type: str | None) -> tuple[ShortTitle, ...]:
    """The short names of documents in the order of their declarations; `mentions` are those of the whole text.

    In a Kế hoạch "gọi tắt là Kế hoạch" is the plan itself, unless a numbered one stands right before.
    """
    ends = [mention.end for mention in mentions]
    titles = []
    for declared in find_declarations(text):
        before = mentions[max(0, bisect_right(ends, declared.start) - 4) : bisect_right(ends, declared.start)]
        means = _meant(text, declared, before) if _is_title(declared.short) else None
        if means and (means.number or declared.short.lower() != (own_type or "").lower()):
            titles.append(ShortTitle(declared.short, declared.end, means))
    return tuple(titles[:_MAX_DECLARED])


def find_short(text: str, offset: int, titles: Sequence[ShortTitle]) -> Iterator[Found]:
    """Where a passage that begins at `offset` of the document names one by its short name."""
    here = {title.short: title for title in titles if title.end <= offset + len(text)}
    if not here:
        return
    spelled = "|".join(re.escape(short).replace(r"\ ", r"\s+") for short in sorted(here, key=len, reverse=True))
    for found in re.finditer(rf"(?<!\w)(?:{spelled})(?!\w)", text):
        declared = [t for t in titles if t.short == squeeze(found[0]) and t.end <= offset + found.start()]
        if declared and _stands_alone(text, found.start(), found.end()):
            title = None if declared[-1].means.number else declared[-1].means.title
            yield replace(declared[-1].means, start=found.start(), end=found.end(), date=None, issuer=None, title=title)


@cache
def _titles() -> re.Pattern[str]:
    """What a short name of a document begins with: its type, or the code of that before a number."""
    codes = "|".join(re.escape(row["code"]) for row in load_rows("document_types") if row["code"])
    return re.compile(rf"(?P<type>{type_names()})(?!\w)|(?:{codes})\s?\d", re.IGNORECASE)


def _is_title(short: str) -> bool:
    return _titles().match(short) is not None


def _meant(text: str, declared: Declared, before: Sequence[Found]) -> Found | None:
    """The document that a declaration closes: the last of its type, else the number that puts that type in force."""
    floor = max(0, declared.start - _MAX_GAP)
    floor = max((found.end() for found in _NEW_SENTENCE.finditer(text, floor, declared.start)), default=floor)
    near = [mention for mention in before if mention.start >= floor]
    named = _titles().match(declared.short)
    kind = squeeze(named["type"] or "").lower() if named else ""
    same = [m for m in near if (m.type or "").lower().startswith(kind) and (m.number or _is_of_others(text, m, near))]
    if same:
        return same[-1]
    issued = [m for m in near if m.number and kind in squeeze(m.title or text[m.end : declared.start]).lower()]
    return issued[-1] if issued else None


def _is_of_others(text: str, named: Found, near: Sequence[Found]) -> bool:
    """Whether a name without a number is not what the document itself approves: "Điều 1. Phê duyệt Đề án ..."."""
    before = text[max(0, named.start - 40) : named.start]
    return any(m.number for m in near) or load_phrase("named_after_verb").search(before) is not None


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether the words are no part of a longer name: "Chiến lược phát triển ...", "các Chương trình"."""
    if load_phrase("one_of_many").search(text[max(0, start - 12) : start]):
        return False
    after = text[end : end + _AFTER]
    if end_of_words(text, end, "này") is not None:
        return False  # what speaks here, or what was just named: both are no link
    return not after[:1].isspace() or "\n" in after or load_phrase("behind_title").match(after.lstrip()) is not None
