"""kg facts, kg explain, kg sparql: questions to a graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options
from kg.cli.query_text import query_text
from kg.cli.show import ROW_FORMATS, is_narrow, put, put_bytes, put_rows, say
from kg.vocabulary import MODALITIES, PREDICATES

if TYPE_CHECKING:
    from kg.store.answer import Answer, Term

_TABLE = ("subject", "predicate", "object", "happened", "modality", "document", "evidence")


@click.command(short_help="List facts with their sentences.")
@click.option("--about", metavar="NAME", help="Only facts with this entity: a name, alias, acronym or id.")
@click.option(
    "--predicate",
    type=click.Choice(list(PREDICATES), case_sensitive=False),
    metavar="P",
    help="Only facts with this predicate, such as signed or attended.",
)
@click.option("--from", "since", type=options.Day(), help="Only what happened on or after this day, month or year.")
@click.option("--to", "until", type=options.Day(), help="Only what happened on or before it.")
@click.option("--reported-from", type=options.Day(), help="Only what was first reported on or after this date.")
@click.option("--reported-to", type=options.Day(), help="Only what was first reported on or before it.")
@click.option("--modality", type=click.Choice(MODALITIES), help="Only facts of this modality.")
@click.option("--disputed", is_flag=True, help="Only facts that contradict another one or the seeds, side by side.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "text", *ROW_FORMATS[1:])),
    help="How to print.  [default: table, on a narrow terminal text]",
)
@options.store
def facts(
    about: str | None,
    predicate: str | None,
    since: str | None,
    until: str | None,
    reported_from: str | None,
    reported_to: str | None,
    modality: str | None,
    disputed: bool,
    form: str | None,
    store: Path,
) -> None:
    """List facts, each with its date, its document and the sentence it came from.

    Text puts the sentence below the fact; JSON and CSV hold more columns than the table. CSV is exact: a spreadsheet
    may take a cell that begins with = for a formula.

    \b
    Examples:
      kg facts --about Vietnam --from 2021 --to 2024-06
      kg facts --disputed --format json
    """
    import kg
    from kg.graph import FACT_COLUMNS

    form = form or ("text" if is_narrow() else "table")
    with kg.open(store) as graph:
        found = graph.facts(
            about=about,
            predicate=predicate,
            since=since,
            until=until,
            reported_since=reported_from,
            reported_until=reported_to,
            modality=modality,
            status="disputed" if disputed else None,
        )
        found = graph.disputes(found) if disputed else found
        rows = graph.rows(found)
        told = graph.tell(found) if form == "text" else ""
    if form == "text":
        put(told) if found else say("Nothing found.")
    elif form == "table":
        rows = [row | {"object": row["object_name"] or row["value"], "subject": row["subject_name"]} for row in rows]
        put_rows(rows, (*_TABLE[:-1], "against_seed", _TABLE[-1]) if disputed else _TABLE, form)
    else:
        put_rows(rows, FACT_COLUMNS, form)


@click.command(short_help="Tell everything that is known about a name.")
@click.argument("name")
@click.option("--why", is_flag=True, help="Also show which names were merged into it, and by which rule.")
@options.form(("text", "json"), default="text")
@options.store
def explain(name: str, why: bool, form: str, store: Path) -> None:
    """Tell everything that is known about NAME, with the sentences and documents behind it.

    \b
    Examples:
      kg explain Vietnam
      kg explain CLMV --why
    """
    import kg

    with kg.open(store) as graph:
        known = graph.explain(name)
    put(known.json() if form == "json" else known.text(why=why))


@click.command(short_help="Answer a SPARQL query.")
@click.argument("query", required=False)
@click.option("-f", "--file", "path", type=click.Path(path_type=Path), help="Read the query from a file; - is stdin.")
@options.form(("table", "json", "csv", "tsv", "xml", "turtle", "ntriples"))
@options.store
def sparql(query: str | None, path: Path | None, form: str, store: Path) -> None:
    """Answer a SPARQL 1.1 QUERY (SELECT, ASK, CONSTRUCT or DESCRIBE); - reads it from standard input.

    The prefixes coop: id: rdf: rdfs: skos: prov: dcterms: schema: foaf: org: sem: owl: and xsd: need no declaration.
    JSON, XML, CSV and TSV are the W3C result formats; Turtle and N-Triples are for CONSTRUCT and DESCRIBE.

    \b
    Examples:
      kg sparql "SELECT ?name WHERE { ?m a coop:Meeting ; rdfs:label ?name }"
      kg sparql -f question.rq --format json
    """
    import kg

    with kg.open(store) as graph:
        answer = graph.sparql(query_text(query, path))
    if form == "table" and answer.kind == "rows":
        rows = [{name: _short(term) for name, term in zip(answer.variables, row, strict=True)} for row in answer.rows]
        put_rows(rows, answer.variables, form)
    elif form == "table" and answer.kind == "boolean":
        put("yes" if answer.boolean else "no")
    else:
        put_bytes(_serialized(answer, None if form == "table" else form))


def _serialized(answer: Answer, form: str | None) -> bytes:
    try:
        return answer.serialize(form)
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _short(term: Term | None) -> str | None:
    """A term for the table: its text, an IRI with the prefix that queries know it by."""
    if term is None or term.kind != "iri":
        return None if term is None else term.value
    from kg.store.terms import PREFIXES

    fits = [(namespace, prefix) for prefix, namespace in PREFIXES.items() if term.value.startswith(namespace)]
    namespace, prefix = max(fits, default=("", ""))
    return f"{prefix}:{term.value.removeprefix(namespace)}" if fits else f"<{term.value}>"
