"""The weights of the relation model: features in, one number a predicate out."""

from __future__ import annotations

import functools
import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from kg.errors import ModelError

_ZEROS = -1  # the row behind the weights
MODEL_FILE = Path(__file__).with_name("model.npz")
FORMAT = 1


@dataclass(frozen=True)
class RelationModel:
    """A logistic model: a row of weights a feature, a column a predicate.

    `slope` and `offset` turn a sum of weights into a probability that was fitted on reports that the weights had not
    seen; `rules` holds the share of right facts a rule of the extractor had on them, as "predicate:rule".
    """

    predicates: tuple[str, ...]
    features: Mapping[str, int]
    weights: NDArray[np.float32]
    slope: NDArray[np.float32]
    offset: NDArray[np.float32]
    rules: Mapping[str, float]

    def rows(self, features: Iterable[str]) -> list[int]:
        """Where the weights of the features stand that the model knows; a feature given twice counts once."""
        rows = dict.fromkeys(map(self.features.get, features))
        rows.pop(None, None)
        return cast(list[int], list(rows))

    def sums(self, rows: list[list[int]]) -> NDArray[np.float32]:
        """The summed weights of each list of rows: one row of sums a list, a column a predicate."""
        flat: list[int] = []
        starts: list[int] = []
        for part in rows:
            starts.append(len(flat))
            flat += part
            flat.append(_ZEROS)  # ends each list: `reduceat` knows no empty ones
        totals: NDArray[np.float32] = np.add.reduceat(self.padded.take(flat, axis=0), starts, axis=0)
        return totals

    @functools.cached_property
    def padded(self) -> NDArray[np.float32]:
        """The weights with a row of zeros at the end."""
        return np.vstack([self.weights, np.zeros((1, self.weights.shape[1]), np.float32)])

    def sum(self, features: Iterable[str]) -> NDArray[np.float32]:
        """The summed weights of the features that the model knows, one number a predicate."""
        total: NDArray[np.float32] = self.weights[self.rows(features)].sum(axis=0)
        return total

    def probability(self, total: NDArray[np.float32]) -> NDArray[np.float32]:
        """How likely each predicate holds, in 0..1, for summed weights."""
        chance = 1.0 / (1.0 + np.exp(-(self.slope * total + self.offset)))
        return chance.astype(np.float32)

    def column(self, predicate: str) -> int:
        """Where the weights of a predicate stand."""
        return self.predicates.index(predicate)

    def rule_precision(self, predicate: str, rule: str) -> float:
        """The share of right facts that a rule gave on annotated reports; the predicate's for a rare rule."""
        return self.rules.get(f"{predicate}:{rule}", self.rules.get(predicate, 0.6))


@functools.cache
def load_model(path: Path = MODEL_FILE) -> RelationModel:
    """The packaged weights; `ModelError` when the file is missing or of another form."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as data:
            if int(data["format"]) != FORMAT:
                raise ModelError(f"{path} is a relation model of another version; install Entente again")
            return _from_arrays(data)
    except (OSError, EOFError, KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
        raise ModelError(f"the relation model {path} cannot be read: {error}") from error


def _from_arrays(data: Mapping[str, Any]) -> RelationModel:
    names = _lines(data["features"])
    return RelationModel(
        tuple(_lines(data["predicates"])),
        {name: row for row, name in enumerate(names)},
        data["weights"].astype(np.float32),
        data["slope"],
        data["offset"],
        dict(zip(_lines(data["rules"]), data["precision"].tolist(), strict=True)),
    )


def _lines(text: NDArray[np.uint8]) -> list[str]:
    return text.tobytes().decode("utf-8").split("\n")


def save_model(model: RelationModel, path: Path) -> None:
    """Write the arrays of a model; the same model gives the same bytes."""
    rules = sorted(model.rules)
    arrays = {
        "format": np.array(FORMAT),
        "predicates": _text(model.predicates),
        "features": _text(sorted(model.features, key=model.features.__getitem__)),
        "weights": model.weights.astype(np.float16),
        "slope": model.slope,
        "offset": model.offset,
        "rules": _text(rules),
        "precision": np.array([model.rules[rule] for rule in rules], dtype=np.float32),
    }
    # numpy's own savez puts the clock into the archive.
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            content = io.BytesIO()
            np.lib.format.write_array(content, array, allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), content.getvalue(), zipfile.ZIP_DEFLATED)


def _text(lines: Iterable[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(lines).encode("utf-8"), dtype=np.uint8)
