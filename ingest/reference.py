"""What we know of Vietnamese paperwork, as data: one JSON file a subject.

Each row brings strings that it must and must not match; one test tries them all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "data" / "reference"


@cache
def load_rows(subject: str) -> tuple[Mapping[str, Any], ...]:
    """The rows of `data/reference/{subject}.json`, in order."""
    return tuple(json.loads((FOLDER / f"{subject}.json").read_text(encoding="utf-8")))


@cache
def load_patterns(subject: str) -> tuple[tuple[Mapping[str, Any], re.Pattern[str]], ...]:
    """The rows of a subject, each with its `pattern` compiled (case ignored unless the row says `"case": true`)."""
    return tuple((row, compile_row(row)) for row in load_rows(subject))


def compile_row(row: Mapping[str, Any]) -> re.Pattern[str]:
    """The pattern of one row; a space in it stands for any white space: pages break lines anywhere."""
    return compile_spaced(row["pattern"], re.NOFLAG if row.get("case") else re.IGNORECASE)


def compile_spaced(pattern: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """A pattern in which a space stands for white space of any kind and " ?" for any or none."""
    return re.compile(pattern.replace(" ?", r"\s*").replace(" ", r"\s+"), flags)


def load_phrase(name: str) -> re.Pattern[str]:
    """One pattern of `phrases.json` by its name."""
    return load_named("phrases", name)


@cache
def load_named(subject: str, name: str) -> re.Pattern[str]:
    """One pattern of a subject by its name: load_named("quality", "cut_end")."""
    return compile_row(next(row for row in load_rows(subject) if row["name"] == name))
