"""Recognition of one body's name at one place of a text: an agency of the ontology, or a collective."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ingest.fold import fold, key, squeeze
from ingest.reference import compile_spaced, load_rows
from ontology import AgencyType, load_agency_types, load_provinces

_WORD = re.compile(r"\w+")
_GAP = re.compile(r"[\s,.\-–&]*")  # what may stand between two words of a name: "Sở Văn hóa, Thể thao và Du lịch"
_COMMITTEE = r"(?:ubnd|u[yỷ] ban nhan dan)"


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
def _places() -> re.Pattern[str]:
    """What may close a name: "tỉnh", "thành phố", the name of a province, or both."""
    names = {fold(name) for province in load_provinces() for name in (province.short, *province.alt)}
    listed = "|".join(sorted((re.escape(name).replace(r"\ ", r"\s+") for name in names), key=len, reverse=True))
    return re.compile(rf"\s+(?:(?:tinh|thanh pho)(?:\s+(?:{listed}))?|(?:{listed}))(?!\w)")


def find_name(text: str, folded: str, at: int) -> Name | None:
    """The longest known name that begins at `at`; of two as long, the collective ("UBND cấp xã" is no one body)."""
    found = [name for name in (_find_collective(folded, at), _find_agency(text, folded, at)) if name]
    return max(found, key=lambda name: name.end, default=None)


def _find_agency(text: str, folded: str, at: int) -> Name | None:
    word = _WORD.match(folded, at)
    if not word or text[at : word.end()].lower() not in _first_words():
        return None
    node, end, best = _agencies(), at, None
    while word:
        step = node.get(word[0])
        if step is None:
            break
        node, end = step, word.end()
        if node.types:
            best = (end, node.types)
        word = _WORD.match(folded, _skip(folded, end))
    if best is None:
        return None
    end, types = best
    written = key(text[at:end])
    _, agency = next((pair for pair in types if key(pair[0]) == written), types[0])
    place = _places().match(folded, end)
    return Name(at, place.end() if place else end, agency.vi, agency.id, agency.level, collective=False)


def _skip(folded: str, at: int) -> int:
    gap = _GAP.match(folded, at)
    return gap.end() if gap else at


# --- collectives ----------------------------------------------------------------------------------------------------


@cache
def _alternatives(part: str) -> str:
    patterns = [fold(row["pattern"]) for row in load_rows("collectives") if row["part"] == part]
    return "|".join(sorted(patterns, key=len, reverse=True))


@cache
def _collective_patterns() -> tuple[re.Pattern[str], ...]:
    """Committees of lower levels first, then lists of generic nouns; a single noun needs "các" or a qualifier."""
    noun, level, qualifier, head = (_alternatives(part) for part in ("noun", "level", "qualifier", "head"))
    nouns = rf"(?:{noun})(?!\w)(?:(?:, ?| va | ?/ ?| ?& ?| ?[-–] ?| )(?:{noun})(?!\w))"
    tail = rf"(?: (?:{qualifier})(?!\w))"
    opening = rf"(?:(?:{head})\s+)?"
    return (
        compile_spaced(
            rf"{opening}{_COMMITTEE} (?:(?:{level})(?!\w)|cac (?:{noun})(?!\w)(?:(?:, ?| va )(?:{noun})(?!\w))*{tail}*)"
        ),
        compile_spaced(rf"{opening}{_COMMITTEE} (?:{noun})(?!\w)(?:(?:, ?| va )(?:{noun})(?!\w))+{tail}*"),
        compile_spaced(rf"{opening}(?:cac|nhung|toan bo cac|tat ca cac) {nouns}*{tail}*"),
        compile_spaced(rf"{nouns}+{tail}*"),
        compile_spaced(rf"(?:{noun})(?!\w){tail}+"),
    )


def _find_collective(folded: str, at: int) -> Name | None:
    if at and folded[at - 1].isalnum():
        return None
    matches = [found for pattern in _collective_patterns() if (found := pattern.match(folded, at))]
    if not matches:
        return None
    longest = max(matches, key=re.Match.end)
    return Name(at, longest.end(), _canonical_collective(longest[0]), None, None, collective=True)


def _canonical_collective(folded: str) -> str:
    """The usual spelling: "Sở, ban ngành liên quan" -> "Các sở, ban, ngành liên quan"."""
    committee = re.search(_COMMITTEE, folded)
    rest = folded[committee.end() :] if committee else folded
    level = next((row["name"] for row, pattern in _parts("level") if pattern.fullmatch(rest.strip())), None)
    if committee and level:
        return f"UBND {level}"
    found = list(_named(rest))
    listed = ", ".join(dict.fromkeys(name for part, name in found if part == "noun"))
    qualifiers = [name for part, name in found if part == "qualifier"]
    return squeeze(" ".join(("UBND các" if committee else "Các", listed, *qualifiers)))


@cache
def _parts(part: str) -> tuple[tuple[dict[str, str], re.Pattern[str]], ...]:
    rows = [row for row in load_rows("collectives") if row["part"] == part]
    return tuple((dict(row), compile_spaced(fold(row["pattern"]))) for row in rows)


def _named(folded: str) -> Iterator[tuple[str, str]]:
    """The nouns of a collective in order, then its qualifiers: ("noun", "sở"), ("noun", "ban"), ("qualifier", ...)."""
    at = 0
    for word in _WORD.finditer(folded):
        if word.start() < at:
            continue
        readings = [
            (found.end(), part, row["name"])
            for part in ("qualifier", "noun")
            for row, pattern in _parts(part)
            if (found := pattern.match(folded, word.start())) and not folded[found.end() : found.end() + 1].isalnum()
        ]
        if readings:
            at, part, name = max(readings, key=lambda reading: reading[0])
            yield part, name
