"""When two property values are equal for Cypher, as a key that a dictionary can hold."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any


def lookup_key(value: Any) -> Hashable | None:
    """A key that two values share exactly when Cypher says that they are equal; None if the value equals nothing.

    1 equals 1.0, true is no number, and null, NaN and lists that hold one of them equal nothing.

    >>> lookup_key(1) == lookup_key(1.0), lookup_key(1) == lookup_key(True), lookup_key([None])
    (True, False, None)
    """
    if isinstance(value, bool):
        return (bool, value)
    if isinstance(value, (list, tuple)):
        keys = [lookup_key(item) for item in value]
        return None if None in keys else (list, *keys)
    if isinstance(value, float) and value != value:
        return None
    return value  # type: ignore[no-any-return]
