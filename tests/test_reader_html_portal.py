"""The document of a portal's page, apart from the site around it and with what the site says of it."""

from __future__ import annotations

import pytest

from ingest.readers.html import read_html
from ingest.readers.html_content import has_mark
from ingest.readers.reading import Paragraph, Role

DOCUMENT = """<table><tr><td>ỦY BAN NHÂN DÂN<br>TỈNH HÀ NAM<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<tr>
<td>Số: 12/KH-UBND<td>Hà Nam, ngày 5 tháng 3 năm 2025</table><p>KẾ HOẠCH<p>Chuyển đổi số năm 2025
<p>Căn cứ <a href=x>Luật Giao dịch điện tử</a>;<p>I. MỤC TIÊU<p>1. Xây dựng chính quyền số.<p>Nơi nhận:"""
OWN = ["KẾ HOẠCH", "Chuyển đổi số năm 2025", "Căn cứ Luật Giao dịch điện tử;", "I. MỤC TIÊU"]
OWN += ["1. Xây dựng chính quyền số.", "Nơi nhận:"]
LONG = "<p>Nội dung của kế hoạch là một câu dài để trang có chữ." * 40
MENU = "<ul><li><a href=1>Trang chủ</a><li><a href=2>Tin tức</a></ul>"
TITLE = "<h1>Kế hoạch 12/KH-UBND năm 2025</h1>"
PAIRS = (("Số hiệu", "12/KH-UBND"), ("Ngày ban hành", "05/03/2025"), ("Người ký", "Nguyễn Văn B"))
TABLE = f"<table>{''.join(f'<tr><td>{label}:</td><td>{value}</td></tr>' for label, value in PAIRS)}</table>"
WIDE = f"<table><tr>{''.join(f'<td>{label}</td><td>{value}</td>' for label, value in PAIRS)}</tr></table>"
TERMS = f"<dl>{''.join(f'<dt>{label}</dt><dd>{value}</dd>' for label, value in PAIRS)}</dl>"
LINES = "".join(f"<p><b>{label}:</b> {value}</p>" for label, value in PAIRS)

PAGES = [
    pytest.param(DOCUMENT, (), 0, id="alone"),
    pytest.param(f"{MENU}{DOCUMENT}{MENU}", (), 4, id="flat-between-menus"),
    pytest.param(f"<nav>Trang chủ</nav><div>{DOCUMENT}</div><footer>Địa chỉ</footer>", (), 2, id="bars-by-their-tags"),
    pytest.param(f"<div role=banner>Cổng</div><div>{DOCUMENT}</div>", (), 1, id="bars-by-their-role"),
    pytest.param(f"<div class=a>{TITLE}{TABLE}<div id=b>{DOCUMENT}</div></div>", PAIRS, 4, id="box-as-a-table"),
    pytest.param(f"<div>{WIDE}</div><div>{DOCUMENT}</div>", PAIRS, 1, id="box-in-one-row"),
    pytest.param(f"{TERMS}<div>{DOCUMENT}</div>", PAIRS, 6, id="box-as-terms"),
    pytest.param(f"<div>{LINES}{DOCUMENT}</div>", PAIRS, 3, id="box-as-lines"),
    pytest.param(f"<div>{DOCUMENT}{TABLE}</div>", PAIRS, 3, id="box-behind"),
    pytest.param(f"<div>{DOCUMENT}<p>Bạn chưa Đăng nhập thành viên.</div>", (), 1, id="paywall"),
]


@pytest.mark.parametrize(("page", "portal", "around"), PAGES)
def test_document_and_site_are_told_apart(page: str, portal: tuple[tuple[str, str], ...], around: int) -> None:
    reading = read_html(page.encode())
    paragraphs = [each for each in reading.blocks if isinstance(each, Paragraph)]
    assert [each.text for each in paragraphs if each.role is Role.TEXT] == OWN
    assert len([each for each in paragraphs if each.role is Role.PORTAL]) == around
    assert reading.portal == portal


@pytest.mark.parametrize(
    ("page", "last"),
    [
        pytest.param(
            f"<table width=100%><tr><td colspan=2>CỔNG<tr><td>{MENU}<td>{DOCUMENT}{LONG}</table>",
            "Nội dung của kế hoạch là một câu dài để trang có chữ.",
            id="page-laid-out-by-a-table",
        ),
        pytest.param(
            f"<div class=WordSection1>{DOCUMENT}{LONG}</div><div class=WordSection2><p>Danh mục ngắn</div>",
            "Danh mục ngắn",
            id="short-second-section",
        ),
        pytest.param(
            f"<div>{DOCUMENT}{LONG}</div><div><p>PHỤ LỤC I<p>Danh mục ngắn</div>", "Danh mục ngắn", id="annex-apart"
        ),
        pytest.param("<p>Một câu.<p>Hai câu.", "Hai câu.", id="nothing-like-a-document"),
    ],
)
def test_the_whole_document_is_kept(page: str, last: str) -> None:
    own = [each for each in read_html(page.encode()).blocks if isinstance(each, Paragraph) and each.role is Role.TEXT]
    assert own[-1].text == last
    assert not any("Trang chủ" in each.text or each.text == "CỔNG" for each in own)


def test_a_document_on_a_hidden_leaf_is_read() -> None:
    reading = read_html(f"<div>Thuộc tính</div><div style='display:none'>{DOCUMENT}</div>".encode())
    assert [each.text for each in reading.blocks if isinstance(each, Paragraph) and each.role is Role.TEXT] == OWN
    assert reading.warnings[0] == "the document is hidden on the page, and was read"


def test_what_a_site_says_of_other_documents_does_not_replace_the_first() -> None:
    page = f"{TABLE}<div>{DOCUMENT}</div><div class=side><p>Số hiệu: 99/QĐ-UBND</p></div>"
    assert dict(read_html(page.encode()).portal)["Số hiệu"] == "12/KH-UBND"


def test_marks_of_documents() -> None:
    assert has_mark("Điều 1. Ban hành kèm theo Quyết định này")
    assert not has_mark("Số lượt xem: 12")
