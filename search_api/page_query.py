"""What the SPARQL page asks and shows: the query of an address, its rows as people read them, where it is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

import pyoxigraph as ox

from graph.prefixes import PREFIXES
from graph.shipped import Shipped, load_shipped
from graph.shipped_values import fill_query, read_value
from graph.sparql_answer import ROW_FORMATS, TRIPLE_FORMATS, Answer
from graph.sparql_answer import Request as Query
from search_api.linked_formats import shorten_iri
from search_api.linked_page import labels_of_others, link_of, name_node
from search_api.linked_vocabulary import list_terms
from search_api.live import Opened
from search_api.page_base import Page, one_line

MOST_ROWS = 200
MOST_TEXT = 30_000  # characters of triples
_LONGEST_CELL = 600  # characters; a download has them all
_FORMATS = ("csv", "tsv", "json", "xml")  # of rows, what most people want first
_WHOLE, _LONG = 30, 60  # characters of a value that stays on one line, and of one that takes a wide column
_XSD = PREFIXES["xsd"]
_NUMBERS = frozenset(_XSD + each for each in ("integer", "decimal", "double", "float", "int", "long", "gYear"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks: a text of one's own, or one of ours with what was put in: Asked("ASK {}").text."""

    text: str = ""
    shipped: Shipped | None = None
    given: Mapping[str, str] = field(default_factory=dict)  # as it was typed
    values: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # as a query takes it

    @property
    def query(self) -> Query:
        """What is run: our own queries are quicker with their values beside them than in their text."""
        if self.shipped:
            return Query(self.shipped.body, bindings=self.values)
        return Query(self.text)


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a row: Cell("719/QĐ-UBND", "vi", "/id/vn/hung-yen/qd-ubnd/2025/719")."""

    text: str = ""
    language: str = ""
    link: str = ""

    @property
    def width(self) -> str:
        """How the value is set: "whole" on one line, "long" in a wide column."""
        whole = len(self.text) <= _WHOLE and " " not in self.text
        return "whole" if whole else "long" if len(self.text) > _LONG else ""


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer of SELECT, or of ASK as `holds`; of CONSTRUCT and DESCRIBE the triples as `turtle`."""

    formats: tuple[str, ...]
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    numeric: frozenset[str] = frozenset()  # columns of figures
    total: int = 0
    holds: bool | None = None
    turtle: str = ""
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Wrong:
    """The line of a query that is no SPARQL, and a mark below the place: Wrong(2, 14, "LIMT 5", "^")."""

    line: int
    column: int
    text: str
    mark: str


def read_shipped(name: str, given: Mapping[str, str]) -> Asked:
    """One of our own queries with what was put in for its parameters, those left empty left out."""
    shipped = load_shipped(name)
    typed = {each: given[each].strip() for each in shipped.params if given.get(each, "").strip()}
    return Asked(shipped.body, shipped, typed)


def fill_in(here: Opened, asked: Asked) -> Asked:
    """The same with what was typed as values; Problem for what is none: "no topic is called …"."""
    if asked.shipped is None:
        return asked
    kinds = asked.shipped.params
    values = {name: read_value(name, typed, kinds, lambda: here.names) for name, typed in asked.given.items()}
    return replace(asked, text=fill_query(asked.text, values), values=values)


