"""The words of a Word document come out as its page shows them."""

from __future__ import annotations

import pytest

from ingest.readers.docx import read_docx
from ingest.readers.reading import Paragraph, Role
from tests.made_docx import STRICT, WORD, cell, docx, par, part, relations, row, run, table, texts, zipped

FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
BEGIN, SEPARATE, END = (FIELD.format(each) for each in ("begin", "separate", "end"))
BOX = "<w:txbxContent>" + par("Dự thảo") + "</w:txbxContent>"
MARK_GONE = '<w:rPr><w:del w:id="1"/></w:rPr>'
LINES = [
    pytest.param(par(run("Kế ") + run("hoạch")), ["Kế hoạch"], id="runs-join"),
    pytest.param(par(""), [], id="empty-paragraph"),
    pytest.param(
        par(run("Hạn ") + f'<w:ins w:id="1">{run("2026")}</w:ins>' + f'<w:del w:id="2">{run("2025")}</w:del>'),
        ["Hạn 2026"],
        id="inserted-stays-deleted-goes",
    ),
    pytest.param(
        par(f'<w:ins w:id="1"><w:del w:id="2">{run("nháp")}</w:del></w:ins>' + run("Hết")),
        ["Hết"],
        id="inserted-and-deleted-again",
    ),
    pytest.param(
        par(f'<w:moveFrom w:id="1">{run("Ý một")}</w:moveFrom>', '<w:rPr><w:moveFrom w:id="2"/></w:rPr>')
        + par("Ý hai")
        + par(f'<w:moveTo w:id="3">{run("Ý một")}</w:moveTo>', '<w:rPr><w:moveTo w:id="4"/></w:rPr>'),
        ["Ý hai", "Ý một"],
        id="moved-paragraph-stands-once",
    ),
    pytest.param(par("Giao Sở", MARK_GONE) + par(" Tài chính"), ["Giao Sở Tài chính"], id="deleted-paragraph-end"),
    pytest.param(par("Giao Sở", MARK_GONE), ["Giao Sở"], id="deleted-paragraph-end-with-nothing-behind"),
    pytest.param(
        par(run("mật", "<w:vanish/>"), "<w:rPr><w:vanish/></w:rPr>") + par("công khai"), ["công khai"], id="hidden-line"
    ),
    pytest.param(par(run("a") + run("b", '<w:vanish w:val="0"/>')), ["ab"], id="hidden-switched-off"),
    pytest.param(
        f"<w:sdt><w:sdtPr/><w:sdtContent>{par('Khối')}</w:sdtContent></w:sdt>"
        + par(f"<w:sdt><w:sdtContent>{run('Ngày 5')}</w:sdtContent></w:sdt>"),
        ["Khối", "Ngày 5"],
        id="content-controls",
    ),
    pytest.param(
        par(
            run("Ngày ")
            + f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('chọn')}</w:sdtContent></w:sdt>"
        ),
        ["Ngày"],
        id="content-control-not-filled-in",
    ),
    pytest.param(
        par(
            f'<w:smartTag w:element="date">{run("Tháng 9")}</w:smartTag>' + f"<w:customXml>{run(' năm')}</w:customXml>"
        ),
        ["Tháng 9 năm"],
        id="smart-tags",
    ),
    pytest.param(
        par(BEGIN + "<w:r><w:instrText>PAGE</w:instrText></w:r>" + SEPARATE + run("7") + END + run(" trang")),
        ["7 trang"],
        id="field-shows-its-result",
    ),
    pytest.param(
        par(
            BEGIN
            + "<w:r><w:instrText>IF </w:instrText></w:r>"
            + BEGIN
            + SEPARATE
            + run("ẩn")
            + END
            + SEPARATE
            + run("rõ")
            + END
        ),
        ["rõ"],
        id="field-inside-an-instruction",
    ),
    pytest.param(par(BEGIN + run("dở")) + par("Nội dung"), ["Nội dung"], id="field-without-an-end-hides-one-line"),
    pytest.param(par(f'<w:fldSimple w:instr="DATE">{run("1/9")}</w:fldSimple>'), ["1/9"], id="simple-field"),
    pytest.param(
        par(f'<w:hyperlink r:id="far">{run("Luật Khoa học")}</w:hyperlink>'),
        ["Luật Khoa học"],
        id="link-keeps-its-words",
    ),
    pytest.param(
        par("<w:r><w:t>719/QĐ</w:t><w:noBreakHyphen/><w:t>UB</w:t><w:softHyphen/><w:t>ND</w:t></w:r>"),
        ["719/QĐ-UBND"],
        id="hyphens-of-both-kinds",
    ),
    pytest.param(
        par("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d\ne</w:t></w:r>"),
        ["a\tb\nc\nd e"],
        id="tab-breaks-and-a-line-end-of-the-file",
    ),
    pytest.param(
        par('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run(" 90%")), ["≥ 90%"], id="sign-of-the-symbol-font"
    ),
    pytest.param(
        par(f"<w:r><w:ruby><w:rt>{run('đọc')}</w:rt><w:rubyBase>{run('chữ')}</w:rubyBase></w:ruby></w:r>"),
        ["chữ"],
        id="reading-aid",
    ),
    pytest.param(
        par(
            run("Tỷ lệ = ")
            + "<m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num>"
            + "<m:den><m:r><m:t>c</m:t></m:r></m:den></m:f></m:oMath>"
        ),
        ["Tỷ lệ = (a+b)/c"],
        id="formula",
    ),
    pytest.param(
        par(
            run("Thân")
            + f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        ),
        ["Thân", "Dự thảo"],
        id="text-box-once",
    ),
    pytest.param(par(f"<w:r><w:pict><v:textbox>{BOX}</v:textbox></w:pict></w:r>"), ["Dự thảo"], id="older-text-box"),
    pytest.param(
        par(run("Kế hoạch", "<w:caps/>") + run(" năm", '<w:caps w:val="false"/>')),
        ["KẾ HOẠCH năm"],
        id="drawn-capitals",
    ),
    pytest.param(par("T", '<w:framePr w:dropCap="drop"/>') + par("rong năm"), ["Trong năm"], id="large-first-letter"),
    pytest.param(
        par(run("KÕ ho¹ch ", '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>') + run("năm")),
        ["Kế hoạch năm"],
        id="old-font",
    ),
    pytest.param(
        par('<w:r><w:rPr><w:rFonts w:hAnsi=".VnTime"/></w:rPr><w:t>n</w:t><w:softHyphen/><w:t>íc</w:t></w:r>'),
        ["nước"],
        id="old-font-keeps-a-letter-in-a-soft-hyphen",
    ),
    pytest.param(
        par('<w:r><w:commentReference w:id="0"/></w:r><w:bookmarkStart w:id="1"/>' + run("Nội dung")),
        ["Nội dung"],
        id="comments-and-bookmarks",
    ),
    pytest.param(par("  x "), ["x"], id="spaces-at-the-ends"),
    pytest.param(
        par(
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="Mật"/>'
            '<w:listEntry w:val="Thường"/></w:ddList></w:ffData></w:fldChar></w:r>' + END
        ),
        ["Thường"],
        id="choice-of-an-older-form",
    ),
]


