"""The core algebra: few steps, each from rows to rows, that every query comes down to.

A pattern is a graph of names with conditions beside it, and whatever stood inside expressions as a pattern or a query
is a `Nested` pipeline. Steps are trees too, so that `tree.walk` and `tree.transform` see through all of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as OneOf

from kg.cypher.tree import (
    Expression,
    Length,
    MapLiteral,
    Parameter,
    Relation,
    RemoveItem,
    SetItem,
    SortItem,
    Tree,
    Variable,
)

Direction = OneOf["->", "--"]
Columns = tuple[tuple[str, Expression], ...]
"""(variable, what it is)"""


@dataclass(frozen=True, slots=True)
class Step(Tree):
    """From rows to rows."""


@dataclass(frozen=True, slots=True)
class Pipeline(Relation):
    """Steps in their order; the first gets the row that the pipeline stands in."""

    steps: tuple[Step, ...]


# Expressions that only the algebra has


@dataclass(frozen=True, slots=True)
class Nested(Expression):
    """EXISTS: whether the pipeline gives a row. COUNT: how many. COLLECT: the values of `column` in a list."""

    kind: OneOf["EXISTS", "COUNT", "COLLECT"]
    pipeline: Pipeline
    column: Expression | None = None


@dataclass(frozen=True, slots=True)
class PathValue(Expression):
    """The path along these variables: one node more than relationships, which may be lists of relationships."""

    nodes: tuple[Variable, ...]
    relationships: tuple[Variable, ...]


# Patterns


@dataclass(frozen=True, slots=True)
class Hop(Tree):
    """What each relationship of several hops must fulfil, as a condition on `variable`."""

    variable: Variable
    condition: Expression


@dataclass(frozen=True, slots=True)
class PatternRelationship(Tree):
    """A relationship between two node variables. "->" goes from `left` to `right`. `types` None: any.

    `backwards`: it was written from `right` to `left`, `(right)<-[…]-(left)`, and so run its list and its path.
    """

    name: str
    left: str
    right: str
    types: tuple[str, ...] | None
    direction: Direction
    length: Length | None = None
    hop: Hop | None = None
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class ShortestPattern(Tree):
    """The shortest path, or all shortest ones, along the relationship."""

    path: str
    relationship: PatternRelationship
    all: bool


@dataclass(frozen=True, slots=True)
class PatternGraph(Tree):
    """What one MATCH looks for: all relationships different, all conditions true."""

    nodes: tuple[str, ...]
    relationships: tuple[PatternRelationship, ...]
    shortest: tuple[ShortestPattern, ...]
    paths: Columns
    conditions: tuple[Expression, ...]


# Reading


@dataclass(frozen=True, slots=True)
class MatchStep(Step):
    pattern: PatternGraph
    optional: bool = False


@dataclass(frozen=True, slots=True)
class FilterStep(Step):
    condition: Expression


@dataclass(frozen=True, slots=True)
class UnwindStep(Step):
    """One row for each element of a list; none for null or an empty list; one for a value that is no list."""

    variable: str
    source: Expression


@dataclass(frozen=True, slots=True)
class ProjectStep(Step):
    """Adds variables."""

    columns: Columns


@dataclass(frozen=True, slots=True)
class AggregateStep(Step):
    """One row for each group, with these variables only; without keys always one row."""

    keys: Columns
    aggregates: Columns


@dataclass(frozen=True, slots=True)
class DistinctStep(Step):
    """The first of the rows that are equivalent in these variables."""

    variables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SortStep(Step):
    keys: tuple[SortItem, ...]


@dataclass(frozen=True, slots=True)
class SkipStep(Step):
    count: Expression


@dataclass(frozen=True, slots=True)
class LimitStep(Step):
    count: Expression


@dataclass(frozen=True, slots=True)
class UnionStep(Step):
    """The rows of each branch; each ends by setting the same variables. `distinct` names them for UNION."""

    branches: tuple[Pipeline, ...]
    distinct: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class SubqueryStep(Step):
    """Runs the pipeline in each row; when it `returns`, one row for each of its rows, else the row as it was."""

    pipeline: Pipeline
    returns: bool


@dataclass(frozen=True, slots=True)
class ProcedureStep(Step):
    """One row for each row of the procedure; `outputs` are (field, variable). Without outputs, the row as it was."""

    name: str
    arguments: tuple[Expression, ...]
    outputs: tuple[tuple[str, str], ...]


# Writing


@dataclass(frozen=True, slots=True)
class NewNode(Tree):
    name: str
    labels: tuple[str, ...]
    properties: MapLiteral | Parameter | None


@dataclass(frozen=True, slots=True)
class NewRelationship(Tree):
    name: str
    source: str
    target: str
    type: str
    properties: MapLiteral | Parameter | None


New = NewNode | NewRelationship


@dataclass(frozen=True, slots=True)
class CreateStep(Step):
    """Makes the new things in their order."""

    new: tuple[New, ...]


@dataclass(frozen=True, slots=True)
class MergeStep(Step):
    """The matches of the pattern, or the new things when there is none."""

    pattern: PatternGraph
    new: tuple[New, ...]
    on_create: tuple[SetItem, ...]
    on_match: tuple[SetItem, ...]


@dataclass(frozen=True, slots=True)
class SetStep(Step):
    items: tuple[SetItem | RemoveItem, ...]


@dataclass(frozen=True, slots=True)
class DeleteStep(Step):
    expressions: tuple[Expression, ...]
    detach: bool


@dataclass(frozen=True, slots=True)
class ForeachStep(Step):
    variable: str
    source: Expression
    pipeline: Pipeline
