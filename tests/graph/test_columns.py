"""The graph in columns: the same answers as the graph in dictionaries and as plain lists."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cypher.temporal.parse import read_date
from kg.errors import GraphError
from kg.graph.cache import save_columns
from kg.graph.column import column_of
from kg.graph.columns import PropertyGraph
from kg.graph.protocol import ReadableGraph
from kg.graph.scratch import ScratchGraph
from kg.graph.tables import NodeTable, RelationshipTable
from tests.graph.random_graphs import VALUES, Rows, equal, graphs, patient, plain


def _scratch(rows: Rows) -> ScratchGraph:
    graph = ScratchGraph()
    for labels, properties in rows.nodes:
        graph.add_node(labels, properties)
    for link in rows.links:
        graph.add_relationship(*link)
    return graph


def _columns(rows: Rows) -> PropertyGraph:
    return PropertyGraph.build(rows.nodes, rows.links)


def _tables(rows: Rows) -> PropertyGraph:
    """Through one table for each row, as a caller with arrays would."""
    nodes = [NodeTable(labels, 1, {key: [v] for key, v in held.items()}) for labels, held in rows.nodes]
    links = [
        RelationshipTable(type_, [source], [target], {key: [v] for key, v in held.items()})
        for source, target, type_, held in rows.links
    ]
    return PropertyGraph.from_tables(nodes, links)


MAKERS: list[Callable[[Rows], ReadableGraph]] = [
    _scratch,
    _columns,
    _tables,
    lambda rows: _scratch(rows).freeze(),
    lambda rows: ScratchGraph.copy_of(_columns(rows)),
]


@pytest.mark.parametrize("make", MAKERS, ids=["scratch", "columns", "tables", "frozen", "copied"])
@patient
@given(rows=graphs())
def test_every_question_has_the_plain_answer(make: Callable[[Rows], ReadableGraph], rows: Rows) -> None:
    graph = make(rows)
    _check_whole(graph, rows)
    for node in range(len(rows.nodes)):
        _check_node(graph, rows, node)
    for number in range(len(rows.links)):
        _check_relationship(graph, rows, number)


def _check_whole(graph: ReadableGraph, rows: Rows) -> None:
    assert (graph.n_nodes, graph.n_relationships) == (len(rows.nodes), len(rows.links))
    assert list(graph.nodes()) == list(range(len(rows.nodes)))
    assert list(graph.relationships()) == list(range(len(rows.links)))
    assert list(graph.labels()) == sorted({label for labels, _ in rows.nodes for label in labels})
    assert list(graph.types()) == sorted({link[2] for link in rows.links})
    held = (*rows.nodes, *rows.links)
    assert list(graph.property_keys()) == sorted({key for row in held for key in rows.properties(row)})
    for label in ("A", "B", "Ü", "none"):
        having = [node for node, (labels, _) in enumerate(rows.nodes) if label in labels]
        assert list(graph.nodes_with_label(label)) == having
        assert graph.n_with_label(label) == len(having)
    for type_ in ("R", "S", "none"):
        assert graph.n_with_type(type_) == sum(link[2] == type_ for link in rows.links)


def _check_node(graph: ReadableGraph, rows: Rows, node: int) -> None:
    labels, properties = rows.nodes[node]
    assert graph.has_node(node)
    assert sorted(graph.labels_of(node)) == sorted(labels)
    assert [graph.has_label(node, label) for label in ("A", "B", "none")] == ["A" in labels, "B" in labels, False]
    assert plain(graph.node_properties(node)) == plain(rows.properties(rows.nodes[node]))
    assert list(graph.node_properties(node)) == sorted(rows.properties(rows.nodes[node]))
    for key in ("flag", "count", "weight", "name", "list", "any", "none"):
        assert plain(graph.node_property(node, key)) == plain(properties.get(key))
    for types in (None, [], ["R"], ["S", "R", "S"], ["none", "T"]):
        chosen = [(n, link) for n, link in enumerate(rows.links) if types is None or link[2] in types]
        assert list(graph.outgoing(node, types)) == [(n, link[1]) for n, link in chosen if link[0] == node]
        assert list(graph.incoming(node, types)) == [(n, link[0]) for n, link in chosen if link[1] == node]


def _check_relationship(graph: ReadableGraph, rows: Rows, number: int) -> None:
    link = rows.links[number]
    assert graph.has_relationship(number)
    assert (graph.source_of(number), graph.target_of(number), graph.type_of(number)) == link[:3]
    assert plain(graph.relationship_properties(number)) == plain(rows.properties(link))
    for key in ("flag", "count", "any", "none"):
        assert plain(graph.relationship_property(number, key)) == plain(link[3].get(key))


@patient
@given(rows=graphs(), value=VALUES, label=st.sampled_from([None, "A", "none"]))
def test_find_gives_what_cypher_calls_equal(rows: Rows, value: Any, label: str | None) -> None:
    for key in ("flag", "count", "weight", "name", "list", "any", "none"):
        expected = [
            node
            for node, (labels, held) in enumerate(rows.nodes)
            if (label is None or label in labels) and equal(held.get(key), value)
        ]
        assert list(_columns(rows).find_nodes(label, key, value)) == expected
        assert list(_scratch(rows).find_nodes(label, key, value)) == expected


@patient
@given(st.lists(VALUES, max_size=8), st.lists(st.integers(-1, 7), max_size=8))
def test_column_gives_back_its_values_and_takes_rows(values: list[Any], rows: list[int]) -> None:
    column = column_of(values)
    assert plain(column.to_list()) == plain(values)
    assert plain([column.value(row) for row in range(len(values))]) == plain(values)
    taken = [row for row in rows if row < len(values)]
    expected = [values[row] if row >= 0 else None for row in taken]
    assert plain(column.take(np.array(taken, np.int64)).to_list()) == plain(expected)
    null = np.zeros(len(values), bool) if column.null is None else column.null
    assert null.tolist() == [value is None for value in values]


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([1, None], "int"),
        ([1.5, None], "float"),
        ([True, None], "bool"),
        (["a", ""], "string"),
        ([1, 1.0], "object"),
        ([True, 1], "object"),
        ([["a"], None], "object"),
        (np.array([1, 2], np.int32), "int"),
        (np.array(["a", "b"]), "string"),
        ([np.float64(1), 2.0], "float"),
    ],
)
def test_column_has_the_narrowest_kind(values: Any, kind: str) -> None:
    assert column_of(values).kind == kind


def test_strings_are_coded_in_the_order_of_code_points() -> None:
    column = column_of(["b", "é", "B", "b", "\U0001f600", "\uffff"])
    assert column.vocabulary == ["B", "b", "é", "\uffff", "\U0001f600"]
    assert column.values.tolist() == [1, 2, 0, 1, 4, 3]
    assert column.rank.tolist() == [0, 1, 2, 3, 4]


def test_row_by_row_answers_are_plain_python() -> None:
    graph = PropertyGraph.build([(["A"], {"n": 1, "x": 0.5, "ok": True, "s": "a"})], [(0, 0, "R", {"n": 2})])
    assert [type(value) for value in graph.node_properties(0).values()] == [int, bool, str, float]
    pair = next(iter(graph.outgoing(0)))
    assert [type(number) for number in (*pair, graph.source_of(0), *graph.find_nodes("A", "n", 1))] == [int] * 4


def test_arrays_cannot_be_written_to() -> None:
    graph = PropertyGraph.build([(["A"], {"n": 1, "s": "a"})], [(0, 0, "R", {})])
    near = graph.adjacency("R", "out")
    for array in (
        graph.label_mask("A"), graph.source, graph.target, graph.type_codes, near.offsets, near.neighbours,
        near.relationships, graph.node_column("n").values, graph.node_column("s").values,
    ):  # fmt: skip
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_adjacency_lists_relationships_in_ascending_order() -> None:
    graph = PropertyGraph.build([([], {})] * 3, [(2, 0, "R", {}), (0, 1, "R", {}), (2, 1, "S", {}), (2, 2, "R", {})])
    near = graph.adjacency(None, "out")
    assert near.offsets.tolist() == [0, 1, 1, 4]
    assert (near.relationships.tolist(), near.neighbours.tolist()) == ([1, 0, 2, 3], [1, 0, 1, 2])
    assert near.degrees.tolist() == [1, 0, 3]
    assert graph.adjacency("R", "in").relationships.tolist() == [0, 1, 3]
    assert graph.adjacency("none", "in").degrees.tolist() == [0, 0, 0]
    assert near.offsets.dtype == np.int64
    assert near.neighbours.dtype == near.relationships.dtype == np.int32


def test_distinct_values_of_a_label_are_counted() -> None:
    graph = PropertyGraph.build([(["A"], {"s": s}) for s in ("x", "y", "x", None)] + [(["B"], {"s": "z"})], [])
    assert (graph.n_distinct("A", "s"), graph.n_distinct(None, "s"), graph.n_distinct("A", "none")) == (2, 3, 0)


@pytest.mark.parametrize("value", [2**63, -(2**63) - 1, [2**63], {"a": 1}, np.array([1]), {1}, b"x", object()])
def test_what_is_no_property_is_refused_by_name(value: Any) -> None:
    with pytest.raises(GraphError, match="property 'bad' of node 1: "):
        PropertyGraph.build([([], {"bad": 1}), ([], {"bad": value})], [])


def test_temporal_values_are_carried_as_they_are(tmp_path: Path) -> None:
    day = read_date("2024-11-07")
    graph = PropertyGraph.build([([], {"day": day}), ([], {"day": 1}), ([], {"days": [day]})], [])
    assert graph.node_property(0, "day") == day
    assert list(graph.find_nodes(None, "day", read_date("2024-11-07"))) == [0]
    assert list(graph.find_nodes(None, "days", [day])) == [2]
    # Only in memory: the store has none, and JSON no form for them.
    assert not save_columns(graph, tmp_path / "columns", "a")


def test_relationship_to_nowhere_is_refused() -> None:
    with pytest.raises(GraphError, match="relationship 0 ends at node 2, but there are 1"):
        PropertyGraph.build([([], {})], [(0, 2, "R", {})])


def test_table_with_columns_of_unequal_length_is_refused() -> None:
    with pytest.raises(GraphError, match="property 'n' of nodes has 1 values for 2 rows"):
        PropertyGraph.from_tables([NodeTable(["A"], 2, {"n": [1]})], [])
