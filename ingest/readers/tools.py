"""What some kinds of files need beyond this program; none is needed for plain text, .docx, .html, .xlsx or .pdf."""

from __future__ import annotations

import shutil
from importlib.util import find_spec

from ingest.readers import convert, tesseract
from ingest.source import Unreadable

PACKAGES = {convert.TOOL: convert.PACKAGE, tesseract.TOOL: tesseract.PACKAGES}
_LIBRARIES = ("PIL", "pypdfium2")  # of scans: `make install EXTRAS=ocr`


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
