"""The answer to a query: columns, rows, and what was changed on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg.cypher.context import Changes
from kg.cypher.forms import json_form, short_form
from kg.cypher.values import Node, Path, Relationship
from kg.errors import GraphError
from kg.frames import N_SHOWN, pandas_frame, polars_frame, show_text, table_html, table_text, text_html

if TYPE_CHECKING:
    import networkx
    import pandas
    import polars


# Gives the evidence for nodes, relationships and paths among values, as rows.
Sources = Callable[[Any], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Result:
    """The rows of one query, in the order of the answer; iterating gives each as a dictionary.

    Values are None, booleans, numbers, strings, lists, dictionaries, temporal values, nodes, relationships and paths.
    `notes` say what a reader should know: a label that nothing has, for example. `plan` is there after EXPLAIN and
    PROFILE.
    """

    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]
    changes: Changes = field(default_factory=Changes)
    notes: tuple[str, ...] = ()
    plan: str | None = None
    sources: Sources | None = field(default=None, repr=False, compare=False)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def single(self) -> Any:
        """The only value of the only row. Raises ValueError when there are more or none."""
        if len(self.rows) != 1 or len(self.columns) != 1:
            raise ValueError(f"the answer has {len(self.rows)} rows and {len(self.columns)} columns, not one value")
        return self.rows[0][0]

    def relationships(self) -> list[Relationship]:
        """All relationships in the answer, also those in paths, lists and maps, each once, in the order of rows."""
        return [one for one in graph_values(self.rows) if isinstance(one, Relationship)]

    def nodes(self) -> list[Node]:
        """All nodes in the answer, and the ends of its relationships, each once, in the order of rows."""
        found: dict[Node, None] = {}
        for one in graph_values(self.rows):
            found |= dict.fromkeys((one,) if isinstance(one, Node) else (one.start_node, one.end_node))
        return list(found)

    def evidence(self) -> list[dict[str, Any]]:
        """What the nodes and relationships in the answer rest on, in the order of the answer; a row for each sentence.

        The rows are those of the graph's `sources`; `KnowledgeGraph.evidence` describes them for a graph made from
        documents. Return the relationships, not only their properties: values do not know where they come from.
        Raises GraphError for a graph that has no sources.
        """
        if self.sources is None:
            raise GraphError("this graph was not made from documents, so nothing in it has evidence")
        return self.sources(self.rows)

    def to_json(self) -> list[dict[str, Any]]:
        """The rows as JSON has them; see `kg.cypher.forms.json_form` for nodes, relationships and paths."""
        return [json_form(row) for row in self]

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a data frame. Needs pandas: `pip install 'entente-kg[pandas]'`."""
        return pandas_frame(self.columns, self.rows)

    def to_polars(self) -> polars.DataFrame:
        """The rows as a polars frame; nodes, relationships and paths become text. Needs the extra `polars`."""
        return polars_frame(self.columns, self.rows)

    _repr_pretty_ = show_text

    def __str__(self) -> str:
        if self.plan and not self.rows:
            return self.plan
        return table_text(self.columns, self._shown_rows(), note=" ".join(self.notes), n_rows=len(self.rows))

    def _repr_html_(self) -> str:
        if self.plan and not self.rows:
            return text_html(self.plan)
        return table_html(self.columns, self._shown_rows(), note=" ".join(self.notes), n_rows=len(self.rows))

    def _shown_rows(self) -> list[tuple[Any, ...]]:
        return [
            tuple(value if _is_number(value) else short_form(value) for value in row) for row in self.rows[:N_SHOWN]
        ]

    def to_networkx(self) -> networkx.MultiDiGraph:
        """The nodes and relationships in the answer as a graph, keyed by their numbers."""
        import networkx

        graph = networkx.MultiDiGraph()
        for node in self.nodes():
            graph.add_node(node.id, labels=list(node.labels), **node.properties)
        for one in self.relationships():
            graph.add_edge(one.start, one.end, key=one.id, type=one.type, **one.properties)
        return graph


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def graph_values(values: Any) -> Iterator[Node | Relationship]:
    """Nodes and relationships in values (rows, paths, lists, maps), each once, in order."""
    found: dict[Node | Relationship, None] = {}
    waiting = [values]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Node | Relationship):
            found[value] = None
        elif isinstance(value, Path):
            waiting += reversed(value.steps)
        elif isinstance(value, dict):
            waiting += reversed(list(value.values()))
        elif isinstance(value, list | tuple):
            waiting += reversed(value)
    return iter(found)
