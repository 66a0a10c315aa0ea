"""An equality over a product becomes a join.

Before: Filter(a.year = b.year) over CartesianProduct(a, b)        all pairs, most of them for nothing
After:  Filter(a.year = b.year) over HashJoin(a, b, on year)       only pairs with equal keys

The filter stays: two lists with a null inside share a key and are not equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kg.cypher import tree
from kg.cypher.plan import operators as op
from kg.cypher.plan.operators import bound_by, references
from kg.cypher.types import Type


def join_by_hash(plan: op.Operator, _: Mapping[str, Type]) -> op.Operator:
    """The plan with joins where a filter over a product has equalities between its sides."""
    return tree.transform(plan, _joined)  # type: ignore[no-any-return]


def _joined(node: Any) -> Any:
    if not isinstance(node, op.Filter) or not isinstance(node.source, op.CartesianProduct):
        return node
    product = node.source
    right = frozenset(bound_by(product.right))
    keys = [key for key in (_key(one, right) for one in node.conditions) if key]
    return replace(node, source=op.HashJoin(product.left, product.right, tuple(keys))) if keys else node


def _key(condition: tree.Expression, right: frozenset[str]) -> tuple[tree.Expression, tree.Expression] | None:
    """The two sides of an equality of which one is about `right` and the other is not at all."""
    if not isinstance(condition, tree.Comparison) or [operator for operator, _ in condition.rest] != ["="]:
        return None
    first, second = condition.first, condition.rest[0][1]
    for one, other in ((first, second), (second, first)):
        about = references(other)
        if about and about <= right and not references(one) & right:
            return one, other
    return None
