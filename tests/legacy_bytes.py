"""Vietnamese as it was stored before Unicode: what a table of ours reads, written back."""

from __future__ import annotations

import unicodedata

from ingest.reference import load_rows

_TONES = "\u0300\u0301\u0303\u0309\u0323"


def write_tcvn3(text: str) -> str:
    """ "Kế hoạch" -> "KÕ ho¹ch": capitals with a tone do not exist, small letters stand for them."""
    codes = _codes("tcvn3")
    return "".join(codes.get(char) or codes.get(char.lower(), char) for char in text)


def write_vni(text: str) -> str:
    """ "Kế hoạch" -> "Keá hoaïch"."""
    codes = _codes("vni")
    return "".join(codes.get(char, char) for char in text)


def write_windows_1258(text: str) -> bytes:
    """Letters with their tone behind them, as the code page has them."""
    parts = []
    for char in text:
        marks = unicodedata.normalize("NFD", char)
        letter = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
        parts.append(letter + "".join(mark for mark in marks if mark in _TONES))
    return "".join(parts).encode("cp1258")


def _codes(name: str) -> dict[str, str]:
    letters = next(row["letters"] for row in load_rows("legacy_fonts") if row["name"] == name)
    return {shown: stored for stored, shown in reversed(letters.items())}
