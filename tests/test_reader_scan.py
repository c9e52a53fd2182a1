"""Pictures of pages before and after their words are read: no text recognition is needed here."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.readers.lines import Line
from ingest.readers.reading import Grid, GridCell, Paragraph, Place
from ingest.readers.ruled_grids import RuledGrid, Slot, find_grids
from ingest.readers.scan import read_scan
from ingest.readers.scan_cache import keep_page, load_page, page_key
from ingest.readers.scan_dashes import find_dashes
from ingest.readers.scan_images import PageImage, count_pages, drop_specks, open_pages, rotate, show_pages, whiten
from ingest.readers.scan_labels import mend_labels
from ingest.readers.scan_lines import write_lines, write_rows
from ingest.readers.scan_numbers import mend_numbers
from ingest.readers.scan_pages import ScannedPage, ScannedTable, shown_box
from ingest.readers.scan_rules import erase_rules, find_rules
from ingest.readers.scan_upright import find_skew
from ingest.readers.tesseract import Word
from ingest.source import Unreadable
from tests.made_scans import needs_pictures, picture

pytestmark = needs_pictures

DOTS = 200
XS, YS = (100, 200, 500, 900), (100, 160, 220, 300)
PLACE = Place("")
SIZE = (1100, 900)
INNER = {(slot.row, slot.column): slot for slot in (Slot(1, 0, 2, 1), Slot(0, 1, 1, 2))}  # merged down, and sideways


def page_of_rules(broken: float = 0.0) -> NDArray[np.uint8]:
    """A table of 3 x 3 with two merged cells and words in it, as rules of two dots; some dots of them gone."""
    gray = np.full((SIZE[1], SIZE[0]), 255, dtype=np.uint8)
    for at, y in enumerate(YS):
        gray[y : y + 2, XS[1 if at == 2 else 0] : XS[-1]] = 0
    for at, x in enumerate(XS):
        gray[YS[1 if at == 2 else 0] : YS[-1], x : x + 2] = 0
    for y in (120, 180, 240):
        for x in (*range(215, 470, 20), *range(520, 700, 20)):
            gray[y : y + 22, x : x + 3] = 0  # stems of letters
            gray[y + 19 : y + 22, x : x + 11] = 0
    gray[70:98, XS[1] : XS[1] + 3] = 0  # a letter that stands right on the end of a rule
    random = np.random.default_rng(3)
    gray[random.random(gray.shape) < broken] = 255
    gray[random.random(gray.shape) < broken / 10] = 0
    return gray


def grids_of(gray: NDArray[np.uint8]) -> list[RuledGrid]:
    rules = find_rules(gray < 170, DOTS)
    return find_grids([each.rule for each in rules.level], [each.rule for each in rules.upright], near=7)


@pytest.mark.parametrize("broken", [pytest.param(0.0, id="clean"), pytest.param(0.05, id="one-dot-in-twenty-gone")])
@pytest.mark.parametrize("angle", [0.0, 0.5, -1.7])
def test_a_ruled_table_is_found_however_it_lies(angle: float, broken: float) -> None:
    gray = rotate(page_of_rules(broken), angle)
    upright = rotate(gray, find_skew(gray < 170))
    (grid,) = grids_of(upright)
    assert [round(x / 10) for x in grid.xs] == [x // 10 for x in XS]
    assert [round(y / 10) for y in grid.ys] == [y // 10 for y in YS]
    assert grid.slots == (Slot(0, 0, 1, 1), Slot(0, 1, 1, 2), *_rest())


def _rest() -> tuple[Slot, ...]:
    return (Slot(1, 0, 2, 1), Slot(1, 1, 1, 1), Slot(1, 2, 1, 1), Slot(2, 1, 1, 1), Slot(2, 2, 1, 1))


def test_letters_are_no_rules() -> None:
    gray = page_of_rules()
    gray[99:303] = 255
    assert grids_of(gray) == []


def test_rules_are_whitened_and_letters_stay() -> None:
    gray = page_of_rules()
    dark = gray < 170
    erased = erase_rules(dark, find_rules(dark, DOTS))
    assert not (dark & ~erased)[YS[0] : YS[0] + 2, XS[0] : XS[-1]].any()
    assert not erased[120:142, 215:480].any()


@pytest.mark.parametrize("angle", [-3.2, -0.5, 0.0, 0.26, 2.0])
def test_a_page_that_lies_askew_is_turned_back(angle: float) -> None:
    gray = np.full((800, 1000), 255, dtype=np.uint8)
    for y in range(60, 740, 30):
        gray[y : y + 14, 80 : 900 - 7 * (y % 40) : 3] = 0
    assert find_skew(rotate(gray, angle) < 170) == pytest.approx(-angle, abs=0.1)


def test_an_empty_page_lies_straight() -> None:
    assert find_skew(np.zeros((300, 300), dtype=np.bool_)) == 0.0


def test_specks_go_and_letters_stay() -> None:
    gray = np.full((60, 60), 180, dtype=np.uint8)  # a page in the shadow
    gray[10, 10] = 20
    gray[30:50, 20:23] = 20
    cleaned = drop_specks(whiten(gray))
    assert cleaned[10, 10] == 255
    assert (cleaned[32:48, 20:23] < 60).all()
    assert (cleaned[:, 40:] > 240).all()


def word(text: str, left: int, top: int = 0, sure: float = 96.0, line: int = 1) -> Word:
    """A word in letters of 10 dots."""
    return Word(0, (1, 1, line), (left, top, left + 10 * len(text), top + 24), sure, text)


@pytest.mark.parametrize(
    ("words", "text", "doubts"),
    [
        pytest.param([word("Kế", 0), word("hoạch", 30)], "Kế hoạch", (), id="sure"),
        pytest.param([word("Kế", 0), word("hoach", 30, sure=55)], "Kế hoach", ((3, 8),), id="in-doubt"),
        pytest.param([word("~", 0, sure=40), word("Năm", 30)], "Năm", (), id="dust"),
        pytest.param([word("-", 0, sure=60), word("Năm", 30)], "- Năm", ((0, 1),), id="a-dash-is-no-dust"),
        pytest.param([word("QĐÐ-UBND", 0)], "QĐ-UBND", ((0, 7),), id="stroked-letter-twice"),
        pytest.param([word("cQS", 0)], "CQS", ((0, 3),), id="small-among-capitals"),
        pytest.param([word("eKYC", 0)], "eKYC", (), id="a-word-that-is-so"),
    ],
)
def test_words_make_lines(words: list[Word], text: str, doubts: tuple[tuple[int, int], ...]) -> None:
    (line,) = write_lines(words, 24, lambda box: (float(box[0]), float(box[1]), float(box[2]), float(box[3])), False)
    assert (line.text, line.doubts) == (text, doubts)


@pytest.mark.parametrize(
    ("box", "texts"),
    [
        pytest.param((10, 12, 20, 14), ["Năm", "-"], id="dash"),
        pytest.param((10, 22, 20, 24), ["Năm"], id="underscore"),
        pytest.param((10, 2, 20, 22), ["Năm"], id="letter"),
        pytest.param((10, 12, 12, 14), ["Năm"], id="dot"),
        pytest.param((0, 12, 5, 14), ["Năm"], id="too-far-away"),
    ],
)
def test_a_dash_that_was_lost_is_found(box: tuple[int, int, int, int], texts: list[str]) -> None:
    gray = np.full((40, 100), 255, dtype=np.uint8)
    left, top, right, bottom = box
    gray[top:bottom, left:right] = 0
    found = find_dashes(gray, [word("Năm", 38)], 24)
    assert [each.text for each in found] == texts
    assert [each.box for each in found[1:]] == [box] * (len(texts) - 1)


def test_words_far_apart_stand_in_two_columns() -> None:
    words = [word("TỈNH", 0), word("CỘNG", 400), word("Số:", 0, 40, line=2), word("Hà", 400, 41, line=3)]
    lines = write_lines(words, 24, lambda box: (float(box[0]), float(box[1]), float(box[2]), float(box[3])), True)
    assert [[line.text for line in row] for row in write_rows(lines)] == [["TỈNH", "CỘNG"], ["Số:", "Hà"]]


def column(*texts: str) -> Grid:
    """A table of one row for each number, with a task beside it."""
    cells = [GridCell(row, 0, text, PLACE) for row, text in enumerate(texts)]
    return Grid(len(texts), 2, (*cells, *(GridCell(row, 1, "Xây dựng", PLACE) for row in range(len(texts)))), PLACE)


@pytest.mark.parametrize(
    ("read", "mended"),
    [
        pytest.param("TT 1. 2. 3,  4.", "TT 1. 2. 3. 4.", id="comma"),
        pytest.param("TT 12. 13. 14G. 15. 16.", "TT 12. 13. 14. 15. 16.", id="count-that-begins-later"),
        pytest.param("TT 1. 2. 7. 4. 5.", "TT 1. 2. 3. 4. 5.", id="another-digit"),
        pytest.param("TT 1. 2. 3. 4A. 5.", "TT 1. 2. 3. 4. 5.", id="letter"),
        pytest.param("TT 1. 2. 5. 9.", "TT 1. 2. 5. 9.", id="gaps-that-tell-nothing"),
        pytest.param("TT I 1. 2. 1. 3. 4.", "TT I 1. 2. II. 3. 4.", id="numeral-read-as-digit"),
        pytest.param("TT 1. 1. 2. II 3. IV 4. VỊ 5.", "TT I. 1. 2. II 3. IV 4. VI 5.", id="numeral-above-the-first"),
        pytest.param("TT L 1. 2. H 3. 4. Hi 5.", "TT I 1. 2. II 3. 4. III 5.", id="numerals-of-strokes"),
        pytest.param("TT I 1. 2. II 3. II 4. IV 5.", "TT I 1. 2. II 3. III 4. IV 5.", id="numeral-twice"),
        pytest.param("TT A I 1. 2. II 3. B I 4. 5.", "TT A I 1. 2. II 3. B I 4. 5.", id="anew-below-a-letter"),
        pytest.param("TT I 1. 2. II 1. 2. 3.", "TT I 1. 2. II 1. 2. 3.", id="anew-below-a-numeral"),
        pytest.param("TT 1. 1.1 1.2 2. 3.", "TT 1. 1.1 1.2 2. 3.", id="levels"),
        pytest.param("TT A B C D", "TT A B C D", id="no-count"),
    ],
)
def test_numbers_of_rows_are_mended_by_their_count(read: str, mended: str) -> None:
    cells = mend_numbers(column(*read.split())).cells
    got = [cell for cell in cells if cell.column == 0]
    assert " ".join(cell.text for cell in got) == " ".join(mended.split())
    changed = [one != two.text for one, two in zip(read.split(), got, strict=True)]
    assert [bool(cell.doubts) for cell in got] == changed


@pytest.mark.parametrize(
    ("read", "mended"),
    [
        pytest.param(["d) Một", "đ) Hai", "#) Ba"], "e) Ba", id="no-letter-of-ours"),
        pytest.param(["e) Một", "Ø) Rà soát"], "g) Rà soát", id="f-is-no-letter-of-lists"),
        pytest.param(["e) Một", "gh) Rà soát"], "g) Rà soát", id="two-letters-are-no-label"),
        pytest.param(["Ø) Rà soát"], "Ø) Rà soát", id="nothing-before-it"),
        pytest.param(["5, Thúc đẩy"], "5. Thúc đẩy", id="comma"),
        pytest.param(["5,1. Định hướng"], "5.1. Định hướng", id="comma-inside"),
        pytest.param(["1,5 triệu đồng"], "1,5 triệu đồng", id="a-figure"),
        pytest.param(["2, 3 và 4"], "2, 3 và 4", id="more-figures"),
        pytest.param(["I. MỤC ĐÍCH", "IL NHIỆM VỤ"], "II. NHIỆM VỤ", id="numeral"),
        pytest.param(["I. MỤC ĐÍCH", "II. NHIỆM VỤ", "II. KINH PHÍ"], "III. KINH PHÍ", id="numeral-twice"),
        pytest.param(["II. NHIỆM VỤ", "I. MỤC ĐÍCH"], "I. MỤC ĐÍCH", id="numerals-begin-anew"),
        pytest.param(["Vì vậy"], "Vì vậy", id="a-word"),
    ],
)
def test_labels_are_mended_by_their_order(read: list[str], mended: str) -> None:
    blocks = mend_labels([Paragraph(text, PLACE) for text in read])
    last = blocks[-1]
    assert isinstance(last, Paragraph)
    assert last.text == mended
    assert bool(last.doubts) == (mended != read[-1])


def test_doubts_behind_a_mended_label_stay_where_they_are() -> None:
    (block,) = mend_labels([Paragraph("5,1. Định huong", PLACE, doubts=((10, 15),))])
    assert isinstance(block, Paragraph)
    assert [block.text[start:end] for start, end in block.doubts] == ["5.1.", "huong"]


LINE = Line("Xây dựng", (10.0, 20.0, 60.0, 32.0), 12.0, 20.0, ((0, 3),))
READ = ScannedPage(
    (595.0, 842.0),
    90,
    0.5,
    [[LINE], [LINE, LINE]],
    [ScannedTable(RuledGrid((0.0, 50.0, 90.0), (0.0, 20.0), (Slot(0, 0, 1, 1), Slot(0, 1, 1, 1))), [[LINE], []])],
)


def image_of(gray: Any, number: int = 1) -> PageImage:
    return PageImage(number, np.asarray(gray, dtype=np.uint8))


def test_a_page_is_kept_by_what_it_shows(tmp_path: Path) -> None:
    image = image_of([[0, 255]])
    key = page_key(image, "tesseract 5.3.0")
    assert load_page(tmp_path, key) is None
    keep_page(tmp_path, key, READ)
    assert load_page(tmp_path, key) == READ
    assert [path.name for path in tmp_path.iterdir()] == [f"{key}.json"]
    assert page_key(replace(image, number=7), "tesseract 5.3.0") == key
    others = {page_key(image, "tesseract 5.5.0"), page_key(image_of([[0], [255]]), "tesseract 5.3.0")}
    assert key not in others
    assert len(others) == 2


def test_a_page_that_cannot_be_kept_was_read_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    keep_page(tmp_path / "file", "x", READ)
    assert load_page(tmp_path / "file", "x") is None


@pytest.mark.parametrize("left", ["", "{", "[]", '{"size": [1, 2]}', '{"tables": 5}'])
def test_what_a_stopped_run_left_is_read_anew(tmp_path: Path, left: str) -> None:
    (tmp_path / "x.json").write_text(left, encoding="utf-8")
    assert load_page(tmp_path, "x") is None


@pytest.mark.parametrize(
    ("turned", "box"),
    [
        pytest.param(0, (10, 20, 60, 32), id="upright"),
        pytest.param(180, (535, 810, 585, 822), id="upside-down"),
        pytest.param(90, (810, 10, 822, 60), id="lies-on-its-left"),
        pytest.param(270, (20, 535, 32, 585), id="lies-on-its-right"),
    ],
)
def test_boxes_stand_where_the_file_shows_them(turned: int, box: tuple[int, ...]) -> None:
    found = shown_box(replace(READ, turned=turned, skew=0.0), LINE.box)
    assert tuple(round(each) for each in found) == box


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_pictures_are_opened_at_one_resolution(kind: str) -> None:
    (page,) = open_pages(picture(kind, (2480, 3508), dpi=300))
    assert page.dots == pytest.approx(200, abs=1)
    assert [round(each) for each in page.size] == pytest.approx([595, 842], abs=2)


def test_a_picture_that_does_not_know_its_resolution_is_taken_for_a4() -> None:
    (page,) = open_pages(picture("JPEG", (2480, 3508), dpi=72))
    assert page.size[0] == pytest.approx(595, abs=2)


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "RGBA", "P", "I;16", "CMYK"])
def test_every_kind_of_colour_is_read_as_grey(mode: str) -> None:
    kind = "TIFF" if mode in ("CMYK", "I;16") else "PNG"
    (page,) = open_pages(picture(kind, (827, 1169), mode=mode))
    assert page.gray.dtype == np.uint8
    assert page.gray.mean() > 250


def test_a_tiff_has_as_many_pages_as_it_holds() -> None:
    raw = picture("TIFF", (827, 1169), pages=3)
    assert count_pages(raw) == 3
    assert [page.number for page in open_pages(raw)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        pytest.param(picture("PNG", (827, 1169))[:200], "damaged picture", id="cut-short"),
        pytest.param(picture("PNG", (20_000, 20_000), mode="1"), "too large|damaged picture", id="bomb"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "damaged picture", id="head-alone"),
    ],
)
def test_broken_and_hostile_pictures_are_refused(raw: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        list(open_pages(raw))


def test_a_page_can_be_shown_beside_its_text() -> None:
    from PIL import Image

    ((page, drawn),) = show_pages(picture("TIFF", (2480, 3508), dpi=300, pages=2), (2, 3))
    shown = Image.open(io.BytesIO(drawn))
    assert (shown.format, shown.width, round(page.size[0])) == ("WEBP", 992, 595)


def test_without_tesseract_its_packages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from ingest.readers import tesseract

    tesseract.find_engine.cache_clear()
    monkeypatch.setattr(tesseract, "TOOL", "no-such-program")
    with pytest.raises(Unreadable, match="install the Debian packages tesseract-ocr and tesseract-ocr-vie"):
        read_scan(picture("PNG", (827, 1169)))
