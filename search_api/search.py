"""A question in, an answer out: understand, filter, rank, and show each result with its source."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np

from graph.generations import Generation
from graph.names import Names
from graph.store import open_store
from search_api.demands import Demands, demand, narrow
from search_api.encoder import Encoder, Vectors
from search_api.facets import list_facets
from search_api.filters import Selection, select_rows, select_within, without
from search_api.highlights import find_highlights
from search_api.index import Index, open_index
from search_api.listing import Listing, Part, is_nearest, list_rows, sort_rows
from search_api.notices import list_missing
from search_api.passage import kind_of_record
from search_api.question import read_question
from search_api.ranking import Ranking, Wording, matched_words, rank, word_question
from search_api.record_store import RecordStore
from search_api.sorting import Sort
from search_api.understood import Named, Narrowed, Period, Understood
from search_api.vectors import Mask, Rows
from search_api.words import clean

LONGEST = 2000  # characters of a question
_REMEMBERED = 64  # questions that were read
_ENCODED = 400  # of these, what the model reads: encoding grows with the length and stops every other question


@dataclass(frozen=True, slots=True)
class Ask:
    """A question and which part of its answer is wanted: Ask("AI tasks", limit=5, within=("due=2026",))."""

    query: str
    limit: int = 20
    offset: int = 0
    ignore: tuple[str, ...] = ()  # filters of the question to leave out: ("due",)
    demands: Demands = field(default_factory=dict)  # filters set beside the question: {"kind": ("task",)}
    within: tuple[str, ...] = ()  # what its results must meet beside all this: ("topic=chu-ky-so",)
    today: date | None = None  # what "this year" means; None: the day of the question
    sort: Sort = "relevance"


class Search:
    """Search over one generation, safe to share between threads: open_search(live, load).find(Ask("AI tasks"))."""

    def __init__(self, index: Index, encoder: Encoder, records: RecordStore, names: Names) -> None:
        self.index, self.encoder, self.records, self.names = index, encoder, records, names
        self._read_words = lru_cache(_REMEMBERED)(self._read_words_anew)  # a page reads its question several times

    def find(self, ask: Ask) -> dict[str, Any]:
        """The contract's search answer."""
        began = time.perf_counter()
        understood, selection, wording = self._understand(ask)
        listing = sort_rows(self._list(understood, selection, wording), ask.sort, self.index)
        missing = list_missing(understood, wording, listing.nearest, self.index)
        understood = replace(understood, notices=(*understood.notices, *missing))
        shown = [(group, ranking, at) for group, ranking in listing.groups for at in range(len(ranking.rows))]
        page = shown[ask.offset : ask.offset + ask.limit]
        results = [self._show(group, ranking, at, wording, listing.others) for group, ranking, at in page]
        return {
            "query": ask.query,
            "understood": understood_as_json(understood, selection, wording),
            "total": len(shown),
            "nearest": listing.nearest,  # the total is a limit: nothing in the question filters, or only the kind
            "groups": {group: len(ranking.rows) for group, ranking in listing.groups if group},
            "results": results,
            "facets": list_facets(understood, listing, self.index),
            "took_ms": round((time.perf_counter() - began) * 1000, 1),
        }

    def find_ids(self, ask: Ask, part: Part = "due", every: bool = False) -> Sequence[str]:
        """The ids of all results of a part of the answer, best first, without a question as printed.

        Of a kind with words `every` row is listed, otherwise the nearest, each said once.
        """
        understood, selection, wording = self._understand(ask)
        rankings = self._list(understood, selection, wording, every).take(part)
        sorted_ = (each.rows if ask.query.strip() else np.sort(each.rows) for each in rankings)
        return [self.index.columns.ids[row] for rows in sorted_ for row in rows]

    def _list(self, understood: Understood, selection: Selection, wording: Wording, every: bool = False) -> Listing:
        within = select_within(understood, self.index.columns) if understood.within else None
        nearest = not every and is_nearest(selection, wording)
        return list_rows(self._rank(wording, selection, understood), self.index, nearest, within)

    def _understand(self, ask: Ask) -> tuple[Understood, Selection, Wording]:
        """A question read, the rows that it asks for, and what is left of it to rank them by."""
        understood = self.read(ask)
        return understood, select_rows(understood, self.index.columns), word_question(understood, self.index)

    def read(self, ask: Ask) -> Understood:
        """A question with the filters that are taken away and set; UnknownValue."""
        vocabulary = self.index.vocabulary
        read = self._read_words(clean(ask.query)[:LONGEST], ask.today or date.today())
        understood = without(read, ask.ignore)
        demanded = demand(understood, ask.demands, vocabulary, self.index.labels)
        return narrow(demanded, ask.within, vocabulary, self.index.labels)

    def _read_words_anew(self, question: str, today: date) -> Understood:
        return read_question(question, self.index.vocabulary, today, self.index.accents)

    def _rank(
        self, wording: Wording, selection: Selection, understood: Understood
    ) -> Sequence[tuple[str | None, Ranking]]:
        """What is due first, then, apart, what is active; without such words all in one."""
        vector = self.encode(wording)
        if selection.active is None:
            allowed = selection.rows if selection.is_filtered else None
            group = "active" if understood.active else None
            return [(group, rank(wording, vector, self.index, allowed))]
        parts: list[tuple[str, Mask]] = [("due", selection.rows), ("active", selection.active)]
        return [(group, rank(wording, vector, self.index, mask)) for group, mask in parts]

    def encode(self, wording: Wording) -> Vectors | None:
        """The vector of a question; None where it has no words."""
        return self.encoder.encode_queries([wording.text[:_ENCODED]])[0] if wording.text else None

    def _show(
        self, group: str | None, ranking: Ranking, at: int, wording: Wording, others: Mapping[int, Sequence[int]]
    ) -> dict[str, Any]:
        row = int(ranking.rows[at])
        iri = self.index.columns.ids[row]
        record = self.records.get(iri) or {}
        kind = kind_of_record(record)
        document = record if kind == "document" else self.records.get(record.get("document", "")) or {}
        return {
            "id": iri,
            "short": self.names.short(iri),
            "score": round(float(ranking.scores[at]), 4),
            "kind": kind,
            "group": group,
            "record": record,
            "document": {
                name: document.get(name) for name in ("id", "number", "type", "title", "date", "issuer", "file")
            },
            "highlights": [asdict(each) for each in find_highlights(record, matched_words(wording), wording.acronyms)],
            "why": {
                "meaning": int(ranking.by_meaning[row]) or None,
                "words": int(ranking.by_words[row]) or None,
                "topic": int(ranking.by_topic[row]) or None,
                "cosine": round(float(ranking.cosines[row]), 3) if ranking.by_meaning[row] else None,
                "topics": [each.id for each in wording.topics if row in self._rows("topic", each.id)],
                "corrected": [each.id for each in wording.topics if row in self._rows("corrected", each.id)],
            },
            "same": [self._name(other) for other in others.get(row, ())],
        }

    def _name(self, row: int) -> dict[str, str]:
        iri = self.index.columns.ids[row]
        return {"id": iri, "short": self.names.short(iri)}

    def _rows(self, column: str, value: str) -> Rows:
        return self.index.columns.sets[column].rows(value)


