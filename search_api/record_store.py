"""Records by id without holding them: one pass notes where each line lies, and a look-up reads one line."""

from __future__ import annotations

import json
import os
import re
import weakref
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from graph.generations import Problem

_HEAD = re.compile(rb'\{"record": "(\w+)", "id": "([^"\\]+)"')
_PARENT = re.compile(rb'"(?:document|citing)": "([^"\\]+)"')
_ENDS = re.compile(rb'"from": "([^"\\]+)", "to": "([^"\\]+)"')
_CHILDREN = frozenset({"task", "duty", "target", "part", "mention"})


class Damaged(Problem):
    """A file of the knowledge base that does not hold what it should."""


class RecordStore:
    """The records of one generation: RecordStore(live.records).get(task)["text"]; any number of threads may read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._number: dict[str, int] = {}  # id -> which line
        self._starts, self._lengths = array("Q"), array("L")
        self._kinds: dict[str, list[str]] = {}
        self._lines: dict[str, list[int]] = {}
        self._children: dict[tuple[str, str], list[str]] = {}  # (document, kind) -> what was read in it
        self._links: dict[tuple[str, str], list[str]] = {}  # (document, "from" | "to") -> links
        try:
            self._handle = os.open(path, os.O_RDONLY)
            weakref.finalize(self, os.close, self._handle)
            self._scan()
        except OSError as error:
            raise Damaged(f"{path} cannot be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise Damaged(f"{path} is damaged: {error.reason}") from error

    def __len__(self) -> int:
        return len(self._number)

    def get(self, iri: str) -> dict[str, Any] | None:
        """One record as the contract has it, with its kind under "record"; None when nothing has this id."""
        number = self._number.get(iri)
        return None if number is None else self._read(number)

    def records(self, kind: str) -> Iterator[dict[str, Any]]:
        """The records of one kind, read one after the other: records("document")."""
        return map(self._read, self._lines.get(kind, ()))

    def ids(self, kind: str) -> Sequence[str]:
        """The ids of one kind in the order of the file: ids("duty")."""
        return self._kinds.get(kind, ())

    def items_of(self, document: str, kind: str) -> Sequence[str]:
        """The tasks, duties, targets, parts or mentions of a document: items_of(plan, "task")."""
        return self._children.get((document, kind), ())

    def links_of(self, document: str, end: str) -> Sequence[str]:
        """The links that start ("from") or end ("to") at a document: links_of(resolution, "to")."""
        return self._links.get((document, end), ())

    def _read(self, number: int) -> dict[str, Any]:
        line = os.pread(self._handle, self._lengths[number], self._starts[number])
        try:
            record: dict[str, Any] = json.loads(line)
        except ValueError as error:
            raise Damaged(f"{self.path} is damaged: build the knowledge base again") from error
        return record

    def _scan(self) -> None:
        with os.fdopen(os.dup(self._handle), "rb", buffering=2**20) as lines:
            start = 0
            for line in lines:
                head = _HEAD.match(line)
                if head is None or not line.endswith(b"}\n"):
                    raise Damaged(f"{self.path} is damaged at byte {start}: build the knowledge base again")
                self._note(head[1].decode(), head[2].decode(), line)
                self._starts.append(start)
                self._lengths.append(len(line))
                start += len(line)

    def _note(self, kind: str, iri: str, line: bytes) -> None:
        self._number.setdefault(iri, len(self._starts))  # a heading and its task may share one
        self._kinds.setdefault(kind, []).append(iri)
        self._lines.setdefault(kind, []).append(len(self._starts))
        if kind in _CHILDREN and (parent := _PARENT.search(line)):
            self._children.setdefault((parent[1].decode(), kind), []).append(iri)
        elif kind == "link" and (ends := _ENDS.search(line)):
            self._links.setdefault((ends[1].decode(), "from"), []).append(iri)
            self._links.setdefault((ends[2].decode(), "to"), []).append(iri)
