"""Pages of PDFs and scans: their pictures in a generation, and quotes framed on them in the reading view."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from graph import pictures, pipeline
from graph.generations import Generation, open_current
from graph.inputs import Input, live_inputs
from graph.layouts import read_kept
from graph.pictures import Pictured, Pictures
from ingest.readers.kinds import Kind
from ingest.readers.page_pictures import DONE, draw_pictures, list_pictures
from ingest.readers.sandbox import draw_apart
from ingest.source import SourceText
from search_api.indexing import SearchIndexer
from search_api.messages import load_messages
from search_api.page_places import say_box, say_lines, say_origin, say_place, say_places
from tests.made_files import small_docx, write_files
from tests.made_pdf import pdf_of_text
from tests.made_scans import needs_pictures, picture
from tests.pages import check_whole, open_pages
from tests.small_kb import plan_text
from tests.word_encoder import WordEncoder

VI, EN = load_messages("vi"), load_messages("en")
PRINTED, WORD = (f"vn/hung-yen/kh-ubnd/2025/{number}" for number in (7, 8))


def fail(*_: object) -> None:
    raise AssertionError("drawn again")


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("printed")
    files = {"a.pdf": pdf_of_text(plan_text(7), 2), "b.docx": small_docx(8)}
    write_files(folder / "in", files)
    pipeline.build([folder / "in"], folder / "kb", indexer=SearchIndexer(WordEncoder, "words"))
    return folder / "kb"


# --- pictures in a generation ---------------------------------------------------------------------------------------


class Builds:
    """Builds as far as pictures go: one cache, a draft for each."""

    def __init__(self, folder: Path, given: Path, sources: Mapping[str, SourceText]) -> None:
        self.folder, self.given, self.sources = folder, given, sources
        self.said: list[str] = []
        self.drafts = 0

    def keep(self, *files: str, before: Generation | None = None) -> tuple[Pictured, Generation]:
        """A draft with the pictures of some files, and how many there are."""
        self.drafts += 1
        draft = Generation(self.folder / f"draft-{self.drafts}")
        used = [Input(file, self.given / file, file) for file in files]
        keeping = Pictures(self.folder / "cache", draft.path, self.said.append)
        return keeping.keep(used, self.sources, before, lambda: None), draft


@pytest.fixture(scope="module")
def sources(kb: Path) -> Mapping[str, SourceText]:
    """The files of the knowledge base as its build read them."""
    generation = open_current(kb)
    return {each.file: read_kept(generation, each) for each in live_inputs(generation)}


@pytest.fixture
def builds(kb: Path, sources: Mapping[str, SourceText], tmp_path: Path) -> Builds:
    return Builds(tmp_path, kb.parent / "in", sources)


def inodes(generation: Generation) -> list[int]:
    return [path.stat().st_ino for path in sorted((generation.path / "pages").rglob("*.webp"))]


@needs_pictures
def test_pages_are_drawn_once_and_shared(builds: Builds, monkeypatch: pytest.MonkeyPatch) -> None:
    pictured, first = builds.keep("a.pdf", "b.docx")
    assert (pictured, len(inodes(first))) == (Pictured(of=2, shown=2), 2)
    monkeypatch.setattr(pictures, "draw_apart", fail)
    assert inodes(builds.keep("a.pdf")[1]) == inodes(first)
    shutil.rmtree(builds.folder / "cache")
    monkeypatch.setattr(pictures, "can_draw", lambda: False)
    assert inodes(builds.keep("a.pdf", before=first)[1]) == inodes(first)  # from the generation before


@needs_pictures
def test_pictures_go_with_their_file(builds: Builds) -> None:
    _, first = builds.keep("a.pdf")
    pictured, second = builds.keep("b.docx")
    assert (pictured, inodes(second)) == (Pictured(0, 0), [])
    assert not list((builds.folder / "cache" / "pictures").iterdir())
    assert len(inodes(first)) == 2  # an older generation keeps its own until it goes


@needs_pictures
def test_a_stopped_drawing_goes_on(tmp_path: Path) -> None:
    raw = pdf_of_text(plan_text(7), 3)

    def stop(done: int, of: int) -> None:
        assert of == 3
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        draw_pictures(raw, tmp_path, stop)
    kept = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert len(kept) == 2
    told: list[tuple[int, int]] = []
    draw_pictures(raw, tmp_path, lambda done, of: told.append((done, of)))
    assert told == [(3, 3)]
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    assert [(each.width, round(each.height)) for each in list_pictures(tmp_path).values()] == [(600, 800)] * 3
    assert (tmp_path / DONE).exists()


@needs_pictures
def test_pages_of_a_picture_are_drawn_apart(tmp_path: Path) -> None:
    (tmp_path / "scan.tif").write_bytes(picture("TIFF", (827, 1169), dpi=100, pages=2))
    (tmp_path / "pages").mkdir()
    assert draw_apart(tmp_path / "scan.tif", Kind.IMAGE, tmp_path / "pages") is None
    assert [round(each.width) for each in list_pictures(tmp_path / "pages").values()] == [595, 595]


@needs_pictures
def test_a_file_that_cannot_be_drawn_is_named(builds: Builds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "draw_apart", lambda *_: "failed")
    pictured, draft = builds.keep("a.pdf")
    assert (pictured, inodes(draft)) == (Pictured(of=2, shown=0), [])
    assert builds.said == ["a.pdf: some pages cannot be shown"]


def test_what_draws_and_came_later_is_tried(kb: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = shutil.copytree(kb.parent, tmp_path / "all") / "kb"
    manifest = next(copy.glob("generations/*/manifest.json"))
    said = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps(said | {"pages": {"of": 2, "shown": 0}, "tools": []}), encoding="utf-8")
    given = [tmp_path / "all" / "in"]

    class Started(Exception):
        """A build begins."""

    def start(*_: object) -> None:
        raise Started

    monkeypatch.setattr(pipeline, "Building", start)
    monkeypatch.setattr(pipeline, "found_tools", frozenset)
    assert pipeline.build(given, copy).unchanged
    monkeypatch.setattr(pipeline, "found_tools", lambda: frozenset({"PIL", "pypdfium2"}))
    with pytest.raises(Started):
        pipeline.build(given, copy)


# --- the reading view -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def client(kb: Path) -> Iterator[TestClient]:
    with open_pages(kb) as client:
        yield client


def read_links(client: TestClient, document: str) -> list[str]:
    """Where the quotes on the page of a document's task lead."""
    page = check_whole(client, f"/task/{document}/phan/ii/1", "vi")
    return [link for link in page.links if link.startswith("/read/")]