def open_search(
    generation: Generation,
    load_encoder: Callable[[str], Encoder],
    records: RecordStore | None = None,
    names: Names | None = None,
) -> Search:
    """The search of a generation; Problem when its index is missing, damaged or of another model."""
    index, encoder = open_index(generation.path, load_encoder)
    read_question("", index.vocabulary)  # its matchers are made once, before the first question
    return Search(
        index, encoder, records or RecordStore(generation.records), names or Names(open_store(generation.store))
    )


def understood_as_json(understood: Understood, selection: Selection, wording: Wording) -> dict[str, Any]:
    """How a question was understood, with the words each filter came from, and which filters left nothing."""
    return {
        "text": wording.text,
        "language": understood.language,
        "topics": [_named(each) for each in understood.topics],
        "topics_are_hard": selection.topics_are_hard,
        "agencies": [_named(each) for each in understood.agencies],
        "role": _named(understood.role) if understood.role else None,
        "assigned": [asdict(each) for each in understood.assigned],
        "jurisdictions": [_named(each) for each in understood.jurisdictions],
        "due": asdict(understood.due) if understood.due else None,
        "active": asdict(understood.active) if understood.active else None,
        "recurrence": [_named(each) for each in understood.recurrence],
        "kinds": [_named(each) for each in understood.kinds],
        "states": [_named(each) for each in understood.states],
        "outputs": [_named(each) for each in understood.outputs],
        "funding": [_named(each) for each in understood.funding],
        "directives": [_named(each) for each in understood.directives],
        "documents": [_named(each) for each in understood.documents],
        "within": [_narrowed(each) for each in understood.within],
        "excluded": [_named(each) for each in understood.excluded],
        "notices": [asdict(each) for each in understood.notices],
        "emptied_by": list(selection.emptied_by),
    }


def _named(named: Named) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(named).items()}


def _narrowed(condition: Narrowed) -> dict[str, Any]:
    value = condition.value
    if isinstance(value, Period):
        return {"filter": condition.name, "id": condition.id, "label": value.words, "label_en": value.words}
    return {"filter": condition.name, "id": condition.id, "label": value.label, "label_en": value.label_en}
