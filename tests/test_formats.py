"""Plans in other formats, from the file to a live generation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from graph.as_docx import plan_blocks, write_docx
from graph.building import Result
from graph.evaluate_formats import FORMATS, make_file, render_formats, score_formats
from graph.generations import open_current
from graph.layouts import load_layout
from graph.pipeline import add, build, rebuild
from ingest.doubts import REASON
from ingest.extract import extract
from ingest.readers import dispatch, tesseract, tools
from ingest.readers.convert import TOOL, convert_to_docx
from ingest.readers.dispatch import read_source
from ingest.readers.kinds import Kind
from ingest.readers.layout import Layout, lay_out
from ingest.readers.reading import Paragraph, Place, Reading, Role
from ingest.readers.tools import found_tools
from ingest.records import Extraction, Origin
from ingest.source import Unreadable, source_of_layout
from tests.conftest import ROOT
from tests.made_files import needs_office, plan_docx, small_docx, write_files, zip_of
from tests.small_kb import plan_text
from tests.test_pipeline import Listener, numbers, refused
from tests.texts import DECISION, plan, source_of


def read_records(kb: Path, kind: str) -> Iterator[dict[str, object]]:
    """The records of a kind in the live generation."""
    for line in open_current(kb).records.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if record["record"] == kind:
            yield record


def facts(extraction: Extraction) -> list[tuple[object, ...]]:
    """What a plan's tasks say, without where they say it."""
    return [
        (task.address, task.number, task.text.split(), [body.name for body in task.lead], task.deadline.earliest)
        for task in extraction.tasks
    ]


@pytest.mark.parametrize("made", ["docx", *(pytest.param(each, marks=needs_office) for each in ("doc", "odt", "rtf"))])
def test_the_same_plan_in_another_format(tmp_path: Path, made: str) -> None:
    given = tmp_path / "plan.docx"
    given.write_bytes(plan_docx(DECISION))
    source = read_source(make_file(given, made, tmp_path / made), f"plan.{made}")
    assert source.kind == made
    assert facts(extract(source)) == facts(plan(DECISION))


@needs_office
def test_the_table_of_formats() -> None:
    scores = list(score_formats(ROOT / "tests" / "golden", FORMATS[:2], lambda: None))
    assert [each.format for each in scores] == ["docx", "doc"] * (len(scores) // 2)
    assert all(each.right == each.of for each in scores)
    said = render_formats(scores, {"pdf": "some-package"})
    assert said.startswith("| format | positions | rows | deadlines |")
    assert said.endswith("left out: .pdf (install the Debian package some-package)\n")


def test_a_missing_tool_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Unreadable, match=r"a \.rtf file needs LibreOffice: install the Debian package"):
        convert_to_docx(b"{\\rtf1}", Kind.RTF)


# --- builds ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plan as text, one as a Word document under a wrong name, and an archive of two with a bad file."""
    inner = zip_of({"deep/3.docx": small_docx(13)})
    archive = zip_of({"in/2.docx": small_docx(12), "in.zip": inner, "bad.docx": b"PK\3\4", "../out.txt": b""})
    write_files(
        tmp_path / "in", {"0.txt": plan_text(10).encode(), "1.pdf": small_docx(11), "all.zip": archive, "x.csv": b"a"}
    )
    return tmp_path / "in"


def test_a_folder_of_many_kinds(folder: Path, tmp_path: Path) -> None:
    kb, listener = tmp_path / "kb", Listener()
    result = build([folder], kb, listener)
    assert result.used == ("0.txt", "1.pdf", "all.zip/in.zip/deep/3.docx", "all.zip/in/2.docx")
    assert {file: reason.split(":")[0] for file, reason in refused(result).items()} == {
        "all.zip/../out.txt": "its name leads out of the archive",
        "all.zip/bad.docx": "cut short or damaged",
        "x.csv": ".csv is not readable (readable",
    }
    assert listener.said == ["1.pdf: its name says .pdf, but it is a .docx file: read as that"]
    assert numbers(kb) == {"10/KH-UBND", "11/KH-UBND", "12/KH-UBND", "13/KH-UBND"}
    assert not (kb / ".unpacked").exists()
    assert build([folder], kb).unchanged


def test_quotes_of_files_with_blocks_say_where_they_stand(folder: Path, tmp_path: Path) -> None:
    kb = tmp_path / "kb"
    build([folder], kb)
    tasks = {task["file"]: task["source"] for task in read_records(kb, "task")}
    assert list(tasks["0.txt"]) == ["file", "line", "start", "end", "quote"]  # type: ignore[call-overload]
    source = tasks["1.pdf"]
    assert isinstance(source, dict)
    layout = load_layout(open_current(kb), "1.pdf")
    assert layout is not None
    assert layout.text[source["start"] : source["end"]] == source["quote"]
    assert source["block"] in {each.place.block for each in layout.places}
    assert "page" not in source
    assert load_layout(open_current(kb), "0.txt") is None
    assert load_layout(open_current(kb), "none.docx") is None


