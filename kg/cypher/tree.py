"""The syntax tree: what a query says, with the place of every part; no meaning yet.

Nodes are frozen and compare without their places, so that two spellings of one expression are equal. `children` and
`transform` know every node by its fields: a stage that changes one kind of node names only that kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from typing import Literal as OneOf

from kg.cypher.errors import NOWHERE, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """Anything that a query is made of."""

    span: Span = field(default=NOWHERE, compare=False, repr=False)


# Expressions


@dataclass(frozen=True, slots=True)
class Expression(Tree):
    """What has a value for each row."""


@dataclass(frozen=True, slots=True)
class Literal(Expression):
    """null, true, false, an integer, a float or a string."""

    value: None | bool | int | float | str


@dataclass(frozen=True, slots=True)
class Parameter(Expression):
    name: str


@dataclass(frozen=True, slots=True)
class Variable(Expression):
    name: str


@dataclass(frozen=True, slots=True)
class ListLiteral(Expression):
    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class MapLiteral(Expression):
    """`{key: value, …}`; a later key wins."""

    items: tuple[tuple[str, Expression], ...]


@dataclass(frozen=True, slots=True)
class Property(Expression):
    """`subject.key`, of a node, relationship, map or temporal value."""

    subject: Expression
    key: str


@dataclass(frozen=True, slots=True)
class Subscript(Expression):
    """`subject[index]`, of a list by position or of a map or entity by key."""

    subject: Expression
    index: Expression


@dataclass(frozen=True, slots=True)
class Slice(Expression):
    """`subject[begin..end]`; a missing side is None."""

    subject: Expression
    begin: Expression | None
    end: Expression | None


@dataclass(frozen=True, slots=True)
class LabelTest(Expression):
    """`subject:A:B` or `subject:A|!B`: labels of a node, or the type of a relationship."""

    subject: Expression
    labels: LabelExpression


@dataclass(frozen=True, slots=True)
class Negation(Expression):
    """`NOT operand`."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Logical(Expression):
    """A flat chain of one logical operator: `a AND b AND c`."""

    operator: OneOf["AND", "OR", "XOR"]
    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Comparison(Expression):
    """`first op₁ x₁ op₂ x₂ …`, true when each neighbour pair compares true. Operators: = <> < <= > >=."""

    first: Expression
    rest: tuple[tuple[str, Expression], ...]


@dataclass(frozen=True, slots=True)
class NullTest(Expression):
    """`operand IS NULL`, or `IS NOT NULL` when `negated`."""

    operand: Expression
    negated: bool


