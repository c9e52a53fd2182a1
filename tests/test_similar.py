"""What says the same and what comes near, in an index whose rows are known."""

from __future__ import annotations

from functools import cache

import pytest

from search_api.columns import SETS, Columns
from search_api.passage import Passage
from search_api.similar import NEAR, find_near, find_same, share_of_words
from search_api.vectors import VectorIndex
from tests.word_encoder import WordEncoder

ONE, OTHER = "plan/1", "plan/2"
ROWS = [
    ("plan/1/a", "task", ONE, "Xây dựng trung tâm dữ liệu của tỉnh tại khu công nghệ số"),
    ("plan/1/b", "task", ONE, "Tổ chức hội nghị tuyên truyền về chuyển đổi số cho nhân dân"),
    ("plan/2/a", "task", OTHER, "Xây dựng Trung tâm dữ liệu của tỉnh, tại khu công nghệ số."),
    ("plan/2/b", "task", OTHER, "Nâng cấp trung tâm dữ liệu"),
    ("plan/2/c", "duty", OTHER, "Xây dựng trung tâm dữ liệu của tỉnh tại khu công nghệ số"),
    ("plan/2/d", "task", OTHER, "Trồng rừng ngập mặn ven biển"),
]


@cache
def columns() -> Columns:
    values = dict.fromkeys(SETS, ())
    return Columns.of(
        [Passage(id_, kind, text, {**values, "kind": (kind,), "document": (plan,)}) for id_, kind, plan, text in ROWS]
    )


@cache
def vectors() -> VectorIndex:
    return VectorIndex.of(WordEncoder("words").encode_passages([text for *_, text in ROWS]))


def record(kind: str, id_: str) -> dict[str, str]:
    return {"record": kind, "id": id_, "document": id_.rpartition("/")[0]}


@pytest.mark.parametrize(
    ("kind", "id_", "same"),
    [
        pytest.param("task", "plan/1/a", ["plan/2/a"], id="in-another-plan-but-not-a-duty"),
        pytest.param("task", "plan/2/a", ["plan/1/a"], id="both-ways"),
        pytest.param("task", "plan/2/d", [], id="alone"),
        pytest.param("task", "plan/2/c", [], id="of-another-kind"),
    ],
)
def test_what_says_the_same(kind: str, id_: str, same: list[str]) -> None:
    assert find_same(columns(), record(kind, id_)) == same


def test_what_is_near_stands_in_other_documents_and_is_not_the_same() -> None:
    near = find_near(columns(), vectors(), record("task", "plan/1/a"), 5)
    assert {each.id for each in near} <= {"plan/2/b", "plan/2/d"}
    assert [each.nearness for each in near] == sorted((each.nearness for each in near), reverse=True)
    assert [each for each in near if not NEAR <= each.nearness <= 1.001] == []


def test_what_the_index_has_not_is_near_to_nothing() -> None:
    assert find_near(columns(), vectors(), record("task", "plan/9"), 5) == []


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        pytest.param("Chữ ký số,", "chữ ký SỐ", 1.0, id="same-words"),
        pytest.param("Chữ ký số", "Trồng rừng", 0.0, id="other-words"),
    ],
)
def test_share_of_words(one: str, other: str, share: float) -> None:
    assert share_of_words(one, other) == share
