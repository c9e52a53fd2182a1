"""`cancu build`, `add` and `remove`: a bar while it works, then a table and a line for each file that was refused."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from graph import pipeline
from graph.inputs import NothingUsable, Refused
from graph.summary import render_summary
from search_api.indexing import SearchIndexer


class Bars:
    """Progress on stderr: a bar for each stage on a terminal, nothing but warnings elsewhere."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self.progress = Progress(
            TextColumn("{task.description:<9}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        self.stage: TaskID | None = None

    def start(self, stage: str, steps: int) -> None:
        """The next stage; the one before is over."""
        self._finish()
        self.stage = self.progress.add_task(stage, total=steps)

    def advance(self, steps: int = 1) -> None:
        """So many plans or texts more."""
        if self.stage is not None:
            self.progress.advance(self.stage, steps)

    def say(self, line: str) -> None:
        """A line above the bars."""
        if self.progress.disable:
            click.echo(line, err=True)
        else:
            self.progress.console.print(line, markup=False, highlight=False)

    def _finish(self) -> None:
        if self.stage is not None:
            task = next(each for each in self.progress.tasks if each.id == self.stage)
            self.progress.update(self.stage, completed=task.total)


def run_build(what: str, kb: Path, paths: Sequence[Path], document: str, indexer: SearchIndexer) -> int:
    """One of the four commands; returns the exit code: 0 all used, 2 nothing usable, 3 some refused."""
    bars = Bars()
    try:
        with bars.progress:
            if what == "remove":
                result = pipeline.remove(document, kb, bars, indexer)
            elif what == "rebuild":
                result = pipeline.rebuild(kb, bars, indexer)
            else:
                result = (pipeline.add if what == "add" else pipeline.build)(paths, kb, bars, indexer)
    except NothingUsable as problem:
        _print_refused(problem.refused)
        raise
    click.echo(render_summary(result.counts, result.seconds))
    for line in result.violations:
        click.echo(f"violation: {line}", err=True)
    _print_refused(result.refused)
    click.echo(f"knowledge base: {kb}", err=True)
    return result.exit_code


def _print_refused(refused: Sequence[Refused]) -> None:
    for each in refused:
        click.echo(f"refused: {each.file}: {each.reason}", err=True)
