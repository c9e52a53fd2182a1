"""The text of a file that is no plain text, with its pages and cells: kept in a generation beside the source itself."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from graph.extracting import kept_layout, pages_folder, short_fingerprint
from graph.generations import Generation
from graph.inputs import Input
from ingest.readers.dispatch import read_source, source_text
from ingest.readers.layout import Layout
from ingest.readers.layout_json import parse_layout
from ingest.readers.sandbox import Keeping
from ingest.source import SourceText, Unreadable, source_of_layout

_FOLDER = "texts"


def load_layout(generation: Generation, file: str) -> Layout | None:
    """The text, pages and cells of a file as a build read it: load_layout(generation, "plan.docx").

    None for plain text, which is its own text, and for a file that the generation does not hold.
    """
    row = next((row for row in generation.manifest["used"] if row["file"] == file), None)
    try:
        return parse_layout(_place(generation.path, row["sha256"]).read_text(encoding="utf-8")) if row else None
    except FileNotFoundError:
        return None


def has_layout(generation: Generation, sha256: str) -> bool:
    """Whether a file is kept as a reader laid it out; plain text is its own text."""
    return _place(generation.path, sha256).is_file()


def read_kept(generation: Generation, plan: Input) -> SourceText:
    """The text of a file that a generation keeps, as its build read it: no file is taken apart again.

    Raises Unreadable where neither a layout nor plain text is there.
    """
    layout = load_layout(generation, plan.file)
    if layout is not None:
        return source_of_layout(plan.file, plan.sha256, layout)
    try:
        return source_text(plan.file, plan.path.read_bytes())
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from error


def keep_sources(used: Sequence[Input], cache: Path, draft: Path) -> dict[str, SourceText]:
    """The text of every used file, by name; the layouts of those that have one are put into the draft."""
    fingerprint = short_fingerprint()
    (draft / _FOLDER).mkdir()
    sources = {}
    for plan in used:
        kept, cached = _place(draft, plan.sha256), kept_layout(cache, plan, fingerprint)
        if cached.is_file():
            shutil.copyfile(cached, kept)
        sources[plan.file] = read_source(plan.path, plan.file, Keeping(kept, pages_folder(cache)))
    if not os.listdir(draft / _FOLDER):
        (draft / _FOLDER).rmdir()
    return sources


def _place(folder: Path, sha256: str) -> Path:
    return folder / _FOLDER / f"{sha256}.json"
