"""Vietnamese typed without accents gets them back from the words of the corpus itself."""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from ingest.fold import fold
from search_api.words import clean

_PIECE = re.compile(r"[^.,;:()\[\]\"“”!?\n]+")
_WORD = re.compile(r"\w+")
_PAIR_WEIGHT = 0.75  # the rest goes to how common a word is by itself
_UNSEEN = 0.1  # of one sighting


@dataclass(frozen=True)
class Accents:
    """How often the corpus has a word, and two words in a row: `restore("chu ky so") == "chữ ký số"`."""

    words: Mapping[str, int]
    pairs: Mapping[str, int]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Accents:
        """Counted over texts; a pair does not reach over a comma."""
        words: Counter[str] = Counter()
        pairs: Counter[str] = Counter()
        for text in texts:
            for piece in _PIECE.findall(clean(text).lower()):
                row = _WORD.findall(piece)
                words.update(row)
                pairs.update(" ".join(pair) for pair in pairwise(row))
        return cls(words, pairs)

    @classmethod
    def read(cls, path: Path) -> Accents:
        """What `write` left."""
        data = json.loads(path.read_text(encoding="utf-8"))
        return cls(data["words"], data["pairs"])

    def write(self, path: Path) -> None:
        """The counts as JSON, sorted."""
        data = {"words": dict(self.words), "pairs": dict(self.pairs)}
        path.write_text(json.dumps(data, ensure_ascii=False, sort_keys=True), encoding="utf-8")

    @cached_property
    def _forms(self) -> Mapping[str, list[str]]:
        """Folded word -> its accented forms: "chu" -> ["chu", "chú", "chủ", "chữ"]."""
        forms: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(self.words):
            forms[fold(word)].append(word)
        return forms

    @cached_property
    def _total(self) -> int:
        return sum(self.words.values()) or 1

    def restore(self, text: str) -> str:
        """The likeliest accented reading, word for word; what the corpus lacks stays as it is."""
        return " ".join(self.spell(_WORD.findall(clean(text).lower())))

    def spell(self, words: Iterable[str]) -> list[str]:
        """The likeliest form of each word beside the others (Viterbi over pairs): ["chu", "ky"] -> ["chữ", "ký"]."""
        best: dict[str, tuple[float, list[str]]] = {"": (0.0, [])}
        for word in words:
            reached: dict[str, tuple[float, list[str]]] = {}
            for form in self._forms.get(fold(word), [word]):
                score, before = max((score + self._log(last, form), last) for last, (score, _) in best.items())
                reached[form] = (score, [*best[before][1], form])
            best = reached
        return max(best.values())[1]

    def has_pair(self, first: str, second: str) -> bool:
        """Whether the corpus has two words in a row, as they are written."""
        return f"{first} {second}" in self.pairs

    def _log(self, last: str, word: str) -> float:
        """log P(word | last), smoothed with P(word)."""
        alone = (self.words.get(word, 0) + _UNSEEN) / self._total
        if not last:
            return math.log(alone)
        pair = self.pairs.get(f"{last} {word}", 0) / max(self.words.get(last, 0), 1)
        return math.log(_PAIR_WEIGHT * pair + (1 - _PAIR_WEIGHT) * alone)
