"""Targets: figures to be reached, with the year they are for.

A fall is an increase below nought: "Giảm 20% thời gian" is "increase", -20, "%".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.clauses import split_sentences
from ingest.figures import (
    Figure,
    bare_indicator,
    compared,
    find_figures,
    find_values,
    indicator_of,
    noun_behind,
    own_indicator,
    unit_of,
)
from ingest.fold import squeeze
from ingest.lines import drop_emphasis
from ingest.outline import Node
from ingest.prose_tasks import section_kind
from ingest.records import AROUND, Evidence, Origin, Source, Target
from ingest.reference import load_phrase
from ingest.source import SourceText

_MAX_HEADING = 160
_ROUNDING = 1e-6
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\s*[-–]\s*(?:19|20)\d\d)(?!\d|/)")  # no part of a period or a date
_PERIOD = re.compile(r"(?:giai đoạn\s+)((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)")
_YEAR_REACH = 80  # no bracket with a year is longer
_BULLETS = ("dash", "plus", "star")
_HEADING_YEAR = "the figure prints no year; the heading above it does"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where sentences stand: the address of their item, whether it tells objectives, and the heading with a year."""

    source: SourceText
    base: str
    objective: bool
    heading: Node | None
    paragraph: Source


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
        words = source.cite(node.block.words, node.block.end)
        yield from _of_text(_Place(source, f"{node.address}/chi-tieu", objective, above, words))


def find_cell_targets(source: SourceText, start: int, end: int, base: str) -> Iterator[Target]:
    """The targets of a cell that is an objective by its place: "100% hồ sơ được số hóa"."""
    yield from _of_text(_Place(source, base, True, None, source.cite(start, end)))


def _of_text(place: _Place) -> Iterator[Target]:
    number, start = 0, place.paragraph.start
    for first, last in split_sentences(place.paragraph.quote):
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
    last: Figure | None = None
    for figure, whole in _undertaken(place, text):
        same_clause = figure.start and ";" not in text[last.value.end if last else 0 : figure.value.start]
        year = _year_of(text, figure) or (year if same_clause else None)
        own = indicator_of(text, figure)
        if len(own.split()) > 1 or (own and not (indicator and same_clause)):
            indicator = own
        elif last and _counts_anew(text, last, figure, bool(same_clause)):
            indicator = own_indicator(text, figure) or indicator
        last = figure
        indicator = indicator or own_indicator(text, figure) or bare_indicator(text, figure)
        if not indicator:
            continue
        number += 1
        cited = place.source.cite(start + _first_word(text, figure.start), start + figure.end)
        due = (year, Evidence(cited)) if year else _inherited_year(place)
        unit = unit_of(text, whole or figure)
        target = _target(f"{place.base}-{number}", text, figure, (indicator, unit), due, cited)
        yield replace(target, evidence={**target.evidence, AROUND: Evidence(place.paragraph)})


def _undertaken(place: _Place, text: str) -> Iterator[tuple[Figure, Figure | None]]:
    """The figures of a sentence to be reached, a part that makes up a whole with the others of its bracket with it."""
    whole: Figure | None = None
    figures = list(find_figures(text, [value for value in find_values(text) if place.objective or value.is_share]))
    for figure in figures:
        if figure.value.row["kind"] == "money" and load_phrase("target_cost").search(text[figure.start : figure.end]):
            continue
        parts = [each for each in figures if whole and _is_part(text, whole, each)]
        if whole and figure in parts:
            adds_up = abs(sum(each.value.low for each in parts) - whole.value.low) < _ROUNDING
            yield figure, whole if adds_up else None
        elif place.objective or _is_pledged(text, figure):
            whole = figure
            yield figure, None


def _is_part(text: str, whole: Figure, part: Figure) -> bool:
    """Whether a share stands in a bracket behind another: "3% tổng chi (1% cho ... và 2% cho ...)"."""
    between = text[whole.value.end : part.value.start]
    return part.value.is_share and "(" in between and ")" not in between and ";" not in between.partition("(")[0]


def _is_pledged(text: str, figure: Figure) -> bool:
    """Whether a share outside the objectives is one to be reached: not paid, not reached yet."""
    clause = text[text.rfind(";", 0, figure.value.start) + 1 : figure.value.start]
    piece = text[figure.start : figure.end]
    if load_phrase("target_paid").match(text[figure.value.end : figure.end]):
        return False
    if load_phrase("target_payer").search(clause) or load_phrase("target_reached").search(clause):
        return False
    if load_phrase("target_undertaken").search(piece):
        return True
    told = load_phrase("target_past").match(text) or load_phrase("target_told").search(clause)
    return not told and load_phrase("target_pledged").search(piece) is not None


def _counts_anew(text: str, last: Figure, figure: Figure, same_clause: bool) -> bool:
    """Whether a figure names by itself another thing than the one before: "20 doanh nghiệp; 15 hợp tác xã"."""
    if figure.value.row["kind"] == "count":
        return figure.value.printed != last.value.printed
    noun, before = noun_behind(text, figure), noun_behind(text, last)
    return not same_clause and not (before and (noun.startswith(before) or before.startswith(noun)))


def _target(
    address: str, text: str, figure: Figure, named: tuple[str, str], due: tuple[int, Evidence] | None, cited: Source
) -> Target:
    evidence = {"indicator": Evidence(cited), "value": Evidence(cited)}
    if due:
        evidence["year"] = due[1]
    comparator, value = compared(text, figure)
    baseline = load_phrase("target_baseline").search(text, figure.value.end, figure.end)
    indicator, unit = named
    return Target(
        address=address,
        indicator=indicator,
        comparator=comparator,
        value=value,
        unit=unit,
        year=due[0] if due else None,
        baseline=squeeze(baseline[0]) if baseline else None,
        evidence=evidence,
        source=cited,
    )


def _year_of(text: str, figure: Figure) -> int | None:
    """The year in brackets right behind a value, else the nearest before it, else one behind it in its piece."""
    end = figure.value.end
    bracket = re.match(r"\s*\((?:đến\s+)?năm\s+((?:19|20)\d\d)\)", text[end : end + _YEAR_REACH])
    if bracket:
        return int(bracket[1])
    bases = [found.span() for found in load_phrase("target_baseline").finditer(text, figure.start, figure.end)]
    before = [
        (found.start(), int(found[found.lastindex or 1]))
        for pattern in (_YEAR, _PERIOD)
        for found in pattern.finditer(text, figure.start, figure.value.start)
        if not any(low <= found.start() < high for low, high in bases)
    ]
    if before:
        return max(before)[1]
    after = [
        int(found[1])
        for found in _YEAR.finditer(text, end, figure.end)
        if not any(low <= found.start() < high for low, high in bases)
    ]
    return after[0] if after else None


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
