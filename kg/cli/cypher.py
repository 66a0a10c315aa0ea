"""kg cypher: a question in openCypher, or a shell for many."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from kg.cli import options
from kg.cli.query_text import query_text
from kg.cli.show import put, put_rows, say

if TYPE_CHECKING:
    from kg.cypher import Result
    from kg.knowledge_graph import KnowledgeGraph

TABLE_OF_EVIDENCE = ("claim", "document", "issued", "evidence")


@click.command(short_help="Answer a Cypher query, or open a shell for several.")
@click.argument("query", required=False)
@click.option("-f", "--file", "path", type=click.Path(path_type=Path), help="Read the query from a file; - is stdin.")
@click.option(
    "--param",
    "given",
    multiple=True,
    metavar="K=V",
    help='Give $K the value V, which is JSON if it reads as JSON (3, true, [1, 2], "3"), else text. Can be repeated.',
)
@click.option(
    "--params", "params_file", type=click.Path(path_type=Path), metavar="FILE", help="A JSON object with parameters."
)
@options.form()
@click.option("--limit", type=click.IntRange(0), metavar="N", help="Print no more rows.")
@click.option(
    "--timeout", type=click.FloatRange(0), default=60, show_default=True, metavar="S", help="Seconds; 0 is no limit."
)
@click.option(
    "--memory", type=click.FloatRange(0), default=2048, show_default=True, metavar="MIB", help="MiB; 0 is no limit."
)
@click.option("--explain", is_flag=True, help="Print how the query would be answered, and do not run it.")
@click.option("--evidence", is_flag=True, help="Print the sentences behind the answer instead of the answer.")
@options.store
def cypher(
    query: str | None,
    path: Path | None,
    given: tuple[str, ...],
    params_file: Path | None,
    form: str,
    limit: int | None,
    timeout: float,
    memory: float,
    explain: bool,
    evidence: bool,
    store: Path,
) -> None:
    """Answer an openCypher QUERY over the property graph; - reads it from standard input.

    Without a QUERY a shell opens, with history, completion and :help. The graph is read-only. Tables show nodes by
    their names; JSON, CSV and TSV hold all of them. --evidence needs nodes or relationships in the answer.

    \b
    Examples:
      kg cypher "MATCH (l:Leader)-[:ATTENDED]->(m:Meeting) RETURN l.name, m.name"
      kg cypher "MATCH (:Country {name: $name})-[r]->(x) RETURN type(r), x.name" --param name=Vietnam --limit 5
    """
    import kg

    parameters = read_parameters(given, params_file)
    limits = {"timeout": timeout or None, "memory": memory or None}
    if query is None and path is None and sys.stdin.isatty():
        if explain or evidence:
            raise click.UsageError("--explain and --evidence go with a query; the shell has :explain and :evidence")
        from kg.cli.shell import Shell

        with kg.open(store) as graph:
            Shell(graph, parameters, form=form, n_shown=limit, **limits).run()
        return
    text = query_text(query, path)
    with kg.open(store) as graph:
        if explain:
            put(graph.cypher_graph.explain(text))
            return
        answer = graph.cypher(text, parameters, **limits)
        if evidence:
            put_evidence(graph, answer.rows, form, limit)
        else:
            put_answer(answer, form, limit)


def read_parameters(given: Iterable[str], path: Path | None = None) -> dict[str, Any]:
    """Parameters from a file, and from texts like "name=Vietnam", which prevail."""
    return {**(_from_file(path) if path else {}), **dict(map(read_parameter, given))}


def read_parameter(text: str) -> tuple[str, Any]:
    """The name and the value of "name=value"; what does not read as JSON is text.

    >>> [read_parameter(text)[1] for text in ("n=3", 'n="3"', "n=Viet Nam", "n=[1, null]", "n=NaN", "n=")]
    [3, '3', 'Viet Nam', [1, None], 'NaN', '']
    """
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise click.UsageError(f"'{text}' is no parameter; write NAME=VALUE, as in name=Vietnam")
    try:
        return name.strip().removeprefix("$"), json.loads(value, parse_constant=_no_json)
    except ValueError:
        return name.strip().removeprefix("$"), value


def _no_json(word: str) -> NoReturn:
    raise ValueError(f"{word} is no JSON")


def _from_file(path: Path) -> dict[str, Any]:
    from kg.errors import InputError

    try:
        held = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"cannot read the parameters in {path}: {error}") from error
    if not isinstance(held, dict):
        raise InputError(f'cannot read the parameters in {path}: it holds no JSON object, as in {{"name": "Vietnam"}}')
    return held


def put_answer(answer: Result, form: str, limit: int | None) -> None:
    """Print the rows, after EXPLAIN the plan; what a reader should know besides goes to standard error."""
    for note in answer.notes:
        say(f"Note: {note}")
    if answer.plan and not answer.rows:
        put(answer.plan)
        return
    if answer.columns:
        put_rows(_formed(answer, form, limit), answer.columns, form, headings=answer.columns)
        _say_cut(len(answer), limit)
    if answer.plan:
        say(answer.plan)


def put_evidence(graph: KnowledgeGraph, found: Any, form: str, limit: int | None) -> None:
    """Print the sentences behind what was found."""
    from kg.graph import EVIDENCE_COLUMNS

    rows = graph.evidence(found)
    if not rows:
        say("The answer holds no node or relationship; return them, as in RETURN r, to see what they rest on.")
    if rows or form != "table":
        put_rows(rows[:limit], TABLE_OF_EVIDENCE if form == "table" else EVIDENCE_COLUMNS, form)
    _say_cut(len(rows), limit)


def _formed(answer: Result, form: str, limit: int | None) -> Sequence[dict[str, Any]]:
    from kg.cypher.forms import cell_form, json_form, short_form

    make = {"table": short_form, "csv": cell_form, "tsv": cell_form}.get(form, json_form)
    rows = answer.rows[:limit]
    return [{name: make(value) for name, value in zip(answer.columns, row, strict=True)} for row in rows]


def _say_cut(n_rows: int, limit: int | None) -> None:
    if limit is not None and n_rows > limit:
        say(f"{limit} of {n_rows} rows.")
