"""Expressions on batches. What has no form here is evaluated row by row, by the interpreter's own function.

A vector form must not evaluate more than the interpreter would: only what cannot raise may stand in AND, OR and XOR.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from kg.cypher import tree
from kg.cypher.batch.vectors import (
    ROW,
    Batch,
    Constant,
    Entities,
    Objects,
    Values,
    Vector,
    all_of,
    concatenate,
    lists_of,
    row_numbers,
)
from kg.cypher.bind.patterns import label_names
from kg.cypher.context import Run
from kg.cypher.plan import operators as op
from kg.cypher.plan.operators import references
from kg.cypher.rows import row_compiler
from kg.cypher.values import Node, Relationship
from kg.graph.column import Column, NumberColumn, StringColumn
from kg.graph.columns import PropertyGraph

Evaluate = Callable[[Run, Batch], Vector]
Inside = Callable[[op.Operator, frozenset[str]], Callable[[Run, Batch], Iterator[Batch]] | None]
"""From a plan and the variables to keep to its batches; None when it has no form"""
_FLIPPED = {"=": "=", "<>": "<>", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
_TESTS: dict[str, Callable[[Any, Any], Any]] = {
    "=": np.equal,
    "<>": np.not_equal,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
}


class ExpressionCompiler:
    """Compiles expressions over one graph. `inside` compiles a plan that is run in all rows of a batch at once."""

    def __init__(self, graph: PropertyGraph, inside: Inside) -> None:
        self.graph = graph
        self._inside = inside

    def evaluate(self, e: tree.Expression) -> Evaluate:
        """The function that gives the vector of an expression."""
        match e:
            case tree.Literal(value):
                return lambda run, batch: Constant(value, batch.size)
            case tree.Parameter(name):
                return lambda run, batch: Constant(run.parameters[name], batch.size)
            case tree.Variable(name):
                return lambda run, batch: batch.vectors[name]
            case tree.Property(tree.Variable(), _):
                return self._property(e)
            case tree.Comparison(first, ((operator, second),)):
                return self._comparison(e, operator, first, second)
            case tree.Logical() if all(map(_cannot_raise, e.operands)):
                return self._logical(e)
            case tree.Negation(operand) if _cannot_raise(operand):
                return self._negation(operand)
            case tree.NullTest(operand, negated):
                return self._null_test(operand, negated)
            case tree.LabelTest(tree.Variable(name), labels) if names := label_names(labels):
                return self._label_test(e, name, names)
            case tree.Binary("STARTS WITH" | "ENDS WITH" | "CONTAINS" | "=~" | "IN"):
                return self._by_distinct(e)
            case tree.Binary("+" | "-" | "*", left, right):
                return self._arithmetic(e, left, right)
            case op.Planned():
                return self._planned(e)
            case _:
                return self.by_row(e)

    def condition(self, e: tree.Expression) -> Callable[[Run, Batch], np.ndarray]:
        """The function that gives the mask of the rows for which a condition is true."""
        evaluate = self.evaluate(e)
        return lambda run, batch: is_true(evaluate(run, batch), batch.size)

    def by_row(self, e: tree.Expression) -> Evaluate:
        """The interpreter's function, called for each row."""
        compiler = row_compiler()
        value = compiler.value(e)
        names = sorted(references(e) & compiler.slots.keys())
        places = [compiler.slots[name] for name in names]
        width = len(compiler.slots) + 1

        def evaluate(run: Run, batch: Batch) -> Vector:
            present = [(name, place) for name, place in zip(names, places, strict=True) if name in batch.vectors]
            columns = [batch.vectors[name].to_list(self.graph) for name, _ in present]
            slots = [place for _, place in present]
            row: list[Any] = [run, *[None] * (width - 1)]
            tick, result = run.budget.tick, []
            for values in zip(*columns, strict=True) if columns else [()] * batch.size:
                tick()
                for slot, one in zip(slots, values, strict=True):
                    row[slot] = one
                result.append(value(row))
            return _narrowed(result)

        return evaluate

    # Forms

    def _planned(self, e: op.Planned) -> Evaluate:
        """EXISTS, COUNT and COLLECT: the inner plan once for all rows, which it keeps apart by their numbers."""
        column = None if e.column is None else self.evaluate(e.column)
        source = self._inside(e.plan, frozenset() if e.column is None else references(e.column))
        if source is None:
            return self.by_row(e)
        outer = references(e) - {ROW}

        def evaluate(run: Run, batch: Batch) -> Vector:
            numbers = Values(NumberColumn("int", np.arange(batch.size)))
            found = [one for one in source(run, batch.only(outer).adding({ROW: numbers})) if one.size]
            rows = np.concatenate([row_numbers(one) for one in found]) if found else np.zeros(0, np.int64)
            if column is not None:
                parts = [column(run, one) for one in found]
                sizes = [one.size for one in found]
                values = concatenate(parts, sizes, self.graph) if parts else Objects([])
                return Objects(lists_of(self.graph, values, rows, batch.size))
            counts = np.bincount(rows, minlength=batch.size)
            return Values(NumberColumn("bool", counts > 0) if e.kind == "EXISTS" else NumberColumn("int", counts))

        return evaluate

    def _property(self, e: tree.Property) -> Evaluate:
        assert isinstance(e.subject, tree.Variable)
        name, key, otherwise = e.subject.name, e.key, self.by_row(e)

        def read(run: Run, batch: Batch) -> Vector:
            vector = batch.vectors[name]
            if not isinstance(vector, Entities):
                return otherwise(run, batch)
            column = self.graph.node_column(key) if vector.kind is Node else self.graph.relationship_column(key)
            return Values(column.take(vector.ids))

        return read

    def _comparison(
        self, e: tree.Expression, operator: str, first: tree.Expression, second: tree.Expression
    ) -> Evaluate:
        left, right, otherwise = self.evaluate(first), self.evaluate(second), self.by_row(e)

        def compare(run: Run, batch: Batch) -> Vector:
            a, b = left(run, batch), right(run, batch)
            if isinstance(a, Constant):
                found = _compare(_FLIPPED[operator], b, a, batch.size)
            else:
                found = _compare(operator, a, b, batch.size)
            return otherwise(run, batch) if found is None else found

        return compare

    def _logical(self, e: tree.Logical) -> Evaluate:
        operands = [self.evaluate(operand) for operand in e.operands]
        combine = {"AND": _and, "OR": _or, "XOR": _xor}[e.operator]

        def decide(run: Run, batch: Batch) -> Vector:
            truths = [_truth(operand(run, batch), batch.size) for operand in operands]
            result = truths[0]
            for truth in truths[1:]:
                result = combine(result, truth)
            return _boolean(*result)

        return decide

    def _negation(self, operand: tree.Expression) -> Evaluate:
        evaluate = self.evaluate(operand)

        def negate(run: Run, batch: Batch) -> Vector:
            true, false = _truth(evaluate(run, batch), batch.size)
            return _boolean(false, true)

        return negate

    def _null_test(self, operand: tree.Expression, negated: bool) -> Evaluate:
        evaluate = self.evaluate(operand)

        def test(run: Run, batch: Batch) -> Vector:
            present = evaluate(run, batch).present(batch.size)
            return Values(NumberColumn("bool", present if negated else ~present))

        return test

    def _label_test(self, e: tree.Expression, name: str, labels: tuple[str, ...]) -> Evaluate:
        otherwise = self.by_row(e)

        def test(run: Run, batch: Batch) -> Vector:
            vector = batch.vectors[name]
            if not isinstance(vector, Entities) or vector.kind is not Node:
                return otherwise(run, batch)
            fits = all_of([self.graph.label_mask(label)[vector.ids] for label in labels])
            present = vector.present(batch.size)
            return _boolean(fits & present, ~fits & present)

        return test

    def _by_distinct(self, e: tree.Expression) -> Evaluate:
        """A test of one property against a constant: each distinct value is tested once, not each row."""
        by_row = self.by_row(e)
        assert isinstance(e, tree.Binary)
        subject, other = e.left, e.right
        if not isinstance(subject, tree.Property) or references(other):
            return by_row
        read, name = self.evaluate(subject), "value of the property"
        prefix = other.value if e.operator == "STARTS WITH" and isinstance(other, tree.Literal) else None
        test = self.by_row(tree.Binary(e.operator, tree.Variable(name), other, span=e.span))

        def evaluate(run: Run, batch: Batch) -> Vector:
            vector = read(run, batch)
            column = vector.column if isinstance(vector, Values) else None
            if not isinstance(column, StringColumn) or not batch.size:
                return by_row(run, batch)
            if isinstance(prefix, str):
                return Values(NumberColumn("bool", _starts_with(column, prefix), column.null))
            codes, rows = np.unique(column.raw, return_inverse=True)
            once = Batch(len(codes), {name: Values(StringColumn(codes, column.pool))})
            return test(run, once).take(rows)

        return evaluate

    def _arithmetic(self, e: tree.Binary, left: tree.Expression, right: tree.Expression) -> Evaluate:
        first, second, otherwise = self.evaluate(left), self.evaluate(right), self.by_row(e)
        function = {"+": np.add, "-": np.subtract, "*": np.multiply}[e.operator]

        def compute(run: Run, batch: Batch) -> Vector:
            a, b = (_number(one(run, batch)) for one in (first, second))
            if a is None or b is None or not _stays_small(a, b):
                return otherwise(run, batch)
            with np.errstate(all="ignore"):
                values = np.broadcast_to(function(a[0], b[0]), batch.size)
            null = _either(a[1], b[1])
            return Values(NumberColumn("float" if values.dtype.kind == "f" else "int", values, null))

        return compute


