"""The words that names of bodies begin with, and those that cannot stand inside one."""

from __future__ import annotations

import re
from functools import cache

from ingest.reference import load_patterns


@cache
def body_words(kind: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of one kind in `body_heads.json`."""
    return tuple(pattern for row, pattern in load_patterns("body_heads") if row.get("kind", "head") == kind)


def has_head(text: str) -> bool:
    """Whether a text begins as names of bodies do: "Trung tâm ...", "VNPT"."""
    return any(pattern.match(text) for pattern in body_words("head"))


def is_verb(text: str) -> bool:
    """Whether a text begins with a word that ends a name: "chủ trì", "theo dõi"."""
    return any(pattern.match(text[:30]) for pattern in body_words("verb"))


def is_act(text: str) -> bool:
    """Whether a text begins with a verb that may also stand inside a name: "đầu tư" in "Xúc tiến đầu tư"."""
    return any(pattern.match(text[:30]) for pattern in body_words("act"))
