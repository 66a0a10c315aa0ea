"""The row interpreter: a plan -> rows, one at a time. It runs every plan on every graph.

A row is a list: the run, then a slot for each variable of the query. An operator becomes a function from the row that
its plan is run in to an iterator of rows; an expression becomes a function from a row to a value.
"""

from kg.cypher.meter import Meter
from kg.cypher.rows import expressions, operators, patterns, writes
from kg.cypher.rows.compiler import Compiled, Compiler

__all__ = ["Compiled", "Compiler", "row_compiler"]


def row_compiler(meter: Meter | None = None) -> Compiler:
    """A compiler for one plan, with the forms of this room."""
    return Compiler(operators.FORMS | patterns.FORMS | writes.FORMS, expressions.FORMS, meter)
