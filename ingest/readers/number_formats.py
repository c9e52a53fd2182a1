"""Numbers as automatic numbering prints them: 4 is "4", "04", "IV", "d" or "bốn"."""

from __future__ import annotations

from collections.abc import Callable

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_MOST_LETTERS = 30  # "z" thirty times is item 780; a hostile start of two billion must not become a text
_MOST_ROMAN = 3999
_FOOTNOTE_SIGNS = "*†‡§"


def format_number(value: int, style: str, pattern: str = "") -> str:
    """A number in one of Word's formats; `pattern` is the sample of a custom one, "001, 002, 003, ..."."""
    if style == "custom":
        return str(value).zfill(len(pattern.partition(",")[0].strip()) or 1)
    return _FORMATS.get(style, str)(value)


def roman(value: int) -> str:
    """4 -> "iv"."""
    if not 0 < value <= _MOST_ROMAN:
        return str(value)
    parts = []
    for worth, sign in _ROMAN:
        times, value = divmod(value, worth)
        parts.append(sign * times)
    return "".join(parts)


def letters(value: int) -> str:
    """1 -> "a", 26 -> "z", 27 -> "aa", 28 -> "bb", as Word goes on."""
    times, at = divmod(value - 1, len(_ALPHABET))
    return str(value) if value < 1 or times >= _MOST_LETTERS else _ALPHABET[at] * (times + 1)


def vietnamese(value: int) -> str:
    """4 -> "bốn", 15 -> "mười lăm", 21 -> "hai mươi mốt"; numbers of three digits stay digits."""
    if not 0 <= value < 100:
        return str(value)
    tens, units = divmod(value, 10)
    if tens == 0:
        return _UNITS[units]
    ten = "mười" if tens == 1 else f"{_UNITS[tens]} mươi"
    if units == 0:
        return ten
    after = {1: "mốt" if tens > 1 else "một", 5: "lăm"}.get(units, _UNITS[units])
    return f"{ten} {after}"


def _signs(value: int) -> str:
    times, at = divmod(value - 1, len(_FOOTNOTE_SIGNS))
    return str(value) if value < 1 or times >= _MOST_LETTERS else _FOOTNOTE_SIGNS[at] * (times + 1)


def _circled(value: int) -> str:
    return chr(0x2460 + value - 1) if 1 <= value <= 20 else str(value)


_FORMATS: dict[str, Callable[[int], str]] = {
    "cardinalText": vietnamese,
    "chicago": _signs,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedFullstop": lambda value: f"{value}.",
    "decimalEnclosedParen": lambda value: f"({value})",
    "decimalZero": lambda value: f"{value:02d}",
    "lowerLetter": letters,
    "lowerRoman": roman,
    "none": lambda value: "",
    "numberInDash": lambda value: f"- {value} -",
    "ordinalText": vietnamese,
    "upperLetter": lambda value: letters(value).upper(),
    "upperRoman": lambda value: roman(value).upper(),
    "vietnameseCounting": vietnamese,
}
