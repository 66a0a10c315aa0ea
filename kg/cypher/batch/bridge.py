"""From a plan to something that runs: as much of it in batches as has a form there, the rest by the interpreter.

The interpreter sits on top: the operators along the spine of the plan, from the root down through the sources, are
tried until one can be run in batches with all that is below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kg.cypher import tree
from kg.cypher.batch import operators, patterns
from kg.cypher.batch.compiler import BatchCompiler, Unsupported
from kg.cypher.batch.vectors import Batch
from kg.cypher.context import Run
from kg.cypher.meter import Meter
from kg.cypher.plan import Plan
from kg.cypher.plan import operators as op
from kg.cypher.plan.operators import references
from kg.cypher.rows import Compiled, Compiler, row_compiler
from kg.cypher.rows.compiler import Row, Source
from kg.cypher.types import Type
from kg.graph.columns import PropertyGraph
from kg.graph.protocol import ReadableGraph

_FORMS = operators.FORMS | patterns.FORMS


def compile_plan(
    plan: Plan, graph: ReadableGraph, types: Mapping[str, Type], *, batches: bool = True, meter: Meter | None = None
) -> Compiled:
    """The plan, ready to run. `batches` False: all of it by the interpreter."""
    compiler = row_compiler(meter)
    if batches and isinstance(graph, PropertyGraph):
        answers = frozenset(variable for _, variable in plan.columns)
        for below, live in _spine(plan.root, answers):
            source = _bridge(compiler, BatchCompiler(_FORMS, graph, types, meter), below, live)
            if source is not None:
                compiler.instead_of(below, source)
                break
    return compiler.compiled(plan.root)


def _spine(root: op.Operator, answers: frozenset[str]) -> Iterator[tuple[op.Operator, frozenset[str]]]:
    """The operators from the root down, each with the variables that what is above it reads."""
    above: list[op.Operator] = []
    operator: Any = root
    while operator is not None:
        read = answers.union(*(_reads(one) for one in above))
        yield operator, read
        above.append(operator)
        operator = getattr(operator, "source", None) or getattr(operator, "left", None)


def _reads(operator: op.Operator) -> frozenset[str]:
    """What an operator and its other inputs read, but not its source."""
    names: set[str] = set()
    parts: tuple[str, ...] = operator.__match_args__
    for field in parts:
        if field not in ("source", "left"):
            value = getattr(operator, field)
            for part in value if isinstance(value, tuple) else (value,):
                names |= _names(part)
    return frozenset(names)


def _names(part: Any) -> set[str]:
    """Variables in a part of an operator: in expressions, and by name where the operator names them."""
    if isinstance(part, str):
        return {part}
    if isinstance(part, tuple):
        return set().union(*map(_names, part))
    return set(references(part)) if isinstance(part, tree.Tree) else set()


def _bridge(compiler: Compiler, batches: BatchCompiler, operator: op.Operator, live: frozenset[str]) -> Source | None:
    """The rows of an operator that is run in batches; None when it has no form."""
    if isinstance(operator, op.Argument):
        return None
    try:
        source = batches.source(operator, live)
    except Unsupported:
        return None
    graph = batches.graph

    def rows(argument: Row) -> Iterator[Row]:
        run: Run = argument[0]
        for batch in source(run, Batch(1, {})):
            names = [name for name in batch.vectors if name in live]
            slots = [compiler.slot(name) for name in names]
            columns = [batch.vectors[name].to_list(graph) for name in names]
            for values in zip(*columns, strict=True) if columns else [()] * batch.size:
                row = argument.copy()
                for slot, value in zip(slots, values, strict=True):
                    row[slot] = value
                yield row

    for name in live:
        compiler.slot(name)
    return rows
