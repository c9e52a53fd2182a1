"""One query judged, run and written as bytes, without limits of time and memory: what a query process does."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pyoxigraph as ox

from graph.generations import Problem
from graph.prefixes import PREFIXES
from graph.sparql import Query, Refused, describe_syntax_error, read_query_text, refuse_foreign_graphs
from graph.sparql_dataset import Chosen, choose_graphs
from graph.sparql_functions import Table, make_functions
from graph.store import write_turtle

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
    "rdfxml": ox.RdfFormat.RDF_XML,
}
_AS_TRIPLES = {"json": "jsonld", "xml": "rdfxml"}  # what who asks for triples "as XML" means
Look = Callable[[Sequence[str]], Mapping[str, Table]]  # the tables of the texts that a query asks about
_XML_NAME = re.compile(r"[^\W\d][\w.-]*\Z")  # what an IRI must end with to be the name of an element
_XML_PREFIXES = re.compile(rb"( xmlns:[\w-]+=\"[^\"]*\")+")


class TooLarge(Problem):
    """A query whose answer has more bytes than may leave."""


class NoSuchFormat(Refused):
    """A format that the form of the query does not have: SELECT as Turtle."""


@dataclass(frozen=True, slots=True)
class Request:
    """A query as it came, the format of its answer (None: json or ttl), and values for variables it selects."""

    text: str
    format: str | None = None
    bindings: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # name -> ("iri" | "text" | "integer", value)
    accepted: tuple[str, ...] = ()  # without a format: the first of these that the form of the query has
    default_graphs: tuple[str, ...] = ()  # when either is given, both stand in place of FROM and FROM NAMED
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The bytes of a result, and in which format and for which form of query ("SELECT") they are."""

    form: str
    format: str
    content: bytes


def answer_request(store: ox.Store, request: Request, largest: int | None = None, look: Look | None = None) -> Answer:
    """Judge, run and serialize one query: answer_request(store, Request("ASK { ?s ?p ?o }")).content."""
    query = read_query_text(write_values(request.text, request.bindings))
    if request.default_graphs or request.named_graphs:
        query = replace(query, default_graphs=request.default_graphs, named_graphs=request.named_graphs)
    named = frozenset(graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode))
    refuse_foreign_graphs(query, named)
    format_ = _choose_format(query, request)
    tables = _look_up(query, look)
    try:
        result = _run(choose_graphs(store, query, named), query.text, request.bindings, tables)
        return Answer(query.form, format_, _write(result, format_, largest))
    except SyntaxError as error:
        raise describe_syntax_error(error.msg) from error
    except (RuntimeError, ValueError, OSError) as error:
        raise Refused(f"the query failed: {' '.join(str(error).split())}") from error


def _choose_format(query: Query, request: Request) -> str:
    known: Mapping[str, object] = ROW_FORMATS if query.has_rows else TRIPLE_FORMATS
    if request.format is None and not request.accepted:
        return next(iter(known))
    wanted = [request.format] if request.format else request.accepted
    if request.format and not query.has_rows:
        wanted = [_AS_TRIPLES.get(request.format, request.format)]
    for each in wanted:
        if each in known:
            return each
    raise NoSuchFormat(f"{query.form} has no results as {' or '.join(wanted)}: expected one of {', '.join(known)}")


def _look_up(query: Query, look: Look | None) -> Mapping[str, Table]:
    if not query.texts:
        return {}
    if look is None:
        raise Refused("cc:score and cc:passage need the search index, which is not open here")
    return look(query.texts)


def _run(
    chosen: Chosen, text: str, bindings: Mapping[str, tuple[str, str]], tables: Mapping[str, Table]
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    return chosen.store.query(
        text,
        prefixes=PREFIXES,
        default_graph=chosen.default,
        named_graphs=chosen.named,
        substitutions={ox.Variable(name): _term(*value) for name, value in bindings.items()},
        custom_functions=make_functions(tables) if tables else None,
    )


def _write(result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, format_: str, largest: int | None) -> bytes:
    if isinstance(result, ox.QueryTriples):
        return write_triples(_bounded(result, largest), format_, largest)
    answer = _Bounded(largest)
    result.serialize(answer, format=ROW_FORMATS[format_])
    return answer.getvalue()


def write_triples(
    triples: Iterable[ox.Triple], format_: str, largest: int | None = None, prefixes: Mapping[str, str] = PREFIXES
) -> bytes:
    """Triples in one of TRIPLE_FORMATS, each once and in one order: write_triples(triples, "nt")."""
    answer = _Bounded(largest)
    if format_ == "ttl":
        answer.write(write_turtle(triples, prefixes))
        return answer.getvalue()
    ordered = sorted(set(triples), key=str)
    if format_ == "rdfxml":
        _refuse_unnameable(ordered)
    ox.serialize(ordered, answer, format=TRIPLE_FORMATS[format_], prefixes=dict(prefixes))
    return _sort_prefixes(answer.getvalue()) if format_ == "rdfxml" else answer.getvalue()


def _refuse_unnameable(triples: Iterable[ox.Triple]) -> None:
    """Oxigraph writes an element without a name, which is not XML, for a predicate like <http://example.org/1>."""
    for each in triples:
        if not _XML_NAME.search(each.predicate.value):
            raise NoSuchFormat(f"RDF/XML has no name for the predicate <{each.predicate.value}>: ask for Turtle")


def _sort_prefixes(xml: bytes) -> bytes:
    """Oxigraph's own order of prefixes changes from run to run."""
    return _XML_PREFIXES.sub(lambda found: b" " + b" ".join(sorted(found[0].split())), xml, count=1)


class _Bounded(io.BytesIO):
    """Bytes, up to so many."""

    def __init__(self, largest: int | None) -> None:
        super().__init__()
        self.largest = largest

    def write(self, part: Any) -> int:
        if self.largest is not None and self.tell() + len(part) > self.largest:
            raise _too_large(self.largest)
        return super().write(part)


def _bounded(triples: Iterable[ox.Triple], largest: int | None) -> Iterator[ox.Triple]:
    """Triples as they come, until what they take as text is too much: sorting needs them all at once."""
    length = 0
    for each in triples:
        length += len(str(each))
        if largest is not None and length > largest:
            raise _too_large(largest)
        yield each


def _too_large(largest: int) -> TooLarge:
    return TooLarge(f"the answer has more than {largest // 2**20} MB: ask for less, for example with LIMIT")


def write_values(text: str, bindings: Mapping[str, tuple[str, str]]) -> str:
    """Values where a query keeps a place for them, "VALUES ?year { UNDEF }": a filter sees no substitution.

    What comes out is judged like any query, whatever a value may hold.
    """
    for name, value in bindings.items():
        text = text.replace(f"VALUES ?{name} {{ UNDEF }}", f"VALUES ?{name} {{ {write_value(*value)} }}")
    return text


def write_value(kind: str, value: str) -> str:
    """A value as it stands in the text of a query: write_value("iri", "https://…/ns#Task") == "<https://…/ns#Task>"."""
    return str(int(value)) if kind == "integer" else str(_term(kind, value))


def _term(kind: str, value: str) -> ox.NamedNode | ox.Literal:
    if kind == "iri":
        return ox.NamedNode(value)
    return ox.Literal(int(value)) if kind == "integer" else ox.Literal(value)
