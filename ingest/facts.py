"""The facts that a document gives of itself, gathered part by part: what is given first stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from ingest.blocks import Block
from ingest.fold import fold, squeeze
from ingest.numbered_mentions import Found, type_of_symbol
from ingest.records import Evidence, Origin
from ingest.source import SourceText
from ingest.structure import Region
from ontology import load_provinces

_PERIOD = re.compile(
    r"(?:giai đoạn\s+(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d"
    r"|từ năm\s+(?:19|20)\d\d\s+đến\s+(?:hết\s+)?năm\s+(?:19|20)\d\d"
    r"|(?<!tháng\s\d\s)(?<!tháng\s\d\d\s)(?:đến\s+)?năm\s+(?:19|20)\d\d)"
    r"(?:,?\s+(?:tầm nhìn|định hướng)\s+(?:đến\s+)?(?:năm\s+)?(?:19|20)\d\d)?",
    re.IGNORECASE,
)


@dataclass(slots=True)
class FactReader:
    """Collects fields; the first part of a document that gives a field wins."""

    source: SourceText
    regions: Sequence[Region]
    values: dict[str, str] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)

    def give(self, name: str, value: str | None, start: int, end: int, reason: str | None = None) -> None:
        """Keep a value unless there is one already."""
        if value and name not in self.values:
            origin = Origin.ASSUMED if reason else Origin.STATED
            self.values[name] = value
            self.evidence[name] = Evidence(self.source.cite(start, end), origin, reason)

    def blocks(self, *kinds: str) -> Iterator[Block]:
        for region in self.regions:
            if region.kind in kinds:
                yield from region.blocks


def give_title(reader: FactReader, title: str, start: int, end: int, reason: str | None = None) -> None:
    """A title and the period that it names last."""
    reader.give("title", title, start, end, reason)
    for found in list(_PERIOD.finditer(reader.source.text, start, end))[-1:]:
        reader.give("period", squeeze(found[0]), found.start(), found.end(), reason)


def give_number(reader: FactReader, found: Found, offset: int) -> None:
    """The number, symbol and type of a document by a mention of itself at `offset`."""
    start, end = offset + found.start, offset + found.end
    reader.give("number", found.number, start, end)
    reader.give("symbol", found.symbol, start, end)
    reader.give("type", found.type or type_of_symbol(found.symbol or ""), start, end)


def give_province(reader: FactReader, text: str, offset: int, anywhere: bool = False) -> None:
    """The province that a phrase names; a bare name counts only where a place must stand ("Hà Nam, ngày ...")."""
    folded = fold(text)
    for name, pattern in _province_patterns(anywhere):
        found = pattern.search(folded)
        if found:
            reader.give("province", name, offset + found.start(), offset + found.end())
            return


@cache
def _province_patterns(anywhere: bool) -> tuple[tuple[str, re.Pattern[str]], ...]:
    opening = r"(?<!\w)" if anywhere else r"(?<!\w)(?:tinh|thanh pho|tp\.?)\s+"
    names = sorted({(p.short, alt) for p in load_provinces() for alt in (p.short, *p.alt)}, key=lambda n: -len(n[1]))
    return tuple(
        (short, re.compile(opening + re.escape(fold(alt)).replace(r"\ ", r"\s+") + r"(?!\w)")) for short, alt in names
    )
