"""The words of the interface in both languages; messages.json holds them, one row for each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LANGUAGES = ("vi", "en")
_FILE = Path(__file__).with_name("messages.json")


@cache
def load_messages(language: str) -> Mapping[str, str]:
    """Key -> words: load_messages("en")["lead"] == "Led by"."""
    rows = json.loads(_FILE.read_text(encoding="utf-8"))
    return {key: row[language] for key, row in rows.items()}
