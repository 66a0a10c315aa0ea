"""How many rows an operator will give: counts of labels and types, and guesses where nothing is counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.cypher import tree
from kg.graph.protocol import ReadableGraph

_EQUAL = 0.1
_OTHER = 0.3
_MOST_HOPS = 6


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
