"""SPARQL from outside: nothing that a query does outlives its limits, and nobody waits for ever."""

from __future__ import annotations

import errno
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest

from graph.generations import Problem
from graph.sparql import Malformed, Refused
from graph.sparql_answer import Request, TooLarge
from graph.sparql_worker import NotStarted, TooGreedy, TooSlow
from search_api.sparql_pool import Busy, PoolLimits, SparqlPool
from tests.small_kb import small_generation

ALL = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
ENDLESS = f"SELECT (COUNT(*) AS ?n) {{ {ALL} }}"
GREEDY = f"SELECT * {{ {ALL} }} ORDER BY ?c ?f ?i"
QUICK = Request("ASK { ?t a cc:Task }", "csv")


@pytest.fixture(scope="module")
def pool() -> Iterator[SparqlPool]:
    pool = SparqlPool(PoolLimits(timeout=1, in_flight=2, waiting=1, patience=0.3, long=2), small_generation().store)
    pool.run(QUICK)
    yield pool
    pool.close()


def wait_until_idle(pool: SparqlPool) -> None:
    until = time.monotonic() + 20
    while len(pool._idle) < pool.limits.in_flight and time.monotonic() < until:
        time.sleep(0.02)
    assert len(pool._idle) == pool.limits.in_flight


@pytest.mark.parametrize(
    ("request_", "error"),
    [
        pytest.param(Request(ENDLESS), TooSlow, id="too-slow"),
        pytest.param(Request("SELECT * {"), Malformed, id="malformed"),
        pytest.param(Request("CLEAR ALL"), Refused, id="refused"),
    ],
)
def test_the_next_one_runs(pool: SparqlPool, request_: Request, error: type[Problem]) -> None:
    wait_until_idle(pool)
    began = time.perf_counter()
    with pytest.raises(error):
        pool.run(request_)
    assert time.perf_counter() - began < 4
    assert pool.run(QUICK).content == b"true"


def test_an_error_has_its_place_on_this_side_too(pool: SparqlPool) -> None:
    with pytest.raises(Malformed) as caught:
        pool.run(Request("SELECT *\n{ ?s ?p }"))
    assert (caught.value.line, caught.value.column) == (2, 3)


def test_a_process_is_used_again(pool: SparqlPool) -> None:
    wait_until_idle(pool)
    pool.run(QUICK)
    first = pool._idle[-1]
    assert first.is_alive()
    pool.run(QUICK)
    assert pool._idle[-1] is first


def test_too_many_are_told_so_soon(pool: SparqlPool) -> None:
    wait_until_idle(pool)
    with ThreadPoolExecutor(2) as threads:
        running = [threads.submit(pool.run, Request(ENDLESS)) for _ in range(2)]
        while pool._idle:
            time.sleep(0.01)
        began = time.perf_counter()
        with pytest.raises(Busy, match=r"within 0\.3 s"):
            pool.run(QUICK)
        assert time.perf_counter() - began < 2
        assert [type(each.exception()) for each in running] == [TooSlow, TooSlow]


def test_a_long_queue_is_closed_at_once(pool: SparqlPool) -> None:
    wait_until_idle(pool)
    with ThreadPoolExecutor(3) as threads:
        running = [threads.submit(pool.run, Request(ENDLESS)) for _ in range(3)]
        while pool._idle or not pool._waiting:
            time.sleep(0.01)
        with pytest.raises(Busy, match="2 queries are running and 1 are waiting"):
            pool.run(QUICK)
        assert {type(each.exception()) for each in running} == {TooSlow, Busy}


def test_a_large_answer_is_an_error_and_the_process_stays() -> None:
    pool = SparqlPool(PoolLimits(in_flight=1, answer=20_000), small_generation().store)
    try:
        for text in ("SELECT * { ?a ?b ?c }", "CONSTRUCT WHERE { ?a ?b ?c }"):
            with pytest.raises(TooLarge, match="LIMIT"):
                pool.run(Request(text))
        assert len(pool.run(Request("SELECT * { ?a ?b ?c } LIMIT 9")).content) < 20_000
        assert pool._workers[0].is_alive()
    finally:
        pool.close()


