"""Execution in batches: a plan over a graph in columns -> the same rows as the interpreter gives, many at a time.

A batch holds a vector for each variable: numbers of nodes or relationships, typed columns, or Python values where
nothing better fits. An expression without a vector form is handed to the interpreter, row by row; so is an operator,
and then everything above it. Only variables that are read later are carried along.
"""

from kg.cypher.batch.bridge import compile_plan

__all__ = ["compile_plan"]