@pytest.mark.parametrize(("body", "lines"), LINES)
def test_body_reads_as_shown(body: str, lines: list[str]) -> None:
    assert texts(docx(body)) == lines


STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:hAnsi=".VnTime"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:styleId="Modern"><w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:ascii=".VnTime"/>'
    "</w:rPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Secret"><w:basedOn w:val="Base"/></w:style>'
    '<w:style w:type="character" w:styleId="Hidden"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Title"><w:rPr><w:caps/><w:rFonts w:hAnsi="Arial"/></w:rPr></w:style>'
)
STYLED = [
    pytest.param(par("KÕ ho¹ch"), ["Kế hoạch"], id="old-font-by-default"),
    pytest.param(par("Đã gõ 1µm", '<w:pStyle w:val="Modern"/>'), ["Đã gõ 1µm"], id="font-of-the-theme"),
    pytest.param(par("x", '<w:pStyle w:val="Secret"/>') + par("y"), ["y"], id="hidden-by-the-base-of-a-style"),
    pytest.param(par(run("x", '<w:rStyle w:val="Hidden"/>') + run("y")), ["y"], id="hidden-by-a-style-of-letters"),
    pytest.param(
        par(run("x", '<w:rStyle w:val="Hidden"/>'), '<w:pStyle w:val="Secret"/><w:rPr><w:vanish w:val="0"/></w:rPr>'),
        ["x"],
        id="hidden-twice-is-shown",
    ),
    pytest.param(par("x", '<w:pStyle w:val="Loop"/>'), ["x"], id="style-based-on-itself"),
    pytest.param(par("Kế hoạch", '<w:pStyle w:val="Title"/>'), ["KẾ HOẠCH"], id="capitals-by-style"),
    pytest.param(par("x", '<w:pStyle w:val="Nowhere"/>'), ["x"], id="style-that-is-not-there"),
]


@pytest.mark.parametrize(("body", "lines"), STYLED)
def test_styles_say_what_is_shown(body: str, lines: list[str]) -> None:
    assert texts(docx(body, styles=STYLES)) == lines


NOTE = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
NOTES = (
    f'<w:footnote w:type="separator" w:id="-1">{par("kẻ ngang")}</w:footnote>'
    f'<w:footnote w:id="2">{par("Theo Báo cáo 12")}</w:footnote><w:footnote w:id="3">{par("Số liệu 2024")}</w:footnote>'
)


