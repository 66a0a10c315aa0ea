"""The operators on values: the cases of tests/cases/cypher/operators.yaml, and what a graph is needed for."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.cypher import operators
from kg.cypher.errors import CypherTypeError
from kg.cypher.operators import MAX_INTEGER, MIN_INTEGER, add, divide, modulo, multiply, property_of, subscript
from kg.cypher.temporal import Date, Duration
from kg.cypher.values import Node, Path, Relationship
from kg.graph import ScratchGraph
from tests.cypher.cases import check, load_cases

INTEGERS = st.integers(MIN_INTEGER, MAX_INTEGER)


@pytest.mark.parametrize(("name", "arguments", "expected"), load_cases("operators.yaml"))
def test_operators(name: str, arguments: list[Any], expected: Any) -> None:
    check(vars(operators), name, arguments, expected)


@settings(deadline=None)
@given(a=INTEGERS, b=INTEGERS.filter(bool))
def test_quotient_and_rest_of_integers_belong_together(a: int, b: int) -> None:
    if (a, b) != (MIN_INTEGER, -1):
        assert add(multiply(divide(a, b), b), modulo(a, b)) == a


def test_entities_are_read_by_key_and_by_subscript() -> None:
    graph = ScratchGraph()
    leader, country = graph.add_node(["Leader"], {"name": "A"}), graph.add_node(["Country"], {})
    tie = graph.add_relationship(leader, country, "LEADS", {"since": 2020})
    assert property_of(Node(graph, leader), "name") == "A"
    assert property_of(Node(graph, leader), "age") is None
    assert subscript(Relationship(graph, tie), "since") == 2020
    with pytest.raises(CypherTypeError, match="a path has no property"):
        property_of(Path([Node(graph, leader)], []), "name")
    with pytest.raises(CypherTypeError, match="a node is read by a string, not by an integer"):
        subscript(Node(graph, leader), 0)


def test_times_and_durations_are_added_written_and_read() -> None:
    day, week = Date.of(2024, 5, 1), Duration.of(days=7)
    assert add(day, week) == add(week, day) == Date.of(2024, 5, 8)
    assert add("on ", day) == "on 2024-05-01"
    assert add([day], week) == [day, week]
    assert multiply(week, 2) == Duration.of(days=14)
    assert divide(week, 7) == Duration.of(days=1)
    assert operators.negate(week) == Duration.of(days=-7)
    assert property_of(day, "month") == 5
    assert property_of(day, "hour") is None
    assert operators.storable([day]) == [day]


@pytest.mark.parametrize(
    ("operator", "a", "b"),
    [
        ("add", Date.of(2024, 5, 1), 1),
        ("subtract", 1, Duration.of(days=1)),
        ("multiply", Date.of(2024, 5, 1), 2),
        ("modulo", Duration.of(days=1), 2),
        ("add", Duration.of(days=1), {}),
    ],
)
def test_times_that_cannot_be_calculated_with(operator: str, a: Any, b: Any) -> None:
    with pytest.raises(CypherTypeError) as caught:
        vars(operators)[operator](a, b)
    assert caught.value.detail == "InvalidArgumentType"


def test_a_list_of_dates_and_texts_cannot_be_a_property() -> None:
    with pytest.raises(CypherTypeError, match="several kinds"):
        operators.storable([Date.of(2024, 5, 1), "2024-05-01"])
