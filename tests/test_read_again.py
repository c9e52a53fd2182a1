"""A folder that is built again: what did not change is not read again, and big files go on where a run stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from graph.extracting import extract_all
from graph.inputs import collect_inputs
from ingest.readers import dispatch, sandbox
from ingest.readers.kinds import Kind
from ingest.readers.layout import Layout, lay_out
from ingest.readers.reading import Paragraph, Place, Reading
from ingest.readers.sandbox import Keeping, Limits, read_apart
from tests.made_files import plan_docx, small_docx, write_files, zip_of
from tests.made_pdf import Page, pdf, pdf_of_text
from tests.made_scans import needs_pictures, needs_tesseract, scan_of
from tests.small_kb import plan_text
from tests.texts import DECISION

MIB = 2**20


class Folder:
    """A folder that is read again and again, and which of its files were taken apart each time."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.given, self.kb = folder / "in", folder / "kb"
        self.taken_apart: list[str] = []
        monkeypatch.setattr(dispatch, "read_apart", self._take_apart)
        monkeypatch.setattr("graph.extracting.FEW", 100)  # all in this process, where they are counted

    def _take_apart(self, path: Path, kind: Kind, keeping: Keeping) -> Layout:
        self.taken_apart.append(kind)
        number = sum(path.read_bytes()) % 10_000  # other bytes, another plan
        lines = plan_text(number).splitlines()
        return lay_out(Reading(tuple(Paragraph(line, Place(f"paragraph[{at}]")) for at, line in enumerate(lines))))

    def read(self) -> tuple[list[str], list[str]]:
        """The files that were used, and the kinds of those that were taken apart for it."""
        self.taken_apart.clear()
        self.kb.mkdir(exist_ok=True)
        scratch = self.kb / f"unpacked-{time.monotonic_ns()}"
        scratch.mkdir()
        inputs = collect_inputs([self.given], print, scratch)
        extractions, refused = extract_all(inputs.plans, self.kb / "cache" / "extractions", lambda: None, print)
        assert not refused
        return [each.file for each in extractions], sorted(self.taken_apart)


def test_only_what_changed_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Folder(tmp_path, monkeypatch)
    members = {"in/b.docx": small_docx(2), "in/c.pdf": pdf_of_text(plan_text(3))}
    scan = b"II*\0" + bytes(range(100))
    write_files(folder.given, {"a.docx": small_docx(1), "all.zip": zip_of(members), "scan.tif": scan, "d.txt": b""})
    (folder.given / "d.txt").write_text(plan_text(4), encoding="utf-8")
    everything = ["a.docx", "all.zip/in/b.docx", "all.zip/in/c.pdf", "d.txt", "scan.tif"]
    assert folder.read() == (everything, ["docx", "docx", "image", "pdf"])
    assert folder.read() == (everything, [])
    os.utime(folder.given / "a.docx", (1, 1))  # the bytes count, not when they were written
    assert folder.read() == (everything, [])
    write_files(folder.given, {"all.zip": zip_of(members | {"in/b.docx": small_docx(20)})})
    assert folder.read() == (everything, ["docx"])
    (folder.given / "scan.tif").write_bytes(scan + b"more")
    assert folder.read() == (everything, ["image"])
    write_files(folder.given, {"all.zip": zip_of({"moved/c.pdf": members["in/c.pdf"]})})
    (folder.given / "a.docx").unlink()
    assert folder.read() == (["all.zip/moved/c.pdf", "d.txt", "scan.tif"], [])


