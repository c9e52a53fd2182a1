"""Dashes before the first word of a line, which text recognition likes to lose: without them a list has no items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ingest.readers.scan_images import DARK, Gray
from ingest.readers.tesseract import Word

# All of the usual height of words.
_REACH = 1.3  # how far before a word its dash may stand
_LONG = (0.15, 0.9)
_THICK = 0.2
_HEIGHT = (0.3, 0.8)  # where a dash stands, from the top of a word
_DASH = "-"


def find_dashes(gray: Gray, words: Sequence[Word], usual: float) -> list[Word]:
    """The words of a picture, and before the first of each line the dash that the picture shows, in doubt."""
    first: dict[tuple[int, int, int], Word] = {}
    for word in words:
        if word.line not in first or word.box[0] < first[word.line].box[0]:
            first[word.line] = word
    found = (_dash_before(gray, word, usual) for word in first.values() if word.text[0].isalnum())
    return [*words, *(dash for dash in found if dash)]


def _dash_before(gray: Gray, word: Word, usual: float) -> Word | None:
    left, top, _, bottom = word.box
    begin = max(left - round(_REACH * usual), 0)
    ys, xs = np.nonzero(gray[top:bottom, begin : max(left - 2, begin)] < DARK)
    if not len(ys):
        return None
    width, height = int(np.ptp(xs)) + 1, int(np.ptp(ys)) + 1
    middle = (int(ys.min()) + int(ys.max())) / 2 / max(bottom - top, 1)
    low, high = _HEIGHT
    if not (_LONG[0] * usual <= width <= _LONG[1] * usual and height <= _THICK * usual and low <= middle <= high):
        return None
    box = (begin + int(xs.min()), top + int(ys.min()), begin + int(xs.max()) + 1, top + int(ys.max()) + 1)
    return replace(word, box=box, sure=0.0, text=_DASH)
