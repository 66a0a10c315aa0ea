"""What is known about one entity: every fact with its sentence and its document, plans marked as plans."""

from __future__ import annotations

import json

import pytest

from kg.graph import Explanation, find_entity, in_order
from kg.model import Knowledge, Merge
from kg.resolve import RULES


def _explain(knowledge: Knowledge, name: str) -> Explanation:
    entity = find_entity(knowledge.entities, name)
    facts = [fact for fact in knowledge.facts if entity.id in (fact.subject, fact.object)]
    merges = tuple(merge for merge in knowledge.merges if merge.into == entity.id)
    return Explanation(entity, in_order(facts, entity), (), merges, knowledge.entities, knowledge.documents)


def test_every_fact_shows_its_sentences_and_documents(knowledge: Knowledge) -> None:
    told = _explain(knowledge, "11th CLMV Summit").text()
    assert told.startswith("11th CLMV Summit (Meeting)\n  also called: The summit")
    assert "11th CLMV Summit was held in Hanoi (2024-11-07)" in told
    assert "“The summit was held in Hanoi on 7 November 2024.”" in told
    assert "CLMV leaders meet, A Ministry, 2024-11-08 [clmv-report]" in told
    assert "2024-11-09 [clmv-wire]" in told


def test_plan_is_marked(knowledge: Knowledge) -> None:
    assert "Pham Minh Chinh visited Laos (2025, planned)" in _explain(knowledge, "Laos").text()


def test_why_shows_each_merge_with_its_rule(knowledge: Knowledge) -> None:
    told = _explain(knowledge, "Pham Minh Chinh")
    assert "surname" not in told.text()
    assert "“Chinh” in clmv-wire: surname within the document (score 0.90)" in told.text(why=True)
    assert "none: every mention had this name" in _explain(knowledge, "Laos").text(why=True)


def test_json_holds_the_same(knowledge: Knowledge) -> None:
    shown = json.loads(_explain(knowledge, "Hanoi").json())
    assert shown["entity"]["id"] == "place/hanoi"
    assert [fact["predicate"] for fact in shown["facts"]] == ["heldIn"]
    assert shown["facts"][0]["evidence"] == "The summit was held in Hanoi on 7 November 2024."


@pytest.mark.parametrize("rule", sorted(RULES))
def test_why_tells_every_rule_in_plain_words(knowledge: Knowledge, rule: str) -> None:
    entity = find_entity(knowledge.entities, "Pham Minh Chinh")
    merge = Merge(entity.id, "PM Chinh", knowledge.documents[0].key, rule, RULES[rule].score)
    explained = Explanation(entity, (), (), (merge,), knowledge.entities, knowledge.documents)
    told = explained.text(why=True)
    assert f"“PM Chinh” in {knowledge.documents[0].id}: {rule} (score {RULES[rule].score:.2f})" in told
    assert RULES[rule].because in told
    assert json.loads(explained.json())["merges"][0]["because"] == RULES[rule].because
