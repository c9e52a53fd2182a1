"""Workbooks (.xlsx, .xlsm): each sheet that is shown, its cells as it shows them.

A sheet is a heading and the grids between its blank rows; a row with one cell at the head of a grid is a title, that is
a paragraph. Formulas are read by the value that was last computed. Hidden sheets, rows and columns are left out.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils.cell import get_column_letter, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from ingest.readers.cell_formats import show_value
from ingest.readers.ooxml import open_package
from ingest.readers.reading import Grid, GridCell, Paragraph, Place, Reading
from ingest.source import Unreadable

MOST_ROWS = 200_000  # of one sheet
MOST_COLUMNS = 256
_MOST_MERGES = 100_000
_LARGEST = 512 * 2**20  # bytes of all parts; 50,000 rows of eight columns make 30 million
_HEAD = 65_536  # bytes before which a part declares what it declares
_LOCKED = 0x1
_BAD = (
    zipfile.BadZipFile, InvalidFileException, etree.XMLSyntaxError, KeyError, ValueError, TypeError, AttributeError,
    IndexError, OSError, SyntaxError, OverflowError,
)  # fmt: skip
_ITEM = re.compile(r"(?:\d{1,4}(?:\.\d{1,3})*|[IVXLC]+|[A-Za-zđĐ])\s*[.)]?")
_UNNAMED = re.compile(r"(?:Sheet|Trang_?tính|Trang tính)\s?\d*", re.IGNORECASE)  # what programs call a new sheet
Row = dict[int, str]  # column -> what it shows


@dataclass(slots=True)
class _Frame:
    """What a sheet says of its rows and columns: which are hidden and which cells are one."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)  # top, left, bottom, right


def read_workbook(raw: bytes) -> Reading:
    """The blocks of a workbook; raises Unreadable for what is none."""
    _check_parts(open_package(raw).archive)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
            return _read(book, archive)
    except _BAD as error:
        raise Unreadable(f"cut short or damaged: {error or type(error).__name__}") from error


def _check_parts(archive: zipfile.ZipFile) -> None:
    """Refuses what swells, what is locked, and entities, which no part of a workbook may declare."""
    if sum(each.file_size for each in archive.infolist()) > _LARGEST:
        raise Unreadable(f"too large: it would unpack to more than {_LARGEST // 2**20} MB")
    for each in archive.infolist():
        if each.flag_bits & _LOCKED:
            raise Unreadable("protected by a password")
        if each.filename.lower().endswith((".xml", ".rels")):
            try:
                with archive.open(each) as stream:
                    head = stream.read(_HEAD)
            except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
                raise Unreadable("cut short or damaged: not a whole package") from error
            if b"<!DOCTYPE" in head.replace(b"\0", b""):
                raise Unreadable("its XML declares entities")


def _read(book: Any, archive: zipfile.ZipFile) -> Reading:
    blocks: list[Paragraph | Grid] = []
    warnings: list[str] = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            warnings.append(f"the hidden sheet {sheet.title!r} was left out")
            continue
        frame = _load_frame(archive, sheet)
        rows = dict(_read_rows(sheet, frame, warnings))
        hidden = len(frame.hidden_rows), len(frame.hidden_columns)
        if any(hidden):
            warnings.append(f"hidden rows and columns of the sheet {sheet.title!r} were left out: {sum(hidden)}")
        read = list(_write_sheet(sheet.title, rows, frame))
        if read:
            if not _UNNAMED.fullmatch(sheet.title):
                blocks.append(Paragraph(sheet.title, Place(f"sheet[{sheet.title}]")))
            blocks += read
    if not blocks:
        raise Unreadable("the workbook shows no cell with a value (one in the strict dialect: save it as plain .xlsx)")
    return Reading(tuple(blocks), warnings=tuple(warnings))


def _load_frame(archive: zipfile.ZipFile, sheet: Any) -> _Frame:
    """Hidden rows and columns and merged cells, read as they pass: the library keeps none of them for long sheets."""
    frame = _Frame()
    with archive.open(sheet._worksheet_path) as stream:
        for _, element in etree.iterparse(stream, events=("end",), resolve_entities=False, no_network=True):
            name = etree.QName(element).localname
            if name == "row":
                if element.get("hidden") in ("1", "true") and element.get("r", "").isdecimal():
                    frame.hidden_rows.add(int(element.get("r")))
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
            elif name == "col" and element.get("hidden") in ("1", "true"):
                first, last = int(element.get("min", "1")), int(element.get("max", "1"))
                frame.hidden_columns.update(range(first, min(last, MOST_COLUMNS) + 1))
            elif name == "mergeCell" and len(frame.merges) < _MOST_MERGES:
                left, top, right, bottom = range_boundaries(element.get("ref"))
                if None not in (left, top, right, bottom):
                    frame.merges.append((top, left, bottom, right))
    return frame


