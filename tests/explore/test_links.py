"""What two have in common, the way between them, and what changed: each with its sentence."""

from __future__ import annotations

from itertools import islice
from typing import Any

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import GraphError
from kg.explore import Selection, changes, compare, growth, missing, paths, project
from kg.explore.facts import node_of
from kg.graph.columns import PropertyGraph
from tests.explore.small_graphs import Claim, graph_of, on


def _node(graph: PropertyGraph, id_: str) -> int:
    found = node_of(graph, id_)
    assert found is not None
    return found


def _nodes(graph: PropertyGraph, *ids: str) -> tuple[int, ...]:
    return tuple(_node(graph, id_) for id_ in ids)


CHAIN: tuple[Claim, ...] = (
    ("country/LAO", "attended", "meeting/one"),
    ("country/VNM", "attended", "meeting/one"),
    ("country/VNM", "attended", "meeting/two"),
    ("leader/ito", "attended", "meeting/two"),
    ("leader/ito", "represents", "country/JPN"),
    ("country/LAO", "attended", "meeting/planned", {"modality": "planned"}),
    ("country/JPN", "attended", "meeting/planned", {"modality": "planned"}),
)


def test_path_leads_through_meetings_that_took_place() -> None:
    graph = graph_of(*CHAIN)
    found = paths(graph, *_nodes(graph, "country/LAO", "country/JPN"))
    assert found.paths == (("country/LAO", "meeting/one", "country/VNM", "meeting/two", "leader/ito", "country/JPN"),)
    assert [row["evidence"] is not None for row in found] == [True] * 5
    assert [row["claim"] for row in found][-1] == "Ito represents JPN"
    planned = Selection(modality="planned")
    (shortest,) = paths(graph, *_nodes(graph, "country/LAO", "country/JPN"), selection=planned).paths
    assert shortest == ("country/LAO", "meeting/planned", "country/JPN")


def test_surer_one_of_two_equal_paths_comes_first() -> None:
    graph = graph_of(
        ("country/LAO", "attended", "meeting/aaa", {"confidence": 0.4}),
        ("country/VNM", "attended", "meeting/aaa", {"confidence": 0.4}),
        ("country/LAO", "attended", "meeting/zzz", {"confidence": 0.9}),
        ("country/VNM", "attended", "meeting/zzz", {"confidence": 0.9}),
    )
    found = paths(graph, *_nodes(graph, "country/LAO", "country/VNM"))
    assert [path[1] for path in found.paths] == ["meeting/zzz", "meeting/aaa"]


def test_no_path_is_an_empty_answer() -> None:
    graph = graph_of(*CHAIN, ("country/PER", "attended", "meeting/alone"))
    assert paths(graph, *_nodes(graph, "country/PER", "country/LAO")).paths == ()
    assert paths(graph, *_nodes(graph, "country/LAO", "country/LAO")).paths == ()
    with pytest.raises(GraphError, match="meetings, facts"):
        paths(graph, *_nodes(graph, "country/PER", "country/LAO"), through="walls")


@settings(max_examples=60, deadline=None)
@given(
    st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=1),
    st.integers(0, 7),
    st.integers(0, 7),
    st.integers(1, 6),
)
def test_paths_are_as_short_as_networkx_finds_them(
    presence: set[tuple[int, int]], start: int, end: int, n: int
) -> None:
    ends: set[tuple[int, int]] = {(start, 0), (end, 1)}
    graph = graph_of(*((f"country/C{who}", "attended", f"meeting/m{what}") for who, what in sorted(presence | ends)))
    found = paths(graph, *_nodes(graph, f"country/C{start}", f"country/C{end}"), n=n).paths
    network = networkx.Graph((f"country/C{who}", f"meeting/m{what}") for who, what in presence | ends)
    expected: list[Any] = []
    if start != end and networkx.has_path(network, f"country/C{start}", f"country/C{end}"):
        expected = list(islice(networkx.shortest_simple_paths(network, f"country/C{start}", f"country/C{end}"), n))
    assert [len(path) for path in found] == [len(path) for path in expected]
    assert len(set(found)) == len(found)
    assert all(networkx.is_simple_path(network, path) for path in found)


def test_comparison_shows_both_sides_and_counts() -> None:
    graph = graph_of(
        *CHAIN,
        ("country/LAO", "signed", "framework/pact"),
        ("country/VNM", "signed", "framework/pact"),
        ("leader/minh", "represents", "country/VNM"),
        ("leader/minh", "visited", "country/LAO", {"happened": "2024-01"}),
    )
    found = compare(graph, *_nodes(graph, "country/LAO", "country/VNM"))
    assert [(row["in_common"], row["what"]) for row in found] == [
        ("directly", "Minh visited LAO"),
        ("meeting", "One"),
        ("signed", "Pact"),
    ]
    assert all(row["evidence"] for row in found)
    assert "meeting 1 and 2, 1 in common" in found.note


def test_growth_counts_each_year_even_one_without_a_meeting() -> None:
    graph = graph_of(
        *((f"country/{who}", "attended", f"meeting/{what}") for who in ("LAO", "VNM") for what in ("a", "b", "c")),
        meeting_a=on("2020-01-01"),
        meeting_b=on("2022-05-05"),
    )
    found = growth(project(graph), *_nodes(graph, "country/LAO", "country/VNM"))
    assert [(row["year"], row["weight"], row["total"]) for row in found] == [
        (None, 1, 1), (2020, 1, 2), (2021, 0, 2), (2022, 1, 3),
    ]  # fmt: skip


def test_member_that_no_report_names_is_missing_and_a_guest_is_not() -> None:
    graph = graph_of(
        ("country/MMR", "memberOf", "framework/gms"),
        ("meeting/one", "partOf", "framework/gms"),
        ("meeting/side", "partOf", "meeting/one"),
        ("country/LAO", "attended", "meeting/one"),
        ("country/LAO", "attended", "meeting/side"),
        ("country/JPN", "attended", "meeting/side"),
    )
    found = {
        (row["meeting"], row["country"]): (row["present"], row["basis"])
        for row in missing(graph, _node(graph, "framework/gms"))
    }
    assert found[("One", "MMR")] == (False, "member")
    assert found[("One", "LAO")] == (True, "regular")
    assert found[("Side", "JPN")] == (True, "guest")
    assert ("One", "JPN") not in found


def test_changes_name_new_and_ended_ties() -> None:
    claims: list[Claim] = [(f"country/{who}", "attended", "meeting/old") for who in ("LAO", "VNM")]
    claims += [(f"country/{who}", "attended", "meeting/new") for who in ("LAO", "JPN")]
    graph = graph_of(*claims, meeting_old=on("2019-03-03"), meeting_new=on("2024-03-03"))
    found = {(row["a"], row["b"]): row["change"] for row in changes(graph, "2019", "2023/2024")}
    assert found == {("LAO", "VNM"): "ended", ("JPN", "LAO"): "new"}
    with pytest.raises(GraphError, match="no period"):
        changes(graph, "before", "2024")
