"""A query that takes too long or too much is stopped, and says so."""

from __future__ import annotations

import time

import pytest

from kg.cypher import Graph
from kg.cypher.errors import ResourceLimit
from kg.graph import ScratchGraph


def clique(n: int) -> Graph:
    """Everybody has met everybody."""
    graph = Graph(ScratchGraph())
    graph.query(f"UNWIND range(1, {n}) AS i CREATE (:Person {{n: i}})")
    graph.query("MATCH (a:Person), (b:Person) WHERE a.n < b.n CREATE (a)-[:MET]->(b)")
    return graph


@pytest.mark.parametrize(
    "query",
    [
        "MATCH (a)-[*]-(b) RETURN count(*)",
        "MATCH p = (a)-[*5..]-(a) RETURN p ORDER BY length(p)",
        "MATCH (a), (b), (c), (d), (e), (f) RETURN count(*)",
        "UNWIND range(1, 1000000) AS x UNWIND range(1, 1000000) AS y RETURN sum(x + y)",
        "RETURN size([x IN range(1, 9000000) WHERE all(y IN range(1, 9000000) WHERE y > 0)])",
        "RETURN reduce(s = 0, x IN range(1, 9000000) | s + reduce(t = 0, y IN range(1, 9000000) | t + 1))",
    ],
)
def test_time_is_kept(query: str) -> None:
    graph, begun = clique(15), time.monotonic()
    with pytest.raises(ResourceLimit) as caught:
        graph.query(query, timeout=0.3)
    assert caught.value.detail == "TimeLimit"
    assert time.monotonic() - begun < 5


def test_memory_is_kept() -> None:
    with pytest.raises(ResourceLimit) as caught:
        clique(12).query("MATCH p = (a)-[*]-(b) RETURN collect(p)", memory=50, timeout=60)
    assert caught.value.detail == "MemoryLimit"


def test_a_list_cannot_grow_without_end() -> None:
    with pytest.raises(ResourceLimit):
        Graph(ScratchGraph()).query("WITH range(1, 9999999) AS l RETURN size(l + l + l)")


def test_the_graph_can_be_asked_again_after_a_stop() -> None:
    graph = clique(15)
    with pytest.raises(ResourceLimit):
        graph.query("MATCH (a)-[*]-(b) RETURN count(*)", timeout=0.1)
    assert graph.query("MATCH (a) RETURN count(*)").single() == 15
