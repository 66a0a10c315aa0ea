"""+ - * / on temporal values. Null on either side gives null.

A duration is added months first (to the end of a month that is too short), then days on the calendar, then seconds on
the clock of the world: a day may have 25 hours, twenty-four hours have always 24.
"""

from __future__ import annotations

from typing import Any

from kg.cypher.errors import ArithmeticFault, CypherTypeError
from kg.cypher.temporal.calendar import add_months
from kg.cypher.temporal.durations import exact, spread
from kg.cypher.temporal.text import DAY, truncated
from kg.cypher.temporal.values import (
    INSTANTS,
    Date,
    DateTime,
    Duration,
    Instant,
    LocalDateTime,
    LocalTime,
    Temporal,
    Time,
)


def add(left: Any, right: Any) -> Temporal | None:
    """A point in time or a duration, plus a duration; in either order."""
    if left is None or right is None:
        return None
    if isinstance(left, Duration) and isinstance(right, Duration):
        return Duration.of(left.months + right.months, left.days + right.days, left.nanos + right.nanos)
    if isinstance(left, INSTANTS) and isinstance(right, Duration):
        return _move(left, right)
    if isinstance(left, Duration) and isinstance(right, INSTANTS):
        return _move(right, left)
    raise _impossible("+", left, right)


def subtract(left: Any, right: Any) -> Temporal | None:
    """A point in time or a duration, less a duration. For two points in time there is duration.between."""
    if left is None or right is None:
        return None
    if isinstance(left, Duration) and isinstance(right, Duration):
        return Duration.of(left.months - right.months, left.days - right.days, left.nanos - right.nanos)
    if isinstance(left, INSTANTS) and isinstance(right, Duration):
        return _move(left, -right)
    hint = "duration.between(a, b) gives what lies between" if isinstance(right, INSTANTS) else None
    raise _impossible("-", left, right, hint)


def multiply(left: Any, right: Any) -> Duration | None:
    """A duration times a number, in either order; fractions of months and days go on in days and seconds."""
    if left is None or right is None:
        return None
    duration, number = (right, left) if isinstance(right, Duration) else (left, right)
    if not isinstance(duration, Duration) or not _is_number(number):
        raise _impossible("*", left, right)
    factor = exact(number, "the factor")
    return spread(duration.months * factor, duration.days * factor, duration.nanos * factor)


def divide(duration: Any, number: Any) -> Duration | None:
    """A duration divided by a number; fractions of months and days go on in days and seconds."""
    if duration is None or number is None:
        return None
    if not isinstance(duration, Duration) or not _is_number(number):
        raise _impossible("/", duration, number)
    if number == 0:
        raise ArithmeticFault(f"{duration} divided by zero", detail="DivisionByZero")
    divisor = exact(number, "the divisor")
    return spread(duration.months / divisor, duration.days / divisor, duration.nanos / divisor)


def _move(value: Instant, by: Duration) -> Instant:
    match value:
        case Date(days):
            return Date(add_months(days, by.months) + by.days + truncated(by.nanos, DAY))
        case LocalTime(nanos):
            return LocalTime((nanos + by.nanos) % DAY)
        case Time(nanos, offset):
            return Time((nanos + by.nanos) % DAY, offset)
        case LocalDateTime():
            return LocalDateTime.at(_on_calendar(value, by).instant + by.nanos)
    return _move_zoned(value, by)


def _move_zoned(value: DateTime, by: Duration) -> DateTime:
    local = _on_calendar(value.local, by)
    # Only moves on the calendar can lead to clocks that do not show the time, or show it twice.
    start = value if local == value.local else DateTime.of_local(local, value.zone, value.offset)
    return DateTime.at(start.instant + by.nanos, value.zone)


def _on_calendar(local: LocalDateTime, by: Duration) -> LocalDateTime:
    return LocalDateTime(add_months(local.days, by.months) + by.days, local.nanos)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _impossible(operator: str, left: Any, right: Any, hint: str | None = None) -> CypherTypeError:
    names = [getattr(value, "kind", type(value).__name__) for value in (left, right)]
    message = f"{names[0]} {operator} {names[1]} has no meaning"
    return CypherTypeError(message, detail="InvalidArgumentType", hint=hint)
