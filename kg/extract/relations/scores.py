"""How likely each predicate is for each pair of a document: all sums in one go."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.extract.relations.candidates import Candidate, Point
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
# Where the ends alone make no predicate this likely, the path between them is not looked at: it would not change much.
_WORTH_A_LOOK = {"Topic": 0.01}
_ELSE_WORTH_A_LOOK = 0.04
# "The ministers of A and B, X and Y": the members of these lists go in pairs, not together.
_EACH_HIS_OWN = ("represents", "heldIn", "heldOn", "met", "partOf")


@dataclass(slots=True)
class Scores:
    """For each candidate, in order, a row of probabilities, a column a predicate of the model.

    `sums` has a row for each place of each candidate; those of candidate i begin at `starts[i]`.
    """

    model: RelationModel
    candidates: list[Candidate]
    starts: NDArray[np.int64]
    sums: NDArray[np.float32]
    chances: NDArray[np.float32]

    def likely(self, cut: float) -> Iterator[tuple[Candidate, str, float, Place]]:
        """Each candidate with each of its predicates from a probability on, and the place where it looks most likely.

        In order of the candidates, then of the vocabulary.
        """
        if not self.candidates:
            return
        allowed = _allowed(self.model, self.candidates)
        for i, column in np.argwhere((self.chances >= cut) & allowed).tolist():
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
        return Scores(model, [], np.zeros(0, np.int64), nothing, nothing)
    n_places = np.array([len(candidate.places) for candidate in candidates])
    starts = np.concatenate(([0], n_places.cumsum()[:-1]))
    pairs = model.sums([model.rows(pair_features(around, candidate)) for candidate in candidates])
    sums = np.repeat(pairs, n_places, axis=0) + _sums_of_ends(model, around, candidates)
    allowed = np.repeat(_allowed(model, candidates), n_places, axis=0)
    worth = np.array([_WORTH_A_LOOK.get(c.object_type, _ELSE_WORTH_A_LOOK) for c in candidates], np.float32)
    likeliest = np.where(allowed, model.probability(sums), 0.0).max(axis=1)
    open_places = np.flatnonzero(likeliest >= np.repeat(worth, n_places))
    places = [place for candidate in candidates for place in candidate.places]
    together = [model.rows(together_features(around, *places[i])) for i in open_places.tolist()]
    if together:
        sums[open_places] += model.sums(together)
    _share_in_lists(sums, candidates, np.array([p not in _EACH_HIS_OWN for p in model.predicates]))
    return Scores(model, candidates, starts, sums, model.probability(np.maximum.reduceat(sums, starts, axis=0)))


def _allowed(model: RelationModel, candidates: list[Candidate]) -> NDArray[np.bool_]:
    return np.stack([_columns(model.predicates, candidate.predicates) for candidate in candidates])


def _sums_of_ends(model: RelationModel, around: Surroundings, candidates: list[Candidate]) -> NDArray[np.float32]:
    """For each place what its two ends and an unnamed meeting's sentence say, each looked up once a document."""
    index: dict[tuple[int, str], int] = {}
    rows: list[list[int]] = [[]]

    def of_point(point: Point, side: str) -> int:
        key = (id(point), side)
        if key not in index:
            index[key] = len(rows)
            rows.append(model.rows((*end_features(around, point.end, side), *point_features(around, point, side))))
        return index[key]

    def of_sentence(number: int, a: Point, b: Point) -> int:
        if a.token >= 0 and b.token >= 0:
            return 0
        side = "o" if a.token < 0 else "s"
        key = (-1 - number, side)
        if key not in index:
            index[key] = len(rows)
            rows.append(model.rows(sentence_features(around, number, side)))
        return index[key]

    parts = np.array(
        [(of_point(a, "s"), of_point(b, "o"), of_sentence(n, a, b)) for c in candidates for n, a, b in c.places]
    )
    known = model.sums(rows)
    ends: NDArray[np.float32] = known[parts[:, 0]] + known[parts[:, 1]] + known[parts[:, 2]]
    return ends


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
