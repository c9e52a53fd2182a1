"""Scores search on judged questions, beside the plain ways of searching, all in one run."""

from __future__ import annotations

import math
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np
import numpy.typing as npt

from graph.generations import Generation
from graph.gold_rows import JudgementLabel, PassageLabel, QueryLabel
from graph.gold_set import Gold
from graph.score import Record, Sheet, read_original
from ingest.records import AROUND
from search_api.baselines import Ranker, plain_rankers
from search_api.encoder import Encoder
from search_api.evaluate_filters import score_filters
from search_api.search import Ask, Search, open_search
from search_api.words import strip_accents

TOP = 10
OURS = "Căn Cứ"
_MOST = 0.5  # of a passage's characters: such a result is that passage
_DRAWS = 4000
_QUOTED = ("text", "name", "indicator", AROUND)  # the fields of a record that its sentence is read from
Judged = Mapping[str, int]


def score_live(generation: Generation, gold: Gold, load_encoder: Callable[[str], Encoder]) -> Sheet:
    """The search of a generation: judged questions, the same ones asked otherwise, and exact sets."""
    search = open_search(generation, load_encoder)
    cache = generation.path.parents[1] / "cache" / "vectors.sqlite"
    sheets = (
        score_search(search, gold, plain_rankers(search, cache)),
        score_twins(search, gold),
        score_filters(search, gold),
    )
    whole = Sheet("search")
    for sheet in sheets:
        whole.scores += sheet.scores
        whole.mistakes += sheet.mistakes
    return whole


def score_search(search: Search, gold: Gold, plain: Mapping[str, Ranker]) -> Sheet:
    """nDCG@10 of each way of searching, of each language, and the share of our top ten that was judged.

    The interval and the least that we are better by are bounds of 95 % over questions drawn anew; of the questions
    held out only averages are given, for whoever sees which of them fail tunes on them.
    """
    covered = _Cover(search, gold)
    sheet = Sheet("search")
    rankers = {**plain, OURS: lambda question: [each["id"] for each in search.find(Ask(question, TOP))["results"]]}
    judged = _by_query((*gold.judgements, *gold.added_judgements))
    runs = {name: _run(ranker, gold.queries, judged, covered) for name, ranker in rankers.items()}
    ours = runs[OURS]
    for name, run in runs.items():
        sheet.add(f"nDCG@{TOP} {name}", fmean(run.values), len(run.values))
    _add_intervals(sheet, "", runs)
    _add_languages(sheet, "", gold.queries, ours)
    sheet.add(f"judged of the top {TOP}", fmean(ours.judged), len(ours.judged))
    for query, value, unjudged in zip(gold.queries, ours.values, ours.unjudged, strict=True):
        sheet.note(query.id, f"nDCG@{TOP} {value:.2f}: {query.text}")
        for iri in unjudged:
            sheet.note(query.id, f"not judged: {search.names.short(iri)}")
    judged = _by_query(gold.held_out_judgements)
    held_out = {name: _run(ranker, gold.held_out_queries, judged, covered) for name, ranker in rankers.items()}
    for name, run in held_out.items():
        sheet.add(f"held out: nDCG@{TOP} {name}", fmean(run.values), len(run.values))
    _add_intervals(sheet, "held out: ", held_out)
    _add_languages(sheet, "held out: ", gold.held_out_queries, held_out[OURS])
    sheet.add(f"held out: judged of the top {TOP}", fmean(held_out[OURS].judged), len(held_out[OURS].judged))
    return sheet


def score_twins(search: Search, gold: Gold) -> Sheet:
    """How much of its first ten results a question keeps without its accents, and in the other language."""
    sheet = Sheet("search")
    queries = {query.id: query for query in (*gold.queries, *gold.held_out_queries)}
    plain = [(query.text, strip_accents(query.text)) for query in queries.values() if query.lang == "vi"]
    twins = [
        (query.text, queries[query.twin].text) for query in queries.values() if query.twin and query.id < query.twin
    ]
    for name, pairs in (("without accents", plain), ("in the other form", twins)):
        shares = [len(_top(search, one) & _top(search, other)) / TOP for one, other in pairs]
        sheet.add(f"same top {TOP} {name}", fmean(shares) if shares else None, len(shares))
    return sheet


def _top(search: Search, question: str) -> set[str]:
    return {each["id"] for each in search.find(Ask(question, TOP))["results"]}


@dataclass(frozen=True, slots=True)
class _Run:
    """One way of searching on some questions, in their order."""

    values: Sequence[float]  # nDCG
    judged: Sequence[float]  # share of the top ten
    unjudged: Sequence[Sequence[str]]  # results of the top ten that nobody graded


def _by_query(judgements: Iterable[JudgementLabel]) -> Mapping[str, Judged]:
    judged: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for row in judgements:
        judged[row.query][row.passage] = row.grade
    return judged


def _run(ranker: Ranker, queries: Sequence[QueryLabel], judged: Mapping[str, Judged], covered: _Cover) -> _Run:
    values, shares, unjudged = [], [], []
    for query in queries:
        gains, left = covered.gains(ranker(query.text), judged[query.id])
        values.append(ndcg(gains, judged[query.id].values()))
        shares.append(1 - len(left) / TOP)
        unjudged.append(left)
    return _Run(values, shares, unjudged)


def _add_intervals(sheet: Sheet, prefix: str, runs: Mapping[str, _Run]) -> None:
    ours = np.array(runs[OURS].values)
    low, high = bootstrap(ours)
    sheet.add(f"{prefix}nDCG@{TOP} {OURS}, from", low, len(ours))
    sheet.add(f"{prefix}nDCG@{TOP} {OURS}, to", high, len(ours))
    for name, run in runs.items():
        if name != OURS:
            sheet.add(f"{prefix}better than {name} by at least", bootstrap(ours - np.array(run.values))[0], len(ours))


def _add_languages(sheet: Sheet, prefix: str, queries: Sequence[QueryLabel], run: _Run) -> None:
    for language in sorted({query.lang for query in queries}):
        values = [value for query, value in zip(queries, run.values, strict=True) if query.lang == language]
        sheet.add(f"{prefix}nDCG@{TOP} {OURS}, {language}", fmean(values), len(values))


def bootstrap(values: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Bounds of 95 % of the mean of values when they are drawn anew, by a fixed seed."""
    drawn = np.random.default_rng(0).choice(values, (_DRAWS, len(values)))
    low, high = np.quantile(drawn.mean(axis=1), (0.025, 0.975))
    return float(low), float(high)


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

    def gains(self, ids: Sequence[str], judged: Judged) -> tuple[list[int], list[str]]:
        """The gain of each result, a passage counted once at its best place, and the results that nobody judged."""
        seen: set[str] = set()
        gains, unjudged = [], []
        for iri in ids[:TOP]:
            passages = self._covered.get(iri, set())
            if passages.isdisjoint(judged):
                unjudged.append(iri)
            gains.append(max((2 ** judged.get(each, 0) - 1 for each in passages - seen), default=0))
            seen |= passages
        return gains, unjudged

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
