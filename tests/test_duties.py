"""Duties: what a plan's own text asks of named bodies, one record a clause and body."""

from __future__ import annotations

import pytest

from ingest.duties import find_duties
from ingest.records import Duty, Origin
from ingest.roles import find_roles
from tests.texts import outline_of, source_of

HEAD = "V. TỔ CHỨC THỰC HIỆN\n"


def duties_of(text: str, head: str = HEAD) -> list[Duty]:
    return list(find_duties(source_of(head + text), outline_of(head + text), set()))


@pytest.mark.parametrize(
    ("text", "duties"),
    [
        pytest.param(
            "1. Sở Tài chính\nChủ trì, phối hợp với Sở Kế hoạch và Đầu tư, Sở Khoa học và Công nghệ cân đối ngân sách.",
            [("Sở Tài chính", "lead", ["Sở Kế hoạch và Đầu tư", "Sở Khoa học và Công nghệ"])],
            id="a-body-as-heading-leads",
        ),
        pytest.param(
            "6. Sở Nội vụ: Tham mưu, xây dựng trình cấp có thẩm quyền ban hành các cơ chế, chính sách.",
            [("Sở Nội vụ", "execute", [])],
            id="a-body-before-a-colon",
        ),
        pytest.param(
            "7. Sở Thông tin và Truyền thông\n- Phối hợp với Ban Tuyên giáo Tỉnh ủy định hướng tuyên truyền, "
            "phối hợp với "
            "Ủy ban nhân dân các huyện, thị xã, thành phố tuyên truyền nội dung Kế hoạch.",
            [
                ("Sở Thông tin và Truyền thông", "coordinate", ["Ban Tuyên giáo Tỉnh ủy"]),
                ("Sở Thông tin và Truyền thông", "coordinate", ["UBND các huyện, thị xã, thành phố"]),
            ],
            id="two-coordinations",
        ),
        pytest.param(
            "Giao Sở Nội vụ phối hợp với Sở Y tế đào tạo cán bộ.",
            [("Sở Nội vụ", "coordinate", ["Sở Y tế"])],
            id="a-body-after-giao",
        ),
        pytest.param(
            "5. Các sở, ban, ngành; UBND huyện, thị xã\nXây dựng kế hoạch; bố trí kinh phí.",
            [
                ("Các sở, ban, ngành", "execute", []),
                ("UBND các huyện, thị xã", "execute", []),
                ("Các sở, ban, ngành", "execute", []),
                ("UBND các huyện, thị xã", "execute", []),
            ],
            id="two-bodies-and-two-clauses",
        ),
        pytest.param(
            "1. Sở Y tế, Sở Giáo dục và Đào tạo: Triển khai hồ sơ số.",
            [("Sở Y tế", "execute", []), ("Sở Giáo dục và Đào tạo", "execute", [])],
            id="two-bodies-before-a-colon",
        ),
        pytest.param(
            "Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các đoàn thể giám sát.",
            [("Ủy ban MTTQ Việt Nam tỉnh", "execute", []), ("Các đoàn thể", "execute", [])],
            id="a-request",
        ),
        pytest.param("1. Trách nhiệm của Sở Nội vụ\n- Đào tạo cán bộ.", [("Sở Nội vụ", "execute", [])], id="of"),
        pytest.param("2. Đối với UBND cấp xã\n- Bố trí kinh phí.", [("UBND cấp xã", "execute", [])], id="as-for"),
        pytest.param("3. Giám đốc Sở Y tế chịu trách nhiệm số hóa.", [("Sở Y tế", "execute", [])], id="director"),
        pytest.param(
            "4. Trung tâm Kiểm soát bệnh tật thuộc Sở Y tế chủ trì giám sát dịch.",
            [("Trung tâm Kiểm soát bệnh tật tỉnh", "lead", [])],
            id="a-unit-of-a-department",
        ),
        pytest.param(
            "4. Sở Nội vụ phối hợp với các sở, ngành (Y tế, Tài chính) đào tạo cán bộ.",
            [("Sở Nội vụ", "coordinate", ["Các sở, ngành", "Sở Y tế", "Sở Tài chính"])],
            id="members-of-a-collective-take-part",
        ),
        pytest.param("4. Vụ Pháp chế theo dõi thi hành.", [("Vụ Pháp chế", "execute", [])], id="up-to-the-verb"),
        pytest.param(
            "1. Trên cơ sở nhiệm vụ được giao, yêu cầu Thủ trưởng các sở, ban, ngành xây dựng kế hoạch.",
            [("Các sở, ban, ngành", "execute", [])],
            id="asked-behind-an-adverbial",
        ),
        pytest.param(
            "3. Giao Sở Tài chính hàng năm, căn cứ khả năng cân đối ngân sách, chủ trì, phối hợp với các cơ quan, "
            "đơn vị bố trí kinh phí.",
            [("Sở Tài chính", "lead", ["Các cơ quan, đơn vị"])],
            id="an-adverbial-before-the-role",
        ),
        pytest.param(
            "Đề nghị các đoàn thể xây dựng chương trình; đề nghị Mặt trận Tổ quốc tỉnh phối hợp chặt chẽ với các cấp.",
            [("Các đoàn thể", "execute", []), ("Ủy ban MTTQ Việt Nam tỉnh", "coordinate", [])],
            id="a-second-request",
        ),
        pytest.param(
            "2. Sở Y tế\nƯu tiên nguồn lực cho các dự án; các trường chuyên nghiệp, tổ chức công lập.",
            [("Sở Y tế", "execute", [])],
            id="one-more-object",
        ),
        pytest.param(
            "Giao Sở Y tế phối hợp với các bộ, ngành, địa phương tổ chức triển khai.",
            [("Sở Y tế", "coordinate", ["Các bộ, ngành, địa phương"])],
            id="to-chuc-is-a-verb",
        ),
        pytest.param(
            "Giao Sở Tài chính hằng năm chủ trì, phối hợp với Sở Nội vụ bố trí kinh phí.",
            [("Sở Tài chính", "lead", ["Sở Nội vụ"])],
            id="an-adverb-before-the-role",
        ),
        pytest.param(
            "1. Sở Công Thương rà soát cơ chế; Sở Xây dựng tham mưu quy hoạch; hướng dẫn thực hiện.",
            [
                ("Sở Công Thương", "execute", []),
                ("Sở Xây dựng", "execute", []),
                ("Sở Xây dựng", "execute", []),
            ],
            id="another-body-behind-a-semicolon",
        ),
        pytest.param(
            "1. Sở Y tế phối hợp chặt chẽ với chính quyền địa phương, các đoàn thể tuyên truyền.",
            [("Sở Y tế", "coordinate", ["Chính quyền địa phương", "Các đoàn thể"])],
            id="partners-that-are-no-departments",
        ),
        pytest.param(
            "7. Đề nghị Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam (VUSTA), Tổng Liên đoàn Lao động Việt Nam phối "
            "hợp tuyên truyền.",
            [
                ("Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam", "coordinate", []),
                ("Tổng Liên đoàn Lao động Việt Nam", "coordinate", []),
            ],
            id="a-short-name-in-brackets",
        ),
        pytest.param(
            "2. Bộ Giáo dục và Đào tạo\na) Chỉ đạo các cơ sở giáo dục đại học đổi mới chương trình.",
            [("Bộ Giáo dục và Đào tạo", "execute", [])],
            id="whom-a-body-directs-is-not-asked",
        ),
        pytest.param(
            "1. Vụ Khoa học và Công nghệ là đơn vị đầu mối, hướng dẫn các đơn vị thuộc Bộ.",
            [("Vụ Khoa học và Công nghệ", "lead", [])],
            id="the-contact-leads",
        ),
        pytest.param(
            "8. Đề nghị Ủy ban MTTQ Việt Nam tỉnh, Tỉnh đoàn\nPhối hợp vận động đoàn viên, hội viên tham gia.",
            [("Ủy ban MTTQ Việt Nam tỉnh", "coordinate", []), ("Tỉnh đoàn", "coordinate", [])],
            id="a-heading-that-requests",
        ),
        pytest.param(
            "9. Trạm Y tế xã vận động người dân dùng sổ sức khỏe điện tử.\nTrong quá trình thực hiện, nếu có vướng "
            "mắc, các đơn vị báo cáo Sở Y tế.",
            [("Trạm Y tế cấp xã", "execute", []), ("Các đơn vị", "report", [])],
            id="closing-words-below-the-last-item",
        ),
        pytest.param(
            "2. Đảng ủy Bộ đội Biên phòng tỉnh lãnh đạo dân quân; Công ty Cấp nước Cần Thơ nâng cao dịch vụ.",
            [("Đảng ủy Bộ đội Biên phòng tỉnh", "execute", []), ("Công ty Cấp nước Cần Thơ", "execute", [])],
            id="a-verb-ends-a-name",
        ),
        pytest.param(
            "3. Trung tâm Kiểm định giống và vật tư nông nghiệp thực hiện quan trắc.",
            [("Trung tâm Kiểm định giống và vật tư nông nghiệp", "execute", [])],
            id="va-inside-a-name-that-no-list-knows",
        ),
        pytest.param(
            "1. Bộ trưởng, Thủ trưởng cơ quan ngang bộ, Chủ tịch UBND các tỉnh, thành phố trực thuộc trung ương tổ "
            "chức thực hiện.",
            [
                ("Các bộ, cơ quan ngang bộ", "execute", []),
                ("UBND các tỉnh, thành phố trực thuộc trung ương", "execute", []),
            ],
            id="ministers-and-chairs",
        ),
        pytest.param(
            "5. Chế độ báo cáo: Các sở, ngành báo cáo kết quả về Sở Y tế.",
            [("Các sở, ngành", "report", [])],
            id="a-label-before-the-sentence",
        ),
        pytest.param("Trên đây là Kế hoạch của Sở Y tế.", [], id="closing-words"),
        pytest.param("1. Nâng cao nhận thức của cán bộ.", [], id="nobody-is-named"),
        pytest.param("Kế hoạch này được thực hiện từ năm 2025.", [], id="a-statement"),
    ],
)
def test_who_is_asked(text: str, duties: list[tuple[str, str, list[str]]]) -> None:
    found = [(duty.lead[0].name, duty.role, [body.name for body in duty.coordinating]) for duty in duties_of(text)]
    assert found == duties


