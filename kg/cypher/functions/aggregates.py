"""Functions of a group of rows. Sums of floats do not depend on the order of the rows."""

from __future__ import annotations

import math
from typing import Any

from kg.cypher import operators
from kg.cypher.errors import CypherArgumentError
from kg.cypher.functions.checks import only, wrong_argument
from kg.cypher.functions.table import Aggregate
from kg.cypher.notation import write
from kg.cypher.temporal import Duration
from kg.cypher.types import ANY, DURATION, FLOAT, INTEGER, NULL, NUMBER, Type, list_of
from kg.cypher.values import is_number, sort_key

_SUMMABLE = NUMBER | DURATION


class Count:
    """How many values."""

    def __init__(self) -> None:
        self._n = 0

    def add(self, value: Any) -> None:
        self._n += 1

    def result(self) -> int:
        return self._n


class Sum:
    """The sum of numbers or of durations; 0 of nothing. Integers stay exact, floats are rounded once at the end."""

    name = "sum"

    def __init__(self) -> None:
        self._integers = 0
        self._floats: list[float] = []
        self._duration: Duration | None = None

    def add(self, value: Any) -> None:
        if value.__class__ is int:
            self._integers += value
        elif value.__class__ is float:
            self._floats.append(value)
        elif isinstance(value, Duration):
            self._duration = value if self._duration is None else operators.add(self._duration, value)
        else:
            raise wrong_argument(self.name, _SUMMABLE, value)

    def result(self) -> Any:
        numbers = _sum([*self._floats, self._integers]) if self._floats else operators.in_64_bits(self._integers)
        if self._duration is None:
            return numbers
        return operators.add(self._duration, numbers) if self._floats or self._integers else self._duration


class Average(Sum):
    """The mean of numbers, a float, or of durations; null of nothing. The sum of integers may leave 64 bits."""

    name = "avg"

    def __init__(self) -> None:
        super().__init__()
        self._n = 0

    def add(self, value: Any) -> None:
        super().add(value)
        self._n += 1

    def result(self) -> Any:
        if not self._n:
            return None
        if self._duration is None and not self._floats:
            return self._integers / self._n
        return operators.divide(super().result(), self._n)


class Least:
    """The first of the values in the order of ORDER BY."""

    def __init__(self) -> None:
        self._value: Any = None
        self._key: Any = None

    def add(self, value: Any) -> None:
        key = sort_key(value)
        if self._key is None or self._comes_before(key):
            self._value, self._key = value, key

    def _comes_before(self, key: Any) -> bool:
        return key < self._key  # type: ignore[no-any-return]

    def result(self) -> Any:
        return self._value


class Greatest(Least):
    """The last of the values in the order of ORDER BY."""

    def _comes_before(self, key: Any) -> bool:
        return key > self._key  # type: ignore[no-any-return]


class Collect:
    """All values, in the order of the rows."""

    def __init__(self) -> None:
        self._values: list[Any] = []

    def add(self, value: Any) -> None:
        self._values.append(value)

    def result(self) -> list[Any]:
        return list(self._values)


class _Numbers:
    """All numbers of a group."""

    name = ""

    def __init__(self) -> None:
        self._numbers: list[float] = []

    def add(self, value: Any) -> None:
        if not is_number(value):
            raise wrong_argument(self.name, NUMBER, value)
        self._numbers.append(value)


class SampleDeviation(_Numbers):
    """The standard deviation of a sample (divided by n - 1); 0.0 of fewer than two values."""

    name = "stDev"
    _missing_freedom = 1

    def result(self) -> float:
        n = len(self._numbers)
        if n < 2:
            return 0.0
        mean = _sum(self._numbers) / n
        return math.sqrt(_sum([(x - mean) ** 2 for x in self._numbers]) / (n - self._missing_freedom))


class PopulationDeviation(SampleDeviation):
    """The standard deviation of a whole population (divided by n); 0.0 of fewer than two values."""

    name = "stDevP"
    _missing_freedom = 0


class _Percentile(_Numbers):
    _percentile = 0.0

    def add(self, value: Any, percentile: Any = None) -> None:
        super().add(value)
        if not is_number(percentile) or not 0 <= percentile <= 1:
            message = f"a percentile lies between 0.0 and 1.0; this is {write(percentile)}"
            raise CypherArgumentError(message, detail="NumberOutOfRange")
        self._percentile = percentile


class PercentileDisc(_Percentile):
    """The smallest value that at least this share of the values does not exceed; null of nothing."""

    name = "percentileDisc"

    def result(self) -> Any:
        if not self._numbers:
            return None
        place = math.ceil(self._percentile * len(self._numbers)) - 1
        return sorted(self._numbers, key=sort_key)[max(place, 0)]


class PercentileCont(_Percentile):
    """The value at this share of the way from the least to the greatest, between neighbours linear; null of nothing."""

    name = "percentileCont"

    def result(self) -> float | None:
        if not self._numbers:
            return None
        in_order = sorted(self._numbers, key=sort_key)
        place = self._percentile * (len(in_order) - 1)
        low, high = in_order[math.floor(place)], in_order[math.ceil(place)]
        return float(low) if low == high else low + (high - low) * (place - math.floor(place))


def _sum(numbers: list[Any]) -> float:
    """Rounded once; where an intermediate sum leaves the floats or is no number, as IEEE 754 adds them."""
    try:
        return math.fsum(numbers)
    except (OverflowError, ValueError):
        return float(sum(numbers))


def _mean_type(arguments: tuple[Type, ...]) -> Type:
    """Float for numbers, Duration for durations."""
    numbers = FLOAT if arguments[0].kinds & NUMBER.kinds else NULL
    return numbers | only(DURATION)(arguments)


def _list_of_first(arguments: tuple[Type, ...]) -> Type:
    return list_of(arguments[0])


AGGREGATE_FUNCTIONS = (
    Aggregate("count", (ANY,), INTEGER, Count),
    Aggregate("sum", (_SUMMABLE,), only(_SUMMABLE), Sum),
    Aggregate("avg", (_SUMMABLE,), _mean_type, Average),
    Aggregate("min", (ANY,), only(ANY), Least),
    Aggregate("max", (ANY,), only(ANY), Greatest),
    Aggregate("collect", (ANY,), _list_of_first, Collect),
    Aggregate("stDev", (NUMBER,), FLOAT, SampleDeviation),
    Aggregate("stDevP", (NUMBER,), FLOAT, PopulationDeviation),
    Aggregate("percentileDisc", (NUMBER, NUMBER), only(NUMBER), PercentileDisc),
    Aggregate("percentileCont", (NUMBER, NUMBER), FLOAT, PercentileCont),
)
