"""The real plans printed to PDF: the tables come back cell by cell, the text line by line."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from ingest.extract import extract
from ingest.readers.dispatch import read_source
from ingest.readers.pdf import read_pdf
from ingest.readers.reading import Grid, Paragraph, Role
from ingest.records import Extraction
from tests.plan_as_docx import laid_source, plan_blocks

PLANS = Path(__file__).parents[1] / "data" / "plans"
_OFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(_OFFICE is None and "CI" not in os.environ, reason="LibreOffice is not installed"),
]
BIG = "hung-yen-2025-719-qd-ubnd-chuong-trinh-khcn-dmst-cds.txt"
SMALL = "tuyen-quang-2023-57-kh-ubnd-chien-luoc-khcn-dmst-2030.txt"


def print_plan(blocks: tuple[Paragraph | Grid, ...], size: int, folder: Path) -> bytes:
    """A plan as an office prints it: indented paragraphs, tables on wide pages, their heads again on each."""
    document = docx.Document()
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Liberation Serif", Pt(size)
    wide = False
    for block in blocks:
        if isinstance(block, Grid) != wide or not document.paragraphs:
            wide = isinstance(block, Grid)
            _begin_pages(document, wide)
        if isinstance(block, Grid):
            _add_table(document, block, size - 2)
        else:
            paragraph = document.add_paragraph(block.text)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            paragraph.paragraph_format.first_line_indent = Cm(1.27)
    raw = io.BytesIO()
    document.save(raw)
    (folder / "plan.docx").write_bytes(raw.getvalue())
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(_OFFICE), "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "plan.docx")], check=True, capture_output=True, timeout=300)
    return (folder / "plan.pdf").read_bytes()


@pytest.mark.parametrize(
    ("plan", "size", "least"),
    [
        pytest.param(BIG, 14, 0.99, id="big-tables"),
        pytest.param(BIG, 13, 0.99, id="cut-elsewhere"),
        pytest.param(SMALL, 14, 0.99, id="small-table"),
    ],
)
def test_a_printed_plan_says_the_same(plan: str, size: int, least: float, tmp_path: Path) -> None:
    """Every position of its tables holds the same words, and what is drawn from it is the same."""
    source = read_source(PLANS / plan, plan)
    blocks = plan_blocks(source)
    reading = read_pdf(print_plan(blocks, size, tmp_path))
    true = _positions([block for block in blocks if isinstance(block, Grid)])
    read = _positions([block for block in reading.blocks if isinstance(block, Grid)])
    assert sum(read.get(at) == text for at, text in true.items()) >= least * len(true)
    printed = [_flat(block.text) for block in blocks if isinstance(block, Paragraph)]
    text = [block for block in reading.blocks if isinstance(block, Paragraph) and block.role is Role.TEXT]
    assert len({_flat(block.text) for block in text} & set(printed)) >= 0.99 * len(set(printed))
    found, expected = extract(laid_source(reading, plan)), extract(source)
    assert len(found.tasks) == len(expected.tasks)
    assert len(_tasks(found) & _tasks(expected)) >= 0.98 * len(_tasks(expected))


def _begin_pages(document: docx.document.Document, wide: bool) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE) if document.paragraphs else document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Cm(29.7), Cm(21)) if wide else (Cm(21), Cm(29.7))
    section.left_margin, section.right_margin, section.top_margin = Cm(3), Cm(2), Cm(2)
    heading = section.header.paragraphs[0]
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if heading.runs:
        return
    for kind in ("begin", "PAGE", "end"):
        mark = OxmlElement("w:instrText" if kind == "PAGE" else "w:fldChar")
        if kind == "PAGE":
            mark.text = kind
        else:
            mark.set(qn("w:fldCharType"), kind)
        heading.add_run()._r.append(mark)


def _add_table(document: docx.document.Document, grid: Grid, size: int) -> None:
    table = document.add_table(grid.height, grid.width)
    table.style = "Table Grid"
    for each in grid.cells:
        cell = table.cell(each.row, each.column)
        if each.rows > 1 or each.columns > 1:
            cell = cell.merge(table.cell(each.row + each.rows - 1, each.column + each.columns - 1))
        for paragraph in cell.paragraphs[1:]:
            paragraph._p.getparent().remove(paragraph._p)
        first, *more = each.text.split("\n")
        cell.paragraphs[0].text = first
        for line in more:
            cell.add_paragraph(line)
        for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
            run.font.size = Pt(size)
    again = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(again)


def _positions(grids: list[Grid]) -> dict[tuple[int, int, int], str]:
    return {
        (at, row, column): _flat(cell.text)
        for at, grid in enumerate(grids)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }


def _tasks(found: Extraction) -> set[tuple[str | None, tuple[str, ...], str | None]]:
    return {(task.code, tuple(body.as_written for body in task.lead), task.deadline.raw) for task in found.tasks}


def _flat(text: str) -> str:
    return " ".join(text.split())
