"""NetworkX graphs and property graphs, each made from the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.errors import GraphError
from kg.graph.column import Column, ObjectColumn, column_of
from kg.graph.columns import GraphData, PropertyGraph
from kg.graph.pool import Pool
from kg.graph.protocol import ReadableGraph
from kg.graph.tables import build_rows
from kg.graph.values import plain_value

if TYPE_CHECKING:
    import networkx

RELATED = "RELATED_TO"

_Attributes = Mapping[Any, Any]


def from_network(graph: networkx.Graph) -> GraphData:
    """The columns of any NetworkX graph, directed or not, simple or multi. Nodes and edges keep their order.

    Labels are the attribute `labels` (a list, or one label as text), else `type`, else `label`, when they are text;
    else there is none. The type of an edge is its `type`, else its `label`, else its key in a multigraph if that is
    text, else "RELATED_TO". What labels and types were taken from is no property; every other attribute is one, and
    None is null. The name of a node becomes its property `id`, unless it has one or its name is no text or number.
    An undirected edge is one relationship, from the node that NetworkX names first.

    Raises GraphError, with the node or edge and the attribute, for a value that cannot be a property.
    """
    numbers = {name: number for number, name in enumerate(graph)}
    data = build_rows(_node_rows(graph), _edge_rows(graph, numbers))
    keys = names_column(key for _, _, key, _ in _edges(graph)) if graph.is_multigraph() else None
    return replace(data, node_keys=names_column(graph), relationship_keys=keys)


def _node_rows(graph: networkx.Graph) -> Iterator[tuple[list[str], dict[str, Any]]]:
    for name, attributes in graph.nodes(data=True):
        labels, taken = _labels(attributes)
        properties = _properties(attributes, taken, (name,))
        if isinstance(name, (str, int, float)):
            properties.setdefault("id", plain_value(name))
        yield labels, properties


def _edge_rows(graph: networkx.Graph, numbers: Mapping[Any, int]) -> Iterator[tuple[int, int, str, dict[str, Any]]]:
    for source, target, key, attributes in _edges(graph):
        type_, taken = _type(attributes, key)
        yield numbers[source], numbers[target], type_, _properties(attributes, taken, (source, target))


def _edges(graph: networkx.Graph) -> Iterable[tuple[Any, Any, Any, _Attributes]]:
    """Source, target, key and attributes; the key is None unless the graph is a multigraph."""
    if graph.is_multigraph():
        edges: Iterable[tuple[Any, Any, Any, _Attributes]] = graph.edges(keys=True, data=True)
        return edges
    return ((source, target, None, attributes) for source, target, attributes in graph.edges(data=True))


def _labels(attributes: _Attributes) -> tuple[list[str], str]:
    """The labels of a node, and the attribute that they were taken from."""
    labels = attributes.get("labels")
    if isinstance(labels, (list, tuple, set, frozenset)) and all(isinstance(label, str) for label in labels):
        return sorted(labels), "labels"
    for name in ("labels", "type", "label"):
        if isinstance(attributes.get(name), str):
            return [attributes[name]], name
    return [], ""


def _type(attributes: _Attributes, key: Any) -> tuple[str, str]:
    for name in ("type", "label"):
        if isinstance(attributes.get(name), str):
            return attributes[name], name
    return (key, "") if isinstance(key, str) else (RELATED, "")


def _properties(attributes: _Attributes, taken: str, where: tuple[Any, ...]) -> dict[str, Any]:
    properties = {}
    for name, value in attributes.items():
        if name == taken or value is None:
            continue
        try:
            properties[str(name)] = plain_value(value)
        except GraphError as error:
            what = " -> ".join(map(repr, where))
            raise GraphError(f"attribute '{name}' of {'edge' if len(where) == 2 else 'node'} {what}: {error}") from None
    return properties


def names_column(names: Iterable[Any]) -> Column:
    """What an origin calls its nodes or relationships, as a column; names can be anything, not only properties."""
    held = list(names)
    if set(map(type, held)) == {str}:
        return column_of(held)
    return ObjectColumn(np.arange(len(held), dtype=np.int32), Pool(held))


def to_multigraph(graph: ReadableGraph) -> networkx.MultiDiGraph:
    """Nodes with `labels`, edges with `type`, and all properties as attributes, in the order of their numbers.

    A graph that came from NetworkX or from facts keeps the names of its nodes and the keys of its edges; else they
    are numbers. A property that is called `labels` on a node, or `type` on an edge, gives way to these.
    """
    import networkx

    made = networkx.MultiDiGraph()
    names = graph.node_key if isinstance(graph, PropertyGraph) else int
    keys = graph.relationship_key if isinstance(graph, PropertyGraph) else int
    # As tuples and not as keyword arguments, because a property may be called "key".
    made.add_nodes_from(
        (names(node), graph.node_properties(node) | {"labels": list(graph.labels_of(node))}) for node in graph.nodes()
    )
    made.add_edges_from(
        (
            names(graph.source_of(number)),
            names(graph.target_of(number)),
            keys(number),
            graph.relationship_properties(number) | {"type": graph.type_of(number)},
        )
        for number in graph.relationships()
    )
    return made
