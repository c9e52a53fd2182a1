"""The command line. Each command imports what it runs: a help text must not wait for a parser or a model."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from search_api.cli_group import Commands, kb_option, model_option, run_commands

if TYPE_CHECKING:
    from search_api.encoder import Encoder

DEFAULT_PLANS = Path("data/plans")
ROOT = Path(__file__).resolve().parent.parent
TRACES = ("text", "mermaid", "dot", "json")
OUT_HELP = "Write there, not to stdout; without --format its ending says which format."
ANSWER_HELP = "json, xml, csv, tsv; triples: ttl, nt, jsonld; table. [default: table on a terminal, else json or ttl]"


def print_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    """`cancu --version`"""
    if wanted and not context.resilient_parsing:
        from graph.inputs import program_version

        click.echo(f"cancu {program_version()}")
        context.exit()


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=print_version, help="Print the version."
)
@click.pass_context
def cli(context: click.Context) -> None:
    """Căn Cứ: Vietnamese provincial plans as a knowledge graph.

    Every task is tied to its agencies, its deadline and the directives above it, and every fact to the sentence
    it was read in. Begin with `cancu build`.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@cli.command(short_help="Build the knowledge base from plans.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@model_option
@kb_option
def build(paths: tuple[Path, ...], model: str | None, kb: Path) -> None:
    """Build the knowledge base from plans: files, or folders with all that is in them.

    Without PATH it reads data/plans. The new build replaces the live one only when it is complete.

    \b
    Example:  cancu build my-plans/ --kb my-kb
    """
    given = paths or (DEFAULT_PLANS if DEFAULT_PLANS.is_dir() else ROOT / DEFAULT_PLANS,)
    sys.exit(_build("build", kb, paths=given, model=model))


@cli.command(short_help="Build again from the plans that the knowledge base keeps.")
@model_option
@kb_option
def rebuild(model: str | None, kb: Path) -> None:
    """Build the knowledge base again from the plans that it keeps: after an update, or for another model.

    \b
    Example:  cancu rebuild
    """
    sys.exit(_build("rebuild", kb, model=model))


@cli.command(short_help="Add plans to the knowledge base.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@kb_option
def add(paths: tuple[Path, ...], kb: Path) -> None:
    """Add plans to the knowledge base; those that it has stay.

    A file with the name of a plan that is there already takes its place.

    \b
    Example:  cancu add new-plan.txt
    """
    sys.exit(_build("add", kb, paths=paths))


@cli.command(short_help="Remove one plan.")
@click.argument("document")
@kb_option
def remove(document: str, kb: Path) -> None:
    """Remove one plan, named by its number, its id or its file.

    \b
    Example:  cancu remove 57/KH-UBND@2023
    """
    sys.exit(_build("remove", kb, document=document))


@cli.command(short_help="Write all records of a kind, or the graph.")
@click.argument("kind")
@click.option("--format", "format_", metavar="F", help="jsonl (default) or csv; for graph: nq (default), nt or ttl.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help=OUT_HELP)
@kb_option
def export(kind: str, format_: str | None, out: Path | None, kb: Path) -> None:
    """Write all records of a KIND, or the graph.

    KIND is tasks, duties, targets, documents, mentions, links, agencies, unresolved,
    parts (headings and annexes) or graph. In CSV a text that begins with =, +, - or @ gets an
    apostrophe in front, so that no spreadsheet runs it; a bare comparator or number stays as it is.

    \b
    Example:  cancu export tasks --out tasks.csv
    """
    from graph.export import export as write
    from graph.generations import open_current

    write(open_current(kb), kind, format_, out)


@cli.command(short_help="Find tasks, duties, targets and documents by meaning.")
@click.argument("query", nargs=-1, required=True, metavar="QUERY...")
@click.option("--limit", type=click.IntRange(1, 200), default=10, show_default=True, help="How many results to show.")
@click.option("--json", "as_json", is_flag=True, help="The whole answer as JSON.")
@kb_option
def search(query: tuple[str, ...], limit: int, as_json: bool, kb: Path) -> None:
    """Find tasks, duties, targets and documents by meaning, in Vietnamese (accents or none) or English.

    Agencies, dates, provinces, topics and directives in the QUERY become exact filters, and the answer says so.

    \b
    Examples: cancu search "AI tasks due 2026"
              cancu search "viec cua So Y te han 2026"
    """
    from search_api.cli_search import run_search

    run_search(kb, " ".join(query), limit, as_json, _load_directly)


@cli.command(short_help="Serve web pages, the REST interface and SPARQL.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, envvar="PORT")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="How many processes answer.")
@kb_option
def serve(host: str, port: int, workers: int, kb: Path) -> None:
    """Serve web pages, the REST interface and SPARQL on one port.

    A build that finishes meanwhile is taken up without a restart.

    \b
    Example:  cancu serve --port 8080
    """
    from graph.generations import open_current
    from search_api.listening import listen

    open_current(kb)
    listen(host, port).close()  # what cannot be is said before the seconds that the model takes to load
    from search_api.cli_serve import run_serve

    run_serve(kb, host, port, workers)


@cli.command(short_help="Show every path up to the directives something rests on.")
@click.argument("id_", metavar="ID")
@click.option("--down", is_flag=True, help="What rests on it, instead of what it rests on.")
@click.option("--json", "as_json", is_flag=True, help="The answer as JSON, as --format json.")
@click.option("--format", "format_", type=click.Choice(TRACES), default=TRACES[0], show_default=True)
@kb_option
def trace(id_: str, down: bool, as_json: bool, format_: str, kb: Path) -> None:
    """Show every path from a task, duty or document up to the directives it rests on.

    ID is an IRI, a document number, a row of its annex (NUMBER#ANNEX.ROW, or NUMBER#ROW where it has one table),
    the code of a task, or a file; accents and case do not matter. Each step comes with its quote.

    \b
    Example:  cancu trace 719/QĐ-UBND#II.7
    """
    from search_api.cli_trace import run_trace

    run_trace(kb, id_, down=down, format_="json" if as_json else format_)


@cli.command(short_help="Show what was read of each plan, what was not, and what is odd.")
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


@cli.command(short_help="Run a SPARQL query.")
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
        run_sparql(kb, query, file, format_, params, timeout)


@cli.command(short_help="Score the knowledge base against hand labels.")
@click.option("--search", "with_search", is_flag=True, help="Score search instead, beside plainer ways of searching.")
@click.option("--mistakes", is_flag=True, help="Name every missed, invented and wrong value as well.")
@click.option(
    "--gold",
    type=click.Path(path_type=Path, file_okay=False),
    default=ROOT / "data" / "gold",
    metavar="DIR",
    help="The hand labels [default: data/gold].",
)
@kb_option
def evaluate(with_search: bool, mistakes: bool, gold: Path, kb: Path) -> None:
    """Score the knowledge base against labels made by hand.

    \b
    Example:  cancu evaluate --mistakes
    """
    from search_api.cli_evaluate import run_evaluate

    score = None
    if with_search:
        from search_api.evaluate_search import score_live

        score = partial(score_live, load_encoder=_load_directly)
    run_evaluate(kb, gold, ROOT / DEFAULT_PLANS, mistakes, score)


@cli.command(short_help="Print the JSON Schema of a record.")
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


def _build(what: str, kb: Path, paths: tuple[Path, ...] = (), document: str = "", model: str | None = None) -> int:
    from search_api.cli_build import run_build
    from search_api.indexing import SearchIndexer

    return run_build(what, kb, paths, document, SearchIndexer(_load_encoder, model))


def _load_encoder(name: str) -> Encoder:
    from search_api.sbert import SbertEncoder  # seconds of importing: only when something is to be encoded

    return SbertEncoder(name)


def _load_directly(name: str) -> Encoder:
    """The same vectors without torch, for a command that answers and exits."""
    from search_api.encoder import BUNDLED
    from search_api.nano import NanoEncoder

    return NanoEncoder() if name == BUNDLED else _load_encoder(name)


def main() -> NoReturn:
    """Run the command line."""
    run_commands(cli)


if __name__ == "__main__":
    main()
