"""Pages whose lines were broken wherever they were full, as web portals copy them: paragraphs come back whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.extract import extract_file
from ingest.fold import squeeze
from ingest.records import Extraction
from tests.texts import HA_NAM, HUNG_YEN_2022, PLANS, TUYEN_QUANG, blocks_of

# lines that go on in small letters show how wide the page is
PAGE = (
    "- Nâng cao nhận thức của cán bộ, công chức\n"
    "và người dân về vai trò của dữ liệu trong phát triển kinh tế, bảo đảm mọi cơ quan\n"
    "đều có kế hoạch riêng, gắn với nhiệm vụ được giao và với điều kiện của từng ngành\n"
    "theo hướng dẫn chung.\n"
    "- Tổ chức tập huấn cho người đứng đầu\n"
    "các cơ quan, đơn vị, bảo đảm mỗi cơ quan có ít nhất hai người được cấp chứng nhận\n"
    "hằng năm và báo cáo kết quả.\n"
)


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        pytest.param(
            "Căn cứ Quyết định số\n12/QĐ-TTg ngày 05/3/2024 của Thủ tướng Chính phủ phê duyệt Chương trình của\n"
            "Chính phủ về dữ liệu;\nCăn cứ Kế hoạch số 9-KH/TU.\n",
            [
                "Căn cứ Quyết định số 12/QĐ-TTg ngày 05/3/2024 của Thủ tướng Chính phủ phê duyệt Chương trình của "
                "Chính phủ về dữ liệu;",
                "Căn cứ Kế hoạch số 9-KH/TU.",
            ],
            id="before-a-number-and-a-name",
        ),
        pytest.param(
            "Xét đề nghị của Giám đốc\nSở Tài chính tại Tờ trình số 5/TTr-STC ngày\n04/5/2024.\nQUYẾT ĐỊNH:\n",
            ["Xét đề nghị của Giám đốc Sở Tài chính tại Tờ trình số 5/TTr-STC ngày 04/5/2024.", "QUYẾT ĐỊNH:"],
            id="a-recital-goes-on-to-its-stop",
        ),
        pytest.param(
            "II. MỤC\nĐÍCH, YÊU CẦU\n1. Mục đích\nPhát triển dữ liệu.\n",
            ["MỤC ĐÍCH, YÊU CẦU", "Mục đích", "Phát triển dữ liệu."],
            id="a-heading-in-capitals",
        ),
        pytest.param(
            "- Kết nối hệ thống (LGSP)\nvới nền tảng quốc gia; mở rộng kho dữ liệu dùng chung của tỉnh;\n"
            "bảo đảm an toàn.\n",
            [
                "Kết nối hệ thống (LGSP) với nền tảng quốc gia; mở rộng kho dữ liệu dùng chung của tỉnh; "
                "bảo đảm an toàn."
            ],
            id="small-letters-go-on-behind-a-stop",
        ),
        pytest.param(
            "5. Sở Nội vụ\nChủ trì tham mưu về nhân lực.\n",
            ["Sở Nội vụ", "Chủ trì tham mưu về nhân lực."],
            id="a-short-line-over-a-capital-is-a-heading",
        ),
        pytest.param(
            "- Lưu: VT.\nNơi nhận:\n- Như trên;\n", ["Lưu: VT.", "Nơi nhận:", "Như trên;"], id="the-foot-stays-apart"
        ),
    ],
)
def test_lines_of_a_full_page_are_joined(lines: str, paragraphs: list[str]) -> None:
    assert [block.text for block in blocks_of(PAGE + lines)][2:] == paragraphs


def test_lines_of_a_page_that_breaks_none_stay_apart() -> None:
    text = "Phấn đấu phát triển hạ tầng của\nChính phủ số\nvà dữ liệu.\n"
    assert [block.text for block in blocks_of(text)] == [
        "Phấn đấu phát triển hạ tầng của",
        "Chính phủ số và dữ liệu.",
    ]


def wrap(text: str, first: int = 45, width: int = 88) -> str:
    """Long lines cut at `width`, the first of each sooner, for want of the room that its markup took."""
    lines = []
    for line in text.split("\n"):
        rest, room = line, first
        while len(line) > width and "|" not in line and len(rest) > room and " " in rest[: room + 1]:
            cut = rest.rindex(" ", 0, room + 1)
            lines.append(rest[:cut])
            rest, room = rest[cut + 1 :], width
        if rest.strip():
            lines.append(rest)
    return "\n".join(lines)


@pytest.mark.parametrize("name", [HA_NAM, HUNG_YEN_2022, TUYEN_QUANG])
def test_a_plan_names_the_same_documents_however_its_lines_are_cut(name: str, tmp_path: Path) -> None:
    copy = tmp_path / name
    copy.write_text(wrap((PLANS / name).read_text(encoding="utf-8")), encoding="utf-8")
    assert _facts(extract_file(copy, name)) == _facts(extract_file(PLANS / name, name))


def _facts(plan: Extraction) -> object:
    document = plan.document
    mentions = [(m.number, m.type, m.date, squeeze(m.issuer or ""), squeeze(m.title or "")) for m in plan.mentions]
    relations = [(r.subject, r.object, r.relation) for r in plan.relations]
    return document.title, document.number, document.date, document.signer, mentions, relations
