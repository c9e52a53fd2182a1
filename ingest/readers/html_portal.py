"""What a portal says of a document beside the document: "Số hiệu", "Ngày ban hành", "Người ký", and its notices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from ingest.fold import squeeze
from ingest.readers.docx_stories import write_lines
from ingest.readers.reading import Grid, Paragraph, Role
from ingest.structure import kind_of

Block = Paragraph | Grid
Pair = tuple[str, str]
_METADATA = frozenset({"number", "type", "date", "issuer", "signer", "other"})
_RUN = 3  # so many of them make a box; a plan may well say one such thing itself
_EDGE = 30  # blocks at either end of a document among which a box may stand
_LONGEST = 400  # of a line with a label and its value
_LABEL = 40


def set_apart(blocks: Sequence[Block], inside: Sequence[bool]) -> tuple[list[Block], list[Pair]]:
    """The blocks, those of the site marked as such, and what it says of the document, each label once."""
    parts: list[Block] = []
    pairs: list[Pair] = []
    boxed = _boxed(blocks, inside)
    around: list[str] = []
    for at, block in enumerate(blocks):
        if inside[at] and at not in boxed and not _is_notice(block):
            parts.append(block)
            continue
        pairs += _pairs_of(block)
        lines = list(write_lines([block]))
        around += lines
        parts += (Paragraph(line, block.place, Role.PORTAL) for line in lines)
    pairs += _pairs_of_neighbours(around)
    first = dict(reversed(pairs))  # what comes later is said of related documents
    return parts, [(label, value) for label, value in dict.fromkeys(pairs) if first[label] == value]


def is_metadata(label: str, value: str) -> bool:
    """Whether a label is one of a portal's: is_metadata("Số hiệu", "719/QĐ-UBND")."""
    return (
        len(label) <= _LABEL
        and ":" not in label
        and bool(value)
        and kind_of("portal", f"{label}: {value}") in _METADATA
    )


def _boxed(blocks: Sequence[Block], inside: Sequence[bool]) -> set[int]:
    """Which blocks amid the document are the portal's box: a table of nothing else, or a run of lines at an end."""
    found = {at for at, block in enumerate(blocks) if isinstance(block, Grid) and is_box(block)}
    own = [at for at, is_own in enumerate(inside) if is_own and isinstance(blocks[at], Paragraph)]
    for end in (own[:_EDGE], own[-_EDGE:]):
        said = {at for at in end if any(True for _ in _pairs_of(blocks[at]))}
        texts = [" ".join(write_lines([blocks[at]])) for at in end]
        labels = [at for at in range(len(end) - 1) if any(_pairs_of_neighbours(texts[at : at + 2]))]
        if len(said) + len(labels) >= _RUN:
            found.update(end[each] for at in labels for each in (at, at + 1))
            found.update(said)
    return found


def is_box(grid: Grid) -> bool:
    """Whether a table says nothing but what portals say of a document."""
    pairs = list(_pairs_of(grid))
    filled = sum(1 for cell in grid.cells if cell.text.strip())
    return len(pairs) >= _RUN and 2 * 2 * len(pairs) >= filled


def _is_notice(block: Block) -> bool:
    return isinstance(block, Paragraph) and kind_of("portal", squeeze(block.text[:_LONGEST])) == "notice"


def _pairs_of(block: Block) -> Iterator[Pair]:
    """Labels with their values, in one cell or in two side by side."""
    if isinstance(block, Paragraph):
        for line in block.text.split("\n"):
            yield from _pairs_in(line)
        return
    for _, row in groupby(block.cells, key=lambda cell: cell.row):
        texts = [squeeze(cell.text) for cell in row]
        taken = False
        for label, value in pairwise([*texts, ""]):
            pair = _clean(label), value
            if not taken and is_metadata(*pair) and not is_metadata(_clean(value), "x"):
                yield pair
                taken = True
                continue
            if not taken:
                yield from _pairs_in(label)
            taken = False


def _pairs_in(line: str) -> Iterator[Pair]:
    label, colon, value = squeeze(line[:_LONGEST]).partition(":")
    if colon and is_metadata(_clean(label), value.strip()):
        yield _clean(label), value.strip()


def _pairs_of_neighbours(lines: Sequence[str]) -> Iterator[Pair]:
    """A label on one line and its value on the next, as in a list of definitions."""
    for first, second in pairwise(lines):
        label, value = _clean(first), squeeze(second[:_LONGEST])
        if is_metadata(label, value) and not is_metadata(_clean(value), "x") and not any(_pairs_in(value)):
            yield label, value


def _clean(label: str) -> str:
    return label.strip(" :-•*|\n")
