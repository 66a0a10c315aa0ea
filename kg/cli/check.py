"""kg stats, kg validate: what state a graph is in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options
from kg.cli.show import put, put_rows, say

if TYPE_CHECKING:
    from kg.check import GraphCard

_LISTED = 20


@click.command(short_help="Print the graph card.")
@options.form()
@options.store
def stats(form: str, store: Path) -> None:
    """Print the graph card: counts, share of facts with evidence, shapes, skipped input, suspected duplicates.

    The table lists the first twenty skipped inputs and suspects, the other formats all of them.

    \b
    Examples:
      kg stats
      kg stats --format json
    """
    import kg

    with kg.open(store) as graph:
        card = graph.stats()
    if form == "json":
        put(json.dumps(asdict(card), ensure_ascii=False, indent=2))
    else:
        rows = [{"what": what, "value": value} for what, value in _lines(card, _LISTED if form == "table" else None)]
        put_rows(rows, ("what", "value"), form)


def _lines(card: GraphCard, listed: int | None) -> Iterator[tuple[str, object]]:
    yield "documents", card.n_documents
    yield "documents withdrawn", card.n_withdrawn
    yield "mentions", card.n_mentions
    yield "entities", sum(card.entities.values())
    yield from _counts("", card.entities)
    yield "facts", card.n_facts
    yield "facts with evidence", f"{card.supported_share:.1%}"
    yield from _counts("", card.predicates)
    yield from _counts("modality ", card.modalities)
    yield from _counts("status ", card.statuses)
    yield "figures", card.n_figures
    yield "merges of names", card.n_merges
    yield "triples", card.n_triples
    yield "shapes", "all conform" if card.shapes.conforms else "violated: see kg validate"
    yield "text set aside", f"{card.set_aside_share:.1%}"
    yield from _counts("set aside: ", card.set_aside)
    yield "skipped", len(card.skipped)
    yield from ((f"  {one.where}", one.reason) for one in card.skipped[:listed])
    yield "suspected duplicates", len(card.suspects)
    yield from (
        (f"  {one.first_name} ({one.first})", f"{one.second_name} ({one.second})") for one in card.suspects[:listed]
    )
    yield "made by", f"kg {card.build.version}, model {card.build.model}, rules {card.build.rule_set}"


def _counts(before: str, counts: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    return ((f"  {before}{name}", number) for name, number in counts.items() if number)


@click.command(short_help="Check the graph against shapes and texts.")
@options.form()
@options.store
def validate(form: str, store: Path) -> None:
    """Check the whole graph against the shapes, the texts and itself; exit code 1 when something is wrong.

    \b
    Examples:
      kg validate
      kg validate --format json
    """
    import kg

    with kg.open(store) as graph:
        report = graph.validate()
    if report.conforms:
        say(f"All {report.n_nodes} nodes conform.")
    if report.findings or form != "table":
        put_rows([asdict(finding) for finding in report.findings], ("rule", "node", "message"), form)
    if not report.conforms:
        raise click.exceptions.Exit(1)
