"""Relations are read from the words between documents, and no relation is made up."""

from __future__ import annotations

import pytest

from ingest.mentions import find_mentions
from ingest.numbered_mentions import Found
from ingest.relations import SELF, find_relations

PLAN_26 = (
    "Tiếp tục triển khai thực hiện Kế hoạch số 26/KH-UBND ngày 04/02/2021 của UBND tỉnh thực hiện Quyết định số "
    "100/QĐ-TTg ngày 19/01/2019 của Thủ tướng Chính phủ phê duyệt Đề án triển khai hệ thống truy xuất nguồn gốc."
)
PLAN_102 = (
    "Thực hiện có hiệu quả Kế hoạch số 102/KH-UBND ngày 31/5/2022 của UBND tỉnh thực hiện Quyết định số 2205/QĐ-TTg "
    "ngày 24/12/2020 của Thủ tướng Chính phủ phê duyệt Chương trình phát triển tài sản trí tuệ đến năm 2030."
)
RESOLUTION_71 = (
    "Căn cứ Nghị quyết số 71/NQ-CP ngày 01/4/2025 của Chính phủ sửa đổi, bổ sung cập nhật Chương trình hành động của "
    "Chính phủ thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị;"
)
SCHEME = (
    "Triển khai có hiệu quả Đề án “Hỗ trợ hệ sinh thái khởi nghiệp đổi mới sáng tạo quốc gia đến năm 2025” "
    "theo Quyết "
    "định số 844/QĐ-TTg ngày 18/5/2016 của Thủ tướng Chính phủ."
)


def label(mentions: tuple[Found, ...], at: int) -> str:
    """A document as a test names it: its number, else its type."""
    return "self" if at == SELF else mentions[at].number or mentions[at].type or ""