def _read_rows(sheet: Any, frame: _Frame, warnings: list[str]) -> Iterator[tuple[int, Row]]:
    """Rows that show something, by their number."""
    sheet.reset_dimensions()  # what a sheet says of its size may be a million empty rows
    first = None
    kept = 0
    anchors = {(top, left) for top, left, _, _ in frame.merges}
    for cells in sheet.iter_rows(max_col=MOST_COLUMNS):
        row: Row = {}
        number = 0
        for cell in cells:
            if cell.value is None:
                continue
            number, column = cell.row, cell.column
            if (number in frame.hidden_rows or column in frame.hidden_columns) and (number, column) not in anchors:
                continue
            first = column if first is None else min(first, column)
            # a number in the first column counts rows ("1.2"); elsewhere it is an amount, with a comma
            text = show_value(cell.value, cell.number_format, "." if column == first else ",").strip()
            if text:
                row[column] = text
        if row:
            kept += 1
            if kept > MOST_ROWS:
                warnings.append(f"rows of the sheet {sheet.title!r} beyond {MOST_ROWS} were left out")
                return
            yield number, row


def _write_sheet(title: str, rows: dict[int, Row], frame: _Frame) -> Iterator[Paragraph | Grid]:
    """Titles and grids; a blank row parts them, but not a list whose items go on below it."""
    ends = _move_merged(rows, frame)
    bands: list[list[int]] = []
    for number in sorted(each for each, row in rows.items() if row and each not in frame.hidden_rows):
        if bands and not _has_blank(bands[-1][-1], number, frame, ends):
            bands[-1].append(number)
        else:
            bands.append([number])
    joined: list[list[int]] = []
    for band in bands:
        if joined and _goes_on(rows, band) and any(len(rows[each]) > 1 for each in joined[-1]):
            joined[-1] += band
        else:
            joined.append(band)
    for band in joined:
        head = next((at for at, number in enumerate(band) if len(rows[number]) > 1), len(band))
        for number in band[:head]:
            column, text = next(iter(rows[number].items()))
            yield Paragraph(text, Place(_place(title, number, column)))
        if head < len(band):
            yield _write_grid(title, {number: rows[number] for number in band[head:]}, ends)


def _move_merged(rows: dict[int, Row], frame: _Frame) -> dict[tuple[int, int], tuple[int, int]]:
    """Where each merged cell ends; one that begins in a hidden row or column begins in the next that is shown."""
    ends = {}
    for top, left, bottom, right in frame.merges:
        text = rows.get(top, {}).get(left)
        if text is None:
            continue
        row, column = top, left
        while row in frame.hidden_rows and row <= bottom:
            row += 1
        while column in frame.hidden_columns and column <= right:
            column += 1
        del rows[top][left]
        if row <= bottom and column <= right:
            rows.setdefault(row, {})[column] = text
            ends[row, column] = bottom, right
    return ends


def _has_blank(above: int, below: int, frame: _Frame, ends: dict[tuple[int, int], tuple[int, int]]) -> bool:
    """Whether a row that is shown and empty stands between two rows."""
    hidden = sum(1 for each in range(above + 1, min(below, above + 1 + MOST_ROWS)) if each in frame.hidden_rows)
    return below - above - 1 > hidden and not any(ends.get((above, c), (0, 0))[0] >= below for c in range(MOST_COLUMNS))


def _goes_on(rows: dict[int, Row], band: Sequence[int]) -> bool:
    """Whether the first full row of a band is an item with its number and no head."""
    first = next((rows[number] for number in band if len(rows[number]) > 1), None)
    return first is not None and bool(_ITEM.fullmatch(first[min(first)]))


def _write_grid(title: str, rows: dict[int, Row], ends: dict[tuple[int, int], tuple[int, int]]) -> Grid:
    numbers, columns = sorted(rows), sorted({column for row in rows.values() for column in row})
    until = [0] * len(columns)
    cells = []
    for at, number in enumerate(numbers):
        for column, text in sorted(rows[number].items()):
            spot = bisect_left(columns, column)
            if until[spot] > at:
                continue  # under a merged cell, which hides it
            bottom, right = ends.get((number, column), (number, column))
            below, behind = bisect_right(numbers, bottom), bisect_right(columns, right)
            stop = next((each for each in range(spot + 1, behind) if until[each] > at), behind)
            until[spot:stop] = [below] * (stop - spot)
            place = Place(_place(title, number, column))
            cells.append(GridCell(at, spot, text, place, below - at, stop - spot))
    corner = f"{get_column_letter(columns[0])}{numbers[0]}:{get_column_letter(columns[-1])}{numbers[-1]}"
    return Grid(len(numbers), len(columns), tuple(cells), Place(f"sheet[{title}]/{corner}"))


def _place(title: str, row: int, column: int) -> str:
    return f"sheet[{title}]/{get_column_letter(column)}{row}"
