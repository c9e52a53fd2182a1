"""Topics are found by whole words, no sign between them that the label has not; an acronym only as it is written."""

from __future__ import annotations

import pytest

from ingest.extract import extract
from ingest.topics import find_topics
from ontology import Concept, load_topics
from search_api.question import read_question
from search_api.words import strip_accents
from tests.asked import vocabulary
from tests.texts import source_of

TOPICS = load_topics()


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        pytest.param("Triển khai trợ lý ảo (AI) cho cán bộ", ("tri-tue-nhan-tao", "tro-ly-ao"), id="name-and-acronym"),
        pytest.param("ai làm việc gì", (), id="ai-is-also-who"),
        pytest.param("ca trực đêm", (), id="ca-is-also-a-shift"),
        pytest.param("xây dựng nền tảng IoT", ("internet-van-vat",), id="acronym-of-mixed-letters"),
        pytest.param("CHUYỂN ĐỔI SỐ", ("chuyen-doi-so",), id="capitals"),
        pytest.param("chuyển  đổi\nsố", ("chuyen-doi-so",), id="line-break"),
        pytest.param("chuyển đổi sống", (), id="whole-words-only"),
        pytest.param("Tri tue nhan tao", (), id="without-accents-is-for-queries"),
        pytest.param("Chuyển đổi số ngành y tế", ("chuyen-doi-so", "y-te", "y-te-so"), id="sorted"),
        pytest.param("", (), id="empty"),
    ],
)
def test_topics(text: str, topics: tuple[str, ...]) -> None:
    assert find_topics(text) == topics


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        pytest.param("nghiên cứu, ứng dụng vật liệu mới", ("cong-nghe-vat-lieu-moi",), id="a-comma-keeps-apart"),
        pytest.param("nghiên cứu ứng dụng vật liệu mới", ("cong-nghe-vat-lieu-moi", "nghien-cuu-ung-dung"), id="none"),
        pytest.param("số lượng doanh nghiệp; số hộ", ("doanh-nghiep",), id="semicolon-keeps-apart"),
        pytest.param("khuyến công. Nghiệp vụ kế toán", ("ke-toan-kiem-toan", "khuyen-cong"), id="full-stop"),
        pytest.param("tín dụng ngân hàng (số hộ vay)", ("ngan-hang", "tin-dung"), id="bracket-keeps-apart"),
        pytest.param("phòng, chống tội phạm", ("phong-chong-toi-pham",), id="comma-of-the-label"),
        pytest.param("phòng chống tội phạm", ("phong-chong-toi-pham",), id="comma-left-out"),
        pytest.param("chuyển giao - công nghệ", ("chuyen-giao-cong-nghe",), id="dash-joins"),
        pytest.param("nông nghiệp 4.0", ("nong-nghiep", "nong-nghiep-thong-minh"), id="dot-inside-a-number"),
    ],
)
def test_signs_between_words(text: str, topics: tuple[str, ...]) -> None:
    assert find_topics(text) == topics


