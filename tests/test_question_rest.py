"""Which little words of a question are dropped, and which only look like little words without their accents."""

from __future__ import annotations

import pytest

from search_api.accents import Accents
from search_api.question import read_question
from tests.asked import vocabulary

ACCENTS = Accents.of(
    [
        "trồng rừng phòng hộ, trong ngành y tế, trong lĩnh vực môi trường, các nhiệm vụ của tỉnh",
        "tự động hóa dây chuyền, từ ngân sách tỉnh, chợ nông thôn, cho người dân",
    ]
)
RESTS = [
    pytest.param("nhiem vu trong rau sach", "trong rau sach", id="to-grow-is-not-in"),
    pytest.param("nhiem vu trong rung", "trong rung", id="the-corpus-has-it-with-its-neighbour"),
    pytest.param("tu dong hoa day chuyen", "tu dong hoa day chuyen", id="tu-is-no-from"),
    pytest.param("nhiem vu trong nganh y te", "nganh y te", id="in-is-in"),
    pytest.param("nhiem vu cho nguoi dan", "nguoi dan", id="for-is-for"),
    pytest.param("den duong thong minh", "den duong thong minh", id="lamp-is-no-until"),
    pytest.param("cua hang tien loi", "cua hang tien loi", id="shop-is-no-of"),
    pytest.param("ve xe buyt dien tu", "ve xe buyt dien tu", id="ticket-is-no-about"),
    pytest.param("nhiem vu ve xe buyt", "ve xe buyt", id="about-or-ticket-is-kept"),
    pytest.param("nhiem vu tai cac cho nong thon", "cho nong thon", id="market-behind-little-words"),
    pytest.param("nhiệm vụ trong môi trường số", "môi trường số", id="typed-with-accents-it-is-what-it-is"),
    pytest.param("tim nhiem vu nao cua Hung Yen", "", id="nothing-beside-it-is-left"),
]


@pytest.mark.parametrize(("question", "rest"), RESTS)
def test_little_words_are_told_from_words_of_content(question: str, rest: str) -> None:
    assert read_question(question, vocabulary(), None, ACCENTS).text == rest
