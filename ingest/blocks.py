"""Paragraphs and items: lines joined where a page broke them, and cut where two items share a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.grid import Table
from ingest.lines import Line, Mark, drop_emphasis, find_mark, is_upper
from ingest.reference import load_phrase
from ingest.source import SourceText
from ingest.wrapped import STOPS, goes_on, page_width

_GAPS = re.compile(r"\t|\||\s{3,}")
_TITLED = frozenset({"part", "chapter", "section"})
_MAX_TITLE = 200
_MAX_OPEN = 3  # lines over which a bracket may stay open
_INLINE_LETTER = re.compile(r"(?<=[.;]\s)([a-zđ])\)\s(?=[A-ZĐÀ-Ỹ])")
_LETTERS = "abcdđeghiklmnopqrstuvxy"  # the order of items in Vietnamese paperwork: no f, j, w, z


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or item at `start:end`; its words, after the list mark, begin at `words`."""

    start: int
    end: int
    words: int
    text: str  # the words on one line, without Markdown
    mark: Mark | None
    table: Table | None = None
    columns: tuple[str, ...] = ()  # where tabs, pipes or wide gaps set a line in columns: what each says
    after_blank: bool = False  # whether a blank line or a rule stands over it

    @property
    def upper(self) -> bool:
        """Whether the block is set in capitals, as titles are."""
        return is_upper(self.text)


def find_blocks(source: SourceText, lines: Sequence[Line], tables: Sequence[Table]) -> tuple[Block, ...]:
    """All blocks of a text in order; each table is one block."""
    blocks: list[Block] = []
    waiting = list(tables)
    group: list[Line] = []
    inside = -1  # end of the table that we are in
    letter = ""  # of the list that is open
    width = page_width(lines)
    for line in lines:
        if line.start < inside:
            continue
        if waiting and line.end > waiting[0].start:
            blocks += (found := _items(source, group, letter))
            letter = _open_letter(letter, found)
            group, table = [], waiting.pop(0)
            inside = table.end
            blocks.append(Block(table.start, table.end, table.start, "", None, table))
        elif group and _goes_on(source, group, line, width):
            group.append(line)
        else:
            blocks += (found := _items(source, group, letter))
            letter = _open_letter(letter, found)
            group = [line]
    return _join_titles(blocks + _items(source, group, letter))


def _open_letter(letter: str, blocks: Sequence[Block]) -> str:
    """The letter of the list that is open behind some more blocks, "" when a higher heading closed it."""
    for block in blocks:
        if block.mark and block.mark.style not in ("dash", "plus", "star"):
            letter = block.mark.label if block.mark.style == "letter" else ""
    return letter


def _goes_on(source: SourceText, group: Sequence[Line], line: Line, width: int | None) -> bool:
    """Whether a line is the rest of the paragraph before it: "... là 20% (năm" + "2025), 30% ..."."""
    if line.mark or "|" in line.raw or "|" in group[-1].raw:
        return False
    last = group[-1].text
    if len(group) < _MAX_OPEN:
        so_far = source.text[group[0].start : group[-1].end]
        if so_far.count("(") > so_far.count(")"):
            return True
    if width and goes_on(group, line, width):
        return True
    first = line.text[0]
    if is_upper(group[-1].text) and not is_upper(line.text):
        return False  # "KẾ HOẠCH" over "thực hiện Nghị quyết ...": a title and its second line
    cut = first.isdigit() and (last.endswith(",") or load_phrase("figure_to_come").search(last))
    return bool(first.islower() or cut) and not last.endswith(STOPS)


def _items(source: SourceText, group: Sequence[Line], letter: str) -> list[Block]:
    """The items of a paragraph: mostly one, but "... khởi nghiệp. b) Hội nhập quốc tế" begins the next on its line."""
    if not group:
        return []
    blocks = []
    start, end, mark = group[0].start, group[-1].end, group[0].mark
    letter = mark.label if mark and mark.style == "letter" else letter
    for found in _INLINE_LETTER.finditer(source.text, start + 1, end):
        if follows(letter, found[1]):
            blocks.append(_block(source, start, found.start(), mark, group[0].after_blank))
            start, mark, letter = found.start(), find_mark(source.text[found.start() : end], found.start()), found[1]
    return [*blocks, _block(source, start, end, mark, group[0].after_blank)]


def _block(source: SourceText, start: int, end: int, mark: Mark | None, after_blank: bool) -> Block:
    end = start + len(source.text[start:end].rstrip())
    words = mark.words if mark else start
    text = drop_emphasis(source.text[words:end])
    columns = tuple(part.strip() for part in _GAPS.split(text) if part.strip())
    return Block(start, end, words, " ".join(text.split()), mark, None, columns, after_blank)


def _join_titles(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """ "Chương II" or "Phần thứ hai" alone on its line has its title on the next."""
    joined: list[Block] = []
    for block in blocks:
        above = joined[-1] if joined else None
        bare = above is not None and above.mark is not None and above.mark.style in _TITLED and not above.text
        if above and bare and not block.mark and not block.table and len(block.text) <= _MAX_TITLE:
            joined[-1] = replace(above, end=block.end, words=block.words, text=block.text)
        else:
            joined.append(block)
    return tuple(joined)


def follows(label: str, other: str) -> bool:
    """Whether one letter comes right after another in a list: d -> đ -> e -> g."""
    at = _LETTERS.find(label)
    return 0 <= at < len(_LETTERS) - 1 and _LETTERS[at + 1] == other
