"""What stands over an indicator table and holds for all its figures: a year, a unit of measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.blocks import Block
from ingest.outline import Node
from ingest.records import DocumentFacts, Evidence, Origin
from ingest.reference import load_phrase
from ingest.source import SourceText

_MAX_CAPTION = 200
_NEAR = 3  # paragraphs over a table that may be its caption
_CAPTION_YEAR = "the table prints no year; the caption or heading above it does"
_CAPTION_UNIT = "the row prints no unit; the line above the table does"
_TITLE_YEAR = "neither the table nor a heading above it prints a year; the title of the document does"


@dataclass(frozen=True, slots=True)
class Caption:
    """What a table takes from above it; `since` is the year of the document."""

    year: tuple[int, Evidence] | None = None
    unit: tuple[str, Evidence] | None = None
    since: int | None = None


def read_caption(source: SourceText, table: Node, headings: Sequence[Block], document: DocumentFacts) -> Caption:
    """The year and the unit over a table: of its caption, then of the headings above it, then of the document."""
    near = list(_near(table))
    since = int(document.date[:4]) if document.date else None
    return Caption(_year(source, [*near, *_above(table), *reversed(headings)], document), _unit(source, near), since)


def _near(table: Node) -> Iterator[Block]:
    """The short paragraphs right before a table, the nearest first."""
    siblings = table.parent.children if table.parent else []
    before = siblings[: siblings.index(table)]
    for node in reversed(before[-_NEAR:]):
        if node.block is None or node.style != "plain" or len(node.text) > _MAX_CAPTION:
            return
        yield node.block


def _above(table: Node) -> Iterator[Block]:
    node = table.parent
    while node is not None and node.block is not None:
        if len(node.text) <= _MAX_CAPTION:
            yield node.block
        node = node.parent


def _year(source: SourceText, blocks: Sequence[Block], document: DocumentFacts) -> tuple[int, Evidence] | None:
    """The year of the first block that names any; two years decide nothing."""
    for block in blocks:
        years = _years(block.text)
        if years:
            cited = source.cite(block.start, block.end)
            return (years.pop(), Evidence(cited, Origin.INHERITED, _CAPTION_YEAR)) if len(years) == 1 else None
    years = _years(document.title or "")
    title = document.evidence.get("title")
    if title is None or len(years) != 1:
        return None
    return years.pop(), Evidence(title.source, Origin.ASSUMED, _TITLE_YEAR)


def _years(text: str) -> set[int]:
    return {int(found[found.lastindex or 0]) for found in load_phrase("table_year").finditer(text)}


def _unit(source: SourceText, near: Sequence[Block]) -> tuple[str, Evidence] | None:
    for block in near:
        found = load_phrase("table_unit").search(block.text)
        if found:
            return found[1], Evidence(source.cite(block.start, block.end), Origin.INHERITED, _CAPTION_UNIT)
    return None
