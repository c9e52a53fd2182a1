"""Checks of hand labels that the shape of a row cannot make: names, lines, quotes, keys that lead nowhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TypeVar

from graph.gold_questions import list_keys
from graph.gold_rows import JudgementLabel, QueryLabel, Span
from graph.gold_set import Gold

HELD_OUT = "held_out"  # the folder of the questions that nobody tunes on
AnyRow = TypeVar("AnyRow")


def find_problems(gold: Gold) -> Iterator[tuple[str, int, str]]:
    """What the files' own shapes cannot tell: names of plans, lines, quotes, keys that lead nowhere."""
    for file, number, quotation in find_quotations(gold):
        doc, first, last, start, end, quote = quotation
        if doc not in gold.texts:
            yield file, number, f"no plan was called {doc}"
            continue
        lines = gold.texts[doc].lines(first, last)
        if not lines:
            yield file, number, f"{doc} has no line {first} to {last}"
        elif start is None and fold_space(quote) not in fold_space(lines):
            yield file, number, f"the quoted words are not on line {first} of {doc}: {quote[:60]}"
        elif start is not None and lines[start:end] != quote:
            yield file, number, f"quote is not what stands at {first}:{start}-{end} of {doc}: {quote[:60]}"
    yield from find_passage_problems(gold)
    yield from find_question_problems(gold)
    yield from find_search_problems(gold)


Quoted = tuple[str, int, int, int | None, int | None, str]  # document, first line, last line, start, end, quote


def find_quotations(gold: Gold) -> Iterator[tuple[str, int, Quoted]]:
    """Every place that a label points to, with the label's own file and line."""
    for n, task in number_rows(gold.tasks):
        # A row of Phụ lục II may run over four printed lines and has no line_end.
        yield "tasks.jsonl", n, (task.doc, task.line, task.line_end or task.line + 3, None, None, task.text)
    for n, row in number_rows(gold.documents):
        yield "documents.jsonl", n, (row.doc, row.title_line, row.title_line, None, None, row.title)
        yield "documents.jsonl", n, (row.doc, row.signer.line, row.signer.line, None, None, row.signer.name)
        for quoted in row.number_inferred.evidence if row.number_inferred else ():
            yield "documents.jsonl", n, (quoted.doc, quoted.line, quoted.line, None, None, quoted.quote)
    for n, reference in number_rows(gold.references):
        yield from (("references.jsonl", n, spanned(mention)) for mention in reference.mentions)
    yield from (("links.jsonl", n, spanned(link)) for n, link in number_rows(gold.links))
    for n, wrong in number_rows(gold.not_links):
        yield "not_links.jsonl", n, (wrong.doc, wrong.line, wrong.line, None, None, "")
    for n, target in number_rows(gold.targets):
        yield "targets.jsonl", n, (target.doc, target.line, target.line, None, None, target.quote)
        if target.quote_cont and target.line_end:
            yield "targets.jsonl", n, (target.doc, target.line_end, target.line_end, None, None, target.quote_cont)
    for n, duty in number_rows(gold.duties):
        yield "duties.jsonl", n, (duty.doc, duty.line, duty.line_end, None, None, duty.text)
        yield "duties.jsonl", n, (duty.doc, duty.agency_line, duty.agency_line, None, None, duty.agency)


def spanned(row: Span) -> Quoted:
    return row.doc, row.line, row.line, row.start, row.end, row.quote


def find_passage_problems(gold: Gold) -> Iterator[tuple[str, int, str]]:
    """Passages count code points of the raw file."""
    for n, row in number_rows(gold.passages):
        raw = gold.texts[row.file].raw[row.start : row.end] if row.file in gold.texts else None
        if raw is None:
            yield "passages.jsonl", n, f"no plan was called {row.file}"
        elif unicodedata.normalize("NFC", raw) != unicodedata.normalize("NFC", row.text):
            yield "passages.jsonl", n, f"text is not what stands at {row.start}-{row.end} of {row.file}"


def find_search_problems(gold: Gold) -> Iterator[tuple[str, int, str]]:
    """Judgements name a passage and a query of their own set, once; of held-out questions none is a public one."""
    passages = {row.id for row in gold.passages}
    public, held_out = ({row.id for row in rows} for rows in (gold.queries, gold.held_out_queries))
    given = {(row.query, row.passage) for row in gold.judgements}
    for n, query in number_rows(gold.held_out_queries):
        if query.id in public:
            yield f"{HELD_OUT}/queries.jsonl", n, f"a public question has this id: {query.id}"
    yield from find_unknown("qrels.jsonl", gold.judgements, public, passages)
    yield from find_unknown("added_qrels.jsonl", gold.added_judgements, public, passages)
    yield from find_unknown(f"{HELD_OUT}/qrels.jsonl", gold.held_out_judgements, held_out, passages)
    for n, added in number_rows(gold.added_judgements):
        if (added.query, added.passage) in given:
            yield "added_qrels.jsonl", n, f"judged in qrels.jsonl already: {added.query}, {added.passage}"
    yield from find_twin_problems("queries.jsonl", gold.queries)
    yield from find_twin_problems(f"{HELD_OUT}/queries.jsonl", gold.held_out_queries)


def find_unknown(
    file: str, judgements: Sequence[JudgementLabel], queries: Collection[str], passages: Collection[str]
) -> Iterator[tuple[str, int, str]]:
    for n, row in number_rows(judgements):
        if row.passage not in passages or row.query not in queries:
            yield file, n, f"no such query and passage: {row.query}, {row.passage}"


def find_twin_problems(file: str, queries: Sequence[QueryLabel]) -> Iterator[tuple[str, int, str]]:
    """Twins name each other and ask the same in two languages."""
    by_id = {row.id: row for row in queries}
    for n, row in number_rows(queries):
        if row.twin is None:
            continue
        twin = by_id.get(row.twin)
        if twin is None or twin.twin != row.id:
            yield file, n, f"not a twin of {row.id}: {row.twin}"
        elif twin.lang == row.lang or twin.intent != row.intent:
            yield file, n, f"not the same question in two languages: {row.id}, {row.twin}"


def find_question_problems(gold: Gold) -> Iterator[tuple[str, int, str]]:
    """An answer names labelled rows of its kind, each once; what is due is not also only active."""
    keys = list_keys(gold.tasks, gold.duties, gold.targets)
    for n, row in number_rows(gold.filter_questions):
        named = (*row.expect, *(row.active or ()))
        unknown = sorted(set(named) - keys[row.among])
        if unknown:
            yield "filter_questions.jsonl", n, f"no labelled row is called {', '.join(unknown)} among {row.among}"
        elif len(named) != len(set(named)):
            yield "filter_questions.jsonl", n, "a row is named twice in one answer"


def number_rows(rows: Iterable[AnyRow]) -> Iterator[tuple[int, AnyRow]]:
    """Rows with the line they stand on."""
    return enumerate(rows, start=1)


def fold_space(text: str) -> str:
    return " ".join(text.split())
