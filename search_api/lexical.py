"""BM25 over folded syllables and pairs of them, so that accents, case and spelling of tones do not matter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt

from ingest.fold import fold
from search_api.words import clean

Scores = npt.NDArray[np.float32]
SYLLABLE = re.compile(r"\w+")


def split_terms(text: str) -> list[str]:
    """Folded syllables and pairs: "Chữ ký số" -> ["chu", "ky", "so", "chu ky", "ky so"].

    A Vietnamese word is mostly two syllables, so a pair says what one alone does not.
    """
    syllables = SYLLABLE.findall(fold(clean(text)))
    return [*syllables, *(f"{first} {second}" for first, second in pairwise(syllables))]


class LexicalIndex:
    """BM25 scores of every row for a question: LexicalIndex.of(texts).scores(["chu", "ky"]).shape == (rows,)."""

    def __init__(self, index: bm25s.BM25, count: int) -> None:
        self._index, self.count = index, count

    @classmethod
    def of(cls, texts: Sequence[str]) -> LexicalIndex:
        """An index of texts."""
        index = bm25s.BM25()
        index.index([split_terms(text) for text in texts], show_progress=False)
        return cls(index, len(texts))

    @classmethod
    def read(cls, folder: Path, count: int) -> LexicalIndex:
        """The index that `write` left; `count` is how many rows it must have."""
        return cls(bm25s.BM25.load(str(folder)), count)

    def write(self, folder: Path) -> None:
        """The index as a folder."""
        self._index.save(str(folder), show_progress=False)

    def has_any(self, words: Sequence[str]) -> bool:
        """Whether any row has one of some words."""
        return any(fold(clean(word)) in self._index.vocab_dict for word in words)

    def scores(self, terms: Sequence[str]) -> Scores:
        """One score for each row, 0 where no term is found."""
        known = [term for term in terms if term in self._index.vocab_dict]
        if not known:
            return np.zeros(self.count, np.float32)
        return np.asarray(self._index.get_scores(known), np.float32)