# Comparisons. None: there is no vector form, because kinds differ or integers meet floats.


def _compare(operator: str, a: Vector, b: Vector, size: int) -> Vector | None:
    if isinstance(a, Entities):
        return _compare_entities(operator, a, b)
    if not isinstance(a, Values):
        return None
    column = a.column
    if isinstance(b, Constant):
        return _compare_constant(operator, column, b.value)
    if not isinstance(b, Values) or not _comparable(column, b.column):
        return None
    null = _either(column.null, b.column.null)
    return Values(NumberColumn("bool", _TESTS[operator](column.raw, b.column.raw), null))


def _comparable(a: Column, b: Column) -> bool:
    if isinstance(a, StringColumn) and isinstance(b, StringColumn):
        return a.pool is b.pool
    return isinstance(a, NumberColumn) and isinstance(b, NumberColumn) and a.kind == b.kind


def _compare_entities(operator: str, a: Entities, b: Vector) -> Vector | None:
    if not isinstance(b, Entities) or a.kind is not b.kind or operator not in ("=", "<>"):
        return None
    null = (a.ids < 0) | (b.ids < 0)
    return Values(NumberColumn("bool", _TESTS[operator](a.ids, b.ids), null if null.any() else None))


def _compare_constant(operator: str, column: Column, value: Any) -> Vector | None:
    if isinstance(column, StringColumn):
        found = _compare_string(operator, column, value)
    elif column.kind == "bool" and isinstance(value, bool):
        found = _TESTS[operator](column.values, value)
    elif column.kind in ("int", "float") and value.__class__ in (int, float):
        found = _compare_number(operator, column, value)
    else:
        return None
    return None if found is None else Values(NumberColumn("bool", found, column.null))


