"""The plain ways of searching that ours is compared with, over the same records and each as one would first try it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import bm25s
import numpy as np

from ingest.fold import fold
from search_api.lexical import SYLLABLE, split_terms
from search_api.passages import searched_text
from search_api.search import Search
from search_api.vector_cache import encode_cached
from search_api.vectors import VectorIndex
from search_api.words import clean

_TOP = 10
_K, _DEEP = 60, 100  # of rank fusion as it is usually done
Ranker = Callable[[str], Sequence[str]]  # a question -> ids of records, best first


def plain_rankers(search: Search, cache: Path) -> Mapping[str, Ranker]:
    """By name: BM25 three ways, the model alone, and rank fusion; `cache` keeps the vectors of the texts alone."""
    names = [search.index.columns.sets["title"].rows(kind) for kind in ("document", "heading")]
    left_out = {int(row) for rows in names for row in rows}  # they stand for what is below them and would only lose
    ids = [iri for row, iri in enumerate(search.index.columns.ids) if row not in left_out]
    texts = [clean(searched_text(search.records.get(iri) or {})) for iri in ids]
    folded = _by_words(ids, texts, lambda text: SYLLABLE.findall(fold(text)))
    dense = _by_meaning(search, ids, texts, cache)

    def fusion(question: str) -> Sequence[str]:
        scores: defaultdict[str, float] = defaultdict(float)
        for ranker in (folded, dense):
            for place, iri in enumerate(ranker(question, _DEEP), 1):
                scores[iri] += 1 / (_K + place)
        return sorted(scores, key=lambda iri: -scores[iri])[:_TOP]

    return {
        "BM25": _by_words(ids, texts, lambda text: SYLLABLE.findall(text.lower())),
        "BM25, folded": folded,
        "BM25, folded, with pairs": _by_words(ids, texts, split_terms),
        "meaning alone": dense,
        "rank fusion": fusion,
    }


def _by_words(
    ids: Sequence[str], texts: Sequence[str], split: Callable[[str], list[str]]
) -> Callable[..., Sequence[str]]:
    index = bm25s.BM25()
    index.index([split(text) for text in texts], show_progress=False)

    def ranker(question: str, limit: int = _TOP) -> Sequence[str]:
        known = [term for term in split(question) if term in index.vocab_dict]
        scores = index.get_scores(known) if known else np.zeros(len(ids))
        return [ids[row] for row in np.argsort(-scores, kind="stable")[:limit]]

    return ranker


def _by_meaning(search: Search, ids: Sequence[str], texts: Sequence[str], cache: Path) -> Callable[..., Sequence[str]]:
    vectors = VectorIndex.of(encode_cached(search.encoder, texts, cache))

    def ranker(question: str, limit: int = _TOP) -> Sequence[str]:
        rows, _ = vectors.nearest(search.encoder.encode_queries([question])[0], limit)
        return [ids[row] for row in rows]

    return ranker
