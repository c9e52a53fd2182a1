"""`cancu evaluate`: the live records, and where that is asked for the live search, against labels made by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from graph.evaluate import Report, evaluate, evaluate_documents, render
from graph.export import KINDS
from graph.export_rows import read_records
from graph.generations import Generation, Problem, open_current
from graph.gold import Gold, GoldError, load_gold
from graph.score import Sheet

ScoreSearch = Callable[[Generation, Gold], Sheet]


def run_evaluate(kb: Path, gold: Path, plans: Path, mistakes: bool, score_search: ScoreSearch | None = None) -> None:
    """Print the table of scores, and every mistake behind it where that is asked for."""
    generation = open_current(kb)
    if not gold.is_dir():
        raise Problem(f"no labels in {gold}")
    try:
        labels = load_gold(gold, plans)
    except GoldError as error:
        raise Problem(str(error)) from error
    if score_search is None:
        records = {kind: tuple(read_records(generation, kind)) for kind in KINDS}
        report, documents = evaluate(records, labels), evaluate_documents(records, labels)
    else:
        sheet = score_search(generation, labels)
        report, documents = Report(tuple(sheet.scores), tuple(sheet.mistakes)), {}
    held = {each.get("original") for each in read_records(generation, "documents")}
    if held.isdisjoint(labels.originals.values()):
        click.echo("none of the plans that have labels is in this knowledge base", err=True)
    click.echo(render(report, documents), nl=False)
    if mistakes:
        for line in report.mistakes:
            click.echo(line)
