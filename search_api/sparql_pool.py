"""SPARQL from outside: a few query processes kept warm, each killed at its limits, and a short queue before them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from graph.generations import Problem
from graph.sparql_answer import Answer, Request
from graph.sparql_functions import Rate
from graph.sparql_worker import MEMORY, TIMEOUT, Limits, Overstayed, Worker


class Busy(Problem):
    """All query processes are taken, and the queue before them is full or did not move in time."""


@dataclass(frozen=True, slots=True)
class PoolLimits:
    """How much SPARQL may take of the machine: PoolLimits(in_flight=2, timeout=5)."""

    timeout: float = TIMEOUT  # seconds that a query may run
    memory: int = MEMORY
    answer: int = 50 * 2**20  # bytes
    in_flight: int = 4
    waiting: int = 16
    patience: float = 5.0  # seconds that a query waits for a process
    quick: float = 0.2  # seconds; after these a query is a long one
    long: int | None = None  # of those in flight; None: half, so that quick ones find a process beside them
    niceness: int = 15  # search beside it goes first
    idle_memory: int = 160 * 2**20  # a process that holds more after its query is started anew

    @property
    def most_long(self) -> int:
        """How many queries may run on beyond `quick`."""
        return max(1, self.in_flight // 2) if self.long is None else self.long


class SparqlPool:
    """Query processes over one store at a time: SparqlPool(limits).run(Request("ASK { ?s ?p ?o }")).

    Each is taken, idle or being renewed; of the idle ones the last used is taken first, then those not yet started.
    """

    def __init__(self, limits: PoolLimits, store: Path, rate: Rate | None = None) -> None:
        self.limits, self.store, self.rate = limits, store, rate
        process = Limits(limits.memory, limits.answer, limits.niceness, prepared=True)
        self._workers = tuple(Worker(store, process) for _ in range(limits.in_flight))
        self._idle: list[Worker] = []
        self._changed = threading.Condition()
        self._waiting = self._long = 0
        self._warming = self._closed = False
        self._starter = ThreadPoolExecutor(limits.in_flight, "sparql-start")
        self._renew(self._workers)

    def use(self, store: Path, rate: Rate | None = None) -> None:
        """Answer from this store from now on; a process over another one ends as soon as it is idle."""
        with self._changed:
            if store == self.store:
                return
            self.store, self.rate = store, rate
            stale, self._idle = self._idle, []
            self._renew(stale)

    def run(self, request: Request) -> Answer:
        """The answer of one query; Busy when no process is free soon, else what Worker.run raises.

        A query that turns out to be long while as many as may are running begins again when one of them has ended.
        """
        stay = _Stay(self)
        try:
            with suppress(Overstayed):
                return self._run(request, stay)
            stay.wait()
            return self._run(request, stay)
        finally:
            stay.end()

    def _run(self, request: Request, stay: _Stay) -> Answer:
        worker, rate = self._take()
        try:
            return worker.run(request, self.limits.timeout, rate, stay)
        except Problem:
            if self._closed:
                raise Busy("the server is ending") from None
            raise
        finally:
            self._give_back(worker)

    def close(self) -> None:
        """Kill every process; what runs or waits ends at once as Busy."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        for worker in self._workers:
            worker.kill()
        self._starter.shutdown(cancel_futures=True)
        for worker in self._workers:  # one that was just starting
            worker.kill()

    def _take(self) -> tuple[Worker, Rate | None]:
        with self._changed:
            if self._closed or not self._idle:
                self._wait(lambda: bool(self._idle), "no query process was free")
            return self._idle.pop(), self.rate  # an idle process is over the store that this rates

    def _wait(self, until: Callable[[], bool], otherwise: str) -> None:
        """Stand in the queue, with the lock held, until something is so; Busy when it is long or does not move."""
        if self._waiting >= self.limits.waiting:
            raise Busy(f"{self.limits.in_flight} queries are running and {self._waiting} are waiting")
        self._waiting += 1
        try:
            came = self._changed.wait_for(lambda: self._closed or until(), self.limits.patience)
        finally:
            self._waiting -= 1
        if self._closed:
            raise Busy("the server is ending")
        if not came:
            raise Busy(f"{otherwise} within {self.limits.patience:g} s")

    def _give_back(self, worker: Worker) -> None:
        fresh = worker.is_alive() and worker.resident() < self.limits.idle_memory
        with self._changed:
            if fresh and worker.store == self.store:
                self._idle.append(worker)
                self._changed.notify_all()
            else:
                self._renew([worker])

    def _renew(self, workers: Iterable[Worker]) -> None:
        for worker in workers:
            if not self._closed:
                self._starter.submit(self._restart, worker)

    def _restart(self, worker: Worker) -> None:
        """End a process; another starts in its place ahead of the next query only where no other is ready."""
        worker.close()
        with self._changed:
            worker.store = self.store
            ahead = not (self._warming or self._closed or any(each.is_alive() for each in self._idle))
            self._warming = self._warming or ahead
        if ahead:
            with suppress(Problem):  # whoever asks next is told why
                worker.start()
        with self._changed:
            self._warming = self._warming and not ahead
            if worker.store != self.store:  # switched again meanwhile
                self._renew([worker])
                return
            self._idle.insert(len(self._idle) if worker.is_alive() else 0, worker)
            self._changed.notify_all()


class _Stay:
    """Whether one query may run on when it is no quick one: at most so many at once."""

    def __init__(self, pool: SparqlPool) -> None:
        self.after, self._pool, self._granted = pool.limits.quick, pool, False

    def ask(self) -> bool:
        """Take a place among the long ones, if there is one."""
        with self._pool._changed:
            return self._take()

    def wait(self) -> None:
        """Take a place as soon as there is one."""
        with self._pool._changed:
            self._pool._wait(self._take, f"long queries are running ({self._pool.limits.most_long}), and none ended")

    def end(self) -> None:
        """Give the place back."""
        with self._pool._changed:
            self._pool._long -= self._granted
            self._pool._changed.notify_all()

    def _take(self) -> bool:
        if not self._granted and self._pool._long < self._pool.limits.most_long:
            self._granted = True
            self._pool._long += 1
        return self._granted
