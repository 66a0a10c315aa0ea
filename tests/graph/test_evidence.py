"""The sentences behind an answer: all of them, each with its document and its place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import kg
from kg.errors import GraphError
from kg.graph import EVIDENCE_COLUMNS
from kg.graph.evidence import sentence_around
from kg.model import Knowledge
from kg.store import BuildRecord, Store


@pytest.fixture(scope="module")
def graph(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.KnowledgeGraph]:
    path = tmp_path_factory.mktemp("evidence") / "graph"
    made = Store.create_or_open(path)
    with made.writing():
        made.publish(knowledge, BuildRecord("0", "none", "none"))
    with kg.open(path) as opened:
        yield opened


def test_fact_of_two_documents_has_the_sentence_of_each(graph: kg.KnowledgeGraph, knowledge: Knowledge) -> None:
    found = graph.cypher("MATCH (:Leader)-[a:ATTENDED]->(:Meeting) RETURN a")
    (fact,) = (fact for fact in knowledge.facts if fact.predicate == "attended")
    rows = found.evidence()
    assert {row["evidence"] for row in rows} == {mention.quote for mention in fact.evidence}
    assert {row["document"] for row in rows} == {"clmv-report", "clmv-wire"}
    assert {row["key"] for row in rows} == {fact.key}
    assert [tuple(row) for row in rows] == [EVIDENCE_COLUMNS] * 2


def test_every_sentence_stands_where_the_row_says(graph: kg.KnowledgeGraph, knowledge: Knowledge) -> None:
    texts = {document.id: document.text for document in knowledge.documents}
    rows = graph.cypher("MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN n, r").evidence()
    assert {row["key"] for row in rows} >= {fact.key for fact in knowledge.facts if fact.object is not None}
    assert all(texts[row["document"]][row["begin"] : row["end"]] == row["evidence"] for row in rows)


def test_planned_visit_is_claimed_as_planned(graph: kg.KnowledgeGraph) -> None:
    (row,) = graph.cypher("MATCH ()-[v:VISITED]->() RETURN v").evidence()
    assert (row["claim"], row["modality"]) == ("Pham Minh Chinh visited Laos (2025, planned)", "planned")


def test_node_has_the_sentences_of_its_properties_and_where_it_is_named(graph: kg.KnowledgeGraph) -> None:
    rows = graph.cypher("MATCH (m:Meeting) RETURN m").evidence()
    assert [(row["claim"], row["document"]) for row in rows] == [
        ("11th CLMV Summit was held on 2024-11-07", "clmv-report"),
        ("11th CLMV Summit is named", rows[1]["document"]),
        ("11th CLMV Summit is named", rows[2]["document"]),
    ]
    assert rows[0]["evidence"] == "The summit was held in Hanoi on 7 November 2024."
    assert {row["document"] for row in rows[1:]} == {"clmv-report", "clmv-wire"}
    assert all("11th CLMV Summit" in row["evidence"] for row in rows[1:])


def test_end_of_a_relationship_rests_on_the_relationship(graph: kg.KnowledgeGraph) -> None:
    whole = graph.cypher("MATCH p = (:Leader)-[:VISITED]->(:Country) RETURN p").evidence()
    assert whole == graph.cypher("MATCH (:Leader)-[v:VISITED]->(:Country) RETURN [{r: v}]").evidence()


def test_mention_and_document_are_their_own_evidence(graph: kg.KnowledgeGraph) -> None:
    rows = graph.cypher("MATCH (d)-[m:MENTIONS]->(:Leader) RETURN m").evidence()
    assert {row["document"] for row in rows} == {"clmv-report", "clmv-wire"}
    assert all("Pham Minh Chinh" in row["evidence"] for row in rows)
    rows = graph.cypher("MATCH (d:Document) RETURN d ORDER BY d.issued").evidence()
    assert [(row["document"], row["evidence"]) for row in rows] == [("clmv-report", None), ("clmv-wire", None)]


def test_one_value_can_be_asked_as_well_as_an_answer(graph: kg.KnowledgeGraph) -> None:
    found = graph.cypher("MATCH p = (:Leader)-[:VISITED]->(:Country) RETURN p")
    assert graph.evidence(found.single()) == found.evidence()


def test_bare_values_have_no_evidence(graph: kg.KnowledgeGraph) -> None:
    assert graph.cypher("MATCH (m:Meeting) RETURN m.name").evidence() == []


def test_sandbox_changes_a_copy_that_has_no_evidence(graph: kg.KnowledgeGraph) -> None:
    sandbox = graph.sandbox()
    changed = sandbox.query("MATCH (l:Leader) SET l.name = 'Somebody' RETURN l")
    assert changed.changes.properties_set == 1
    assert graph.cypher("MATCH (l:Leader) RETURN l.name").single() == "Pham Minh Chinh"
    with pytest.raises(GraphError, match="no.* evidence"):
        changed.evidence()
    with pytest.raises(GraphError, match="sandbox"):
        graph.evidence(changed.rows)


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_sandbox_is_exported_with_what_was_added(graph: kg.KnowledgeGraph, form: str) -> None:
    sandbox = graph.sandbox()
    sandbox.query("CREATE (:Note {text: 'mine', at: date('2024-05-02'), n: [1, 2]})-[:ON {id: 7}]->(:Thing:Other)")
    data = sandbox.export(form)
    assert b"mine" in data
    assert b"2024-05-02" in data
    assert data == sandbox.export(form)
    with pytest.raises(GraphError, match="graphml, gexf"):
        sandbox.export("csv")


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        ("Peru agreed. Mr. Ito left on 7. May. Chile stayed.", "Ito", "Mr. Ito left on 7."),
        ("He said “we agree.” Then Peru left.", "Peru", "Then Peru left."),
        ("He said “we agree.” Then Peru left.", "agree", "He said “we agree.”"),
        ("A title\n\nPeru and\nChile met. Later", "Chile", "Peru and\nChile met."),
        ("  Peru", "Peru", "Peru"),
        ("U.S. Peru and J. Ito met.", "Ito", "U.S. Peru and J. Ito met."),
    ],
)
def test_sentence_is_cut_at_its_ends(text: str, words: str, sentence: str) -> None:
    begin = text.index(words)
    assert text[slice(*sentence_around(text, begin, begin + len(words)))] == sentence