@dataclass(frozen=True, slots=True)
class Binary(Expression):
    """`left operator right`. Operators: + - * / % ^ IN CONTAINS =~ and the two words `STARTS WITH`, `ENDS WITH`."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Unary(Expression):
    """`-operand` or `+operand`."""

    operator: OneOf["+", "-"]
    operand: Expression


@dataclass(frozen=True, slots=True)
class FunctionCall(Expression):
    """`name(arguments)`; the name as written, with its namespace (`duration.between`)."""

    name: str
    arguments: tuple[Expression, ...]
    distinct: bool = False


@dataclass(frozen=True, slots=True)
class CountStar(Expression):
    """`count(*)`."""


@dataclass(frozen=True, slots=True)
class Case(Expression):
    """`CASE subject WHEN … THEN … ELSE … END`; without a subject each WHEN is a condition."""

    subject: Expression | None
    branches: tuple[tuple[Expression, Expression], ...]
    otherwise: Expression | None


@dataclass(frozen=True, slots=True)
class ListComprehension(Expression):
    """`[variable IN source WHERE condition | projection]`; a missing projection is the variable itself."""

    variable: Variable
    source: Expression
    where: Expression | None
    projection: Expression | None


@dataclass(frozen=True, slots=True)
class Quantifier(Expression):
    """`all(variable IN source WHERE condition)`, and any, none, single."""

    kind: OneOf["all", "any", "none", "single"]
    variable: Variable
    source: Expression
    where: Expression | None


@dataclass(frozen=True, slots=True)
class Reduce(Expression):
    """`reduce(accumulator = initial, variable IN source | step)`."""

    accumulator: Variable
    initial: Expression
    variable: Variable
    source: Expression
    step: Expression


@dataclass(frozen=True, slots=True)
class MapProjection(Expression):
    """`variable {.key, .*, other, key: value}` as (key, value) pairs; `.*` is the key None with the variable."""

    subject: Variable
    items: tuple[tuple[str | None, Expression], ...]


@dataclass(frozen=True, slots=True)
class PatternPredicate(Expression):
    """A pattern standing as a condition: whether it matches."""

    pattern: PathPattern


@dataclass(frozen=True, slots=True)
class PatternComprehension(Expression):
    """`[path = pattern WHERE condition | projection]`; the path's name is the pattern's variable."""

    pattern: PathPattern
    where: Expression | None
    projection: Expression


@dataclass(frozen=True, slots=True)
class SubqueryExpression(Expression):
    """`EXISTS { … }`, `COUNT { … }` or `COLLECT { … }`.

    A body that is a bare pattern is a query of one MATCH without RETURN.
    """

    kind: OneOf["EXISTS", "COUNT", "COLLECT"]
    query: Query


# Labels and types


@dataclass(frozen=True, slots=True)
class LabelExpression(Tree):
    """A condition on the labels of a node or the type of a relationship."""


@dataclass(frozen=True, slots=True)
class LabelName(LabelExpression):
    name: str


@dataclass(frozen=True, slots=True)
class AnyLabel(LabelExpression):
    """`%`: at least one label."""


@dataclass(frozen=True, slots=True)
class LabelNot(LabelExpression):
    operand: LabelExpression


@dataclass(frozen=True, slots=True)
class LabelAll(LabelExpression):
    """`A&B`, in patterns also `:A:B`."""

    operands: tuple[LabelExpression, ...]


@dataclass(frozen=True, slots=True)
class LabelAny(LabelExpression):
    """`A|B`."""

    operands: tuple[LabelExpression, ...]


# Patterns


@dataclass(frozen=True, slots=True)
class NodePattern(Tree):
    """`(variable:Labels {properties} WHERE condition)`. `properties` is a MapLiteral or a Parameter."""

    variable: Variable | None
    labels: LabelExpression | None
    properties: Expression | None
    where: Expression | None = None


@dataclass(frozen=True, slots=True)
class Length(Tree):
    """`*`, `*2`, `*1..3`: hops from `least` (None: 1) to `most` (None: no bound)."""

    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class RelationshipPattern(Tree):
    """`-[variable:Types*1..3 {properties}]->`; `direction` as read from left to right. No length is one hop."""

    variable: Variable | None
    types: LabelExpression | None
    direction: OneOf["->", "<-", "--"]
    length: Length | None
    properties: Expression | None
    where: Expression | None = None


@dataclass(frozen=True, slots=True)
class PathPattern(Tree):
    """`variable = (node)-[relationship]-(node)…`: one node more than relationships."""

    variable: Variable | None
    nodes: tuple[NodePattern, ...]
    relationships: tuple[RelationshipPattern, ...]
    shortest: OneOf["shortestPath", "allShortestPaths"] | None = None


# Clauses and queries


@dataclass(frozen=True, slots=True)
class Clause(Tree):
    """One step of a query."""


@dataclass(frozen=True, slots=True)
class Match(Clause):
    patterns: tuple[PathPattern, ...]
    where: Expression | None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Unwind(Clause):
    source: Expression
    variable: Variable


@dataclass(frozen=True, slots=True)
class ProjectionItem(Tree):
    """`expression AS alias`; without an alias `text` is the column's name, verbatim."""

    expression: Expression
    alias: Variable | None
    text: str


@dataclass(frozen=True, slots=True)
class SortItem(Tree):
    expression: Expression
    descending: bool


@dataclass(frozen=True, slots=True)
class Projection(Tree):
    """What WITH and RETURN have in common; `star` adds every variable in scope before the items."""

    items: tuple[ProjectionItem, ...]
    star: bool
    distinct: bool
    order_by: tuple[SortItem, ...]
    skip: Expression | None
    limit: Expression | None


@dataclass(frozen=True, slots=True)
class With(Clause):
    projection: Projection
    where: Expression | None


@dataclass(frozen=True, slots=True)
class Return(Clause):
    projection: Projection


@dataclass(frozen=True, slots=True)
class Create(Clause):
    patterns: tuple[PathPattern, ...]


@dataclass(frozen=True, slots=True)
class SetProperty(Tree):
    """`subject.key = value`; `subject` is any expression, `key` an expression when written `n[key]`."""

    subject: Expression
    key: str | Expression
    value: Expression


@dataclass(frozen=True, slots=True)
class SetProperties(Tree):
    """`variable = map`, or `variable += map` when `keep`."""

    variable: Variable
    value: Expression
    keep: bool


@dataclass(frozen=True, slots=True)
class SetLabels(Tree):
    variable: Variable
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemoveProperty(Tree):
    subject: Expression
    key: str | Expression


