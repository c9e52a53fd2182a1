"""Titles that papers print in capitals, in small letters as running text has them."""

from __future__ import annotations

import re
from functools import cache

from ingest.readers.spelling import is_syllable
from ontology import load_agency_types, load_provinces

_WORD = re.compile(r"\S+")
_EDGE = re.compile(r"^\W+|\W+$")


def write_small(title: str) -> str:
    """A title without its capitals: "CHƯƠNG TRÌNH SỐ 12-CTR/TU CỦA TỈNH HƯNG YÊN" ends in "của tỉnh Hưng Yên".

    Numbers, abbreviations and names that the ontology knows keep theirs; a title in small letters stays as it is.
    """
    if not title.isupper():
        return title
    small = _WORD.sub(lambda found: found[0] if _keeps(found[0]) else found[0].lower(), title)
    small = _known_names().sub(lambda found: _spellings()[found[0].lower()], small)
    return small[:1].upper() + small[1:]


def _keeps(word: str) -> bool:
    """Whether a word is no word of the language: "57-NQ/TW", "UBND", "2025-2030"."""
    core = _EDGE.sub("", word)
    parts = re.split(r"[-–/]", core.lower())
    return any(char.isdigit() for char in core) or not all(map(is_syllable, filter(None, parts)))


@cache
def _spellings() -> dict[str, str]:
    provinces = [name for each in load_provinces() for name in (each.short, *each.alt)]
    agencies = [each.vi for each in load_agency_types()]
    return {name.lower(): name for name in (*agencies, *provinces, "Việt Nam")}


@cache
def _known_names() -> re.Pattern[str]:
    names = sorted(_spellings(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
