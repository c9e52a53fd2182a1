"""Topics are found by whole words; an acronym only as it is written."""

from __future__ import annotations

import pytest

from ingest.topics import find_topics


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
