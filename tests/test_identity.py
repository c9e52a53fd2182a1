"""Who a document is, as far as its own pages tell; what they leave out is None."""

from __future__ import annotations

import pytest

from ingest.identity import issuer_of_name, issuer_of_symbol, read_identity
from ingest.records import DocumentFacts, Origin
from tests.texts import regions_of, source_of

BODY = "\nI. MỤC ĐÍCH\nNâng cao nhận thức.\nII. NHIỆM VỤ\n1. Phát triển hạ tầng số.\n"


def identity_of(text: str) -> DocumentFacts:
    return read_identity(source_of(text), regions_of(text))


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        pytest.param(
            "ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN\nSố: 123/KH-UBND\nNghệ An, ngày 05 tháng 3 năm 2025\n\nKẾ HOẠCH\n"
            "Phát triển kinh tế số năm 2025\n",
            ("Kế hoạch", "123/KH-UBND", "KH-UBND", "2025-03-05", "UBND tỉnh Nghệ An", "Nghệ An"),
            id="letterhead",
        ),
        pytest.param(
            "Số: /KH-UBND\n\nHà Nam, ngày tháng 8 năm 2022\n\nKẾ HOẠCH\n\n"
            "Thực hiện Chiến lược phát triển khoa học trên địa bàn tỉnh Hà Nam\n",
            ("Kế hoạch", None, "KH-UBND", "2022-08", "UBND tỉnh Hà Nam", "Hà Nam"),
            id="number-and-day-left-blank",
        ),
        pytest.param(
            "Số: 719/QĐ-UBND | Hưng Yên ngày 27 tháng 8 năm 2025 |\nQUYẾT ĐỊNH\nBAN HÀNH CHƯƠNG TRÌNH CHUYỂN ĐỔI SỐ\n",
            ("Quyết định", "719/QĐ-UBND", "QĐ-UBND", "2025-08-27", "UBND tỉnh Hưng Yên", "Hưng Yên"),
            id="letterhead-as-a-row-of-pipes",
        ),
        pytest.param(
            "Số: /KH-SKHCN\n\nHung Yên, ngày tháng 02 năm 2024\n\n## KẾ HOẠCH\n\n"
            "### Chỉ tiêu phát triển kinh tế - xã hội\n",
            ("Kế hoạch", None, "KH-SKHCN", "2024-02", "Sở Khoa học và Công nghệ tỉnh Hưng Yên", "Hưng Yên"),
            id="misprinted-place-of-a-department",
        ),
        pytest.param(
            "UBND TỈNH QUẢNG NINH\nSỞ Y TẾ\nSố: 45/KH-SYT\nQuảng Ninh, ngày 12 tháng 3 năm 2025\nKẾ HOẠCH\n"
            "Chuyển đổi số ngành y tế\n",
            ("Kế hoạch", "45/KH-SYT", "KH-SYT", "2025-03-12", "Sở Y tế tỉnh Quảng Ninh", "Quảng Ninh"),
            id="department",
        ),
        pytest.param(
            "Số: 100/KH-UBND\nThành phố Hồ Chí Minh, ngày 05 tháng 01 năm 2025\nKẾ HOẠCH\nChuyển đổi số thành phố\n",
            ("Kế hoạch", "100/KH-UBND", "KH-UBND", "2025-01-05", "UBND thành phố Hồ Chí Minh", "Hồ Chí Minh"),
            id="city-under-the-centre",
        ),
        pytest.param(
            "KẾ HOẠCH\nThực hiện Chiến lược phát triển khoa học đến năm 2030\n",
            ("Kế hoạch", None, None, None, None, None),
            id="letterhead-lost",
        ),
        pytest.param(
            "Số: /KH-UBND\nThực hiện Nghị quyết số 9-NQ/TU ngày 06/9/2023\nXuân Lộc, ngày 26 tháng 4 năm 2024\n"
            "KẾ HOẠCH\nThực hiện Nghị quyết số 9-NQ/TU\n",
            ("Kế hoạch", None, "KH-UBND", "2024-04-26", "UBND tỉnh", None),
            id="the-number-of-another-is-not-its-own",
        ),
        pytest.param(
            "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n"
            "Số: 85/QĐ-UBND | Lào Cai, ngày 3 tháng 3 năm 2023 |\n"
            "ỦY BAN NHÂN DÂN TỈNH LÀO CAI\nCăn cứ Luật Đầu tư công ngày 13/6/2019;\nQUYẾT ĐỊNH:\n"
            "Điều 1. Phê duyệt Đề án.\n",
            ("Quyết định", "85/QĐ-UBND", "QĐ-UBND", "2023-03-03", "UBND tỉnh Lào Cai", "Lào Cai"),
            id="line-of-the-type-lost",
        ),
        pytest.param(
            "VĂN PHÒNG CHÍNH PHỦ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n"
            "Số: 512/VPCP-KSTT | Hà Nội, ngày 7 tháng 8 năm 2024 |\n"
            "Kính gửi: Bộ Tài chính.\n",
            ("Công văn", "512/VPCP-KSTT", "VPCP-KSTT", "2024-08-07", "Văn phòng Chính phủ", None),
            id="letter",
        ),
        pytest.param(
            "Kế hoạch 77/KH-UBND năm 2025 phát triển dữ liệu tỉnh Lào Cai\n| Số hiệu | 77/KH-UBND |\n"
            "| Người ký | Trần Văn An |\nỦY BAN NHÂN DÂN |\nCỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM |\n"
            "|\nSố: 77/KH-UBND |\nLào Cai, ngày 14 tháng 5 năm 2025 |\n"
            "Thực hiện Nghị quyết số 57-NQ/TW, Ủy ban nhân dân tỉnh"
            " ban hành Kế hoạch như sau:\n",
            ("Kế hoạch", "77/KH-UBND", "KH-UBND", "2025-05-14", "UBND tỉnh Lào Cai", "Lào Cai"),
            id="box-of-a-portal-over-the-letterhead",
        ),
        pytest.param(
            "UỶ BAN NHÂN DÂN\nTỈNH LÀO CAI\nSố: 27/QĐ-UB\nLào Cai, ngày 02 tháng 02 năm 2004\n"
            "QUYẾT ĐỊNH\nVề giống lúa\n",
            ("Quyết định", "27/QĐ-UB", "QĐ-UB", "2004-02-02", "UBND tỉnh Lào Cai", "Lào Cai"),
            id="symbol-of-old",
        ),
        pytest.param(
            "BỘ CHÍNH TRỊ\nSố: 12-KL/TW\nHà Nội, ngày 11 tháng 01 năm 2024\nKẾT LUẬN\nVỀ KHOA HỌC VÀ CÔNG NGHỆ\n",
            ("Kết luận", "12-KL/TW", "KL/TW", "2024-01-11", "Bộ Chính trị", None),
            id="which-body-of-the-party",
        ),
        pytest.param(
            "Kế hoạch Cải cách hành chính năm 2022\n",
            ("Kế hoạch", None, None, None, None, None),
            id="type-in-small-letters-over-a-page-of-news",
        ),
        pytest.param("", (None, None, None, None, None, None), id="nothing-but-a-body"),
    ],
)
def test_identity(text: str, facts: tuple[str | None, ...]) -> None:
    document = identity_of(text + BODY)
    got = (document.type, document.number, document.symbol, document.date, document.issuer, document.province)
    assert got == facts


