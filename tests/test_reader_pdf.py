"""Text of PDFs: lines to paragraphs, what is no text left out, letters as shown."""

from __future__ import annotations

import pytest

from ingest.readers.pdf import read_pdf
from ingest.readers.reading import Paragraph, Reading, Role
from ingest.source import Unreadable
from tests.made_pdf import Page, pdf, texts

WIDE = "Ủy ban nhân dân tỉnh ban hành Kế hoạch thực hiện Chiến lược phát triển khoa học và"  # 82 letters: 492 points
FULL = "công nghệ và đổi mới sáng tạo trên địa bàn tỉnh; các sở, ban, ngành và Ủy ban nhân"

PARAGRAPHS = [
    pytest.param([(70, WIDE), (50, FULL), (50, "các xã.")], [f"{WIDE} {FULL} các xã."], id="lines-run-on"),
    pytest.param([(50, "I. MỤC TIÊU"), (50, FULL)], ["I. MỤC TIÊU", FULL], id="room-was-left"),
    pytest.param([(50, FULL), (70, WIDE), (50, "các xã.")], [FULL, f"{WIDE} các xã."], id="indent"),
    pytest.param(
        [(50, f"{FULL[:-4]}ng:"), (50, "- Sở Tài chính;"), (50, "- Sở Nội vụ.")],
        [f"{FULL[:-4]}ng:", "- Sở Tài chính;", "- Sở Nội vụ."],
        id="marks",
    ),
    pytest.param(
        [(50, f"{FULL[:-10]}số 57-"), (50, "NQ/TW của Bộ Chính trị")],
        [f"{FULL[:-10]}số 57-NQ/TW của Bộ Chính trị"],
        id="broken-behind-a-hyphen",
    ),
    pytest.param(
        [(50, f"{FULL[:-6]}com\u00ad"), (50, "puter của tỉnh")],
        [f"{FULL[:-6]}computer của tỉnh"],
        id="broken-by-a-soft-hyphen",
    ),
    pytest.param(
        [(50, f"{FULL[:-5]}năm"), (50, "2025. Các sở, ban, ngành")],
        [f"{FULL[:-5]}năm 2025. Các sở, ban, ngành"],
        id="a-year-is-no-mark",
    ),
    pytest.param(
        [(50, f"{FULL[:-8]}kèm theo"), (50, "Chương trình này.")],
        [f"{FULL[:-8]}kèm theo Chương trình này."],
        id="a-programme-is-no-chapter",
    ),
]


@pytest.mark.parametrize(("lines", "paragraphs"), PARAGRAPHS)
def test_lines_make_paragraphs(lines: list[tuple[float, str]], paragraphs: list[str]) -> None:
    """What one paragraph is shows in indents, in marks and in the room that a line leaves."""
    page = Page().lines(50, 300, *[WIDE.replace("ban hành", "xây dựng")] * 3)
    page.text(50, 380, "hết.")
    for at, (left, line) in enumerate(lines):
        page.text(left, 100 + 16 * at, line)
    assert texts(pdf(page))[: len(paragraphs)] == paragraphs


LESS = FULL.replace("công nghệ", "thuật")  # as much less as the indent takes

STRETCHED = [
    pytest.param([(50, FULL), (50, FULL[:-1]), (50, "Triển khai kế hoạch.")], 2, id="not-stretched-to-the-side"),
    pytest.param([(50, FULL), (50, FULL), (50, "Triển khai kế hoạch.")], 1, id="stretched-to-the-side"),
    pytest.param([(50, FULL), (50, FULL[:-1]), (50, "triển khai kế hoạch.")], 1, id="amid-a-sentence"),
    pytest.param([(70, LESS), (70, LESS.capitalize()), (50, "các xã.")], 2, id="both-indented"),
    pytest.param([(70, LESS), (70, LESS.capitalize()), (70, "các xã.")], 1, id="all-indented"),
]


