"""Exact nearest neighbours with faiss, over all vectors or over those that a filter leaves."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from search_api.encoder import Vectors

# Its threads wait busily for the next search and take the processor from the encoder's: on two cores a question over
# 100,000 vectors then takes up to a second instead of 5 ms. Questions run side by side anyway.
faiss.omp_set_num_threads(1)

Mask = npt.NDArray[np.bool_]  # one truth value for each row of the index
Rows = npt.NDArray[np.int64]
_BLOCK = 10_000  # rows read at once


class VectorIndex:
    """Flat inner product: VectorIndex.of(vectors).nearest(query, 10) are rows and cosines, best first."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def of(cls, vectors: Vectors) -> VectorIndex:
        """An index of vectors of length 1, shape (rows, dimension)."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors))
        return cls(index)

    @classmethod
    def read(cls, path: Path) -> VectorIndex:
        """The index that `write` left; RuntimeError when the file is not one."""
        return cls(faiss.read_index(str(path)))

    def write(self, path: Path) -> None:
        """The index as one file."""
        path.write_bytes(faiss.serialize_index(self._index).tobytes())  # faiss itself hides why a disk refuses

    @property
    def count(self) -> int:
        """How many rows there are."""
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self._index.d)

    @cached_property
    def mean(self) -> Vectors:
        """The middle of all vectors, shape (dimension,): what every text has in common."""
        total = np.zeros(self.dimension, np.float64)
        for start in range(0, self.count, _BLOCK):
            block = self._index.reconstruct_n(start, min(_BLOCK, self.count - start))
            total += np.asarray(block, np.float32).sum(axis=0, dtype=np.float64)
        return (total / max(1, self.count)).astype(np.float32)

    def vectors(self) -> Vectors:
        """All vectors by row, shape (rows, dimension)."""
        return np.asarray(self._index.reconstruct_n(0, self.count), np.float32)

    def take(self, rows: Sequence[int]) -> Vectors:
        """The vectors of some rows, shape (rows, dimension)."""
        return np.asarray(self._index.reconstruct_batch(np.asarray(rows, np.int64)), np.float32)

    def nearest(self, query: Vectors, limit: int, allowed: Mask | None = None) -> tuple[Rows, Vectors]:
        """At most `limit` rows and their cosines for one query of shape (dimension,), best first; ties by row."""
        limit = min(limit, self.count if allowed is None else int(allowed.sum()))
        if limit == 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        parameters = None
        if allowed is not None:
            bits = np.packbits(allowed, bitorder="little")
            # faiss's own stubs describe the C++ constructors, not the Python ones
            selector = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg,arg-type]
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        scores, rows = self._index.search(np.ascontiguousarray(query[None, :]), limit, params=parameters)
        found = rows[0] >= 0  # faiss fills up with -1
        order = np.lexsort((rows[0][found], -scores[0][found]))
        return rows[0][found][order], scores[0][found][order]
