"""Every place where a text names a document, and nothing that only looks like one."""

from __future__ import annotations

import pytest

from ingest.mentions import find_mentions
from ingest.numbered_mentions import clean_number, type_of_symbol


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        pytest.param("Kế hoạch hành động số 433 -KH/TU", ["433-KH/TU"], id="stray-space"),
        pytest.param("Quyết định số 361/QĐ- UBND ngày 08/6/2021", ["361/QĐ-UBND"], id="stray-space-inside"),
        pytest.param("Quyết định số 749/ QĐ -TTg", ["749/QĐ-TTg"], id="stray-spaces-everywhere"),
        pytest.param("Bộ Chính trị ban hành Nghị quyết số\n57-NQ/TW", ["57-NQ/TW"], id="line-break"),
        pytest.param("Quyết định số /QĐ-UBND ngày tháng 8 năm 2025", [None], id="blank-number"),
        pytest.param("Nghị quyết số ５７-NQ/TW", ["57-NQ/TW"], id="full-width-digits"),
        pytest.param("Nghị quyết số 57-NQ/\u0422W", ["57-NQ/TW"], id="cyrillic-letter"),
        pytest.param("Kế hoạch số 102/\u041aH\u2011UBND", ["102/KH-UBND"], id="cyrillic-letter-and-fixed-hyphen"),
        pytest.param("Kế hoạch số            /KH-UBND ngày        /12/2022", [None], id="blank-number-with-spaces"),
        pytest.param("Kế hoạch số ....../KH-UBND", [None], id="blank-number-with-dots"),
        pytest.param("Tờ trình số 5/TTr-BKHCN-BTTTT", ["5/TTr-BKHCN-BTTTT"], id="joint-symbol"),
        pytest.param("Thông tư liên tịch số 39/2014/TTLT-BKHCN-BTC", ["39/2014/TTLT-BKHCN-BTC"], id="joint-circular"),
        pytest.param("Chỉ thị số 17a/CT-UBND ngày 01/3/2024", ["17a/CT-UBND"], id="letter-in-the-number"),
        pytest.param("Nghị quyết số 193/2025/QH15", ["193/2025/QH15"], id="national-assembly"),
        pytest.param("Nghị quyết số 1000/2025/UBTVQH15", ["1000/2025/UBTVQH15"], id="standing-committee"),
        pytest.param(
            "theo NĐ85/2016/NĐ-CP và các quy định hiện hành", ["85/2016/NĐ-CP"], id="type-glued-to-the-number"
        ),
        pytest.param("QUYẾT ĐỊNH SỐ 749/QĐ-TTG", ["749/QĐ-TTg"], id="capitals"),
        pytest.param("Thông báo 37/2021/TB-LPQT", ["37/2021/TB-LPQT"], id="treaty-notice"),
        pytest.param("Hướng dẫn số 09-HD/BTGTW", ["09-HD/BTGTW"], id="party-body"),
        pytest.param(
            "Căn cứ Nghị quyết số 71/NQ-CP thực hiện Nghị quyết số 57-NQ/TW",
            ["71/NQ-CP", "57-NQ/TW"],
            id="one-inside-another",
        ),
        pytest.param(
            "Nghị quyết số 57-NQ/TW, Nghị quyết số 71/NQ-CP, Kế hoạch số 102/KH-UBND",
            ["57-NQ/TW", "71/NQ-CP", "102/KH-UBND"],
            id="list",
        ),
        pytest.param(
            "Kế hoạch số 189/KH-UBND thực hiện Nghị quyết số 189/NQ-CP", ["189/KH-UBND", "189/NQ-CP"], id="same-serial"
        ),
        pytest.param("Quyết định số 569/Q\u00d0-TTg", ["569/QĐ-TTg"], id="icelandic-letter-of-a-scan"),
        pytest.param(
            "Nghị quyết số 57-NQ/TW (gọi tắt là Nghị quyết 57); thực hiện Nghị quyết số 57 của Bộ Chính trị",
            ["57-NQ/TW", "57-NQ/TW", "57-NQ/TW"],
            id="cut-short",
        ),
        pytest.param("Nghị quyết 57 và Nghị quyết số 71/NQ-CP", ["57", "71/NQ-CP"], id="cut-short-of-nothing-here"),
        pytest.param(
            "Quyết định số 12/QĐ-TTg, Quyết định số 12/QĐ-UBND; theo Quyết định 12",
            ["12/QĐ-TTg", "12/QĐ-UBND", "12"],
            id="cut-short-of-two",
        ),
        pytest.param("tại Nghị định 13/2023 của Chính phủ", ["13/2023"], id="cut-short-with-its-year"),
        pytest.param("triển khai Đề án 06; thực hiện Chương trình 135.", ["06", "135"], id="known-by-a-serial"),
        pytest.param("Chương trình 30a gắn với nông thôn mới", ["30a"], id="serial-with-a-letter"),
        pytest.param("Quyết định số 569 ngày 11/5/2022 của Thủ tướng Chính phủ", ["569"], id="without-its-symbol"),
        pytest.param("Nghị quyết 57 điểm", [], id="points"),
        pytest.param("Quyết định 2 nội dung; Quyết định 12 nội dung sau", [], id="matters-decided"),
        pytest.param("Kế hoạch 2025 và Kế hoạch 5 năm", [], id="years-of-a-plan"),
        pytest.param("Nghị quyết 3 năm thực hiện", [], id="a-count-of-years"),
        pytest.param("Đề án 500 tiến sĩ, Kế hoạch 100 ngày đêm", [], id="people-and-days"),
        pytest.param("Chương trình 4.0, Đề án 50% kinh phí", [], id="fractions"),
        pytest.param("Dự án 10: Truyền thông; Báo cáo 45 trang", [], id="parts-and-pages"),
        pytest.param("nghị quyết 57 của tỉnh", [], id="cut-short-without-a-capital"),
        pytest.param("Kế hoạch số 5/KH-UBND; Kế hoạch 5 năm 2026-2030", ["5/KH-UBND"], id="a-count-is-not-a-number"),
        pytest.param("triển khai Nghị quyết 193 trên địa bàn tỉnh", ["193"], id="a-number-is-no-title"),
        pytest.param("giai đoạn 2025-2030, tầm nhìn đến năm 2045", [], id="years-are-not-numbers"),
        pytest.param("ngày 27/8/2025", [], id="a-date-is-not-a-number"),
        pytest.param("theo tiêu chuẩn ISO 9001:2015", [], id="iso-standard"),
        pytest.param("theo tiêu chuẩn TCVN 9001:2025", [], id="national-standard"),
        pytest.param("giám sát 24/24 giờ, 7/7 ngày", [], id="round-the-clock"),
        pytest.param("đạt 10/15 chỉ tiêu", [], id="a-fraction"),
        pytest.param("đạt 12/KH chỉ tiêu", [], id="half-a-number"),
        pytest.param("1/GMP-WHO", [], id="good-practice-of-somebody-else"),
        pytest.param("Kế hoạch này được thực hiện từ năm 2025", [], id="this-plan"),
        pytest.param("các kế hoạch, chương trình, đề án của tỉnh", [], id="plans-in-general"),
        pytest.param("báo cáo UBND tỉnh kết quả thực hiện Kế hoạch", [], id="reporting"),
        pytest.param("", [], id="empty"),
    ],
)
def test_numbers(text: str, numbers: list[str | None]) -> None:
    assert [mention.number for mention in find_mentions(text)] == numbers


