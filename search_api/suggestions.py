"""What may be meant while a question is typed: agencies, documents and topics by the beginning of their names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from ingest.fold import fold
from search_api.index import Index
from search_api.live import Opened
from search_api.page_base import Page, title_below
from search_api.search import Search
from search_api.vocabulary import Term

_MOST = 8
_MOST_WORDS = 8  # at the end of what was typed
_SHORTEST = 2  # letters
_SCANNED = 2000  # names that begin so
_WORD = re.compile(r"\S+")
# Kinds of names, and the columns that say how often something has one.
_COLUMNS = {"agency": ("lead", "coordinating"), "document": ("document", "directive"), "topic": ("topic",)}
_OF = {"agency": "agency", "topic": "topic", "document": "document", "directive": "document"}


@dataclass(frozen=True, slots=True)
class _Entry:
    """A name, how many rows have what it names, and where in it the words begin by which it is found."""

    kind: str
    term: Term
    spelling: str
    count: int
    is_start: bool


class _Names:
    """All names of a build, sorted by each beginning of a word in them."""

    def __init__(self, index: Index) -> None:
        rows = sorted(_list_entries(index), key=lambda row: row[0])
        self.keys = [key for key, _ in rows]
        self.entries = [entry for _, entry in rows]

    def begin(self, letters: str, kind: str, language: str) -> list[_Entry]:
        """The things one of whose names has a word that begins so, each once, the likeliest first."""
        at = bisect_left(self.keys, letters)
        found: dict[tuple[str, str], _Entry] = {}
        for key, entry in zip(self.keys[at : at + _SCANNED], self.entries[at : at + _SCANNED], strict=True):
            if not key.startswith(letters):
                break
            if kind in ("", entry.kind):
                same = (entry.kind, entry.term.id)
                if same not in found or _order(entry, language) < _order(found[same], language):
                    found[same] = entry
        return sorted(found.values(), key=lambda entry: _order(entry, language))


_NAMES: WeakKeyDictionary[Search, _Names] = WeakKeyDictionary()  # of each generation


def suggest(typed: str, here: Opened, page: Page, of: str = "") -> list[dict[str, str]]:
    """What the end of a text may become: suggest("nhiem vu so y", …)[0]["text"] == "nhiem vu Sở Y tế".

    `of` asks for one kind of names, "agency", and then the whole text is the beginning of one.
    """
    names = _NAMES.get(here.search) or _NAMES.setdefault(here.search, _Names(here.search.index))
    words = list(_WORD.finditer(typed))
    first = 0 if of else max(0, len(words) - _MOST_WORDS)
    for at in range(first, 1 if of else len(words)):
        if at == len(words):
            break
        start = words[at].start()
        letters = " ".join(fold(typed[start:]).split())
        found = names.begin(letters, _OF.get(of, ""), page.language) if len(letters) >= _SHORTEST else []
        if found:
            return [_show(each, typed[:start], here, page) for each in found[:_MOST]]
    return []


def _list_entries(index: Index) -> Iterator[tuple[str, _Entry]]:
    vocabulary = index.vocabulary
    kinds: dict[str, Sequence[Term]] = {
        "agency": vocabulary.agencies,
        "document": vocabulary.documents,
        "topic": vocabulary.topics,
    }
    for kind, terms in kinds.items():
        for term in terms:
            count = sum(
                len(index.columns.sets[column].rows(each)) for column in _COLUMNS[kind] for each in set(term.ids)
            )
            for spelling in dict.fromkeys((term.label, term.label_en, *term.spellings)) if count else ():
                folded = " ".join(fold(spelling).split())
                for word in _WORD.finditer(folded):
                    yield folded[word.start() :], _Entry(kind, term, spelling, count, word.start() == 0)


def _order(entry: _Entry, language: str) -> tuple[Any, ...]:
    """Whole names before those that have such a word further on, names in the language of the page before others."""
    label = entry.term.label_en if language == "en" else entry.term.label
    return (not entry.is_start, entry.spelling != label, -entry.count, len(entry.spelling), entry.term.id)


def _show(entry: _Entry, before: str, here: Opened, page: Page) -> dict[str, str]:
    """A suggestion as the page shows it: its kind, its name, what else is known of it, and the whole text with it."""
    english = page.language == "en" and entry.kind != "document"
    label = entry.term.label_en if english else entry.term.label
    about = ""
    if entry.kind == "document":
        about = title_below(here.records.get(entry.term.id) or {"number": "", "title": ""})
    elif entry.spelling not in (entry.term.label, entry.term.label_en):
        about = entry.spelling
    return {"kind": page.say[f"facet_{entry.kind}"], "label": label, "about": about[:120], "text": before + label}
