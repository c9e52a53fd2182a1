"""Files of the graph, sorted: rdflib's own order changes from one process to the next, and its writers are slow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from rdflib import Dataset, Literal, URIRef
from rdflib.namespace import XSD
from rdflib.term import Node

from graph.prefixes import PREFIXES

ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
NEEDS_ESCAPE = re.compile(r'[\\"\x00-\x1f\x7f\u2028\u2029\x85]')  # the last three end a line for some readers
NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
LOCAL_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def write_dataset(dataset: Dataset, path: Path) -> None:
    """All quads, one a line, sorted: write_dataset(build_dataset(corpus, "0.1.0"), Path("graph.nq"))."""
    terms = Terms()
    lines = []
    for graph in dataset.graphs():
        end = f"{terms[graph.identifier]} .\n" if graph.identifier != dataset.default_graph.identifier else ".\n"
        lines += [f"{terms[s]} {terms[p]} {terms[o]} {end}" for s, p, o in graph]
    write_lines(path, sorted(lines))


def write_ntriples(dataset: Dataset, path: Path) -> None:
    """All triples, whatever their graph, each once, sorted."""
    write_lines(path, [f"{s} {p} {o} .\n" for s, p, o in sorted_triples(dataset, Terms())])


def write_turtle(dataset: Dataset, path: Path) -> None:
    """All triples, whatever their graph, by subject, with prefixes: what a person opens first."""
    lines = [f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items()]
    for subject, triples in groupby(sorted_triples(dataset, ShortTerms()), key=lambda triple: triple[0]):
        facts = " ;\n".join(
            f"    {'a' if predicate == 'rdf:type' else predicate} {', '.join(each[2] for each in same)}"
            for predicate, same in groupby(triples, key=lambda triple: triple[1])
        )
        lines.append(f"\n{subject}\n{facts} .\n")
    write_lines(path, lines)


def write_lines(path: Path, lines: list[str]) -> None:
    """UTF-8 with plain line ends, on every system."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(lines)


def sorted_triples(dataset: Dataset, terms: Terms) -> Iterator[tuple[str, str, str]]:
    """The union of all graphs, as written terms: ("cc:Task", "a", "owl:Class")."""
    yield from sorted({(terms[s], terms[p], terms[o]) for graph in dataset.graphs() for s, p, o in graph})


class Terms(dict[Node, str]):
    """Terms as N-Quads writes them, each worked out once: Terms()[Literal("UBND tỉnh", lang="vi")]."""

    def __missing__(self, node: Node) -> str:
        self[node] = written = self.iri(node) if isinstance(node, URIRef) else self.literal(node)
        return written

    def iri(self, node: URIRef) -> str:
        """<https://w3id.org/cancu/ns#Task>; a ValueError where a reader would refuse it."""
        if NOT_IN_IRI.search(node):
            raise ValueError(f"expected an IRI, got {str(node)!r}")
        return f"<{node}>"

    def literal(self, node: Node) -> str:
        """ "UBND tỉnh"@vi; a ValueError for a blank node, which this graph must not have."""
        if not isinstance(node, Literal):
            raise ValueError(f"expected an IRI or a literal, got {node!r}")
        quoted = f'"{NEEDS_ESCAPE.sub(escape, node)}"'
        if node.language:
            return f"{quoted}@{node.language}"
        return quoted if node.datatype in (None, XSD.string) else f"{quoted}^^{self.iri(node.datatype)}"


class ShortTerms(Terms):
    """Terms as Turtle writes them: cc:Task."""

    def iri(self, node: URIRef) -> str:
        """cc:Task where a prefix fits, else the whole IRI."""
        for prefix, namespace in PREFIXES.items():
            if node.startswith(namespace) and LOCAL_NAME.fullmatch(node, len(namespace)):
                return f"{prefix}:{node[len(namespace) :]}"
        return super().iri(node)


def escape(match: re.Match[str]) -> str:
    """One character as N-Quads wants it: a line end is \\n, a control character \\u0001."""
    return ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}"
