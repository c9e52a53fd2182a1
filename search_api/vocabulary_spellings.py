"""The spellings of a name that a question may use, those that no register has among them."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.fold import fold
from ingest.reference import load_rows
from search_api.words import is_acronym


def list_spellings(*names: str) -> tuple[str, ...]:
    """Every name once; an unaccented form of another says nothing new."""
    accented = {fold(name) for name in names if not name.isascii()}
    kept = {name for name in names if name and not (name.isascii() and not is_acronym(name) and fold(name) in accented)}
    return tuple(sorted(kept))


def read_further_names(name: str) -> Iterator[str]:
    """Names that no register has: "Sài Gòn", "provincial police"."""
    for row in load_rows("question_words"):
        if row["name"] == "also" and row["of"] == name:
            yield from row["matches"]
