"""A body within a body is one body: "Trung tâm Chuyển đổi số - Sở Khoa học và Công nghệ" is that centre."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.body_words import body_words
from ingest.fold import fold, squeeze
from ingest.names import Name, find_name

_DASH = re.compile(r"\s*[-–]\s*")
_WITHIN = re.compile(r"\s+(?:trực\s+)?thuộc\s+", re.IGNORECASE)
_COMMA = re.compile(r"\s*,\s*")
_MAX_NAME = 160


def with_parent(text: str, name: Name) -> Name:
    """A unit with the body that it is printed as part of; a list of bodies stays a list.

    "Chi cục Thủy lợi thuộc Sở Nông nghiệp và Môi trường", "Phòng Quản lý công nghệ, Sở Khoa học và Công nghệ".
    """
    if name.collective or name.short:
        return name
    end = parent_end(text, name.start, name.end)
    called = name.name if name.type else squeeze(text[name.start : end])
    return replace(name, end=end, name=called) if end > name.end else name


def parent_end(text: str, start: int, at: int) -> int:
    """Where the parent of a unit ends that is named at `at`; `at` itself where none is."""
    within = _WITHIN.match(text, at) if at - start < _MAX_NAME else None
    join = within
    if join is None and at - start < _MAX_NAME and _is_a("inner", text, start):
        join = _DASH.match(text, at) or (_COMMA.match(text, at) if _is_a("part", text[start:at] + " ", 0) else None)
    if join is None or not _is_a("parent", text, join.end()):
        return at
    window = text[join.end() : join.end() + _MAX_NAME]
    parent = find_name(window, fold(window), 0)
    return join.end() + parent.end if parent and not parent.collective else at


def _is_a(kind: str, text: str, at: int) -> bool:
    return any(pattern.match(text[at : at + _MAX_NAME]) for pattern in body_words(kind))
