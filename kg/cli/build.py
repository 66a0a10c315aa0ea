"""kg build, kg withdraw: what changes a graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options
from kg.cli.show import progress_bar, say

if TYPE_CHECKING:
    from kg.extract.optional import Extractor


@click.command(short_help="Read articles and add what they say to the graph.")
@click.argument("sources", nargs=-1, required=True)
@click.option("--restore", is_flag=True, help="Take in again what was withdrawn earlier.")
@options.store
@options.model
@options.extractor
def build(sources: tuple[str, ...], restore: bool, store: Path, model: str | None, extractor: Extractor | None) -> None:
    """Read SOURCES (files, folders, or - for standard input) and add what they say to the graph.

    Reads .txt, .md, .html, .jsonl and .warc(.gz). A document that is known already is not read again, and one that has
    changed replaces its older version.

    \b
    Examples:
      kg build articles/
      kg build press.jsonl --store press
      kg build articles/ --extractor llm --llm-config model.cfg
    """
    from kg.build import build as run

    with progress_bar() as progress:
        withdrawn = "take in" if restore else "leave out"
        report = run(sources, store=store, model=model, extractor=extractor, withdrawn=withdrawn, progress=progress)
    say(str(report))


@click.command(short_help="Take a document back.")
@click.argument("document")
@options.store
def withdraw(document: str, store: Path) -> None:
    """Take DOCUMENT (its id, key or source) back, with the facts that rest on it alone.

    \b
    Examples:
      kg withdraw talks
      kg withdraw https://news.example/summit --store press
    """
    from kg.build import withdraw as run

    say(str(run(document, store=store)))
