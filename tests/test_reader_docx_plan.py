"""A plan as a Word document says what its text says."""

from __future__ import annotations

from functools import cache

import pytest

from ingest.extract import extract
from ingest.readers.dispatch import read_source
from ingest.readers.docx import read_docx
from ingest.readers.reading import Grid
from ingest.records import Extraction
from ingest.source import SourceText
from tests.conftest import ROOT
from tests.made_docx import cell, docx, listed, par, plan_lists, row, run, table
from tests.plan_as_docx import laid_source, plan_blocks, plan_docx

LONGEST = "hung-yen-2025-719-qd-ubnd-chuong-trinh-khcn-dmst-cds.txt"  # 322 tasks, two long tables with merged cells
PLANS = sorted(path.name for path in (ROOT / "data" / "plans").iterdir() if path.suffix in (".md", ".txt"))


@cache
def plan_source(name: str) -> SourceText:
    return read_source(ROOT / "data" / "plans" / name, name)


@cache
def plan_records(name: str) -> Extraction:
    return extract(plan_source(name))


def said(found: Extraction) -> dict[str, list[object]]:
    """What the records of a plan say, without where it is printed."""
    tasks = [
        (
            each.number,
            each.code,
            " ".join(each.text.split()),
            [body.as_written for body in each.lead],
            [body.as_written for body in each.coordinating],
            each.deadline.raw,
            each.address,
        )
        for each in found.tasks
    ]
    targets = [(each.indicator, each.value, each.address) for each in found.targets]
    duties = [(each.text, each.address) for each in found.duties]
    mentions = [(each.number, " ".join(each.source.quote.split())) for each in found.mentions]
    return {"tasks": [*tasks], "targets": [*targets], "duties": [*duties], "mentions": [*mentions]}


@pytest.mark.parametrize("automatic", [pytest.param(False, id="typed"), pytest.param(True, id="automatic")])
@pytest.mark.parametrize("name", PLANS)
def test_plan_says_the_same_as_a_word_document(name: str, automatic: bool) -> None:
    raw = plan_docx(plan_blocks(plan_source(name)), automatic)
    found = said(extract(laid_source(read_docx(raw), name)))
    for kind, records in said(plan_records(name)).items():
        assert found[kind] == records


def test_numbers_are_left_to_word() -> None:
    """What Word counts is what was typed, to the letter; most paragraphs of a plan have such a number."""
    blocks = plan_blocks(plan_source(LONGEST))
    typed, automatic = (plan_docx(blocks, each) for each in (False, True))
    assert automatic != typed
    assert read_docx(automatic).blocks == read_docx(typed).blocks


def test_cells_stand_where_they_were_drawn() -> None:
    blocks = plan_blocks(plan_source(LONGEST))
    drawn, read = (
        [
            [(each.row, each.column, each.rows, each.columns, each.text.strip()) for each in block.cells]
            for block in made
            if isinstance(block, Grid)
        ]
        for made in (blocks, read_docx(plan_docx(blocks)).blocks)
    )
    assert read == drawn
    assert any(rows > 1 for cells in drawn for _, _, rows, _, _ in cells)


LETTERHEAD = table(
    row(
        cell(par("ỦY BAN NHÂN DÂN") + par("TỈNH LÀO CAI") + par("Số: 112/KH-UBND")),
        cell(par("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + par("Lào Cai, ngày 15 tháng 3 năm 2025")),
    )
)
SIGNATURE = table(
    row(
        cell(par("Nơi nhận:") + par("- Lưu: VT.")),
        cell(par("TM. ỦY BAN NHÂN DÂN") + par("PHÓ CHỦ TỊCH") + par("Nguyễn Văn A")),
    )
)
NOTE = f'<w:footnote w:id="1">{par("Theo Thông báo số 12/TB-UBND.")}</w:footnote>'


def test_numbers_of_word_are_the_addresses() -> None:
    """A letterhead and a signature in tables without lines, a task with a note, numbers that Word counts."""
    task = (
        run("- Giao Sở Tài chính bố trí vốn") + '<w:r><w:footnoteReference w:id="1"/></w:r>' + run(" trước 30/6/2025.")
    )
    body = (
        LETTERHEAD
        + par("KẾ HOẠCH")
        + par("Chuyển đổi số năm 2025")
        + listed("MỤC TIÊU")
        + par("Nâng cao chỉ số chuyển đổi số.")
        + listed("NHIỆM VỤ, GIẢI PHÁP")
        + listed("Phát triển hạ tầng số", 1)
        + listed("Bố trí nguồn lực", 2)
        + par(task)
        + listed("Đào tạo cán bộ.", 2)
        + SIGNATURE
    )
    found = extract(laid_source(read_docx(docx(body, numbering=plan_lists(), footnotes=NOTE)), "made.docx"))
    document = found.document
    assert (document.number, document.date, document.signer) == ("112/KH-UBND", "2025-03-15", "Nguyễn Văn A")
    assert [(each.address, each.text) for each in found.tasks] == [
        ("phan/ii/1/a/gach-1", "Giao Sở Tài chính bố trí vốn trước 30/6/2025."),
        ("phan/ii/1/b", "Đào tạo cán bộ."),
    ]
    assert [each.number for each in found.mentions] == ["12/TB-UBND"]
