"""What a question says that cannot filter, so that its reader is told: "hạn 31/2/2026", "led by the wizards"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches

from ingest.fold import key
from search_api.cues import load_cues
from search_api.question_reading import Reading, Span
from search_api.understood import Near, Notice
from search_api.vocabulary import Vocabulary

_LEAP = 2024  # a day without a year may be the 29th of February
_NEAREST = 3
_LIKE = 0.6  # how much of a name must be the same


def take_impossible_dates(reading: Reading) -> Iterator[Notice]:
    """The days, months and quarters that the calendar has not; they and the words before them leave the text."""
    hidden = reading.hidden()
    spans: list[Span] = []
    for cue in load_cues()["date-like"]:
        for found in cue.find(hidden):
            start, end = found.span()
            if any(first < end and start < last for first, last in spans) or _exists(found):
                continue
            spans.append((start, end))
            before = [at for each in load_cues()["date-before"] if (at := each.ends_at(hidden, start)) is not None]
            reading.removed.append((min([start, *before]), end))
            yield Notice("no-such-date", reading.asked.text[start:end].strip())


def _exists(found: re.Match[str]) -> bool:
    """Whether the calendar has what was written; a pattern without groups matches only what it has not."""
    parts = {name: value for name, value in found.groupdict().items() if value is not None}
    named = next((int(name[1:]) for name in parts if name[0] == "m" and name[1:].isdigit()), 0)
    month = int(parts["month"]) if "month" in parts else named
    try:
        date(int(parts.get("year", _LEAP)), month, int(parts.get("day", 1)))
    except ValueError:
        return False
    return True


def take_unknown_bodies(reading: Reading, vocabulary: Vocabulary) -> Iterator[Notice]:
    """What is asked for as a body and is none that the build knows; its words stay, those around it leave the text."""
    hidden = reading.hidden()
    for cue in load_cues()["body-asked"]:
        for found in cue.find(hidden):
            start, end = found.span("body")
            if cue.row["language"] != reading.asked.language[:2]:
                continue
            reading.removed += [(found.start(), start), (end, found.end())]
            words = reading.asked.text[start:end]
            yield Notice("no-such-body", words, _near(words, vocabulary))
            return


def _near(words: str, vocabulary: Vocabulary) -> tuple[Near, ...]:
    """The bodies with such a name, those first that have all its words: "police" is in "Provincial Police"."""
    names = {
        key(name): Near(term.label, term.label_en)
        for term in vocabulary.agencies
        if term.ids
        for name in (term.label, term.label_en, *term.spellings, *term.beside)
    }
    asked = key(words)
    whole = re.compile(rf"(?<!\w){re.escape(asked)}(?!\w)")
    found = [near for name, near in sorted(names.items(), key=lambda pair: len(pair[0])) if whole.search(name)]
    found += [names[name] for name in get_close_matches(asked, names, _NEAREST, _LIKE)]
    return tuple(dict.fromkeys(found))[:_NEAREST]
