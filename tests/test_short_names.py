"""Short names that a text declares hold behind their declaration, in that text, and for nothing else."""

from __future__ import annotations

import pytest

from graph.resolve import resolve_corpus
from ingest.records import Duty
from ingest.roles import names_from
from tests.texts import read, source_of

DECLARED = "Giao Sở Khoa học và Công nghệ (sau đây viết tắt là Sở) theo dõi. "
SCIENCE = "Sở Khoa học và Công nghệ"


def names(text: str, words: str) -> list[tuple[str, str]]:
    """The bodies that `words` name where they stand last in a text."""
    source = source_of(text)
    return [(body.name, body.as_written) for body in names_from(source, text.rindex(words), len(text))[0]]


@pytest.mark.parametrize(
    ("text", "words", "bodies"),
    [
        pytest.param(f"{DECLARED}Giao Sở chủ trì.", "Sở chủ", [(SCIENCE, "Sở")], id="bare-type"),
        pytest.param(f"{DECLARED}báo cáo về Sở.", "Sở.", [(SCIENCE, "Sở")], id="at-the-end"),
        pytest.param(
            f"{DECLARED}phối hợp với Sở, Sở Tài chính và Sở\nxây dựng",
            "Sở, Sở",
            [(SCIENCE, "Sở"), ("Sở Tài chính", "Sở Tài chính"), (SCIENCE, "Sở")],
            id="in-a-list",
        ),
        pytest.param(f"{DECLARED}Sở Xây dựng lập", "Sở X", [("Sở Xây dựng", "Sở Xây dựng")], id="a-verb-in-a-name"),
        pytest.param(f"{DECLARED}Giám đốc Sở chủ trì", "Giám", [(SCIENCE, "Giám đốc Sở")], id="its-director"),
        pytest.param(f"{DECLARED}Sở Y tế chủ trì", "Sở Y", [("Sở Y tế", "Sở Y tế")], id="another-department"),
        pytest.param(
            f"{DECLARED}các Sở, ngành chủ trì", "các", [("Các sở, ngành", "các Sở, ngành")], id="departments-in-general"
        ),
        pytest.param(f"{DECLARED}Sở, ngành chủ trì", "Sở, n", [("Các sở, ngành", "Sở, ngành")], id="a-collective"),
        pytest.param(f"{DECLARED}các Sở thực hiện", "Sở th", [], id="one-of-many"),
        pytest.param(f"{DECLARED}Sở hữu trí tuệ", "Sở hữu", [], id="a-word-that-begins-alike"),
        pytest.param(f"{DECLARED}sở chủ trì", "sở chủ", [], id="no-capital"),
        pytest.param(f"Giao Sở chủ trì. {DECLARED}", "Sở chủ", [], id="a-declaration-does-not-reach-back"),
        pytest.param("Giao Sở chủ trì.", "Sở chủ", [], id="nothing-declared"),
        pytest.param(
            "Sở Khoa học và Công nghệ tỉnh Nghệ An (sau đây gọi tắt là Sở KH&CN); Sở KH&CN chủ trì",
            "Sở KH&CN ch",
            [(SCIENCE, "Sở KH&CN")],
            id="a-short-name-that-is-known-anyway",
        ),
        pytest.param(
            "Thành lập Ban Chỉ đạo của tỉnh về phát triển khoa học, công nghệ (viết tắt là Ban Chỉ đạo). "
            "Ban Chỉ đạo tổ chức họp",
            "Ban Chỉ",
            [("Ban Chỉ đạo của tỉnh về phát triển khoa học, công nghệ", "Ban Chỉ đạo")],
            id="a-body-that-no-list-knows",
        ),
        pytest.param(
            "Tổ công tác triển khai Đề án 06 của tỉnh (gọi tắt là Tổ công tác) họp. Tổ công tác báo cáo",
            "Tổ công tác b",
            [("Tổ công tác triển khai Đề án 06 của tỉnh", "Tổ công tác")],
            id="a-working-group",
        ),
        pytest.param(
            "Trung tâm Đổi mới sáng tạo Quốc gia, sau đây gọi là Trung tâm, chủ trì. Trung tâm xây dựng",
            "Trung tâm x",
            [("Trung tâm Đổi mới sáng tạo Quốc gia", "Trung tâm")],
            id="between-commas",
        ),
        pytest.param(
            "Trung tâm Chuyển đổi số (sau đây gọi tắt là “Trung tâm”). Nâng cấp Trung tâm dữ liệu",
            "Trung tâm d",
            [],
            id="a-thing-of-that-name",
        ),
        pytest.param(
            "Sở Khoa học và Công nghệ (gọi tắt là Sở). Sở Nội vụ (gọi tắt là Sở). Giao Sở chủ trì",
            "Sở chủ",
            [("Sở Nội vụ", "Sở")],
            id="declared-anew",
        ),
        pytest.param(
            "Chiến lược phát triển công nghệ (sau đây gọi tắt là Chiến lược); Chiến lược chủ trì",
            "Chiến lược chủ",
            [],
            id="a-document-is-no-body",
        ),
        pytest.param(
            "Tổ giúp việc của UBND tỉnh (gọi tắt là Tổ giúp việc) họp. Tổ giúp việc báo cáo",
            "Tổ giúp việc b",
            [("Tổ giúp việc của UBND tỉnh", "Tổ giúp việc")],
            id="a-known-name-inside-an-unknown-one",
        ),
        pytest.param(
            "Ban Chỉ đạo chuyển đổi số của Tỉnh ủy (viết tắt là BCĐ) họp. BCĐ chỉ đạo",
            "BCĐ ch",
            [("Ban Chỉ đạo chuyển đổi số của Tỉnh ủy", "BCĐ")],
            id="letters",
        ),
        pytest.param(
            "Trung tâm Kiểm soát bệnh tật thuộc Sở Y tế (gọi tắt là Trung tâm). Trung tâm chủ trì",
            "Trung tâm ch",
            [("Trung tâm Kiểm soát bệnh tật tỉnh", "Trung tâm")],
            id="a-unit-with-its-parent",
        ),
        pytest.param(
            "Sở Khoa học và Công nghệ (sau đây gọi là Cơ quan thường trực). Cơ quan thường trực tổng hợp",
            "Cơ quan thường trực tổng",
            [(SCIENCE, "Cơ quan thường trực")],
            id="by-its-part-in-the-work",
        ),
        pytest.param(
            "Sở Y tế, Công an tỉnh (sau đây gọi chung là Cơ quan phối hợp). Cơ quan phối hợp báo cáo",
            "Cơ quan phối hợp b",
            [],
            id="of-two-bodies",
        ),
        pytest.param(
            "Các sở, ban, ngành (sau đây gọi chung là Cơ quan). Cơ quan chủ trì", "Cơ quan chủ", [], id="of-many-bodies"
        ),
    ],
)
def test_a_short_name_means_the_body_that_it_was_declared_for(
    text: str, words: str, bodies: list[tuple[str, str]]
) -> None:
    assert names(text, words) == bodies


