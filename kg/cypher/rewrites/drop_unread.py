"""What nobody reads is not computed.

Before: Aggregate(count(*)) over Project(p = the path)        builds every path
After:  Aggregate(count(*))

An expression that might raise is kept: dropping it would hide an error. So only paths and variables are dropped.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kg.cypher import tree
from kg.cypher.algebra import PathValue
from kg.cypher.plan import operators as op
from kg.cypher.plan.operators import references


def drop_unread(plan: op.Operator, answers: frozenset[str]) -> op.Operator:
    """The plan without projections of paths that neither the answer nor another operator reads."""
    read = answers | _read(plan)

    def drop(node: Any) -> Any:
        if not isinstance(node, op.Project):
            return node
        kept = tuple((name, e) for name, e in node.columns if name in read or not isinstance(e, PathValue))
        if kept == node.columns:
            return node
        return replace(node, columns=kept) if kept else node.source

    return tree.transform(plan, drop)  # type: ignore[no-any-return]


def _read(plan: op.Operator) -> frozenset[str]:
    """Variables that some operator reads, by an expression or by name."""
    distinct = (one.variables for one in tree.walk(plan) if isinstance(one, op.Distinct))
    return references(plan).union(*distinct)
