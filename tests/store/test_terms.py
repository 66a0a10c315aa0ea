"""Any text of an article becomes exactly one literal, and any id exactly one IRI."""

import pyoxigraph
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.store.terms import canonical_decimal, date_literal, id_of, resource, score_literal, storable, text_literal

TEXT = st.text(st.characters(exclude_categories=()))


def loaded(object_: str) -> list[pyoxigraph.Quad]:
    store = pyoxigraph.Store()
    store.bulk_load(f"<x:s> <x:p> {object_} .\n".encode(), pyoxigraph.RdfFormat.N_TRIPLES)
    return list(store)


@given(TEXT)
@example('"> . <x:a> <x:b> <x:c> .\n')
@example('back\\slash "quote" \r\n\t\x00\x0b\x7f\u2028')
@example("\ud800 half a character")
def test_any_text_is_one_literal_and_comes_back(text: str) -> None:
    quads = loaded(text_literal(text))
    assert [quad.object for quad in quads] == [pyoxigraph.Literal(storable(text))]


@given(TEXT)
@example("leader/a> <x:evil> <x:b> . <x:c")
@example("place/São Tomé 100%")
def test_any_id_is_one_iri_and_comes_back(id_: str) -> None:
    quads = loaded(resource(id_))
    assert len(quads) == 1
    assert id_of(quads[0].object.value) == id_


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=6))
def test_an_amount_is_written_as_oxigraph_gives_it_back(amount: object) -> None:
    text = canonical_decimal(str(amount))
    literal = loaded(f'"{text}"^^<http://www.w3.org/2001/XMLSchema#decimal>')[0].object
    assert literal.value == text
    assert canonical_decimal(text) == text


@pytest.mark.parametrize(
    ("written", "stored"),
    [("7.690E11", "769000000000"), ("10.50", "10.5"), ("-0.0", "0"), ("1e-40", "0"), ("100", "100")],
)
def test_spellings_of_a_number_are_one_number(written: str, stored: str) -> None:
    assert canonical_decimal(written) == stored


@pytest.mark.parametrize("text", ["", "many", "NaN", "Infinity", "1e999999999", "1,000"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="number"):
        canonical_decimal(text)


def test_scores_keep_six_digits() -> None:
    assert score_literal(1.0).startswith('"1"')
    assert score_literal(0.1234567).startswith('"0.123457"')


@pytest.mark.parametrize(
    ("date", "datatype"),
    [("2024", "gYear"), ("2024-02", "gYearMonth"), ("2024-02-29", "date"), ("2024/2025", "string")],
)
def test_a_date_is_as_precise_as_the_text(date: str, datatype: str) -> None:
    literal = loaded(date_literal(date))[0].object
    assert literal.value == date
    assert literal.datatype.value.endswith(f"#{datatype}")
