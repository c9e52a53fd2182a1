"""The parts of the index: exact neighbours, folded BM25, columns and accents, each against something plainer."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from search_api.accents import Accents
from search_api.columns import SETS, Columns, ValueSet
from search_api.lexical import LexicalIndex, split_terms
from search_api.passage import Passage
from search_api.vectors import VectorIndex

RANDOM = np.random.default_rng(7)


def unit_vectors(count: int, dimension: int = 24) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    vectors = RANDOM.normal(size=(count, dimension)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


@pytest.mark.parametrize("kept", [1.0, 0.3, 0.01, 0.0])
def test_neighbours_are_those_of_a_plain_search(kept: float) -> None:
    vectors, query = unit_vectors(500), unit_vectors(1)[0]
    allowed = RANDOM.random(500) < kept
    rows, scores = VectorIndex.of(vectors).nearest(query, 20, allowed)
    plain = np.flatnonzero(allowed)
    plain = plain[np.argsort(-(vectors[plain] @ query), kind="stable")][:20]
    assert rows.tolist() == plain.tolist()
    np.testing.assert_allclose(scores, vectors[plain] @ query, atol=1e-5)


def test_equal_vectors_stand_in_the_order_of_rows() -> None:
    vectors = np.repeat(unit_vectors(1), 5, axis=0)
    assert VectorIndex.of(vectors).nearest(vectors[0], 3)[0].tolist() == [0, 1, 2]


def test_neighbours_survive_the_disk(tmp_path: Path) -> None:
    index = VectorIndex.of(unit_vectors(9))
    index.write(tmp_path / "v")
    again = VectorIndex.read(tmp_path / "v")
    assert (again.count, again.dimension) == (9, 24)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        pytest.param("Chữ ký số", ["chu", "ky", "so", "chu ky", "ky so"], id="pairs"),
        pytest.param("Đất đai, AI", ["dat", "dai", "ai", "dat dai", "dai ai"], id="d-with-stroke"),
        pytest.param("hoà bình", ["hoa", "binh", "hoa binh"], id="old-tone-mark"),
        pytest.param("ho\u0300a", ["hoa"], id="decomposed"),
        pytest.param("😀 --", [], id="nothing"),
    ],
)
def test_terms(text: str, terms: list[str]) -> None:
    assert split_terms(text) == terms


def test_words_are_found_with_and_without_accents(tmp_path: Path) -> None:
    index = LexicalIndex.of(["Thanh toán không dùng tiền mặt", "Bảo vệ rừng", "Cấp chữ ký số cho cán bộ"])
    index.write(tmp_path / "words")
    again = LexicalIndex.read(tmp_path / "words", 3)
    for each in (index, again):
        assert int(np.argmax(each.scores(split_terms("chu ky so")))) == 2
        assert int(np.argmax(each.scores(split_terms("TIỀN MẶT")))) == 0
        assert each.scores(split_terms("zzz")).tolist() == [0, 0, 0]
        assert each.scores([]).tolist() == [0, 0, 0]


def test_values_and_their_rows() -> None:
    values = ValueSet.of([("a", "b"), (), ("b",), ("c",)])
    assert values.rows("b").tolist() == [0, 2]
    assert values.rows("zzz").tolist() == []
    assert values.mask(["a", "c"], 4).tolist() == [True, False, False, True]
    assert values.counts(np.array([True, True, True, False])) == {"a": 1, "b": 2}


def make_passage(iri: str, due: tuple[str | None, str | None], active: tuple[str | None, str | None]) -> Passage:
    values = dict.fromkeys(SETS, ("x",))
    return Passage(iri, "task", "text", values, due, active)


PASSAGES = [
    make_passage("year", ("2026-01-01", "2026-12-31"), (None, "2026-12-31")),
    make_passage("month", ("2026-09-01", "2026-09-30"), (None, "2026-09-30")),
    make_passage("period", ("2030-01-01", "2030-12-31"), ("2025-01-01", "2030-12-31")),
    make_passage("none", (None, None), (None, None)),
]


@pytest.mark.parametrize(
    ("start", "end", "due", "active"),
    [
        pytest.param("2026-01-01", "2026-12-31", ["year", "month"], ["year", "month", "period"], id="year"),
        pytest.param("2026-09-01", "2026-09-30", ["month"], ["year", "month", "period"], id="a-year-is-no-month"),
        pytest.param(None, "2030-12-31", ["year", "month", "period"], ["year", "month", "period"], id="open-start"),
        pytest.param("2027-01-01", None, ["period"], ["period"], id="open-end"),
        pytest.param("2026-12-31", "2026-12-31", ["year"], ["year", "period"], id="the-last-day-of-a-year"),
        pytest.param("2031-01-01", "2031-12-31", [], [], id="after-all"),
    ],
)
def test_due_is_not_active(
    start: str | None, end: str | None, due: list[str], active: list[str], tmp_path: Path
) -> None:
    columns = Columns.of(PASSAGES)
    columns.write(tmp_path / "columns.npz")
    for each in (columns, Columns.read(tmp_path / "columns.npz")):
        assert [each.ids[row] for row in np.flatnonzero(each.ending(start, end))] == due
        assert [each.ids[row] for row in np.flatnonzero(each.active(start, end))] == active


def test_years_are_counted_by_their_end() -> None:
    assert Columns.of(PASSAGES).years(np.ones(4, bool)) == {"2026": 2, "2030": 1}


ACCENTS = Accents.of(
    ["Cấp chữ ký số cho cán bộ", "xây dựng cơ sở dữ liệu đất đai", "cơ sở vật chất", "số hóa dữ liệu", "chủ trì"]
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        pytest.param("chu ky so", "chữ ký số", id="pairs-decide"),
        pytest.param("co so du lieu dat dai", "cơ sở dữ liệu đất đai", id="co-so"),
        pytest.param("CHU TRI", "chủ trì", id="capitals"),
        pytest.param("blockchain cho dat dai", "blockchain cho đất đai", id="unknown-words-stay"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_accents_come_back(typed: str, read: str, tmp_path: Path) -> None:
    ACCENTS.write(tmp_path / "accents.json")
    assert ACCENTS.restore(typed) == read
    assert Accents.read(tmp_path / "accents.json").restore(typed) == read
