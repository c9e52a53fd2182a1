"""The overview as its page shows it: charts whose rows are searches, how fields are known, what the build left open."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from search_api.charts import Bar, draw_bars
from search_api.live import Opened
from search_api.overview import ORIGINS, Changes, Count, Directive, Overview, count_overview, find_changes, load_report
from search_api.page_base import Page, call_plan, name_document, one_line, tail, title_below
from search_api.present import say_date

_MOST_CONFLICTS = 20
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
_TOTALS = ("documents_held", "documents_cited", "tasks", "duties", "targets", "links", "agencies", "quads")


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its words: what is counted, what a row is."""

    caption: str
    head: str
    rows: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Basis:
    """A directive in the list of those with most tasks below."""

    name: str
    title: str
    link: str
    plans: int
    tasks: int
    tasks_link: str
    width: float


@dataclass(frozen=True, slots=True)
class Known:
    """How a field is known over all tasks; what is missing leads to the tasks without it."""

    label: str
    origins: Sequence[int]
    missing: int
    missing_link: str


@dataclass(frozen=True, slots=True)
class Read:
    """What the build read of one plan: how much, and how many of its lines became no fact."""

    name: str
    link: str
    tasks: int
    duties: int
    targets: int
    mentions: int
    share: str  # of the lines from which facts come


@dataclass(frozen=True, slots=True)
class Found:
    """One kind of what is worth a look, with its number and the plans that have it."""

    label: str
    count: int
    plans: Sequence[tuple[str, str]]  # each with its report


@dataclass(frozen=True, slots=True)
class Conflict:
    """A statement that cannot be right together with another, or a mention that leads nowhere."""

    what: str
    plan: str
    link: str
    source: Mapping[str, Any]


def list_totals(here: Opened, page: Page) -> list[tuple[str, str]]:
    """The sizes of the knowledge base, as far as its build counted them."""
    held = [each for each in here.documents if each["held"]]
    counts = {
        **here.generation.manifest.get("counts", {}),
        "documents_held": len(held),
        "documents_cited": len(here.documents) - len(held),
        **{name: sum(each["counts"][name] for each in here.documents) for name in ("tasks", "duties", "targets")},
    }
    return [(page.say[f"overview_{name}"], _number(counts[name], page)) for name in _TOTALS if name in counts]


def list_charts(here: Opened, page: Page) -> list[Chart]:
    """Tasks by year, place, plan, lead, topic and deadline; every row leads to a list of as many."""
    counted, say = count_overview(here), page.say
    vietnamese = page.language == "vi"
    return [
        _chart(page, "year", [(each.label, each.count, _list_due(each.id, page)) for each in counted.years]),
        _chart(page, "deadline", _say_deadlines(counted, page)),
        _chart_terms(page, "place", counted.places),
        Chart(say["overview_by_plan"], say["compare_plan"], draw_bars(_list_plans(here, page), not vietnamese)),
        _chart_terms(page, "agency", counted.agencies),
        _chart_terms(page, "topic", counted.topics),
    ]


def list_directives(here: Opened, page: Page) -> list[Basis]:
    """The documents on which most tasks of others rest."""
    directives = count_overview(here).directives
    most = max((each.tasks for each in directives), default=1)
    return [_show_directive(here, each, most, page) for each in directives]


def list_quality(here: Opened, page: Page) -> list[Known]:
    """How each field of the tasks is known, and how many tasks do not state it."""
    labels = {"lead": "field_lead", "coordinating": "field_coordinating"}
    return [
        Known(
            page.say[labels.get(each.field, each.field)],
            [each.origins[name] for name in ORIGINS],
            each.missing,
            _search(each.demands, page),
        )
        for each in count_overview(here).quality
    ]


def list_read(here: Opened, page: Page) -> list[Read]:
    """What was read of each plan: list_read(here, page)[0].share == "89%"."""
    return [_show_read(here, each, page) for each in load_report(here)]


def list_findings(here: Opened, page: Page) -> list[Found]:
    """What in the plans is worth a look, by kind: gaps in the numbering, the same words twice, misprints."""
    counts: Counter[str] = Counter()
    plans: dict[str, dict[tuple[str, str], None]] = {}
    for report in load_report(here):
        link = page.link(f"/document/{tail(report['document'])}/report")
        called = (call_plan(here, here.records.get(report["document"]) or {}, page), link)
        for each in report["findings"]:
            counts[each["kind"]] += 1
            plans.setdefault(each["kind"], {})[called] = None
    return [
        Found(page.say.get(f"report_{kind}", kind), count, list(plans[kind])) for kind, count in counts.most_common()
    ]