@pytest.mark.parametrize(
    ("text", "type_", "date", "issuer", "title"),
    [
        pytest.param(
            "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá phát triển khoa học, công nghệ",
            "Nghị quyết",
            "2024-12-22",
            "Bộ Chính trị",
            "về đột phá phát triển khoa học, công nghệ",
            id="whole",
        ),
        pytest.param(
            "Kế hoạch hành động số 433-KH/TU ngày 11/6/2025 của Ban Thường vụ Tỉnh ủy",
            "Kế hoạch hành động",
            "2025-06-11",
            "Ban Thường vụ Tỉnh ủy",
            None,
            id="type-of-two-words",
        ),
        pytest.param(
            "Quyết định số 569/QĐ-TTg ngày 11 tháng 5 năm 2022 của Thủ tướng Chính phủ ban hành Chiến lược phát "
            "triển khoa học",
            "Quyết định",
            "2022-05-11",
            "Thủ tướng Chính phủ",
            "ban hành Chiến lược phát triển khoa học",
            id="date-in-words",
        ),
        pytest.param(
            "Nghị quyết số 45-NQ/TW ngày 24/11/2023 Hội nghị lần thứ tám Ban chấp hành Trung ương Đảng khóa XIII",
            "Nghị quyết",
            "2023-11-24",
            "Ban chấp hành Trung ương Đảng",
            None,
            id="a-party-meeting-stands-between",
        ),
        pytest.param(
            "Quyết định số /QĐ-UBND ngày tháng 8 năm 2025 của UBND tỉnh Hưng Yên",
            "Quyết định",
            "2025-08",
            "UBND tỉnh Hưng Yên",
            None,
            id="blank-number-and-day",
        ),
        pytest.param("Quyết định số /QĐ-UBND ngày / /2025", "Quyết định", "2025", None, None, id="only-the-year"),
        pytest.param("VBHN số 12/VBHN-VPQH", "Văn bản hợp nhất", None, None, None, id="type-by-its-symbol"),
        pytest.param(
            "Kế hoạch số: 57/KH-UBND ngày 27 tháng 03 năm 2023", "Kế hoạch", "2023-03-27", None, None, id="colon"
        ),
        pytest.param(
            "Quyết định số 10/2023/QĐ-UBND ngày 31/4/2023",
            "Quyết định",
            None,
            None,
            None,
            id="a-day-that-does-not-exist",
        ),
        pytest.param(
            "Thực hiện Nghị quyết số 68-NQ/TW về phát triển kinh tế tư nhân, Ban Thường vụ Tỉnh ủy ban hành",
            "Nghị quyết",
            None,
            None,
            "về phát triển kinh tế tư nhân",
            id="the-issuer-behind-a-title",
        ),
        pytest.param(
            "Kế hoạch hành động chiến lược số 01-KH/BCĐTW ngày 02/6/2025",
            "Kế hoạch hành động chiến lược",
            "2025-06-02",
            None,
            None,
            id="strategic-action-plan",
        ),
        pytest.param(
            "Kế hoạch số 09-KH/ĐU ngày 05/9/2025 của Đảng ủy xã Quảng Hòa về chuyển đổi số",
            "Kế hoạch",
            "2025-09-05",
            "Đảng ủy xã Quảng Hòa",
            "về chuyển đổi số",
            id="party-committee-of-a-commune",
        ),
        pytest.param(
            "Kế hoạch số 156/KH-UBND về triển khai phong trào “Bình dân học vụ số”.",
            "Kế hoạch",
            None,
            None,
            "về triển khai phong trào “Bình dân học vụ số”",
            id="a-title-keeps-its-closing-quote",
        ),
    ],
)
def test_what_is_printed_with_a_number(
    text: str, type_: str | None, date: str | None, issuer: str | None, title: str | None
) -> None:
    [mention] = [mention for mention in find_mentions(text) if mention.symbol]
    assert (mention.type, mention.date, mention.issuer, mention.title) == (type_, date, issuer, title)


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        pytest.param(
            "Căn cứ Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá",
            ["Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị"],
            id="type-number-date-issuer",
        ),
        pytest.param("tại Kế hoạch số 102/KH-UBND nhằm góp phần", ["Kế hoạch số 102/KH-UBND"], id="type-and-number"),
        pytest.param("theo NĐ85/2016/NĐ-CP và", ["85/2016/NĐ-CP"], id="number-alone"),
        pytest.param(
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16/6/2025;",
            ["Luật Tổ chức chính quyền địa phương ngày 16/6/2025"],
            id="law-with-its-date",
        ),
        pytest.param(
            "Triển khai có hiệu quả Đề án “Phát triển hệ tri thức việt số hóa”; Kế hoạch",
            ["Đề án “Phát triển hệ tri thức việt số hóa”"],
            id="quoted-name",
        ),
        pytest.param(
            "Quyết định số 361/QĐ-UBND phê duyệt Đề án khung nhiệm vụ khoa học và công nghệ về quỹ gen cấp tỉnh",
            ["Quyết định số 361/QĐ-UBND", "Đề án khung nhiệm vụ khoa học và công nghệ về quỹ gen cấp tỉnh"],
            id="what-a-numbered-decision-approves",
        ),
    ],
)
def test_quotes_are_what_is_printed(text: str, quotes: list[str]) -> None:
    assert [text[mention.start : mention.end] for mention in find_mentions(text)] == quotes


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param(
            "Căn cứ Luật Ngân sách nhà nước ngày 25/6/2015; Luật Đầu tư công ngày 29/11/2024;",
            [("Luật", "Ngân sách nhà nước", "2015-06-25"), ("Luật", "Đầu tư công", "2024-11-29")],
            id="laws",
        ),
        pytest.param("Bộ luật Lao động năm 2019", [("Bộ luật", "Lao động", "2019")], id="code-with-its-year"),
        pytest.param("pháp luật về đầu tư công", [], id="law-in-general"),
        pytest.param("Xây dựng đề án phát triển nguồn nhân lực", [], id="a-scheme-yet-to-be-written"),
        pytest.param("trình UBND tỉnh phê duyệt Đề án phát triển kinh tế số", [], id="an-approval-yet-to-be-given"),
        pytest.param("Kế hoạch thực hiện nhiệm vụ năm 2024", [], id="the-plan-itself"),
        pytest.param("kinh phí thực hiện Kế hoạch từ nguồn ngân sách xã", [], id="where-the-money-comes-from"),
        pytest.param("Luật sư, luật gia tham gia tuyên truyền", [], id="lawyers"),
    ],
)
def test_names_without_a_number(text: str, named: list[tuple[str, str, str | None]]) -> None:
    assert [(mention.type, mention.title, mention.date) for mention in find_mentions(text)] == named


