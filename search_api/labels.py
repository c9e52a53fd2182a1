"""Names for people of what facets count, in both languages: {"du-lieu-mo": ("dữ liệu mở", "open data")}."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

Labels: TypeAlias = Mapping[str, tuple[str, str]]  # id -> Vietnamese, English


def write_labels(labels: Labels, path: Path) -> None:
    """The labels as JSON, sorted."""
    path.write_text(json.dumps(dict(labels), ensure_ascii=False, sort_keys=True, indent=0), encoding="utf-8")


def read_labels(path: Path) -> dict[str, tuple[str, str]]:
    """What `write_labels` left."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return {key: (vietnamese, english) for key, (vietnamese, english) in data.items()}
