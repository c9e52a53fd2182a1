"""What a question asks of rhythm, money, result and of what a text leaves out: "hằng năm", "chưa có thời hạn"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from search_api.cues import Asked, Cue, load_cues
from search_api.question_exclusions import find_negation
from search_api.question_reading import PUNCTUATION, Reading, Span
from search_api.understood import Excluded, Named

_PLACED = {"funding": "funding", "outputs": "output"}  # filters whose values count only next to a word for them
_FIRST_WORD = re.compile(r"\w+")


def read_stated(reading: Reading) -> dict[str, tuple[Named, ...]]:
    """The filters "states", "funding" and "outputs", their words taken out of the text, and "excluded" of these."""
    found: dict[str, tuple[Named, ...]] = {"states": _once(_find_states(reading)), "excluded": ()}
    for name, row in _PLACED.items():
        named = list(_find_placed(reading, row))
        found[name] = _once(each for each in named if not isinstance(each, Excluded))
        found["excluded"] += _once(each for each in named if isinstance(each, Excluded))
    return found


def find_rhythms(reading: Reading) -> list[tuple[Span, Cue]]:
    """Where a question names a rhythm, outside all names; "định kỳ hằng năm" says one thing, the closer one."""
    asked = _without_names(reading)
    found = [(match.span(), cue) for cue in load_cues()["recurrence"] for match in cue.find(asked)]
    closer = [pair for pair in found if pair[1].row["id"] != "recurring"]
    return closer or found


def take_rhythms(reading: Reading, found: Sequence[tuple[Span, Cue]]) -> tuple[Named, ...]:
    """The filter "recurrence" of what was found, its words taken out of the text."""
    return _once(_take(reading, cue, span, "recurrence") for span, cue in found)


def _once(named: Iterable[Named]) -> tuple[Named, ...]:
    return tuple({each.id: each for each in named}.values())


def _find_states(reading: Reading) -> Iterator[Named]:
    for cue in load_cues()["states"]:
        for match in cue.find(_without_names(reading)):
            yield _take(reading, cue, match.span())


def _find_placed(reading: Reading, name: str) -> Iterator[Named]:
    """Values with a word in front or behind that says what they are: "bằng ngân sách tỉnh", "sản phẩm là đề án"."""
    asked = _without_names(reading)
    for cue in load_cues()[name]:
        for match in cue.find(asked):
            span = _placed(asked, name, match)
            if span and not _is_named(reading, span):
                yield _take(reading, cue, span, name)
                asked = _without_names(reading)


def _is_named(reading: Reading, span: Span) -> bool:
    """Whether one topic is all that is said: "vốn ODA" alone asks what it is, "bằng vốn ODA" who pays."""
    return any(each.start <= span[0] and span[1] <= each.end for each in reading.of("topic"))


def _placed(asked: Asked, name: str, match: re.Match[str]) -> Span | None:
    start, end = match.span()
    rows = load_cues()[f"{name}-before"]
    starts = [at for cue in rows if (at := cue.ends_at(asked, start)) is not None]
    word = _FIRST_WORD.match(asked.lowered, start)
    if word and word.end() < end:  # "vốn đầu tư công" says itself what it is
        starts += [at for cue in rows if (at := cue.ends_at(asked, word.end())) is not None]
    ends = [end + found.end() for cue in load_cues().get(f"{name}-after", ()) if (found := cue.starts_at(asked, end))]
    if not starts and not ends:
        return None
    return min([*starts, start]), max([*ends, end])


def _take(reading: Reading, cue: Cue, span: Span, column: str = "") -> Named:
    """The value of a cue, what is not wanted where a "not" stands before it; its words leave the text, topics too."""
    start, end = span
    negation = find_negation(reading.asked, start) if column else None
    start = start if negation is None else negation
    reading.removed.append((start, end))
    reading.terms = [each for each in reading.terms if not (each.start < end and start < each.end)]
    reading.kept = [(first, last) for first, last in reading.kept if not (first < end and start < last)]
    row = cue.row
    words, ids = reading.asked.text[start:end].strip(PUNCTUATION), tuple(row["ids"])
    if negation is not None:
        return Excluded(row["id"], row["label"], row["label_en"], words, ids, (column,))
    return Named(row["id"], row["label"], row["label_en"], words, ids)


def _without_names(reading: Reading) -> Asked:
    """The question with all that is read blacked out but topics: "ngân sách" is one and says who pays."""
    return reading.asked.hide(reading.removed)
