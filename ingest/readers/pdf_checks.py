"""Whether the letters of a page are what the page shows: a page that would be read wrong is refused."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.readers.lines import Line
from ingest.readers.pdf_pages import Drawn
from ingest.source import Unreadable

_UNKNOWN = "[\ufffd\ue000-\uf8ff]"
_IN_WORD = re.compile(rf"(?<=[^\W\d_]){_UNKNOWN}|{_UNKNOWN}(?=[^\W\d_])")
_ANY_UNKNOWN = re.compile(_UNKNOWN)
_BULLET = re.compile(rf"^{_UNKNOWN}(?=\s|$)")
_APART = re.compile(r"[\u0300-\u036f]|(?<=[^\W\d_])[´`ˆ˜¨˘˙]|[´`ˆ˜¨˘˙](?=[^\W\d_])")
_OTHER_SIGNS = re.compile(r"(?<=[^\W\d_])[¡-©¬-¯±´-¹¼-¿×÷]|[¡-©¬-¯±´-¹¼-¿×÷](?=[^\W\d_])")  # "KÕ ho¹ch"
_VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9àáãèéìíòóõùúýÀÁÃÈÉÌÍÒÓÕÙÚÝ]")
_VOWELS = re.compile("[aeiouyAEIOUY]|[^\x00-\x7f]")
_LEAST_LETTERS = 40  # too few to tell anything from
_FEW = 2
_LEAST_VIETNAMESE = 0.02


def is_picture(drawn: Drawn, lines: Sequence[Line]) -> bool:
    """Whether the text of a page is in a picture, so that what letters there are do not say it."""
    letters = sum(char.isalpha() for line in lines for char in line.text)
    if letters < _LEAST_LETTERS:
        return drawn.pictured > 0.5 or (letters == 0 and drawn.paths > 200)
    recognised = [line for line in lines if line.doubts]
    return len(recognised) * 2 > len(lines) and drawn.pictured > 0.5 and _vietnamese(lines) < _LEAST_VIETNAMESE


def check_letters(number: int, lines: Sequence[Line]) -> None:
    """Raise Unreadable for a page whose fonts do not tell its letters."""
    text = "\n".join(_BULLET.sub("-", line.text) for line in lines)
    letters = sum(char.isalpha() for char in text)
    some = max(_FEW, letters / 100)
    if len(_IN_WORD.findall(text)) > some or len(_ANY_UNKNOWN.findall(text)) > max(some, letters / 3):
        raise Unreadable(f"page {number}: its font does not say which letters it draws; take the Word file or a scan")
    if len(_APART.findall(text)) > some:
        raise Unreadable(f"page {number}: its accents stand apart from their letters; take the Word file or a scan")
    if len(_OTHER_SIGNS.findall(text)) > some:
        raise Unreadable(f"page {number}: its font from before Unicode is not known; take the Word file or a scan")
    vowels = len(_VOWELS.findall(text)) / max(letters, 1)
    if letters >= 2 * _LEAST_LETTERS and not 0.2 <= vowels <= 0.75:
        raise Unreadable(f"page {number}: its letters make no words; take the Word file or a scan")


def lacks_accents(lines: Sequence[Line]) -> bool:
    """Whether a page holds words but hardly an accent: another language, or accents that its file lost."""
    letters = sum(char.isalpha() for line in lines for char in line.text)
    return letters >= 5 * _LEAST_LETTERS and _vietnamese(lines) < _LEAST_VIETNAMESE


def clean_unknown(text: str) -> str:
    """A line without the few signs that no font names: one at its beginning is a bullet."""
    return _ANY_UNKNOWN.sub("", _BULLET.sub("-", text)).strip()


def _vietnamese(lines: Sequence[Line]) -> float:
    letters = sum(char.isalpha() for line in lines for char in line.text)
    return sum(len(_VIETNAMESE.findall(line.text)) for line in lines) / max(letters, 1)
