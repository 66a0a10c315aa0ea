"""Cypher: a query's text -> rows, over any property graph.

In: text, parameters, a graph of `kg.graph`. Out: rows of plain values, nodes, relationships and paths. It knows the
graph and nothing else of `kg` (its errors descend from `kg.errors`), so that it can be used on any NetworkX graph.
One stage a module, each ignorant of the next:

    tokens   text -> tokens with places              types    what a value may be, before it is known
    parse    tokens -> syntax tree (tree)            values   nodes, relationships, paths; the three comparisons
    bind     tree -> tree in which each name has     temporal dates, times, durations with nanoseconds
             one meaning; what names and types forbid   operators  what + IN . and the others do with values
    lower    bound tree -> core algebra              functions  the tables of functions and aggregates
    plan     algebra -> operators, in a good order   procedures  what CALL can reach
    rewrites plan -> plan, one change a file         notation  values as Cypher writes them
    rows     operators -> rows, one at a time        batch    operators -> rows, a column at a time
"""

from kg.cypher.context import Changes
from kg.cypher.engine import Graph
from kg.cypher.errors import CypherError
from kg.cypher.result import Result
from kg.cypher.values import Node, Path, Relationship

__all__ = ["Changes", "CypherError", "Graph", "Node", "Path", "Relationship", "Result"]
