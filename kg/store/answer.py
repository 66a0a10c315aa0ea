"""What a SPARQL query gives: rows, yes or no, or a graph, in the formats that W3C has for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from kg.frames import pandas_frame, polars_frame, show_text, table_html, table_text, text_html

if TYPE_CHECKING:
    import pandas
    import polars
    import pyoxigraph

ROW_FORMATS = ("json", "csv", "tsv", "xml")
GRAPH_FORMATS = ("turtle", "ntriples")


@dataclass(frozen=True, slots=True)
class Term:
    """An RDF term in a row. `kind` is "iri", "literal", "blank" or "triple"; `datatype` is an IRI, of literals only."""

    value: str
    kind: str = "literal"
    datatype: str | None = None
    language: str | None = None

    def __str__(self) -> str:
        return self.value

    def plain(self) -> str | int | float | bool:
        """The value as Python has it; of a number that is written wrongly, and of all else, the text."""
        make = _PLAIN.get((self.datatype or "").removeprefix(_XSD))
        try:
            return self.value if make is None else make(self.value)
        except ValueError:
            return self.value


_XSD = "http://www.w3.org/2001/XMLSchema#"
_PLAIN: dict[str, Callable[[str], int | float | bool]] = {
    "integer": int,
    "decimal": float,
    "double": float,
    "float": float,
    "boolean": lambda text: text in ("true", "1"),
}

Row = tuple[Term | None, ...]


@dataclass(frozen=True)
class Answer:
    """The answer to a query, complete: nothing is read from the graph any more.

    `kind` says which part is set: `variables` and `rows` for SELECT, `boolean` for ASK, the graph (only through
    `serialize`) for CONSTRUCT and DESCRIBE. A term is None where a variable is unbound.
    """

    kind: Literal["rows", "boolean", "graph"]
    variables: tuple[str, ...] = ()
    boolean: bool | None = None
    _form: bytes = field(default=b"", repr=False)  # W3C JSON of rows and booleans, sorted N-Triples of a graph

    @cached_property
    def rows(self) -> list[Row]:
        """The rows of a SELECT in the order of the answer; an empty list for the other kinds."""
        if self.kind != "rows":
            return []
        return [tuple(term(value) for value in solution) for solution in _solutions(self._form)]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def values(self) -> list[tuple[Any, ...]]:
        """The rows in plain values: numbers and truth values as such, all else as its text, IRIs in full."""
        return [tuple(None if one is None else one.plain() for one in row) for row in self.rows]

    def to_pandas(self) -> pandas.DataFrame:
        """The values of a SELECT as a pandas frame, equal to that of `KnowledgeGraph.cypher` for the same question.

        Dates stay ISO text: `pandas.to_datetime` makes them dates where all are. Needs the extra `pandas`.
        """
        return pandas_frame(self.variables, self.values())

    def to_polars(self) -> polars.DataFrame:
        """The same as a polars frame. Needs the extra `polars`."""
        return polars_frame(self.variables, self.values())

    _repr_pretty_ = show_text

    def __str__(self) -> str:
        if self.kind == "rows":
            return table_text(self.variables, self.values())
        return str(self.boolean) if self.kind == "boolean" else self.serialize("turtle").decode("utf-8")

    def _repr_html_(self) -> str:
        return table_html(self.variables, self.values()) if self.kind == "rows" else text_html(str(self))

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats that `serialize` can write this answer in, the usual one first."""
        return GRAPH_FORMATS if self.kind == "graph" else ROW_FORMATS

    def serialize(self, format: str | None = None) -> bytes:
        """The answer as a file. Raises ValueError, which names the formats that fit, for one that does not."""
        chosen = format or self.formats[0]
        if chosen not in self.formats:
            raise ValueError(f"'{chosen}' does not fit this answer; choose from {', '.join(self.formats)}")
        if chosen in ("json", "ntriples"):
            return self._form
        if chosen == "turtle":
            from kg.store.export import turtle

            return b"".join(turtle(self._form.splitlines(keepends=True)))
        import pyoxigraph

        return _written(_solutions(self._form), getattr(pyoxigraph.QueryResultsFormat, chosen.upper()))


def rows_answer(solutions: pyoxigraph.QuerySolutions) -> Answer:
    from pyoxigraph import QueryResultsFormat

    variables = tuple(variable.value for variable in solutions.variables)
    return Answer("rows", variables=variables, _form=_written(solutions, QueryResultsFormat.JSON))


def boolean_answer(found: pyoxigraph.QueryBoolean) -> Answer:
    from pyoxigraph import QueryResultsFormat

    return Answer("boolean", boolean=bool(found), _form=_written(found, QueryResultsFormat.JSON))


def graph_answer(triples: pyoxigraph.QueryTriples) -> Answer:
    from pyoxigraph import RdfFormat

    lines = (triples.serialize(format=RdfFormat.N_TRIPLES) or b"").splitlines(keepends=True)
    return Answer("graph", _form=b"".join(sorted(set(lines))))


def _written(found: Any, format: pyoxigraph.QueryResultsFormat) -> bytes:
    return found.serialize(format=format) or b""


def _solutions(form: bytes) -> Any:
    from pyoxigraph import QueryResultsFormat, parse_query_results

    return parse_query_results(form, QueryResultsFormat.JSON)


def term(value: Any) -> Term | None:
    """A term of pyoxigraph as plain data."""
    import pyoxigraph

    if value is None:
        return None
    if isinstance(value, pyoxigraph.Literal):
        return Term(value.value, "literal", value.datatype.value, value.language)
    if isinstance(value, pyoxigraph.Triple):
        return Term(str(value), "triple")
    return Term(value.value, "iri" if isinstance(value, pyoxigraph.NamedNode) else "blank")
