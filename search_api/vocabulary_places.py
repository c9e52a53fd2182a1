"""The provinces that a question may name, each with those that were merged into it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from graph.jurisdictions import CENTRE
from ingest.reference import load_rows
from ontology import Province, load_provinces
from search_api.vocabulary import Term
from search_api.vocabulary_spellings import list_spellings, read_further_names
from search_api.words import strip_accents


def list_jurisdictions(documents: Iterable[Mapping[str, Any]]) -> Iterator[Term]:
    """A term for every province and for the centre, with the jurisdictions of these documents that it means."""
    below: defaultdict[str, set[str]] = defaultdict(set)
    for record in documents:
        if record["jurisdiction"]:
            below[record["jurisdiction"].split("/")[0]].add(record["jurisdiction"])
    families: defaultdict[str, list[Province]] = defaultdict(list)
    for province in load_provinces():
        families[province.family].append(province)
    for family, lives in families.items():
        now = max(lives, key=lambda life: life.valid_from or "")
        meant = {each for part in (family, *_merged_into(family, families)) for each in (part, *below[part])}
        names = {name for life in lives for name in _names(life)}
        yield Term(
            family, tuple(sorted(meant)), now.name, _english(now), list_spellings(*names, *read_further_names(family))
        )
    centre = tuple(sorted({CENTRE, *below[CENTRE]}))
    row = next(row for row in load_rows("question_words") if row["name"] == "centre")
    yield Term(CENTRE, centre, row["label"], row["label_en"], list_spellings(*row["matches"]))


def _merged_into(family: str, families: Mapping[str, list[Province]]) -> Iterator[str]:
    """The provinces that live on in this one: ninh-binh -> ha-nam, nam-dinh; what has vanished holds none."""
    alive = {life.slug for life in families[family] if life.valid_to is None}
    for other, lives in families.items():
        vanished = other != family and all(life.valid_to for life in lives)
        if vanished and any(alive & set(life.successors) for life in lives):
            yield other


def _names(life: Province) -> Iterator[str]:
    """ "Hưng Yên", "Tỉnh Hưng Yên", "Hung Yen province", "Hungyen"."""
    plain = strip_accents(life.short)
    english = "City" if life.kind.startswith("th") else "Province"
    yield from (life.short, *life.alt, life.name)
    yield f"{life.short} {english}"
    yield f"{english} of {life.short}"
    if " " in plain and "-" not in plain:
        yield plain.replace(" ", "").capitalize()


def _english(life: Province) -> str:
    return f"{life.short} {'City' if life.kind.startswith('th') else 'Province'}"
