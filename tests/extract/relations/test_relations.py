"""The judgement of the relation model: what it is asked, what it may decide, and what it must leave alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ModelError
from kg.extract import extract_documents
from kg.extract.relations.candidates import predicates_between
from kg.extract.relations.cues import cues, stem
from kg.extract.relations.model import MODEL_FILE, RelationModel, load_model, save_model
from kg.model import Document, Extraction
from kg.vocabulary import ENTITY_TYPES, PREDICATES


def read(text: str, published: str | None = "2024-05-10") -> Extraction:
    (extraction,) = extract_documents([Document("d", text, published=published)])
    return extraction


def said(extraction: Extraction) -> set[tuple[str, str, str]]:
    names = {e.id: e.name for e in extraction.entities}
    return {(names[f.subject], f.predicate, names.get(f.object or "", f.value or "")) for f in extraction.facts}


def test_vocabulary_decides_what_is_asked() -> None:
    assert predicates_between("Leader", "Leader") == ("met",)
    assert predicates_between("Place", "Leader") == ()
    assert predicates_between("Meeting", "Date") == ("heldOn",)
    asked = {p for s in ENTITY_TYPES for o in (*ENTITY_TYPES, "Date") for p in predicates_between(s, o)}
    assert asked == set(PREDICATES) - {"position"}


def test_cues_speak_of_known_predicates_only() -> None:
    assert {p for predicates in cues().values() for p in predicates} <= set(PREDICATES)
    assert "signed" in cues()[stem("signing")]


def test_every_fact_has_a_probability_and_stands_in_its_sentence() -> None:
    text = (
        "Kenyan President William Ruto chaired the 24th EAC Summit in Arusha on 30 November 2023. "
        "He urged partners to fund the Lamu Port Project."
    )
    extraction = read(text)
    assert ("William Ruto", "chaired", "24th EAC Summit") in said(extraction)
    for fact in extraction.facts:
        assert 0.0 < fact.confidence <= 1.0
        assert all(text[m.begin : m.end] == m.quote for m in fact.evidence)


def test_meeting_has_one_date() -> None:
    facts = read(
        "The 5th Bay Summit, first announced on 3 March 2024, opened in Apia on 6 May 2024. Another follows in 2026."
    ).facts
    dates = [f.value for f in facts if f.predicate == "heldOn"]
    assert dates
    assert len(dates) == len({f.subject for f in facts if f.predicate == "heldOn"})


@pytest.mark.parametrize(
    "text",
    [
        "Kenyan President William Ruto did not attend the 24th EAC Summit.",
        "Kenyan President William Ruto skipped the 24th EAC Summit.",
        "Kenyan President William Ruto hopes to attend the 24th EAC Summit.",
    ],
)
def test_no_presence_is_learned_against_the_words(text: str) -> None:
    facts = [f for f in read(text).facts if f.predicate == "attended"]
    assert not [f for f in facts if f.modality == "actual"]


def test_what_was_denied_stays_denied() -> None:
    facts = read("Kenyan President William Ruto did not sign the Nairobi Declaration.").facts
    assert {f.modality for f in facts if f.predicate == "signed"} == {"denied"}


def test_members_of_a_list_share_what_is_said() -> None:
    found = said(read("The Malacca Cable Project is open to engineers from Laos, Cambodia and Myanmar."))
    countries = {s for s, p, o in found if p == "participatesIn"}
    assert countries == {"Laos", "Cambodia", "Myanmar"}


def test_packaged_model_is_small_and_knows_the_vocabulary() -> None:
    assert MODEL_FILE.stat().st_size < 15_000_000
    model = load_model()
    assert set(model.predicates) == set(PREDICATES) - {"position"}
    assert np.isfinite(model.weights).all()
    assert (model.slope > 0).all()


def test_model_survives_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    save_model(load_model(), path)
    assert path.read_bytes() == MODEL_FILE.read_bytes()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a model", b"\x80\x04."])
def test_damaged_model_is_a_clear_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.npz"
    path.write_bytes(content)
    with pytest.raises(ModelError, match="model"):
        load_model(path)


@given(st.floats(-40, 40), st.floats(-40, 40))
def test_probability_grows_with_the_sum(low: float, high: float) -> None:
    model = RelationModel(
        ("met",), {}, np.zeros((0, 1), np.float32), np.ones(1, np.float32), np.zeros(1, np.float32), {}
    )
    low, high = sorted((low, high))
    a, b = (float(model.probability(np.array([x], np.float32))[0]) for x in (low, high))
    assert 0.0 <= a <= b <= 1.0


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Kenya", "President Amina Wairimu", "the 3rd Bay Summit", "met", "signed", "in", "Apia", "on", "Monday",
             ",", "and", "the", "loan", "of", "did not", ".", "\n\n", "trade", "they", "its"]
        ),
        max_size=25,
    )
)  # fmt: skip
def test_word_salad_gives_facts_of_the_vocabulary(words: list[str]) -> None:
    extraction = read(" ".join(words))
    kinds = {e.id: e.type for e in extraction.entities}
    for fact in extraction.facts:
        allowed = PREDICATES[fact.predicate]
        assert kinds[fact.subject] in allowed.domain
        assert fact.object is None or kinds[fact.object] in allowed.range
