"""Aggregates on batches: rows get the number of their group, and each aggregate becomes arithmetic on such numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from kg.cypher import tree
from kg.cypher.batch.compiler import BatchCompiler
from kg.cypher.batch.vectors import (
    Batch,
    Groups,
    Objects,
    Values,
    Vector,
    codes_of,
    combined,
    group_rows,
    lists_of,
)
from kg.cypher.errors import CypherError
from kg.cypher.functions import AGGREGATES
from kg.graph.column import NumberColumn
from kg.graph.protocol import ReadableGraph

Aggregated = Callable[[Batch, Groups], Vector]
"""From all rows and their groups to one value for each group"""

_EXACT = 1 << 53


def aggregated(compiler: BatchCompiler, e: tree.Expression, arguments: tuple[str, ...]) -> Aggregated:
    """The function of an aggregate whose arguments are these variables of the batch."""
    if isinstance(e, tree.CountStar):
        return _count_rows
    assert isinstance(e, tree.FunctionCall)
    name = e.name.lower()
    if name == "count":
        return _count_distinct(arguments[0]) if e.distinct else _count(arguments[0])
    if name == "collect" and not e.distinct:
        return _collect(compiler.graph, arguments[0])
    otherwise = _by_accumulator(compiler.graph, e, arguments)
    return _sum(arguments[0], otherwise) if name == "sum" and not e.distinct else otherwise


def _count_rows(batch: Batch, groups: Groups) -> Vector:
    return _integers(np.bincount(groups.of_row, minlength=len(groups)))


def _count(name: str) -> Aggregated:
    def count(batch: Batch, groups: Groups) -> Vector:
        present = batch.vectors[name].present(batch.size)
        return _integers(np.bincount(groups.of_row[present], minlength=len(groups)))

    return count


def _count_distinct(name: str) -> Aggregated:
    def count(batch: Batch, groups: Groups) -> Vector:
        rows = distinct_rows(batch, groups, name)
        return _integers(np.bincount(groups.of_row[rows], minlength=len(groups)))

    return count


def distinct_rows(batch: Batch, groups: Groups, name: str) -> np.ndarray:
    """For each group the first rows of each value that is not null, ascending."""
    present = np.flatnonzero(batch.vectors[name].present(batch.size))
    vector = batch.vectors[name].take(present)
    codes = codes_of(vector, len(present))
    outer = codes_of(Values(NumberColumn("int", groups.of_row[present])), len(present))
    first: np.ndarray = group_rows(combined([outer, codes], len(present))).first
    return np.take(present, np.sort(first))


def _sum(name: str, otherwise: Aggregated) -> Aggregated:
    """Sums of integers that are small enough for a float to hold each sum exactly."""

    def add(batch: Batch, groups: Groups) -> Vector:
        vector = batch.vectors[name]
        column = vector.column if isinstance(vector, Values) else None
        if column is None or column.kind != "int" or column.null is not None:
            return otherwise(batch, groups)
        if int(np.abs(column.values).max(initial=0)) * batch.size >= _EXACT:
            return otherwise(batch, groups)
        return _integers(np.bincount(groups.of_row, weights=column.values, minlength=len(groups)))

    return add


def _collect(graph: ReadableGraph, name: str) -> Aggregated:
    def collect(batch: Batch, groups: Groups) -> Vector:
        present = np.flatnonzero(batch.vectors[name].present(batch.size))
        vector = batch.vectors[name].take(present)
        return Objects(lists_of(graph, vector, groups.of_row[present], len(groups)))

    return collect


def _by_accumulator(graph: ReadableGraph, e: tree.FunctionCall, arguments: tuple[str, ...]) -> Aggregated:
    """Any other aggregate: the interpreter's own, fed group by group."""
    start = AGGREGATES[e.name.lower()].start

    def aggregate(batch: Batch, groups: Groups) -> Vector:
        first = arguments[0]
        if e.distinct:
            rows = distinct_rows(batch, groups, first)
        else:
            rows = np.flatnonzero(batch.vectors[first].present(batch.size))
        vectors = [batch.vectors[name].take(rows) for name in arguments]
        columns = [lists_of(graph, vector, groups.of_row[rows], len(groups)) for vector in vectors]
        try:
            return Objects([_result(start(), values) for values in zip(*columns, strict=True)])
        except CypherError as error:
            error.span = error.span or e.span
            raise

    return aggregate


def _result(accumulator: Any, columns: tuple[list[Any], ...]) -> Any:
    for values in zip(*columns, strict=True):
        accumulator.add(*values)
    return accumulator.result()


def _integers(values: np.ndarray) -> Values:
    return Values(NumberColumn("int", values.astype(np.int64)))
