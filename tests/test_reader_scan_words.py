"""Pages printed and scanned say what they said: with text recognition."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from graph.as_docx import write_docx
from graph.evaluate_formats import MEASURES, make_file, score_formats
from ingest.readers import scan
from ingest.readers.dispatch import read_source
from ingest.readers.pdf import read_pdf
from ingest.readers.reading import Grid, GridCell, Paragraph, Place
from ingest.readers.scan import read_scan, read_scanned_pages
from ingest.readers.scan_pages import read_page
from ingest.source import Unreadable
from tests.made_scans import needs_pictures, needs_tesseract, scan_of
from tests.texts import DECISION, PLANS

pytestmark = [needs_pictures, needs_tesseract]

NOWHERE = Place("")
SENTENCES = (
    "KẾ HOẠCH",
    "Thực hiện Nghị quyết số 57-NQ/TW ngày 22 tháng 12 năm 2024 của Bộ Chính trị về đột phá phát triển khoa học, công "
    "nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia trên địa bàn tỉnh",
    "Các sở, ban, ngành, đơn vị, địa phương căn cứ chức năng, nhiệm vụ để tổ chức thực hiện.",
)
ROWS = (
    ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian hoàn thành"),
    ("1.", "Xây dựng cơ sở dữ liệu dùng chung của tỉnh", "Sở Khoa học và Công nghệ", "Quý IV/2026"),
    ("2.", "Bố trí kinh phí từ ngân sách nhà nước", "Sở Tài chính", "Hằng năm"),
    ("3.", "Nâng cấp hạ tầng mạng truyền số liệu", "", "Năm 2027"),
)


def table() -> Grid:
    """A table whose last column but one has a cell over two rows."""
    cells = [
        GridCell(row, column, text, NOWHERE, rows=2 if (row, column) == (2, 2) else 1)
        for row, texts in enumerate(ROWS)
        for column, text in enumerate(texts)
        if (row, column) != (3, 2)
    ]
    return Grid(len(ROWS), len(ROWS[0]), tuple(cells), NOWHERE)


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A page with a table, printed, laid half a degree askew on a scanner."""
    folder = tmp_path_factory.mktemp("scan")
    given = folder / "plan.docx"
    given.write_bytes(write_docx((*(Paragraph(each, NOWHERE) for each in SENTENCES), table())))
    return make_file(given, "scan", folder / "made", scan_of).read_bytes()


@pytest.fixture(scope="module")
def pictures(scanned: bytes) -> list[Any]:
    from ingest.readers.scan_images import draw_pages

    (page,) = draw_pages(scanned, (1,))
    from PIL import Image

    return [Image.fromarray(page.gray)]


def as_file(pictures: list[Any], kind: str) -> bytes:
    out = io.BytesIO()
    more = {"save_all": True, "append_images": pictures[1:]} if kind == "TIFF" else {}
    pictures[0].save(out, kind, dpi=(200, 200), **more)
    return out.getvalue()


def said(blocks: tuple[Paragraph | Grid, ...]) -> tuple[list[str], list[list[tuple[int, int, int, int, str]]]]:
    """The paragraphs, and the cells of each table: where, how large, and their words in one line."""
    paragraphs = [block.text for block in blocks if isinstance(block, Paragraph)]
    grids = [
        [(cell.row, cell.column, cell.rows, cell.columns, " ".join(cell.text.split())) for cell in block.cells]
        for block in blocks
        if isinstance(block, Grid)
    ]
    return paragraphs, grids


EXPECTED = (
    list(SENTENCES),
    [[(cell.row, cell.column, cell.rows, cell.columns, cell.text) for cell in table().cells]],
)


