"""Generations: every build is a folder of its own, and one small file, CURRENT, names the live one.

A killed build leaves a hidden folder that nobody reads; readers share a folder that nobody writes.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import IO, Any

FORMAT = 2  # raised when older generations can no longer be read
KEPT = 3
_NAME = re.compile(r"(\d{4,})-[0-9a-f]{8}")
_DRAFT = ".building-"


class Problem(Exception):
    """Something the user can put right, said in one line, e.g. "no knowledge base in var/kb"."""


@dataclass(frozen=True)
class Generation:
    """One finished build, e.g. var/kb/generations/0003-1f2e3d4c."""

    path: Path

    @property
    def id(self) -> str:
        """The folder's name: "0003-1f2e3d4c"."""
        return self.path.name

    @property
    def records(self) -> Path:
        """One record of the contract a line."""
        return self.path / "records.jsonl"

    @property
    def graph(self) -> Path:
        """The whole graph as sorted N-Quads."""
        return self.path / "graph.nq"

    @property
    def store(self) -> Path:
        """The same graph as an Oxigraph store."""
        return self.path / "store"

    @property
    def sources(self) -> Path:
        """The plans themselves, each under the hash of its bytes."""
        return self.path / "sources"

    @property
    def finished(self) -> datetime:
        """When the build was complete, in UTC, to the second: its manifest is written last."""
        return datetime.fromtimestamp(int((self.path / "manifest.json").stat().st_mtime), UTC)

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """What went in and what came out: inputs, counts, versions."""
        manifest: Mapping[str, Any] = json.loads((self.path / "manifest.json").read_text(encoding="utf-8"))
        return manifest


def open_current(kb: Path) -> Generation:
    """The live generation of a knowledge base; Problem when there is none, with how to build one."""
    try:
        name = (kb / "CURRENT").read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        raise Problem(f"no knowledge base in {kb}: build one with `make build` or `cancu build PATH`") from None
    generation = Generation(kb / "generations" / name)
    try:
        written_as = generation.manifest["format"] if _NAME.fullmatch(name) else None
    except (OSError, ValueError, KeyError):
        written_as = None
    if written_as != FORMAT:
        raise Problem(f"the knowledge base in {kb} is damaged or of another version: build it again (`cancu build`)")
    return generation


def find_current(kb: Path) -> Generation | None:
    """The live generation, or None where nothing usable has been built yet."""
    try:
        return open_current(kb)
    except Problem:
        return None


def find_earlier(generation: Generation) -> Generation | None:
    """The build before this one, as far as it is still kept: find_earlier(open_current(kb)).manifest["counts"]."""
    before = [
        each for each in _list_generations(generation.path.parents[1]) if _sequence(each) < _sequence(generation.path)
    ]
    earlier = Generation(before[-1]) if before else None
    try:
        return earlier if earlier and earlier.manifest["format"] == FORMAT else None
    except (OSError, ValueError, KeyError):  # a build may remove it at any moment
        return None


@contextmanager
def hold_lock(kb: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Keep other builds of this knowledge base waiting; the kernel frees the lock of a killed one."""
    kb.mkdir(parents=True, exist_ok=True)
    with (kb / ".lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"another build is writing {kb}: waiting for it to finish")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def draft_generation(kb: Path) -> Iterator[Path]:
    """A hidden folder to build in, gone again unless it was published; call it with the lock held."""
    folder = kb / "generations"
    folder.mkdir(parents=True, exist_ok=True)
    for leftover in folder.glob(f"{_DRAFT}*"):  # of builds that were killed
        shutil.rmtree(leftover)
    draft = folder / f"{_DRAFT}{os.getpid()}"
    draft.mkdir()
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def publish_generation(kb: Path, draft: Path, digest: str) -> Generation:
    """Make a finished draft the live generation: flushed to disk first, then two renames."""
    _flush_tree(draft)
    earlier = _list_generations(kb)
    number = 1 + (_sequence(earlier[-1]) if earlier else 0)
    generation = Generation(kb / "generations" / f"{number:04d}-{digest[:8]}")
    draft.rename(generation.path)
    _flush(generation.path.parent)
    pointer = kb / ".CURRENT.new"
    pointer.write_text(generation.id + "\n", encoding="utf-8")
    _flush(pointer)
    os.replace(pointer, kb / "CURRENT")
    _flush(kb)
    for old in [*earlier, generation.path][:-KEPT]:
        _remove_unless_held(old)
    return generation


def hold_generation(generation: Generation) -> IO[bytes]:
    """Keep a generation from being removed by later builds until the file that this returns is closed."""
    manifest = (generation.path / "manifest.json").open("rb")
    fcntl.flock(manifest, fcntl.LOCK_SH)
    return manifest


def _remove_unless_held(folder: Path) -> None:
    """A server may still answer from it, while it cannot open what came later."""
    try:
        with (folder / "manifest.json").open("rb") as manifest:
            fcntl.flock(manifest, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
    except BlockingIOError:
        return
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)  # without a manifest nobody can open it


def _list_generations(kb: Path) -> list[Path]:
    folders = (each for each in (kb / "generations").iterdir() if _NAME.fullmatch(each.name))
    return sorted(folders, key=_sequence)


def _sequence(folder: Path) -> int:
    return int(folder.name.split("-")[0])


def _flush_tree(folder: Path) -> None:
    for parent, _, files in os.walk(folder):
        for name in files:
            _flush(Path(parent, name))
        _flush(Path(parent))


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
