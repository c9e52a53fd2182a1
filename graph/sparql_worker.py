"""A query runs in a process of its own, over a store opened read-only, and is killed when its time is over.

Neither engine's Python API can stop a running query, so nothing less than a process would do.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Protocol

from graph.generations import Problem
from graph.sparql import Refused, read_query_text
from graph.sparql_answer import Answer, Request, answer_request
from graph.sparql_functions import Rate, Table
from graph.store import open_store

TIMEOUT = 10.0
MEMORY = 512 * 2**20
_PREPARED = ["graph.sparql_worker", "graph.sparql_parser"]  # what each process of a server is forked with
_STARTING = 60.0  # the store is opened and the parser loaded before a query's time begins


class NotStarted(Problem):
    """The query process, or its store, could not be opened."""


class TooSlow(Problem):
    """A query that was killed at its time."""


class Overstayed(Problem):
    """A query that was ended because it is not quick, and no more such may run now."""


class TooGreedy(Problem):
    """A query whose process ended at its limit of memory."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query process may use: Limits(answer=50 * 2**20, niceness=10)."""

    memory: int = MEMORY
    answer: int | None = None  # bytes
    niceness: int = 0
    prepared: bool = False  # many are started, one after the other: each in some 50 ms, the first as slowly as without


class Stay(Protocol):
    """Leave to run on, for a query that is not answered soon."""

    after: float  # seconds

    def ask(self) -> bool:
        """Whether it may; once it may, it may to its end."""


@dataclass(frozen=True, slots=True)
class _Texts:
    """What a query process needs tables of before it can go on."""

    texts: tuple[str, ...]