def test_a_scanned_page_says_what_was_printed(scanned: bytes) -> None:
    reading = read_pdf(scanned, read_scanned_pages)
    assert said(reading.blocks) == EXPECTED
    assert reading.pages == 1
    assert reading.warnings[0].startswith("page 1: read by text recognition (tesseract ")


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_is_read_however_it_lies(pictures: list[Any], turn: int) -> None:
    raw = as_file([picture.rotate(turn, expand=True, fillcolor=255) for picture in pictures], "PNG")
    assert said(read_scan(raw).blocks) == EXPECTED


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_pictures_are_read_as_pages_are(pictures: list[Any], kind: str) -> None:
    assert said(read_scan(as_file(pictures, kind)).blocks) == EXPECTED


def test_cells_stand_where_the_page_shows_them(scanned: bytes) -> None:
    (grid,) = (block for block in read_scanned_pages(scanned, (1,)).blocks if isinstance(block, Grid))
    assert grid.place.page == 1
    left, top, right, bottom = grid.place.box or (0, 0, 0, 0)
    assert 35 < left < 50
    assert 790 < right < 810
    for cell in grid.cells:
        x0, y0, x1, y1 = cell.place.box or (0, 0, 0, 0)
        assert left - 1 <= x0 < x1 <= right + 1
        assert top - 1 <= y0 < y1 <= bottom + 1


def test_a_stopped_run_goes_on_where_it_stopped(
    pictures: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [pictures[0], pictures[0].rotate(1, fillcolor=255), pictures[0].rotate(-1, fillcolor=255)]
    raw = as_file(pages, "TIFF")
    reads: list[int] = []

    def read_two(image: Any) -> Any:
        if image.number == 3:
            raise KeyboardInterrupt
        return read_page(image)

    monkeypatch.setattr(scan, "read_page", read_two)
    with pytest.raises(KeyboardInterrupt):
        read_scan(raw, tmp_path)
    assert len(list(tmp_path.glob("*.json"))) == 2

    def read_on(image: Any) -> Any:
        reads.append(image.number)
        return read_page(image)

    monkeypatch.setattr(scan, "read_page", read_on)
    told: list[tuple[int, int]] = []
    first = read_scan(raw, tmp_path, lambda done, of: told.append((done, of)))
    assert reads == [3]
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert read_scan(raw, tmp_path) == first
    assert reads == [3]


def test_a_page_that_cannot_be_read_is_named_and_the_others_are_read(
    pictures: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(image: Any) -> Any:
        if image.number == 1:
            raise Unreadable("Tesseract takes longer than 180 seconds for a page: given up")
        return read_page(image)

    monkeypatch.setattr(scan, "read_page", fail)
    reading = read_scan(as_file([pictures[0], pictures[0]], "TIFF"))
    assert reading.warnings[1] == "page 1: not read: Tesseract takes longer than 180 seconds for a page: given up"
    assert [block.place.page for block in reading.blocks] == [2] * len(reading.blocks)


def test_a_scan_is_read_apart(scanned: bytes, tmp_path: Path) -> None:
    """In the process for files that nobody vouches for, within its limits."""
    (tmp_path / "scan.pdf").write_bytes(scanned)
    source = read_source(tmp_path / "scan.pdf", "scan.pdf")
    assert "Sở Khoa học và Công nghệ" in source.text
    place = source.place_at(source.text.index("Sở Tài chính"))
    assert place is not None
    assert place.page == 1


@pytest.fixture(scope="module")
def longest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    """Of each thing that the longest plan has, the share that comes out of its scan right."""
    folder = tmp_path_factory.mktemp("plans")
    (folder / DECISION).write_bytes((PLANS / DECISION).read_bytes())
    (score,) = score_formats(folder, ("scan",), lambda: None, scan_of)
    return {name: right / of for name, right, of in zip(MEASURES, score.right, score.of, strict=True)}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("measure", "least"), [("rows", 0.95), ("leads", 0.85), ("deadlines", 0.85), ("tasks", 0.9), ("duties", 0.8)]
)
def test_a_whole_plan_survives_a_scanner(longest: dict[str, float], measure: str, least: float) -> None:
    assert longest[measure] >= least
