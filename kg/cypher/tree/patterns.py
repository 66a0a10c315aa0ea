"""Patterns of nodes and relationships."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as OneOf

from kg.cypher.tree.expressions import Expression, Variable
from kg.cypher.tree.labels import LabelExpression
from kg.cypher.tree.walking import Tree


@dataclass(frozen=True, slots=True)
class NodePattern(Tree):
    """`(variable:Labels {properties} WHERE condition)`. `properties` is a MapLiteral or a Parameter."""

    variable: Variable | None
    labels: LabelExpression | None
    properties: Expression | None
    where: Expression | None = None


@dataclass(frozen=True, slots=True)
class Length(Tree):
    """`*`, `*2`, `*1..3`: hops from `least` (None: 1) to `most` (None: no bound)."""

    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class RelationshipPattern(Tree):
    """`-[variable:Types*1..3 {properties}]->`; `direction` as read from left to right. No length is one hop."""

    variable: Variable | None
    types: LabelExpression | None
    direction: OneOf["->", "<-", "--"]
    length: Length | None
    properties: Expression | None
    where: Expression | None = None


@dataclass(frozen=True, slots=True)
class PathPattern(Tree):
    """`variable = (node)-[relationship]-(node)…`: one node more than relationships."""

    variable: Variable | None
    nodes: tuple[NodePattern, ...]
    relationships: tuple[RelationshipPattern, ...]
    shortest: OneOf["shortestPath", "allShortestPaths"] | None = None