@pytest.mark.parametrize(("lines", "count"), STRETCHED)
def test_full_lines_end_paragraphs(lines: list[tuple[float, str]], count: int) -> None:
    """No room is left on these lines; what the rest of the page looks like tells whether a paragraph ends."""
    page = Page().lines(50, 300, *[FULL] * 9)
    for at, (left, line) in enumerate(lines):
        page.text(left, 100 + 16 * at, line)
    page.text(50, 460, "hết.")
    assert len(texts(pdf(page))) == count + 2


def test_a_page_has_sides_of_its_own() -> None:
    """The annex has wider lines than the plan: the plan's lines are full all the same."""
    plan = Page().lines(50, 100, *[FULL[:70]] * 6, "hết.")
    annex = Page().lines(20, 100, *[f"{FULL} tỉnh"] * 6, "hết.")
    assert texts(pdf(plan, annex)) == [" ".join([*[FULL[:70]] * 6, "hết."]), " ".join([*[f"{FULL} tỉnh"] * 6, "hết."])]


def test_a_paragraph_goes_on_over_a_page() -> None:
    """The page number between is a margin; the paragraph stands where it begins."""
    first = Page().text(297, 40, "1").lines(50, 700, WIDE, FULL)
    second = Page().text(297, 40, "2").lines(50, 80, "các xã thực hiện.", "Điều 2. Hiệu lực")
    reading = read_pdf(pdf(first, second))
    text = [each for each in reading.blocks if isinstance(each, Paragraph) and each.role is Role.TEXT]
    assert [each.text for each in text] == [f"{WIDE} {FULL} các xã thực hiện.", "Điều 2. Hiệu lực"]
    assert [each.place.page for each in text] == [1, 2]
    assert reading.pages == 2


def test_headers_and_footers_are_margins() -> None:
    """What stands at the edge of pages again and again; the same words inside the text stay."""
    pages = [
        Page()
        .text(50, 30, "CÔNG BÁO TỈNH")
        .text(300, 780, f"Trang {at}/4")
        .lines(50, 200, f"Mục {at}", "CÔNG BÁO TỈNH")
        for at in range(1, 5)
    ]
    raw = pdf(*pages)
    assert texts(raw) == [each for at in range(1, 5) for each in (f"Mục {at}", "CÔNG BÁO TỈNH")]
    assert len(texts(raw, Role.MARGIN)) == 8


def test_what_the_file_calls_no_text_is_a_margin() -> None:
    """Word says of its headers that they are artifacts."""
    page = Page().draw("/Artifact <</Type/Pagination>> BDC").text(50, 90, "Dự thảo").draw("EMC")
    raw = pdf(page.text(50, 120, "Kế hoạch năm 2025"))
    assert (texts(raw), texts(raw, Role.MARGIN)) == (["Kế hoạch năm 2025"], ["Dự thảo"])


def test_a_letterhead_is_read_side_by_side() -> None:
    """Left and right stand beside one another without rules: each is read by itself."""
    page = Page().text(60, 60, "ỦY BAN NHÂN DÂN").text(300, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    page.text(70, 76, "TỈNH HƯNG YÊN").text(320, 76, "Độc lập - Tự do - Hạnh phúc")
    page.text(60, 100, "Số: 57/KH-UBND").text(330, 100, "Hưng Yên, ngày 27 tháng 8 năm 2025")
    page.text(270, 140, "KẾ HOẠCH").lines(50, 180, WIDE, FULL)
    assert texts(pdf(page)) == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH HƯNG YÊN",
        "Số: 57/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hưng Yên, ngày 27 tháng 8 năm 2025",
        "KẾ HOẠCH",
        f"{WIDE} {FULL}",
    ]


def test_columns_of_text_are_read_one_after_the_other() -> None:
    """A gazette sets two columns; a sentence runs on from the foot of the first to the head of the second."""
    left = ["Ủy ban nhân dân tỉnh ban hành Kế hoạch", "thực hiện Chiến lược phát triển khoa học"]
    right = ["và công nghệ trên địa bàn toàn tỉnh và", "tổ chức thực hiện trong năm 2025."]
    page = Page().lines(50, 100, *left).lines(320, 100, *right)
    assert " ".join(texts(pdf(page))) == " ".join([*left, *right])