class Worker:
    """One process that answers queries one after the other: Worker(store).run(Request("ASK {?s ?p ?o}"), 10)."""

    def __init__(self, store: Path, limits: Limits = Limits()) -> None:
        self.store, self.limits = store, limits
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def run(
        self, request: Request, timeout: float = TIMEOUT, rate: Rate | None = None, stay: Stay | None = None
    ) -> Answer:
        """The answer; Refused for a query that may not run, another Problem for one that went over its limits.

        The query is parsed over there, the texts that it asks about are rated here; all of it is its time.
        """
        pipe = self.start()
        until = time.monotonic() + timeout
        answer = self._ask(pipe, request, timeout, stay)
        if isinstance(answer, _Texts):
            tables = self._rate(answer, rate, until - time.monotonic())
            answer = None if tables is None else self._ask(pipe, tables, until - time.monotonic(), stay)
        if answer is None:
            self.close()
            raise TooSlow(f"the query was stopped after {timeout:g} s")
        if isinstance(answer, Problem):
            raise answer
        assert isinstance(answer, Answer)
        return answer

    def _ask(self, pipe: Connection, question: object, seconds: float, stay: Stay | None) -> object:
        """What comes back; None when nothing does in time."""
        quick = min(seconds, stay.after) if stay else seconds
        try:
            pipe.send(question)
            if not pipe.poll(max(0.0, quick)):
                if stay and quick < seconds and not stay.ask():
                    self.close()
                    raise Overstayed(f"the query takes more than {stay.after:g} s")
                if not pipe.poll(max(0.0, seconds - quick)):
                    return None
            return pipe.recv()
        except (EOFError, OSError):  # it ended before or while it answered
            self.close()
            needed = f"it needed more than {self.limits.memory // 2**20} MB of memory"
            raise TooGreedy(f"the query was stopped: {needed}") from None

    def _rate(self, texts: _Texts, rate: Rate | None, seconds: float) -> Mapping[str, Table] | Problem | None:
        """The tables of texts; None when they are not made in time."""
        if rate is None:
            return Refused("cc:score and cc:passage need the search index, which is not open here")
        try:
            return rate_in_time(texts.texts, rate, seconds)
        except TimeoutError:
            return None
        except Problem as problem:
            return problem
        except BaseException:
            self.close()  # it waits for tables that will not come
            raise

    def close(self) -> None:
        """Kill the process; the next query starts another one."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None

    def kill(self) -> None:
        """End the process from another thread: a query that runs in it ends as one that took too much."""
        if (process := self._process) is not None:
            process.kill()

    def is_alive(self) -> bool:
        """Whether the next query finds a process ready."""
        process = self._process
        return process is not None and process.is_alive()

    def resident(self) -> int:
        """The memory that the process holds, in bytes; 0 where the system does not say."""
        try:
            pages = Path(f"/proc/{self._process.pid if self._process else None}/statm").read_text().split()[1]
        except OSError:
            return 0
        return int(pages) * resource.getpagesize()

    def start(self) -> Connection:
        """Have the process ready before a query comes."""
        if self._pipe is not None and self.is_alive():
            return self._pipe
        self.close()
        try:
            self._process, pipe = _start(self.store, self.limits)
        except OSError as error:  # no more processes, or no more files
            raise NotStarted(f"the query process cannot be started: {error.strerror or error}") from error
        self._pipe = pipe
        try:
            problem = pipe.recv() if pipe.poll(_STARTING) else NotStarted("the query process did not start")
        except (EOFError, OSError):
            problem = NotStarted("the query process ended while it started")
        if isinstance(problem, Problem):
            self.close()
            raise problem
        return pipe


def rate_in_time(texts: Sequence[str], rate: Rate, seconds: float) -> Mapping[str, Table]:
    """A table for each text: rate_in_time(("chữ ký số",), rate, 10); TimeoutError after so many seconds.

    No thread can be stopped: one that is late ends by itself after the text that it is at, and nobody waits for it.
    """
    made: Future[Mapping[str, Table]] = Future()
    late = threading.Event()

    def rate_all() -> None:
        try:
            made.set_result({text: rate(text) for text in texts if not late.is_set()})
        except BaseException as error:  # raised again where it is waited for
            made.set_exception(error)

    threading.Thread(target=rate_all, name="sparql-rate", daemon=True).start()
    try:
        return made.result(max(0.0, seconds))
    finally:
        late.set()


def run_query(
    store: Path, request: Request, timeout: float = TIMEOUT, memory: int = MEMORY, rate: Rate | None = None
) -> Answer:
    """One query in a process that ends with it: run_query(generation.store, Request("ASK { ?s ?p ?o }"))."""
    worker = Worker(store, Limits(memory))
    try:
        return worker.run(request, timeout, rate)
    finally:
        worker.close()


def _start(store: Path, limits: Limits) -> tuple[BaseProcess, Connection]:
    """A new process and our end of the pipe to it; OSError leaves neither behind."""
    context: SpawnContext | ForkServerContext = multiprocessing.get_context("spawn")
    if limits.prepared:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(_PREPARED)
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, store, limits), daemon=True)
    # Ctrl-C is for the program, which then ends its workers: the mask is handed down.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
    except OSError:
        ours.close()
        raise
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()
    return process, ours


def _serve(pipe: Connection, folder: Path, limits: Limits) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # an allocation that fails ends the process with a long trace
    os.nice(limits.niceness)
    threading.Thread(target=leave_with_parent, daemon=True).start()
    try:
        store = open_store(folder)
        read_query_text("ASK {}")  # the parser is built when it is first used
        resource.setrlimit(resource.RLIMIT_DATA, (limits.memory, limits.memory))
    except (OSError, ValueError, RuntimeError) as error:
        pipe.send(NotStarted(f"the store cannot be opened: {error}"))
        return
    pipe.send(None)

    def look(texts: Sequence[str]) -> Mapping[str, Table]:
        pipe.send(_Texts(tuple(texts)))
        tables: Mapping[str, Table] | Problem = pipe.recv()
        if isinstance(tables, Problem):
            raise tables
        return tables

    while True:
        try:
            request: Request = pipe.recv()
        except EOFError:
            return
        try:
            pipe.send(answer_request(store, request, limits.answer, look))
        except Problem as problem:
            pipe.send(problem)
        except MemoryError:
            os._exit(1)


def leave_with_parent() -> None:
    """End this process as soon as the one that started it has ended, however that came."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
