"""How likely each predicate is for each pair of a document: all sums in one go."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from kg.extract.relations.candidates import Candidate, End, Point
from kg.extract.relations.features import (
    Surroundings,
    end_features,
    pair_features,
    point_features,
    sentence_features,
    together_features,
)
from kg.extract.relations.model import RelationModel

Place = tuple[int, Point, Point]
K = TypeVar("K", bound=Hashable)
# Where the ends alone make no predicate this likely, the path between them is not looked at: it would not change much.
_WORTH_A_LOOK = {"Topic": 0.01}
_ELSE_WORTH_A_LOOK = 0.04
# "The ministers of A and B, X and Y": the members of these lists go in pairs, not together.
_EACH_HIS_OWN = ("represents", "heldIn", "heldOn", "met", "partOf")


@dataclass(slots=True)
class Scores:
    """For each candidate, in order, a row of probabilities, a column a predicate of the model.

    `allowed` tells which predicates the vocabulary has between its ends. `sums` has a row for each place of each
    candidate; those of candidate i begin at `starts[i]`.
    """

    model: RelationModel
    candidates: list[Candidate]
    allowed: NDArray[np.bool_]
    starts: NDArray[np.int64]
    sums: NDArray[np.float32]
    chances: NDArray[np.float32]

    def likely(self, cut: float) -> Iterator[tuple[Candidate, str, float, Place]]:
        """Each candidate with each of its predicates from a probability on, and the place where it looks most likely.

        In order of the candidates, then of the vocabulary.
        """
        if not self.candidates:
            return
        for i, column in np.argwhere((self.chances >= cut) & self.allowed).tolist():
            candidate = self.candidates[i]
            first = int(self.starts[i])
            best = int(self.sums[first : first + len(candidate.places), column].argmax(axis=0))
            chance = float(self.chances[i, column])
            yield candidate, self.model.predicates[column], chance, candidate.places[best]


@functools.lru_cache(maxsize=256)
def _columns(all: tuple[str, ...], some: tuple[str, ...]) -> NDArray[np.bool_]:
    return np.array([predicate in some for predicate in all])


def score_candidates(model: RelationModel, around: Surroundings, candidates: list[Candidate]) -> Scores:
    """Probabilities for every candidate; the members of one list share their sums."""
    if not candidates:
        nothing = np.zeros((0, len(model.predicates)), np.float32)
        return Scores(model, [], nothing > 0, np.zeros(0, np.int64), nothing, nothing)
    n_places = np.array([len(candidate.places) for candidate in candidates])
    starts = np.concatenate(([0], n_places.cumsum()[:-1]))
    places = [place for candidate in candidates for place in candidate.places]
    pairs = _sums(model, [tuple(pair_features(around, candidate)) for candidate in candidates], model.rows)
    sums = np.repeat(pairs, n_places, axis=0) + _sums_of_ends(model, around, places)
    allowed = _allowed(model, candidates)
    worth = np.array([_WORTH_A_LOOK.get(c.object_type, _ELSE_WORTH_A_LOOK) for c in candidates], np.float32)
    likeliest = np.where(np.repeat(allowed, n_places, axis=0), model.probability(sums), 0.0).max(axis=1)
    open_places = np.flatnonzero(likeliest >= np.repeat(worth, n_places))
    together = [model.rows(together_features(around, *places[i])) for i in open_places.tolist()]
    if together:
        sums[open_places] += model.sums(together)
    _share_in_lists(sums, candidates, np.array([p not in _EACH_HIS_OWN for p in model.predicates]))
    chances = model.probability(np.maximum.reduceat(sums, starts, axis=0))
    return Scores(model, candidates, allowed, starts, sums, chances)


def _allowed(model: RelationModel, candidates: list[Candidate]) -> NDArray[np.bool_]:
    return np.stack([_columns(model.predicates, candidate.predicates) for candidate in candidates])


def _sums(model: RelationModel, keys: list[K], rows_of: Callable[[K], list[int]]) -> NDArray[np.float32]:
    """The sums for each key, in order; what comes again is looked up once."""
    row_of = {key: row for row, key in enumerate(dict.fromkeys(keys))}
    sums: NDArray[np.float32] = model.sums([rows_of(key) for key in row_of])
    return sums[[row_of[key] for key in keys]]


def _sums_of_ends(model: RelationModel, around: Surroundings, places: list[Place]) -> NDArray[np.float32]:
    """For each place what its two ends and an unnamed meeting's sentence say."""

    def of_point(side: str) -> Callable[[Point], list[int]]:
        @functools.cache
        def of_end(end: End) -> list[int]:
            return model.rows(end_features(around, end, side))

        return lambda point: of_end(point.end) + model.rows(point_features(around, point, side))

    def of_sentence(key: tuple[int, str] | None) -> list[int]:
        return [] if key is None else model.rows(sentence_features(around, *key))

    unnamed = [(n, "o") if a.token < 0 else (n, "s") if b.token < 0 else None for n, a, b in places]
    subjects = _sums(model, [a for _, a, _ in places], of_point("s"))
    objects = _sums(model, [b for _, _, b in places], of_point("o"))
    return subjects + objects + _sums(model, unnamed, of_sentence)


def _share_in_lists(sums: NDArray[np.float32], candidates: list[Candidate], columns: NDArray[np.bool_]) -> None:
    """As in "open to students from A, B and C": what is said of one member is said of all, whatever the parser saw."""
    subjects: dict[tuple[object, ...], list[int]] = {}
    objects: dict[tuple[object, ...], list[int]] = {}
    row = 0
    for c in candidates:
        for sentence, a, b in c.places:
            if a.list_head >= 0:
                key = (sentence, c.subject_type, c.object_type, a.list_head, a.kind, c.object_key, b.token)
                subjects.setdefault(key, []).append(row)
            if b.list_head >= 0:
                key = (sentence, c.subject_type, c.object_type, b.list_head, b.kind, c.subject_key, a.token)
                objects.setdefault(key, []).append(row)
            row += 1
    for lists in (subjects, objects):
        _draw_together(sums, [rows for rows in lists.values() if len(rows) > 1], columns)


def _draw_together(sums: NDArray[np.float32], lists: list[list[int]], columns: NDArray[np.bool_]) -> None:
    """Move the sums of the members of each list half way to their mean."""
    if not lists:
        return
    sizes = np.array([len(rows) for rows in lists])
    members = np.array([row for rows in lists for row in rows])
    starts = np.concatenate(([0], sizes.cumsum()[:-1]))
    means = np.add.reduceat(sums[members], starts, axis=0) / sizes[:, None]
    sums[members] = np.where(columns, (sums[members] + np.repeat(means, sizes, axis=0)) / 2, sums[members])