def list_conflicts(here: Opened, page: Page) -> list[Conflict]:
    """What could not be decided, each with its quote; what it was and why are told by the page of the plan."""
    return [
        _show_conflict(here, each, page)
        for each, _ in zip(here.records.records("unresolved"), range(_MOST_CONFLICTS), strict=False)
    ]


def describe_changes(here: Opened, page: Page) -> tuple[Changes | None, list[tuple[str, str, str]]]:
    """How the last build differs from the one before, its counts in words."""
    changes = find_changes(here)
    if changes is None:
        return None, []
    say = page.say
    return changes, [
        (say.get(f"overview_{name}", name), _number(before, page), _number(now, page))
        for name, before, now in changes.counts
    ]


def _chart(page: Page, name: str, rows: Iterable[tuple[str, int, str]]) -> Chart:
    return Chart(page.say[f"overview_by_{name}"], page.say[f"overview_head_{name}"], draw_bars(rows))


def _chart_terms(page: Page, name: str, counts: Sequence[Count]) -> Chart:
    """Terms by their names; what has no English one keeps its Vietnamese name on an English page."""
    english = page.language == "en"
    chart = _chart(
        page,
        name,
        [
            (one_line(each.label_en if english else each.label), each.count, _search(each.demands, page))
            for each in counts
        ],
    )
    rows = [
        replace(bar, is_vietnamese=english and each.label == each.label_en)
        for bar, each in zip(chart.rows, counts, strict=True)
    ]
    return replace(chart, rows=rows)


def _say_deadlines(counted: Overview, page: Page) -> Iterator[tuple[str, int, str]]:
    for each in counted.deadlines:
        yield page.say[f"time_{each.id}"], each.count, _search(each.demands, page) if each.demands else ""


def _list_plans(here: Opened, page: Page) -> list[tuple[str, int, str]]:
    """Each plan with its page, whose table has as many tasks."""
    rows = [
        (call_plan(here, each, page), each["counts"]["tasks"], page.of_record(each["id"], "document"))
        for each in here.documents
        if each["held"]
    ]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def _show_directive(here: Opened, directive: Directive, most: int, page: Page) -> Basis:
    record = here.records.get(directive.id) or {}
    return Basis(
        name_document(record, page),
        title_below(record),
        page.link(f"/directive/{tail(directive.id)}"),
        directive.plans,
        directive.tasks,
        _search(directive.demands, page) if directive.demands else "",
        round(100 * directive.tasks / most, 2),
    )


def _show_read(here: Opened, report: Mapping[str, Any], page: Page) -> Read:
    counts, coverage = report["counts"], report["coverage"]
    share = f"{100 * coverage['read'] / coverage['lines']:.0f}%" if coverage["lines"] else ""
    record = here.records.get(report["document"]) or {}
    return Read(
        call_plan(here, record, page),
        page.of_record(report["document"], "document"),
        counts["tasks"],
        counts["duties"],
        counts["targets"],
        counts["mentions"],
        share,
    )


def _show_conflict(here: Opened, record: Mapping[str, Any], page: Page) -> Conflict:
    label = page.say.get(f"report_{record['kind']}", record["kind"])
    plan = here.records.get(record["document"]) or {}
    what = f"{label}: {one_line(record['what'])}"
    if record["candidates"]:
        what += f" ({', '.join(_say_candidate(each, page) for each in record['candidates'])})"
    return Conflict(what, call_plan(here, plan, page), page.of_record(record["document"], "document"), record["source"])


def _say_candidate(text: str, page: Page) -> str:
    """A date as a reader writes it; else what stands there, an IRI by its path."""
    return say_date(text, page.language) if _DATE.fullmatch(text) else one_line(tail(text))


def _search(demands: Mapping[str, Sequence[str]], page: Page) -> str:
    return page.link("/", **demands)


def _list_due(year: str, page: Page) -> str:
    """The tasks that end in a year; a search would add what is worked on in it."""
    return page.link("/calendar", kind="task", year=year, show="due")


def _number(value: int, page: Page) -> str:
    return f"{value:,}" if page.language == "en" else f"{value:,}".replace(",", ".")
