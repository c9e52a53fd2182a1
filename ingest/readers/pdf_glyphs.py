"""From the letters that a page draws to its lines: what nobody sees left out, marks set on their letters."""

from __future__ import annotations

import itertools
import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import median

from ingest.readers.legacy_fonts import LegacyFont, write_shown
from ingest.readers.lines import Line
from ingest.readers.pdf_pages import Drawn, Glyph, turn_box

_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_PRIVATE = re.compile("[\uf000-\uf0ff]")  # codes that fonts give a meaning of their own
_RAISED = 0.8  # of the size around it: what is smaller may stand above or below the line
_SPACE = 0.13  # of the size: letters further apart have a space between them
_SOFT = "\u00ad"  # the hyphen of a broken word
_DRAWN_SPACE = 0.02  # where a space is drawn between them
_DOUBLE = 0.12  # of the size: the same letter again this near makes it bold
_WIDE = 1.2  # of the size: what stands further apart may be two columns
_SMALLEST = 0.0005  # of the longer side of the page, 0.4 points on A4: nobody sees smaller letters
_MOST_SIDEWAYS = 200  # lines of a page that run another way
_ASCENT, _DESCENT = 0.75, 0.22  # of the size: what a letter takes above and below its base line


def seen_glyphs(drawn: Drawn) -> list[Glyph]:
    """The letters that a reader sees, once each, on the page as it is held to read it."""
    page = (drawn.width, drawn.height)
    angles = Counter(glyph.angle for glyph in drawn.glyphs if glyph.text.strip() and glyph.angle is not None)
    drawn.turned = angles.most_common(1)[0][0] if angles else 0
    drawn.segments = [turn_box(each, drawn.turned, page) for each in drawn.segments]
    drawn.fills = [turn_box(each, drawn.turned, page) for each in drawn.fills]
    if drawn.turned in (90, 270):
        drawn.width, drawn.height = drawn.height, drawn.width
    least = _SMALLEST * max(page)
    upright = (glyph for glyph in drawn.glyphs if glyph.angle == drawn.turned and glyph.size >= least)
    inside = (glyph for glyph in upright if -1 < glyph.left < drawn.width + 1 and 0 < glyph.base < drawn.height + 1)
    return list(_once(each for each in inside if not each.white or _on_ground(each, drawn)))


def read_sideways(drawn: Drawn) -> list[Line]:
    """Lines that run upwards or downwards on a page that is held upright: heads of narrow columns."""
    lines = []
    upright = _swapped((drawn.width, drawn.height), drawn.turned)
    for angle in (each for each in (0, 90, 180, 270) if each != drawn.turned):
        own = [glyph for glyph in drawn.glyphs if glyph.angle == angle and not glyph.white]
        for row in read_lines(list(_once(own)), apart=True):
            for line in row:
                shown = turn_box(line.box, (360 - angle) % 360, _swapped(upright, angle))
                lines.append(replace(line, box=turn_box(shown, drawn.turned, upright)))
    return lines[:_MOST_SIDEWAYS]


def _swapped(size: tuple[float, float], angle: int) -> tuple[float, float]:
    return size[::-1] if angle in (90, 270) else size


def read_lines(glyphs: Sequence[Glyph], apart: bool = False) -> list[list[Line]]:
    """Lines from the top, each in one piece, or `apart` in as many as wide gaps leave."""
    lines = []
    for row in _rows(glyphs):
        pieces = _pieces(row) if apart else [row]
        made = [line for piece in pieces if (line := _line(piece))]
        if made:
            lines.append(made)
    return lines


