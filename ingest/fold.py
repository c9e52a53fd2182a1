"""Folding of case, accents and spaces, for search keys only: the text itself is never folded."""

from __future__ import annotations

import unicodedata

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook, dot below


class _BaseLetters(dict[int, str]):
    """Maps a code point to its lower-case base letter, one for one, so that offsets stay true."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        # đ has no decomposition: stripping marks alone would leave it accented
        base = "d" if char in "đĐ" else unicodedata.normalize("NFD", char)[0].lower()
        self[code] = base if len(base) == 1 else char
        return self[code]


_TABLE = _BaseLetters()


# Signs of other alphabets that look like those of numbers and symbols, one for one: full-width, Cyrillic, Greek.
_ALIKE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_ALIKE |= dict(zip(map(ord, "АВЕКМНОРСТХЅІЈ"), map(ord, "ABEKMHOPCTXSIJ"), strict=True))
_ALIKE |= dict(zip(map(ord, "ΑΒΕΖΗΙΚΜΝΟΡΤΧ"), map(ord, "ABEZHIKMNOPTX"), strict=True))
_ALIKE |= dict.fromkeys(map(ord, "\u2010\u2011\u2212\uff0d"), ord("-"))


def fold_alike(text: str) -> str:
    """The same length in the signs that numbers are printed in: "５７-NQ/ТW" with a Cyrillic Т -> "57-NQ/TW"."""
    return text if text.isascii() else text.translate(_ALIKE)


def fold(text: str) -> str:
    """The same length without case and accents: "Sở Y tế" -> "so y te"."""
    return text.translate(_TABLE)


def fold_tones(word: str) -> str:
    """A word with its tone at the end, so that "hoà" and "hòa" are one."""
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(letter for letter in letters if letter in _TONES)
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES)) + tones


def squeeze(text: str) -> str:
    """One space wherever the page has spaces or a line break: "Sở Khoa học và\\nCông nghệ" -> "... và Công nghệ"."""
    return " ".join(text.split())


def key(text: str) -> str:
    """A key to compare names by: folded, one space, no punctuation at the ends."""
    return squeeze(fold(text)).strip(" .,;:-–/")
