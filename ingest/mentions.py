"""Places where a text names a document: by its number, with a number left blank or cut short, or by its name alone.

What is printed is reported; nothing is looked up. `graph/resolve.py` decides which document is meant.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TypeAlias

from ingest.fold import squeeze
from ingest.named_mentions import find_named
from ingest.numbered_mentions import Found, find_blank, find_letters, find_numbered, type_names
from ingest.reference import load_phrase

Serials: TypeAlias = Mapping[tuple[str, str], Mapping[str, Found]]  # type and serial -> whole numbers


def find_serials(text: str) -> Serials:
    """The whole numbers of a text by what a short form gives of them: find_serials(t)["nghị quyết", "57"]."""
    serials: defaultdict[tuple[str, str], dict[str, Found]] = defaultdict(dict)
    for found in find_numbered(text):
        if found.number and found.type:
            serials[found.type.lower(), re.split(r"[/-]", found.number)[0]].setdefault(found.number, found)
    return serials


def find_mentions(text: str, serials: Serials | None = None) -> tuple[Found, ...]:
    """Every mention of a text in order; one may lie inside the title of another.

    `serials` are those of the whole document, where the text is a part of one: "Nghị quyết 57" means the number there.
    """
    numbered = [*find_numbered(text), *find_letters(text), *find_blank(text)]
    short = _short(text, find_serials(text) if serials is None else serials)
    numbered += [each for each in short if not any(_overlap(each, other) for other in numbered)]
    named = [found for found in find_named(text) if not any(_overlap(found, other) for other in numbered)]
    return tuple(sorted((*numbered, *named), key=lambda found: found.start))


def _overlap(one: Found, other: Found) -> bool:
    return one.start < other.end and other.start < one.end


@cache
def _short_pattern() -> re.Pattern[str]:
    """A type with a serial alone: "Nghị quyết 57", "Quyết định số 569"."""
    return re.compile(
        rf"(?<!\w)(?P<type>{type_names()})(?:\s+số)?\s+(?P<serial>\d{{1,5}}[a-z]?)(?![\w%]|\s*[/–-]\s*[\dA-ZĐ]|[.,]\d)",
        re.IGNORECASE,
    )


def _short(text: str, serials: Serials) -> Iterator[Found]:
    """A number cut short: it means the one document of this text that has its type and serial, and no other."""
    for short in _short_pattern().finditer(text) if serials else ():
        known = serials.get((squeeze(short["type"]).lower(), short["serial"]), {})
        if len(known) == 1 and short[0][0].isupper() and not load_phrase("counted").match(text, short.end()):
            (same,) = known.values()
            yield Found(short.start(), short.end(), same.number, False, same.symbol, same.type, None, None, None)
