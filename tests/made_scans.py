"""Pictures for tests, made when they are asked for."""

from __future__ import annotations

import importlib.util
import io
import os
import shutil
from pathlib import Path

import pytest

_CI = bool(os.environ.get("CI"))  # there nothing may be left out

needs_pictures = pytest.mark.skipif(
    not _CI and not all(importlib.util.find_spec(each) for each in ("PIL", "pypdfium2")),
    reason="needs `make install EXTRAS=ocr`",
)
needs_tesseract = pytest.mark.skipif(
    not _CI and not all(map(shutil.which, ("tesseract", "soffice"))), reason="needs Tesseract and LibreOffice"
)


def picture(kind: str, size: tuple[int, int], dpi: int = 200, mode: str = "L", pages: int = 1) -> bytes:
    """A white picture: picture("TIFF", (827, 1169), pages=3); empty where pictures cannot be made."""
    if importlib.util.find_spec("PIL") is None:
        return b""
    from PIL import Image

    whites: dict[str, int | tuple[int, ...]] = {"I;16": 65535, "CMYK": (0, 0, 0, 0), "1": 1, "P": 255, "L": 255}
    white = whites.get(mode, (255,) * len(mode))
    made = [Image.new(mode, size, white) for _ in range(pages)]
    if mode == "P":
        made = [Image.new("L", size, 255).convert("P") for _ in range(pages)]
    out = io.BytesIO()
    more = {"save_all": True, "append_images": made[1:]} if kind == "TIFF" else {}
    made[0].save(out, kind, dpi=(dpi, dpi), **more)
    return out.getvalue()


def scan_of(pdf: Path) -> bytes:
    """A printed file as a scanner shows it; fails where pictures cannot be made: mark the test `needs_pictures`."""
    from graph.as_scan import draw_scan

    return draw_scan(pdf)
