"""The bodies of a cell that says who does a task, by their part in it: "Chủ trì: Sở Y tế; phối hợp: Sở Tài chính"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.bodies import find_bodies
from ingest.records import Body
from ingest.reference import load_phrase
from ingest.short_names import load_short_names
from ingest.source import SourceText

_MARKUP = re.compile(r"(<br\s*/?>)|</?(?:sup|sub|b|i|u)>|\*+|\\(?=\|)", re.IGNORECASE)
_SEPARATORS = (re.compile(r"\n|<br\s*/?>", re.IGNORECASE), re.compile(";"), re.compile("/"))
_SAID = (  # phrase, part, and whether it stands before the bodies that it is said of
    ("part_lead", "lead", True),
    ("part_joins", "coordinating", True),
    ("part_led_by", "lead", False),
    ("part_joined_by", "coordinating", False),
)
_EDGES = " \t\n;,.:-–+/()"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text whose bodies lead, or join in."""

    role: str  # lead | coordinating
    start: int
    end: int
    sure: bool = True


def split_parts(cell: str, head: str = "") -> tuple[Part, ...]:
    """Who leads and who joins in, as a cell says it; all lead where it does not say.

    Where the head asks for both, the first of two lines, or of what ";" or "/" parts, is taken to lead.
    """
    parts = [part for part in _said_parts(cell) if cell[part.start : part.end].strip(_EDGES)]
    if {part.role for part in parts} == {"lead"}:
        return tuple(_guessed_parts(cell)) if _asks_for_both(head) else (Part("lead", 0, len(cell)),)
    return tuple(parts)


def find_cell_bodies(source: SourceText, start: int, end: int) -> tuple[Body, ...]:
    """The bodies of a cell; names are looked for without markup, which is overwritten so that places stay true."""
    text = source.text[start:end]
    if not _MARKUP.search(text):
        return find_bodies(source, start, end)
    bare = SourceText(source.file, "", _overwrite(text), (0,))
    declared = load_short_names(source.text)
    found = find_bodies(bare, 0, len(bare.text), lambda at: declared.at(bare.text, at, start + at))
    places = [source.cite(start + body.source.start, start + body.source.end) for body in found]
    return tuple(replace(body, source=place) for body, place in zip(found, places, strict=True))


def _said_parts(cell: str) -> Iterator[Part]:
    said = sorted(
        (found.start(), found.end(), role, before)
        for phrase, role, before in _SAID
        for found in load_phrase(phrase).finditer(cell)
    )
    at, role = 0, "lead"
    for start, end, meant, before in said:
        if start < at:
            continue
        yield Part(role if before else meant, at, start)
        at, role = end, meant if before else "coordinating"
    yield Part(role, at, len(cell))


def _guessed_parts(cell: str) -> Iterator[Part]:
    found = next((found for separator in _SEPARATORS if (found := separator.search(cell))), None)
    if found is None or not cell[: found.start()].strip(_EDGES) or not cell[found.end() :].strip(_EDGES):
        yield Part("lead", 0, len(cell))
        return
    yield Part("lead", 0, found.start(), sure=False)
    yield Part("coordinating", found.end(), len(cell), sure=False)


def _asks_for_both(head: str) -> bool:
    return all(load_phrase(name).search(head) for name in ("head_leads", "head_joins"))


def _overwrite(text: str) -> str:
    """A cell without markup, no letter moved: <br> becomes a line break, or ";" where something new begins."""

    def plain(found: re.Match[str]) -> str:
        goes_on = text[found.end() :].lstrip(" *_\n")[:1].islower()
        return ("\n" if goes_on else ";").ljust(len(found[0])) if found[1] else " " * len(found[0])

    return _MARKUP.sub(plain, text)
