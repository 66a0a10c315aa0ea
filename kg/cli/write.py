"""kg view, kg export: a graph as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.cli import options
from kg.cli.query_text import query_text
from kg.cli.show import put_bytes, say
from kg.vocabulary import MODALITIES

EXPORT_FORMATS = ("turtle", "ntriples", "trig", "jsonld", "graphml", "gexf", "csv")


@click.command(short_help="Draw the graph as a page that opens offline.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The page.  [default: graph.html]")
@click.option("--title", default="Diplomatic cooperation", show_default=True, help="Its title.")
@click.option("--country", multiple=True, metavar="NAME", help="Only what it takes part in; of two, what joins them.")
@click.option("--leader", multiple=True, metavar="NAME", help="Only what this person takes part in.")
@click.option("--topic", multiple=True, metavar="NAME", help="Only what is about it, with the meetings whole.")
@click.option("--framework", multiple=True, metavar="NAME", help="Only what belongs to it.")
@click.option("--from", "since", type=options.Day(), help="Only what happened then or later.")
@click.option("--to", "until", type=options.Day(), help="Only what happened then or earlier.")
@click.option("--modality", multiple=True, type=click.Choice(MODALITIES), help="Only what is actual, planned …")
@click.option("--query", metavar="QUERY", help="Only what this Cypher query or SPARQL CONSTRUCT finds; - reads it.")
@click.option(
    "--png", type=click.Path(path_type=Path), metavar="FILE", help="A picture, by Chromium; -o adds the page."
)
@click.option("--max-nodes", type=click.IntRange(1), default=30_000, show_default=True, help="Hold no more entities.")
@options.force
@options.store
def view(output: Path | None, png: Path | None, query: str | None, store: Path, **choices: Any) -> None:
    """Write the graph, or a part of it, as one HTML page that opens offline and shows the sentences behind every line.

    Options that may be given several times ask for any of their values.

    \b
    Examples:
      kg view --country Vietnam --country Laos --from 2024
      kg view --query "MATCH p = (:Leader)-[:ATTENDED]->(:Meeting) RETURN p"
    """
    import kg

    page = output if output or png else Path("graph.html")
    asked = query_text(query, None) if query is not None else None
    with kg.open(store) as graph:
        graph.view(page, query=asked, png=png, **choices)
    if page:
        say(f"Wrote {page}; open it in a browser, no network needed.")
    if png:
        say(f"Wrote {png}.")


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