@pytest.mark.parametrize(
    ("text", "title", "period"),
    [
        pytest.param(
            "KẾ HOẠCH\nThực hiện Chiến lược phát triển khoa học đến năm 2030\n",
            "Thực hiện Chiến lược phát triển khoa học đến năm 2030",
            "đến năm 2030",
            id="until-a-year",
        ),
        pytest.param(
            "KẾ HOẠCH\nPHÁT TRIỂN KHOA HỌC, CÔNG NGHỆ\nGIAI ĐOẠN 2025-2030, TẦM NHÌN ĐẾN NĂM 2045\n",
            "PHÁT TRIỂN KHOA HỌC, CÔNG NGHỆ GIAI ĐOẠN 2025-2030, TẦM NHÌN ĐẾN NĂM 2045",
            "GIAI ĐOẠN 2025-2030, TẦM NHÌN ĐẾN NĂM 2045",
            id="title-over-two-lines-with-an-outlook",
        ),
        pytest.param("KẾ HOẠCH\nChuyển đổi số ngành y tế\n", "Chuyển đổi số ngành y tế", None, id="no-period"),
        pytest.param(
            "NGHỊ QUYẾT\nThực hiện Nghị quyết số 68-NQ/TW ngày 04 tháng 5 năm 2025 của Bộ Chính trị\n",
            "Thực hiện Nghị quyết số 68-NQ/TW ngày 04 tháng 5 năm 2025 của Bộ Chính trị",
            None,
            id="the-year-of-a-date-is-no-period",
        ),
    ],
)
def test_title_and_period(text: str, title: str, period: str | None) -> None:
    document = identity_of(text + BODY)
    assert (document.title, document.period) == (title, period)


