"""The process in which the pages of a file that nobody vouches for are drawn; `sandbox.py` starts it."""

from __future__ import annotations

import sys
from pathlib import Path

from ingest.readers.child import keep_output, leave_network, leave_with_parent, limit_self
from ingest.readers.page_pictures import draw_pictures
from ingest.source import Unreadable


def main() -> None:
    """Draw what is missing; ends with 1 where some page cannot be drawn."""
    memory, seconds, path, folder = sys.argv[1:5]
    limit_self(int(memory), int(seconds))
    leave_network()  # first: a process with threads may not
    leave_with_parent()
    tell = keep_output()
    try:
        draw_pictures(Path(path).read_bytes(), Path(folder), tell)
    except Unreadable:
        sys.exit(1)


if __name__ == "__main__":
    main()
