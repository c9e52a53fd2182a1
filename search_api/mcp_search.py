"""The search tool: results that can be cited, and, where there are none, why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from search_api.live import Opened
from search_api.mcp_answers import ItemFound, SearchFound
from search_api.mcp_cite import cite, read_built
from search_api.messages import load_messages
from search_api.present import Chip, describe_deadline, list_chips, list_names, list_notices, title_of
from search_api.search import Ask

_LONGEST_TEXT = 1500
_NAMES = {"topics": "topic", "agencies": "agency", "jurisdictions": "jurisdiction", "kinds": "kind",
          "outputs": "output", "directives": "directive", "documents": "document"}  # fmt: skip
NOTHING = "Nothing in the documents held fits; `coverage` says what they are. This is an answer, not a failure."


def search_plans(here: Opened, ask: Ask) -> SearchFound:
    """What a question finds, as something to cite: search_plans(here, Ask("AI tasks due 2026")).results[0].source"""
    answer = here.search.find(ask)
    ends = ask.offset + len(answer["results"])
    return SearchFound(
        generation=read_built(here.generation),
        query=ask.query,
        understood=[_say_chip(each) for each in list_chips(answer, "en")],
        ranked_by=answer["understood"]["text"],
        total=answer["total"],
        exact=not answer["nearest"],
        results=[_write_result(here, each) for each in answer["results"]],
        next_offset=ends if ends < answer["total"] else None,
        note=" ".join(filter(None, [*list_notices(answer, "en"), _say_nothing(answer, ask)])),
    )


def _say_chip(chip: Chip) -> str:
    """A filter by its name in the interface of programs: "due: 2026 (“due 2026”)", "due: Overdue on 1 March 2026"."""
    usual = chip.name == load_messages("en")[chip.filter]
    return f"{chip.filter}: {'' if usual else chip.name + ' '}{chip.value} (“{chip.words}”)"


def _write_result(here: Opened, result: Mapping[str, Any]) -> ItemFound:
    record = result["record"]
    deadline = record.get("deadline") or {}
    text = title_of(record)
    parent = record.get("document")
    return ItemFound(
        source=cite(here, result["id"]),
        score=result["score"],
        group=result["group"],
        text=text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT] + " […]",
        lead=list_names(record, "lead"),
        coordinating=list_names(record, "coordinating"),
        deadline=describe_deadline(record),
        due=[deadline.get("earliest"), deadline.get("latest")] if deadline.get("latest") else None,
        topics=list(record.get("topics", ())),
        document=cite(here, parent) if parent else None,
    )


def _say_nothing(answer: Mapping[str, Any], ask: Ask) -> str:
    if answer["results"]:
        return ""
    if answer["total"]:
        return f"There are {answer['total']} results, none so far on: ask with a smaller offset."
    emptied = answer["understood"]["emptied_by"]
    if not emptied:
        return NOTHING
    # `ignore` takes away what the question says, not what was set as a filter
    set_here = {each: name for each in emptied if (name := _NAMES.get(each, each)) in ask.demands}
    ways = [f"without {set_here[each]}" if each in set_here else f"with ignore={each}" for each in emptied]
    again = " or ".join(dict.fromkeys(ways))
    return f"{NOTHING} Filters that leave no result: {', '.join(dict.fromkeys(emptied))}; ask again {again}."
