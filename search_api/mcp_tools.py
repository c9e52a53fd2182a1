"""What the tools of the MCP server do, each over the generation that is live when it is called."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from graph.generations import Problem
from graph.sparql_answer import Answer, Request
from search_api.catalogue import ITEMS
from search_api.live import Opened
from search_api.mcp_answers import Cited, CoverageFound, RowsFound, SearchFound, ThingFound, TraceFound
from search_api.mcp_cite import cite, read_built
from search_api.mcp_coverage import describe_coverage
from search_api.mcp_search import search_plans
from search_api.mcp_trace import TracePage, trace_down, trace_nothing, trace_up
from search_api.record_store import Damaged
from search_api.search import Ask

_LARGEST = 2 * 2**20  # bytes of a SPARQL answer: more than a caller of tools can read
_MOST_SOURCES = 20  # that the rows of a query name
_LONGEST_TURTLE = 50_000  # characters
_NOT_SHOWN = frozenset({"record", "links_from", "links_to"})
_IS_IRI = re.compile(r"https?://\S+/id/\S+")


class Tools:
    """The tools without the protocol: Tools(live.current, pool.run).get("719/QĐ-UBND#II.7", 20, 0).source.citation"""

    def __init__(self, current: Callable[[], Opened], run: Callable[[Request], Answer]) -> None:
        self._current, self._run = current, run
        self._covered: tuple[str, CoverageFound] | None = None  # counted once for each generation

    def search(self, ask: Ask) -> SearchFound:
        """What a question finds."""
        here = self._current()
        if here.search is None:
            raise Problem("this server was started without search: use sparql")
        return search_plans(here, ask)

    def get(self, name: str, limit: int, offset: int) -> ThingFound:
        """One thing by its name, with the quote of every field."""
        here = self._current()
        built = read_built(here.generation)
        try:
            iri = _find(here, name)
        except Damaged:
            raise
        except Problem as problem:  # nothing, or several things
            return ThingFound(built, False, None, None, [], 0, None, str(problem))
        record = here.records.get(iri) or {}
        contained = [each for kind in ITEMS for each in here.records.items_of(iri, kind)]
        ends = offset + limit
        return ThingFound(
            generation=built,
            found=True,
            source=cite(here, iri),
            record={field: value for field, value in record.items() if field not in _NOT_SHOWN},
            contains=[cite(here, each) for each in contained[offset:ends]],
            total=len(contained),
            next_offset=ends if ends < len(contained) else None,
            note="" if record else "Its graph says more than its record: ask sparql for its properties.",
        )

    def trace(self, name: str, down: bool, page: TracePage) -> TraceFound:
        """What something rests on, or what rests on it."""
        here = self._current()
        try:
            start = here.names.find(name)
        except Problem as problem:
            return trace_nothing(here, str(problem))
        return trace_down(here, start, page) if down else trace_up(here, start, page)

    def sparql(self, query: str, limit: int) -> RowsFound:
        """A SPARQL query in a process that is killed at its limits; Problem for one that may not run."""
        here = self._current()
        answer = self._run(Request(query, accepted=("json", "ttl")))
        if len(answer.content) > _LARGEST:
            raise Problem(f"the answer has more than {_LARGEST // 2**20} MB: ask for less, for example with LIMIT")
        found = RowsFound(read_built(here.generation), answer.form, [], [], 0, None, None, [], "")
        if answer.format == "ttl":
            turtle = answer.content.decode()
            note = "The Turtle is cut: ask for less." if len(turtle) > _LONGEST_TURTLE else ""
            return replace(found, turtle=turtle[:_LONGEST_TURTLE], note=note)
        result = json.loads(answer.content)
        if "boolean" in result:
            return replace(found, boolean=result["boolean"])
        rows = [{name: cell["value"] for name, cell in row.items()} for row in result["results"]["bindings"]]
        return replace(
            found,
            columns=result["head"]["vars"],
            rows=rows[:limit],
            total=len(rows),
            sources=list(_cite_named(here, rows[:limit])),
            note=_say_rows(len(rows), limit),
        )

    def coverage(self) -> CoverageFound:
        """What is held and what is not."""
        here = self._current()
        if self._covered is None or self._covered[0] != here.generation.id:
            self._covered = here.generation.id, describe_coverage(here)
        return self._covered[1]


def _find(here: Opened, name: str) -> str:
    """An IRI of any record, an agency's or a link's too; else what people call a document or a task."""
    bare = name.strip().strip("<>")
    return bare if here.records.get(bare) else here.names.find(name)


def _cite_named(here: Opened, rows: Sequence[Mapping[str, str]]) -> Iterator[Cited]:
    """Citations of what the rows name, the first of them; terms of the vocabulary are no sources."""
    named = dict.fromkeys(value for row in rows for value in row.values() if _IS_IRI.fullmatch(value))
    for iri in islice((iri for iri in named if here.records.get(iri)), _MOST_SOURCES):
        yield cite(here, iri)


def _say_rows(count: int, limit: int) -> str:
    if count > limit:
        return f"{count} rows, the first {limit} are shown: raise `limit`, or narrow the query."
    return "" if count else "No row: nothing in the graph fits this query. This is an answer, not a failure."
