"""Scopes: what a name means where it stands, and the one name that each variable has in the whole query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from kg.cypher.errors import CypherSyntaxError, Span
from kg.cypher.types import ANY, Type

Scope = Mapping[str, str]
"""What the query calls a variable -> the name that only this variable has."""


@dataclass(slots=True)
class Symbols:
    """All variables of a query: names that are not used twice, and the type of each."""

    types: dict[str, Type] = field(default_factory=dict)

    def declare(self, name: str, type_: Type = ANY) -> str:
        """A new variable: `name` itself when no other variable has it, else the name with a number."""
        unique, number = name, 1
        while unique in self.types:
            number += 1
            unique = f"{name}#{number}"
        self.types[unique] = type_
        return unique


def look_up(scope: Scope, name: str, span: Span) -> str:
    """The variable that `name` means here. Raises UndefinedVariable."""
    if name in scope:
        return scope[name]
    raise CypherSyntaxError(
        f"the variable '{name}' is not defined", detail="UndefinedVariable", span=span, hint=did_you_mean(name, scope)
    )


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """A hint that offers the nearest of the known names, None when none is near."""
    by_lower = {one.lower(): one for one in known}
    near = get_close_matches(name.lower(), by_lower, n=1, cutoff=0.6)
    return f"did you mean '{by_lower[near[0]]}'?" if near else None
