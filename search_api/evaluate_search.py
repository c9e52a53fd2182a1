"""Scores search on judged questions, beside the plain ways of searching, all in one run."""

from __future__ import annotations

import math
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import fmean

import bm25s
import numpy as np

from graph.generations import Generation
from graph.gold_rows import PassageLabel
from graph.gold_set import Gold
from graph.score import Record, Sheet, read_original
from ingest.fold import fold
from search_api.encoder import Encoder, clean
from search_api.lexical import SYLLABLE, split_terms
from search_api.passages import searched_text
from search_api.search import Ask, Search, open_search

TOP = 10
_MOST = 0.5  # of a passage's characters: such a result is that passage
_QUOTED = ("text", "name", "indicator")  # the fields of a record that its sentence is read from
Judged = Mapping[str, int]
Ranker = Callable[[str], Sequence[str]]  # a question -> ids of records, best first


def score_live(generation: Generation, gold: Gold, load_encoder: Callable[[str], Encoder]) -> Sheet:
    """The search of a generation on judged questions."""
    return score_search(open_search(generation, load_encoder), gold)


def score_search(search: Search, gold: Gold) -> Sheet:
    """nDCG@10 of each way of searching, of each language, and the share of our top ten that was judged."""
    covered = _Cover(search, gold)
    judged: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for row in gold.judgements:
        judged[row.query][row.passage] = row.grade
    sheet = Sheet("search")
    for name, ranker in _rankers(search).items():
        runs = {query.id: covered.gains(ranker(query.text), judged[query.id]) for query in gold.queries}
        values = {query.id: ndcg(runs[query.id][0], judged[query.id].values()) for query in gold.queries}
        sheet.add(f"nDCG@{TOP} {name}", fmean(values.values()), len(values))
        if name != "Căn Cứ":
            continue
        for language in sorted({query.lang for query in gold.queries}):
            of_language = [values[query.id] for query in gold.queries if query.lang == language]
            sheet.add(f"nDCG@{TOP} {name}, {language}", fmean(of_language), len(of_language))
        sheet.add(f"judged of the top {TOP}", fmean(share for _, share in runs.values()), len(runs))
        for query in gold.queries:
            sheet.note(query.id, f"nDCG@{TOP} {values[query.id]:.2f}: {query.text}")
    return sheet


def ndcg(gains: Sequence[int], grades: Iterable[int]) -> float:
    """Discounted gain of the top ten over that of the best ten there are; gain is 2^grade - 1."""
    best = sorted((2**grade - 1 for grade in grades), reverse=True)[:TOP]
    ideal = sum(gain / math.log2(place + 2) for place, gain in enumerate(best))
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains[:TOP])) / ideal if ideal else 0.0


class _Cover:
    """Which judged passages a result's own sentences cover."""

    def __init__(self, search: Search, gold: Gold) -> None:
        self._passages: defaultdict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for passage in gold.passages:
            self._passages[passage.file].append((*_place(passage, gold), passage.id))
        self._covered = {
            iri: self._find(record, read_original(record, gold))
            for iri in search.index.columns.ids
            if (record := search.records.get(iri))
        }

    def gains(self, ids: Sequence[str], judged: Judged) -> tuple[list[int], float]:
        """The gain of each result, a passage counted once at its best place, and the share that was judged."""
        seen: set[str] = set()
        gains, known = [], 0
        for iri in ids[:TOP]:
            passages = self._covered.get(iri, set())
            known += not passages.isdisjoint(judged)
            gains.append(max((2 ** judged.get(each, 0) - 1 for each in passages - seen), default=0))
            seen |= passages
        return gains, known / TOP

    def _find(self, record: Record, original: str) -> set[str]:
        sources = [record["source"], *(record.get("evidence", {}).get(name, {}).get("source") for name in _QUOTED)]
        spans = [(source["start"], source["end"]) for source in sources if source]
        return {
            name
            for start, end, name in self._passages[original]
            if any(min(end, last) - max(start, first) >= _MOST * (end - start) for first, last in spans)
        }


def _place(passage: PassageLabel, gold: Gold) -> tuple[int, int]:
    """Where a passage stands in the NFC text: labels count in the raw one."""
    raw = gold.texts[passage.file].raw
    start = len(unicodedata.normalize("NFC", raw[: passage.start]))
    return start, start + len(unicodedata.normalize("NFC", raw[passage.start : passage.end]))


def _rankers(search: Search) -> dict[str, Ranker]:
    """Ours, and each of its parts alone as one would first try it, over the same records."""
    ids = search.index.columns.ids
    texts = [clean(searched_text(search.records.get(iri) or {})) for iri in ids]

    def by_bm25(split: Callable[[str], list[str]]) -> Ranker:
        index = bm25s.BM25()
        index.index([split(text) for text in texts], show_progress=False)

        def ranker(question: str) -> Sequence[str]:
            known = [term for term in split(question) if term in index.vocab_dict]
            scores = index.get_scores(known) if known else np.zeros(len(ids))
            return [ids[row] for row in np.argsort(-scores, kind="stable")[:TOP]]

        return ranker

    def dense(question: str) -> Sequence[str]:
        rows, _ = search.index.vectors.nearest(search.encoder.encode_queries([question])[0], TOP)
        return [ids[row] for row in rows]

    return {
        "BM25": by_bm25(lambda text: SYLLABLE.findall(text.lower())),
        "BM25, folded": by_bm25(lambda text: SYLLABLE.findall(fold(text))),
        "BM25, folded, with pairs": by_bm25(split_terms),
        "meaning alone": dense,
        "Căn Cứ": lambda question: [each["id"] for each in search.find(Ask(question, TOP))["results"]],
    }
