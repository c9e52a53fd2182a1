"""What a question was understood to ask, as a SPARQL query that finds the same tasks, duties and targets.

Filters become patterns, what is left of the question `cc:score`. Topics of targets, documents and headings, and
topics that only a misprint hides, stand in the search index and not in the graph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from graph.sparql_functions import LONGEST_TEXT, key_of
from search_api.demands import DEMANDS
from search_api.filters import list_agencies, select_rows
from search_api.index import Index
from search_api.listing import Part
from search_api.ranking import CANDIDATES, word_question
from search_api.sparql_patterns import (
    COLUMNS,
    STATES,
    is_active,
    is_due,
    list_ids,
    of_province,
    passed_by,
    write_iris,
    write_pattern,
    write_text,
)
from search_api.understood import Excluded, Narrowed, Period, Understood

_CLASSES = {"task": "cc:Task", "duty": "cc:Duty", "target": "cc:Target"}
_SECTIONS = "cc:Section cc:Annex cc:Paragraph"


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
        patterns.append(f"BIND(cc:score(?item, {write_text(text)}) AS ?score)")
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
        yield write_pattern("jurisdiction", list_ids(understood.jurisdictions))
    if understood.documents:
        yield f"VALUES ?document {{ {write_iris(list_ids(understood.documents))} }}"
    if understood.topics and topics_are_hard:
        yield write_pattern("topic", list_ids(understood.topics))
    for directive in understood.directives:
        yield write_pattern("directive", directive.ids)
    if understood.recurrence:
        yield write_pattern("recurrence", list_ids(understood.recurrence))
    for state in understood.states:
        yield STATES[state.id]
    for name, values in (("funding", understood.funding), ("output", understood.outputs)):
        if values:
            yield write_pattern(name, list_ids(values))
    if understood.due:
        yield from _part(understood.due, part)
    if understood.active:
        yield is_active(understood.active)
    for excluded in understood.excluded:
        yield _excluded(excluded)


def _part(due: Period, part: Part) -> Iterator[str]:
    """What is due, what is under way in that time and not due, or both."""
    if part == "due" or not due.start:  # "by 2030" asks for what is due alone
        yield is_due(due)
    elif part == "all":
        yield f"{{ {is_due(due)} }} UNION {{ {is_active(due)} }}"
    else:
        yield is_active(due)
        yield f"FILTER NOT EXISTS {{ {is_due(due)} }}"


def _narrow(understood: Understood, condition: Narrowed) -> str:
    """A further condition, apart from the others so that its variables are its own."""
    value: Any = condition.value
    if condition.name == "kind":
        named = (_CLASSES.get(each, _SECTIONS if each == "section" else "cc:Document") for each in value.ids)
        return f"VALUES ?narrowed {{ {' '.join(named)} }} ?item a ?narrowed ."
    if condition.name == "role":
        pattern = write_pattern(value.id, list_ids(list_agencies(understood)))
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
        yield write_pattern(role, agency.ids)
    if understood.agencies and not pairs:
        roles = (understood.role.id,) if understood.role else ("lead", "coordinating")
        ways = [write_pattern(role, list_ids(understood.agencies)) for role in roles]
        if any("document" in kind.ids for kind in understood.kinds):
            ways.append(passed_by([each.id for each in understood.agencies]))
        yield _either(ways)


def _excluded(excluded: Excluded) -> str:
    """That it has none of some values in any of the columns in which a question does not want them.

    Each in a query of its own: a wanted topic must not bind the variable of an unwanted one, and what rests on a
    document is found once and not for each row.
    """
    known = [each for each in excluded.columns if each in COLUMNS]
    within = f" ?item cc:partOf ?document . {of_province(excluded.within)}" if excluded.within else ""
    ways = [
        f"FILTER NOT EXISTS {{ {of_province(excluded.ids)} }}"
        if column == "jurisdiction"
        else f"MINUS {{ {{ SELECT DISTINCT ?item WHERE {{ {write_pattern(column, excluded.ids)} }} }}{within} }}"
        for column in known
    ]
    if "issuer" in excluded.columns:
        own = f" BIND(?item AS ?document) {of_province(excluded.within)}" if excluded.within else ""
        ways.append(f"MINUS {{ SELECT DISTINCT ?item WHERE {{ {passed_by([excluded.id])}{own} }} }}")
    if "kind" in excluded.columns:
        ways += [f"FILTER NOT EXISTS {{ ?item a {_CLASSES[each]} }}" for each in excluded.ids if each in _CLASSES]
    if "states" in excluded.columns:
        ways += [f"FILTER NOT EXISTS {{ {STATES[each]} }}" for each in excluded.ids if each in STATES]
    return "\n  ".join(ways)


def _either(ways: Sequence[str]) -> str:
    return ways[0] if len(ways) == 1 else " UNION ".join(f"{{ {way} }}" for way in ways)
