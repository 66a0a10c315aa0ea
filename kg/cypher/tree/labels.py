"""Conditions on the labels of a node or the type of a relationship."""

from __future__ import annotations

from dataclasses import dataclass

from kg.cypher.tree.walking import Tree


@dataclass(frozen=True, slots=True)
class LabelExpression(Tree):
    """A condition on the labels of a node or the type of a relationship."""


@dataclass(frozen=True, slots=True)
class LabelName(LabelExpression):
    name: str


@dataclass(frozen=True, slots=True)
class AnyLabel(LabelExpression):
    """`%`: at least one label."""


@dataclass(frozen=True, slots=True)
class LabelNot(LabelExpression):
    operand: LabelExpression


@dataclass(frozen=True, slots=True)
class LabelAll(LabelExpression):
    """`A&B`, in patterns also `:A:B`."""

    operands: tuple[LabelExpression, ...]


@dataclass(frozen=True, slots=True)
class LabelAny(LabelExpression):
    """`A|B`."""

    operands: tuple[LabelExpression, ...]
