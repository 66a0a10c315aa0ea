"""Python's dates, times and timedeltas <-> ours."""

from __future__ import annotations

import datetime as python
from typing import Any
from zoneinfo import ZoneInfo

from kg.cypher.errors import CypherArgumentError
from kg.cypher.temporal.calendar import civil_of, days_of
from kg.cypher.temporal.text import DAY, NANOS
from kg.cypher.temporal.values import Date, DateTime, Duration, LocalDateTime, LocalTime, Temporal, Time, nanos_of
from kg.cypher.temporal.zones import zone_names


def from_python(value: Any) -> Any:
    """Our value for one of Python's; whatever is none of its dates, times and timedeltas comes back as it is.

    >>> str(from_python(python.datetime(2024, 5, 2, 14, 30)))
    '2024-05-02T14:30'
    """
    match value:
        case python.datetime():
            return _from_datetime(value)
        case python.date():
            return Date(days_of(value.year, value.month, value.day))
        case python.time():
            nanos, offset = _nanos(value), value.utcoffset()
            return LocalTime(nanos) if offset is None else Time(nanos, _whole_seconds(offset))
        case python.timedelta():
            sign = -1 if value < python.timedelta(0) else 1
            size = abs(value)
            return Duration.of(0, sign * size.days, sign * (size.seconds * NANOS + size.microseconds * 1000))
    return value


def to_python(value: Temporal) -> python.date | python.time | python.timedelta | str:
    """Python's value if `from_python` makes the same of it again, else the text."""
    try:
        made = _made(value)
    except (ValueError, OverflowError):
        return str(value)
    return made if from_python(made) == value else str(value)


def _from_datetime(value: python.datetime) -> LocalDateTime | DateTime:
    local = LocalDateTime(days_of(value.year, value.month, value.day), _nanos(value))
    offset = value.utcoffset()
    if offset is None:
        return local
    seconds = _whole_seconds(offset)
    exact = DateTime.of_local(local, seconds)
    name = getattr(value.tzinfo, "key", None)
    named = DateTime.of_local(local, name, seconds) if name in zone_names() else exact
    # The machine's zones can have other rules than ours; the instant counts more than the name.
    return named if named.instant == exact.instant else exact


def _nanos(value: python.datetime | python.time) -> int:
    return nanos_of(value.hour, value.minute, value.second, value.microsecond * 1000)


def _whole_seconds(offset: python.timedelta) -> int:
    if offset.microseconds:
        raise CypherArgumentError(f"the offset {offset} has fractions of a second", detail="NumberOutOfRange")
    return offset.days * 86_400 + offset.seconds


def _made(value: Temporal) -> python.date | python.time | python.timedelta:
    match value:
        case Date(days):
            return python.date(*civil_of(days))
        case LocalTime(nanos):
            return _time(nanos)
        case Time(nanos, offset):
            return _time(nanos).replace(tzinfo=python.timezone(python.timedelta(seconds=offset)))
        case LocalDateTime(days, nanos):
            return _datetime(days, nanos)
        case DateTime(days, nanos, offset):
            return _in_zone(_datetime(days, nanos), offset, value.name)
    return python.timedelta(days=value.days, seconds=value.seconds, microseconds=value.nanoseconds // 1000)


def _time(nanos: int) -> python.time:
    seconds, fraction = divmod(nanos % DAY, NANOS)
    return python.time(seconds // 3600, seconds // 60 % 60, seconds % 60, fraction // 1000)


def _datetime(days: int, nanos: int) -> python.datetime:
    return python.datetime.combine(python.date(*civil_of(days)), _time(nanos))


def _in_zone(local: python.datetime, offset: int, name: str | None) -> python.datetime:
    size = python.timedelta(seconds=offset)
    if name is None:
        return local.replace(tzinfo=python.timezone(size))
    first, second = (local.replace(tzinfo=ZoneInfo(name), fold=fold) for fold in (0, 1))
    return first if first.utcoffset() == size else second
