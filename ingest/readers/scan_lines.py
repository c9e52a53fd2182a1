"""Words that were read in a picture as lines of the page, with the stretches that are in doubt."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from statistics import median

from ingest.readers.lines import Line, around
from ingest.readers.reading import Box
from ingest.readers.tesseract import Word

ToPage = Callable[[tuple[int, int, int, int]], Box]

_DOUBTFUL = 90.0  # of 100: on pages made from plans below it are 2 % of all words and two wrong ones of three
_NOTHING = 80.0  # a sign that is no letter or digit and was read with less is dust
_WIDE = 1.5  # of the size: what stands further apart may be two columns
_TELLING = 3  # words of a line that tell how large it is set
_MARKS = ("-", "–", "+", "*", "•")  # before items of lists
_LOW = 0.3  # of the usual height: no letter is so low
_UNSURE = 0.5  # of the size: by which words may stand elsewhere than they seem, and lines end sooner
_ALIKE = (0.7, 1.4)  # of the usual height of words: then only letters differ, not the size
_STROKES = re.compile(r"[Il1|!ÌÍìíH]{2,4}|[lH|!ÌÍ]")  # how a numeral of strokes alone is misread
_STROKED = re.compile("[ĐÐ]{2}|[đð]{2}|Ð|ð")  # two letters of another alphabet that look like ours
_SMALL_AMONG_CAPITALS = re.compile(r"[cosvwxz][A-ZĐ]{2,5}[\d.]*")  # alike in shape; "eKYC" and "iOS" are words
_NUMERALS = ("I", "II", "III")
_NUMBER = re.compile(r"^(?P<number>\S{1,4}?)(?P<after>[.)]?)$")


def write_lines(words: Sequence[Word], usual: float, to_page: ToPage, apart: bool) -> list[Line]:
    """The lines of one picture from the top; `apart` in as many pieces as wide gaps leave."""
    lines = []
    for _, group in itertools.groupby(sorted(words, key=lambda word: word.line), key=lambda word: word.line):
        row = sorted(group, key=lambda word: word.box[0])
        size = _size(row, usual)
        for piece in _pieces(row, size) if apart else [row]:
            if kept := [word for word in piece if not _is_dust(word, usual)]:
                lines.append(_line(kept, size, to_page))
    return sorted(lines, key=lambda line: (line.box[1], line.box[0])) if apart else lines


def usual_height(words: Iterable[Word]) -> float:
    """How high most words of a page are, in dots."""
    heights = [word.box[3] - word.box[1] for word in words if len(word.text) > 2]
    return float(median(heights)) if heights else 24.0


def write_rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that stand beside each other as one row, from the left."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=_middle):
        if rows and _middle(line) - _middle(rows[-1][0]) < 0.5 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.box[0]) for row in rows]


def mend_numeral(line: Line) -> Line:
    """A cell that holds a numeral of strokes and nothing else: "IH" is "III"; what was mended is in doubt."""
    found = _NUMBER.match(line.text)
    if found is None or not _STROKES.fullmatch(found["number"]):
        return line
    strokes = sum(2 if char == "H" else 1 for char in found["number"])
    if found["number"] in _NUMERALS or not 1 <= strokes <= len(_NUMERALS) or found["number"].isdigit():
        return line
    text = _NUMERALS[strokes - 1] + found["after"]
    return Line(text, line.box, line.size, line.first_width, ((0, len(text)),))


def _pieces(row: Sequence[Word], size: float) -> Iterator[list[Word]]:
    piece: list[Word] = []
    for word in row:
        if piece and word.box[0] - piece[-1].box[2] > _WIDE * size:
            yield piece
            piece = []
        piece.append(word)
    if piece:
        yield piece


def _line(words: Sequence[Word], size: float, to_page: ToPage) -> Line:
    text, doubts = "", []
    for word in words:
        start = len(text) + bool(text)
        said = _mend(word.text)
        text = f"{text} {said}" if text else said
        if word.sure < _DOUBTFUL or said != word.text:
            doubts.append((start, start + len(said)))
    box = around([to_page(word.box) for word in words])
    first = to_page(words[0].box)
    scale = (box[3] - box[1]) / max(max(word.box[3] for word in words) - min(word.box[1] for word in words), 1)
    return Line(text, box, size * scale, first[2] - first[0] + _UNSURE * size * scale, tuple(doubts))


def _mend(word: str) -> str:
    """A word without what it cannot be: "QĐÐ-UBND" is "QĐ-UBND", "cQS" is "CQS"."""
    word = _STROKED.sub(lambda found: "Đ" if found[0].isupper() else "đ", word)
    return word.upper() if _SMALL_AMONG_CAPITALS.fullmatch(word) else word


def _size(row: Sequence[Word], usual: float) -> float:
    heights = [word.box[3] - word.box[1] for word in row if len(word.text) > 2]
    own = float(median(heights)) if len(heights) >= _TELLING else usual
    low, high = _ALIKE
    return usual if low * usual <= own <= high * usual else own


def _is_dust(word: Word, usual: float) -> bool:
    letters = any(char.isalnum() for char in word.text)
    if word.text in _MARKS:
        return False
    return (word.sure < _NOTHING and not letters) or (letters and word.box[3] - word.box[1] < _LOW * usual)


def _middle(line: Line) -> float:
    return (line.box[1] + line.box[3]) / 2