def test_reading_again_takes_no_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The longest plan as a Word file: what is kept comes back without its reader."""
    given = tmp_path / "in"
    write_files(given, {"plan.docx": plan_docx(DECISION)})
    (tmp_path / "kb").mkdir()
    taken = []
    for _ in range(2):
        inputs = collect_inputs([given], print, tmp_path / "kb")
        begun = time.perf_counter()
        extract_all(inputs.plans, tmp_path / "kb" / "cache", lambda: None, print)
        taken.append(time.perf_counter() - begun)
    assert taken[1] < taken[0] / 2


# --- big files ------------------------------------------------------------------------------------------------------


def printed_table(pages: int) -> bytes:
    """A PDF with text: a ruled table of a head and 28 rows on each page."""
    made = []
    for number in range(pages):
        page = Page().grid((50, 90, 350, 550), [60 + 20 * at for at in range(30)])
        page.text(52, 74, "TT").text(95, 74, "Tên nhiệm vụ").text(360, 74, "Đơn vị chủ trì")
        for at in range(1, 29):
            page.text(52, 74 + 20 * at, str(28 * number + at))
            page.text(95, 74 + 20 * at, "Xây dựng cơ sở dữ liệu dùng chung")
        made.append(page)
    return pdf(*made)


@pytest.mark.parametrize(
    ("pages", "limits"),
    [
        pytest.param(25, Limits(700 * MIB, 60, 240), id="small"),
        pytest.param(500, Limits(1536 * MIB, 300, 900), id="500-pages", marks=pytest.mark.slow),
    ],
)
def test_many_pages_stay_within_limits(tmp_path: Path, pages: int, limits: Limits) -> None:
    """Far less than what a PDF may take at most: 3 GB and an hour of work."""
    (tmp_path / "a.pdf").write_bytes(printed_table(pages))
    layout = read_apart(tmp_path / "a.pdf", Kind.PDF, limits=limits)
    assert layout.pages == pages
    assert layout.text.count("dùng chung") == 28 * pages


def stop_after(path: Path, kept: Path, pages: int) -> None:
    """Read a scan in its process and kill that when it told of so many pages."""
    out = path.with_suffix(".json")
    command = [sys.executable, "-m", "ingest.readers.child", str(3 * 2**30), "3600", Kind.PDF, str(path), str(out)]
    child = subprocess.Popen(
        [*command, str(kept)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert child.stdout
    for line in child.stdout:
        if line.startswith(f"page {pages} of "):
            break
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert not out.exists()


def read_on(path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Layout, Sequence[str]]:
    """Read it again to its end, with what is told of that."""
    monkeypatch.setattr(sandbox, "_BETWEEN_LINES", 0.0)
    told: list[str] = []
    return read_apart(path, Kind.PDF, Keeping(pages=kept, tell=told.append)), told


def goes_on(pdf: Path, stop: int, monkeypatch: pytest.MonkeyPatch) -> Layout:
    """Stop the reading of a scan after some pages; the next run keeps what was read."""
    scan, kept = pdf.with_name("scan.pdf"), pdf.with_name("kept")
    scan.write_bytes(scan_of(pdf))
    stop_after(scan, kept, stop)
    done = {path: path.stat().st_mtime_ns for path in kept.glob("*.json")}
    assert len(done) >= stop
    layout, told = read_on(scan, kept, monkeypatch)
    assert told[-1] == f"page {layout.pages} of {layout.pages}"
    assert {path: path.stat().st_mtime_ns for path in done} == done
    assert len(list(kept.glob("*.json"))) == layout.pages
    return layout


@needs_pictures
@needs_tesseract
def test_a_killed_reading_of_a_scan_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page(size=(300, 100))
    pages = [page_of(f"Kế hoạch số {at}") for at in (1, 2, 3)]
    (tmp_path / "a.pdf").write_bytes(pdf(*pages, page))
    assert goes_on(tmp_path / "a.pdf", 1, monkeypatch).pages == 4


def page_of(words: str) -> Page:
    return Page(size=(300, 100)).text(20, 50, words)


@needs_pictures
@needs_tesseract
@pytest.mark.slow
def test_a_scan_of_50_megabytes_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["Các sở, ban, ngành căn cứ chức năng, nhiệm vụ để tổ chức thực hiện."] * 30
    pages = [Page().lines(50, 60, *lines, step=20) for _ in range(70)]
    (tmp_path / "a.pdf").write_bytes(pdf(*pages))
    layout = goes_on(tmp_path / "a.pdf", 20, monkeypatch)
    assert layout.pages == 70
    assert (tmp_path / "scan.pdf").stat().st_size > 50 * 10**6
