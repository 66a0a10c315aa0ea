"""What a table of functions holds: for the binder the types, for whoever runs a query the code."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from kg.cypher.types import Type

Result = Type | Callable[[tuple[Type, ...]], Type]


@dataclass(frozen=True, slots=True)
class Signature:
    """What the binder must know of a function: the types each argument may have, and the type of its value.

    `name` as documentation writes it; queries may write it in any case. `result` is a type, or is found from the
    types of the arguments.
    """

    name: str
    parameters: tuple[Type, ...]
    result: Result

    def type_of(self, arguments: tuple[Type, ...]) -> Type:
        """The type of its value for arguments of these types."""
        return self.result if isinstance(self.result, Type) else self.result(arguments)


@dataclass(frozen=True, slots=True)
class Function(Signature):
    """A function of values.

    The last `n_optional` parameters may be left out, and with `variadic` the last one may be repeated. `call` gets the
    values; with `uses_clock` first the `Clock` of the query. Unless `sees_null`, the answer for a null argument is
    null and `call` is not asked.
    """

    call: Callable[..., Any]
    n_optional: int = 0
    variadic: bool = False
    sees_null: bool = False
    uses_clock: bool = False
    constant: bool = True
    """Whether equal arguments give equal answers within one query; not so for rand()."""


class Accumulator(Protocol):
    """An aggregate at work on one group."""

    def add(self, *values: Any) -> None:
        """Take the arguments of one row; the first is never null."""

    def result(self) -> Any:
        """The value for the rows so far."""


@dataclass(frozen=True, slots=True)
class Aggregate(Signature):
    """A function of a group of rows. Rows whose first argument is null are left out before it sees them."""

    start: Callable[[], Accumulator]


def table(entries: Iterable[Function]) -> dict[str, Function]:
    """Functions by their names in lower case."""
    return {entry.name.lower(): entry for entry in entries}
