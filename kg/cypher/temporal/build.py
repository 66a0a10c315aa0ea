"""Maps of components -> dates, times and datetimes: from nothing, or changing another value.

    {year: 1984, month: 10, day: 11}      a date by calendar; or by week, quarter or ordinalDay
    {date: other, day: 28}                the date of another value, with another day
    {time: other, timezone: '+05:00'}     the same instant on other clocks, if the other value has a zone

Components go from large to small without a gap. Without a base, those left out are the first; with one they are its.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.cypher.errors import CypherArgumentError, CypherTypeError
from kg.cypher.temporal.calendar import civil_of, days_in_month, quarter_of, week_of, weekday, weeks_in_year
from kg.cypher.temporal.clock import Clock
from kg.cypher.temporal.dates import calendar_day, check_year, ordinal_day, quarter_day, week_day
from kg.cypher.temporal.text import HOUR, MINUTE, NANOS
from kg.cypher.temporal.values import Date, DateTime, LocalDateTime, LocalTime, Time, check_range, nanos_of
from kg.cypher.temporal.zones import Zone, offset_at, read_zone

Fields = dict[str, Any]

_FAMILIES = {
    "month": "calendar",
    "day": "calendar",
    "week": "week",
    "dayofweek": "week",
    "quarter": "quarter",
    "dayofquarter": "quarter",
    "ordinalday": "ordinal",
}
_ORDER = {
    "calendar": ("month", "day"),
    "week": ("week", "dayofweek"),
    "quarter": ("quarter", "dayofquarter"),
    "ordinal": ("ordinalday",),
}
_SUBSECONDS = ("millisecond", "microsecond", "nanosecond")
DATE_FIELDS = ("year", *_FAMILIES)
TIME_FIELDS = ("hour", "minute", "second", *_SUBSECONDS)
_ALIASES = {"weekday": "dayofweek", "quarterday": "dayofquarter"}
_WRITTEN = {"dayofweek": "dayOfWeek", "dayofquarter": "dayOfQuarter", "ordinalday": "ordinalDay"}
_WRITTEN |= {"epochseconds": "epochSeconds", "epochmillis": "epochMillis"}
_EPOCH = ("epochseconds", "epochmillis")
_ACCEPTED = {
    "date": ("date", *DATE_FIELDS, "timezone"),
    "localtime": ("time", *TIME_FIELDS, "timezone"),
    "time": ("time", *TIME_FIELDS, "timezone"),
    "localdatetime": ("date", "time", "datetime", *DATE_FIELDS, *TIME_FIELDS, "timezone"),
    "datetime": ("date", "time", "datetime", *DATE_FIELDS, *TIME_FIELDS, "timezone", *_EPOCH),
}


def read_fields(components: Mapping[str, Any], kind: str) -> Fields:
    """The components by their names in lower case; fails for one that `kind` ('localtime') does not have."""
    fields: Fields = {}
    for written, value in components.items():
        name = _ALIASES.get(written.lower(), written.lower())
        if name not in _ACCEPTED[kind]:
            accepted = ", ".join(_WRITTEN.get(each, each) for each in _ACCEPTED[kind])
            raise _bad(f"{kind}() knows no component '{written}'", f"it knows {accepted}")
        if name in fields:
            raise _bad(f"'{written}' is given twice", "give each component once")
        fields[name] = value
    return fields


def build_date(fields: Fields) -> Date:
    """The date of these components."""
    return Date(days_from(fields, _date_base(fields)))


def build_local_time(fields: Fields) -> LocalTime:
    """The time of day of these components."""
    base = _time_base(fields)
    return LocalTime(nanos_from(fields, None if base is None else base.nanos))


def build_time(fields: Fields, clock: Clock) -> Time:
    """The time and offset of these components; a zone that is named has the offset of the clock's instant."""
    base = _time_base(fields)
    nanos = nanos_from(fields, None if base is None else base.nanos)
    zone = zone_from(fields)
    if isinstance(base, Time | DateTime):
        value = Time(nanos, base.offset)
        return value if zone is None else value.at_offset(offset_now(zone, clock))
    return Time(nanos, offset_now(clock.default_zone if zone is None else zone, clock))