@pytest.mark.parametrize(
    ("text", "report"),
    [
        pytest.param(
            "Giao Sở Khoa học và Công nghệ theo dõi, đôn đốc; định kỳ trước ngày 10 tháng cuối Quý báo cáo UBND tỉnh.",
            ("Sở Khoa học và Công nghệ", ["UBND tỉnh"], "quarterly", "quarter-last-month-10"),
            id="every-quarter",
        ),
        pytest.param(
            "Yêu cầu các cơ quan, đơn vị, địa phương triển khai thực hiện; trước ngày 10 tháng 12 hằng năm báo "
            "cáo kết quả "
            "thực hiện gửi Sở Khoa học và Công nghệ.",
            ("Các cơ quan, đơn vị, địa phương", ["Sở Khoa học và Công nghệ"], "yearly", "12-10"),
            id="every-year",
        ),
        pytest.param(
            "1. Sở Y tế\n- Số hóa hồ sơ bệnh án; định kỳ 6 tháng báo cáo UBND tỉnh.",
            ("Sở Y tế", ["UBND tỉnh"], "half-yearly", None),
            id="twice-a-year",
        ),
        pytest.param(
            "Trong quá trình thực hiện nếu có vướng mắc, các cơ quan, đơn vị kịp thời phản ánh về Sở Khoa học và "
            "Công nghệ "
            "để tổng hợp, báo cáo UBND tỉnh.",
            ("Các cơ quan, đơn vị", ["Sở Khoa học và Công nghệ"], None, None),
            id="when-difficulties-arise",
        ),
        pytest.param(
            "Các sở, ngành chậm nhất ngày 30/6/2026 gửi báo cáo về Sở Nội vụ để tổng hợp.",
            ("Các sở, ngành", ["Sở Nội vụ"], None, None),
            id="sent-by-a-day",
        ),
        pytest.param(
            "Các sở, ngành báo cáo định kỳ hằng quý (trước ngày 20 tháng cuối quý) về Sở Nội vụ.",
            ("Các sở, ngành", ["Sở Nội vụ"], "quarterly", "quarter-last-month-20"),
            id="the-day-in-brackets-before-the-recipient",
        ),
        pytest.param(
            "Trung tâm Khuyến nông tổng hợp, gửi kết quả về Sở Nông nghiệp và Môi trường trước ngày 05 hằng tháng.",
            ("Trung tâm Khuyến nông tỉnh", ["Sở Nông nghiệp và Môi trường"], "monthly", "05"),
            id="results-are-sent",
        ),
        pytest.param(
            "Sở Y tế đôn đốc; định kỳ báo cáo UBND tỉnh trước ngày 15 tháng 01 năm sau.",
            ("Sở Y tế", ["UBND tỉnh"], "yearly", "01-15"),
            id="in-the-next-year",
        ),
    ],
)
def test_reporting(text: str, report: tuple[str, list[str], str | None, str | None]) -> None:
    duty = duties_of(text)[-1]
    assert duty.role == "report"
    recipients = [body.name for body in duty.report_to]
    assert (duty.lead[0].name, recipients, duty.deadline.recurrence, duty.deadline.due) == report


