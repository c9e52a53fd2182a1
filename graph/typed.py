"""What people type for a document: a path, a sentence with the number in it, letters of any width."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from ingest.fold import fold

_NUMBER = re.compile(r"(?<![\w/@-])\d+[^\W\d_]?(?:/\d{4})?\s?[-/]\s?[^\W\d_][\w&]*(?:[-/][\w&]+)*(?![\w/-])")
_YEAR = re.compile(r"(?:\d[/-]|nam\s+)((?:19|20)\d\d)\b")


def clean_name(text: str) -> str:
    """A name without what stands around it, its letters of one width: "＃" is "#"."""
    return unicodedata.normalize("NFKC", text).strip(" \t\r\n<>“”\"'")


def find_numbers(text: str) -> list[str]:
    """Document numbers among other words: "Quyết định 719/QĐ-UBND ngày 27/8/2025" -> ["719/QĐ-UBND"]."""
    return [number for number in _NUMBER.findall(text) if number != text]


def find_years(text: str) -> set[str]:
    """The years that dates among words have: "… ngày 27/8/2025" -> {"2025"}."""
    return set(_YEAR.findall(fold(text)))


def means_file(text: str, file: str) -> bool:
    """Whether a path, or a name without its ending, is that of a held file: "./plans/a" for "a.txt"."""
    given, held = (PurePosixPath(fold(clean_name(each)).replace("\\", "/")) for each in (text, file))
    return any(_ends_with(given, name) or _ends_with(name, given) for name in (held, held.with_suffix("")))


def _ends_with(path: PurePosixPath, end: PurePosixPath) -> bool:
    return bool(end.parts) and path.parts[-len(end.parts) :] == end.parts
