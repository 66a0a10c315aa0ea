"""How many rows an operator will give: counts of labels and types, and guesses where nothing is counted."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from kg.cypher import tree
from kg.cypher.plan import operators as op
from kg.graph.protocol import ReadableGraph

_EQUAL = 0.1
_OTHER = 0.3
_MOST_HOPS = 6
_LIMIT = 25
_ITEMS = 10


@dataclass(frozen=True, slots=True)
class Estimates:
    """Estimates over one graph."""

    graph: ReadableGraph

    def nodes(self, label: str | None) -> float:
        """How many nodes have the label; None: all."""
        return self.graph.n_nodes if label is None else self.graph.n_with_label(label)

    def equal(self, label: str | None, key: str) -> float:
        """How many nodes with the label have one given value of the property, on average."""
        return max(1.0, self.nodes(label) / max(1, self.graph.n_distinct(label, key)))

    def degree(self, start: Iterable[str], end: Iterable[str], types: tuple[str, ...] | None, both: bool) -> float:
        """How many relationships of these types a node with the labels of `start` has to nodes with those of `end`.

        Assumes that a type joins the same labels everywhere: the relationships of a type share its nodes evenly.
        """
        n = self.graph.n_relationships if types is None else sum(self.graph.n_with_type(one) for one in types)
        starts = min((self.nodes(label) for label in start), default=self.graph.n_nodes)
        return (2 if both else 1) * n / max(1.0, starts)

    def trails(self, degree: float, length: tree.Length) -> float:
        """How many trails of such a length start at a node with that degree."""
        least = 1 if length.least is None else length.least
        most = least + _MOST_HOPS if length.most is None else min(length.most, least + _MOST_HOPS)
        return sum(max(degree, 0.1) ** n for n in range(least, most + 1))

    def selectivity(self, condition: tree.Expression) -> float:
        """The share of rows for which the condition is true."""
        if isinstance(condition, tree.Comparison) and condition.rest[0][0] == "=":
            return _EQUAL
        return 1.0 if isinstance(condition, tree.LabelTest) else _OTHER

    # Whole plans, for the reader of EXPLAIN

    def rows(self, plan: op.Operator) -> float:
        """How many rows the plan will give when it is run once."""
        match plan:
            case op.AllNodes():
                return self.nodes(None)
            case op.LabelScan(label=label):
                return self.nodes(label)
            case op.IndexSeek(label=label, key=key):
                return min(self.nodes(label), self.equal(label, key))
            case op.Expand() | op.ExpandVariable() | op.ShortestPath() | op.BoundRelationship():
                return self._matched(plan)
            case op.Filter(source=source, conditions=conditions):
                return self.rows(source) * math.prod(map(self.selectivity, conditions))
            case op.Aggregate(source=source, keys=keys):
                return self.rows(source) ** 0.75 if keys else 1.0
            case op.Top(source=source, count=count) | op.Limit(source=source, count=count):
                known = isinstance(count, tree.Literal) and isinstance(count.value, int)
                return min(self.rows(source), count.value if known else _LIMIT)  # type: ignore[attr-defined]
            case op.Unwind(source=source):
                return self.rows(source) * _ITEMS
            case op.HashJoin(left=left, right=right):
                return max(self.rows(left), self.rows(right))
            case op.Union(branches=branches):
                return sum(map(self.rows, branches))
            case op.Apply(left=left, right=right) | op.CartesianProduct(left=left, right=right):
                return self.rows(left) * self.rows(right)
            case op.OptionalApply(left=left, right=right):
                return self.rows(left) * max(1.0, self.rows(right))
            case op.Argument():
                return 1.0
            case _:
                return self.rows(plan.source)  # type: ignore[attr-defined]

    def _matched(self, plan: op.Expand | op.ExpandVariable | op.ShortestPath | op.BoundRelationship) -> float:
        before = self.rows(plan.source)
        if isinstance(plan, op.ShortestPath | op.BoundRelationship):
            return before
        degree = self.degree((), (), plan.types, plan.direction == "both")
        growth = degree if isinstance(plan, op.Expand) else self.trails(degree, plan.length)
        return before * (growth / max(1.0, self.nodes(None)) if plan.into else growth)
