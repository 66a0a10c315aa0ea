"""Rewrites: a plan -> a plan that gives the same rows with less work. One change a file, with a before and an after.

First what is read is made less (`count_rows`, `drop_unread`), then come the `REWRITES` in their order; each takes a
plan and knows nothing of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from kg.cypher.plan import Plan
from kg.cypher.plan import operators as op
from kg.cypher.rewrites.count_degrees import count_degrees
from kg.cypher.rewrites.count_rows import count_rows
from kg.cypher.rewrites.drop_unread import drop_unread
from kg.cypher.rewrites.join_by_hash import join_by_hash
from kg.cypher.rewrites.sort_only_top import sort_only_top
from kg.cypher.types import Type

Rewrite = Callable[[op.Operator, Mapping[str, Type]], op.Operator]

REWRITES: tuple[Rewrite, ...] = (join_by_hash, sort_only_top, count_degrees)

__all__ = ["REWRITES", "rewrite"]


def rewrite(plan: Plan, types: Mapping[str, Type]) -> Plan:
    """The plan after all rewrites. `types` are those of the variables."""
    answers = frozenset(variable for _, variable in plan.columns)
    root = drop_unread(count_rows(plan.root, types), answers)
    for one in REWRITES:
        root = one(root, types)
    return replace(plan, root=root)
