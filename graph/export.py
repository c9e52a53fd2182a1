"""Bulk files: records as JSON lines, CSV or Excel, deadlines as a calendar, the graph in five formats of RDF."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path

from graph.export_calendar import describe_feed, make_calendar
from graph.export_graph import GRAPH_FORMATS, stream_graph
from graph.export_rows import Record, gather, read_records, stream_csv, stream_jsonl
from graph.export_xlsx import stream_workbook
from graph.facts import Facts
from graph.generations import Generation, Problem
from graph.rhythms import Lifetimes, ends_of_bodies
from graph.schema import singular
from graph.store import open_store

KINDS = ("tasks", "duties", "targets", "documents", "mentions", "links", "agencies", "unresolved", "parts")
FORMATS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(KINDS, ("jsonl", "csv", "xlsx")),
    "all": ("xlsx",),
    "deadlines": ("ics",),
    "graph": GRAPH_FORMATS,
}
CALENDAR = "Thời hạn và chế độ báo cáo"
_SUFFIXES = {"rdf": "rdfxml", "ical": "ics"}  # further endings of files
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What to write, and where to say what is not in it."""

    generation: Generation
    kind: str
    format: str
    say: Say


def export(
    generation: Generation,
    kind: str,
    format_: str | None,
    out: Path | None,
    say: Callable[[str], None] = lambda _: None,
) -> None:
    """Write one kind to a file, whole or not at all, or to stdout: export(live, "tasks", "csv", Path("tasks.csv")).

    Without a format the file's name tells it: Path("tasks.csv") is CSV. `say` is told what a calendar leaves out.
    """
    chosen = choose_format(kind, format_ or (_format_of(out) if out else None))
    if out is None and chosen == "xlsx" and sys.stdout.isatty():
        raise Problem(f"a workbook is nothing for a terminal: name a file, --out {kind}.xlsx")
    parts = gather(_stream(_Wanted(generation, kind, chosen, say)))
    if out is None:
        sys.stdout.buffer.writelines(parts)
        sys.stdout.buffer.flush()
        return
    draft = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with draft.open("wb") as stream:
            stream.writelines(parts)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(draft, out)
    except OSError as error:
        raise Problem(f"{out} cannot be written: {error.strerror}") from error
    finally:
        draft.unlink(missing_ok=True)


def choose_format(kind: str, format_: str | None) -> str:
    """The format that was asked for, or the first that a kind has: choose_format("deadlines", None) == "ics"."""
    known = FORMATS.get(kind)
    if known is None:
        raise Problem(f"nothing is exported as {kind}: expected one of {', '.join(FORMATS)}")
    format_ = _SUFFIXES.get(format_, format_) if format_ else known[0]
    if format_ not in known:
        raise Problem(f"{kind} cannot be had as {format_}: expected one of {', '.join(known)}")
    return format_


def stream_rows(
    kind: str, records: Iterable[Record], format_: str, made: datetime, language: str = "vi"
) -> Iterator[bytes]:
    """Records of one kind ("tasks") as jsonl or csv, which name fields by their codes, or as xlsx, by their heads."""
    if format_ == "jsonl":
        return stream_jsonl(records)
    one = singular(kind)
    if format_ == "csv":
        return stream_csv(one, records)
    return stream_workbook(((one, record) for record in records), made, [one], language)


def _format_of(out: Path) -> str | None:
    """The format that a file's name asks for, where it is one of ours: "graph.ttl" -> "ttl"."""
    suffix = out.suffix.lower().removeprefix(".")
    suffix = _SUFFIXES.get(suffix, suffix)
    return suffix if any(suffix in known for known in FORMATS.values()) else None


def _stream(wanted: _Wanted) -> Iterator[bytes]:
    live, made = wanted.generation, wanted.generation.finished
    if wanted.kind == "graph":
        return stream_graph(live, wanted.format)
    if wanted.kind == "all":
        records = ((singular(kind), record) for kind in KINDS for record in read_records(live, kind))
        return stream_workbook(records, made, [singular(kind) for kind in KINDS])
    if wanted.kind == "deadlines":
        documents = {record["id"]: record for record in read_records(live, "documents")}
        lifetimes = Lifetimes(documents, ends_of_bodies(Facts(open_store(live.store))))
        feed = make_calendar(
            lambda: chain(read_records(live, "tasks"), read_records(live, "duties")), lifetimes, made, CALENDAR
        )
        wanted.say(describe_feed(feed))
        return feed.parts
    return stream_rows(wanted.kind, read_records(live, wanted.kind), wanted.format, made)
