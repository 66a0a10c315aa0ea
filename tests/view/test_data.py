"""What the page is made of: parties, contacts, marks in sentences, numbers that fit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.model import Entity, Fact, Knowledge, Mention
from kg.view.columns import columns
from kg.view.contacts import ROLES, find_contacts, find_parties
from kg.view.data import view_data
from kg.view.world import read_world
from kg.vocabulary import ENTITY_TYPES, PREDICATES
from tests.view.round_table import BERLIN, PACT, SUMMIT, TRADE, VIETNAM, round_table


@pytest.fixture(scope="module")
def table() -> Knowledge:
    return round_table()


def test_leader_stands_for_whom_most_documents_say(table: Knowledge) -> None:
    said = table.facts[0].evidence
    asean = Entity("organization/asean", "Organization", "ASEAN")
    chairs = Fact("leader/an-tran", "represents", asean.id, None, said * 3)
    denied = Fact("leader/berg", "represents", VIETNAM, None, said * 9, modality="denied")
    parties = find_parties((*table.entities, asean), (*table.facts, chairs, denied))
    assert parties["leader/an-tran"] == VIETNAM
    assert parties["leader/berg"] == "country/DEU"
    assert parties[asean.id] == asean.id


def test_meeting_is_one_contact_with_what_it_was_about(table: Knowledge) -> None:
    contacts, number = find_contacts(table.entities, table.facts)
    summit = next(contact for contact in contacts if contact.entity == SUMMIT)
    assert TRADE in summit.topics
    assert summit.frameworks == (PACT,)
    assert summit.when == "2024-05-20"
    visit = next(fact for fact in table.facts if fact.predicate == "visited")
    assert contacts[number[visit.key]].entity is None
    assert {contact.entity for contact in contacts} == {SUMMIT, BERLIN, None}


def test_sentences_are_held_once_with_the_names_in_them(table: Knowledge) -> None:
    data = view_data(table, max_nodes=100)
    assert len(data.sentences) == 6
    first = data.sentences[0]
    named = {first.text[begin : begin + length]: data.entities[n].name for begin, length, n in first.marks}
    assert named["An Tran"] == "An Tran"
    assert all(data.sentences[n].text for numbers in data.evidence for n in numbers)


def test_marks_count_as_javascript_does(table: Knowledge) -> None:
    (document,) = table.documents
    text = "\U0001f91d Ito came."
    said = Mention(document.key, 0, len(text), text)
    ito = Entity("leader/ito", "Leader", "Ito", (), {}, (Mention(document.key, 2, 5, "Ito"),))
    graph = Knowledge((document,), (ito,), (Fact(ito.id, "position", None, "envoy", (said,)),), (), ())
    packed = columns(view_data(graph, max_nodes=9), {ito.id: (0, 0)}, {})
    assert packed["sentences"]["marks"] == [[3, 3, 0]]


def test_too_many_entities_keep_the_best_connected_and_count_the_rest(knowledge: Knowledge) -> None:
    data = view_data(knowledge, max_nodes=3)
    assert {"leader/pham-minh-chinh", "meeting/11th-clmv-summit"} <= {entity.id for entity in data.entities}
    assert data.n_left_out == 3


def test_order_of_facts_and_entities_changes_nothing(table: Knowledge) -> None:
    from kg.view import html

    turned = replace(table, facts=table.facts[::-1])
    assert html(turned) == html(table)


def test_every_type_has_a_shape_and_every_role_a_predicate() -> None:
    from pathlib import Path

    import kg.view
    from kg.graph import VERBS

    shapes = Path(kg.view.__file__).with_name("page").joinpath("shapes.js").read_text(encoding="utf-8")
    assert all(shapes.count(f"{type_}: ") == 2 for type_ in ENTITY_TYPES)
    assert set(VERBS) == set(PREDICATES)
    assert set(ROLES) <= set(PREDICATES)


def test_every_country_of_the_seeds_has_a_place() -> None:
    import csv

    from kg.seeds import seeds_folder

    capitals, towns = read_world()
    with open(seeds_folder() / "countries.csv", encoding="utf-8") as table:
        assert {row["iso3"] for row in csv.DictReader(table)} <= set(capitals)
    assert len(towns) > 1000
    latitude, longitude = capitals["VNM"]
    assert (round(latitude), round(longitude)) == (21, 106)
