"""The parts of a document: header, title, recitals, body, annexes, signature, recipients, portal boilerplate.

Each block gets a place in exactly one part; the sections inside a part are the business of `ingest/outline.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.blocks import Block
from ingest.reference import load_patterns, load_phrase
from ingest.titles import document_type, find_title, join_title, letterhead_start, opens_body, titled_type

_MAX_TITLE = 4  # lines of a title over an attachment
_NAME = re.compile(r"(?:(?:PGS|GS|TS|ThS|BS)\.?\s*)*[A-ZĐÀ-Ỹ][a-zà-ỹ]*(?: [A-ZĐÀ-Ỹ][a-zà-ỹ]*){1,5}")
_PORTAL_RUN = 3  # so many lines of metadata make a portal's box


@dataclass(frozen=True, slots=True)
class Region:
    """A run of blocks: kind header | title | recitals | body | annex | attached | recipients | signature | portal."""

    kind: str
    blocks: tuple[Block, ...]
    label: str = ""  # of an annex: "II"
    title: str = ""
    caption: Block | None = None  # "(Kèm theo Quyết định số ...)"
    heading: int = 0  # how many of the blocks are title and caption


def split_regions(blocks: Sequence[Block], portal: int | None = None) -> tuple[Region, ...]:
    """The parts of a document in order; together they hold every block; behind `portal` a web page speaks."""
    first, last = _portal_edges(blocks)
    if portal is not None:
        own = next((at for at, block in enumerate(blocks) if block.start >= portal), len(blocks))
        first, last = min(first, own), min(last, own)
    regions = [Region("portal", tuple(blocks[:first]))] if first else []
    inner = blocks[first:last]
    starts = _attachments(inner)
    for begin, end in zip([0, *starts], [*starts, len(inner)], strict=True):
        part = inner[begin:end]
        regions += _split_main(part) if begin == 0 else _split_attached(part)
    if last < len(blocks):
        regions.append(Region("portal", tuple(blocks[last:])))
    return tuple(region for region in regions if region.blocks)


def kind_of(subject: str, text: str) -> str | None:
    """The kind of the first row of a reference file that a text matches: ("signature", "KT. CHỦ TỊCH") -> capacity."""
    return next((row["kind"] for row, pattern in load_patterns(subject) if pattern.search(text)), None)


# --- portal ---------------------------------------------------------------------------------------------------------


def _portal_edges(blocks: Sequence[Block]) -> tuple[int, int]:
    """How many blocks at the head, and from which block at the foot, are a web portal's and not the document's."""
    first = _portal_head(blocks)
    metadata = [at for at, block in enumerate(blocks) if kind_of("portal", _whole(block)) not in (None, "notice")]
    last = len(blocks)
    if len(metadata) >= _PORTAL_RUN and metadata[-1] >= len(blocks) - _PORTAL_RUN:
        last = metadata[-1]
        # the box may hold lines that are no metadata, such as the title printed again
        while last > 0 and ({last - 1, last - 2} & set(metadata)):
            last -= 1
    return first, last


def _portal_head(blocks: Sequence[Block]) -> int:
    """How many blocks a portal set over the letterhead: notices, its box, the title in its own words."""
    start = letterhead_start(blocks)
    above = blocks[: start or 0]
    if any(kind_of("portal", _whole(block)) or load_phrase("portal_headline").match(block.text) for block in above):
        return len(above)
    first = 0
    while first < len(blocks) and kind_of("portal", _whole(blocks[first])) == "notice":
        first += 1
    return first


def _whole(block: Block) -> str:
    """A block with its list mark, as portals print their metadata behind a dash."""
    return f"{block.mark.label} {block.text}" if block.mark else block.text


# --- attachments ----------------------------------------------------------------------------------------------------


def _attachments(blocks: Sequence[Block]) -> list[int]:
    """Where annexes and attached documents begin: at "PHỤ LỤC ..." or at the title over "(Kèm theo ...)"."""
    starts: set[int] = set()
    for at, block in enumerate(blocks):
        kind = kind_of("attachments", block.text) if not block.table else None
        if kind == "annex" and block.text[:4].isupper() and not block.mark:
            starts.add(at)
        elif kind == "caption" and not block.mark:
            starts.add(_title_over(blocks, at))
    return sorted(starts - {0})


def _title_over(blocks: Sequence[Block], caption: int) -> int:
    """The first line of the title that stands over a caption; 0 when it is the document's own title."""
    nearby = range(caption - 1, max(caption - _MAX_TITLE, 0) - 1, -1)
    label = next((at for at in nearby if kind_of("attachments", blocks[at].text) == "annex"), None)
    if label is not None:
        return label
    typed = next((at for at in nearby if document_type(blocks[at])), None)
    if typed is not None:
        return typed  # "KẾ HOẠCH" over a title in small letters
    start = caption
    for at in nearby:
        if not blocks[at].upper or blocks[at].mark or kind_of("signature", blocks[at].text):
            break
        start = at
    return start


