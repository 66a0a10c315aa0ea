"""Procedures that CALL can reach: their signatures, and the rows that they give."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kg.cypher import types
from kg.cypher.types import Type

Rows = Iterable[Sequence[Any]]

_TYPES = {
    "ANY": types.ANY,
    "BOOLEAN": types.BOOLEAN,
    "INTEGER": types.NUMBER,
    "FLOAT": types.NUMBER,
    "NUMBER": types.NUMBER,
    "STRING": types.STRING,
    "MAP": types.MAP,
    "LIST": types.LIST,
    "NODE": types.NODE,
    "RELATIONSHIP": types.RELATIONSHIP,
    "PATH": types.PATH,
}
_SIGNATURE = re.compile(r"\s*(?P<name>[\w.]+)\s*\((?P<inputs>[^)]*)\)\s*::\s*\(?(?P<outputs>[^)]*)\)?\s*")


@dataclass(frozen=True, slots=True)
class Procedure:
    """`call` gets the graph and the arguments, and gives rows with one value for each output."""

    name: str
    parameters: tuple[tuple[str, Type], ...]
    outputs: tuple[tuple[str, Type], ...]
    call: Callable[..., Rows]


def from_signature(signature: str, call: Callable[..., Rows]) -> Procedure:
    """A procedure from its signature in openCypher's notation.

    >>> from_signature("db.twice(n :: INTEGER?) :: (m :: INTEGER?)", lambda graph, n: [[2 * n]]).outputs[0][0]
    'm'
    """
    match = _SIGNATURE.fullmatch(signature)
    if match is None:
        raise ValueError(f"'{signature}' is no signature; write name(a :: INTEGER?) :: (b :: STRING?)")
    return Procedure(match["name"], _fields(match["inputs"]), _fields(match["outputs"]), call)


def _fields(text: str) -> tuple[tuple[str, Type], ...]:
    fields = []
    for part in filter(None, (one.strip() for one in text.split(","))):
        name, _, kind = (one.strip() for one in part.partition("::"))
        if kind:  # "VOID" has none
            fields.append((name, _TYPES.get(kind.rstrip("?").split("<")[0].split()[0].upper(), types.ANY)))
    return tuple(fields)


def _listing(signature: str, names: Callable[[Any], Iterable[str]]) -> Procedure:
    return from_signature(signature, lambda graph: ([name] for name in names(graph)))


_LISTINGS = (
    _listing("db.labels() :: (label :: STRING)", lambda graph: graph.labels()),
    _listing("db.relationshipTypes() :: (relationshipType :: STRING)", lambda graph: graph.types()),
    _listing("db.propertyKeys() :: (propertyKey :: STRING)", lambda graph: graph.property_keys()),
)
BUILT_IN = {procedure.name: procedure for procedure in _LISTINGS}
"""What every graph answers, under the names that users of Neo4j know."""
