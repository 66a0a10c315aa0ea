"""kg view, kg export: a graph as a file."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options
from kg.cli.show import put_bytes, say

EXPORT_FORMATS = ("turtle", "ntriples", "trig", "jsonld", "graphml", "gexf", "csv")


@click.command(short_help="Draw the graph as a page that opens offline.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default="graph.html", show_default=True, help="The page."
)
@click.option("--title", default="Diplomatic cooperation", show_default=True, help="Its title.")
@click.option("--max-nodes", type=click.IntRange(1), default=30_000, show_default=True, help="Hold no more entities.")
@options.force
@options.store
def view(output: Path, title: str, max_nodes: int, force: bool, store: Path) -> None:
    """Write the graph as one HTML page that opens offline and shows the sentences behind every line.

    \b
    Examples:
      kg view
      kg view -o talks.html --title "Talks on the Mekong"
    """
    import kg

    with kg.open(store) as graph:
        path = graph.view(output, title=title, max_nodes=max_nodes, force=force)
    say(f"Wrote {path}; open it in a browser, no network needed.")


@click.command(short_help="Write the graph for other programs.")
@click.option("--format", "form", type=click.Choice(EXPORT_FORMATS), required=True, help="What to write.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file instead of standard output.")
@options.force
@options.store
def export(form: str, output: Path | None, force: bool, store: Path) -> None:
    """Write the whole graph for other programs: RDF stores, graph tools, spreadsheets.

    The same documents give the same bytes. CSV has one line a fact, with names and evidence.

    \b
    Examples:
      kg export --format turtle
      kg export --format graphml -o graph.graphml
    """
    import kg
    from kg.output import write_output

    with kg.open(store) as graph:
        data = graph.export(form)
    if output is None:
        put_bytes(data)
    else:
        say(f"Wrote {write_output(output, data, force=force)}.")
