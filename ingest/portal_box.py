"""What a web portal says of a document over or under it: the fields of its box, and its headline."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.dates import find_date
from ingest.facts import FactReader, give_province, give_title
from ingest.fold import squeeze
from ingest.mentions import find_mentions
from ingest.numbered_mentions import type_of_symbol
from ingest.reference import load_patterns, load_phrase

_IN_PORTAL = "from the box of the web portal, not from the document"


def read_portal(reader: FactReader) -> None:
    """What the box of a portal says, and its headline: "Kế hoạch 348/KH-UBND năm 2025 thực hiện ..."."""
    for start, raw in _portal_fields(reader):
        for row, pattern in load_patterns("portal"):
            found = pattern.search(raw) if "?P<value>" in row["pattern"] else None
            if found:
                _give_field(
                    reader, row["kind"], squeeze(found["value"]), start + found.start("value"), start + len(raw)
                )
                break
    for block in reader.blocks("portal"):
        headline = load_phrase("portal_headline").match(reader.source.text, block.start, block.end)
        if headline and headline["number"] == reader.values.get("number", headline["number"]):
            _give_field(reader, "number", headline["number"], headline.start("number"), headline.end("number"))
            title = squeeze(load_phrase("headline_end").sub("", headline["title"])).lstrip(" :,-–")
            give_title(reader, title, headline.start("title"), block.end, _IN_PORTAL)


def _portal_fields(reader: FactReader) -> Iterator[tuple[int, str]]:
    """Each field of a box: several may share a line, and a value may stand under its label."""
    blocks = list(reader.blocks("portal"))
    for at, block in enumerate(blocks):
        under = blocks[at + 1].end if at + 1 < len(blocks) and block.text.endswith(":") else block.end
        raw = reader.source.text[block.start : under]
        starts = [found.start() for found in load_phrase("portal_label").finditer(raw)] or [0]
        for begin, end in zip(starts, [*starts[1:], len(raw)], strict=True):
            yield block.start + begin, raw[begin:end]


def _give_field(reader: FactReader, kind: str, value: str, start: int, end: int) -> None:
    if kind == "issuer":
        give_province(reader, value, start)
    elif kind == "date":
        dated = find_date(value)
        reader.give("date", dated[0] if dated else None, start, end, _IN_PORTAL)
    elif kind in ("type", "signer"):
        reader.give(kind, value, start, end, _IN_PORTAL)
    elif kind == "number":
        reader.give("number", value, start, end, _IN_PORTAL)
        for found in find_mentions(value)[:1]:
            reader.give("symbol", found.symbol, start, end, _IN_PORTAL)
            reader.give("type", type_of_symbol(found.symbol or ""), start, end, _IN_PORTAL)
