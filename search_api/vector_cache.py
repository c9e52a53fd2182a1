"""Vectors kept by the hash of model and text, so that a rebuild after one new plan encodes one plan."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path

import numpy as np

from graph.generations import Problem
from search_api.encoder import Encoder, Vectors
from search_api.words import clean

_BATCH = 64


def encode_cached(
    encoder: Encoder, texts: Sequence[str], path: Path, advance: Callable[[int], None] = lambda _: None
) -> Vectors:
    """Passage vectors of shape (texts, dimension); what is not in the file at `path` is encoded and added to it."""
    keys = [_key(encoder, text) for text in texts]
    vectors = np.empty((len(texts), encoder.dimension), np.float32)
    path.parent.mkdir(parents=True, exist_ok=True)
    cache, missing = _open(path, keys, vectors)
    with closing(cache):
        advance(len(texts) - len(missing))
        for start in range(0, len(missing), _BATCH):
            batch = missing[start : start + _BATCH]
            vectors[batch] = encoder.encode_passages([texts[at] for at in batch])
            # a full disk costs the next build some time, not this one its vectors
            with suppress(sqlite3.Error), cache:
                rows = [(keys[at], vectors[at].tobytes()) for at in batch]
                cache.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
            advance(len(batch))
    return vectors


def _key(encoder: Encoder, text: str) -> bytes:
    parts = (encoder.name, encoder.version, encoder.prompts.passage, clean(text))
    return hashlib.sha256("\0".join(parts).encode()).digest()


def _open(path: Path, keys: Sequence[bytes], vectors: Vectors) -> tuple[sqlite3.Connection, list[int]]:
    """The cache, and the rows of `vectors` that it did not fill; a damaged file is only a cache and is begun anew."""
    try:
        return _connect(path, keys, vectors)
    except sqlite3.OperationalError as error:  # somebody has it locked: it is not damaged
        raise Problem(f"the vectors kept in {path} cannot be read: {error}") from error
    except sqlite3.DatabaseError:
        path.unlink()
        return _connect(path, keys, vectors)


def _connect(path: Path, keys: Sequence[bytes], vectors: Vectors) -> tuple[sqlite3.Connection, list[int]]:
    cache = sqlite3.connect(path)
    try:
        cache.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID")
        return cache, [at for at, key in enumerate(keys) if not _fill(cache, key, vectors[at])]
    except sqlite3.DatabaseError:
        cache.close()
        raise


def _fill(cache: sqlite3.Connection, key: bytes, vector: Vectors) -> bool:
    row = cache.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
    if row is None or len(row[0]) != vector.nbytes:
        return False
    vector[:] = np.frombuffer(row[0], np.float32)
    return True
