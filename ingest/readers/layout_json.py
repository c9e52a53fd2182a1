"""A layout as JSON and back: what a reader's process hands over, and what a generation keeps beside its sources."""

from __future__ import annotations

import json
from dataclasses import astuple
from typing import Any

from ingest.readers.layout import LaidCell, LaidGrid, LaidPlace, Layout
from ingest.readers.reading import Place


def dump_layout(layout: Layout) -> str:
    """One line of JSON, places as short rows: [start, end, block, page, box]."""
    return json.dumps(
        {
            "text": layout.text,
            "grids": [
                [each.height, each.width, each.start, each.end, [astuple(cell) for cell in each.cells]]
                for each in layout.grids
            ],
            "places": [
                [each.start, each.end, each.place.block, each.place.page, each.place.box] for each in layout.places
            ],
            "doubts": layout.doubts,
            "portal": layout.portal,
            "notes": layout.notes,
            "pages": layout.pages,
        },
        ensure_ascii=False,
    )


def parse_layout(text: str) -> Layout:
    """The layout that `dump_layout` wrote; raises ValueError for anything else."""
    try:
        return _layout(json.loads(text))
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise ValueError(f"no layout: {error}") from error


def _layout(said: Any) -> Layout:
    grids = (
        LaidGrid(int(height), int(width), tuple(LaidCell(*map(int, cell)) for cell in cells), int(start), int(end))
        for height, width, start, end, cells in said["grids"]
    )
    places = (
        LaidPlace(int(start), int(end), _place(block, page, box)) for start, end, block, page, box in said["places"]
    )
    return Layout(
        str(said["text"]),
        tuple(grids),
        tuple(places),
        tuple((int(start), int(end)) for start, end in said["doubts"]),
        _whole(said["portal"]),
        tuple(map(str, said["notes"])),
        _whole(said["pages"]),
    )


def _place(block: Any, page: Any, box: Any) -> Place:
    if box is None:
        return Place(str(block), _whole(page))
    left, top, right, bottom = map(float, box)
    return Place(str(block), _whole(page), (left, top, right, bottom))


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)
