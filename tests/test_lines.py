"""Lines with their list marks, and the paragraphs and items made of them."""

from __future__ import annotations

import pytest

from ingest.lines import drop_emphasis, find_mark, is_upper, split_lines
from tests.texts import blocks_of, source_of


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        pytest.param("I. MỤC ĐÍCH, YÊU CẦU", ("roman", "I", "MỤC ĐÍCH, YÊU CẦU"), id="roman"),
        pytest.param("IV.TỔ CHỨC THỰC HIỆN", ("roman", "IV", "TỔ CHỨC THỰC HIỆN"), id="roman-without-a-space"),
        pytest.param("V) Kinh phí", ("roman", "V", "Kinh phí"), id="capital-v-is-five"),
        pytest.param("v) Kinh phí", ("letter", "v", "Kinh phí"), id="small-v-is-a-letter"),
        pytest.param("i) Mục", ("letter", "i", "Mục"), id="small-i-is-a-letter"),
        pytest.param("C. Tầm nhìn", ("upper", "C", "Tầm nhìn"), id="capital-c-alone-is-a-letter"),
        pytest.param("đ) Việc thực hiện", ("letter", "đ", "Việc thực hiện"), id="d-with-a-bar"),
        pytest.param("d) Việc thực hiện", ("letter", "d", "Việc thực hiện"), id="d-without-a-bar"),
        pytest.param("b. Công nghệ sinh học", ("letter", "b", "Công nghệ sinh học"), id="letter-with-a-full-stop"),
        pytest.param("a)Về quản lý", ("letter", "a", "Về quản lý"), id="letter-without-a-space"),
        pytest.param("1.1. Khoa học nông nghiệp", ("number", "1.1", "Khoa học nông nghiệp"), id="two-levels"),
        pytest.param("4.3 Định hướng", ("number", "4.3", "Định hướng"), id="two-levels-without-a-stop"),
        pytest.param("12/ Yêu cầu", ("number", "12", "Yêu cầu"), id="number-with-a-slash"),
        pytest.param("5. 10 doanh nghiệp", ("number", "5", "10 doanh nghiệp"), id="a-figure-behind-a-number"),
        pytest.param("Điều 12. Hiệu lực", ("article", "12", "Hiệu lực"), id="article"),
        pytest.param("PHẦN THỨ HAI", ("part", "HAI", ""), id="part"),
        pytest.param("- Xây dựng kênh", ("dash", "-", "Xây dựng kênh"), id="dash"),
        pytest.param("-Triển khai số hóa", ("dash", "-", "Triển khai số hóa"), id="dash-without-a-space"),
        pytest.param("• Hỗ trợ", ("dash", "•", "Hỗ trợ"), id="bullet"),
        pytest.param("+ Đối với cấp xã", ("plus", "+", "Đối với cấp xã"), id="plus"),
        pytest.param("1. **Hạ tầng**", ("number", "1", "Hạ tầng**"), id="emphasis-behind-a-mark"),
        pytest.param("2025 - 2030", None, id="years"),
        pytest.param("27/8/2025", None, id="date"),
        pytest.param("1.000 tỷ đồng", None, id="thousands"),
        pytest.param("100% xã, phường", None, id="share"),
        pytest.param("VI", None, id="roman-alone"),
        pytest.param("Điều hành thông minh", None, id="a-word-that-begins-like-article"),
        pytest.param("Chương trình chuyển đổi số", None, id="a-word-that-begins-like-chapter"),
        pytest.param("Phần mềm dùng chung", None, id="a-word-that-begins-like-part"),
        pytest.param("I, II và III", None, id="list-of-numbers"),
    ],
)
def test_marks(text: str, mark: tuple[str, str, str] | None) -> None:
    found = find_mark(text, 0)
    assert (found and (found.style, found.label, text[found.words :])) == mark


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("Một\n\n  Hai \n", [("Một", True), ("Hai", True)], id="blank-lines-are-told"),
        pytest.param("Một\nHai", [("Một", True), ("Hai", False)], id="no-blank-line"),
        pytest.param("## **I. MỤC TIÊU**", [("I. MỤC TIÊU", True)], id="heading-of-markdown"),
        pytest.param("***Nơi nhận:***", [("Nơi nhận:", True)], id="bold-and-slanted"),
        pytest.param("* Giai đoạn 1", [("* Giai đoạn 1", True)], id="a-star-with-a-space-is-a-mark"),
        pytest.param("\tSTT\n\n\t1", [("STT", True), ("1", True)], id="tabs"),
        pytest.param(" \n\t\n", [], id="nothing"),
    ],
)
def test_lines_are_trimmed(text: str, lines: list[tuple[str, bool]]) -> None:
    source = source_of(text)
    found = split_lines(source)
    assert [(line.text, line.after_blank) for line in found] == lines
    assert [source.text[line.start : line.end] for line in found] == [line.text for line in found]


