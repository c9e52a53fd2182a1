"""Targets: figures to be reached, with the year they are for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.clauses import split_sentences
from ingest.fold import squeeze
from ingest.lines import drop_emphasis
from ingest.outline import Node
from ingest.prose_tasks import section_kind
from ingest.records import Evidence, Target
from ingest.reference import load_patterns, load_phrase
from ingest.source import SourceText

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_VALUE = re.compile(
    rf"(?<![\w/.,-])(?P<low>{_NUMBER})\s*(?P<unit1>%)?(?:\s*(?:-|–|đến)\s*(?P<high>{_NUMBER})(?=\s*%))?\s*"
    rf"(?:\((?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\)\s*)?"
    rf"(?P<unit>%(?:\s*/\s*năm|\s*GRDP)?|lần|người\s*/\s*(?:một\s+)?vạn\s+dân)(?![\w/])"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\s*[-–]\s*(?:19|20)\d\d)(?!\d|/)")  # no part of a period or a date
_PERIOD = re.compile(r"(?:giai đoạn\s+)((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)")
_MAX_INDICATOR = 220


@dataclass(frozen=True, slots=True)
class _Figure:
    """One value of a sentence with the piece of text that speaks of it."""

    found: re.Match[str]
    start: int  # of its piece, in the sentence
    end: int


def find_targets(source: SourceText, root: Node) -> Iterator[Target]:
    """The targets of an outline: all figures of the objectives, and elsewhere those that a plan undertakes to reach."""
    for node in root.walk():
        if node.block is None or node.style == "table":
            continue
        objective = section_kind(node) == "objectives"
        start = node.block.words
        text = source.text[start : node.block.end]
        number = 0
        for first, last in split_sentences(text):
            for target in _of_sentence(
                source, start + first, start + last, objective, f"{node.address}/chi-tieu", number
            ):
                number += 1
                yield target


def _of_sentence(source: SourceText, start: int, end: int, objective: bool, base: str, number: int) -> Iterator[Target]:
    text = source.text[start:end]
    if load_phrase("target_past").match(text) and not load_phrase("target_wished").search(text):
        return  # what was reached: "Năm 2020, đóng góp của TFP ... đạt 33,9%"
    indicator = ""
    year: int | None = None
    last = 0
    for figure in _figures(text):
        piece = text[figure.start : figure.end]
        if not objective and not (
            figure.found["unit"].startswith("%") and load_phrase("target_undertaken").search(piece)
        ):
            continue
        same_clause = figure.start and ";" not in text[last : figure.found.start()]
        year = _year(text, figure) or (year if same_clause else None)
        last = figure.found.end()
        own = _indicator(text, figure)
        indicator = own if len(own.split()) > 2 else indicator
        if not indicator:
            continue
        number += 1
        begin, stop = _quote(text, figure)
        cited = source.cite(start + begin, start + stop)
        comparator, value = _value(text, figure)
        evidence = {name: Evidence(cited) for name in ("indicator", "value", "year") if name != "year" or year}
        base_found = load_phrase("target_baseline").search(text, figure.found.end(), figure.end)
        yield Target(
            address=f"{base}-{number}",
            indicator=indicator,
            comparator=comparator,
            value=value,
            unit=_unit(text, figure),
            year=year,
            baseline=squeeze(base_found[0]) if base_found else None,
            evidence=evidence,
            source=cited,
        )


def _figures(text: str) -> Iterator[_Figure]:
    """The values of a sentence, each with its piece: from the end of the last value's piece to the next break."""
    values = list(_VALUE.finditer(text))
    start = 0
    for at, found in enumerate(values):
        limit = values[at + 1].start() if at + 1 < len(values) else len(text)
        breaks = re.search(r"[;,]\s|\.\s", text[found.end() : limit])
        end = found.end() + breaks.start() if breaks and not _opens_number(text, found.end()) else limit
        yield _Figure(found, start, max(end, found.end()))
        start = min(end + 1, limit)


def _opens_number(text: str, at: int) -> bool:
    """Whether the sentence goes on about the same value: "100% sản phẩm ..., được quản lý bằng quy chuẩn"."""
    return text[:at].rstrip().endswith("100%")


def _year(text: str, figure: _Figure) -> int | None:
    """The year in brackets right behind a value, else the nearest before it, else one behind it in its piece."""
    bracket = re.match(r"\s*\((?:đến\s+)?năm\s+((?:19|20)\d\d)\)", text[figure.found.end() :])
    if bracket:
        return int(bracket[1])
    bases = [found.span() for found in load_phrase("target_baseline").finditer(text)]
    before = [
        (found.start(), int(found[found.lastindex or 1]))
        for pattern in (_YEAR, _PERIOD)
        for found in pattern.finditer(text, figure.start, figure.found.start())
        if not any(low <= found.start() < high for low, high in bases)
    ]
    if before:
        return max(before)[1]
    after = [
        int(found[1])
        for found in _YEAR.finditer(text, figure.found.end(), figure.end)
        if not any(low <= found.start() < high for low, high in bases)
    ]
    return after[0] if after else None


def _indicator(text: str, figure: _Figure) -> str:
    """What is measured: the words before the value, or behind a share that opens its piece ("100% cơ sở ...")."""
    before = load_phrase("indicator_opening").sub("", _strip(text[figure.start : figure.found.start()]))
    if len(before.split()) > 2:
        return before[-_MAX_INDICATOR:]
    behind = _strip(text[figure.found.end() : figure.end])
    return f"Tỷ lệ {behind[:_MAX_INDICATOR]}" if figure.found["unit"] == "%" and len(behind.split()) > 2 else before


def _strip(text: str) -> str:
    stripped = squeeze(drop_emphasis(text)).strip(" ,;:()")
    while (shorter := load_phrase("indicator_closing").sub("", stripped)) != stripped:
        stripped = shorter
    return stripped


def _quote(text: str, figure: _Figure) -> tuple[int, int]:
    start = figure.start
    while start < figure.found.start() and text[start] in " ,;.":
        start += 1
    return start, figure.end


def _value(text: str, figure: _Figure) -> tuple[str, float | tuple[float, float]]:
    low = _number(figure.found["low"])
    before = text[figure.start : figure.found.start()].rstrip()
    if figure.found["high"]:
        return "range", (low, _number(figure.found["high"]))
    for row, pattern in load_patterns("comparators"):
        if pattern.search(before):
            return row["comparator"], low
    return ("increase" if figure.found["unit"] == "lần" else "="), low


def _number(printed: str) -> float:
    value = float(printed.replace(".", "").replace(",", "."))
    return int(value) if value.is_integer() else value


def _unit(text: str, figure: _Figure) -> str:
    """The unit without spaces; a growth told with "hàng năm" is one a year."""
    unit = re.sub(r"\s*/\s*", "/", squeeze(figure.found["unit"])).replace("/một ", "/")
    yearly = load_phrase("target_yearly").search(text[figure.start : figure.found.start()])
    return "%/năm" if unit == "%" and yearly else unit
