"""Tasks from running text: the leaves of the sections that tell what is to be done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ingest.bodies import find_bodies
from ingest.deadlines import find_deadlines, parse_deadline
from ingest.fold import squeeze
from ingest.headed import headed_by
from ingest.heads import column_of
from ingest.lines import drop_emphasis
from ingest.outline import Node, is_heading
from ingest.records import Body, Deadline, Evidence, Origin, Source, Task
from ingest.reference import load_phrase
from ingest.roles import find_roles, find_subject, kind_at, partners_from
from ingest.source import SourceText
from ingest.structure import kind_of
from ingest.topics import find_topics

_SUBJECT = "the sentence begins with this body and a verb follows, but no word says that it leads"
_MAX_OVERRIDE = 45  # a heading this short names its own kind: "1. Mục tiêu" inside "MỤC TIÊU, NHIỆM VỤ"
_MAX_LABEL = 40
# the label of a field, at the start of a line or behind another field
_LABEL = re.compile(rf"(?:^|(?<=[.;,]\s))(?P<label>[^:.;,\n]{{1,{_MAX_LABEL}}}):", re.MULTILINE)
_FIELDS = frozenset({"lead", "coordinating", "deadline", "output", "funding"})
_NUMBERED = frozenset({"part", "chapter", "section", "article", "roman", "upper"})
_UNNUMBERED = frozenset({"plain", "dash", "plus", "star"})


def section_kind(node: Node) -> str | None:
    """What the section of a node is for: the kind of its outermost heading, unless a short one below says otherwise.

    Where no heading tells, as in directives, items behind "... yêu cầu:" are asked of somebody: organization.
    """
    kind = None
    for heading in node.parent.path() if node.parent else ():
        own = kind_of("section_kinds", heading.title)
        if own and (kind is None or (own != "tasks" and len(heading.title) <= _MAX_OVERRIDE)):
            kind = own
    return kind or ("organization" if _is_led_in(node) else None)


def _is_led_in(node: Node) -> bool:
    """Whether the outermost item above a node, or itself, stands behind a paragraph such as "UBND tỉnh yêu cầu:"."""
    while node.parent is not None and node.parent.parent is not None:
        node = node.parent
    if node.parent is None or not node.marked:
        return False
    before = node.parent.children[: node.parent.children.index(node)]
    return any(other.style == "plain" and load_phrase("lead_in").search(other.text) for other in before)


def find_leaves(root: Node) -> Iterator[Node]:
    """The items of an outline with nothing marked below, and the paragraphs under headings without marked items.

    Lines such as "- Cơ quan chủ trì: Sở Y tế" are fields of the item above them, not items.
    """
    for node in root.walk():
        if attribute_of(node):
            continue
        if node.style == "plain":
            if _is_leaf_paragraph(node):
                yield node
        elif node.marked and not _only_names(node) and not any(_is_item(child) for child in node.children):
            yield node


def _is_item(node: Node) -> bool:
    return node.marked and not attribute_of(node)


def _only_names(node: Node) -> bool:
    """Whether an item is a heading over paragraphs, fields of its own left out."""
    return is_heading(node) and any(not attribute_of(child) for child in node.children)


def _is_leaf_paragraph(node: Node) -> bool:
    """A paragraph counts when its heading has no marked items; a pointer or a closing formula never does."""
    parent = node.parent
    if parent is None or parent.block is None or kind_of("attachments", node.text) == "pointer":
        return False
    if load_phrase("closing").match(node.text):
        return False
    return is_heading(parent) and not any(_is_item(child) for child in parent.children)


def attribute_of(node: Node) -> tuple[str, int] | None:
    """The field that a line gives to the item above it, and where its value begins: "Thời gian: Quý II/2026"."""
    if node.block is None or node.style in _NUMBERED or ":" not in node.text[:_MAX_LABEL]:
        return None
    column = column_of(node.text[: node.text.index(":")])
    return (column, node.text.index(":") + 1) if column in _FIELDS else None


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
    fields = _fields(source, leaf)
    evidence = {"text": Evidence(words)} | {name: Evidence(cited) for name, cited in fields.items()}
    lead, coordinating = _bodies(source, leaf, fields, evidence)
    number = leaf.label if leaf.style not in _UNNUMBERED else None
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
        lead=lead,
        coordinating=coordinating,
        deadline=_deadline(source, words, fields, evidence),
        output=squeeze(fields["output"].quote) if "output" in fields else None,
        funding=squeeze(fields["funding"].quote) if "funding" in fields else None,
        topics=find_topics(leaf.text),
        evidence=dict(sorted(evidence.items())),
        source=source.cite(block.start, max([block.end, *(cited.end for cited in fields.values())])),
    )


def _fields(source: SourceText, leaf: Node) -> dict[str, Source]:
    """What the lines below an item give it, by field."""
    fields: dict[str, Source] = {}
    for child in leaf.children:
        if attribute_of(child) and child.block:
            for field, start, end in _values(source.text, child.block.words, child.block.end):
                cited = source.cite(start, end)
                if cited.quote.strip(" .;"):
                    fields.setdefault(field, cited)
    return fields


def _values(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """The fields of one line with their places: "Chủ trì: Sở Nội vụ. Phối hợp: Sở Y tế" -> lead, coordinating."""
    labels = [
        (field, start + found.start(), start + found.end())
        for found in _LABEL.finditer(text[start:end])
        if (field := column_of(squeeze(drop_emphasis(found["label"])))) in _FIELDS
    ]
    stops = [at for _, at, _ in labels[1:]] + [end]
    for (field, _, after), stop in zip(labels, stops, strict=True):
        yield field, after, stop


def _bodies(
    source: SourceText, leaf: Node, fields: Mapping[str, Source], evidence: dict[str, Evidence]
) -> tuple[tuple[Body, ...], tuple[Body, ...]]:
    """Who leads and who takes part: by its own lines, its own sentence, or the sentence that it stands under."""
    if "lead" in fields or "coordinating" in fields:
        return _listed(source, fields.get("lead")), _listed(source, fields.get("coordinating"))
    node, origin = leaf, Origin.STATED
    while node.block is not None and (node is leaf or node.text.endswith(":")):
        lead, coordinating = find_roles(source, node.block.words, node.block.end)
        for name, bodies in (("lead", lead), ("coordinating", coordinating)):
            if bodies:
                evidence[name] = Evidence(source.cite(bodies[0].source.start, bodies[-1].source.end), origin)
        if lead or node.parent is None:
            return lead, coordinating
        node, origin = node.parent, Origin.INHERITED
    if found := _under_head(source, leaf, evidence):
        return found
    subject = find_subject(source, leaf.block.words, leaf.block.end) if leaf.block else ()
    if subject:
        cited = source.cite(subject[0].source.start, subject[-1].source.end)
        evidence["lead"] = Evidence(cited, Origin.ASSUMED, _SUBJECT)
    return subject, ()


def _under_head(
    source: SourceText, leaf: Node, evidence: dict[str, Evidence]
) -> tuple[tuple[Body, ...], tuple[Body, ...]] | None:
    """Who leads what stands under a name, "b) Bộ Khoa học và Công nghệ:", and says no other subject."""
    block, parent = leaf.block, leaf.parent
    if block is None or find_subject(source, block.words, block.end):
        return None
    while parent is not None and parent.block is not None:
        if head := headed_by(source, parent):
            evidence["lead"] = Evidence(source.cite(head[0].source.start, head[-1].source.end), Origin.INHERITED)
            together = kind_at("partners", source.text[block.words : block.end])
            partners = partners_from(source, block.words + together, block.end) if together is not None else ()
            if partners:
                cited = source.cite(partners[0].source.start, partners[-1].source.end)
                evidence["coordinating"] = Evidence(cited)
            return head, partners
        parent = parent.parent
    return None


def _listed(source: SourceText, cited: Source | None) -> tuple[Body, ...]:
    return find_bodies(source, cited.start, cited.end) if cited else ()


def _deadline(
    source: SourceText, words: Source, fields: Mapping[str, Source], evidence: dict[str, Evidence]
) -> Deadline:
    if "deadline" in fields:
        return parse_deadline(fields["deadline"].quote)
    deadline, start, end = next(iter(find_deadlines(words.quote)), (Deadline(), 0, 0))
    if end:
        evidence["deadline"] = Evidence(source.cite(words.start + start, words.start + end))
    return deadline