def test_what_stands_beside_the_text_is_read() -> None:
    """A note in the margin, outside the sides of the text, is no less of the page."""
    page = Page().lines(50, 100, *[WIDE] * 3).lines(50, 200, "Kế hoạch", "năm 2025").lines(560, 200, "Sao", "lục")
    assert " ".join(texts(pdf(page))).endswith("Kế hoạch năm 2025 Sao lục")


def test_a_scan_that_was_signed_is_a_picture() -> None:
    """The few letters of a stamp do not say what the picture shows."""
    page = Page().picture().text(400, 60, "Ký bởi: Ủy ban nhân dân")
    with pytest.raises(Unreadable, match="page 1: a picture of text"):
        read_pdf(pdf(page))


def test_footnotes_are_notes() -> None:
    """Small letters under a short rule; the raised number that leads there is not read into the text."""
    page = Page().lines(50, 100, WIDE, FULL).text(50, 132, "Nghị quyết số 57-NQ/TW").text(182, 127, "1", size=7)
    page.text(190, 132, "của Bộ Chính trị").rule(50, 700, 190, 700).text(50, 715, "1 Về đột phá phát triển.", size=9)
    raw = pdf(page)
    assert texts(raw)[-1].endswith("Nghị quyết số 57-NQ/TW của Bộ Chính trị")
    assert texts(raw, Role.NOTE) == ["1 Về đột phá phát triển."]


SHOWN = [
    pytest.param(Page().text(50, 80, "Kế").text(65, 80, "hoạch"), ["Kế hoạch"], id="space-from-a-gap"),
    pytest.param(Page().text(50, 80, "HÒA").text(70, 80, "XÃ HỘI"), ["HÒA XÃ HỘI"], id="space-between-kerned-letters"),
    pytest.param(
        Page().text(50, 80, "Kế hoạch").text(50, 99, "mật", size=0.1), ["Kế hoạch"], id="letters-that-nobody-sees"
    ),
    pytest.param(Page().text(50, 80, "57\u00adNQ/TW"), ["57-NQ/TW"], id="hyphens-that-the-file-calls-soft"),
    pytest.param(Page().text(50, 80, "KẾ HOẠCH", more="3 Tc"), ["KẾ HOẠCH"], id="letters-set-apart"),
    pytest.param(Page().text(50, 80, "Kế hoạch").text(50.4, 80, "Kế hoạch"), ["Kế hoạch"], id="drawn-twice-for-bold"),
    pytest.param(Page().text(50, 80, "ﬁle điện tử"), ["file điện tử"], id="ligature"),
    pytest.param(Page().text(50, 80, "Ke\u0302\u0301 hoa\u0323ch"), ["Kế hoạch"], id="letters-taken-apart"),
    pytest.param(Page().text(50, 80, "\uf0b7 Kế hoạch"), ["- Kế hoạch"], id="bullet-of-a-symbol-font"),
    pytest.param(Page().text(50, 80, "Kế hoạch").text(50, 100, "mật", more="1 g"), ["Kế hoạch"], id="white-on-white"),
    pytest.param(Page().area(40, 60, 300, 90).text(50, 80, "Kế hoạch", more="1 g"), ["Kế hoạch"], id="white-on-dark"),
    pytest.param(Page().text(50, 80, "Kế hoạch").text(50, -40, "mật"), ["Kế hoạch"], id="outside-the-page"),
    pytest.param(
        Page().text(50, 80, "Kế hoạch dài hơn").turned((1, 1, -1, 1), (200, 400), "BẢN SAO"),
        ["Kế hoạch dài hơn"],
        id="stamp-across-the-page",
    ),
    pytest.param(
        Page().draw("/Span <</ActualText(file)>> BDC").text(50, 80, "xyz").draw("EMC").text(80, 80, "điện tử"),
        ["file điện tử"],
        id="the-file-says-what-to-read",
    ),
    pytest.param(Page().text(150, 80, "vụ").text(50, 80, "Sở Nội").text(90, 80, "-"), ["Sở Nội - vụ"], id="any-order"),
]


