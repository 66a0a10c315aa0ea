"""The property graph in columns: what a query reads, a row at a time or as arrays."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from kg.graph.adjacency import Adjacency, adjacency
from kg.graph.column import Column, empty_column

if TYPE_CHECKING:
    import networkx

    from kg.graph.tables import NodeTable, RelationshipTable

Direction = Literal["out", "in"]


@dataclass(frozen=True, slots=True)
class GraphData:
    """All that a property graph is made of; the rest is computed from it.

    `label_sets` holds each combination of labels that some node has, sorted within, and `label_codes` (int32) the
    combination of each node; `types` and `type_codes` do the same for relationships. `source` and `target` are int32.
    Columns have a value in at least one row. `node_keys` and `relationship_keys` are what the graph's origin calls
    its nodes and relationships (an entity's id, a fact's key); they are no properties, and None where it has no names.
    """

    label_sets: tuple[tuple[str, ...], ...]
    label_codes: np.ndarray
    types: tuple[str, ...]
    type_codes: np.ndarray
    source: np.ndarray
    target: np.ndarray
    node_columns: Mapping[str, Column] = field(default_factory=dict)
    relationship_columns: Mapping[str, Column] = field(default_factory=dict)
    node_keys: Column | None = None
    relationship_keys: Column | None = None


class PropertyGraph:
    """Implements `ReadableGraph`; nodes and relationships are numbered from 0 without gaps. It cannot be changed.

    Arrays that it gives are shared and read-only. Whatever takes time (masks, adjacency, indexes) is made when first
    asked for, and kept.
    """

    def __init__(self, data: GraphData) -> None:
        self.data = data
        self._type_codes = {type_: code for code, type_ in enumerate(data.types)}
        self._masks: dict[str, np.ndarray] = {}
        self._adjacency: dict[tuple[str | None, str], Adjacency] = {}

    @classmethod
    def build(
        cls,
        nodes: Iterable[tuple[Iterable[str], Mapping[str, Any]]],
        relationships: Iterable[tuple[int, int, str, Mapping[str, Any]]],
    ) -> PropertyGraph:
        """The graph of these (labels, properties) and (source, target, type, properties), numbered as they come.

        Raises GraphError for a value that is none, and for an end that does not exist.
        """
        from kg.graph.tables import build_rows

        return cls(build_rows(nodes, relationships))

    @classmethod
    def from_tables(cls, nodes: Iterable[NodeTable], relationships: Iterable[RelationshipTable]) -> PropertyGraph:
        """The graph of these tables, whose nodes are numbered one table after the other; the fast way to build."""
        from kg.graph.tables import build_tables

        return cls(build_tables(nodes, relationships))

    @classmethod
    def from_networkx(cls, graph: networkx.Graph) -> PropertyGraph:
        """Any NetworkX graph; see `kg.graph.networks.from_network` for where labels and types come from."""
        from kg.graph.networks import from_network

        return cls(from_network(graph))

    def to_networkx(self) -> networkx.MultiDiGraph:
        """The graph for NetworkX: nodes with `labels`, edges with `type`, and all properties as attributes."""
        from kg.graph.networks import to_multigraph

        return to_multigraph(self)

    # ---------------------------------------------------------------- what there is

    @property
    def n_nodes(self) -> int:
        return len(self.data.label_codes)

    @property
    def n_relationships(self) -> int:
        return len(self.data.source)

    @cached_property
    def _labels(self) -> tuple[str, ...]:
        return tuple(sorted({label for labels in self.data.label_sets for label in labels}))

    def labels(self) -> Sequence[str]:
        return self._labels

    def types(self) -> Sequence[str]:
        return self.data.types

    def property_keys(self) -> Sequence[str]:
        return sorted({*self.data.node_columns, *self.data.relationship_columns})

    def n_with_label(self, label: str) -> int:
        counts = zip(self.data.label_sets, self._label_set_sizes, strict=True)
        return sum(count for labels, count in counts if label in labels)

    def n_with_type(self, type_: str) -> int:
        code = self._type_codes.get(type_)
        return 0 if code is None else self._type_sizes[code]

    def n_distinct(self, label: str | None, key: str) -> int:
        """How many different values the property has in nodes with that label (None: in all)."""
        column = self.node_column(key)
        chosen = np.ones(self.n_nodes, np.bool_) if label is None else self.label_mask(label)
        if column.null is not None:
            chosen = chosen & ~column.null
        return len(np.unique(column.raw[chosen]))

    # ---------------------------------------------------------------- columns and arrays

    @property
    def source(self) -> np.ndarray:
        """The node that each relationship leaves."""
        return self.data.source

    @property
    def target(self) -> np.ndarray:
        """The node that each relationship enters."""
        return self.data.target

    @property
    def type_codes(self) -> np.ndarray:
        """For each relationship the place of its type in `types()`."""
        return self.data.type_codes

    def label_mask(self, label: str) -> np.ndarray:
        """For each node whether it has the label."""
        if label not in self._masks:
            has = np.array([label in labels for labels in self.data.label_sets], np.bool_)
            mask = has[self.data.label_codes] if len(has) else np.zeros(self.n_nodes, np.bool_)
            mask.flags.writeable = False
            self._masks[label] = mask
        return self._masks[label]

    def node_column(self, key: str) -> Column:
        """The property in all nodes; nothing but nulls if no node has it."""
        column = self.data.node_columns.get(key)
        return empty_column(self.n_nodes) if column is None else column

    def relationship_column(self, key: str) -> Column:
        """The property in all relationships; nothing but nulls if none has it."""
        column = self.data.relationship_columns.get(key)
        return empty_column(self.n_relationships) if column is None else column

    def adjacency(self, type_: str | None, direction: Direction) -> Adjacency:
        """The relationships of that type (None: of all) that leave each node ("out") or enter it ("in")."""
        if type_ is not None and type_ not in self._type_codes:
            type_ = ""  # One adjacency for all the types that nothing has.
        found = self._adjacency.get((type_, direction))
        if found is None:
            ends = (self.source, self.target) if direction == "out" else (self.target, self.source)
            found = adjacency(self.n_nodes, *ends, self._with_type(type_))
            self._adjacency[type_, direction] = found
        return found

    def find_rows(self, label: str | None, key: str, value: Any) -> np.ndarray:
        """`find_nodes` as an array."""
        column = self.data.node_columns.get(key)
        if column is None:
            return np.empty(0, np.int64)
        found = column.find(value)
        return found if label is None else found[self.label_mask(label)[found]]

    def _with_type(self, type_: str | None) -> np.ndarray | None:
        if type_ is None:
            return None
        return np.flatnonzero(self.type_codes == self._type_codes.get(type_, -1))

    # ---------------------------------------------------------------- nodes

    def nodes(self) -> Iterable[int]:
        return range(self.n_nodes)

    def nodes_with_label(self, label: str) -> Iterable[int]:
        found: list[int] = np.flatnonzero(self.label_mask(label)).tolist()
        return found

    def find_nodes(self, label: str | None, key: str, value: Any) -> Iterable[int]:
        found: list[int] = self.find_rows(label, key, value).tolist()
        return found

    def has_node(self, node: int) -> bool:
        return 0 <= node < self.n_nodes

    def labels_of(self, node: int) -> tuple[str, ...]:
        return self.data.label_sets[self.data.label_codes.item(node)]

    def has_label(self, node: int, label: str) -> bool:
        return label in self.data.label_sets[self.data.label_codes.item(node)]

    def node_property(self, node: int, key: str) -> Any:
        column = self.data.node_columns.get(key)
        return None if column is None else column.value(node)

    def node_properties(self, node: int) -> dict[str, Any]:
        return _held(self._columns_by_label_set[self.data.label_codes.item(node)], node)

    def node_key(self, node: int) -> Any:
        """What the graph's origin calls the node: an entity's id, a NetworkX node; its number if it has no name."""
        return node if self.data.node_keys is None else self.data.node_keys.value(node)

    # ---------------------------------------------------------------- relationships

    def relationships(self) -> Iterable[int]:
        return range(self.n_relationships)

    def has_relationship(self, relationship: int) -> bool:
        return 0 <= relationship < self.n_relationships

    def type_of(self, relationship: int) -> str:
        type_: str = self.data.types[self.data.type_codes.item(relationship)]
        return type_

    def source_of(self, relationship: int) -> int:
        source: int = self.data.source.item(relationship)
        return source

    def target_of(self, relationship: int) -> int:
        target: int = self.data.target.item(relationship)
        return target

    def relationship_property(self, relationship: int, key: str) -> Any:
        column = self.data.relationship_columns.get(key)
        return None if column is None else column.value(relationship)

    def relationship_properties(self, relationship: int) -> dict[str, Any]:
        return _held(self._columns_by_type[self.data.type_codes.item(relationship)], relationship)

    def relationship_key(self, relationship: int) -> Any:
        """What the graph's origin calls the relationship: a fact's key, a key of a multigraph; else its number."""
        keys = self.data.relationship_keys
        return relationship if keys is None else keys.value(relationship)

    def outgoing(self, node: int, types: Collection[str] | None = None) -> Iterable[tuple[int, int]]:
        return self._linked(node, types, "out")

    def incoming(self, node: int, types: Collection[str] | None = None) -> Iterable[tuple[int, int]]:
        return self._linked(node, types, "in")

    def degree(self, node: int) -> int:
        offsets = (self.adjacency(None, "out").offsets, self.adjacency(None, "in").offsets)
        return sum(one.item(node + 1) - one.item(node) for one in offsets)

    def _linked(self, node: int, types: Collection[str] | None, direction: Direction) -> list[tuple[int, int]]:
        if types is None:
            return list(self.adjacency(None, direction).pairs(node))
        known = [type_ for type_ in set(types) if type_ in self._type_codes]
        if len(known) == 1:
            return list(self.adjacency(known[0], direction).pairs(node))
        return sorted(pair for type_ in known for pair in self.adjacency(type_, direction).pairs(node))

    # ---------------------------------------------------------------- kept figures

    @cached_property
    def _label_set_sizes(self) -> list[int]:
        return np.bincount(self.data.label_codes, minlength=len(self.data.label_sets)).tolist()

    @cached_property
    def _type_sizes(self) -> list[int]:
        return np.bincount(self.data.type_codes, minlength=len(self.data.types)).tolist()

    @cached_property
    def _columns_by_label_set(self) -> list[list[tuple[str, Column]]]:
        return _columns_by_code(self.data.node_columns, self.data.label_codes, len(self.data.label_sets))

    @cached_property
    def _columns_by_type(self) -> list[list[tuple[str, Column]]]:
        return _columns_by_code(self.data.relationship_columns, self.data.type_codes, len(self.data.types))


def _columns_by_code(columns: Mapping[str, Column], codes: np.ndarray, n_codes: int) -> list[list[tuple[str, Column]]]:
    """For each code the columns in which some row with that code has a value, by name."""
    found: list[list[tuple[str, Column]]] = [[] for _ in range(n_codes)]
    for key, column in sorted(columns.items()):
        held = codes if column.null is None else codes[~column.null]
        for code in np.flatnonzero(np.bincount(held, minlength=n_codes)).tolist():
            found[code].append((key, column))
    return found


def _held(columns: Iterable[tuple[str, Column]], row: int) -> dict[str, Any]:
    values = ((key, column.value(row)) for key, column in columns)
    return {key: value for key, value in values if value is not None}