def show_answer(here: Opened, answer: Answer, page: Page, left_out: Mapping[str, object]) -> Rows:
    """An answer as the page shows it, the columns that were asked for left out."""
    if answer.format == "ttl":
        text = answer.content.decode()
        cut = text.rfind("\n", 0, MOST_TEXT) + 1 if len(text) > MOST_TEXT else len(text)
        return Rows(tuple(TRIPLE_FORMATS), turtle=text[:cut], is_cut=cut < len(text))
    found = ox.parse_query_results(answer.content, format=ROW_FORMATS["json"])
    if isinstance(found, ox.QueryBoolean):
        return Rows(_FORMATS, holds=bool(found))
    assert isinstance(found, ox.QuerySolutions)
    columns = [each.value for each in found.variables if each.value not in left_out]
    named: dict[str, Cell] = {}
    rows, total = [], 0
    figures = dict.fromkeys(columns, True)
    for row in found:
        total += 1
        if total > MOST_ROWS:
            continue
        terms = [row[name] for name in columns]
        for name, term in zip(columns, terms, strict=True):
            figures[name] = figures[name] and (term is None or _is_number(term))
        rows.append(tuple(_show(here, term, page, named) for term in terms))
    columns, rows = _drop_repeats(columns, rows)
    numeric = frozenset(name for at, name in enumerate(columns) if figures[name] and any(row[at].text for row in rows))
    return Rows(_FORMATS, tuple(columns), tuple(rows), numeric, total, is_cut=total > len(rows))


def _drop_repeats(columns: list[str], rows: list[tuple[Cell, ...]]) -> tuple[list[str], list[tuple[Cell, ...]]]:
    """Columns without those that only say again what a thing in another is called; a download has them."""
    places = range(len(columns))
    named = [at for at in places if rows and all(row[at].link for row in rows)]
    kept = [
        at
        for at in places
        if at in named or not any(all(row[at].text == row[name].text for row in rows) for name in named)
    ]
    return [columns[at] for at in kept], [tuple(row[at] for at in kept) for row in rows]


def locate(text: str, line: int, column: int) -> Wrong | None:
    """Where a query is wrong, for the eye: locate("SELECT *\\nWHER {}", 2, 1).text == "WHER {}"."""
    lines = text.split("\n")  # as a parser counts them
    if not 0 < line <= len(lines):
        return None
    start = max(0, column - 60)
    return Wrong(line, column, lines[line - 1][start : start + 100], " " * (column - 1 - start) + "^")


@cache
def list_completions() -> Mapping[str, object]:
    """What the editor completes: the prefixes, and the classes and properties of ours and of others in the graph."""
    others = [each for each in labels_of_others() if each.split(":")[0] in PREFIXES]
    own = list_terms()
    classes = [f"cc:{each.name}" for each in own["classes"]]
    properties = [f"cc:{each.name}" for each in (*own["properties"], *own["others"])]
    return {
        "prefixes": dict(PREFIXES),
        "classes": sorted(classes + [each for each in others if _is_class(each)]),
        "properties": sorted(properties + [each for each in others if not _is_class(each)]),
    }


def list_inputs(shipped: Shipped, page: Page) -> Iterator[tuple[str, str, str]]:
    """The parameters of a query as a form asks for them: (name, label, hint)."""
    say = page.say
    for name, kind in shipped.params.items():
        yield name, say.get(f"query_param_{name}", name), say.get(f"query_kind_{kind}", "")


def _is_class(name: str) -> bool:
    return name.partition(":")[2][:1].isupper()


def _is_number(term: object) -> bool:
    return isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS


def _show(here: Opened, term: object, page: Page, named: dict[str, Cell]) -> Cell:
    """A value as people read it; each IRI is named once an answer."""
    if isinstance(term, ox.Literal):
        text = one_line(term.value)
        return Cell(text if len(text) <= _LONGEST_CELL else text[:_LONGEST_CELL] + " …", term.language or "")
    if not isinstance(term, ox.NamedNode):
        return Cell("" if term is None else str(term))
    if term.value not in named:
        named[term.value] = _name(here, term.value, page)
    return named[term.value]


def _name(here: Opened, iri: str, page: Page) -> Cell:
    """Our things by their names, terms of vocabularies with their prefix, all else as it is."""
    short = shorten_iri(iri)
    link = link_of(here, iri)
    if short != iri:
        return Cell(short, "", link if link.startswith("/") else "")
    if not link.startswith("/"):
        return Cell(iri)
    known = name_node(here, iri, page.language)
    language = "" if page.language == "vi" else f"?lang={page.language}"
    return Cell(known.text, known.language, link + ("" if "#" in link else language))
