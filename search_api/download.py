"""Files over HTTP: sent in pieces, with a Vietnamese name that every browser keeps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from urllib.parse import quote

from fastapi.responses import StreamingResponse

from graph.export_rows import gather
from ingest.slug import slug

# Ending of a file -> its media type.
MEDIA_TYPES: Mapping[str, str] = {
    "jsonl": "application/x-ndjson",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ics": "text/calendar",
    "nq": "application/n-quads",
    "nt": "application/n-triples",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}
_LONGEST = 80  # characters of a name
_NOT_IN_NAME = re.compile(r"[^\w (),-]+")


def send_file(
    parts: Iterator[bytes], name: str, ending: str, further: Mapping[str, str] | None = None
) -> StreamingResponse:
    """A file to keep: send_file(parts, "Nhiệm vụ", "csv")."""
    headers = {"Content-Disposition": name_download(name, ending), **(further or {})}
    kind = MEDIA_TYPES[ending]
    if kind.startswith("text/"):
        kind += "; charset=utf-8"
    return StreamingResponse(begin(gather(parts)), headers=headers, media_type=kind)


def begin(parts: Iterator[bytes]) -> Iterator[bytes]:
    """The same parts, the first made now: before status 200 leaves, so that what cannot be made is an error."""
    return chain([next(parts, b"")], parts)


def name_file(kind: str, words: Iterable[str]) -> str:
    """A name that says what was asked for: name_file("Nhiệm vụ", ["chữ ký số", "2026"])."""
    asked = " ".join(_NOT_IN_NAME.sub(" ", " ".join(words)).split())[:_LONGEST].strip()
    return f"{kind} - {asked}" if asked else kind


def name_download(name: str, ending: str) -> str:
    """The header by RFC 6266: the name in UTF-8, and for old programs in ASCII."""
    plain = slug(name) or "cancu"
    return f"attachment; filename=\"{plain}.{ending}\"; filename*=UTF-8''{quote(f'{name}.{ending}', safe='')}"
