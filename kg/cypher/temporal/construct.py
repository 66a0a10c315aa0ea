"""The constructors of Cypher: date(x), localtime(x), time(x), localdatetime(x), datetime(x), duration(x).

`x` is text, a map of components or another temporal value. A map that only names a zone asks for the clock's time
there. Null in a map gives null.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kg.cypher.errors import CypherTypeError
from kg.cypher.temporal import build, parse
from kg.cypher.temporal.clock import Clock
from kg.cypher.temporal.durations import duration_of, read_duration
from kg.cypher.temporal.text import NANOS
from kg.cypher.temporal.values import Date, DateTime, Duration, Instant, LocalDateTime, LocalTime, Time

_READERS: dict[str, Callable[[str, Clock], Instant]] = {
    "date": lambda text, clock: parse.read_date(text),
    "localtime": lambda text, clock: parse.read_local_time(text),
    "time": lambda text, clock: parse.read_time(text, build.offset_now(clock.default_zone, clock)),
    "localdatetime": lambda text, clock: parse.read_local_datetime(text),
    "datetime": lambda text, clock: parse.read_datetime(text, clock.default_zone),
}
_BUILDERS: dict[str, Callable[[build.Fields, Clock], Instant]] = {
    "date": lambda fields, clock: build.build_date(fields),
    "localtime": lambda fields, clock: build.build_local_time(fields),
    "time": build.build_time,
    "localdatetime": lambda fields, clock: build.build_local_datetime(fields),
    "datetime": build.build_datetime,
}


def construct(kind: str, clock: Clock, value: Any) -> Instant | None:
    """A value of `kind` ('localdatetime') from text, a map or another value."""
    if value is None:
        return None
    if isinstance(value, str):
        return _READERS[kind](value, clock)
    if isinstance(value, Mapping):
        return _from_map(kind, clock, value)
    found = select(kind, clock, value)
    if found is None:
        what = getattr(value, "kind", None) or repr(value)
        raise CypherTypeError(f"{kind}() cannot take {what}", detail="InvalidArgumentType")
    return found


def _from_map(kind: str, clock: Clock, components: Mapping[str, Any]) -> Instant | None:
    fields = build.read_fields(components, kind)
    if None in fields.values():
        return None
    if set(fields) == {"timezone"}:
        return current(kind, clock, fields["timezone"])
    return _BUILDERS[kind](fields, clock)


def current(kind: str, clock: Clock, timezone: str | None = None) -> Instant:
    """The clock's date or time, in the zone of that name or its own."""
    found = select(kind, clock, clock.read(build.zone_from({"timezone": timezone})))
    assert found is not None, "a datetime has all parts"
    return found


def select(kind: str, clock: Clock, value: Any) -> Instant | None:
    """The part of another value that makes a `kind`; None if it has no such part."""
    match kind:
        case "date":
            return Date(value.days) if isinstance(value, Date | LocalDateTime | DateTime) else None
        case "localtime":
            timed = isinstance(value, LocalTime | Time | LocalDateTime | DateTime)
            return LocalTime(value.nanos) if timed else None
        case "time":
            return _time(clock, value)
        case "localdatetime":
            return LocalDateTime(value.days, value.nanos) if isinstance(value, LocalDateTime | DateTime) else None
        case _:
            return _datetime(clock, value)


def _time(clock: Clock, value: Any) -> Time | None:
    if isinstance(value, Time | DateTime):
        return Time(value.nanos, value.offset)
    if isinstance(value, LocalTime | LocalDateTime):
        return Time(value.nanos, build.offset_now(clock.default_zone, clock))
    return None


def _datetime(clock: Clock, value: Any) -> DateTime | None:
    if isinstance(value, LocalDateTime):
        return DateTime.of_local(value, clock.default_zone)
    return value if isinstance(value, DateTime) else None


def from_epoch(seconds: int, nanoseconds: int) -> DateTime:
    """The datetime in UTC so many seconds and nanoseconds after 1970-01-01T00:00Z."""
    fields = {"seconds": seconds, "nanoseconds": nanoseconds}
    return DateTime.at(build.integer(fields, "seconds") * NANOS + build.integer(fields, "nanoseconds"), 0)


def from_epoch_millis(milliseconds: int) -> DateTime:
    """The datetime in UTC so many milliseconds after 1970-01-01T00:00Z."""
    return DateTime.at(build.integer({"milliseconds": milliseconds}, "milliseconds") * 1_000_000, 0)


def construct_duration(value: Any) -> Duration | None:
    """A duration from text, a map of parts or another duration."""
    if value is None or isinstance(value, Duration):
        return value
    if isinstance(value, str):
        return read_duration(value)
    if isinstance(value, Mapping):
        return duration_of(value)
    what = getattr(value, "kind", None) or repr(value)
    raise CypherTypeError(f"duration() cannot take {what}", detail="InvalidArgumentType")
