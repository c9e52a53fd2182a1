"""Times search over 100,000 synthetic tasks, made of the real ones: words exchanged, vectors perturbed."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from graph.generations import open_current
from search_api.columns import Columns
from search_api.encoder import Vectors
from search_api.lexical import LexicalIndex
from search_api.nano import NanoEncoder
from search_api.passage import Passage
from search_api.passages import build_passages
from search_api.search import Ask, Search, open_search
from search_api.vectors import VectorIndex
from tests.bench.search import TOP, at_share, measure, read_questions
from tests.conftest import ROOT

TASKS = 100_000
_NOISE = 0.3  # of the length of a vector
_EXCHANGED = 0.2  # of the words of a text


def print_scale(kb: Path) -> None:
    """Print the table as Markdown; measured in a process of its own, for its memory."""
    search, seconds = grow(open_search(open_current(kb), lambda _: NanoEncoder()))
    plain, filtered = read_questions(), read_filter_questions()
    print(f"| search over {TASKS:,} tasks | |\n|---|---:|")
    for name, questions in (("without filters", plain), ("with filters", filtered)):
        times = measure(lambda question: search.find(Ask(question, TOP)), questions, rounds=2)
        print(f"| {name}, warm, p50, ms | {at_share(times, 50):.0f} |")
        print(f"| {name}, warm, p95, ms | {at_share(times, 95):.0f} |")
    for name, megabytes in _sizes(search):
        print(f"| {name}, MB | {megabytes:.0f} |")
    print(f"| words and columns indexed, s | {seconds:.0f} |")
    print(f"| memory of the process, MB | {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} |")


def grow(search: Search) -> tuple[Search, float]:
    """The search of a build with its tasks taken many times, and the seconds of indexing; a row shows the real task."""
    chance = np.random.default_rng(0)
    records = [record for kind in ("document", "link", "task") for record in search.records.records(kind)]
    real = [passage for passage in build_passages(records) if passage.kind == "task"]
    places = {iri: at for at, iri in enumerate(search.index.columns.ids)}
    known = search.index.vectors.vectors()[[places[passage.id] for passage in real]]
    chosen = chance.integers(0, len(real), TASKS)
    started = time.perf_counter()
    passages = list(_exchange_words([real[at] for at in chosen], chance))
    index = replace(
        search.index,
        header=replace(search.index.header, count=TASKS),
        vectors=VectorIndex.of(_perturb(known[chosen], chance)),
        lexical=LexicalIndex.of([passage.words for passage in passages]),
        columns=Columns.of(passages),
    )
    return Search(index, search.encoder, search.records, search.names), time.perf_counter() - started


def _exchange_words(passages: Sequence[Passage], chance: np.random.Generator) -> Iterator[Passage]:
    words = np.array(sorted({word for passage in passages[:1000] for word in passage.text.split()}))
    for passage in passages:
        own = np.array(passage.text.split())
        exchanged = chance.random(len(own)) < _EXCHANGED
        own = np.where(exchanged, chance.choice(words, len(own)), own)
        yield replace(passage, text=" ".join(own.tolist()))


def _perturb(vectors: Vectors, chance: np.random.Generator) -> Vectors:
    noise: npt.NDArray[np.float32] = chance.standard_normal(vectors.shape, np.float32)
    moved = vectors + _NOISE * noise / np.linalg.norm(noise, axis=1, keepdims=True)
    return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), np.float32)


def _sizes(search: Search) -> Iterator[tuple[str, float]]:
    """What each part of the index takes on disk."""
    with tempfile.TemporaryDirectory() as folder:
        for name, part in (
            ("vectors", search.index.vectors),
            ("words", search.index.lexical),
            ("columns", search.index.columns),
        ):
            path = Path(folder) / name
            part.write(path)
            files = [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]
            yield f"{name} on disk", sum(each.stat().st_size for each in files) / 1e6


def read_filter_questions() -> list[str]:
    """The questions whose answer is an exact set."""
    lines = (ROOT / "data" / "gold" / "filter_questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


if __name__ == "__main__":
    print_scale(Path(sys.argv[1]))
