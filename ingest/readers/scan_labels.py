"""Labels of headings and lists outside tables that text recognition misread; what is mended is in doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.readers.reading import Grid, Paragraph, Role
from ingest.readers.scan_numbers import mend_romans

_ALPHABET = tuple("abcdđeghiklmnopqrstuvxy")  # of lists: "đ)" comes between "d)" and "e)"
_LETTER = re.compile(r"(?P<label>[^\s\d()\[\].,;:/]{1,3})\)(?=\s)")
_COMMA = re.compile(r"(?P<label>\d{1,2}(?:[.,]\d{1,2}){0,3}[.,])(?=\s+[^\W\d_])")  # "5, Thúc đẩy", "5,1. Định hướng"
_HEAD = re.compile(r"(?P<label>(?!\d+\b)[IVXLilvx1|!H]{1,6}[.,]?)(?=\s+(?P<rest>[^\W\d_].*))", re.DOTALL)
_CAPITALS = 0.8  # of a heading's letters, where no point tells that a numeral stands before it


def mend_labels(blocks: Sequence[Paragraph | Grid]) -> tuple[Paragraph | Grid, ...]:
    """The same blocks with labels as their order says: "Ø) Rà soát" behind "e)" is "g) Rà soát"."""
    mended = list(blocks)
    _mend_letters(mended)
    heads = [(at, found) for at, block in enumerate(mended) if (found := _numeral_of(block))]
    for (at, found), label in zip(heads, mend_romans([each.replace(",", ".") for _, each in heads]), strict=True):
        _relabel(mended, at, found, label if label.endswith(".") else f"{label}.")
    return tuple(mended)


def _mend_letters(blocks: list[Paragraph | Grid]) -> None:
    last: str | None = None
    for at, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or block.role is not Role.TEXT:
            continue
        if found := _LETTER.match(block.text):
            label = found["label"]
            if label not in _ALPHABET and last and last != _ALPHABET[-1]:
                label = _ALPHABET[_ALPHABET.index(last) + 1]
                _relabel(blocks, at, found["label"], label)
            last = label if label in _ALPHABET else None
        elif found := _COMMA.match(block.text):
            last = None
            if block.text[found.end() :].lstrip()[:1].isupper():
                _relabel(blocks, at, found["label"], found["label"].replace(",", "."))


def _numeral_of(block: Paragraph | Grid) -> str | None:
    """The label of a heading that is, or should be, a Roman numeral: "IL MỤC ĐÍCH, YÊU CẦU" -> "IL"."""
    if not isinstance(block, Paragraph) or block.role is not Role.TEXT:
        return None
    found = _HEAD.match(block.text)
    if found is None or not found["rest"][0].isupper():
        return None
    letters = [char for char in found["rest"] if char.isalpha()]
    capitals = sum(char.isupper() for char in letters) / len(letters)
    return found["label"] if found["label"][-1] in ".," or (capitals >= _CAPITALS and len(letters) > 1) else None


def _relabel(blocks: list[Paragraph | Grid], at: int, before: str, after: str) -> None:
    """Put another label before a paragraph, in doubt, and move its other doubts along."""
    block = blocks[at]
    if before == after or not isinstance(block, Paragraph):
        return
    moved = len(after) - len(before)
    rest = tuple((start + moved, end + moved) for start, end in block.doubts if start >= len(before))
    blocks[at] = replace(block, text=after + block.text[len(before) :], doubts=((0, len(after)), *rest))
