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
    """Compiles one plan. A meter counts the rows of each operator."""

    def __init__(self, meter: Meter | None = None) -> None:
        from kg.cypher.rows import expressions, operators, patterns, writes

        self.slots: dict[str, int] = {}
        self._meter = meter
        self._operators: dict[type, Callable[[Compiler, Any], Source]]
        self._operators = operators.FORMS | patterns.FORMS | writes.FORMS
        self._expressions = expressions.FORMS
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
