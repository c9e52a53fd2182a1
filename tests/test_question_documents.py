"""Which documents a question names, by number and by type."""

from __future__ import annotations

import pytest

from search_api.question import read_question
from tests.asked import brief, vocabulary

# fmt: off
DIRECTIVES = [
    pytest.param("nhiệm vụ theo Nghị quyết 57",
                 {"kinds": ["task"], "directives": ["trung-uong/nq-tw/2024/57"]}, id="type-and-number"),
    pytest.param("Nghị quyết số 57 của Bộ Chính trị",
                 {"directives": ["trung-uong/nq-tw/2024/57"]}, id="issuer-belongs-to-it"),
    pytest.param("tasks under Resolution 57-NQ/TW",
                 {"kinds": ["task"], "directives": ["trung-uong/nq-tw/2024/57"]}, id="full-number"),
    pytest.param("documents implementing Politburo Resolution 57",
                 {"kinds": ["document"], "directives": ["trung-uong/nq-tw/2024/57"]}, id="issuer-in-front"),
    pytest.param("719/qd-ubnd", {"directives": ["hung-yen/qd-ubnd/2025/719"]}, id="small-letters"),
    pytest.param("căn cứ vào Quyết định số 569/QĐ-TTg ngày 11/5/2022 của Thủ tướng Chính phủ",
                 {"directives": ["trung-uong/qd-ttg/2022/569"]}, id="date-and-issuer"),
    pytest.param("which plans rest on Decision 569?",
                 {"kinds": ["document"], "directives": ["trung-uong/qd-ttg/2022/569"]}, id="rest-on"),
    pytest.param("thuc hien nghi quyet 57 cua Bo Chinh tri",
                 {"directives": ["trung-uong/nq-tw/2024/57"]}, id="without-accents"),
    pytest.param("Kế hoạch 102", {"directives": ["ke-hoach-102"]}, id="several"),
    pytest.param("Kế hoạch 102 năm 2022", {"directives": ["tuyen-quang/kh-ubnd/2022/102"]}, id="year-narrows"),
    pytest.param("Plan 102 of 2025", {"directives": ["hung-yen/kh-ubnd/2025/102"]}, id="year-narrows-in-english"),
    pytest.param("Kế hoạch 102/KH-UBND của Tuyên Quang",
                 {"places": ["tuyen-quang"], "directives": ["tuyen-quang/kh-ubnd/2022/102"]}, id="province-narrows"),
    pytest.param("nhiệm vụ của Nghị quyết 57 năm 2026",
                 {"due": "2026-01-01..2026-12-31", "kinds": ["task"], "directives": ["trung-uong/nq-tw/2024/57"]},
                 id="year-of-the-task"),
    pytest.param("NQ57", {"directives": ["trung-uong/nq-tw/2024/57"]}, id="glued"),
    pytest.param("nq 57", {"directives": ["trung-uong/nq-tw/2024/57"]}, id="code-in-small-letters"),
    pytest.param("QĐ 569", {"directives": ["trung-uong/qd-ttg/2022/569"]}, id="code"),
    pytest.param("nghị định 88/NĐ-CP", {"directives": ["trung-uong/nd-cp/2025/88"]}, id="printed-with-a-year"),
    pytest.param("57/NQ-TW", {"directives": ["trung-uong/nq-tw/2024/57"]}, id="signs-swapped"),
    pytest.param("Nghị quyết 57 và Nghị quyết số 71/NQ-CP",
                 {"directives": ["trung-uong/nq-tw/2024/57", "trung-uong/nq-cp/2025/71"]}, id="two"),
    pytest.param("Đề án 844 hỗ trợ khởi nghiệp",
                 {"text": "hỗ trợ khởi nghiệp", "topics": ["khoi-nghiep-sang-tao"],
                  "directives": ["trung-uong/qd-ttg/2016/844"]},
                 id="named-after-its-decision"),
    pytest.param("Nghị quyết 999 có nhiệm vụ gì",
                 {"kinds": ["task"], "directives": ["nghi-quyet-999"]}, id="unknown-rests-nothing"),
    pytest.param("nghị định 13/2023/NĐ-CP", {"directives": ["13/2023/nd-cp"]}, id="unknown-full-number"),
    pytest.param("Đề án 06", {"text": "Đề án 06", "topics": ["du-lieu-dan-cu"]}, id="a-topic-by-name"),
    pytest.param("theo Nghị quyết 57 nhiệm vụ nào về an ninh mạng",
                 {"text": "an ninh mạng", "topics": ["an-ninh-mang"], "kinds": ["task"],
                  "directives": ["trung-uong/nq-tw/2024/57"]}, id="a-kind-right-behind"),
    pytest.param("theo Nghi quyet 57 nhiem vu nao ve an ninh mang",
                 {"text": "an ninh mang", "topics": ["an-ninh-mang"], "kinds": ["task"],
                  "directives": ["trung-uong/nq-tw/2024/57"]}, id="a-kind-right-behind-unaccented"),
    pytest.param("under Resolution 57 tasks about cybersecurity",
                 {"text": "cybersecurity", "topics": ["an-ninh-mang"], "kinds": ["task"],
                  "directives": ["trung-uong/nq-tw/2024/57"]}, id="a-kind-right-behind-in-english"),
    pytest.param("theo Quyết định 999 nhiệm vụ nào về AI",
                 {"text": "AI", "topics": ["tri-tue-nhan-tao"], "kinds": ["task"], "directives": ["quyet-dinh-999"]},
                 id="a-kind-behind-an-unknown"),
    pytest.param("kế hoạch 5 nhiệm vụ trọng tâm", {"text": "kế hoạch 5", "kinds": ["task"]}, id="tasks-are-counted"),
    pytest.param("kế hoạch 5 năm", {"text": "kế hoạch 5 năm"}, id="years-are-no-number"),
    pytest.param("kế hoạch 2026", {"text": "kế hoạch", "due": "2026-01-01..2026-12-31"}, id="year-is-no-number"),
    pytest.param("5-year plan", {"text": "5-year plan"}, id="no-symbol"),
]
# fmt: on


@pytest.mark.parametrize(("question", "expected"), DIRECTIVES)
def test_documents(question: str, expected: dict[str, object]) -> None:
    assert brief(read_question(question, vocabulary())) == expected
