"""Parameters: what Python gives -> values of Cypher."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from kg.cypher import temporal
from kg.cypher.errors import CypherArgumentError
from kg.cypher.operators import MAX_INTEGER, MIN_INTEGER
from kg.cypher.values import Node, Path, Relationship

_TIMES = (datetime.date, datetime.time, datetime.timedelta)
_VALUES = (bool, str, float, Node, Relationship, Path, *temporal.KINDS)


def cypher_values(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters as Cypher knows values: tuples and arrays as lists, dates and times of Python as its own.

    Raises CypherArgumentError for what is no value, with the name of the parameter.
    """
    return {name: _value(value, name) for name, value in parameters.items()}


def _value(value: Any, name: str) -> Any:
    if value is None or isinstance(value, _VALUES):
        # A subclass, such as NumPy's string, would be no string to whoever compares classes.
        return str(value) if isinstance(value, str) else float(value) if isinstance(value, float) else value
    if isinstance(value, int):
        if not MIN_INTEGER <= value <= MAX_INTEGER:
            raise CypherArgumentError(f"the parameter ${name} is too large for an integer", detail="NumberOutOfRange")
        return int(value)
    if isinstance(value, _TIMES):
        return temporal.from_python(value)
    if isinstance(value, Mapping):
        return {str(key): _value(one, name) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_value(one, name) for one in (sorted(value) if isinstance(value, set | frozenset) else value)]
    if hasattr(value, "tolist"):  # NumPy and pandas
        return _value(value.tolist(), name)
    raise CypherArgumentError(
        f"the parameter ${name} is of the type {type(value).__name__}, which is no value of a query",
        detail="InvalidArgumentType",
    )
