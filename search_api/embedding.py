"""The vector of a passage: what it says itself, and the headings under which it says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from search_api.encoder import Encoder, Vectors
from search_api.passage import Passage
from search_api.vector_cache import encode_cached

# How much of a vector its headings make up. A fifth to a third ranked the judged questions best, as well as encoding
# headings and text together, which takes two and a half times as long: a heading is encoded once for all below it.
_SHARE = 1 / 3


def list_texts(passages: Sequence[Passage]) -> list[str]:
    """All that is encoded: the passages' own words in their order, then each heading once."""
    return [*(passage.text for passage in passages), *sorted({each.context for each in passages if each.context})]


def embed_passages(
    encoder: Encoder, passages: Sequence[Passage], cache: Path, advance: Callable[[int], None] = lambda _: None
) -> Vectors:
    """Vectors of length 1, shape (passages, dimension); `cache` keeps those of the texts they are made of."""
    texts = list_texts(passages)
    vectors = encode_cached(encoder, texts, cache, advance)
    own, places = vectors[: len(passages)], {text: at for at, text in enumerate(texts[len(passages) :], len(passages))}
    above = vectors[[places.get(passage.context, at) for at, passage in enumerate(passages)]]
    mixed = (1 - _SHARE) * own + _SHARE * above
    return np.asarray(mixed / np.linalg.norm(mixed, axis=1, keepdims=True), np.float32)
