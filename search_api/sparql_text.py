"""What a question was understood to ask, as a SPARQL query that finds the same tasks, duties and targets.

Filters become patterns, what is left of the question `cc:score`. Topics of targets, documents and headings, and
topics that only a misprint hides, stand in the search index and not in the graph.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode

from graph.iri import topic_iri
from graph.sparql_functions import LONGEST_TEXT, key_of
from search_api.cues import load_cues
from search_api.demands import DEMANDS
from search_api.filters import list_agencies, select_rows
from search_api.index import Index
from search_api.listing import Part
from search_api.ranking import CANDIDATES, word_question
from search_api.understood import Excluded, Named, Narrowed, Period, Understood

_CLASSES = {"task": "cc:Task", "duty": "cc:Duty", "target": "cc:Target"}
_SECTIONS = "cc:Section cc:Annex cc:Paragraph"
_ROLES = {"lead": "cc:ledBy", "coordinating": "cc:supportedBy", "report_to": "cc:reportsTo"}
_ABOVE = "(cc:legalBasis|cc:implements|cc:amends|cc:guides|cc:promulgatedWith|^cc:approves)*"
_FOLLOWED = "VALUES ?relation { cc:legalBasis cc:implements cc:amends cc:guides cc:promulgatedWith }"
_STATED = "cc:legalBasis|cc:implements|cc:amends|cc:guides|cc:promulgatedWith|cc:cites"
_COLLECTIVE = "collective:"
_AROUND = (r"(?<!\w)", r"(?!\w)")  # what cues are bounded by, which XPath's regular expressions have not
_OTHER = r"[^\p{L}\p{N}_]"
_STATES = {
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


def write_sparql(understood: Understood, index: Index, part: Part = "due") -> str:
    """A query to run at /sparql: write_sparql(search.read(Ask("AI tasks due 2026")), search.index).

    Of a question for a deadline, `part` "active" is what is only under way then, "all" is that and what is due.
    """
    selection = select_rows(understood, index.columns)
    text = key_of(word_question(understood, index).text)[:LONGEST_TEXT]
    patterns = [*_list_kinds(understood), *_list_filters(understood, selection.topics_are_hard, part)]
    patterns += [_narrow(understood, each) for each in understood.within]
    named = "OPTIONAL { ?item cc:text ?printed }\n  OPTIONAL { ?item cc:indicator ?indicator }"
    patterns += [named, "BIND(STR(COALESCE(?indicator, ?printed)) AS ?text)"]
    order = "?due ?item"
    if text:
        patterns.append(f"BIND(cc:score(?item, {_text(text)}) AS ?score)")
        order = "DESC(?score) ?item"
        if not selection.is_filtered:
            patterns.append("FILTER(BOUND(?score))")
    patterns.insert(-1, "OPTIONAL { ?item cc:dueLatest ?due }")
    body = "\n".join(f"  {each}" for each in patterns)
    score, limit = (" ?score" if text else ""), ("" if selection.is_filtered else f"\nLIMIT {CANDIDATES}")
    return f"SELECT DISTINCT ?item ?document ?due ?text{score} WHERE {{\n{body}\n}}\nORDER BY {order}{limit}\n"


def _list_kinds(understood: Understood) -> Iterator[str]:
    """What is looked for, and the document in which it stands; without a kind all that carries dates and duties."""
    wanted = list(dict.fromkeys(each for kind in understood.kinds for each in kind.ids)) or [*_CLASSES]
    ways = []
    if classes := " ".join(_CLASSES[each] for each in wanted if each in _CLASSES):
        ways.append(f"VALUES ?class {{ {classes} }} ?item a ?class ; cc:partOf ?document .")
    if "section" in wanted:
        ways.append(
            f"VALUES ?class {{ {_SECTIONS} }} ?item a ?class ; cc:partOf ?document .\n"
            "    FILTER NOT EXISTS { VALUES ?other { cc:Task cc:Duty cc:Target } ?item a ?other }\n"
            "    FILTER EXISTS { ?item cc:text|eli:title ?words }"
        )
    if "document" in wanted:
        ways.append("?item a cc:Document . BIND(?item AS ?document)")
    yield ways[0] if len(ways) == 1 else "\n  UNION\n  ".join(f"{{ {way} }}" for way in ways)


def _list_filters(understood: Understood, topics_are_hard: bool, part: Part = "due") -> Iterator[str]:
    yield from _list_agencies(understood)
    if understood.jurisdictions:
        yield _pattern("jurisdiction", _ids(understood.jurisdictions))
    if understood.documents:
        yield f"VALUES ?document {{ {_iris(_ids(understood.documents))} }}"
    if understood.topics and topics_are_hard:
        yield _pattern("topic", _ids(understood.topics))
    for directive in understood.directives:
        yield _pattern("directive", directive.ids)
    if understood.recurrence:
        yield _pattern("recurrence", _ids(understood.recurrence))
    for state in understood.states:
        yield _STATES[state.id]
    for name, values in (("funding", understood.funding), ("output", understood.outputs)):
        if values:
            yield _pattern(name, _ids(values))
    if understood.due:
        yield from _part(understood.due, part)
    if understood.active:
        yield _active(understood.active)
    for excluded in understood.excluded:
        yield _excluded(excluded)


def _part(due: Period, part: Part) -> Iterator[str]:
    """What is due, what is under way in that time and not due, or both."""
    if part == "due" or not due.start:  # "by 2030" asks for what is due alone
        yield _due(due)
    elif part == "all":
        yield f"{{ {_due(due)} }} UNION {{ {_active(due)} }}"
    else:
        yield _active(due)
        yield f"FILTER NOT EXISTS {{ {_due(due)} }}"


def _narrow(understood: Understood, condition: Narrowed) -> str:
    """A further condition, apart from the others so that its variables are its own."""
    value: Any = condition.value
    if condition.name == "kind":
        named = (_CLASSES.get(each, _SECTIONS if each == "section" else "cc:Document") for each in value.ids)
        return f"VALUES ?narrowed {{ {' '.join(named)} }} ?item a ?narrowed ."
    if condition.name == "role":
        pattern = _pattern(value.id, _ids(list_agencies(understood)))
    else:
        filter_ = DEMANDS[condition.name]
        alone: dict[str, Any] = {filter_: value if condition.name in ("due", "active") else (value,)}
        if condition.name == "agency":
            alone["role"] = understood.role
        pattern = "\n  ".join(_list_filters(Understood("", "", "", **alone), topics_are_hard=True))
    return f"{{ SELECT DISTINCT ?item WHERE {{ ?item cc:partOf ?document . {pattern} }} }}"


def _list_agencies(understood: Understood) -> Iterator[str]:
    """Who does it; of several agencies with a role each all of them."""
    by_id = {each.id: each for each in understood.agencies}
    pairs = [(each.role, by_id[each.agency]) for each in understood.assigned if each.agency in by_id]
    for role, agency in pairs:
        yield _pattern(role, agency.ids)
    if understood.agencies and not pairs:
        roles = (understood.role.id,) if understood.role else ("lead", "coordinating")
        ways = [_pattern(role, _ids(understood.agencies)) for role in roles]
        if any("document" in kind.ids for kind in understood.kinds):
            ways.append(_passed_by([each.id for each in understood.agencies]))
        yield _either(ways)


def _pattern(column: str, ids: Sequence[str]) -> str:
    """What a row must have that has one of some values in a column, in variables of its own."""
    if column in _ROLES:
        return _of_body(_ROLES[column], ids)
    if column in _MAKERS:
        return _MAKERS[column](ids)
    if column in ("funding", "output"):
        return f"?item cc:{column} ?{column} . FILTER({_matches(column, ids)})"
    return f"FILTER(STR(?item) IN ({', '.join(map(_text, ids))}))" if column == "document" else "FILTER(true)"


def _of_body(role: str, ids: Sequence[str]) -> str:
    """Agencies by their IRIs, collectives by the end of theirs, which every province has for itself."""
    variable = "?" + role.removeprefix("cc:")
    agencies = [each for each in ids if not each.startswith(_COLLECTIVE)]
    ways = [f"{{ VALUES {variable} {{ {_iris(agencies)} }} ?item {role} {variable} }}"] if agencies or not ids else []
    for each in ids:
        if each.startswith(_COLLECTIVE):
            ends = _text("/" + each.removeprefix(_COLLECTIVE))
            ways.append(
                f"{{ ?item {role} {variable} . ?{variable[1:]} a cc:CollectiveBody "
                f"FILTER(STRENDS(STR({variable}), {ends})) }}"
            )
    return " UNION ".join(ways)


def _passed_by(types: Sequence[str]) -> str:
    """Documents that a body of some types passed, by the end of its IRI."""
    ends = " || ".join(f"STRENDS(STR(?passer), {_text(f'/{each}')})" for each in types)
    return f"?item eli:passed_by ?passer FILTER({ends})"


def _of_province(ids: Sequence[str]) -> str:
    return (
        f'?document cc:jurisdiction ?jurisdiction . FILTER(STRBEFORE(CONCAT(?jurisdiction, "/"), "/") IN '
        f"({', '.join(map(_text, ids))}))"
    )


def _of_topic(ids: Sequence[str]) -> str:
    return f"VALUES ?topic {{ {_iris([topic_iri(each) for each in ids])} }} ?item cc:topic ?topic ."


def _of_directive(ids: Sequence[str]) -> str:
    """What rests on a document at any distance: through its own document, or through what it says itself.

    What one item alone states of its document counts for that item and for the document, not for the other items.
    """
    above = f"{{ SELECT DISTINCT ?first WHERE {{ VALUES ?top {{ {_iris(ids)} }} ?first {_ABOVE} ?top }} }}"
    links = "?link cc:linkTo ?first ; cc:linkFrom ?plan ; cc:relation ?relation . FILTER(?plan != ?first)"
    return f"""{{ SELECT DISTINCT ?item WHERE {{
    {{ VALUES ?plan {{ {_iris(ids)} }} ?item cc:partOf ?plan }}
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
            ways.append(f"{{ ?item cc:deadlineKind {_text(kind)} }}")
    if rhythms := [each for each in ids if each not in kinds]:
        ways.append(f"{{ ?item cc:recurrence ?recurrence FILTER(?recurrence IN ({', '.join(map(_text, rhythms))})) }}")
    return " UNION ".join(ways)


_MAKERS: Mapping[str, Callable[[Sequence[str]], str]] = {
    "jurisdiction": _of_province,
    "topic": _of_topic,
    "directive": _of_directive,
    "recurrence": _of_rhythm,
}


def _matches(name: str, ids: Sequence[str]) -> str:
    """That a printed cell names one of some rows of a closed vocabulary, by the words of the vocabulary."""
    patterns = [
        cue.row["pattern"].removeprefix(_AROUND[0]).removesuffix(_AROUND[1]).replace("(?:", "(")
        for cue in load_cues()[name]
        if cue.row["language"] == "vi" and cue.row["id"] in ids
    ]
    spaced = [re.sub(" ", r"[\\s]+", each) for each in patterns]
    bounded = (f"(^|{_OTHER})({each})($|{_OTHER})" for each in spaced)
    return " || ".join(f"REGEX(LCASE(STR(?{name})), {_text(each)})" for each in bounded) or "false"


def _due(period: Period) -> str:
    """That the end as printed falls in a time; on one day, and of what runs out soon, that its last day does."""
    if period.start and period.start == period.end:
        test, of_year = f"?latest = {_day(period.end)}", f'CONCAT(STR(?year), "-12-31") = {_text(period.start)}'
    else:
        first, opening = ("?latest", "-12-31") if period.status == "upcoming" else ("?earliest", "-01-01")
        bounds = [(f"{first} >=", period.start), ("?latest <=", period.end)]
        test = " && ".join(f"{start} {_day(day)}" for start, day in bounds if day)
        ends = [(f'CONCAT(STR(?year), "{opening}") >=', period.start), ('CONCAT(STR(?year), "-12-31") <=', period.end)]
        of_year = " && ".join(f"{start} {_text(day)}" for start, day in ends if day)
    return (
        f"{{ ?item cc:dueEarliest ?earliest ; cc:dueLatest ?latest FILTER({test}) }}\n  UNION\n"
        f"  {{ ?item cc:targetYear ?year FILTER({of_year}) }}"
    )


def _active(period: Period) -> str:
    """That it is worked on in a time: from its beginning, else from the date of its document, to its end."""
    after = f"FILTER(?to >= {_text(period.start)})" if period.start else ""
    before = ""
    if period.end:
        last = _text(period.end)
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


def _excluded(excluded: Excluded) -> str:
    """That it has none of some values in any of the columns in which a question does not want them.

    Each in a query of its own: a wanted topic must not bind the variable of an unwanted one, and what rests on a
    document is found once and not for each row.
    """
    known = [each for each in excluded.columns if each in (*_ROLES, *_MAKERS, "funding", "output")]
    within = f" ?item cc:partOf ?document . {_of_province(excluded.within)}" if excluded.within else ""
    ways = [
        f"FILTER NOT EXISTS {{ {_of_province(excluded.ids)} }}"
        if column == "jurisdiction"
        else f"MINUS {{ {{ SELECT DISTINCT ?item WHERE {{ {_pattern(column, excluded.ids)} }} }}{within} }}"
        for column in known
    ]
    if "issuer" in excluded.columns:
        own = f" BIND(?item AS ?document) {_of_province(excluded.within)}" if excluded.within else ""
        ways.append(f"MINUS {{ SELECT DISTINCT ?item WHERE {{ {_passed_by([excluded.id])}{own} }} }}")
    if "kind" in excluded.columns:
        ways += [f"FILTER NOT EXISTS {{ ?item a {_CLASSES[each]} }}" for each in excluded.ids if each in _CLASSES]
    if "states" in excluded.columns:
        ways += [f"FILTER NOT EXISTS {{ {_STATES[each]} }}" for each in excluded.ids if each in _STATES]
    return "\n  ".join(ways)


def _either(ways: Sequence[str]) -> str:
    return ways[0] if len(ways) == 1 else " UNION ".join(f"{{ {way} }}" for way in ways)


def _ids(values: Sequence[Named]) -> list[str]:
    return list(dict.fromkeys(each for value in values for each in value.ids))


def _iris(values: Sequence[str]) -> str:
    return " ".join(str(NamedNode(each)) for each in values)


def _text(value: str) -> str:
    """A value as a term: quotes and ends of lines in it stay part of it."""
    return str(Literal(value))


def _day(day: str) -> str:
    return f"{_text(day)}^^xsd:date"
