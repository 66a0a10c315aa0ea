"""The operators of a plan: what is done, in which order, but not how. A plan is a tree with its first steps as leaves.

A leaf continues the row that its plan is run in: the empty row for a whole query, the outer row inside Apply or an
expression. Operators are trees as well, so that a rewrite is `tree.transform` with one case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal as OneOf

from kg.cypher.algebra import Columns, Hop, New
from kg.cypher.tree import Expression, Length, Relation, RemoveItem, SetItem, SortItem, Tree, Variable, walk

Direction = OneOf["out", "in", "both"]


@dataclass(frozen=True, slots=True)
class Operator(Relation):
    """Gives rows."""


@dataclass(frozen=True, slots=True)
class Planned(Expression):
    """A plan inside an expression. EXISTS: has it rows. COUNT: how many. COLLECT: the list of `column`."""

    kind: OneOf["EXISTS", "COUNT", "COLLECT"]
    plan: Operator
    column: Expression | None = None


# Leaves


@dataclass(frozen=True, slots=True)
class Argument(Operator):
    """The row that the plan is run in."""


@dataclass(frozen=True, slots=True)
class AllNodes(Operator):
    node: str


@dataclass(frozen=True, slots=True)
class LabelScan(Operator):
    node: str
    label: str


@dataclass(frozen=True, slots=True)
class IndexSeek(Operator):
    """The nodes with the label (None: any) whose property equals the value."""

    node: str
    label: str | None
    key: str
    value: Expression


# Patterns


@dataclass(frozen=True, slots=True)
class Expand(Operator):
    """One row for each relationship of the node `start`; `into`: only those whose other end is `end` already.

    A relationship that `differs_from` names is left out; these are relationships or lists of them.
    """

    source: Operator
    start: str
    relationship: str
    end: str
    types: tuple[str, ...] | None
    direction: Direction
    into: bool
    differs_from: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExpandVariable(Operator):
    """The same for trails of `length` relationships, in a list in the order in which the pattern was written.

    `reverse`: it was written from `end` to `start`.
    """

    source: Operator
    start: str
    relationship: str
    end: str
    types: tuple[str, ...] | None
    direction: Direction
    length: Length
    hop: Hop | None
    into: bool
    differs_from: tuple[str, ...]
    reverse: bool


@dataclass(frozen=True, slots=True)
class Degree(Operator):
    """Adds as `count` how many relationships `Expand` would find whose other end has the labels; no row for none."""

    source: Operator
    start: str
    types: tuple[str, ...] | None
    direction: Direction
    labels: tuple[str, ...]
    count: str


@dataclass(frozen=True, slots=True)
class ShortestPath(Operator):
    """The shortest path from `start` to `end`, or each of the shortest; both ends are bound."""

    source: Operator
    path: str
    start: str
    relationship: str
    end: str
    types: tuple[str, ...] | None
    direction: Direction
    length: Length
    hop: Hop | None
    all: bool


@dataclass(frozen=True, slots=True)
class BoundRelationship(Operator):
    """The ends of a relationship, or of a list of them, that is bound already."""

    source: Operator
    relationship: str
    left: str
    right: str
    types: tuple[str, ...] | None
    directed: bool
    length: Length | None
    differs_from: tuple[str, ...]
    known: tuple[str, ...]
    """Those of the ends that are bound already."""
    reverse: bool = False
    """Whether the list runs from `right` to `left`."""


# Rows


@dataclass(frozen=True, slots=True)
class Filter(Operator):
    source: Operator
    conditions: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Project(Operator):
    """Adds variables."""

    source: Operator
    columns: Columns


@dataclass(frozen=True, slots=True)
class Aggregate(Operator):
    source: Operator
    keys: Columns
    aggregates: Columns


@dataclass(frozen=True, slots=True)
class Distinct(Operator):
    source: Operator
    variables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sort(Operator):
    source: Operator
    keys: tuple[SortItem, ...]


@dataclass(frozen=True, slots=True)
class Top(Operator):
    """The first `count` rows of the sorted ones, without sorting the others."""

    source: Operator
    keys: tuple[SortItem, ...]
    count: Expression


@dataclass(frozen=True, slots=True)
class Skip(Operator):
    source: Operator
    count: Expression


@dataclass(frozen=True, slots=True)
class Limit(Operator):
    source: Operator
    count: Expression


@dataclass(frozen=True, slots=True)
class Unwind(Operator):
    source: Operator
    variable: str
    items: Expression


# Joins


@dataclass(frozen=True, slots=True)
class Apply(Operator):
    """For each row of `left`, the rows of `right` run in it."""

    left: Operator
    right: Operator


@dataclass(frozen=True, slots=True)
class OptionalApply(Operator):
    """The same, and a row with null in `variables` where `right` gives none."""

    left: Operator
    right: Operator
    variables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CartesianProduct(Operator):
    """Each row of `left` with each of `right`, which does not look at it."""

    left: Operator
    right: Operator


@dataclass(frozen=True, slots=True)
class HashJoin(Operator):
    """The pairs of rows in which each pair of `keys`, one for `left` and one for `right`, is equal."""

    left: Operator
    right: Operator
    keys: tuple[tuple[Expression, Expression], ...]


@dataclass(frozen=True, slots=True)
class Union(Operator):
    """The rows of each branch in turn."""

    branches: tuple[Operator, ...]


@dataclass(frozen=True, slots=True)
class RunEach(Operator):
    """Runs `body` in each row for its effects, and gives the row as it was."""

    source: Operator
    body: Operator


@dataclass(frozen=True, slots=True)
class ProcedureCall(Operator):
    source: Operator
    name: str
    arguments: tuple[Expression, ...]
    outputs: tuple[tuple[str, str], ...]


# Writing: each takes in all rows before it changes anything, so that no clause sees its own changes.


@dataclass(frozen=True, slots=True)
class Create(Operator):
    source: Operator
    new: tuple[New, ...]


@dataclass(frozen=True, slots=True)
class Merge(Operator):
    """For each row the rows of `match` run in it, or one with the new things; it does see its own changes."""

    source: Operator
    match: Operator
    new: tuple[New, ...]
    on_create: tuple[SetItem, ...]
    on_match: tuple[SetItem, ...]


@dataclass(frozen=True, slots=True)
class SetProperties(Operator):
    source: Operator
    items: tuple[SetItem | RemoveItem, ...]


@dataclass(frozen=True, slots=True)
class Delete(Operator):
    source: Operator
    expressions: tuple[Expression, ...]
    detach: bool


@dataclass(frozen=True, slots=True)
class Foreach(Operator):
    source: Operator
    variable: str
    items: Expression
    body: Operator


WRITES = (Create, Merge, SetProperties, Delete, Foreach)


def inputs(operator: Operator) -> Iterator[Operator]:
    """The operators whose rows an operator takes, in the order in which they are run."""
    parts: tuple[str, ...] = operator.__match_args__
    for name in parts:
        value = getattr(operator, name)
        yield from (one for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, Operator))


def bound_by(plan: Operator) -> tuple[str, ...]:
    """The variables that a plan binds, in a fixed order."""
    names: list[str] = []
    for one in walk(plan):
        match one:
            case AllNodes(node) | LabelScan(node) | IndexSeek(node):
                names.append(node)
            case Expand() | ExpandVariable():
                names += [one.relationship, one.end]
            case Degree(count=count):
                names.append(count)
            case ShortestPath():
                names += [one.path, one.relationship]
            case BoundRelationship():
                names += [one.left, one.right]
            case Project(columns=columns):
                names += [name for name, _ in columns]
            case Aggregate(keys=keys, aggregates=aggregates):
                names += [name for name, _ in (*keys, *aggregates)]
            case Unwind(variable=variable):
                names.append(variable)
            case ProcedureCall(outputs=outputs):
                names += [variable for _, variable in outputs]
            case Create(new=new) | Merge(new=new):
                names += [thing.name for thing in new]
    return tuple(dict.fromkeys(names))


def references(node: Tree) -> frozenset[str]:
    """The variables that an expression or a plan reads."""
    names: set[str] = set()
    for one in walk(node):
        match one:
            case Variable(name):
                names.add(name)
            case Expand() | ExpandVariable():
                names |= {one.start, *one.differs_from, *((one.end,) if one.into else ())}
            case Degree():
                names.add(one.start)
            case ShortestPath():
                names |= {one.start, one.end}
            case BoundRelationship():
                names |= {one.relationship, *one.known, *one.differs_from}
    return frozenset(names)