@dataclass(frozen=True, slots=True)
class RemoveLabels(Tree):
    variable: Variable
    labels: tuple[str, ...]


SetItem = SetProperty | SetProperties | SetLabels
RemoveItem = RemoveProperty | RemoveLabels


@dataclass(frozen=True, slots=True)
class Merge(Clause):
    pattern: PathPattern
    on_create: tuple[SetItem, ...]
    on_match: tuple[SetItem, ...]


@dataclass(frozen=True, slots=True)
class Set(Clause):
    items: tuple[SetItem, ...]


@dataclass(frozen=True, slots=True)
class Remove(Clause):
    items: tuple[RemoveItem, ...]


@dataclass(frozen=True, slots=True)
class Delete(Clause):
    expressions: tuple[Expression, ...]
    detach: bool


@dataclass(frozen=True, slots=True)
class Foreach(Clause):
    variable: Variable
    source: Expression
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class YieldItem(Tree):
    """`field AS variable`; without AS the variable has the field's name."""

    field: str
    variable: Variable


@dataclass(frozen=True, slots=True)
class CallProcedure(Clause):
    """`CALL name(arguments) YIELD … WHERE …`.

    `arguments` None: written without parentheses, taken from the parameters. `yields` None: no YIELD; "*": all.
    """

    name: str
    arguments: tuple[Expression, ...] | None
    yields: tuple[YieldItem, ...] | OneOf["*"] | None
    where: Expression | None


@dataclass(frozen=True, slots=True)
class CallSubquery(Clause):
    """`CALL { … }` or `CALL (imports) { … }`.

    `imports` None: an importing WITH opens the body if it wants outer variables; "*": all of them.
    """

    query: Query
    imports: tuple[Variable, ...] | OneOf["*"] | None


@dataclass(frozen=True, slots=True)
class SingleQuery(Tree):
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Relation(Tree):
    """What gives rows of its own: aggregates inside it do not concern the expression that it stands in."""


@dataclass(frozen=True, slots=True)
class Query(Relation):
    """One query, or several joined by UNION; `union_all[i]` says how branch i+1 is joined to those before it."""

    branches: tuple[SingleQuery, ...]
    union_all: tuple[bool, ...] = ()
    mode: OneOf["EXPLAIN", "PROFILE"] | None = None


# Walking


def children(node: Tree) -> Iterator[Tree]:
    """The nodes directly below `node`, in the order in which they are written."""
    for name in _parts(node):
        yield from _trees(getattr(node, name))


def walk(node: Tree) -> Iterator[Tree]:
    """`node` and all nodes below it, each before its children."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += reversed(list(children(one)))


def own_variables(node: Tree) -> frozenset[str]:
    """The variables that a comprehension, quantifier, reduce or pattern declares for its inside."""
    match node:
        case ListComprehension(variable=one) | Quantifier(variable=one):
            return frozenset({one.name})
        case Reduce(accumulator=first, variable=second):
            return frozenset({first.name, second.name})
        case PatternComprehension(pattern=pattern):
            return own_variables(pattern)
        case PathPattern(variable=path, nodes=nodes, relationships=relationships):
            parts = (path, *(one.variable for one in nodes), *(one.variable for one in relationships))
            return frozenset(part.name for part in parts if part)
        case _:
            return frozenset()


def transform(node: Any, change: Callable[[Any], Any]) -> Any:
    """The tree with each node replaced by `change(node)`, children first; unchanged parts are shared."""
    # A partial is no frame of its own: three a level let a tree be as deep as the parser allows.
    return change(map_children(node, partial(transform, change=change)))


def map_children(node: Any, change: Callable[[Any], Any]) -> Any:
    """The node with `change` done to each direct child; the same object when nothing changed."""
    changed = {}
    for name in _parts(node):
        old = getattr(node, name)
        new = _map(old, change)
        if new is not old:
            changed[name] = new
    return replace(node, **changed) if changed else node


def _parts(node: Any) -> tuple[str, ...]:
    """The names of its fields except `span`, which alone is keyword-only."""
    names: tuple[str, ...] = node.__match_args__
    return names


def _trees(value: Any) -> Iterator[Tree]:
    if isinstance(value, Tree):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _trees(one)


def _map(value: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(value, Tree):
        return change(value)
    if isinstance(value, tuple):
        new = []
        for one in value:
            new.append(change(one) if isinstance(one, Tree) else _map(one, change))
        return value if all(a is b for a, b in zip(value, new, strict=True)) else tuple(new)
    return value
