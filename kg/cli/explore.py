"""kg rank, kg path, kg compare, kg communities, kg changes: exploring the ties in a graph."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli import options
from kg.cli.show import put_rows, say
from kg.vocabulary import MODALITIES

if TYPE_CHECKING:
    from kg.frames import Table

# The words of kg.explore.KINDS and MEASURES, written out so that help answers without loading NumPy; a test compares.
OF = ("countries", "leaders", "topics", "frameworks")
BY = ("meetings", "frameworks", "visits", "funding", "countries")
MEASURES = ("weighted", "degree", "betweenness", "pagerank", "brokerage")
_ANY = "any"

Command = Callable[..., Any]

_of = click.argument("of", type=click.Choice(OF), default="countries", required=False, metavar="[WHO]")
_by = click.option("--by", type=click.Choice(BY), help="What ties them.  [default: the first that fits]")
_limit = click.option("--limit", type=click.IntRange(0), metavar="N", help="Print no more rows.")
_since = click.option("--from", "since", type=options.Day(), help="Only what may have happened on or after this date.")
_until = click.option("--to", "until", type=options.Day(), help="Only what may have happened on or before it.")


def _counted(command: Command) -> Command:
    """Options that say which facts count."""
    for option in (
        click.option(
            "--disputed", is_flag=True, help="Count also what somebody contradicts.",
        ),
        click.option(
            "--modality",
            type=click.Choice((*MODALITIES, _ANY)),
            default="actual",
            show_default=True,
            help="Which claims count.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


def _choice(modality: str, disputed: bool) -> dict[str, Any]:
    return {"modality": None if modality == _ANY else modality, "status": None if disputed else "asserted"}


def _put(table: Table, form: str, limit: int | None = None) -> None:
    """Print the rows, and on standard error what they mean."""
    from kg.frames import cell

    rows = table.to_dicts()[:limit]
    if form != "table":
        put_rows(rows, table.columns, form)
        return
    say(f"{table.title}. {table.note}")
    columns = table.shown or table.columns
    if rows:
        put_rows([{name: cell(row[name]) for name in columns} for row in rows], columns, form)
    else:
        say("Nothing found.")
    if len(table) > len(rows):
        say(f"{len(rows)} of {len(table)} rows.")


@click.command(short_help="Rank who is central.")
@_of
@_by
@click.option("--measure", type=click.Choice(MEASURES), default="weighted", show_default=True, help="What to rank by.")
@_since
@_until
@_counted
@_limit
@options.form()
@options.store
def rank(
    of: str,
    by: str | None,
    measure: str,
    since: str | None,
    until: str | None,
    modality: str,
    disputed: bool,
    limit: int | None,
    form: str,
    store: Path,
) -> None:
    """Rank countries, leaders, topics or frameworks by how central they are.

    Countries are tied by meetings, frameworks, visits or funding, the others by meetings. A tie counts distinct things,
    never reports about them; the sentence shown is of the strongest one.

    \b
    Examples:
      kg rank
      kg rank leaders --measure betweenness --from 2020 --limit 10
    """
    import kg

    with kg.open(store) as graph:
        chosen = _choice(modality, disputed)
        _put(graph.rank(of, by=by, measure=measure, limit=limit, since=since, until=until, **chosen), form)


@click.command(short_help="Find how two are linked.")
@click.argument("a")
@click.argument("b")
@click.option("-n", "--number", type=click.IntRange(1), default=3, show_default=True, help="How many paths.")
@click.option(
    "--through",
    type=click.Choice(("meetings", "facts")),
    default="meetings",
    show_default=True,
    help="Meetings only, or any facts.",
)
@_since
@_until
@_counted
@options.form()
@options.store
def path(
    a: str,
    b: str,
    number: int,
    through: str,
    since: str | None,
    until: str | None,
    modality: str,
    disputed: bool,
    form: str,
    store: Path,
) -> None:
    """Find the shortest paths from A to B, with the sentence behind each step.

    \b
    Examples:
      kg path Vietnam Laos
      kg path "Pham Minh Chinh" "CLMV" --through facts -n 5
    """
    import kg

    with kg.open(store) as graph:
        chosen = _choice(modality, disputed)
        _put(graph.path(a, b, n=number, through=through, since=since, until=until, **chosen), form)


@click.command(short_help="Show what two have in common.")
@click.argument("a")
@click.argument("b")
@_since
@_until
@_counted
@options.form()
@options.store
def compare(
    a: str, b: str, since: str | None, until: str | None, modality: str, disputed: bool, form: str, store: Path
) -> None:
    """Show what A and B have in common: meetings, signed papers, memberships, projects, and what is said of both.

    \b
    Examples:
      kg compare Vietnam Laos
      kg compare Vietnam Laos --from 2024 --format json
    """
    import kg

    with kg.open(store) as graph:
        _put(graph.compare(a, b, since=since, until=until, **_choice(modality, disputed)), form)


@click.command(short_help="Show who keeps company with whom.")
@_of
@_by
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed gives the same groups.")
@_since
@_until
@_counted
@_limit
@options.form()
@options.store
def communities(
    of: str,
    by: str | None,
    seed: int,
    since: str | None,
    until: str | None,
    modality: str,
    disputed: bool,
    limit: int | None,
    form: str,
    store: Path,
) -> None:
    """Show groups of countries, leaders, topics or frameworks that are tied more to each other than to the rest.

    \b
    Examples:
      kg communities
      kg communities topics --format json
    """
    import kg

    with kg.open(store) as graph:
        chosen = _choice(modality, disputed)
        _put(graph.communities(of, by=by, seed=seed, since=since, until=until, **chosen), form, limit)


@click.command(short_help="Show which ties changed between two periods.")
@_of
@_by
@click.option("--from", "before", required=True, metavar="PERIOD", help="2019, 2019-05, or 2016/2019.")
@click.option("--to", "after", required=True, metavar="PERIOD", help="The period to put beside it.")
@_counted
@_limit
@options.form()
@options.store
def changes(
    of: str,
    by: str | None,
    before: str,
    after: str,
    modality: str,
    disputed: bool,
    limit: int | None,
    form: str,
    store: Path,
) -> None:
    """Show which ties are new, ended, grew or shrank from one period to another.

    \b
    Examples:
      kg changes --from 2020/2021 --to 2022/2024
      kg changes leaders --from 2020 --to 2021 --limit 10
    """
    import kg

    with kg.open(store) as graph:
        _put(graph.changes(before, after, of=of, by=by, **_choice(modality, disputed)), form, limit)
