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
_PLACE_ENDS = (" tinh", " thanh pho")
_PLACE_WORDS = frozenset({"tinh", "thanh", "tp"})
_COMMITTEE = re.compile(r"(?:ủy|uỷ|Ủy|Uỷ|ỦY|UỶ)\s+ban\s+nhân\s+dân", re.IGNORECASE)
# The name of a commune, district or town: every syllable with a capital, or a number ("phường 12").
CAPITAL = "[A-ZÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ]"
_OWN_PLACE = re.compile(rf"\s+(?:\d{{1,2}}(?!\w)|{CAPITAL}[^\W\d_]*(?:\s{CAPITAL}[^\W\d_]*){{0,3}})")
_LOWER_PLACE = re.compile(
    r"\s+(?:cấp\s+(?:xã|huyện|cơ\s+sở)|xã(?!\s+hội)|phường|thị\s+trấn|thị\s+xã|huyện|quận|đặc\s+khu|khu\s+vực)(?!\w)",
    re.IGNORECASE,
)
_COUNTRY = re.compile(r"\s+Việt\s+Nam(?!\w)")
_ALL_PROVINCES = re.compile(
    r"\s+(?:của\s+)?các\s+(?:tỉnh|địa\s+phương)(?:\s*(?:,|và)\s*thành\s+phố)?"
    r"(?:\s+trực\s+thuộc\s+(?:trung\s+ương|TW))?(?!\w)",
    re.IGNORECASE,
)
_REGION = re.compile(r"\s+(?:[IVX]{1,5}|\d{1,2})(?!\w)")  # "Hải quan khu vực XII"
_LONGER = re.compile(rf"[ \t]+(?P<word>chi\s+nhánh|{CAPITAL}\w+)")
_LEVELS = (
    " cap xa",
    " cap huyen",
    " xa",
    " phuong",
    " thi tran",
    " dac khu",
    " huyen",
    " quan",
    " thi xa",
    " thanh pho",
)
_MAX_NAME = 90
_BELOW = ("commune", "district", "party-commune", "party-district")


@dataclass(frozen=True, slots=True)
class Name:
    """A body recognised at `start:end`."""

    start: int
    end: int
    name: str
    type: str | None
    level: str | None
    collective: bool
    short: bool = False  # by a short name that the text itself declares


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
    found = [name for name in (_collective_at(text, folded, at), _agency_at(text, folded, at)) if name]
    return max(found, key=lambda name: name.end, default=None)


def find_shared(text: str, folded: str, at: int, head: str) -> Name | None:
    """A name whose first word was said before: "Nội vụ" in "Sở Tài chính, Nội vụ" with the head "Sở"."""
    node = _agencies().get(fold(head))
    if node is None or not text[at : at + 1].isupper():
        return None
    return _walk(text, folded, at, at, node)


def _collective_at(text: str, folded: str, at: int) -> Name | None:
    found = find_collective(text, at)
    if found is None:
        return None
    end, name = found
    place = _places(None).match(folded, end) if folded[at:end].endswith(_PLACE_ENDS) else None
    if place and text[end : place.end()].lstrip()[:1].isupper():
        end = place.end()  # "các sở, ngành tỉnh Nghệ An"
    return Name(at, end, name, None, None, collective=True)


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
        if not written.endswith(_LEVELS) and (_is_part(text, end) or _LOWER_PLACE.match(text, end)):
            return None  # "Phòng Kinh tế Hợp tác" is not the "Phòng Kinh tế" of a commune
        if not written.endswith(_LEVELS) and not _own_place(text, end):
            return Name(start, end, agency.vi, agency.id, agency.level, collective=False)
        return _below(text, start, end, agency.vi, agency.id, agency.level)
    branch = _branch(text, folded, end, spelling, agency)
    if branch:
        return _named(text, folded, start, *branch)
    if " " not in squeeze(spelling) and _is_part(text, end):
        return None
    if "central" not in agency.level and _COUNTRY.match(text, end):
        return None  # "Hội Doanh nhân trẻ Việt Nam" is not the one of the province
    everywhere = _ALL_PROVINCES.match(text, end) if "central" not in agency.level else None
    if everywhere:
        called = f"{agency.vi.removesuffix(' tỉnh')} {squeeze(everywhere[0]).lower()}"
        return Name(start, everywhere.end(), called, None, None, collective=True)
    return _placed(text, folded, start, end, agency)


def _placed(text: str, folded: str, start: int, end: int, agency: AgencyType) -> Name | None:
    """A body with the place behind it: "Công an" + " tỉnh Nghệ An", "Hải quan khu vực" + " XII"."""
    written = key(text[start:end])
    region = _REGION.match(text, end) if written.endswith((" khu vuc", " co so")) else None
    end = region.end() if region else end
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


def _is_part(text: str, end: int) -> bool:
    """Whether a name of one word opens a longer one: "Viettel Post", "VCCI chi nhánh Miền Trung"."""
    found = _LONGER.match(text, end)
    return bool(found and found["word"].lower() not in _first_words())


def _branch(
    text: str, folded: str, end: int, spelling: str, agency: AgencyType
) -> tuple[int, list[tuple[str, AgencyType]]] | None:
    """The provincial body of a national one that a place follows: "Viettel" + " Lâm Đồng" -> Viettel tỉnh."""
    if "central" not in agency.level:
        return None
    place = _PLACE.match(text, end)
    own = _places(None).match(folded, place.end() if place else end)
    if not place and not (own and text[end : own.end()].lstrip()[:1].isupper()):
        return None
    node = _agencies()
    for word in (*_WORD.findall(fold(spelling).removesuffix(" viet nam")), "tinh"):
        if word not in node:
            return None
        node = node[word]
    return (end, node.types) if node.types else None


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
    window = text[at : at + _MAX_NAME].lstrip() if words[0].lower() in _first_words() else ""
    other = _agency_at(window, fold(window), 0) if window else None
    if other and other.end > len(words[0]):
        return None  # "Phòng Kinh tế\nSở Y tế": the next body, no place
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
