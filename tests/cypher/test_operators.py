"""The operators on values: the cases of tests/cases/cypher/operators.yaml, and what a graph is needed for."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cypher import operators
from kg.cypher.errors import CypherTypeError
from kg.cypher.operators import MAX_INTEGER, MIN_INTEGER, add, divide, modulo, multiply, property_of, subscript
from kg.cypher.values import Node, Path, Relationship
from kg.graph import ScratchGraph
from tests.cypher.cases import check, load_cases

INTEGERS = st.integers(MIN_INTEGER, MAX_INTEGER)


@pytest.mark.parametrize(("name", "arguments", "expected"), load_cases("operators.yaml"))
def test_operators(name: str, arguments: list[Any], expected: Any) -> None:
    check(vars(operators), name, arguments, expected)


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