def test_quotes_say_their_page(client: TestClient) -> None:
    said = client.get(f"/task/{PRINTED}/phan/ii/1").text
    assert ", trang 2</span>" in said
    assert "a.pdf, trang 2, đoạn 11" in said
    assert "dòng" not in said
    assert ", page 2</span>" in client.get(f"/task/{PRINTED}/phan/ii/1?lang=en").text
    assert ", đoạn 11</span>" in client.get(f"/task/{WORD}/phan/ii/1").text
    assert ", trang 2</span>" in client.get("/?q=trung+tâm+dữ+liệu").text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_quote_leads_to_its_page(client: TestClient, language: str) -> None:
    link = read_links(client, PRINTED)[0]
    page = check_whole(client, link.split("#")[0], language)
    said = client.get(link).text
    assert "Sở Khoa học và Công nghệ" in re.sub(r"<[^>]*>", "", said)
    assert "Căn cứ Nghị quyết" not in said.split('class="page-of')[1]  # it stands on page 1
    if shown := page.of("image"):
        (frame,) = {tuple(each.items()) for each in page.of("rect") if each.get("class") == "quoted"}
        assert 40 < float(dict(frame)["x"] or 0) < 50
        assert {each["href"] for each in shown} == {f"/page-picture/{PRINTED}/2.webp"}
    else:
        assert VI["page_no_picture"] in said


