"""PDFs with text: pages to paragraphs and tables; pages that are pictures go to a reader of scans."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1

from ingest.readers.page_margins import find_margins
from ingest.readers.pdf_checks import is_picture, lacks_accents
from ingest.readers.pdf_pages import PageDevice
from ingest.readers.pdf_parts import PageParts, read_parts
from ingest.readers.pdf_text import write_pages
from ingest.readers.reading import Reading
from ingest.source import Unreadable

ScanReader = Callable[[bytes, tuple[int, ...]], Reading]  # from a file and the numbers of its pages that are pictures

_TAIL = 4096  # bytes at the end in which a whole file says so
_SHOWN = 8  # pages that a message names
_PASSWORD = "protected by a password"

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every oddity of a file


@dataclass(slots=True)
class _Pages:
    parts: list[PageParts] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    recognised: list[int] = field(default_factory=list)  # read by somebody's text recognition before
    plain: list[int] = field(default_factory=list)  # without accents
    count: int = 0


def read_pdf(raw: bytes, read_scanned: ScanReader | None = None) -> Reading:
    """The text of a PDF in reading order; raises Unreadable when some page cannot be read as it is shown."""
    if b"%%EOF" not in raw.rstrip(b"\0 \r\n\t")[-_TAIL:]:
        raise Unreadable("cut short: the end of the PDF is missing")
    try:
        pages = _read_pages(raw)
    except (Unreadable, MemoryError):
        raise
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise Unreadable(_PASSWORD) from error
    except Exception as error:  # a damaged file makes pdfminer fail in any way there is
        raise Unreadable(f"damaged PDF: {type(error).__name__} {error}".rstrip()) from error
    if not pages.count:
        raise Unreadable("damaged PDF: no page found")
    if pages.pictures and read_scanned is None:
        raise Unreadable(f"{name_pages(pages.pictures)}: a picture of text, which takes text recognition to read")
    scanned = read_scanned(raw, tuple(pages.pictures)) if pages.pictures and read_scanned else Reading(())
    set_margins_apart(pages.parts)
    blocks = (*write_pages(pages.parts), *scanned.blocks)
    ordered = tuple(sorted(blocks, key=lambda block: block.place.page or 0))
    return Reading(ordered, warnings=(*_warnings(pages), *scanned.warnings), pages=pages.count)


def _read_pages(raw: bytes) -> _Pages:
    document = PDFDocument(PDFParser(io.BytesIO(raw)), caching=True)
    resources = PDFResourceManager(caching=True)  # one for all pages: each font is read once
    device = PageDevice(resources)
    interpreter = PDFPageInterpreter(resources, device)
    pages = _Pages()
    for number, page in enumerate(PDFPage.create_pages(document), start=1):
        pages.count = number
        device.start(number)
        interpreter.process_page(page)
        parts = read_parts(device.drawn)
        lines = parts.lines
        if is_picture(device.drawn, lines):
            pages.pictures.append(number)
            continue
        pages.parts.append(parts)
        if any(line.doubts for line in lines):
            pages.recognised.append(number)
        if lacks_accents(lines):
            pages.plain.append(number)
    _check_count(document, pages.count)
    return pages


def _check_count(document: PDFDocument, found: int) -> None:
    """Raise Unreadable where the file promises more pages than it holds."""
    tree = resolve1(document.catalog.get("Pages"))
    count = resolve1(tree.get("Count")) if isinstance(tree, dict) else None
    if isinstance(count, int) and count > found:
        raise Unreadable(f"damaged PDF: {count - found} of {count} pages are missing")


def set_margins_apart(parts: Sequence[PageParts]) -> None:
    """Move headers, footers and page numbers out of the text of their pages."""
    found = find_margins([(page.number, page.size[1], [line for row in page.rows for line in row]) for page in parts])
    for page in parts:
        page.margins += [line for row in page.rows for line in row if id(line) in found]
        rows = ([line for line in row if id(line) not in found] for row in page.rows)
        page.rows = [row for row in rows if row]


def _warnings(pages: _Pages) -> Iterator[str]:
    if pages.recognised:
        yield f"{name_pages(pages.recognised)}: text that a program recognised in a picture; it may be wrong"
    if pages.plain:
        yield f"{name_pages(pages.plain)}: words without accents, in another language or lost by the file"


def name_pages(numbers: Sequence[int]) -> str:
    """Pages as a list, after a few how many more there are: name_pages([3, 4]) is "pages 3, 4"."""
    shown = ", ".join(map(str, numbers[:_SHOWN]))
    more = f" and {len(numbers) - _SHOWN} more" if len(numbers) > _SHOWN else ""
    return f"page{'s' if len(numbers) > 1 else ''} {shown}{more}"
