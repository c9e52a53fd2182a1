"""A query runs in a process of its own, over a store opened read-only, and is killed when its time is over.

Neither engine's Python API can stop a running query, so nothing less than a process would do.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

import pyoxigraph as ox

from graph.generations import Problem
from graph.prefixes import PREFIXES
from graph.sparql import Query, Refused, read_query_text, refuse_foreign_graphs
from graph.store import open_store, write_turtle

TIMEOUT = 10.0
MEMORY = 512 * 2**20
_STARTING = 60.0  # the store is opened and the parser loaded before a query's time begins
ROW_FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
TRIPLE_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
}


@dataclass(frozen=True, slots=True)
class Request:
    """A query as it came, the format of its answer (None: json or ttl), and values for variables it selects."""

    text: str
    format: str | None = None
    bindings: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # name -> ("iri" | "text" | "integer", value)


@dataclass(frozen=True, slots=True)
class Answer:
    """The bytes of a result, and in which format and for which form of query ("SELECT") they are."""

    form: str
    format: str
    content: bytes


class Worker:
    """One process that answers queries one after the other: Worker(store).run(Request("ASK {?s ?p ?o}"), 10)."""

    def __init__(self, store: Path, memory: int = MEMORY) -> None:
        self.store, self.memory = store, memory
        self._process: multiprocessing.context.SpawnProcess | None = None
        self._pipe: Connection | None = None

    def run(self, request: Request, timeout: float = TIMEOUT) -> Answer:
        """The answer; Refused for a query that may not run, Problem for one that took too much time or memory."""
        pipe = self._start()
        try:
            pipe.send(request)
            if not pipe.poll(timeout):
                self.close()
                raise Problem(f"the query was stopped after {timeout:g} s")
            answer: Answer | Problem = pipe.recv()
        except (EOFError, BrokenPipeError, ConnectionResetError):
            self.close()
            raise Problem(f"the query was stopped: it needed more than {self.memory // 2**20} MB of memory") from None
        if isinstance(answer, Problem):
            raise answer
        return answer

    def close(self) -> None:
        """Kill the process; the next query starts another one."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None

    def _start(self) -> Connection:
        if self._pipe is not None and self._process is not None and self._process.is_alive():
            return self._pipe
        self.close()
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self.store, self.memory), daemon=True)
        self._process.start()
        theirs.close()
        if not self._pipe.poll(_STARTING):
            self.close()
            raise Problem("the query process did not start")
        if isinstance(problem := self._pipe.recv(), Problem):
            raise problem
        return self._pipe


def run_query(store: Path, request: Request, timeout: float = TIMEOUT, memory: int = MEMORY) -> Answer:
    """One query in a process that ends with it: run_query(generation.store, Request("ASK { ?s ?p ?o }"))."""
    worker = Worker(store, memory)
    try:
        return worker.run(request, timeout)
    finally:
        worker.close()


def answer_request(store: ox.Store, request: Request) -> Answer:
    """Judge, run and serialize one query, here and without limits: what the process does for each request."""
    query = read_query_text(_write_values(request.text, request.bindings))
    named = frozenset(graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode))
    refuse_foreign_graphs(query, named)
    format_ = request.format or ("json" if query.has_rows else "ttl")
    known: Mapping[str, object] = ROW_FORMATS if query.has_rows else TRIPLE_FORMATS
    if format_ not in known:
        raise Refused(f"{query.form} has no results as {format_}: expected one of {', '.join(known)}")
    try:
        return Answer(query.form, format_, _execute(store, query, format_, request.bindings))
    except SyntaxError as error:
        raise Refused(f"syntax error: {error.msg.splitlines()[0]}") from error
    except (RuntimeError, ValueError, OSError) as error:
        raise Refused(f"the query failed: {' '.join(str(error).split())}") from error


def _execute(store: ox.Store, query: Query, format_: str, bindings: Mapping[str, tuple[str, str]]) -> bytes:
    chosen = bool(query.default_graphs or query.named_graphs)
    result = store.query(
        query.text,
        prefixes=PREFIXES,
        default_graph=[ox.NamedNode(each) for each in query.default_graphs] if chosen else None,
        named_graphs=[ox.NamedNode(each) for each in query.named_graphs] if chosen else None,
        substitutions={ox.Variable(name): _term(*value) for name, value in bindings.items()},
    )
    if not isinstance(result, ox.QueryTriples):
        return result.serialize(format=ROW_FORMATS[format_]) or b""
    if format_ == "ttl":
        return write_turtle(result)
    return ox.serialize(sorted(set(result), key=str), format=TRIPLE_FORMATS[format_], prefixes=PREFIXES) or b""


def _write_values(text: str, bindings: Mapping[str, tuple[str, str]]) -> str:
    """Values where a query keeps a place for them, "VALUES ?year { UNDEF }": a filter sees no substitution.

    What comes out is judged like any query, whatever a value may hold.
    """
    for name, value in bindings.items():
        text = text.replace(f"VALUES ?{name} {{ UNDEF }}", f"VALUES ?{name} {{ {_term(*value)} }}")
    return text


def _term(kind: str, value: str) -> ox.NamedNode | ox.Literal:
    if kind == "iri":
        return ox.NamedNode(value)
    return ox.Literal(int(value)) if kind == "integer" else ox.Literal(value)


def _serve(pipe: Connection, folder: Path, memory: int) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # an allocation that fails ends the process with a long trace
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    try:
        store = open_store(folder)
        read_query_text("ASK {}")  # the parser is built when it is first used
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    except (OSError, ValueError) as error:
        pipe.send(Problem(f"the store cannot be opened: {error}"))
        return
    pipe.send(None)
    while True:
        try:
            request: Request = pipe.recv()
        except EOFError:
            return
        try:
            pipe.send(answer_request(store, request))
        except Problem as problem:
            pipe.send(Problem(str(problem)) if type(problem) is Problem else Refused(str(problem)))
        except MemoryError:
            os._exit(1)


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
