"""What a question says that cannot filter is told to its reader, in the language of the reader."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from search_api.cli_search import render_answer
from search_api.present import list_chips, list_notices
from search_api.question import read_question
from search_api.search import Ask, Search, open_search
from tests.asked import brief, vocabulary
from tests.small_kb import small_generation
from tests.word_encoder import WordEncoder

TODAY = date(2026, 11, 22)

# fmt: off
DATES = [
    pytest.param("nhiệm vụ hạn 31/2/2026", "31/2/2026", id="no-31-february"),
    pytest.param("nhiệm vụ hạn ngày 31 tháng 6 năm 2026", "ngày 31 tháng 6 năm 2026", id="in-words"),
    pytest.param("nhiệm vụ đến hạn tháng 13/2026", "tháng 13/2026", id="month"),
    pytest.param("nhiem vu han quy 5 nam 2026", "quy 5 nam 2026", id="quarter-without-accents"),
    pytest.param("nhiệm vụ hạn quý V", "quý V", id="quarter-in-roman-numerals"),
    pytest.param("tasks due 31 June 2026", "31 June 2026", id="english-day"),
    pytest.param("tasks due Q5 2026", "Q5 2026", id="english-quarter"),
    pytest.param("tasks due by 2026-02-30", "2026-02-30", id="iso"),
    pytest.param("nhiệm vụ hạn 12/31/2026", "12/31/2026", id="month-in-front"),
]
FINE = [
    pytest.param("nhiệm vụ hạn 29/2/2028", id="leap-year"),
    pytest.param("nhiệm vụ theo Kế hoạch 102/KH-UBND", id="number-of-a-plan"),
    pytest.param("trong 18 tháng 20 doanh nghiệp", id="months-counted"),
    pytest.param("Quyết định 31/2/2026/QĐ-UBND", id="longer-number"),
    pytest.param("tasks due Q4 2026", id="quarter"),
    pytest.param("nhiệm vụ do Sở Y tế chủ trì", id="known-body"),
    pytest.param("nhiệm vụ do ai chủ trì", id="who"),
    pytest.param("nhiệm vụ do cơ quan nào chủ trì", id="which-body"),
    pytest.param("tasks led by the Department of Health", id="known-body-in-english"),
    pytest.param("phối hợp với các trường đại học", id="many"),
    pytest.param("nhiệm vụ không nêu cơ quan chủ trì", id="no-lead"),
]
BODIES = [
    pytest.param("tasks led by the coast guard", "coast guard", id="led-by"),
    pytest.param("which tasks does the coast guard lead", "coast guard", id="leads"),
    pytest.param("nhiệm vụ do cảnh sát biển chủ trì năm 2026", "cảnh sát biển", id="vietnamese"),
    pytest.param("nhiem vu do canh sat bien chu tri", "canh sat bien", id="without-accents"),
    pytest.param("nhiệm vụ phối hợp với cảnh sát biển", "cảnh sát biển", id="coordinating"),
]
# fmt: on


@pytest.mark.parametrize(("question", "words"), DATES)
def test_dates_that_do_not_exist(question: str, words: str) -> None:
    understood = read_question(question, vocabulary(), TODAY)
    assert [(each.kind, each.words) for each in understood.notices] == [("no-such-date", words)]
    assert brief(understood) == {"kinds": ["task"]}


@pytest.mark.parametrize(("question", "words"), BODIES)
def test_bodies_that_nobody_knows(question: str, words: str) -> None:
    understood = read_question(question, vocabulary(), TODAY)
    assert [(each.kind, each.words) for each in understood.notices] == [("no-such-body", words)]
    assert (understood.agencies, understood.role, understood.text) == ((), None, words)


@pytest.mark.parametrize("question", FINE)
def test_what_is_understood_needs_no_notice(question: str) -> None:
    assert read_question(question, vocabulary(), TODAY).notices == []


def test_near_names_are_offered() -> None:
    [notice] = read_question("nhiệm vụ do Sở Công nghệ chủ trì", vocabulary()).notices
    assert [each.label for each in notice.near] == ["Sở Khoa học và Công nghệ"]


@pytest.fixture(scope="module")
def search() -> Search:
    return open_search(small_generation(), WordEncoder)


def answer(search: Search, question: str) -> dict[str, Any]:
    return search.find(Ask(question, today=TODAY))


def test_the_reader_is_told(search: Search) -> None:
    found = answer(search, "nhiệm vụ hạn 31/2/2026")
    assert list(list_notices(found, "vi")) == [
        "“31/2/2026” không phải ngày, tháng hay quý có trong lịch; kết quả không lọc theo điều kiện này."
    ]
    assert list(list_notices(found, "en")) == [
        "“31/2/2026” is no day, month or quarter of the calendar; the results are not filtered by it."
    ]
    assert "không phải ngày" in "\n".join(render_answer(found, 120))


@pytest.mark.parametrize(
    ("question", "language", "chip"),
    [
        pytest.param("nhiệm vụ quá hạn", "vi", ("Quá hạn", "tính đến 22/11/2026"), id="overdue"),
        pytest.param("overdue tasks", "en", ("Overdue", "on 22 November 2026"), id="overdue-in-english"),
        pytest.param("tasks overdue on 1/1/2026", "en", ("Overdue", "on 1 January 2026"), id="overdue-on-a-day"),
        pytest.param("nhiệm vụ quá hạn năm 2025", "vi", ("Quá hạn", "trong 2025"), id="overdue-in-a-year"),
        pytest.param("nhiệm vụ sắp đến hạn", "vi",
                     ("Đến hạn", "trong 90 ngày tới (22/11/2026 – 20/02/2027)"), id="upcoming"),
        pytest.param("tasks due soon", "en",
                     ("Due", "within 90 days (22 November 2026 – 20 February 2027)"), id="upcoming-in-english"),
        pytest.param("nhiệm vụ đến hạn năm 2026", "vi", ("Đến hạn", "2026"), id="due"),
    ],
)  # fmt: skip
def test_a_chip_says_what_the_period_is(search: Search, question: str, language: str, chip: tuple[str, str]) -> None:
    chips = [each for each in list_chips(answer(search, question), language) if each.filter == "due"]
    assert [(each.name, each.value) for each in chips] == [chip]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("xyzzyqwv", "Không từ nào trong câu hỏi có trong các văn bản", id="a-word-of-no-language"),
        pytest.param("trung tâm dữ liệu xyzzyqwv", "", id="one-such-word-among-others"),
        pytest.param("AI", "", id="a-topic-has-a-name"),
        pytest.param("Hà Nội", "Chưa có văn bản nào của Hà Nội. Hiện có văn bản của: Hưng Yên", id="no-such-province"),
        pytest.param("nhiệm vụ của tỉnh Hưng Yên", "", id="province"),
    ],
)
def test_what_no_document_has_is_told(search: Search, question: str, said: str) -> None:
    answer = search.find(Ask(question))
    notices = " ".join(list_notices(answer, "vi"))
    assert notices.startswith(said) if said else not notices
    assert bool(answer["results"]) is ("Hà Nội" not in question)
