"""What became of a body: which bodies it came of and which took over, when, and by which document.

A change of the kind of body (two departments merge) and one of the province (two provinces merge) are both followed,
and together: a department of a province that ended goes on in the department that its kind became, in the new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal

from graph.facts import CC, MERGED, PREF_LABEL, Facts, node
from graph.prefixes import PREFIXES

_ORG = PREFIXES["org"]
_KIND, _PLACE = _ORG + "classification", CC + "inProvince"
SUCCEEDED_BY, VALID_FROM, VALID_TO = CC + "succeededBy", CC + "validFrom", CC + "validTo"


@dataclass(frozen=True, slots=True)
class Body:
    """A kind of body in a province's life, named or not: Body("Sở Khoa học và Công nghệ", "Hưng Yên", ...)."""

    name: str
    name_en: str
    province: str  # "" of a central body
    province_en: str
    iri: str  # "" where no document names it
    began: str | None  # "2025-07-01"; None where no date is known
    ended: str | None
    sources: tuple[str, ...] = ()  # the documents that ordered its end or its beginning


@dataclass(frozen=True, slots=True)
class History:
    """A body with those before and after it, the nearest first."""

    body: Body
    before: tuple[Body, ...]
    after: tuple[Body, ...]


def find_history(facts: Facts, agency: str) -> History | None:
    """What came before and after a body: find_history(facts, department).after[0].began == "2025-07-01".

    None for a collective body, and for one whose kind is not known.
    """
    kind, place = facts.value(agency, _KIND), facts.value(agency, _PLACE) or ""
    if kind is None:
        return None
    return History(
        _describe(facts, kind, place),
        tuple(_find_others(facts, kind, place, later=False)),
        tuple(_find_others(facts, kind, place, later=True)),
    )


def _find_others(facts: Facts, kind: str, place: str, *, later: bool) -> Iterator[Body]:
    """The bodies of each kind and province on one side of a change that were there at the same time."""
    for other_kind in _follow(facts, kind, later):
        for other_place in _follow(facts, place, later) if place else [""]:
            if (other_kind, other_place) != (kind, place) and _met(facts, other_kind, other_place):
                yield _describe(facts, other_kind, other_place)


def _follow(facts: Facts, start: str, later: bool) -> list[str]:
    """A kind or a province with all that came of it, or all that it came of."""
    found = [start]
    for each in found:
        further = facts.values(each, SUCCEEDED_BY) if later else facts.subjects(SUCCEEDED_BY, each)
        found += [one for one in further if one not in found]
    return found


def _met(facts: Facts, kind: str, place: str) -> bool:
    """Whether a kind of body and a province existed together for a time."""
    if not place:
        return True
    began = max(filter(None, (facts.value(kind, VALID_FROM), facts.value(place, VALID_FROM))), default="")
    ends = [end for end in (facts.value(kind, VALID_TO), facts.value(place, VALID_TO)) if end]
    return not ends or began <= min(ends)


def _describe(facts: Facts, kind: str, place: str) -> Body:
    lives = [each for each in (kind, place) if each]
    began = max((day for each in lives if (day := facts.value(each, VALID_FROM))), default=None)
    ended = min((day for each in lives if (day := facts.value(each, VALID_TO))), default=None)
    return Body(
        _label(facts, kind, "vi"),
        _label(facts, kind, "en"),
        _label(facts, place, "vi") if place else "",
        _label(facts, place, "en") if place else "",
        _find_body(facts, kind, place),
        began,
        ended,
        tuple(dict.fromkeys(_find_sources(facts, lives, (began, ended)))),
    )


def _find_sources(facts: Facts, lives: Iterable[str], bounds: tuple[str | None, str | None]) -> Iterator[str]:
    """The documents that ordered the change by which a body began or ended: that of the kind or of the province."""
    began, ended = bounds
    for life in lives:
        events = []
        if began and facts.value(life, VALID_FROM) == began:
            events += facts.subjects(_ORG + "resultingOrganization", life)
        if ended and facts.value(life, VALID_TO) == ended:
            events += facts.values(life, _ORG + "changedBy")
        for event in events:
            yield from facts.values(event, CC + "legalSource")


def _find_body(facts: Facts, kind: str, place: str) -> str:
    """The body of a kind in a province that documents name; "" where none does."""
    for body in facts.subjects(_KIND, kind):
        if (facts.value(body, _PLACE) or "") == place:
            return body
    return ""


def _label(facts: Facts, subject: str, language: str) -> str:
    for quad in facts.store.quads_for_pattern(node(subject), node(PREF_LABEL), None, MERGED):
        if isinstance(quad.object, Literal) and quad.object.language == language:
            return quad.object.value
    return ""
