"""Inexact dates as stretches of days, so that they can be compared."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple


class Period(NamedTuple):
    """Days from `begin` to `end`, both included, as proleptic ordinals (`date.toordinal`)."""

    begin: int
    end: int

    @property
    def days(self) -> int:
        return self.end - self.begin + 1

    def contains(self, other: Period) -> bool:
        return self.begin <= other.begin and other.end <= self.end

    def gap(self, other: Period) -> int:
        """Days between the two; 0 when they overlap, 1 when one begins the day after the other ends."""
        return max(0, other.begin - self.end, self.begin - other.end)


@lru_cache(maxsize=1 << 14)
def period(text: str | None) -> Period | None:
    """The days that a date of the model can mean: YYYY, YYYY-MM, YYYY-MM-DD, or two joined by "/". None for no date.

    >>> period("2024-02").days, period("2024-11-06/2024-11-07").days, period("soon")
    (29, 2, None)
    """
    if not text:
        return None
    first, _, last = text.partition("/")
    begin, end = _days(first), _days(last or first)
    if begin is None or end is None or end.end < begin.begin:
        return None
    return Period(begin.begin, end.end)


def _days(text: str) -> Period | None:
    try:
        numbers = [int(part) for part in text.split("-")]
        if len(numbers) == 1:
            return Period(date(numbers[0], 1, 1).toordinal(), date(numbers[0], 12, 31).toordinal())
        year, month = numbers[:2]
        if len(numbers) == 2:
            return Period(date(year, month, 1).toordinal(), date(year, month, monthrange(year, month)[1]).toordinal())
        (number,) = numbers[2:]
        day = date(year, month, number).toordinal()
    except (ValueError, TypeError, OverflowError):
        return None
    return Period(day, day)


def months(stretch: Period) -> frozenset[tuple[int, int]]:
    """Year and month of its first and its last day."""
    return frozenset((day.year, day.month) for day in map(date.fromordinal, stretch))


def isodate(day: int) -> str:
    return date.fromordinal(day).isoformat()
