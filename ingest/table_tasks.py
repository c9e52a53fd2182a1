"""Tasks from the rows of a table: cells get their columns, merged cells their value from above, groups their path."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from ingest.align import Reading, align_row, is_item, loses_cells
from ingest.bodies import names_bodies
from ingest.cell_bodies import Part, find_cell_bodies, split_parts
from ingest.deadlines import parse_deadline
from ingest.grid import Cell, Row, Table
from ingest.heads import cell_kind, plain_words
from ingest.lines import find_mark, is_upper
from ingest.outline import slug_label, unique
from ingest.records import Body, Deadline, Evidence, Heading, Origin, Source, Task
from ingest.reference import load_phrase
from ingest.source import SourceText
from ingest.table_groups import (
    COUNTED,
    group_style,
    has_subrow,
    is_listed,
    is_title,
    kind_of_first,
    label_of,
    split_label,
)
from ingest.topics import find_topics

_AGENCY_COLUMNS = frozenset({"lead", "coordinating"})
_OWN = frozenset({"number", "content", "name", "indicator"})  # never said by a ditto mark
_OF_PARTS = ("lead", "deadline", "output")  # by which the rows of one merged task are tasks of their own
_NONE: tuple[str, ...] = ()
_TITLES = frozenset({"text", "product"})
_BOLD = re.compile(r"\*\*[^*]+\*\*")
_WHY_SPLIT = "one cell names who leads and who joins in, and does not say which is which: the first is taken to lead"
_WHY_ASSUMED = "a merged cell left one cell for two columns; what the cell says does not decide between them"


@dataclass(frozen=True, slots=True)
class _Value:
    """What a column holds in a row: its cell, and whether a merged cell above gave it."""

    cell: Cell
    origin: Origin
    candidates: tuple[str, ...] = ()


@dataclass(slots=True)
class _TableReader:
    """Goes down a table with what the rows so far have left: open merged cells and the group headings."""

    source: SourceText
    table: Table
    annex: str | None
    base: str
    taken: set[str]
    above: dict[int, Cell] = field(default_factory=dict)
    groups: list[Heading] = field(default_factory=list)
    last_numbered: str = ""
    unnumbered: int = 0
    restarts: bool = False
    counts: bool = False  # every task row has a number
    loses_cells: bool = False  # else a row that is short has blank cells at its end
    warnings: list[str] = field(default_factory=list)

    def read(self) -> Iterator[Task]:
        """Each task row in order; group rows only set the path."""
        self.restarts = self._numbers_restart()
        self.counts = all(kind_of_first(row) in COUNTED for row in self.table.rows if len(row.own) > 1)
        reads = partial(names_bodies, document=self.source.text, place=self.table.start)
        self.loses_cells = loses_cells(self.table, reads)
        for at, row in enumerate(self.table.rows):
            if not row.own or load_phrase("table_total").match(plain_words(row.own[0].text)):
                continue
            if self._open_group(row, self.table.rows[at + 1 : at + 2]):
                continue
            self._close_groups(row)
            above = frozenset(self.above) if self.loses_cells else frozenset[int]()
            reading = align_row(self.table, row, above, reads)
            if reading is None:
                line, cells, heads = self.source.line_at(row.start), len(row.cells), len(self.table.columns)
                self.warnings.append(f"line {line}: a row of {cells} cells under a head of {heads} was left out")
                continue
            task = self._task(row, self._values(reading))
            if task:
                yield task

    def _numbers_restart(self) -> bool:
        kinds = ("serial", "letter")
        serials = Counter(label_of(row.first) for row in self.table.rows if kind_of_first(row) in kinds)
        return any(count > 1 for label, count in serials.items() if label)

    def _open_group(self, row: Row, following: Sequence[Row]) -> bool:
        """Take a row as a heading over the next ones: "I | CQS1 | Phát triển cơ sở hạ tầng"."""
        first, *others = row.own
        kind = cell_kind(first.text)
        titles = [cell for cell in others if cell_kind(cell.text) in _TITLES]
        codes = [plain_words(cell.text) for cell in others if cell_kind(cell.text) == "code"]
        lettered = kind == "group" and bool(titles) and len(titles) + len(codes) == len(others)
        numbered = kind == "serial" and len(titles) == len(others) == 1 and self._stands_over(row, titles[0], following)
        if not others and len(self.table.columns) > 1 and self._fills_the_width(row, first, following):
            label, title = split_label(first.text)
        elif lettered or numbered:
            label, title = label_of(first), titles[0].text
        else:
            return False
        heading = Heading(label, plain_words(title), next(iter(codes), None))
        style = group_style(label)
        styles = [group_style(group.label) for group in self.groups]
        above = 0 if style == "outer" else styles.index(style) if style in styles else len(styles)
        self.groups = [*self.groups[:above], heading]
        self.above = {}  # a heading runs over the whole width: no merged cell crosses it
        return True

    def _stands_over(self, row: Row, title: Cell, following: Sequence[Row]) -> bool:
        """Whether a number and a title alone are a heading: 1 over 1.1, 1 over a, bold, or in capitals."""
        if has_subrow(row.first, following) or any(kind_of_first(below) == "letter" for below in following):
            return True
        if self.loses_cells or not following:
            return False
        bold = self.table.exact and all(_BOLD.fullmatch(cell.text) for cell in row.own)
        return bold or is_upper(title.text) or (not is_item(title.text) and all(map(is_listed, following)))

    def _fills_the_width(self, row: Row, only: Cell, following: Sequence[Row]) -> bool:
        """Whether the one cell of a row runs over all columns, or stands as a title over the next numbered row."""
        if is_upper(only.text):
            return True
        if self.loses_cells or is_item(only.text) or cell_kind(only.text) not in _TITLES:
            return False
        in_number = self.table.columns[0] == "number" and only is row.cells[0]
        if in_number or not self.table.exact:
            return in_number
        return _BOLD.fullmatch(only.text) is not None or (self.counts and is_title(only, following))

    def _close_groups(self, row: Row) -> None:
        """A numbered task closes the heading that stood over letters or subnumbers: 2 is not below 1."""
        if kind_of_first(row) == "serial":
            style = group_style(label_of(row.first))
            styles = [group_style(group.label) for group in self.groups]
            self.groups = self.groups[: styles.index(style)] if style in styles else self.groups

    def _values(self, reading: Reading) -> dict[str, _Value]:
        """The value of each column by its meaning, and what merged cells hand down to the next row."""
        values: dict[str, _Value] = {}
        for at, (column, cell) in enumerate(zip(self.table.columns, reading.cells, strict=True)):
            origin, candidates = Origin.STATED, _NONE
            if cell is None:
                cell, origin = self.above.get(at) if self.loses_cells else None, Origin.INHERITED
            elif cell.merged:
                origin = Origin.INHERITED
            elif column not in _OWN and at in self.above and load_phrase("ditto").match(plain_words(cell.text)):
                cell, origin = self.above[at], Origin.INHERITED
            else:
                self.above[at] = cell
            if column in _AGENCY_COLUMNS and reading.rival and reading.rival[at] != reading.cells[at]:
                rival = reading.rival[at]
                origin, candidates = Origin.ASSUMED, ((rival.text,) if rival else ("(the merged cell above)",))
            if column and cell and _says(cell) and not (column == "number" and origin is Origin.INHERITED):
                values[column] = _Value(cell, origin, candidates)
        return values

    def _task(self, row: Row, values: dict[str, _Value]) -> Task | None:
        content = values.get("content") or values.get("name") or values.get("indicator")
        if content is None or (content.origin is Origin.INHERITED and not self._shares_task(row, content, values)):
            return None
        number = label_of(values["number"].cell) or None if "number" in values else None
        source = self._row_source(row)
        text, text_source = self._text(content.cell)
        evidence = {name: self._evidence(value) for name, value in values.items() if name in _FIELDS}
        evidence["text"] = replace(self._evidence(content), source=text_source)
        if content is values.get("name"):
            evidence.pop("name")
        agencies = self._agencies(values)
        evidence |= self._shared_evidence(values)
        return Task(
            address=self._address(number),
            annex=self.annex,
            number=number,
            code=_plain(values.get("code")),
            name=None if content is values.get("name") else _plain(values.get("name")),
            text=text,
            section=tuple(self.groups),
            form="table",
            lead=agencies["lead"],
            coordinating=agencies["coordinating"],
            deadline=_deadline(values.get("deadline"), values.get("start")),
            output=_plain(values.get("output")),
            funding=_plain(values.get("funding")),
            topics=find_topics(f"{_plain(values.get('name')) or ''}. {text}"),
            evidence=dict(sorted(evidence.items())),
            source=source,
        )

    def _shares_task(self, row: Row, content: _Value, values: dict[str, _Value]) -> bool:
        """Whether a drawn row of a merged task, below its first, says who does a part of it, by when or to what end."""
        if any(name in values and values[name].origin is Origin.STATED for name in _OF_PARTS):
            return content.cell.merged
        if content.cell.merged and row.own:
            line = self.source.line_at(row.start)
            self.warnings.append(f"line {line}: a row beside a task merged over several rows was left out")
        return False

    def _row_source(self, row: Row) -> Source:
        cells = row.own
        return self.source.cite(cells[0].start, cells[-1].end)

    def _text(self, cell: Cell) -> tuple[str, Source]:
        """The words of a task, its list dash dropped, and where they stand."""
        mark = find_mark(cell.text, 0)
        skipped = mark.words if mark and mark.style in ("dash", "plus", "star") else 0
        cited = self.source.cite(cell.start + skipped, cell.end)
        return plain_words(cited.quote), cited

    def _evidence(self, value: _Value) -> Evidence:
        reason = _WHY_ASSUMED if value.origin is Origin.ASSUMED else None
        return Evidence(self.source.cite(value.cell.start, value.cell.end), value.origin, reason, value.candidates)

    def _shared_evidence(self, values: dict[str, _Value]) -> dict[str, Evidence]:
        """The evidence of agencies that one cell names: each part of it for its own field."""
        lead = values.get("lead")
        parts = self._split(lead.cell) if lead else ()
        if lead is None or {part.role for part in parts} == {"lead"}:
            return {}
        found: dict[str, Evidence] = {}
        for part in parts:
            if part.role in found or (part.role in values and part.role != "lead"):
                continue
            origin = lead.origin if part.sure else Origin.ASSUMED
            reason = None if part.sure else _WHY_SPLIT
            cited = self.source.cite(lead.cell.start + part.start, lead.cell.start + part.end)
            found[part.role] = Evidence(cited, origin, reason, lead.candidates)
        return found

    def _split(self, cell: Cell) -> tuple[Part, ...]:
        head = self.table.heads[self.table.columns.index("lead")]
        return split_parts(self.source.text[cell.start : cell.end], head)

    def _agencies(self, values: dict[str, _Value]) -> dict[str, tuple[Body, ...]]:
        """Who leads and who joins in, also where one cell says both."""
        found: dict[str, list[Body]] = {"lead": [], "coordinating": []}
        if lead := values.get("lead"):
            for part in self._split(lead.cell):
                found[part.role] += find_cell_bodies(
                    self.source, lead.cell.start + part.start, lead.cell.start + part.end
                )
        if joins := values.get("coordinating"):
            found["coordinating"] += find_cell_bodies(self.source, joins.cell.start, joins.cell.end)
        return {role: tuple(bodies) for role, bodies in found.items()}

    def _address(self, number: str | None) -> str:
        path = "".join(f"/{slug_label(group.label)}" for group in self.groups if group.label)
        base = f"{self.base}/nhom{path}" if self.restarts and path else self.base
        if number:
            self.last_numbered, self.unnumbered = f"{base}/muc/{slug_label(number)}", 0
            return unique(self.last_numbered, self.taken)
        self.unnumbered += 1
        return unique(f"{self.last_numbered or base}/them-{self.unnumbered}", self.taken)


_FIELDS = frozenset({"number", "code", "name", "lead", "coordinating", "deadline", "output", "funding"})


def find_table_tasks(
    source: SourceText, table: Table, annex: str | None, base: str, taken: set[str]
) -> tuple[tuple[Task, ...], tuple[str, ...]]:
    """The tasks of one table, and one line for each row that could not be read; indicators are no tasks."""
    if table.kind != "tasks":
        return (), ()
    reader = _TableReader(source, table, annex, base, taken)
    tasks = tuple(reader.read())
    return tasks, tuple(reader.warnings)


def _says(cell: Cell) -> bool:
    """Whether a cell says anything: "-" and "…" are blank."""
    return any(map(str.isalnum, cell.text))


def _plain(value: _Value | None) -> str | None:
    return plain_words(value.cell.text).strip(" ;") if value else None


def _deadline(value: _Value | None, begun: _Value | None) -> Deadline:
    """The deadline of a cell, with the day of the column beside it that says when the work begins."""
    if value is None:
        return Deadline()
    words = plain_words(value.cell.text)
    end = parse_deadline(words)
    if begun and end.kind == "by" and end.end:
        start = parse_deadline(plain_words(begun.cell.text))
        if start.kind == "by" and start.earliest and end.latest and start.earliest <= end.latest:
            end = replace(end, kind="period", start=start.earliest[: len(start.end or "")], active_from=start.earliest)
    return replace(end, raw=words)
