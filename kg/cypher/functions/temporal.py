"""The functions that make temporal values and the durations between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from kg.cypher.functions.checks import checked
from kg.cypher.functions.table import Function
from kg.cypher.temporal import (
    Clock,
    Instant,
    between,
    construct,
    construct_duration,
    current,
    from_epoch,
    from_epoch_millis,
    in_days,
    in_months,
    in_seconds,
    truncate,
)
from kg.cypher.types import (
    DATE,
    DATETIME,
    DURATION,
    INSTANT,
    INTEGER,
    LOCAL_DATETIME,
    LOCAL_TIME,
    MAP,
    STRING,
    TIME,
    Type,
)

_with_clock = partial(checked, uses_clock=True)

# What each kind can be made from, besides text and maps.
_SOURCES = {
    "date": (DATE, DATE | LOCAL_DATETIME | DATETIME),
    "localtime": (LOCAL_TIME, LOCAL_TIME | TIME | LOCAL_DATETIME | DATETIME),
    "time": (TIME, LOCAL_TIME | TIME | LOCAL_DATETIME | DATETIME),
    "localdatetime": (LOCAL_DATETIME, LOCAL_DATETIME | DATETIME),
    "datetime": (DATETIME, LOCAL_DATETIME | DATETIME),
}


def _of_kind(kind: str, result: Type, sources: Type) -> tuple[Function, ...]:
    """date(x), date.transaction(), date.statement(), date.realtime() and date.truncate(), or those of another kind."""
    now = partial(_reading, kind)
    sources |= STRING | MAP
    return (
        _with_clock(kind, (sources,), result, partial(_construct, kind), n_optional=1),
        _with_clock(f"{kind}.transaction", (STRING,), result, now, n_optional=1),
        _with_clock(f"{kind}.statement", (STRING,), result, now, n_optional=1),
        _with_clock(f"{kind}.realtime", (STRING,), result, partial(_realtime, kind), n_optional=1, constant=False),
        _with_clock(f"{kind}.truncate", (STRING, INSTANT, MAP), result, partial(_truncate, kind), n_optional=2),
    )


def _reading(kind: str, clock: Clock, timezone: str | None = None) -> Instant:
    return current(kind, clock, timezone)


def _realtime(kind: str, clock: Clock, timezone: str | None = None) -> Instant:
    return current(kind, Clock.now(clock.zone), timezone)


def _construct(kind: str, clock: Clock, *value: Any) -> Instant | None:
    return construct(kind, clock, *value) if value else current(kind, clock)


def _truncate(
    kind: str, clock: Clock, unit: str, value: Instant | None = None, components: Mapping[str, Any] | None = None
) -> Instant | None:
    return truncate(kind, clock, unit, clock.read() if value is None else value, components or {})


def _between(name: str, call: Callable[..., Any]) -> Function:
    return checked(f"duration.{name}", (INSTANT, INSTANT), DURATION, call)


TEMPORAL_FUNCTIONS: tuple[Function, ...] = (
    *(function for kind, (result, sources) in _SOURCES.items() for function in _of_kind(kind, result, sources)),
    checked("datetime.fromEpoch", (INTEGER, INTEGER), DATETIME, from_epoch),
    checked("datetime.fromEpochMillis", (INTEGER,), DATETIME, from_epoch_millis),
    checked("duration", (STRING | MAP | DURATION,), DURATION, construct_duration),
    _between("between", between),
    _between("inMonths", in_months),
    _between("inDays", in_days),
    _between("inSeconds", in_seconds),
)
