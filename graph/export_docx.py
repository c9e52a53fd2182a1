"""A list of tasks as a Word document to print and circulate: A4 across, a table whose head stands on every page."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from graph.export_rows import CHUNK

# As administrative papers have it: the typeface, its sizes, and the margins of a page that is bound on the left.
FONT, SIZE, SIZE_IN_TABLE = "Times New Roman", 13, 12
_MARGINS = {"left_margin": 30, "right_margin": 20, "top_margin": 20, "bottom_margin": 20}
COLUMNS = (("TT", 12), ("Nội dung nhiệm vụ", 80), ("Cơ quan phối hợp", 42), ("Thời hạn", 25), ("Sản phẩm", 36),
           ("Căn cứ", 52))  # fmt: skip
_PADDING = 57  # twentieths of a point: one millimetre
_TEXT = 1  # the column of the words of a task; that and the number before it are always there
_BLANK = "–"
_EMPTY = "Không có nhiệm vụ nào."
_SOURCES = "Văn bản nguồn"


@dataclass(frozen=True, slots=True)
class TaskList:
    """What the document says: its title, lines below it, one row of cells for each task, and its sources."""

    title: str
    about: Sequence[str]
    rows: Iterable[Sequence[str]]  # cells as in COLUMNS, but for the number
    sources: Sequence[str]
    made: datetime


def stream_docx(tasks: TaskList) -> Iterator[bytes]:
    """The document in pieces; the same list is the same bytes."""
    document = Document()
    _set_page(document)
    document.core_properties.title = tasks.title
    document.core_properties.author = "Căn Cứ"
    document.core_properties.comments = ""
    document.core_properties.language = "vi-VN"
    document.core_properties.created = document.core_properties.modified = tasks.made.replace(tzinfo=None)
    _add_line(document, tasks.title.upper(), is_bold=True, size=14)
    for number, line in enumerate(tasks.about):
        _add_line(document, line, is_bold=number == 0).runs[0].italic = number > 0
    _add_line(document, "", size=6)
    _add_table(document, list(tasks.rows))
    if tasks.sources:
        _add_line(
            document, _SOURCES, is_bold=True, alignment=WD_ALIGN_PARAGRAPH.LEFT
        ).paragraph_format.space_before = Pt(12)
    for number, source in enumerate(tasks.sources, 1):
        _add_line(document, f"{number}. {source}", alignment=WD_ALIGN_PARAGRAPH.JUSTIFY)
    whole = io.BytesIO(_date_members(document, tasks.made))
    yield from iter(lambda: whole.read(CHUNK), b"")


def _set_page(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(SIZE)
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        style.element.rPr.rFonts.set(qn(script), FONT)
    style.paragraph_format.space_after = Pt(0)
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    for name, millimetres in _MARGINS.items():
        setattr(section, name, Mm(millimetres))
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True  # pages are numbered from the second on, above the text
    _add_page_number(section.header.paragraphs[0])


def _add_page_number(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = words
        run._r.append(element)


def _add_line(
    document: Any,
    words: str,
    *,
    is_bold: bool = False,
    size: int = SIZE,
    alignment: Any = WD_ALIGN_PARAGRAPH.CENTER,
) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = alignment
    _add_run(paragraph, words, size).bold = is_bold
    return paragraph


def _add_run(paragraph: Any, words: str, size: int) -> Any:
    run = paragraph.add_run(ILLEGAL_CHARACTERS_RE.sub("", words))
    run.font.size = Pt(size)
    return run


def _add_table(document: Any, rows: Sequence[Sequence[str]]) -> None:
    shown, widths = choose_columns(rows)
    table = document.add_table(rows=1, cols=len(shown))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    _pad_cells(table)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    head = table.rows[0]
    for cell, at in zip(head.cells, shown, strict=True):
        _fill(cell, COLUMNS[at][0], WD_ALIGN_PARAGRAPH.CENTER).bold = True
    _mark(head, "w:tblHeader")  # on every page
    _mark(head, "w:cantSplit")
    for number, row in enumerate(rows, 1):
        added = table.add_row()  # may go over to the next page: a page must not stay half empty
        words = (str(number), *row)
        for cell, at in zip(added.cells, shown, strict=True):
            _fill(cell, words[at] or _BLANK, WD_ALIGN_PARAGRAPH.LEFT if at else WD_ALIGN_PARAGRAPH.CENTER)
    if not rows:
        whole = table.add_row()
        _fill(whole.cells[0].merge(whole.cells[-1]), _EMPTY, WD_ALIGN_PARAGRAPH.CENTER)
    for each in table.rows:
        for cell, width in zip(each.cells, widths, strict=True):
            cell.width = Mm(width)


def choose_columns(rows: Sequence[Sequence[str]]) -> tuple[list[int], list[int]]:
    """The columns that some row fills, by their place in COLUMNS, and how wide each is; the text takes the rest."""
    shown = [at for at in range(len(COLUMNS)) if at <= _TEXT or not rows or any(row[at - 1] for row in rows)]
    spare = sum(width for at, (_, width) in enumerate(COLUMNS) if at not in shown)
    return shown, [COLUMNS[at][1] + (spare if at == _TEXT else 0) for at in shown]


def _pad_cells(table: Any) -> None:
    """Room above and below the words of every cell; to the left and right Word has its own."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("top", "bottom"):
        element = OxmlElement(f"w:{side}")
        element.set(qn("w:w"), str(_PADDING))
        element.set(qn("w:type"), "dxa")
        margins.append(element)
    look = table._tbl.tblPr.find(qn("w:tblLook"))  # the schema has it behind the margins
    if look is None:
        table._tbl.tblPr.append(margins)
    else:
        look.addprevious(margins)


def _mark(row: Any, name: str) -> None:
    element = OxmlElement(name)
    element.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(element)


def _fill(cell: Any, words: str, alignment: Any) -> Any:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = alignment
    return _add_run(paragraph, words, SIZE_IN_TABLE)


def _date_members(document: Any, made: datetime) -> bytes:
    """The document with every member of its archive dated by the build: the program's clock is in none of them."""
    saved, dated = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with ZipFile(saved) as source, ZipFile(dated, "w", ZIP_DEFLATED) as target:
        for member in source.infolist():
            info = ZipInfo(member.filename, max(made.timetuple()[:6], (1980, 1, 1, 0, 0, 0)))
            info.compress_type = ZIP_DEFLATED
            target.writestr(info, source.read(member))
    return dated.getvalue()
