"""Operators on rows: leaves, filters, projections, groups, order and joins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import Any

from kg.cypher import tree
from kg.cypher.context import Run
from kg.cypher.errors import CypherError, CypherSyntaxError, Span
from kg.cypher.functions import AGGREGATES
from kg.cypher.functions.table import Accumulator
from kg.cypher.plan import operators as op
from kg.cypher.plan.operators import bound_by
from kg.cypher.rows.compiler import Compiler, Row, Source, Value
from kg.cypher.values import Node, group_key, noun, sort_key

# Leaves


def _argument(_: Compiler, __: op.Argument) -> Source:
    return lambda argument: iter((argument,))


def _all_nodes(compiler: Compiler, one: op.AllNodes) -> Source:
    return _scan(compiler.slot(one.node), lambda run, _: run.graph.nodes())


def _label_scan(compiler: Compiler, one: op.LabelScan) -> Source:
    label = one.label
    return _scan(compiler.slot(one.node), lambda run, _: run.graph.nodes_with_label(label))


def _index_seek(compiler: Compiler, one: op.IndexSeek) -> Source:
    label, key, value = one.label, one.key, compiler.value(one.value)
    return _scan(compiler.slot(one.node), lambda run, row: run.graph.find_nodes(label, key, value(row)))


def _scan(slot: int, nodes: Callable[[Run, Row], Any]) -> Source:
    def rows(argument: Row) -> Iterator[Row]:
        run = argument[0]
        graph, tick = run.graph, run.budget.tick
        # A list, because what follows may change the graph.
        for node in list(nodes(run, argument)):
            tick()
            row = argument.copy()
            row[slot] = Node(graph, node)
            yield row

    return rows


# Rows


def _filter(compiler: Compiler, one: op.Filter) -> Source:
    source, conditions = compiler.source(one.source), [compiler.value(e) for e in one.conditions]
    if len(conditions) == 1:
        condition = conditions[0]
        return lambda argument: (row for row in source(argument) if condition(row) is True)
    return lambda argument: (row for row in source(argument) if all(test(row) is True for test in conditions))


def _project(compiler: Compiler, one: op.Project) -> Source:
    source = compiler.source(one.source)
    columns = [(compiler.slot(name), compiler.value(e)) for name, e in one.columns]

    def rows(argument: Row) -> Iterator[Row]:
        for row in source(argument):
            values = [value(row) for _, value in columns]
            new = row.copy()
            for (slot, _), value in zip(columns, values, strict=True):
                new[slot] = value
            yield new

    return rows


def _unwind(compiler: Compiler, one: op.Unwind) -> Source:
    source, slot, items = compiler.source(one.source), compiler.slot(one.variable), compiler.value(one.items)

    def rows(argument: Row) -> Iterator[Row]:
        tick = argument[0].budget.tick
        for row in source(argument):
            found = items(row)
            if found is None:
                continue
            for item in found if found.__class__ is list else (found,):
                tick()
                new = row.copy()
                new[slot] = item
                yield new

    return rows


def _distinct(compiler: Compiler, one: op.Distinct) -> Source:
    source, slots = compiler.source(one.source), compiler.slots_of(one.variables)

    def rows(argument: Row) -> Iterator[Row]:
        seen = set()
        for row in source(argument):
            key = tuple(group_key(row[slot]) for slot in slots)
            if key not in seen:
                seen.add(key)
                yield row

    return rows


# Groups


class _Group:
    """An aggregate in one group: which rows count, and what they came to."""

    __slots__ = ("_accumulator", "_arguments", "_seen")

    def __init__(self, accumulator: Accumulator, arguments: list[Value], distinct: bool) -> None:
        self._accumulator = accumulator
        self._arguments = arguments
        self._seen: set[Any] | None = set() if distinct else None

    def add(self, row: Row) -> None:
        values = [argument(row) for argument in self._arguments]
        if values and values[0] is None:
            return
        if self._seen is not None:
            key = group_key(values[0])
            if key in self._seen:
                return
            self._seen.add(key)
        self._accumulator.add(*values)

    def result(self) -> Any:
        return self._accumulator.result()


class _RowCount:
    """`count(*)`."""

    __slots__ = ("_n",)

    def __init__(self) -> None:
        self._n = 0

    def add(self, _: Row) -> None:
        self._n += 1

    def result(self) -> int:
        return self._n


def _aggregate(compiler: Compiler, one: op.Aggregate) -> Source:
    source = compiler.source(one.source)
    keys = [compiler.value(e) for _, e in one.keys]
    makers = [_maker(compiler, e) for _, e in one.aggregates]
    slots = compiler.slots_of(tuple(name for name, _ in (*one.keys, *one.aggregates)))
    spans = [e.span for _, e in one.aggregates]

    def rows(argument: Row) -> Iterator[Row]:
        tick = argument[0].budget.tick
        groups: dict[tuple[Any, ...], tuple[list[Any], list[Any]]] = {}
        for row in source(argument):
            tick()
            values = [key(row) for key in keys]
            key = tuple(map(group_key, values))
            group = groups.get(key)
            if group is None:
                group = groups[key] = values, [make() for make in makers]
            for aggregate, span in zip(group[1], spans, strict=True):
                _at(span, aggregate.add, row)
        if not groups and not keys:
            groups[()] = [], [make() for make in makers]
        for values, aggregates in groups.values():
            new = argument.copy()
            results = (_at(span, aggregate.result) for aggregate, span in zip(aggregates, spans, strict=True))
            for slot, value in zip(slots, chain(values, results), strict=True):
                new[slot] = value
            yield new

    return rows


def _at(span: Span, do: Callable[..., Any], *arguments: Any) -> Any:
    """The answer of an aggregate; what goes wrong in it gets its place in the text."""
    try:
        return do(*arguments)
    except CypherError as error:
        error.span = error.span or span
        raise


def _maker(compiler: Compiler, e: tree.Expression) -> Callable[[], Any]:
    if isinstance(e, tree.CountStar):
        return _RowCount
    assert isinstance(e, tree.FunctionCall)
    start = AGGREGATES[e.name.lower()].start
    arguments, distinct = [compiler.value(argument) for argument in e.arguments], e.distinct
    return lambda: _Group(start(), arguments, distinct)


# Order


def _sort(compiler: Compiler, one: op.Sort) -> Source:
    source, order = compiler.source(one.source), _order(compiler, one.keys)
    return lambda argument: iter(order(_held(source(argument), argument)))


def _top(compiler: Compiler, one: op.Top) -> Source:
    source, order = compiler.source(one.source), _order(compiler, one.keys)
    count = compiler.value(one.count)

    def rows(argument: Row) -> Iterator[Row]:
        n = whole_number(count(argument), "LIMIT", one.count.span)
        best: list[Row] = []
        iterator = source(argument)
        while more := list(islice(iterator, n + 1024)):
            argument[0].budget.check()
            best = order(best + more)[:n]
        yield from best

    return rows


def _order(compiler: Compiler, keys: tuple[tree.SortItem, ...]) -> Callable[[list[Row]], list[Row]]:
    """Sorts rows; by the last key first, because sorting keeps the order of what is equal."""
    items = [(compiler.value(item.expression), item.descending) for item in reversed(keys)]

    def order(rows: list[Row]) -> list[Row]:
        for value, descending in items:
            rows = sorted(rows, key=lambda row, value=value: sort_key(value(row)), reverse=descending)  # type: ignore[misc]
        return rows

    return order


def _held(rows: Iterator[Row], argument: Row) -> list[Row]:
    tick = argument[0].budget.tick
    held = []
    for row in rows:
        tick()
        held.append(row)
    return held


def _skip(compiler: Compiler, one: op.Skip) -> Source:
    source, count = compiler.source(one.source), compiler.value(one.count)
    return lambda argument: islice(source(argument), whole_number(count(argument), "SKIP", one.span), None)


def _limit(compiler: Compiler, one: op.Limit) -> Source:
    source, count = compiler.source(one.source), compiler.value(one.count)
    if not _writes(one.source):
        return lambda argument: islice(source(argument), whole_number(count(argument), "LIMIT", one.span))

    def rows(argument: Row) -> Iterator[Row]:
        n = whole_number(count(argument), "LIMIT", one.span)
        # What is left out has been written all the same.
        return iter(_held(source(argument), argument)[:n])

    return rows


def whole_number(value: Any, clause: str, span: Span) -> int:
    """The number of rows that SKIP or LIMIT wants. Raises CypherSyntaxError."""
    if value.__class__ is not int:
        raise CypherSyntaxError(
            f"{clause} takes an integer, and this is {noun(value)}",
            detail="InvalidArgumentType",
            span=span,
            phase="runtime",
        )
    if value < 0:
        raise CypherSyntaxError(
            f"{clause} cannot be negative", detail="NegativeIntegerArgument", span=span, phase="runtime"
        )
    return min(value, 2**62)


# Joins


def _apply(compiler: Compiler, one: op.Apply) -> Source:
    left, right = _left(compiler, one.left, one.right), compiler.source(one.right)
    return lambda argument: (found for row in left(argument) for found in right(row))


def _left(compiler: Compiler, left: op.Operator, right: op.Operator) -> Source:
    """The rows that another plan is run in: all of them before it starts, when it writes."""
    source = compiler.source(left)
    if not _writes(right):
        return source
    return lambda argument: iter(_held(source(argument), argument))


def _optional_apply(compiler: Compiler, one: op.OptionalApply) -> Source:
    left, right = compiler.source(one.left), compiler.source(one.right)
    slots = compiler.slots_of(one.variables)

    def rows(argument: Row) -> Iterator[Row]:
        for row in left(argument):
            found = False
            for match in right(row):
                found = True
                yield match
            if not found:
                new = row.copy()
                for slot in slots:
                    new[slot] = None
                yield new

    return rows


def _cartesian_product(compiler: Compiler, one: op.CartesianProduct) -> Source:
    left, right = compiler.source(one.left), compiler.source(one.right)
    slots = compiler.slots_of(bound_by(one.right))

    def rows(argument: Row) -> Iterator[Row]:
        tick = argument[0].budget.tick
        others: list[Row] | None = None
        for row in left(argument):
            if others is None:
                others = _held(right(argument), argument)
            for other in others:
                tick()
                yield _joined(row, other, slots)

    return rows


def _hash_join(compiler: Compiler, one: op.HashJoin) -> Source:
    left, right = compiler.source(one.left), compiler.source(one.right)
    left_keys = [compiler.value(e) for e, _ in one.keys]
    right_keys = [compiler.value(e) for _, e in one.keys]
    slots = compiler.slots_of(bound_by(one.right))

    def rows(argument: Row) -> Iterator[Row]:
        tick = argument[0].budget.tick
        table: dict[Any, list[Row]] = {}
        for other in right(argument):
            tick()
            if (key := _equal_key(other, right_keys)) is not None:
                table.setdefault(key, []).append(other)
        for row in left(argument):
            for other in table.get(_equal_key(row, left_keys), ()):
                tick()
                yield _joined(row, other, slots)

    return rows


def _equal_key(row: Row, keys: list[Value]) -> tuple[Any, ...] | None:
    """What rows with equal values share; None when no value can be equal to one of them: null and NaN."""
    values = [key(row) for key in keys]
    if any(value is None or value != value for value in values):
        return None
    return tuple(map(group_key, values))


def _joined(row: Row, other: Row, slots: tuple[int, ...]) -> Row:
    new = row.copy()
    for slot in slots:
        new[slot] = other[slot]
    return new


def _union(compiler: Compiler, one: op.Union) -> Source:
    branches = [compiler.source(branch) for branch in one.branches]
    return lambda argument: chain.from_iterable(branch(argument) for branch in branches)


def _run_each(compiler: Compiler, one: op.RunEach) -> Source:
    source, body = _left(compiler, one.source, one.body), compiler.source(one.body)

    def rows(argument: Row) -> Iterator[Row]:
        for row in _held(source(argument), argument):
            for _ in body(row):
                pass
            yield row

    return rows


def _procedure_call(compiler: Compiler, one: op.ProcedureCall) -> Source:
    source, arguments = compiler.source(one.source), [compiler.value(e) for e in one.arguments]
    outputs = [(field, compiler.slot(variable)) for field, variable in one.outputs]

    def rows(argument: Row) -> Iterator[Row]:
        procedure = argument[0].procedures[one.name]
        fields = [name for name, _ in procedure.outputs]
        places = [(fields.index(field), slot) for field, slot in outputs]
        for row in source(argument):
            found = list(procedure.call(argument[0].graph, *(value(row) for value in arguments)))
            if not fields:
                yield row
                continue
            for values in found:
                new = row.copy()
                for place, slot in places:
                    new[slot] = values[place]
                yield new

    return rows


def _writes(plan: op.Operator) -> bool:
    return any(isinstance(one, op.WRITES) for one in tree.walk(plan))


FORMS: dict[type, Callable[[Compiler, Any], Source]] = {
    op.Argument: _argument,
    op.AllNodes: _all_nodes,
    op.LabelScan: _label_scan,
    op.IndexSeek: _index_seek,
    op.Filter: _filter,
    op.Project: _project,
    op.Unwind: _unwind,
    op.Distinct: _distinct,
    op.Aggregate: _aggregate,
    op.Sort: _sort,
    op.Top: _top,
    op.Skip: _skip,
    op.Limit: _limit,
    op.Apply: _apply,
    op.OptionalApply: _optional_apply,
    op.CartesianProduct: _cartesian_product,
    op.HashJoin: _hash_join,
    op.Union: _union,
    op.RunEach: _run_each,
    op.ProcedureCall: _procedure_call,
}
