"""Items hang under one another by the document's own numbering, each under an address of its own."""

from __future__ import annotations

import pytest

from ingest.outline import is_heading, roman_value, slug_label, unique
from tests.texts import outline_of


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        pytest.param(
            "I. Mục tiêu\n1. Chung\na) Một\nII. Nhiệm vụ\n1. Riêng",
            ["phan/i", "phan/i/1", "phan/i/1/a", "phan/ii", "phan/ii/1"],
            id="numbers-restart-below",
        ),
        pytest.param(
            "1. Một\nd) Bốn\nđ) Năm\ne) Sáu", ["phan/1", "phan/1/d", "phan/1/dd", "phan/1/e"], id="d-and-d-bar"
        ),
        pytest.param(
            "I. Đầu\n- gạch\n+ cộng\n+ cộng\n- gạch",
            ["phan/i", "phan/i/gach-1", "phan/i/gach-1/cong-1", "phan/i/gach-1/cong-2", "phan/i/gach-2"],
            id="bullets-are-counted",
        ),
        pytest.param(
            "1. Một\n1.1. Hai\n1.1.1. Ba\n1.2. Bốn\n2. Năm",
            ["phan/1", "phan/1/1.1", "phan/1/1.1/1.1.1", "phan/1/1.2", "phan/2"],
            id="decimal-levels",
        ),
        pytest.param(
            "A. Một\nB. Hai\nC. Ba\nD. Bốn\nI. Năm",
            ["phan/a", "phan/b", "phan/c", "phan/d", "phan/d/i"],
            id="c-and-d-behind-b-are-letters",
        ),
        pytest.param(
            "II. Nhiệm vụ\nA. Giai đoạn\n1. Một\nB. Tầm nhìn\n1. Hai\nIII. Kinh phí",
            ["phan/ii", "phan/ii/a", "phan/ii/a/1", "phan/ii/b", "phan/ii/b/1", "phan/iii"],
            id="letters-below-roman",
        ),
        pytest.param(
            "Điều 1. Một\n1. Khoản\na) Điểm\nĐiều 2. Hai",
            ["phan/dieu-1", "phan/dieu-1/1", "phan/dieu-1/1/a", "phan/dieu-2"],
            id="articles",
        ),
        pytest.param(
            "I. Đầu\na) Một\na) Hai\nb) Ba", ["phan/i", "phan/i/a", "phan/i/a-2", "phan/i/b"], id="a-letter-twice"
        ),
        pytest.param(
            "V. Kinh phí\nMột đoạn\nHai đoạn", ["phan/v", "phan/v/doan-1", "phan/v/doan-2"], id="paragraphs-are-counted"
        ),
        pytest.param(
            "I. Đầu\n- Một\nĐoạn\n- Hai",
            ["phan/i", "phan/i/gach-1", "phan/i/doan-1", "phan/i/gach-2"],
            id="a-paragraph-is-no-child-of-a-bullet",
        ),
        pytest.param("Mở đầu\nKết thúc", ["phan/doan-1", "phan/doan-2"], id="no-numbering-at-all"),
        pytest.param("", [], id="empty"),
    ],
)
def test_addresses(text: str, addresses: list[str]) -> None:
    assert [node.address for node in outline_of(text).walk()][1:] == addresses


def test_a_path_holds_the_headings_from_the_outermost_in() -> None:
    *_, leaf = outline_of("II. NHIỆM VỤ\nA. Giai đoạn 2025-2030\n1. Hạ tầng số\n- Phát triển viễn thông.").walk()
    assert [(step.label, step.title) for step in leaf.path()] == [
        ("II", "NHIỆM VỤ"),
        ("A", "Giai đoạn 2025-2030"),
        ("1", "Hạ tầng số"),
        ("-", "Phát triển viễn thông."),
    ]


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        pytest.param("1. Hạ tầng số\n- Phát triển viễn thông.", True, id="names-what-stands-below"),
        pytest.param("1. Phát triển hạ tầng số.\n- Viễn thông.", False, id="a-sentence-is-no-heading"),
        pytest.param("1. Hạ tầng số", False, id="nothing-below"),
        pytest.param(f"1. {'Phát triển hạ tầng số ' * 8}\n- Viễn thông", False, id="too-long"),
    ],
)
def test_headings(text: str, heading: bool) -> None:
    assert is_heading(outline_of(text).children[0]) is heading


@pytest.mark.parametrize(
    ("label", "slug"),
    [
        pytest.param("II", "ii", id="roman"),
        pytest.param("đ", "dd", id="d-bar"),
        pytest.param("d", "d", id="d"),
        pytest.param("1.1", "1.1", id="decimal"),
        pytest.param("12.", "12", id="final-stop"),
        pytest.param("thứ nhất", "thu-nhat", id="words"),
    ],
)
def test_labels_as_addresses_print_them(label: str, slug: str) -> None:
    assert slug_label(label) == slug


@pytest.mark.parametrize(("label", "value"), [("I", 1), ("IV", 4), ("IX", 9), ("XIV", 14), ("XXX", 30)])
def test_roman_numbers(label: str, value: int) -> None:
    assert roman_value(label) == value


def test_no_address_is_given_twice() -> None:
    taken: set[str] = set()
    assert [unique(address, taken) for address in ("a", "a", "a-2", "a")] == ["a", "a-2", "a-2-2", "a-3"]
