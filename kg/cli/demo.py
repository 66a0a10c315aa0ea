"""kg demo: a first graph in one command."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from kg.cli.ask import facts, sparql
from kg.cli.show import progress_bar, put, say

_PLACE_AND_TIME = (
    "SELECT ?place ?day ?adopted WHERE { ?m rdfs:label '11th CLMV Summit' ; coop:heldIn/rdfs:label ?place ;"
    " coop:heldOn ?day . OPTIONAL { ?m coop:adopted/rdfs:label ?adopted } } ORDER BY ?place ?adopted"
)
# Questions as a person would put them, each with the command that answers it.
QUESTIONS = (
    (
        "Who led the Vietnamese delegation at the 11th CLMV Summit?",
        facts,
        ("--about", "11th CLMV Summit", "--predicate", "ledDelegation", "--format", "text"),
    ),
    ("Where and when was it held, and what was adopted there?", sparql, (_PLACE_AND_TIME,)),
    ("Who pays for which project?", facts, ("--predicate", "fundedBy", "--format", "text")),
)


@click.command(short_help="Build, ask and draw the news briefs that come with kg.")
@click.option(
    "--store",
    type=click.Path(path_type=Path),
    default="kg-demo/graph",
    show_default=True,
    metavar="DIR",
    help="The folder for the graph.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default="kg-demo/graph.html",
    show_default=True,
    metavar="FILE",
    help="The page.",
)
def demo(store: Path, output: Path) -> None:
    """Build a graph from the news briefs that come with kg, ask it a few questions and draw it.

    \b
    Examples:
      kg demo
      kg demo --store tour/graph -o tour/graph.html
    """
    import kg
    from kg.seeds import seeds_folder

    for folder in (store.parent, output.parent):
        folder.mkdir(parents=True, exist_ok=True)
    with progress_bar() as progress:
        report = kg.build([seeds_folder() / "briefs"], store=store, progress=progress)
    say(str(report))
    for question, command, arguments in QUESTIONS:
        asked = [*arguments, "--store", str(store)]
        put(f"\n{question}\n$ {shlex.join(['kg', str(command.name), *asked])}")
        command.main(asked, standalone_mode=False)
    with kg.open(store) as graph:
        graph.view(output)
    put(f"\nThe graph is in {store}. Open {output} in a browser; it needs no network.")