@needs_pictures
def test_every_page_has_its_picture(client: TestClient) -> None:
    for number in (1, 2):
        page = check_whole(client, f"/read/{PRINTED}?page={number}", "vi")
        (shown,) = page.of("image")
        answer = client.get(str(shown["href"]))
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/webp")
        assert answer.content[8:12] == b"WEBP"
        again = client.get(str(shown["href"]), headers={"if-none-match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert not [each for each in page.of("rect") if each.get("class") == "quoted"]  # nothing is asked for
    assert not check_whole(client, f"/read/{WORD}", "vi").of("image")


@pytest.mark.parametrize(
    "path",
    [
        f"{PRINTED}/0.webp", f"{PRINTED}/3.webp", f"{PRINTED}/٢.webp", f"{PRINTED}/{'9' * 5000}.webp",
        f"{PRINTED}/-1.webp", f"{PRINTED}/0001-600.0x800.0.webp", f"{PRINTED}/..%2f..%2fmanifest.webp",
        f"{WORD}/1.webp", "vn/none/1.webp", "..%2f..%2fpages/1.webp", "1.webp", "%00/1.webp",
    ],
)  # fmt: skip
def test_no_address_leads_to_another_file(client: TestClient, path: str) -> None:
    assert client.get(f"/page-picture/{path}").status_code == 404


@pytest.mark.parametrize("span", ["", "x", "9-1", "0-0", "0-99999999", "999999-9999999", "1-2-3", "٠-٩"])
@pytest.mark.parametrize("document", [PRINTED, WORD])
def test_odd_stretches_are_no_error(client: TestClient, document: str, span: str) -> None:
    assert client.get(f"/read/{document}", params={"span": span, "line": "3"}).status_code == 200


def test_without_a_picture_the_place_is_said(kb: Path, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    link = read_links(client, PRINTED)[0].split("#")[0]
    monkeypatch.setattr("search_api.page_read_leaf.load_pictures", lambda *_: {})
    with open_pages(kb) as bare:
        page = check_whole(bare, link, "vi")
        said = bare.get(link).text
    assert not page.of("image")
    assert "Phần được trích: đoạn 11, cách mép trên" in said
    assert VI["page_no_picture"] in said


def test_what_was_not_understood_says_its_page(client: TestClient) -> None:
    said = client.get(f"/document/{PRINTED}/report").text
    assert "trang 1</a>" in said
    assert "đoạn" in client.get(f"/document/{WORD}/report").text


def test_the_program_interface_has_the_page(client: TestClient) -> None:
    task = client.get(f"/api/tasks/{PRINTED}/phan/ii/1").json()
    assert (task["source"]["page"], task["source"]["block"]) == (2, "paragraph[11]")
    (path, *_) = client.get("/api/trace", params={"id": task["id"]}).json()["paths"]
    assert any(step["source"] and step["source"].get("page") == 1 for step in path)


# --- places in words ------------------------------------------------------------------------------------------------

LINE = {"file": "a", "line": 7}


@pytest.mark.parametrize(
    ("more", "short", "whole"),
    [
        pytest.param({}, "dòng 7", "a:7", id="plain"),
        pytest.param({"page": 3, "block": "table[1]/row[2]/cell[3]"}, "trang 3",
                     "a, trang 3, bảng 1, hàng 2, ô 3", id="scan"),
        pytest.param({"block": "table[3]/row[7]/cell[2]"}, "bảng 3, hàng 7", "a, bảng 3, hàng 7, ô 2", id="word"),
        pytest.param({"block": "paragraph[12]/box[1]/paragraph[2]"}, "đoạn 12, khung chữ 1, đoạn 2",
                     "a, đoạn 12, khung chữ 1, đoạn 2", id="box"),
        pytest.param({"block": "footnote[2]"}, "chú thích chân trang 2", "a, chú thích chân trang 2", id="note"),
        pytest.param({"block": "sheet[Nhiệm vụ]/B7"}, "trang tính Nhiệm vụ, ô B7",
                     "a, trang tính Nhiệm vụ, ô B7", id="workbook"),
        pytest.param({"block": "odd"}, "dòng 7", "a", id="unknown"),
    ],
)  # fmt: skip
def test_places(more: dict[str, object], short: str, whole: str) -> None:
    assert (say_place(LINE | more, VI), say_origin(LINE | more, VI)) == (short, whole)


def test_places_of_several_quotes() -> None:
    assert say_places([LINE, {**LINE, "line": 9}, LINE], EN) == "lines 7, 9"
    assert say_places([{**LINE, "page": 3}, {**LINE, "page": 3}, {**LINE, "page": 4}], VI) == "trang 3; trang 4"
    assert say_box((72.0, 180.0, 300.0, 200.0), VI) == "cách mép trên 6,4 cm, mép trái 2,5 cm"
    assert say_lines(None, 3, 5, EN) == "lines 3–5"