def _split_attached(blocks: Sequence[Block]) -> list[Region]:
    body = _attached_title(blocks)
    caption = next((block for block in blocks[:body] if kind_of("attachments", block.text) == "caption"), None)
    title = [block for block in blocks[:body] if block is not caption]
    label, kept = _label(title)
    kind = "attached" if title and (document_type(title[0]) or titled_type(title[0])) else "annex"
    main, *rest = _split_tail(blocks[body:])
    heading = " ".join(block.text for block in kept)
    return [Region(kind, (*blocks[:body], *main.blocks), label, heading, caption, body), *rest]


def _attached_title(blocks: Sequence[Block]) -> int:
    """How many blocks head an attachment: all up to its caption, else the lines in capitals."""
    near = blocks[: _MAX_TITLE + 2]
    captions = [
        at for at, block in enumerate(near) if not block.table and kind_of("attachments", block.text) == "caption"
    ]
    if captions:
        # a caption may go on in a second line: "... ngày /12/2022" + "của Ủy ban nhân dân tỉnh ...)"
        end = captions[0] + 1
        return end + 1 if end < len(blocks) and _closes_bracket(blocks[captions[0]], blocks[end]) else end
    plain = (at for at, block in enumerate(near) if at and (block.table or block.mark or not block.upper))
    return next(plain, min(len(near), 1))


def _closes_bracket(block: Block, following: Block) -> bool:
    return block.text.count("(") > block.text.count(")") and ")" in following.text


def _label(title: Sequence[Block]) -> tuple[str, list[Block]]:
    """The label of an annex and the lines of its title: "PHỤ LỤC II" -> "II"."""
    for row, pattern in load_patterns("attachments"):
        found = pattern.match(title[0].text) if title and row["kind"] == "annex" else None
        if found:
            return found["label"] or "", list(title[1:])
    return "", list(title)


# --- the document itself --------------------------------------------------------------------------------------------


def _split_main(blocks: Sequence[Block]) -> list[Region]:
    start, title_end = find_title(blocks)
    body = next((at for at in range(title_end, len(blocks)) if opens_body(blocks[at])), title_end)
    if body > title_end and load_phrase("lead_in").search(blocks[body - 1].text):
        body -= 1  # "Thủ tướng Chính phủ yêu cầu:" governs what follows
    main, *rest = _split_tail(blocks[body:])
    return [
        Region("header", tuple(blocks[:start])),
        Region("title", join_title(blocks[start:title_end])),
        Region("recitals", tuple(blocks[title_end:body])),
        Region("body", main.blocks),
        *rest,
    ]


def _split_tail(blocks: Sequence[Block]) -> list[Region]:
    """A body and, behind it, the recipients and the signature in whichever order the page has them."""
    kinds = [_signature_kind(block) for block in blocks]
    marks = [
        at for at, kind in enumerate(kinds) if kind and (kind != "title" or "capacity" in kinds or at > len(kinds) - 8)
    ]
    if not marks:
        return [Region("body", tuple(blocks))]
    regions = [Region("body", tuple(blocks[: marks[0]]))]
    current: list[Block] = []
    kind = ""
    for at in range(marks[0], len(blocks)):
        turned = "recipients" if kinds[at] == "recipients" else "signature" if kinds[at] else kind
        if turned != kind and current:
            regions.append(Region(kind, tuple(current)))
            current = []
        kind = turned
        current.append(blocks[at])
    return [*regions, Region(kind, tuple(current))]


def _signature_kind(block: Block) -> str | None:
    """What a line of the foot is, also where it stands in columns: "Nơi nhận:   TM. ỦY BAN NHÂN DÂN"."""
    if block.table:
        return None
    kinds = [kind_of("signature", part) for part in (block.text, *(block.columns if len(block.columns) > 1 else ()))]
    found = [kind for kind in kinds if kind]
    return "recipients" if "recipients" in found else next(iter(found), None)


def signer(regions: Sequence[Region]) -> Block | None:
    """The line with the name under a signature: the last one whose last column is a person's name."""
    alone = [b for r in regions if r.kind == "signature" for b in r.blocks if signer_name(b)]
    beside = [b for r in regions if r.kind == "recipients" for b in r.blocks if len(b.columns) > 1 and signer_name(b)]
    named = alone or beside
    return named[-1] if named else None


def signer_name(block: Block) -> str | None:
    """The name that stands alone in a line, or in its last column: "Nguyễn Văn An"."""
    if not block.columns or (block.mark and len(block.columns) == 1):
        return None
    last = block.columns[-1]
    return last if _NAME.fullmatch(last) and not kind_of("signature", last) else None
