"""kg extract: what single documents say, without a graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kg.cli import options
from kg.cli.show import put, put_rows, say
from kg.model import Extraction

if TYPE_CHECKING:
    from kg.extract.optional import Extractor


@click.command(short_help="Print what single documents say, without a graph.")
@click.argument("sources", metavar="FILE...", nargs=-1, required=True)
@options.form(("jsonl", "table"), default="jsonl")
@options.model
@options.extractor
def extract(sources: tuple[str, ...], form: str, model: str | None, extractor: Extractor | None) -> None:
    """Print what each document says on its own: entities, facts with evidence, figures; no store is touched.

    What an optional extractor claims is printed only where the text bears it out; the rest is listed as skipped.

    \b
    Examples:
      kg extract article.txt
      kg extract article.txt --format table
      kg extract article.txt --extractor llm --llm-config model.cfg
    """
    from kg.build import extract as run
    from kg.extract.form import to_line

    skipped: list[Any] = []
    for extraction in run(sources, model=model, extractor=extractor, skipped=skipped):
        put(to_line(extraction)) if form == "jsonl" else _put_table(extraction)
    for one in skipped:
        say(f"skipped {one.where}: {one.reason}")


def _put_table(extraction: Extraction) -> None:
    names = {entity.id: entity.name for entity in extraction.entities}
    put(f"{extraction.document.id}: {len(extraction.entities)} entities, {len(extraction.facts)} facts")
    rows = [
        {
            "subject": names[fact.subject],
            "predicate": fact.predicate,
            "object": names[fact.object] if fact.object is not None else fact.value,
            "happened": fact.happened,
            "modality": fact.modality,
            "evidence": " ".join(min(fact.evidence).quote.split()),
        }
        for fact in extraction.facts
    ]
    put_rows(rows, ("subject", "predicate", "object", "happened", "modality", "evidence"), "table")
