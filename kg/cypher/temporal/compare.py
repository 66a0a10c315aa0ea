"""Equality, comparison and order of temporal values: three relations, as everywhere in Cypher.

Values of one kind are ordered by instant, then offset from west to east, then name of the zone, so that two of them
are equal exactly if neither is less. Values of different kinds cannot be compared, and durations not at all, since
nobody knows whether a month is longer than 30 days; ORDER BY goes by their average length.
"""

from __future__ import annotations

from typing import Any

from kg.cypher.temporal.durations import DAYS_OF_MONTH
from kg.cypher.temporal.text import DAY
from kg.cypher.temporal.values import Date, DateTime, Duration, LocalDateTime, LocalTime, Temporal, Time

# The order of kinds among each other.
_RANK = {kind: rank for rank, kind in enumerate((DateTime, LocalDateTime, Date, Time, LocalTime, Duration))}
_AVERAGE_MONTH = int(DAYS_OF_MONTH * DAY)


def equals(left: Any, right: Any) -> bool:
    """Whether both are the same value of the same kind: not so for one instant on two clocks, or 24 hours and a day."""
    return type(left) is type(right) and bool(left == right)


def less(left: Any, right: Any) -> bool | None:
    """Whether `left` comes before `right`; None for durations and for values of different kinds."""
    if type(left) is not type(right) or isinstance(left, Duration) or type(left) not in _RANK:
        return None
    return sort_key(left) < sort_key(right)


def sort_key(value: Temporal) -> tuple[Any, ...]:
    """A key that puts all temporal values in one order; equal only for equal values."""
    return (_RANK[type(value)], *_within_kind(value))


def _within_kind(value: Temporal) -> tuple[Any, ...]:
    match value:
        case Date(days):
            return (days,)
        case LocalTime(nanos):
            return (nanos,)
        case Time():
            return value.instant, value.offset
        case LocalDateTime():
            return (value.instant,)
        case DateTime():
            return value.instant, value.offset, value.name or ""
    return average_nanos(value), value.months, value.days, value.nanos


def average_nanos(duration: Duration) -> int:
    """The length of a duration, with months of 30.436875 days and days of 24 hours.

    >>> average_nanos(Duration(days=1)) == average_nanos(Duration(seconds=86_400))
    True
    """
    return duration.months * _AVERAGE_MONTH + duration.days * DAY + duration.nanos
