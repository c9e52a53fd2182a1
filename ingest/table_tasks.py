"""Tasks from the rows of a table: cells get their columns, merged cells their value from above, groups their path."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from ingest.align import Reading, align_row, is_item, loses_cells
from ingest.bodies import find_bodies, names_bodies
from ingest.deadlines import parse_deadline
from ingest.grid import Cell, Row, Table
from ingest.heads import cell_kind, plain_words
from ingest.lines import find_mark, is_upper
from ingest.outline import slug_label, unique
from ingest.records import Body, Deadline, Evidence, Heading, Origin, Source, Task
from ingest.short_names import load_short_names
from ingest.source import SourceText
from ingest.topics import find_topics

_AGENCY_COLUMNS = frozenset({"lead", "coordinating"})
_NONE: tuple[str, ...] = ()
_TITLES = frozenset({"text", "product"})
_BOLD = re.compile(r"\*\*[^*]+\*\*")
_MARKUP = re.compile(r"(<br\s*/?>)|</?(?:sup|sub|b|i|u)>|\*+|\\(?=\|)", re.IGNORECASE)
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
    loses_cells: bool = False  # else a row that is short has blank cells at its end
    warnings: list[str] = field(default_factory=list)

    def read(self) -> Iterator[Task]:
        """Each task row in order; group rows only set the path."""
        self.restarts = self._numbers_restart()
        reads = partial(names_bodies, document=self.source.text, place=self.table.start)
        self.loses_cells = loses_cells(self.table, reads)
        for at, row in enumerate(self.table.rows):
            if not row.own:
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
        serials = Counter(_label(row.first) for row in self.table.rows if _kind_of_first(row) in kinds)
        return any(count > 1 for label, count in serials.items() if label)

    def _open_group(self, row: Row, following: Sequence[Row]) -> bool:
        """Take a row as a heading over the next ones: "I | CQS1 | Phát triển cơ sở hạ tầng"."""
        first, *others = row.own
        kind = cell_kind(first.text)
        titles = [cell for cell in others if cell_kind(cell.text) in _TITLES]
        codes = [plain_words(cell.text) for cell in others if cell_kind(cell.text) == "code"]
        lettered = kind == "group" and bool(titles) and len(titles) + len(codes) == len(others)
        numbered = kind == "serial" and len(titles) == len(others) == 1 and self._stands_over(row, titles[0], following)
        if not others and len(self.table.columns) > 1 and self._fills_the_width(row, first):
            label, title = "", first.text
        elif lettered or numbered:
            label, title = _label(first), titles[0].text
        else:
            return False
        heading = Heading(label, plain_words(title), next(iter(codes), None))
        style = _group_style(label)
        styles = [_group_style(group.label) for group in self.groups]
        self.groups = [*self.groups[: styles.index(style) if style in styles else len(styles)], heading]
        self.above = {}  # a heading runs over the whole width: no merged cell crosses it
        return True

    def _stands_over(self, row: Row, title: Cell, following: Sequence[Row]) -> bool:
        """Whether a number and a title alone are a heading: 1 over 1.1, 1 over a, bold, or in capitals."""
        if _has_subrow(row.first, following) or any(_kind_of_first(below) == "letter" for below in following):
            return True
        if self.loses_cells or not following:
            return False
        bold = self.table.exact and all(_BOLD.fullmatch(cell.text) for cell in row.own)
        return bold or is_upper(title.text) or (not is_item(title.text) and all(map(_is_listed, following)))

    def _fills_the_width(self, row: Row, only: Cell) -> bool:
        """Whether the one cell of a row runs over all columns: in capitals, bold, or where a number should be."""
        if is_upper(only.text):
            return True
        if self.loses_cells or is_item(only.text) or cell_kind(only.text) not in _TITLES:
            return False
        in_number = self.table.columns[0] == "number" and only is row.cells[0]
        return in_number or (self.table.exact and _BOLD.fullmatch(only.text) is not None)

    def _close_groups(self, row: Row) -> None:
        """A numbered task closes the heading that stood over letters or subnumbers: 2 is not below 1."""
        if _kind_of_first(row) == "serial":
            style = _group_style(_label(row.first))
            styles = [_group_style(group.label) for group in self.groups]
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
            else:
                self.above[at] = cell
            if column in _AGENCY_COLUMNS and reading.rival and reading.rival[at] != reading.cells[at]:
                rival = reading.rival[at]
                origin, candidates = Origin.ASSUMED, ((rival.text,) if rival else ("(the merged cell above)",))
            if column and cell and cell.text and not (column == "number" and origin is Origin.INHERITED):
                values[column] = _Value(cell, origin, candidates)
        return values

    def _task(self, row: Row, values: dict[str, _Value]) -> Task | None:
        content = values.get("content") or values.get("name") or values.get("indicator")
        if content is None or content.origin is Origin.INHERITED:
            return None
        number = _label(values["number"].cell) or None if "number" in values else None
        source = self._row_source(row)
        text, text_source = self._text(content.cell)
        evidence = {name: self._evidence(value) for name, value in values.items() if name in _FIELDS}
        evidence["text"] = replace(self._evidence(content), source=text_source)
        if content is values.get("name"):
            evidence.pop("name")
        return Task(
            address=self._address(number),
            annex=self.annex,
            number=number,
            code=_plain(values.get("code")),
            name=None if content is values.get("name") else _plain(values.get("name")),
            text=text,
            section=tuple(self.groups),
            form="table",
            lead=self._bodies(values.get("lead")),
            coordinating=self._bodies(values.get("coordinating")),
            deadline=_deadline(values.get("deadline")),
            output=_plain(values.get("output")),
            funding=_plain(values.get("funding")),
            topics=find_topics(f"{_plain(values.get('name')) or ''}. {text}"),
            evidence=dict(sorted(evidence.items())),
            source=source,
        )

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

    def _bodies(self, value: _Value | None) -> tuple[Body, ...]:
        if value is None:
            return ()
        cell = value.cell
        if not _MARKUP.search(cell.text):
            return find_bodies(self.source, cell.start, cell.end)
        # names are looked for without the markup, which is overwritten so that their places stay true
        bare = SourceText(self.source.file, "", _overwrite(cell.text), (0,))
        declared = load_short_names(self.source.text)
        found = find_bodies(bare, 0, len(bare.text), lambda at: declared.at(bare.text, at, cell.start + at))
        places = [self.source.cite(cell.start + body.source.start, cell.start + body.source.end) for body in found]
        return tuple(replace(body, source=place) for body, place in zip(found, places, strict=True))

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


def _kind_of_first(row: Row) -> str:
    return cell_kind(row.first.text)


def _label(cell: Cell) -> str:
    """The number of a row as printed, without what closes it: "**7.**" -> "7", "a)" -> "a", "-" -> ""."""
    return plain_words(cell.text).strip("() .-–+•")


def _has_subrow(first: Cell, following: Sequence[Row]) -> bool:
    """Whether the next row numbers itself below this one: 1 over 1.1."""
    return any(_label(row.first).startswith(f"{_label(first)}.") for row in following)


def _is_listed(row: Row) -> bool:
    """Whether a row has no number and says an item of a list, with who does it: "| | - Xây dựng kho | Sở Y tế |"."""
    printed = [cell.text for cell in row.own]
    mark = find_mark(plain_words(printed[0]), 0) if printed and not row.first.text else None
    return len(printed) > 1 and mark is not None and mark.style in ("dash", "plus", "star", "letter")


def _overwrite(text: str) -> str:
    """A cell without markup, no letter moved: <br> becomes a line break, or ";" where something new begins."""

    def plain(found: re.Match[str]) -> str:
        goes_on = text[found.end() :].lstrip(" *_\n")[:1].islower()
        return ("\n" if goes_on else ";").ljust(len(found[0])) if found[1] else " " * len(found[0])

    return _MARKUP.sub(plain, text)


def _group_style(label: str) -> str:
    if not label:
        return "plain"
    if label[0].isdigit():
        return f"number{label.count('.')}"
    return "roman" if set(label) <= set("IVX") else "upper"


def _plain(value: _Value | None) -> str | None:
    return plain_words(value.cell.text).strip(" ;") if value else None


def _deadline(value: _Value | None) -> Deadline:
    if value is None:
        return Deadline()
    words = plain_words(value.cell.text)
    return replace(parse_deadline(words), raw=words)
