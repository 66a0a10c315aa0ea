"""Operators and expressions become functions; each variable of the query gets its slot in the row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.cypher import tree
from kg.cypher.context import Run
from kg.cypher.meter import Meter
from kg.cypher.plan import operators as op

Row = list[Any]
Source = Callable[[Row], Iterator[Row]]
Value = Callable[[Row], Any]
OperatorForms = Mapping[type, Callable[["Compiler", Any], Source]]
ExpressionForms = Mapping[type, Callable[["Compiler", Any], Value]]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A plan that can be run again and again."""

    source: Source
    slots: Mapping[str, int]
    width: int

    def rows(self, run: Run) -> Iterator[Row]:
        """The rows of one run."""
        return self.source([run, *[None] * (self.width - 1)])


class Compiler:
    """Compiles one plan, by a form for each kind of operator and expression. A meter counts rows of operators."""

    def __init__(self, operators: OperatorForms, expressions: ExpressionForms, meter: Meter | None = None) -> None:
        self.slots: dict[str, int] = {}
        self._operators = operators
        self._expressions = expressions
        self._meter = meter
        self._instead: dict[int, Source] = {}

    def slot(self, variable: str) -> int:
        """The place of a variable in a row."""
        return self.slots.setdefault(variable, len(self.slots) + 1)

    def slots_of(self, variables: tuple[str, ...]) -> tuple[int, ...]:
        """The places of several variables."""
        return tuple(map(self.slot, variables))

    def source(self, operator: op.Operator) -> Source:
        """The function that gives the rows of an operator."""
        if id(operator) in self._instead:
            return self._instead[id(operator)]
        made = self._operators[type(operator)](self, operator)
        return self._meter.of_rows(operator, made) if self._meter else made

    def instead_of(self, operator: op.Operator, source: Source) -> None:
        """Use `source` for this very operator, whatever is below it."""
        self._instead[id(operator)] = source

    def compiled(self, plan: op.Operator) -> Compiled:
        """The plan as functions."""
        source = self.source(plan)
        return Compiled(source, self.slots, len(self.slots) + 1)

    def value(self, expression: tree.Expression) -> Value:
        """The function that gives the value of an expression in a row."""
        return self._expressions[type(expression)](self, expression)