def test_partners_named_for_a_report() -> None:
    [duty] = duties_of("Giao Văn phòng UBND tỉnh phối hợp với Sở Nội vụ báo cáo UBND tỉnh kết quả.")
    assert (duty.role, [body.name for body in duty.report_to]) == ("coordinate", ["UBND tỉnh"])


def test_who_leads_may_report_too() -> None:
    [duty] = duties_of("1. Sở Y tế chủ trì, phối hợp với Sở Nội vụ theo dõi, đôn đốc, tổng hợp báo cáo UBND tỉnh.")
    assert (duty.role, [body.name for body in duty.report_to]) == ("lead", ["UBND tỉnh"])


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        pytest.param(
            "Giao Sở Y tế hàng năm, căn cứ ngân sách, chủ trì lập dự toán.", ("recurring", "yearly"), id="year"
        ),
        pytest.param("Sở Y tế hằng quý rà soát nhiệm vụ.", ("recurring", "quarterly"), id="quarter"),
        pytest.param("Sở Y tế lập dự toán ngân sách hằng năm.", ("none", None), id="a-noun-of-every-year"),
    ],
)
def test_a_rhythm_behind_the_subject(text: str, deadline: tuple[str, str | None]) -> None:
    [duty] = duties_of(text)
    assert (duty.deadline.kind, duty.deadline.recurrence) == deadline


