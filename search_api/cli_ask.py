"""The commands that ask a built knowledge base; each imports what it runs, as in `search_api/cli.py`."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from search_api.cli_group import DEFAULT_PLANS, ROOT, kb_option

if TYPE_CHECKING:
    from graph.generations import Generation
    from graph.sparql_functions import Rate
    from search_api.encoder import Encoder

TRACES = ("text", "mermaid", "dot", "json")
ANSWER_HELP = (
    "json, xml, csv, tsv; triples: ttl, nt, jsonld, rdfxml; table. [default: table on a terminal, else json or ttl]"
)


@click.command(short_help="Find tasks, duties, targets, sections and documents by meaning.")
@click.argument("query", nargs=-1, required=True, metavar="QUERY...")
@click.option("--limit", type=click.IntRange(1, 200), default=10, show_default=True, help="How many results to show.")
@click.option("--offset", type=click.IntRange(0, 10**6), default=0, help="How many results to leave out first.")
@click.option(
    "--filter",
    "filters",
    multiple=True,
    metavar="NAME=VALUE",
    help="Set a filter beside the question: topic=, agency=, role=, jurisdiction=, kind=, due=2026-01/2026-06, "
    "active=, recurrence=, states=no-deadline, output=, funding=, directive=, document=.",
)
@click.option(
    "--ignore", multiple=True, metavar="FILTER", help="Leave out a filter that the question has: due, topics …"
)
@click.option(
    "--within", multiple=True, metavar="NAME=VALUE", help="Narrow the results down by one more filter; repeat for more."
)
@click.option("--json", "as_json", is_flag=True, help="The whole answer as JSON.")
@kb_option
def search(
    query: tuple[str, ...],
    limit: int,
    offset: int,
    filters: tuple[str, ...],
    ignore: tuple[str, ...],
    within: tuple[str, ...],
    as_json: bool,
    kb: Path,
) -> None:
    """Find tasks, duties, targets, sections and documents by meaning, in Vietnamese (accents or none) or English.

    Agencies, dates, provinces, topics and directives in the QUERY become exact filters, and the answer says so.

    \b
    Examples: cancu search "AI tasks due 2026"
              cancu search "viec cua So Y te han 2026"
              cancu search "chữ ký số" --filter kind=task --filter due=2026
    """
    from search_api.cli_search import read_ask, run_search

    ask = replace(read_ask(" ".join(query), filters, ignore), limit=limit, offset=offset, within=within)
    run_search(kb, ask, as_json, _load_directly)


@click.command(short_help="Show every path up to the directives something rests on.")
@click.argument("id_", metavar="ID")
@click.option("--down", is_flag=True, help="What rests on it, instead of what it rests on.")
@click.option(
    "--limit", type=click.IntRange(1, 1000), metavar="N", help="With --down: tasks under each document.  [default: 5]"
)
@click.option("--depth", type=click.IntRange(1, 12), metavar="N", help="How many steps at most.  [default: 12]")
@click.option("--json", "as_json", is_flag=True, help="The answer as JSON, as --format json.")
@click.option("--format", "format_", type=click.Choice(TRACES), default=TRACES[0], show_default=True)
@kb_option
def trace(id_: str, down: bool, limit: int | None, depth: int | None, as_json: bool, format_: str, kb: Path) -> None:
    """Show every path from a task, duty, target or document up to the directives it rests on.

    ID is an IRI, a document number, a row of its annex (NUMBER#ANNEX.ROW, or NUMBER#ROW where it has one table),
    the code of a task, or a file; accents and case do not matter. Each step comes with its quote. What a task says
    itself stands apart from what it has from its document.

    \b
    Examples: cancu trace 719/QĐ-UBND#II.7
              cancu trace 57-NQ/TW --down --limit 20
    """
    from search_api.cli_trace import TraceOptions, run_trace

    run_trace(kb, id_, TraceOptions(down, "json" if as_json else format_, depth, limit))


@click.command(short_help="Show what was read of each plan, what was not, and what is odd.")
@click.argument("document", required=False)
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@kb_option
def report(document: str | None, as_json: bool, kb: Path) -> None:
    """Show what the build read of each plan, what it did not, and what in the page is worth a look.

    Without DOCUMENT a summary of all; with one, every finding and every passage that became no fact.

    \b
    Example:  cancu report 57/KH-UBND@2023
    """
    from search_api.cli_report import run_report

    run_report(kb, document, as_json)


@click.command(short_help="Run a SPARQL query.")
@click.argument("query", required=False)
@click.option(
    "-f",
    "--file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Read the query from FILE (- is stdin).",
)
@click.option("--list", "list_", is_flag=True, help="Name the queries that come with the program.")
@click.option("--format", "format_", metavar="F", help=ANSWER_HELP)
@click.option(
    "--param", "params", multiple=True, metavar="NAME=VALUE", help="A value for a variable that the query selects."
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=10.0,
    show_default="10 s",
    metavar="SECONDS",
    help="Stop the query after this time.",
)
@kb_option
def sparql(
    query: str | None,
    file: Path | None,
    list_: bool,
    format_: str | None,
    params: tuple[str, ...],
    timeout: float,
    kb: Path,
) -> None:
    """Run a SPARQL 1.1 query: its text, a file, or the name of a query that comes with the program.

    Read-only: updates, SERVICE and graphs outside the store are refused. The usual prefixes (cc:, eli:, skos: ...)
    need not be declared.

    \b
    Examples: cancu sparql tasks_due_in_year --param year=2026
              cancu sparql 'SELECT ?task { ?task a cc:Task } LIMIT 5'
    """
    from search_api.cli_sparql import list_queries, run_sparql

    if list_:
        list_queries()
    else:
        run_sparql(kb, query, file, format_, params, timeout, _open_rate)


@click.command(short_help="Serve MCP on stdin and stdout, for an assistant.")
@kb_option
def mcp(kb: Path) -> None:
    """Serve the Model Context Protocol on stdin and stdout: an assistant starts this and calls its tools.

    Tools that only read: search, get, trace, sparql, coverage. `cancu serve` has the same at /mcp.

    \b
    Example:  cancu mcp --kb /path/to/var/kb
    """
    from search_api.cli_mcp import run_mcp

    run_mcp(kb, _load_directly)


@click.command(short_help="Score the knowledge base against hand labels.")
@click.option("--search", "with_search", is_flag=True, help="Score search instead, beside plainer ways of searching.")
@click.option(
    "--formats",
    is_flag=False,
    flag_value="files",
    type=click.Choice(["files", "scans"]),
    help="Score the readers of other formats instead; `--formats scans` tries scanned pages too, which takes minutes.",
)
@click.option("--mistakes", is_flag=True, help="Name every missed, invented and wrong value as well.")
@click.option(
    "--gold",
    type=click.Path(path_type=Path, file_okay=False),
    default=ROOT / "data" / "gold",
    metavar="DIR",
    help="The hand labels [default: data/gold].",
)
@kb_option
def evaluate(with_search: bool, formats: str | None, mistakes: bool, gold: Path, kb: Path) -> None:
    """Score the knowledge base against labels made by hand.

    \b
    Example:  cancu evaluate --mistakes
    """
    if formats:
        from search_api.cli_formats import run_evaluate_formats

        if formats == "files":
            run_evaluate_formats(ROOT / DEFAULT_PLANS)
            return
        from graph.as_scan import draw_scan

        run_evaluate_formats(ROOT / DEFAULT_PLANS, draw_scan)
        return
    from search_api.cli_evaluate import run_evaluate

    score = None
    if with_search:
        from search_api.evaluate_search import score_live

        score = partial(score_live, load_encoder=_load_directly)
    run_evaluate(kb, gold, ROOT / DEFAULT_PLANS, mistakes, score)


@click.command(short_help="Print the JSON Schema of a record.")
@click.argument("kind")
def schema(kind: str) -> None:
    """Print the JSON Schema of a record.

    KIND is document, task, duty, target, mention, link, agency, unresolved or part.

    \b
    Example:  cancu schema task
    """
    import json

    from graph.schema import build_schema

    click.echo(json.dumps(build_schema(kind), ensure_ascii=False, indent=2))


def load_encoder(name: str) -> Encoder:
    from search_api.sbert import SbertEncoder  # seconds of importing: only when something is to be encoded

    return SbertEncoder(name)


def _open_rate(generation: Generation) -> Rate:
    """Search over a generation, for a query that asks about a text."""
    from search_api.relevance import make_rate
    from search_api.search import open_search

    return make_rate(open_search(generation, _load_directly))


def _load_directly(name: str) -> Encoder:
    """The same vectors without torch, for a command that answers and exits."""
    from search_api.encoder import BUNDLED
    from search_api.nano import NanoEncoder

    return NanoEncoder() if name == BUNDLED else load_encoder(name)
