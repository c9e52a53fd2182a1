"""The bodies that plans name, by jurisdiction and level, each with how much it leads, joins and is asked to do."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from graph.facts import CC, PREF_LABEL, Facts
from graph.history import SUCCEEDED_BY, VALID_FROM, VALID_TO
from graph.iri import agency_type_iri, province_iri
from graph.jurisdictions import CENTRE
from graph.names import natural_key
from graph.prefixes import PREFIXES
from ingest.fold import fold
from search_api.linked_page import name_node
from search_api.live import Opened
from search_api.page_base import Page
from search_api.per_generation import keep
from search_api.present import say_date

LEVELS = ("party-central", "central", "party-province", "province", "party-district", "district", "party-commune",
          "commune", "other", "collective")  # fmt: skip
MOST_SHOWN = 300  # bodies of one page: of more, one jurisdiction after the other
_ALT_LABEL, _HIDDEN_LABEL = PREFIXES["skos"] + "altLabel", PREFIXES["skos"] + "hiddenLabel"
LED_BY, SUPPORTED_BY, REPORTS_TO = CC + "ledBy", CC + "supportedBy", CC + "reportsTo"


@dataclass(frozen=True, slots=True)
class Body:
    """One body with its numbers: Body("https://…/so-y-te", "Sở Y tế", "so-y-te", …)."""

    iri: str
    name: str
    type: str | None
    level: str
    jurisdiction: str
    keys: frozenset[str]  # all its names and their initials, squeezed: what a search box looks in
    words: frozenset[str]  # of its names and of its jurisdiction, folded
    led: int
    joined: int
    duties: int


@dataclass(frozen=True, slots=True)
class Place:
    """A jurisdiction: Place("ha-nam", "Tỉnh Hà Nam", "đến 30/06/2025", 17, 12)."""

    slug: str
    name: str
    time: str  # until or from when there was this life of it; "" where there is one only
    bodies: int
    led: int


@keep
def list_bodies(here: Opened) -> Sequence[Body]:
    """Every body of a generation, by jurisdiction, level and name, collectives last."""
    facts = here.names.facts
    bodies = [_read_body(each, facts) for each in here.records.records("agency")]
    return tuple(sorted(bodies, key=lambda each: _order(each, facts)))


def name_kind(here: Opened, kind: str | None, page: Page) -> str:
    """What a kind of body is called in English, on an English page: name_kind(here, "so-y-te", page)."""
    return name_node(here, agency_type_iri(kind), "en").text if kind and page.language == "en" else ""


def select_bodies(bodies: Iterable[Body], question: str, jurisdiction: str) -> list[Body]:
    """Bodies of a jurisdiction ("": any) with a name or short form like the question: "so khcn", "SYT", "y te"."""
    wanted, words = squeeze_key(question), set(_split_words(question))
    return [
        each
        for each in bodies
        if jurisdiction in ("", each.jurisdiction)
        and (words <= each.words or any(wanted in name for name in each.keys))
    ]


def group_bodies(bodies: Iterable[Body]) -> list[tuple[str, list[tuple[str, list[Body]]]]]:
    """Bodies under their jurisdictions and, within those, their levels."""
    return [
        (place, [(level, list(some)) for level, some in groupby(group, key=lambda each: each.level)])
        for place, group in groupby(bodies, key=lambda each: each.jurisdiction)
    ]


def list_places(here: Opened, page: Page) -> list[Place]:
    """The jurisdictions that have bodies, the centre first, then by name, the present before the past."""
    led = _count_led(here)
    return [
        name_place(here, slug, page, len(list(group)), led.get(slug, 0))
        for slug, group in groupby(list_bodies(here), key=lambda each: each.jurisdiction)
    ]


def name_place(here: Opened, slug: str, page: Page, bodies: int = 0, led: int = 0) -> Place:
    """A jurisdiction with its name, and from or until when it was: name_place(here, "ha-nam", page).name."""
    if slug == CENTRE:
        return Place(slug, page.say["central"], "", bodies, led)
    province = province_iri(slug)
    if here.names.facts.value(province, PREF_LABEL) is None:
        return Place(slug, slug, "", bodies, led)
    name = name_node(here, province, page.language).text
    time = "" if name.endswith(")") else _say_time(here.names.facts, province, page)  # some names say it themselves
    return Place(slug, name, time, bodies, led)


def squeeze_key(text: str) -> str:
    """What is left of a name without case, accents, spaces and signs: "Sở KH&CN" is "sokhcn"."""
    return re.sub(r"[\W_]+", "", fold(text))


@keep
def _count_led(here: Opened) -> Mapping[str, int]:
    """How many tasks the bodies of each jurisdiction lead; one that two of them lead counts once."""
    facts = here.names.facts
    led: defaultdict[str, set[str]] = defaultdict(set)
    for body in list_bodies(here):
        led[body.jurisdiction].update(facts.subjects(LED_BY, body.iri))
    return {slug: sum("Task" in facts.classes(each) for each in items) for slug, items in led.items()}


def _read_body(record: dict[str, Any], facts: Facts) -> Body:
    kind = agency_type_iri(record["type"]) if record["type"] else None
    names = [record["name"], *record["as_written"]]
    for each in (PREF_LABEL, _ALT_LABEL, _HIDDEN_LABEL, CC + "symbol") if kind else ():
        names += facts.values(str(kind), each)
    place = facts.value(province_iri(record["jurisdiction"]), CC + "shortName") or ""
    led = facts.subjects(LED_BY, record["id"])
    duties = sum("Duty" in facts.classes(each) for each in led)
    return Body(
        iri=record["id"],
        name=record["name"],
        type=record["type"],
        level="collective" if record["collective"] else record["level"] or "other",
        jurisdiction=record["jurisdiction"],
        keys=frozenset(each for name in names for each in (squeeze_key(name), _initials(name))),
        words=frozenset(word for name in (*names, place) for word in _split_words(name)),
        led=len(led) - duties,
        joined=sum("Task" in facts.classes(each) for each in facts.subjects(SUPPORTED_BY, record["id"])),
        duties=duties,
    )


def _split_words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text))


def _initials(name: str) -> str:
    """ "Sở Y tế" is "syt" to those who type."""
    return "".join(word[0] for word in _split_words(name))


def _order(body: Body, facts: Facts) -> tuple[object, ...]:
    province = province_iri(body.jurisdiction)
    name = fold(facts.value(province, CC + "shortName") or body.jurisdiction)
    past = facts.value(province, VALID_TO)
    level = LEVELS.index(body.level) if body.level in LEVELS else len(LEVELS)
    return (
        body.jurisdiction != CENTRE,
        name,
        bool(past),
        body.jurisdiction,
        level,
        natural_key(fold(body.name)),
        body.iri,
    )


def _say_time(facts: Facts, province: str, page: Page) -> str:
    if end := facts.value(province, VALID_TO):
        return page.say["body_until"].format(day=say_date(end, page.language))
    start = facts.value(province, VALID_FROM) if facts.subjects(SUCCEEDED_BY, province) else None
    return page.say["body_since"].format(day=say_date(start, page.language)) if start else ""
