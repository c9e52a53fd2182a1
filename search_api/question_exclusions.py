"""What a question does not want: "không phải của Sở Y tế", "except Hưng Yên", "not under Resolution 57"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from search_api.cues import Asked, load_cues
from search_api.question_documents import Cited
from search_api.question_reading import Reading, Span
from search_api.question_roles import role_at, with_place
from search_api.terms import Found
from search_api.understood import Excluded, Named

_COLUMNS = {"agency": ("lead", "coordinating", "issuer"), "jurisdiction": ("jurisdiction",), "topic": ("topic",)}


_BOTH = ("negation", "negation-role")


def is_negated(hidden: Asked, at: int) -> bool:
    """Whether a "not" stands before a place: "not due in 2026" asks for no task that is due then."""
    return find_negation(hidden, at) is not None


def find_negation(hidden: Asked, at: int) -> int | None:
    """Where the "not" begins that stands right before a place; None where none does."""
    return _negation(hidden, at, *_BOTH)


def exclude_documents(reading: Reading, placed: Sequence[Cited]) -> tuple[list[Cited], list[Excluded]]:
    """The directives that are asked for, and those that are not: "tasks not under Resolution 57"."""
    wanted: list[Cited] = []
    unwanted: list[Excluded] = []
    for each in placed:
        at = find_negation(reading.hidden(), each.start)
        if at is None:
            wanted.append(each)
        else:
            named, words = each.name(reading.asked), reading.asked.text[at : each.end]
            unwanted.append(Excluded(named.id, named.label, named.label_en, words, named.ids, ("directive",)))
            reading.removed.append((at, each.end))
    return wanted, unwanted


def exclude_names(reading: Reading) -> list[Excluded]:
    """Take the names that a "not" stands before out of what is asked for, with all that it reaches."""
    found = list(_find_unwanted(reading))
    gone = [each for _, _, each, place in found for each in (each, *place)]
    reading.terms = [each for each in reading.terms if each not in gone]
    reading.kept = [span for span in reading.kept if span not in [(each.start, each.end) for each in gone]]
    reading.removed += [span for span, _, _, _ in found]
    return [_exclude(reading.asked, *each) for each in found]


_Unwanted = tuple[Span, Named | None, Found, Sequence[Found]]  # its words, role, name and province


def _find_unwanted(reading: Reading) -> Iterator[_Unwanted]:
    hidden, last = reading.hidden(), -1
    for each in reading.terms:
        if each.start < last:
            continue  # the province of the agency before
        places = _places_of(reading, each)
        start, end = each.start, max([each.end, *(place.end for place in places)])
        found = _reach(hidden, each.kind, start, end)
        if found is None and last >= 0 and _is_tied(reading.asked.text[last:start]):
            found = (start, end), None  # "trừ Sở Y tế và Sở Tài chính"
        if found is None:
            last = -1
            continue
        (start, end), role = found
        last = end
        yield (start, end), role, each, places


def _places_of(reading: Reading, found: Found) -> list[Found]:
    """The province right behind an agency: "Sở Y tế tỉnh Hưng Yên"."""
    if found.kind != "agency":
        return []
    places = [each for each in reading.of("jurisdiction") if each.start >= found.end]
    _, end = with_place(reading.asked, found, places)
    return [each for each in places if each.end <= end and " in " not in reading.asked.lowered[found.end : each.start]]


def _is_tied(between: str) -> bool:
    return any(cue.is_whole(between) for cue in load_cues()["agency-link"])


def _reach(hidden: Asked, kind: str, start: int, end: int) -> tuple[Span, Named | None] | None:
    """The words of a "not" with the name that they reach, and the role in which it is not wanted."""
    role, span = role_at(hidden, start, end) if kind == "agency" else (None, (start, start))
    if role and span[0] < start:  # "not led by the Department of Health"
        at = find_negation(hidden, span[0])
        if at is not None:
            return (at, max(end, span[1])), role
    at = _negation(hidden, start, "negation")
    if at is not None:  # "không do Sở Y tế chủ trì"
        return (at, max(end, span[1])), role
    for cue in load_cues()["negation-behind"] if kind == "agency" else ():
        found = cue.starts_at(hidden, end)
        if found:  # "Sở Y tế không chủ trì"
            role, span = role_at(hidden, end + found.end(), end + found.end())
            if role and span[1] > end + found.end():
                return (start, span[1]), role
            if cue.row["whole"]:
                return (start, end + found.end()), None
    return None


def _negation(hidden: Asked, at: int, *names: str) -> int | None:
    starts = [start for name in names for cue in load_cues()[name] if (start := cue.ends_at(hidden, at)) is not None]
    return min(starts, default=None)


def _exclude(asked: Asked, span: Span, role: Named | None, found: Found, places: Sequence[Found]) -> Excluded:
    term, columns = found.term, (role.id,) if role else _COLUMNS[found.kind]
    named = [term, *(place.term for place in places)]
    label, english = " ".join(each.label for each in named), " ".join(each.label_en for each in named)
    within = tuple(each for place in places for each in place.term.ids)
    return Excluded(term.id, label, english, asked.text[slice(*span)], term.ids, columns, within)
