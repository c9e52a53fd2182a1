"""A document falls into parts, and every block is in exactly one of them."""

from __future__ import annotations

import pytest

from ingest.structure import kind_of, signer, split_regions
from ingest.titles import document_type
from tests.texts import FILES, blocks_of, plan_source, regions_of

HEADER = "ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN\nSố: 123/KH-UBND\nNghệ An, ngày 05 tháng 3 năm 2025\n\n"
TITLE = "KẾ HOẠCH\nTriển khai Đề án phát triển kinh tế số tỉnh Nghệ An năm 2025\n\n"
RECITALS = "Thực hiện Quyết định số 749/QĐ-TTg ngày 03/6/2020, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:\n"
BODY = "I. MỤC ĐÍCH\n1. Nâng cao nhận thức.\nII. NHIỆM VỤ\n- Phát triển hạ tầng số.\n"
RECIPIENTS = "Nơi nhận:\n- Bộ Khoa học và Công nghệ;\n- Lưu: VT.\n"
SIGNATURE = "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nBùi Thanh An\n"
ANNEX = "PHỤ LỤC II\nDANH MỤC NHIỆM VỤ\n(Kèm theo Kế hoạch số 123/KH-UBND ngày 05/3/2025 của UBND tỉnh)\n"
ROWS = "TT | Nội dung nhiệm vụ | Cơ quan chủ trì |\n1. | Số hóa hồ sơ | Sở Y tế |\n"
DECISION = (
    "QUYẾT ĐỊNH\nBan hành Chương trình chuyển đổi số\nỦY BAN NHÂN DÂN TỈNH NGHỆ AN\n"
    "Căn cứ Luật Đầu tư công;\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành kèm theo Quyết định này Chương trình.\n"
)
PROGRAMME = "CHƯƠNG TRÌNH\nCHUYỂN ĐỔI SỐ TỈNH NGHỆ AN\n(Kèm theo Quyết định số /QĐ-UBND ngày tháng 8 năm 2025)\n"
NOTICE = "Để sử dụng toàn bộ tiện ích nâng cao của Hệ Thống Pháp Luật vui lòng lựa chọn và đăng ký gói cước.\n"
BOX = "- Số hiệu: 123/KH-UBND\n- Loại văn bản: Kế hoạch\n- Ngày ban hành: 05/03/2025\n- Tình trạng hiệu lực: Kiểm tra"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param(
            HEADER + TITLE + RECITALS + BODY + RECIPIENTS + SIGNATURE + ANNEX + ROWS,
            ["header", "title", "recitals", "body", "recipients", "signature", "annex"],
            id="whole-plan",
        ),
        pytest.param(TITLE + RECITALS + BODY, ["title", "recitals", "body"], id="letterhead-lost"),
        pytest.param(
            HEADER + TITLE + RECITALS + BODY + SIGNATURE + RECIPIENTS,
            ["header", "title", "recitals", "body", "signature", "recipients"],
            id="signature-first",
        ),
        pytest.param(
            HEADER + DECISION + "TM. ỦY BAN NHÂN DÂN\n" + PROGRAMME + BODY,
            ["header", "title", "recitals", "body", "signature", "attached"],
            id="a-programme-behind-its-decision",
        ),
        pytest.param(
            NOTICE + HEADER + TITLE + RECITALS + BODY + SIGNATURE + BOX,
            ["portal", "header", "title", "recitals", "body", "signature", "portal"],
            id="a-portal-around-the-document",
        ),
        pytest.param(BODY, ["body"], id="only-a-body"),
        pytest.param(TITLE + BODY + "(Chi tiết tại phụ lục kèm theo)\n", ["title", "body"], id="a-pointer-is-no-annex"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_parts_of_a_document(text: str, parts: list[str]) -> None:
    regions = regions_of(text)
    assert [region.kind for region in regions] == parts
    assert [block for region in regions for block in region.blocks] == list(blocks_of(text))


@pytest.mark.parametrize("file", FILES)
def test_every_block_of_a_plan_is_in_one_part(file: str) -> None:
    blocks = blocks_of(plan_source(file).text)
    assert [block for region in split_regions(blocks) for block in region.blocks] == list(blocks)


@pytest.mark.parametrize(
    ("text", "label", "title", "heading"),
    [
        pytest.param(ANNEX + ROWS, "II", "DANH MỤC NHIỆM VỤ", 3, id="label-title-caption"),
        pytest.param(ANNEX.replace(" II", "") + ROWS, "", "DANH MỤC NHIỆM VỤ", 3, id="no-label"),
        pytest.param(
            "DANH MỤC NHIỆM VỤ\nTRÊN ĐỊA BÀN TỈNH\n(Kèm theo Kế hoạch số 57/KH-UBND)\n" + ROWS,
            "",
            "DANH MỤC NHIỆM VỤ TRÊN ĐỊA BÀN TỈNH",
            3,
            id="no-word-annex",
        ),
        pytest.param(
            "PHỤ LỤC\nDanh mục nhiệm vụ\n(Kèm theo Kế hoạch số       /KH-UBND ngày     /12/2022 \n"
            "của Ủy ban nhân dân tỉnh)\n",
            "",
            "Danh mục nhiệm vụ",
            3,
            id="a-caption-over-two-lines-is-one-block",
        ),
        pytest.param("PHỤ LỤC I\nDANH MỤC DỰ ÁN\n" + ROWS, "I", "DANH MỤC DỰ ÁN", 2, id="no-caption"),
    ],
)
def test_annexes_are_headed(text: str, label: str, title: str, heading: int) -> None:
    region = regions_of(HEADER + TITLE + BODY + SIGNATURE + text)[-1]
    assert (region.kind, region.label, region.title, region.heading) == ("annex", label, title, heading)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param(SIGNATURE, "Bùi Thanh An", id="for-the-chair"),
        pytest.param("**GIÁM ĐỐC**\n\n**Trần Tùng Chuẩn**", "Trần Tùng Chuẩn", id="director-in-markdown"),
        pytest.param("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n", None, id="no-name"),
        pytest.param("", None, id="no-signature"),
    ],
)
def test_the_signer_is_the_last_name(text: str, name: str | None) -> None:
    block = signer(regions_of(TITLE + BODY + text))
    assert (block and block.text) == name


@pytest.mark.parametrize(
    ("line", "type_"),
    [
        pytest.param("KẾ HOẠCH", "Kế hoạch", id="plan"),
        pytest.param("QUYẾT ĐỊNH:", "Quyết định", id="with-a-colon"),
        pytest.param("Kế hoạch", None, id="small-letters"),
        pytest.param("KẾ HOẠCH NĂM 2025", None, id="more-than-a-type"),
    ],
)
def test_a_type_stands_alone(line: str, type_: str | None) -> None:
    assert document_type(blocks_of(line)[0]) == type_


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        pytest.param("TỔ CHỨC THỰC HIỆN", "organization", id="organization"),
        pytest.param("NHIỆM VỤ VÀ GIẢI PHÁP THỰC HIỆN", "tasks", id="tasks"),
        pytest.param("KINH PHÍ THỰC HIỆN", "funding", id="funding"),
        pytest.param("MỤC ĐÍCH, YÊU CẦU", "purpose", id="purpose"),
        pytest.param("CHẾ ĐỘ BÁO CÁO", "reporting", id="reporting"),
        pytest.param("MỤC TIÊU CỤ THỂ", "objectives", id="objectives"),
        pytest.param("Lời nói đầu", None, id="unknown"),
    ],
)
def test_kinds_of_sections(title: str, kind: str | None) -> None:
    assert kind_of("section_kinds", title) == kind
