"""The types of Cypher values, as the binder knows them before a query runs.

A type is the set of kinds that a value may have; `null` belongs to every type and is not named. A list also knows
the type of its elements. Two types clash when they have no kind in common.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Type:
    """What a value may be: its kinds, and for lists the type of the elements (None: unknown)."""

    kinds: frozenset[str]
    element: Type | None = None

    def __or__(self, other: Type) -> Type:
        element = self.element | other.element if self.element and other.element else None
        return Type(self.kinds | other.kinds, element)

    def may_be(self, other: Type) -> bool:
        """Whether some value that is not null has both types. What is always null fits everything."""
        if not self.kinds or not other.kinds:
            return True
        common = self.kinds & other.kinds
        if common == {"List"} and self.element and other.element:
            return self.element.may_be(other.element)
        return bool(common)

    def __str__(self) -> str:
        if self == ANY:
            return "Any"
        names = [f"List of {self.element}" if kind == "List" and self.element else kind for kind in sorted(self.kinds)]
        return " or ".join(names) or "null"


def of(*kinds: str) -> Type:
    """The type with these kinds."""
    return Type(frozenset(kinds))


def list_of(element: Type) -> Type:
    """The type of lists whose elements have the type `element`."""
    return Type(frozenset({"List"}), element)


BOOLEAN = of("Boolean")
INTEGER = of("Integer")
FLOAT = of("Float")
NUMBER = of("Integer", "Float")
STRING = of("String")
LIST = of("List")
MAP = of("Map")
NODE = of("Node")
RELATIONSHIP = of("Relationship")
PATH = of("Path")
DATE = of("Date")
TIME = of("Time")
LOCAL_TIME = of("LocalTime")
DATETIME = of("DateTime")
LOCAL_DATETIME = of("LocalDateTime")
DURATION = of("Duration")
NULL = of()
ENTITY = NODE | RELATIONSHIP
INSTANT = DATE | TIME | LOCAL_TIME | DATETIME | LOCAL_DATETIME
TEMPORAL = INSTANT | DURATION
ANY = BOOLEAN | NUMBER | STRING | LIST | MAP | ENTITY | PATH | TEMPORAL
