"""The names of the vocabulary in a question: longest first, none inside another, acronyms as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from search_api.cues import Asked, load_cues
from search_api.vocabulary import AgencyTerm, Term, Vocabulary
from search_api.words import Word, accent_key, is_acronym, is_syllable, split_words, strip_accents, word_key

_ALWAYS_BETWEEN = frozenset(" -–—&'’")  # what may stand between two words of a name although the name has it not
_KINDS = ("jurisdiction", "beside", "topic", "agency")  # of two names as long, the first of these
_OF = frozenset({"of", "cua", "o", "in"})  # between a body and its province


@dataclass(frozen=True, slots=True)
class Found:
    """A term at its place: text[start:end] is "Sở Y tế tỉnh" or "AI"."""

    kind: str
    term: Term
    start: int
    end: int
    beside: bool = False  # found only because a province stands next to it


@dataclass(frozen=True, slots=True)
class _Name:
    """One spelling as it is looked for."""

    kind: str
    term: Term
    spelling: str
    accents: tuple[str, ...]  # of each word
    between: frozenset[str]  # what stands between its words
    beside: bool  # whether it needs a province next to it


class _Trie(dict[str, "_Trie"]):
    """Names by the keys of their words; `names` are those that end here."""

    __slots__ = ("names",)

    def __init__(self) -> None:
        super().__init__()
        self.names: list[_Name] = []


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """A vocabulary made ready to be looked for, and the words that tell its two languages apart."""

    root: _Trie
    pairs: frozenset[tuple[str, str]]  # words that follow each other in a topic or an agency: ("cong", "nghe")
    vietnamese: frozenset[str]
    english: frozenset[str]


@lru_cache(maxsize=2)  # of the generation that serves and of the one that is being opened
def compile_terms(vocabulary: Vocabulary) -> Terms:
    """Once for each vocabulary: it is equal only to itself."""
    root = _Trie()
    for kind, terms in (
        ("topic", vocabulary.topics),
        ("agency", vocabulary.agencies),
        ("jurisdiction", vocabulary.jurisdictions),
    ):
        for term in terms:
            for spelling in term.spellings:
                _add(root, kind, term, spelling, beside=False)
            for spelling in term.beside if isinstance(term, AgencyTerm) else ():
                _add(root, kind, term, spelling, beside=True)
    named: Sequence[Term] = (*vocabulary.topics, *vocabulary.agencies)
    rows = [[word.key for word in split_words(name)] for term in named for name in (term.label, *term.spellings)]
    return Terms(
        root,
        frozenset(pair for row in rows for pair in pairwise(row)),
        frozenset(word.key for term in named for word in split_words(term.label)),
        frozenset(word.key for term in named for word in split_words(term.label_en)),
    )


def _add(root: _Trie, kind: str, term: Term, spelling: str, beside: bool) -> None:
    words = split_words(spelling)
    node = root
    for word in words:
        node = node.setdefault(word.key, _Trie())
    accents = tuple(accent_key(spelling[word.start : word.end]) for word in words)
    between = frozenset("".join(spelling[one.end : two.start] for one, two in pairwise(words)))
    node.names.append(_Name(kind, term, spelling, accents, between, beside))


def find_terms(asked: Asked, terms: Terms) -> list[Found]:
    """The names that may be meant, before it is known in which language the question is; they overlap."""
    found = [
        (name, at, at + length)
        for at in range(len(asked.words))
        for name, length in _names_at(asked, terms.root, at)
        if _is_written(asked, name, at, at + length)
    ]
    places = {(at, end) for name, at, end in found if name.kind == "jurisdiction" and _is_place(asked, terms, at, end)}
    starts, ends = {at for at, _ in places}, {end for _, end in places}
    ends_of_topics = {end for name, at, end in found if name.kind == "topic" and end - at > 1}
    kept = []
    for name, at, end in found:
        if name.kind == "agency" and _is_rest(asked, at, ends_of_topics):
            continue
        if name.kind == "jurisdiction" and (at, end) not in places:
            continue
        if name.beside and not (_skip_of(asked, end) in starts or at in ends or _leads(asked, name, at, end)):
            continue
        kept.append(Found(name.kind, name.term, asked.words[at].start, asked.words[end - 1].end, name.beside))
    return kept


def _is_rest(asked: Asked, at: int, ends_of_topics: set[int]) -> bool:
    """Whether the first word of a body is the last of another: "cơ sở y tế", "kinh te so giao duc"."""
    word = asked.words[at]
    before = asked.words[at - 1] if at else word
    if asked.text[word.start].isupper() and asked.text[before.start : before.end].islower():
        return False  # "co So Tai chinh": a name begins with its capital
    if any(cue.ends_at(asked, word.end) is not None for cue in load_cues()["compound"]):
        return True
    first = asked.text[word.start : word.end]
    return first.isascii() and first.islower() and at > 0 and at + 1 in ends_of_topics


def _leads(asked: Asked, name: _Name, at: int, end: int) -> bool:
    """Whether words say that a body leads, so that it needs no province: "do Công an chủ trì", "led by the police"."""
    start, behind = asked.words[at].start, asked.words[end - 1].end
    if asked.lowered[:start].endswith(" the "):
        start -= len("the ")
    cues = [cue for cue in load_cues()["role"] if cue.row["role"] == "lead"]
    after = any(cue.row["side"] == "after" and cue.starts_at(asked, behind) for cue in cues)
    return bool(name.term.ids) and (
        after or any(cue.row["side"] == "before" and cue.ends_at(asked, start) is not None for cue in cues)
    )


def _skip_of(asked: Asked, at: int) -> int:
    return at + 1 if at < len(asked.words) and asked.words[at].key in _OF else at


def _names_at(asked: Asked, root: _Trie, at: int) -> Iterator[tuple[_Name, int]]:
    node: _Trie | None = root
    for length, word in enumerate(asked.words[at:], 1):
        node = node.get(word.key) if node is not None else None
        if node is None:
            return
        for name in node.names:
            yield name, length


def _is_written(asked: Asked, name: _Name, at: int, end: int) -> bool:
    """Whether the question has the name as it may be written: accents all or none, no comma of its own."""
    words = asked.words[at:end]
    for one, two in pairwise(words):
        if any(sign not in _ALWAYS_BETWEEN and sign not in name.between for sign in asked.text[one.end : two.start]):
            return False
    if is_acronym(name.spelling):
        return _is_acronym_written(asked, name, words)
    written = [asked.text[word.start : word.end] for word in words]
    for given, ours in zip(written, name.accents, strict=True):
        if not given.isascii() and accent_key(given) != ours:
            return False
    if len(words) == 1 and name.kind != "jurisdiction":
        bare = asked.accented and written[0].isascii() and not name.spelling.isascii()
        if bare or (name.kind == "agency" and not name.beside):
            return _is_name(asked, words)
    return _abbreviations_are_plain(name, written) and not _is_verb(asked, words)


def _is_acronym_written(asked: Asked, name: _Name, words: Sequence[Word]) -> bool:
    """ "AI" and "CDS" for "CĐS"; in small letters only what is no word of the question's language."""
    given = asked.text[words[0].start : words[-1].end]
    if given in (name.spelling, strip_accents(name.spelling)):
        return not asked.all_capitals or not is_syllable(given.lower())
    if given not in (name.spelling.lower(), strip_accents(name.spelling).lower()) or asked.is_english_word(given):
        return False
    plain_in_english = asked.language == "en" and name.kind == "topic"
    return plain_in_english or not is_syllable(strip_accents(given))


