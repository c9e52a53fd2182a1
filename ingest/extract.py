"""One plan from its bytes to its records; stages 1 to 4 of the design, knowing no other document."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from ingest.blocks import Block, find_blocks
from ingest.doubts import doubt_fields
from ingest.duties import find_duties
from ingest.identity import read_identity
from ingest.indicator_tables import find_indicator_targets
from ingest.lines import is_upper, split_lines
from ingest.mentions import Serials, find_mentions, find_serials
from ingest.numbered_mentions import Found
from ingest.outline import Node, build_outline, roman_value, slug_label, unique
from ingest.own_bodies import name_own_bodies, name_own_bodies_of_duty
from ingest.paragraphs import find_paragraphs
from ingest.prose_tasks import find_prose_tasks, section_kind
from ingest.readers.dispatch import read_source
from ingest.readers.sandbox import NOTHING_KEPT, Keeping
from ingest.records import (
    DocumentFacts,
    Duty,
    Extraction,
    Mention,
    Part,
    Relation,
    Source,
    StatedRelation,
    Target,
    Task,
)
from ingest.records import Region as Place
from ingest.reference import load_phrase
from ingest.relations import SELF, find_relations
from ingest.short_names import find_declarations
from ingest.short_titles import ShortTitle, find_short, find_short_titles
from ingest.source import SourceText, Unreadable
from ingest.structure import Region, split_regions
from ingest.table_captions import read_caption
from ingest.table_tasks import find_table_tasks
from ingest.tables import find_tables
from ingest.targets import find_targets
from ingest.titles import HEADING_STYLES
from ingest.topics import tag_topics

_SILENT = frozenset({"header", "signature", "recipients"})  # parts whose mentions are the document's own identity
_TO_COME = (Relation.AMENDS, Relation.REPLACES, Relation.APPROVES)  # what a task asks for has not been done by its plan
_ADDRESSES = {"attached": "kem-theo"}  # a programme behind the decision that puts it in force
_NO_TARGETS = frozenset({"funding", "purpose"})  # who pays how much, and what was reached so far
_Item = TypeVar("_Item", Task, Duty)
_PLACES = {"recitals": Place.RECITAL, "portal": Place.PORTAL, "annex": Place.ANNEX}


def extract_file(path: Path, file: str, keeping: Keeping = NOTHING_KEPT) -> Extraction:
    """Read one plan under the name `file`; raises Unreadable with a reason for a person."""
    return extract(read_source(path, file, keeping))


def extract(source: SourceText) -> Extraction:
    """All records of one text."""
    tables = find_tables(source, split_lines(source))
    regions = split_regions(find_blocks(source, split_lines(source), tables), source.portal)
    document = read_identity(source, regions)
    reader = _Reader(source, document)
    for region in regions:
        reader.read_region(region)
    if not (reader.tasks or reader.duties or reader.targets or reader.mentions or document.type or document.number):
        raise Unreadable((*reader.warnings, "no heading, task or document reference found: this is no plan")[0])
    extraction = Extraction(
        file=source.file,
        sha256=source.sha256,
        document=document,
        parts=tuple(reader.parts),
        mentions=tuple(reader.mentions),
        relations=tuple(reader.relations),
        tasks=tuple(reader.tag(name_own_bodies(task, document.issuer)) for task in reader.tasks),
        duties=tuple(reader.tag(name_own_bodies_of_duty(duty, document.issuer)) for duty in reader.duties),
        targets=tuple(reader.targets),
        warnings=tuple(reader.warnings),
        notes=source.notes,
        kind=source.kind,
    )
    return doubt_fields(source, extraction) if source.doubts else extraction


@dataclass(slots=True)
class _Reader:
    """Goes through the parts of a document in order and gathers what each yields."""

    source: SourceText
    document: DocumentFacts
    taken: set[str] = field(default_factory=set)
    annexes: set[str] = field(default_factory=set)
    indicator_rows: set[str] = field(default_factory=set)
    parts: list[Part] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    relations: list[StatedRelation] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    basis: bool = False  # whether the heading above says that a list of legal bases follows
    serials: Serials = field(init=False)  # numbers of the whole document, that short forms stand for
    titles: tuple[ShortTitle, ...] = field(init=False)  # and the short names that it declares for documents

    def __post_init__(self) -> None:
        self.serials = find_serials(self.source.text)
        named = find_mentions(self.source.text, self.serials) if any(find_declarations(self.source.text)) else ()
        named = tuple(each for each in named if each.number != self.document.number or not each.number)
        self.titles = find_short_titles(self.source.text, named, self.document.type)

    def tag(self, item: _Item) -> _Item:
        """An item with the words that its topics were read in."""
        return replace(item, tags=tag_topics(self.source, item.evidence, item.topics))

    def read_region(self, region: Region) -> None:
        """Records of one part, then the documents it names."""
        base = self._base(region)
        if region.kind in ("body", "attached", "annex"):
            self._read_outline(region, base)
        self._add_part(region, base)
        if region.kind not in _SILENT:
            self.basis = False
            for block in region.blocks:
                if block.upper or (block.mark and block.mark.style in HEADING_STYLES):
                    self.basis = load_phrase("basis_heading").match(block.text) is not None
                self._read_mentions(block, region)

    def _base(self, region: Region) -> str:
        if region.kind != "annex":
            return "phan" if region.kind in ("body", "attached") else region.kind
        label = region.label
        number = str(roman_value(label)) if label and set(label) <= set("IVX") else slug_label(label) or "0"
        return unique(f"phu-luc/{number}", self.annexes)

    def _read_outline(self, region: Region, base: str) -> None:
        annex = region.label or None if region.kind == "annex" else None
        root = build_outline(region.blocks[region.heading :], base, self.taken)
        for node in root.walk():
            if node.block and node.block.table:
                self._read_table(node, region, annex, base)
            elif node.block and node.marked:
                self._add_section(node)
        self.tasks += find_prose_tasks(self.source, root, annex)
        self.duties += find_duties(self.source, root, self.taken)
        self.targets += find_targets(self.source, root)
        self.parts += find_paragraphs(self.source, root, (*self.tasks, *self.duties, *self.targets))

    def _read_table(self, node: Node, region: Region, annex: str | None, base: str) -> None:
        if node.block is None or node.block.table is None or node.parent is None:
            return
        table = node.block.table
        under = base if region.kind == "annex" else node.parent.address
        tasks, warnings = find_table_tasks(self.source, table, annex, under, self.taken)
        targets: tuple[Target, ...] = ()
        if table.kind == "indicators" and section_kind(node) not in _NO_TARGETS:
            caption = read_caption(self.source, node, region.blocks[: region.heading], self.document)
            targets, warnings = find_indicator_targets(self.source, table, caption, under, self.indicator_rows)
        self.tasks += tasks
        self.targets += targets
        if warnings and not (tasks or targets):
            line = self.source.line_at(table.start)
            warnings = (f"the table at line {line} cannot be read: {warnings[0]}",)
        self.warnings += warnings

    def _add_section(self, node: Node) -> None:
        if node.block is None or not node.children:
            return
        last = max(child.block.end for child in node.walk() if child.block)
        heading = self.source.cite(node.block.start, node.block.end)
        self.parts.append(Part(node.address, "section", node.label, node.text, node.path()[:-1], heading, None, last))

    def _add_part(self, region: Region, base: str) -> None:
        blocks = region.blocks
        heading = self.source.cite(blocks[0].start, blocks[max(region.heading - 1, 0)].end)
        caption = None
        if region.caption:
            caption = self.source.cite(region.caption.start, blocks[region.heading - 1].end)
        address = (
            base
            if region.kind in ("annex", "portal")
            else unique(_ADDRESSES.get(region.kind, region.kind), self.annexes)
        )
        self.parts.append(Part(address, region.kind, region.label, region.title, (), heading, caption, blocks[-1].end))

    # --- documents named ----------------------------------------------------------------------------------------

    def _read_mentions(self, block: Block, region: Region) -> None:
        if block.table is None:
            place = _PLACES.get(region.kind, Place.BODY)
            self._read_passage(block.words, block.end, place, region.caption is block)
            return
        for row in block.table.rows:
            for cell in row.cells:
                if cell.text:
                    self._read_passage(cell.start, cell.end, Place.TABLE)

    def _read_passage(self, start: int, end: int, place: Place, caption: bool = False) -> None:
        """The mentions of one paragraph or cell, and the relations its sentences state between them."""
        text = self.source.text[start:end]
        called = find_short(text, start, self.titles)
        capitals = is_upper(text)
        found = [m for m in find_mentions(text, self.serials, called) if m.symbol or not capitals]
        if place is Place.PORTAL:  # its box and headline repeat the number of the document itself
            found = [m for m in found if m.number != self.document.number or m.number is None]
        if not found:
            return
        task = next((t.address for t in self.tasks if t.source.start <= start + found[0].start < t.source.end), None)
        first = len(self.mentions)
        for mention in found:
            itself = caption and mention is found[0] and self._is_own(mention)
            cited = self.source.cite(start + mention.start, start + mention.end)
            self.mentions.append(_mention(mention, place, itself, task, cited))
        if place is Place.PORTAL or self.mentions[first].itself:
            return
        for stated in find_relations(text, found):
            cited = self.source.cite(start + stated.start, start + stated.end)
            subject = SELF if stated.subject == SELF else first + stated.subject
            own_task = task if subject == SELF else None
            relation = Relation.CITES if own_task and stated.relation in _TO_COME else stated.relation
            if self.basis and subject == SELF and stated.object == 0 and relation is Relation.CITES:
                relation = Relation.LEGAL_BASIS  # an item of the list under "I. CĂN CỨ PHÁP LÝ"
            self.relations.append(
                StatedRelation(subject, first + stated.object, relation, own_task, cited, stated.reason)
            )

    def _is_own(self, mention: Found) -> bool:
        """ "(Kèm theo Kế hoạch số /KH-UBND ...)" in a Kế hoạch speaks of the plan itself."""
        return mention.number in (None, self.document.number) and mention.symbol == self.document.symbol


def _mention(found: Found, place: Place, itself: bool, task: str | None, cited: Source) -> Mention:
    return Mention(
        found.number,
        found.blank,
        found.symbol,
        found.type,
        found.date,
        found.issuer,
        found.title,
        place,
        itself,
        task,
        cited,
    )