def build_local_datetime(fields: Fields) -> LocalDateTime:
    """The day and time of these components."""
    days, nanos, _ = _day_and_time(fields)
    return LocalDateTime(days, nanos)


def build_datetime(fields: Fields, clock: Clock) -> DateTime:
    """The day, time and zone of these components.

    A base that has a zone keeps its instant when another `timezone` is asked for; what has none keeps its clocks.
    """
    if any(name in fields for name in _EPOCH):
        return _from_epoch(fields, clock)
    days, nanos, base = _day_and_time(fields)
    local = LocalDateTime(days, nanos)
    zone = zone_from(fields)
    if isinstance(base, DateTime):
        value = DateTime.of_local(local, base.zone, base.offset)
    elif isinstance(base, Time):
        value = DateTime.of_local(local, base.offset)
    else:
        return DateTime.of_local(local, clock.default_zone if zone is None else zone)
    return value if zone is None else DateTime.at(value.instant, zone)


def zone_from(fields: Fields) -> Zone | None:
    """The zone that the components name."""
    name = fields.get("timezone")
    if name is not None and not isinstance(name, str):
        raise CypherTypeError(f"a time zone must be text, not {name!r}", detail="InvalidArgumentType")
    return None if name is None else read_zone(name)


def offset_now(zone: Zone, clock: Clock) -> int:
    """The offset of a zone at the clock's instant."""
    return offset_at(zone, clock.seconds)


def days_from(fields: Fields, base: int | None, *, then: tuple[str, ...] = ()) -> int:
    """The day of the date's components, on top of the day `base`. Those in `then` need a complete date before them."""
    families = {_FAMILIES[name] for name in fields if name in _FAMILIES}
    if len(families) > 1:
        raise _bad(
            f"{_named(name for name in fields if name in _FAMILIES)} cannot stand together",
            "a date is given by month and day, week and dayOfWeek, quarter and dayOfQuarter, or ordinalDay",
        )
    family = families.pop() if families else "calendar"
    if base is None:
        _check_order(fields, ("year", *_ORDER[family]), then=then)
    parts = {name: integer(fields, name) for name in ("year", *_ORDER[family]) if name in fields}
    return _DAYS[family](parts, base)


def _calendar(parts: dict[str, int], base: int | None) -> int:
    year, month, day = (0, 1, 1) if base is None else civil_of(base)
    year, month = parts.get("year", year), parts.get("month", month)
    check_year(year)
    check_range("month", month, 1, 12)
    return calendar_day(year, month, parts.get("day", min(day, days_in_month(year, month))))


def _week(parts: dict[str, int], base: int | None) -> int:
    year, week, day = (0, 1, 1) if base is None else (*week_of(base), weekday(base))
    year = parts.get("year", year)
    check_year(year)
    return week_day(year, parts.get("week", min(week, weeks_in_year(year))), parts.get("dayofweek", day))


def _quarter(parts: dict[str, int], base: int | None) -> int:
    year, month, day = (0, 1, 1) if base is None else civil_of(base)
    year, quarter = parts.get("year", year), parts.get("quarter", 1 if base is None else quarter_of(base))
    check_range("quarter", quarter, 1, 4)
    if base is None or "dayofquarter" in parts:
        return quarter_day(year, quarter, parts.get("dayofquarter", 1))
    # The same month of another quarter, on the same day of that month.
    return _calendar({"year": year, "month": (quarter - 1) * 3 + (month - 1) % 3 + 1}, base)


def _ordinal(parts: dict[str, int], base: int | None) -> int:
    return ordinal_day(parts.get("year", 0 if base is None else civil_of(base)[0]), parts["ordinalday"])


_DAYS = {"calendar": _calendar, "week": _week, "quarter": _quarter, "ordinal": _ordinal}


def nanos_from(fields: Fields, base: int | None) -> int:
    """The nanosecond of the day of the time's components, on top of the time `base`."""
    if base is None:
        _check_order(fields, ("hour", "minute", "second"), then=_SUBSECONDS)
    base = base or 0
    hour, minute, second = (
        integer(fields, name) if name in fields else base // unit % limit
        for name, unit, limit in (("hour", HOUR, 24), ("minute", MINUTE, 60), ("second", NANOS, 60))
    )
    return nanos_of(hour, minute, second, _subsecond(fields, base % NANOS))


