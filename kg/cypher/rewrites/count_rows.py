"""Counting what cannot be null is counting rows.

Before: count(m), with m bound by a pattern          looks at every m
After:  count(*)

A node, relationship or path that a MATCH bound is never null; one that an OPTIONAL MATCH bound may be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kg.cypher import tree
from kg.cypher.algebra import PathValue
from kg.cypher.plan import operators as op
from kg.cypher.types import Type


def count_rows(plan: op.Operator, _: Mapping[str, Type]) -> op.Operator:
    """The plan with `count(*)` for the count of a variable that is never null."""
    return tree.transform(plan, _counted)  # type: ignore[no-any-return]


def _counted(node: Any) -> Any:
    if not isinstance(node, op.Aggregate):
        return node
    present = never_null(node.source)
    aggregates = tuple((name, _count(e, present)) for name, e in node.aggregates)
    return node if aggregates == node.aggregates else replace(node, aggregates=aggregates)


def _count(e: tree.Expression, present: frozenset[str]) -> tree.Expression:
    match e:
        case tree.FunctionCall(arguments=(tree.Variable(name),), distinct=False) if (
            e.name.lower() == "count" and name in present
        ):
            return tree.CountStar(span=e.span)
        case _:
            return e


def never_null(plan: op.Operator) -> frozenset[str]:
    """Variables that have a value in every row, as far as the patterns of the plan say."""
    match plan:
        case op.AllNodes(node) | op.LabelScan(node) | op.IndexSeek(node):
            return frozenset({node})
        case op.Expand() | op.ExpandVariable():
            return never_null(plan.source) | {plan.start, plan.relationship, plan.end}
        case op.ShortestPath():
            return never_null(plan.source) | {plan.path, plan.relationship, plan.start, plan.end}
        case op.BoundRelationship():
            return never_null(plan.source) | {plan.relationship, plan.left, plan.right}
        case op.Project():
            before = never_null(plan.source)
            return before | {name for name, e in plan.columns if _is_there(e, before)}
        case op.Filter() | op.Sort() | op.Top() | op.Skip() | op.Limit() | op.Distinct() | op.Unwind():
            return never_null(plan.source)
        case op.Apply() | op.CartesianProduct() | op.HashJoin():
            return never_null(plan.left) | never_null(plan.right)
        case op.OptionalApply():
            return never_null(plan.left)
        case _:
            return frozenset()


def _is_there(e: tree.Expression, present: frozenset[str]) -> bool:
    if isinstance(e, PathValue):
        return all(one.name in present for one in (*e.nodes, *e.relationships))
    return isinstance(e, tree.Variable) and e.name in present
