"""Vectors kept by the hash of model and text, so that a rebuild after one new plan encodes one plan."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path

import numpy as np

from search_api.encoder import Encoder, Vectors, clean

_BATCH = 64


def encode_cached(
    encoder: Encoder, texts: Sequence[str], path: Path, advance: Callable[[int], None] = lambda _: None
) -> Vectors:
    """Passage vectors of shape (texts, dimension); what is not in the file at `path` is encoded and added to it."""
    keys = [_key(encoder, text) for text in texts]
    vectors = np.empty((len(texts), encoder.dimension), np.float32)
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(_open(path)) as cache:
        missing = []
        for at, key in enumerate(keys):
            row = cache.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
            if row is not None and len(row[0]) == vectors.itemsize * encoder.dimension:
                vectors[at] = np.frombuffer(row[0], np.float32)
            else:
                missing.append(at)
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


def _open(path: Path) -> sqlite3.Connection:
    """The cache; a damaged file is only a cache and is begun anew."""
    try:
        return _connect(path)
    except sqlite3.DatabaseError:
        path.unlink()
        return _connect(path)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    try:
        connection.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection
