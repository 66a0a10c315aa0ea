"""Options that several commands share."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from kg.cli.show import ROW_FORMATS
from kg.extract.optional.choose import EXTRACTORS

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

_EXTRACTOR_OPTIONS = (
    click.option(
        "--extractor",
        type=click.Choice(EXTRACTORS),
        help="Also ask GLiNER for names, or a language model for facts; each needs an extra of that name.",
    ),
    click.option(
        "--gliner-model",
        metavar="NAME",
        help="The GLiNER model, a folder or a name in the local cache; nothing is downloaded.",
    ),
    click.option(
        "--llm-config",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Names the language model. If that is one on a network, the articles are sent to it; else kg uses none.",
    ),
)


def extractor(command: Command) -> Command:
    """The options that add an optional extractor; the command gets it as `extractor`, made or None."""

    @functools.wraps(command)
    def with_extractor(
        *, extractor: str | None, gliner_model: str | None, llm_config: Path | None, **arguments: Any
    ) -> Any:
        for option, value, owner in (("--gliner-model", gliner_model, "gliner"), ("--llm-config", llm_config, "llm")):
            if value is not None and extractor != owner:
                raise click.UsageError(f"{option} goes with --extractor {owner}")
        if extractor == "llm" and llm_config is None:
            raise click.UsageError("--extractor llm needs --llm-config FILE, which names the model")
        from kg.extract.optional import choose_extractor

        made = choose_extractor(extractor, gliner_model=gliner_model, llm_config=llm_config)
        return command(extractor=made, **arguments)

    for option in reversed(_EXTRACTOR_OPTIONS):
        with_extractor = option(with_extractor)
    return with_extractor


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
