"""Label expressions: whether the labels of a node, or the type of a relationship, fit."""

from __future__ import annotations

from collections.abc import Collection

from kg.cypher import tree


def fits_labels(expression: tree.LabelExpression, labels: Collection[str]) -> bool:
    """Whether something with these labels fits the expression.

    >>> fits_labels(tree.LabelNot(tree.LabelName("Leader")), ("Country", "Actor"))
    True
    """
    match expression:
        case tree.LabelName(name):
            return name in labels
        case tree.LabelNot(operand):
            return not fits_labels(operand, labels)
        case tree.LabelAll(operands):
            return all(fits_labels(one, labels) for one in operands)
        case tree.LabelAny(operands):
            return any(fits_labels(one, labels) for one in operands)
        case _:
            return bool(labels)
