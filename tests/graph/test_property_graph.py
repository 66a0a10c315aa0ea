"""The property graph says what the facts say: names and attributes as written down for SPARQL, Cypher and NetworkX."""

from __future__ import annotations

from dataclasses import replace

from kg.graph import to_networkx
from kg.model import Fact, Knowledge

CHINH = "leader/pham-minh-chinh"
SUMMIT = "meeting/11th-clmv-summit"


def _fact(knowledge: Knowledge, predicate: str) -> Fact:
    return next(fact for fact in knowledge.facts if fact.predicate == predicate)


def test_each_fact_between_entities_is_one_edge_with_its_key(knowledge: Knowledge) -> None:
    graph = to_networkx(knowledge, documents=False)
    assert sorted(key for _, _, key in graph.edges(keys=True)) == sorted(
        fact.key for fact in knowledge.facts if fact.object is not None
    )


def test_edge_carries_dates_evidence_and_documents(knowledge: Knowledge) -> None:
    fact = _fact(knowledge, "attended")
    edge = to_networkx(knowledge).edges[CHINH, SUMMIT, fact.key]
    assert edge["type"] == "ATTENDED"
    assert (edge["happened"], edge["earliest"], edge["latest"]) == ("2024-11-07", "2024-11-07", "2024-11-07")
    assert edge["n_mentions"] == 2
    assert len(edge["documents"]) == 2
    assert edge["evidence"] in {mention.quote for mention in fact.evidence}


def test_a_year_alone_spans_its_days(knowledge: Knowledge) -> None:
    edge = to_networkx(knowledge).edges[CHINH, "country/LAO", _fact(knowledge, "visited").key]
    assert (edge["modality"], edge["earliest"], edge["latest"]) == ("planned", "2025-01-01", "2025-12-31")


def test_actors_carry_both_labels_and_countries_their_codes(knowledge: Knowledge) -> None:
    graph = to_networkx(knowledge)
    assert graph.nodes["country/VNM"]["labels"] == ["Country", "Actor"]
    assert graph.nodes["country/VNM"]["iso3"] == "VNM"
    assert graph.nodes[SUMMIT]["labels"] == ["Meeting"]
    assert graph.nodes[CHINH]["iri"] == "https://w3id.org/cooperation/id/leader/pham-minh-chinh"


def test_functional_value_is_a_property_and_position_stands_on_the_edge(knowledge: Knowledge) -> None:
    graph = to_networkx(knowledge)
    assert graph.nodes[SUMMIT]["held_on"] == "2024-11-07"
    assert graph.nodes[CHINH]["positions"] == ["Prime Minister"]
    edge = graph.edges[CHINH, "country/VNM", _fact(knowledge, "represents").key]
    assert edge["position"] == "Prime Minister"


def test_of_two_dates_the_undisputed_one_is_the_property(knowledge: Knowledge) -> None:
    held = _fact(knowledge, "heldOn")
    other = replace(held, value="2024-11-06", status="disputed")
    graph = to_networkx(replace(knowledge, facts=(other, *knowledge.facts)))
    assert graph.nodes[SUMMIT]["held_on"] == "2024-11-07"


def test_planned_date_is_not_the_date(knowledge: Knowledge) -> None:
    planned = tuple(replace(f, modality="planned") if f.predicate == "heldOn" else f for f in knowledge.facts)
    assert "held_on" not in to_networkx(replace(knowledge, facts=planned)).nodes[SUMMIT]


def test_documents_mention_entities_unless_left_out(knowledge: Knowledge) -> None:
    graph = to_networkx(knowledge)
    wire = next(d for d in knowledge.documents if d.id == "clmv-wire")
    assert set(graph[f"document/{wire.key}"]) == {CHINH, SUMMIT}
    assert graph.nodes[f"document/{wire.key}"]["labels"] == ["Document"]
    assert all(not node.startswith("document/") for node in to_networkx(knowledge, documents=False))
