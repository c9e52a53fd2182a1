"""Records as an Excel workbook: a sheet for each kind, dates as dates, and a sheet that says what the columns are."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from graph.export_graph import IN_MEMORY
from graph.export_rows import CHUNK, Record, columns_of, flat_cell, is_formula, open_record

MOST_ROWS = 2**20 - 1  # of a sheet, below its head
LONGEST = 32_767  # characters of a cell
_DATES = frozenset({"deadline_earliest", "deadline_latest", "deadline_active_from", "deadline_active_to"})
_FIRST_YEAR = 1900  # Excel knows no earlier day
_WIDE = {"text": 70, "title": 60, "indicator": 50, "name": 40, "lead": 35, "coordinating": 35, "source_quote": 50}
_WIDTH = 16
_EXPLAINED = {"vi": ("Bảng", "Cột", "Mã cột (CSV, JSON)", "Tiếng Việt", "English"),
              "en": ("Sheet", "Column", "Code (CSV, JSON)", "Tiếng Việt", "English")}  # fmt: skip
LANGUAGES = ("vi", "en")  # of heads, in the order of the lists that name them


@cache
def load_columns() -> dict[str, dict[str, list[str]]]:
    """What each kind and column is called and holds, in Vietnamese and English."""
    text = Path(__file__).with_name("export_columns.json").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, list[str]]] = json.loads(text)
    return loaded


def explain_column(kind: str, column: str) -> list[str]:
    """A column in Vietnamese and English: explain_column("task", "lead")[1] == "who leads"."""
    known = load_columns()
    return known.get(kind, {}).get(column) or known["all"][column]


@cache
def load_heads() -> dict[str, dict[str, list[str]]]:
    """What stands above the columns of each kind, in Vietnamese and English."""
    text = Path(__file__).with_name("export_heads.json").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, list[str]]] = json.loads(text)
    return loaded


def head_column(kind: str, column: str, language: str = "vi") -> str:
    """What stands above a column: head_column("task", "lead") == "Cơ quan chủ trì"."""
    known = load_heads()
    return (known.get(kind, {}).get(column) or known["all"][column])[LANGUAGES.index(language)]


def name_sheet(kind: str, language: str = "vi") -> str:
    """A sheet of a kind: name_sheet("task") == "Nhiệm vụ", name_sheet("task", "en") == "Tasks"."""
    vietnamese, _, english = load_columns()["sheets"][kind][0].rstrip(")").partition(" (")
    return english.capitalize() if language == "en" else vietnamese


def stream_workbook(
    records: Iterable[tuple[str, Record]], made: datetime, kinds: Sequence[str] = (), language: str = "vi"
) -> Iterator[bytes]:
    """Records with their kind ("task") as a workbook; `kinds` have a sheet even without a row."""
    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = made.replace(tzinfo=None)
    book.properties.creator = "Căn Cứ"
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as file:
        try:
            _fill(book, records, kinds, language)
            with _Dated(cast(Any, file), made) as archive:
                ExcelWriter(book, archive).write_data()
        finally:
            _close_sheets(book)
        file.seek(0)
        yield from iter(lambda: file.read(CHUNK), b"")


def _fill(book: Any, records: Iterable[tuple[str, Record]], kinds: Sequence[str], language: str) -> None:
    sheets = {kind: _Sheet(book, kind, language) for kind in kinds}
    for kind, record in records:
        if kind not in sheets:
            sheets[kind] = _Sheet(book, kind, language)
        sheets[kind].append(record)
    for sheet in sheets.values():
        sheet.end()
    _explain(book, sheets, language)


def _close_sheets(book: Any) -> None:
    """After an error: openpyxl keeps each half-written sheet in a file, and complains when it is collected."""
    for sheet in book.worksheets:
        if not sheet.closed and sheet._writer is not None:
            with suppress(Exception):  # whatever else is wrong with a broken sheet, the first error is the one to tell
                sheet.close()
            sheet._writer.cleanup()


@dataclass(slots=True)
class _Sheet:
    """One kind of record; a second sheet begins where the first is full."""

    book: Any
    kind: str
    language: str
    columns: tuple[str, ...] = ()
    rows: int = 0
    sheets: int = 0
    sheet: Any = None
    cells: dict[tuple[str, bool], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.columns = columns_of(self.kind)
        self._begin()

    def append(self, record: Record) -> None:
        """One row; a cell is written as it is appended, so that one object serves all rows."""
        if self.rows == MOST_ROWS:
            self.end()
            self._begin()
        row = open_record(record)
        self.sheet.append([self._cell(name, row.get(name)) for name in self.columns])
        self.rows += 1

    def end(self) -> None:
        """The filter spans what has been written."""
        self.sheet.auto_filter.ref = f"A1:{get_column_letter(len(self.columns))}{self.rows + 1}"

    def _begin(self) -> None:
        self.sheets, self.rows, self.cells = self.sheets + 1, 0, {}
        number = f" {self.sheets}" if self.sheets > 1 else ""
        heads = [head_column(self.kind, name, self.language) for name in self.columns]
        widths = [_WIDE.get(name, _WIDTH) for name in self.columns]
        self.sheet = _begin_sheet(self.book, f"{name_sheet(self.kind, self.language)}{number}", heads, widths)

    def _cell(self, name: str, value: Any) -> Any:
        if value is None or value == []:
            return None
        day = _read_day(value) if name in _DATES else None
        if day or isinstance(value, (bool, int, float)):
            return self._plain(name, day or value)
        text = cut_text(flat_cell(value))
        key = (name, is_formula(text))
        if key not in self.cells:
            self.cells[key] = _text_cell(self.sheet, quoted=key[1])
        self.cells[key].value, self.cells[key].data_type = text, "s"  # never a formula, whatever it begins with
        return self.cells[key]

    def _plain(self, name: str, value: date | float) -> Any:
        cell = WriteOnlyCell(self.sheet, value)
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
        return cell


class _Dated(ZipFile):
    """An archive whose members have the date that is given: the same records are the same bytes."""

    def __init__(self, file: Any, made: datetime) -> None:
        super().__init__(file, "w", ZIP_DEFLATED)
        self.made = max(made.timetuple()[:6], (1980, 1, 1, 0, 0, 0))  # a zip knows no earlier day

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        """A member from memory."""
        super().writestr(self._name(zinfo_or_arcname), data)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        """A member from a file."""
        with open(filename, "rb") as source, self.open(self._name(arcname), "w", force_zip64=True) as target:
            while part := source.read(CHUNK):
                target.write(part)

    def _name(self, name: str) -> ZipInfo:
        info = ZipInfo(name, cast(Any, self.made))
        info.compress_type = ZIP_DEFLATED
        return info


def cut_text(text: str) -> str:
    """A text as a cell can hold it: no control characters, and at most 32,767 code units, the cut marked."""
    text = ILLEGAL_CHARACTERS_RE.sub("", text)
    if len(text.encode("utf-16-le")) <= 2 * LONGEST:
        return text
    return text.encode("utf-16-le")[: 2 * (LONGEST - 1)].decode("utf-16-le", "ignore") + "…"


def _begin_sheet(book: Any, title: str, heads: Sequence[str], widths: Sequence[int]) -> Any:
    """A sheet with its heads, which stay in view."""
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    cells = []
    for at, (head, width) in enumerate(zip(heads, widths, strict=True), 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
        cell = WriteOnlyCell(sheet, head)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        cells.append(cell)
    sheet.append(cells)
    return sheet


def _text_cell(sheet: Any, *, quoted: bool) -> Any:
    cell = WriteOnlyCell(sheet, "")
    cell.number_format = "@"  # "2026" and "7" stay as printed
    cell.alignment = Alignment(vertical="top")
    cell.quotePrefix = quoted  # editing such a cell does not make it a formula either
    return cell


def _read_day(value: Any) -> date | None:
    day = date.fromisoformat(value)
    return day if day.year > _FIRST_YEAR else None


def _explain(book: Any, kinds: Iterable[str], language: str) -> None:
    """Each column with its code, by which CSV and JSON call it."""
    sheet = _begin_sheet(book, name_sheet("explained", language), _EXPLAINED[language], (24, 28, 24, 90, 90))
    rows = []
    for kind in kinds:
        name, (_, what, english) = name_sheet(kind, language), load_columns()["sheets"][kind]
        rows.append([name, "", "", what, english])
        rows += [
            [name, head_column(kind, column, language), column, *explain_column(kind, column)]
            for column in columns_of(kind)
        ]
    for row in rows:
        sheet.append(row)
    sheet.auto_filter.ref = f"A1:E{len(rows) + 1}"
