"""One plan from its text to its records, and what happens to files that are no plans."""

from __future__ import annotations

import dataclasses
import time
from pathlib import Path

import pytest

from ingest.extract import extract_file
from ingest.records import Region, Relation
from ingest.source import Unreadable
from tests.small_kb import plan_text
from tests.texts import find_sources, plan_of, read

NGHE_AN = """ỦY BAN NHÂN DÂN
TỈNH NGHỆ AN
Số: 123/KH-UBND
Nghệ An, ngày 05 tháng 3 năm 2025

KẾ HOẠCH
Phát triển kinh tế số tỉnh Nghệ An năm 2025

Thực hiện Quyết định số 749/QĐ-TTg ngày 03/6/2020, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:
I. MỤC TIÊU
- Phấn đấu đến năm 2030, tỷ lệ hộ gia đình có cáp quang đạt trên 90%.
II. NHIỆM VỤ
1. Hạ tầng số
- Phát triển viễn thông.
- Thực hiện Kế hoạch số 15/KH-UBND ngày 02/01/2024 của UBND tỉnh.
III. TỔ CHỨC THỰC HIỆN
1. Sở Tài chính: Tham mưu bố trí kinh phí.
Nơi nhận:
- Bộ Khoa học và Công nghệ;
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Bùi Thanh An
PHỤ LỤC
DANH MỤC NHIỆM VỤ
(Kèm theo Kế hoạch số 123/KH-UBND ngày 05 tháng 3 năm 2025 của UBND tỉnh Nghệ An)
TT | Nội dung nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành |
1. | Xây dựng kho dữ liệu dùng chung | Sở Khoa học và Công nghệ | Các sở, ban, ngành | Quý IV/2025 |
2. | Tiếp tục triển khai thực hiện Quyết định số 06/QĐ-TTg ngày 06/01/2022 | Sở Tư pháp | UBND cấp xã | 2026 |
"""
HEAD = "TT | Nội dung nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành |\n"
NO_PLAN = "no heading, task or document reference found: this is no plan"


def test_a_whole_plan() -> None:
    got = read(NGHE_AN)
    assert [task.address for task in got.tasks] == [
        "phan/ii/1/gach-1",
        "phan/ii/1/gach-2",
        "phu-luc/0/muc/1",
        "phu-luc/0/muc/2",
    ]
    assert [duty.address for duty in got.duties] == ["phan/iii/1/cau-1/so-tai-chinh"]
    assert [target.address for target in got.targets] == ["phan/i/gach-1/chi-tieu-1"]
    assert [(part.address, part.kind) for part in got.parts if part.kind != "section"] == [
        ("header", "header"),
        ("title", "title"),
        ("recitals", "recitals"),
        ("body", "body"),
        ("recipients", "recipients"),
        ("signature", "signature"),
        ("phu-luc/0", "annex"),
    ]
    assert got.warnings == ()


def test_mentions_know_their_region_and_their_task() -> None:
    assert [(m.number, m.region, m.task, m.itself) for m in read(NGHE_AN).mentions] == [
        ("749/QĐ-TTg", Region.RECITAL, None, False),
        ("15/KH-UBND", Region.BODY, "phan/ii/1/gach-2", False),
        ("123/KH-UBND", Region.ANNEX, None, True),
        ("06/QĐ-TTg", Region.TABLE, "phu-luc/0/muc/2", False),
    ]


def test_only_what_a_task_says_is_stated_by_it() -> None:
    got = read(NGHE_AN)
    relations = [(r.subject, got.mentions[r.object].number, r.relation, r.task) for r in got.relations]
    assert relations == [
        (-1, "749/QĐ-TTg", Relation.IMPLEMENTS, None),
        (-1, "15/KH-UBND", Relation.IMPLEMENTS, "phan/ii/1/gach-2"),
        (-1, "06/QĐ-TTg", Relation.IMPLEMENTS, "phu-luc/0/muc/2"),
    ]


def test_every_quote_is_what_stands_there() -> None:
    got = read(NGHE_AN)
    quotes = [source for field in dataclasses.fields(got) for source in find_sources(getattr(got, field.name))]
    assert len(quotes) > 50
    assert [source for source in quotes if NGHE_AN[source.start : source.end] != source.quote] == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param(
            "Trời hôm nay đẹp, chúng ta cùng đi chơi công viên ở Hồ Tây.",
            NO_PLAN,
            id="a-story",
        ),
        pytest.param(HEAD, NO_PLAN, id="only-a-head"),
        pytest.param(
            HEAD + "1. | A | B | C | D | E | F | G |\n",
            "the table at line 1 cannot be read: line 2: a row of 8 cells under a head of 5 was left out",
            id="no-row-fits-the-head",
        ),
        pytest.param(
            HEAD + "I | Chính quyền số |\nII | Kinh tế số |\n",
            NO_PLAN,
            id="only-groups",
        ),
        pytest.param("đ|" * 2000, NO_PLAN, id="pipes"),
    ],
)
def test_what_is_no_plan_says_why(text: str, reason: str) -> None:
    with pytest.raises(Unreadable) as error:
        read(text)
    assert error.value.reason == reason


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        pytest.param("II. NHIỆM VỤ\na) Một việc.\na) Hai việc.\nb) Ba việc.\n", 3, id="a-letter-twice"),
        pytest.param("I. NHIỆM VỤ\n" * 50 + "1. Phát triển hạ tầng số.\n", 1, id="one-heading-fifty-times"),
        pytest.param("II. NHIỆM VỤ\n1. " + "Phát triển hạ tầng số; " * 2000, 1, id="one-very-long-line"),
        pytest.param("II. NHIỆM VỤ\n1. " + "(" * 2000 + "Phát triển hạ tầng số", 1, id="brackets-never-closed"),
        pytest.param("II. NHIỆM VỤ\n" + "".join(f"{i}. Việc\n" for i in range(1, 500)), 499, id="five-hundred-items"),
        pytest.param("I. NHIỆM VỤ\r\n1. Phát triển hạ tầng số.".replace("\r\n", "\n"), 1, id="no-line-end-at-the-end"),
        pytest.param(HEAD + "\nII. NHIỆM VỤ\n1. Phát triển hạ tầng số.\n", 1, id="a-head-without-rows"),
    ],
)
def test_strange_plans_are_read(text: str, tasks: int) -> None:
    got = read(text)
    assert len({task.address for task in got.tasks}) == len(got.tasks) == tasks


