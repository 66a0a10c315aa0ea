"""Ties count summits, not wires: what happened, once for each thing, by whoever was there."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import GraphError
from kg.explore import KINDS, Projection, Selection, project
from tests.explore.small_graphs import Claim, graph_of, on

SUMMIT = "meeting/summit"


def weights(projection: Projection) -> dict[tuple[str, str], int]:
    pairs = zip(projection.a.tolist(), projection.b.tolist(), projection.weight.tolist(), strict=True)
    return {(projection.names.id(a), projection.names.id(b)): weight for a, b, weight in pairs}


def test_two_wires_and_two_words_for_presence_are_one_meeting() -> None:
    graph = graph_of(
        ("country/LAO", "attended", SUMMIT, {"twice": True}),
        ("country/LAO", "attended", SUMMIT, {"happened": "2024"}),
        ("country/VNM", "attended", SUMMIT),
        ("country/VNM", "chaired", SUMMIT),
    )
    assert weights(project(graph)) == {("country/LAO", "country/VNM"): 1}


def test_country_is_where_its_leader_is() -> None:
    graph = graph_of(
        ("leader/ana", "ledDelegation", SUMMIT),
        ("leader/ana", "represents", "country/PER"),
        ("country/JPN", "hosted", SUMMIT),
    )
    assert weights(project(graph)) == {("country/JPN", "country/PER"): 1}
    (tie,) = project(graph).ties()
    assert len(tie["facts"]) == 2


@pytest.mark.parametrize("doubt", [{"modality": "planned"}, {"status": "disputed"}])
def test_planned_and_disputed_presence_is_none_unless_asked_for(doubt: dict[str, str]) -> None:
    graph = graph_of(("country/LAO", "attended", SUMMIT), ("country/VNM", "attended", SUMMIT, doubt))
    assert weights(project(graph)) == {}
    everything = Selection(modality=None, status=None)
    assert weights(project(graph, selection=everything)) == {("country/LAO", "country/VNM"): 1}


def test_visit_told_by_city_and_by_country_is_one_and_next_year_is_another() -> None:
    graph = graph_of(
        ("leader/ana", "represents", "country/PER"),
        ("leader/ana", "visited", "country/VNM", {"happened": "2024-01"}),
        ("leader/ana", "visited", "place/hanoi", {"happened": "2024-01-06"}),
        ("leader/ana", "visited", "country/VNM"),
        ("leader/ana", "visited", "country/VNM", {"happened": "2025-03"}),
        place_hanoi={"country": "country/VNM"},
    )
    visits = project(graph, by="visits")
    assert weights(visits) == {("country/PER", "country/VNM"): 2}
    (tie,) = visits.ties()
    assert (tie["latest"], tie["date"]) == ("visit of Ana to VNM, 2025-03", "2025-03")


def test_met_at_a_meeting_is_no_second_meeting() -> None:
    claims: tuple[Claim, ...] = (
        ("leader/ana", "attended", SUMMIT),
        ("leader/bo", "attended", SUMMIT),
        ("leader/ana", "met", "leader/bo", {"happened": "2024-11"}),
    )
    pair = ("leader/ana", "leader/bo")
    assert weights(project(graph_of(*claims, meeting_summit=on("2024-11-07")), "leaders")) == {pair: 1}
    assert weights(project(graph_of(*claims, meeting_summit=on("2023-11-07")), "leaders")) == {pair: 2}


def test_money_goes_from_the_funder_to_who_takes_part() -> None:
    graph = graph_of(
        ("project/bridge", "fundedBy", "country/JPN"),
        ("country/LAO", "participatesIn", "project/bridge"),
        ("country/JPN", "participatesIn", "project/bridge"),
    )
    assert weights(project(graph, by="funding")) == {("country/JPN", "country/LAO"): 1}


def test_papers_signed_by_a_minister_bind_the_country() -> None:
    graph = graph_of(
        ("leader/ana", "signed", "framework/pact"),
        ("leader/ana", "represents", "country/PER"),
        ("country/JPN", "signed", "framework/pact", {"happened": "2024-05"}),
    )
    assert weights(project(graph, by="frameworks")) == {("country/JPN", "country/PER"): 1}
    (tie,) = project(graph, by="frameworks").ties()
    assert tie["date"] == "2024-05"


def test_country_in_a_framework_counts_membership_and_its_meetings() -> None:
    graph = graph_of(
        ("country/LAO", "memberOf", "framework/gms"),
        ("country/LAO", "attended", SUMMIT),
        ("country/CHN", "attended", SUMMIT),
        (SUMMIT, "partOf", "framework/gms"),
    )
    found = weights(project(graph, "frameworks"))
    assert found == {("country/LAO", "framework/gms"): 2, ("country/CHN", "framework/gms"): 1}


def test_topics_are_tied_by_the_meetings_that_discussed_both() -> None:
    graph = graph_of((SUMMIT, "discussed", "topic/trade"), (SUMMIT, "discussed", "topic/energy"))
    assert weights(project(graph, "topics")) == {("topic/energy", "topic/trade"): 1}


def test_days_of_the_meeting_decide_for_all_who_were_there() -> None:
    graph = graph_of(
        ("country/LAO", "attended", SUMMIT, {"happened": "2024"}),
        ("country/VNM", "attended", SUMMIT),
        meeting_summit=on("2024-11-07"),
    )
    pair = {("country/LAO", "country/VNM"): 1}
    assert weights(project(graph, selection=Selection(since="2024-11"))) == pair
    assert weights(project(graph, selection=Selection(until="2024-06"))) == {}


def test_tie_shows_the_sentence_that_names_both() -> None:
    both = "Laos and Vietnam met."
    graph = graph_of(
        ("country/LAO", "hosted", SUMMIT, {"twice": True}),
        ("country/LAO", "attended", SUMMIT, {"said": both}),
        ("country/VNM", "attended", SUMMIT, {"said": both}),
    )
    (tie,) = project(graph).ties()
    assert tie["evidence"] == both
    assert tie["document"] == "A report, A wire, 2024-12-31"


def test_unknown_words_name_the_choices() -> None:
    with pytest.raises(GraphError, match="countries by visits"):
        project(graph_of(("country/LAO", "attended", SUMMIT)), "cities")
    with pytest.raises(GraphError, match="write YYYY"):
        Selection(since="yesterday")
    with pytest.raises(GraphError, match="planned"):
        Selection(modality="perhaps")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.of} by {kind.by}")
def test_graph_without_any_such_fact_has_no_ties(kind: object) -> None:
    graph = graph_of(("topic/trade", "cooperatesWith", "topic/energy"))
    projection = project(graph, kind.of, by=kind.by)  # type: ignore[attr-defined]
    assert len(projection.ties()) == 0
    assert projection.to_networkx().number_of_edges() == 0


@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 5)), min_size=1))
def test_weight_is_the_number_of_shared_meetings(presence: set[tuple[int, int]]) -> None:
    graph = graph_of(*((f"country/C{who}", "attended", f"meeting/m{what}") for who, what in sorted(presence)))
    there = defaultdict(set)
    for who, what in presence:
        there[f"country/C{who}"].add(what)
    shared = {(a, b): len(there[a] & there[b]) for a, b in combinations(sorted(there), 2)}
    assert weights(project(graph)) == {pair: n for pair, n in shared.items() if n}