def test_a_report_through_another_goes_to_both() -> None:
    [duty] = duties_of("1. Sở Y tế: Định kỳ hàng năm báo cáo UBND tỉnh về kết quả (gửi qua Sở Nội vụ).")
    assert [body.name for body in duty.report_to] == ["UBND tỉnh", "Sở Nội vụ"]


def test_a_role_that_is_carried_over_says_so() -> None:
    text = "1. Sở Y tế\n- Chủ trì, phối hợp với Sở Tài chính số hóa hồ sơ; theo dõi, đôn đốc thực hiện."
    first, second = duties_of(text)
    assert (first.role, first.evidence["role"].origin) == ("lead", Origin.STATED)
    assert (second.role, second.evidence["role"].origin) == ("lead", Origin.ASSUMED)
    assert second.evidence["role"].reason == "the clause repeats no role: taken from the one that opens the sentence"


@pytest.mark.parametrize(
    "head",
    [
        pytest.param("II. NHIỆM VỤ\n", id="tasks"),
        pytest.param("I. MỤC TIÊU\n", id="objectives"),
        pytest.param("", id="no-section"),
    ],
)
def test_only_sections_on_organization_give_duties(head: str) -> None:
    assert duties_of("1. Sở Y tế: Triển khai hồ sơ số.", head) == []


def test_a_duty_is_its_clause_and_its_body() -> None:
    text = "1. Sở Y tế, Sở Tài chính: Triển khai hồ sơ số; bố trí kinh phí."
    assert [duty.address for duty in duties_of(text)] == [
        "phan/v/1/cau-1/so-y-te",
        "phan/v/1/cau-1/so-tai-chinh",
        "phan/v/1/cau-2/so-y-te",
        "phan/v/1/cau-2/so-tai-chinh",
    ]


@pytest.mark.parametrize(
    ("sentence", "lead", "others"),
    [
        pytest.param("Sở Y tế chủ trì, phối hợp với Sở Nội vụ xây dựng", ["Sở Y tế"], ["Sở Nội vụ"], id="one-clause"),
        pytest.param("(Sở Y tế chủ trì; VNPT phối hợp)", ["Sở Y tế"], ["VNPT"], id="in-brackets"),
        pytest.param("Giao Sở Tài chính chủ trì bố trí kinh phí", ["Sở Tài chính"], [], id="assigned"),
        pytest.param("Nền tảng (chủ trì: Sở Y tế; phối hợp: Công an tỉnh)", ["Sở Y tế"], ["Công an tỉnh"], id="labels"),
        pytest.param("Phối hợp với Sở Nội vụ xây dựng", [], [], id="nobody-leads"),
        pytest.param("Đầu tư hạ tầng cho Sở Nội vụ", [], [], id="an-object"),
    ],
)
def test_roles_of_a_sentence(sentence: str, lead: list[str], others: list[str]) -> None:
    found = find_roles(source_of(sentence), 0, len(sentence))
    assert [[body.name for body in bodies] for bodies in found] == [lead, others]


@pytest.mark.parametrize(
    ("text", "duties"),
    [
        pytest.param(
            "Điều 2. Giao Sở Y tế chủ trì, phối hợp với Sở Nội vụ tổ chức thực hiện Chương trình.",
            [("lead", ["Sở Y tế"])],
            id="an-article-that-assigns",
        ),
        pytest.param("Điều 1. Ban hành kèm theo Quyết định này Chương trình.", [], id="an-article-that-issues"),
        pytest.param(
            "Điều 3. Chánh Văn phòng Ủy ban nhân dân tỉnh; Giám đốc các sở chịu trách nhiệm thi hành Quyết định này.",
            [],
            id="an-article-that-closes",
        ),
    ],
)
def test_articles_give_duties_where_they_say_who_leads(text: str, duties: list[tuple[str, list[str]]]) -> None:
    found = duties_of(text, head="QUYẾT ĐỊNH:\n")
    assert [(duty.role, [body.name for body in duty.lead]) for duty in found] == duties