PLAN = """ỦY BAN NHÂN DÂN
TỈNH BẮC NINH
Số: 15/KH-UBND
Bắc Ninh, ngày 05 tháng 8 năm 2025
KẾ HOẠCH
Chuyển đổi số của tỉnh năm 2026
III. TỔ CHỨC THỰC HIỆN
1. Giao Sở Khoa học và Công nghệ (sau đây viết tắt là Sở) chủ trì, phối hợp với Sở Tài chính theo dõi.
2. Sở Tài chính phối hợp với Sở bố trí kinh phí.
3. UBND cấp xã báo cáo kết quả về Sở trước ngày 10 tháng 12 hằng năm.
4. Sở tổng hợp, báo cáo UBND tỉnh.
PHỤ LỤC
TT | Nhiệm vụ | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian |
1 | Nâng cấp cổng dữ liệu | Sở | Sở Tài chính; Sở Y tế | 2026 |
2 | Kết nối dữ liệu | Sở Y tế | **Sở** | 2026 |
"""


def _duties(text: str) -> list[Duty]:
    return list(read(text).duties)


def test_every_role_of_a_duty_reads_short_names() -> None:
    got = [
        tuple([body.name for body in bodies] for bodies in (duty.lead, duty.coordinating, duty.report_to))
        for duty in _duties(PLAN)
    ]
    assert got == [
        ([SCIENCE], ["Sở Tài chính"], []),
        (["Sở Tài chính"], [SCIENCE], []),
        (["UBND cấp xã"], [], [SCIENCE]),
        ([SCIENCE], [], ["UBND tỉnh"]),
    ]


def test_tables_read_short_names_with_the_words_of_the_cell() -> None:
    tasks = read(PLAN).tasks
    assert [[(b.name, b.as_written) for b in (*task.lead, *task.coordinating)] for task in tasks] == [
        [(SCIENCE, "Sở"), ("Sở Tài chính", "Sở Tài chính"), ("Sở Y tế", "Sở Y tế")],
        [("Sở Y tế", "Sở Y tế"), (SCIENCE, "Sở")],
    ]


def test_a_short_name_is_no_spelling_of_its_body_elsewhere() -> None:
    [agency] = [each for each in resolve_corpus([read(PLAN)], {}).agencies if each.name == SCIENCE]
    assert agency.as_written == (SCIENCE,)
