"""Bulk files: records as JSON lines or CSV, the graph as N-Quads, N-Triples or Turtle."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph as ox

from graph.generations import Generation, Problem
from graph.schema import singular
from graph.store import write_turtle

KINDS = ("tasks", "duties", "targets", "documents", "mentions", "links", "agencies", "unresolved", "parts")
FORMATS = {**dict.fromkeys(KINDS, ("jsonl", "csv")), "graph": ("nq", "nt", "ttl")}
LATER = {**dict.fromkeys(KINDS, ("xlsx",)), "graph": ("jsonld", "rdfxml"), "deadlines": ("ics",)}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run such a cell
_COMPARATORS = frozenset({"=", ">=", ">", "<=", "<"})
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*%?")
_Write = Callable[[Generation, str, BinaryIO], None]


def export(generation: Generation, kind: str, format_: str | None, out: Path | None) -> None:
    """Write one kind to a file, whole or not at all, or to stdout: export(live, "tasks", "csv", Path("tasks.csv")).

    Without a format the file's name tells it: Path("tasks.csv") is CSV.
    """
    write = _choose(kind, format_ or (_format_of(out) if out else None))
    if out is None:
        write(generation, kind, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    draft = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with draft.open("wb") as stream:
            write(generation, kind, stream)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(draft, out)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise Problem(f"{out} cannot be written: {error.strerror}") from error


def read_records(generation: Generation, kind: str) -> Iterator[dict[str, Any]]:
    """The records of one kind, as the contract has them: read_records(live, "duties")."""
    start = json.dumps({"record": singular(kind)})[:-1].encode() + b","
    with generation.records.open("rb") as lines:
        for line in lines:
            if line.startswith(start):
                yield json.loads(b"{" + line[len(start) :])


def flat_cell(value: Any) -> str:
    """One cell of a table: lists joined by "; ", a body by its name, what is nested otherwise as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return "; ".join(flat_cell(each) for each in value)
    if isinstance(value, Mapping):
        if "title" in value and "label" in value:
            return ". ".join(filter(None, (value["label"], value["title"])))
        return str(value["name"]) if "name" in value else json.dumps(value, ensure_ascii=False)
    return str(value)


def defuse(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: "=1+1" -> "'=1+1"; a bare ">=" or "-20" is none."""
    if cell in _COMPARATORS or _NUMBER.fullmatch(cell):
        return cell
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _format_of(out: Path) -> str | None:
    """The format that a file's name asks for, where it is one of ours: "graph.ttl" -> "ttl"."""
    suffix = out.suffix.lower().removeprefix(".")
    return suffix if any(suffix in known for known in (*FORMATS.values(), *LATER.values())) else None


def _choose(kind: str, format_: str | None) -> _Write:
    known = FORMATS.get(kind, ())
    later = LATER.get(kind, ())
    if not known and not later:
        raise Problem(f"nothing is exported as {kind}: expected one of {', '.join([*FORMATS, 'deadlines'])}")
    format_ = format_ or (known or later)[0]
    if format_ in later:
        raise Problem(f"{kind} as {format_} comes later; there is {', '.join(known) or 'no other format yet'}")
    if format_ not in known:
        raise Problem(f"{kind} cannot be had as {format_}: expected one of {', '.join(known)}")
    return _WRITERS[format_]


def _write_jsonl(generation: Generation, kind: str, stream: BinaryIO) -> None:
    for record in read_records(generation, kind):
        stream.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")


def _write_csv(generation: Generation, kind: str, stream: BinaryIO) -> None:
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")  # Excel knows UTF-8 by its mark
    try:
        writer = csv.writer(text, lineterminator="\r\n")
        head: Sequence[str] = ()
        for record in read_records(generation, kind):
            row = _flatten(record)
            if not head:
                head = tuple(row)
                writer.writerow(head)
            writer.writerow([defuse(row.get(name, "")) for name in head])
    finally:
        text.detach()


def _flatten(record: Mapping[str, Any]) -> dict[str, str]:
    """A record as one row: the deadline and the place of its quote get columns of their own."""
    row: dict[str, str] = {}
    for name, value in record.items():
        if name in ("deadline", "source"):
            row |= {f"{name}_{part}": flat_cell(inner) for part, inner in (value or {}).items()}
        elif name not in ("evidence", "origin"):
            row[name] = flat_cell(value)
    return row


def _write_nq(generation: Generation, kind: str, stream: BinaryIO) -> None:
    with generation.graph.open("rb") as quads:
        shutil.copyfileobj(quads, stream)


def _write_nt(generation: Generation, kind: str, stream: BinaryIO) -> None:
    previous = None
    for line in sorted(f"{triple} .\n" for triple in _triples(generation)):
        if line != previous:
            stream.write(line.encode())
        previous = line


def _write_ttl(generation: Generation, kind: str, stream: BinaryIO) -> None:
    stream.write(write_turtle(_triples(generation)))


def _triples(generation: Generation) -> Iterator[ox.Triple]:
    with generation.graph.open("rb") as quads:
        for quad in ox.parse(quads, format=ox.RdfFormat.N_QUADS):
            yield quad.triple


_WRITERS: dict[str, _Write] = {
    "jsonl": _write_jsonl,
    "csv": _write_csv,
    "nq": _write_nq,
    "nt": _write_nt,
    "ttl": _write_ttl,
}
