"""What some kinds of files need beside this program; none is needed for plain text, .docx, .html, .xlsx or .pdf."""

from __future__ import annotations

import importlib.util
import shutil

from ingest.readers.convert import PACKAGE, TOOL

PACKAGES = {TOOL: PACKAGE, "tesseract": "tesseract-ocr and tesseract-ocr-vie"}
DRAWING = "drawing"  # `make install EXTRAS=ocr`: what reads scans and shows pages
_LIBRARIES = ("PIL", "pypdfium2")


def found_tools() -> frozenset[str]:
    """Which of them this machine has: {"soffice", "drawing"}."""
    drawing = {DRAWING} if can_draw() else set()
    return frozenset(each for each in PACKAGES if shutil.which(each)) | drawing


def can_draw() -> bool:
    """Whether pages can be drawn here."""
    return all(importlib.util.find_spec(each) for each in _LIBRARIES)
