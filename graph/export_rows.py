"""Records as rows: JSON lines, and CSV that is harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any, TypeAlias

from graph.generations import Generation
from graph.schema import CLASSES, singular
from ingest.records import Deadline, Source

Record: TypeAlias = Mapping[str, Any]
CHUNK = 2**16  # bytes that leave at once: a row alone is too little for a socket
_OPENED = {"deadline": Deadline, "source": Source}  # fields of which each part is a column
_LEFT_OUT = frozenset({"tags", "evidence", "origin"})  # what only JSON can hold
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # a spreadsheet would run such a cell
_COMPARATORS = frozenset({"=", ">=", ">", "<=", "<"})
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*%?")


def read_records(generation: Generation, kind: str) -> Iterator[dict[str, Any]]:
    """The records of one kind, as the contract has them: read_records(live, "duties")."""
    start = json.dumps({"record": singular(kind)})[:-1].encode() + b","
    with generation.records.open("rb") as lines:
        for line in lines:
            if line.startswith(start):
                yield json.loads(b"{" + line[len(start) :])


def columns_of(kind: str) -> tuple[str, ...]:
    """The columns of a kind of record: columns_of("target")[:3] == ("id", "document", "file")."""
    columns: list[str] = []
    for field in fields(CLASSES[singular(kind)]):
        if field.name in _OPENED:
            columns += [f"{field.name}_{part.name}" for part in fields(_OPENED[field.name])]
        elif field.name not in _LEFT_OUT:
            columns.append(field.name.rstrip("_"))
    return tuple(columns)


def open_record(record: Record) -> dict[str, Any]:
    """A record with the parts of its deadline and place beside its other fields: {"deadline_raw": "2026", ...}."""
    row: dict[str, Any] = {}
    for name, value in record.items():
        if name in _OPENED:
            row |= {f"{name}_{part}": inner for part, inner in (value or {}).items()}
        else:
            row[name] = value
    return row


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


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet might run a cell: "=1+1", "- Rà soát"; a bare ">=" or "-20" is none."""
    return cell.startswith(_FORMULA) and cell not in _COMPARATORS and not _NUMBER.fullmatch(cell)


def defuse(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: "=1+1" -> "'=1+1"."""
    return f"'{cell}" if is_formula(cell) else cell


def stream_jsonl(records: Iterable[Record]) -> Iterator[bytes]:
    """One record a line, without the kind: that is what was asked for."""
    for record in records:
        line = {name: value for name, value in record.items() if name != "record"}
        yield json.dumps(line, ensure_ascii=False).encode() + b"\n"


def stream_csv(kind: str, records: Iterable[Record]) -> Iterator[bytes]:
    """A head and a row for each record, after the mark by which Excel knows UTF-8."""
    columns = columns_of(kind)
    yield b"\xef\xbb\xbf" + _write_row(columns)
    for record in records:
        row = open_record(record)
        yield _write_row([defuse(flat_cell(row.get(name))) for name in columns])


def gather(parts: Iterable[bytes], size: int = CHUNK) -> Iterator[bytes]:
    """The same bytes in pieces worth sending: one row after the other becomes 64 kB."""
    held = bytearray()
    for part in parts:
        held += part
        if len(held) >= size:
            yield bytes(held)
            held.clear()
    if held:
        yield bytes(held)


def _write_row(cells: Iterable[str]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue().encode()
