"""Short names that a text declares for a document lead to it, behind the declaration and in that text only."""

from __future__ import annotations

import pytest

from graph.resolve import resolve_corpus
from tests.texts import plan_of, short

STRATEGY = (
    "Căn cứ Quyết định số 569/QĐ-TTg ngày 11/5/2022 của Thủ tướng Chính phủ ban hành Chiến lược phát triển khoa học, "
    "công nghệ và đổi mới sáng tạo đến năm 2030 (sau đây gọi tắt là Chiến lược);\n"
)
STRATEGY_IRI = "trung-uong/chien-luoc/2022/phat-trien-khoa-hoc-cong-nghe-va-doi-moi-sang-tao-den-nam-2030"
DECISION = "trung-uong/qd-ttg/2022/569"
BARE = (
    "Căn cứ Quyết định số 569/QĐ-TTg ngày 11/5/2022 của Thủ tướng Chính phủ ban hành Chiến lược "
    "(sau đây viết tắt là Chiến lược);\n"
)
SCHEME = (
    "Căn cứ Quyết định số 06/QĐ-TTg ngày 06/01/2022 của Thủ tướng Chính phủ phê duyệt Đề án phát triển ứng dụng dữ "
    "liệu về dân cư (sau đây gọi tắt là Đề án 06);\n"
)
SCHEME_IRI = "trung-uong/de-an/2022/phat-trien-ung-dung-du-lieu-ve-dan-cu"
RESOLUTION = "Căn cứ Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị (sau đây gọi là NQ 57);\n"
OWN = "Ban hành Kế hoạch thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 (sau đây gọi tắt là Kế hoạch).\n"
PLAN = "Căn cứ Kế hoạch số 40/KH-UBND ngày 02/3/2024 của UBND tỉnh (sau đây gọi tắt là Kế hoạch);\n"


def named(recitals: str, task: str) -> list[tuple[str, str | None]]:
    """What the words of one task name, and the documents that they lead to."""
    plan = plan_of("12/KH-UBND", "Nghệ An", "05 tháng 3 năm 2025", "Chuyển đổi số", f"{recitals}I. NHIỆM VỤ\n1. {task}")
    corpus = resolve_corpus([plan], {})
    found = [mention for mention in corpus.mentions if mention.source.quote in task and mention.region == "body"]
    return [(mention.source.quote, short(mention.target)) for mention in found]


@pytest.mark.parametrize(
    ("recitals", "task", "expected"),
    [
        pytest.param(STRATEGY, "Tuyên truyền Chiến lược.", [("Chiến lược", STRATEGY_IRI)], id="a-bare-type"),
        pytest.param(
            STRATEGY, "Tuyên truyền Chiến lược trên địa bàn.", [("Chiến lược", STRATEGY_IRI)], id="words-behind"
        ),
        pytest.param(BARE, "Thực hiện Chiến lược.", [("Chiến lược", DECISION)], id="the-number-that-puts-it-in-force"),
        pytest.param(SCHEME, "Triển khai Đề án 06 và mô hình.", [("Đề án 06", SCHEME_IRI)], id="type-and-serial"),
        pytest.param(RESOLUTION, "Quán triệt NQ 57;", [("NQ 57", "trung-uong/nq-tw/2024/57")], id="a-code"),
        pytest.param(
            PLAN, "Sơ kết Kế hoạch.", [("Kế hoạch", "nghe-an/kh-ubnd/2024/40")], id="another-plan-with-number"
        ),
        pytest.param(OWN, "Sơ kết Kế hoạch.", [], id="the-plan-itself"),
        pytest.param(STRATEGY, "Thực hiện Chiến lược này.", [], id="this-one"),
        pytest.param(STRATEGY, "Xây dựng Chiến lược phát triển đô thị.", [], id="a-longer-name"),
        pytest.param(STRATEGY, "Rà soát các Chiến lược.", [], id="one-of-many"),
        pytest.param(STRATEGY, "Rà soát chiến lược.", [], id="no-capital"),
    ],
)
def test_a_short_name_leads_to_its_document(recitals: str, task: str, expected: list[tuple[str, str]]) -> None:
    assert named(recitals, task) == expected


def test_a_declaration_does_not_reach_back() -> None:
    assert next(quote for quote, _ in named("", f"Thực hiện Chiến lược. {STRATEGY}")).startswith("Quyết định")


def test_a_short_name_states_what_the_full_name_would() -> None:
    plan = plan_of(
        "12/KH-UBND", "Nghệ An", "05 tháng 3 năm 2025", "Số", f"{STRATEGY}I. NHIỆM VỤ\n1. Thực hiện Chiến lược."
    )
    links = [link for link in resolve_corpus([plan], {}).links if link.stated_by]
    assert [(link.relation, short(link.to)) for link in links] == [("implements", STRATEGY_IRI)]


def test_what_the_document_approves_itself_is_no_link() -> None:
    recitals = "Xét Tờ trình số 85/TTr-SKHCN ngày 02/02/2025;\nĐiều 1. Phê duyệt Chương trình phát triển nhân lực số "
    plan = plan_of(
        "12/QĐ-UBND",
        "Nghệ An",
        "05 tháng 3 năm 2025",
        "Phê duyệt Chương trình",
        f"{recitals}(sau đây gọi tắt là Chương trình).\nI. NHIỆM VỤ\n1. Sơ kết Chương trình.",
    )
    assert [mention.number for mention in resolve_corpus([plan], {}).mentions] == ["85/TTr-SKHCN"]


def test_a_short_name_of_one_text_means_nothing_in_another() -> None:
    texts = (STRATEGY, "I. NHIỆM VỤ\n1. Tuyên truyền Chiến lược.")
    plans = [
        plan_of(f"{number}/KH-UBND", "Nghệ An", "05 tháng 3 năm 2025", "Chuyển đổi số", text, f"{number}.txt")
        for number, text in enumerate(texts, start=1)
    ]
    assert [mention.number for mention in resolve_corpus(plans, {}).mentions if mention.file == "2.txt"] == []