def test_a_caption_gives_what_the_letterhead_lost() -> None:
    caption = "(Kèm theo Kế hoạch số: 57/KH-UBND ngày 27 tháng 03 năm 2023 của UBND tỉnh Tuyên Quang)\n"
    text = f"KẾ HOẠCH\nThực hiện Chiến lược phát triển khoa học\n{BODY}NHIỆM VỤ TRIỂN KHAI\n{caption}"
    document = identity_of(text)
    assert (document.number, document.date, document.province) == ("57/KH-UBND", "2023-03-27", "Tuyên Quang")
    assert document.evidence["number"].source.quote.startswith("Kế hoạch số: 57/KH-UBND")


def test_the_box_of_a_portal_is_second_hand() -> None:
    box = "- Số hiệu: 12/KH-UBND\n- Loại văn bản: Kế hoạch\n- Ngày ban hành: 05/03/2025\n- Người ký: Bùi Thanh An"
    document = identity_of(f"KẾ HOẠCH\nChuyển đổi số ngành y tế\n{BODY}{box}")
    assert (document.number, document.date, document.signer) == ("12/KH-UBND", "2025-03-05", "Bùi Thanh An")
    assert {document.evidence[name].origin for name in ("number", "date", "signer")} == {Origin.ASSUMED}
    assert document.evidence["date"].reason == "from the box of the web portal, not from the document"


@pytest.mark.parametrize(
    ("symbol", "issuer"),
    [
        pytest.param("KH-UBND", "ubnd-tinh", id="province"),
        pytest.param("NQ-HĐND", "hdnd-tinh", id="council"),
        pytest.param("QĐ-TTg", "thu-tuong-chinh-phu", id="prime-minister"),
        pytest.param("NQ/TW", "ban-chap-hanh-trung-uong-dang", id="party"),
        pytest.param("KH/TU", "tinh-uy", id="party-of-the-province"),
        pytest.param("TTr-BKHCN-BTTTT", "bo-khoa-hoc-va-cong-nghe", id="the-first-of-a-joint-symbol"),
        pytest.param("QH15", "quoc-hoi", id="term-of-the-assembly"),
        pytest.param("KH-SYT", "so-y-te", id="department"),
        pytest.param("XX-ABC", None, id="unknown"),
        pytest.param("", None, id="empty"),
        pytest.param(None, None, id="none"),
    ],
)
def test_issuer_of_symbol(symbol: str | None, issuer: str | None) -> None:
    found = issuer_of_symbol(symbol)
    assert (found and found.id) == issuer


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        pytest.param("Bộ Chính trị", "bo-chinh-tri", id="party"),
        pytest.param("UBND tỉnh Hưng Yên", "ubnd-tinh", id="with-its-province"),
        pytest.param("Hội thợ may", None, id="stranger"),
    ],
)
def test_issuer_of_name(name: str, type_: str | None) -> None:
    found = issuer_of_name(name)
    assert (found and found.id) == type_