def relations_of(text: str) -> list[tuple[str, str, str]]:
    mentions = find_mentions(text)
    found = find_relations(text, mentions)
    return [(label(mentions, s.subject), s.relation.value, label(mentions, s.object)) for s in found]


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        pytest.param(
            "Nghị định số 5/2024/NĐ-CP ngày 3/4/2024 của Chính phủ sửa đổi, bổ sung khoản 2 Điều 3 Nghị định "
            "số 4/2020/NĐ-CP",
            [("self", "cites", "5/2024/NĐ-CP"), ("5/2024/NĐ-CP", "amends", "4/2020/NĐ-CP")],
            id="a-part-is-amended",
        ),
        pytest.param(
            "Sửa đổi điểm a khoản 1 và khoản 2 Điều 4 của Quyết định số 9/2023/QĐ-UBND",
            [("self", "amends", "9/2023/QĐ-UBND")],
            id="parts-are-amended-by-the-text",
        ),
        pytest.param(
            "Bãi bỏ một phần khoản 2 Điều 1 của Thông tư số 8/2025/TT-BCT",
            [("self", "amends", "8/2025/TT-BCT")],
            id="a-part-repealed-is-an-amendment",
        ),
        pytest.param(
            "Căn cứ Luật Nhà ở số 23/2004/QH11 được sửa đổi, bổ sung bởi Luật số 48/2014/QH13, Luật số "
            "97/2015/QH13 và "
            "Luật số 35/2018/QH14;",
            [
                ("self", "legal_basis", "23/2004/QH11"),
                ("48/2014/QH13", "amends", "23/2004/QH11"),
                ("97/2015/QH13", "amends", "23/2004/QH11"),
                ("35/2018/QH14", "amends", "23/2004/QH11"),
            ],
            id="amended-by-several",
        ),
        pytest.param(
            "Bãi bỏ Quyết định số 9/2023/QĐ-UBND", [("self", "replaces", "9/2023/QĐ-UBND")], id="the-whole-is-repealed"
        ),
        pytest.param(
            "Quyết định này có hiệu lực từ ngày ký và thay thế các Quyết định: số 12/2004/QĐ-UB, số 13/2005/QĐ-UB",
            [("self", "replaces", "12/2004/QĐ-UB"), ("self", "replaces", "13/2005/QĐ-UB")],
            id="several-are-replaced",
        ),
        pytest.param(
            "Tuyên truyền đến cán bộ và triển khai kịp thời, có hiệu quả quan điểm chỉ đạo, mục tiêu trong "
            "Nghị quyết "
            "số 57-NQ/TW của Bộ Chính trị về đột phá phát triển (viết tắt là Nghị quyết số 57-NQ/TW), Nghị quyết số "
            "193/2025/QH15 ngày 19/02/2025 của Quốc hội.",
            [
                ("self", "implements", "57-NQ/TW"),
                ("self", "implements", "57-NQ/TW"),
                ("self", "implements", "193/2025/QH15"),
            ],
            id="a-later-verb-with-several-adverbs",
        ),
        pytest.param(
            "Căn cứ Quyết định số 12/QĐ-UBND ngày 05/3/2025 của UBND tỉnh ban hành Kế hoạch thực hiện Chương trình "
            "hành động của Chính phủ thực hiện Nghị quyết số 57-NQ/TW;",
            [
                ("self", "legal_basis", "12/QĐ-UBND"),
                ("12/QĐ-UBND", "implements", "Chương trình hành động"),
                ("Chương trình hành động", "implements", "57-NQ/TW"),
            ],
            id="a-plan-that-another-decision-issues",
        ),
        pytest.param(
            "UBND tỉnh ban hành Kế hoạch thực hiện Nghị quyết số 57-NQ/TW.",
            [("self", "implements", "57-NQ/TW")],
            id="the-plan-that-speaks",
        ),
        pytest.param(
            "Căn cứ Quyết định số 5/QĐ-UBND của UBND tỉnh ban hành Kế hoạch hành động thực hiện Chiến lược "
            "phát triển "
            "công nghệ cao theo Quyết định số 569/QĐ-TTg;",
            [
                ("self", "legal_basis", "5/QĐ-UBND"),
                ("5/QĐ-UBND", "implements", "Chiến lược"),
                ("569/QĐ-TTg", "approves", "Chiến lược"),
            ],
            id="a-plan-for-a-strategy-of-another",
        ),
        pytest.param(
            "Căn cứ Quyết định số 5/QĐ-UBND phê duyệt Đề án phát triển đô thị theo Quyết định số 950/QĐ-TTg;",
            [
                ("self", "legal_basis", "5/QĐ-UBND"),
                ("5/QĐ-UBND", "approves", "Đề án"),
                ("Đề án", "cites", "950/QĐ-TTg"),
            ],
            id="what-is-approved-already-is-not-approved-twice",
        ),
        pytest.param(
            "Căn cứ Kế hoạch số 8/KH-UBND của UBND tỉnh về chuyển đổi số nhằm thực hiện Nghị quyết số 52-NQ/TW",
            [("self", "legal_basis", "8/KH-UBND"), ("8/KH-UBND", "implements", "52-NQ/TW")],
            id="inside-a-title",
        ),
        pytest.param(
            "Căn cứ Kế hoạch số 8/KH-UBND của UBND tỉnh về sơ kết 5 năm thực hiện Nghị quyết số 52-NQ/TW",
            [("self", "legal_basis", "8/KH-UBND"), ("self", "cites", "52-NQ/TW")],
            id="a-review-carries-out-nothing",
        ),
        pytest.param(
            "Tổ chức triển khai chương trình, kế hoạch về phát triển thị trường như: Kế hoạch số 129/KH-UBND ngày "
            "1/2/2024; Kế hoạch số 101/KH-UBND ngày 3/2/2024.",
            [("self", "implements", "129/KH-UBND"), ("self", "implements", "101/KH-UBND")],
            id="plans-such-as",
        ),
        pytest.param(
            "Căn cứ Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị;",
            [("self", "legal_basis", "57-NQ/TW")],
            id="basis",
        ),
        pytest.param(
            "Căn cứ Luật Ngân sách nhà nước ngày 25/6/2015; Luật Đầu tư công ngày 29/11/2024;",
            [("self", "legal_basis", "Luật"), ("self", "legal_basis", "Luật")],
            id="two-bases-in-one-paragraph",
        ),
        pytest.param(
            RESOLUTION_71,
            [
                ("self", "legal_basis", "71/NQ-CP"),
                ("71/NQ-CP", "amends", "Chương trình hành động"),
                ("Chương trình hành động", "implements", "57-NQ/TW"),
            ],
            id="chain-of-the-action-programme",
        ),
        pytest.param(
            "Thực hiện Nghị quyết số 01/NQ-CP ngày 05/01/2024 của Chính phủ; Nghị quyết số 412/NQ-HĐND ngày "
            "07/12/2023 "
            "của HĐND tỉnh; Quyết định số 2689/QĐ-UBND ngày 12/12/2023",
            [("self", "implements", n) for n in ("01/NQ-CP", "412/NQ-HĐND", "2689/QĐ-UBND")],
            id="a-list-goes-on",
        ),
        pytest.param(
            PLAN_26,
            [
                ("self", "implements", "26/KH-UBND"),
                ("26/KH-UBND", "implements", "100/QĐ-TTg"),
                ("100/QĐ-TTg", "approves", "Đề án"),
            ],
            id="the-approval-belongs-to-the-decision-not-to-the-plan",
        ),
        pytest.param(
            PLAN_102,
            [
                ("self", "implements", "102/KH-UBND"),
                ("102/KH-UBND", "implements", "2205/QĐ-TTg"),
                ("2205/QĐ-TTg", "approves", "Chương trình"),
            ],
            id="what-only-follows-by-joining-is-not-stated",
        ),
        pytest.param(
            "Căn cứ Nghị định số 08/2022/NĐ-CP ngày 10/01/2022 của Chính phủ quy định chi tiết một số điều của Luật "
            "Bảo vệ môi trường được sửa đổi, bổ sung bởi Nghị định số 05/2025/NĐ-CP ngày 06/01/2025;",
            [
                ("self", "legal_basis", "08/2022/NĐ-CP"),
                ("08/2022/NĐ-CP", "guides", "Luật"),
                ("05/2025/NĐ-CP", "amends", "08/2022/NĐ-CP"),
            ],
            id="amended-by-a-later-decree",
        ),
        pytest.param(
            "Thực hiện Nghị quyết số 139/NQ-CP ngày 17/5/2025 của Chính phủ ban hành Kế hoạch của Chính phủ "
            "triển khai "
            "Nghị quyết số 198/2025/QH15 và Chương trình hành động số 03-CTr/TU ngày 15/8/2025 của Tỉnh ủy.",
            [
                ("self", "implements", "139/NQ-CP"),
                ("Kế hoạch", "promulgated_with", "139/NQ-CP"),
                ("Kế hoạch", "implements", "198/2025/QH15"),
                ("self", "implements", "03-CTr/TU"),
            ],
            id="the-centre-carries-out-nothing-of-a-province",
        ),
        pytest.param(
            "Ban hành kèm theo Nghị quyết này Chương trình hành động của Chính phủ thực hiện Nghị quyết số 68-NQ/TW.",
            [("self", "implements", "68-NQ/TW")],
            id="a-programme-of-its-own-issuer",
        ),
        pytest.param(
            "Căn cứ Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ phê duyệt “Chương trình "
            "Chuyển đổi "
            "số quốc gia đến năm 2025”;",
            [("self", "legal_basis", "749/QĐ-TTg"), ("749/QĐ-TTg", "approves", "Chương trình")],
            id="a-quote-opens-before-the-type",
        ),
        pytest.param(
            SCHEME,
            [
                ("self", "implements", "Đề án"),
                ("844/QĐ-TTg", "approves", "Đề án"),
                ("self", "implements", "844/QĐ-TTg"),
            ],
            id="a-scheme-under-a-decision",
        ),
        pytest.param(
            "Tiếp tục triển khai thực hiện Quyết định số 361/QĐ- UBND ngày 08/6/2021 của UBND tỉnh",
            [("self", "implements", "361/QĐ-UBND")],
            id="task-carries-out-a-decision",
        ),
        pytest.param(
            "Nghị định số 88/2025/NĐ-CP ngày 13/4/2025 của Chính phủ quy định chi tiết và hướng dẫn một số điều "
            "của Nghị "
            "quyết số 193/2025/QH15 của Quốc hội",
            [("self", "cites", "88/2025/NĐ-CP"), ("88/2025/NĐ-CP", "guides", "193/2025/QH15")],
            id="decree-guides-resolution",
        ),
        pytest.param(
            "Quyết định số 5/2024/QĐ-UBND sửa đổi, bổ sung một số điều của Quyết định số 12/2020/QĐ-UBND",
            [("self", "cites", "5/2024/QĐ-UBND"), ("5/2024/QĐ-UBND", "amends", "12/2020/QĐ-UBND")],
            id="decision-amends-decision",
        ),
        pytest.param(
            "Theo dõi, đôn đốc, kiểm tra việc thực hiện Quyết định số 569/QĐ-TTg ngày 11/5/2022",
            [("self", "cites", "569/QĐ-TTg")],
            id="watching-over-it-is-not-carrying-it-out",
        ),
        pytest.param(
            "phát triển thị trường khoa học và công nghệ theo Quyết định số 2209/QĐ-UBND ngày 22/9/2021",
            [("self", "cites", "2209/QĐ-UBND")],
            id="in-keeping-with",
        ),
        pytest.param(
            "Theo đề nghị của Giám đốc Sở Khoa học và Công nghệ tại Tờ trình số 20/TTr-SKHCN ngày 14/8/2025.",
            [("self", "cites", "20/TTr-SKHCN")],
            id="a-submission-is-no-basis",
        ),
        pytest.param(
            "Tuyên truyền nội dung Nghị quyết số 57-NQ/TW, Kế hoạch số 102/KH-UBND",
            [("self", "cites", "57-NQ/TW"), ("self", "cites", "102/KH-UBND")],
            id="spreading-the-word",
        ),
        pytest.param("Kế hoạch này có hiệu lực từ ngày ký", [], id="nothing-named"),
    ],
)
def test_relations(text: str, relations: list[tuple[str, str, str]]) -> None:
    assert relations_of(text) == relations


