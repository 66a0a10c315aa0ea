"""What only the finished tree shows: how deep it is, and a pattern that stands where a value is asked for."""

from __future__ import annotations

from collections.abc import Iterator

from kg.cypher import tree
from kg.cypher.errors import CypherSyntaxError
from kg.cypher.parse import slips


def check_depth(query: tree.Query, deepest: int, text: str) -> None:
    """Refuse a tree of more levels than later stages can walk. A long sum is such a tree, though nothing is nested."""
    waiting: list[tuple[tree.Tree, int]] = [(query, 0)]
    while waiting:
        node, level = waiting.pop()
        if level > deepest and isinstance(node, tree.Expression):
            raise slips.too_deep(deepest, node.span).locate(text)
        waiting += [(child, level + 1) for child in tree.children(node)]


def check_patterns(query: tree.Query, text: str) -> None:
    """Refuse a pattern that stands for a value: `RETURN (a)-->(b)` could mean its paths or whether there are any."""
    nodes = list(tree.walk(query))
    allowed = {id(condition) for node in nodes for condition in _conditions(node)}
    for node in nodes:
        if isinstance(node, tree.PatternPredicate) and id(node) not in allowed:
            message = "a pattern is a condition and cannot stand for a value here"
            hint = "EXISTS { … } asks whether it matches, COUNT { … } how often, [(a)-->(b) | b] lists"
            raise CypherSyntaxError(message, span=node.span, hint=hint).locate(text)


def _conditions(node: tree.Tree) -> Iterator[tree.Tree | None]:
    """The children that are asked for their truth."""
    if isinstance(node, tree.Logical):
        yield from node.operands
    elif isinstance(node, tree.Negation):
        yield node.operand
    elif isinstance(node, tree.FunctionCall):
        if node.name.lower() == "exists":
            yield from node.arguments
    elif isinstance(node, tree.Case):
        if node.subject is None:
            yield from (condition for condition, _ in node.branches)
    elif hasattr(node, "where"):
        yield node.where
