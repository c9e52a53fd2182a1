"""Where a quote stands, in words: the page of a PDF or scan, the paragraph or row of a Word file, else the line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ingest.readers.reading import Box, Place
from ingest.source import SourceText

_STEP = re.compile(r"(\w+)\[([^\]]*)\]")
_SPOT = re.compile(r"\]/([A-Z]+\d+)$")  # of a workbook: "sheet[Nhiệm vụ]/B7"
_WORDS = {
    name: f"place_{name}" for name in ("box", "cell", "endnote", "footnote", "paragraph", "row", "sheet", "table")
}  # what the steps to a block are called
_POINTS = 72 / 2.54  # in a centimetre
Say = Mapping[str, str]
Source = Mapping[str, Any]


def say_place(source: Source, say: Say) -> str:
    """The shortest that leads there: "trang 12", "bảng 3, hàng 7", "dòng 277"."""
    if page := source.get("page"):
        return say["place_page"].format(number=page)
    return say_block(source.get("block") or "", say, with_cell=False) or say["line"].format(line=source["line"])


def say_places(sources: Iterable[Source], say: Say) -> str:
    """The places of several quotes of one file: "dòng 5, 7", "trang 12, trang 14"."""
    all_ = list(sources)
    if any(each.get("page") or each.get("block") for each in all_):
        return "; ".join(dict.fromkeys(say_place(each, say) for each in all_))
    return say["lines"].format(lines=", ".join(dict.fromkeys(str(each["line"]) for each in all_)))


def say_lines(text: SourceText | None, first: int, last: int, say: Say) -> str:
    """Where some lines of a text stand in its file: "dòng 5–7", "trang 12", "đoạn 3 – đoạn 5"."""
    starts = text.line_starts if text else ()
    places = [place for each in (first, last) if each <= len(starts) and text and (place := _place_of(text, each))]
    if not places:
        return say["lines"].format(lines=f"{first}–{last}") if last > first else say["line"].format(line=first)
    said = [say_place({"page": each.page, "block": each.block, "line": first}, say) for each in places]
    return " – ".join(dict.fromkeys(said))


def say_origin(source: Source, say: Say) -> str:
    """The file and all that is known of the place: "719.pdf, trang 12, bảng 3, hàng 7, ô 2", "719.txt:277"."""
    page, block = source.get("page"), source.get("block")
    if not page and not block:
        return f"{source['file']}:{source['line']}"
    said = say["place_page"].format(number=page) if page else ""
    return ", ".join(filter(None, (source["file"], said, say_block(block or "", say))))


def say_block(block: str, say: Say, *, with_cell: bool = True) -> str:
    """The way to a block: say_block("table[3]/row[7]/cell[2]", say) == "bảng 3, hàng 7, ô 2"."""
    return ", ".join(_steps(block, say, with_cell))


def say_box(box: Box, say: Say) -> str:
    """Where on its page a box begins, for a ruler: "cách mép trên 12,4 cm, mép trái 3 cm"."""
    top, left = (f"{max(each, 0) / _POINTS:.1f}".removesuffix(".0") for each in (box[1], box[0]))
    comma = say["place_decimal"]
    return say["page_by_edge"].format(top=top.replace(".", comma), left=left.replace(".", comma))


def _place_of(text: SourceText, line: int) -> Place | None:
    """Where the first words of a line stand."""
    start = text.line_starts[line - 1]
    return next((each.place for each in text.places_in(start, start + 1)), None)


def _steps(block: str, say: Say, with_cell: bool) -> Iterator[str]:
    for found in _STEP.finditer(block):
        name, number = found.groups()
        if name == "cell" and not with_cell:
            continue
        if name in _WORDS:
            yield say[_WORDS[name]].format(number=number)
    if spot := _SPOT.search(block):
        yield say["place_cell"].format(number=spot[1])
