"""Counting the rows that each operator of a plan gives, in batches or one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from kg.cypher.plan import operators as op


class Meter:
    """What PROFILE measures. `rows` by operator; `batched` are those that ran in batches."""

    def __init__(self) -> None:
        self.rows: dict[int, int] = {}
        self.batched: set[int] = set()

    def of_rows(self, operator: op.Operator, source: Callable[[Any], Iterator[Any]]) -> Callable[[Any], Iterator[Any]]:
        """The source of an operator in the interpreter, counted."""
        key = id(operator)
        self.rows.setdefault(key, 0)

        def counted(argument: Any) -> Iterator[Any]:
            for row in source(argument):
                self.rows[key] += 1
                yield row

        return counted

    def of_batches(
        self, operator: op.Operator, source: Callable[[Any, Any], Iterator[Any]]
    ) -> Callable[[Any, Any], Iterator[Any]]:
        """The source of an operator in batches, counted."""
        key = id(operator)
        self.rows.setdefault(key, 0)
        self.batched.add(key)

        def counted(run: Any, argument: Any) -> Iterator[Any]:
            for batch in source(run, argument):
                self.rows[key] += batch.size
                yield batch

        return counted
