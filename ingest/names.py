"""Recognition of one body's name at one place of a text: an agency of the ontology, or a collective."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.collectives import find_collective
from ingest.fold import fold, key, squeeze
from ingest.reference import load_patterns
from ontology import AgencyType, load_agency_types, load_provinces

_WORD = re.compile(r"\w+")
_GAP = re.compile(r"[\s,.\-–&]*")  # what may stand between two words of a name: "Sở Văn hóa, Thể thao và Du lịch"
_PLACE_WORDS = frozenset({"tinh", "thanh", "tp"})
_COMMITTEE = re.compile(r"(?:ủy|uỷ|Ủy|Uỷ|ỦY|UỶ)\s+ban\s+nhân\s+dân", re.IGNORECASE)
# The name of a commune, district or town: every syllable with a capital, or a number ("phường 12").
CAPITAL = "[A-ZÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ]"
_OWN_PLACE = re.compile(rf"\s+(?:\d{{1,2}}(?!\w)|{CAPITAL}[^\W\d_]*(?:\s{CAPITAL}[^\W\d_]*){{0,3}})")
_LOWER_PLACE = re.compile(
    r"\s+(?:cấp\s+(?:xã|huyện|cơ\s+sở)|xã(?!\s+hội)|phường|thị\s+trấn|thị\s+xã|huyện|quận|đặc\s+khu|khu\s+vực)(?!\w)",
    re.IGNORECASE,
)
_BELOW = ("commune", "district")


@dataclass(frozen=True, slots=True)
class Name:
    """A body recognised at `start:end`."""

    start: int
    end: int
    name: str
    type: str | None
    level: str | None
    collective: bool


class _Trie(dict[str, "_Trie"]):
    """Names by their folded words; `types` are those whose name ends here."""

    __slots__ = ("types",)

    def __init__(self) -> None:
        super().__init__()
        self.types: list[tuple[str, AgencyType]] = []


@cache
def _agencies() -> _Trie:
    root = _Trie()
    for agency in load_agency_types():
        for spelling in (agency.vi, *agency.alt):
            node = root
            for word in _WORD.findall(fold(spelling)):
                node = node.setdefault(word, _Trie())
            node.types.append((spelling, agency))
    return root


@cache
def _first_words() -> frozenset[str]:
    """First words with their accents: "sở" opens a name, "số" does not."""
    spellings = (spelling for agency in load_agency_types() for spelling in (agency.vi, *agency.alt))
    return frozenset(words[0].lower() for words in map(_WORD.findall, spellings) if words)


@cache
def _places(kind: str | None) -> re.Pattern[str]:
    """The names of all provinces, or of those of one kind, folded."""
    lives = [province for province in load_provinces() if kind in (None, province.kind)]
    names = {fold(name) for province in lives for name in (province.short, *province.alt)}
    listed = "|".join(sorted((re.escape(name).replace(r"\ ", r"\s+") for name in names), key=len, reverse=True))
    return re.compile(rf"\s+(?:{listed})(?!\w)")


_PLACE = re.compile(
    r"\s+(?:(?P<tinh>tỉnh)|(?P<city>thành\s+phố|tp\.?))(?!\w)(?!\s+(?:đoàn|ủy|uỷ|hội)\b)", re.IGNORECASE
)


def find_name(text: str, folded: str, at: int) -> Name | None:
    """The longest known name that begins at `at`; of two as long, the collective ("UBND cấp xã" is no one body)."""
    if at and text[at - 1].isalnum():
        return None
    found = [name for name in (_collective_at(text, at), _agency_at(text, folded, at)) if name]
    return max(found, key=lambda name: name.end, default=None)


def find_shared(text: str, folded: str, at: int, head: str) -> Name | None:
    """A name whose first word was said before: "Nội vụ" in "Sở Tài chính, Nội vụ" with the head "Sở"."""
    node = _agencies().get(fold(head))
    if node is None or not text[at : at + 1].isupper():
        return None
    return _walk(text, folded, at, at, node)


def _collective_at(text: str, at: int) -> Name | None:
    found = find_collective(text, at)
    return Name(at, found[0], found[1], None, None, collective=True) if found else None


def _agency_at(text: str, folded: str, at: int) -> Name | None:
    word = _WORD.match(folded, at)
    if not word or text[at : word.end()].lower() not in _first_words():
        return None
    return _walk(text, folded, at, at, _agencies())


def _walk(text: str, folded: str, start: int, at: int, node: _Trie) -> Name | None:
    end, best = at, None
    word = _WORD.match(folded, at)
    while word:
        step = node.get(word[0])
        if step is None:
            break
        if step.types and not (end > at and word[0] == "tinh" and not _PLACE.match(text, end)):
            best = (word.end(), step.types)  # "Hội Nông dân tỉnh", but not in "Hội Nông dân Tỉnh đoàn"
        node, end = step, word.end()
        word = _next_word(text, folded, end)
    return _named(text, folded, start, *best) if best else None


def _next_word(text: str, folded: str, at: int) -> re.Match[str] | None:
    """The next word of a name; "tỉnh" and "thành phố" belong to it only behind a space."""
    gap = _GAP.match(folded, at)
    word = _WORD.match(folded, gap.end() if gap else at)
    return None if word and word[0] in _PLACE_WORDS and text[at : word.start()].strip() else word


def _named(text: str, folded: str, start: int, end: int, types: list[tuple[str, AgencyType]]) -> Name | None:
    written = key(text[start:end])
    spelling, agency = next((pair for pair in types if key(pair[0]) == written), types[0])
    if _stands_alone(spelling) and not _is_whole(text, start, end):
        return None
    if agency.level in _BELOW:
        return _below(text, start, end, agency.vi, agency.id, agency.level)
    ends_in_city = written.endswith((" thanh pho", " tp"))
    place = None if ends_in_city else _PLACE.match(text, end)
    city = ends_in_city or bool(place and place["city"])
    last = place.end() if place else end
    own = _places("thành phố" if city else None).match(folded, last)
    if own and text[own.start() : own.end()].lstrip()[:1].isupper():
        return Name(start, own.end(), agency.vi, agency.id, agency.level, collective=False)
    if city and _own_place(text, last):
        kind = "ubnd-cap-huyen" if agency.id == "ubnd-tinh" else None
        return _below(text, start, last, agency.vi, kind, "district")
    if last == end and not written.endswith(" tinh") and _LOWER_PLACE.match(text, end):
        return None  # "Trung tâm Phục vụ hành chính công xã" is not the one of the province
    return Name(start, last, agency.vi, agency.id, agency.level, collective=False)


def _below(text: str, start: int, end: int, general: str, kind: str | None, level: str) -> Name:
    """A body of a commune, district or town: one body with its place, "UBND xã Văn Giang", a collective without."""
    own = _own_place(text, end)
    if own is None:
        return Name(start, end, general, None, None, collective=True)
    return Name(start, own, squeeze(_COMMITTEE.sub("UBND", text[start:own])), kind, level, collective=False)


def _own_place(text: str, at: int) -> int | None:
    found = _OWN_PLACE.match(text, at)
    if found is None:
        return None
    words = found[0].split()
    goes_on = re.match(r"\s+[^\W\d_]", text[found.end() : found.end() + 3])
    if len(words) == 1 and not words[0].isdigit() and goes_on:
        return None  # "UBND thành phố Chủ trì ...": a verb that opens a clause
    return found.end()


@cache
def _alone() -> tuple[re.Pattern[str], ...]:
    return tuple(pattern for row, pattern in load_patterns("body_heads") if row.get("kind") == "alone")


def _stands_alone(spelling: str) -> bool:
    """Whether a spelling is too general to be a body inside other words: "Khu kinh tế"."""
    return any(pattern.fullmatch(spelling) for pattern in _alone())


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a name fills its cell, or all of it behind a slash."""
    before, after = text[max(0, start - 8) : start].rstrip(), text[end : end + 8].lstrip(" .;")
    return ((start < 8 and not before) or before.endswith(("/", "|", "\n"))) and (not after or after[0] in "\n|/,;")


def ends_in_province(text: str) -> bool:
    """Whether a tail is nothing but a province: " tỉnh Hưng Yên"."""
    place = _PLACE.match(text)
    own = _places(None).match(fold(text), place.end() if place else 0)
    return bool(own and not text[own.end() :].strip())
