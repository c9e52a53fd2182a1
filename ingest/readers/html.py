"""Web pages: a portal's page of a document, and what word processors save as a web page.

Nothing is fetched and no script is run. What the page does not show (hidden elements, deleted text) is not read; menus,
boxes and lists of the site around the document are kept apart from it, with what they say of the document.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from lxml import etree

from ingest.readers.html_content import find_content, has_mark
from ingest.readers.html_flow import HtmlFlow, Shown
from ingest.readers.html_portal import Block, set_apart
from ingest.readers.html_style import load_styles
from ingest.readers.legacy_fonts import LegacyFont
from ingest.readers.ooxml import Element
from ingest.readers.plain import decode_marked, decode_windows, find_writing, write_out
from ingest.readers.reading import Grid, Paragraph, Reading, Role
from ingest.readers.spelling import spelling_share
from ingest.source import Unreadable

_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_HEAD = 8192  # bytes in which a page declares its encoding
_TAG = re.compile(r"<[^<>]*>")
_SAMPLE = 400_000
_SPELLED = 0.8
_WINDOWS = {"iso8859-1": "cp1252", "ascii": "cp1252"}  # what browsers take these names for
_DAMAGE = 0.001  # of the letters: beyond it the page was not saved in the encoding that it declares
_TOO_DEEP = "its parts are nested too deeply"
_HIDDEN = "the document is hidden on the page, and was read"
_LEFT_OUT: Mapping[str, str] = {
    "deleted": "deleted text was left out: {} places",
    "hidden": "what the page hides was left out: {} places",
    "pictures": "pictures were not read: {}",
}


def read_html(raw: bytes, charset: str | None = None) -> Reading:
    """The blocks of a web page; `charset` is what came with it, as in an e-mail; raises Unreadable for none."""
    try:
        return _read(decode_html(raw, charset))
    except RecursionError as error:
        raise Unreadable(_TOO_DEEP) from error


def decode_html(raw: bytes, charset: str | None = None) -> str:
    """The source of a page: by its mark, else UTF-8 where it is, else as declared unless that spells no words."""
    if (marked := decode_marked(raw)) is not None:
        return marked
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(raw[:_HEAD])
    named = _python_name(charset or (declared[1].decode("ascii", "replace") if declared else ""))
    mended = raw.decode("utf-8", "replace")
    if mended.count("\ufffd") <= _DAMAGE * len(mended):
        return mended
    readings = {each: decode_windows(raw, each) for each in ("cp1258", "cp1252")}
    if named and named not in readings:
        readings[named] = raw.decode(named, "replace")
    shares = {each: spelling_share(_TAG.sub(" ", text[:_SAMPLE])) for each, text in readings.items()}
    best = max(shares, key=lambda each: shares[each])
    # typefaces from before Unicode make no words until their fonts are read
    return readings[best if shares[best] >= _SPELLED else named or "cp1252"]


def _python_name(declared: str) -> str | None:
    """An encoding of single bytes that Python knows by this name; None for any other."""
    try:
        name = codecs.lookup(declared.strip()).name
        "".encode(name)
    except (LookupError, ValueError):
        return None
    return None if name.startswith("utf") else _WINDOWS.get(name, name)


def _read(text: str) -> Reading:
    root = _parse(text)
    sheet = load_styles(root)
    flow = HtmlFlow(sheet)
    shown = list(flow.read_blocks(root))
    if flow.left_out["hidden"] and not _is_document(shown):
        behind = HtmlFlow(sheet, reads_hidden=True)  # the document may stand on a leaf that is not turned up
        if _is_document(leaves := list(behind.read_blocks(root))):
            flow, shown = behind, leaves
    if not shown:
        raise Unreadable("the page holds no text (one that a script writes is not read: save it as a whole page)")
    blocks = [each.block for each in shown]
    inside = find_content(root, shown)
    if font := find_writing("\n".join(_texts(blocks))):
        blocks = [_convert(each, font) for each in blocks]
    parts, portal = set_apart(blocks, inside)
    warnings = [_HIDDEN] if flow.reads_hidden else []
    warnings += [_LEFT_OUT[each].format(count) for each, count in sorted(flow.left_out.items())]
    if around := sum(1 for each in parts if isinstance(each, Paragraph) and each.role is Role.PORTAL):
        warnings.append(f"taken for the site's and not the document's: {around} lines")
    return Reading(tuple(parts), tuple(portal), tuple(warnings))


def _parse(text: str) -> Element:
    """The tree of a page, comments left out; Unreadable where it is nested deeper than any honest page."""
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True, recover=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable("no web page: it holds no element") from error
    if root is None:
        raise Unreadable("no web page: it holds no element")
    if any(each.type_name == "ERR_RESOURCE_LIMIT" for each in parser.error_log):
        raise Unreadable(_TOO_DEEP)
    body = root.find("body")
    return root if body is None else body


def _is_document(shown: Sequence[Shown]) -> bool:
    lines = (line for text in _texts([each.block for each in shown]) for line in text.split("\n"))
    return any(map(has_mark, lines))


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (cell.text for cell in block.cells)


def _convert(block: Block, font: LegacyFont) -> Block:
    """A block of a page that names no typeface but is written in one from before Unicode."""
    if isinstance(block, Paragraph):
        return replace(block, text=write_out(block.text, font))
    cells = tuple(replace(cell, text=write_out(cell.text, font)) for cell in block.cells)
    return Grid(block.height, block.width, cells, block.place)
