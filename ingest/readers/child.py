"""The process in which a file that nobody vouches for is read; `sandbox.py` starts it.

It takes limits on itself before it opens the file, cuts itself off from the network where it may, and leaves when the
process that waits for it is gone.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path

from ingest.readers.convert import CONVERTED, convert_to_docx
from ingest.readers.docx import read_docx
from ingest.readers.html import read_html
from ingest.readers.kinds import Kind
from ingest.readers.layout import lay_out
from ingest.readers.layout_json import dump_layout
from ingest.readers.mht import read_mht
from ingest.readers.pdf import read_pdf
from ingest.readers.reading import Grid, Reading
from ingest.readers.scan import Tell, read_scan, read_scanned_pages
from ingest.readers.workbook import read_workbook
from ingest.source import Unreadable

_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000  # flags of unshare(2)
_MOST_POSITIONS = 5_000_000  # of all tables: later steps look at each, merged and empty ones too
_LARGEST_FILE = 2 * 2**30  # of any file that is written on the way


def read_kind(kind: Kind, raw: bytes, pages: Path | None, tell: Tell) -> Reading:
    """The reading of a file by the reader of its kind."""
    if kind in CONVERTED:
        return read_docx(convert_to_docx(raw, kind))
    if kind is Kind.IMAGE:
        return read_scan(raw, pages, tell)
    if kind is Kind.PDF:
        return read_pdf(raw, partial(read_scanned_pages, keep=pages, tell=tell))
    return _READERS[kind](raw)


_READERS: dict[Kind, Callable[[bytes], Reading]] = {
    Kind.DOCX: read_docx,
    Kind.HTML: read_html,
    Kind.MHT: read_mht,
    Kind.XLSX: read_workbook,
}


def check_tables(reading: Reading) -> None:
    """Refuse what is small in the file and vast as a table: a thousand columns over a million empty rows."""
    positions = sum(block.height * block.width for block in reading.blocks if isinstance(block, Grid))
    if positions > _MOST_POSITIONS:
        raise Unreadable(f"its tables have more than {_MOST_POSITIONS:,} cells: too large")


def limit_self(memory: int, seconds: int) -> None:
    """At most so many bytes of memory and seconds of work, for this process and each that it starts."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def leave_network() -> None:
    """A network of its own with nobody else in it; where the system forbids that, no reader asks for one anyway."""
    library = ctypes.CDLL(None)
    if hasattr(library, "unshare") and library.unshare(_NEW_NETWORK) != 0:
        library.unshare(_NEW_NETWORK | _NEW_USER)


def leave_with_parent() -> None:
    """Standard input ends when the parent does: then this process and what it started go too."""

    def watch() -> None:
        while os.read(0, 1):
            pass
        os.killpg(0, signal.SIGKILL)

    threading.Thread(target=watch, daemon=True).start()


def keep_output() -> Tell:
    """Whoever tells of progress alone writes to standard output; what libraries print there goes nowhere."""
    line = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)

    def tell(done: int, of: int) -> None:
        print(f"page {done} of {of}", file=line, flush=True)

    return tell


def main() -> None:
    """Read one file and write its layout, or the reason why there is none, as JSON."""
    memory, seconds, kind, path, out, pages = sys.argv[1:7]
    limit_self(int(memory), int(seconds))
    leave_network()  # first: a process with threads may not
    leave_with_parent()
    tell = keep_output()
    try:
        reading = read_kind(Kind(kind), Path(path).read_bytes(), Path(pages) if pages else None, tell)
        check_tables(reading)
        said = dump_layout(lay_out(reading))
    except Unreadable as error:
        said = json.dumps({"refused": error.reason})
    except MemoryError:
        said = json.dumps({"refused": f"reading it takes more than {int(memory) // 2**20} MB of memory"})
    except Exception as error:  # a gap in a reader is this file's misfortune alone
        if os.environ.get("CANCU_DEBUG"):
            traceback.print_exc()
        said = json.dumps({"refused": f"reading it failed inside the program ({type(error).__name__}: {error})"})
    Path(out).write_text(said, encoding="utf-8")


if __name__ == "__main__":
    main()