def _subsecond(fields: Fields, base: int) -> int:
    """Milliseconds leave room for 999 microseconds, these for 999 nanoseconds; each alone may fill the second."""
    given = [(name, 1000 ** (2 - place)) for place, name in enumerate(_SUBSECONDS) if name in fields]
    room, total = NANOS, 0
    for name, unit in given:
        value = integer(fields, name)
        check_range(name, value, 0, room // unit - 1)
        room, total = unit, total + value * unit
    return total if given else base


def integer(fields: Fields, name: str) -> int:
    """The component as a whole number; fails for anything else."""
    value = fields[name]
    if isinstance(value, bool) or not isinstance(value, int):
        raise CypherTypeError(
            f"{_WRITTEN.get(name, name)} must be a whole number, not {value!r}", detail="InvalidArgumentType"
        )
    return value


def _check_order(fields: Fields, names: tuple[str, ...], *, then: tuple[str, ...] = ()) -> None:
    if names[0] not in fields:
        raise _bad(f"{names[0]} is missing", "components go from large to small")
    missing = next((name for name in names if name not in fields), None)
    smaller = names[names.index(missing) + 1 :] + then if missing else ()
    given = [name for name in smaller if name in fields]
    if missing and given:
        raise _bad(f"{_named(given)} without {_named([missing])}", "components go from large to small without a gap")


def _date_base(fields: Fields) -> int | None:
    base = fields.get("date")
    if base is None or isinstance(base, Date | LocalDateTime | DateTime):
        return None if base is None else base.days
    raise _wrong_base("date", base, "a date, a local datetime or a datetime")


def _time_base(fields: Fields) -> LocalTime | Time | LocalDateTime | DateTime | None:
    base = fields.get("time")
    if base is None or isinstance(base, LocalTime | Time | LocalDateTime | DateTime):
        return base
    raise _wrong_base("time", base, "a time or a datetime, with or without zone")


@dataclass(frozen=True, slots=True)
class _Base:
    days: int | None
    time: LocalTime | Time | LocalDateTime | DateTime | None


def _bases(fields: Fields) -> _Base:
    base = fields.get("datetime")
    if base is None:
        return _Base(_date_base(fields), _time_base(fields))
    if "date" in fields or "time" in fields:
        raise _bad("datetime cannot stand together with date or time", "give one datetime, or a date and a time")
    if isinstance(base, LocalDateTime | DateTime):
        return _Base(base.days, base)
    raise _wrong_base("datetime", base, "a datetime, with or without zone")


def _day_and_time(fields: Fields) -> tuple[int, int, LocalTime | Time | LocalDateTime | DateTime | None]:
    base = _bases(fields)
    days = days_from(fields, base.days, then=("time", *TIME_FIELDS))
    if base.time is None and not any(name in fields for name in TIME_FIELDS):
        return days, 0, None
    return days, nanos_from(fields, None if base.time is None else base.time.nanos), base.time


def _from_epoch(fields: Fields, clock: Clock) -> DateTime:
    extra = set(fields) - {*_EPOCH, "nanosecond", "timezone"}
    if extra or all(name in fields for name in _EPOCH):
        raise _bad(
            f"{_named(sorted(extra) or _EPOCH)} cannot stand together with an epoch",
            "give epochSeconds or epochMillis, and with it at most nanosecond and timezone",
        )
    name, unit = ("epochseconds", NANOS) if "epochseconds" in fields else ("epochmillis", 1_000_000)
    nanos = integer(fields, "nanosecond") if "nanosecond" in fields else 0
    check_range("nanosecond", nanos, 0, unit - 1)
    zone = zone_from(fields)
    return DateTime.at(integer(fields, name) * unit + nanos, clock.default_zone if zone is None else zone)


def _named(names: Iterable[str]) -> str:
    return ", ".join(_WRITTEN.get(name, name) for name in names)


def _bad(message: str, hint: str) -> CypherArgumentError:
    return CypherArgumentError(message, detail="InvalidArgumentValue", hint=hint)


def _wrong_base(name: str, value: object, accepted: str) -> CypherTypeError:
    return CypherTypeError(f"{name} must be {accepted}, not {value!r}", detail="InvalidArgumentType")
