"""The graph as files: all of it as it lies on disk, or what is said of some items; nothing is held in memory."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from typing import BinaryIO, TypeAlias, cast

import pyoxigraph as ox

from graph.export_rows import CHUNK
from graph.generations import Generation
from graph.prefixes import PREFIXES

Quads: TypeAlias = Iterable[ox.Quad]
GRAPH_FORMATS = ("nq", "nt", "ttl", "jsonld", "rdfxml")
IN_MEMORY = 2**22  # bytes; what is longer waits on disk
_SERIALIZED = {"ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD, "rdfxml": ox.RdfFormat.RDF_XML}
_ABOUT = ox.NamedNode(PREFIXES["cc"] + "aboutSubject")
_FOLLOWED = frozenset({PREFIXES["cc"] + "assignment", PREFIXES["oa"] + "hasTarget", PREFIXES["oa"] + "hasSelector"})
_NAMESPACES = re.compile(rb'xmlns:[\w-]+="[^"]*"')


def stream_graph(generation: Generation, format_: str) -> Iterator[bytes]:
    """The whole graph of a generation; nq and jsonld say which text states what: stream_graph(live, "ttl")."""
    if format_ in ("nq", "nt"):
        with generation.graph.open("rb") as lines:
            yield from iter(lambda: lines.read(CHUNK), b"") if format_ == "nq" else _drop_graphs(lines)
        return
    with generation.graph.open("rb") as lines:
        yield from _serialize(ox.parse(lines, format=ox.RdfFormat.N_QUADS), format_)


def stream_items(store: ox.Store, ids: Iterable[str], format_: str) -> Iterator[bytes]:
    """What is said of some tasks, duties, targets or documents, with who is to do it and the quote of every fact."""
    quads = _describe(store, ids)
    if format_ in ("nq", "nt"):
        lines = (f"{quad} .\n".encode() for quad in quads)
        yield from lines if format_ == "nq" else _drop_graphs(lines)
        return
    yield from _serialize(quads, format_)


def _describe(store: ox.Store, ids: Iterable[str]) -> Iterator[ox.Quad]:
    """The quads of each item and of the nodes that only serve to describe it, each node once, sorted by item."""
    seen: set[str] = set()
    for iri in sorted(set(ids)):
        pending, found = [iri], []
        while pending:
            node = pending.pop()
            if node in seen:
                continue
            seen.add(node)
            own = [q for q in store.quads_for_pattern(ox.NamedNode(node), None, None, None) if _is_named(q)]
            found += own
            pending += [
                q.object.value for q in own if q.predicate.value in _FOLLOWED and isinstance(q.object, ox.NamedNode)
            ]
            about = store.quads_for_pattern(None, _ABOUT, ox.NamedNode(node), None)
            pending += [q.subject.value for q in about if isinstance(q.subject, ox.NamedNode)]
        yield from sorted(found, key=str)


def _is_named(quad: ox.Quad) -> bool:
    return isinstance(quad.graph_name, ox.NamedNode)  # the default graph repeats what the others say


def _drop_graphs(lines: Iterable[bytes]) -> Iterator[bytes]:
    """N-Quads that are sorted as N-Triples: what several graphs say stands on lines that follow each other."""
    previous = b""
    for line in lines:
        triple = line.rsplit(b" ", 2)[0] + b" .\n"
        if triple != previous:
            yield triple
        previous = triple


def _serialize(quads: Quads, format_: str) -> Iterator[bytes]:
    """Through a file of its own: the writer writes, it cannot be asked for the next piece."""
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as file:
        if format_ == "jsonld":
            ox.serialize(quads, cast(BinaryIO, file), format=_SERIALIZED[format_])
        else:
            prefixes = PREFIXES
            ox.serialize(_each_triple(quads), cast(BinaryIO, file), format=_SERIALIZED[format_], prefixes=prefixes)
        file.seek(0)
        yield _settle_head(file.read(CHUNK), format_)
        yield from iter(lambda: file.read(CHUNK), b"")


def _each_triple(quads: Quads) -> Iterator[ox.Triple]:
    previous = None
    for quad in quads:
        if quad.triple != previous:
            yield quad.triple
        previous = quad.triple


def _settle_head(start: bytes, format_: str) -> bytes:
    """The prefixes in one order: the writer's own changes from run to run."""
    if format_ == "ttl":
        lines = start.splitlines(keepends=True)
        head = [line for line in lines if line.startswith(b"@prefix ")]
        return b"".join(sorted(head) + lines[len(head) :])
    if format_ == "rdfxml":
        head_xml, opening, rest = start.partition(b"<rdf:RDF")
        inside, close, body = rest.partition(b">")
        return head_xml + opening + b" " + b" ".join(sorted(_NAMESPACES.findall(inside))) + close + body
    return start
