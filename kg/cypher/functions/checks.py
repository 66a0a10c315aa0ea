"""Functions that see only values of their declared types, and the types of results that follow an argument."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kg.cypher import types
from kg.cypher.errors import CypherTypeError
from kg.cypher.functions.table import Function, Result
from kg.cypher.types import Type
from kg.cypher.values import noun


def checked(
    name: str,
    parameters: tuple[Type, ...],
    result: Result,
    call: Callable[..., Any],
    *,
    n_optional: int = 0,
    uses_clock: bool = False,
    constant: bool = True,
) -> Function:
    """A Function that raises CypherTypeError(InvalidArgumentValue) for what its parameters do not allow.

    The binder has caught what it could; this is for values whose type only the running query shows.
    """
    guard = _guard_after_clock if uses_clock else _guard
    guarded = guard(name, parameters, call)
    return Function(name, parameters, result, guarded, n_optional, uses_clock=uses_clock, constant=constant)


# The Python classes of plain kinds; every other kind is the name of its class.
_CLASS_NAMES = {
    "Boolean": "bool",
    "Integer": "int",
    "Float": "float",
    "String": "str",
    "List": "list",
    "Map": "dict",
}


def _guard(name: str, parameters: tuple[Type, ...], call: Callable[..., Any]) -> Callable[..., Any]:
    allowed = [frozenset(_CLASS_NAMES.get(kind, kind) for kind in parameter.kinds) for parameter in parameters]

    def guarded(*values: Any) -> Any:
        for place, value in enumerate(values):
            if value.__class__.__name__ not in allowed[place]:
                raise wrong_argument(name, parameters[place], value)
        return call(*values)

    def guarded_one(value: Any) -> Any:
        if value.__class__.__name__ not in allowed[0]:
            raise wrong_argument(name, parameters[0], value)
        return call(value)

    return guarded_one if len(parameters) == 1 else guarded


def _guard_after_clock(name: str, parameters: tuple[Type, ...], call: Callable[..., Any]) -> Callable[..., Any]:
    check = _guard(name, parameters, lambda *values: values)

    def guarded(clock: Any, *values: Any) -> Any:
        return call(clock, *check(*values)) if values else call(clock)

    return guarded


def wrong_argument(name: str, expected: Type, value: Any) -> CypherTypeError:
    """The error for a value that the function cannot take."""
    return CypherTypeError(f"{name}() takes {expected}, not {noun(value)}", detail="InvalidArgumentValue")


def only(kept: Type) -> Callable[[tuple[Type, ...]], Type]:
    """The result has the type of the first argument, as far as `kept` allows."""

    def result(arguments: tuple[Type, ...]) -> Type:
        return Type(arguments[0].kinds & kept.kinds, arguments[0].element)

    return result


def element(arguments: tuple[Type, ...]) -> Type:
    """The result is an element of the first argument."""
    return arguments[0].element or types.ANY


def union(arguments: tuple[Type, ...]) -> Type:
    """The result is one of the arguments."""
    result = types.NULL
    for argument in arguments:
        result = argument if not result.kinds else result | argument if argument.kinds else result
    return result
