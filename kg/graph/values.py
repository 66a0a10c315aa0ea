"""What can be the value of a property, and how a value of NumPy or of a subclass becomes a plain one."""

from __future__ import annotations

from typing import Any

import numpy as np

from kg.errors import GraphError

_BIGGEST = 2**63


def plain_value(value: Any) -> Any:
    """The value as None, bool, int, float, str, a list of these, or a temporal value as it is.

    Raises GraphError for anything else, and for integers that have no 64 bits.
    """
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return _integer(int(value))
    if isinstance(value, float):
        return float(value)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, (list, tuple)):
        return [plain_value(item) for item in value]
    if is_temporal(value):
        return value
    raise GraphError(
        f"a value of type {type(value).__name__} cannot be a property: use text, numbers, true or false, or lists"
    )


def is_temporal(value: Any) -> bool:
    """Whether it is a date, time or duration of Cypher; `kg.graph` carries them without knowing more about them."""
    return type(value).__module__ == "kg.cypher.temporal" or type(value).__module__.startswith("kg.cypher.temporal.")


def _integer(value: int) -> int:
    if -_BIGGEST <= value < _BIGGEST:
        return value
    raise GraphError(f"the integer {value} does not fit in 64 bits: keep it as text or as a float")
