"""What was not understood of a document, kind by kind, each with its line in the text and the record it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.generations import Problem
from graph.report import read_report
from ingest.records import Origin
from ingest.source import SourceText
from search_api.held_texts import read_laid_out
from search_api.live import Opened
from search_api.page_base import Page, one_line
from search_api.page_places import say_lines
from search_api.per_generation import keep
from search_api.present import describe_deadline

ROWS = 50  # of one page
# What gave nothing comes first, then what leads nowhere, then what is only worth a look.
_ORDER = (
    "unread", "mention", "field", "date", "date-conflict", "assumed", "no-lead", "no-deadline", "unknown-agency",
    "number-gap", "number-order", "number-repeated", "number-none", "code-repeated", "cut-off", "several-tasks",
    "misprint", "duplicate", "near-duplicate",
)  # fmt: skip
# The places of a finding's sentence that are its own, for the same sentence in the other language.
_OWN = re.compile(r"“(.*?)”|\b(\d+%?)|the code (\S+)", re.DOTALL)
_LONGEST = 220  # characters of a quote
_MOST_ALSO = 3


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of findings: Kind("assumed", 5, True, "/document/…/report?kind=assumed")."""

    name: str
    count: int
    is_chosen: bool
    link: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing worth a look: its place, what is said of it, its words, and the records that it concerns."""

    first: int  # line
    place: str  # "dòng 5–7", of a scan "trang 12"
    said: str
    is_english: bool
    quote: str
    about: Sequence[tuple[str, str]]  # name, link
    also: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Report:
    """A page of what was not understood of one document."""

    lines: int
    read: int
    tasks: int
    kinds: Sequence[Kind]
    chosen: str
    findings: Sequence[Finding]
    pages: int
    number: int


def make_report(here: Opened, document: str, page: Page) -> Report | None:
    """The report of a document as a page asks for it, one kind at a time; None where its build left none."""
    report = _reports(here).get(document)
    if report is None:
        return None
    found = _groups(here).get(document) or _groups(here).setdefault(document, _group(here, document, report))
    asked = page.first("kind")
    kinds = [name for name in _ORDER if found.get(name)] + sorted(found.keys() - set(_ORDER))
    chosen = asked if asked in kinds else next(iter(kinds), "")
    rows = found.get(chosen, ())
    cut, number, pages = page.cut(rows, ROWS)
    text = read_laid_out(here, document)
    shown = [_show(here, row, page, text) for row in cut]
    listed = [Kind(name, len(found[name]), name == chosen, page.here(kind=name, page="")) for name in kinds]
    coverage = report["coverage"]
    return Report(coverage["lines"], coverage["read"], report["counts"]["tasks"], listed, chosen, shown, pages, number)


@keep
def _reports(here: Opened) -> Mapping[str, Mapping[str, Any]]:
    try:
        return {report["document"]: report for report in read_report(here.generation)}
    except Problem:
        return {}


@keep
def _groups(here: Opened) -> dict[str, dict[str, list[Mapping[str, Any]]]]:
    """The findings of the documents that somebody asked for."""
    return {}


def _group(here: Opened, document: str, report: Mapping[str, Any]) -> dict[str, list[Mapping[str, Any]]]:
    """The findings of a report by kind, with the passages that gave nothing and the tasks that lack a field."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    rows = (*_unread(report["coverage"]["unread"]), *_assumed(here, document), *report["findings"])
    for row in (*rows, *_lacking(here, document)):
        found.setdefault(row["kind"], []).append(row)
    return found


def _unread(passages: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for each in passages:
        source = {"line": each["first"], "quote": each["text"]}
        yield {"kind": "unread", "what": "", "about": "", "also": (), "source": source, "last": each["last"]}


def _assumed(here: Opened, document: str) -> Iterator[dict[str, Any]]:
    """What was concluded of the document itself: who signed it, as the box of a portal says."""
    for name, evidence in ((here.records.get(document) or {}).get("evidence") or {}).items():
        if evidence["origin"] == Origin.ASSUMED:
            what = f"{name}: {evidence['reason'] or 'no reason given'}"
            yield {"kind": "assumed", "what": what, "about": document, "also": (), "source": evidence["source"]}


def _lacking(here: Opened, document: str) -> Iterator[dict[str, Any]]:
    """Tasks for which the text names nobody who leads, or no time."""
    tasks = [task for iri in here.records.items_of(document, "task") if (task := here.records.get(iri))]
    for task in sorted(tasks, key=lambda task: task["source"]["start"]):
        row = {"what": "", "about": task["id"], "also": (), "source": None}  # it is read when it is shown
        if not task["lead"]:
            yield {"kind": "no-lead", **row}
        if not describe_deadline(task):
            yield {"kind": "no-deadline", **row}


def _show(here: Opened, row: Mapping[str, Any], page: Page, text: SourceText | None) -> Finding:
    source = row["source"] or (here.records.get(row["about"]) or {}).get("source") or {"line": 0, "quote": ""}
    first, quote = source["line"], one_line(source["quote"])
    said, is_english = _say(row, page)
    return Finding(
        first,
        say_lines(text, first, row.get("last", first), page.say) if first else "",
        said,
        is_english,
        quote if len(quote) <= _LONGEST else quote[:_LONGEST].rsplit(" ", 1)[0] + " …",
        [_name(here, row["about"], page)] if row["about"] else [],
        [_name(here, iri, page) for iri in row["also"][:_MOST_ALSO] if iri.startswith("http")],
    )


def _say(row: Mapping[str, Any], page: Page) -> tuple[str, bool]:
    """What a finding says in the language of the page; its own English where there are no words for it."""
    what = str(row["what"])
    if row["kind"] == "assumed":
        field, _, reason = what.partition(": ")
        return f"{_name_field(field, page)}: {page.say.get(reason, reason)}", reason not in page.say
    if page.language == "en" or not what:
        return what, bool(what)
    own = [next(filter(None, found)) for found in _OWN.findall(what)]
    words = page.say.get(f"finding_{row['kind']}", "")
    if row["kind"] == "number-gap":
        own = own[-2:]  # between which two
    if row["kind"] == "date-conflict":
        own = [what.partition(":")[0], *re.findall(r"\d{4}(?:-\d\d){0,2}", what.partition(":")[2])]
    return (words.format(*own), False) if words and len(own) >= words.count("{") else (what, True)


def _name_field(name: str, page: Page) -> str:
    own = {"lead": "field_lead", "coordinating": "field_coordinating", "text": "field_text"}
    return page.say.get(own.get(name, name), name)


def _name(here: Opened, iri: str, page: Page) -> tuple[str, str]:
    """A record by its short name with its page; what has no page has its name alone."""
    record = here.records.get(iri)
    is_shown = record is not None and record["record"] in ("task", "duty", "target", "document", "part")
    return here.names.short(iri), page.of_record(iri, record["record"]) if record and is_shown else ""
