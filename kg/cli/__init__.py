"""The command line: parse arguments, call one function of the library, print.

In: arguments. Out: data on standard output, talk on standard error, an exit code: 0 done, 1 failed, 2 misuse,
130 stopped by the user.
It must hold no knowledge of its own: whatever a command can do, Python can do with one call. Nothing heavy is
imported before a command runs, so that help answers at once.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from kg import __version__
from kg.cli.ask import explain, facts, sparql
from kg.cli.build import build, withdraw
from kg.cli.check import stats, validate
from kg.cli.cypher import cypher
from kg.cli.demo import demo
from kg.cli.explore import changes, communities, compare, path, rank
from kg.cli.extract import extract
from kg.cli.write import export, view
from kg.errors import KgError

COMMANDS = (
    demo, build, extract, facts, explain, sparql, cypher, rank, path, compare, communities, changes, view, stats,
    validate, export, withdraw,
)  # fmt: skip


_INTERRUPTED = 130


class _Failure(click.ClickException):
    """One sentence for the reader, exit code 1."""

    def show(self, file: Any = None) -> None:
        from kg.cli.show import say

        say(f"kg: {self.message}")


class _Group(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return [command.name or "" for command in COMMANDS]

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; turn what went wrong into one sentence, unless --debug asks for the traceback."""
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.ClickException, click.Abort):
            raise
        except KeyboardInterrupt:
            from kg.cli.show import say

            say("kg: stopped")
            raise click.exceptions.Exit(_INTERRUPTED) from None
        except BrokenPipeError:
            # `kg … | head` has read enough; what Python still holds for the pipe must not raise again at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise click.exceptions.Exit(0) from None
        except Exception as error:
            if ctx.params["debug"]:
                raise
            raise _Failure(_sentence(error)) from error


def _sentence(error: Exception) -> str:
    if isinstance(error, KgError):
        return str(error)
    if isinstance(error, OSError):
        return f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}"
    return f"this should not happen ({type(error).__name__}: {error}); please report it with the output of kg --debug"


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]}, epilog="Start with: kg demo")
@click.version_option(__version__, prog_name="kg")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def main(debug: bool) -> None:
    """Read news on diplomatic cooperation into a knowledge graph; every fact opens the sentence it came from.

    Exit codes: 0 done, 1 failed, 2 wrong usage, 130 stopped by Ctrl-C.
    """


for _command in COMMANDS:
    main.add_command(_command)
