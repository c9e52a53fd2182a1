"""Collectives: names for nobody in particular, "Các sở, ban, ngành liên quan", "UBND các xã, phường".

They are compared with their accents: without them "quản" is "quận" and "bàn" is "ban".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ingest.fold import squeeze
from ingest.reference import compile_spaced, load_rows

_WORD = re.compile(r"\w+")
_JOIN = r"(?:, ?| và | ?/ ?| ?& ?| ?[-–] ?)"
_JOINED = re.compile(r"(?:[,/&–-]|\bvà)\s*$")
_SCHOOL = re.compile(r"(?:Trường|Viện|Bệnh viện|Ngân hàng|Tập đoàn|Tổng công ty|Cục|Vụ)\s")
_CAPITAL = re.compile(r"\s+(?!Trung\s+ương)[A-ZĐÀ-Ỹ]")
_NOUNS = ("whole", "noun", "place", "province")


@cache
def _alternatives(*parts: str) -> str:
    """The patterns of some parts, what can be longest first: "tổ chức tín dụng" before "tổ chức"."""
    rows = [row for row in load_rows("collectives") if row["part"] in parts]
    return "|".join(row["pattern"] for row in sorted(rows, key=lambda row: -max(map(len, row["matches"]))))


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Committees of lower levels first, then lists of generic nouns; a single noun needs "các" or a qualifier."""
    level, qualifier, head, body = (_alternatives(part) for part in ("level", "qualifier", "head", "committee"))
    committee = rf"(?:{body})"
    place = rf"(?:{_alternatives('place_pair', 'place')})(?!\w)"
    noun = rf"(?:{_alternatives('whole', 'pair', 'place_pair', 'noun', 'place')})(?!\w)"
    pair = rf"(?:{_alternatives('whole', 'pair')})(?!\w)"
    places = rf"{place}(?:{_JOIN}{place})*"
    of_country = rf"(?:{_alternatives('province')})(?!\w)(?:{_JOIN}(?:{_alternatives('place')})(?!\w))*"
    tail = rf"(?: (?:{qualifier})(?!\w))"
    opening = rf"(?:(?:{head})\s+)?"
    every = r"(?:các|những|mọi|toàn bộ các|tất cả các)"
    return (
        compile_spaced(rf"{opening}{committee} (?:(?:{level})(?!\w)|(?:các|\d+) (?:{of_country}|{places}){tail}*)"),
        compile_spaced(rf"{opening}{committee} {place}(?:{_JOIN}{place})+{tail}*"),
        compile_spaced(rf"{opening}{every} {committee} {places}{tail}*"),
        compile_spaced(rf"{opening}{every} (?:{of_country}|{noun}(?:{_JOIN}{noun})*){tail}*"),
        compile_spaced(rf"{opening}(?:{noun}(?:{_JOIN}{noun})+|{pair}){tail}*"),
        compile_spaced(rf"{opening}{noun}{tail}+"),
    )


@cache
def _openings() -> re.Pattern[str]:
    """First words that can open a collective: a quick no for every other place of a text."""
    parts = ("whole", "pair", "place_pair", "noun", "place", "head", "committee")
    return compile_spaced(rf"(?<!\w)(?:các|những|mọi|toàn bộ các|tất cả các|{_alternatives(*parts)})(?!\w)")


def is_generic(text: str) -> bool:
    """Whether an unknown body is nobody in particular: "Các quỹ đầu tư", not "Ngân hàng Agribank"."""
    if re.match(r"(?:các|những|mọi)\s", text, re.IGNORECASE):
        return True
    found = compile_spaced(rf"(?:{_alternatives('pair', 'noun', 'place')})(?!\w)").match(text)
    return bool(found and not text[found.end() :].lstrip()[:1].isupper())


def find_noun(text: str, at: int) -> tuple[int, str] | None:
    """A generic noun of two words or more that stands alone: "phối hợp với doanh nghiệp tổ chức thực tập"."""
    found = compile_spaced(rf"(?:{_alternatives('noun')})(?!\w)").match(text, at)
    return (found.end(), _canonical(found[0].lower())) if found and len(found[0].split()) > 1 else None


def find_collective(text: str, at: int) -> tuple[int, str] | None:
    """Where a collective that begins at `at` ends, and its usual name: "Sở, ban ngành" -> "Các sở, ban, ngành"."""
    if not _openings().match(text, at):
        return None
    matches = [found for pattern in _patterns() if (found := pattern.match(text, at))]
    if not matches:
        return None
    longest = max(matches, key=re.Match.end)
    if _SCHOOL.match(longest[0]) and _CAPITAL.match(text, longest.end()):
        return None  # "Trường Cao đẳng Công nghệ thông tin Hữu nghị": one school, not colleges of a kind
    return longest.end(), _canonical(longest[0].lower())


def _canonical(printed: str) -> str:
    """The usual spelling: "sở, ban ngành liên quan" -> "Các sở, ban, ngành liên quan"."""
    committee, end = _committee(printed)
    rest = printed[end:]
    level = next((row["name"] for row, pattern in _parts("level") if pattern.fullmatch(rest.strip())), None)
    if committee and level:
        return f"{committee} {level}"
    found = list(_named(rest))
    listed = ", ".join(dict.fromkeys(name for part, name in found if part != "qualifier"))
    qualifiers = [name for part, name in found if part == "qualifier"]
    if listed[:1].isupper() and not committee:
        return listed  # a name that stands without "Các": "Chính quyền các cấp"
    return squeeze(" ".join((f"{committee} các" if committee else "Các", listed, *qualifiers)))


def _committee(printed: str) -> tuple[str | None, int]:
    """The body that a collective has at each place, and where its name ends: "đảng ủy các xã" -> Đảng ủy."""
    found = [(row["name"], hit) for row, pattern in _parts("committee") if (hit := pattern.search(printed))]
    found = [(name, hit) for name, hit in found if _has_places(printed[hit.end() :])]
    name, hit = min(found, key=lambda pair: (pair[1].start(), -pair[1].end()), default=(None, None))
    return name, hit.end() if hit else 0


def _has_places(rest: str) -> bool:
    """Whether places or a level follow: "Đảng ủy các xã", not "các đảng ủy, chi bộ"."""
    place = rf"(?: các| \d+)? ?(?:{_alternatives('place_pair', 'place', 'province', 'level')})(?!\w)"
    return compile_spaced(place).match(rest) is not None


@cache
def _parts(part: str) -> tuple[tuple[dict[str, str], re.Pattern[str]], ...]:
    rows = [row for row in load_rows("collectives") if row["part"] == part]
    return tuple((dict(row), compile_spaced(row["pattern"])) for row in rows)


def _named(printed: str) -> Iterator[tuple[str, str]]:
    """The nouns of a collective in order, then its qualifiers: ("noun", "sở"), ("noun", "ban"), ("qualifier", ...)."""
    at, opened = 0, False
    for word in _WORD.finditer(printed):
        if word.start() < at:
            continue
        nouns_only = not opened or _JOINED.search(printed, 0, word.start())  # "huyện, thành phố": a place, no qualifier
        readings = [
            (found.end(), part, row["name"])
            for part in (_NOUNS if nouns_only else ("qualifier", *_NOUNS))
            for row, pattern in _parts(part)
            if (found := pattern.match(printed, word.start())) and not printed[found.end() : found.end() + 1].isalnum()
        ]
        if readings:
            at, part, name = max(readings, key=lambda reading: reading[0])
            opened = True
            yield part, name
