"""Scanned pages: pictures of text, alone or as pages of a PDF, read by text recognition."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

from ingest.readers.page_tables import page_table
from ingest.readers.pdf import name_pages, set_margins_apart
from ingest.readers.pdf_parts import PageParts
from ingest.readers.pdf_text import write_pages
from ingest.readers.reading import Grid, Paragraph, Place, Reading
from ingest.readers.scan_cache import keep_page, load_page, page_key
from ingest.readers.scan_images import PageImage, count_pages, draw_pages, open_pages
from ingest.readers.scan_labels import mend_labels
from ingest.readers.scan_numbers import mend_numbers
from ingest.readers.scan_pages import ScannedPage, read_page, shown_box
from ingest.readers.tesseract import find_engine
from ingest.source import Unreadable

Tell = Callable[[int, int], None]  # pages done, of how many

_MOST_AT_ONCE = 4


def _tell_nobody(done: int, of: int) -> None:
    """Nobody wants to know."""


def read_scan(raw: bytes, keep: Path | None = None, tell: Tell = _tell_nobody) -> Reading:
    """The text of a .png, .jpg or .tif; pages read before are taken from the folder `keep`."""
    find_engine()
    count = count_pages(raw)
    return _read(open_pages(raw), count, keep, tell)


def read_scanned_pages(
    raw: bytes, numbers: tuple[int, ...], keep: Path | None = None, tell: Tell = _tell_nobody
) -> Reading:
    """The text of those pages of a PDF that are pictures: read_scanned_pages(raw, (3, 4))."""
    find_engine()
    return _read(draw_pages(raw, numbers), len(numbers), keep, tell)


def _read(images: Iterable[PageImage], count: int, keep: Path | None, tell: Tell) -> Reading:
    pages: dict[int, ScannedPage] = {}
    failed: dict[int, str] = {}
    for number, page in _read_pages(images, keep):
        if isinstance(page, Unreadable):
            failed[number] = page.reason
        else:
            pages[number] = page
        tell(len(pages) + len(failed), count)
    if failed and not pages:
        raise Unreadable(next(iter(failed.values())))
    parts = [_parts(number, page) for number, page in sorted(pages.items())]
    set_margins_apart(parts)
    blocks = mend_labels([_shown(block, pages) for block in write_pages(parts)])
    return Reading(blocks, warnings=tuple(_warnings(pages, failed)), pages=count)


def _read_pages(images: Iterable[PageImage], keep: Path | None) -> Iterator[tuple[int, ScannedPage | Unreadable]]:
    """Each page with its number, several read at once; no more pictures are held than that."""
    workers = min(os.cpu_count() or 1, _MOST_AT_ONCE)
    waiting: deque[tuple[int, Future[ScannedPage | Unreadable]]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        for image in images:
            waiting.append((image.number, pool.submit(partial(_read_one, keep=keep), image)))
            if len(waiting) > workers:
                number, page = waiting.popleft()
                yield number, page.result()
        while waiting:
            number, page = waiting.popleft()
            yield number, page.result()


def _read_one(image: PageImage, keep: Path | None) -> ScannedPage | Unreadable:
    """A page, or why it cannot be read: the others still can."""
    key = page_key(image, find_engine())
    if keep and (found := load_page(keep, key)):
        return found
    try:
        page = read_page(image)
    except Unreadable as error:
        return error
    if keep:
        keep_page(keep, key, page)
    return page


def _parts(number: int, page: ScannedPage) -> PageParts:
    tables = [page_table(number, table.grid, table.lines) for table in page.tables]
    return PageParts(number, page.size, 0, [list(row) for row in page.rows], tables)


def _shown(block: Paragraph | Grid, pages: dict[int, ScannedPage]) -> Paragraph | Grid:
    """A block with its boxes on the pages as the file shows them."""
    place = _place_shown(block.place, pages)
    if isinstance(block, Paragraph):
        return replace(block, place=place)
    cells = tuple(replace(cell, place=_place_shown(cell.place, pages)) for cell in block.cells)
    return mend_numbers(replace(block, place=place, cells=cells))


def _place_shown(place: Place, pages: dict[int, ScannedPage]) -> Place:
    if place.page is None or place.box is None:
        return place
    return replace(place, box=shown_box(pages[place.page], place.box))


def _warnings(pages: dict[int, ScannedPage], failed: dict[int, str]) -> Iterator[str]:
    yield f"{name_pages(sorted(pages))}: read by text recognition ({find_engine()}); words in doubt are marked"
    for number, reason in sorted(failed.items()):
        yield f"page {number}: not read: {reason}"