def _abbreviations_are_plain(name: _Name, written: Sequence[str]) -> bool:
    """ "so yt" is "Sở YT", but "ca tinh" is two words and not "CA tỉnh"."""
    ours = [name.spelling[word.start : word.end] for word in split_words(name.spelling)]
    return not any(
        len(mine) > 1 and mine.isupper() and given.islower() and is_syllable(word_key(given))
        for mine, given in zip(ours, written, strict=True)
    )


def _is_verb(asked: Asked, words: Sequence[Word]) -> bool:
    """ "building a data centre" names no construction."""
    last = asked.lowered[words[0].start : words[-1].end]
    behind = asked.lowered[words[-1].end : words[-1].end + 5]
    return len(words) == 1 and last.endswith("ing") and bool(re.match(r" (?:an?|the|its|our) ", behind))


def _is_name(asked: Asked, words: Sequence[Word]) -> bool:
    """Whether a word is written like a proper name: with a capital that neither the place nor the style gives it."""
    first = asked.text[words[0].start]
    return first.isupper() and words[0].start > 0 and not asked.all_capitals


def _is_place(asked: Asked, terms: Terms, at: int, end: int) -> bool:
    """Whether words are a province where they stand: "Gia Lai", "tinh gia lai", not the "gia lai" of "danh gia lai"."""
    words = asked.words[at:end]
    written = asked.text[words[0].start : words[-1].end]
    cues = load_cues()
    before, behind = asked.text[: words[0].start].rstrip(), words[-1].end
    if any(cue.ends_at(asked, len(before)) is not None for cue in cues["place-before"]):
        return True
    if any(cue.starts_at(asked, behind) is not None for cue in cues["place-after"]):
        return True
    capitals = all(asked.text[word.start].isupper() or not asked.text[word.start].isalpha() for word in words)
    ordinary = any(cue.is_whole(written) for cue in cues["ordinary-place"])
    if capitals and not asked.all_capitals:
        return not ordinary or len(words) > 1 or words[0].start > 0
    if ordinary:
        return len(words) == len(asked.words) > 1
    pairs = [
        (asked.words[one].key, asked.words[one + 1].key) for one in (at - 1, end - 1) if 0 <= one < len(asked.words) - 1
    ]
    return not any(pair in terms.pairs for pair in pairs)


def choose_terms(found: Iterable[Found], taken: Iterable[tuple[int, int]] = ()) -> list[Found]:
    """The longest first, none over another or over what is taken already, in the order of the text."""
    order = sorted(found, key=_rank)
    spans = keep_apart([*taken, *((each.start, each.end) for each in order)])
    free = {span: each for each in reversed(order) if (span := (each.start, each.end)) in spans}
    for span in taken:
        free.pop(span, None)
    return sorted(free.values(), key=lambda each: each.start)


def _rank(found: Found) -> tuple[int, int, int, str]:
    kind = "beside" if found.beside else found.kind
    return found.start - found.end, _KINDS.index(kind), found.start, found.term.id


def keep_apart(spans: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those that touch none before them: {(0, 5), (5, 9)} of [(0, 5), (3, 7), (5, 9)]."""
    taken = bytearray()
    kept = set()
    for start, end in spans:
        if len(taken) < end:
            taken += bytes(end - len(taken))
        if not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            kept.add((start, end))
    return kept
