"""Expressions as functions from a row to a value. Variables of a comprehension have slots like all others."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from kg.cypher import algebra as core
from kg.cypher import operators, tree
from kg.cypher.errors import CypherError, CypherTypeError, ResourceLimit, Span
from kg.cypher.functions import FUNCTIONS
from kg.cypher.labels import fits_labels
from kg.cypher.plan import operators as op
from kg.cypher.rows.compiler import Compiler, Row, Value
from kg.cypher.values import Node, Path, Relationship, equals, less, less_or_equal

_LONGEST = 20_000_000
"""Characters of a string or elements of a list: what is longer was surely not meant."""


def _literal(_: Compiler, e: tree.Literal) -> Value:
    value = e.value
    return lambda row: value


def _parameter(_: Compiler, e: tree.Parameter) -> Value:
    name = e.name
    return lambda row: row[0].parameters[name]


def _variable(compiler: Compiler, e: tree.Variable) -> Value:
    slot = compiler.slot(e.name)
    return lambda row: row[slot]


def _list(compiler: Compiler, e: tree.ListLiteral) -> Value:
    items = [compiler.value(item) for item in e.items]
    return lambda row: [item(row) for item in items]


def _map(compiler: Compiler, e: tree.MapLiteral) -> Value:
    items = [(key, compiler.value(item)) for key, item in e.items]
    return lambda row: {key: item(row) for key, item in items}


def _map_projection(compiler: Compiler, e: tree.MapProjection) -> Value:
    subject = compiler.value(e.subject)
    items = [(key, compiler.value(item)) for key, item in e.items]

    def project(row: Row) -> Any:
        if subject(row) is None:
            return None
        result: dict[str, Any] = {}
        for key, item in items:
            value = item(row)
            if key is None:
                result |= _read(value, "properties", e.span) if isinstance(value, Node | Relationship) else value
            else:
                result[key] = value
        return result

    return project


def _property(compiler: Compiler, e: tree.Property) -> Value:
    subject, key, span = compiler.value(e.subject), e.key, e.span

    def read(row: Row) -> Any:
        value = subject(row)
        if value.__class__ is Node or value.__class__ is Relationship:
            try:
                return value.get(key)
            except CypherError as error:
                raise _placed(error, span) from None
        try:
            return operators.property_of(value, key)
        except CypherError as error:
            raise _placed(error, span) from None

    return read


def _subscript(compiler: Compiler, e: tree.Subscript) -> Value:
    return _two(operators.subscript, compiler.value(e.subject), compiler.value(e.index), e.span)


def _slice(compiler: Compiler, e: tree.Slice) -> Value:
    subject = compiler.value(e.subject)
    sides = {"begin": e.begin, "end": e.end}
    given = {name: compiler.value(side) for name, side in sides.items() if side is not None}

    def cut(row: Row) -> Any:
        try:
            return operators.slice_list(subject(row), **{name: side(row) for name, side in given.items()})
        except CypherError as error:
            raise _placed(error, e.span) from None

    return cut


def _label_test(compiler: Compiler, e: tree.LabelTest) -> Value:
    subject, labels = compiler.value(e.subject), e.labels

    def test(row: Row) -> bool | None:
        value = subject(row)
        if value is None:
            return None
        if isinstance(value, Node):
            return fits_labels(labels, _read(value, "labels", e.span))
        if isinstance(value, Relationship):
            return fits_labels(labels, (_read(value, "type", e.span),))
        raise CypherTypeError(
            "only nodes have labels and only relationships a type", detail="InvalidArgumentType", span=e.span
        )

    if isinstance(labels, tree.LabelName) and isinstance(e.subject, tree.Variable):
        return _has_label(compiler.slot(e.subject.name), labels.name, test)
    return test


def _has_label(slot: int, label: str, otherwise: Value) -> Value:
    """The common case: one label of a node."""

    def test(row: Row) -> Any:
        value = row[slot]
        if value.__class__ is not Node:
            return otherwise(row)
        try:
            return value.graph.has_label(value.id, label)
        except KeyError:  # it was deleted
            return otherwise(row)

    return test


# Operators


def _negation(compiler: Compiler, e: tree.Negation) -> Value:
    return _one(operators.logical_not, compiler.value(e.operand), e.span)


def _logical(compiler: Compiler, e: tree.Logical) -> Value:
    operands = [compiler.value(operand) for operand in e.operands]
    combine = {"AND": operators.logical_and, "OR": operators.logical_or, "XOR": operators.logical_xor}[e.operator]

    def decide(row: Row) -> bool | None:
        try:
            return combine(operand(row) for operand in operands)
        except CypherError as error:
            raise _placed(error, e.span) from None

    return decide


def _unequal(a: Any, b: Any) -> bool | None:
    equal = equals(a, b)
    return None if equal is None else not equal


COMPARISONS: dict[str, Callable[[Any, Any], bool | None]] = {
    "=": equals,
    "<>": _unequal,
    "<": less,
    "<=": less_or_equal,
    ">": lambda a, b: less(b, a),
    ">=": lambda a, b: less_or_equal(b, a),
}


def _comparison(compiler: Compiler, e: tree.Comparison) -> Value:
    values = [compiler.value(e.first), *(compiler.value(one) for _, one in e.rest)]
    tests = [COMPARISONS[operator] for operator, _ in e.rest]
    if len(tests) == 1:
        (first, second), test = values, tests[0]
        return lambda row: test(first(row), second(row))

    def compare(row: Row) -> bool | None:
        found = pairwise([value(row) for value in values])
        return operators.logical_and(test(a, b) for test, (a, b) in zip(tests, found, strict=True))

    return compare


def _null_test(compiler: Compiler, e: tree.NullTest) -> Value:
    operand = compiler.value(e.operand)
    if e.negated:
        return lambda row: operand(row) is not None
    return lambda row: operand(row) is None


BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "-": operators.subtract,
    "*": operators.multiply,
    "/": operators.divide,
    "%": operators.modulo,
    "^": operators.power,
    "IN": operators.in_list,
    "CONTAINS": operators.contains,
    "STARTS WITH": operators.starts_with,
    "ENDS WITH": operators.ends_with,
    "=~": operators.matches,
}


def _add(a: Any, b: Any) -> Any:
    result = operators.add(a, b)
    if (result.__class__ is str or result.__class__ is list) and len(result) > _LONGEST:
        raise ResourceLimit(f"a string or list grew longer than {_LONGEST:,}", detail="MemoryLimit")
    return result


def _binary(compiler: Compiler, e: tree.Binary) -> Value:
    function = _add if e.operator == "+" else BINARY[e.operator]
    return _two(function, compiler.value(e.left), compiler.value(e.right), e.span)


def _unary(compiler: Compiler, e: tree.Unary) -> Value:
    return _one(operators.negate if e.operator == "-" else operators.plus, compiler.value(e.operand), e.span)


def _one(function: Callable[[Any], Any], operand: Value, span: Span) -> Value:
    def apply(row: Row) -> Any:
        value = operand(row)
        try:
            return function(value)
        except CypherError as error:
            raise _placed(error, span) from None

    return apply


def _two(function: Callable[[Any, Any], Any], left: Value, right: Value, span: Span) -> Value:
    def apply(row: Row) -> Any:
        a, b = left(row), right(row)
        try:
            return function(a, b)
        except CypherError as error:
            raise _placed(error, span) from None

    return apply


def _read(entity: Node | Relationship, what: str, span: Span) -> Any:
    """The labels, type or properties of an entity. Raises EntityNotFound, with its place, for what was deleted."""
    try:
        return getattr(entity, what)
    except CypherError as error:
        raise _placed(error, span) from None


def _placed(error: CypherError, span: Span) -> CypherError:
    """The error with a place in the text, if it has none yet."""
    error.span = error.span or span
    return error


def _case(compiler: Compiler, e: tree.Case) -> Value:
    branches = [(compiler.value(when), compiler.value(then)) for when, then in e.branches]
    otherwise = compiler.value(e.otherwise or tree.Literal(None))
    if e.subject is None:
        return lambda row: next((then for when, then in branches if when(row) is True), otherwise)(row)
    subject = compiler.value(e.subject)

    def choose(row: Row) -> Any:
        value = subject(row)
        return next((then for when, then in branches if equals(value, when(row))), otherwise)(row)

    return choose


def _call(compiler: Compiler, e: tree.FunctionCall) -> Value:
    function = FUNCTIONS[e.name.lower()]
    arguments = [compiler.value(argument) for argument in e.arguments]
    call, sees_null, uses_clock, span = function.call, function.sees_null, function.uses_clock, e.span

    def apply(row: Row) -> Any:
        values = [argument(row) for argument in arguments]
        if not sees_null and None in values and any(value is None for value in values):
            return None
        try:
            return call(row[0].clock, *values) if uses_clock else call(*values)
        except CypherError as error:
            raise _placed(error, span) from None

    return apply


# Variables of their own


def _list_comprehension(compiler: Compiler, e: tree.ListComprehension) -> Value:
    source, slot = compiler.value(e.source), compiler.slot(e.variable.name)
    where = compiler.value(e.where) if e.where else None
    projection = compiler.value(e.projection or e.variable)

    def collect(row: Row) -> Any:
        items = _items(source(row), e.span)
        if items is None:
            return None
        result = []
        for row[slot] in items:
            row[0].budget.tick()
            if where is None or where(row) is True:
                result.append(projection(row))
        return result

    return collect


def _quantifier(compiler: Compiler, e: tree.Quantifier) -> Value:
    source, slot = compiler.value(e.source), compiler.slot(e.variable.name)
    where = compiler.value(e.where or e.variable)
    decide = _QUANTIFIERS[e.kind]

    def test(row: Row) -> bool | None:
        items = _items(source(row), e.span)
        if items is None:
            return None
        found = []
        for row[slot] in items:
            row[0].budget.tick()
            found.append(where(row))
        return decide(found)

    return test


def _single(found: list[bool | None]) -> bool | None:
    n_true = sum(one is True for one in found)
    if n_true > 1:
        return False
    return None if None in found else n_true == 1


_QUANTIFIERS: dict[str, Callable[[list[bool | None]], bool | None]] = {
    "all": operators.logical_and,
    "any": operators.logical_or,
    "none": lambda found: operators.logical_not(operators.logical_or(found)),
    "single": _single,
}


def _reduce(compiler: Compiler, e: tree.Reduce) -> Value:
    initial, source, step = compiler.value(e.initial), compiler.value(e.source), compiler.value(e.step)
    accumulator, slot = compiler.slot(e.accumulator.name), compiler.slot(e.variable.name)

    def fold(row: Row) -> Any:
        items = _items(source(row), e.span)
        if items is None:
            return None
        row[accumulator] = initial(row)
        for row[slot] in items:
            row[0].budget.tick()
            row[accumulator] = step(row)
        return row[accumulator]

    return fold


def _items(value: Any, span: Span) -> list[Any] | None:
    if value is None or value.__class__ is list:
        return value
    raise CypherTypeError("what stands after IN must be a list", detail="InvalidArgumentType", span=span)


# Patterns and queries


def _planned(compiler: Compiler, e: op.Planned) -> Value:
    source = compiler.source(e.plan)
    if e.kind == "EXISTS":
        return lambda row: next(source(row), None) is not None
    if e.kind == "COUNT":
        return lambda row: sum(1 for _ in source(row))
    column = compiler.value(e.column or tree.Literal(None))
    return lambda row: [column(found) for found in source(row)]


def _path(compiler: Compiler, e: core.PathValue) -> Value:
    first, *others = (compiler.slot(node.name) for node in e.nodes)
    steps = [(compiler.slot(one.name), other) for one, other in zip(e.relationships, others, strict=True)]

    def build(row: Row) -> Path | None:
        if row[first] is None:
            return None
        nodes, walked = [row[first]], []
        for slot, _ in steps:
            found = row[slot]
            if found is None:
                return None
            for relationship in found if found.__class__ is list else (found,):
                walked.append(relationship)
                nodes.append(other_end(relationship, nodes[-1]))
        return Path(nodes, walked)

    return build


def other_end(relationship: Relationship, node: Node) -> Node:
    """The node at the other side of the relationship."""
    end = relationship.end if relationship.start == node.id else relationship.start
    return Node(node.graph, end)


FORMS: dict[type, Callable[[Compiler, Any], Value]] = {
    tree.Literal: _literal,
    tree.Parameter: _parameter,
    tree.Variable: _variable,
    tree.ListLiteral: _list,
    tree.MapLiteral: _map,
    tree.MapProjection: _map_projection,
    tree.Property: _property,
    tree.Subscript: _subscript,
    tree.Slice: _slice,
    tree.LabelTest: _label_test,
    tree.Negation: _negation,
    tree.Logical: _logical,
    tree.Comparison: _comparison,
    tree.NullTest: _null_test,
    tree.Binary: _binary,
    tree.Unary: _unary,
    tree.Case: _case,
    tree.FunctionCall: _call,
    tree.ListComprehension: _list_comprehension,
    tree.Quantifier: _quantifier,
    tree.Reduce: _reduce,
    op.Planned: _planned,
    core.PathValue: _path,
}
