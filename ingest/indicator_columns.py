"""The columns of an indicator table: where its words stand, which columns hold figures, and for which year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.grid import Table
from ingest.heads import column_of, figure_of, plain_words
from ingest.records import Source
from ingest.source import SourceText

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BARE = re.compile(r"(?:(?:đến|hết|cuối|năm|trong)\s+)*(?:19|20)\d\d", re.IGNORECASE)
_MAY_HOLD_FIGURES = frozenset({"", "lead", "output", "deadline"})
_COMPARED_TO = re.compile(r"\([^()]*\)\s*$")


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A column of figures: "Mục tiêu đến năm 2030" holds values for 2030, "Hiện trạng" a baseline."""

    at: int
    baseline: bool
    year: int | None
    head: str
    source: Source  # where the head is printed


@dataclass(frozen=True, slots=True)
class IndicatorColumns:
    """What an indicator table is read by; `unit` and `deadline` are None where it has no such column."""

    words: int
    unit: int | None
    deadline: int | None
    figures: tuple[FigureColumn, ...]

    @property
    def values(self) -> tuple[FigureColumn, ...]:
        """The columns of what is to be reached."""
        return tuple(column for column in self.figures if not column.baseline)


def read_columns(source: SourceText, table: Table, since: int | None) -> IndicatorColumns:
    """The columns of a table by their heads; bare years before `since`, that of the document, are a baseline."""
    unit = table.columns.index("unit") if "unit" in table.columns else None
    deadline = table.columns.index("deadline") if "deadline" in table.columns else None
    indicator = words = table.columns.index("indicator")
    named = next((table.columns.index(name) for name in ("content", "name") if name in table.columns), None)
    others = any(_kind(table, at) for at in range(indicator + 1, len(table.columns)))
    # "Nội dung | ĐVT | Chỉ tiêu": what stands under "Chỉ tiêu" is the figure
    if named is not None and named < indicator and (named < (unit or 0) < indicator if unit else not others):
        words = named
    printed: Counter[str] = Counter()
    figures = []
    for at in range(words + 1, len(table.columns)):
        kind = "value" if at == indicator else _kind(table, at)
        if kind:
            figures.append(_seen_from(_figure_column(source, table, at, kind, printed), since))
    return IndicatorColumns(words, unit, deadline, tuple(figures))


def _kind(table: Table, at: int) -> str:
    """ "value", "baseline", or "" for other columns; a second "Chỉ tiêu" holds the figures of the first."""
    if table.columns[at] not in _MAY_HOLD_FIGURES:
        return ""
    head = table.heads[at]
    kind = "value" if column_of(head) == "indicator" else figure_of(head)
    return "value" if kind in ("goal", "amount") else kind


def _figure_column(source: SourceText, table: Table, at: int, kind: str, printed: Counter[str]) -> FigureColumn:
    head = plain_words(table.heads[at]).strip(" *_:|.")
    years = _YEAR.findall(_COMPARED_TO.sub("", head)) or _YEAR.findall(head)
    year = years[-1] if years else ""
    cited = _head_source(source, table, [part for part in _parts(head) if year in part], printed)
    return FigureColumn(at, kind == "baseline", int(year) if year else None, head, cited)


def _seen_from(column: FigureColumn, since: int | None) -> FigureColumn:
    """A year alone that lies behind the document tells what was reached: "Năm 2024" in a plan of 2025."""
    past = column.year is not None and since is not None and column.year < since
    return replace(column, baseline=True) if past and _BARE.fullmatch(column.head) else column


def _head_source(source: SourceText, table: Table, parts: Sequence[str], printed: Counter[str]) -> Source:
    """Where a head is printed: whole, or that part of it which stands in a cell of its own."""
    end = table.rows[0].start if table.rows else table.end
    for words in parts:
        places = list(_cell_pattern(words).finditer(source.text, table.start, end))
        printed[words] += 1
        if places:
            found = places[min(printed[words], len(places)) - 1]
            return source.cite(found.start("cell"), found.end("cell"))
    return source.cite(table.start, end)


def _parts(head: str) -> list[str]:
    """A head of two lines in parts, the longest first: "Năm 2025 Kế hoạch", "2025 Kế hoạch", ..., "Năm 2025"."""
    words = head.split()
    endings = [" ".join(words[at:]) for at in range(len(words))]
    return endings + [" ".join(words[:at]) for at in range(len(words) - 1, 0, -1)]


def _cell_pattern(words: str) -> re.Pattern[str]:
    """A head as a cell prints it, perhaps over lines or with Markdown between its words."""
    gap = r"(?:\s|\*|_|<br\s*/?>)+"
    body = gap.join(re.escape(word) for word in words.split())
    return re.compile(rf"(?:^|(?<=[|\t\n>]))[\s*_]*(?P<cell>{body})(?=[\s*_:.]*(?:[|\t\n]|$))", re.IGNORECASE)
