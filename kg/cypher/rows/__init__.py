"""The row interpreter: a plan -> rows, one at a time. It runs every plan on every graph.

A row is a list: the run, then a slot for each variable of the query. An operator becomes a function from the row that
its plan is run in to an iterator of rows; an expression becomes a function from a row to a value.
"""

from kg.cypher.rows.compiler import Compiled, Compiler

__all__ = ["Compiled", "Compiler"]