# Sentences as they stand in plans of provinces and programmes of the Government.
@pytest.mark.parametrize(
    ("text", "topic"),
    [
        pytest.param("Hỗ trợ áp dụng TCVN ISO 9001 trong cơ quan hành chính", "he-thong-quan-ly-chat-luong", id="iso"),
        pytest.param("hỗ trợ đăng ký mã số, mã vạch cho hợp tác xã", "ma-so-ma-vach", id="barcodes"),
        pytest.param("chứng nhận hợp quy, công bố hợp quy sản phẩm", "danh-gia-su-phu-hop", id="conformity"),
        pytest.param("Thành lập quỹ đầu tư mạo hiểm của địa phương", "dau-tu-mao-hiem", id="venture-fund"),
        pytest.param("xây dựng vườn ươm doanh nghiệp công nghệ", "uom-tao-doanh-nghiep", id="incubator"),
        pytest.param("cơ chế thử nghiệm có kiểm soát (sandbox)", "co-che-thu-nghiem-co-kiem-soat", id="sandbox"),
        pytest.param("bộ phận tiếp nhận và trả kết quả cấp xã", "mot-cua-mot-cua-lien-thong", id="one-stop"),
        pytest.param("mô hình tưới nhỏ giọt cho cây cam", "tuoi-tien-tien-tiet-kiem-nuoc", id="drip-irrigation"),
        pytest.param("tham gia sàn giao dịch tín chỉ các-bon", "tin-chi-cac-bon", id="carbon"),
        pytest.param("xóa các vùng lõm sóng tại thôn, bản", "phu-song-di-dong", id="coverage"),
        pytest.param("Duy trì hoạt động tổ công nghệ số cộng đồng", "to-cong-nghe-so-cong-dong", id="community-teams"),
        pytest.param("kết nối với trục liên thông qua LGSP", "nen-tang-tich-hop-chia-se-du-lieu", id="acronym"),
        pytest.param("100% trạm y tế có bác sĩ", "y-te-co-so", id="health-stations"),
        pytest.param("Liên thông đơn thuốc điện tử quốc gia", "don-thuoc-dien-tu", id="prescriptions"),
        pytest.param("đào tạo 500 kỹ sư, nhân lực bán dẫn", "dao-tao-nhan-luc-cong-nghe-so", id="chip-engineers"),
        pytest.param("lắp đặt hệ thống chiếu sáng công cộng", "chieu-sang-thong-minh", id="street-lights"),
        pytest.param("đầu tư cảng hàng không quốc tế", "hang-khong-dan-dung", id="airport"),
        pytest.param("số hóa sổ hộ tịch lịch sử", "ho-tich", id="civil-status"),
        pytest.param("chống khai thác hải sản bất hợp pháp (IUU)", "khai-thac-thuy-san", id="fishing"),
        pytest.param("thí điểm cửa khẩu thông minh", "cua-khau", id="border-gate"),
    ],
)
def test_a_sentence_has_its_topic(text: str, topic: str) -> None:
    assert topic in find_topics(text)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        pytest.param("dịch vụ ngân hàng không dùng tiền mặt", "hang-khong-dan-dung", id="bank-without-is-no-aviation"),
        pytest.param("hệ sinh thái khởi nghiệp", "moi-truong", id="ecosystem-of-startups"),
        pytest.param("mô hình công dân số tại xã", "dan-so-va-phat-trien", id="digital-citizen-is-no-population"),
        pytest.param("thử nghiệm có kiểm soát", "kiem-nghiem-va-thu-nghiem", id="sandbox-is-no-laboratory"),
        pytest.param("giảm phát thải khí nhà kính", "nong-nghiep-cong-nghe-cao", id="greenhouse-gas-is-no-glasshouse"),
        pytest.param("hội nghị truyền hình ba cấp", "bao-chi-va-truyen-thong", id="video-meeting-is-no-television"),
        pytest.param("quản trị công nghệ mới", "quan-ly-nha-nuoc", id="management-of-technology"),
        pytest.param("địa chỉ số 12 đường Điện Biên", "nen-tang-dia-chi-so", id="number-of-a-house"),
        pytest.param("doanh nghiệp công nghệ cao", "doanh-nghiep-cong-nghe-so", id="high-tech-is-not-digital"),
        pytest.param(
            "sản phẩm hàng hóa chất lượng cao", "cong-nghiep-hoa-chat", id="goods-of-quality-are-no-chemicals"
        ),
        pytest.param("bảo đảm phù hợp quy hoạch", "danh-gia-su-phu-hop", id="in-line-with-is-no-conformity"),
        pytest.param("nâng cao tốc độ tăng trưởng", "duong-cao-toc", id="speed-is-no-expressway"),
        pytest.param("người dân vận hành mô hình", "cong-tac-dan-van", id="people-run-is-no-mobilisation"),
        pytest.param("các đô thị thực hiện", "xuat-nhap-canh-va-cu-tru", id="towns-carry-out-is-no-visa"),
        pytest.param("kết quả đánh giá đất đai", "gia-dat-va-dinh-gia-dat", id="rating-of-land-is-no-price"),
        pytest.param("công nghệ nhân giống cây", "lang-nghe", id="breeding-is-no-artisan"),
        pytest.param("hệ thống để tra cứu", "de-dieu", id="in-order-to-is-no-dyke"),
    ],
)
def test_a_sentence_has_not_the_topic(text: str, topic: str) -> None:
    assert topic not in find_topics(text)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.id)
def test_a_question_reaches_every_topic(topic: Concept) -> None:
    for asked in (topic.vi, strip_accents(topic.vi), topic.en, f"tasks on {topic.en}"):
        assert [found.id for found in read_question(asked, vocabulary()).topics] == [topic.id]


@pytest.mark.parametrize(
    ("question", "topics"),
    [
        pytest.param("rural broadband", ["internet-bang-rong"], id="broadband"),
        pytest.param("startup ecosystem", ["khoi-nghiep-sang-tao"], id="startups"),
        pytest.param("public investment in R&D", ["dau-tu-cho-khoa-hoc-va-cong-nghe"], id="not-public-investment"),
        pytest.param("seed varieties", ["giong-cay-trong"], id="seeds"),
        pytest.param("lab equipment", ["phong-thi-nghiem-va-trang-thiet-bi-nghien-cuu"], id="laboratories"),
        pytest.param("commissioning of research", ["dat-hang-nhiem-vu-khoa-hoc-va-cong-nghe"], id="commissioned"),
        pytest.param("data sharing platform (LGSP)", ["nen-tang-tich-hop-chia-se-du-lieu"], id="name-and-acronym"),
        pytest.param("nuoi tom cong nghe cao", ["nuoi-trong-thuy-san"], id="longest-without-accents"),
        pytest.param("xe buyt dien", ["giao-thong-cong-cong"], id="buses"),
        pytest.param("GIS", ["he-thong-thong-tin-dia-ly"], id="not-the-plural-of-gi"),
        pytest.param("fibre optic", ["internet-bang-rong"], id="british"),
        pytest.param("fiber optic", ["internet-bang-rong"], id="american"),
        pytest.param("nhiem vu trong nam 2026", [], id="in-the-year-is-no-mushroom"),
        pytest.param("bao cao ve tinh", [], id="about-the-province-is-no-satellite"),
        pytest.param("nhiem vu giao cho cac bo", [], id="ministries-are-no-topic"),
        pytest.param("capital city", [], id="capital-is-no-finance"),
    ],
)
def test_words_of_a_question(question: str, topics: list[str]) -> None:
    assert [found.id for found in read_question(question, vocabulary()).topics] == topics


def test_each_topic_of_a_task_has_the_words_that_name_it() -> None:
    said = "1. Sở Nội vụ chủ trì cấp chữ ký số, tập huấn trợ lý ảo (AI) cho cán bộ."
    text = f"KẾ HOẠCH\nPhát triển\nI. MỤC TIÊU\nNhanh.\nII. NHIỆM VỤ\n{said}\n2. Khác.\n"
    source = source_of(text)
    task = extract(source).tasks[0]
    assert {tag.topic for tag in task.tags} == set(task.topics)
    assert {"cấp chữ ký số", "trợ lý ảo", "AI"} <= {tag.source.quote for tag in task.tags}
    assert all(source.text[tag.source.start : tag.source.end] == tag.source.quote for tag in task.tags)
