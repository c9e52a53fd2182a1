"""Paragraphs that no task, duty or target was read from are kept as they stand."""

from __future__ import annotations

from ingest.extract import extract
from ingest.records import Extraction
from tests.texts import source_of

TEXT = """\
ỦY BAN NHÂN DÂN
TỈNH HƯNG YÊN
Số: 15/KH-UBND
Hưng Yên, ngày 3 tháng 2 năm 2026
KẾ HOẠCH
Phát triển kinh tế số
I. QUAN ĐIỂM
Kinh tế số là động lực mới của tăng trưởng; doanh nghiệp là trung tâm của chuyển đổi số.
II. MỤC TIÊU
1. Mục tiêu chung
Phát triển kinh tế số nhanh và bền vững trên địa bàn tỉnh.
2. Mục tiêu cụ thể
- Kinh tế số chiếm 20% GRDP vào năm 2030.
- Hình thành hệ sinh thái khởi nghiệp sáng tạo.
III. NHIỆM VỤ
1. Xây dựng sàn thương mại điện tử của tỉnh.
(Chi tiết tại Phụ lục kèm theo)
IV. KINH PHÍ
Nguồn ngân sách nhà nước và các nguồn hợp pháp khác.
V. TỔ CHỨC THỰC HIỆN
1. Sở Công Thương: Chủ trì triển khai Kế hoạch này.
"""


def paragraphs(extraction: Extraction) -> dict[str, str]:
    return {part.address: part.title for part in extraction.parts if part.kind == "paragraph"}


def test_what_nothing_was_read_from() -> None:
    extraction = extract(source_of(TEXT))
    assert paragraphs(extraction) == {
        "phan/i/doan-1": "Kinh tế số là động lực mới của tăng trưởng; doanh nghiệp là trung tâm của chuyển đổi số.",
        "phan/ii/1/doan-1": "Phát triển kinh tế số nhanh và bền vững trên địa bàn tỉnh.",
        "phan/ii/2/gach-2": "Hình thành hệ sinh thái khởi nghiệp sáng tạo.",
        "phan/iv/doan-1": "Nguồn ngân sách nhà nước và các nguồn hợp pháp khác.",
    }


def test_a_paragraph_is_quoted_and_has_its_headings() -> None:
    extraction = extract(source_of(TEXT))
    (part,) = (part for part in extraction.parts if part.address == "phan/ii/2/gach-2")
    assert part.source.quote == part.title
    assert [heading.title for heading in part.path] == ["MỤC TIÊU", "Mục tiêu cụ thể"]
