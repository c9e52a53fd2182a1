"""Files that nobody vouches for are read in a process of their own, with limits of memory and time.

What comes back is JSON, never objects: a reader that was taken over can say what it likes, it cannot run anything here.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from ingest.readers.convert import CONVERTED
from ingest.readers.kinds import Kind
from ingest.readers.layout import Layout
from ingest.readers.layout_json import parse_layout
from ingest.source import Unreadable

_ROOT = Path(__file__).resolve().parents[2]
_GIB = 2**30
_LARGEST_ANSWER = 256 * 2**20  # bytes of JSON; the longest plan we know makes 2 million
_LONGEST_LINE = 200  # of what a child says of its progress
_BETWEEN_LINES = 10.0  # seconds


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take: memory of a process in bytes, seconds of work, seconds until it is given up."""

    memory: int
    work: int
    wait: int


_PLAIN = Limits(2 * _GIB, 120, 240)
_BY_KIND = {
    **dict.fromkeys(CONVERTED, Limits(4 * _GIB, 300, 480)),  # LibreOffice maps much that it never touches
    Kind.PDF: Limits(3 * _GIB, 3600, 4 * 3600),  # some pages may be scans, seconds each
    Kind.IMAGE: Limits(3 * _GIB, 3600, 4 * 3600),
}


def limits_of(kind: Kind) -> Limits:
    """What a file of this kind may take."""
    return _BY_KIND.get(kind, _PLAIN)


@dataclass(frozen=True, slots=True)
class Keeping:
    """What outlasts the reading of one file, and who is told how it goes on."""

    layout: Path | None = None  # where its layout is kept
    pages: Path | None = None  # where scanned pages are, so that a killed run goes on where it stopped
    tell: Callable[[str], None] | None = None


NOTHING_KEPT = Keeping()


def read_apart(path: Path, kind: Kind, keeping: Keeping = NOTHING_KEPT, limits: Limits | None = None) -> Layout:
    """The layout of a file, read in another process; raises Unreadable with what went wrong there."""
    limits = limits or limits_of(kind)
    with tempfile.TemporaryDirectory(prefix="cancu-read-") as folder:
        out = Path(folder, "layout.json")
        command = [sys.executable, "-m", "ingest.readers.child", str(limits.memory), str(limits.work), kind]
        command += [str(path.resolve()), str(out), str(keeping.pages.resolve()) if keeping.pages else ""]
        failed = _run(command, limits, folder, keeping.tell)
        if not out.is_file() or not out.stat().st_size:
            raise Unreadable(failed or "reading it failed without a word")
        if out.stat().st_size > _LARGEST_ANSWER:
            raise Unreadable("its text is too long")
        return _parse(out.read_bytes())


def draw_apart(path: Path, kind: Kind, folder: Path, tell: Callable[[str], None] | None = None) -> str | None:
    """Draw the pages of a file into a folder, in another process; why some are missing, None where none is."""
    limits = limits_of(kind)
    with tempfile.TemporaryDirectory(prefix="cancu-draw-") as scratch:
        command = [sys.executable, "-m", "ingest.readers.draw_child", str(limits.memory), str(limits.work)]
        return _run([*command, str(path.resolve()), str(folder.resolve())], limits, scratch, tell)


def _run(command: list[str], limits: Limits, folder: str, tell: Callable[[str], None] | None) -> str | None:
    """Run the child to its end or to the limit; why it failed, None where it did not."""
    environment = {**os.environ, "PYTHONPATH": str(_ROOT), "TMPDIR": folder, "OMP_THREAD_LIMIT": "1"}
    errors = None if os.environ.get("CANCU_DEBUG") else subprocess.DEVNULL
    child = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE,  # it watches this: closed by our end, it leaves
        stdout=subprocess.PIPE,
        stderr=errors,
        start_new_session=True,
    )
    threading.Thread(target=_relay, args=(child.stdout, tell), daemon=True).start()
    try:
        code = child.wait(limits.wait)
    except subprocess.TimeoutExpired:
        return f"reading it takes longer than {limits.wait} seconds: given up"
    finally:
        _end(child)
    if code == -signal.SIGXCPU:
        return f"reading it takes more than {limits.work} seconds of work: given up"
    return f"reading it failed in its own process (code {code})" if code else None


def _end(child: subprocess.Popen[bytes]) -> None:
    """Nothing that the child started outlives it."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    if child.stdin:
        child.stdin.close()


def _relay(lines: IO[bytes], tell: Callable[[str], None] | None) -> None:
    """Pass on what the child says of its progress, not oftener than somebody wants to read it."""
    said = time.monotonic()
    with lines:
        while line := lines.readline(_LONGEST_LINE):
            if tell and time.monotonic() - said >= _BETWEEN_LINES:
                tell(_printable(line.decode("utf-8", "replace")))
                said = time.monotonic()


def _printable(text: str) -> str:
    """One line for a person's screen: a file must not steer the terminal that it is named on."""
    return "".join(char for char in " ".join(text.split()) if char.isprintable())


def _parse(raw: bytes) -> Layout:
    try:
        text = raw.decode("utf-8")
        said = json.loads(text) if text.startswith('{"refused"') else {}
        if reason := said.get("refused"):
            raise Unreadable(_printable(str(reason)))
        layout = parse_layout(text)
        return replace(layout, notes=tuple(map(_printable, layout.notes)))
    except (ValueError, OverflowError, RecursionError) as error:
        raise Unreadable("reading it failed: what came back is no text") from error
