"""WITH and RETURN: names of columns, what is grouped by what, and what ORDER BY may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.cypher import tree, types
from kg.cypher.bind.expressions import ExpressionBinder, Where, has_aggregate, is_aggregate
from kg.cypher.bind.scope import Scope, Symbols
from kg.cypher.errors import CypherSyntaxError, Span


@dataclass(frozen=True, slots=True)
class Projected:
    """A bound projection and the scope after it; `later` binds what may look behind it, as WHERE and ORDER BY do."""

    projection: tree.Projection
    scope: Scope
    later: Later


@dataclass(frozen=True, slots=True)
class Later:
    """What stands after a projection sees the new columns and, unless rows were merged, what was there before."""

    expressions: ExpressionBinder
    before: Scope
    after: Scope
    items: tuple[tree.ProjectionItem, ...]
    grouped: bool
    merges: bool

    def bind(self, e: tree.Expression, *, aggregates: str = "forbidden", condition: bool = False) -> tree.Expression:
        """The expression in terms of variables that the rows have. Raises UndefinedVariable and what binding raises."""
        scope = {**self.before, **self.after}
        if condition:
            bound = self.expressions.condition(e, scope, aggregates)
        else:
            bound, _ = self.expressions.bind(e, Where(scope, aggregates))
        if self.merges:
            bound = _in_terms_of(self.items, bound)
            _check_visible(bound, self.items, frozenset(self.after.values()))
        return bound


class ProjectionBinder:
    """Binds projections."""

    def __init__(self, symbols: Symbols, expressions: ExpressionBinder) -> None:
        self.symbols = symbols
        self.expressions = expressions

    def bind(self, projection: tree.Projection, scope: Scope, *, named: bool) -> Projected:
        """The projection with its star written out. `named`: what is no variable must have an alias (WITH)."""
        items = (*_star(projection, scope), *(self._item(item, scope) for item in projection.items))
        _check_columns(items, projection.span)
        grouped = any(has_aggregate(item.expression) for item in items)
        if grouped:
            _check_mixed(items)
        after = {item.text: item.alias.name for item in items if item.alias}
        later = Later(self.expressions, scope, after, items, grouped, grouped or projection.distinct)
        aggregates = "allowed" if grouped else "forbidden"
        order_by = tuple(
            replace(item, expression=later.bind(item.expression, aggregates=aggregates)) for item in projection.order_by
        )
        if named:
            _check_named(projection)
        bound = replace(
            projection,
            items=items,
            star=False,
            order_by=order_by,
            skip=self._count(projection.skip, "SKIP"),
            limit=self._count(projection.limit, "LIMIT"),
        )
        return Projected(bound, after, later)

    def _item(self, item: tree.ProjectionItem, scope: Scope) -> tree.ProjectionItem:
        expression, type_ = self.expressions.bind(item.expression, Where(scope, "allowed"))
        if item.alias:
            name = item.alias.name
        elif isinstance(item.expression, tree.Variable):
            name = item.expression.name
        else:
            name = item.text
        unique = expression.name if isinstance(expression, tree.Variable) else self.symbols.declare(name, type_)
        return replace(item, expression=expression, alias=tree.Variable(unique), text=name)

    def _count(self, e: tree.Expression | None, clause: str) -> tree.Expression | None:
        if e is None:
            return None
        for part in tree.walk(e):
            if isinstance(part, tree.Variable | tree.SubqueryExpression | tree.PatternComprehension):
                raise CypherSyntaxError(
                    f"{clause} takes a number or a parameter, nothing that depends on a row",
                    detail="NonConstantExpression",
                    span=part.span,
                )
        bound, found = self.expressions.bind(e, Where({}))
        self.expressions.expect(types.INTEGER, found, e.span, clause)
        if isinstance(bound, tree.Unary) and bound.operator == "-" and isinstance(bound.operand, tree.Literal):
            bound = tree.Literal(-int(bound.operand.value or 0), span=bound.span)
        if isinstance(bound, tree.Literal) and isinstance(bound.value, int) and bound.value < 0:
            raise CypherSyntaxError(f"{clause} cannot be negative", detail="NegativeIntegerArgument", span=e.span)
        return bound


def _star(projection: tree.Projection, scope: Scope) -> list[tree.ProjectionItem]:
    if not projection.star:
        return []
    return [tree.ProjectionItem(tree.Variable(unique), tree.Variable(unique), name) for name, unique in scope.items()]


def _check_named(projection: tree.Projection) -> None:
    for item in projection.items:
        if item.alias is None and not isinstance(item.expression, tree.Variable):
            raise CypherSyntaxError(
                "an expression in WITH needs a name: add AS and an alias",
                detail="NoExpressionAlias",
                span=item.expression.span,
            )


def _check_columns(items: Iterable[tree.ProjectionItem], span: Span) -> None:
    seen = set()
    for item in items:
        if item.text in seen:
            place = span if item.expression.span == (0, 0) else item.expression.span
            raise CypherSyntaxError(f"two columns have the name '{item.text}'", detail="ColumnNameConflict", span=place)
        seen.add(item.text)


# Aggregation: what stands beside an aggregate must have one value for the whole group.


def _check_mixed(items: tuple[tree.ProjectionItem, ...]) -> None:
    keys = {item.expression for item in items if _is_simple_key(item.expression)}
    for item in items:
        if has_aggregate(item.expression):
            _check_grouped(item.expression, keys, frozenset())


def _is_simple_key(e: tree.Expression) -> bool:
    while isinstance(e, tree.Property):
        e = e.subject
    return isinstance(e, tree.Variable)


def _check_grouped(e: tree.Tree, keys: set[tree.Expression], local: frozenset[str]) -> None:
    if is_aggregate(e) or e in keys:
        return
    if isinstance(e, tree.Variable) and e.name not in local:
        raise _ambiguous(e)
    inner = local | tree.own_variables(e)
    for child in tree.children(e):
        _check_grouped(child, keys, inner)


def _ambiguous(e: tree.Tree) -> CypherSyntaxError:
    return CypherSyntaxError(
        "beside an aggregate only constants and columns that are grouped by can stand; "
        "project this in a WITH first and use its alias",
        detail="AmbiguousAggregationExpression",
        span=e.span,
    )


# ORDER BY after grouping or DISTINCT: rows have only the projected columns.


def _in_terms_of(items: tuple[tree.ProjectionItem, ...], e: tree.Expression) -> tree.Expression:
    """The expression with every part that is projected replaced by its column.

    Beside an aggregate only simple keys are taken for their columns, as in the projection itself.
    """
    beside = has_aggregate(e)
    columns = {
        item.expression: item.alias
        for item in items
        if item.alias and (not beside or _is_simple_key(item.expression) or has_aggregate(item.expression))
    }

    def replaced(part: tree.Tree) -> tree.Tree:
        if part in columns:
            return tree.Variable(columns[part].name, span=part.span)
        return part if is_aggregate(part) else tree.map_children(part, replaced)

    return replaced(e)  # type: ignore[return-value]


def _check_visible(e: tree.Tree, items: tuple[tree.ProjectionItem, ...], columns: frozenset[str]) -> None:
    """Raise for what the rows no longer have; a projected but compound key beside an aggregate is ambiguous."""
    compound = {item.expression for item in items if not _is_simple_key(item.expression)}
    if is_aggregate(e) and any(e in set(tree.walk(item.expression)) for item in items):
        return
    if e in compound and not isinstance(e, tree.Literal | tree.Parameter) and not is_aggregate(e):
        raise _ambiguous(e)
    if isinstance(e, tree.Variable) and e.name not in columns:
        raise CypherSyntaxError(
            f"after grouping or DISTINCT, ORDER BY sees only the columns, and '{e.name}' is none",
            detail="UndefinedVariable",
            span=e.span,
        )
    inner = columns | tree.own_variables(e)
    for child in tree.children(e):
        _check_visible(child, items, inner)
