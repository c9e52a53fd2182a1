"""The same task in several places, word for word or nearly, within a plan and across plans."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from graph.findings import Finding
from graph.records import ItemRecord
from ingest.fold import fold

_WORD = re.compile(r"\w+")
_SHINGLE = 4  # words
_FEWEST = 8  # words of a text that may be told from others
_NEAR = 0.7  # share of the shingles of both that they have in common
_COMMON = 50  # a shingle that so many texts have says nothing


def find_duplicates(items: Sequence[ItemRecord]) -> Iterator[Finding]:
    """Each later item that repeats an earlier one: "same words as ..." or "82 % of its words stand in ..."."""
    words = [split_words(item.text) for item in items]
    same: dict[tuple[str, ...], int] = {}
    repeats = set()  # rows that an earlier one stands for
    for at, text in enumerate(words):
        first = same.setdefault(tuple(text), at) if len(text) >= _FEWEST else at
        if first != at:
            repeats.add(at)
            yield _about(items, first, at, "duplicate", "the same words stand elsewhere")
    for (first, at), share in sorted(near_pairs(words).items()):
        if repeats.isdisjoint((first, at)):
            yield _about(items, first, at, "near-duplicate", f"{share:.0%} of the wording stands elsewhere")


def split_words(text: str) -> list[str]:
    """The folded words of a text: split_words("Chữ ký số,") == ["chu", "ky", "so"]."""
    return _WORD.findall(fold(text))


def near_pairs(words: Sequence[Sequence[str]]) -> dict[tuple[int, int], float]:
    """Pairs of rows that say nearly the same, the earlier first, with the share of shingles in common (Jaccard)."""
    shingles = [_shingles(text) if len(text) >= _FEWEST else set() for text in words]
    holders: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, own in enumerate(shingles):
        for shingle in own:
            holders[shingle].append(at)
    common: Counter[tuple[int, int]] = Counter()
    for places in holders.values():
        if 1 < len(places) <= _COMMON:
            common.update(combinations(places, 2))
    shares = {pair: n / len(shingles[pair[0]] | shingles[pair[1]]) for pair, n in common.items() if n > 1}
    return {pair: share for pair, share in shares.items() if share >= _NEAR}


def _shingles(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}


def _about(items: Sequence[ItemRecord], first: int, at: int, kind: str, what: str) -> Finding:
    item = items[at]
    return Finding(kind, item.document, what, item.id, (items[first].id,), item.source)
