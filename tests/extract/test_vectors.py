"""The quickened vectors against spaCy's own: what must be equal bit for bit, and what nearly."""

from __future__ import annotations

import functools

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract import DEFAULT_MODEL
from kg.extract.pipeline import EXCLUDED
from kg.extract.vectors import BLOCK, BlockOps, distinct_rows, quicken

ARTICLES = [
    "The Zambian foreign minister flew to Windhoek on Tuesday. Talks on the Kazungula bridge, he said, 'went well'.",
    "Peru and Ecuador signed two papers in Lima.\n\nBoth sides didn't say when the fish treaty enters into force.",
    "Ljubljana.",
    "U.S. envoys met the Pacific leaders, who met the U.S. envoys, who met the press: " * 40,
    "",
]


@functools.cache
def load(quick: bool) -> Language:
    nlp = spacy.load(DEFAULT_MODEL, exclude=EXCLUDED)
    if quick:
        quicken(nlp)
    return nlp


def choices(doc: Doc) -> list[tuple[str, str, int, str, str]]:
    return [(t.tag_, t.dep_, t.head.i, t.ent_iob_, t.ent_type_) for t in doc]


def test_vectors_are_those_of_spacy_but_for_rounding_and_every_choice_is_the_same() -> None:
    for own, quick in zip(load(False).pipe(ARTICLES), load(True).pipe(ARTICLES), strict=True):
        np.testing.assert_allclose(quick.tensor, own.tensor, rtol=0, atol=1e-4)
        assert choices(quick) == choices(own)


def test_the_vectors_of_an_article_do_not_depend_on_its_neighbours() -> None:
    together = list(load(True).pipe(ARTICLES))
    for text, doc in zip(ARTICLES, together, strict=True):
        np.testing.assert_array_equal(load(True)(text).tensor, doc.tensor)


def test_words_are_embedded_once_and_bit_for_bit_as_by_spacy() -> None:
    def embed(quick: bool) -> list[np.ndarray]:
        docs = [load(quick).make_doc(text) for text in ARTICLES if text]
        outputs = load(quick).get_pipe("tok2vec").model.get_ref("embed").predict(docs)
        return [np.asarray(output) for output in outputs]

    # The product of the mixing layer is left to BLIS for once: what remains is the embedding of distinct words.
    node = next(n for n in load(True).get_pipe("tok2vec").model.get_ref("embed").walk() if n.name == "maxout")
    block_ops, node.ops = node.ops, load(False).get_pipe("tok2vec").model.ops
    try:
        for own, quick in zip(embed(False), embed(True), strict=True):
            np.testing.assert_array_equal(quick, own)
    finally:
        node.ops = block_ops
    assert isinstance(block_ops, BlockOps)


@settings(max_examples=60, deadline=None)
@given(
    arrays.arrays(np.uint64, st.tuples(st.integers(0, 30), st.integers(1, 6)), elements=st.integers(0, 3)),
)
def test_distinct_rows_give_every_row_back(rows: np.ndarray) -> None:
    firsts, inverse = distinct_rows(rows)
    np.testing.assert_array_equal(rows[firsts][inverse], rows)
    assert len(firsts) == len(np.unique(rows, axis=0))


@pytest.mark.parametrize("height", [0, 1, 2, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 7])
def test_a_row_of_a_product_does_not_depend_on_how_many_there_are(height: int) -> None:
    random = np.random.default_rng(7)
    x = random.standard_normal((4 * BLOCK, 288)).astype(np.float32)
    y = random.standard_normal((96, 288)).astype(np.float32)
    whole = BlockOps().gemm(x, y, trans2=True)
    np.testing.assert_array_equal(BlockOps().gemm(x[:height], y, trans2=True), whole[:height])
    np.testing.assert_allclose(whole, x.astype(np.float64) @ y.T.astype(np.float64), atol=1e-4)


def test_a_model_of_another_shape_reads_as_before() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("tagger").add_label("NN")
    nlp.initialize()
    text = "Two words and two words."
    own = nlp(text).to_array("TAG")
    quicken(nlp)
    np.testing.assert_array_equal(nlp(text).to_array("TAG"), own)


def test_a_quickened_pipeline_refuses_to_be_trained() -> None:
    embed = load(True).get_pipe("tok2vec").model.get_ref("embed")
    outputs, backprop = embed.begin_update([load(True).make_doc("Two words.")])
    with pytest.raises(NotImplementedError, match=r"spacy\.load"):
        backprop(outputs)
