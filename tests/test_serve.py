"""The server as a process: it says where it is, refuses what it cannot serve, and leaves nothing behind."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.conftest import ROOT
from tests.small_kb import plan_text, small_kb

# Without search: what the small knowledge base has is enough here.
SERVE = (
    "import sys; from pathlib import Path; from search_api import cli_serve as c;"
    "c.open_live_search, c.ROUTERS = None, ();"
    "c.run_serve(Path(sys.argv[1]), '127.0.0.1', 0)"
)
ALL = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
HOSTILE = {
    "cross-join": f"SELECT (COUNT(*) AS ?n) {{ {ALL} }}",
    "open-path": f"SELECT (COUNT(*) AS ?n) {{ ?a (!<x:y>|^!<x:y>)* ?b . ?c (!<x:y>|^!<x:y>)* ?d . {ALL} }}",
    "order-by": f"SELECT * {{ {ALL} }} ORDER BY ?c ?f ?i",
    "all-rows": f"SELECT * {{ {ALL} }}",
    "open-path-from-all": "SELECT * { ?s (!<x:y>)* ?o }",
    "huge-values": "SELECT * { ?a ?b ?c VALUES ?c { " + " ".join(f'"value {n}"' for n in range(6000)) + f" }} {ALL} }}",
    "regex-bomb": f'SELECT (COUNT(*) AS ?n) {{ {ALL} FILTER(REGEX(CONCAT(?c, ?f), "((a+)+)+$|(.*)*x$")) }}',
    "deep-nesting": "SELECT * {" + "{ ?a ?b ?c OPTIONAL " * 60 + "{}" + "}" * 60 + "}",
    "nested-too-deeply": "SELECT * {" + "{" * 3000 + "}" * 3000 + "}",
    "all-triples": f"CONSTRUCT {{ ?a ?b ?i }} {{ {ALL} }}",
}


@dataclass(frozen=True, slots=True)
class Served:
    """A running server and its address."""

    process: subprocess.Popen[str]
    url: str

    def get(self, path: str) -> tuple[int, float]:
        """Status and seconds of one request."""
        began = time.perf_counter()
        try:
            with urllib.request.urlopen(self.url + path, timeout=60) as response:
                response.read()
                status: int = response.status
        except urllib.error.HTTPError as error:
            error.read()
            status = error.code
        return status, time.perf_counter() - began

    def query(self, text: str) -> tuple[int, float]:
        """Status and seconds of one SPARQL query."""
        return self.get("sparql?" + urlencode({"query": text}))

    def family(self) -> list[int]:
        """The process ids of the server and of all that it started."""
        pids = [self.process.pid]
        for pid in pids:
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                pids += map(int, task.read_text().split())
        return pids

    def memory(self) -> int:
        """What they hold together, in bytes."""
        held = 0
        for pid in self.family():
            status = Path(f"/proc/{pid}/status").read_text()
            held += sum(int(kb) * 1024 for kb in re.findall(r"VmRSS:\s+(\d+)", status))
        return held


@contextmanager
def serve(*command: str) -> Iterator[Served]:
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        line = process.stderr.readline()
        found = re.search(r"http://\S+", line)
        assert found, line
        yield Served(process, found[0])
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


def wait_for_end(pids: list[int]) -> list[int]:
    """Those that are still there after three seconds."""
    until = time.monotonic() + 3
    while pids and time.monotonic() < until:
        time.sleep(0.05)
        pids = [
            pid for pid in pids if Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_text()
        ]
    return pids


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL], ids=lambda sent: sent.name)
def test_nothing_is_left_when_it_ends(sent: signal.Signals) -> None:
    with serve("-c", SERVE, str(small_kb())) as served, ThreadPoolExecutor(1) as threads:
        running = threads.submit(served.query, HOSTILE["cross-join"])
        time.sleep(1)
        family = served.family()
        assert len(family) > 2
        began = time.perf_counter()
        served.process.send_signal(sent)
        code = served.process.wait(10)
        # The query began a second before and would run to its limit of ten: nobody waited for that.
        assert time.perf_counter() - began < 8
        assert code == (-signal.SIGKILL if sent == signal.SIGKILL else 0)
        assert wait_for_end(family[1:]) == []
        if sent != signal.SIGKILL:
            assert running.result()[0] == 503
            assert served.process.stderr is not None
            assert served.process.stderr.read() == ""
        else:
            running.exception()


@pytest.mark.parametrize("workers", ["1", "2"])
def test_what_can_not_be_served_is_one_line(tmp_path: Path, workers: str) -> None:
    command = [sys.executable, "-m", "search_api.cli", "serve", "--workers", workers, "--kb"]
    ended = subprocess.run([*command, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)
    assert "no knowledge base" in ended.stderr


def test_a_port_in_use_is_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code = SERVE.replace("'127.0.0.1', 0", f"'127.0.0.1', {taken.getsockname()[1]}")
        ended = subprocess.run(
            [sys.executable, "-c", code, str(small_kb())], cwd=ROOT, capture_output=True, text=True, timeout=60
        )
    assert ended.returncode != 0
    assert "the port is in use" in ended.stderr.splitlines()[-1]


@pytest.mark.slow
def test_several_processes_share_one_generation(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "plan.txt").write_text(plan_text(7), encoding="utf-8")
    kb = str(tmp_path / "kb")
    command = [sys.executable, "-m", "search_api.cli", "build", str(tmp_path / "plans"), "--kb", kb]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with serve("-m", "search_api.cli", "serve", "--kb", kb, "--port", "0", "--workers", "2") as served:
        assert {served.get("ready")[0] for _ in range(20)} == {200}
        assert served.query("ASK { ?t a cc:Task }")[0] == 200
        family = served.family()
        assert len(family) >= 5
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(10) == 0
        assert wait_for_end(family) == []


LIGHT = [
    pytest.param("api/tasks/719%2FQD-UBND%23II.1", id="a-task"),
    pytest.param("sparql?" + urlencode({"query": "SELECT ?t { ?t a cc:Task } LIMIT 5"}), id="a-light-query"),
]


@pytest.mark.slow
@pytest.mark.parametrize("path", LIGHT)
def test_ten_hostile_queries_leave_the_rest_fast(path: str) -> None:
    with serve("-c", SERVE, str(small_kb())) as served:
        served.query("ASK {}")
        before, done, seconds, failed = served.memory(), threading.Event(), list[float](), list[int]()

        def ask_again_and_again() -> None:
            while not done.is_set():
                status, took = served.get(path)
                seconds.append(took)
                if status != 200:
                    failed.append(status)
                time.sleep(0.02)

        with ThreadPoolExecutor(11) as threads:
            beside = threads.submit(ask_again_and_again)
            hostile = [threads.submit(served.query, text) for text in HOSTILE.values()]
            ends = dict(zip(HOSTILE, (each.result() for each in hostile), strict=True))
            done.set()
            beside.result()
        assert {status for status, _ in ends.values()} <= {200, 400, 503}, ends
        assert {ends[name][0] for name in ("cross-join", "order-by", "all-rows", "regex-bomb")} <= {400, 503}
        assert max(took for _, took in ends.values()) < 20
        assert failed == []
        seconds.sort()
        assert len(seconds) > 50
        assert seconds[int(len(seconds) * 0.95)] < 0.1
        assert served.query("ASK { ?t a cc:Task }")[0] == 200
        assert served.memory() - before < 300 * 2**20
