"""In running text the leaves of the sections on what is to be done are tasks."""

from __future__ import annotations

import pytest

from ingest.prose_tasks import find_prose_tasks, section_kind
from ingest.records import Origin, Task
from tests.texts import outline_of, source_of


def tasks_of(text: str) -> list[Task]:
    return list(find_prose_tasks(source_of(text), outline_of(text), None))


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        pytest.param(
            "II. NHIỆM VỤ\n1. Hạ tầng số\na) Phát triển viễn thông.\nb) Xây dựng nền tảng.\n2. Nhân lực\n"
            "- Đào tạo cán bộ.",
            [
                ("phan/ii/1/a", "a", "Phát triển viễn thông."),
                ("phan/ii/1/b", "b", "Xây dựng nền tảng."),
                ("phan/ii/2/gach-1", None, "Đào tạo cán bộ."),
            ],
            id="leaves",
        ),
        pytest.param(
            "II. GIẢI PHÁP\na) Phát triển viễn thông. b) Xây dựng nền tảng.",
            [("phan/ii/a", "a", "Phát triển viễn thông."), ("phan/ii/b", "b", "Xây dựng nền tảng.")],
            id="two-on-one-line",
        ),
        pytest.param(
            "III. ĐỊNH HƯỚNG\n1. Khoa học nông nghiệp\nNghiên cứu giống mới.\nỨng dụng công nghệ cao.",
            [
                ("phan/iii/1/doan-1", None, "Nghiên cứu giống mới."),
                ("phan/iii/1/doan-2", None, "Ứng dụng công nghệ cao."),
            ],
            id="paragraphs-under-a-heading",
        ),
        pytest.param(
            "III. NHIỆM VỤ\nTiếp tục bám sát các chương trình sau:\n1. Rà soát chính sách.\n2. Xây dựng kế hoạch.",
            [("phan/iii/1", "1", "Rà soát chính sách."), ("phan/iii/2", "2", "Xây dựng kế hoạch.")],
            id="a-paragraph-before-the-list-introduces-it",
        ),
        pytest.param(
            "II. NHIỆM VỤ\n1. Mục tiêu\n- Đạt 90% hồ sơ.\n2. Nhiệm vụ\n- Số hóa hồ sơ.",
            [("phan/ii/2/gach-1", None, "Số hóa hồ sơ.")],
            id="a-short-heading-names-its-own-kind",
        ),
        pytest.param("II. NHIỆM VỤ\n(Chi tiết tại phụ lục kèm theo)", [], id="a-pointer-to-an-annex"),
        pytest.param("I. MỤC ĐÍCH, YÊU CẦU\n1. Nâng cao nhận thức.", [], id="purpose"),
        pytest.param("II. MỤC TIÊU\n- Đạt 90% hồ sơ.", [], id="objectives"),
        pytest.param("III. KINH PHÍ THỰC HIỆN\n- Ngân sách nhà nước.", [], id="funding"),
        pytest.param("IV. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế: Chủ trì số hóa.", [], id="organization-gives-duties"),
        pytest.param("1. Phát triển hạ tầng số.", [], id="no-section"),
        pytest.param("", [], id="empty"),
    ],
)
def test_leaves_are_tasks(text: str, tasks: list[tuple[str, str | None, str]]) -> None:
    assert [(task.address, task.number, task.text) for task in tasks_of(text)] == tasks


def test_a_task_has_its_path_and_its_words() -> None:
    text = "II. NHIỆM VỤ\nA. Giai đoạn 2025-2030\n1. Hạ tầng số\nđ) Triển khai trợ lý ảo (AI) cho cán bộ."
    [task] = tasks_of(text)
    assert [(step.label, step.title) for step in task.section] == [
        ("II", "NHIỆM VỤ"),
        ("A", "Giai đoạn 2025-2030"),
        ("1", "Hạ tầng số"),
    ]
    assert (task.address, task.form, task.topics) == ("phan/ii/a/1/dd", "prose", ("tri-tue-nhan-tao", "tro-ly-ao"))
    assert task.evidence["text"].source.quote == "Triển khai trợ lý ảo (AI) cho cán bộ."
    assert task.source.quote == "đ) Triển khai trợ lý ảo (AI) cho cán bộ."


