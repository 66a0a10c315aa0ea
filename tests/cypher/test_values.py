"""Nodes, relationships and paths as values, and the laws of the three comparisons."""

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.cypher import types
from kg.cypher.errors import EntityNotFound
from kg.cypher.notation import write_float
from kg.cypher.temporal import Date, Duration, LocalTime
from kg.cypher.values import (
    Node,
    Path,
    Relationship,
    equals,
    group_key,
    less,
    less_or_equal,
    sort_key,
    type_of,
)
from kg.graph import ScratchGraph

GRAPH = ScratchGraph()
LEADER = Node(GRAPH, GRAPH.add_node(["Leader"], {"name": "X"}))
COUNTRY = Node(GRAPH, GRAPH.add_node(["Country", "Member State"], {}))
LEADS = Relationship(GRAPH, GRAPH.add_relationship(LEADER.id, COUNTRY.id, "LEADS", {"since": 2020}))
BACK = Path([COUNTRY, LEADER], [LEADS])
NAN = math.nan
DAY = Date.of(2024, 5, 1)

PLAIN = (
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.integers(2**62, 2**62 + 2)
    | st.sampled_from([0.0, -0.0, 1.0, 2.5, float(2**62), NAN, math.inf])
    | st.sampled_from(["", "a", "b", "1"])
    | st.sampled_from([DAY, Date.of(2024, 5, 2), LocalTime.of(12), Duration.of(days=1), Duration.of(months=1)])
    | st.sampled_from([LEADER, COUNTRY, LEADS, BACK, Path([LEADER], [])])
)
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2)
)


def holds_nan(value: Any) -> bool:
    if isinstance(value, (list, dict)):
        return any(map(holds_nan, value.values() if isinstance(value, dict) else value))
    return isinstance(value, float) and math.isnan(value)


def test_entities_and_paths_are_written_as_in_cypher() -> None:
    assert repr(LEADER) == "(:Leader {name: 'X'})"
    assert repr(COUNTRY) == "(:Country:`Member State`)"
    assert repr(LEADS) == "[:LEADS {since: 2020}]"
    assert repr(BACK) == "<(:Country:`Member State`)<-[:LEADS {since: 2020}]-(:Leader {name: 'X'})>"


def test_relationships_know_their_ends() -> None:
    assert (LEADS.type, LEADS.start, LEADS.end) == ("LEADS", LEADER.id, COUNTRY.id)
    assert (LEADS.start_node, LEADS.end_node) == (LEADER, COUNTRY)


def test_the_same_number_in_two_graphs_is_not_one_node() -> None:
    other = ScratchGraph()
    assert Node(GRAPH, LEADER.id) == LEADER
    assert Node(other, other.add_node([], {})) != LEADER
    assert Relationship(GRAPH, LEADER.id) != LEADER


def test_what_was_deleted_cannot_be_read_but_for_a_remembered_type() -> None:
    graph = ScratchGraph()
    node = Node(graph, graph.add_node(["A"], {}))
    loop = Relationship(graph, graph.add_relationship(node.id, node.id, "T", {}))
    loop.remember()
    graph.remove_relationship(loop.id)
    graph.remove_node(node.id)
    for read in (lambda: node.labels, lambda: node.properties, lambda: node.get("a"), lambda: loop.get("a")):
        with pytest.raises(EntityNotFound) as caught:
            read()
        assert caught.value.detail == "DeletedEntityAccess"
    assert (loop.type, loop.start) == ("T", node.id)
    assert repr(node) == f"(deleted node {node.id})"


def test_large_integers_are_not_rounded_when_compared_with_floats() -> None:
    assert equals(2**62 + 1, float(2**62)) is False
    assert less(float(2**62), 2**62 + 1) is True


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ([1], [1, None], False),
        ([1, None], [1, 2], None),
        ([1, None], [2, None], False),
        ({"a": None}, {"b": None}, False),
        ({"a": None}, {"a": 1}, None),
        ("1", 1, False),
        (True, 1, False),
        (None, None, None),
        (LEADER, None, None),
        (NAN, NAN, False),
        (NAN, "a", False),
        (LEADER, LEADS, False),
        (LEADER, "x", False),
        (DAY, Date.of(2024, 5, 1), True),
        (DAY, "2024-05-01", False),
        (DAY, LocalTime.of(12), False),
    ],
)
def test_equality(a: Any, b: Any, expected: bool | None) -> None:
    assert equals(a, b) is expected


@pytest.mark.parametrize(
    ("a", "b", "is_less", "is_less_or_equal"),
    [
        (1, 1.0, False, True),
        ("a", "b", True, True),
        (False, True, True, True),
        (True, 1, None, None),
        ("1", 1, None, None),
        (1, None, None, None),
        (1, NAN, False, False),
        (NAN, NAN, False, False),
        (NAN, "a", None, None),
        ([1], [1, None], True, True),
        ([1, None], [1, 2], None, None),
        ([3, None], [1, 2], False, False),
        ([1, "a"], [1, 2], None, None),
        ({}, {}, None, None),
        (LEADER, COUNTRY, None, None),
        (DAY, Date.of(2024, 5, 1), False, True),
        (DAY, Date.of(2024, 5, 2), True, True),
        (DAY, LocalTime.of(12), None, None),
        (DAY, "2024-05-02", None, None),
        (Duration.of(days=1), Duration.of(days=1), None, None),
    ],
)
def test_order_of_two(a: Any, b: Any, is_less: bool | None, is_less_or_equal: bool | None) -> None:
    assert less(a, b) is is_less
    assert less_or_equal(a, b) is is_less_or_equal


def test_order_of_all_kinds() -> None:
    entities = [LEADER, COUNTRY, LEADS]
    in_order = [{}, {"a": 1}, *entities, [], [1], [None], BACK, DAY, "", "a", False, True, -1, 2.5, 3, NAN, None]
    assert sorted(in_order, key=sort_key, reverse=True) == in_order[::-1]


def test_types_of_values() -> None:
    assert type_of([LEADER, None]) == types.list_of(types.NODE)
    assert type_of(BACK) == types.PATH
    assert type_of(True) == types.BOOLEAN


@settings(deadline=None)
@given(a=VALUES, b=VALUES)
def test_equality_is_symmetric_and_implies_equivalence(a: Any, b: Any) -> None:
    assert equals(a, b) is equals(b, a)
    if equals(a, b):
        assert group_key(a) == group_key(b)


@settings(deadline=None)
@given(a=VALUES, b=VALUES)
def test_what_groups_together_sorts_together(a: Any, b: Any) -> None:
    same = group_key(a) == group_key(b)
    assert same == (sort_key(a) == sort_key(b))
    assert not same or hash(group_key(a)) == hash(group_key(b))


@settings(deadline=None)
@given(values=st.lists(VALUES, min_size=3, max_size=3))
def test_sorting_is_a_total_order(values: list[Any]) -> None:
    a, b, c = map(sort_key, values)
    assert (a < b) + (a == b) + (a > b) == 1
    assert not (a < b < c) or a < c


@settings(deadline=None)
@given(a=VALUES, b=VALUES)
def test_sorting_agrees_with_less_where_that_knows(a: Any, b: Any) -> None:
    known = less(a, b)
    if known is not None and not holds_nan(a) and not holds_nan(b):
        assert known == (sort_key(a) < sort_key(b))
        assert less_or_equal(a, b) == (not less(b, a))


@settings(deadline=None)
@given(value=st.floats())
def test_floats_are_written_so_that_they_read_back(value: float) -> None:
    text = write_float(value)
    assert float(text) == value or (text == "NaN" and math.isnan(value))
