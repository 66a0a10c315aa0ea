"""A syntax tree as one line of text, for cases in plain files."""

from __future__ import annotations

from typing import Any

from kg.cypher import tree
from kg.cypher.notation import write


def sketch(node: Any) -> str:
    """`(Kind part part …)`: names bare, literals as Cypher writes them, labels with a colon, a missing part as `-`.

    >>> sketch(tree.Binary("+", tree.Variable("x"), tree.Literal(1)))
    '(Binary + x 1)'
    """
    if isinstance(node, tree.Literal):
        return write(node.value)
    if isinstance(node, tree.Variable):
        return node.name
    if isinstance(node, tree.LabelName):
        return f":{node.name}"
    if isinstance(node, tree.Parameter):
        return f"${node.name}"
    if isinstance(node, tree.Tree):
        parts = [sketch(getattr(node, name)) for name in node.__match_args__]
        return f"({' '.join([type(node).__name__, *parts])})"
    if isinstance(node, tuple):
        return f"[{' '.join(map(sketch, node))}]"
    if isinstance(node, bool):
        return "yes" if node else "no"
    return "-" if node is None else str(node)


def sketch_query(query: tree.Query) -> str:
    """A query as its clauses, one a line; a lone branch needs no frame."""
    if len(query.branches) > 1 or query.mode:
        return sketch(query)
    return "\n".join(map(sketch, query.branches[0].clauses))
