"""The files that pages load: ours in static/, those of other projects in static/vendor (search_api/assets.py)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

_FOLDER = Path(__file__).with_name("static")
_MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file that pages load, and its name with the hash of what it holds: "/static/style.css?v=1f0c…"."""

    content: bytes
    media_type: str
    version: str


def _read_all() -> Mapping[str, StaticFile]:
    found = {}
    for file in sorted(_FOLDER.rglob("*")):
        if media_type := _MEDIA_TYPES.get(file.suffix):
            content = file.read_bytes()
            version = hashlib.sha256(content).hexdigest()[:12]
            found[file.relative_to(_FOLDER).as_posix()] = StaticFile(content, media_type, version)
    return MappingProxyType(found)


# Read once: what is asked for is looked up here, so that no name leads to another file.
STATIC: Mapping[str, StaticFile] = _read_all()


def link_static(name: str) -> str:
    """Where a page loads a file from, by the hash of what it holds: link_static("style.css").

    A file of another project that was not installed has no link, "", and pages do without it.
    """
    file = STATIC.get(name)
    if file is None and not name.startswith("vendor/"):
        raise KeyError(name)
    return f"/static/{name}?v={file.version}" if file else ""
