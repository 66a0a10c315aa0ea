"""Names in a text: the longest wins, none lies inside a word, and both ways of finding them agree."""

from __future__ import annotations

import sys

import pytest
import spacy
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.errors import MissingExtra
from kg.extract import extract_documents
from kg.extract.entities.matchers import make_finder
from kg.model import Document

NLP = spacy.blank("en")
FORMS = ["Guinea", "Equatorial Guinea", "Guinea-Bissau", "East Asia Summit", "Summit", "Lao", "Laos", "African Union"]
WORDS = [*FORMS, "the", "of", "Laotian", "Guineas", "Union", "-", "Bissau", "East", ",", "Asia"]


def found(text: str, *, limit: int) -> list[str]:
    doc = NLP.make_doc(text)
    return [doc[start:end].text for start, end in make_finder(NLP, FORMS, limit=limit)(doc)]


@pytest.mark.parametrize("limit", [50_000, 1])
def test_the_longest_name_wins_and_words_are_whole(limit: int) -> None:
    text = "The East Asia Summit saw Equatorial Guinea, Laotian guests and Laos."
    assert found(text, limit=limit) == ["East Asia Summit", "Equatorial Guinea", "Laos"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
@example("Guinea - Bissau")
@example("Guinea -Bissau and Guinea  -  Bissau")
@example("East  Asia\nSummit, African\u00a0Union")
def test_automaton_and_phrases_agree(text: str) -> None:
    assert found(text, limit=1) == found(text, limit=50_000)


def test_a_missing_automaton_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ahocorasick_rs", None)
    with pytest.raises(MissingExtra, match=r"entente-kg\[large\]"):
        make_finder(NLP, FORMS, limit=1)


def test_odd_spaces_inside_a_name_do_no_harm() -> None:
    text = "Cote d' Ivoire, Cote d 'Ivoire, Guinea -Bissau, Guinea- Bissau, Viet  Nam and U.S .\nAfrican\nUnion."
    extraction = next(iter(extract_documents([Document("one", text)])))
    mentions = [m for entity in extraction.entities for m in entity.mentions]
    assert mentions
    assert all(text[m.begin : m.end] == m.quote for m in mentions)