@pytest.mark.parametrize(
    ("text", "invented"),
    [
        pytest.param(PLAN_26, ("26/KH-UBND", "implements", "Đề án"), id="through-the-decision-only"),
        pytest.param(PLAN_26, ("26/KH-UBND", "approves", "Đề án"), id="the-plan-approves-nothing"),
        pytest.param(PLAN_102, ("102/KH-UBND", "approves", "Chương trình"), id="nor-does-this-plan"),
        pytest.param(PLAN_102, ("self", "implements", "2205/QĐ-TTg"), id="the-task-names-the-plan-only"),
        pytest.param(RESOLUTION_71, ("71/NQ-CP", "implements", "57-NQ/TW"), id="the-programme-implements-it"),
        pytest.param(RESOLUTION_71, ("self", "legal_basis", "57-NQ/TW"), id="a-basis-of-a-basis"),
    ],
)
def test_what_must_not_appear(text: str, invented: tuple[str, str, str]) -> None:
    assert invented not in relations_of(text)


def test_a_relation_stands_where_it_is_stated() -> None:
    mentions = find_mentions(PLAN_102)
    spans = [PLAN_102[found.start : found.end] for found in find_relations(PLAN_102, mentions)]
    assert [span.split(" ngày ")[0] for span in spans] == [
        "Thực hiện có hiệu quả Kế hoạch số 102/KH-UBND",
        "Kế hoạch số 102/KH-UBND",
        "Quyết định số 2205/QĐ-TTg",
    ]
