"""Where a document says what it is: the letterhead, its type, and the lines of its title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ingest.blocks import Block
from ingest.reference import load_patterns, load_phrase, load_rows

MAX_HEADER = 40  # blocks before the type of the document
HEADING_STYLES = frozenset({"part", "chapter", "section", "article", "roman", "upper", "number"})
_MAX_LINES = 10  # of a title, where a page breaks it
_MAX_LINE = 130  # letters of a line of a title in small letters
_STOPS = (".", ";", ":", "!", "?", ",")
_ISSUER_LINES = 4  # over the motto of the state


@cache
def _type_names() -> frozenset[str]:
    return frozenset(row["type"].upper() for row in load_rows("document_types"))


def document_type(block: Block) -> str | None:
    """The type that a line names when it stands alone: "KẾ HOẠCH" -> "Kế hoạch"."""
    words = block.text.strip(" .:|")
    if words.upper() in _type_names() and block.upper:
        return words.capitalize()
    return None


def titled_type(block: Block) -> tuple[str, str] | None:
    """The type and title of a line in capitals that holds both: "KẾ HOẠCH CHUYỂN ĐỔI SỐ NĂM 2026"."""
    for name in sorted(_type_names(), key=len, reverse=True):
        if block.upper and not block.mark and block.text.startswith(f"{name} "):
            return name.capitalize(), block.text[len(name) :].strip()
    return None


def find_title(blocks: Sequence[Block]) -> tuple[int, int]:
    """Where the title of a document begins, at its type, and where it ends; (0, 0) where nothing stands over the body.

    A page that lost the line of the type has its letterhead, and below it what is set in capitals.
    """
    near = blocks[:MAX_HEADER]
    # "QUYẾT ĐỊNH:" behind the recitals opens the body, and is no type
    before = next((at for at, block in enumerate(near) if load_phrase("legal_recital").match(block.text)), len(near))
    for reads in (document_type, titled_type):
        start = next((at for at, block in enumerate(near[:before]) if reads(block)), None)
        if start is not None:
            return start, _title_end(blocks, start + (2 if reads is document_type else 1), start)
    lines = [at for at, block in enumerate(near[:before]) if _is_letterhead(block)]
    if not any(load_phrase("own_number").match(near[at].text) for at in lines):
        return 0, 0
    start = lines[-1] + 1
    opens = (
        start < len(blocks) and blocks[start].upper and not (_names_issuer(blocks[start]) or opens_body(blocks[start]))
    )
    return start, _title_end(blocks, start + 1, start) if opens else start


def _is_letterhead(block: Block) -> bool:
    return bool(load_phrase("letterhead").match(block.text))


def opens_body(block: Block) -> bool:
    """Whether a document says from here on what it orders: "QUYẾT ĐỊNH:", "I. MỤC TIÊU"."""
    resolves = load_phrase("resolves").match(block.text) is not None
    return resolves or (block.mark is not None and block.mark.style in HEADING_STYLES)


def _title_end(blocks: Sequence[Block], end: int, start: int) -> int:
    """A title goes on in capitals until an issuer is named, in small letters as far as its lines stand together."""
    end = min(end, len(blocks))
    while end < len(blocks) and end - start <= _MAX_LINES and _continues(blocks[end - 1], blocks[end], end - start > 1):
        end += 1
    return end


def _continues(above: Block, block: Block, titled: bool) -> bool:
    if opens_body(block) or block.mark or block.table or load_phrase("recital").match(block.text):
        return False
    hanging = load_phrase("unfinished").search(above.text) is not None  # "... CỦA" + "BAN THƯỜNG VỤ TỈNH ỦY ..."
    if block.upper:
        return above.upper and (hanging or not _names_issuer(block))
    apart = block.after_blank or len(block.text) > _MAX_LINE or block.text.endswith(_STOPS)
    if not titled or apart or above.text.endswith(_STOPS) or load_phrase("opening_words").search(block.text):
        return False
    return hanging or not above.upper or block.text[0].islower()


def _names_issuer(block: Block) -> bool:
    return any(pattern.search(block.text) for _, pattern in load_patterns("issuer_lines"))


def join_title(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """A title as the line of its type and one block of words, so that what it names is read whole."""
    typed = blocks[:1] if blocks and document_type(blocks[0]) else blocks[:0]
    words = blocks[len(typed) :]
    if len(words) < 2:
        return tuple(blocks)
    return (*typed, replace(words[0], end=words[-1].end, text=" ".join(block.text for block in words), columns=()))


def letterhead_start(blocks: Sequence[Block]) -> int | None:
    """The first line of a letterhead: the issuer over the motto of the state, or an issuer in capitals alone."""
    near = blocks[:MAX_HEADER]
    motto = next((at for at, block in enumerate(near) if load_phrase("motto").search(block.text)), None)
    if motto is None:
        return next((at for at, block in enumerate(near) if _names_issuer(block)), None)
    start = motto
    while start and motto - start < _ISSUER_LINES and near[start - 1].upper and not document_type(near[start - 1]):
        start -= 1
    return start
