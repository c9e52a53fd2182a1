"""Laws that amend others and hold their names: "Luật sửa đổi, bổ sung một số điều của Luật A và Luật B"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.fold import squeeze
from ingest.numbered_mentions import Found, date_after
from ingest.reference import load_phrase

_TWICE = re.compile(r",?\s*ngày\s+(?=ngày)")  # a slip that many decisions copy


def find_amending_laws(text: str) -> Iterator[Found]:
    """Each amending law that is told by its date: the laws inside its name are no mentions of their own."""
    for found in load_phrase("amending_law").finditer(text):
        twice = _TWICE.match(text, found.end())
        date, end = date_after(text, twice.end() if twice else found.end())
        if date:
            title = squeeze(text[found.start("title") : found.end()])
            yield Found(found.start(), end, None, False, None, "Luật", date, None, title)
