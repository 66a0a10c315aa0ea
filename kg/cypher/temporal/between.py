"""The durations between two points in time, of any kinds.

A value that lacks a date, a time or a zone takes it from the other, or lies at midnight. If not both have a date,
the duration has neither months nor days.
"""

from __future__ import annotations

from typing import NamedTuple

from kg.cypher.temporal.calendar import add_months, civil_of
from kg.cypher.temporal.text import DAY, truncated
from kg.cypher.temporal.values import Date, DateTime, Duration, Instant, LocalDateTime, Time
from kg.cypher.temporal.zones import Zone


class _Point(NamedTuple):
    """What the clocks show at a point in time, and the instant in nanoseconds."""

    local: LocalDateTime
    instant: int


def between(begin: Instant, end: Instant) -> Duration:
    """Months, then days, then the rest, each as many as fit: `begin` plus the duration is `end`."""
    if not _dated(begin, end):
        return in_seconds(begin, end)
    first, last, zone = _aligned(begin, end)
    months = _months(first.local, last.local)
    days = truncated(last.local.instant - _moved(first.local, months).instant, DAY)
    moved = _moved(first.local, months, days)
    instant = first.instant if moved == first.local else _instant(moved, zone)
    return Duration.of(months, days, last.instant - instant)


def in_months(begin: Instant, end: Instant) -> Duration:
    """The whole months between the two."""
    if not _dated(begin, end):
        return Duration()
    first, last, _ = _aligned(begin, end)
    return Duration(months=_months(first.local, last.local))


def in_days(begin: Instant, end: Instant) -> Duration:
    """The whole days between the two."""
    if not _dated(begin, end):
        return Duration()
    first, last, _ = _aligned(begin, end)
    return Duration(days=truncated(last.local.instant - first.local.instant, DAY))


def in_seconds(begin: Instant, end: Instant) -> Duration:
    """The time between the two, in seconds and nanoseconds; a day on which clocks change may have 23 or 25 hours."""
    first, last, _ = _aligned(begin, end)
    return Duration.of(nanos=last.instant - first.instant)


def _dated(begin: Instant, end: Instant) -> bool:
    return all(isinstance(value, Date | LocalDateTime | DateTime) for value in (begin, end))


def _aligned(begin: Instant, end: Instant) -> tuple[_Point, _Point, Zone | None]:
    """The two points on the clocks of one zone, which is None if neither has any."""
    day = next((value.days for value in (begin, end) if isinstance(value, Date | LocalDateTime | DateTime)), 0)
    zones = [value.zone for value in (begin, end) if isinstance(value, DateTime)]
    zones += [value.offset for value in (begin, end) if isinstance(value, Time)]
    zone = zones[0] if zones else None
    return _point(begin, day, zone), _point(end, day, zone), zone


def _point(value: Instant, day: int, zone: Zone | None) -> _Point:
    if zone is not None and isinstance(value, Time | DateTime):
        instant = value.instant if isinstance(value, DateTime) else value.instant + day * DAY
        return _Point(DateTime.at(instant, zone).local, instant)
    days = value.days if isinstance(value, Date | LocalDateTime | DateTime) else day
    local = LocalDateTime(days, 0 if isinstance(value, Date) else value.nanos)
    return _Point(local, _instant(local, zone))


def _instant(local: LocalDateTime, zone: Zone | None) -> int:
    return local.instant if zone is None else DateTime.of_local(local, zone).instant


def _moved(local: LocalDateTime, months: int, days: int = 0) -> LocalDateTime:
    return LocalDateTime(add_months(local.days, months) + days, local.nanos)


def _months(first: LocalDateTime, last: LocalDateTime) -> int:
    """The most whole months, towards zero, between the two.

    31 January to 28 February is none, although a month added to the first gives the second.
    """
    # A day that is not over yet does not count.
    days = last.days
    if last.days > first.days and last.nanos < first.nanos:
        days -= 1
    elif last.days < first.days and last.nanos > first.nanos:
        days += 1
    (year, month, day), (last_year, last_month, last_day) = civil_of(first.days), civil_of(days)
    # Days go from 1 to 31, so that months times 32 leaves room for them.
    return truncated(((last_year - year) * 12 + last_month - month) * 32 + last_day - day, 32)