HEAD = "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI\n-------\nSố: 12/KH-UBND\nLào Cai, ngày 14 tháng 5 năm 2025\n"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param(
            HEAD + "KẾ HOẠCH\nTHỰC HIỆN KẾ HOẠCH SỐ 9-KH/TU CỦA\nBAN THƯỜNG VỤ TỈNH ỦY VỀ DỮ LIỆU CỦA BỘ\nCHÍNH TRỊ\n"
            "ỦY BAN NHÂN DÂN TỈNH LÀO CAI\n",
            "THỰC HIỆN KẾ HOẠCH SỐ 9-KH/TU CỦA BAN THƯỜNG VỤ TỈNH ỦY VỀ DỮ LIỆU CỦA BỘ CHÍNH TRỊ",
            id="an-issuer-inside-a-broken-title",
        ),
        pytest.param(
            HEAD + "KẾ HOẠCH\nVỀ CHUYỂN ĐỔI SỐ\nỦY BAN NHÂN DÂN TỈNH LÀO CAI\n",
            "VỀ CHUYỂN ĐỔI SỐ",
            id="the-issuer-below-is-no-part",
        ),
        pytest.param(
            HEAD + "QUYẾT ĐỊNH\nPhê duyệt danh sách Ủy viên\nHội đồng khoa học tỉnh nhiệm kỳ 2026 - 2031\n\n"
            "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\n",
            "Phê duyệt danh sách Ủy viên Hội đồng khoa học tỉnh nhiệm kỳ 2026 - 2031",
            id="small-letters-on-two-lines",
        ),
        pytest.param(
            HEAD + "KẾ HOẠCH\nPhát triển dữ liệu năm 2025\nThực hiện Nghị quyết số 57-NQ/TW, Ủy ban nhân dân tỉnh "
            "ban hành Kế hoạch như sau:\n",
            "Phát triển dữ liệu năm 2025",
            id="a-recital-is-no-title",
        ),
        pytest.param(HEAD + "QUYẾT ĐỊNH\nV/V CÔNG BỐ DANH MỤC NHIỆM VỤ\n", "V/V CÔNG BỐ DANH MỤC NHIỆM VỤ", id="about"),
        pytest.param(
            "Kế hoạch 12/KH-UBND năm 2025 về dữ liệu do Ủy ban nhân dân tỉnh Lào Cai ban hành\n"
            + HEAD
            + "Căn cứ Luật Dữ liệu;\n",
            "về dữ liệu",
            id="headline-of-a-portal",
        ),
        pytest.param(
            "SỞ NỘI VỤ\nSố: 5/SNV-CCHC\nV/v triển khai kho dữ liệu\n"
            "Lào Cai, ngày 14 tháng 5 năm 2025\nKính gửi: Sở Y tế.\n",
            "triển khai kho dữ liệu",
            id="subject-of-a-letter",
        ),
    ],
)
def test_the_title_is_read_whole(text: str, title: str) -> None:
    assert identity_of(text).title == title


@pytest.mark.parametrize(
    "box",
    [
        pytest.param("| Số hiệu | 12/KH-UBND |\n| Người ký | Trần Văn An |\n", id="rows-of-pipes"),
        pytest.param("Số hiệu: 12/KH-UBND Loại văn bản: Kế hoạch\nNgười ký: Trần Văn An\n", id="fields-in-a-line"),
        pytest.param("Số hiệu:\n12/KH-UBND\nNgười ký:\nTrần Văn An\n", id="values-below"),
    ],
)
def test_a_box_over_the_letterhead_tells_the_signer(box: str) -> None:
    facts = identity_of(box + HEAD + "KẾ HOẠCH\nPhát triển dữ liệu\n")
    assert (facts.signer, facts.number, facts.title) == ("Trần Văn An", "12/KH-UBND", "Phát triển dữ liệu")
