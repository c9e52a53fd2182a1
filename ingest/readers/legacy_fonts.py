"""Fonts that draw Vietnamese letters or signs at the codes of others: "KÕ ho¹ch" in .VnTime is "Kế hoạch"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from ingest.reference import load_patterns

_PRIVATE = re.compile("[\uf000-\uf0ff]")  # where Word puts the codes of symbol fonts
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")  # soft hyphens, zero widths, byte order marks
_PLAIN = str.maketrans({"\u2011": "-", "\u00a0": " ", "\u202f": " "})  # a hyphen or space that does not break a line
_PRIVATE_BULLET = re.compile(r"^[\uf000-\uf0ff](?=\s)")
_UNICODE = re.compile(
    "[ăđĩũơưĂĐĨŨƠƯ\u0300-\u036f\u1ea0-\u1ef9]"
)  # Vietnamese letters and tones that no such font stores


@dataclass(frozen=True, slots=True, eq=False)
class LegacyFont:
    """One way to write: `convert` turns what is stored into what is shown."""

    name: str
    capitals: bool  # draws small letters as capitals
    convert: Callable[[str], str]


@cache
def font_named(name: str) -> LegacyFont | None:
    """The legacy font of a name, or None for one that writes Unicode: font_named(".VnTimeH")."""
    for row, pattern in load_patterns("legacy_fonts"):
        if pattern.search(name):
            return _load_font(row["name"])
    return None


@cache
def _load_font(name: str) -> LegacyFont:
    row = next(row for row, _ in load_patterns("legacy_fonts") if row["name"] == name)
    letters: dict[str, str] = row["letters"]
    # the longest first: VNI writes a letter and its mark as two
    stored = re.compile("|".join(re.escape(each) for each in sorted(letters, key=len, reverse=True)))
    return LegacyFont(
        name, row.get("capitals", False), lambda text: stored.sub(lambda found: letters[found[0]], _lowered(text))
    )


def write_shown(pieces: Sequence[tuple[str, LegacyFont | None]]) -> str:
    """What the pieces of a line show; neighbours in one font are read together, for marks stand apart.

    Where one piece was typed in Unicode, all in its font were: another font draws what the named one does not have.
    """
    unicode = {font for text, font in pieces if font is not None and _UNICODE.search(_lowered(text))}
    shown = (
        _show("".join(text for text, _ in group), None if font in unicode else font)
        for font, group in groupby(pieces, key=lambda piece: piece[1])
    )
    text = _UNSEEN.sub("", "".join(shown)).translate(_PLAIN)
    return _PRIVATE.sub("", _PRIVATE_BULLET.sub("-", text))


def _show(text: str, font: LegacyFont | None) -> str:
    if font is None:
        return text
    shown = font.convert(text)
    return shown.upper() if font.capitals else shown


def _lowered(text: str) -> str:
    return _PRIVATE.sub(lambda found: chr(ord(found[0]) - 0xF000), text)
