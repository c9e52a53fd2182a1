"""One body as its page shows it: what it leads, joins and is asked to do, and its reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from graph.facts import CC, Facts
from search_api.charts import Bar, draw_bars
from search_api.linked_node import base_of
from search_api.live import Opened
from search_api.page_base import Page, name_document
from search_api.page_bodies import LED_BY, REPORTS_TO, SUPPORTED_BY
from search_api.page_rows import ItemRow, show_item

ROWS = 40  # of one page
_COLLECTIVE = "collective/"
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Work:
    """All that plans give to a body, as printed: tasks that it leads or joins, duties, reports to and from it."""

    led: Sequence[Record]
    joined: Sequence[Record]
    duties: Sequence[Record]
    received: Sequence[Record]  # reports that others owe to it

    @property
    def reports(self) -> list[Record]:
        """The duties that are reports, or name who is to be told."""
        return [each for each in self.duties if each["role"] == "report" or each["report_to"]]


@dataclass(frozen=True, slots=True)
class Tab:
    """A list that the page may show: Tab("led", "Chủ trì", 61, "/agency/…?kind=led", True)."""

    name: str
    words: str
    count: int
    link: str
    is_chosen: bool


def find_agency(here: Opened, path: str) -> Record | None:
    """The body whose page has this path, "ha-nam/so-y-te"; a collective name is at "collective/ha-nam/cac-so"."""
    kind = "" if path.startswith(_COLLECTIVE) else "agency/"
    record = here.records.get(f"{base_of(here)}id/{kind}{path}")
    return record if record and record["record"] == "agency" else None


def read_work(here: Opened, agency: str) -> Work:
    """What a body leads, joins, and is asked to do, each list in the order of the documents and their text."""
    led = _read_items(here, here.names.facts.subjects(LED_BY, agency))
    joined = _read_items(here, here.names.facts.subjects(SUPPORTED_BY, agency))
    return Work(
        led=[each for each in led if each["record"] == "task"],
        joined=[each for each in joined if each["record"] == "task"],
        duties=[each for each in led if each["record"] == "duty"],
        received=_read_items(here, here.names.facts.subjects(REPORTS_TO, agency)),
    )


def list_tabs(work: Work, page: Page) -> list[Tab]:
    """The lists of a body, the one chosen that the page asks for, else the first that is not empty."""
    counts = {"led": len(work.led), "joined": len(work.joined), "duties": len(work.duties)}
    asked = page.first("kind")
    chosen = asked if asked in counts else next((name for name in counts if counts[name]), "led")
    return [
        Tab(name, page.say[f"body_{name}"], count, page.here(kind=name, page=""), name == chosen)
        for name, count in counts.items()
    ]


def list_rows(here: Opened, items: Iterable[Record], page: Page, tab: str) -> list[tuple[Record, list[ItemRow]]]:
    """Items under the documents in which they stand; of what a body joins the leads are shown, else its partners."""
    role = "lead" if tab == "joined" else "coordinating"
    return [
        (here.records.get(document) or {"id": document}, [show_item(each, page, role) for each in group])
        for document, group in groupby(items, key=lambda each: each["document"])
    ]


def chart_years(items: Iterable[Record], path: str, page: Page) -> list[Bar]:
    """How many of some tasks that a body leads end in each year, then what has no year: recurring, ongoing, without.

    A year leads to the calendar of just those; a collective name has no calendar.
    """
    lead_on = {} if path.startswith(_COLLECTIVE) else {"agency": path, "role": "lead", "kind": "task", "show": "due"}
    counts: Counter[str] = Counter()
    for each in items:
        deadline = each["deadline"]
        counts[(deadline["latest"] or "")[:4] or str(deadline["kind"])] += 1
    years = sorted(each for each in counts if each.isdigit())
    rows = [(year, counts[year], page.link("/calendar", year=year, **lead_on) if lead_on else "") for year in years]
    for kind in ("recurring", "ongoing", "conditional", "none"):
        if counts[kind]:
            rows.append((page.say[f"time_{kind}"], counts[kind], ""))
    return draw_bars(rows)


def list_spellings(facts: Facts, agency: Record) -> list[tuple[str, int]]:
    """How documents write the name of a body, the most frequent first: [("Sở KH&CN", 12), …]."""
    assignments = facts.subjects(CC + "assignee", agency["id"])
    counts = Counter(facts.value(each, CC + "asWritten") or "" for each in assignments)
    known = {" ".join(each.split()): 0 for each in agency["as_written"]}
    for words, count in counts.items():
        if words:
            known[" ".join(words.split())] = known.get(" ".join(words.split()), 0) + count
    return sorted(known.items(), key=lambda pair: (-pair[1], pair[0]))


def _read_items(here: Opened, ids: Iterable[str]) -> list[Record]:
    items: list[Record] = [record for iri in ids if (record := here.records.get(iri)) is not None]
    dates = {each["id"]: each["date"] or "" for each in here.documents}
    items.sort(key=lambda each: each["source"]["start"])
    items.sort(key=lambda each: (dates.get(each["document"], ""), each["document"]), reverse=True)
    return items


def name_sources(here: Opened, items: Iterable[Record], page: Page) -> Iterator[tuple[str, Record]]:
    """The documents of some items by their names, each once: ("Quyết định 719/QĐ-UBND", record)."""
    for iri in dict.fromkeys(each["document"] for each in items):
        if (document := here.records.get(iri)) is not None:
            yield name_document(document, page), document
