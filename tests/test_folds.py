"""Rows that say nearly the same are folded under the first, within their kind."""

from __future__ import annotations

import pytest

from search_api.columns import SETS
from search_api.folds import find_folds
from search_api.passage import Passage

LONG = "Đẩy mạnh ứng dụng công nghệ số trong quản lý và khai thác tài nguyên nước trên địa bàn tỉnh"
NEAR = LONG + " đến năm 2030"
OTHER = "Phát triển nguồn nhân lực công nghệ thông tin cho các cơ quan nhà nước và doanh nghiệp của tỉnh"


def passage(kind: str, text: str) -> Passage:
    return Passage(text[:5], kind, text, dict.fromkeys(SETS, ()))


@pytest.mark.parametrize(
    ("rows", "folds"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([("task", LONG), ("task", OTHER)], [0, 1], id="different"),
        pytest.param([("task", LONG), ("task", OTHER), ("task", NEAR)], [0, 1, 0], id="near"),
        pytest.param([("task", LONG), ("duty", LONG)], [0, 1], id="kinds-stay-apart"),
        pytest.param([("section", "MỤC TIÊU"), ("section", "Mục tiêu")], [0, 0], id="short-and-equal"),
        pytest.param([("section", "Mục tiêu"), ("section", "Mục tiêu cụ thể")], [0, 1], id="short-and-near"),
        pytest.param([("target", LONG), ("target", LONG)], [0, 1], id="every-figure-is-shown"),
        pytest.param([("document", LONG), ("document", LONG)], [0, 1], id="every-document-is-shown"),
        pytest.param([("task", LONG), ("task", NEAR), ("task", NEAR)], [0, 0, 0], id="equal-to-what-is-folded"),
    ],
)
def test_folds(rows: list[tuple[str, str]], folds: list[int]) -> None:
    assert find_folds([passage(*row) for row in rows]).tolist() == folds
