"""Files for tests, made when they are asked for: plans in other formats, archives, and what is no plan at all."""

from __future__ import annotations

import io
import os
import shutil
import struct
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from graph.as_docx import plan_blocks, write_docx
from ingest.readers.convert import PACKAGE
from tests.small_kb import plan_text
from tests.texts import plan_source, source_of

needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None and not os.environ.get("CI"), reason=f"needs LibreOffice (Debian package {PACKAGE})"
)


@cache
def plan_docx(file: str) -> bytes:
    """One of the five plans as a Word document with true merged cells."""
    return write_docx(plan_blocks(plan_source(file)))


def small_docx(number: int) -> bytes:
    """The plan of a few lines as a Word document."""
    return write_docx(plan_blocks(source_of(plan_text(number))))


def zip_of(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of members by name."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), content, method)
    return raw.getvalue()


def old_word(flags: int = 0) -> bytes:
    """The first sectors of a .doc file, as far as they tell what it is; flag 0x100 says that it has a password."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    text = struct.pack("<HHHHHH", 0xA5EC, 0, 0, 0, 0, flags).ljust(512, b"\0")
    return header + text + "WordDocument".encode("utf-16-le").ljust(512, b"\0")


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Files under a folder, by name."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
