"""Vectors: the values of one variable in all rows of a batch. None of them is ever changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from kg.cypher.values import Node, Relationship, group_key, sort_key
from kg.graph.column import Column, NumberColumn, StringColumn
from kg.graph.protocol import ReadableGraph

Rows = np.ndarray

ROW = " row"
"""A vector beside the variables: the row of the outer batch from which a row of an inner plan comes."""


class Vector:
    """One value for each row."""

    def take(self, rows: Rows) -> Vector:
        """The values of these rows; a negative row gives null."""
        raise NotImplementedError

    def to_list(self, graph: ReadableGraph) -> list[Any]:
        """The values as Python objects."""
        raise NotImplementedError

    def present(self, size: int) -> np.ndarray:
        """For each row whether there is a value that is not null."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Entities(Vector):
    """Nodes or relationships by number, null as -1."""

    kind: type[Node] | type[Relationship]
    ids: np.ndarray

    def take(self, rows: Rows) -> Entities:
        return replace(self, ids=_gather(self.ids, rows, -1))

    def to_list(self, graph: ReadableGraph) -> list[Any]:
        make = self.kind
        return [make(graph, number) if number >= 0 else None for number in self.ids.tolist()]

    def present(self, size: int) -> np.ndarray:
        return self.ids >= 0


@dataclass(frozen=True, slots=True)
class Trails(Vector):
    """Lists of relationships as rows of a matrix, filled up with -1; a null list is marked in `null`."""

    ids: np.ndarray
    null: np.ndarray | None = None

    def take(self, rows: Rows) -> Trails:
        missing = rows < 0
        null = missing if self.null is None else missing | self.null[rows]
        return Trails(self.ids[rows], null if null.any() else None)

    def to_list(self, graph: ReadableGraph) -> list[Any]:
        lists: list[Any] = [[Relationship(graph, one) for one in row if one >= 0] for row in self.ids.tolist()]
        for row in np.flatnonzero(self.null).tolist() if self.null is not None else ():
            lists[row] = None
        return lists

    def present(self, size: int) -> np.ndarray:
        return np.ones(size, np.bool_) if self.null is None else ~self.null


@dataclass(frozen=True, slots=True)
class Values(Vector):
    """Plain values in a typed column."""

    column: Column

    def take(self, rows: Rows) -> Values:
        return Values(self.column.take(rows))

    def to_list(self, graph: ReadableGraph) -> list[Any]:
        return self.column.to_list()

    def present(self, size: int) -> np.ndarray:
        null = self.column.null
        return np.ones(size, np.bool_) if null is None else ~null


@dataclass(frozen=True, slots=True)
class Objects(Vector):
    """Any Python values."""

    values: Sequence[Any]

    def take(self, rows: Rows) -> Objects:
        values = self.values
        return Objects([values[row] if row >= 0 else None for row in rows.tolist()])

    def to_list(self, graph: ReadableGraph) -> list[Any]:
        return list(self.values)

    def present(self, size: int) -> np.ndarray:
        return np.fromiter((value is not None for value in self.values), np.bool_, size)


