"""Numbers of rows that text recognition misread: what stands between 34 and 36 is 35. What is mended is in doubt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.readers.reading import Grid, GridCell

_COUNTED = 0.5  # share of a column's cells that are plain numbers, where it counts the rows
_LEAST = 3  # numbers that make a count
_PLAIN = re.compile(r"(\d{1,3})[.)]?")
_LEVELS = re.compile(r"\d{1,3}(?:\.\d{1,3})+\.?")  # "2.1" below "2" is right as it is
_MISREAD = re.compile(r"(?=\S*\d)[\dA-ZĐa-zđ|!]{1,4}[.,:;)]{0,2}(?:\d[.,:;)]{0,2})?")  # "14G.", "17,", "7A.", "35.2"
_ROMAN = re.compile(r"(?=[IVXL])(X{0,3}|XL|L)(IX|IV|V?I{0,3})")
_STROKES = re.compile(r"[IVXLilvx1|!H]{1,6}")  # what a Roman numeral is misread as
_WORTH = {"I": 1, "V": 5, "X": 10, "L": 50}
_NUMERALS = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_MOST = 39


@dataclass(slots=True)
class _Label:
    """One cell of the column: what it counts as, if that can be read, and what it is mended to."""

    cell: GridCell
    text: str
    plain: int | None = None
    mended: str | None = None


def mend_numbers(grid: Grid) -> Grid:
    """A table whose first column counts its rows, with what was misread there mended and in doubt."""
    own = sorted((cell for cell in grid.cells if cell.column == 0 and cell.text.strip()), key=lambda cell: cell.row)
    labels = [_label(cell) for cell in own]
    plain = [label for label in labels if label.plain is not None]
    if len(plain) < _LEAST or len(plain) < _COUNTED * len(labels):
        return grid
    _mend_plain(labels)
    heads = [label for label in labels if label.plain is None and not _LEVELS.fullmatch(label.text)]
    for head, text in zip(heads, mend_romans([head.text for head in heads]), strict=True):
        head.mended = text
    changed = {id(label.cell): label.mended for label in labels if label.mended and label.mended != label.text}
    cells = tuple(_with_text(cell, changed[id(cell)]) if id(cell) in changed else cell for cell in grid.cells)
    return replace(grid, cells=cells) if changed else grid


def _label(cell: GridCell) -> _Label:
    text = cell.text.strip()
    found = _PLAIN.fullmatch(text)
    return _Label(cell, text, int(found[1]) if found else None)


def _with_text(cell: GridCell, text: str) -> GridCell:
    return replace(cell, text=text, doubts=((0, len(text)),))


def _mend_plain(labels: Sequence[_Label]) -> None:
    """Mend the numbers that count on through a table, or anew under each heading."""
    last, ending = 0, _ending(labels)
    for at, label in enumerate(labels):
        ahead = _next_plain(labels, at)
        expected = last + 1
        if label.plain == 1 and _begins_below(labels[at + 1 :]):
            label.plain = None  # "I." read as "1."
        elif label.plain == expected or (label.plain == 1 and ahead == 2):
            last = label.plain
        elif ahead == expected and label.plain is not None:
            label.plain = None  # the count goes on behind it: this is a heading
        elif ahead == expected + 1 and (label.plain is not None or _MISREAD.fullmatch(label.text)):
            label.plain, label.mended = expected, f"{expected}{ending}"
            last = expected
        elif label.plain is not None:
            last = label.plain


def _begins_below(labels: Sequence[_Label]) -> bool:
    """Whether a count begins with the very next label."""
    return [label.plain for label in labels[:2]] == [1, 2]


def _ending(labels: Sequence[_Label]) -> str:
    """What stands behind most numbers of the column."""
    ends = [label.text[-1] if label.text[-1] in ".)" else "" for label in labels if label.plain is not None]
    return max(sorted(set(ends)), key=ends.count)


def _next_plain(labels: Sequence[_Label], at: int) -> int | None:
    return next((label.plain for label in labels[at + 1 :] if label.plain is not None), None)


def mend_romans(texts: Sequence[str]) -> list[str]:
    """Roman numerals that count headings, each as its count says: ["IL", "II.", "II."] -> ["I", "II.", "III."]

    They begin anew under what is no numeral: "A", "B".
    """
    values = [_roman(text) for text in texts]
    mended, last = [], 0
    for at, text in enumerate(texts):
        if values[at] is None and not _STROKES.fullmatch(_stripped(text)):
            last = 0
            mended.append(text)
            continue
        value = _counted(text, values[at], last, values[at + 1] if at + 1 < len(texts) else None)
        last = value or last
        mended.append(_numeral(value) + text[len(text.rstrip(".)")) :] if value else text)
    return mended


def _counted(text: str, value: int | None, last: int, ahead: int | None) -> int | None:
    """What a numeral counts as, between the last one and the one ahead; None where that cannot be told."""
    expected = last + 1
    if value == expected or expected > _MOST:
        return value
    if value is None:
        return 1 if ahead == 2 else expected
    if value == 1:  # "I" between "I" and "III", or another beginning
        return expected if last and ahead == expected + 1 and ahead != 2 else 1
    plain = _stripped(text) == _numeral(value)
    return expected if value <= last or ahead == expected + 1 or not plain else value


def _stripped(text: str) -> str:
    """Without accents, and what dust adds at the end: "VỊ -" -> "VI"."""
    plain = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return plain.rstrip(" .,:;)-'")


def _roman(text: str) -> int | None:
    """The worth of a numeral as printed, accents and small letters forgiven: "VỊ" is 6."""
    stripped = _stripped(text).replace("x", "X").replace("v", "V").replace("l", "I")
    if not stripped or not _ROMAN.fullmatch(stripped):
        return None
    worth = [_WORTH[sign] for sign in stripped]
    total = sum(-one if one < other else one for one, other in zip(worth, [*worth[1:], 0], strict=True))
    return total if total <= _MOST else None


def _numeral(value: int) -> str:
    text = ""
    for worth, sign in _NUMERALS:
        while value >= worth:
            text, value = text + sign, value - worth
    return text
