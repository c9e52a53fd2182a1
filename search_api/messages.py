"""The words of the interface in both languages; each file of messages/ holds those of one part, one row for each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LANGUAGES = ("vi", "en")
FOLDER = Path(__file__).with_name("messages")


@cache
def load_messages(language: str) -> Mapping[str, str]:
    """Key -> words: load_messages("en")["lead"] == "Led by"; ValueError for a key that two files have."""
    words: dict[str, str] = {}
    for file in sorted(FOLDER.glob("*.json")):
        rows = json.loads(file.read_text(encoding="utf-8"))
        if twice := words.keys() & rows.keys():
            raise ValueError(f"{file}: {', '.join(sorted(twice))} stand in another file too")
        words |= {key: row[language] for key, row in rows.items()}
    return words
