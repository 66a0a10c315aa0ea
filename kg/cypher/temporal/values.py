"""The six kinds of temporal values: immutable, hashable, exact to the nanosecond.

Equal means: the same point in time, the same offset and the same named zone. `str` gives Cypher's toString.
`get` gives a component by its name in any case, None for a name that the kind does not have.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kg.cypher.errors import CypherArgumentError
from kg.cypher.temporal import components
from kg.cypher.temporal.calendar import MAX_DAY, MIN_DAY, days_in_month, days_of
from kg.cypher.temporal.text import DAY, NANOS, date_text, duration_text, offset_text, time_text
from kg.cypher.temporal.zones import MAX_OFFSET, Zone, offset_at, offset_of_local

Component = int | str | None


class _Shown:
    """Shows itself as it would be written in a query."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"{type(self).__name__.lower()}({str(self)!r})"


@dataclass(frozen=True, slots=True, repr=False)
class Date(_Shown):
    """A day, counted from 1970-01-01."""

    days: int
    kind: ClassVar[str] = "Date"

    def __post_init__(self) -> None:
        check_day(self.days)

    @classmethod
    def of(cls, year: int, month: int, day: int) -> Date:
        """The day of a calendar date."""
        check_range("month", month, 1, 12)
        check_range("day", day, 1, days_in_month(year, month))
        return cls(days_of(year, month, day))

    def __str__(self) -> str:
        return date_text(self.days)

    def get(self, name: str) -> Component:
        """A component of the date: year, quarter, month, week, weekYear, day, ordinalDay, dayOfWeek, dayOfQuarter."""
        return components.of_date(name, self.days)


@dataclass(frozen=True, slots=True, repr=False)
class LocalTime(_Shown):
    """A time of day without a zone, in nanoseconds since midnight."""

    nanos: int
    kind: ClassVar[str] = "LocalTime"

    def __post_init__(self) -> None:
        check_range("nanosecond of the day", self.nanos, 0, DAY - 1)

    @classmethod
    def of(cls, hour: int, minute: int = 0, second: int = 0, nanosecond: int = 0) -> LocalTime:
        """The time that a clock shows."""
        return cls(nanos_of(hour, minute, second, nanosecond))

    def __str__(self) -> str:
        return time_text(self.nanos)

    def get(self, name: str) -> Component:
        """A component of the time: hour, minute, second, millisecond, microsecond, nanosecond."""
        return components.of_time(name, self.nanos)


@dataclass(frozen=True, slots=True, repr=False)
class Time(_Shown):
    """A time of day with its offset from Greenwich in seconds."""

    nanos: int
    offset: int
    kind: ClassVar[str] = "Time"

    def __post_init__(self) -> None:
        check_range("nanosecond of the day", self.nanos, 0, DAY - 1)
        check_range("offset", self.offset, -MAX_OFFSET, MAX_OFFSET)

    @property
    def instant(self) -> int:
        """Nanoseconds since midnight in Greenwich; can be negative, or a day and more."""
        return self.nanos - self.offset * NANOS

    def at_offset(self, offset: int) -> Time:
        """The same instant on clocks with another offset."""
        return Time((self.instant + offset * NANOS) % DAY, offset)

    def __str__(self) -> str:
        return time_text(self.nanos) + offset_text(self.offset)

    def get(self, name: str) -> Component:
        """A component of the time or of its offset: timezone, offset, offsetMinutes, offsetSeconds."""
        found = components.of_time(name, self.nanos)
        return components.of_offset(name, self.offset, None) if found is None else found


@dataclass(frozen=True, slots=True, repr=False)
class LocalDateTime(_Shown):
    """A day and a time of that day, without a zone."""

    days: int
    nanos: int
    kind: ClassVar[str] = "LocalDateTime"

    def __post_init__(self) -> None:
        check_day(self.days)
        check_range("nanosecond of the day", self.nanos, 0, DAY - 1)

    @property
    def instant(self) -> int:
        """Nanoseconds since 1970-01-01T00:00 on the same clocks."""
        return self.days * DAY + self.nanos

    @classmethod
    def at(cls, instant: int) -> LocalDateTime:
        """The value with that `instant`."""
        return cls(*divmod(instant, DAY))

    def __str__(self) -> str:
        return f"{date_text(self.days)}T{time_text(self.nanos)}"

    def get(self, name: str) -> Component:
        """A component of the date or the time."""
        found = components.of_date(name, self.days)
        return components.of_time(name, self.nanos) if found is None else found


