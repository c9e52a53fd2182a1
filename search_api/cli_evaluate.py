"""`cancu evaluate`: the live records against labels made by hand."""

from __future__ import annotations

from pathlib import Path

import click

from graph.evaluate import evaluate, render
from graph.export import KINDS, read_records
from graph.generations import Problem, open_current
from graph.gold import GoldError, load_gold


def run_evaluate(kb: Path, gold: Path, plans: Path, mistakes: bool) -> None:
    """Print the table of scores, and every mistake behind it where that is asked for."""
    generation = open_current(kb)
    if not gold.is_dir():
        raise Problem(f"no labels in {gold}")
    try:
        labels = load_gold(gold, plans)
    except GoldError as error:
        raise Problem(str(error)) from error
    records = {kind: tuple(read_records(generation, kind)) for kind in KINDS}
    report = evaluate(records, labels)
    click.echo(render(report), nl=False)
    if mistakes:
        for line in report.mistakes:
            click.echo(line)
