"""The graph that a query writes to: what is written can be read, and numbers are never used again."""

from __future__ import annotations

import pytest

from kg.graph.scratch import ScratchGraph


@pytest.fixture
def graph() -> ScratchGraph:
    """Ana knows Bo twice, Bo likes herself."""
    graph = ScratchGraph()
    ana = graph.add_node(["Person", "Leader"], {"name": "Ana", "born": 1970, "gone": None})
    bo = graph.add_node(["Person"], {"name": "Bo"})
    graph.add_relationship(ana, bo, "KNOWS", {"since": 2001, "why": None})
    graph.add_relationship(bo, bo, "LIKES", {})
    graph.add_relationship(ana, bo, "KNOWS", {})
    return graph


def test_what_is_written_can_be_read(graph: ScratchGraph) -> None:
    assert (graph.n_nodes, graph.n_relationships) == (2, 3)
    assert (graph.labels(), graph.types()) == (["Leader", "Person"], ["KNOWS", "LIKES"])
    assert graph.property_keys() == ["born", "name", "since"]
    assert graph.labels_of(0) == ("Person", "Leader")
    assert graph.node_properties(0) == {"born": 1970, "name": "Ana"}
    assert (graph.type_of(0), graph.source_of(0), graph.target_of(0)) == ("KNOWS", 0, 1)
    assert graph.relationship_properties(0) == {"since": 2001}


def test_neighbours_come_by_relationship_number_whatever_the_types(graph: ScratchGraph) -> None:
    assert list(graph.incoming(1)) == [(0, 0), (1, 1), (2, 0)]
    assert list(graph.incoming(1, ["LIKES", "KNOWS", "KNOWS"])) == [(0, 0), (1, 1), (2, 0)]
    assert list(graph.outgoing(1, ["LIKES"])) == [(1, 1)]
    assert list(graph.outgoing(1, [])) == []


def test_numbers_are_never_used_again(graph: ScratchGraph) -> None:
    graph.remove_relationship(2)
    assert graph.add_relationship(0, 1, "KNOWS", {}) == 3
    lonely = graph.add_node([], {})
    graph.remove_node(lonely)
    assert graph.add_node([], {}) == lonely + 1
    assert not graph.has_node(lonely)


def test_connected_node_cannot_be_removed(graph: ScratchGraph) -> None:
    with pytest.raises(ValueError, match="still has relationships"):
        graph.remove_node(0)


def test_labels_and_types_no_longer_used_are_not_listed(graph: ScratchGraph) -> None:
    graph.remove_label(0, "Leader")
    graph.remove_relationship(1)
    assert (graph.labels(), graph.types()) == (["Person"], ["KNOWS"])
    assert (graph.n_with_label("Leader"), graph.n_with_type("LIKES")) == (0, 0)


def test_label_given_late_keeps_nodes_in_order(graph: ScratchGraph) -> None:
    last = graph.add_node(["Leader"], {})
    graph.add_label(1, "Leader")
    assert list(graph.nodes_with_label("Leader")) == [0, 1, last]


def test_find_follows_every_change(graph: ScratchGraph) -> None:
    assert list(graph.find_nodes("Person", "name", "Bo")) == [1]
    graph.set_node_property(0, "name", "Bo")
    assert list(graph.find_nodes("Person", "name", "Bo")) == [0, 1]
    assert list(graph.find_nodes("Leader", "name", "Bo")) == [0]
    graph.set_node_property(1, "name", None)
    new = graph.add_node([], {"name": "Bo"})
    assert list(graph.find_nodes(None, "name", "Bo")) == [0, new]
    graph.remove_node(new)
    assert list(graph.find_nodes(None, "name", "Bo")) == [0]


@pytest.mark.parametrize(
    ("value", "equal"), [(1, [0, 1]), (1.0, [0, 1]), (True, [2]), ("1", [3]), ([True], [4]), ([1], [5])]
)
def test_find_compares_as_cypher_does(value: object, equal: list[int]) -> None:
    graph = ScratchGraph()
    for held in (1, 1.0, True, "1", [True], [1.0], float("nan"), [float("nan")], [None]):
        graph.add_node([], {"x": held})
    assert list(graph.find_nodes(None, "x", value)) == equal


@pytest.mark.parametrize("value", [None, float("nan"), [None], [float("nan")]])
def test_null_and_nan_equal_nothing(value: object) -> None:
    graph = ScratchGraph()
    graph.add_node([], {"x": value})
    assert list(graph.find_nodes(None, "x", value)) == []


def test_copy_is_equal_and_apart(graph: ScratchGraph) -> None:
    graph.remove_relationship(0)
    copy = ScratchGraph.copy_of(graph)
    assert list(copy.outgoing(0)) == [(1, 1)]
    copy.set_node_property(0, "name", "Cy")
    assert graph.node_property(0, "name") == "Ana"
