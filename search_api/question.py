"""Understanding of a question: which of its words are filters, and which are left to rank by."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from search_api.accents import Accents
from search_api.cues import HIDDEN, Asked, Cue, load_cues, read_asked
from search_api.question_dates import find_dates, read_periods
from search_api.question_documents import (
    Cited,
    Numbers,
    compile_numbers,
    find_documents,
    find_issuers,
    leads_to,
    place_documents,
)
from search_api.question_exclusions import exclude_documents, exclude_names, is_negated
from search_api.question_notices import take_impossible_dates, take_unknown_bodies
from search_api.question_reading import Reading, Span
from search_api.question_rest import read_rest
from search_api.question_roles import read_role
from search_api.question_stated import find_rhythms, read_stated, take_rhythms
from search_api.terms import Found, Terms, choose_terms, compile_terms, find_terms
from search_api.understood import Excluded, Named, Period, Understood
from search_api.vocabulary import AgencyTerm, Term, Vocabulary
from search_api.words import is_syllable

_OF_MANY = ("commune", "district")  # levels at which a type is of many bodies


def read_question(
    text: str, vocabulary: Vocabulary, today: date | None = None, accents: Accents | None = None
) -> Understood:
    """A question as filters and a rest: "AI tasks due 2026" is a topic, a kind and a period, and "AI" is left.

    Without `today` nobody knows when "năm nay" is: the words stay in the text. `accents` are the counts by which a
    word typed without them is read.
    """
    terms = compile_terms(vocabulary)
    reading, cited, passed = _read_names(text, terms, compile_numbers(vocabulary))
    asked = reading.asked
    stated, rhythms = read_stated(reading), find_rhythms(reading)
    names = reading.hidden()
    directives, unwanted = exclude_documents(reading, cited)
    unwanted += exclude_names(reading)
    role, assigned = read_role(reading)
    notices = [*take_impossible_dates(reading), *take_unknown_bodies(reading, vocabulary)]
    periods, spans = _read_periods(reading, today)
    kinds = _read_kinds(reading, names) or _kinds_passed(asked, passed)
    reading.removed += spans
    is_work = any("task" in kind.ids or "duty" in kind.ids for kind in kinds)
    is_filtered = is_work or role or reading.of("agency") or directives or any(stated.values())
    # "hằng năm" filters what is done, or is all that is asked; of a budget or a growth it is only a word
    rhythm = take_rhythms(reading, rhythms) if is_filtered or _is_all(reading, rhythms) else ()
    unwanted += [each for each in (*stated["excluded"], *rhythm) if isinstance(each, Excluded)]
    return Understood(
        query=text.encode(errors="replace").decode(),  # half a surrogate pair cannot be printed
        text=read_rest(reading, terms, accents),
        language=asked.language,
        topics=_named(asked, reading.of("topic")),
        agencies=_named(asked, reading.of("agency")),
        role=role,
        assigned=assigned,
        jurisdictions=_named(asked, reading.of("jurisdiction")),
        due=periods.get("due"),
        active=periods.get("active"),
        recurrence=tuple(each for each in rhythm if not isinstance(each, Excluded)),
        kinds=kinds,
        states=stated["states"],
        outputs=stated["outputs"],
        funding=stated["funding"],
        directives=tuple({each.id: each for each in (one.name(asked) for one in directives)}.values()),
        excluded=tuple(unwanted),
        notices=notices,
    )


def _read_names(text: str, terms: Terms, numbers: Numbers) -> tuple[Reading, list[Cited], list[Span]]:
    """A question with the names in it, the documents that it cites, and the kinds of documents that a body passes."""
    asked = read_asked(text)
    cited = find_documents(asked, numbers)
    asked = replace(asked, language=_language(asked, terms, [*find_terms(asked, terms), *cited]))
    found = find_terms(asked, terms)  # once more: small letters mean other things in English
    cited = [each for each in cited if each.documents or not _is_name(each, found)]
    chosen = choose_terms(found, [(each.start, each.end) for each in cited])
    chosen = [each for each in chosen if not _is_nobody(each.term)]
    placed = list(place_documents(asked.hide([(each.start, each.end) for each in chosen]), cited, chosen))
    issuers, passed = _part_issuers(asked, find_issuers(asked, numbers, chosen), [one for _, one in placed if one])
    reading = Reading(asked, [each for each in chosen if each not in issuers])
    reading.removed += [(each.start, each.end) for each, _ in placed]
    reading.hide_names()
    return reading, [each for each, _ in placed], passed


def _part_issuers(
    asked: Asked, found: Sequence[tuple[Found, re.Match[str]]], issuers: Sequence[Found]
) -> tuple[list[Found], list[Span]]:
    """Bodies that only say whose a document is, and, of the others, where the kinds stand that they are asked for."""
    only: list[Found] = list(issuers)
    passed: dict[int, Span] = {}
    for body, type_ in found:
        if body not in only and _asks_for_documents(asked, body, type_.span()):
            passed[body.start] = type_.span()
        else:
            only.append(body)
    return only, list(passed.values())


def _read_periods(reading: Reading, today: date | None) -> tuple[dict[str, Period], list[Span]]:
    """The period due and the one active, and the places of their words; a date after "not" is no filter."""
    hidden = reading.hidden()
    dates = [each for each in find_dates(hidden, reading.asked, today) if not is_negated(hidden, each.at)]
    return read_periods(reading.asked, dates)


def _is_all(reading: Reading, rhythms: Sequence[tuple[Span, Cue]]) -> bool:
    """Whether a question is nothing but a rhythm: "Hằng năm?"."""
    left = list(reading.asked.text)
    for (start, end), _ in rhythms:
        left[start:end] = " " * (end - start)
    return bool(rhythms) and not any(char.isalnum() for char in left)


def _is_nobody(term: Term) -> bool:
    """Whether a name is that of many bodies none of which any record has: "HĐND cấp huyện"; its words are text."""
    return isinstance(term, AgencyTerm) and not term.ids and term.level.removeprefix("party-") in _OF_MANY


def _asks_for_documents(asked: Asked, body: Found, type_: Span) -> bool:
    """Whether "quyết định của Thủ tướng" is what is asked for, and not the basis or the home of something else."""
    cues = [cue for cue in load_cues()["kind"] if cue.row["kind"] != "document"]
    others = any(True for cue in cues for _ in cue.find(asked))
    issues = isinstance(body.term, AgencyTerm) and body.term.issues
    return issues and not others and not leads_to(asked, type_[0])


def _kinds_passed(asked: Asked, types: Sequence[Span]) -> tuple[Named, ...]:
    """Documents, where no kind is said but one that somebody passes: "quyết định của Thủ tướng"."""
    row = _row_of_kind("document")
    named = (
        Named(row["kind"], row["label"], row["label_en"], asked.text[start:end], (row["kind"],)) for start, end in types
    )
    return tuple(named)[:1]


def _named(asked: Asked, found: Sequence[Found]) -> tuple[Named, ...]:
    """Each term once, by its first words."""
    named: dict[str, Named] = {}
    for each in found:
        term = each.term
        named.setdefault(
            term.id, Named(term.id, term.label, term.label_en, asked.text[each.start : each.end], term.ids)
        )
    return tuple(named.values())


def _is_name(cited: Cited, found: Sequence[Found]) -> bool:
    """Whether a number that no document has is part of a longer name: "Tổ công tác triển khai Đề án 06"."""
    return any(each.start <= cited.start and cited.end <= each.end for each in found)


# --- language ------------------------------------------------------------------------------------------------------


def _language(asked: Asked, terms: Terms, names: Sequence[Found | Cited]) -> str:
    """Accents outside the names of provinces, agencies and documents are Vietnamese; else what most words are."""
    spans = [(each.start, each.end) for each in names if not isinstance(each, Found) or each.kind != "topic"]
    outside = [word for word in asked.words if not any(start <= word.start < end for start, end in spans)]
    for words in (outside, asked.words):  # of a question that is all names, the names
        vietnamese = english = 0.0
        for word in words:
            text = asked.lowered[word.start : word.end]
            if text != asked.folded[word.start : word.end]:
                return "vi"
            if len(text) == 1 or asked.all_capitals or not asked.text[word.start : word.end].isupper():
                one, other = _weigh(asked, terms, text, word.key)  # an acronym is of no language
                vietnamese, english = vietnamese + one, english + other
        if vietnamese != english:
            break
    if vietnamese <= english:
        return "en"
    return "vi" if asked.accented else "vi-unaccented"


def _weigh(asked: Asked, terms: Terms, text: str, key: str) -> tuple[float, float]:
    """How much a word without accents speaks for each language: "cashless" (0, 1), "nhiem" (1, 0), "an" (0.5, 0.5)."""
    if not text.isalpha():
        return 0, 0
    vietnamese = key in terms.vietnamese or any(cue.is_whole(text) for cue in load_cues()["vietnamese-word"])
    english = key in terms.english or asked.is_english_word(text)
    if vietnamese == english:
        if english:
            return 0.5, 0.5
        return (0.4, 0) if is_syllable(text) else (0, 0.6)
    return (1, 0) if vietnamese else (0, 1)


# --- kinds ---------------------------------------------------------------------------------------------------------


def _read_kinds(reading: Reading, hidden: Asked) -> tuple[Named, ...]:
    """The kinds of records that are asked for, outside all names; "năm 2026 làm gì" is a period and a kind."""
    kinds: dict[str, Named] = {}
    for cue in load_cues()["kind"]:
        for found in cue.find(reading.asked):
            if HIDDEN in hidden.lowered[found.start() : found.end()]:
                continue
            kind, words = cue.row["kind"], reading.asked.text[found.start() : found.end()]
            # what a body has to do stands in tasks and in the duties that a plan gives it
            ids = ("task", "duty") if kind == "task" and reading.of("agency") else (kind,)
            rows = [_row_of_kind(each) for each in ids]
            label, english = ", ".join(row["label"] for row in rows), ", ".join(row["label_en"] for row in rows)
            kinds.setdefault(kind, Named(kind, label, english, words, ids))
            reading.removed.append(found.span())
    return tuple(kinds.values())


def _row_of_kind(kind: str) -> Mapping[str, Any]:
    return next(cue.row for cue in load_cues()["kind"] if cue.row["kind"] == kind)