def test_emphasis_is_dropped_and_signs_stay() -> None:
    assert drop_emphasis("**3. Chỉ tiêu:** *(kèm theo)*, VP<sup>Tr</sup>") == "3. Chỉ tiêu: (kèm theo), VPTr"


@pytest.mark.parametrize(
    ("text", "upper"),
    [
        pytest.param("DANH MỤC NHIỆM VỤ", True, id="capitals"),
        pytest.param("HỘI NHẬP và PHÁT TRIỂN KINH TẾ", True, id="a-stray-small-word"),
        pytest.param("Danh mục nhiệm vụ", False, id="small-letters"),
        pytest.param("AI", False, id="an-acronym-is-no-title"),
        pytest.param("2025-2030", False, id="figures"),
    ],
)
def test_titles_are_set_in_capitals(text: str, upper: bool) -> None:
    assert is_upper(text) is upper


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        pytest.param(
            "a) Hỗ trợ khởi nghiệp. b) Hội nhập quốc tế",
            [("a", "Hỗ trợ khởi nghiệp."), ("b", "Hội nhập quốc tế")],
            id="the-next-letter-in-mid-line-begins-an-item",
        ),
        pytest.param(
            "d) Số hóa hồ sơ; đ) Kết nối dữ liệu. e) Chia sẻ",
            [("d", "Số hóa hồ sơ;"), ("đ", "Kết nối dữ liệu."), ("e", "Chia sẻ")],
            id="the-letter-after-d-is-d-with-a-bar",
        ),
        pytest.param(
            "d) Nhân lực\n- Đào tạo cán bộ. đ) Hạ tầng số",
            [("d", "Nhân lực"), ("-", "Đào tạo cán bộ."), ("đ", "Hạ tầng số")],
            id="the-list-goes-on-behind-a-dash",
        ),
        pytest.param(
            "a) Theo Luật. d) Điều khoản", [("a", "Theo Luật. d) Điều khoản")], id="a-letter-out-of-order-is-no-item"
        ),
        pytest.param(
            "theo điểm b) Khoản 1 của Luật", [("", "theo điểm b) Khoản 1 của Luật")], id="a-point-of-a-law-is-no-item"
        ),
        pytest.param(
            "đạt 20% (năm\n2025), 30% (năm 2030)", [("", "đạt 20% (năm 2025), 30% (năm 2030)")], id="open-bracket"
        ),
        pytest.param(
            "ban hành các\ncơ chế, chính sách", [("", "ban hành các cơ chế, chính sách")], id="small-letter-goes-on"
        ),
        pytest.param("Việc một.\nviệc hai", [("", "Việc một."), ("", "việc hai")], id="behind-a-full-stop-it-does-not"),
        pytest.param("Việc một\nViệc hai", [("", "Việc một"), ("", "Việc hai")], id="a-capital-begins-a-paragraph"),
        pytest.param("### **1. Mục tiêu**", [("1", "Mục tiêu")], id="markdown"),
    ],
)
def test_paragraphs_and_items(text: str, blocks: list[tuple[str, str]]) -> None:
    assert [(block.mark.label if block.mark else "", block.text) for block in blocks_of(text)] == blocks
