"""Clauses, and queries made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as OneOf

from kg.cypher.tree.expressions import Expression, Variable
from kg.cypher.tree.patterns import PathPattern
from kg.cypher.tree.walking import Tree


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
