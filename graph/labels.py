"""Agencies, topics and provinces by the names people type: case and accents aside, in either language, abbreviated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from pyoxigraph import Store

from graph.generations import Problem
from graph.store import select
from ingest.fold import fold

_AGENCIES = """
  ?agency a org:Organization ; skos:prefLabel ?given . BIND(STR(?given) AS ?value)
  { ?agency skos:prefLabel ?label BIND(0 AS ?rank) }
  UNION { ?agency skos:altLabel ?label BIND(1 AS ?rank) }
  UNION { ?agency org:classification/(skos:prefLabel|skos:altLabel|skos:hiddenLabel|cc:symbol) ?label BIND(2 AS ?rank) }
"""
_TOPICS = """
  { SELECT ?topic ?given {
    ?scheme a skos:ConceptScheme . FILTER(STRENDS(STR(?scheme), "/topics"))
    ?topic skos:inScheme ?scheme ; skos:prefLabel ?given . FILTER(LANG(?given) = "en")
  } }
  BIND(STR(?given) AS ?value)
  { ?topic skos:prefLabel ?label BIND(0 AS ?rank) }
  UNION { ?topic skos:altLabel ?label BIND(1 AS ?rank) }
  UNION { ?topic skos:hiddenLabel ?label BIND(2 AS ?rank) }
"""
_PROVINCES = """
  { SELECT DISTINCT ?value { ?node a CLASS ; cc:jurisdiction ?value } }
  { ?any cc:jurisdiction ?value BIND(?value AS ?label) BIND(0 AS ?rank) }
  UNION { ?place a cc:Province ; skos:prefLabel ?label BIND(1 AS ?rank) }
  UNION { ?place a cc:Province ; cc:shortName|cc:officialName|skos:hiddenLabel ?label BIND(2 AS ?rank) }
  FILTER(!BOUND(?place) || STRENDS(STR(?place), CONCAT("/province/", ?value)))
"""
# A kind of parameter, and where the store keeps the values that it takes with every name for each.
_WHERE = {
    "agency": _AGENCIES,
    "jurisdiction": _PROVINCES.replace("CLASS", "cc:Document"),
    "province": _PROVINCES.replace("CLASS", "org:Organization"),
    "topic": _TOPICS,
}
KINDS = frozenset(_WHERE)
_MOST_LISTED = 8


def find_value(store: Store, kind: str, text: str) -> str:
    """The value that a name stands for: find_value(store, "agency", "so gd&dt") == "Sở Giáo dục và Đào tạo"."""
    labels = list(_read_labels(store, kind))
    wanted = _key(text)
    named = [(rank, value) for rank, value, label in labels if _key(label) == wanted]
    best = min(named, default=(0, ""))[0]
    found = sorted({value for rank, value in named if rank == best})
    if text in found or len(found) == 1:
        return text if text in found else found[0]
    if found:
        more = f" and {len(found) - _MOST_LISTED} more" if len(found) > _MOST_LISTED else ""
        raise Problem(f'"{text}" is the name of {len(found)}: say which of {", ".join(found[:_MOST_LISTED])}{more}')
    by_key = {_key(label): (value, label) for _, value, label in sorted(labels, reverse=True)}
    near: dict[str, str] = {}  # one spelling for each value
    for each in get_close_matches(wanted, by_key, 20, 0.5):
        near.setdefault(*by_key[each])
    nearest = ", ".join(list(near.values())[:3])
    raise Problem(f'no {kind} is called "{text}"' + (f"; nearest: {nearest}" if near else ""))


def _read_labels(store: Store, kind: str) -> Iterator[tuple[int, str, str]]:
    query = f"SELECT DISTINCT ?rank ?value ?label {{ {_WHERE[kind]} }}"
    for row in select(store, query):
        yield int(row["rank"].value), row["value"].value, row["label"].value


def _key(text: str) -> str:
    """What is left of a name without case, accents, spaces and dashes: "Hưng Yên" and "hung-yen" are one."""
    return re.sub(r"[\W_]+", "", fold(text))
