"""Operators on batches: leaves, filters, projections, groups, order and joins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from kg.cypher import tree
from kg.cypher.batch.compiler import MORSEL, BatchCompiler, Live, Source, Unsupported
from kg.cypher.batch.groups import aggregated
from kg.cypher.batch.vectors import (
    ROW,
    Batch,
    Codes,
    Entities,
    Groups,
    Values,
    Vector,
    all_of,
    codes_of,
    combined,
    concatenate_batches,
    group_rows,
    null_vector,
    order_keys,
    row_numbers,
    sorted_rows,
)
from kg.cypher.context import Run
from kg.cypher.plan import operators as op
from kg.cypher.plan.operators import bound_by, references
from kg.cypher.rows import row_compiler
from kg.cypher.rows.operators import whole_number
from kg.cypher.types import NODE, RELATIONSHIP, Type
from kg.cypher.values import Node, Relationship
from kg.graph.column import NumberColumn

# Leaves


def _argument(_: BatchCompiler, __: op.Argument, live: Live) -> Source:
    return lambda run, argument: iter((argument.only(live | {ROW}),))


def _all_nodes(compiler: BatchCompiler, one: op.AllNodes, live: Live) -> Source:
    return _scan(one.node, live, lambda run: np.arange(compiler.graph.n_nodes))


def _label_scan(compiler: BatchCompiler, one: op.LabelScan, live: Live) -> Source:
    return _scan(one.node, live, lambda run: np.flatnonzero(compiler.graph.label_mask(one.label)))


def _index_seek(compiler: BatchCompiler, one: op.IndexSeek, live: Live) -> Source:
    if references(one.value):
        raise Unsupported("a seek for a value that differs from row to row")
    value = row_compiler().value(one.value)
    return _scan(one.node, live, lambda run: compiler.graph.find_rows(one.label, one.key, value([run])))


def _scan(name: str, live: Live, find: Callable[[Run], np.ndarray]) -> Source:
    def batches(run: Run, argument: Batch) -> Iterator[Batch]:
        nodes = find(run)
        outer = argument.only(live | {ROW})
        # The first part is small, in case that a LIMIT wants no more.
        begin, size = 0, max(1, 1024 // max(1, argument.size))
        while begin < len(nodes):
            part = nodes[begin : begin + size]
            rows = np.repeat(np.arange(argument.size), len(part))
            yield outer.take(rows).adding({name: Entities(Node, np.tile(part, argument.size))})
            begin, size = begin + size, max(1, MORSEL // max(1, argument.size))

    return batches


# Rows


def _filter(compiler: BatchCompiler, one: op.Filter, live: Live) -> Source:
    source = compiler.source(one.source, live.union(*map(references, one.conditions)))
    tests = [compiler.expressions.condition(e) for e in one.conditions]

    def batches(run: Run, argument: Batch) -> Iterator[Batch]:
        for batch in source(run, argument):
            for test in tests:
                batch = batch.keep(test(run, batch)) if batch.size else batch
            if batch.size:
                yield batch

    return batches


def _project(compiler: BatchCompiler, one: op.Project, live: Live) -> Source:
    names = frozenset(name for name, _ in one.columns)
    source = compiler.source(one.source, (live - names).union(*(references(e) for _, e in one.columns)))
    columns = [(name, compiler.expressions.evaluate(e)) for name, e in one.columns]

    def batches(run: Run, argument: Batch) -> Iterator[Batch]:
        for batch in source(run, argument):
            if batch.size:
                yield batch.adding({name: value(run, batch) for name, value in columns})

    return batches


def _gathered(compiler: BatchCompiler, source: Source, run: Run, argument: Batch, names: Live) -> Batch | None:
    """All rows of a source in one batch; None when there is none."""
    batches = []
    for batch in source(run, argument):
        run.budget.check()
        if batch.size:
            batches.append(batch.only(names))
    return concatenate_batches(batches, batches[0].vectors, compiler.graph) if batches else None


def _distinct(compiler: BatchCompiler, one: op.Distinct, live: Live) -> Source:
    needed = live | set(one.variables)
    source = compiler.source(one.source, needed)

    def batches(run: Run, argument: Batch) -> Iterator[Batch]:
        batch = _gathered(compiler, source, run, argument, needed | {ROW})
        if batch is not None:
            keys = [batch.vectors[name] for name in one.variables]
            # Within an outer plan rows of different outer rows are different.
            keys += [batch.vectors[ROW]] if ROW in batch.vectors else []
            codes = combined([codes_of(key, batch.size) for key in keys], batch.size)
            yield batch.take(group_rows(codes).first)

    return batches


def _aggregate(compiler: BatchCompiler, one: op.Aggregate, live: Live) -> Source:
    compiler.refuse_inside("groups within an outer row")
    names = frozenset(references(e) for _, e in (*one.keys, *one.aggregates))
    source = compiler.source(one.source, frozenset().union(*names))
    keys = [(name, compiler.expressions.evaluate(e)) for name, e in one.keys]
    arguments = [_arguments(e) for _, e in one.aggregates]
    inputs = {name: compiler.expressions.evaluate(e) for pairs in arguments for name, e in pairs}
    outputs = [
        (name, aggregated(compiler, e, tuple(one for one, _ in pairs)))
        for (name, e), pairs in zip(one.aggregates, arguments, strict=True)
    ]

    def batches(run: Run, argument: Batch) -> Iterator[Batch]:
        rows = _evaluated(compiler, source, run, argument, {**dict(keys), **inputs})
        if rows is None:
            if one.keys:
                return
            rows = Batch(0, {name: Values(NumberColumn("int", np.zeros(0, np.int64))) for name in inputs})
        groups = _groups(rows, [rows.vectors[name] for name, _ in keys])
        made = {name: rows.vectors[name].take(groups.first) for name, _ in keys}
        yield Batch(len(groups), made | {name: function(rows, groups) for name, function in outputs})

    return batches


def _arguments(e: tree.Expression) -> list[tuple[str, tree.Expression]]:
    """The arguments of an aggregate under names of their own."""
    if not isinstance(e, tree.FunctionCall):
        return []
    return [(f"{argument!r}", argument) for argument in e.arguments]


def _evaluated(
    compiler: BatchCompiler, source: Source, run: Run, argument: Batch, wanted: dict[str, Any]
) -> Batch | None:
    """Only the wanted values of all rows of a source."""
    found = []
    for batch in source(run, argument):
        run.budget.check()
        if batch.size:
            found.append(Batch(batch.size, {name: value(run, batch) for name, value in wanted.items()}))
    return concatenate_batches(found, wanted, compiler.graph) if found else None


def _groups(rows: Batch, keys: list[Vector]) -> Groups:
    if not keys:
        return Groups(np.zeros(rows.size, np.int64), np.zeros(1, np.int64))
    codes: Codes = combined([codes_of(key, rows.size) for key in keys], rows.size)
    return group_rows(codes)


# Order


def _sort(compiler: BatchCompiler, one: op.Sort, live: Live) -> Source:
    return _sorted(compiler, one.source, one.keys, None, live)


def _top(compiler: BatchCompiler, one: op.Top, live: Live) -> Source:
    return _sorted(compiler, one.source, one.keys, one.count, live)


def _sorted(
    compiler: BatchCompiler,
    below: op.Operator,
    keys: tuple[tree.SortItem, ...],
    count: tree.Expression | None,
    live: Live,
) -> Source:
    compiler.refuse_inside("order within an outer row")
    needed = live.union(*(references(item.expression) for item in keys))
    source = compiler.source(below, needed)
    values = [(compiler.expressions.evaluate(item.expression), item.descending) for item in keys]
    limit = None if count is None else row_compiler().value(count)

    def batches(run: Run, argument: Batch) -> Iterator[Batch]:
        n = None if limit is None or count is None else whole_number(limit([run]), "LIMIT", count.span)
        batch = _gathered(compiler, source, run, argument, needed)
        if batch is not None:
            arrays = [
                array
                for value, descending in values
                for array in order_keys(value(run, batch), descending, batch.size, compiler.graph)
            ]
            yield batch.take(sorted_rows(arrays, batch.size, n))

    return batches


def _skip(compiler: BatchCompiler, one: op.Skip, live: Live) -> Source:
    compiler.refuse_inside("SKIP within an outer row")
    source, count = compiler.source(one.source, live), row_compiler().value(one.count)

    def batches(run: Run, argument: Batch) -> Iterator[Batch]:
        left = whole_number(count([run]), "SKIP", one.span)
        for batch in source(run, argument):
            if left < batch.size:
                yield batch.take(np.arange(left, batch.size)) if left else batch
            left = max(0, left - batch.size)

    return batches


def _limit(compiler: BatchCompiler, one: op.Limit, live: Live) -> Source:
    compiler.refuse_inside("LIMIT within an outer row")
    source, count = compiler.source(one.source, live), row_compiler().value(one.count)

    def batches(run: Run, argument: Batch) -> Iterator[Batch]:
        left = whole_number(count([run]), "LIMIT", one.span)
        for batch in source(run, argument) if left else ():
            yield batch if batch.size <= left else batch.take(np.arange(left))
            left -= batch.size
            if left <= 0:
                return

    return batches


# Joins


def _optional_apply(compiler: BatchCompiler, one: op.OptionalApply, live: Live) -> Source:
    compiler.refuse_inside("an optional part of an optional part")
    new = frozenset(one.variables)
    inner = references(one.right) | (live & frozenset(bound_by(one.right)))
    right = compiler.inside().source(one.right, (live | inner) & (new | inner))
    left = compiler.source(one.left, (live - new) | (inner - new))
    wanted = [name for name in one.variables if name in live]

    def batches(run: Run, argument: Batch) -> Iterator[Batch]:
        for batch in left(run, argument):
            if batch.size:
                yield _with_matches(compiler, right, run, batch, wanted)

    return batches


def _with_matches(compiler: BatchCompiler, right: Source, run: Run, batch: Batch, wanted: list[str]) -> Batch:
    """Each row with each of its matches, or with nulls."""
    numbered = batch.adding({ROW: Values(NumberColumn("int", np.arange(batch.size)))})
    found = [one.only([*wanted, ROW]) for one in right(run, numbered) if one.size]
    matches = concatenate_batches(found, [*wanted, ROW], compiler.graph) if found else Batch(0, {})
    rows = row_numbers(matches)
    missing = np.ones(batch.size, np.bool_)
    missing[rows] = False
    alone = np.flatnonzero(missing)
    order = np.argsort(np.concatenate([rows, alone]), kind="stable")
    # Rows of `matches` first, and -1, which takes null, for those that have none.
    places = np.concatenate([np.arange(matches.size), np.full(len(alone), -1)])[order]
    made = {name: _optional(compiler, name, matches, places) for name in wanted}
    return batch.take(np.concatenate([rows, alone])[order]).adding(made)


def _optional(compiler: BatchCompiler, name: str, matches: Batch, places: np.ndarray) -> Vector:
    vector = matches.vectors.get(name)
    if vector is not None:
        return vector.take(places)
    kinds: dict[Type, type[Node] | type[Relationship]] = {NODE: Node, RELATIONSHIP: Relationship}
    kind = kinds.get(compiler.types.get(name, NODE | RELATIONSHIP))
    empty = Entities(kind, np.full(1, -1)) if kind else None
    return null_vector(empty, len(places))


def _cartesian_product(compiler: BatchCompiler, one: op.CartesianProduct, live: Live) -> Source:
    compiler.refuse_inside("a product within an outer row")
    names = frozenset(bound_by(one.right))
    left, right = compiler.source(one.left, live - names), compiler.source(one.right, live & names)

    def batches(run: Run, argument: Batch) -> Iterator[Batch]:
        other = _gathered(compiler, right, run, Batch(1, {}), live & names)
        for batch in left(run, argument) if other is not None else ():
            assert other is not None
            step = max(1, MORSEL // other.size)
            for begin in range(0, batch.size, step):
                run.budget.check()
                rows = np.arange(begin, min(begin + step, batch.size))
                places = np.tile(np.arange(other.size), len(rows))
                pairs = batch.take(np.repeat(rows, other.size))
                yield pairs.adding(other.take(places).vectors)

    return batches


def _hash_join(compiler: BatchCompiler, one: op.HashJoin, live: Live) -> Source:
    compiler.refuse_inside("a join within an outer row")
    names = frozenset(bound_by(one.right))
    left_live = (live - names).union(*(references(e) for e, _ in one.keys))
    right_live = (live & names).union(*(references(e) for _, e in one.keys))
    left, right = compiler.source(one.left, left_live), compiler.source(one.right, right_live)
    left_keys = [compiler.expressions.evaluate(e) for e, _ in one.keys]
    right_keys = [compiler.expressions.evaluate(e) for _, e in one.keys]

    def batches(run: Run, argument: Batch) -> Iterator[Batch]:
        a = _gathered(compiler, left, run, argument, left_live)
        b = _gathered(compiler, right, run, Batch(1, {}), right_live)
        if a is None or b is None:
            return
        codes, present = _join_codes(
            compiler, [key(run, a) for key in left_keys], [key(run, b) for key in right_keys], a.size, b.size
        )
        yield from _pairs(run, a, b, codes[: a.size], codes[a.size :], present)

    return batches


def _join_codes(
    compiler: BatchCompiler, left: list[Vector], right: list[Vector], n_left: int, n_right: int
) -> tuple[np.ndarray, np.ndarray]:
    """One code for each row of both sides, equal where all keys are; and which rows have all keys."""
    size = n_left + n_right
    sides = [Batch(n_left, _numbered(left)), Batch(n_right, _numbered(right))]
    both = concatenate_batches(sides, sides[0].vectors, compiler.graph)
    present = all_of([vector.present(size) for vector in both.vectors.values()])
    codes = group_rows(combined([codes_of(vector, size) for vector in both.vectors.values()], size))
    return codes.of_row, present


def _numbered(vectors: list[Vector]) -> dict[str, Vector]:
    return {str(place): vector for place, vector in enumerate(vectors)}


def _pairs(run: Run, a: Batch, b: Batch, left: np.ndarray, right: np.ndarray, present: np.ndarray) -> Iterator[Batch]:
    """The pairs of rows with equal codes, in the order of the left rows."""
    rows = np.flatnonzero(present[: a.size])
    others = np.flatnonzero(present[a.size :])
    others = others[np.argsort(right[others], kind="stable")]
    ordered = right[others]
    begin = np.searchsorted(ordered, left[rows], "left")
    n = np.searchsorted(ordered, left[rows], "right") - begin
    after = np.cumsum(n)
    start = 0
    while start < len(rows):
        run.budget.check()
        done = after[start - 1] if start else 0
        end = max(start + 1, int(np.searchsorted(after, done + MORSEL, side="right")))
        count = n[start:end]
        offset = np.repeat(begin[start:end] - (np.cumsum(count) - count), count)
        places = others[np.arange(count.sum()) + offset]
        yield a.take(np.repeat(rows[start:end], count)).adding(b.take(places).vectors)
        start = end


FORMS: dict[type, Callable[[BatchCompiler, Any, Live], Source]] = {
    op.Argument: _argument,
    op.AllNodes: _all_nodes,
    op.LabelScan: _label_scan,
    op.IndexSeek: _index_seek,
    op.Filter: _filter,
    op.Project: _project,
    op.Distinct: _distinct,
    op.Aggregate: _aggregate,
    op.Sort: _sort,
    op.Top: _top,
    op.Skip: _skip,
    op.Limit: _limit,
    op.OptionalApply: _optional_apply,
    op.CartesianProduct: _cartesian_product,
    op.HashJoin: _hash_join,
}