def _once(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Letters without those drawn again to look bold; a mark drawn by itself goes to its letter."""
    near: dict[tuple[str, int, int], Glyph] = {}
    last: Glyph | None = None
    for glyph in glyphs:
        key = (glyph.text, round(glyph.left / 4), round(glyph.base / 4))
        around = (near.get((key[0], key[1] + dx, key[2] + dy)) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
        if glyph.text.strip() and any(each and _same(each, glyph) for each in around):
            continue
        near[key] = glyph
        if last and _is_mark(glyph) and _stands_on(glyph, last):
            last.text = unicodedata.normalize("NFC", last.text + glyph.text)
            last.right = max(last.right, glyph.right if glyph.left > last.right - 0.1 * last.size else 0.0)
            continue
        if last:
            yield last
        last = glyph
    if last:
        yield last


def _same(one: Glyph, other: Glyph) -> bool:
    close = _DOUBLE * one.size
    return abs(one.left - other.left) < close and abs(one.base - other.base) < close


def _is_mark(glyph: Glyph) -> bool:
    return bool(glyph.text) and all(unicodedata.category(char) == "Mn" for char in glyph.text)


def _stands_on(mark: Glyph, letter: Glyph) -> bool:
    close = 0.7 * letter.size
    there = letter.left - close < mark.left < letter.right + close and abs(mark.base - letter.base) < letter.size
    return there and letter.text[-1:].isalpha() | (unicodedata.category(letter.text[-1:] or " ") == "Mn")


def _on_ground(glyph: Glyph, drawn: Drawn) -> bool:
    """Whether white letters stand on something that is not white: the head of a table."""
    x, y = (glyph.left + glyph.right) / 2, glyph.base - 0.3 * glyph.size
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in drawn.fills)


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Letters by the line that they stand on; small ones above or below it belong to it."""
    if not glyphs:
        return []
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda each: each.base):
        if rows and glyph.base - rows[-1][-1].base <= 0.25 * min(glyph.size, rows[-1][-1].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    rows = [row for row in rows if any(glyph.text.strip() for glyph in row)]
    merged: list[list[Glyph]] = []
    for row in rows:
        if merged and _same_line(merged[-1], row):
            merged[-1] = merged[-1] + row
        else:
            merged.append(row)
    return merged


def _same_line(above: Sequence[Glyph], below: Sequence[Glyph]) -> bool:
    """Whether one of two rows is raised or lowered: smaller, and overlapping the other."""
    upper, lower = _size(above), _size(below)
    step = below[0].base - above[-1].base
    if min(upper, lower) > _RAISED * max(upper, lower):
        return False
    return step < (0.55 if upper < lower else 0.3) * max(upper, lower)


def _size(row: Sequence[Glyph]) -> float:
    return median(glyph.size for glyph in row if glyph.text.strip())


def _pieces(row: Sequence[Glyph]) -> list[list[Glyph]]:
    ordered = sorted((glyph for glyph in row if glyph.text.strip()), key=lambda each: each.left)
    wide = _WIDE * _size(row)
    pieces = [[ordered[0]]]
    end = ordered[0].right
    for glyph in ordered[1:]:
        if glyph.left - end > wide:
            pieces.append([])
        pieces[-1].append(glyph)
        end = max(end, glyph.right)
    return pieces


def _line(row: Sequence[Glyph]) -> Line | None:
    """One line of letters: spaces where the page leaves room, drawn as letters or not."""
    shown = sorted((glyph for glyph in row if glyph.text.strip()), key=lambda each: each.left)
    if not shown:
        return None
    size = _size(row)
    words = _words(shown, [glyph.left for glyph in row if glyph.text.isspace()], size)
    text = _spell(words)
    if shown[-1].text == _SOFT and text[-2:-1].islower():
        text = f"{text[:-1]}{_SOFT}"  # the word goes on in the next line; "57-" before "NQ/TW" keeps its hyphen
    left, right = shown[0].left, max(glyph.right for glyph in shown)
    base = median(glyph.base for glyph in shown)
    first = max(glyph.right for glyph in words[0]) - left
    unseen = sum(glyph.unseen for glyph in shown) * 2 > len(shown)
    doubts = ((0, len(text)),) if unseen else ()
    spaced = any(glyph.left >= right - 1 for glyph in row if glyph.text.isspace())
    return Line(text, (left, base - _ASCENT * size, right, base + _DESCENT * size), size, first, doubts, spaced)


def _words(shown: Sequence[Glyph], spaces: Sequence[float], size: float) -> list[list[Glyph]]:
    """Letters by word; where all letters of a line stand apart, a space is what is wider than that."""
    gaps = [after.left - before.right for before, after in itertools.pairwise(shown)]
    usual = max(median(gaps), 0.0) if len(gaps) > 4 else 0.0
    wide, narrow = _SPACE * size + min(usual, 0.5 * size), _DRAWN_SPACE * size + min(usual, 0.5 * size)
    drawn = sorted(spaces)
    words = [[shown[0]]]
    for before, glyph, gap in zip(shown, shown[1:], gaps, strict=False):
        at = bisect_left(drawn, before.right - 0.15 * size)
        between = at < len(drawn) and drawn[at] < glyph.left
        if gap > (narrow if between else wide):
            words.append([])
        words[-1].append(glyph)
    return words


def _spell(words: Sequence[Sequence[Glyph]]) -> str:
    """Words as one line; a sign that only its font knows stays to be seen where it is a letter of a word."""
    pieces: list[tuple[str, LegacyFont | None]] = []
    for word in words:
        lone = len(word) == 1
        for each in word:
            text = each.text if lone or each.font else _PRIVATE.sub("\ufffd", each.text)
            # some files call every hyphen soft: what is drawn is there
            pieces.append((text if each.font else text.replace(_SOFT, "-"), each.font))
        pieces.append((" ", None))
    return " ".join(unicodedata.normalize("NFC", write_shown(pieces)).translate(_LIGATURES).split())
