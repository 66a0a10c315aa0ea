"""Operators become functions from a batch, in which a plan is run, to batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from kg.cypher.batch.expressions import ExpressionCompiler
from kg.cypher.batch.vectors import Batch
from kg.cypher.context import Run
from kg.cypher.meter import Meter
from kg.cypher.plan import operators as op
from kg.cypher.types import Type
from kg.graph.columns import PropertyGraph

Source = Callable[[Run, Batch], Iterator[Batch]]
Live = frozenset[str]
Forms = Mapping[type, Callable[["BatchCompiler", Any, Live], Source]]

MORSEL = 1 << 17
"""Rows that a batch should not exceed by much, so that memory stays flat and a LIMIT can stop early."""


class Unsupported(Exception):
    """The operator has no form for batches: the interpreter runs it."""


class BatchCompiler:
    """Compiles plans over one graph. `live` are the variables that somebody reads later.

    `inner`: the plan is run in all rows of an outer batch at once, so that rows must stay apart by their `ROW`.
    """

    def __init__(
        self,
        forms: Forms,
        graph: PropertyGraph,
        types: Mapping[str, Type],
        meter: Meter | None = None,
        *,
        inner: bool = False,
    ) -> None:
        self.graph = graph
        self.types = types
        self.inner = inner
        self.expressions = ExpressionCompiler(graph, self._inner_source)
        self._meter = meter
        self._forms = forms

    def source(self, operator: op.Operator, live: Live) -> Source:
        """The function that gives the batches of an operator. Raises Unsupported."""
        form = self._forms.get(type(operator))
        if form is None:
            raise Unsupported(type(operator).__name__)
        made = form(self, operator, live)
        return self._meter.of_batches(operator, made) if self._meter else made

    def inside(self) -> BatchCompiler:
        """The compiler for a plan that is run in the rows of this one."""
        return BatchCompiler(self._forms, self.graph, self.types, self._meter, inner=True)

    def _inner_source(self, plan: op.Operator, live: Live) -> Source | None:
        try:
            return self.inside().source(plan, live)
        except Unsupported:
            return None

    def refuse_inside(self, what: str) -> None:
        """Raise Unsupported for what would mix rows of different outer rows."""
        if self.inner:
            raise Unsupported(what)
