"""Shortest paths, compared with NetworkX."""

from __future__ import annotations

from collections import Counter

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.cypher import Graph
from kg.graph import ScratchGraph

ENDS = st.integers(0, 5)
LINKS = st.lists(st.tuples(ENDS, ENDS), max_size=12)


def both(links: list[tuple[int, int]]) -> tuple[Graph, networkx.MultiDiGraph]:
    """Six nodes with these links, for the engine and for NetworkX."""
    scratch, network = ScratchGraph(), networkx.MultiDiGraph()
    network.add_nodes_from(scratch.add_node((), {"n": n}) for n in range(6))
    for source, target in links:
        network.add_edge(source, target, key=scratch.add_relationship(source, target, "R", {}))
    return Graph(scratch), network


def expected_paths(network: networkx.MultiDiGraph, start: int, end: int, directed: bool) -> Counter[tuple[int, ...]]:
    """The nodes of each shortest path, as often as there are ways along parallel relationships."""
    counts: Counter[tuple[int, ...]] = Counter()
    simple = networkx.DiGraph(network) if directed else networkx.Graph(network)
    if start == end or not networkx.has_path(simple, start, end):
        return counts
    for path in networkx.all_shortest_paths(simple, start, end):
        ways = 1
        for a, b in zip(path, path[1:], strict=False):
            ways *= network.number_of_edges(a, b) + (0 if directed else network.number_of_edges(b, a))
        counts[tuple(path)] = ways
    return counts


@settings(deadline=None, max_examples=150)
@given(links=LINKS, start=ENDS, end=ENDS, arrow=st.sampled_from(["->", "<-", "--"]))
def test_all_shortest_paths_are_those_of_networkx(
    links: list[tuple[int, int]], start: int, end: int, arrow: str
) -> None:
    graph, network = both(links)
    left, right = {"->": ("-", "->"), "<-": ("<-", "-"), "--": ("-", "-")}[arrow]
    text = f"MATCH (a {{n: $a}}), (b {{n: $b}}), p = KIND((a){left}[*]{right}(b)) RETURN [x IN nodes(p) | x.n]"
    expected = expected_paths(network.reverse() if arrow == "<-" else network, start, end, arrow != "--")
    every = graph.query(text.replace("KIND", "allShortestPaths"), a=start, b=end)
    assert Counter(tuple(row[0]) for row in every.rows) == expected
    one = graph.query(text.replace("KIND", "shortestPath"), a=start, b=end)
    assert [tuple(row[0]) in expected for row in one.rows] == ([True] if expected else [])


@pytest.mark.parametrize(("length", "n"), [("*..2", 0), ("*..3", 1), ("*", 1), ("*0..", 1)])
def test_a_shortest_path_is_no_longer_than_allowed(length: str, n: int) -> None:
    graph, _ = both([(0, 1), (1, 2), (2, 3)])
    query = f"MATCH (a {{n: 0}}), (b {{n: 3}}), p = shortestPath((a)-[{length}]->(b)) RETURN p"
    assert len(graph.query(query)) == n


def test_each_hop_of_a_shortest_path_fulfils_the_pattern() -> None:
    graph = Graph(ScratchGraph())
    graph.query("CREATE (a:A)-[:R {ok: false}]->(b:B), (a)-[:R {ok: true}]->()-[:R {ok: true}]->(b)")
    query = "MATCH p = shortestPath((:A)-[:R* {ok: true}]->(:B)) RETURN length(p)"
    assert graph.query(query).single() == 2
