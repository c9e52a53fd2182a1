"""What some kinds of files need beyond this program; none is needed for plain text, .docx, .html, .xlsx or .pdf."""

from __future__ import annotations

import shutil
from importlib.util import find_spec

from ingest.readers import convert, tesseract
from ingest.source import Unreadable

PACKAGES = {convert.TOOL: convert.PACKAGE, tesseract.TOOL: tesseract.PACKAGES}
_LIBRARIES = ("PIL", "pypdfium2")  # to read scans and to show pages: `make install EXTRAS=ocr`


def can_draw() -> bool:
    """Whether pages can be drawn here."""
    return all(find_spec(each) for each in _LIBRARIES)


def found_tools() -> frozenset[str]:
    """Which of them this machine has, each with all that it needs: {"soffice", "PIL"}."""
    found = [each for each in _LIBRARIES if find_spec(each)]
    if shutil.which(convert.TOOL):
        found.append(convert.TOOL)
    try:
        tesseract.find_engine()
    except Unreadable:  # no program, or no Vietnamese
        return frozenset(found)
    return frozenset((*found, tesseract.TOOL))
