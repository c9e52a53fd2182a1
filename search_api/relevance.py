"""How near the items of a generation are to a text: the ranking of search with no filter, as SPARQL asks for it."""

from __future__ import annotations

from datetime import date
from functools import lru_cache, partial
from typing import Any

from graph.sparql_functions import Hit, Rate
from search_api.filters import without
from search_api.highlights import find_highlights
from search_api.question import read_question
from search_api.ranking import matched_words, rank, word_question
from search_api.search import Search
from search_api.understood import FILTERS
from search_api.words import clean

_SOFT = frozenset({"topics"})  # they widen and rank; all else that a question could filter by is read as text
_KEPT = 64  # texts: what one query asks, the next page of it asks again
_BETWEEN = " … "


def rate_of(search: Any) -> Rate | None:
    """How the texts of queries over an opened generation are rated; None where it is served without search."""
    return make_rate(search) if isinstance(search, Search) else None


def make_rate(search: Search) -> Rate:
    """`rate_text` over one search, for which a text is rated once."""
    return lru_cache(maxsize=_KEPT)(partial(rate_text, search))


def rate_text(search: Search, text: str) -> dict[str, Hit]:
    """The best rows for a text, as `Search.find` scores them: rate_text(search, "chữ ký số")[iri].score."""
    index = search.index
    question = read_question(clean(text), index.vocabulary, date.today(), index.accents)
    wording = word_question(without(question, tuple(name for name in FILTERS if name not in _SOFT)), index)
    ranking = rank(wording, search.encode(wording), index, None)
    terms = matched_words(wording)
    found = {}
    for row, score in zip(ranking.rows, ranking.scores, strict=True):
        iri = index.columns.ids[int(row)]
        places = find_highlights(search.records.get(iri) or {}, terms, wording.acronyms)
        found[iri] = Hit(round(float(score), 4), _BETWEEN.join(dict.fromkeys(each.words for each in places)))
    return found
