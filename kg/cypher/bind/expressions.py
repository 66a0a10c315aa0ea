"""Expressions: each variable gets its only name, each operation a check of the types that it meets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kg.cypher import tree, types
from kg.cypher.bind.scope import Scope, Symbols, did_you_mean, look_up
from kg.cypher.errors import CypherError, CypherSyntaxError, CypherTypeError, Span
from kg.cypher.functions import AGGREGATES, FUNCTIONS
from kg.cypher.types import ANY, Type

if TYPE_CHECKING:
    from kg.cypher.bind.queries import QueryBinder

Bound = tuple[tree.Expression, Type]

_LITERALS: dict[type, Type] = {
    bool: types.BOOLEAN,
    int: types.INTEGER,
    float: types.FLOAT,
    str: types.STRING,
    type(None): types.NULL,
}
_HAS_PROPERTIES = types.ENTITY | types.MAP | types.TEMPORAL
_ADDABLE = types.NUMBER | types.STRING | types.LIST | types.TEMPORAL


@dataclass(frozen=True, slots=True)
class Where:
    """Where an expression stands: the scope, and what the place allows.

    `aggregates`: "allowed" in projections, "nested" inside another aggregate, else "forbidden".
    """

    scope: Scope
    aggregates: str = "forbidden"


class ExpressionBinder:
    """Binds expressions. `queries` binds what stands inside EXISTS, COUNT and COLLECT."""

    def __init__(self, symbols: Symbols, queries: QueryBinder) -> None:
        self.symbols = symbols
        self.queries = queries
        self._forms: dict[type, Callable[[Any, Where], Bound]] = {
            tree.Literal: self._literal,
            tree.Parameter: lambda e, _: (e, ANY),
            tree.Variable: self._variable,
            tree.ListLiteral: self._list,
            tree.MapLiteral: self._map,
            tree.Property: self._property,
            tree.Subscript: self._subscript,
            tree.Slice: self._slice,
            tree.LabelTest: self._label_test,
            tree.Negation: self._negation,
            tree.Logical: self._logical,
            tree.Comparison: self._comparison,
            tree.NullTest: self._null_test,
            tree.Binary: self._binary,
            tree.Unary: self._unary,
            tree.FunctionCall: self._call,
            tree.CountStar: self._count_star,
            tree.Case: self._case,
            tree.ListComprehension: self._list_comprehension,
            tree.Quantifier: self._quantifier,
            tree.Reduce: self._reduce,
            tree.MapProjection: self._map_projection,
            tree.PatternPredicate: self._pattern_predicate,
            tree.PatternComprehension: self._pattern_comprehension,
            tree.SubqueryExpression: self._subquery,
        }

    def bind(self, expression: tree.Expression, where: Where) -> Bound:
        """The expression with names that mean one thing each, and its type."""
        return self._forms[type(expression)](expression, where)

    def condition(self, expression: tree.Expression, scope: Scope, aggregates: str = "forbidden") -> tree.Expression:
        """An expression that must be true, false or null."""
        bound, found = self.bind(expression, Where(scope, aggregates))
        self.expect(types.BOOLEAN, found, expression.span, "a condition")
        return bound

    def expect(self, wanted: Type, found: Type, span: Span, what: str) -> None:
        """Raise InvalidArgumentType when a value of the type `found` can never be one of `wanted`."""
        if not found.may_be(wanted):
            raise _wrong_type(f"{what} must be {wanted}, and this is {found}", span)

    def _local(self, where: Where, variable: tree.Variable, type_: Type) -> tuple[Where, tree.Variable]:
        """The place inside a comprehension, which has one more variable and no aggregates; and that variable."""
        unique = self.symbols.declare(variable.name, type_)
        inner = Where({**where.scope, variable.name: unique}, _inner_aggregates(where.aggregates))
        return inner, tree.Variable(unique, span=variable.span)

    # Values

    def _literal(self, e: tree.Literal, _: Where) -> Bound:
        return e, _LITERALS[type(e.value)]

    def _variable(self, e: tree.Variable, where: Where) -> tuple[tree.Variable, Type]:
        unique = look_up(where.scope, e.name, e.span)
        return tree.Variable(unique, span=e.span), self.symbols.types[unique]

    def _list(self, e: tree.ListLiteral, where: Where) -> Bound:
        items = [self.bind(item, where) for item in e.items]
        element = types.NULL
        for _, found in items:
            element = element | found
        known = bool(element.kinds) and element.kinds != ANY.kinds
        return replace(e, items=tuple(item for item, _ in items)), Type(types.LIST.kinds, element if known else None)

    def _map(self, e: tree.MapLiteral, where: Where) -> Bound:
        return replace(e, items=tuple((key, self.bind(item, where)[0]) for key, item in e.items)), types.MAP

    def _map_projection(self, e: tree.MapProjection, where: Where) -> Bound:
        subject, found = self._variable(e.subject, where)
        self.expect(types.ENTITY | types.MAP, found, e.span, "what a map is projected from")
        items = tuple((key, self.bind(item, where)[0]) for key, item in e.items)
        return replace(e, subject=subject, items=items), types.MAP

    # Parts of values

    def _property(self, e: tree.Property, where: Where) -> Bound:
        subject, found = self.bind(e.subject, where)
        if not found.may_be(_HAS_PROPERTIES):
            raise _no_properties(found, e)
        return replace(e, subject=subject), ANY

    def _subscript(self, e: tree.Subscript, where: Where) -> Bound:
        subject, found = self.bind(e.subject, where)
        index, by = self.bind(e.index, where)
        if found == types.LIST or (found.kinds == types.LIST.kinds):
            if not by.may_be(types.INTEGER):
                raise CypherTypeError(
                    f"a list is read by an Integer, and this is {by}",
                    detail="ListElementAccessByNonInteger",
                    span=e.index.span,
                )
            return replace(e, subject=subject, index=index), found.element or ANY
        if not found.may_be(types.LIST | types.MAP | types.ENTITY):
            raise CypherTypeError(
                f"{found} has no elements to read by index", detail="InvalidElementAccess", span=e.span
            )
        return replace(e, subject=subject, index=index), ANY

    def _slice(self, e: tree.Slice, where: Where) -> Bound:
        subject, found = self.bind(e.subject, where)
        self.expect(types.LIST, found, e.subject.span, "what is sliced")
        begin, end = (None if side is None else self._integer(side, where) for side in (e.begin, e.end))
        return replace(e, subject=subject, begin=begin, end=end), Type(types.LIST.kinds, found.element)

    def _integer(self, e: tree.Expression, where: Where) -> tree.Expression:
        bound, found = self.bind(e, where)
        self.expect(types.INTEGER, found, e.span, "a position in a list")
        return bound

    def _label_test(self, e: tree.LabelTest, where: Where) -> Bound:
        subject, found = self.bind(e.subject, where)
        self.expect(types.ENTITY, found, e.subject.span, "what has labels or a type")
        return replace(e, subject=subject), types.BOOLEAN

    # Operators

    def _truth(self, e: tree.Expression, where: Where) -> tree.Expression:
        bound, found = self.bind(e, where)
        self.expect(types.BOOLEAN, found, e.span, "an operand of AND, OR, XOR and NOT")
        return bound

    def _negation(self, e: tree.Negation, where: Where) -> Bound:
        return replace(e, operand=self._truth(e.operand, where)), types.BOOLEAN

    def _logical(self, e: tree.Logical, where: Where) -> Bound:
        return replace(e, operands=tuple(self._truth(one, where) for one in e.operands)), types.BOOLEAN

    def _comparison(self, e: tree.Comparison, where: Where) -> Bound:
        first, _ = self.bind(e.first, where)
        rest = tuple((operator, self.bind(one, where)[0]) for operator, one in e.rest)
        return replace(e, first=first, rest=rest), types.BOOLEAN

    def _null_test(self, e: tree.NullTest, where: Where) -> Bound:
        return replace(e, operand=self.bind(e.operand, where)[0]), types.BOOLEAN

    def _binary(self, e: tree.Binary, where: Where) -> Bound:
        left, a = self.bind(e.left, where)
        right, b = self.bind(e.right, where)
        return replace(e, left=left, right=right), self._result(e, a, b)

    def _result(self, e: tree.Binary, a: Type, b: Type) -> Type:
        if e.operator == "IN":
            self.expect(types.LIST, b, e.right.span, "the right side of IN")
            return types.BOOLEAN
        if e.operator in ("STARTS WITH", "ENDS WITH", "CONTAINS", "=~"):
            return types.BOOLEAN
        if e.operator == "+":
            return self._sum(e, a, b)
        return self._arithmetic(e, a, b)

    def _sum(self, e: tree.Binary, a: Type, b: Type) -> Type:
        if a.kinds == types.LIST.kinds or b.kinds == types.LIST.kinds:
            return types.LIST
        self.expect(_ADDABLE, a, e.left.span, "the left side of +")
        self.expect(_ADDABLE, b, e.right.span, "the right side of +")
        if a.kinds and b.kinds and a.kinds <= types.NUMBER.kinds and b.kinds <= types.NUMBER.kinds:
            return _numeric(a, b)
        if a == types.STRING and b == types.STRING:
            return types.STRING
        return _ADDABLE

    def _arithmetic(self, e: tree.Binary, a: Type, b: Type) -> Type:
        fits = types.NUMBER | types.TEMPORAL if e.operator in "-*/" else types.NUMBER
        self.expect(fits, a, e.left.span, f"the left side of {e.operator}")
        self.expect(fits, b, e.right.span, f"the right side of {e.operator}")
        if e.operator == "^":
            return types.FLOAT
        if a.kinds and b.kinds and a.kinds <= types.NUMBER.kinds and b.kinds <= types.NUMBER.kinds:
            return _numeric(a, b)
        return fits

    def _unary(self, e: tree.Unary, where: Where) -> Bound:
        operand, found = self.bind(e.operand, where)
        self.expect(types.NUMBER | types.DURATION, found, e.operand.span, f"what stands after {e.operator}")
        return replace(e, operand=operand), found

    def _case(self, e: tree.Case, where: Where) -> Bound:
        subject = None if e.subject is None else self.bind(e.subject, where)[0]
        found = types.NULL
        branches = []
        for when, then in e.branches:
            test = self.bind(when, where)[0] if e.subject else self._when(when, where)
            result, type_ = self.bind(then, where)
            branches.append((test, result))
            found = found | type_
        otherwise, type_ = (None, types.NULL) if e.otherwise is None else self.bind(e.otherwise, where)
        return replace(e, subject=subject, branches=tuple(branches), otherwise=otherwise), found | type_

    def _when(self, e: tree.Expression, where: Where) -> tree.Expression:
        bound, found = self.bind(e, where)
        self.expect(types.BOOLEAN, found, e.span, "a condition")
        return bound

    # Functions and aggregates

    def _call(self, e: tree.FunctionCall, where: Where) -> Bound:
        name = e.name.lower()
        if name in AGGREGATES:
            return self._aggregate(e, where)
        if name == "exists" and len(e.arguments) == 1 and isinstance(e.arguments[0], tree.PatternPredicate):
            return self._pattern_predicate(e.arguments[0], where)
        function = FUNCTIONS.get(name)
        if function is None:
            hint = did_you_mean(e.name, [one.name for one in (*FUNCTIONS.values(), *AGGREGATES.values())])
            raise CypherSyntaxError(
                f"there is no function {e.name}()", detail="UnknownFunction", span=e.span, hint=hint
            )
        bound = [self.bind(argument, where) for argument in e.arguments]
        self._check_count(
            e, len(function.parameters) - function.n_optional, len(function.parameters), function.variadic
        )
        self._check_arguments(e, function.parameters, [found for _, found in bound])
        call = replace(e, arguments=tuple(argument for argument, _ in bound))
        return call, function.type_of(tuple(found for _, found in bound))

    def _check_count(self, e: tree.FunctionCall, least: int, most: int, variadic: bool) -> None:
        if least <= len(e.arguments) and (variadic or len(e.arguments) <= most):
            return
        wants = f"at least {least}" if variadic else str(least) if least == most else f"{least} to {most}"
        raise CypherSyntaxError(
            f"{e.name}() takes {wants} argument{'' if wants == '1' else 's'}, and here are {len(e.arguments)}",
            detail="InvalidNumberOfArguments",
            span=e.span,
        )

    def _check_arguments(self, e: tree.FunctionCall, parameters: tuple[Type, ...], found: list[Type]) -> None:
        for i, (argument, type_) in enumerate(zip(e.arguments, found, strict=True)):
            self.expect(
                parameters[min(i, len(parameters) - 1)], type_, argument.span, f"argument {i + 1} of {e.name}()"
            )

    def _aggregate(self, e: tree.FunctionCall, where: Where) -> Bound:
        self._check_aggregate_place(e, where)
        aggregate = AGGREGATES[e.name.lower()]
        self._check_count(e, len(aggregate.parameters), len(aggregate.parameters), False)
        bound = [self.bind(argument, replace(where, aggregates="nested")) for argument in e.arguments]
        self._check_arguments(e, aggregate.parameters, [found for _, found in bound])
        call = replace(e, arguments=tuple(argument for argument, _ in bound))
        for part in tree.walk(call):
            if isinstance(part, tree.FunctionCall) and part is not call and not FUNCTIONS[part.name.lower()].constant:
                raise CypherSyntaxError(
                    f"{part.name}() differs on each call, so it cannot be aggregated; compute it in a WITH first",
                    detail="NonConstantExpression",
                    span=part.span,
                )
        return call, aggregate.type_of(tuple(found for _, found in bound))

    def _count_star(self, e: tree.CountStar, where: Where) -> Bound:
        self._check_aggregate_place(e, where)
        return e, types.INTEGER

    def _check_aggregate_place(self, e: tree.Expression, where: Where) -> None:
        if where.aggregates == "nested":
            raise CypherSyntaxError(
                "an aggregate cannot stand inside another; compute the inner one in a WITH first",
                detail="NestedAggregation",
                span=e.span,
            )
        if where.aggregates == "forbidden":
            raise CypherSyntaxError(
                "an aggregate can only stand in WITH and RETURN; compute it in a WITH and use its alias here",
                detail="InvalidAggregation",
                span=e.span,
            )

    # Variables of their own

    def _list_comprehension(self, e: tree.ListComprehension, where: Where) -> Bound:
        source, element = self._elements(e.source, where)
        inner, variable = self._local(where, e.variable, element)
        condition = e.where and self._inner_condition(e.where, inner)
        projection, found = (None, element) if e.projection is None else self.bind(e.projection, inner)
        bound = replace(e, variable=variable, source=source, where=condition, projection=projection)
        return bound, Type(types.LIST.kinds, None if found == ANY else found)

    def _quantifier(self, e: tree.Quantifier, where: Where) -> Bound:
        source, element = self._elements(e.source, where)
        inner, variable = self._local(where, e.variable, element)
        condition = e.where and self._inner_condition(e.where, inner)
        return replace(e, variable=variable, source=source, where=condition), types.BOOLEAN

    def _reduce(self, e: tree.Reduce, where: Where) -> Bound:
        initial, _ = self.bind(e.initial, where)
        source, element = self._elements(e.source, where)
        # A step may change the type, so that the first value says nothing about the later ones.
        outer, accumulator = self._local(where, e.accumulator, ANY)
        inner, variable = self._local(outer, e.variable, element)
        step, _ = self.bind(e.step, inner)
        bound = replace(e, accumulator=accumulator, initial=initial, variable=variable, source=source, step=step)
        return bound, ANY

    def _elements(self, e: tree.Expression, where: Where) -> Bound:
        source, found = self.bind(e, where)
        self.expect(types.LIST, found, e.span, "what stands after IN")
        return source, found.element or ANY

    def _inner_condition(self, e: tree.Expression, where: Where) -> tree.Expression:
        return self.condition(e, where.scope, where.aggregates)

    # Patterns and subqueries

    def _pattern_predicate(self, e: tree.PatternPredicate, where: Where) -> Bound:
        pattern, _ = self.queries.patterns.correlated(e.pattern, where.scope, may_declare=False)
        return replace(e, pattern=pattern), types.BOOLEAN

    def _pattern_comprehension(self, e: tree.PatternComprehension, where: Where) -> Bound:
        pattern, scope = self.queries.patterns.correlated(e.pattern, where.scope, may_declare=True)
        inner = Where(scope, _inner_aggregates(where.aggregates))
        condition = e.where and self._inner_condition(e.where, inner)
        projection, found = self.bind(e.projection, inner)
        bound = replace(e, pattern=pattern, where=condition, projection=projection)
        return bound, Type(types.LIST.kinds, None if found == ANY else found)

    def _subquery(self, e: tree.SubqueryExpression, where: Where) -> Bound:
        query, columns = self.queries.nested(e, where.scope)
        if e.kind == "COLLECT":
            element = self.symbols.types[columns[0]]
            return replace(e, query=query), Type(types.LIST.kinds, None if element == ANY else element)
        return replace(e, query=query), types.BOOLEAN if e.kind == "EXISTS" else types.INTEGER


def is_aggregate(e: tree.Tree) -> bool:
    """Whether the node is a call of an aggregate, `count(*)` included."""
    return isinstance(e, tree.CountStar) or (isinstance(e, tree.FunctionCall) and e.name.lower() in AGGREGATES)


def has_aggregate(e: tree.Tree) -> bool:
    """Whether an aggregate stands anywhere in the expression, but not in a query inside it."""
    return is_aggregate(e) or not isinstance(e, tree.Relation) and any(map(has_aggregate, tree.children(e)))


def _inner_aggregates(outer: str) -> str:
    return "nested" if outer == "nested" else "forbidden"


def _numeric(a: Type, b: Type) -> Type:
    if a == types.INTEGER and b == types.INTEGER:
        return types.INTEGER
    return types.FLOAT if types.FLOAT in (a, b) else types.NUMBER


def _wrong_type(message: str, span: Span) -> CypherSyntaxError:
    return CypherSyntaxError(message, detail="InvalidArgumentType", span=span)


def _no_properties(found: Type, e: tree.Property) -> CypherError:
    """A path is known from the pattern, so that asking it is bad syntax; another value is merely of a wrong type."""
    message = f"{found} has no property '{e.key}'"
    if found == types.PATH:
        return _wrong_type(message, e.span)
    error = CypherTypeError(message, detail="InvalidArgumentType", span=e.span)
    error.phase = "compile time"
    return error
