"""Plain text in whatever encoding it was saved: told by which reading of the bytes spells Vietnamese.

UTF-8 and UTF-16 with or without a mark, windows-1258, and text typed in the fonts from before Unicode (TCVN3, VNI).
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable
from functools import partial

from ingest.readers.legacy_fonts import LegacyFont, font_named
from ingest.readers.spelling import is_syllable, spelling_share
from ingest.source import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = (".VnTime", "VNI-Times")  # one font of each way to write
_SAMPLE = 200_000  # letters are enough to tell an encoding
_SPELLED = 0.8  # of the words with an accent, how many the right encoding spells; a wrong one stays below 0.5
_MOST_NULS = 0.2  # Vietnamese in UTF-16 has a NUL in four bytes of ten; a text of single bytes has none
_UNICODE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_WORDS = re.compile(r"[^\W\d_]+")
_SMALL = re.compile("[a-z]")  # what nobody leaves small among capitals


def decode_text(raw: bytes) -> str:
    """The text of a file: decode_text("Kế hoạch".encode("utf-16-le")) is "Kế hoạch"; else Unreadable."""
    if (marked := decode_marked(raw)) is not None:
        return marked
    if b"\0" in raw:
        raise Unreadable("not text: it holds NUL bytes")
    try:
        return repair_writing(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        fonts = filter(None, map(font_named, _LEGACY))
        readers: list[Callable[[bytes], str]] = [_read_windows, *(partial(_read_legacy, font=each) for each in fonts)]
        shares = [spelling_share(read(raw[:_SAMPLE])) for read in readers]
        if max(shares) < _SPELLED:
            reason = (
                f"not text: byte {error.start} is not valid UTF-8, and no older Vietnamese encoding makes words of it"
            )
            raise Unreadable(reason) from error
        return readers[shares.index(max(shares))](raw)


def decode_marked(raw: bytes) -> str | None:
    """The text of bytes that begin with a mark of their encoding or are plainly UTF-16; None for others."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _decode_strictly(raw, encoding).removeprefix("\ufeff")
    if raw.count(0) > _MOST_NULS * len(raw):
        wide = ("utf-16-le", "utf-16-be")
        shares = {each: spelling_share(raw[: 2 * _SAMPLE].decode(each, "replace")) for each in wide}
        best = max(wide, key=lambda each: shares[each])
        if shares[best] >= _SPELLED:
            return raw.decode(best, "replace")
    return None


def repair_writing(text: str) -> str:
    """Text typed in a font from before Unicode as that font showed it: "KÕ ho¹ch" -> "Kế hoạch"."""
    font = find_writing(text)
    return write_out(text, font) if font else text


def find_writing(text: str) -> LegacyFont | None:
    """The font without which a text makes no words; None for text in Unicode and for text that no font explains."""
    sample = text[:_SAMPLE]
    if _UNICODE.search(sample) or sample.isascii():
        return None
    shares = {font: spelling_share(write_out(sample, font)) for font in map(font_named, _LEGACY) if font}
    best = max(shares, key=lambda font: shares[font])
    return best if shares[best] >= _SPELLED and shares[best] > spelling_share(sample) else None


def write_out(text: str, font: LegacyFont) -> str:
    """What text typed in a legacy font reads: write_out("KÕ ho¹ch", font_named(".VnTime")) is "Kế hoạch"."""
    shown = font.convert(text)
    return shown if font.name == "vni" else raise_capitals(shown)


def raise_capitals(text: str) -> str:
    """TCVN3 has no capitals with a tone: "HOạCH" was typed to be "HOẠCH", and so was "Kế" right beside it."""
    words = list(_WORDS.finditer(text))
    unsure = [not _SMALL.search(word[0]) for word in words]
    # an abbreviation says nothing of the word beside it: "UBND ở"
    sure = [
        not _SMALL.search(word[0]) and any(map(str.isupper, word[0][1:])) and is_syllable(word[0].lower())
        for word in words
    ]
    for order in (range(1, len(words)), range(len(words) - 2, -1, -1)):
        for at in order:
            beside = at - order.step
            first, last = sorted((at, beside))
            if unsure[at] and sure[beside] and text[words[first].end() : words[last].start()] == " ":
                sure[at] = True
    parts: list[str] = []
    end = 0
    for word, capital in zip(words, sure, strict=True):
        parts += (text[end : word.start()], word[0].upper() if capital else word[0])
        end = word.end()
    return "".join(parts) + text[end:]


def decode_windows(raw: bytes, encoding: str) -> str:
    """Text of a Windows code page; a byte that it does not define stands for itself."""
    table = {each: bytes([each]).decode(encoding, "replace").replace("\ufffd", chr(each)) for each in range(256)}
    return unicodedata.normalize("NFC", raw.decode("latin-1").translate(table))


def _read_windows(raw: bytes) -> str:
    return decode_windows(raw, "cp1258")


def _read_legacy(raw: bytes, font: LegacyFont) -> str:
    return write_out(decode_windows(raw, "cp1252"), font)


def _decode_strictly(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(f"not text: byte {error.start} is not valid {encoding.upper()}") from error
