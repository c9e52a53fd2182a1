"""What an arrow of a picture says: each sentence once, cut around the document that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from search_api.page_base import Page, one_line
from search_api.page_places import say_origin

_MOST_SENTENCES = 4  # of one arrow
_LONGEST = 260  # characters of a sentence that is said whole
_BEFORE, _AFTER = 150, 60  # characters that stay around the name of the document
_LONGEST_NAME = 60  # characters of a title that are looked for
Step = Mapping[str, Any]
Sentence = tuple[str, int]  # a file, and where the sentence begins in it


class Sentences:
    """What all arrows of a picture quote: Sentences(steps).tell(step, page) == ["căn cứ: “Căn cứ …” (719.txt:8)"]."""

    def __init__(self, steps: Iterable[Step]) -> None:
        self._ends: dict[Sentence, set[tuple[int, str]]] = {}
        for step in steps:
            for reading in list_readings(step):
                length = len(one_line(reading["source"]["quote"]))
                self._ends.setdefault(_key(reading["source"]), set()).add((length, step["to"]))

    def tell(self, step: Step, page: Page) -> list[str]:
        """The sentences of a step, those that are the same joined, and how many more there are."""
        told: dict[tuple[str, str], dict[str, list[Mapping[str, Any]]]] = {}
        for reading in _first_of_each(list_readings(step)):
            source = reading["source"]
            words = cut_around(one_line(source["quote"]), _names(step), self._said_elsewhere(source, step["to"]))
            places = told.setdefault((say_relation(reading, step, page), words), {})
            places.setdefault(source["file"], []).append(source)
        say = page.say
        said = [f"{relation}: “{words}” ({_say_places(places, say)})" for (relation, words), places in told.items()]
        more = len(said) - _MOST_SENTENCES
        return said[:_MOST_SENTENCES] + ([page.say["picture_more"].format(count=more)] if more > 0 else [])

    def _said_elsewhere(self, source: Mapping[str, Any], to: str) -> int:
        """How much of a sentence other arrows quote: they lead to what is named in it before."""
        length = len(one_line(source["quote"]))
        others = (end for end, target in self._ends[_key(source)] if target != to and end < length)
        return max(others, default=0)


def list_readings(step: Step) -> list[Mapping[str, Any]]:
    """The sentences of a step that have a place in a text."""
    return [each for each in (step, *step["also"]) if each["source"]]


def say_relation(reading: Mapping[str, Any], step: Step, page: Page) -> str:
    """What one sentence makes of two documents: "căn cứ"; "phê duyệt" where the arrow leads the other way."""
    inverse = "_inverse" if step["inverse"] and reading["relation"] == "approves" else ""
    return page.say[f"relation_{reading['relation']}{inverse}"]


def cut_around(quote: str, names: Sequence[str], said: int = 0) -> str:
    """A long sentence cut on both sides of the last name that it has, without what was `said` of it before.

    Without any name its beginning and its end, for that is where a quote has what it is about.
    """
    if len(quote) <= _LONGEST:
        return quote
    found = next((last for name in names if (last := _find_last(quote, name)) is not None), None)
    if found is None:
        return f"{_cut_end(quote, _BEFORE)} … {_cut_start(quote, len(quote) - _BEFORE)}"
    start, end = max(found[0] - _BEFORE, min(said, found[0]), 0), min(found[1] + _AFTER, len(quote))
    words = _cut_end(quote, end)
    return (f"… {_cut_start(words, start)}" if start else words) + (" …" if end < len(quote) else "")


def _first_of_each(readings: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Readings without those that only go on in a sentence that another one of the same relation quotes."""
    shortest: dict[tuple[Sentence, str], Mapping[str, Any]] = {}
    for each in sorted(readings, key=lambda each: len(each["source"]["quote"])):
        shortest.setdefault((_key(each["source"]), each["relation"]), each)
    return [each for each in readings if shortest[_key(each["source"]), each["relation"]] is each]


def _say_places(places: Mapping[str, Sequence[Mapping[str, Any]]], say: Mapping[str, str]) -> str:
    """ "719.txt:5, 7; 57.pdf, trang 3": the places of each file."""
    return "; ".join(_say_file(file, sources, say) for file, sources in places.items())


def _say_file(file: str, sources: Sequence[Mapping[str, Any]], say: Mapping[str, str]) -> str:
    if any(each.get("page") or each.get("block") for each in sources):
        return "; ".join(dict.fromkeys(say_origin(each, say) for each in sources))
    return f"{file}:{', '.join(dict.fromkeys(str(each['line']) for each in sources))}"


def _key(source: Mapping[str, Any]) -> Sentence:
    return source["file"], source["start"]


def _names(step: Step) -> list[str]:
    return [one_line(each)[:_LONGEST_NAME] for each in (step["number"], step["title"]) if each and each.strip()]


def _find_last(quote: str, name: str) -> tuple[int, int] | None:
    """Where a name stands last, however its spaces are set: "433 -KH/TU"."""
    spaced = r"\s*".join(re.escape(char) for char in name if not char.isspace())
    found = [None, *re.finditer(spaced, quote, re.IGNORECASE)][-1]
    return found.span() if found else None


def _cut_end(text: str, end: int) -> str:
    """A text up to a place, its last word whole; one that has no spaces is cut where it is."""
    if end >= len(text):
        return text
    kept = text[:end].rpartition(" ")[0] if text[end] != " " else text[:end]
    return (kept or text[:end]).rstrip(" ,;:(")


def _cut_start(text: str, start: int) -> str:
    """A text from a place on, its first word whole."""
    if start and text[start - 1 : start].isalnum() and text[start : start + 1].isalnum():
        start = (text.find(" ", start, start + _AFTER) + 1) or start
    return text[start:].lstrip(" ,;:.)")
