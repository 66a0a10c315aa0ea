"""Binding: a syntax tree -> a tree in which each name has one meaning; what names and types forbid is refused.

In: the tree of `parse` and the procedures that can be called. Out: the same tree with a name of its own for each
variable, stars written out, an alias on each projected item, and the type of each variable. It knows no graph.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.cypher import tree
from kg.cypher.bind.queries import WRITES, BoundQuery, QueryBinder, check_parameters
from kg.cypher.procedures import Procedure
from kg.cypher.types import Type

__all__ = ["WRITES", "Bound", "BoundQuery", "bind", "check_parameters"]


@dataclass(frozen=True, slots=True)
class Bound:
    """A query that has a meaning. `types` holds every variable; `writes` says whether it changes the graph."""

    query: BoundQuery
    types: dict[str, Type]
    writes: bool


def bind(query: tree.Query, procedures: Mapping[str, Procedure]) -> Bound:
    """Give each name of the query one meaning. Raises CypherError with the place and the TCK's detail."""
    binder = QueryBinder(procedures)
    bound = binder.query(query, {})
    writes = any(isinstance(part, WRITES) for part in tree.walk(bound))
    return Bound(bound, binder.symbols.types, writes)
