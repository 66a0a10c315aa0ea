"""Measures are those of NetworkX, to nine digits; brokerage is what its sentence says."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import GraphError
from kg.explore import MEASURES, communities, project, rank
from kg.explore.betweenness import exact_betweenness
from kg.explore.communities import groups_of
from tests.explore.small_graphs import Claim, graph_of

PRESENCE = st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1)


def _at_meetings(presence: set[tuple[int, int]]) -> list[Claim]:
    return [(f"country/C{who}", "attended", f"meeting/m{what}") for who, what in sorted(presence)]


def _funded(presence: set[tuple[int, int]]) -> list[Claim]:
    """Country `a` pays project `b`, in which country `b` takes part."""
    claims: list[Claim] = [(f"project/p{b}", "fundedBy", f"country/C{a}") for a, b in sorted(presence)]
    return claims + [(f"country/C{b}", "participatesIn", f"project/p{b}") for b in sorted({b for _, b in presence})]


REFERENCE = {
    "degree": lambda network: dict(network.degree()),
    "weighted": lambda network: dict(network.degree(weight="weight")),
    "betweenness": networkx.betweenness_centrality,
    "pagerank": lambda network: networkx.pagerank(network, weight="weight", tol=1e-13, max_iter=1000),
}


@pytest.mark.parametrize("by", ["meetings", "funding"])
@pytest.mark.parametrize("measure", sorted(REFERENCE))
@settings(max_examples=40, deadline=None)
@given(presence=PRESENCE)
def test_measure_is_that_of_networkx(by: str, measure: str, presence: set[tuple[int, int]]) -> None:
    claims = _at_meetings(presence) if by == "meetings" else _funded(presence)
    projection = project(graph_of(*claims), by=by)
    expected: dict[str, float] = REFERENCE[measure](projection.to_networkx())
    found = {row["id"]: row["score"] for row in rank(projection, measure)}
    assert found.keys() == expected.keys()
    assert all(abs(found[id_] - score) < 1e-9 for id_, score in expected.items())


@pytest.mark.parametrize("directed", [False, True])
@settings(max_examples=100, deadline=None)
@given(
    ties=st.sets(st.tuples(st.integers(0, 25), st.integers(0, 25)).filter(lambda tie: tie[0] != tie[1])),
    long_way=st.booleans(),
)
def test_betweenness_over_arrays_is_that_of_networkx(
    directed: bool, ties: set[tuple[int, int]], long_way: bool
) -> None:
    network = networkx.DiGraph() if directed else networkx.Graph()
    network.add_nodes_from(range(26))
    network.add_edges_from(sorted(ties) + [(i, i + 1) for i in range(25) if long_way])
    a, b = np.array(network.edges, np.int64).reshape(-1, 2).T
    found = exact_betweenness(26, a, b, directed=directed)
    expected = networkx.betweenness_centrality(network)
    assert np.abs(found - [expected[i] for i in range(26)]).max() < 1e-9


@settings(max_examples=40, deadline=None)
@given(presence=PRESENCE)
def test_brokers_join_pairs_of_two_groups_without_a_tie(presence: set[tuple[int, int]]) -> None:
    projection = project(graph_of(*_at_meetings(presence)))
    network = projection.to_networkx()
    group = dict(zip(map(projection.names.id, projection.nodes.tolist()), groups_of(projection), strict=True))
    for row in rank(projection, "brokerage"):
        pairs = combinations(network[row["id"]], 2)
        assert row["score"] == sum(group[a] != group[b] and not network.has_edge(a, b) for a, b in pairs)


def _two_cliques() -> Any:
    """Four countries at three meetings, four others at three others, and E at both kinds."""
    claims: list[Claim] = []
    for clique, meetings in (("ABCD", range(3)), ("WXYZ", range(3, 6))):
        claims += [(f"country/{who}", "attended", f"meeting/m{what}") for who in clique for what in meetings]
    claims += [("country/A", "attended", "meeting/m7"), ("country/E", "attended", "meeting/m7")]
    claims += [("country/W", "attended", "meeting/m8"), ("country/E", "attended", "meeting/m8")]
    return project(graph_of(*claims))


def test_who_stands_between_two_cliques_leads_by_betweenness() -> None:
    found = rank(_two_cliques(), "betweenness", limit=3)
    assert [row["id"] for row in found] == ["country/E", "country/A", "country/W"]
    assert [row["rank"] for row in found] == [1, 2, 2]


def test_cliques_are_communities_and_stay_so_with_the_same_seed() -> None:
    projection = _two_cliques()
    found = communities(projection, seed=3)
    assert found.rows == communities(projection, seed=3).rows
    # E has as much to do with the one as with the other.
    cliques = sorted("".join(sorted(id_[-1] for id_ in group if id_ != "country/E")) for group in found.groups)
    assert cliques == ["ABCD", "WXYZ"]
    assert all(row["evidence"] for row in found)


def test_every_row_shows_its_strongest_tie() -> None:
    (first, *_) = rank(_two_cliques(), "weighted")
    assert (first["strongest_weight"], first["strongest_tie"]) == (3, "B")
    assert "attended" in first["evidence"]


def test_empty_projection_has_no_ranks() -> None:
    nothing = project(graph_of(("topic/trade", "cooperatesWith", "topic/energy")))
    assert [len(rank(nothing, measure)) for measure in MEASURES] == [0] * len(MEASURES)
    assert len(communities(nothing)) == 0


def test_unknown_measure_names_the_others() -> None:
    with pytest.raises(GraphError, match="pagerank"):
        rank(_two_cliques(), "fame")


def test_large_weights_do_not_change_betweenness() -> None:
    claims: list[Claim] = []
    for n in range(5):
        claims += [("country/A", "attended", f"meeting/m{n}"), ("country/B", "attended", f"meeting/m{n}")]
    claims += [("country/B", "attended", "meeting/x"), ("country/C", "attended", "meeting/x")]
    scores = [row["score"] for row in rank(project(graph_of(*claims)), "betweenness")]
    assert np.allclose(scores, [1, 0, 0])
