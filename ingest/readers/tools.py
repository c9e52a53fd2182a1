"""Programs of the system that some kinds of files need; none is needed for plain text, .docx, .html, .xlsx or .pdf."""

from __future__ import annotations

import shutil

from ingest.readers.convert import PACKAGE, TOOL

PACKAGES = {TOOL: PACKAGE, "tesseract": "tesseract-ocr and tesseract-ocr-vie"}


def found_tools() -> frozenset[str]:
    """Which of them this machine has: {"soffice"}."""
    return frozenset(each for each in PACKAGES if shutil.which(each))
