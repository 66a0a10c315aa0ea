"""From one kind of value to another, and functions that take any kind.

What a string does not say is null; a kind that cannot be converted is an error, or null in the …OrNull functions.
"""

from __future__ import annotations

import math
import re
import uuid
from collections.abc import Callable
from typing import Any

from kg.cypher.errors import CypherError
from kg.cypher.functions.checks import checked, union
from kg.cypher.functions.table import Function
from kg.cypher.notation import write_plain
from kg.cypher.operators import in_64_bits
from kg.cypher.types import ANY, BOOLEAN, FLOAT, INTEGER, LIST, NUMBER, STRING, TEMPORAL, Type, list_of
from kg.cypher.values import equals, type_of

_INTEGER = re.compile(r"\s*[+-]?[0-9]{1,25}\s*")
_DECIMAL = re.compile(r"\s*[+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|Infinity|NaN)\s*")
_TRUTHS = {"true": True, "false": False}


def _to_integer(value: Any) -> int | None:
    """Cut towards zero; NaN has no integer, and what is too large for 64 bits is an error."""
    if isinstance(value, str):
        if _INTEGER.fullmatch(value):
            return in_64_bits(int(value))  # type: ignore[no-any-return]
        value = _to_float(value)
    if value is None or value != value:
        return None
    if math.isinf(value):
        value = math.copysign(1e19, value)
    return in_64_bits(int(value))  # type: ignore[no-any-return]


def _to_float(value: Any) -> float | None:
    if isinstance(value, str) and not _DECIMAL.fullmatch(value):
        return None
    return float(value)


def _to_boolean(value: Any) -> bool | None:
    return _TRUTHS.get(value.strip().lower()) if isinstance(value, str) else bool(value)


def _exists(value: Any) -> bool:
    return value is not None


def _timestamp(clock: Any) -> int:
    """Milliseconds since 1970-01-01T00:00Z."""
    return int(clock.seconds) * 1000 + int(clock.nanoseconds) // 1_000_000


def _coalesce(*values: Any) -> Any:
    return next((value for value in values if value is not None), None)


def _null_if(value: Any, unwanted: Any) -> Any:
    return None if equals(value, unwanted) else value


def _first(arguments: tuple[Type, ...]) -> Type:
    return arguments[0]


# The names of types as GQL has them, for valueType().
_GQL_NAMES = {
    "LocalTime": "LOCAL TIME",
    "Time": "ZONED TIME",
    "LocalDateTime": "LOCAL DATETIME",
    "DateTime": "ZONED DATETIME",
}


def _value_type(value: Any) -> str:
    """As Neo4j names it: `LIST<INTEGER NOT NULL | STRING NOT NULL> NOT NULL`."""
    if value is None:
        return "NULL"
    if isinstance(value, list):
        names = sorted({_value_type(item) for item in value}) or ["NOTHING"]
        if "NULL" in names and len(names) > 1:
            names = [name.removesuffix(" NOT NULL") for name in names if name != "NULL"]
        return f"LIST<{' | '.join(names)}> NOT NULL"
    (kind,) = type_of(value).kinds
    return f"{_GQL_NAMES.get(kind, kind.upper())} NOT NULL"


_CONVERSIONS: tuple[tuple[str, Type, Type, Callable[[Any], Any]], ...] = (
    ("toInteger", BOOLEAN | NUMBER | STRING, INTEGER, _to_integer),
    ("toFloat", NUMBER | STRING, FLOAT, _to_float),
    ("toBoolean", BOOLEAN | INTEGER | STRING, BOOLEAN, _to_boolean),
    ("toString", BOOLEAN | NUMBER | STRING | TEMPORAL, STRING, write_plain),
)


def _or_null(function: Function) -> Callable[[Any], Any]:
    def convert(value: Any) -> Any:
        try:
            return None if value is None else function.call(value)
        except CypherError:
            return None

    return convert


def _each(convert: Callable[[Any], Any]) -> Callable[[list[Any]], list[Any]]:
    return lambda items: [convert(item) for item in items]


def _conversions() -> list[Function]:
    """toX, toXOrNull and toXList for each kind X."""
    functions = []
    for name, source, target, call in _CONVERSIONS:
        strict = checked(name, (source,), target, call)
        lenient = Function(f"{name}OrNull", (ANY,), target, _or_null(strict))
        of_lists = checked(f"{name}List", (LIST,), list_of(target), _each(lenient.call))
        functions += [strict, lenient, of_lists]
    return functions


CONVERSION_FUNCTIONS = (
    *_conversions(),
    # exists(n.key); a pattern inside exists() is the binder's to turn into a pattern predicate.
    Function("exists", (ANY,), BOOLEAN, _exists, sees_null=True),
    Function("coalesce", (ANY,), union, _coalesce, variadic=True, sees_null=True),
    Function("nullIf", (ANY, ANY), _first, _null_if, sees_null=True),
    Function("valueType", (ANY,), STRING, _value_type, sees_null=True),
    Function("timestamp", (), INTEGER, _timestamp, uses_clock=True),
    Function("randomUUID", (), STRING, lambda: str(uuid.uuid4()), constant=False),
)
