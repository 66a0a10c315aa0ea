"""Any NetworkX graph becomes a property graph, and comes back as it was."""

from __future__ import annotations

from datetime import date
from typing import Any

import networkx
import numpy as np
import pytest
from hypothesis import given

from kg.errors import GraphError
from kg.graph.columns import PropertyGraph
from kg.graph.scratch import ScratchGraph
from tests.graph.random_graphs import Rows, graphs, patient, plain


def _multigraph(rows: Rows) -> networkx.MultiDiGraph:
    graph = networkx.MultiDiGraph()
    for node, (labels, properties) in enumerate(rows.nodes):
        held = {key: value for key, value in properties.items() if value is not None}
        graph.add_nodes_from([(f"n{node}", {"labels": sorted(labels), "id": node, **held})])
    for number, (source, target, type_, properties) in enumerate(rows.links):
        held = {key: value for key, value in properties.items() if value is not None}
        graph.add_edges_from([(f"n{source}", f"n{target}", number, {"type": type_, **held})])
    return graph


@patient
@given(rows=graphs())
def test_there_and_back_changes_nothing(rows: Rows) -> None:
    graph = _multigraph(rows)
    back = PropertyGraph.from_networkx(graph).to_networkx()
    assert list(back) == list(graph)
    assert [plain(back.nodes[n]) for n in back] == [plain(graph.nodes[n]) for n in graph]
    assert list(back.edges(keys=True)) == list(graph.edges(keys=True))
    assert [plain(d) for *_, d in back.edges(data=True)] == [plain(d) for *_, d in graph.edges(data=True)]


def _one_node(**attributes: Any) -> PropertyGraph:
    graph = networkx.Graph()
    graph.add_nodes_from([(7, attributes)])
    return PropertyGraph.from_networkx(graph)


@pytest.mark.parametrize(
    ("attributes", "labels", "properties"),
    [
        ({}, (), {"id": 7}),
        ({"labels": ["B", "A"], "type": "x"}, ("A", "B"), {"id": 7, "type": "x"}),
        ({"labels": "A"}, ("A",), {"id": 7}),
        ({"type": "A", "label": "x"}, ("A",), {"id": 7, "label": "x"}),
        ({"label": "A", "id": "own"}, ("A",), {"id": "own"}),
        ({"type": 3}, (), {"id": 7, "type": 3}),
        ({"x": np.float32(0.5), "y": (1, 2), "z": None}, (), {"id": 7, "x": 0.5, "y": [1, 2]}),
    ],
)
def test_labels_and_properties_of_a_node(attributes: dict[str, Any], labels: Any, properties: Any) -> None:
    graph = _one_node(**attributes)
    assert graph.labels_of(0) == labels
    assert graph.node_properties(0) == properties


@pytest.mark.parametrize(
    ("make", "attributes", "type_", "properties"),
    [
        (networkx.DiGraph, {}, "RELATED_TO", {}),
        (networkx.DiGraph, {"type": "KNOWS", "label": "x"}, "KNOWS", {"label": "x"}),
        (networkx.DiGraph, {"label": "KNOWS", "key": 1}, "KNOWS", {"key": 1}),
        (networkx.Graph, {"weight": 2}, "RELATED_TO", {"weight": 2}),
    ],
)
def test_type_of_an_edge(make: Any, attributes: dict[str, Any], type_: str, properties: dict[str, Any]) -> None:
    network = make()
    network.add_edges_from([("a", "b", attributes)])
    graph = PropertyGraph.from_networkx(network)
    assert (graph.n_relationships, graph.type_of(0), graph.relationship_properties(0)) == (1, type_, properties)
    assert (graph.node_property(graph.source_of(0), "id"), graph.target_of(0)) == ("a", 1)
    assert list(graph.to_networkx().edges(data=True)) == [("a", "b", {"type": type_, **properties})]


def test_key_of_a_multigraph_is_the_type_when_it_is_text() -> None:
    network = networkx.MultiGraph()
    network.add_edges_from([("a", "b", "KNOWS", {}), ("a", "b", 3, {})])
    graph = PropertyGraph.from_networkx(network)
    assert [graph.type_of(0), graph.type_of(1)] == ["KNOWS", "RELATED_TO"]


def test_node_that_is_a_tuple_has_no_id_and_keeps_its_name() -> None:
    network = networkx.DiGraph([((0, 1), (0, 2))])
    graph = PropertyGraph.from_networkx(network)
    assert graph.node_properties(0) == {}
    assert graph.node_key(1) == (0, 2)
    assert list(graph.to_networkx().edges()) == [((0, 1), (0, 2))]


@pytest.mark.parametrize("value", [{"a": 1}, object(), np.zeros(2), 2**63, date(2024, 1, 1), [{1}]])
def test_value_that_is_no_property_is_named(value: Any) -> None:
    network = networkx.DiGraph()
    network.add_node("ana", size=1)
    network.add_edge("ana", "bo", bad=value)
    with pytest.raises(GraphError, match="attribute 'bad' of edge 'ana' -> 'bo': "):
        PropertyGraph.from_networkx(network)
    network.remove_node("bo")
    network.nodes["ana"]["bad"] = value
    with pytest.raises(GraphError, match="attribute 'bad' of node 'ana': "):
        PropertyGraph.from_networkx(network)


def test_scratch_graph_is_exported_by_number() -> None:
    graph = ScratchGraph()
    gone = graph.add_node([], {})
    ana = graph.add_node(["Person"], {"name": "Ana", "key": 1})
    graph.add_relationship(ana, ana, "LIKES", {"key": "x"})
    graph.remove_node(gone)
    network = graph.to_networkx()
    assert dict(network.nodes(data=True)) == {1: {"key": 1, "labels": ["Person"], "name": "Ana"}}
    assert list(network.edges(keys=True, data=True)) == [(1, 1, 0, {"key": "x", "type": "LIKES"})]