PADDING = "Đẩy mạnh đổi mới sáng tạo và chuyển đổi số. " * 700  # so that it passes for Vietnamese


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("Căn cứ Quyết định số ", id="bases-without-numbers"),
        pytest.param("Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị thực hiện ", id="a-chain-without-end"),
        pytest.param("1. | ", id="cells"),
        pytest.param("- đã\n", id="dashes"),
        pytest.param("Sở Y tế và ", id="bodies"),
        pytest.param("Sở Y tế (sau đây gọi tắt là Sở) ", id="short-names"),
        pytest.param("thực hiện Nghị quyết 57, ", id="numbers-cut-short"),
        pytest.param("Chiến lược phát triển số 5/QĐ-TTg (gọi tắt là Chiến lược) ", id="short-titles"),
        pytest.param("1.1.1.1.", id="numbers"),
        pytest.param("trước ngày 10 tháng ", id="deadlines"),
        pytest.param("“(", id="brackets"),
        pytest.param("1 | Tỷ lệ hồ sơ | % | 5 |\n", id="indicators"),
    ],
)
def test_time_grows_with_the_length_alone(piece: str, tmp_path: Path) -> None:
    took = []
    for size in (25_000, 200_000):
        text = plan_text(1) + PADDING + "\nIV. NHIỆM VỤ\n" + piece * (size // len(piece.encode()))
        (tmp_path / "plan.txt").write_text(text, encoding="utf-8")
        began = time.process_time()
        extract_file(tmp_path / "plan.txt", "plan.txt")
        took.append(time.process_time() - began)
    assert took[1] < 20 * took[0] + 1  # eight times the text


def test_a_row_that_does_not_fit_is_a_warning() -> None:
    got = read(HEAD + "1. | A | Sở Y tế | Sở Y tế | 2026 | B | C |\n2. | Số hóa hồ sơ | Sở Y tế | Sở Nội vụ | 2026 |\n")
    assert got.warnings == ("line 2: a row of 7 cells under a head of 5 was left out",)


def test_the_bytes_of_a_file_decide(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(NGHE_AN.replace("\n", "\r\n").encode("utf-8-sig"))
    got, expected = extract_file(path, "a.txt"), read(NGHE_AN)
    assert (got.tasks, got.duties, got.targets, got.mentions) == (
        expected.tasks,
        expected.duties,
        expected.targets,
        expected.mentions,
    )


def test_a_small_plan_of_the_tests_is_whole() -> None:
    got = plan_of("1/KH-UBND", "Nghệ An", "05 tháng 3 năm 2025", "Chuyển đổi số", "Căn cứ Nghị định số 13/2023/NĐ-CP;")
    assert (got.document.number, [m.number for m in got.mentions], len(got.tasks)) == (
        "1/KH-UBND",
        ["13/2023/NĐ-CP"],
        1,
    )


COMMUNE = """ỦY BAN NHÂN DÂN
XÃ QUẢNG HÒA
Số: 35/KH-UBND
Quảng Hòa, ngày 18 tháng 9 năm 2025

KẾ HOẠCH
Triển khai phong trào “Bình dân học vụ số” năm 2026

II. NHIỆM VỤ
1. Công an xã chủ trì, phối hợp với UBND các xã lân cận cấp định danh.
2. Sửa đổi Quyết định số 12/2022/QĐ-UBND ngày 01/3/2022.
III. TỔ CHỨC THỰC HIỆN
1. Phòng Kinh tế: Hằng quý báo cáo UBND xã.
"""


def test_a_commune_names_its_own_bodies_short() -> None:
    got = read(COMMUNE)
    assert [(b.name, b.type, b.collective) for b in got.tasks[0].lead] == [
        ("Công an xã Quảng Hòa", "cong-an-cap-xa", False)
    ]
    assert [(b.name, b.collective) for b in got.tasks[0].coordinating] == [("UBND các xã", True)]
    assert [(b.name, b.type) for b in got.duties[0].report_to] == [("UBND xã Quảng Hòa", "ubnd-cap-xa")]


def test_what_a_task_is_to_amend_is_not_yet_amended() -> None:
    got = read(COMMUNE)
    assert [(stated.relation, stated.task) for stated in got.relations] == [(Relation.CITES, got.tasks[1].address)]


def test_a_list_under_a_heading_of_bases_is_the_basis() -> None:
    plan = read(
        "KẾ HOẠCH\nPhát triển dữ liệu năm 2026\nI. CĂN CỨ PHÁP LÝ\n"
        "- Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị;\n"
        "- Quyết định số 12/QĐ-TTg ngày 05/3/2025 của Thủ tướng Chính phủ.\nII. NHIỆM VỤ\n"
        "- Kho dữ liệu nêu ở Quyết định số 9/QĐ-TTg ngày 05/3/2024.\n"
    )
    assert [stated.relation for stated in plan.relations] == [
        Relation.LEGAL_BASIS,
        Relation.LEGAL_BASIS,
        Relation.CITES,
    ]
