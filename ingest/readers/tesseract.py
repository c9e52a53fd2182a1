"""Words in pictures, read by the Tesseract program: one call for many pictures, each word with its confidence."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ingest.source import Unreadable

LANGUAGE = "vie"
TOOL = "tesseract"
PACKAGES = "tesseract-ocr and tesseract-ocr-vie"
_MISSING = f"a picture of text, which takes Tesseract to read: install the Debian packages {PACKAGES}"
_NO_LANGUAGE = f"a picture of text, for which Tesseract lacks Vietnamese: install the Debian packages {PACKAGES}"
_LONGEST = 180  # seconds for the pictures of one page
_WORD = "5"  # the level of a word in a table of results
_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Word:
    """A word as read: in which picture, on which line of it, where in dots, and how sure the program is (0 to 100)."""

    picture: int
    line: tuple[int, int, int]
    box: tuple[int, int, int, int]
    sure: float
    text: str


@cache
def find_engine() -> str:
    """The program's name and version; raises Unreadable where it or Vietnamese is not installed."""
    try:
        version = _run(["--version"], b"", 20).split("\n", 1)[0].strip()
        languages = _run(["--list-langs"], b"", 20).split()
    except OSError as error:
        raise Unreadable(_MISSING) from error
    if LANGUAGE not in languages:
        raise Unreadable(_NO_LANGUAGE)
    return version


def read_words(pictures: bytes, layout: int) -> list[Word]:
    """The words in the pictures of a TIFF; `layout` is the program's number for how each is set (6: one block)."""
    arguments = ["stdin", "stdout", "-l", LANGUAGE, "--psm", str(layout), "tsv"]
    try:
        return list(_parse(_run(arguments, pictures, _LONGEST)))
    except OSError as error:
        raise Unreadable(_MISSING) from error


def _run(arguments: list[str], given: bytes, seconds: int) -> str:
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run([TOOL, *arguments], input=given, capture_output=True, timeout=seconds, env=environment)
    except subprocess.TimeoutExpired as error:
        raise Unreadable(f"Tesseract takes longer than {seconds} seconds for a page: given up") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise Unreadable(f"Tesseract failed: {said[-1] if said else done.returncode}")
    return done.stdout.decode("utf-8", "replace")


def _parse(table: str) -> Iterator[Word]:
    """level, page, block, paragraph, line, word, left, top, width, height, confidence, text"""
    for row in table.splitlines():
        cells = row.split("\t", _COLUMNS - 1)
        if len(cells) == _COLUMNS and cells[0] == _WORD and (text := cells[-1].strip()):
            page, block, paragraph, line, _, left, top, width, height = map(int, cells[1:10])
            box = (left, top, left + width, top + height)
            yield Word(page - 1, (block, paragraph, line), box, float(cells[10]), text)
