"""The picture of a trace: where boxes stand, how arrows run, and what they say."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest

from search_api.layers import Edge, Sizes, lay_out
from search_api.messages import load_messages
from search_api.page_base import Page
from search_api.page_picture import wrap_name
from search_api.page_sentences import Sentences, cut_around

GRAPHS = [
    pytest.param([("a", "b")], id="one-step"),
    pytest.param([("a", "b"), ("b", "c"), ("a", "c")], id="a-step-beside-a-longer-way"),
    pytest.param([("a", "b"), ("b", "c"), ("c", "b"), ("c", "a")], id="documents-that-rest-on-each-other"),
    pytest.param([("a", "a"), ("a", "b")], id="a-document-that-names-itself"),
    pytest.param([("a", f"b{at}") for at in range(9)] + [(f"b{at}", "c") for at in range(9)], id="wide"),
    pytest.param([*pairwise("abcdefghij"), ("a", "j"), ("b", "i"), ("c", "h")], id="deep-with-long-arrows"),
    pytest.param([(f"n{one}", f"n{two}") for one in range(7) for two in range(one + 1, 7)], id="all-on-all"),
]
SIZES = Sizes()


def start_of(edges: Sequence[Edge]) -> str:
    return edges[0][0]


@pytest.mark.parametrize("edges", GRAPHS)
def test_boxes_do_not_overlap_and_nothing_leaves_the_picture(edges: list[Edge]) -> None:
    layout = lay_out(start_of(edges), [edge for edge in edges if edge[0] != edge[1]], SIZES)
    assert layout.boxes.keys() == {end for edge in edges for end in edge}
    corners = sorted((y, x) for x, y in layout.boxes.values())
    assert [
        pair for pair in pairwise(corners) if pair[0][0] == pair[1][0] and pair[1][1] - pair[0][1] < SIZES.width
    ] == []
    places = [*layout.boxes.values(), *(point for points in layout.arrows.values() for point in points)]
    assert [(x, y) for x, y in places if not (0 <= x <= layout.width and 0 <= y <= layout.height)] == []


@pytest.mark.parametrize("edges", GRAPHS)
def test_arrows_join_the_sides_of_their_boxes_and_cross_no_other(edges: list[Edge]) -> None:
    edges = [edge for edge in edges if edge[0] != edge[1]]
    layout = lay_out(start_of(edges), edges, SIZES)
    for (from_, to), points in layout.arrows.items():
        for end, (x, y) in ((from_, points[0]), (to, points[-1])):
            left, top = layout.boxes[end]
            assert left <= x <= left + SIZES.width
            assert y in (top, top + SIZES.height)
        for x, y in points[1:-1]:
            assert not [name for name, (left, top) in layout.boxes.items()
                        if left < x < left + SIZES.width and top <= y <= top + SIZES.height]  # fmt: skip


@pytest.mark.parametrize("edges", GRAPHS)
def test_the_same_graph_is_drawn_the_same(edges: list[Edge]) -> None:
    edges = [edge for edge in edges if edge[0] != edge[1]]
    assert lay_out(start_of(edges), edges, SIZES) == lay_out(start_of(edges), edges, SIZES)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        pytest.param("Quyết định 719", ["Quyết định 719"], id="one-line"),
        pytest.param("Kế hoạch hành động 433-KH/TU", ["Kế hoạch hành động", "433-KH/TU"], id="two-lines"),
        pytest.param("Luật Tổ chức chính quyền địa phương sửa đổi", ["Luật Tổ chức chính", "quyền địa phương …"],
                     id="more-than-fits"),
        pytest.param("x" * 5000, ["x" * 19 + " …"], id="one-endless-word"),
        pytest.param("Quyết định 719/QĐ-UBND", ["Quyết định", "719/QĐ-UBND"], id="capitals-are-wide"),
        pytest.param("", [], id="nothing"),
    ],
)  # fmt: skip
def test_names_stand_in_two_lines(name: str, lines: list[str]) -> None:
    assert wrap_name(name) == lines


LONG = "triển khai kịp thời, có hiệu quả quan điểm chỉ đạo, mục tiêu, nhiệm vụ, giải pháp " * 3
FIRST = f"Tổ chức quán triệt, {LONG}trong Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị"
SECOND = f"{FIRST} về đột phá phát triển khoa học, công nghệ, Nghị quyết số 193/2025/QH15 ngày 19/02/2025 của Quốc hội"
CUTS = [
    pytest.param("Căn cứ Nghị quyết số 57-NQ/TW", ["57-NQ/TW"], 0, "Căn cứ Nghị quyết số 57-NQ/TW", id="short"),
    pytest.param(FIRST, ["57-NQ/TW"], 0, f"… {FIRST[140:]}", id="at-its-end"),
    pytest.param(f"Nghị quyết số 57 -NQ/TW về {LONG}", ["57-NQ/TW"], 0,
                 "Nghị quyết số 57 -NQ/TW về triển khai kịp thời, có hiệu quả quan điểm chỉ đạo, mục …",
                 id="at-its-start"),
    pytest.param(SECOND, ["193/2025/QH15"], len(FIRST), f"… {SECOND[len(FIRST) + 1 :]}",
                 id="what-another-arrow-does-not-say"),
    pytest.param(f"{LONG * 2}theo Luật", [], 0, f"{LONG[:149]} … {(LONG + 'theo Luật')[-149:]}", id="no-name"),
    pytest.param("x" * 5000, ["y"], 0, "x" * 150 + " … " + "x" * 150, id="no-space"),
]  # fmt: skip


@pytest.mark.parametrize(("quote", "names", "said", "cut"), CUTS)
def test_a_sentence_is_cut_around_what_it_is_about(quote: str, names: list[str], said: int, cut: str) -> None:
    assert cut_around(quote, names, said) == cut


def reading(quote: str, line: int, relation: str = "implements", start: int = 0) -> dict[str, Any]:
    return {"relation": relation, "source": {"file": "a.txt", "line": line, "start": start, "quote": quote}}


def step(to: str, first: dict[str, Any], *also: dict[str, Any]) -> dict[str, Any]:
    return {"to": to, "number": to, "title": None, "inverse": False, **first, "also": also}


def test_each_sentence_is_said_once() -> None:
    words, page = load_messages("vi")["relation_implements"], Page("vi", "/", {})
    short = "Chương trình hành động thực hiện Nghị quyết số 57-NQ/TW"
    steps = [
        step("57-NQ/TW", reading(short, 10, start=5), reading(short, 24, start=9), reading(short, 24, start=99)),
        step("57-NQ/TW", reading(FIRST, 7), reading(FIRST + " (viết tắt là Nghị quyết số 57-NQ/TW", 7)),
        step("193/2025/QH15", reading(SECOND, 7)),
    ]
    told = [Sentences(steps).tell(each, page) for each in steps]
    assert told[0] == [f"{words}: “{short}” (a.txt:10, 24)"]
    assert [len(each) for each in told] == [1, 1, 1]  # what goes on in the same sentence says nothing more
    assert "57-NQ/TW ngày" in told[1][0]
    assert "57-NQ/TW" not in told[2][0]
