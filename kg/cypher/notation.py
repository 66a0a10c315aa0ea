"""Values as Cypher writes them: for messages, for repr and for toString()."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

_PLAIN_NAME = re.compile(r"[^\W\d]\w*")
_ESCAPES = str.maketrans({"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


class GraphValue:
    """A node, relationship or path; its repr is Cypher's notation for it."""

    __slots__ = ()


def write(value: Any) -> str:
    """The value as a query would write it; temporal values as their text, in quotes.

    >>> write({"name": "O'Neill", "seats": [1, 2.5, None, True]})
    "{name: 'O\\\\'Neill', seats: [1, 2.5, null, true]}"
    """
    if value is None:
        return "null"
    if isinstance(value, str):
        return f"'{value.translate(_ESCAPES)}'"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(write, value))}]"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{write_name(key)}: {write(item)}' for key, item in value.items())}}}"
    if isinstance(value, GraphValue):
        return repr(value)
    return write_plain(value) if isinstance(value, (int, float)) else f"'{value}'"


def write_plain(value: Any) -> str:
    """The text of a boolean, a number, a string or a temporal value, without quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return write_float(value) if isinstance(value, float) else str(value)


def write_float(value: float) -> str:
    """The shortest digits that read back as the same number, with an exponent outside 10⁻³ ≤ |x| < 10⁷.

    >>> [write_float(x) for x in (2.0, 0.001, 1e7, -1.5e-9, float("inf"))]
    ['2.0', '0.001', '1.0E7', '-1.5E-9', 'Infinity']
    """
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0 or 1e-3 <= abs(value) < 1e7:
        return repr(value)
    mantissa, exponent = _scientific(value)
    return f"{mantissa}E{exponent}"


def _scientific(value: float) -> tuple[str, int]:
    """The shortest mantissa that reads back, with at least one digit after the point, and the exponent."""
    for n_digits in range(1, 17):
        text = f"{value:.{n_digits}e}"
        if float(text) == value:
            break
    mantissa, _, exponent = text.partition("e")
    return mantissa, int(exponent)


def write_name(name: str) -> str:
    """A label, type, key or variable, in backticks where it needs them.

    >>> write_name("signedOn"), write_name("signed on")
    ('signedOn', '`signed on`')
    """
    return name if _PLAIN_NAME.fullmatch(name) else f"`{name.replace('`', '``')}`"


def write_content(names: tuple[str, ...], properties: Mapping[str, Any]) -> str:
    """What stands inside the brackets of a node or relationship: `:A:B {key: value}`."""
    parts = ["".join(f":{write_name(name)}" for name in names), write(properties) if properties else ""]
    return " ".join(part for part in parts if part)
