"""Times the pages of the site over the built knowledge base, as a browser that asks one after another gets them."""

from __future__ import annotations

import gzip
import statistics
import time
import urllib.request
from pathlib import Path

from tests.bench.search import serve
from tests.every_page import BUILT

ROUNDS = 9


def print_pages(kb: Path) -> None:
    """Print the table as Markdown: median time and weight of each page, the slowest first."""
    with serve(kb) as base:
        rows = sorted((_measure(base + path), name) for name, path in BUILT.items() if name != "not-found")
    print("| page | ms (median) | kB compressed |\n|---|---:|---:|")
    for (milliseconds, kilobytes), name in reversed(rows):
        print(f"| {name} | {milliseconds:.0f} | {kilobytes:.0f} |")


def _measure(url: str) -> tuple[float, float]:
    times, content = [], b""
    for _ in range(ROUNDS + 1):
        started = time.perf_counter()
        with urllib.request.urlopen(url, timeout=60) as answer:
            content = answer.read()
        times.append(1000 * (time.perf_counter() - started))
    return statistics.median(times[1:]), len(gzip.compress(content, 5)) / 1000  # the first fills the caches
