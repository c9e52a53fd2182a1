"""`cancu trace`: without rdflib, for it must answer in half a second."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import click

from graph.generations import open_current
from graph.names import Names
from graph.store import open_store
from graph.trace import MOST_STEPS, leads_on
from graph.trace_short import FEW
from graph.trace_show import TraceAsked, show_trace

WIDEST = 120


@dataclass(frozen=True, slots=True)
class TraceOptions:
    """What the command line says of a trace; None where it says nothing."""

    down: bool = False
    format: str = "text"
    depth: int | None = None
    limit: int | None = None


def run_trace(kb: Path, id_: str, options: TraceOptions) -> None:
    """Print the trace of one id as text, json, mermaid or dot."""
    names = Names(open_store(open_current(kb).store))
    start = names.find(id_)
    asked = TraceAsked(start, options.down, options.depth or MOST_STEPS, options.limit or FEW)
    shown, is_cut = show_trace(names, asked, options.format, min(shutil.get_terminal_size((100, 24)).columns, WIDEST))
    click.echo(shown)
    if is_cut:
        wider = "--depth shows more" if options.depth else "ask nearer to what you look for"
        click.echo(f"only what is nearest is shown; there is more: {wider}", err=True)
    if not (options.down or leads_on(names.store, start)) and leads_on(names.store, start, down=True):
        name = names.short(start)
        click.echo(f"nothing above it is known; for what rests on it: cancu trace '{name}' --down", err=True)
