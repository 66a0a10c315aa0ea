"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from kg.cli.show import ROW_FORMATS

Command = Callable[..., Any]

store = click.option(
    "--store",
    type=click.Path(path_type=Path),
    envvar="KG_STORE",
    default="graph",
    show_default=True,
    show_envvar=True,
    metavar="DIR",
    help="The folder that holds the graph.",
)

force = click.option("--force", is_flag=True, help="Replace a file that is there already.")

model = click.option(
    "--model", envvar="KG_MODEL", show_envvar=True, metavar="NAME", help="The installed spaCy model to read with."
)


def form(choices: Sequence[str] = ROW_FORMATS, default: str = "table") -> Callable[[Command], Command]:
    """The option --format."""
    return click.option(
        "--format", "form", type=click.Choice(choices), default=default, show_default=True, help="How to print."
    )


class Day(click.ParamType):
    """A date as precise as the user knows it: YYYY, YYYY-MM or YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from kg.store.dates import precision

        text = str(value)
        if precision(text) is None:
            self.fail(f"'{text}' is no date; write YYYY, YYYY-MM or YYYY-MM-DD", param, ctx)
        return text