@pytest.mark.parametrize(("page", "lines"), SHOWN)
def test_letters_are_read_as_shown(page: Page, lines: list[str]) -> None:
    """What a reader of the page sees, in the order in which he sees it."""
    assert texts(pdf(page)) == lines


def test_fonts_from_before_unicode() -> None:
    """The name of the font says which letters it draws."""
    raw = pdf(Page().old(50, 80, b"K\xd5 ho\xb9ch", "F2"), fonts=["ABCDEF+.VnTime"])
    assert texts(raw) == ["Kế hoạch"]


REFUSED = [
    pytest.param(pdf(Page().text(50, 80, "Kế hoạch"), unicode=False), "page 1: its font does not say", id="no-letters"),
    pytest.param(
        pdf(Page().text(50, 80, "Ủy ban"), Page().text(50, 80, "K\ue012 ho\ue034ch th\ue0a1c hi\ue0b2n")),
        "page 2: its font does not say",
        id="private-letters",
    ),
    pytest.param(
        pdf(Page().text(50, 80, "Kê´ hoa.ch thư.c hiê.n Chiê´n lươ.c phát triê`n")),
        "page 1: its accents stand apart",
        id="accents-stand-apart",
    ),
    pytest.param(
        pdf(
            Page().old(50, 80, b"K\xd5 ho\xb9ch ph\xb8t tri\xd3n khoa h\xe4c v\xb5 c\xabng ngh\xd6", "F2"),
            fonts=["Arial"],
        ),
        "page 1: its font from before Unicode is not known",
        id="old-font-under-another-name",
    ),
    pytest.param(
        pdf(Page().lines(50, 80, *["Qzxtr wkptl mnbvc rtpsd ghjkl xcvbn qwrtp"] * 4)),
        "page 1: its letters make no words",
        id="scrambled",
    ),
    pytest.param(pdf(Page().picture()), "page 1: a picture of text", id="scan"),
]


@pytest.mark.parametrize(("raw", "reason"), REFUSED)
def test_a_page_that_would_be_read_wrong_is_refused(raw: bytes, reason: str) -> None:
    """The reason names the page."""
    with pytest.raises(Unreadable) as refused:
        read_pdf(raw)
    assert refused.value.reason.startswith(reason)


def test_pages_that_are_pictures_go_to_the_reader_of_scans() -> None:
    """What it reads comes where the pages stand."""
    asked: list[tuple[int, ...]] = []

    def read_scanned(raw: bytes, numbers: tuple[int, ...]) -> Reading:
        asked.append(numbers)
        place = read_pdf(pdf(Page().text(50, 80, "x"), Page().text(50, 80, "Phụ lục"))).blocks[1].place
        return Reading((Paragraph("Phụ lục I", place),), warnings=("page 2: hardly legible",))

    raw = pdf(Page().text(50, 80, "Kế hoạch"), Page().picture(), Page().text(50, 80, "Nơi nhận"))
    reading = read_pdf(raw, read_scanned)
    assert [each.text for each in reading.blocks if isinstance(each, Paragraph)] == [
        "Kế hoạch",
        "Phụ lục I",
        "Nơi nhận",
    ]
    assert (asked, reading.warnings) == ([(2,)], ("page 2: hardly legible",))


def test_text_that_a_program_recognised_is_doubtful() -> None:
    """Unseen text lies over the picture of a scan: it is read, and said to be in doubt."""
    page = Page().picture().lines(50, 80, WIDE, FULL)
    page.marks = [mark.replace("BT ", "BT 3 Tr ") for mark in page.marks]
    reading = read_pdf(pdf(page))
    block = reading.blocks[0]
    assert isinstance(block, Paragraph)
    assert block.doubts == ((0, len(WIDE)), (len(WIDE) + 1, len(block.text)))
    assert reading.warnings == ("page 1: text that a program recognised in a picture; it may be wrong",)
