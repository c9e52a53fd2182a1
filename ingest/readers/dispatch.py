"""From the bytes of a file to the text that every later step sees, whatever the kind of file."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from dataclasses import replace
from pathlib import Path

from ingest.readers.kinds import KNOWN, Kind, has_macros, is_whole_page, kind_of, misnamed
from ingest.readers.layout import Layout
from ingest.readers.layout_json import dump_layout, parse_layout
from ingest.readers.plain import decode_text
from ingest.readers.sandbox import NOTHING_KEPT, Keeping, read_apart
from ingest.source import SourceText, Unreadable, source_of_layout

SCAN = "scan"  # what a picture, or a PDF of pictures, is called once it was read


def read_source(path: Path, file: str, keeping: Keeping = NOTHING_KEPT) -> SourceText:
    """The text of one file on disk, under the name `file`.

    A layout that is kept is taken for what reading the same bytes gave before.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from error
    kind = kind_of_file(raw, file)
    if kind is Kind.TEXT:
        return source_text(file, raw)
    layout = _load(keeping.layout) or _read(path, kind, keeping)
    said = misnamed(file, kind), "its macros are ignored" if has_macros(raw, kind) else None
    notes = (*filter(None, said), *layout.notes)
    called = SCAN if kind is Kind.IMAGE or layout.doubts else kind
    return source_of_layout(file, hashlib.sha256(raw).hexdigest(), replace(layout, notes=notes), called)


def source_text(file: str, raw: bytes) -> SourceText:
    """The bytes of a plan in plain text; raises Unreadable when they are empty, no text, or not Vietnamese."""
    text = unicodedata.normalize("NFC", decode_text(raw).replace("\r\n", "\n").replace("\r", "\n"))
    return source_of_layout(file, hashlib.sha256(raw).hexdigest(), Layout(text))


def kind_of_file(raw: bytes, file: str) -> Kind:
    """The kind of a file by what it holds; of plain text the name must say that it is meant to be read."""
    kind = kind_of(raw)
    suffix = Path(file).suffix.lower()
    if kind is Kind.HTML and suffix == ".md" and not is_whole_page(raw):
        return Kind.TEXT
    if kind is Kind.TEXT and suffix not in KNOWN:
        kinds = ", ".join(sorted(KNOWN))
        raise Unreadable(f"{suffix or 'a text without a suffix'} is not readable (readable: {kinds})")
    return kind


def _load(keep: Path | None) -> Layout | None:
    try:
        return parse_layout(keep.read_text(encoding="utf-8")) if keep else None
    except (OSError, ValueError):  # none yet, or cut short: read the file again
        return None


def _read(path: Path, kind: Kind, keeping: Keeping) -> Layout:
    layout = read_apart(path, kind, keeping)
    if keep := keeping.layout:
        draft = keep.with_suffix(f".{os.getpid()}.new")
        draft.write_text(dump_layout(layout), encoding="utf-8")
        os.replace(draft, keep)
    return layout