@dataclass(frozen=True, slots=True)
class Constant(Vector):
    """The same value in every row."""

    value: Any
    size: int

    def take(self, rows: Rows) -> Vector:
        if len(rows) and rows.min() < 0:
            return Objects([self.value if row >= 0 else None for row in rows.tolist()])
        return Constant(self.value, len(rows))

    def to_list(self, graph: ReadableGraph) -> list[Any]:
        return [self.value] * self.size

    def present(self, size: int) -> np.ndarray:
        return np.full(size, self.value is not None)


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows as vectors of the same size."""

    size: int
    vectors: Mapping[str, Vector]

    def take(self, rows: Rows) -> Batch:
        """These rows, in this order."""
        return Batch(len(rows), {name: vector.take(rows) for name, vector in self.vectors.items()})

    def keep(self, mask: np.ndarray) -> Batch:
        """The rows for which the mask is true."""
        return self if mask.all() else self.take(np.flatnonzero(mask))

    def only(self, names: Iterable[str]) -> Batch:
        """The rows with these variables, as far as they have them."""
        return Batch(self.size, {name: self.vectors[name] for name in names if name in self.vectors})

    def adding(self, more: Mapping[str, Vector]) -> Batch:
        """The rows with more variables."""
        return Batch(self.size, {**self.vectors, **more})


def all_of(masks: Sequence[np.ndarray]) -> np.ndarray:
    """Where every mask is true."""
    result = masks[0]
    for mask in masks[1:]:
        result = result & mask
    return result


def null_vector(like: Vector | None, size: int) -> Vector:
    """Nothing but null, of the same sort as another vector."""
    if like is None or isinstance(like, Constant | Objects):
        return Objects([None] * size)
    return like.take(np.full(size, -1))


def concatenate(vectors: Sequence[Vector], sizes: Sequence[int], graph: ReadableGraph) -> Vector:
    """One vector after the other."""
    first = vectors[0]
    if len(vectors) == 1:
        return first
    if isinstance(first, Entities) and all(isinstance(one, Entities) and one.kind is first.kind for one in vectors):
        return Entities(first.kind, np.concatenate([one.ids for one in vectors]))  # type: ignore[attr-defined]
    if all(isinstance(one, Trails) for one in vectors):
        return _concatenate_trails(vectors, sizes)  # type: ignore[arg-type]
    if all(isinstance(one, Values) for one in vectors) and (column := _one_column(vectors)):  # type: ignore[arg-type]
        return Values(column)
    return Objects([value for vector in vectors for value in vector.to_list(graph)])


def concatenate_batches(batches: Sequence[Batch], names: Iterable[str], graph: ReadableGraph) -> Batch:
    """One batch after the other, with these variables."""
    sizes = [batch.size for batch in batches]
    if len(batches) == 1:
        return batches[0].only(names)
    joined = {name: concatenate([batch.vectors[name] for batch in batches], sizes, graph) for name in names}
    return Batch(sum(sizes), joined)


def _concatenate_trails(vectors: Sequence[Trails], sizes: Sequence[int]) -> Trails:
    width = max(one.ids.shape[1] for one in vectors)
    ids = np.full((sum(sizes), width), -1, np.int32)
    null = np.zeros(sum(sizes), np.bool_)
    begin = 0
    for one, size in zip(vectors, sizes, strict=True):
        ids[begin : begin + size, : one.ids.shape[1]] = one.ids
        null[begin : begin + size] = False if one.null is None else one.null
        begin += size
    return Trails(ids, null if null.any() else None)


def _one_column(vectors: Sequence[Values]) -> Column | None:
    """The columns as one, when they are of one kind and, for strings, have one vocabulary."""
    columns = [one.column for one in vectors]
    first = columns[0]
    if isinstance(first, StringColumn):
        same = all(isinstance(one, StringColumn) and one.pool is first.pool for one in columns)
        return StringColumn(np.concatenate([one.raw for one in columns]), first.pool) if same else None
    if not isinstance(first, NumberColumn) or any(one.kind != first.kind for one in columns):
        return None
    nulls = [np.zeros(len(one), np.bool_) if one.null is None else one.null for one in columns]
    null = np.concatenate(nulls)
    return NumberColumn(first.kind, np.concatenate([one.values for one in columns]), null if null.any() else None)


def _gather(array: np.ndarray, rows: Rows, missing: int) -> np.ndarray:
    taken: np.ndarray = array[rows]
    if len(rows) and rows.min() < 0:
        taken = np.where(rows < 0, missing, taken)
    return taken


def row_numbers(batch: Batch) -> np.ndarray:
    """For each row of an inner plan the outer row that it comes from."""
    vector = batch.vectors.get(ROW)
    return vector.column.values if isinstance(vector, Values) else np.zeros(0, np.int64)


def lists_of(graph: ReadableGraph, vector: Vector, of_row: np.ndarray, n: int) -> list[list[Any]]:
    """The values of each of `n` groups in a list, in the order of the rows; `of_row` is the group of each row."""
    order = np.argsort(of_row, kind="stable")
    values = vector.take(order).to_list(graph)
    ends = np.cumsum(np.bincount(of_row, minlength=n)).tolist()
    return [values[begin:end] for begin, end in zip([0, *ends], ends, strict=False)]


# Groups: rows that DISTINCT takes for one


@dataclass(frozen=True, slots=True)
class Codes:
    """For each row a number from 0 to `bound` - 1; equal where the values are equivalent."""

    codes: np.ndarray
    bound: int


@dataclass(frozen=True, slots=True)
class Groups:
    """For each row its group, in the order in which groups appear; and the first row of each group."""

    of_row: np.ndarray
    first: np.ndarray

    def __len__(self) -> int:
        return len(self.first)


_LARGEST_BOUND = 1 << 62


def codes_of(vector: Vector, size: int) -> Codes:
    """Codes by which a vector is grouped."""
    if isinstance(vector, Constant):
        return Codes(np.zeros(size, np.int64), 1)
    if isinstance(vector, Entities):
        return _from_integers(vector.ids)
    if isinstance(vector, Values):
        return _from_column(vector.column)
    values = vector.values if isinstance(vector, Objects) else _lists(vector)
    seen: dict[Any, int] = {}
    codes = np.fromiter((seen.setdefault(group_key(value), len(seen)) for value in values), np.int64, size)
    return Codes(codes, max(1, len(seen)))


def _lists(vector: Vector) -> list[Any]:
    """Trails as lists of numbers, which are as different as the lists of relationships."""
    assert isinstance(vector, Trails)
    lists: list[Any] = [[one for one in row if one >= 0] for row in vector.ids.tolist()]
    if vector.null is not None:
        lists = [None if null else one for one, null in zip(lists, vector.null.tolist(), strict=True)]
    return lists


def _from_column(column: Column) -> Codes:
    if isinstance(column, StringColumn):
        return _from_integers(column.raw)
    if not isinstance(column, NumberColumn):
        return codes_of(Objects(column.to_list()), len(column))
    if column.kind == "float":
        distinct, codes = np.unique(column.values, return_inverse=True)
        found = Codes(codes.astype(np.int64), max(1, len(distinct)))
    else:
        found = _from_integers(column.values)
    if column.null is None:
        return found
    return Codes(np.where(column.null, found.bound, found.codes), found.bound + 1)


def _from_integers(values: np.ndarray) -> Codes:
    if not len(values):
        return Codes(np.zeros(0, np.int64), 1)
    low, high = int(values.min()), int(values.max())
    if high - low <= 4 * len(values) + 65_536:
        return Codes(values.astype(np.int64) - low, high - low + 1)
    distinct, codes = np.unique(values, return_inverse=True)
    return Codes(codes.astype(np.int64), len(distinct))


def combined(parts: Sequence[Codes], size: int) -> Codes:
    """Codes for rows that are equivalent in all parts."""
    if not parts:
        return Codes(np.zeros(size, np.int64), 1)
    result = parts[0]
    for part in parts[1:]:
        if result.bound * part.bound >= _LARGEST_BOUND:
            result = _from_integers(np.unique(result.codes, return_inverse=True)[1])
        result = Codes(result.codes * part.bound + part.codes, result.bound * part.bound)
    return result


def group_rows(codes: Codes) -> Groups:
    """The groups that the codes make."""
    n = len(codes.codes)
    if codes.bound > 4 * n + 65_536:
        _, first, inverse = np.unique(codes.codes, return_index=True, return_inverse=True)
        order = np.argsort(first, kind="stable")
        place = np.empty(len(order), np.int64)
        place[order] = np.arange(len(order))
        return Groups(place[inverse], first[order])
    first = np.full(codes.bound, n, np.int64)
    # Backwards, because of several rows with one code the last that is written stays.
    first[codes.codes[::-1]] = np.arange(n - 1, -1, -1)
    present = np.flatnonzero(first < n)
    order = np.argsort(first[present], kind="stable")
    place = np.empty(codes.bound, np.int64)
    place[present[order]] = np.arange(len(present))
    return Groups(place[codes.codes], first[present[order]])


# Order


def order_keys(vector: Vector, descending: bool, size: int, graph: ReadableGraph) -> list[np.ndarray]:
    """Arrays by which rows are sorted ascending, the most important first; null stands after all values."""
    if isinstance(vector, Constant):
        return []
    if isinstance(vector, Entities):
        return _with_null(vector.ids, vector.ids < 0, descending)
    column = vector.column if isinstance(vector, Values) else None
    if isinstance(column, StringColumn):
        return _with_null(column.raw, column.null, descending)
    if isinstance(column, NumberColumn):
        nan = np.isnan(column.values) if column.kind == "float" else None
        keys = _with_null(column.values, column.null, descending)
        return [*keys[:-1], ~nan if descending else nan, keys[-1]] if nan is not None and nan.any() else keys
    return [_ranks([sort_key(value) for value in vector.to_list(graph)], descending)]


def _with_null(values: np.ndarray, null: np.ndarray | None, descending: bool) -> list[np.ndarray]:
    if descending:
        # ~x turns the order of integers around without leaving their range.
        values = -values if values.dtype.kind == "f" else ~values
    if null is None or not null.any():
        return [values]
    return [~null if descending else null, np.where(null, values.dtype.type(0), values)]


def _ranks(keys: list[Any], descending: bool) -> np.ndarray:
    order = sorted(range(len(keys)), key=keys.__getitem__)
    ranks = np.zeros(len(keys), np.int64)
    rank = 0
    for place, row in enumerate(order):
        if place and keys[order[place - 1]] != keys[row]:
            rank += 1
        ranks[row] = rank
    return ~ranks if descending else ranks


def sorted_rows(keys: Sequence[np.ndarray], size: int, count: int | None = None) -> Rows:
    """The rows in order, the first `count` of them; equal ones in the order they had."""
    if not keys:
        return np.arange(size if count is None else min(size, count))
    if count is not None and count < size // 4:
        # What is worse than the count-th best by the first key alone cannot be among the best.
        bar = np.partition(keys[0], count)[count]
        chosen = np.flatnonzero(keys[0] <= bar) if bar == bar else np.arange(size)
        return chosen[np.lexsort([key[chosen] for key in reversed(keys)])][:count]
    return np.lexsort(list(reversed(keys)))[:count]
