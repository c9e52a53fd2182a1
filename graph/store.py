"""The graph in Oxigraph, loaded once from sorted N-Quads, then only read: every named graph, and all of them merged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QuerySolution,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    Variable,
    serialize,
)

from graph.prefixes import PREFIXES

QUERIES = Path(__file__).resolve().parent / "queries"


def load_store(quads: Path, folder: Path) -> int:
    """Write a store from graph.nq and return how many quads that has; nobody writes the store afterwards."""
    store = Store(str(folder))
    store.bulk_load(path=str(quads), format=RdfFormat.N_QUADS)
    # The default graph holds each triple once: Oxigraph's union of graphs repeats what several of them say.
    merged = folder.with_suffix(".nt")
    count = 0
    with quads.open("rb") as lines, merged.open("wb") as triples:
        for line in lines:
            count += 1
            triples.write(line.rsplit(b" ", 2)[0] + b" .\n")
    store.bulk_load(path=str(merged), format=RdfFormat.N_TRIPLES)
    merged.unlink()
    store.optimize()  # a store opened read-only without this plans its queries badly
    store.flush()
    return count


def open_store(folder: Path) -> Store:
    """A store to read from, shared with any number of other readers."""
    return Store.read_only(str(folder))


def select(
    store: Store, query: str, bindings: Mapping[str, NamedNode | Literal] | None = None
) -> Iterator[QuerySolution]:
    """Rows of one of our own SELECT queries over all graphs; `bindings` are values of variables that it selects."""
    values: dict[Variable, NamedNode | BlankNode | Literal | Triple] = {
        Variable(name): value for name, value in (bindings or {}).items()
    }
    found = store.query(query, prefixes=PREFIXES, substitutions=values)
    if not isinstance(found, QuerySolutions):
        raise TypeError("only SELECT queries have rows")
    return iter(found)


def read_query(name: str) -> str:
    """The text of a shipped query: read_query("tasks_of_directive")."""
    return (QUERIES / f"{name}.rq").read_text(encoding="utf-8")


def count_rows(store: Store, name: str) -> int:
    """What a counting query prints, or how many rows another one finds: count_rows(store, "facts_without_quote")."""
    rows = list(select(store, read_query(name)))
    if len(rows) == 1 and len(rows[0]) == 1 and isinstance(rows[0][0], Literal):
        return int(rows[0][0].value)
    return len(rows)


def write_turtle(triples: Iterable[Triple], prefixes: Mapping[str, str] = PREFIXES) -> bytes:
    """Triples as Turtle, each once and in one order: Oxigraph's own order of prefixes changes from run to run."""
    ordered = sorted(set(triples), key=str)
    written = serialize(ordered, format=RdfFormat.TURTLE, prefixes=dict(prefixes)) or b""
    lines = written.splitlines(keepends=True)
    head = sorted(line for line in lines if line.startswith(b"@prefix "))
    return b"".join(head) + b"".join(lines[len(head) :])
