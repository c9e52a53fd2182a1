"""A question in, an answer out: understand, filter, rank, and show each result with its source."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import numpy as np

from graph.generations import Generation
from graph.names import Names
from graph.store import open_store
from search_api.demands import Demands, demand
from search_api.encoder import Encoder, Vectors
from search_api.filters import Selection, select_rows, without
from search_api.highlights import find_highlights
from search_api.index import Index, open_index
from search_api.passage import kind_of_record
from search_api.question import read_question
from search_api.ranking import Ranking, Wording, cut, fold, has_words, matched_words, rank, word_question
from search_api.record_store import RecordStore
from search_api.sorting import Sort, sort_ranking
from search_api.understood import Named, Understood
from search_api.vectors import Mask, Rows
from search_api.words import clean

LONGEST = 2000  # characters of a question
_ENCODED = 400  # of these, what the model reads: encoding grows with the length and stops every other question
_FACETS = ("kind", "jurisdiction", "document", "lead", "coordinating", "topic", "directive")
_MOST_VALUES = 30  # of one facet


@dataclass(frozen=True, slots=True)
class Ask:
    """A question and which part of its answer is wanted; `ignore` names filters to leave out: Ask("AI", limit=5)."""

    query: str
    limit: int = 20
    offset: int = 0
    ignore: tuple[str, ...] = ()
    demands: Demands = field(default_factory=dict)  # filters set beside the question: {"kind": ("task",)}
    today: date | None = None  # what "this year" means; None: the day of the question
    sort: Sort = "relevance"


class Search:
    """Search over one generation, safe to share between threads: open_search(live, load).find(Ask("AI tasks"))."""

    def __init__(self, index: Index, encoder: Encoder, records: RecordStore, names: Names) -> None:
        self.index, self.encoder, self.records, self.names = index, encoder, records, names

    def find(self, ask: Ask) -> dict[str, Any]:
        """The contract's search answer."""
        began = time.perf_counter()
        understood, selection, wording = self._understand(ask)
        groups = self._rank(wording, selection, understood)
        others: dict[int, list[int]] = {}
        nearest = _is_nearest(selection, wording)
        if nearest:  # a filter asks for every row that passes it
            ((group, ranking),) = groups
            ranking, others = fold(cut(ranking), self.index.columns.folds)
            groups = [(group, ranking)]
        groups = [(group, sort_ranking(ranking, ask.sort, self.index)) for group, ranking in groups]
        shown = [(group, ranking, at) for group, ranking in groups for at in range(len(ranking.rows))]
        page = shown[ask.offset : ask.offset + ask.limit]
        results = [self._show(group, ranking, at, wording, others) for group, ranking, at in page]
        every = np.concatenate([ranking.rows for _, ranking in groups])
        return {
            "query": ask.query,
            "understood": understood_as_json(understood, selection, wording),
            "total": len(shown),
            "nearest": nearest,  # the total is a limit: nothing in the question filters, or only the kind
            "groups": {group: len(ranking.rows) for group, ranking in groups if group},
            "results": results,
            "facets": self._facets(every),
            "took_ms": round((time.perf_counter() - began) * 1000, 1),
        }

    def find_ids(self, ask: Ask, every: bool = False) -> Sequence[str]:
        """The ids of all rows that pass the filters, best first, without a question as printed.

        A deadline keeps what is due; what is only active in such a time is left to `active`. Of a kind with words
        `every` row is listed, otherwise the nearest.
        """
        understood, selection, wording = self._understand(ask)
        _, ranking = self._rank(wording, selection, understood)[0]
        if not every and _is_nearest(selection, wording):
            ranking = cut(ranking)
        rows = ranking.rows if ask.query.strip() else np.sort(ranking.rows)
        return [self.index.columns.ids[row] for row in rows]

    def _understand(self, ask: Ask) -> tuple[Understood, Selection, Wording]:
        """A question read, the rows that it asks for, and what is left of it to rank them by."""
        understood = self.read(ask)
        return understood, select_rows(understood, self.index.columns), word_question(understood, self.index)

    def read(self, ask: Ask) -> Understood:
        """A question with the filters that are taken away and set; UnknownValue."""
        vocabulary = self.index.vocabulary
        question = clean(ask.query)[:LONGEST]
        read = read_question(question, vocabulary, ask.today or date.today(), self.index.accents)
        understood = without(read, ask.ignore)
        return demand(understood, ask.demands, vocabulary, self.index.labels)

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

    def _facets(self, rows: Rows) -> dict[str, list[dict[str, Any]]]:
        """For each column the values that most results have, with their number."""
        among = np.zeros(self.index.header.count, bool)
        among[rows] = True
        counts = {name: self.index.columns.sets[name].counts(among) for name in _FACETS}
        counts["year"] = self.index.columns.years(among)
        return {name: self._name_values(values) for name, values in counts.items()}

    def _name_values(self, counts: Mapping[str, int]) -> list[dict[str, Any]]:
        most = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_VALUES]
        named = [(value, count, *self.index.labels.get(value, (value, value))) for value, count in most]
        return [{"id": value, "label": vi, "label_en": en, "count": count} for value, count, vi, en in named]


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


def _is_nearest(selection: Selection, wording: Wording) -> bool:
    """Whether ranking decides what answers, and no filter: "AI", and "nhiệm vụ về AI", but not all "nhiệm vụ"."""
    return not selection.is_filtered or (selection.by_kind_alone and has_words(wording.expanded))


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
        "excluded": [_named(each) for each in understood.excluded],
        "notices": [asdict(each) for each in understood.notices],
        "emptied_by": list(selection.emptied_by),
    }


def _named(named: Named) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(named).items()}
