"""The index of one generation: written beside the graph, checked whole on opening, then only read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from graph.generations import Problem
from search_api.accents import Accents
from search_api.columns import Columns
from search_api.encoder import Encoder
from search_api.labels import Labels, read_labels
from search_api.lexical import LexicalIndex
from search_api.vectors import VectorIndex
from search_api.vocabulary import Vocabulary, read_vocabulary

FORMAT = 4  # raised when older indexes can no longer be read
HEADER, VECTORS, LEXICAL, COLUMNS = "header.json", "vectors.faiss", "lexical", "columns.npz"
VOCABULARY, ACCENTS, LABELS = "vocabulary.json", "accents.json", "labels.json"
PROBE = "Chuyển đổi số, digital transformation 2030"  # its vector tells one model from another
_SAME = 0.995  # cosine: the same model on another processor rounds a little differently


@dataclass(frozen=True, slots=True)
class Header:
    """What an index was made with: header.json, field for field."""

    format: int
    model: str
    version: str
    query_prompt: str
    passage_prompt: str
    dimension: int
    count: int
    cut: int  # passages longer than the model reads
    probe: Sequence[float]
    files: dict[str, str]  # file -> sha256


@dataclass(frozen=True, slots=True)
class Index:
    """Everything that answers a question, opened."""

    header: Header
    vectors: VectorIndex
    lexical: LexicalIndex
    columns: Columns
    vocabulary: Vocabulary
    accents: Accents
    labels: Labels


def index_folder(generation: Path) -> Path:
    """Where a generation keeps its index."""
    return generation / "index"


def write_header(folder: Path, encoder: Encoder, count: int, cut: int) -> Header:
    """The header over what is in the folder, which is complete: written last."""
    header = Header(
        FORMAT,
        encoder.name,
        encoder.version,
        encoder.prompts.query,
        encoder.prompts.passage,
        encoder.dimension,
        count,
        cut,
        [round(float(value), 6) for value in encoder.encode_queries([PROBE])[0]],
        {each.relative_to(folder).as_posix(): _hash(each) for each in _files(folder)},
    )
    data = {name: getattr(header, name) for name in Header.__slots__}
    (folder / HEADER).write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return header


def read_header(generation: Path) -> Header:
    """The header of a generation's index, its files checked against it; Problem with the command that rebuilds it."""
    folder = index_folder(generation)
    try:
        header = Header(**json.loads((folder / HEADER).read_text(encoding="utf-8")))
        bad = [name for name, digest in header.files.items() if _hash(folder / name) != digest]
    except (OSError, ValueError, TypeError, AttributeError) as error:
        why = "is missing" if not (folder / HEADER).exists() else f"is damaged ({type(error).__name__})"
        raise _refuse(generation, f"the search index {why}") from None
    if header.format != FORMAT:
        raise _refuse(generation, "the search index was written by another version of the program")
    if bad:
        raise _refuse(generation, f"the search index is damaged ({', '.join(sorted(bad))})")
    return header


def open_index(generation: Path, load_encoder: Callable[[str], Encoder]) -> tuple[Index, Encoder]:
    """The index of a generation, and the encoder of its model, which must give the vectors that the index has."""
    header = read_header(generation)
    encoder = load_encoder(header.model)
    prompts = (encoder.prompts.query, encoder.prompts.passage)
    if (encoder.name, encoder.dimension, *prompts) != (
        header.model,
        header.dimension,
        header.query_prompt,
        header.passage_prompt,
    ):
        raise _refuse(generation, f"the search index was made by the model {header.model}, not by {encoder.name}")
    probe = encoder.encode_queries([PROBE])[0]
    if abs(float(np.linalg.norm(probe)) - 1) > 1 - _SAME:
        raise _refuse(generation, f"the model {encoder.name} gives vectors that are not of length 1")
    if float(np.dot(probe, np.array(header.probe, np.float32))) < _SAME:
        raise _refuse(generation, f"the search index was made by another model than the {header.model} of this machine")
    folder = index_folder(generation)
    try:
        index = Index(
            header,
            VectorIndex.read(folder / VECTORS),
            LexicalIndex.read(folder / LEXICAL, header.count),
            Columns.read(folder / COLUMNS),
            read_vocabulary(folder / VOCABULARY),
            Accents.read(folder / ACCENTS),
            read_labels(folder / LABELS),
        )
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise _refuse(generation, f"the search index is damaged ({type(error).__name__})") from error
    counts = {header.count, index.vectors.count, len(index.columns.ids), len(index.columns.folds)}
    if counts != {header.count} or index.vectors.dimension != header.dimension:
        raise _refuse(generation, "the parts of the search index do not belong together")
    return index, encoder


def _refuse(generation: Path, what: str) -> Problem:
    return Problem(f"{what}: build it again with `cancu rebuild --kb {generation.parents[1]}`")


def _files(folder: Path) -> Iterable[Path]:
    return sorted(each for each in folder.rglob("*") if each.is_file() and each.name != HEADER)


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def as_manifest(header: Header) -> dict[str, Any]:
    """What the generation's manifest says of its index."""
    return {"model": header.model, "version": header.version, "dimension": header.dimension, "count": header.count}
