"""Targets from the rows of an indicator table: one for each figure that a row states for a year to come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ingest.bodies import names_bodies
from ingest.cell_figures import CellFigure, clean, known_unit, read_figure, read_figures
from ingest.deadlines import parse_deadline
from ingest.grid import Cell, Row, Table
from ingest.heads import plain_words
from ingest.indicator_columns import FigureColumn, IndicatorColumns, read_columns
from ingest.indicator_rows import Numbering, place_cells
from ingest.lines import find_mark
from ingest.outline import unique
from ingest.records import Evidence, Origin, Source, Target
from ingest.reference import load_phrase
from ingest.source import SourceText
from ingest.table_captions import Caption
from ingest.targets import find_cell_targets

_BRACKET = re.compile(r"\(([^()]{1,40})\)\s*[:.]?\s*$")
_MAX_BARE = 6  # words of a row that may need those above: "Cấp tỉnh"
_Unit = tuple[str, Evidence]


@dataclass(frozen=True, slots=True)
class _RowFacts:
    """What a row says besides its values: words, unit, year of its own, baseline."""

    address: str
    row: Row
    words: str
    indicator: Evidence
    unit: _Unit | None
    due: tuple[int, Evidence] | None
    baseline: tuple[FigureColumn, Cell] | None


@dataclass(slots=True)
class _IndicatorReader:
    """Goes down an indicator table with what the rows above leave open: their words and units."""

    source: SourceText
    table: Table
    columns: IndicatorColumns
    caption: Caption
    base: str
    rows: set[str]  # addresses of the rows of all such tables of the document
    numbering: Numbering
    above: Evidence | None = None  # the words of the last row that prints some
    last_unit: _Unit | None = None
    warnings: list[str] = field(default_factory=list)

    def read(self) -> Iterator[Target]:
        """The targets of each row in order; rows without a figure are headings over the next."""
        for row in self.table.rows:
            if not any(cell.text for cell in row.cells):
                continue
            cells = place_cells(self.table, self.columns, row)
            if cells is None:
                line, wide = self.source.line_at(row.start), len(row.cells)
                heads = len(self.table.columns)
                self.warnings.append(f"line {line}: a row of {wide} cells under a head of {heads} was left out")
                continue
            yield from self._targets(row, cells)

    def _targets(self, row: Row, cells: tuple[Cell | None, ...]) -> Iterator[Target]:
        number = cells[0] if self.table.columns[0] == "number" else None
        printed = cells[self.columns.words]
        heading = sum(bool(cell.text) for cell in row.cells) == 1
        if printed is None or not printed.text:
            if heading:  # a heading over the whole width stands in the first cell
                self.numbering.open(None, next(cell.text for cell in row.cells if cell.text), heading)
                return
            if self.above is None:
                return
            indicator = replace(self.above, origin=Origin.INHERITED)
            self.numbering.go_on()
        else:
            mark = find_mark(printed.text, 0)
            cited = self.source.cite(printed.start + (mark.words if mark else 0), printed.end)
            self.above = indicator = Evidence(cited if cited.quote else self.source.cite(printed.start, printed.end))
            self.numbering.open(number, printed.text, heading)
        words = self._words(clean(indicator.source.quote))
        unit = self._unit(cells, printed)
        self.numbering.give_unit(words, unit)
        figures = list(self._figures(cells, words, unit))
        if self.columns.values and not figures:
            return
        address = self.numbering.address(self.base)
        due = self._own_year(cells)
        facts = _RowFacts(address, row, words, indicator, unit, due, self._baseline(cells, words, unit))
        found = list(self._of_figures(facts, figures) if figures else self._of_words(facts))
        if found:
            address = unique(address, self.rows)
            yield from (replace(each, address=f"{address}/chi-tieu-{at}") for at, each in enumerate(found, start=1))

    def _words(self, printed: str) -> str:
        """The words of a row, those of the row above in front where they name nothing measured: "Cấp tỉnh"."""
        within = load_phrase("indicator_within").sub("", printed)
        words = (within or printed).rstrip(" :;.,")
        measured = load_phrase("indicator_measured")
        part = within != printed
        above = self.numbering.words_above(part)
        bare = not measured.match(words) and len(words.split()) <= _MAX_BARE
        return f"{above}: {words}" if above and bare and (part or measured.match(above)) else words

    # --- fields -------------------------------------------------------------------------------------------------

    def _unit(self, cells: tuple[Cell | None, ...], printed: Cell | None) -> _Unit | None:
        """The unit of a row: of its column, else in brackets behind its words, else of the row or line above."""
        cell = cells[self.columns.unit] if self.columns.unit is not None else None
        if cell and load_phrase("unit_ditto").match(clean(cell.text)):
            return _inherit(self.last_unit)
        if cell and _names_unit(clean(cell.text)):
            self.last_unit = _unbracketed(clean(cell.text)), Evidence(self.source.cite(cell.start, cell.end))
            return self.last_unit
        bracket = _BRACKET.search(clean(printed.text)) if printed else None
        if printed and bracket and known_unit(bracket[1]):
            return known_unit(bracket[1]), Evidence(self.source.cite(printed.start, printed.end))
        unit = self.columns.unit
        merged = unit is not None and cell is None and any(cells[unit + 1 :])  # else the row ends before its unit
        return _inherit((self.last_unit if merged else None) or self.numbering.unit_above()) or self.caption.unit

    def _figures(
        self, cells: tuple[Cell | None, ...], words: str, unit: _Unit | None
    ) -> Iterator[tuple[FigureColumn, Cell, CellFigure]]:
        for column in self.columns.values:
            cell = cells[column.at]
            if cell and cell.text:
                found = read_figures(cell.text, words, unit[0] if unit else "")
                yield from ((column, cell, figure) for figure in found)

    def _own_year(self, cells: tuple[Cell | None, ...]) -> tuple[int, Evidence] | None:
        """The year that a column of deadlines gives to a row."""
        cell = cells[self.columns.deadline] if self.columns.deadline is not None else None
        end = parse_deadline(plain_words(cell.text)).end if cell and cell.text else None
        return (int(end[:4]), Evidence(self.source.cite(cell.start, cell.end))) if cell and end else None

    def _baseline(
        self, cells: tuple[Cell | None, ...], words: str, unit: _Unit | None
    ) -> tuple[FigureColumn, Cell] | None:
        """The last column of what was reached that holds a figure."""
        found = None
        for column in self.columns.figures:
            cell = cells[column.at]
            if column.baseline and cell and cell.text and read_figure(cell.text, words, unit[0] if unit else ""):
                found = column, cell
        return found

    # --- targets ------------------------------------------------------------------------------------------------

    def _of_figures(self, facts: _RowFacts, figures: list[tuple[FigureColumn, Cell, CellFigure]]) -> Iterator[Target]:
        for column, cell, figure in figures:
            value = Evidence(self.source.cite(cell.start, cell.end))
            evidence = {"indicator": facts.indicator, "value": value}
            unit = facts.unit
            if figure.unit and (unit is None or ("%" in figure.unit and "%" not in unit[0])):
                unit = figure.unit, value
            due = self._year(facts, column, figure, value)
            if unit:
                evidence["unit"] = unit[1]
            if due:
                evidence["year"] = due[1]
            yield Target(
                address=facts.address,
                indicator=f"{facts.words}: {figure.words}" if figure.words else facts.words,
                comparator=figure.comparator,
                value=figure.value,
                unit=unit[0] if unit else "",
                year=due[0] if due else None,
                baseline=self._reached(facts, unit, evidence),
                evidence=evidence,
                source=self._row_source(facts.row),
            )

    def _year(
        self, facts: _RowFacts, column: FigureColumn, figure: CellFigure, value: Evidence
    ) -> tuple[int, Evidence] | None:
        """The year that a cell prints, else its column, else its row, else what stands over the table."""
        if figure.year:
            return figure.year, value
        if column.year:
            return column.year, Evidence(column.source)
        return facts.due or self.caption.year

    def _reached(self, facts: _RowFacts, unit: _Unit | None, evidence: dict[str, Evidence]) -> str | None:
        """The baseline as its head and cell print it: "Hiện trạng năm 2024: 65%"."""
        if facts.baseline is None:
            return None
        column, cell = facts.baseline
        evidence["baseline"] = Evidence(self.source.cite(cell.start, cell.end))
        words = clean(cell.text)
        measure = unit[0] if unit and words[-1:].isdigit() else ""
        return f"{column.head}: {words}{'' if measure.startswith('%') or not measure else ' '}{measure}"

    def _of_words(self, facts: _RowFacts) -> Iterator[Target]:
        """What a row states in its words alone: "100% hồ sơ được số hóa"."""
        cited = facts.indicator.source
        for target in find_cell_targets(self.source, cited.start, cited.end, facts.address):
            due = (target.year, target.evidence["year"]) if target.year else facts.due or self.caption.year
            yield replace(
                target,
                year=due[0] if due else None,
                evidence={**target.evidence, **({"year": due[1]} if due else {})},
                source=self._row_source(facts.row),
            )

    def _row_source(self, row: Row) -> Source:
        cells = [cell for cell in row.cells if cell.text]
        return self.source.cite(cells[0].start, cells[-1].end)


def find_indicator_targets(
    source: SourceText, table: Table, caption: Caption, base: str, rows: set[str]
) -> tuple[tuple[Target, ...], tuple[str, ...]]:
    """The targets of one indicator table, and one line for each row that could not be read."""
    columns = read_columns(source, table, caption.since)
    numbering = Numbering(table, columns.words)
    reader = _IndicatorReader(source, table, columns, caption, base, rows, numbering)
    targets = tuple(reader.read())
    return targets, tuple(reader.warnings)


def _inherit(unit: _Unit | None) -> _Unit | None:
    return (unit[0], replace(unit[1], origin=Origin.INHERITED)) if unit else None


def _names_unit(text: str) -> bool:
    """Whether a cell of the unit column names a unit: not a dash, a number, or who is to measure."""
    bare = read_figure(text, "", "")
    if bare and not bare.unit:
        return False
    return any(char.isalnum() or char == "%" for char in text) and not names_bodies(text)[0]


def _unbracketed(text: str) -> str:
    """A unit without brackets around it: "(%)" -> "%"."""
    return text[1:-1].strip() if text.startswith("(") and text.endswith(")") else text
