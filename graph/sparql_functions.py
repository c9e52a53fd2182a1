"""Search by meaning inside SPARQL: cc:score and cc:passage, which look up tables made before the query runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

import pyoxigraph as ox

from graph.prefixes import PREFIXES

SCORE, PASSAGE = (ox.NamedNode(PREFIXES["cc"] + name) for name in ("score", "passage"))
MOST_TEXTS, LONGEST_TEXT = 5, 400  # of one query; characters
_DECIMAL = ox.NamedNode(PREFIXES["xsd"] + "decimal")
Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Function: TypeAlias = Callable[..., Term | None]


class Hit(NamedTuple):  # not a dataclass: 200 of those take 15 ms from process to process
    """How near an item is to a text, and the words of it that the text has: Hit(0.7321, "chữ ký số")."""

    score: float  # 1: first in every list of the ranking
    words: str  # "" where only the meaning is near


Table: TypeAlias = Mapping[str, Hit]  # by IRI: the items that are nearest to one text
Rate: TypeAlias = Callable[[str], Table]  # how a text becomes its table; raises Problem


def key_of(text: str) -> str:
    """A text as tables know it: the two parsers of a query do not keep the same white space."""
    return " ".join(text.split())


def make_functions(tables: Mapping[str, Table]) -> dict[ox.NamedNode, Function]:
    """The functions over the tables of a query's texts; both are unbound for what a table does not hold."""
    scores = {text: _literals(table, _write_score) for text, table in tables.items()}
    passages = {text: _literals(table, _write_words) for text, table in tables.items()}
    return {SCORE: _make_lookup(scores), PASSAGE: _make_lookup(passages)}


def _make_lookup(tables: Mapping[str, Mapping[str, ox.Literal]]) -> Function:
    def look_up(item: Term, text: Term) -> Term | None:
        if not (isinstance(item, ox.NamedNode) and isinstance(text, ox.Literal)):
            return None
        return tables.get(key_of(text.value), {}).get(item.value)

    return look_up


def _literals(table: Table, write: Callable[[Hit], ox.Literal | None]) -> dict[str, ox.Literal]:
    return {iri: literal for iri, hit in table.items() if (literal := write(hit))}


def _write_score(hit: Hit) -> ox.Literal:
    return ox.Literal(f"{hit.score:.4f}", datatype=_DECIMAL)


def _write_words(hit: Hit) -> ox.Literal | None:
    return ox.Literal(hit.words, language="vi") if hit.words else None
