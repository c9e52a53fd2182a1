"""The command line. Each command imports what it runs: a help text must not wait for a parser or a model."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click

DEFAULT_KB = Path("var/kb")
DEFAULT_PLANS = Path("data/plans")
ROOT = Path(__file__).resolve().parent.parent
TRACES = ("text", "mermaid", "dot", "json")
OUT_HELP = "Write there, not to stdout; without --format its ending says which format."
ANSWER_HELP = "json, xml, csv, tsv; triples: ttl, nt, jsonld; table. [default: table on a terminal, else json or ttl]"
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})  # of the device that we print to
Command = Callable[..., Any]


def kb_option(command: Command) -> Command:
    """The `--kb DIR` that every command takes."""
    return click.option(
        "--kb",
        type=click.Path(path_type=Path, file_okay=False),
        envvar="CANCU_KB",
        default=DEFAULT_KB,
        show_default=True,
        metavar="DIR",
        help="The knowledge base (or set CANCU_KB).",
    )(command)


def print_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    """`cancu --version`"""
    if wanted and not context.resilient_parsing:
        from graph.inputs import program_version

        click.echo(f"cancu {program_version()}")
        context.exit()


class Commands(click.Group):
    """A group that names what there is when asked for something else."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise click.UsageError(
                f"no command is called {args[0]}: expected one of {', '.join(self.list_commands(ctx))}"
            )
        return super().resolve_command(ctx, args)


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
@kb_option
def build(paths: tuple[Path, ...], kb: Path) -> None:
    """Build the knowledge base from plans: files, or folders with all that is in them.

    Without PATH it reads data/plans. The new build replaces the live one only when it is complete.

    \b
    Example:  cancu build my-plans/ --kb my-kb
    """
    from search_api.cli_build import run_build

    sys.exit(
        run_build("build", kb, paths=paths or (DEFAULT_PLANS if DEFAULT_PLANS.is_dir() else ROOT / DEFAULT_PLANS,))
    )


@cli.command(short_help="Add plans to the knowledge base.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@kb_option
def add(paths: tuple[Path, ...], kb: Path) -> None:
    """Add plans to the knowledge base; those that it has stay.

    A file with the name of a plan that is there already takes its place.

    \b
    Example:  cancu add new-plan.txt
    """
    from search_api.cli_build import run_build

    sys.exit(run_build("add", kb, paths=paths))


@cli.command(short_help="Remove one plan.")
@click.argument("document")
@kb_option
def remove(document: str, kb: Path) -> None:
    """Remove one plan, named by its number, its id or its file.

    \b
    Example:  cancu remove 57/KH-UBND@2023
    """
    from search_api.cli_build import run_build

    sys.exit(run_build("remove", kb, document=document))


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
@click.option("--mistakes", is_flag=True, help="Name every missed, invented and wrong value as well.")
@click.option(
    "--gold",
    type=click.Path(path_type=Path, file_okay=False),
    default=ROOT / "data" / "gold",
    metavar="DIR",
    help="The hand labels [default: data/gold].",
)
@kb_option
def evaluate(mistakes: bool, gold: Path, kb: Path) -> None:
    """Score the knowledge base against labels made by hand.

    \b
    Example:  cancu evaluate --mistakes
    """
    from search_api.cli_evaluate import run_evaluate

    run_evaluate(kb, gold, ROOT / DEFAULT_PLANS, mistakes)


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


def main() -> NoReturn:
    """Run the command line; every error is one line on stderr, and a closed pipe is none."""
    try:
        code = 0
        # not cli(): click would end a closed pipe with exit 1
        with cli.make_context("cancu", sys.argv[1:]) as context:
            cli.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as done:
        code = done.exit_code
    except click.ClickException as error:
        code = _say(error.format_message().replace("\n", " "), 2)
    except (click.Abort, KeyboardInterrupt):
        code = _say("interrupted", 130)
    except BrokenPipeError:
        _drop_output()  # whoever read it has enough
        code = 0
    except Exception as error:
        code = _explain(error)
    sys.exit(code)


def _drop_output() -> None:
    """What is still in the buffer goes nowhere: the interpreter must not complain when it flushes."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _explain(error: Exception) -> int:
    from graph.generations import Problem

    if os.environ.get("CANCU_DEBUG"):
        traceback.print_exc()
    if isinstance(error, Problem):
        return _say(str(error), 2)
    if isinstance(error, OSError) and error.errno in _FULL:
        _drop_output()
        return _say(f"the output cannot be written: {error.strerror}", 2)
    return _say(f"internal error: {type(error).__name__}: {error} (CANCU_DEBUG=1 shows where)", 1)


def _say(line: str, code: int) -> int:
    click.echo("cancu: " + " ".join(line.split()), err=True)
    return code


if __name__ == "__main__":
    main()
