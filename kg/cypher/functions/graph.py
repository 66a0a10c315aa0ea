"""Functions of nodes, relationships and paths."""

from __future__ import annotations

from typing import Any

from kg.cypher.functions.checks import checked
from kg.cypher.types import ENTITY, INTEGER, MAP, NODE, PATH, RELATIONSHIP, STRING, list_of
from kg.cypher.values import Node, Path, Relationship


def _labels(node: Node) -> list[str]:
    return list(node.labels)


def _type(relationship: Relationship) -> str:
    return relationship.type


def _properties(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else value.properties


def _keys(value: Any) -> list[str]:
    return list(_properties(value))


def _id(entity: Node | Relationship) -> int:
    return entity.id


def _element_id(entity: Node | Relationship) -> str:
    return str(entity.id)


def _nodes(path: Path) -> list[Node]:
    return list(path.nodes)


def _relationships(path: Path) -> list[Relationship]:
    return list(path.relationships)


def _start_node(relationship: Relationship) -> Node:
    return relationship.start_node


def _end_node(relationship: Relationship) -> Node:
    return relationship.end_node


GRAPH_FUNCTIONS = (
    checked("labels", (NODE,), list_of(STRING), _labels),
    checked("type", (RELATIONSHIP,), STRING, _type),
    checked("keys", (ENTITY | MAP,), list_of(STRING), _keys),
    checked("properties", (ENTITY | MAP,), MAP, _properties),
    checked("id", (ENTITY,), INTEGER, _id),
    checked("elementId", (ENTITY,), STRING, _element_id),
    checked("startNode", (RELATIONSHIP,), NODE, _start_node),
    checked("endNode", (RELATIONSHIP,), NODE, _end_node),
    checked("nodes", (PATH,), list_of(NODE), _nodes),
    checked("relationships", (PATH,), list_of(RELATIONSHIP), _relationships),
    checked("length", (PATH,), INTEGER, len),
)
