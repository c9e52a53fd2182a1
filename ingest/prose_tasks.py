"""Tasks from running text: the leaves of the sections that tell what is to be done."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.deadlines import find_deadlines
from ingest.outline import Node, is_heading
from ingest.records import Deadline, Evidence, Task
from ingest.source import SourceText
from ingest.structure import kind_of
from ingest.topics import find_topics

_MAX_OVERRIDE = 45  # a heading this short names its own kind: "1. Mục tiêu" inside "MỤC TIÊU, NHIỆM VỤ"
_OPENING = ("chi tiết ", "có ", "kèm theo")


def section_kind(node: Node) -> str | None:
    """What the section of a node is for: the kind of its outermost heading, unless a short one below says otherwise."""
    kind = None
    for heading in node.parent.path() if node.parent else ():
        own = kind_of("section_kinds", heading.title)
        if own and (kind is None or (own != "tasks" and len(heading.title) <= _MAX_OVERRIDE)):
            kind = own
    return kind


def find_leaves(root: Node) -> Iterator[Node]:
    """The items of an outline with nothing marked below, and the paragraphs under headings without marked items."""
    for node in root.walk():
        if node.style == "plain":
            if _is_leaf_paragraph(node):
                yield node
        elif node.marked and not is_heading(node) and not any(child.marked for child in node.children):
            yield node


def _is_leaf_paragraph(node: Node) -> bool:
    """A paragraph counts when its heading has no marked items; a pointer in brackets never does."""
    parent = node.parent
    if parent is None or parent.block is None or kind_of("attachments", node.text) == "pointer":
        return False
    return is_heading(parent) and not any(child.marked for child in parent.children)


def find_prose_tasks(source: SourceText, root: Node, annex: str | None) -> Iterator[Task]:
    """One task for each leaf under a section of tasks, solutions or orientations."""
    for leaf in find_leaves(root):
        if section_kind(leaf) == "tasks" and leaf.block is not None and leaf.parent is not None:
            yield _task(source, leaf, annex)


def _task(source: SourceText, leaf: Node, annex: str | None) -> Task:
    block = leaf.block
    if block is None or leaf.parent is None:
        raise ValueError("a leaf has a block and a parent")
    words = source.cite(block.words, block.end)
    evidence = {"text": Evidence(words)}
    deadline, start, end = next(iter(find_deadlines(words.quote)), (Deadline(), 0, 0))
    if end:
        evidence["deadline"] = Evidence(source.cite(words.start + start, words.start + end))
    number = leaf.label if leaf.style not in ("plain", "dash", "plus", "star") else None
    if number:
        evidence["number"] = Evidence(source.cite(block.start, block.words))
    return Task(
        address=leaf.address,
        annex=annex,
        number=number,
        code=None,
        name=None,
        text=leaf.text,
        section=leaf.parent.path(),
        form="prose",
        lead=(),
        coordinating=(),
        deadline=deadline,
        output=None,
        funding=None,
        topics=find_topics(leaf.text),
        evidence=evidence,
        source=source.cite(block.start, block.end),
    )