@pytest.mark.parametrize(
    ("symbol", "type_"),
    [
        pytest.param("QĐ-UBND", "Quyết định", id="decision"),
        pytest.param("NQ/TW", "Nghị quyết", id="resolution-of-the-party"),
        pytest.param("QH15", "Luật", id="national-assembly"),
        pytest.param("TTr-SKHCN", "Tờ trình", id="submission"),
        pytest.param("TT-BKHCN", "Thông tư", id="circular"),
        pytest.param("XX-UBND", None, id="unknown"),
    ],
)
def test_type_of_symbol(symbol: str, type_: str | None) -> None:
    assert type_of_symbol(symbol) == type_


def test_numbers_lose_their_spaces() -> None:
    assert clean_number("361 /QĐ-\n UBND") == "361/QĐ-UBND"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param(
            "Luật Đất đai ngày 29/11/2013; Luật sửa đổi, bổ sung một số Điều của Luật Đất đai và Luật Nhà ở "
            "ngày 5/6/2020;",
            [
                (None, "2013-11-29", "Đất đai"),
                (None, "2020-06-05", "sửa đổi, bổ sung một số Điều của Luật Đất đai và Luật Nhà ở"),
            ],
            id="the-date-is-of-the-law-that-amends",
        ),
        pytest.param(
            "Luật sửa đổi, bổ sung một số điều của Luật Đất đai số 43/2021/QH15;",
            [("43/2021/QH15", None, "sửa đổi, bổ sung một số điều của Luật Đất đai")],
            id="so-is-the-number",
        ),
        pytest.param(
            "Luật sửa đổi một số điều của Luật Nhà ở ngày ngày 5 tháng 6 năm 2020;",
            [(None, "2020-06-05", "sửa đổi một số điều của Luật Nhà ở")],
            id="a-word-printed-twice",
        ),
        pytest.param(
            "Luật tổ chức chính quyền địa phương ngày 19/6/2015;",
            [(None, "2015-06-19", "tổ chức chính quyền địa phương")],
            id="a-law-in-small-letters",
        ),
        pytest.param("Luật này có hiệu lực từ ngày 01/7/2025.", [], id="this-law"),
        pytest.param(
            "tại công văn số 83/BKHCN-KHTC ngày 08/01/2025 và văn bản số 5/SNV-CCHC&PC ngày 9/1/2025",
            [("83/BKHCN-KHTC", "2025-01-08", None), ("5/SNV-CCHC&PC", "2025-01-09", None)],
            id="letters-in-small-letters-and-an-ampersand",
        ),
        pytest.param(
            "các văn bản số 14/UBND-NN ngày 05/4/2026 và số 15/UBND-NN ngày 07/4/2026",
            [("14/UBND-NN", "2026-04-05", None), ("15/UBND-NN", "2026-04-07", None)],
            id="several-letters",
        ),
        pytest.param(
            "CHƯƠNG TRÌNH HÀNH ĐỘNG SỐ 10-CTR/TU NGÀY 13/8/2025", [("10-CTr/TU", "2025-08-13", None)], id="a-title"
        ),
        pytest.param("ban hành Kế hoạch tổ chức thực hiện như sau:", [], id="its-own-plan"),
    ],
)
def test_laws_and_letters(text: str, named: list[tuple[str | None, str | None, str | None]]) -> None:
    assert [(mention.number, mention.date, mention.title) for mention in find_mentions(text)] == named


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        pytest.param("Quyết định số 12/QĐ-BNV ngày 5/3/2024 của Bộ trưởng Bộ Nội vụ", "Bộ Nội vụ", id="minister"),
        pytest.param("NGHỊ QUYẾT SỐ 57-NQ/TW NGÀY 22/12/2024 CỦA BỘ CHÍNH TRỊ VỀ DỮ LIỆU", "Bộ Chính trị", id="title"),
        pytest.param("Kế hoạch số 5/KH-UBND của UBND tỉnh", "UBND tỉnh", id="as-printed"),
    ],
)
def test_issuers(text: str, issuer: str) -> None:
    assert [mention.issuer for mention in find_mentions(text)] == [issuer]
