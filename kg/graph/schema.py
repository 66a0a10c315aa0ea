"""What there is in a property graph: labels, types and properties, counted."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from kg.graph.columns import PropertyGraph
from kg.graph.protocol import ReadableGraph


class SchemaRow(NamedTuple):
    """`kind` is "label", "type", "node property" or "relationship property"; `n` counts what has it."""

    kind: str
    name: str
    n: int


def schema(graph: ReadableGraph) -> list[SchemaRow]:
    """Labels, then types, then properties of nodes, then those of relationships, each sorted by name."""
    rows = [SchemaRow("label", label, graph.n_with_label(label)) for label in graph.labels()]
    rows += [SchemaRow("type", type_, graph.n_with_type(type_)) for type_ in graph.types()]
    of_nodes, of_relationships = _columns_held(graph) if isinstance(graph, PropertyGraph) else _held(graph)
    rows += [SchemaRow("node property", key, n) for key, n in sorted(of_nodes.items())]
    rows += [SchemaRow("relationship property", key, n) for key, n in sorted(of_relationships.items())]
    return rows


def _columns_held(graph: PropertyGraph) -> tuple[dict[str, int], dict[str, int]]:
    tables = (graph.data.node_columns, graph.data.relationship_columns)
    nodes, relationships = ({key: _n_values(column) for key, column in table.items()} for table in tables)
    return nodes, relationships


def _n_values(column: Any) -> int:
    return len(column) - (0 if column.null is None else int(column.null.sum()))


def _held(graph: ReadableGraph) -> tuple[Counter[str], Counter[str]]:
    nodes = Counter(key for node in graph.nodes() for key in graph.node_properties(node))
    numbers = graph.relationships()
    return nodes, Counter(key for number in numbers for key in graph.relationship_properties(number))
