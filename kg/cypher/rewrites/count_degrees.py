"""Rows that are only counted are not made.

Before: Aggregate(count(*) BY a) over Expand((a)-[:ATTENDED]->(m))       a row for each m
After:  Aggregate(sum(n) BY a) over Degree(n = ways from a)              a row for each a

Possible where nobody reads the relationship or the node at its other end, and no other relationship must differ from
it. A filter on nothing but a label of that node is counted along. It is repeated for what is below: the counts of two
independent steps are multiplied.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kg.cypher import tree
from kg.cypher.bind.patterns import label_names
from kg.cypher.plan import operators as op
from kg.cypher.plan.operators import references
from kg.cypher.types import Type


def count_degrees(plan: op.Operator, _: Mapping[str, Type]) -> op.Operator:
    """The plan with degrees in place of expansions that are only counted."""
    return tree.transform(plan, _counted)  # type: ignore[no-any-return]


def _counted(node: Any) -> Any:
    if not isinstance(node, op.Aggregate) or not node.aggregates:
        return node
    if not all(isinstance(e, tree.CountStar) for _, e in node.aggregates):
        return node
    source, counts = node.source, list[op.Degree]()
    read = frozenset().union(*(references(e) for _, e in node.keys))
    while (degree := _degree(source, read, f"ways {len(counts)}")) is not None:
        source = degree.source
        counts.append(degree)
        read |= {degree.start}
    if not counts:
        return node
    for degree in reversed(counts):
        source = replace(degree, source=source)
    total = _product([tree.Variable(one.count) for one in counts])
    aggregates = tuple((name, tree.FunctionCall("sum", (total,), span=e.span)) for name, e in node.aggregates)
    return replace(node, source=source, aggregates=aggregates)


def _degree(plan: op.Operator, read: frozenset[str], name: str) -> op.Degree | None:
    """The expansion on top of a plan as a degree, if it is only counted."""
    labels: tuple[str, ...] = ()
    if isinstance(plan, op.Filter) and isinstance(plan.source, op.Expand):
        found = _labels(plan.conditions, plan.source.end)
        if found is None:
            return None
        labels, plan = found, plan.source
    if not isinstance(plan, op.Expand) or plan.into or plan.differs_from or read & {plan.end, plan.relationship}:
        return None
    return op.Degree(plan.source, plan.start, plan.types, plan.direction, labels, name, span=plan.span)


def _labels(conditions: tuple[tree.Expression, ...], node: str) -> tuple[str, ...] | None:
    """The labels that the conditions ask of the node; None when they ask anything else."""
    labels: list[str] = []
    for one in conditions:
        names = label_names(one.labels) if isinstance(one, tree.LabelTest) else None
        if not names or one != tree.LabelTest(tree.Variable(node), one.labels):  # type: ignore[attr-defined]
            return None
        labels += names
    return tuple(labels)


def _product(counts: list[tree.Expression]) -> tree.Expression:
    result = counts[0]
    for one in counts[1:]:
        result = tree.Binary("*", result, one)
    return result
