"""Tasks and documents in the words of schema.org, which search engines read from a page."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from markupsafe import Markup

from ontology import load_provinces
from search_api.live import Opened

_CONTEXT = {"@vocab": "https://schema.org/"}  # written out: a reader has nothing to fetch
_RELATIONS = {
    "amends": ("legislationChanges",),
    "replaces": ("legislationChanges",),
    "implements": ("isBasedOn", "legislationApplies"),
    "legal_basis": ("isBasedOn",),
    "guides": ("isBasedOn",),
}
_LONGEST_NAME = 110


def schema_of_document(here: Opened, record: Mapping[str, Any]) -> dict[str, Any]:
    """A document as Legislation: schema_of_document(here, describe_document(here, "12/KH-UBND"))["legislationType"]."""
    relations: dict[str, list[dict[str, Any]]] = {}
    for link in record["links_from"]:
        other = {"@type": "Legislation", "@id": link["to"], "name": _name_of(here, link["to"])}
        for name in _RELATIONS.get(link["relation"], ("citation",)):
            if other not in relations.setdefault(name, []):
                relations[name].append(other)
    return _drop_empty(
        {
            "@context": _CONTEXT,
            **_legislation(here, record["id"], record),
            "alternateName": record["title"],
            "legislationPassedBy": {"@type": "GovernmentOrganization", "name": record["issuer"]}
            if record["issuer"]
            else None,
            "legislationJurisdiction": _name_place(record["jurisdiction"]),
            "temporal": record["period"],
            "inLanguage": "vi",
            **relations,
        }
    )


def schema_of_item(here: Opened, record: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    """A task or duty as an Action that is planned, a target as a value: schema_of_item(here, task, plan)["agent"]."""
    shared = {
        "@context": _CONTEXT,
        "@id": record["id"],
        "identifier": record["short"],
        "subjectOf": _drop_empty(_legislation(here, record["document"], document)),
    }
    if record["record"] == "target":
        return _drop_empty({**shared, "@type": "PropertyValue", "name": record["indicator"], **_measure(record)})
    deadline = record["deadline"]
    return _drop_empty(
        {
            **shared,
            "@type": "PlanAction",
            "name": _shorten(record["name"] or record["text"]),
            "description": record["text"],
            "agent": _bodies(record["lead"]),
            "participant": _bodies(record["coordinating"]),
            "startTime": deadline["active_from"],
            "endTime": deadline["latest"],
            "result": {"@type": "Thing", "name": record["output"]} if record["output"] else None,
            "actionStatus": "https://schema.org/PotentialActionStatus",
        }
    )


def write_data_block(data: Mapping[str, Any]) -> Markup:
    """A value as it may stand between <script> tags, whatever its texts hold: no "<" is left in it."""
    written = json.dumps(data, ensure_ascii=False, sort_keys=True)
    for sign in "<>&\u2028\u2029":
        written = written.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(written)  # every sign that HTML reads is escaped above


def _legislation(here: Opened, iri: str, record: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@type": "Legislation",
        "@id": iri,
        "name": _name_of(here, iri),
        "legislationIdentifier": record.get("number"),
        "legislationType": record.get("type"),
        "legislationDate": record.get("date"),
    }


def _name_of(here: Opened, iri: str) -> str:
    """What a document is called: "Quyết định 719/QĐ-UBND", else its title, else its short name."""
    record = here.records.get(iri) or {}
    if record.get("number"):
        return " ".join(filter(None, (record.get("type"), record["number"])))
    return str(record.get("title") or here.names.short(iri))


@cache
def _places() -> Mapping[str, str]:
    return {each.slug: each.name for each in load_provinces()}


def _name_place(jurisdiction: str) -> str:
    """The province that a document speaks in, with a body below it left out; a central one speaks for the country."""
    return _places().get(jurisdiction.split("/")[0], "Việt Nam")


def _bodies(named: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [_drop_empty({"@type": "Organization", "@id": each["agency"], "name": each["name"]}) for each in named]


def _measure(record: Mapping[str, Any]) -> dict[str, Any]:
    value, comparator = record["value"], record["comparator"]
    if isinstance(value, list):
        low, high = value
        return {"minValue": low, "maxValue": high, "unitText": record["unit"]}
    names = {">=": "minValue", ">": "minValue", "<=": "maxValue", "<": "maxValue"}
    return {names.get(comparator, "value"): value, "unitText": record["unit"]}


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_NAME else text[:_LONGEST_NAME].rsplit(" ", 1)[0] + " …"


def _drop_empty(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}
