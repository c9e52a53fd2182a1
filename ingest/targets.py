"""Targets: figures to be reached, with the year they are for.

A fall is an increase below nought: "Giảm 20% thời gian" is "increase", -20, "%".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.clauses import split_sentences
from ingest.figures import Figure, bare_indicator, compared, find_figures, find_values, indicator_of, unit_of, year_of
from ingest.fold import squeeze
from ingest.lines import drop_emphasis
from ingest.outline import Node
from ingest.prose_tasks import section_kind
from ingest.records import Evidence, Origin, Source, Target
from ingest.reference import load_phrase
from ingest.source import SourceText

_MAX_HEADING = 160
_BULLETS = ("dash", "plus", "star")
_HEADING_YEAR = "the figure prints no year; the heading above it does"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where sentences stand: the address of their item, whether it tells objectives, and the heading with a year."""

    source: SourceText
    base: str
    objective: bool
    heading: Node | None


def find_targets(source: SourceText, root: Node) -> Iterator[Target]:
    """The targets of an outline: all figures of the objectives, and elsewhere those that a plan undertakes to reach."""
    opened: dict[Node | None, Node | None] = {}  # the paragraph "Đến năm 2030:" that opens the bullets below it
    for node in root.walk():
        if node.block is None or node.style == "table":
            continue
        if node.style == "plain":
            opened[node.parent] = node if node.text.endswith(":") else None
        kind = section_kind(node)
        if kind == "funding":
            continue  # who pays how much is no target
        objective = kind == "objectives"
        above = _with_year(node, opened.get(node.parent)) if objective else None
        place = _Place(source, f"{node.address}/chi-tieu", objective, above)
        start, number = node.block.words, 0
        for first, last in split_sentences(source.text[start : node.block.end]):
            for target in _of_sentence(place, start + first, start + last, number):
                number += 1
                yield target


def _with_year(node: Node, opening: Node | None) -> Node | None:
    """The nearest heading above that states one year: "a) Đến năm 2030"."""
    above = opening if opening is not None and node.style in _BULLETS else node.parent
    while above is not None and above.block is not None:
        if len(above.text) <= _MAX_HEADING:
            years = _heading_years(above)
            if years:
                return above if len(years) == 1 else None
        above = above.parent
    return None


def _heading_years(node: Node) -> set[int]:
    found = load_phrase("target_heading_year").finditer(drop_emphasis(node.text))
    return {int(each[each.lastindex or 0]) for each in found}


def _of_sentence(place: _Place, start: int, end: int, number: int) -> Iterator[Target]:
    text = place.source.text[start:end]
    if load_phrase("target_past").match(text) and not load_phrase("target_wished").search(text):
        return  # what was reached: "Năm 2020, đóng góp của TFP ... đạt 33,9%"
    indicator = ""
    year: int | None = None
    last = 0
    for figure in find_figures(text, [value for value in find_values(text) if place.objective or value.is_share]):
        piece = text[figure.start : figure.end]
        if not place.objective and not load_phrase("target_undertaken").search(piece):
            continue
        if figure.value.row["kind"] == "money" and load_phrase("target_cost").search(piece):
            continue
        same_clause = figure.start and ";" not in text[last : figure.value.start]
        year = year_of(text, figure) or (year if same_clause else None)
        last = figure.value.end
        own = indicator_of(text, figure)
        if len(own.split()) > 2 or (own and not (indicator and same_clause)):
            indicator = own
        indicator = indicator or bare_indicator(figure.value)
        if not indicator:
            continue
        number += 1
        cited = place.source.cite(start + _first_word(text, figure.start), start + figure.end)
        due = (year, Evidence(cited)) if year else _inherited_year(place)
        yield _target(f"{place.base}-{number}", text, figure, indicator, due, cited)


def _target(
    address: str, text: str, figure: Figure, indicator: str, due: tuple[int, Evidence] | None, cited: Source
) -> Target:
    evidence = {"indicator": Evidence(cited), "value": Evidence(cited)}
    if due:
        evidence["year"] = due[1]
    comparator, value = compared(text, figure)
    baseline = load_phrase("target_baseline").search(text, figure.value.end, figure.end)
    return Target(
        address=address,
        indicator=indicator,
        comparator=comparator,
        value=value,
        unit=unit_of(text, figure),
        year=due[0] if due else None,
        baseline=squeeze(baseline[0]) if baseline else None,
        evidence=evidence,
        source=cited,
    )


def _inherited_year(place: _Place) -> tuple[int, Evidence] | None:
    """The year of the heading above, for a figure that prints none."""
    if place.heading is None or place.heading.block is None:
        return None
    [year] = _heading_years(place.heading)
    heading = place.source.cite(place.heading.block.start, place.heading.block.end)
    return year, Evidence(heading, Origin.INHERITED, _HEADING_YEAR)


def _first_word(text: str, at: int) -> int:
    while at < len(text) and text[at] in " ,;.\n\t":
        at += 1
    return at