def test_unchanged_files_are_not_read_again(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kb = tmp_path / "kb"
    first = build([folder], kb).generation
    layouts = {path.name: path.read_bytes() for path in (first.path / "texts").iterdir()}

    def fail(*_: object) -> Layout:
        raise AssertionError("read again")

    monkeypatch.setattr(dispatch, "read_apart", fail)
    write_files(tmp_path, {"4.txt": plan_text(14).encode()})
    added = add([tmp_path / "4.txt"], kb)
    assert added.used == ("0.txt", "1.pdf", "4.txt", "all.zip/in.zip/deep/3.docx", "all.zip/in/2.docx")
    assert {path.name: path.read_bytes() for path in (added.generation.path / "texts").iterdir()} == layouts
    (folder / "1.pdf").rename(folder / "renamed.docx")  # every quote names its file, but the text is the same
    assert "renamed.docx" in build([folder], kb).used


def test_a_generation_can_be_made_again_from_what_it_keeps(folder: Path, tmp_path: Path) -> None:
    kb = tmp_path / "kb"
    graph = build([folder], kb).generation.graph.read_bytes()
    for path in (kb / "cache" / "extractions").iterdir():
        path.unlink()
    write_files(folder, {"5.txt": plan_text(15).encode()})
    build([folder], kb)
    (folder / "5.txt").unlink()
    assert build([folder], kb).generation.graph.read_bytes() == graph
    assert rebuild(kb).unchanged


def test_a_tool_that_came_later_is_tried(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kb = tmp_path / "kb"
    monkeypatch.setenv("PATH", "/nowhere")
    write_files(folder, {"old.rtf": b"{\\rtf1\\ansi x}"})
    assert "libreoffice-writer-nogui" in refused(build([folder], kb))["old.rtf"]
    assert build([folder], kb).unchanged
    monkeypatch.setattr("graph.pipeline.found_tools", lambda: frozenset({"soffice"}))
    assert not build([folder], kb).unchanged


def test_a_tool_is_there_when_all_that_it_needs_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tesseract without Vietnamese reads nothing, and libraries of scans may come later than the program."""
    monkeypatch.setattr(tools, "find_spec", lambda name: None)
    monkeypatch.setattr(tesseract, "find_engine", lambda: "tesseract 5")
    assert found_tools() - {TOOL} == {tesseract.TOOL}
    monkeypatch.setattr(tools, "find_spec", lambda name: name)
    monkeypatch.setattr(tesseract, "find_engine", partial(lack, "Vietnamese"))
    assert found_tools() - {TOOL} == {"PIL", "pypdfium2"}


def lack(what: str) -> str:
    raise Unreadable(f"lacks {what}")


# --- one document in two formats ------------------------------------------------------------------------------------


def held(result: Result) -> tuple[tuple[str, ...], dict[str, str]]:
    return result.used, refused(result)


def test_the_better_reading_is_kept(tmp_path: Path) -> None:
    write_files(tmp_path / "in", {"a.txt": plan_text(11).encode(), "b.docx": small_docx(11)})
    reason = "is 11/KH-UBND of 5/8/2025, already held as b.docx, which reads better"
    for _ in range(2):
        assert held(build([tmp_path / "in"], tmp_path / "kb")) == (("b.docx",), {"a.txt": reason})


def test_a_better_reading_takes_the_place_of_a_live_one(tmp_path: Path) -> None:
    kb = tmp_path / "kb"
    write_files(tmp_path, {"in/a.txt": plan_text(11).encode(), "b.docx": small_docx(11)})
    build([tmp_path / "in"], kb)
    used, _ = held(add([tmp_path / "b.docx"], kb))
    assert used == ("b.docx",)
    assert add([tmp_path / "b.docx"], kb).unchanged


def test_a_document_without_a_number_is_known_in_another_format(tmp_path: Path) -> None:
    blank = plan_text(11).replace("Số: 11/KH-UBND", "Số:      /KH-UBND")
    write_files(tmp_path / "in", {"a.txt": blank.encode(), "b.docx": write_docx(plan_blocks(source_of(blank)))})
    used, reasons = held(build([tmp_path / "in"], tmp_path / "kb"))
    assert used == ("b.docx",)
    assert reasons["a.txt"].endswith("already held as b.docx, which reads better")


# --- what a layout says ---------------------------------------------------------------------------------------------


def test_words_shown_badly_make_a_field_assumed() -> None:
    text = plan_text(11)
    start = text.index("Sở Khoa học")
    source = source_of_layout("a.pdf", "", Layout(text, doubts=((start, start + 2),)), "scan")
    (task,) = (task for task in extract(source).tasks if task.lead)
    assert (task.evidence["lead"].origin, task.evidence["lead"].reason) == (Origin.ASSUMED, REASON)
    assert task.evidence["deadline"].origin is Origin.STATED


def test_what_a_portal_says_of_the_document_is_evidence_of_its_own_kind() -> None:
    lines = [each for each in plan_text(11).splitlines() if not each.startswith("Số:")]
    blocks = [Paragraph(line, Place(f"p[{at}]")) for at, line in enumerate(lines)]
    blocks.insert(0, Paragraph("Văn bản liên quan: Quyết định số 12/QĐ-UBND", Place("div[1]"), Role.PORTAL))
    portal = (("Số hiệu", "77/KH-UBND"), ("Người ký", "Trần Văn Ba"), ("Tình trạng hiệu lực", "Còn hiệu lực"))
    layout = lay_out(Reading(tuple(blocks), portal))
    found = extract(source_of_layout("a.html", "", layout, "html"))
    assert (found.document.number, found.document.signer) == ("77/KH-UBND", "Trần Văn Ba")
    assert found.document.evidence["number"].origin is Origin.ASSUMED
    assert "12/QĐ-UBND" not in {each.number for each in found.mentions}
    assert extract(source_of_layout("a.html", "", lay_out(Reading(tuple(blocks[1:]))), "html")).document.number is None
