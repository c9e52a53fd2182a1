"""`cancu report`: what a build read of each plan, what it did not, and what in the page is worth a look."""

from __future__ import annotations

import json
import shutil
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from graph.generations import open_current
from graph.names import Names
from graph.report import read_report
from graph.store import open_store

WIDEST = 120
KINDS = {
    "assumed": "concluded, not read",
    "code-repeated": "a code used twice",
    "cut-off": "cut off",
    "date-conflict": "dates that disagree",
    "duplicate": "the same words elsewhere",
    "mention": "mentions that lead nowhere",
    "misprint": "probable misprints",
    "near-duplicate": "nearly the same words elsewhere",
    "number-gap": "gaps in the numbering",
    "number-none": "rows without a number",
    "number-order": "numbers out of order",
    "number-repeated": "a number used twice",
    "several-tasks": "several tasks in one cell",
    "unknown-agency": "bodies of no known type",
}


def run_report(kb: Path, document: str | None, as_json: bool) -> None:
    """Print a summary of all plans, or everything about one."""
    generation = open_current(kb)
    reports = read_report(generation)
    names = Names(open_store(generation.store))
    if document is not None:
        wanted = names.find_document(document).iri
        reports = [report for report in reports if report["document"] == wanted]
    if as_json:
        click.echo(json.dumps(reports, ensure_ascii=False, indent=1))
        return
    width = min(shutil.get_terminal_size((100, 24)).columns, WIDEST)
    for report in reports:
        click.echo("\n".join(_render(report, names, width, whole=document is not None)) + "\n")
    if document is None:
        click.echo("for every line and place: cancu report DOCUMENT", err=True)


def _render(report: Mapping[str, Any], names: Names, width: int, *, whole: bool) -> Iterator[str]:
    coverage, counts = report["coverage"], report["counts"]
    yield f"{names.short(report['document'])}  {report['file']}"
    yield "  " + ", ".join(f"{count} {name}" for name, count in counts.items())
    left = len(coverage["unread"])
    yield f"  facts come from {coverage['read']} of {coverage['lines']} lines; {left} passages are left"
    kinds = Counter(finding["kind"] for finding in report["findings"])
    for kind, count in sorted(kinds.items()):
        yield f"  {count:>4}  {KINDS.get(kind, kind)}"
        if whole:
            for finding in report["findings"]:
                if finding["kind"] == kind:
                    yield from _render_finding(finding, names, width)
    if whole and coverage["unread"]:
        yield "  passages that became no fact:"
        for lines in coverage["unread"]:
            place = f"{lines['first']}-{lines['last']}" if lines["last"] > lines["first"] else str(lines["first"])
            yield from _fill(f"{place}: {lines['text']}", width)


def _render_finding(finding: Mapping[str, Any], names: Names, width: int) -> Iterator[str]:
    line = f" (line {finding['source']['line']})" if finding["source"] else ""
    also = [names.short(iri) for iri in finding["also"] if iri.startswith("http")]
    see = f"; see {', '.join(also)}" if also else ""
    yield from _fill(f"{names.short(finding['about'])}: {finding['what']}{see}{line}", width)


def _fill(text: str, width: int) -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=" " * 8, subsequent_indent=" " * 10, break_long_words=False, break_on_hyphens=False
    )
