"""A plan in plain text as the Word document that it was: ruled tables with merged cells, to measure readers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from functools import partial
from math import sqrt
from xml.sax.saxutils import escape

from ingest.align import align_row, loses_cells
from ingest.bodies import names_bodies
from ingest.grid import Cell, Table
from ingest.lines import split_lines
from ingest.readers.reading import Grid, GridCell, Paragraph, Place
from ingest.source import SourceText
from ingest.tables import find_tables

_NOWHERE = Place("")
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MEMBERS = {
    "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN_TYPE}"/></Types>',
    "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}" Target="word/document.xml"/></Relationships>',
}
_FONT = '<w:rPr><w:rFonts w:ascii="Liberation Serif" w:hAnsi="Liberation Serif" w:cs="Liberation Serif"/></w:rPr>'
# As Decree 30/2020/NĐ-CP sets pages: a first line indented, 6 points between paragraphs.
_LOOK = '<w:pPr><w:spacing w:after="120"/><w:ind w:firstLine="567"/></w:pPr>'
_RULES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_PAGE_WIDTH, _PAGE_HEIGHT, _EDGE = 16838, 11906, 850  # A4 lying, in twentieths of a point
_PAGE = (
    f'<w:sectPr><w:pgSz w:w="{_PAGE_WIDTH}" w:h="{_PAGE_HEIGHT}" w:orient="landscape"/><w:pgMar w:top="{_EDGE}" '
    f'w:bottom="{_EDGE}" w:left="{_EDGE}" w:right="{_EDGE}" w:header="400" w:footer="400" w:gutter="0"/></w:sectPr>'
)
_DAY = (2025, 1, 1, 0, 0, 0)  # same plan, same bytes
_LETTER, _PADDING, _LONGEST_WORD = 140, 240, 12  # twentieths of a point; letters


def plan_blocks(source: SourceText) -> tuple[Paragraph | Grid, ...]:
    """The lines of a plan as paragraphs and its tables as grids: cells that the text lost lie below the merged one."""
    blocks: list[Paragraph | Grid] = []
    at = 0
    for found in find_tables(source, split_lines(source)):
        blocks += _paragraphs(source.text[at : found.start])
        blocks.append(_grid(source, found))
        at = found.end
    return (*blocks, *_paragraphs(source.text[at:]))


def write_docx(blocks: tuple[Paragraph | Grid, ...]) -> bytes:
    """Blocks as a Word document of A4 pages lying on their side."""
    body = "".join(
        _par(each.text, _LOOK) if isinstance(each, Paragraph) else _table(each) + _par("") for each in blocks
    )
    main = f'{_HEAD}<w:document xmlns:w="{_WORD}"><w:body>{body}{_PAGE}</w:body></w:document>'
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**_MEMBERS, "word/document.xml": main}.items():
            archive.writestr(zipfile.ZipInfo(name, _DAY), content, zipfile.ZIP_DEFLATED)
    return raw.getvalue()


def _paragraphs(text: str) -> Iterator[Paragraph]:
    return (Paragraph(line, _NOWHERE) for line in text.split("\n") if line.strip())


def _grid(source: SourceText, found: Table) -> Grid:
    reads = partial(names_bodies, document=source.text, place=found.start)
    lost = loses_cells(found, reads)
    cells = [GridCell(0, column, head, _NOWHERE) for column, head in enumerate(found.heads)]
    tops = list(range(len(cells)))  # the cell that stands last in each column
    filled: set[int] = set()
    height = 1
    for each in found.rows:
        if not any(part.text for part in each.cells):
            continue
        aligned = align_row(found, each, frozenset(filled) if lost else frozenset(), reads)
        parts: tuple[Cell | None, ...] = tuple(aligned.cells if aligned else each.cells)
        for column in range(len(tops)):
            part = parts[column] if column < len(parts) else None
            if part is None and lost and column in filled:
                over = cells[tops[column]]
                cells[tops[column]] = GridCell(over.row, column, over.text, _NOWHERE, over.rows + 1)
                continue
            tops[column] = len(cells)
            filled.add(column)
            cells.append(GridCell(height, column, part.text if part else "", _NOWHERE))
        height += 1
    return Grid(height, len(tops), tuple(cells), _NOWHERE)


def _table(grid: Grid) -> str:
    standing = {(row, each.column): each for each in grid.cells for row in range(each.row, each.row + each.rows)}
    widths = _widths(grid)
    rows = []
    for at in range(grid.height):
        cells = "".join(_cell(standing[at, column], at, widths[column]) for column in range(grid.width))
        repeated = "<w:trPr><w:tblHeader/></w:trPr>" if at == 0 else ""
        rows.append(f"<w:tr>{repeated}{cells}</w:tr>")
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    style = f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{_RULES}</w:tblBorders>'
    return (
        f'<w:tbl>{style}<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def _widths(grid: Grid) -> list[int]:
    """No column breaks its longest word; what room is left goes by the root of what a column holds."""
    texts = [[each.text for each in grid.cells if each.column == column] for column in range(grid.width)]
    least = [max((len(word) for text in column for word in text.split()), default=0) for column in texts]
    least = [_PADDING + _LETTER * min(letters, _LONGEST_WORD) for letters in least]
    roots = [sqrt(max(map(len, column)) + 1) for column in texts]
    left = max(_PAGE_WIDTH - 2 * _EDGE - sum(least), 0)
    return [int(width + left * root / sum(roots)) for width, root in zip(least, roots, strict=True)]


def _cell(each: GridCell, row: int, width: int) -> str:
    merge = "" if each.rows == 1 else '<w:vMerge w:val="restart"/>' if each.row == row else "<w:vMerge/>"
    lines = each.text.split("\n") if each.row == row else [""]
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge}</w:tcPr>{"".join(map(_par, lines))}</w:tc>'


def _par(text: str, look: str = "") -> str:
    words = escape(text).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f'<w:p>{look}<w:r>{_FONT}<w:t xml:space="preserve">{words}</w:t></w:r></w:p>'
