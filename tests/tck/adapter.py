"""Entente's engine behind the protocol of `shared/tck/run_tck.py`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from kg.cypher import Graph
from kg.cypher.errors import CypherError
from kg.cypher.values import Node, Path, Relationship, group_key, is_temporal
from kg.graph.scratch import ScratchGraph


class TckPath:
    """A path with the names of attributes that the harness reads."""

    def __init__(self, path: Path) -> None:
        self.nodes = path.nodes
        self.rels = path.relationships


class Engine:
    """One engine with an empty graph after each `reset`."""

    def reset(self) -> None:
        self.graph = Graph(ScratchGraph())

    def execute(self, query: str, params: dict[str, Any]) -> tuple[list[str], list[list[Any]]]:
        try:
            result = self.graph.query(query, params)
        except CypherError as error:
            error.tck_type, error.tck_detail, error.tck_phase = error.kind, error.detail, error.phase
            raise
        return list(result.columns), [[_plain(value) for value in row] for row in result.rows]

    def snapshot(self) -> dict[str, Any]:
        graph = self.graph.graph
        nodes = {node: graph.node_properties(node) for node in graph.nodes()}
        links = {one: graph.relationship_properties(one) for one in graph.relationships()}
        return {
            "nodes": list(nodes),
            "relationships": list(links),
            "labels": {label for node in nodes for label in graph.labels_of(node)},
            "properties": [
                ((kind, number), key, _plain(value))
                for kind, things in (("node", nodes), ("relationship", links))
                for number, properties in things.items()
                for key, value in properties.items()
            ],
        }

    def register_procedure(self, signature: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """A procedure whose answers stand in a table: inputs, then outputs."""
        table = [tuple(row) for row in rows]

        def call(_: Any, *arguments: Any) -> list[tuple[Any, ...]]:
            wanted = [group_key(argument) for argument in arguments]
            n = len(arguments)
            return [row[n:] for row in table if [group_key(value) for value in row[:n]] == wanted]

        self.graph.register(signature, call)


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, Path):
        return TckPath(value)
    if isinstance(value, Node | Relationship):
        return _Entity(value)
    return str(value) if is_temporal(value) else value


class _Entity:
    """A node or relationship as it is now, with plain properties."""

    def __init__(self, entity: Node | Relationship) -> None:
        self.id = entity.id
        if isinstance(entity, Node):
            self.labels = list(entity.labels)
        else:
            self.type, self.start, self.end = entity.type, entity.start, entity.end
        self.properties = {key: _plain(value) for key, value in entity.properties.items()}
