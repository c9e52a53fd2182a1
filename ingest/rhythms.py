"""Several rhythms of one clause: "báo cáo hằng tháng, hằng quý" asks for two reports, each with its own day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ingest.deadlines import find_deadlines
from ingest.records import Deadline
from ingest.reference import load_patterns

_Placed = tuple[Deadline, int, int]


def find_rhythms(text: str) -> tuple[_Placed, ...]:
    """The rhythms of a clause in the order of the page, each once and with its day where one is printed.

    "định kỳ hằng quý (trước ngày 20 tháng cuối quý) và hằng năm (trước ngày 15/12)" -> quarterly, yearly.
    """
    known: dict[str, _Placed] = {}
    for placed in (each for found in find_deadlines(text) for each in _split(text, *found)):
        rhythm = placed[0].recurrence
        if rhythm and (rhythm not in known or (placed[0].due and not known[rhythm][0].due)):
            known[rhythm] = placed
    return tuple(sorted(known.values(), key=lambda placed: placed[1]))


def _split(text: str, deadline: Deadline, start: int, end: int) -> Iterator[_Placed]:
    """The members of a list of rhythms that is read as one: "định kỳ hằng quý, 6 tháng, năm" are three."""
    words: dict[str, tuple[int, int]] = {}
    for row, pattern in load_patterns("rhythms"):
        for found in pattern.finditer(text, start, end):
            words.setdefault(row["name"], found.span())
    if deadline.kind != "recurring" or deadline.due or len(words) < 2:
        yield deadline, start, end
        return
    for at, (name, (first, last)) in enumerate(sorted(words.items(), key=lambda pair: pair[1])):
        begins = start if at == 0 else first  # "định kỳ" stands before all of them
        yield replace(deadline, recurrence=name, raw=text[begins:last].strip()), begins, last
