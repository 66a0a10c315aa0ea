"""The components of temporal values by name. Each function answers None for a name that is not its own."""

from __future__ import annotations

from collections.abc import Callable

from kg.cypher.temporal.calendar import civil_of, days_of, quarter_of, start_of_quarter, week_of, weekday
from kg.cypher.temporal.text import DAY, HOUR, MINUTE, NANOS, offset_text, truncated

_DATE: dict[str, Callable[[int], int]] = {
    "year": lambda days: civil_of(days)[0],
    "quarter": quarter_of,
    "month": lambda days: civil_of(days)[1],
    "week": lambda days: week_of(days)[1],
    "weekyear": lambda days: week_of(days)[0],
    "dayofquarter": lambda days: days - start_of_quarter(civil_of(days)[0], quarter_of(days)) + 1,
    "ordinalday": lambda days: days - days_of(civil_of(days)[0], 1, 1) + 1,
    "dayofweek": weekday,
    "day": lambda days: civil_of(days)[2],
}
_DATE |= {"quarterday": _DATE["dayofquarter"], "weekday": _DATE["dayofweek"]}

_TIME: dict[str, Callable[[int], int]] = {
    "hour": lambda nanos: nanos // HOUR,
    "minute": lambda nanos: nanos // MINUTE % 60,
    "second": lambda nanos: nanos // NANOS % 60,
    "millisecond": lambda nanos: nanos % NANOS // 1_000_000,
    "microsecond": lambda nanos: nanos % NANOS // 1_000,
    "nanosecond": lambda nanos: nanos % NANOS,
}

# Of the months, the days, the seconds or the nanoseconds (in this order) of a duration.
_MONTHS, _DAYS, _SECONDS, _NANOS = range(4)
_DURATION: dict[str, tuple[int, int, int]] = {
    # name: which number, its unit, how many of them make the next larger one (0: count on)
    "years": (_MONTHS, 12, 0),
    "quarters": (_MONTHS, 3, 0),
    "months": (_MONTHS, 1, 0),
    "weeks": (_DAYS, 7, 0),
    "days": (_DAYS, 1, 0),
    "hours": (_SECONDS, 3600, 0),
    "minutes": (_SECONDS, 60, 0),
    "seconds": (_SECONDS, 1, 0),
    "quartersofyear": (_MONTHS, 3, 4),
    "monthsofyear": (_MONTHS, 1, 12),
    "monthsofquarter": (_MONTHS, 1, 3),
    "daysofweek": (_DAYS, 1, 7),
    "minutesofhour": (_SECONDS, 60, 60),
    "secondsofminute": (_SECONDS, 1, 60),
    "millisecondsofsecond": (_NANOS, 1_000_000, 0),
    "microsecondsofsecond": (_NANOS, 1_000, 0),
    "nanosecondsofsecond": (_NANOS, 1, 0),
}
_SUBSECONDS = {"milliseconds": 1_000_000, "microseconds": 1_000, "nanoseconds": 1}


def of_date(name: str, days: int) -> int | None:
    """A component of the day that lies `days` after 1970-01-01."""
    part = _DATE.get(name.lower())
    return None if part is None else part(days)


def of_time(name: str, nanos: int) -> int | None:
    """A component of the time that lies `nanos` after midnight."""
    part = _TIME.get(name.lower())
    return None if part is None else part(nanos % DAY)


def of_offset(name: str, offset: int, zone: str | None) -> int | str | None:
    """A component of an offset in seconds, with the name of its zone."""
    match name.lower():
        case "timezone":
            return zone or offset_text(offset)
        case "offset":
            return offset_text(offset)
        case "offsetminutes":
            return truncated(offset, 60)
        case "offsetseconds":
            return offset
    return None


def of_duration(name: str, *numbers: int) -> int | None:
    """A component of a duration of so many months, days, seconds and nanoseconds."""
    name = name.lower()
    if name in _SUBSECONDS:
        return (numbers[_SECONDS] * NANOS + numbers[_NANOS]) // _SUBSECONDS[name]
    if name not in _DURATION:
        return None
    which, unit, limit = _DURATION[name]
    whole = truncated(numbers[which], unit)
    return whole - truncated(whole, limit) * limit if limit else whole
