"""Times a cold build by stage with its peak memory, queries beside rdflib's in-memory engine, search and pages.

Everything is measured in one run on the same data; medians are printed, and ratios where two engines do the same work.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import rdflib
from pyoxigraph import Store

from graph.generations import open_current
from graph.pipeline import build
from graph.prefixes import PREFIXES
from graph.store import open_store, read_query, select
from graph.trace import trace
from search_api.indexing import SearchIndexer
from search_api.sbert import SbertEncoder
from tests.bench.pages import print_pages
from tests.bench.search import print_search
from tests.conftest import ROOT

PLANS = ROOT / "data" / "plans"
BUILDS = 3
RUNS = 7
QUERIES = ("tasks_of_directive", "tasks_due_in_year", "agencies_by_task_count", "legal_basis_chain")
# The heart of a trace as one query: every document that a task rests on, at any depth.
PATH = """SELECT DISTINCT ?basis WHERE {
  ?task cc:partOf/(cc:legalBasis|cc:implements|cc:amends|cc:guides|cc:promulgatedWith|^cc:approves)+ ?basis
}"""


def main() -> None:
    """Print the tables as Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        builds = [_build_apart(Path(folder) / str(run)) for run in range(BUILDS)]
        _print_builds(builds)
        print()
        _print_queries(Path(folder) / "0")
        print()
        print_search(Path(folder) / "0")
        print()
        print_pages(Path(folder) / "0")
        print(flush=True)
        # in a process of its own, whose memory is that of the large index alone
        subprocess.run([sys.executable, "-m", "tests.bench.scale", str(Path(folder) / "0")], check=True)


def _build_apart(kb: Path) -> dict[str, float]:
    """One cold build in a process of its own: seconds by stage, and the peak memory of it and its workers in MB."""
    ran = subprocess.run([sys.executable, "-m", "tests.bench", str(kb)], capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(ran.stdout)
    return figures


def build_once(kb: Path) -> dict[str, float]:
    """Build here and tell the figures; run in a process of its own, so that memory is that of one build."""
    started = time.perf_counter()
    result = build([PLANS], kb, indexer=SearchIndexer(SbertEncoder))
    total = time.perf_counter() - started
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {**result.seconds, "total": total, "peak": peak / 1024}


def _print_builds(builds: list[dict[str, float]]) -> None:
    print(f"| stage of a cold build | seconds (median of {len(builds)}) |\n|---|---:|")
    for stage in builds[0]:
        if stage != "peak":
            print(f"| {stage} | {statistics.median(each[stage] for each in builds):.2f} |")
    print(f"\nPeak memory: {statistics.median(each['peak'] for each in builds):.0f} MB.")


def _print_queries(kb: Path) -> None:
    generation = open_current(kb)
    store = open_store(generation.store)
    memory = rdflib.Dataset(default_union=True)
    memory.parse(generation.path / "graph.nq", format="nquads")
    task = _some_task(store)
    print("| work | Oxigraph ms | rdflib in memory ms | ratio |\n|---|---:|---:|---:|")
    print(f"| trace of a task with its quotes | {_milliseconds(lambda: trace(store, task)):.1f} | | |")
    texts = {"what a task rests on, at any depth": PATH.replace("?task", f"<{task}>")}
    texts |= {name: read_query(name) for name in QUERIES}
    for name, text in texts.items():
        fast = _milliseconds(partial(_ask_oxigraph, store, text))
        slow = _milliseconds(partial(_ask_rdflib, memory, text), runs=1)
        print(f"| {name} | {fast:.1f} | {slow:.0f} | {slow / fast:.0f} |")


def _some_task(store: Store) -> str:
    """A task of the longest table, found by query: benchmarks name no plan."""
    rows = select(store, "SELECT ?task { ?task a cc:Task ; cc:code ?code } ORDER BY ?task LIMIT 1")
    return str(next(rows)[0].value)


def _ask_oxigraph(store: Store, text: str) -> object:
    return list(select(store, text))


def _ask_rdflib(memory: rdflib.Dataset, text: str) -> object:
    return list(memory.query(text, initNs=dict(PREFIXES)))


def _milliseconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """The median of several runs, after one to warm up where there are several."""
    if runs > 1:
        work()
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - started))
    return statistics.median(times)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        json.dump(build_once(Path(sys.argv[1])), sys.stdout)
    else:
        main()
