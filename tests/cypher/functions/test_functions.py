"""Functions of values: the cases of tests/cases/cypher/functions.yaml, functions of a graph, and result types."""

from typing import Any

import pytest

from kg.cypher import types
from kg.cypher.errors import CypherTypeError, EntityNotFound
from kg.cypher.functions import FUNCTIONS
from kg.cypher.temporal import Clock, Date, DateTime
from kg.cypher.types import Type, list_of
from kg.cypher.values import Node, Path, Relationship, type_of
from kg.graph import ScratchGraph
from tests.cypher.cases import check, load_cases


def call(name: str, *arguments: Any) -> Any:
    return FUNCTIONS[name.lower()].call(*arguments)


@pytest.mark.parametrize(("name", "arguments", "expected"), load_cases("functions.yaml"))
def test_functions(name: str, arguments: list[Any], expected: Any) -> None:
    check({name: FUNCTIONS[name.lower()].call}, name, arguments, expected)


@pytest.mark.parametrize(("name", "arguments", "expected"), load_cases("functions.yaml"))
def test_the_binder_promises_no_type_that_the_value_has_not(name: str, arguments: list[Any], expected: Any) -> None:
    if not (isinstance(expected, dict) and "error" in expected):
        promised = FUNCTIONS[name.lower()].type_of(tuple(map(type_of, arguments)))
        assert type_of(expected).kinds <= promised.kinds


def test_every_call_takes_as_many_arguments_as_its_entry_says() -> None:
    for function in FUNCTIONS.values():
        assert 0 <= function.n_optional <= len(function.parameters)
        assert not function.variadic or function.parameters


def test_functions_of_nodes_relationships_and_paths() -> None:
    graph = ScratchGraph()
    leader = Node(graph, graph.add_node(["Leader", "Person"], {"name": "X"}))
    country = Node(graph, graph.add_node(["Country"], {}))
    leads = Relationship(graph, graph.add_relationship(leader.id, country.id, "LEADS", {"since": 2020}))
    path = Path([country, leader], [leads])
    assert call("labels", leader) == ["Leader", "Person"]
    assert call("type", leads) == "LEADS"
    assert call("keys", leader) == ["name"]
    assert call("properties", leads) == {"since": 2020}
    assert (call("startNode", leads), call("endNode", leads)) == (leader, country)
    assert (call("nodes", path), call("relationships", path)) == ([country, leader], [leads])
    assert call("length", path) == 1
    assert call("id", country) == country.id
    assert call("elementId", country) == str(country.id)
    assert call("toStringOrNull", leader) is None
    with pytest.raises(CypherTypeError, match=r"labels\(\) takes Node, not a relationship"):
        call("labels", leads)


def test_a_deleted_node_has_no_labels_to_read() -> None:
    graph = ScratchGraph()
    node = Node(graph, graph.add_node(["A"], {}))
    graph.remove_node(node.id)
    with pytest.raises(EntityNotFound):
        call("labels", node)


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("head", (list_of(types.NODE),), types.NODE),
        ("last", (types.LIST,), types.ANY),
        ("tail", (list_of(types.STRING),), list_of(types.STRING)),
        ("reverse", (types.STRING,), types.STRING),
        ("abs", (types.ANY,), types.NUMBER),
        ("abs", (types.INTEGER,), types.INTEGER),
        ("coalesce", (types.NULL, list_of(types.NODE)), list_of(types.NODE)),
        ("coalesce", (types.STRING, types.INTEGER), types.STRING | types.INTEGER),
        ("nodes", (types.PATH,), list_of(types.NODE)),
    ],
)
def test_result_types(name: str, arguments: tuple[Type, ...], expected: Type) -> None:
    assert FUNCTIONS[name].type_of(arguments) == expected


@pytest.mark.parametrize(
    ("name", "argument"),
    [
        ("length", types.NODE),
        ("length", types.RELATIONSHIP),
        ("type", types.NODE),
        ("labels", types.PATH),
        ("size", types.PATH),
        ("properties", types.INTEGER),
        ("properties", list_of(types.BOOLEAN)),
    ],
)
def test_calls_that_the_binder_can_refuse(name: str, argument: Type) -> None:
    assert not argument.may_be(FUNCTIONS[name].parameters[0])


def test_what_changes_from_call_to_call_is_not_constant() -> None:
    changing = [name for name, function in FUNCTIONS.items() if not function.constant]
    assert [name for name in changing if not name.endswith(".realtime")] == ["rand", "randomuuid"]
    assert 0 <= call("rand") < 1
    assert call("randomUUID") != call("randomUUID")


def test_times_as_arguments() -> None:
    day = Date.of(2024, 5, 1)
    assert call("toString", day) == "2024-05-01"
    assert call("valueType", DateTime.at(0, 0)) == "ZONED DATETIME NOT NULL"
    assert call("timestamp", Clock(seconds=2, nanoseconds=5_000_000)) == 2005
    assert call("coll.max", [day, Date.of(2024, 4, 30)]) == day
    with pytest.raises(CypherTypeError, match=r"toInteger\(\) takes Boolean or Float or Integer or String, not a Date"):
        call("toInteger", day)
