"""Headings among the rows of a table: which row is one, its label, and what it stands under."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.grid import Cell, Row
from ingest.heads import cell_kind, plain_words
from ingest.lines import find_mark

COUNTED = ("serial", "group", "letter", "code")
_MAX_TITLE = 150
_OUTER = ("part", "chapter")  # styles of headings that no other heading of a table stands over


def kind_of_first(row: Row) -> str:
    return cell_kind(row.first.text)


def label_of(cell: Cell) -> str:
    """The number of a row as printed, without what closes it: "**7.**" -> "7", "3/" -> "3", "-" -> ""."""
    return plain_words(cell.text).strip("() .-–+•/")


def has_subrow(first: Cell, following: Sequence[Row]) -> bool:
    """Whether the next row numbers itself below this one: 1 over 1.1."""
    return any(label_of(row.first).startswith(f"{label_of(first)}.") for row in following)


def split_label(title: str) -> tuple[str, str]:
    """The label of a heading that stands in one cell with it: "Phần II: Nhân lực số" -> "Phần II", "Nhân lực số"."""
    words = plain_words(title)
    mark = find_mark(words, 0)
    if mark is None or mark.style not in ("roman", "upper", *_OUTER) or not words[mark.words :]:
        return "", words
    label = words[: mark.words].strip(" :.-–") if mark.style in _OUTER else mark.label
    return label, words[mark.words :].lstrip(" :.-–")


def is_title(cell: Cell, following: Sequence[Row]) -> bool:
    """Whether the words of a row that has no others are a title: short, no sentence, and a numbered row below."""
    words = plain_words(cell.text)
    below = any(kind_of_first(row) in COUNTED for row in following)
    return below and len(words) <= _MAX_TITLE and words[:1].isupper() and not words.endswith((".", ";", ",", ":"))


def is_listed(row: Row) -> bool:
    """Whether a row has no number and says an item of a list, with who does it: "| | - Xây dựng kho | Sở Y tế |"."""
    printed = [cell.text for cell in row.own]
    mark = find_mark(plain_words(printed[0]), 0) if printed and not row.first.text else None
    return len(printed) > 1 and mark is not None and mark.style in ("dash", "plus", "star", "letter")


def group_style(label: str) -> str:
    if not label:
        return "plain"
    if " " in label:
        return "outer"
    if label[0].isdigit():
        return f"number{label.count('.')}"
    return "roman" if set(label) <= set("IVX") else "upper"
