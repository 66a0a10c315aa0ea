"""date.truncate('month', value, {day: 2}) and its like: the begin of a unit, then components set on top."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kg.cypher.errors import CypherArgumentError, CypherTypeError
from kg.cypher.temporal import build
from kg.cypher.temporal.calendar import (
    civil_of,
    days_of,
    quarter_of,
    start_of_quarter,
    start_of_week_year,
    week_of,
    weekday,
)
from kg.cypher.temporal.clock import Clock
from kg.cypher.temporal.text import DAY, HOUR, MINUTE, NANOS
from kg.cypher.temporal.values import Date, DateTime, Instant, LocalDateTime, LocalTime, Time
from kg.cypher.temporal.zones import Zone

_DAYS: dict[str, Callable[[int], int]] = {
    "millennium": lambda days: _start_of_years(days, 1000),
    "century": lambda days: _start_of_years(days, 100),
    "decade": lambda days: _start_of_years(days, 10),
    "year": lambda days: _start_of_years(days, 1),
    "weekyear": lambda days: start_of_week_year(week_of(days)[0]),
    "quarter": lambda days: start_of_quarter(civil_of(days)[0], quarter_of(days)),
    "month": lambda days: days_of(*civil_of(days)[:2], 1),
    "week": lambda days: days - weekday(days) + 1,
    "day": lambda days: days,
}
_NANOS = {
    "day": DAY,
    "hour": HOUR,
    "minute": MINUTE,
    "second": NANOS,
    "millisecond": 1_000_000,
    "microsecond": 1_000,
}
_UNITS = [*_DAYS, *list(_NANOS)[1:]]
_OF_KIND = {
    "date": tuple(_DAYS),
    "localtime": tuple(_NANOS),
    "time": tuple(_NANOS),
    "localdatetime": tuple(_UNITS),
    "datetime": tuple(_UNITS),
}


def truncate(kind: str, clock: Clock, unit: str, value: Instant, components: Mapping[str, Any]) -> Instant | None:
    """The begin of the `unit` that `value` lies in, as a `kind` ('localdatetime'), with `components` set.

    A `timezone` among them replaces the zone and leaves the clocks alone.
    """
    name = _read_unit(kind, unit)
    fields = _read_components(kind, name, value, components)
    if None in fields.values():
        return None
    if kind == "date":
        return Date(build.days_from(fields, _days(name, value)))
    nanos = build.nanos_from(fields, _nanos(name, value))
    if kind == "localtime":
        return LocalTime(nanos)
    if kind == "time":
        return Time(nanos, build.offset_now(_zone(fields, value, clock), clock))
    local = LocalDateTime(build.days_from(fields, _days(name, value)), nanos)
    return local if kind == "localdatetime" else _in_zone(local, fields, value, clock)


def _start_of_years(days: int, years: int) -> int:
    return days_of(civil_of(days)[0] // years * years, 1, 1)


def _read_unit(kind: str, unit: str) -> str:
    name = unit.lower() if isinstance(unit, str) else unit
    if name in _OF_KIND[kind]:
        return name
    why = f"{kind}.truncate() cannot take it" if name in _UNITS else "it is none"
    accepted = ", ".join("weekYear" if each == "weekyear" else each for each in _OF_KIND[kind])
    raise CypherArgumentError(
        f"{unit!r} is no unit to truncate to: {why}", detail="InvalidArgumentValue", hint=f"write one of {accepted}"
    )


def _read_components(kind: str, unit: str, value: Instant, components: Mapping[str, Any]) -> build.Fields:
    fields = build.read_fields(components, kind)
    if base := {"date", "time", "datetime"} & set(fields):
        raise CypherArgumentError(
            f"truncate() takes no {base.pop()} to start from",
            detail="InvalidArgumentValue",
            hint="it starts from its value",
        )
    # What the unit keeps of the fraction stays, and what is set comes behind it.
    if unit in ("millisecond", "microsecond") and ("nanosecond" in fields or "microsecond" in fields):
        fields.setdefault(unit, value.get(unit))
    return fields


def _days(unit: str, value: Instant) -> int:
    if isinstance(value, Date | LocalDateTime | DateTime):
        return _DAYS.get(unit, _DAYS["day"])(value.days)
    raise _lacks(value, "date")


def _nanos(unit: str, value: Instant) -> int:
    size = _NANOS.get(unit, DAY)
    if size == DAY:
        return 0
    if isinstance(value, Date):
        raise _lacks(value, "time")
    return value.nanos // size * size


def _zone(fields: build.Fields, value: Instant, clock: Clock) -> Zone:
    zone = build.zone_from(fields)
    if zone is not None:
        return zone
    if isinstance(value, Time | DateTime):
        return value.offset
    return clock.default_zone


def _in_zone(local: LocalDateTime, fields: build.Fields, value: Instant, clock: Clock) -> DateTime:
    zone = build.zone_from(fields)
    if zone is None and isinstance(value, DateTime):
        return DateTime.of_local(local, value.zone, value.offset)
    return DateTime.of_local(local, clock.default_zone if zone is None else zone)


def _lacks(value: Instant, part: str) -> CypherTypeError:
    return CypherTypeError(f"{value} has no {part} that could be truncated", detail="InvalidArgumentType")
