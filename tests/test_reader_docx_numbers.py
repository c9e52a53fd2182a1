"""Automatic numbers come out as the page shows them."""

from __future__ import annotations

import pytest

from ingest.readers.number_formats import format_number
from tests.made_docx import (
    cell,
    definition,
    docx,
    grids,
    level,
    listed,
    number_list,
    par,
    plan_lists,
    row,
    run,
    table,
    texts,
)

STYLE_OF = (
    '<w:style w:type="paragraph" w:styleId="{}"><w:pPr><w:numPr>{}<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
)


def override(at: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


GONE = "<w:rPr><w:del/></w:rPr>"
LISTS = [
    pytest.param(
        listed("A") + listed("B", 1) + listed("C", 2) + listed("D", 2) + listed("E", 1) + listed("F", 2) + listed("G"),
        plan_lists(),
        ["I. A", "1. B", "a) C", "b) D", "2. E", "a) F", "II. G"],
        id="levels-of-a-plan",
    ),
    pytest.param(listed("Đào tạo", 3), plan_lists(), ["- Đào tạo"], id="bullet-is-a-dash"),
    pytest.param(
        listed("a") + listed("b", 1),
        definition(0, level(0, "bullet", "+"), level(1, "bullet", "o")) + number_list(1, 0),
        ["+ a", "- b"],
        id="plus-stays-a-plus",
    ),
    pytest.param(
        listed("A") + listed("B", 1) + listed("C", 1) + listed("D", 2),
        definition(
            0,
            level(0, "upperRoman", "%1."),
            level(1, "decimal", "%1.%2."),
            level(2, "decimal", "%1.%2.%3.", "<w:isLgl/>"),
        )
        + number_list(1, 0),
        ["I. A", "I.1. B", "I.2. C", "1.2.1. D"],
        id="numbers-of-levels-above-also-as-digits",
    ),
    pytest.param(
        listed("Phạm vi") + listed("Đối tượng"),
        definition(0, level(0, "decimal", "Điều %1.")) + number_list(1, 0),
        ["Điều 1. Phạm vi", "Điều 2. Đối tượng"],
        id="articles",
    ),
    pytest.param(
        listed("A") + par("giữa") + listed("B"), plan_lists(), ["I. A", "giữa", "II. B"], id="goes-on-after-a-paragraph"
    ),
    pytest.param(
        listed("A") + listed("B", list_id=2), plan_lists(number_list(2, 0)), ["I. A", "II. B"], id="two-lists-count-on"
    ),
    pytest.param(
        listed("A") + listed("B") + listed("C", list_id=2) + listed("D", list_id=2) + listed("E"),
        plan_lists(number_list(2, 0, override(0, 1))),
        ["I. A", "II. B", "I. C", "II. D", "III. E"],
        id="list-that-starts-anew-once",
    ),
    pytest.param(
        listed("A", list_id=2), plan_lists(number_list(2, 0, override(0, 5))), ["V. A"], id="start-of-its-own"
    ),
    pytest.param(
        listed("A", list_id=2),
        plan_lists(
            number_list(2, 0, f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "%1)", start=3)}</w:lvlOverride>')
        ),
        ["3) A"],
        id="level-of-its-own",
    ),
    pytest.param(
        listed("A") + listed("B", 1) + listed("C") + listed("D", 1),
        definition(0, level(0, "upperRoman", "%1."), level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>'))
        + number_list(1, 0),
        ["I. A", "1. B", "II. C", "2. D"],
        id="numbers-that-never-start-anew",
    ),
    pytest.param(
        listed("A") + listed("B", 1) + listed("C", 2) + listed("D", 1) + listed("E", 2) + listed("F") + listed("G", 2),
        definition(
            0,
            level(0, "upperRoman", "%1."),
            level(1, "decimal", "%2."),
            level(2, "lowerLetter", "%3)", '<w:lvlRestart w:val="1"/>'),
        )
        + number_list(1, 0),
        ["I. A", "1. B", "a) C", "2. D", "b) E", "II. F", "a) G"],
        id="numbers-that-start-anew-under-the-top-only",
    ),
    pytest.param(listed("A", 1), plan_lists(), ["1. A"], id="level-above-passed-over"),
    pytest.param(listed("A") + listed("", 0) + listed("B"), plan_lists(), ["I. A", "II.", "III. B"], id="number-alone"),
    pytest.param(listed("", 3), plan_lists(), [], id="bullet-alone"),
    pytest.param(
        listed("A") + listed("B").replace("<w:pPr>", f"<w:pPr>{GONE}") + listed("C"),
        plan_lists(),
        ["I. A", "II. BC"],
        id="deleted-end-takes-no-number",
    ),
    pytest.param(
        listed("A"),
        definition(0, level(0, "decimal", "%1" + "." * 10**6)) + number_list(1, 0),
        ["1" + "." * 98 + " A"],
        id="hostile-length",
    ),
    pytest.param(listed("A", list_id=0), plan_lists(), ["A"], id="taken-out-of-its-list"),
    pytest.param(listed("A", list_id=9), plan_lists(), ["A"], id="list-that-is-not-there"),
    pytest.param(
        listed("A"),
        definition(0, level(0, "decimal", "%1.", '<w:suff w:val="nothing"/>')) + number_list(1, 0),
        ["1.A"],
        id="nothing-behind-the-number",
    ),
    pytest.param(
        listed("A"), definition(0, level(0, "none", "")) + number_list(1, 0), ["A"], id="level-without-number"
    ),
    pytest.param(
        listed("A"),
        definition(0, level(0, "decimal", "§iÒu %1.", '<w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr>'))
        + number_list(1, 0),
        ["Điều 1. A"],
        id="number-in-an-old-font",
    ),
    pytest.param(
        listed("A") + par(f'<w:del w:id="1">{run("B")}</w:del>') + listed("C"),
        plan_lists(),
        ["I. A", "II. C"],
        id="deleted",
    ),
]


@pytest.mark.parametrize(("body", "numbering", "lines"), LISTS)
def test_paragraphs_carry_their_numbers(body: str, numbering: str, lines: list[str]) -> None:
    assert texts(docx(body, numbering=numbering)) == lines


def test_styles_carry_numbers() -> None:
    """A style that names a list finds its level by the level that names the style; what is based on it too."""
    styles = (
        STYLE_OF.format("Heading1", "")
        + STYLE_OF.format("Heading2", '<w:ilvl w:val="1"/>')
        + '<w:style w:type="paragraph" w:styleId="Mine"><w:basedOn w:val="Heading2"/></w:style>'
        + STYLE_OF.format("Linked", "")
    )
    numbering = definition(
        0,
        level(0, "upperRoman", "%1."),
        level(1, "decimal", "%2."),
        level(2, "lowerLetter", "%3)", '<w:pStyle w:val="Linked"/>'),
    ) + number_list(1, 0)
    names = ["Heading1", "Heading2", "Mine", "Linked"]
    body = "".join(par(name, f'<w:pStyle w:val="{name}"/>') for name in names)
    out = par("thôi", '<w:pStyle w:val="Mine"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    found = texts(docx(body + out, numbering=numbering, styles=styles))
    assert found == ["I. Heading1", "1. Heading2", "2. Mine", "a) Linked", "thôi"]


def test_list_of_a_list_style() -> None:
    """The levels of a list may stand in another, which a style of lists names."""
    styles = STYLE_OF.format("Muc", "").replace('w:val="1"', 'w:val="2"')
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="Muc"/></w:abstractNum>'
        + definition(1, '<w:styleLink w:val="Muc"/>', level(0, "lowerRoman", "(%1)"))
        + number_list(1, 0)
        + number_list(2, 1)
    )
    assert texts(docx(listed("A") + listed("B"), numbering=numbering, styles=styles)) == ["(i) A", "(ii) B"]


def test_cells_are_numbered_down_a_column() -> None:
    """The column "TT" of a task list often holds nothing but empty paragraphs with a number."""
    body = table(row("TT", "Nhiệm vụ"), *(row(cell(listed("", 1)), text) for text in ("Một", "Hai")))
    (cells,) = grids(docx(body, numbering=plan_lists()))
    assert [each[-1] for each in cells] == ["TT", "Nhiệm vụ", "1.", "Một", "2.", "Hai"]


FORMATS = [
    pytest.param("decimal", 12, "12", id="digits"),
    pytest.param("decimalZero", 4, "04", id="digits-with-a-zero"),
    pytest.param("upperRoman", 49, "XLIX", id="roman"),
    pytest.param("lowerRoman", 4, "iv", id="small-roman"),
    pytest.param("upperRoman", 0, "0", id="roman-has-no-zero"),
    pytest.param("lowerLetter", 27, "aa", id="letters-go-on-doubled"),
    pytest.param("upperLetter", 4, "D", id="letters"),
    pytest.param("lowerLetter", 2_000_000_000, "2000000000", id="hostile-start"),
    pytest.param("lowerRoman", 2_000_000_000, "2000000000", id="hostile-roman"),
    pytest.param("vietnameseCounting", 24, "hai mươi bốn", id="vietnamese"),
    pytest.param("vietnameseCounting", 15, "mười lăm", id="vietnamese-fifteen"),
    pytest.param("vietnameseCounting", 21, "hai mươi mốt", id="vietnamese-one-behind-ten"),
    pytest.param("decimalEnclosedCircle", 3, "③", id="circled"),
    pytest.param("decimalEnclosedParen", 3, "(3)", id="in-brackets"),
    pytest.param("chicago", 2, "†", id="signs-of-notes"),
    pytest.param("numberInDash", 2, "- 2 -", id="between-dashes"),
    pytest.param("hebrew1", 2, "2", id="format-of-another-script"),
]


@pytest.mark.parametrize(("style", "value", "shown"), FORMATS)
def test_formats(style: str, value: int, shown: str) -> None:
    assert format_number(value, style) == shown


def test_custom_format_of_newer_word() -> None:
    custom = (
        '<mc:AlternateContent><mc:Choice><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    )
    said = f'<w:start w:val="7"/>{custom}<w:lvlText w:val="%1"/>'
    numbering = definition(0, f'<w:lvl w:ilvl="0">{said}</w:lvl>') + number_list(1, 0)
    assert texts(docx(listed("A"), numbering=numbering)) == ["007 A"]