@dataclass(frozen=True, slots=True, repr=False)
class DateTime(_Shown):
    """A day and a time of that day with their offset, and the named zone that the offset comes from, if any."""

    days: int
    nanos: int
    offset: int
    name: str | None = None
    kind: ClassVar[str] = "DateTime"

    def __post_init__(self) -> None:
        check_day(self.days)
        check_range("nanosecond of the day", self.nanos, 0, DAY - 1)
        check_range("offset", self.offset, -MAX_OFFSET, MAX_OFFSET)

    @classmethod
    def at(cls, instant: int, zone: Zone) -> DateTime:
        """What the clocks of a zone show at an instant, in nanoseconds since 1970-01-01T00:00Z."""
        offset = offset_at(zone, instant // NANOS)
        days, nanos = divmod(instant + offset * NANOS, DAY)
        return cls(days, nanos, offset, zone if isinstance(zone, str) else None)

    @classmethod
    def of_local(cls, local: LocalDateTime, zone: Zone, preferred: int | None = None) -> DateTime:
        """The time when the clocks of a zone show `local`.

        Of two such times it is the one with the offset `preferred`, else the earlier. A time that the clocks skip
        moves behind the gap.
        """
        offset = offset_of_local(zone, local.instant // NANOS, preferred)
        return cls.at(local.instant - offset * NANOS, zone)

    @property
    def instant(self) -> int:
        """Nanoseconds since 1970-01-01T00:00Z."""
        return self.days * DAY + self.nanos - self.offset * NANOS

    @property
    def local(self) -> LocalDateTime:
        """What the clocks show, without the zone."""
        return LocalDateTime(self.days, self.nanos)

    @property
    def zone(self) -> Zone:
        """The named zone, or the offset where there is none."""
        return self.offset if self.name is None else self.name

    def __str__(self) -> str:
        name = "" if self.name is None else f"[{self.name}]"
        return f"{date_text(self.days)}T{time_text(self.nanos)}{offset_text(self.offset)}{name}"

    def get(self, name: str) -> Component:
        """A component of date, time or zone, or epochSeconds, epochMillis."""
        if name.lower() == "epochseconds":
            return self.instant // NANOS
        if name.lower() == "epochmillis":
            return self.instant // 1_000_000
        found = self.local.get(name)
        return components.of_offset(name, self.offset, self.name) if found is None else found


@dataclass(frozen=True, slots=True, repr=False)
class Duration(_Shown):
    """Months, days and seconds, none of which turns into another: a month has no fixed days, a day no fixed hours.

    `nanoseconds` are 0 to 999,999,999 on top of `seconds`, also of negative ones.
    """

    months: int = 0
    days: int = 0
    seconds: int = 0
    nanoseconds: int = 0
    kind: ClassVar[str] = "Duration"

    def __post_init__(self) -> None:
        for name in ("months", "days", "seconds"):
            check_range(f"number of {name} of a duration", getattr(self, name), -(2**63), 2**63 - 1)
        check_range("number of nanoseconds of a duration", self.nanoseconds, 0, NANOS - 1)

    @classmethod
    def of(cls, months: int = 0, days: int = 0, nanos: int = 0) -> Duration:
        """The duration with these parts; `nanos` may be any number, of any sign."""
        return cls(months, days, *divmod(nanos, NANOS))

    @property
    def nanos(self) -> int:
        """Seconds and nanoseconds together, in nanoseconds."""
        return self.seconds * NANOS + self.nanoseconds

    def __neg__(self) -> Duration:
        return Duration.of(-self.months, -self.days, -self.nanos)

    def __str__(self) -> str:
        return duration_text(self.months, self.days, self.nanos)

    def get(self, name: str) -> Component:
        """A component: years to nanoseconds in total, or what is left of a larger one, as in minutesOfHour."""
        return components.of_duration(name, self.months, self.days, self.seconds, self.nanoseconds)


Instant = Date | LocalTime | Time | LocalDateTime | DateTime
Temporal = Instant | Duration
INSTANTS = (Date, LocalTime, Time, LocalDateTime, DateTime)


def check_day(days: int) -> None:
    """Fail with NumberOutOfRange for a day of a year with more than nine digits."""
    if not MIN_DAY <= days <= MAX_DAY:
        raise CypherArgumentError(
            f"the day {days:,} days from 1970-01-01 is outside the calendar",
            detail="NumberOutOfRange",
            hint="years go from -999999999 to 999999999",
        )


def nanos_of(hour: int, minute: int, second: int, nanosecond: int) -> int:
    """Nanoseconds since midnight; fails for what no clock shows."""
    check_range("hour", hour, 0, 23)
    check_range("minute", minute, 0, 59)
    check_range("second", second, 0, 59)
    check_range("nanosecond", nanosecond, 0, NANOS - 1)
    return (hour * 3600 + minute * 60 + second) * NANOS + nanosecond


def check_range(name: str, value: int, low: int, high: int, *, hint: str | None = None) -> None:
    """Fail with NumberOutOfRange unless `low` <= `value` <= `high`."""
    if not low <= value <= high:
        raise CypherArgumentError(
            f"{value} is no {name}", detail="NumberOutOfRange", hint=hint or f"it goes from {low} to {high}"
        )
