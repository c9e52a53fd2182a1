"""Numbers as rows of a chart that is a table: the label, a bar drawn on the server, the number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: Bar("2026", 61, 100.0, "/?q=…"); the width is a percentage of the longest."""

    label: str
    count: int
    width: float
    link: str = ""
    is_vietnamese: bool = False  # the label, on a page in another language


def draw_bars(rows: Iterable[tuple[str, int, str]], is_vietnamese: bool = False) -> list[Bar]:
    """Rows of label, count and link, each with the width of its bar: draw_bars([("2026", 61, "/?q=…")])."""
    rows = list(rows)
    most = max((count for _, count, _ in rows), default=0)
    return [
        Bar(label, count, round(100 * count / most, 2) if most else 0.0, link, is_vietnamese)
        for label, count, link in rows
    ]
