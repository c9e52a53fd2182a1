"""Lines of a page that has no paragraphs of its own (PDF, scan), and which of them make one paragraph."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.readers.reading import Box

_MARK = re.compile(
    r"(?:[-–—+•●▪*]|\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[a-zđ]{1,2}|[IVXLC]{1,6})[.)]|(?:Điều|Chương|Mục|Phần|Khoản)\s+(?:\d+|[IVXLC]+)\b[.:]?)(?=\s|$)"
)
_ENDS = (".", ";", ":", "!", "?")
_GLUED = re.compile(r"\w[-–/]$")  # "57-" before "KH/UBND": broken behind a hyphen that belongs to the word
_SOFT = "\u00ad"
_INDENT = 6.0  # points that a first line stands further in, at least
_HEADING = 20  # letters in capitals; an abbreviation has fewer
_FULL = 0.85  # of the width: a longer line is not known to be centred
_SLACK = 0.5
_FLUSH = 1.5  # points by which lines of justified text miss the right side
_SHORT = 0.35  # of the size: justified text stretches a line that misses it by more, unless a paragraph ends there
_JUSTIFIED = 0.5  # of the lines of a stretch, and how many at least, reach the right side where it is justified
_MANY = 6
_APART = 0.12  # of the size: how much further apart paragraphs stand than lines, at least


@dataclass(frozen=True, slots=True)
class Line:
    """One line as printed: where it stands, how large it is, how wide its first word is."""

    text: str
    box: Box
    size: float
    first_width: float
    doubts: tuple[tuple[int, int], ...] = ()
    spaced: bool = False  # a space is drawn behind its last word

    @property
    def width(self) -> float:
        """From the first letter to the last."""
        return self.box[2] - self.box[0]


@dataclass(frozen=True, slots=True)
class Joined:
    """A paragraph of lines."""

    text: str
    box: Box
    doubts: tuple[tuple[int, int], ...]


def has_mark(line: Line) -> bool:
    """Whether a line begins as a part of a list does: "- Sở Tài chính", "2.1. Mục tiêu", "a) Đến năm 2025"."""
    return _MARK.match(line.text) is not None


def ends_sentence(line: Line) -> bool:
    """Whether a sentence, or what announces a list, ends with a line."""
    return line.text.rstrip().endswith(_ENDS)


def would_fit(before: Line, after: Line, left: float, right: float) -> bool:
    """Whether the first word of a line had room behind the line before: then somebody ended that line on purpose."""
    centred = _is_centred(before, left, right) and before.width < _FULL * (right - left)  # else indented by chance
    room = right - left if centred else right - before.box[0]
    return before.width + 0.25 * before.size + after.first_width <= room - _SLACK


def split_paragraphs(lines: Sequence[Line], left: float, right: float) -> list[list[Line]]:
    """Lines of one column from the top, by paragraph."""
    sides, pitch, justified = (left, right), _usual_pitch(lines), is_justified(lines, right)
    groups: list[list[Line]] = []
    for line, after in itertools.zip_longest(lines, lines[1:]):
        fresh = not groups or _begins(groups[-1], line, sides, pitch)
        fresh = fresh or (justified and _capital(line) and ends_short(groups[-1][-1], left, right))
        if fresh or _may_begin(groups[-1], line, after, sides, pitch):
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def is_justified(lines: Sequence[Line], right: float) -> bool:
    """Whether the lines of a stretch are stretched to reach the right side."""
    full = sum(abs(right - line.box[2]) < _FLUSH for line in lines)
    return full >= _MANY and full >= _JUSTIFIED * len(lines)


def ends_short(line: Line, left: float, right: float) -> bool:
    """Whether a line of justified text was not stretched: it is the last one of its paragraph."""
    return right - line.box[2] > _SHORT * line.size and not _is_centred(line, left, right)


def goes_on(before: Line, after: Line, left: float, right: float) -> bool:
    """Whether a paragraph runs on over the end of a page."""
    if would_fit(before, after, left, right) or abs(before.size - after.size) > 1.5:
        return False
    indented = after.box[0] > left + _INDENT and not _is_centred(after, left, right)
    if has_mark(after) and (indented or ends_sentence(before)):
        return False
    return not (indented and (before.box[0] < left + _INDENT or ends_sentence(before)))


def join_lines(lines: Iterable[Line]) -> Joined:
    """The words of lines as one text; a word broken behind its own hyphen has no space there."""
    text, doubts = "", []
    boxes = []
    spaced = False
    for line in lines:
        between = "" if not text or (_GLUED.search(text) and not spaced) else " "
        if text.endswith(_SOFT):
            text, between = text.removesuffix(_SOFT), ""
        start = len(text) + len(between)
        text += between + line.text
        doubts += [(start + first, start + last) for first, last in line.doubts]
        boxes.append(line.box)
        spaced = line.spaced
    return Joined(text.replace(_SOFT, "") if not doubts else text, around(boxes), tuple(doubts))


def join_paragraphs(groups: Iterable[Sequence[Line]]) -> Joined:
    """Paragraphs of a cell as one text, one line each."""
    parts = [join_lines(group) for group in groups]
    doubts, at = [], 0
    for part in parts:
        doubts += [(at + first, at + last) for first, last in part.doubts]
        at += len(part.text) + 1
    return Joined("\n".join(part.text for part in parts), around([part.box for part in parts]), tuple(doubts))


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box around some, of which there is at least one."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _begins(group: Sequence[Line], line: Line, sides: tuple[float, float], pitch: float) -> bool:
    left, right = sides
    before = group[-1]
    if would_fit(before, line, left, right) or abs(before.size - line.size) > 1.5:
        return True
    if line.box[3] - before.box[3] > 1.3 * max(pitch, before.size):
        return True
    if _in_capitals(" ".join(each.text for each in group)) and _in_small_letters(line.text):
        return True
    indented = line.box[0] > left + _INDENT and line.box[0] > before.box[0] + _INDENT
    if has_mark(line):
        return indented or ends_sentence(before) or line.box[0] < before.box[0] - 4 * _INDENT
    hanging = len(group) == 1 and has_mark(before)
    return indented and not hanging and not _is_centred(line, left, right)


def _may_begin(group: Sequence[Line], line: Line, after: Line | None, sides: tuple[float, float], pitch: float) -> bool:
    """Whether a line with a capital begins a paragraph by its place: a little lower, or indented as the one before.

    Two indented lines are two paragraphs where the next line goes back to the left side.
    """
    before = group[-1]
    if not _capital(line) or abs(before.size - line.size) > _SLACK or _is_centred(line, *sides):
        return False
    step = line.box[3] - before.box[3]
    if ends_sentence(before) and pitch + _APART * line.size < step:
        return True
    inside = line.box[0] > sides[0] + _INDENT and abs(line.box[0] - before.box[0]) < _SLACK
    if after is None or len(group) > 1 or has_mark(after):
        return False
    return inside and after.box[0] < line.box[0] - _INDENT and after.box[3] > line.box[3]


def _capital(line: Line) -> bool:
    """Whether a sentence may begin with a line."""
    first = next((char for char in line.text if char.isalnum()), "")
    return first.isupper()


def _in_capitals(text: str) -> bool:
    """Whether a text is a heading in capitals: "DANH MỤC NHIỆM VỤ", before "(Kèm theo Quyết định này)"."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= _HEADING and all(char.isupper() for char in letters)


def _in_small_letters(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return 2 * sum(char.islower() for char in letters) > len(letters)


def _is_centred(line: Line, left: float, right: float) -> bool:
    begins, ends = line.box[0] - left, right - line.box[2]
    return begins > _INDENT and abs(begins - ends) < 0.5 * line.size


def _usual_pitch(lines: Sequence[Line]) -> float:
    """From line to line inside a paragraph: between the nearest lines, for paragraphs stand further apart."""
    steps = sorted(b.box[3] - a.box[3] for a, b in itertools.pairwise(lines) if b.box[3] > a.box[3])
    return steps[len(steps) // 4] if steps else 0.0