def _compare_string(operator: str, column: StringColumn, value: Any) -> np.ndarray | None:
    """By code: the pool is sorted, so that a string has a place in it whether it is there or not."""
    if not isinstance(value, str):
        return None
    if operator in ("=", "<>"):
        codes = column.raw_equal_to(value)
        equal: np.ndarray = column.raw == codes[0] if codes else np.zeros(len(column), np.bool_)
        return equal if operator == "=" else ~equal
    bisect = bisect_left if operator in ("<", ">=") else bisect_right
    place = bisect(range(len(column.pool)), value, key=column.pool.item)
    below: np.ndarray = column.raw < place
    return below if operator in ("<", "<=") else ~below


def _starts_with(column: StringColumn, prefix: str) -> np.ndarray:
    """Strings with one beginning stand side by side in the sorted pool."""
    places, n = range(len(column.pool)), len(prefix)
    begin = bisect_left(places, prefix, key=column.pool.item)
    end = bisect_right(places, prefix, lo=begin, key=lambda code: column.pool.item(code)[:n])
    within: np.ndarray = (column.raw >= begin) & (column.raw < end)
    return within


def _compare_number(operator: str, column: Column, value: int | float) -> np.ndarray | None:
    """Exactly: an integer is never turned into a float, nor a large one the other way."""
    if column.kind == "float":
        if isinstance(value, int) and float(value) != value:
            return None
        return _TESTS[operator](column.values, float(value))  # type: ignore[no-any-return]
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        if value.is_integer():
            value = int(value)
        elif operator in ("=", "<>"):
            return np.full(len(column), operator == "<>")
        else:
            value = math.ceil(value) if operator in ("<", ">=") else math.floor(value)
    return _TESTS[operator](column.values, value)  # type: ignore[no-any-return]


