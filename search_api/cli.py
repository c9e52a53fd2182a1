"""The command line. Each command imports what it runs: a help text must not wait for a parser or a model."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import click

from search_api import cli_ask
from search_api.cli_group import DEFAULT_PLANS, ROOT, Commands, kb_option, model_option, run_commands

FORMAT_HELP = "jsonl (default), csv or xlsx; for deadlines: ics; for graph: nq (default), nt, ttl, jsonld or rdfxml."
OUT_HELP = "Write there, not to stdout; without --format its ending says which format."


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


@cli.command(short_help="Write all records of a kind, a calendar, or the graph.")
@click.argument("kind")
@click.option("--format", "format_", metavar="F", help=FORMAT_HELP)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help=OUT_HELP)
@kb_option
def export(kind: str, format_: str | None, out: Path | None, kb: Path) -> None:
    """Write all records of a KIND, a calendar, or the graph.

    KIND is tasks, duties, targets, documents, mentions, links, agencies, unresolved, parts (headings and
    annexes), all (a workbook of these), deadlines or graph. In CSV a text that begins with =, +, - or @ gets an
    apostrophe in front, so that no spreadsheet runs it; a bare comparator or number stays as it is. A calendar has
    each dated task and duty on the last day of its end; what it leaves out is counted on stderr.

    \b
    Examples: cancu export tasks --out tasks.xlsx
              cancu export deadlines --out deadlines.ics
    """
    from graph.export import export as write
    from graph.generations import open_current

    write(open_current(kb), kind, format_, out, lambda line: click.echo(f"cancu: {line}", err=True))


@cli.command(short_help="Serve web pages, the REST interface, SPARQL and MCP.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, envvar="PORT")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="How many processes answer.")
@kb_option
def serve(host: str, port: int, workers: int, kb: Path) -> None:
    """Serve web pages, the REST interface, SPARQL and MCP on one port.

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


def _build(what: str, kb: Path, paths: tuple[Path, ...] = (), document: str = "", model: str | None = None) -> int:
    from search_api.cli_build import run_build
    from search_api.indexing import SearchIndexer

    return run_build(what, kb, paths, document, SearchIndexer(cli_ask.load_encoder, model))


for command in (
    cli_ask.search,
    cli_ask.trace,
    cli_ask.report,
    cli_ask.sparql,
    cli_ask.evaluate,
    cli_ask.schema,
    cli_ask.mcp,
):
    cli.add_command(command)


def main() -> NoReturn:
    """Run the command line."""
    run_commands(cli)


if __name__ == "__main__":
    main()