def test_notes_stand_behind_their_block() -> None:
    body = par(run("Một") + NOTE.format(3)) + table(row("a", cell(par(run("b") + NOTE.format(2))))) + par("Hai")
    blocks = read_docx(docx(body, footnotes=NOTES)).blocks
    seen = [(block.text, block.role) if isinstance(block, Paragraph) else len(block.cells) for block in blocks]
    assert seen == [
        ("Một", Role.TEXT),
        ("[1] Số liệu 2024", Role.NOTE),
        2,
        ("[2] Theo Báo cáo 12", Role.NOTE),
        ("Hai", Role.TEXT),
    ]


def test_note_of_deleted_words_is_left_out() -> None:
    body = par(run("Một") + f'<w:del w:id="1">{NOTE.format(2)}</w:del>')
    assert texts(docx(body, footnotes=NOTES), Role.NOTE) == []


def test_headers_and_footers_stand_apart() -> None:
    named = '<w:headerReference r:id="header1"/><w:footerReference r:id="footer1"/>'
    body = par("Thân", f"<w:sectPr>{named}</w:sectPr>") + f"<w:sectPr>{named}</w:sectPr>"
    raw = docx(body, header1=par("MẬT"), footer1=par("trang 2"), header2=par("không dùng"))
    assert (texts(raw), texts(raw, Role.MARGIN)) == (["Thân"], ["MẬT", "trang 2"])


def test_table_of_contents_is_a_margin() -> None:
    toc = BEGIN + '<w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>' + SEPARATE
    body = par(toc + run("I. MỤC TIÊU 3")) + par("II. NHIỆM VỤ 5") + par(END) + par("I. MỤC TIÊU")
    raw = docx(body)
    assert (texts(raw), texts(raw, Role.MARGIN)) == (["I. MỤC TIÊU"], ["I. MỤC TIÊU 3", "II. NHIỆM VỤ 5"])


def test_strict_dialect_is_the_same_document() -> None:
    strict = part("document", f"<w:body>{par('Kế hoạch')}{table(row('a', 'b'))}</w:body>").replace(WORD, STRICT)
    raw = zipped({"_rels/.rels": relations({"officeDocument": "/word/document.xml"}), "word/document.xml": strict})
    assert (texts(raw), len(read_docx(raw).blocks)) == (["Kế hoạch"], 2)


def test_places_lead_back_to_the_block() -> None:
    body = par("") + par("một") + table(row("a", "b"), row("c", "d")) + par(f"<w:r><w:pict>{BOX}</w:pict></w:r>")
    blocks = read_docx(docx(body)).blocks
    places = [
        each.place.block for block in blocks for each in ((block,) if isinstance(block, Paragraph) else block.cells)
    ]
    assert places == [
        "paragraph[2]",
        "table[1]/row[1]/cell[1]",
        "table[1]/row[1]/cell[2]",
        "table[1]/row[2]/cell[1]",
        "table[1]/row[2]/cell[2]",
        "paragraph[3]/box[1]/paragraph[1]",
    ]


PAGED = (
    par("một")
    + par("<w:r><w:lastRenderedPageBreak/><w:t>hai</w:t></w:r>")
    + table(row("a", cell(par("<w:r><w:t>b</w:t><w:lastRenderedPageBreak/></w:r>"))), row("c", "d"))
)
APP = "<Properties><Application>{}</Application><Pages>{}</Pages></Properties>"


@pytest.mark.parametrize(
    ("program", "count", "pages"),
    [
        pytest.param("Microsoft Office Word", 3, [1, 2, 2, 3], id="as-many-marks-as-pages"),
        pytest.param("Microsoft Office Word", 4, [None] * 4, id="a-mark-is-missing"),
        pytest.param("LibreOffice/7.4", 3, [None] * 4, id="no-page-was-laid-out"),
    ],
)
def test_pages_are_told_where_they_are_sure(program: str, count: int, pages: list[int | None]) -> None:
    relation = relations({"officeDocument": "word/document.xml", "extended-properties": "docProps/app.xml"})
    body = part("document", f"<w:body>{PAGED}</w:body>")
    raw = zipped({"_rels/.rels": relation, "word/document.xml": body, "docProps/app.xml": APP.format(program, count)})
    reading = read_docx(raw)
    told = [
        each.place.page
        for block in reading.blocks
        for each in ((block,) if isinstance(block, Paragraph) else block.cells[::2])
    ]
    assert (told, reading.pages) == (pages, pages[-1])


WARNED = [
    pytest.param(par(f'<w:ins w:id="1">{run("a")}</w:ins>'), ["tracked changes were read as accepted"], id="changes"),
    pytest.param('<w:altChunk r:id="x"/>' + par("a"), ["a document embedded as a whole was left out"], id="embedded"),
    pytest.param(
        par("<w:r><w:drawing><a:blip xmlns:a='urn:a'/></w:drawing></w:r>"), ["pictures were not read: 1"], id="picture"
    ),
    pytest.param(par("a"), [], id="nothing-to-say"),
]


@pytest.mark.parametrize(("body", "warnings"), WARNED)
def test_what_is_not_read_is_told(body: str, warnings: list[str]) -> None:
    assert list(read_docx(docx(body)).warnings) == warnings
