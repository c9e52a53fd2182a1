"""The live generation, opened once and shared by all requests; a newer one takes its place whole or not at all."""

from __future__ import annotations

import hashlib
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from pyoxigraph import Store

from graph.generations import Generation, Problem, hold_generation, open_current
from graph.names import Names
from graph.store import open_store
from search_api.catalogue import summarize_documents
from search_api.record_store import Damaged, RecordStore

_RETRY = 30.0  # seconds
OpenSearch = Callable[[Generation, RecordStore, Names], Any]


@dataclass(frozen=True, slots=True)
class Opened:
    """A generation with all that answers from it; a request keeps the one that it began with."""

    generation: Generation
    store: Store
    names: Names
    records: RecordStore
    documents: Sequence[Mapping[str, Any]]  # as a list shows them
    search: Any  # what open_search made of the generation
    hold: IO[bytes]  # while it is open, no build removes the generation


class Live:
    """The generation that CURRENT names: Live(kb, open_search).current().names.find("57/KH-UBND@2023").

    Opening the first one raises Problem; one that comes later and cannot be opened leaves the old one serving.
    """

    def __init__(self, kb: Path, open_search: OpenSearch | None = None) -> None:
        self.kb = kb
        self.problem: str | None = None  # why a newer generation is not served
        self._open_search = open_search
        self._listeners: list[Callable[[Opened], None]] = []
        self._refreshing = threading.Lock()
        self._ended = threading.Event()
        self._watcher: threading.Thread | None = None
        self._again = float("inf")  # when to try once more what could not be opened
        self._seen = self._look()
        self._opened = open_generation(open_current(kb), open_search)

    def current(self) -> Opened:
        """What a request answers from, from its beginning to its end."""
        return self._opened

    def on_switch(self, listener: Callable[[Opened], None]) -> None:
        """Have a function called with each generation that takes over."""
        self._listeners.append(listener)

    def refresh(self) -> bool:
        """Switch if CURRENT has changed since the last look; True when another generation took over."""
        with self._refreshing:
            seen = self._look()
            if seen == self._seen and time.monotonic() < self._again:
                return False
            self._seen, self._again = seen, float("inf")
            try:
                generation = open_current(self.kb)
                if generation == self._opened.generation:
                    self.problem = None
                    return False
                opened = open_generation(generation, self._open_search)
            except Problem as problem:
                self._again = time.monotonic() + _RETRY
                if self.problem != str(problem):  # said once
                    self.problem = str(problem)
                    serving = self._opened.generation.id
                    print(f"cancu: {problem}; generation {serving} goes on serving", file=sys.stderr, flush=True)
                return False
            except (OSError, MemoryError):
                self._again = time.monotonic() + _RETRY  # a shortage passes
                raise
            self._opened, self.problem = opened, None
            for listener in self._listeners:
                listener(opened)
            return True

    def watch(self, every: float) -> None:
        """Look every so many seconds, in a thread of its own, until close()."""
        self._ended.clear()
        self._watcher = threading.Thread(target=self._watch, args=(every,), name="live-watch", daemon=True)
        self._watcher.start()

    def close(self) -> None:
        """Stop looking; what is open stays open for the requests that have it."""
        self._ended.set()
        if self._watcher is not None:
            self._watcher.join(5)

    def _watch(self, every: float) -> None:
        while not self._ended.wait(every):
            try:
                self.refresh()
            except Exception as error:
                self.problem = f"{type(error).__name__}: {error}"
                print(f"cancu: internal error while switching: {self.problem}", file=sys.stderr, flush=True)

    def _look(self) -> tuple[int, int, bytes] | None:
        """CURRENT as it is now; a rename over it changes its inode even where the name stays."""
        pointer = self.kb / "CURRENT"
        try:
            stat = pointer.stat()
            return stat.st_ino, stat.st_mtime_ns, pointer.read_bytes()
        except OSError:
            return None


def open_generation(generation: Generation, open_search: OpenSearch | None = None) -> Opened:
    """All parts of a generation, checked against each other; Problem when one is missing or damaged."""
    _check_hash(generation, generation.records)
    hold = hold_generation(generation)
    records = RecordStore(generation.records)
    try:
        store = open_store(generation.store)
        names = Names(store)
        stored = {each.iri for each in names.documents}
    except (OSError, ValueError, RuntimeError) as error:
        raise Damaged(_damaged(generation, generation.store)) from error
    if stored != set(records.ids("document")):
        raise Damaged(_damaged(generation, generation.store))
    documents = tuple(summarize_documents(names, records))
    search = open_search(generation, records, names) if open_search else None
    return Opened(generation, store, names, records, documents, search, hold)


def _check_hash(generation: Generation, path: Path) -> None:
    """Whether a file is as the manifest has it; a manifest that says nothing of it is trusted."""
    wanted = generation.manifest.get("hashes", {}).get(path.name)
    if wanted is None:
        return
    try:
        with path.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise Damaged(_damaged(generation, path)) from error
    if found != wanted:
        raise Damaged(_damaged(generation, path))


def _damaged(generation: Generation, path: Path) -> str:
    return f"generation {generation.id} is damaged ({path.name}): build it again (`cancu build`)"
