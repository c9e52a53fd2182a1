"""`cancu trace`: without rdflib, for it must answer in half a second."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click

from graph.generations import open_current
from graph.names import Names
from graph.store import open_store
from graph.trace import MOST_PATHS, leads_on, trace, trace_as_json
from graph.trace_text import render_dot, render_mermaid, render_text

WIDEST = 120


def run_trace(kb: Path, id_: str, *, down: bool, format_: str) -> None:
    """Print the trace of one id as text, json, mermaid or dot."""
    store = open_store(open_current(kb).store)
    names = Names(store)
    found = trace(store, names.find(id_), down)
    answer = trace_as_json(found, names)
    about = names.facts.describe(found.start)
    if format_ == "json":
        click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
    elif format_ == "mermaid":
        click.echo(render_mermaid(answer, about))
    elif format_ == "dot":
        click.echo(render_dot(answer, about))
    else:
        about |= names.facts.assignment(found.start)
        click.echo(render_text(answer, about, min(shutil.get_terminal_size((100, 24)).columns, WIDEST)))
    if found.cut:
        click.echo(f"only the nearest {min(len(found.paths), MOST_PATHS)} paths are shown; there are more", err=True)
    if not (found.paths or down) and leads_on(store, found.start, down=True):
        click.echo(f"nothing above it is known; for what rests on it: cancu trace '{answer['name']}' --down", err=True)
