"""Word documents (.docx, .docm, both dialects of the standard) as the page shows them once all changes are accepted.

Insertions and moved text stand, deletions, hidden text and comments do not. Automatic numbers are computed. Notes stand
behind their block; headers, footers and tables of contents are margins. A place is the way to a block, such as
"table[3]/row[4]/cell[2]". Pages are told only where Word left a mark at every page and counted as many. Nothing outside
the file is opened, no macro is run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.readers.docx_numbering import Numbering, load_numbering
from ingest.readers.docx_runs import RunReader
from ingest.readers.docx_stories import Block, StoryReader
from ingest.readers.docx_styles import Styles, load_styles
from ingest.readers.ooxml import Element, Package, Relation, attribute, child, name_of, number, open_package
from ingest.readers.reading import Grid, Paragraph, Place, Reading, Role
from ingest.source import Unreadable

_MAIN = "word/document.xml"  # where it stands unless the package says otherwise
_COUNTER = "Microsoft"  # the program whose count of pages is one of pages laid out


@dataclass(slots=True)
class _Document:
    """A package with what its parts say of the body."""

    package: Package
    relations: tuple[Relation, ...]
    styles: Styles
    numbering: Numbering
    notes: dict[tuple[str, int], Element] = field(default_factory=dict)
    seen: set[tuple[str, int]] = field(default_factory=set)  # notes read so far,
    counts: Counter[str] = field(default_factory=Counter)  # and how many of a kind, margins too

    def begin_story(self) -> StoryReader:
        """A reader that counts from the start."""
        return StoryReader(RunReader(self.styles), replace(self.numbering, counts={}, begun=set()))

    def related(self, kind: str) -> Element | None:
        """The part of a kind; None where there is none."""
        found = next((each for each in self.relations if each.kind == kind), None)
        return None if found is None else self.package.spare_part(found.target)


def read_docx(raw: bytes) -> Reading:
    """The blocks of a Word document; raises Unreadable for what is none."""
    try:
        return _read(open_package(raw))
    except RecursionError as error:
        raise Unreadable("its parts are nested too deeply") from error


def _read(package: Package) -> Reading:
    general = package.relations("")
    main = next((each.target for each in general if each.kind == "officeDocument"), _MAIN)
    root = package.part(main)
    body = None if root is None or name_of(root) != "w:document" else child(root, "w:body")
    if body is None:
        raise Unreadable("not a Word document: the package holds no text")
    document = _load(package, package.relations(main))
    story = document.begin_story()
    blocks = list(_read_body(document, story, body))
    pages = story.page if story.page > 1 and story.page == _count_pages(package, general) else None
    if pages is None:
        blocks = [_without_page(each) for each in blocks]
    blocks += _read_margins(document, body)
    warnings = (*package.warnings, *_warnings(body), *(f"{each} was left out" for each in sorted(story.left_out)))
    return Reading(tuple(blocks), warnings=warnings, pages=pages)


def _load(package: Package, relations: tuple[Relation, ...]) -> _Document:
    document = _Document(package, relations, Styles(), Numbering())
    document.styles = load_styles(document.related("styles"))
    document.numbering = load_numbering(document.related("numbering"), document.styles)
    for kind in ("footnote", "endnote"):
        part = document.related(f"{kind}s")
        for each in () if part is None else part:
            if (note := number(each, "id")) is not None:
                document.notes[kind, note] = each
    return document


def _read_body(document: _Document, story: StoryReader, body: Element) -> Iterator[Block]:
    for block in story.read_blocks(body):
        yield block
        yield from _read_notes(document, story)
    yield from _read_notes(document, story)


def _read_notes(document: _Document, story: StoryReader) -> Iterator[Paragraph]:
    """The notes named since the last block, each once."""
    named, story.notes = story.notes, []
    for kind, note in named:
        element = document.notes.get((kind, note))
        if element is None or (kind, note) in document.seen:
            continue
        document.seen.add((kind, note))
        document.counts[kind] += 1
        count = document.counts[kind]
        text = "\n".join(document.begin_story().read_lines(element, ""))
        if text:
            yield Paragraph(f"[{count}] {text}", Place(f"{kind}[{count}]"), Role.NOTE)


def _read_margins(document: _Document, body: Element) -> Iterator[Paragraph]:
    """Headers and footers of all sections, each once."""
    targets = {each.name: each.target for each in document.relations}
    seen = set()
    for section in body.iter("{*}sectPr"):
        for each in section:
            kind = {"w:headerReference": "header", "w:footerReference": "footer"}.get(name_of(each))
            target = targets.get(attribute(each, "id") or "")
            if kind is None or target is None or target in seen:
                continue
            seen.add(target)
            if (part := document.package.spare_part(target)) is not None:
                document.counts[kind] += 1
                place = Place(f"{kind}[{document.counts[kind]}]")
                lines = document.begin_story().read_lines(part, "")
                yield from (Paragraph(line, place, Role.MARGIN) for line in lines)


def _count_pages(package: Package, relations: Sequence[Relation]) -> int | None:
    """How many pages Word counted when it last wrote the file."""
    found = next((each for each in relations if each.kind == "extended-properties"), None)
    root = None if found is None else package.spare_part(found.target)
    said = {name_of(each): (each.text or "").strip() for each in (() if root is None else root)}
    pages = said.get("Pages", "")
    return int(pages) if said.get("Application", "").startswith(_COUNTER) and pages.isdecimal() else None


def _without_page(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, place=replace(block.place, page=None))
    cells = tuple(replace(each, place=replace(each.place, page=None)) for each in block.cells)
    return Grid(block.height, block.width, cells, replace(block.place, page=None))


def _warnings(body: Element) -> Iterator[str]:
    if next(body.iter("{*}ins", "{*}del", "{*}moveFrom"), None) is not None:
        yield "tracked changes were read as accepted"
    if pictures := sum(1 for _ in body.iter("{*}blip", "{*}imagedata")):
        yield f"pictures were not read: {pictures}"