@pytest.mark.parametrize(
    ("words", "deadline"),
    [
        pytest.param("Đến hết năm 2026, hoàn thành số hóa hồ sơ.", ("by", "2026", "Đến hết năm 2026"), id="by-a-year"),
        pytest.param("Hằng năm, rà soát danh mục.", ("recurring", None, "Hằng năm"), id="yearly"),
        pytest.param("Thực hiện Chương trình giai đoạn 2021-2025.", ("none", None, None), id="a-period-in-a-title"),
    ],
)
def test_a_sentence_may_give_a_deadline(words: str, deadline: tuple[str, str | None, str | None]) -> None:
    [task] = tasks_of(f"II. NHIỆM VỤ\n1. {words}")
    assert (task.deadline.kind, task.deadline.end, task.deadline.raw) == deadline
    assert ("deadline" in task.evidence) == (deadline[0] != "none")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("II. NHIỆM VỤ VÀ GIẢI PHÁP\n1. Hạ tầng", "tasks", id="outermost"),
        pytest.param("V. TỔ CHỨC THỰC HIỆN\n1. Nhiệm vụ của Sở Y tế\n- Một", "organization", id="stays-organization"),
        pytest.param("Lời nói đầu", None, id="none"),
    ],
)
def test_section_kind(text: str, kind: str | None) -> None:
    *_, leaf = outline_of(text).walk()
    assert section_kind(leaf) == kind


@pytest.mark.parametrize(
    "below",
    [
        pytest.param(
            "- Cơ quan chủ trì: Sở Y tế.\n- Cơ quan phối hợp: Sở Nội vụ.\n- Thời gian: Tháng 11/2026.", id="lines"
        ),
        pytest.param("Chủ trì: Sở Y tế. Phối hợp: Sở Nội vụ. Hoàn thành: tháng 11/2026.", id="one-line-of-sentences"),
        pytest.param("- Chủ trì: Sở Y tế; phối hợp: Sở Nội vụ; thời gian: Tháng 11/2026", id="one-line-of-clauses"),
    ],
)
def test_lines_below_an_item_give_its_fields(below: str) -> None:
    [task] = tasks_of(f"II. NHIỆM VỤ\n1. Xây dựng kho dữ liệu.\n{below}")
    assert [body.name for body in task.lead] == ["Sở Y tế"]
    assert [body.name for body in task.coordinating] == ["Sở Nội vụ"]
    assert (task.deadline.kind, task.deadline.end) == ("by", "2026-11")
    assert task.evidence["lead"].source.quote.strip(" .;") == "Sở Y tế"


@pytest.mark.parametrize(
    ("words", "lead"),
    [
        pytest.param("Thanh tra Chính phủ hướng dẫn công tác thanh tra.", ["Thanh tra Chính phủ"], id="a-subject"),
        pytest.param("UBND các xã, phường tổ chức thu gom chất thải.", ["UBND các xã, phường"], id="a-collective"),
        pytest.param("Sở Y tế phối hợp với Sở Nội vụ đào tạo cán bộ.", [], id="who-only-takes-part"),
        pytest.param("Doanh nghiệp công nghệ số là lực lượng nòng cốt.", [], id="a-statement"),
        pytest.param("Phát triển Trường Đại học Vinh thành đại học.", [], id="an-object"),
    ],
)
def test_a_subject_without_a_role_is_assumed_to_lead(words: str, lead: list[str]) -> None:
    [task] = tasks_of(f"II. NHIỆM VỤ\n1. {words}")
    assert [body.name for body in task.lead] == lead
    assert [task.evidence["lead"].origin for _ in lead] == [Origin.ASSUMED for _ in lead]


def test_items_below_a_name_are_led_by_it() -> None:
    """ "b) Bộ Khoa học và Công nghệ:" asks for all that stands below, but not where a sentence has its own subject."""
    first, second, third = tasks_of(
        "II. NHIỆM VỤ\n1. Thể chế\nb) Bộ Khoa học và Công nghệ:\n- Xây dựng Luật Chuyển đổi số.\n"
        "- Chủ trì, phối hợp với Bộ Tài chính hoàn thiện cơ chế.\n- Bộ Công an ban hành Nghị định về dữ liệu."
    )
    names = [([body.name for body in task.lead], [body.name for body in task.coordinating]) for task in (first, second)]
    assert names == [(["Bộ Khoa học và Công nghệ"], []), (["Bộ Khoa học và Công nghệ"], ["Bộ Tài chính"])]
    assert (first.evidence["lead"].origin, second.evidence["coordinating"].origin) == (Origin.INHERITED, Origin.STATED)
    assert ([body.name for body in third.lead], third.evidence["lead"].origin) == (["Bộ Công an"], Origin.ASSUMED)
