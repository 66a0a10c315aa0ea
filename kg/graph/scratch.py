"""A property graph that a query can write to: dictionaries, in memory, gone with the process unless it is exported."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from kg.graph.equality import lookup_key
from kg.graph.protocol import ReadableGraph

if TYPE_CHECKING:
    import networkx

    from kg.graph.columns import PropertyGraph

# The relationships of a node by type: number -> the node at the other end.
_Links = dict[str, dict[int, int]]


class ScratchGraph:
    """Implements `ChangeableGraph`. Every iteration is over a list of its own, so that a loop may change the graph."""

    def __init__(self) -> None:
        self._labels: dict[int, dict[str, None]] = {}
        self._properties: dict[int, dict[str, Any]] = {}
        self._by_label: dict[str, dict[int, None]] = {}
        self._relationships: dict[int, tuple[int, int, str]] = {}
        self._relationship_properties: dict[int, dict[str, Any]] = {}
        self._n_by_type: dict[str, int] = {}
        self._outgoing: dict[int, _Links] = {}
        self._incoming: dict[int, _Links] = {}
        self._indexes: dict[str, dict[Hashable, dict[int, None]]] = {}
        self._next_node = 0
        self._next_relationship = 0
        self._undo: list[partial[None]] | None = None

    @classmethod
    def copy_of(cls, graph: ReadableGraph) -> ScratchGraph:
        """The same graph to write to; it keeps the order of nodes and relationships, and numbers them from 0."""
        copy = cls()
        numbers = {node: copy.add_node(graph.labels_of(node), graph.node_properties(node)) for node in graph.nodes()}
        for number in graph.relationships():
            source, target = numbers[graph.source_of(number)], numbers[graph.target_of(number)]
            copy.add_relationship(source, target, graph.type_of(number), graph.relationship_properties(number))
        return copy

    def freeze(self) -> PropertyGraph:
        """The graph as it is now, in columns; nodes and relationships are numbered anew from 0, in the same order."""
        from kg.graph.columns import PropertyGraph

        numbers = {node: number for number, node in enumerate(self._labels)}
        return PropertyGraph.build(
            ((labels, self._properties[node]) for node, labels in self._labels.items()),
            (
                (numbers[source], numbers[target], type_, self._relationship_properties[number])
                for number, (source, target, type_) in self._relationships.items()
            ),
        )

    def to_networkx(self) -> networkx.MultiDiGraph:
        """The graph for NetworkX, as `PropertyGraph.to_networkx` gives it."""
        from kg.graph.networks import to_multigraph

        return to_multigraph(self)

    # ---------------------------------------------------------------- what there is

    @property
    def n_nodes(self) -> int:
        return len(self._labels)

    @property
    def n_relationships(self) -> int:
        return len(self._relationships)

    def labels(self) -> Sequence[str]:
        return sorted(self._by_label)

    def types(self) -> Sequence[str]:
        return sorted(self._n_by_type)

    def property_keys(self) -> Sequence[str]:
        held = (*self._properties.values(), *self._relationship_properties.values())
        return sorted({key for properties in held for key in properties})

    def n_with_label(self, label: str) -> int:
        return len(self._by_label.get(label, ()))

    def n_with_type(self, type_: str) -> int:
        return self._n_by_type.get(type_, 0)

    # ---------------------------------------------------------------- nodes

    def n_distinct(self, label: str | None, key: str) -> int:
        """How many different values the property has in the whole graph."""
        return len(self._index(key))

    def nodes(self) -> Iterable[int]:
        return list(self._labels)

    def nodes_with_label(self, label: str) -> Iterable[int]:
        return sorted(self._by_label.get(label, ()))

    def find_nodes(self, label: str | None, key: str, value: Any) -> Iterable[int]:
        """As the protocol says; the index of a key is kept up to date once it has been asked for."""
        found = sorted(self._index(key).get(lookup_key(value), ()))
        return found if label is None else [node for node in found if label in self._labels[node]]

    def has_node(self, node: int) -> bool:
        return node in self._labels

    def labels_of(self, node: int) -> tuple[str, ...]:
        return tuple(self._labels[node])

    def has_label(self, node: int, label: str) -> bool:
        return label in self._labels[node]

    def node_property(self, node: int, key: str) -> Any:
        return self._properties[node].get(key)

    def node_properties(self, node: int) -> dict[str, Any]:
        return dict(sorted(self._properties[node].items()))

    # ---------------------------------------------------------------- relationships

    def relationships(self) -> Iterable[int]:
        return list(self._relationships)

    def has_relationship(self, relationship: int) -> bool:
        return relationship in self._relationships

    def type_of(self, relationship: int) -> str:
        return self._relationships[relationship][2]

    def source_of(self, relationship: int) -> int:
        return self._relationships[relationship][0]

    def target_of(self, relationship: int) -> int:
        return self._relationships[relationship][1]

    def relationship_property(self, relationship: int, key: str) -> Any:
        return self._relationship_properties[relationship].get(key)

    def relationship_properties(self, relationship: int) -> dict[str, Any]:
        return dict(sorted(self._relationship_properties[relationship].items()))

    def outgoing(self, node: int, types: Collection[str] | None = None) -> Iterable[tuple[int, int]]:
        return _linked(self._outgoing[node], types)

    def incoming(self, node: int, types: Collection[str] | None = None) -> Iterable[tuple[int, int]]:
        return _linked(self._incoming[node], types)

    def degree(self, node: int) -> int:
        return sum(len(ends) for links in (self._outgoing[node], self._incoming[node]) for ends in links.values())

    # ---------------------------------------------------------------- changes

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All the changes inside, or none of them when something is raised. Not to be nested."""
        undo = self._undo = []
        try:
            yield
        except BaseException:
            self._undo = None
            for step in reversed(undo):
                step()
            self._sort()
            raise
        finally:
            self._undo = None

    def _changed(self, inverse: Callable[..., None], *arguments: Any) -> None:
        if self._undo is not None:
            self._undo.append(partial(inverse, *arguments))

    def _sort(self) -> None:
        """Numbers in ascending order again: what was taken back stands behind the others."""
        self._labels = dict(sorted(self._labels.items()))
        self._relationships = dict(sorted(self._relationships.items()))
        self._by_label = {label: dict(sorted(nodes.items())) for label, nodes in self._by_label.items()}
        for links in (self._outgoing, self._incoming):
            for by_type in links.values():
                by_type.update({type_: dict(sorted(ends.items())) for type_, ends in by_type.items()})
        self._indexes.clear()

    def add_node(self, labels: Iterable[str], properties: Mapping[str, Any]) -> int:
        """The number of the new node. Properties that are None are left out."""
        node = self._next_node
        self._next_node += 1
        self._labels[node] = {}
        self._properties[node] = {}
        self._outgoing[node], self._incoming[node] = {}, {}
        self._changed(self.remove_node, node)
        for label in labels:
            self.add_label(node, label)
        for key, value in properties.items():
            self.set_node_property(node, key, value)
        return node

    def add_relationship(self, source: int, target: int, type_: str, properties: Mapping[str, Any]) -> int:
        """The number of the new relationship. Properties that are None are left out."""
        number = self._next_relationship
        self._next_relationship += 1
        self._link(number, source, target, type_, {k: v for k, v in properties.items() if v is not None})
        return number

    def _link(self, number: int, source: int, target: int, type_: str, properties: dict[str, Any]) -> None:
        self._outgoing[source].setdefault(type_, {})[number] = target
        self._incoming[target].setdefault(type_, {})[number] = source
        self._relationships[number] = (source, target, type_)
        self._relationship_properties[number] = properties
        self._n_by_type[type_] = self._n_by_type.get(type_, 0) + 1
        self._changed(self.remove_relationship, number)

    def set_node_property(self, node: int, key: str, value: Any) -> None:
        held = self._properties[node]
        self._changed(self.set_node_property, node, key, held.get(key))
        if key in self._indexes:
            _unlist(self._indexes[key], lookup_key(held.get(key)), node)
            _list(self._indexes[key], lookup_key(value), node)
        _set(held, key, value)

    def set_relationship_property(self, relationship: int, key: str, value: Any) -> None:
        held = self._relationship_properties[relationship]
        self._changed(self.set_relationship_property, relationship, key, held.get(key))
        _set(held, key, value)

    def add_label(self, node: int, label: str) -> None:
        if label not in self._labels[node]:
            self._changed(self.remove_label, node, label)
        self._labels[node][label] = None
        self._by_label.setdefault(label, {})[node] = None

    def remove_label(self, node: int, label: str) -> None:
        if label in self._labels[node]:
            self._changed(self.add_label, node, label)
        self._labels[node].pop(label, None)
        _unlist(self._by_label, label, node)

    def remove_node(self, node: int) -> None:
        """As the protocol says: ValueError if a relationship is left."""
        if self._outgoing[node] or self._incoming[node]:
            raise ValueError(f"node {node} still has relationships; remove them first")
        labels, held = self._labels.pop(node), self._properties.pop(node)
        self._changed(self._restore, node, labels, held)
        for label in labels:
            _unlist(self._by_label, label, node)
        for key, index in self._indexes.items():
            _unlist(index, lookup_key(held.get(key)), node)
        del self._outgoing[node], self._incoming[node]

    def _restore(self, node: int, labels: dict[str, None], properties: dict[str, Any]) -> None:
        self._labels[node], self._properties[node] = labels, properties
        self._outgoing[node], self._incoming[node] = {}, {}
        for label in labels:
            self._by_label.setdefault(label, {})[node] = None

    def remove_relationship(self, relationship: int) -> None:
        source, target, type_ = self._relationships.pop(relationship)
        properties = self._relationship_properties.pop(relationship)
        self._changed(self._link, relationship, source, target, type_, properties)
        _unlist(self._outgoing[source], type_, relationship)
        _unlist(self._incoming[target], type_, relationship)
        self._n_by_type[type_] -= 1
        if not self._n_by_type[type_]:
            del self._n_by_type[type_]

    def _index(self, key: str) -> dict[Hashable, dict[int, None]]:
        if key not in self._indexes:
            index: dict[Hashable, dict[int, None]] = {}
            for node, held in self._properties.items():
                _list(index, lookup_key(held.get(key)), node)
            self._indexes[key] = index
        return self._indexes[key]


def _linked(links: _Links, types: Collection[str] | None) -> list[tuple[int, int]]:
    wanted = list(links.values()) if types is None else [links[type_] for type_ in set(types) if type_ in links]
    if len(wanted) == 1:
        return list(wanted[0].items())
    return sorted(pair for one in wanted for pair in one.items())


def _set(held: dict[str, Any], key: str, value: Any) -> None:
    if value is None:
        held.pop(key, None)
    else:
        held[key] = value


def _list(index: dict[Hashable, dict[int, None]], key: Hashable | None, number: int) -> None:
    if key is not None:
        index.setdefault(key, {})[number] = None


def _unlist(index: dict[Any, dict[int, Any]], key: Hashable | None, number: int) -> None:
    """Takes the number out of the entry, and the entry out of the index once it is empty."""
    entry = index.get(key)
    if entry is not None:
        entry.pop(number, None)
        if not entry:
            del index[key]
