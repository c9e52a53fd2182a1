"""Targets of one indicator side by side: what each plan sets, a picture for each unit, and how wordings were joined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.duplicates import split_words
from ingest.reference import load_phrase
from search_api.indicators import Indicator, Wording, find_indicators, list_differences, list_indicators, list_related
from search_api.live import Opened
from search_api.messages import load_messages
from search_api.page_base import Page, call_plan, label_of, one_line
from search_api.page_words import Piece, mark_text, say_number, say_value, shorten
from search_api.search import Ask
from search_api.target_chart import Chart, Point, draw_chart

_SOFTER = ("about", "at_least", "at_most", "minimum", "nearly")
_FIGURE = re.compile(r"\d+(?:,\d+)?")
_ROWS = 60  # of the list of indicators on one page
_SIGNS = {"<": "< ", "<=": "≤ ", ">": "> ", ">=": "≥ "}
_BOUNDS = {"<": "down", "<=": "down", ">": "up", ">=": "up"}
_OF_GROWTH = "%/năm"  # a share per year is a growth, whether a plan says "tăng 8%/năm" or "trên 11%/năm"


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator in the list: how many targets in how many plans, in which units."""

    text: str
    link: str
    others: Sequence[str]  # further wordings
    plans: int
    targets: int
    places: str
    sentence: str  # in which the first of them stands: a name alone may not say of what


@dataclass(frozen=True, slots=True)
class Target:
    """One target in the table."""

    plan: str
    plan_link: str
    text: str
    link: str
    year: str
    value: str
    baseline: str
    source: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Panel:
    """The targets that one scale can show: "Tỷ lệ, %" or "Mức tăng, lần"; no picture of a single one."""

    unit: str
    is_growth: bool
    chart: Chart | None
    ticks: Sequence[tuple[float, str]]
    described: Sequence[str]  # the picture in words, a plan each


@dataclass(frozen=True, slots=True)
class Named:
    """A wording that is shown, with what sets it apart from the first, or one that could be added."""

    pieces: Sequence[Piece]
    plans: str
    link: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything on the page of an indicator."""

    titles: Sequence[tuple[str, str]]  # what is compared, each with the page without it
    panels: Sequence[Panel]
    targets: Sequence[Target]
    wordings: Sequence[Named]
    related: Sequence[Named]
    is_joined: bool  # wordings that are not quite the same stand together
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the list of indicators, and whether they were found by words or only by meaning."""

    rows: Sequence[Row]
    by_meaning: bool
    total: int
    several: int
    pages: int
    number: int


def list_found(here: Opened, page: Page) -> Listed:
    """Indicators with all words of the question, else those nearest in meaning; all where nothing is asked."""
    every = list_indicators(here)
    found, by_meaning = _find_by_words(every, page.question), False
    if not found and here.search is not None:
        found, by_meaning = _find_by_meaning(here, every, page.question), True
    shown, number, pages = page.cut(found, _ROWS)
    several = sum(len(each.documents) > 1 for each in found)
    return Listed([_show_row(here, each, page) for each in shown], by_meaning, len(found), several, pages, number)


def compare_targets(here: Opened, page: Page, names: Sequence[str], exact: bool) -> Comparison | None:
    """The targets of the wordings that are named; None where nothing is called so."""
    indicators = find_indicators(here, names, exact)
    if not indicators:
        return None
    wordings = [each for indicator in indicators for each in indicator.wordings]
    records = [record for each in wordings for iri in each.targets if (record := here.records.get(iri))]
    plans = {iri: here.records.get(iri) or {} for iri in {each["document"] for each in records}}
    called = {iri: call_plan(here, plan, page) for iri, plan in plans.items()}
    records.sort(key=lambda each: (called[each["document"]], each["year"] or 9999, each["source"]["start"]))
    return Comparison(
        list(_list_titles(indicators, page)),
        list(_draw_panels(records, called, page)),
        [_show_target(each, called[each["document"]], page) for each in records],
        [each for indicator in indicators for each in _show_wordings(here, indicator, page)],
        [_show_related(here, each, names, page) for each in list_related(here, wordings)],
        len(wordings) > len(indicators),
        exact,
    )


def _find_by_words(every: Sequence[Indicator], question: str) -> list[Indicator]:
    wanted = set(split_words(question))
    return [each for each in every if any(wanted <= set(split_words(one.text)) for one in each.wordings)]


def _find_by_meaning(here: Opened, every: Sequence[Indicator], question: str) -> list[Indicator]:
    ids = here.search.find_ids(Ask(question, demands={"kind": ("target",)}))
    by_target = {iri: group for group in every for each in group.wordings for iri in each.targets}
    return list({id(group): group for iri in ids[:_ROWS] if (group := by_target.get(iri))}.values())[:10]


