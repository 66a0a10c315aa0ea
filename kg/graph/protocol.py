"""What a query may ask of a property graph, and what it may change.

Nodes and relationships are integers, each numbered on its own; a number is never used again after a deletion. Values
of properties are None, bool, int, float, str, lists of these, or temporal values of `kg.cypher.temporal`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

Neighbours = Iterable[tuple[int, int]]


class ReadableGraph(Protocol):
    """A property graph. All iteration is in ascending order of numbers, so that answers are the same on every run."""

    @property
    def n_nodes(self) -> int: ...
    @property
    def n_relationships(self) -> int: ...

    def labels(self) -> Sequence[str]:
        """All labels in use, sorted."""

    def types(self) -> Sequence[str]:
        """All relationship types in use, sorted."""

    def property_keys(self) -> Sequence[str]:
        """All keys of properties of nodes and relationships in use, sorted."""

    def n_with_label(self, label: str) -> int: ...
    def n_with_type(self, type_: str) -> int: ...

    def n_distinct(self, label: str | None, key: str) -> int:
        """How many different values the property has among the nodes with that label, or an estimate of it."""

    def nodes(self) -> Iterable[int]: ...
    def nodes_with_label(self, label: str) -> Iterable[int]: ...

    def find_nodes(self, label: str | None, key: str, value: Any) -> Iterable[int]:
        """The nodes with that label (None: any) whose property `key` equals `value`; an index is built when asked."""

    def has_node(self, node: int) -> bool: ...
    def labels_of(self, node: int) -> tuple[str, ...]:
        """Its labels, in the order of `labels()`; for a changeable graph, the order they were given in."""

    def has_label(self, node: int, label: str) -> bool: ...
    def node_property(self, node: int, key: str) -> Any:
        """The value, None where there is none."""

    def node_properties(self, node: int) -> dict[str, Any]:
        """All that are not null, by key in sorted order."""

    def relationships(self) -> Iterable[int]: ...
    def has_relationship(self, relationship: int) -> bool: ...
    def type_of(self, relationship: int) -> str: ...
    def source_of(self, relationship: int) -> int: ...
    def target_of(self, relationship: int) -> int: ...
    def relationship_property(self, relationship: int, key: str) -> Any: ...
    def relationship_properties(self, relationship: int) -> dict[str, Any]: ...

    def outgoing(self, node: int, types: Collection[str] | None = None) -> Neighbours:
        """(relationship, target) for each relationship that leaves the node; `types` None means any."""

    def incoming(self, node: int, types: Collection[str] | None = None) -> Neighbours:
        """(relationship, source) for each relationship that enters the node. A loop is in both."""

    def degree(self, node: int) -> int:
        """How many relationships leave or enter the node; a loop counts twice."""


class ChangeableGraph(ReadableGraph, Protocol):
    """A property graph that a query can write to. Whoever calls has checked the values."""

    def add_node(self, labels: Iterable[str], properties: Mapping[str, Any]) -> int: ...
    def add_relationship(self, source: int, target: int, type_: str, properties: Mapping[str, Any]) -> int: ...
    def set_node_property(self, node: int, key: str, value: Any) -> None:
        """None removes the property."""

    def set_relationship_property(self, relationship: int, key: str, value: Any) -> None: ...
    def add_label(self, node: int, label: str) -> None: ...
    def remove_label(self, node: int, label: str) -> None: ...
    def remove_node(self, node: int) -> None:
        """The node must have no relationship left."""

    def remove_relationship(self, relationship: int) -> None: ...
    def transaction(self) -> AbstractContextManager[None]:
        """Takes all changes inside back when something is raised there."""
