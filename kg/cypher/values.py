"""The values of a query: nodes, relationships and paths; what kind a value is; and the three comparisons.

Lists are Python lists, maps are dictionaries, null is None; dates, times and durations are in `temporal`.

Cypher compares in three ways, and each has its function here:
    equality       `equals`, `less`, `less_or_equal`: three-valued, for conditions; null = null is null
    equivalence    `group_key`: two-valued, for DISTINCT and grouping; null is one group, and so is NaN
    orderability   `sort_key`: any two values have an order, for ORDER BY, min and max
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from itertools import chain, zip_longest
from operator import le, lt
from typing import Any

from kg.cypher import temporal, types
from kg.cypher.errors import EntityNotFound
from kg.cypher.notation import GraphValue, write_content
from kg.cypher.types import Type
from kg.graph.protocol import ReadableGraph


class Node(GraphValue):
    """A node of a graph, by its number. Reading one that the query deleted raises EntityNotFound."""

    __slots__ = ("graph", "id")

    def __init__(self, graph: ReadableGraph, id: int) -> None:
        self.graph = graph
        self.id = id

    @property
    def labels(self) -> tuple[str, ...]:
        return self._living().labels_of(self.id)

    @property
    def properties(self) -> dict[str, Any]:
        return self._living().node_properties(self.id)

    def get(self, key: str) -> Any:
        """The property, None where there is none."""
        return self._living().node_property(self.id, key)

    def _living(self) -> ReadableGraph:
        if not self.graph.has_node(self.id):
            raise _deleted(f"node {self.id}")
        return self.graph

    def __eq__(self, other: object) -> bool:
        return other.__class__ is Node and self.id == other.id and self.graph is other.graph

    def __hash__(self) -> int:
        return hash((Node, self.id))

    def __repr__(self) -> str:
        if not self.graph.has_node(self.id):
            return f"(deleted node {self.id})"
        return f"({write_content(self.labels, self.properties)})"


class Relationship(GraphValue):
    """A relationship of a graph, by its number. `start` and `end` are the numbers of its nodes."""

    __slots__ = ("_remembered", "graph", "id")

    def __init__(self, graph: ReadableGraph, id: int) -> None:
        self.graph = graph
        self.id = id
        self._remembered: tuple[str, int, int] | None = None

    @property
    def type(self) -> str:
        return self._remembered[0] if self._remembered else self._living().type_of(self.id)

    @property
    def start(self) -> int:
        return self._remembered[1] if self._remembered else self._living().source_of(self.id)

    @property
    def end(self) -> int:
        return self._remembered[2] if self._remembered else self._living().target_of(self.id)

    @property
    def start_node(self) -> Node:
        return Node(self.graph, self.start)

    @property
    def end_node(self) -> Node:
        return Node(self.graph, self.end)

    @property
    def properties(self) -> dict[str, Any]:
        return self._living().relationship_properties(self.id)

    def get(self, key: str) -> Any:
        """The property, None where there is none."""
        return self._living().relationship_property(self.id, key)

    def remember(self) -> None:
        """Keeps type and ends, which a query may ask for after it has deleted the relationship."""
        if self.graph.has_relationship(self.id):
            self._remembered = self.type, self.start, self.end

    def _living(self) -> ReadableGraph:
        if not self.graph.has_relationship(self.id):
            raise _deleted(f"relationship {self.id}")
        return self.graph

    def __eq__(self, other: object) -> bool:
        return other.__class__ is Relationship and self.id == other.id and self.graph is other.graph

    def __hash__(self) -> int:
        return hash((Relationship, self.id))

    def __repr__(self) -> str:
        if not self.graph.has_relationship(self.id):
            return f"[deleted relationship {self.id}]"
        return f"[{write_content((self.type,), self.properties)}]"


class Path(GraphValue):
    """An alternation of nodes and relationships, one node more than relationships, as they were walked."""

    __slots__ = ("nodes", "relationships")

    def __init__(self, nodes: Iterable[Node], relationships: Iterable[Relationship]) -> None:
        self.nodes = tuple(nodes)
        self.relationships = tuple(relationships)

    @property
    def steps(self) -> list[Node | Relationship]:
        """Nodes and relationships in turn."""
        pairs = zip_longest(self.nodes, self.relationships)
        return [step for step in chain.from_iterable(pairs) if step is not None]

    def __len__(self) -> int:
        return len(self.relationships)

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Path):
            return NotImplemented
        return self.nodes == other.nodes and self.relationships == other.relationships

    def __hash__(self) -> int:
        return hash((Path, self.nodes, self.relationships))

    def __repr__(self) -> str:
        text = [repr(self.nodes[0])]
        for before, step, after in zip(self.nodes, self.relationships, self.nodes[1:], strict=False):
            forwards = step.start == before.id
            text.append(f"{'-' if forwards else '<-'}{step!r}{'->' if forwards else '-'}{after!r}")
        return f"<{''.join(text)}>"


def _deleted(what: str) -> EntityNotFound:
    return EntityNotFound(f"{what} was deleted by this query and cannot be read any more", detail="DeletedEntityAccess")


# What a value is

_NUMBERS = frozenset({int, float})
_TYPES: dict[type, Type] = {
    bool: types.BOOLEAN,
    int: types.INTEGER,
    float: types.FLOAT,
    str: types.STRING,
    dict: types.MAP,
    Node: types.NODE,
    Relationship: types.RELATIONSHIP,
    Path: types.PATH,
    type(None): types.NULL,
    **{kind: types.of(kind.kind) for kind in temporal.KINDS},
}
_WORDS: dict[type, str] = {
    bool: "a boolean",
    int: "an integer",
    float: "a float",
    str: "a string",
    list: "a list",
    dict: "a map",
    Node: "a node",
    Relationship: "a relationship",
    Path: "a path",
    type(None): "null",
    **{kind: f"a {kind.kind}" for kind in temporal.KINDS},
}
_TEMPORAL = frozenset(temporal.KINDS)


def type_of(value: Any) -> Type:
    """The type that the binder would give it; a list knows the type of its elements unless it has none.

    >>> str(type_of([1, 2.5])), str(type_of([])), str(type_of(None))
    ('List of Float or Integer', 'List', 'null')
    """
    if isinstance(value, list):
        element = types.NULL
        for item in value:
            element = element | type_of(item)
        return types.list_of(element) if value else types.LIST
    return _TYPES[value.__class__]


def noun(value: Any) -> str:
    """The kind of the value, with its article, for messages.

    >>> noun([1]), noun(3), noun(None)
    ('a list', 'an integer', 'null')
    """
    return _WORDS.get(value.__class__) or f"a {value.__class__.__name__}"


def is_number(value: Any) -> bool:
    """Whether it is an integer or a float; booleans are not."""
    return value.__class__ in _NUMBERS


def is_temporal(value: Any) -> bool:
    """Whether it is a date, a time or a duration."""
    return value.__class__ in _TEMPORAL


# Equality: for conditions

_COMPARED_BY_PYTHON = frozenset({bool, int, float, str})


def equals(a: Any, b: Any) -> bool | None:
    """`a = b`: null when either is null, or when it hangs on a null inside. Values of two kinds are not equal.

    >>> equals(1, 1.0), equals(1, True), equals([1, None], [1, 2]), equals([1, None], [2, None])
    (True, False, None, False)
    """
    kind = a.__class__
    if kind is b.__class__:
        if kind in _COMPARED_BY_PYTHON:
            return a == b  # type: ignore[no-any-return]
        if kind is list:
            return _equal_lists(a, b)
        if kind is dict:
            return _equal_maps(a, b)
    if a is None or b is None:
        return None
    same_kind = kind is b.__class__ or (kind in _NUMBERS and b.__class__ in _NUMBERS)
    return same_kind and a == b


def _equal_lists(a: list[Any], b: list[Any]) -> bool | None:
    return _all_equal(zip(a, b, strict=True)) if len(a) == len(b) else False


def _equal_maps(a: dict[str, Any], b: dict[str, Any]) -> bool | None:
    return _all_equal((item, b[key]) for key, item in a.items()) if a.keys() == b.keys() else False


def _all_equal(pairs: Iterable[tuple[Any, Any]]) -> bool | None:
    unknown = False
    for a, b in pairs:
        equal = equals(a, b)
        if equal is False:
            return False
        unknown = unknown or equal is None
    return None if unknown else True


def less(a: Any, b: Any) -> bool | None:
    """`a < b`: null when either is null or the two have no order. False for NaN."""
    return _ordered(a, b, lt)


def less_or_equal(a: Any, b: Any) -> bool | None:
    """`a <= b`, which is not the opposite of `b < a`: for NaN both are false."""
    return _ordered(a, b, le)


def _ordered(a: Any, b: Any, test: Callable[[Any, Any], bool]) -> bool | None:
    kind, other = a.__class__, b.__class__
    if (kind in _NUMBERS and other in _NUMBERS) or (kind is other and (kind is str or kind is bool)):
        return test(a, b)
    if kind is list and other is list:
        return _ordered_lists(a, b, test)
    if kind in _TEMPORAL and other in _TEMPORAL:
        before = temporal.less(a, b)
        return before if before is None or test is lt else before or a == b
    return None


def _ordered_lists(a: list[Any], b: list[Any], test: Callable[[Any, Any], bool]) -> bool | None:
    """By the first place where they differ; a list stands before its continuations."""
    for x, y in zip(a, b, strict=False):
        equal = equals(x, y)
        if equal is None:
            return None
        if not equal:
            return less(x, y)
    return test(len(a), len(b))


# Equivalence: for DISTINCT and grouping


def group_key(value: Any) -> Hashable:
    """A key that two values share exactly when DISTINCT takes them for one.

    >>> group_key([1, None]) == group_key([1.0, None]), group_key(1) == group_key(True)
    (True, False)
    """
    make = _GROUP_KEYS.get(value.__class__)
    return make(value) if make else value


# A key that is no plain value is a tuple that opens with a type, so that no two kinds clash.
_GROUP_KEYS: dict[type, Callable[[Any], Hashable]] = {
    bool: lambda value: (bool, value),
    float: lambda value: value if value == value else (float,),
    list: lambda value: (list, *map(group_key, value)),
    dict: lambda value: (dict, frozenset((key, group_key(item)) for key, item in value.items())),
}


# Orderability: for ORDER BY, min and max

_MAP, _NODE, _RELATIONSHIP, _LIST, _PATH, _TIME, _STRING, _BOOLEAN, _NUMBER, _NAN, _NULL = range(11)


def sort_key(value: Any) -> tuple[Any, ...]:
    """A key by which any values can be sorted, ascending; each kind has its place, null the last.

    >>> sorted([None, 2, "b", 1.5, True, [1], {"a": 1}], key=sort_key)
    [{'a': 1}, [1], 'b', True, 1.5, 2, None]
    """
    return _SORT_KEYS[value.__class__](value)


def _map_sort_key(value: dict[str, Any]) -> tuple[Any, ...]:
    """Small maps first, then by the keys, then by the values in the order of the keys."""
    keys = sorted(value)
    return _MAP, len(keys), keys, [sort_key(value[key]) for key in keys]


_SORT_KEYS: dict[type, Callable[[Any], tuple[Any, ...]]] = {
    str: lambda value: (_STRING, value),
    int: lambda value: (_NUMBER, value),
    float: lambda value: (_NUMBER, value) if value == value else (_NAN,),
    bool: lambda value: (_BOOLEAN, value),
    type(None): lambda value: (_NULL,),
    list: lambda value: (_LIST, [sort_key(item) for item in value]),
    dict: _map_sort_key,
    Node: lambda value: (_NODE, value.id),
    Relationship: lambda value: (_RELATIONSHIP, value.id),
    Path: lambda value: (_PATH, [sort_key(step) for step in value.steps]),
    **dict.fromkeys(temporal.KINDS, lambda value: (_TIME, temporal.sort_key(value))),
}
