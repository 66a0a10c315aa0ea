"""Which variables a part of a tree declares for its own inside."""

from __future__ import annotations

from kg.cypher.tree.expressions import ListComprehension, PatternComprehension, Quantifier, Reduce
from kg.cypher.tree.patterns import PathPattern
from kg.cypher.tree.walking import Tree


def own_variables(node: Tree) -> frozenset[str]:
    """The variables that a comprehension, quantifier, reduce or pattern declares for its inside."""
    match node:
        case ListComprehension(variable=one) | Quantifier(variable=one):
            return frozenset({one.name})
        case Reduce(accumulator=first, variable=second):
            return frozenset({first.name, second.name})
        case PatternComprehension(pattern=pattern):
            return own_variables(pattern)
        case PathPattern(variable=path, nodes=nodes, relationships=relationships):
            parts = (path, *(one.variable for one in nodes), *(one.variable for one in relationships))
            return frozenset(part.name for part in parts if part)
        case _:
            return frozenset()
