"""What questions are understood to ask: in Vietnamese with and without accents, and in English."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest

from ingest.fold import fold
from search_api.cues import load_cues
from search_api.question import read_question
from tests.asked import brief, names, vocabulary

# fmt: off
AGENCIES = [
    pytest.param("nhiệm vụ của Sở Y tế", {"agencies": ["so-y-te"], "kinds": ["task"]}, id="type"),
    pytest.param("Sở Y tế tỉnh Bắc Ninh phải làm gì",
                 {"agencies": ["so-y-te"], "places": ["bac-ninh"], "kinds": ["task"]}, id="type-and-province"),
    pytest.param("nhiem vu cua so y te hung yen",
                 {"agencies": ["so-y-te"], "places": ["hung-yen"], "kinds": ["task"]}, id="without-accents"),
    pytest.param("so khcn chu tri chuyen doi so",
                 {"text": "chuyen doi so", "topics": ["chuyen-doi-so"],
                  "agencies": ["so-khoa-hoc-va-cong-nghe"], "role": "lead"},
                 id="abbreviation-in-small-letters"),
    pytest.param("SYT phối hợp nhiệm vụ nào",
                 {"agencies": ["so-y-te"], "role": "coordinating", "kinds": ["task"]}, id="symbol"),
    pytest.param("sở văn hoá thể thao du lịch và di sản",
                 {"text": "di sản", "topics": ["di-san-van-hoa"], "agencies": ["so-van-hoa-the-thao-va-du-lich"]},
                 id="tone-on-the-other-letter-and-no-comma"),
    pytest.param("tasks led by the Department of Health",
                 {"agencies": ["so-y-te"], "role": "lead", "kinds": ["task"]}, id="led-by"),
    pytest.param("Hung Yen Department of Science and Technology leads which tasks",
                 {"agencies": ["so-khoa-hoc-va-cong-nghe"], "role": "lead", "places": ["hung-yen"], "kinds": ["task"]},
                 id="leads"),
    pytest.param("tasks that the Department of Finance coordinates on",
                 {"agencies": ["so-tai-chinh"], "role": "coordinating", "kinds": ["task"]}, id="coordinates"),
    pytest.param("Hung Yen police tasks on cybersecurity",
                 {"text": "cybersecurity", "topics": ["an-ninh-mang"],
                  "agencies": ["cong-an-tinh"], "places": ["hung-yen"], "kinds": ["task"]},
                 id="police-beside-a-province"),
    pytest.param("People's Committee of Tuyen Quang",
                 {"agencies": ["ubnd-tinh"], "places": ["tuyen-quang"]}, id="committee-of-a-province"),
    pytest.param("Công an Hưng Yên",
                 {"agencies": ["cong-an-tinh"], "places": ["hung-yen"]}, id="place-takes-the-place-of-tinh"),
    pytest.param("sở nông nghiệp", {"agencies": ["so-nong-nghiep"]}, id="short-for-today's-and-yesterday's"),
    pytest.param("Department of Agriculture", {"agencies": ["so-nong-nghiep"]}, id="short-in-english"),
    pytest.param("tasks of commune people's committees",
                 {"agencies": ["ubnd-cap-xa"], "kinds": ["task"]}, id="commune"),
    pytest.param("các cơ sở y tế", {"text": "cơ sở y tế", "topics": ["y-te"]}, id="facility-is-no-department"),
    pytest.param("đào tạo cán bộ y tế cơ sở",
                 {"text": "đào tạo cán bộ y tế cơ sở", "topics": ["dao-tao-boi-duong-can-bo", "y-te-co-so"]},
                 id="staff-is-no-ministry"),
    pytest.param("co so giao duc",
                 {"text": "co so giao duc", "topics": ["giao-duc-va-dao-tao"]}, id="facility-without-accents"),
    pytest.param("kinh te so giao duc",
                 {"text": "kinh te so giao duc", "topics": ["kinh-te-so", "giao-duc-va-dao-tao"]},
                 id="so-is-of-the-topic"),
    pytest.param("công an là ai", {"text": "công an"}, id="no-province-no-agency"),
    pytest.param("do Sở Tài chính chủ trì", {"agencies": ["so-tai-chinh"], "role": "lead"}, id="chu-tri"),
    pytest.param("Sở Công Thương làm đầu mối", {"agencies": ["so-cong-thuong"], "role": "lead"}, id="focal-point"),
    pytest.param("cơ quan chủ trì là Sở Nội vụ", {"agencies": ["so-noi-vu"], "role": "lead"}, id="leading-body-is"),
    pytest.param("phối hợp với Sở Y tế", {"agencies": ["so-y-te"], "role": "coordinating"}, id="with"),
    pytest.param("Sở Y tế và Sở Tài chính chủ trì",
                 {"agencies": ["so-y-te", "so-tai-chinh"], "role": "lead"}, id="two-share-a-role"),
    pytest.param("Sở Y tế chủ trì, phối hợp với Sở Tài chính",
                 {"agencies": ["so-y-te", "so-tai-chinh"]}, id="two-roles-are-none"),
    pytest.param("Sở Tư pháp phối hợp với Sở Y tế", {"agencies": ["so-tu-phap", "so-y-te"]}, id="either-may-lead"),
    pytest.param("trường đại học tân trào làm gì",
                 {"agencies": ["agency/tuyen-quang-truoc-2025/truong-dai-hoc-tan-trao"], "kinds": ["task"]},
                 id="agency-without-a-type"),
    pytest.param("chủ trì hội thảo khoa học", {"text": "chủ trì hội thảo khoa học"}, id="role-without-agency-stays"),
    pytest.param("quyết định của Thủ tướng về chuyển đổi số",
                 {"text": "quyết định về chuyển đổi số", "topics": ["chuyen-doi-so"],
                  "agencies": ["thu-tuong-chinh-phu"], "kinds": ["document"]},
                 id="issuer-of-documents"),
    pytest.param("nhiệm vụ theo quyết định của Thủ tướng",
                 {"text": "quyết định của Thủ tướng", "kinds": ["task"]}, id="issuer-of-a-basis-is-no-agency"),
    pytest.param("documents of the Prime Minister",
                 {"agencies": ["thu-tuong-chinh-phu"], "kinds": ["document"]}, id="documents-of"),
    pytest.param("Prime Minister's decisions",
                 {"text": "decisions", "agencies": ["thu-tuong-chinh-phu"], "kinds": ["document"]},
                 id="issuer-in-front"),
    pytest.param("văn bản của Thủ tướng Chính phủ",
                 {"agencies": ["thu-tuong-chinh-phu"], "kinds": ["document"]}, id="văn-bản-of"),
    pytest.param("van ban cua thu tuong chinh phu",
                 {"agencies": ["thu-tuong-chinh-phu"], "kinds": ["document"]}, id="van-ban-of"),
    pytest.param("kế hoạch của UBND tỉnh Hưng Yên",
                 {"text": "kế hoạch", "agencies": ["ubnd-tinh"], "places": ["hung-yen"], "kinds": ["document"]},
                 id="plans-of-a-province"),
    pytest.param("kế hoạch của Sở Y tế", {"text": "kế hoạch", "agencies": ["so-y-te"]}, id="who-passed-nothing"),
    pytest.param("nhiem vu cua UBND tinh Hung Yen",
                 {"agencies": ["ubnd-tinh"], "places": ["hung-yen"], "kinds": ["task"]}, id="committee-and-province"),
    pytest.param("UBND các xã, phường làm gì", {"agencies": ["ubnd-cap-xa"], "kinds": ["task"]}, id="communes"),
    pytest.param("ubnd xa, phuong lam gi", {"agencies": ["ubnd-cap-xa"], "kinds": ["task"]}, id="communes-unaccented"),
    pytest.param("People's Committees of communes and wards", {"agencies": ["ubnd-cap-xa"]}, id="communes-in-english"),
    pytest.param("UBND huyện làm gì", {"agencies": ["ubnd-cap-huyen"], "kinds": ["task"]}, id="district"),
    pytest.param("trach nhiem cua UBND cap huyen",
                 {"agencies": ["ubnd-cap-huyen"], "kinds": ["duty"]}, id="district-unaccented"),
    pytest.param("district people's committees", {"agencies": ["ubnd-cap-huyen"]}, id="district-in-english"),
    pytest.param("HĐND cấp xã làm gì", {"text": "HĐND cấp xã", "kinds": ["task"]}, id="of-many-and-no-record"),
    pytest.param("các sở, ban, ngành chủ trì nhiệm vụ nào",
                 {"agencies": ["collective:cac-so-ban-nganh"], "role": "lead", "kinds": ["task"]}, id="collective"),
    pytest.param("cac so ban nganh lam gi",
                 {"agencies": ["collective:cac-so-ban-nganh"], "kinds": ["task"]}, id="collective-unaccented"),
    pytest.param("tasks of departments and sectors",
                 {"agencies": ["collective:cac-so-ban-nganh"], "kinds": ["task"]}, id="collective-in-english"),
    pytest.param("hỗ trợ các tổ chức, cá nhân", {"text": "hỗ trợ các tổ chức, cá nhân"}, id="nobody-in-particular"),
    pytest.param("báo cáo gửi Sở KH&CN",
                 {"agencies": ["so-khoa-hoc-va-cong-nghe"], "role": "report_to"}, id="report-to"),
    pytest.param("bao cao UBND tinh", {"agencies": ["ubnd-tinh"], "role": "report_to"}, id="report-to-unaccented"),
    pytest.param("gửi về Sở Y tế", {"agencies": ["so-y-te"], "role": "report_to"}, id="sent-to"),
    pytest.param("who must report to the Department of Health",
                 {"agencies": ["so-y-te"], "role": "report_to"}, id="report-to-in-english"),
    pytest.param("reports to the Department of Health about AI",
                 {"text": "AI", "topics": ["tri-tue-nhan-tao"], "agencies": ["so-y-te"], "role": "report_to"},
                 id="reports-to"),
    pytest.param("Sở Y tế nhận báo cáo nào", {"agencies": ["so-y-te"], "role": "report_to"}, id="receives-reports"),
    pytest.param("báo cáo của Sở Y tế", {"text": "báo cáo", "agencies": ["so-y-te"]}, id="its-own-reports"),
]

EXCLUDED = [
    pytest.param("nhiệm vụ không phải của Sở Y tế",
                 {"kinds": ["task"], "excluded": [("so-y-te", "không phải của Sở Y tế")]}, id="agency"),
    pytest.param("nhiem vu khong phai cua so y te",
                 {"kinds": ["task"], "excluded": [("so-y-te", "khong phai cua so y te")]}, id="agency-unaccented"),
    pytest.param("nhiệm vụ không do Sở Y tế chủ trì",
                 {"kinds": ["task"], "excluded": [("so-y-te", "không do Sở Y tế chủ trì")]}, id="role-behind"),
    pytest.param("Sở Y tế không chủ trì nhiệm vụ nào",
                 {"kinds": ["task"], "excluded": [("so-y-te", "Sở Y tế không chủ trì")]}, id="not-behind"),
    pytest.param("tasks not led by the Department of Health",
                 {"kinds": ["task"], "excluded": [("so-y-te", "not led by the Department of Health")]},
                 id="not-led-by"),
    pytest.param("AI tasks except the Department of Health",
                 {"text": "AI", "topics": ["tri-tue-nhan-tao"], "kinds": ["task"],
                  "excluded": [("so-y-te", "except the Department of Health")]}, id="except"),
    pytest.param("tasks excluding Hung Yen",
                 {"kinds": ["task"], "excluded": [("hung-yen", "excluding Hung Yen")]}, id="province"),
    pytest.param("nhiệm vụ về AI trừ Hưng Yên và Tuyên Quang",
                 {"text": "AI", "topics": ["tri-tue-nhan-tao"], "kinds": ["task"],
                  "excluded": [("hung-yen", "trừ Hưng Yên"), ("tuyen-quang", "Tuyên Quang")]}, id="two"),
    pytest.param("nhiem vu ngoai tinh Hung Yen",
                 {"kinds": ["task"], "excluded": [("hung-yen", "ngoai tinh Hung Yen")]}, id="outside-unaccented"),
    pytest.param("trừ Sở Y tế tỉnh Hưng Yên", {"excluded": [("so-y-te", "trừ Sở Y tế tỉnh Hưng Yên")]},
                 id="agency-of-a-province"),
    pytest.param("tasks about digital transformation but not about AI",
                 {"text": "digital transformation", "topics": ["chuyen-doi-so"], "kinds": ["task"],
                  "excluded": [("tri-tue-nhan-tao", "but not about AI")]}, id="topic"),
    pytest.param("nhiệm vụ không theo Nghị quyết 57",
                 {"kinds": ["task"], "excluded": [("trung-uong/nq-tw/2024/57", "không theo Nghị quyết 57")]},
                 id="directive"),
    pytest.param("tasks not due in 2026", {"text": "not due in 2026", "kinds": ["task"]}, id="no-date-of-the-opposite"),
    pytest.param("thanh toán không dùng tiền mặt",
                 {"text": "thanh toán không dùng tiền mặt", "topics": ["thanh-toan-khong-dung-tien-mat"]},
                 id="cashless"),
    pytest.param("phòng họp không giấy tờ Hưng Yên",
                 {"text": "phòng họp không giấy tờ", "topics": ["hop-khong-giay"], "places": ["hung-yen"]},
                 id="paperless"),
    pytest.param("thiết bị bay không người lái Hưng Yên",
                 {"text": "thiết bị bay không người lái", "topics": ["may-bay-khong-nguoi-lai"],
                  "places": ["hung-yen"]},
                 id="unmanned"),
    pytest.param("Sở Y tế chưa làm gì", {"agencies": ["so-y-te"], "kinds": ["task"]}, id="not-yet"),
    pytest.param("luu tru Hung Yen", {"text": "luu tru", "places": ["hung-yen"]}, id="archives"),
    pytest.param("vốn nước ngoài Hưng Yên", {"text": "vốn nước ngoài", "places": ["hung-yen"]}, id="foreign"),
]

PLACES = [
    pytest.param("nhiệm vụ của Hưng Yên",
                 {"places": ["hung-yen"], "kinds": ["task"]}, id="today's-province-means-the-merged-too"),
    pytest.param("nhiệm vụ của Thái Bình",
                 {"places": ["thai-binh"], "kinds": ["task"]}, id="merged-province-means-itself"),
    pytest.param("chuyển đổi số tại Trà Vinh",
                 {"text": "chuyển đổi số", "topics": ["chuyen-doi-so"], "places": ["tra-vinh"]},
                 id="province-without-plan"),
    pytest.param("TP.HCM chuyển đổi số",
                 {"text": "chuyển đổi số", "topics": ["chuyen-doi-so"], "places": ["ho-chi-minh"]},
                 id="city-abbreviated"),
    pytest.param("cashless payments in Da Nang city",
                 {"text": "cashless payments", "topics": ["thanh-toan-khong-dung-tien-mat"], "places": ["da-nang"]},
                 id="city-in-english"),
    pytest.param("Dak Lak traceability",
                 {"text": "traceability", "topics": ["truy-xuat-nguon-goc"], "places": ["dak-lak"]},
                 id="other-spelling"),
    pytest.param("digital signatures Hungyen",
                 {"text": "digital signatures", "topics": ["chu-ky-so"], "places": ["hung-yen"]}, id="one-word"),
    pytest.param("đô thị thông minh ở hue",
                 {"text": "đô thị thông minh", "topics": ["do-thi-thong-minh"], "places": ["hue"]},
                 id="one-word-name-with-a-cue"),
    pytest.param("hue lighting design", {"text": "hue lighting design"}, id="hue-is-a-colour"),
    pytest.param("nâng cao bằng cấp cho cán bộ", {"text": "nâng cao bằng cấp cho cán bộ"}, id="not-cao-bang"),
    pytest.param("vì hòa bình", {"text": "vì hòa bình"}, id="peace-is-no-province"),
    pytest.param("tỉnh Hoà Bình", {"places": ["hoa-binh"]}, id="province-with-tinh"),
    pytest.param("danh gia lai quy hoach",
                 {"text": "danh gia lai quy hoach", "topics": ["quy-hoach"]}, id="not-gia-lai"),
    pytest.param("hang nam dinh ky bao cao", {"text": "hang nam dinh ky bao cao"}, id="not-nam-dinh"),
    pytest.param("cong nghe an toan cho tre em",
                 {"text": "cong nghe an toan cho tre em", "topics": ["tre-em"]},
                 id="not-nghe-an"),
    pytest.param("camera da nang cho truong hoc",
                 {"text": "camera da nang cho truong hoc", "topics": ["camera-giam-sat", "giao-duc-va-dao-tao"]},
                 id="not-da-nang"),
    pytest.param("dien bien dich benh",
                 {"text": "dien bien dich benh", "topics": ["y-te-du-phong"]}, id="not-dien-bien"),
    pytest.param("nhiem vu o gia lai", {"places": ["gia-lai"], "kinds": ["task"]}, id="gia-lai"),
    pytest.param("so sánh TFP giữa Hưng Yên và Tuyên Quang",
                 {"text": "TFP", "topics": ["nang-suat-nhan-to-tong-hop"], "places": ["hung-yen", "tuyen-quang"]},
                 id="two-provinces"),
    pytest.param("văn bản của trung ương về AI",
                 {"text": "AI", "topics": ["tri-tue-nhan-tao"], "places": ["trung-uong"], "kinds": ["document"]},
                 id="centre"),
]

KINDS = [
    pytest.param("nhiệm vụ về trợ lý ảo cho công chức",
                 {"text": "trợ lý ảo cho công chức", "topics": ["tro-ly-ao"], "kinds": ["task"]}, id="task"),
    pytest.param("nhiệm vụ khoa học và công nghệ cấp tỉnh",
                 {"text": "nhiệm vụ khoa học và công nghệ cấp tỉnh", "topics": ["nhiem-vu-khoa-hoc-va-cong-nghe"]},
                 id="term-of-art"),
    pytest.param("các việc phải làm về dữ liệu mở",
                 {"text": "dữ liệu mở", "topics": ["du-lieu-mo"], "kinds": ["task"]}, id="work-to-do"),
    pytest.param("trách nhiệm về an ninh mạng",
                 {"text": "an ninh mạng", "topics": ["an-ninh-mang"], "kinds": ["duty"]}, id="duty"),
    pytest.param("ai chịu trách nhiệm về chữ ký số",
                 {"text": "ai chịu trách nhiệm về chữ ký số", "topics": ["chu-ky-so"]}, id="who-answers-for-it"),
    pytest.param("chỉ tiêu kinh tế số",
                 {"text": "kinh tế số", "topics": ["kinh-te-so"], "kinds": ["target"]}, id="target"),
    pytest.param("mục tiêu tổng quát", {"text": "mục tiêu tổng quát"}, id="goal-is-no-kind"),
    pytest.param("chỉ tiêu thống kê", {"text": "chỉ tiêu thống kê", "topics": ["thong-ke"]}, id="part-of-a-topic"),
    pytest.param("kế hoạch nào về AI",
                 {"text": "AI", "topics": ["tri-tue-nhan-tao"], "kinds": ["document"]}, id="document"),
    pytest.param("phần mềm quản lý văn bản",
                 {"text": "phần mềm quản lý văn bản", "topics": ["quan-ly-van-ban-va-dieu-hanh"]},
                 id="document-software"),
    pytest.param("TFP targets and indicators",
                 {"text": "TFP", "topics": ["nang-suat-nhan-to-tong-hop"], "kinds": ["target"]},
                 id="target-in-english"),
    pytest.param("duties and responsibilities on cybersecurity",
                 {"text": "cybersecurity", "topics": ["an-ninh-mang"], "kinds": ["duty"]}, id="duty-in-english"),
    pytest.param("which plans mention semiconductors",
                 {"text": "semiconductors", "topics": ["cong-nghe-ban-dan"], "kinds": ["document"]},
                 id="document-in-english"),
    pytest.param("project 06 task force",
                 {"text": "project 06 task force", "topics": ["du-lieu-dan-cu"]}, id="task-force"),
]

TOPICS = [
    pytest.param("CĐS trong trường học",
                 {"text": "CĐS trong trường học", "topics": ["chuyen-doi-so", "giao-duc-va-dao-tao"]}, id="acronym"),
    pytest.param("CDS trong truong hoc",
                 {"text": "CDS trong truong hoc", "topics": ["chuyen-doi-so", "giao-duc-va-dao-tao"]},
                 id="acronym-without-accents"),
    pytest.param("ai làm việc này", {"text": "ai làm việc này"}, id="ai-is-who"),
    pytest.param("ung dung ai trong giao duc",
                 {"text": "ung dung ai trong giao duc", "topics": ["giao-duc-va-dao-tao"]},
                 id="ai-is-who-without-accents"),
    pytest.param("ung dung iot trong nong nghiep",
                 {"text": "ung dung iot trong nong nghiep", "topics": ["internet-van-vat", "nong-nghiep"]},
                 id="no-word-but-an-acronym"),
    pytest.param("bim for construction permits",
                 {"text": "bim for construction permits",
                  "topics": ["mo-hinh-thong-tin-cong-trinh", "cap-phep-xay-dung"]},
                 id="acronym-in-small-english"),
    pytest.param("his hospital",
                 {"text": "his hospital", "topics": ["kham-benh-chua-benh"]}, id="english-word-is-no-acronym"),
    pytest.param("thanh toan khong tien mat",
                 {"text": "thanh toan khong tien mat", "topics": ["thanh-toan-khong-dung-tien-mat"]},
                 id="without-accents"),
    pytest.param("an toàn bức xạ, hạt nhân",
                 {"text": "an toàn bức xạ, hạt nhân", "topics": ["an-toan-buc-xa-va-hat-nhan"]}, id="comma-of-its-own"),
    pytest.param("dữ liệu, số hóa",
                 {"text": "dữ liệu, số hóa", "topics": ["so-hoa-ho-so-tai-lieu"]}, id="comma-between-two"),
    pytest.param("medicinal plants growing areas",
                 {"text": "medicinal plants growing areas", "topics": ["cay-duoc-lieu"]}, id="plural"),
    pytest.param("digitization of records",
                 {"text": "digitization of records", "topics": ["so-hoa-ho-so-tai-lieu"]}, id="american"),
    pytest.param("building a data centre",
                 {"text": "building a data centre", "topics": ["trung-tam-du-lieu"]}, id="verb"),
    pytest.param("truy xuất nguồn gốc nông sản",
                 {"text": "truy xuất nguồn gốc nông sản", "topics": ["truy-xuat-nguon-goc"]}, id="longest"),
    pytest.param("công nghiệp 4.0",
                 {"text": "công nghiệp 4.0", "topics": ["cach-mang-cong-nghiep-lan-thu-tu"]}, id="number-of-a-topic"),
]

NOTHING = [
    pytest.param("chống lừa đảo cho người dân",
                 {"text": "chống lừa đảo cho người dân", "topics": ["lua-dao-tren-khong-gian-mang"]}, id="paraphrase"),
    pytest.param("hello world", {"text": "hello world"}, id="greeting"),
    pytest.param("57", {"text": "57"}, id="number-alone"),
    pytest.param("quý 3", {"text": "quý 3"}, id="quarter-of-no-year"),
    pytest.param("tầm nhìn đến năm 2045", {"text": "tầm nhìn đến năm 2045"}, id="vision"),
    pytest.param("so với năm 2020", {"text": "so với năm 2020"}, id="compared"),
    pytest.param("10.000 hồ sơ", {"text": "10.000 hồ sơ"}, id="thousands"),
    pytest.param("2000 người được hưởng lợi", {"text": "2000 người được hưởng lợi"}, id="count-of-people"),
    pytest.param("đạt 80%", {"text": "đạt 80%"}, id="percentage"),
    pytest.param("TCVN:2015", {"text": "TCVN:2015", "topics": ["tieu-chuan-va-quy-chuan-ky-thuat"]}, id="standard"),
    pytest.param("cái gì", {"text": "cái"}, id="filler-alone"),
    pytest.param("📱📱", {"text": "📱📱"}, id="emoji"),
    pytest.param("; DROP TABLE x; --", {"text": "DROP TABLE x"}, id="sql"),
]
# fmt: on


@pytest.mark.parametrize(("question", "expected"), AGENCIES)
def test_agencies_and_roles(question: str, expected: dict[str, object]) -> None:
    assert brief(read_question(question, vocabulary())) == expected


@pytest.mark.parametrize(("question", "expected"), EXCLUDED)
def test_what_is_not_wanted(question: str, expected: dict[str, object]) -> None:
    assert brief(read_question(question, vocabulary())) == expected


@pytest.mark.parametrize(
    ("question", "columns", "within"),
    [
        pytest.param("không phải của Sở Y tế", ("lead", "coordinating", "issuer"), False, id="any-role"),
        pytest.param("không phối hợp với Sở Y tế", ("coordinating",), False, id="as-partner"),
        pytest.param("not led by the Department of Health", ("lead",), False, id="as-lead"),
        pytest.param("trừ Sở Y tế tỉnh Hưng Yên", ("lead", "coordinating", "issuer"), True, id="in-a-province"),
        pytest.param("not about AI", ("topic",), False, id="topic"),
        pytest.param("not under Resolution 57", ("directive",), False, id="directive"),
    ],
)
def test_where_the_unwanted_is_looked_for(question: str, columns: tuple[str, ...], within: bool) -> None:
    [excluded] = read_question(question, vocabulary()).excluded
    assert (excluded.columns, "hung-yen" in excluded.within) == (columns, within)


def test_a_topic_means_what_is_narrower() -> None:
    [topic] = read_question("digital health", vocabulary()).topics
    assert topic.id == topic.ids[0] == "y-te-so"
    assert "ho-so-suc-khoe-dien-tu" in topic.ids
    [longer] = read_question("e-health records by 2030", vocabulary()).topics
    assert longer.id == "ho-so-suc-khoe-dien-tu"


@pytest.mark.parametrize(("question", "expected"), PLACES)
def test_provinces(question: str, expected: dict[str, object]) -> None:
    assert brief(read_question(question, vocabulary())) == expected


@pytest.mark.parametrize(("question", "expected"), KINDS + TOPICS)
def test_kinds_and_topics(question: str, expected: dict[str, object]) -> None:
    assert brief(read_question(question, vocabulary())) == expected


@pytest.mark.parametrize(("question", "expected"), NOTHING)
def test_nothing_is_read_into_a_question(question: str, expected: dict[str, object]) -> None:
    assert brief(read_question(question, vocabulary())) == expected


@pytest.mark.parametrize(
    ("question", "language"),
    [
        pytest.param("nhiệm vụ về trợ lý ảo", "vi", id="accents"),
        pytest.param("nhiem vu ve tro ly ao", "vi-unaccented", id="no-accents"),
        pytest.param("so y te", "vi-unaccented", id="only-a-name"),
        pytest.param("phong hop khong giay to", "vi-unaccented", id="syllables"),
        pytest.param("AI tasks due 2026", "en", id="english"),
        pytest.param("AI tasks in Hưng Yên", "en", id="a-name-with-accents-in-english"),
        pytest.param("cashless payments", "en", id="no-function-word"),
        pytest.param("how do provinces differ on TFP targets", "en", id="words-of-both"),
        pytest.param("Sở Y tế", "vi", id="only-a-name-with-accents"),
    ],
)
def test_languages(question: str, language: str) -> None:
    assert read_question(question, vocabulary()).language == language


def test_every_filter_says_the_words_it_came_from() -> None:
    question = "Nhiệm vụ về AI theo Nghị quyết số 57 do Sở Y tế tỉnh Bắc Ninh chủ trì, hạn tháng 9/2026?"
    read = read_question(question, vocabulary())
    filters = (*read.topics, *read.agencies, *read.jurisdictions, *read.kinds, *read.directives, read.role, read.due)
    assert [each.words for each in filters if each] == [
        "AI", "Sở Y tế tỉnh", "Bắc Ninh", "Nhiệm vụ", "theo Nghị quyết số 57", "chủ trì", "hạn tháng 9/2026",
    ]  # fmt: skip
    assert (read.query, read.text) == (question, "AI")


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        pytest.param(
            "nhiệm vụ của Hưng Yên",
            ["hung-yen", "hung-yen/so-khoa-hoc-va-cong-nghe", "thai-binh"],
            id="today-with-what-was-merged-and-its-units",
        ),
        pytest.param("nhiệm vụ của Thái Bình", ["thai-binh"], id="merged-only-itself"),
        pytest.param("Huế", ["hue", "thua-thien-hue"], id="renamed"),
        pytest.param("Kế hoạch 102", ["hung-yen/kh-ubnd/2025/102", "tuyen-quang/kh-ubnd/2022/102"], id="both-plans"),
        pytest.param("Nghị quyết 999", [], id="no-such-document"),
        pytest.param("Sở Y tế", ["bac-ninh/so-y-te", "hung-yen/so-y-te"], id="agencies-of-the-type"),
        pytest.param("Bộ Công an", [], id="agency-of-no-record"),
        pytest.param(
            "UBND cấp xã", ["collective:ubnd-cac-xa-phuong", "collective:ubnd-cap-xa"], id="collectives-of-a-level"
        ),
        pytest.param(
            "sở, ngành",
            ["collective:cac-so-ban-nganh", "collective:cac-so-nganh-lien-quan"],
            id="collectives-that-hold-all-of-it",
        ),
    ],
)
def test_what_a_name_stands_for(question: str, ids: list[str]) -> None:
    read = read_question(question, vocabulary())
    [named] = (*read.jurisdictions, *read.directives, *read.agencies)
    assert [re.sub(r".*/(?:vn|agency|collective)/", "", each) for each in named.ids] == ids


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("nhiệm vụ của Sở Y tế tỉnh Bắc Ninh về chữ ký số, hạn quý II/2026", id="all"),
        pytest.param("Công an tỉnh Thanh Hóa phối hợp thực hiện Nghị quyết 57 trong giai đoạn 2026-2030", id="span"),
        pytest.param("chỉ tiêu kinh tế số đến năm 2030 của Quảng Ninh", id="target"),
    ],
)
def test_accents_make_no_difference(question: str) -> None:
    read, folded = brief(read_question(question, vocabulary())), brief(read_question(fold(question), vocabulary()))
    assert folded == {**read, "text": fold(str(read["text"]))} if "text" in read else read
    decomposed = brief(read_question(unicodedata.normalize("NFD", question), vocabulary()))
    assert decomposed == read


HOSTILE = [
    pytest.param("", id="empty"),
    pytest.param("   \t\n", id="blank"),
    pytest.param("\ud800 Sở Y tế \udfff", id="half-a-pair"),
    pytest.param("Sở\x00Y\x07tế\u200b", id="control-characters"),
    pytest.param("📱 nhiệm vụ 👩‍💻 AI ✅", id="emoji"),
    pytest.param("'; DROP TABLE tasks; -- 2026", id="sql"),
    pytest.param("} ; DELETE WHERE { ?s ?p ?o } # 57-NQ/TW", id="sparql"),
    pytest.param("İİİ ẞẞ ǅ ﬁ ½ ٣٠/٦/٢٠٢٦", id="letters-that-change-length"),
    pytest.param("ngày 31/6/2026, 29/2/2025, 0/0/2026, 99/99/9999", id="days-that-are-none"),
    pytest.param("Sở Y tế " * 1250, id="ten-thousand-of-an-agency"),
    pytest.param("57-NQ/TW " * 1100, id="ten-thousand-of-a-number"),
    pytest.param("từ 2025 đến " * 900, id="ten-thousand-of-a-span"),
    pytest.param("(" * 10_000, id="ten-thousand-brackets"),
    pytest.param("1-a/" * 2_500, id="ten-thousand-of-no-number"),
]


@pytest.mark.parametrize("question", HOSTILE)
def test_no_question_raises(question: str) -> None:
    read = read_question(question, vocabulary())
    read.query.encode()
    read.text.encode()
    for named in (*read.topics, *read.agencies, *read.jurisdictions, *read.kinds, *read.directives):
        named.words.encode()


def test_time_grows_with_the_length_only() -> None:
    """A long question is a page that somebody pasted; the bound is ten times what it takes here."""
    page = " ".join(str(row.values[0]) for row in (*AGENCIES, *PLACES, *KINDS, *TOPICS))[:2000]
    read_question(page, vocabulary())
    started = time.perf_counter()
    read_question(page, vocabulary())
    assert time.perf_counter() - started < 0.25


def test_a_question_names_itself_once() -> None:
    read = read_question("AI và trí tuệ nhân tạo của Hưng Yên, Hưng Yên", vocabulary())
    assert (names(read.topics), names(read.jurisdictions)) == (["tri-tue-nhan-tao"], ["hung-yen"])


@pytest.mark.parametrize("name", sorted(load_cues()))
def test_unaccented_examples_match_too(name: str) -> None:
    """A Vietnamese row is found in its own examples when they are typed without accents."""
    missed = [
        example
        for cue in load_cues()[name]
        if cue.row["language"] == "vi"
        for example in cue.row["matches"]
        if not any(form.search(fold(example)) for form in cue.anywhere)
    ]
    assert missed == []
