"""The graph card counts what is there and shows what is doubtful."""

from pathlib import Path

import pytest
from store_sample import BUILD, SKIPPED, WIRE, everything, summit

from kg.check import duplicate_suspects, graph_card
from kg.model import Entity, Knowledge
from kg.store import Store
from kg.vocabulary import ENTITY_TYPES, MODALITIES, PREDICATES, STATUSES


def test_the_card_counts_what_is_there(store: Store) -> None:
    card = graph_card(store)
    knowledge = summit()
    assert card.n_documents == 2
    assert card.n_facts == card.n_supported == len(knowledge.facts)
    assert card.supported_share == 1.0
    assert (card.n_figures, card.n_merges) == (1, 1)
    assert card.n_triples == len(list(store.dataset()))
    assert card.entities["Leader"] == 2
    assert card.entities["Project"] == 0
    assert card.predicates["heldOn"] == 2
    assert card.modalities["planned"] == 1
    assert card.statuses == {"asserted": len(knowledge.facts) - 2, "disputed": 2}
    assert card.build == BUILD
    assert card.shapes.conforms
    assert card.skipped == SKIPPED


def test_the_card_has_every_name_in_order(store: Store) -> None:
    card = graph_card(store)
    names = [list(part) for part in (card.entities, card.predicates, card.modalities, card.statuses)]
    assert names == [list(ENTITY_TYPES), list(PREDICATES), list(MODALITIES), list(STATUSES)]


def test_what_was_set_aside_is_counted(store: Store) -> None:
    card = graph_card(store)
    assert card.set_aside == {"boilerplate": 1}
    assert 0 < card.set_aside_share < 5 / len(WIRE.text)


def test_what_was_taken_back_and_refused_is_shown(tmp_path: Path) -> None:
    from dataclasses import replace

    bad = replace(summit().facts[2], happened="2021-02-30")
    store = Store.create_or_open(tmp_path / "graph")
    with store.writing():
        store.withdraw("0123456789abcdef")
        store.publish(replace(everything(), facts=(bad,)), BUILD, SKIPPED)
    card = graph_card(store)
    assert card.n_withdrawn == 1
    assert len(card.skipped) == 2
    assert (card.n_facts, card.supported_share) == (0, 1.0)


def test_an_empty_graph_has_a_card(tmp_path: Path) -> None:
    store = Store.create_or_open(tmp_path / "graph")
    with store.writing():
        store.publish(Knowledge((), (), (), (), ()), BUILD)
    card = graph_card(store)
    assert (card.n_documents, card.n_facts, card.set_aside_share, card.suspects) == (0, 0, 0.0, ())


def pair(type_: str, first: str, second: str, *attributes: dict[str, str]) -> list[Entity]:
    given = attributes or ({}, {})
    return [Entity(f"x/{n}", type_, name, (), given[n]) for n, name in enumerate((first, second))]


@pytest.mark.parametrize(
    ("type_", "first", "second"),
    [
        ("Leader", "Pham Minh Chinh", "Phạm Minh Chính"),
        ("Leader", "Sonexay Siphandone", "Siphandone Sonexay"),
        ("Organization", "Asian Development Bank", "Asian Developement Bank"),
        ("Project", "Vientiane-Hanoi Expressway", "Vientiane Hanoi expressway"),
    ],
)
def test_near_equal_names_are_suspects(type_: str, first: str, second: str) -> None:
    (suspect,) = duplicate_suspects(pair(type_, first, second))
    assert (suspect.first_name, suspect.second_name) == (first, second)
    assert suspect.likeness >= 90


@pytest.mark.parametrize(
    ("type_", "first", "second"),
    [
        ("Meeting", "11th CLMV Summit", "12th CLMV Summit"),
        ("Framework", "Action Plan 2021-2022", "Action Plan 2023-2024"),
        ("Country", "Niger", "Nigeria"),
        ("Leader", "Pham Minh Chinh", "Tran Quoc Khanh"),
        ("Place", "Hanoi", "Kunming"),
    ],
)
def test_different_things_are_no_suspects(type_: str, first: str, second: str) -> None:
    assert duplicate_suspects(pair(type_, first, second)) == []


def test_names_of_different_types_are_no_suspects() -> None:
    entities = [Entity("organization/clmv", "Organization", "CLMV"), Entity("framework/clmv", "Framework", "CLMV")]
    assert duplicate_suspects(entities) == []


def test_meetings_of_other_days_or_numbers_are_no_suspects() -> None:
    may = {"earliest": "2024-05-01", "latest": "2024-05-02"}
    june = {"earliest": "2024-06-01", "latest": "2024-06-02"}
    assert duplicate_suspects(pair("Meeting", "CLMV Summit", "CLMV Summit", may, june)) == []
    assert len(duplicate_suspects(pair("Meeting", "CLMV Summit", "CLMV Summit", may, may))) == 1
    assert duplicate_suspects(pair("Meeting", "CLMV Summit", "CLMV Summit", {"ordinal": "11"}, {"ordinal": "12"})) == []


def test_a_word_that_many_names_share_is_no_reason_to_compare() -> None:
    many = [Entity(f"organization/{n}", "Organization", f"Ministry of {chr(65 + n % 26)}{n}") for n in range(2000)]
    assert duplicate_suspects(many) == []
