"""Expressions: what has a value for each row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Literal as OneOf

from kg.cypher.tree.labels import LabelExpression
from kg.cypher.tree.walking import Tree

if TYPE_CHECKING:
    from kg.cypher.tree.clauses import Query
    from kg.cypher.tree.patterns import PathPattern


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