def _show_row(here: Opened, indicator: Indicator, page: Page) -> Row:
    first, *others = indicator.wordings
    target = here.records.get(first.targets[0])
    sentence = target["source"]["quote"] if target else ""
    plans = [here.records.get(iri) or {} for iri in sorted(indicator.documents)]
    places = dict.fromkeys(label_of(here, each["jurisdiction"].split("/")[0], page) for each in plans)
    return Row(
        one_line(first.text),
        page.link("/compare", indicator=first.slug),
        [one_line(each.text) for each in others],
        len(plans),
        indicator.count,
        ", ".join(places),
        "" if one_line(sentence) == one_line(first.text) else shorten(sentence),
    )


def _show_target(record: Mapping[str, Any], called: str, page: Page) -> Target:
    return Target(
        called,
        page.of_record(record["document"], "document"),
        one_line(record["indicator"]),
        page.of_record(record["id"], "target"),
        str(record["year"]) if record["year"] else "",
        _say_printed(record, page),
        one_line(record["baseline"] or ""),
        record["source"],
    )


def _say_printed(record: Mapping[str, Any], page: Page) -> str:
    """A value with the word before it that softens it, which no comparator keeps: "khoảng 1,5%", "ít nhất 2–3"."""
    said, value = say_value(record, page.language), record["value"]
    if record["comparator"] not in ("=", "range"):
        return said
    low = value[0] if isinstance(value, list) else value
    quote = record["source"]["quote"]
    for found in _FIGURE.finditer(quote):
        if float(found[0].replace(",", ".")) == low:
            softer = load_phrase("target_qualifier").search(quote[: found.start()])
            return f"{say_softer(softer[0], page)} {said}" if softer else said
    return said


def say_softer(printed: str, page: Page) -> str:
    """The words before a figure in the language of the page: say_softer("Ít nhất khoảng", page) == "at least about"."""
    said = printed.lower()
    for name in (f"compare_softer_{each}" for each in _SOFTER):
        said = said.replace(load_messages("vi")[name], page.say[name])
    return said


def _draw_panels(records: Sequence[Mapping[str, Any]], called: Mapping[str, str], page: Page) -> Iterator[Panel]:
    """One panel for each unit, levels and growth apart; the unit of most targets first."""
    by_scale: dict[tuple[str, bool], list[Mapping[str, Any]]] = {}
    for each in records:
        is_growth = each["comparator"] == "increase" or each["unit"] == _OF_GROWTH
        by_scale.setdefault((one_line(each["unit"] or ""), is_growth), []).append(each)
    for (unit, is_growth), some in sorted(by_scale.items(), key=lambda pair: -len(pair[1])):
        points = [_make_point(each, called[each["document"]], page) for each in some]
        chart = draw_chart(points) if len(points) > 1 else None
        ticks = [(place, say_number(value, page.language)) for place, value in chart.ticks] if chart else []
        yield Panel(unit, is_growth, chart, ticks, [_describe(each, called[each["document"]], page) for each in some])


def _make_point(record: Mapping[str, Any], called: str, page: Page) -> Point:
    value = record["value"]
    low, high = sorted(value) if isinstance(value, list) else (value, value)
    said = "–".join(say_number(each, page.language) for each in dict.fromkeys((low, high)))
    said = _SIGNS.get(record["comparator"], "") + said
    if record["comparator"] == "increase":  # "tăng 2 lần" is no plus two
        said = page.say["value_increase"].format(value=said)
    return Point(called, record["year"], low, high, _BOUNDS.get(record["comparator"], ""), said)


def _describe(record: Mapping[str, Any], called: str, page: Page) -> str:
    year = record["year"] or page.say["compare_no_year"]
    return f"{called}: {_say_printed(record, page)} ({year})"


def _list_titles(indicators: Sequence[Indicator], page: Page) -> Iterator[tuple[str, str]]:
    for indicator in indicators:
        others = tuple(each.wordings[0].slug for each in indicators if each is not indicator)
        yield one_line(indicator.wordings[0].text), page.here(indicator=others) if others else ""


def _show_wordings(here: Opened, indicator: Indicator, page: Page) -> Iterator[Named]:
    """Each wording with the words marked that another of the same indicator has not."""
    first = indicator.wordings[0]
    for each in indicator.wordings:
        others = [other for other in indicator.wordings if other is not each] if each is first else [first]
        spans = sorted({span for other in others for span in list_differences(each.text, other.text)})
        link = page.link("/compare", indicator=each.slug, exact=1) if len(indicator.wordings) > 1 else ""
        yield Named(tuple(mark_text(each.text, spans)), _call_plans(here, each, page), link)


def _show_related(here: Opened, wording: Wording, names: Sequence[str], page: Page) -> Named:
    link = page.here(indicator=(*names, wording.slug))
    return Named((Piece(one_line(wording.text), False),), _call_plans(here, wording, page), link)


def _call_plans(here: Opened, wording: Wording, page: Page) -> str:
    return "; ".join(call_plan(here, here.records.get(iri) or {}, page) for iri in sorted(wording.documents))
