"""The pipeline as spaCy sees it, the pinned model, and promises that hold for any text."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import ModelError
from kg.extract import DEFAULT_MODEL, extract_documents, pipeline_digest
from kg.extract.form import to_form
from kg.extract.maker import PINNED_FILES, model_path, verify_model
from kg.model import Document, Extraction, SetAside
from kg.vocabulary import PREDICATES

NEWS = (
    "Kenyan President William Ruto chaired the 24th EAC Summit in Arusha on 30 November 2024. "
    "At the summit, Tanzanian President Samia Suluhu Hassan proposed closer cooperation in border trade."
)


def read(text: str, **metadata: str) -> Extraction:
    return next(iter(extract_documents([Document("one", text, **metadata)])))


def told(extraction: Extraction) -> set[tuple[str, str, str | None]]:
    names = {entity.id: entity.name for entity in extraction.entities}
    return {(names[f.subject], f.predicate, names[f.object] if f.object else f.value) for f in extraction.facts}


def test_a_user_of_spacy_adds_the_pipe_by_its_name() -> None:
    import spacy

    nlp = spacy.load(DEFAULT_MODEL)
    nlp.add_pipe("entente")
    doc = next(iter(nlp.pipe([NEWS])))
    assert ("William Ruto", "position", "President") in told(doc._.entente)


def test_the_installed_model_is_the_pinned_one() -> None:
    verify_model(model_path(DEFAULT_MODEL))


def test_an_altered_model_is_refused(tmp_path: Path) -> None:
    folder = model_path(DEFAULT_MODEL)
    for name in PINNED_FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(folder / name, tmp_path / name)
    verify_model(tmp_path)
    (tmp_path / "tokenizer").write_bytes(b"other")
    with pytest.raises(ModelError, match="tokenizer"):
        verify_model(tmp_path)


def test_a_missing_model_says_what_to_install() -> None:
    with pytest.raises(ModelError, match="pip install"):
        list(extract_documents([Document("one", NEWS)], model="en_no_such_model"))


def test_every_quote_is_the_text_at_its_offsets() -> None:
    extraction = read(NEWS, published="2024-12-01")
    mentions = [m for e in extraction.entities for m in e.mentions] + [m for f in extraction.facts for m in f.evidence]
    assert len(mentions) > 10
    assert all(NEWS[m.begin : m.end] == m.quote for m in mentions)


def test_what_is_set_aside_is_not_read() -> None:
    whole = read(NEWS)
    begin = NEWS.index("At the summit")
    half = next(
        iter(extract_documents([Document("one", NEWS, set_aside=(SetAside(begin, len(NEWS), "boilerplate"),))]))
    )
    assert any(e.name == "Samia Suluhu Hassan" for e in whole.entities)
    assert not any(e.name == "Samia Suluhu Hassan" for e in half.entities)
    assert told(half) < told(whole)


def test_a_document_reads_the_same_in_any_company() -> None:
    alone = to_form(read(NEWS))
    other = Document("two", "The foreign ministers of Peru and Chile met in Lima on 3 May 2019.")
    together = list(extract_documents([other, Document("one", NEWS), other]))
    assert to_form(together[1]) == alone


def test_the_digest_names_the_model_and_the_rules() -> None:
    assert len(pipeline_digest()) == 16
    assert pipeline_digest() == pipeline_digest(DEFAULT_MODEL)


WORDS = st.sampled_from(
    "The Vietnamese Prime Minister President of and , . 's ( ) “ ” - met signed visited in to on with the 11th CLMV "
    "Summit Ministry Agreement Plan Kenya ASEAN Hanoi 2024 May delegation led by attended who he two sides talks "
    "project funded José Nguyễn von al- bin Jr. \n \n\n ; : US$ 5 million % Joint Statement was held will not".split(
        " "
    )
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_any_jumble_of_words_keeps_the_promises(text: str) -> None:
    extraction = read(text)
    ids = {entity.id: entity for entity in extraction.entities}
    assert all(entity.name for entity in extraction.entities)
    for fact in extraction.facts:
        rule = PREDICATES[fact.predicate]
        assert ids[fact.subject].type in rule.domain
        assert (fact.object is None) != (fact.value is None)
        assert fact.object is None or ids[fact.object].type in rule.range
        assert fact.evidence
        assert all(text[m.begin : m.end] == m.quote for m in fact.evidence)
    assert all(text[m.begin : m.end] == m.quote for e in extraction.entities for m in e.mentions)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200))
def test_any_text_at_all_is_read_without_an_error(text: str) -> None:
    read(text)


CUT_OFF = (
    "Ministers of Chad and Togo discussed and",
    "The accord topped",
    "Talks at the",
    "Kenya's",
    "signed a treaty with",
    "The fields of cooperation are",
    "The first session in",
    "Rao was the guest.\nSheikh Oma",
    "The station was opened by Brig-Gen",
    "Cuba and Mali extended the Exchange\n\nProgramme, which belongs to\n\nthe Havana Agreement",
)


@pytest.mark.parametrize("text", CUT_OFF)
def test_a_text_that_breaks_off_is_read_to_its_end(text: str) -> None:
    assert read(text).document.text == text
