"""What came before a body and what came after it: its kind was renamed or merged, or its province was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from graph.facts import CC, Facts
from graph.prefixes import PREFIXES

_ORG, _DATE, _SOURCE = PREFIXES["org"], PREFIXES["dcterms"] + "date", CC + "legalSource"
SUCCEEDED_BY, VALID_FROM, VALID_TO = CC + "succeededBy", CC + "validFrom", CC + "validTo"


@dataclass(frozen=True, slots=True)
class Change:
    """One step to another kind of body or another province: of a department whose province took in another.

    `event` is the org:ChangeEvent, `source` the document that ordered it; None where the vocabulary has none.
    """

    is_after: bool  # what took over, not what was before
    type: str  # IRI of the kind of body on the other side
    province: str | None  # IRI of the province there; None for bodies of the centre
    day: str | None  # first day of the new, where it is known
    event: str | None
    source: str | None


def list_changes(facts: Facts, agency: str) -> Iterator[Change]:
    """What came before an agency, then what came after; nothing for a body whose kind is unknown.

    Only the next step: a kind that ended before its province did went over within that province.
    """
    kind, province = facts.value(agency, _ORG + "classification"), facts.value(agency, CC + "inProvince")
    if kind is None:
        return
    for is_after in (False, True):
        for other in _others(facts, kind, is_after):
            day = _first_day(facts, *((kind, other) if is_after else (other, kind)))
            if not (province and day) or _is_alive(facts, province, day):
                yield Change(is_after, other, province, day, None, None)
        for other in _others(facts, province, is_after) if province else ():
            event = facts.value(str(province) if is_after else other, _ORG + "changedBy")
            day = facts.value(event, _DATE) if event else None
            if day is None or _is_alive(facts, kind, day):
                yield Change(is_after, kind, other, day, event, facts.value(event, _SOURCE) if event else None)


def end_of(facts: Facts, agency: str) -> str | None:
    """The last day of a body, where its kind or its province has ended: end_of(facts, agency) == "2025-06-30"."""
    places = (facts.value(agency, _ORG + "classification"), facts.value(agency, CC + "inProvince"))
    ends = [end for each in places if each and (end := facts.value(each, VALID_TO))]
    return min(ends, default=None)


def _others(facts: Facts, node: str, is_after: bool) -> list[str]:
    return facts.values(node, SUCCEEDED_BY) if is_after else facts.subjects(SUCCEEDED_BY, node)


def _first_day(facts: Facts, old: str, new: str) -> str | None:
    """The first day of the kind that took over: the day behind the last of the old one, else as the new one has it."""
    if ended := facts.value(old, VALID_TO):
        return (date.fromisoformat(ended) + timedelta(days=1)).isoformat()
    return facts.value(new, VALID_FROM)


def _is_alive(facts: Facts, node: str, day: str) -> bool:
    """Whether a kind or province was there on the eve of a day or on the day itself."""
    eve = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    return (facts.value(node, VALID_FROM) or "") <= day and eve <= (facts.value(node, VALID_TO) or "9")
