"""A limit over a sort keeps only the best rows.

Before: Limit(20) over Sort(year)                    sorts all rows
After:  Top(20, year)                                keeps 20

Before: Limit(20) over Skip(40) over Sort(year)
After:  Skip(40) over Top(60, year)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.cypher import tree
from kg.cypher.plan import operators as op
from kg.cypher.types import Type


def sort_only_top(plan: op.Operator, _: Mapping[str, Type]) -> op.Operator:
    """The plan with Top where a sort is followed by a limit."""
    return tree.transform(plan, _top)  # type: ignore[no-any-return]


def _top(node: Any) -> Any:
    match node:
        case op.Limit(source=op.Sort(source=source, keys=keys), count=count):
            return op.Top(source, keys, count, span=node.span)
        # Only literals: the sum of two parameters would hide which of them is wrong.
        case op.Limit(
            source=op.Skip(
                source=op.Sort(source=source, keys=keys), count=tree.Literal(value=int(skipped)) as skip
            ) as skipping,
            count=tree.Literal(value=int(kept)),
        ):
            count = tree.Literal(skipped + kept, span=node.span)
            return op.Skip(op.Top(source, keys, count, span=node.span), skip, span=skipping.span)
        case _:
            return node
