"""Scanned pages that were read before, kept in a folder by what they show, so that a stopped run goes on there."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from ingest.readers.lines import Line
from ingest.readers.ruled_grids import RuledGrid, Slot
from ingest.readers.scan_images import PageImage
from ingest.readers.scan_pages import ScannedPage, ScannedTable

_VERSION = 2  # of how a page is read: one more, and every page is read anew


def page_key(image: PageImage, engine: str) -> str:
    """What a page shows, and what reads it, as a name for a file."""
    said = f"{_VERSION} {engine} {image.gray.shape} {image.dots:.3f} ".encode()
    return hashlib.sha256(said + image.gray.tobytes()).hexdigest()


def load_page(folder: Path, key: str) -> ScannedPage | None:
    """A page that was kept; None where there is none, or only what a stopped run left of it."""
    try:
        return _parse(json.loads((folder / f"{key}.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None


def keep_page(folder: Path, key: str, page: ScannedPage) -> None:
    """Keep a page where that can be done; a run that is stopped meanwhile leaves no half of it."""
    draft = folder / f"{key}.{os.getpid()}.{threading.get_ident()}.new"
    with suppress(OSError):  # the page was read all the same
        folder.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(_dump(page), ensure_ascii=False), encoding="utf-8")
        os.replace(draft, folder / f"{key}.json")


def _dump(page: ScannedPage) -> dict[str, Any]:
    return {
        "size": page.size,
        "turned": page.turned,
        "skew": page.skew,
        "rows": [[_dump_line(line) for line in row] for row in page.rows],
        "tables": [
            {
                "xs": table.grid.xs,
                "ys": table.grid.ys,
                "slots": [(slot.row, slot.column, slot.rows, slot.columns) for slot in table.grid.slots],
                "lines": [[_dump_line(line) for line in own] for own in table.lines],
            }
            for table in page.tables
        ],
    }


def _dump_line(line: Line) -> list[Any]:
    return [line.text, line.box, line.size, line.first_width, line.doubts]


def _parse(said: dict[str, Any]) -> ScannedPage:
    tables = []
    for table in said["tables"]:
        slots = tuple(Slot(*slot) for slot in table["slots"])
        grid = RuledGrid(tuple(table["xs"]), tuple(table["ys"]), slots)
        tables.append(ScannedTable(grid, [[_parse_line(line) for line in own] for own in table["lines"]]))
    width, height = said["size"]
    rows = [[_parse_line(line) for line in row] for row in said["rows"]]
    return ScannedPage((width, height), said["turned"], said["skew"], rows, tables)


def _parse_line(said: list[Any]) -> Line:
    text, (left, top, right, bottom), size, first_width, doubts = said
    return Line(text, (left, top, right, bottom), size, first_width, tuple((start, end) for start, end in doubts))
