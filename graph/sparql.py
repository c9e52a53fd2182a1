"""SPARQL from outside: parsed and judged before it runs, then run where it can be killed.

Nothing that a query says can write, call out, or read another graph than those of the store.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pyparsing import ParseException, ParseResults
from rdflib import XSD, Literal, URIRef
from rdflib.plugins.sparql.algebra import translateQuery, traverse
from rdflib.plugins.sparql.parser import parseQuery, parseUpdate
from rdflib.plugins.sparql.parserutils import CompValue

from graph.generations import Problem
from graph.prefixes import PREFIXES
from graph.sparql_functions import LONGEST_TEXT, MOST_TEXTS, PASSAGE, SCORE, key_of

_FORMS = {"SelectQuery": "SELECT", "AskQuery": "ASK", "ConstructQuery": "CONSTRUCT", "DescribeQuery": "DESCRIBE"}
_PARSING = threading.Lock()  # rdflib's parser breaks for good when several threads use it first
_PLACE = re.compile(r"error at (\d+):(\d+)")


class Refused(Problem):
    """A query that will not be run, with the reason in one line."""


class Invalid(Refused):
    """A query that is not SPARQL, wherever it is wrong: Invalid("the query is not valid: Unknown namespace prefix")."""


class Malformed(Invalid):
    """A query that is not SPARQL, and where: Malformed("syntax error at line 3, column 1", 3, 1)."""

    def __init__(self, reason: str, line: int, column: int) -> None:
        super().__init__(reason)
        self.line, self.column = line, column

    def __reduce__(self) -> tuple[type[Malformed], tuple[str, int, int]]:
        return Malformed, (str(self), self.line, self.column)  # it crosses from process to process


@dataclass(frozen=True, slots=True)
class Query:
    """A query that may run: its text, its form ("SELECT"), the graphs that it names with FROM (none: all)."""

    text: str
    form: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()  # what cc:score and cc:passage are asked about

    @property
    def has_rows(self) -> bool:
        """SELECT and ASK have results, CONSTRUCT and DESCRIBE triples."""
        return self.form in ("SELECT", "ASK")


def read_query_text(text: str) -> Query:
    """Parse a query and judge it: read_query_text("ASK { ?task a cc:Task }").form == "ASK"; raises Refused."""
    with _PARSING:
        parsed = _parse(text)
        try:
            _resolve_own_prefixes(parsed)
            nodes = list(_walk(parsed))  # translating resolves them in place, and drops filters inside EXISTS
            translated = translateQuery(parsed)
        except RecursionError:
            raise Refused("the query is nested too deeply") from None
        except Exception as error:  # rdflib raises bare Exceptions: an unknown prefix, a variable used twice
            raise Invalid(f"the query is not valid: {' '.join(str(error).split())}") from error
    if any(node.name == "ServiceGraphPattern" for node in nodes):
        raise Refused("SERVICE is refused: a query may not call other servers")
    clauses = translated.algebra.datasetClause or ()
    return Query(
        text,
        _FORMS[translated.algebra.name],
        tuple(str(clause.default) for clause in clauses if clause.default is not None),
        tuple(str(clause.named) for clause in clauses if clause.named is not None),
        _find_texts(nodes),
    )


def refuse_foreign_graphs(query: Query, known: frozenset[str]) -> None:
    """Raises Refused when FROM or FROM NAMED names a graph that the store does not hold."""
    for graph in (*query.default_graphs, *query.named_graphs):
        if graph not in known:
            raise Refused(f"FROM names a graph that is not in this store: <{graph}>")


def describe_syntax_error(message: str) -> Refused:
    """What Oxigraph says of a query that rdflib took: describe_syntax_error("error at 1:30: expected …").line == 1."""
    reason = message.splitlines()[0]
    if found := _PLACE.match(reason):
        line, column = int(found[1]), int(found[2])
        return Malformed(f"syntax error at line {line}, column {column}{reason[found.end() :]}", line, column)
    return Invalid(f"syntax error: {reason}")


def _parse(text: str) -> ParseResults:
    try:
        return parseQuery(text)
    except RecursionError:
        raise Refused("the query is nested too deeply") from None
    except ValueError as error:  # of an escape that is no character: "\UFFFFFFFF"
        raise Invalid(f"the query is not valid: {error}") from error
    except ParseException as error:
        if _is_update(text):
            raise Refused("an update is refused: the store is read-only") from error
        raise _describe_error(text, error) from error


def _is_update(text: str) -> bool:
    try:
        return bool(parseUpdate(text).request)
    except (ParseException, RecursionError, AttributeError):
        return False


def _describe_error(text: str, error: ParseException) -> Malformed:
    # Oxigraph names the farthest place that it tried: behind "LIMT 5", where this one is in front of it.
    line, column = error.lineno, error.column
    lines = text.split("\n")
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    near = f", near `{rest[:40]}`" if rest else ", at the end of the line"
    return Malformed(f"syntax error at line {line}, column {column}{near}", line, column)


def _resolve_own_prefixes(parsed: ParseResults) -> None:
    """Put IRIs for cc:Task and the like where cc: is undeclared: given to rdflib, cc: is lost on PREFIX my: <…/ns#>."""
    declared = {each.prefix for each in parsed[0] if each.name == "PrefixDecl"}
    ours = {prefix: iri for prefix, iri in PREFIXES.items() if prefix not in declared}

    def resolve(node: Any) -> URIRef | None:
        if isinstance(node, CompValue) and node.name == "pname" and node.prefix in ours:
            return URIRef(ours[node.prefix] + (node.localname or ""))
        return None

    parsed[1] = traverse(parsed[1], visitPost=resolve)


def _find_texts(nodes: Iterable[CompValue]) -> tuple[str, ...]:
    """What our own functions are asked about: cc:score(?task, "chữ ký số") -> ("chữ ký số",); or Refused."""
    calls = [(node, str(node.iri)) for node in nodes if node.name == "Function"]
    texts = dict.fromkeys(_read_text(node, iri) for node, iri in calls if iri.startswith(PREFIXES["cc"]))
    if len(texts) > MOST_TEXTS:
        raise Refused(f"a query may search for {MOST_TEXTS} texts, this one has {len(texts)}")
    return tuple(texts)


def _read_text(call: CompValue, iri: str) -> str:
    name = "cc:" + iri.removeprefix(PREFIXES["cc"])
    arguments: Sequence[Any] = call.expr or ()
    if iri not in (SCORE.value, PASSAGE.value):
        raise Refused(f"no function is called {name[:40]}: expected cc:score or cc:passage")
    text = arguments[1] if len(arguments) == 2 else None
    if not isinstance(text, Literal) or text.datatype not in (None, XSD.string):
        raise Refused(f'expected an item and a text as it stands, {name}(?task, "chữ ký số")')
    if len(text) > LONGEST_TEXT:
        raise Refused(f"{name} takes a text of up to {LONGEST_TEXT} characters, got {len(text)}")
    return key_of(text)


def _walk(part: Any) -> Iterator[CompValue]:
    """Every node below a part of a parsed query, filters and sub-queries included."""
    if isinstance(part, CompValue):
        yield part
        for each in part.values():
            yield from _walk(each)
    elif isinstance(part, (list, tuple, ParseResults)):  # the last is a mapping too, of names that we do not want
        for each in part:
            yield from _walk(each)
