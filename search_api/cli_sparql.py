"""`cancu sparql`: a query in a process that can be killed, its answer as data or as a table."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from graph.generations import Generation, Problem, open_current
from graph.names import Names
from graph.prefixes import PREFIXES
from graph.shipped import list_shipped, load_shipped
from graph.shipped_values import read_value
from graph.sparql_answer import ROW_FORMATS, TRIPLE_FORMATS, Answer, Request
from graph.sparql_functions import Rate
from graph.sparql_worker import run_query
from graph.store import open_store

MAX_UNBROKEN = 24  # characters that a cell of a table keeps on one line
FORMATS = (*ROW_FORMATS, *TRIPLE_FORMATS, "table")


def list_queries() -> None:
    """A paragraph for each query that comes with the program: what it answers, and each parameter with an example."""
    for each in list_shipped():
        params = "".join(f" [--param {name}={kind.upper()}]" for name, kind in each.params.items())
        click.echo(f"{each.name}{params}\n    {each.en}\n    {each.vi}")
        for asked in each.asks:
            click.echo(f'    --param "{asked.name}={asked.example}"  {asked.words}')


def run_sparql(
    kb: Path,
    query: str | None,
    file: Path | None,
    format_: str | None,
    params: Sequence[str],
    timeout: float,
    open_rate: Callable[[Generation], Rate],
) -> None:
    """Run one query and print its answer; on a terminal rows are a table unless a format is asked for."""
    if format_ is not None and format_ not in FORMATS:
        raise Problem(f"no format is called {format_}: expected one of {', '.join(FORMATS)}")
    generation = open_current(kb)
    text, kinds = _read_query(query, file)
    bindings = dict(read_param(param, kinds, generation) for param in params)
    wants_table = format_ == "table" or (format_ is None and sys.stdout.isatty())
    request = Request(text, None if wants_table else format_, bindings)
    opened = cache(partial(open_rate, generation))
    if "score" in text or "passage" in text:
        opened()  # only when the query may ask about a text, and before its time begins
    answer = run_query(generation.store, request, timeout, rate=lambda text: opened()(text))
    if wants_table and answer.format == "json":
        _print_table(answer, Names(open_store(generation.store)), tuple(bindings))
    else:
        sys.stdout.buffer.write(answer.content.rstrip(b"\r\n") + b"\n")


def _read_query(query: str | None, file: Path | None) -> tuple[str, dict[str, str]]:
    """The text, and of which kind its parameters are where it is one of our own."""
    if (query is None) == (file is None):
        raise Problem("expected one query: its text, the name of a shipped query, or -f FILE")
    if query is not None:
        if re.fullmatch(r"\w+", query.strip()):
            shipped = load_shipped(query.strip())
            return shipped.text, dict(shipped.params)
        return query, {}
    try:
        raw = sys.stdin.buffer.read() if str(file) == "-" else Path(str(file)).read_bytes()
        return raw.decode("utf-8-sig"), {}
    except UnicodeDecodeError as error:
        raise Problem(f"{file} cannot be read: it is not UTF-8 text") from error
    except OSError as error:
        raise Problem(f"{file} cannot be read: {error.strerror or error}") from error


def read_param(param: str, kinds: Mapping[str, str], generation: Generation) -> tuple[str, tuple[str, str]]:
    """ "year=2026" -> ("year", ("integer", "2026")); an id may be given in its short form, an agency by any name."""
    name, equals, value = param.partition("=")
    name = name.lstrip("?$")
    if not equals or not name:
        raise Problem(f"expected --param NAME=VALUE, got {param}")
    return name, read_value(name, value, kinds, lambda: Names(open_store(generation.store)))


def _print_table(answer: Answer, names: Names, bound: Sequence[str]) -> None:
    """Rows for a person: values that were asked for are left out, and IRIs are names that other commands take."""
    result = json.loads(answer.content)
    console = Console(width=None if sys.stdout.isatty() else 160)
    if "boolean" in result:
        click.echo("true" if result["boolean"] else "false")
        return
    rows = result["results"]["bindings"]
    table = Table(show_lines=False)
    columns = [name for name in result["head"]["vars"] if name not in bound]
    cells = {name: [_shown(row[name], names) if name in row else "" for row in rows] for name in columns}
    for name in columns:
        table.add_column(name, no_wrap=all(len(cell) <= MAX_UNBROKEN for cell in cells[name]))
    for at in range(len(rows)):
        table.add_row(*(Text(cells[name][at]) for name in columns))
    console.print(table)
    click.echo(f"{len(rows)} rows", err=True)


def _shown(cell: dict[str, str], names: Names) -> str:
    """A value as a person may type it: "12/KH-UBND#I.7" for an item, "cc:Task" for a term."""
    value = cell["value"]
    if cell["type"] != "uri":
        return value
    for prefix, namespace in PREFIXES.items():
        if value.startswith(namespace):
            return f"{prefix}:{value[len(namespace) :]}"
    return names.short(value).split("/id/", 1)[-1]