# Logic, as pairs of masks: where it is true, where it is false; null is neither.

Truth = tuple[np.ndarray, np.ndarray]


def _truth(vector: Vector, size: int) -> Truth:
    if isinstance(vector, Values) and vector.column.kind == "bool":
        values, null = vector.column.values, vector.column.null
        return (values, ~values) if null is None else (values & ~null, ~values & ~null)
    held: Sequence[Any] = [vector.value] * size if isinstance(vector, Constant) else [None] * size
    if isinstance(vector, Objects):
        held = vector.values
    return (
        np.fromiter((value is True for value in held), np.bool_, size),
        np.fromiter((value is False for value in held), np.bool_, size),
    )


def is_true(vector: Vector, size: int) -> np.ndarray:
    """The mask of the rows in which a vector is true, and not false or null."""
    return _truth(vector, size)[0]


def _and(a: Truth, b: Truth) -> Truth:
    return a[0] & b[0], a[1] | b[1]


def _or(a: Truth, b: Truth) -> Truth:
    return a[0] | b[0], a[1] & b[1]


def _xor(a: Truth, b: Truth) -> Truth:
    return (a[0] & b[1]) | (a[1] & b[0]), (a[0] & b[0]) | (a[1] & b[1])


def _boolean(true: np.ndarray, false: np.ndarray) -> Values:
    null = ~(true | false)
    return Values(NumberColumn("bool", true, null if null.any() else None))


def _cannot_raise(e: tree.Expression) -> bool:
    """Whether an expression has a truth value in every row, whatever the values are."""
    match e:
        case tree.Comparison(first, rest):
            return all(_is_plain(one) for one in (first, *(one for _, one in rest)))
        case tree.NullTest(operand):
            return _is_plain(operand)
        case tree.Logical(operands=operands):
            return all(map(_cannot_raise, operands))
        case tree.Negation(operand):
            return _cannot_raise(operand)
        case tree.LabelTest(tree.Variable()):
            return True
        case tree.Literal(value):
            return value is None or isinstance(value, bool)
        case op.Planned("EXISTS", plan):
            return all(map(_only_matches, (one for one in tree.walk(plan) if isinstance(one, op.Operator))))
        case _:
            return False


def _only_matches(operator: op.Operator) -> bool:
    """Whether an operator of a pattern looks at nothing that could raise."""
    if isinstance(operator, op.Filter):
        return all(map(_cannot_raise, operator.conditions))
    return isinstance(operator, op.Argument | op.AllNodes | op.LabelScan | op.Expand)


def _is_plain(e: tree.Expression) -> bool:
    if isinstance(e, tree.Property):
        return isinstance(e.subject, tree.Variable)
    return isinstance(e, tree.Variable | tree.Literal | tree.Parameter)


# Numbers

Numbers = tuple[Any, np.ndarray | None]


def _number(vector: Vector) -> Numbers | None:
    if isinstance(vector, Constant):
        return (vector.value, None) if vector.value.__class__ in (int, float) else None
    if isinstance(vector, Values) and vector.column.kind in ("int", "float"):
        return vector.column.values, vector.column.null
    return None


def _stays_small(a: Numbers, b: Numbers) -> bool:
    """Whether no sum or product can leave 64 bits; floats cannot, and beside integers they must be exact."""
    kinds = {np.asarray(one[0]).dtype.kind for one in (a, b)}
    if kinds == {"f"}:
        return True
    largest = [int(np.abs(one[0]).max(initial=0)) if np.ndim(one[0]) else abs(int(one[0])) for one in (a, b)]
    return max(largest) < (2**31 if kinds == {"i"} else 2**53)


def _either(a: np.ndarray | None, b: np.ndarray | None) -> np.ndarray | None:
    if a is None or b is None:
        return a if b is None else b
    both: np.ndarray = a | b
    return both


def _narrowed(values: list[Any]) -> Vector:
    """Python values as the narrowest vector that holds them."""
    kinds = set(map(type, values))
    if kinds == {bool}:
        return Values(NumberColumn("bool", np.array(values, np.bool_)))
    if kinds == {int}:
        return Values(NumberColumn("int", np.array(values, np.int64)))
    if kinds == {float}:
        return Values(NumberColumn("float", np.array(values, np.float64)))
    if kinds in ({Node}, {Relationship}):
        return Entities(kinds.pop(), np.fromiter((value.id for value in values), np.int64, len(values)))
    return Objects(values)
