"""Paragraphs that no task, duty or target was read from: views, aims, who pays; they are searched as they stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from ingest.outline import Node
from ingest.records import Duty, Part, Target, Task, read_places
from ingest.reference import load_phrase
from ingest.source import SourceText
from ingest.structure import kind_of

_MOST = 0.5  # of a paragraph: when records hold more of it, they stand for it
_Span = tuple[int, int]


def find_paragraphs(source: SourceText, root: Node, items: Iterable[Task | Duty | Target]) -> Iterator[Part]:
    """Each leaf of an outline that the items leave, under its own address; titles in capitals and pointers are none."""
    taken = _merge(_spans(items))
    for node in root.walk():
        block = node.block
        if block is None or block.table or (node.marked and node.children) or block.upper or _says_nothing(node):
            continue
        if _covered(taken, (block.words, block.end)) > _MOST * (block.end - block.words):
            continue
        path = node.parent.path() if node.parent else ()
        cited = source.cite(block.words, block.end)
        yield Part(node.address, "paragraph", node.label, node.text, path, cited, None, block.end)


def _says_nothing(node: Node) -> bool:
    """ "(Chi tiết tại Phụ lục I)", "Trên đây là …": they lead elsewhere or close."""
    return kind_of("attachments", node.text) == "pointer" or bool(load_phrase("closing").match(node.text))


def _spans(items: Iterable[Task | Duty | Target]) -> Iterator[_Span]:
    for item in items:
        for place in read_places(item.source, item.evidence):
            yield place.start, place.end


def _merge(spans: Iterable[_Span]) -> list[_Span]:
    """Spans in order, those that overlap made one."""
    merged: list[_Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _covered(merged: Sequence[_Span], span: _Span) -> int:
    """How many characters of a span lie in the merged ones."""
    at = max(0, bisect_left(merged, (span[0], 0)) - 1)
    count = 0
    while at < len(merged) and merged[at][0] < span[1]:
        count += max(0, min(merged[at][1], span[1]) - max(merged[at][0], span[0]))
        at += 1
    return count
