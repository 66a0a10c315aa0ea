"""Functions of numbers. Outside their domain they give NaN, as IEEE 754 has it; never an error."""

from __future__ import annotations

import decimal
import math
import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from kg.cypher.errors import CypherArgumentError
from kg.cypher.functions.checks import checked, only
from kg.cypher.functions.table import Function
from kg.cypher.notation import write
from kg.cypher.operators import in_64_bits
from kg.cypher.types import BOOLEAN, FLOAT, INTEGER, NUMBER, STRING

_ROUNDING_MODES = ("UP", "DOWN", "CEILING", "FLOOR", "HALF_UP", "HALF_DOWN", "HALF_EVEN")
# As many digits as the longest float has before and after the point.
_EXACT = decimal.Context(prec=1400)


def _absolute(x: float) -> Any:
    return in_64_bits(abs(x))


def _ceiling(x: float) -> float:
    return float(math.ceil(x)) if math.isfinite(x) else float(x)


def _floor(x: float) -> float:
    return float(math.floor(x)) if math.isfinite(x) else float(x)


def _sign(x: float) -> int:
    return (x > 0) - (x < 0)


def _round(x: float, precision: int = 0, mode: str | None = None) -> float:
    """Halves go up (to the greater) for whole numbers without a mode, else away from zero or as `mode` says."""
    if precision < 0:
        raise CypherArgumentError(f"round() takes no negative precision: {precision}", detail="NumberOutOfRange")
    if mode is not None and mode.upper() not in _ROUNDING_MODES:
        raise CypherArgumentError(
            f"{write(mode)} is no rounding mode; there are {', '.join(_ROUNDING_MODES)}", detail="InvalidArgumentValue"
        )
    # No float has more than 1074 digits after the point.
    if not math.isfinite(x) or precision > 1074:
        return float(x)
    exact = Decimal(repr(x))
    if mode is None and precision == 0:
        return float((exact + Decimal("0.5")).to_integral_value(decimal.ROUND_FLOOR))
    way = f"ROUND_{(mode or 'HALF_UP').upper()}"
    return float(exact.quantize(Decimal(1).scaleb(-precision), way, _EXACT))


def _logarithm(x: float) -> float:
    return math.log(x) if x else -math.inf


def _logarithm_10(x: float) -> float:
    return math.log10(x) if x else -math.inf


def _cotangent(x: float) -> float:
    return 1 / math.tan(x) if x else math.inf


def _hyperbolic_cotangent(x: float) -> float:
    return 1 / math.tanh(x) if x else math.nan


def _half_versine(x: float) -> float:
    return (1 - math.cos(x)) / 2


def _real(call: Callable[..., float]) -> Callable[..., float]:
    """The function with NaN where it has no value, and infinity where the value is too large."""

    def guarded(*values: float) -> float:
        try:
            return call(*values)
        except ValueError:
            return math.nan
        except OverflowError:
            return math.inf

    return guarded


_REAL_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "exp": math.exp,
    "log": _logarithm,
    "log10": _logarithm_10,
    "sqrt": math.sqrt,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "cot": _cotangent,
    "asin": math.asin,
    "acos": math.acos,
    "atan": math.atan,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "tanh": math.tanh,
    "coth": _hyperbolic_cotangent,
    "degrees": math.degrees,
    "radians": math.radians,
    "haversin": _half_versine,
}

NUMBER_FUNCTIONS = (
    checked("abs", (NUMBER,), only(NUMBER), _absolute),
    checked("ceil", (NUMBER,), FLOAT, _ceiling),
    checked("ceiling", (NUMBER,), FLOAT, _ceiling),
    checked("floor", (NUMBER,), FLOAT, _floor),
    checked("round", (NUMBER, INTEGER, STRING), FLOAT, _round, n_optional=2),
    checked("sign", (NUMBER,), INTEGER, _sign),
    checked("isNaN", (NUMBER,), BOOLEAN, math.isnan),
    checked("atan2", (NUMBER, NUMBER), FLOAT, math.atan2),
    *(checked(name, (NUMBER,), FLOAT, _real(call)) for name, call in _REAL_FUNCTIONS.items()),
    Function("e", (), FLOAT, lambda: math.e),
    Function("pi", (), FLOAT, lambda: math.pi),
    Function("rand", (), FLOAT, random.random, constant=False),
)
