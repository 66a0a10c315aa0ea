"""What was read once is not read again, and what was taken back stays out."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_sample import BUILD, NOTE, WIRE, summit

from kg.errors import StoreError
from kg.model import Document, Entity, Extraction, Fact, Knowledge, Mention, SetAside
from kg.store import BuildRecord, Store
from kg.store.documents import version_of
from kg.store.form import extraction_from_json, extraction_to_json

PIPELINE = BUILD.rule_set


def extraction(document: Document) -> Extraction:
    knowledge = summit()

    def own(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        return tuple(mention for mention in mentions if mention.document == document.key)

    return Extraction(
        document,
        tuple(replace(entity, mentions=own(entity.mentions)) for entity in knowledge.entities),
        tuple(replace(fact, evidence=own(fact.evidence)) for fact in knowledge.facts),
        tuple(replace(figure, evidence=own(figure.evidence)) for figure in knowledge.figures),
    )


@pytest.mark.parametrize("document", [WIRE, NOTE])
def test_an_extraction_comes_back_as_it_was(document: Document) -> None:
    made = extraction(document)
    assert extraction_from_json(extraction_to_json(made), document) == made


@given(st.text(), st.text(), st.text(max_size=5), st.integers(0, 9), st.integers(0, 9))
def test_any_text_comes_back_from_the_cache(text: str, name: str, rule: str, begin: int, end: int) -> None:
    document = Document("d", text)
    mention = Mention(document.key, begin, end, name, rule)
    made = Extraction(
        document,
        (Entity("e1", "Leader", name, (name,), {"x": name}, (mention,), None),),
        (Fact("e1", "position", None, name, (mention,), confidence=0.3, contradicts=("a",)),),
    )
    assert extraction_from_json(extraction_to_json(made), document) == made


def test_what_one_pipeline_read_is_not_taken_for_another(tmp_path: Path) -> None:
    store = Store.create_or_open(tmp_path / "graph")
    with store.writing():
        store.keep_extraction(extraction(WIRE), PIPELINE)
        assert store.cached_extraction(WIRE, PIPELINE) == extraction(WIRE)
    assert Store.open(tmp_path / "graph").cached_extraction(WIRE, PIPELINE) == extraction(WIRE)
    assert store.cached_extraction(WIRE, "another pipeline") is None
    assert store.cached_extraction(NOTE, PIPELINE) is None


def test_the_same_text_under_another_date_is_read_anew(tmp_path: Path) -> None:
    store = Store.create_or_open(tmp_path / "graph")
    with store.writing():
        store.keep_extraction(extraction(WIRE), PIPELINE)
    redated = replace(WIRE, published="2023-11-08")
    assert redated.key == WIRE.key
    assert store.cached_extraction(redated, PIPELINE) is None


def test_what_an_interrupted_build_had_read_is_still_there(tmp_path: Path) -> None:
    store = Store.create_or_open(tmp_path / "graph")

    def build() -> None:
        with store.writing():
            store.keep_extraction(extraction(WIRE), PIPELINE)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build()
    assert store.cached_extraction(WIRE, PIPELINE) is not None
    assert store.documents() == []


def test_a_damaged_reading_is_done_again(tmp_path: Path) -> None:
    store = Store.create_or_open(tmp_path / "graph")
    with store.writing():
        store.keep_extraction(extraction(WIRE), PIPELINE)
    connection = sqlite3.connect(tmp_path / "graph" / "documents.sqlite")
    connection.execute("UPDATE extractions SET form = x'00'")
    connection.commit()
    connection.close()
    assert store.cached_extraction(WIRE, PIPELINE) is None


def test_documents_come_back_with_all_their_fields(store: Store) -> None:
    assert store.documents() == sorted((WIRE, NOTE), key=lambda document: document.key)
    assert store.documents()[1].set_aside == (SetAside(0, 5, "boilerplate"),)


def test_a_text_that_is_no_unicode_is_kept_as_it_is(tmp_path: Path) -> None:
    odd = Document("odd", "half \ud800 a character, NUL \x00, and \u202e")
    store = Store.create_or_open(tmp_path / "graph")
    with store.writing():
        store.publish(Knowledge((odd,), (), (), (), ()), BUILD)
    assert store.documents() == [odd]


def test_taken_back_stays_taken_back_until_restored(store: Store) -> None:
    with store.writing():
        store.withdraw(WIRE.key)
        store.withdraw(WIRE.key)
    assert Store.open(store.path).withdrawn() == {WIRE.key}
    with store.writing():
        store.restore(WIRE.key)
    assert store.withdrawn() == frozenset()


def without_wire() -> Knowledge:
    return Knowledge((NOTE,), (), (), (), ())


def rows(store: Store, query: str) -> list[tuple[str, ...]]:
    connection = sqlite3.connect(store.path / "documents.sqlite")
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_the_text_of_a_withdrawn_document_goes_when_no_graph_needs_it(store: Store) -> None:
    with store.writing():
        store.keep_extraction(extraction(WIRE), PIPELINE)
        store.withdraw(WIRE.key)
        store.publish(without_wire(), BUILD)
    texts = "SELECT version FROM documents"
    assert (version_of(WIRE),) in rows(store, texts), "the graph before this one still has it"
    with store.writing():
        store.publish(Knowledge((), (), (), (), ()), BUILD)
    assert (version_of(WIRE),) not in rows(store, texts)
    assert rows(store, "SELECT version FROM extractions") == []


def test_documents_that_wait_for_a_build_are_kept(store: Store) -> None:
    waiting = Document("waiting", "Not built yet.")
    with store.writing():
        store.put_document(waiting)
        store.publish(without_wire(), BUILD)
        store.publish(Knowledge((), (), (), (), ()), BUILD)
    assert (version_of(waiting),) in rows(store, "SELECT version FROM documents")


def test_readings_of_pipelines_that_are_gone_are_dropped(store: Store) -> None:
    with store.writing():
        store.keep_extraction(extraction(WIRE), "an old pipeline")
        store.keep_extraction(extraction(WIRE), PIPELINE)
        store.publish(without_wire(), BUILD)
    assert rows(store, "SELECT DISTINCT pipeline FROM extractions") == [(PIPELINE,)]
    new = BuildRecord("0.2", "m", "a new pipeline")
    with store.writing():
        store.keep_extraction(extraction(NOTE), "a new pipeline")
        store.publish(Knowledge((), (), (), (), ()), new)
    assert len(rows(store, "SELECT DISTINCT pipeline FROM extractions")) == 2, "one for each graph that is there"


def test_a_missing_text_is_named(store: Store) -> None:
    connection = sqlite3.connect(store.path / "documents.sqlite")
    connection.execute("DELETE FROM documents")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="a document is missing"):
        store.documents()
