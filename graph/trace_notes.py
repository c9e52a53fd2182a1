"""What a trace meets on its way and does not follow: amended by, replaced by, and texts that disagree."""

from __future__ import annotations

from typing import Any

from graph.facts import CC, ELI, OA, RELATIONS, Facts
from graph.names import Names

# What later documents did to one, and the relation by which they say so.
LATER = {"amended_by": "amends", "replaced_by": "replaces"}
_PROPERTIES = {relation: iri for iri, relation in RELATIONS.items()}


def find_notes(names: Names, document: str) -> dict[str, list[dict[str, Any]]]:
    """What else is known of a document: find_notes(names, programme)["amended_by"][0]["number"] == "71/NQ-CP"."""
    later = {name: _find_later(names, document, relation) for name, relation in LATER.items()}
    return {**later, "conflicts": _find_conflicts(names.facts, document)}


def _find_later(names: Names, document: str, relation: str) -> list[dict[str, Any]]:
    """Each document that amends or replaces one, once, with the first sentence that says so."""
    found: dict[str, dict[str, Any]] = {}
    for subject in names.facts.subjects(_PROPERTIES[relation], document):
        for said in names.facts.statements_from(subject):
            if said.object == document and said.relation == relation and subject not in found:
                found[subject] = {
                    "id": subject,
                    "name": names.short(subject),
                    **names.facts.describe(subject),
                    "stated_in": said.stated_in,
                    "source": said.source,
                }
    return list(found.values())


def _find_conflicts(facts: Facts, document: str) -> list[dict[str, Any]]:
    """The dates that texts give a document, one entry for each sentence, where they cannot all be right."""
    dates = facts.values(document, ELI + "date_document")
    if not any(_disagree(one, other) for one in dates for other in dates):
        return []
    found = []
    for annotation in facts.subjects(CC + "aboutSubject", document):
        if ELI + "date_document" not in facts.values(annotation, CC + "aboutProperty"):
            continue
        for place in facts.values(annotation, OA + "hasTarget"):
            date = facts.value(annotation, CC + "aboutValue")
            stated_in = facts.value(place, OA + "hasSource")
            found.append({"kind": "date", "value": date, "stated_in": stated_in, "source": facts.read_place(place)})
    return sorted(found, key=lambda each: (each["value"] or "", each["stated_in"] or ""))


def _disagree(one: str, other: str) -> bool:
    """ "2021" and "2021-05-26" may both be right, "2021-05-26" and "2022-05-26" may not."""
    return not (one.startswith(other) or other.startswith(one))
