"""Places where a text names a document: by its number, with a number left blank or cut short, or by its name alone.

What is printed is reported; nothing is looked up. `graph/resolve.py` decides which document is meant.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TypeAlias

from ingest.amending_laws import find_amending_laws
from ingest.fold import fold_alike, squeeze
from ingest.named_mentions import find_named
from ingest.numbered_mentions import (
    Found,
    date_after,
    find_blank,
    find_letters,
    find_numbered,
    issuer_after,
    type_names,
)
from ingest.reference import load_phrase

_AFTER = 20  # how much of what follows tells whether figures are a number
Serials: TypeAlias = Mapping[tuple[str, str], Mapping[str, Found]]  # type and serial -> whole numbers


def find_serials(text: str) -> Serials:
    """The whole numbers of a text by what a short form gives of them: find_serials(t)["nghị quyết", "57"]."""
    serials: defaultdict[tuple[str, str], dict[str, Found]] = defaultdict(dict)
    for found in find_numbered(fold_alike(text)):
        if found.number and found.type:
            serials[found.type.lower(), re.split(r"[/-]", found.number)[0]].setdefault(found.number, found)
    return serials


def find_mentions(text: str, serials: Serials | None = None, called: Iterable[Found] = ()) -> tuple[Found, ...]:
    """Every mention of a text in order; one may lie inside the title of another.

    `serials` are those of the whole document, where the text is a part of one: "Nghị quyết 57" means the number there.
    `called` are the places where it uses a short name that it has declared.
    """
    text = fold_alike(text)
    found = [*find_numbered(text), *find_letters(text), *find_blank(text)]
    found += _free(text, find_amending_laws(text), found)
    found += _free(text, called, found)
    found += _free(text, _short(text, find_serials(text) if serials is None else serials), found)
    return tuple(sorted((*found, *_free(text, find_named(text), found)), key=lambda found: found.start))


def _free(text: str, further: Iterable[Found], found: Iterable[Found]) -> list[Found]:
    """Those that overlap none of what was found with more certainty."""
    taken = bytearray(len(text))
    for each in found:
        taken[each.start : each.end] = b"\1" * (each.end - each.start)
    return [each for each in further if taken.find(1, each.start, each.end) < 0]


@cache
def _short_pattern() -> re.Pattern[str]:
    """A type with a serial alone, or with its year: "Nghị quyết 57", "Quyết định số 569", "Nghị định 13/2023"."""
    return re.compile(
        rf"(?<!\w)(?P<type>{type_names()})(?P<said>\s+số)?\s+(?P<serial>\d{{1,5}}[a-z]?)(?P<year>/(?:19|20)\d\d)?"
        r"(?![\w%]|\s*[/–-]\s*[\dA-ZĐ]|[.,]\d)",
        re.IGNORECASE,
    )


def _short(text: str, serials: Serials) -> Iterator[Found]:
    """A number cut short: the one document of this text that has its type and serial, else left to the corpus."""
    for short in _short_pattern().finditer(text):
        kind, year = squeeze(short["type"]), short["year"] or ""
        known = serials.get((kind.lower(), short["serial"]), {})
        known = {number: each for number, each in known.items() if year in number}
        if not short[0][0].isupper() or _counts(text, short):
            continue
        if len(known) == 1:
            (same,) = known.values()
            yield Found(short.start(), short.end(), same.number, False, same.symbol, same.type, None, None, None)
        elif known or _is_serial(text, short):
            date, end = date_after(text, short.end())
            issuer, end = issuer_after(text, end)
            number = short["serial"] + year
            yield Found(short.start(), end, number, False, None, kind.capitalize(), date, issuer, None)


def _counts(text: str, short: re.Match[str]) -> bool:
    """Whether figures count what follows: "Kế hoạch 5 năm", but not "Nghị quyết 57 ngày 22/12/2024"."""
    dated = re.match(r"\s+ngày\s+\d", text[short.end() : short.end() + _AFTER])
    return not short["said"] and not dated and load_phrase("counted").match(text, short.end()) is not None


def _is_serial(text: str, short: re.Match[str]) -> bool:
    """Whether figures behind a type are its number, by what follows: not "Kế hoạch 2025", "Quyết định 2 nội dung"."""
    if re.fullmatch(r"(?:19|20)\d\d", short["serial"]):
        return False
    if not short["said"] and (len(short["serial"]) < 2 or load_phrase("not_by_serial").match(short["type"])):
        return False
    after = text[short.end() : short.end() + _AFTER]
    return not after[:1].isspace() or "\n" in after or bool(load_phrase("behind_serial").match(after.lstrip()))
