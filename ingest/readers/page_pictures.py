"""The pages of a scan or a PDF as small pictures, kept so that a quote can be checked by eye."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.readers.scan_images import count_pages, show_pages

DONE = "done"  # stands beside the pictures of a file once they all are there
_NAME = re.compile(r"(\d{4,})-(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)\.webp")


@dataclass(frozen=True, slots=True)
class PagePicture:
    """The picture of a page, and how large the page is in points: boxes of quotes are measured in these."""

    number: int
    width: float
    height: float
    name: str  # "0012-595.3x841.9.webp"


def list_pictures(folder: Path) -> dict[int, PagePicture]:
    """The pictures in a folder by the numbers of their pages; empty where there is no such folder."""
    try:
        names = sorted(os.listdir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    found = (match for name in names if (match := _NAME.fullmatch(name)))
    pictures = (PagePicture(int(each[1]), float(each[2]), float(each[3]), each[0]) for each in found)
    return {each.number: each for each in pictures}


def draw_pictures(raw: bytes, folder: Path, tell: Callable[[int, int], None]) -> None:
    """Draw the pages that the folder does not have yet; a run that is stopped meanwhile leaves no half of one.

    Raises Unreadable for a damaged file.
    """
    count = count_pages(raw)
    missing = tuple(sorted(set(range(1, count + 1)) - list_pictures(folder).keys()))
    for done, (name, picture) in enumerate(_draw(raw, missing), start=count - len(missing) + 1):
        draft = folder / f"{name}.new"
        draft.write_bytes(picture)
        os.replace(draft, folder / name)
        tell(done, count)
    (folder / DONE).touch()


def _draw(raw: bytes, numbers: tuple[int, ...]) -> Iterator[tuple[str, bytes]]:
    for page, picture in show_pages(raw, numbers):
        width, height = page.size
        yield f"{page.number:04d}-{width:.1f}x{height:.1f}.webp", picture