def test_another_store_takes_over(pool: SparqlPool) -> None:
    pool = SparqlPool(PoolLimits(in_flight=1), small_generation().store)
    try:
        pool.run(QUICK)
        pool.use(Path("/nowhere"))
        with pytest.raises(NotStarted, match="cannot be opened"):
            pool.run(QUICK)
        pool.use(small_generation().store)
        assert pool.run(QUICK).content == b"true"
    finally:
        pool.close()


def test_a_process_that_can_not_be_started_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    with monkeypatch.context() as full:
        full.setattr(ForkServerProcess, "start", refuse)
        pool = SparqlPool(PoolLimits(in_flight=1), small_generation().store)
        for _ in range(2):
            with pytest.raises(NotStarted, match="Resource temporarily unavailable"):
                pool.run(QUICK)
    try:
        assert pool.run(QUICK).content == b"true"
    finally:
        pool.close()


def test_closing_ends_what_runs() -> None:
    pool = SparqlPool(PoolLimits(in_flight=1, timeout=30), small_generation().store)
    pool.run(QUICK)
    threading.Timer(0.5, pool.close).start()
    began = time.perf_counter()
    with pytest.raises(Busy, match="ending"):
        pool.run(Request(ENDLESS))
    assert time.perf_counter() - began < 5
    with pytest.raises(Busy):
        pool.run(QUICK)
    assert not pool._workers[0].is_alive()


def test_memory_has_its_own_error() -> None:
    pool = SparqlPool(PoolLimits(in_flight=1, timeout=60, memory=256 * 2**20), small_generation().store)
    try:
        with pytest.raises(TooGreedy, match="256 MB"):
            pool.run(Request(GREEDY))
        assert pool.run(QUICK).content == b"true"
    finally:
        pool.close()


def test_long_queries_leave_a_process_to_quick_ones() -> None:
    pool = SparqlPool(PoolLimits(timeout=2, in_flight=2, patience=0.5), small_generation().store)
    try:
        pool.run(QUICK)
        with ThreadPoolExecutor(4) as threads:
            running = [threads.submit(pool.run, Request(ENDLESS)) for _ in range(4)]
            time.sleep(1.2)  # each has been tried by now, and one goes on
            took = []
            for _ in range(10):
                began = time.perf_counter()
                assert pool.run(QUICK).content == b"true"
                took.append(time.perf_counter() - began)
            assert sorted(took)[5] < 0.1
            ends = [each.exception() for each in running]
        assert sorted(type(each).__name__ for each in ends) == ["Busy", "Busy", "Busy", "TooSlow"]
        told = {str(each) for each in ends if isinstance(each, Busy)}
        assert told <= {
            "long queries are running (1), and none ended within 0.5 s",
            "no query process was free within 0.5 s",
        }
        assert pool._long == 0
    finally:
        pool.close()


def test_a_long_query_begins_again_when_another_has_ended() -> None:
    pool = SparqlPool(PoolLimits(timeout=0.8, in_flight=2, patience=5), small_generation().store)
    try:
        pool.run(QUICK)
        with ThreadPoolExecutor(3) as threads:
            ends = [each.exception() for each in [threads.submit(pool.run, Request(ENDLESS)) for _ in range(3)]]
        assert [type(each) for each in ends] == [TooSlow] * 3
    finally:
        pool.close()


@pytest.mark.parametrize(
    ("limits", "most"),
    [
        pytest.param(PoolLimits(), 2, id="half"),
        pytest.param(PoolLimits(in_flight=1), 1, id="the-only-one"),
        pytest.param(PoolLimits(in_flight=5), 2, id="the-smaller-half"),
        pytest.param(PoolLimits(in_flight=2, long=2), 2, id="as-told"),
    ],
)
def test_how_many_may_be_long(limits: PoolLimits, most: int) -> None:
    assert limits.most_long == most
