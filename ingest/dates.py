"""Dates as documents print them, as precise as they are: "ngày 11 tháng 5 năm 2022", "11/5/2022", "tháng 8/2022"."""

from __future__ import annotations

import re
from datetime import date

# The day, or day and month, may have been left blank to be filled in by hand: "ngày   tháng 8 năm 2025", "/12/2022".
_DATE = re.compile(
    r"(?:ngày\s*)(?P<day>\d{1,2})?\s*(?:tháng|[/.-])\s*(?P<month>\d{1,2})?\s*(?:năm|[/.-])\s*(?P<year>(?:19|20)\d\d)(?!\d)"
    r"|(?P<day2>\d{1,2})[/.-](?P<month2>\d{1,2})[/.-](?P<year2>(?:19|20)\d\d)(?!\d)"
    r"|tháng\s*(?P<month3>\d{1,2})\s*(?:năm|/)\s*(?P<year3>(?:19|20)\d\d)(?!\d)"
    r"|năm\s+(?P<year4>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)


def match_date(text: str, at: int) -> tuple[str, int] | None:
    """The date that begins at `at` as ISO, and where it ends; None where there is none or it cannot exist."""
    found = _DATE.match(text, at)
    return _iso(found) if found else None


def find_date(text: str) -> tuple[str, int, int] | None:
    """The first date of a text as ISO with its place: "Hà Nam, ngày tháng 8 năm 2022" -> "2022-08"."""
    for found in _DATE.finditer(text):
        read = _iso(found)
        if read:
            return read[0], found.start(), read[1]
    return None


def _iso(found: re.Match[str]) -> tuple[str, int] | None:
    parts = {name.rstrip("234"): int(value) for name, value in found.groupdict().items() if value}
    if "month" not in parts:
        return str(parts["year"]), found.end()
    try:
        full = date(parts["year"], parts["month"], parts.get("day", 1)).isoformat()
    except ValueError:
        return None
    return (full if "day" in parts else full[:7]), found.end()
