"""What one filter asks of an item, as a SPARQL pattern: who does it, where, about what, under which document, when.

Every pattern is about `?item` and `?document`; the other variables are its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from graph.iri import topic_iri
from search_api.cues import load_cues
from search_api.understood import Named, Period

_ROLES = {"lead": "cc:ledBy", "coordinating": "cc:supportedBy", "report_to": "cc:reportsTo"}
_ABOVE = "(cc:legalBasis|cc:implements|cc:amends|cc:guides|cc:promulgatedWith|^cc:approves)*"
_FOLLOWED = "VALUES ?relation { cc:legalBasis cc:implements cc:amends cc:guides cc:promulgatedWith }"
_STATED = "cc:legalBasis|cc:implements|cc:amends|cc:guides|cc:promulgatedWith|cc:cites"
_COLLECTIVE = "collective:"
_AROUND = (r"(?<!\w)", r"(?!\w)")  # what cues are bounded by, which XPath's regular expressions have not
_OTHER = r"[^\p{L}\p{N}_]"
STATES = {
    "no-deadline": 'FILTER NOT EXISTS { ?item cc:deadlineKind ?kind FILTER(?kind != "none") }\n'
    "  FILTER NOT EXISTS { ?item cc:targetYear ?year }",
    "no-lead": '?item a cc:Task . FILTER NOT EXISTS { ?item cc:assignment/cc:assignedRole "lead" }',
    "no-coordinating": "VALUES ?kindOfWork { cc:Task cc:Duty } ?item a ?kindOfWork .\n"
    "  FILTER NOT EXISTS { ?item cc:supportedBy ?anyPartner }\n"
    '  FILTER NOT EXISTS { ?item cc:assignment/cc:assignedRole "coordinate"\n'
    '    FILTER NOT EXISTS { ?item cc:role "coordinate" } }',
    "no-output": "?item a cc:Task . FILTER NOT EXISTS { ?item cc:output ?anyOutput }",
    "no-funding": "?item a cc:Task . FILTER NOT EXISTS { ?item cc:funding ?anyFunding }",
    "collective-lead": "?item cc:ledBy/a cc:CollectiveBody .",
}


def write_pattern(column: str, ids: Sequence[str]) -> str:
    """What a row must have that has one of some values in a column, in variables of its own."""
    if column in _ROLES:
        return _of_body(_ROLES[column], ids)
    if column in _MAKERS:
        return _MAKERS[column](ids)
    if column in ("funding", "output"):
        return f"?item cc:{column} ?{column} . FILTER({_matches(column, ids)})"
    return f"FILTER(STR(?item) IN ({_write_list(ids)}))" if column == "document" else "FILTER(true)"


def _of_body(role: str, ids: Sequence[str]) -> str:
    """Agencies by their IRIs, collectives by the end of theirs, which every province has for itself."""
    variable = "?" + role.removeprefix("cc:")
    agencies = [each for each in ids if not each.startswith(_COLLECTIVE)]
    ways = (
        [f"{{ VALUES {variable} {{ {write_iris(agencies)} }} ?item {role} {variable} }}"] if agencies or not ids else []
    )
    for each in ids:
        if each.startswith(_COLLECTIVE):
            ends = write_text("/" + each.removeprefix(_COLLECTIVE))
            ways.append(
                f"{{ ?item {role} {variable} . ?{variable[1:]} a cc:CollectiveBody "
                f"FILTER(STRENDS(STR({variable}), {ends})) }}"
            )
    return " UNION ".join(ways)


def passed_by(types: Sequence[str]) -> str:
    """Documents that a body of some types passed, by the end of its IRI."""
    ends = " || ".join(f"STRENDS(STR(?passer), {write_text(f'/{each}')})" for each in types)
    return f"?item eli:passed_by ?passer FILTER({ends})"


def of_province(ids: Sequence[str]) -> str:
    return (
        f'?document cc:jurisdiction ?jurisdiction . FILTER(STRBEFORE(CONCAT(?jurisdiction, "/"), "/") IN '
        f"({_write_list(ids)}))"
    )


def _of_topic(ids: Sequence[str]) -> str:
    return f"VALUES ?topic {{ {write_iris([topic_iri(each) for each in ids])} }} ?item cc:topic ?topic ."


def _of_directive(ids: Sequence[str]) -> str:
    """What rests on a document at any distance: through its own document, or through what it says itself.

    What one item alone states of its document counts for that item and for the document, not for the other items.
    """
    above = f"{{ SELECT DISTINCT ?first WHERE {{ VALUES ?top {{ {write_iris(ids)} }} ?first {_ABOVE} ?top }} }}"
    links = "?link cc:linkTo ?first ; cc:linkFrom ?plan ; cc:relation ?relation . FILTER(?plan != ?first)"
    return f"""{{ SELECT DISTINCT ?item WHERE {{
    {{ VALUES ?plan {{ {write_iris(ids)} }} ?item cc:partOf ?plan }}
    UNION {{ {above} {links} {_FOLLOWED} FILTER NOT EXISTS {{ ?link cc:statedBy ?one }} ?item cc:partOf ?plan }}
    UNION {{ {above} {links} {_FOLLOWED} BIND(?plan AS ?item) }}
    UNION {{ {above} ?first cc:approves ?plan . ?item cc:partOf ?plan }}
    UNION {{ {above} ?first cc:approves ?item }}
    UNION {{ {above} ?item {_STATED} ?first ; cc:partOf ?own }}
  }} }}"""


def _of_rhythm(ids: Sequence[str]) -> str:
    ways = []
    kinds = ("recurring", "ongoing", "conditional")
    for kind in kinds:
        if kind in ids:
            ways.append(f"{{ ?item cc:deadlineKind {write_text(kind)} }}")
    if rhythms := [each for each in ids if each not in kinds]:
        ways.append(f"{{ ?item cc:recurrence ?recurrence FILTER(?recurrence IN ({_write_list(rhythms)})) }}")
    return " UNION ".join(ways)


_MAKERS: Mapping[str, Callable[[Sequence[str]], str]] = {
    "jurisdiction": of_province,
    "topic": _of_topic,
    "directive": _of_directive,
    "recurrence": _of_rhythm,
}
COLUMNS = (*_ROLES, *_MAKERS, "funding", "output")  # of which `write_pattern` knows one for any item


def _matches(name: str, ids: Sequence[str]) -> str:
    """That a printed cell names one of some rows of a closed vocabulary, by the words of the vocabulary."""
    patterns = [
        cue.row["pattern"].removeprefix(_AROUND[0]).removesuffix(_AROUND[1]).replace("(?:", "(")
        for cue in load_cues()[name]
        if cue.row["language"] == "vi" and cue.row["id"] in ids
    ]
    spaced = [re.sub(" ", r"[\\s]+", each) for each in patterns]
    bounded = (f"(^|{_OTHER})({each})($|{_OTHER})" for each in spaced)
    return " || ".join(f"REGEX(LCASE(STR(?{name})), {write_text(each)})" for each in bounded) or "false"


def is_due(period: Period) -> str:
    """That the end as printed falls in a time; on one day, and of what runs out soon, that its last day does."""
    if period.start and period.start == period.end:
        test, of_year = f"?latest = {_day(period.end)}", f'CONCAT(STR(?year), "-12-31") = {write_text(period.start)}'
    else:
        first, opening = ("?latest", "-12-31") if period.status == "upcoming" else ("?earliest", "-01-01")
        bounds = [(f"{first} >=", period.start), ("?latest <=", period.end)]
        test = " && ".join(f"{start} {_day(day)}" for start, day in bounds if day)
        ends = [(f'CONCAT(STR(?year), "{opening}") >=', period.start), ('CONCAT(STR(?year), "-12-31") <=', period.end)]
        of_year = " && ".join(f"{start} {write_text(day)}" for start, day in ends if day)
    return (
        f"{{ ?item cc:dueEarliest ?earliest ; cc:dueLatest ?latest FILTER({test}) }}\n  UNION\n"
        f"  {{ ?item cc:targetYear ?year FILTER({of_year}) }}"
    )


def is_active(period: Period) -> str:
    """That it is worked on in a time: from its beginning, else from the date of its document, to its end."""
    after = f"FILTER(?to >= {write_text(period.start)})" if period.start else ""
    before = ""
    if period.end:
        last = write_text(period.end)
        before = (
            f"FILTER(!BOUND(?from) || ?from <= {last})\n"
            "  FILTER(BOUND(?from) || NOT EXISTS { ?document eli:date_document ?anyDate } || EXISTS {\n"
            "    ?document eli:date_document ?date "
            f'FILTER(SUBSTR(CONCAT(STR(?date), "-01-01"), 1, 10) <= {last})\n  }})'
        )
    return (
        "{ ?item cc:activeTo ?activeTo BIND(STR(?activeTo) AS ?to) }\n  UNION\n"
        '  { ?item cc:targetYear ?activeYear BIND(CONCAT(STR(?activeYear), "-12-31") AS ?to) }\n'
        f"  {after}\n  OPTIONAL {{ ?item cc:activeFrom ?activeFrom BIND(STR(?activeFrom) AS ?from) }}\n  {before}"
    )


def list_ids(values: Sequence[Named]) -> list[str]:
    """What some values mean, each once."""
    return list(dict.fromkeys(each for value in values for each in value.ids))


def write_iris(values: Sequence[str]) -> str:
    """IRIs for a VALUES clause."""
    return " ".join(str(NamedNode(each)) for each in values)


def write_text(value: str) -> str:
    """A value as a term: quotes and ends of lines in it stay part of it."""
    return str(Literal(value))


def _write_list(values: Sequence[str]) -> str:
    return ", ".join(map(write_text, values))


def _day(day: str) -> str:
    return f"{write_text(day)}^^xsd:date"
